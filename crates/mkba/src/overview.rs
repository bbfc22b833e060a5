//! The overview table of a Dutch MKBA, for a terminal of 100 to 120 columns.
//!
//! Its rows are those of the report (`mkba_report::overview`); here they become lines of text, as many blocks of columns as fit.
//! `mkba run` and `mkba table` make the same page from the same two things, so they print the same.
mod print;

#[cfg(test)]
pub use mkba_report::overview::sample;
pub use mkba_report::overview::{number, page, words};
pub use print::{columns_of, emphasised, wrap};

use mkba_core::appraisal::catalogue::{Catalogue, Language};
use mkba_core::table::Table;
use mkba_report::overview::{Figures, compose};

/// Columns of the terminal that the table may take.
const WIDTH: usize = 120;

/// The text of a page.
pub fn print_page(page: &page::Page) -> String {
    print::print(page, WIDTH)
}

/// The whole text of the overview.
///
/// # Errors
/// The table lacks a number that the catalogue promises; says which.
pub fn overview(table: &Table, catalogue: &Catalogue, draws: u64, language: Language) -> Result<String, String> {
    let figures = Figures::collect(table, catalogue)?;
    let page = compose(&figures, catalogue, draws, language);
    Ok(print::print(&page, WIDTH))
}
