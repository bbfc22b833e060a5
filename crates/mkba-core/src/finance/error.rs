//! What can be wrong with the input of a financial formula.

use std::fmt;

/// A fault in the input of a financial formula. The caller turns it into a diagnostic with a place in a file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FinanceError {
    /// A calendar year outside 0..=9999.
    YearOutOfRange {
        /// The year.
        year: i64,
    },
    /// The last flow year lies before the first.
    HorizonReversed {
        /// First flow year.
        first_year: i32,
        /// Last flow year.
        last_year: i32,
    },
    /// A horizon of zero years after opening.
    NoYearsAfterOpening {
        /// Opening year.
        opening_year: i32,
    },
    /// The opening year is not a flow year.
    OpeningOutsideHorizon {
        /// Opening year.
        opening_year: i32,
        /// First flow year.
        first_year: i32,
        /// Last flow year.
        last_year: i32,
    },
    /// A rate that is not a number above -1 (-100 % per year).
    InvalidRate {
        /// The rate as a fraction per year.
        per_year: f64,
    },
    /// The steps of a rate schedule are not in ascending order of their years.
    StepsNotAscending {
        /// The first year out of order.
        from_year: i32,
    },
    /// Two series that belong together have different lengths.
    LengthMismatch {
        /// What was counted.
        what: &'static str,
        /// Length of the first series.
        expected: usize,
        /// Length of the second series.
        found: usize,
    },
    /// An amount or a time is infinite or not a number.
    NotFinite {
        /// What it is.
        what: &'static str,
        /// Position in the series, from zero.
        position: usize,
    },
    /// The formula has no finite answer for these inputs.
    NoFiniteAnswer {
        /// What was asked for.
        what: &'static str,
    },
}

impl fmt::Display for FinanceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YearOutOfRange { year } => {
                write!(out, "year {year} is outside 0 to 9999")
            }
            Self::HorizonReversed { first_year, last_year } => {
                write!(out, "last year {last_year} is before first year {first_year}")
            }
            Self::NoYearsAfterOpening { opening_year } => {
                write!(
                    out,
                    "a horizon after opening in {opening_year} requires at least one year"
                )
            }
            Self::OpeningOutsideHorizon {
                opening_year,
                first_year,
                last_year,
            } => write!(
                out,
                "opening year {opening_year} is not a year of the horizon {first_year} to {last_year}"
            ),
            Self::InvalidRate { per_year } => {
                write!(out, "rate {per_year} per year is not a number above -1 (-100 %)")
            }
            Self::StepsNotAscending { from_year } => {
                write!(
                    out,
                    "the rate that starts in {from_year} is not after the rate before it"
                )
            }
            Self::LengthMismatch { what, expected, found } => {
                write!(out, "{expected} {what} expected, {found} found")
            }
            Self::NotFinite { what, position } => {
                write!(out, "{what} number {} is not a finite number", position + 1)
            }
            Self::NoFiniteAnswer { what } => {
                write!(out, "there is no finite {what} for these inputs")
            }
        }
    }
}

impl std::error::Error for FinanceError {}

/// Refuses a series with an infinite or undefined number in it.
pub(super) fn require_finite(what: &'static str, numbers: &[f64]) -> Result<(), FinanceError> {
    match numbers.iter().position(|number| !number.is_finite()) {
        Some(position) => Err(FinanceError::NotFinite { what, position }),
        None => Ok(()),
    }
}

/// Refuses two series of different lengths.
pub(super) fn require_equal_length(what: &'static str, expected: usize, found: usize) -> Result<(), FinanceError> {
    if expected == found {
        Ok(())
    } else {
        Err(FinanceError::LengthMismatch { what, expected, found })
    }
}
