//! Rows of a table of results, by name of column.
use mkba_core::table::{Cell, Table};

/// The text of a cell. Identifiers that look like numbers are read back as numbers.
pub(crate) fn word(table: &Table, row: usize, column: &str) -> Result<String, String> {
    match table.cell(row, column) {
        Some(Cell::Text(text)) => Ok(text.to_owned()),
        Some(Cell::Whole(number)) => Ok(number.to_string()),
        Some(Cell::Number(number)) => Ok(number.to_string()),
        Some(Cell::Empty) => Ok(String::new()),
        None => Err(format!("there is no column `{column}`")),
    }
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'t> {
    table: &'t Table,
    row: usize,
}

/// All rows of a table; none if there is no table.
pub(crate) fn records(table: Option<&Table>) -> impl Iterator<Item = Record<'_>> {
    table
        .into_iter()
        .flat_map(|table| (0..table.row_count()).map(move |row| Record { table, row }))
}

impl Record<'_> {
    /// The text in a column; empty if there is none.
    pub(crate) fn text(self, column: &str) -> String {
        word(self.table, self.row, column).unwrap_or_default()
    }

    /// The number in a column.
    pub(crate) fn number(self, column: &str) -> Option<f64> {
        self.table.cell(self.row, column).and_then(Cell::as_number)
    }

    /// Whether a column says so.
    pub(crate) fn is(self, column: &str, text: &str) -> bool {
        self.text(column) == text
    }

    /// Whether a column says yes: `true` or `yes`.
    pub(crate) fn says_yes(self, column: &str) -> bool {
        matches!(self.text(column).as_str(), "true" | "yes" | "1")
    }
}
