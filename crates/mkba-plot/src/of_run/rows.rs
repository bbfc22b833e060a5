//! Rows of a table by scenario and alternative.

use std::collections::HashMap;

use mkba_core::run_tables::RunTables;
use mkba_core::table::{Cell, Table, Values};

use crate::error::PlotError;

/// A table whose rows are about cases.
pub(crate) struct Rows<'t> {
    table: &'t Table,
    by_case: HashMap<(String, String), Vec<usize>>,
}

impl<'t> Rows<'t> {
    /// The rows of a table with the columns `scenario` and `alternative`; `None` if the run has no such table, or an empty one.
    pub(crate) fn of(run: &'t RunTables, name: &str) -> Result<Option<Self>, PlotError> {
        let Some(table) = run.table(name).filter(|table| table.row_count() > 0) else {
            return Ok(None);
        };
        let mut rows = Self {
            table,
            by_case: HashMap::new(),
        };
        let (scenarios, alternatives) = (rows.text("scenario")?, rows.text("alternative")?);
        for (row, case) in scenarios.into_iter().zip(alternatives).enumerate() {
            rows.by_case.entry(case).or_default().push(row);
        }
        Ok(Some(rows))
    }

    /// The numbers of the rows of a case, in the order of the table.
    pub(crate) fn of_case(&self, scenario: &str, alternative: &str) -> &[usize] {
        let case = (scenario.to_owned(), alternative.to_owned());
        self.by_case.get(&case).map_or(&[], Vec::as_slice)
    }

    /// As [`Self::of_case`] for a case that every run has.
    pub(crate) fn of_every_case(&self, scenario: &str, alternative: &str) -> Result<&[usize], PlotError> {
        match self.of_case(scenario, alternative) {
            [] => Err(self.wrong(format!("has no row for `{alternative}` in `{scenario}`"))),
            rows => Ok(rows),
        }
    }

    /// A column of words. Identifiers that look like numbers are read back from a file as such.
    pub(crate) fn text(&self, column: &str) -> Result<Vec<String>, PlotError> {
        text(self.table, column)
    }

    /// A column of numbers, of which each may be absent.
    pub(crate) fn numbers(&self, column: &str) -> Result<Vec<Option<f64>>, PlotError> {
        numbers(self.table, column)
    }

    /// What is wrong with the table.
    pub(crate) fn wrong(&self, reason: String) -> PlotError {
        PlotError::Table {
            table: self.table.name.clone(),
            reason,
        }
    }
}

/// A column of words of any table.
pub(crate) fn text(table: &Table, column: &str) -> Result<Vec<String>, PlotError> {
    let found = table.column(column).ok_or_else(|| missing(table, column))?;
    Ok(match &found.values {
        Values::Text(words) => words.clone(),
        other => (0..other.len())
            .map(|row| match other.cell(row) {
                Some(Cell::Whole(number)) => number.to_string(),
                Some(Cell::Number(number)) => number.to_string(),
                _ => String::new(),
            })
            .collect(),
    })
}

/// A column of numbers of any table. A column without any number is read back from a file as empty words.
pub(crate) fn numbers(table: &Table, column: &str) -> Result<Vec<Option<f64>>, PlotError> {
    let found = table.column(column).ok_or_else(|| missing(table, column))?;
    if let Values::Text(words) = &found.values
        && words.iter().any(|word| !word.is_empty())
    {
        return Err(PlotError::Table {
            table: table.name.clone(),
            reason: format!("has words in column `{column}`, where numbers are needed"),
        });
    }
    let cells = (0..found.values.len()).map(|row| found.values.cell(row).and_then(Cell::as_number));
    Ok(cells.collect())
}

fn missing(table: &Table, column: &str) -> PlotError {
    PlotError::Table {
        table: table.name.clone(),
        reason: format!("has no column `{column}`"),
    }
}
