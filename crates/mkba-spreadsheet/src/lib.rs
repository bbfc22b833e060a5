//! The spreadsheet of a run: what the engine found, with live formulas by which a sceptic computes it again.
//!
//! | sheet | what it holds | formulas |
//! |---|---|---|
//! | overview | present values of all flows by scenario and alternative, totals, balances, ratio | sums over the timeline; the difference from the engine's balance |
//! | parties | who bears and who gains | sums over the postings |
//! | timeline | mean amounts by year and flow | present value of each row: amounts times discount factors |
//! | discount | rates and factors by class and year | factors from rates: change a rate, and everything follows |
//! | postings | the ledger: case, party, flow, amount | |
//! | inputs | every number of the model with unit, source, confidence | |
//!
//! The only crate that knows the library that writes spreadsheets. Cells hold the numbers of the tables of the run, in all their digits.
//! Results of formulas are stored beside them, so that a viewer which does not compute shows them too.
mod discount;
mod inputs;
mod overview;
mod parties;
mod sheet;
mod timeline;
mod words;

use mkba_core::appraisal::catalogue::Language;
use mkba_core::run_tables::RunTables;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::error::Error;
use std::fmt;

/// The tables of a run that the spreadsheet is made from. `sources` may be absent.
pub const TABLES: [&str; 4] = ["overview", "parties", "timeline", "sources"];

/// Why there is no spreadsheet.
#[derive(Debug)]
pub enum SpreadsheetError {
    /// The run lacks a table, or a table lacks a column.
    Missing(String),
    /// It is larger than a spreadsheet can be, or the library failed.
    Library(XlsxError),
}

impl fmt::Display for SpreadsheetError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) => write!(to, "the run has no {what}"),
            Self::Library(error) => error.fmt(to),
        }
    }
}

impl Error for SpreadsheetError {}

impl From<XlsxError> for SpreadsheetError {
    fn from(error: XlsxError) -> Self {
        Self::Library(error)
    }
}

/// The bytes of the spreadsheet of a run: the same for the same tables and language.
///
/// # Errors
/// As [`SpreadsheetError`] says.
pub fn spreadsheet(run: &RunTables, language: Language) -> Result<Vec<u8>, SpreadsheetError> {
    let mut workbook = Workbook::new();
    // A fixed day: the file depends on the run, not on the moment at which it is written.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let title = format!("{}: {}", words::TITLE.get(language), run.catalogue.study.get(language));
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day));
    let factors = discount::Factors::of(&run.catalogue);
    let timeline = timeline::Timeline::of(run, &factors)?;
    overview::write(&mut workbook, run, &timeline, language)?;
    parties::write(&mut workbook, run, language)?;
    timeline.write(&mut workbook, &run.catalogue, &factors, language)?;
    factors.write(&mut workbook, &run.catalogue, language)?;
    parties::write_postings(&mut workbook, run, language)?;
    inputs::write(&mut workbook, run, language)?;
    Ok(workbook.save_to_buffer()?)
}
