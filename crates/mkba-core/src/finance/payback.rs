//! After how many years a series has earned itself back.

use super::error::require_equal_length;
use super::{AnnualFlow, FinanceError};

/// When the cumulative sum of a series is no longer negative, and stays so until the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Payback {
    /// After this many years since the first flow, linear within the year.
    AfterYears(f64),
    /// The cumulative sum is never negative.
    FromTheStart,
    /// The cumulative sum is negative at the end.
    Never,
}

/// Payback of the flows themselves.
///
/// The *last* crossing counts: a series that is repaid, and then needs a reinvestment it takes longer to repay, is repaid
/// at the later moment. The usual textbook period (one crossing) is a special case.
#[must_use]
pub fn simple_payback(flows: &[AnnualFlow]) -> Payback {
    last_crossing(flows.iter().map(|flow| flow.0))
}

/// Payback of the discounted flows, with the factors of [`super::discount_factors`]; linear within the year on the
/// discounted amounts.
///
/// # Errors
/// If there is not one factor for each flow.
pub fn discounted_payback(flows: &[AnnualFlow], factors: &[f64]) -> Result<Payback, FinanceError> {
    require_equal_length("discount factors", flows.len(), factors.len())?;
    Ok(last_crossing(
        flows.iter().zip(factors).map(|(flow, factor)| flow.0 * factor),
    ))
}

fn last_crossing(amounts: impl Iterator<Item = f64>) -> Payback {
    let mut cumulative = 0.0;
    let mut payback = Payback::FromTheStart;
    for (years, amount) in amounts.enumerate() {
        let before = cumulative;
        cumulative += amount;
        let within_year = || (years as f64 - 1.0) + (-before / amount);
        payback = match payback {
            // Includes a sum that is not a number: it is never repaid.
            _ if cumulative.is_nan() || cumulative < 0.0 => Payback::Never,
            Payback::Never => Payback::AfterYears(within_year()),
            other => other,
        };
    }
    payback
}
