//! Between plain tables and the data frames of polars.

use mkba_core::table::{Table, Values};
use polars::prelude::{Column, DataFrame, DataType, NamedFrom, PolarsError, PolarsResult, Series};

/// A data frame with the columns of a table, each in one chunk.
pub(crate) fn from_table(table: &Table) -> PolarsResult<DataFrame> {
    let columns = table.columns.iter().map(|column| {
        let name = column.name.as_str().into();
        Column::from(match &column.values {
            Values::Text(values) => Series::new(name, values),
            Values::Number(values) => Series::new(name, values),
            Values::OptionalNumber(values) => Series::new(name, values),
            Values::Whole(values) => Series::new(name, values),
        })
    });
    DataFrame::new(table.row_count(), columns.collect())
}

/// A table with the columns of a data frame. Numbers are `OptionalNumber` where some are absent.
///
/// # Errors
/// A column that is neither text nor a number.
pub(crate) fn to_table(name: &str, frame: &DataFrame) -> PolarsResult<Table> {
    frame.columns().iter().try_fold(Table::new(name), |table, column| {
        let values = to_values(column)?;
        Ok(table.with(column.name().as_str(), values))
    })
}

fn to_values(column: &Column) -> PolarsResult<Values> {
    let complete = column.null_count() == 0;
    Ok(match column.dtype() {
        DataType::String => Values::Text(
            column
                .str()?
                .iter()
                .map(|word| word.unwrap_or_default().to_owned())
                .collect(),
        ),
        DataType::Int64 if complete => Values::Whole(column.i64()?.into_no_null_iter().collect()),
        DataType::Float64 if complete => Values::Number(column.f64()?.into_no_null_iter().collect()),
        DataType::Float64 => Values::OptionalNumber(column.f64()?.iter().collect()),
        other => {
            let message = format!(
                "column `{}` is of kind {other}, which no table of results has",
                column.name()
            );
            return Err(PolarsError::SchemaMismatch(message.into()));
        }
    })
}

/// The kind of values that a column of CSV cells has, an absent cell being `None`.
///
/// A column is numeric only if every cell that is present is written as a number is written here, so `007` stays a word.
pub(crate) fn values_of_cells(cells: &[Option<&str>]) -> Values {
    let any = cells.iter().any(Option::is_some);
    let complete = cells.iter().all(Option::is_some);
    if any && complete {
        if let Some(values) = cells.iter().flatten().map(|cell| whole(cell)).collect() {
            return Values::Whole(values);
        }
        if let Some(values) = cells.iter().flatten().map(|cell| number(cell)).collect() {
            return Values::Number(values);
        }
    } else if any && let Some(values) = cells.iter().map(|cell| cell.map(number)).map(transpose).collect() {
        return Values::OptionalNumber(values);
    }
    Values::Text(cells.iter().map(|cell| cell.unwrap_or_default().to_owned()).collect())
}

/// An absent cell is fine; a present one has to be a number.
fn transpose(cell: Option<Option<f64>>) -> Option<Option<f64>> {
    match cell {
        None => Some(None),
        Some(None) => None,
        Some(number) => Some(number),
    }
}

fn whole(cell: &str) -> Option<i64> {
    cell.parse().ok().filter(|value: &i64| value.to_string() == cell)
}

fn number(cell: &str) -> Option<f64> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let mut bytes = digits.bytes();
    let leads_with_digit = bytes.next().is_some_and(|first| first.is_ascii_digit());
    let leading_zero = digits.starts_with('0') && bytes.next().is_some_and(|second| second.is_ascii_digit());
    let written_by_us = (leads_with_digit && !leading_zero) || matches!(digits, "NaN" | "inf");
    if written_by_us { cell.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbers_only_when_all_present_ones_are() {
        assert_eq!(values_of_cells(&[Some("1"), Some("-2")]), Values::Whole(vec![1, -2]));
        assert_eq!(
            values_of_cells(&[Some("1"), Some("2.5e9")]),
            Values::Number(vec![1.0, 2.5e9])
        );
        assert_eq!(
            values_of_cells(&[None, Some("0.5")]),
            Values::OptionalNumber(vec![None, Some(0.5)])
        );
        assert_eq!(
            values_of_cells(&[Some("1"), Some("+")]),
            Values::Text(vec!["1".into(), "+".into()])
        );
    }

    #[test]
    fn codes_with_leading_zeros_stay_words() {
        assert_eq!(
            values_of_cells(&[Some("007"), Some("012")]),
            Values::Text(vec!["007".into(), "012".into()])
        );
    }

    #[test]
    fn an_empty_column_is_text() {
        assert_eq!(
            values_of_cells(&[None, None]),
            Values::Text(vec![String::new(), String::new()])
        );
        assert_eq!(values_of_cells(&[]), Values::Text(vec![]));
    }
}
