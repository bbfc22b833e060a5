//! The overview table of a Dutch MKBA, for a terminal of 100 to 120 columns.
//!
//! | step | from, to | file |
//! |---|---|---|
//! | collect | `overview.csv` and the catalogue of a run → [`Figures`]: numbers by position | `overview/figures.rs` |
//! | compose | [`Figures`] → `Page`: rows of finished text in one language | `overview/compose.rs` |
//! | print | `Page` → lines, as many blocks of columns as fit | `overview/print.rs` |
//!
//! `mkba run` and `mkba table` make the same page from the same two things, so they print the same.
mod compose;
mod figures;
mod header;
pub mod number;
pub mod page;
mod print;
#[cfg(test)]
pub mod sample;
pub mod words;

use figures::Figures;
pub use print::{columns_of, emphasised, wrap};

use mkba_core::appraisal::catalogue::{Catalogue, Language};
use mkba_core::table::Table;

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
    let page = compose::compose(&figures, catalogue, draws, language);
    Ok(print::print(&page, WIDTH))
}
