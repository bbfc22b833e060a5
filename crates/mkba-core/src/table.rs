//! Tables as plain data: what a run hands to the writers of results, figures and reports.
//!
//! A [`Table`] knows nothing of files or data-frame libraries. Columns keep their order, and every column holds the same
//! number of rows; [`Table::check`] says so for tables built by hand.

use std::fmt;

/// Named columns of equal length, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What the table is called, which is also the stem of its file: `overview`.
    pub name: String,
    /// The columns in written order.
    pub columns: Vec<Column>,
}

/// One column: a name with its unit last where it has one (`pv_mean_eur`), and its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Unique within the table.
    pub name: String,
    /// One value for each row.
    pub values: Values,
}

/// The values of a column, all of one kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Words: names, labels, signs.
    Text(Vec<String>),
    /// Numbers, present in every row.
    Number(Vec<f64>),
    /// Numbers that may be absent, such as a rate of return that does not exist.
    OptionalNumber(Vec<Option<f64>>),
    /// Whole numbers: years, draw numbers.
    Whole(Vec<i64>),
}

/// One value of a table, borrowed from its column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A word.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// Nothing is known or applicable here.
    Empty,
}

/// What is wrong with the shape of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// A column is longer or shorter than the first one.
    RaggedColumn {
        /// The table.
        table: String,
        /// The column that differs.
        column: String,
        /// Rows of the first column.
        expected: usize,
        /// Rows of this column.
        found: usize,
    },
    /// Two columns have the same name.
    RepeatedColumn {
        /// The table.
        table: String,
        /// The name that occurs twice.
        column: String,
    },
}

impl Table {
    /// A table without columns, to be filled by the builders below.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            columns: Vec::new(),
        }
    }

    /// Adds a column of words.
    #[must_use]
    pub fn text<Word: Into<String>>(self, name: impl Into<String>, values: impl IntoIterator<Item = Word>) -> Self {
        self.with(name, Values::Text(values.into_iter().map(Into::into).collect()))
    }

    /// Adds a column of numbers.
    #[must_use]
    pub fn number(self, name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        self.with(name, Values::Number(values.into_iter().collect()))
    }

    /// Adds a column of numbers that may be absent.
    #[must_use]
    pub fn optional_number(self, name: impl Into<String>, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.with(name, Values::OptionalNumber(values.into_iter().collect()))
    }

    /// Adds a column of whole numbers.
    #[must_use]
    pub fn whole(self, name: impl Into<String>, values: impl IntoIterator<Item = i64>) -> Self {
        self.with(name, Values::Whole(values.into_iter().collect()))
    }

    /// Adds a column of any kind.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, values: Values) -> Self {
        self.columns.push(Column {
            name: name.into(),
            values,
        });
        self
    }

    /// Rows of the first column; 0 for a table without columns.
    pub fn row_count(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// Checks that all columns are of one length and differ in name.
    ///
    /// # Errors
    /// The first column that is ragged or repeated.
    pub fn check(&self) -> Result<(), TableError> {
        let expected = self.row_count();
        for (position, column) in self.columns.iter().enumerate() {
            let found = column.values.len();
            if found != expected {
                let (table, column) = (self.name.clone(), column.name.clone());
                return Err(TableError::RaggedColumn {
                    table,
                    column,
                    expected,
                    found,
                });
            }
            if self.columns[..position]
                .iter()
                .any(|earlier| earlier.name == column.name)
            {
                let (table, column) = (self.name.clone(), column.name.clone());
                return Err(TableError::RepeatedColumn { table, column });
            }
        }
        Ok(())
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The value in a row (from 0) of a named column; `None` if there is no such row or column.
    pub fn cell(&self, row: usize, column: &str) -> Option<Cell<'_>> {
        self.column(column)?.values.cell(row)
    }
}

impl Values {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::OptionalNumber(values) => values.len(),
            Self::Whole(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in a row (from 0), or `None` past the last row. An absent number is [`Cell::Empty`].
    pub fn cell(&self, row: usize) -> Option<Cell<'_>> {
        match self {
            Self::Text(values) => values.get(row).map(|value| Cell::Text(value)),
            Self::Number(values) => values.get(row).map(|&value| Cell::Number(value)),
            Self::OptionalNumber(values) => values.get(row).map(|value| value.map_or(Cell::Empty, Cell::Number)),
            Self::Whole(values) => values.get(row).map(|&value| Cell::Whole(value)),
        }
    }
}

impl<'a> Cell<'a> {
    /// The word, if it is one.
    pub fn as_text(self) -> Option<&'a str> {
        match self {
            Self::Text(value) => Some(value),
            _ => None,
        }
    }

    /// The number, whole or not, if there is one.
    pub fn as_number(self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(value),
            Self::Whole(value) => Some(value as f64),
            Self::Text(_) | Self::Empty => None,
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RaggedColumn {
                table,
                column,
                expected,
                found,
            } => {
                write!(
                    formatter,
                    "table `{table}`: column `{column}` has {found} rows where the first has {expected}"
                )
            }
            Self::RepeatedColumn { table, column } => {
                write!(formatter, "table `{table}`: two columns are named `{column}`")
            }
        }
    }
}

impl std::error::Error for TableError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn overview() -> Table {
        Table::new("overview")
            .text("alternative", ["hardware", "software"])
            .number("pv_mean_eur", [-2.5e6, 1.0])
            .optional_number("irr", [None, Some(0.04)])
            .whole("year", [2030, 2031])
    }

    #[test]
    fn cells_are_found_by_row_and_column_name() {
        let table = overview();
        assert_eq!(table.check(), Ok(()));
        assert_eq!(table.row_count(), 2);
        assert_eq!(table.cell(1, "alternative"), Some(Cell::Text("software")));
        assert_eq!(table.cell(0, "pv_mean_eur"), Some(Cell::Number(-2.5e6)));
        assert_eq!(table.cell(0, "irr"), Some(Cell::Empty));
        assert_eq!(table.cell(1, "year").and_then(Cell::as_number), Some(2031.0));
        assert_eq!(table.cell(2, "year"), None);
        assert_eq!(table.cell(0, "missing"), None);
    }

    #[test]
    fn a_ragged_column_is_named() {
        let error = overview().whole("draw", [1]).check().expect_err("one row is missing");
        assert_eq!(
            error.to_string(),
            "table `overview`: column `draw` has 1 rows where the first has 2"
        );
    }

    #[test]
    fn a_repeated_column_is_named() {
        let error = overview()
            .number("irr", [0.0, 0.0])
            .check()
            .expect_err("irr occurs twice");
        assert_eq!(
            error,
            TableError::RepeatedColumn {
                table: "overview".into(),
                column: "irr".into()
            }
        );
    }
}
