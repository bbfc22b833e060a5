//! Why a figure cannot be drawn.

use std::fmt;

/// A figure that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlotError {
    /// There is nothing to show.
    Empty {
        /// What is missing: `scenarios`, `alternatives`, `draws`.
        what: &'static str,
    },
    /// A list has not one element for each item it is about.
    WrongCount {
        /// The list.
        what: String,
        /// Elements it should have.
        expected: usize,
        /// Elements it has.
        found: usize,
    },
    /// A number is infinite or not a number.
    NotFinite {
        /// Where it is.
        place: String,
    },
    /// A table of the run is not as every run writes it.
    Table {
        /// Its name.
        table: String,
        /// What is wrong with it: `has no column …`.
        reason: String,
    },
    /// The drawing library failed, which no figure that passes its check should cause.
    Drawing(String),
}

impl fmt::Display for PlotError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { what } => write!(formatter, "the figure has no {what}"),
            Self::WrongCount { what, expected, found } => {
                write!(formatter, "the figure has {found} {what} where {expected} are needed")
            }
            Self::NotFinite { place } => write!(formatter, "the figure has a number that is not finite for {place}"),
            Self::Table { table, reason } => write!(formatter, "table `{table}` {reason}"),
            Self::Drawing(reason) => write!(formatter, "the figure could not be drawn: {reason}"),
        }
    }
}

impl std::error::Error for PlotError {}

/// Fails unless there are as many elements as items they are about.
pub(crate) fn check_count(what: impl Into<String>, expected: usize, found: usize) -> Result<(), PlotError> {
    if expected == found {
        Ok(())
    } else {
        Err(PlotError::WrongCount {
            what: what.into(),
            expected,
            found,
        })
    }
}

/// Fails if a list is empty.
pub(crate) fn check_not_empty(what: &'static str, is_empty: bool) -> Result<(), PlotError> {
    if is_empty {
        Err(PlotError::Empty { what })
    } else {
        Ok(())
    }
}

/// Fails unless all numbers are finite.
pub(crate) fn check_finite(place: &str, numbers: &[f64]) -> Result<(), PlotError> {
    if numbers.iter().all(|number| number.is_finite()) {
        Ok(())
    } else {
        Err(PlotError::NotFinite {
            place: place.to_owned(),
        })
    }
}
