//! The modified internal rate of return.

use super::error::require_finite;
use super::{FinanceError, NoInternalRate, Rate};

/// The rate at which the negative amounts, financed at `finance`, grow to the positive amounts, reinvested at `reinvest`:
/// `(future value of positives / -present value of negatives)^(1/(n-1)) - 1` over `n` amounts, one per period.
///
/// The inner result says why there is no such rate: no amounts, or not both signs.
/// Source: the definition of MIRR in spreadsheets (Lin 1976, The Engineering Economist 21, 237-247).
///
/// # Errors
/// If an amount is not finite, or the answer is not (amounts or rates near the end of the number range).
pub fn modified_internal_rate(
    amounts: &[f64],
    finance: Rate,
    reinvest: Rate,
) -> Result<Result<Rate, NoInternalRate>, FinanceError> {
    require_finite("amount", amounts)?;
    let periods = amounts.len().saturating_sub(1) as f64;
    let mut future_of_positives = 0.0;
    let mut present_of_negatives = 0.0;
    for amount in amounts {
        future_of_positives = future_of_positives * reinvest.growth() + amount.max(0.0);
    }
    for amount in amounts.iter().rev() {
        present_of_negatives = present_of_negatives / finance.growth() - amount.min(0.0);
    }
    if amounts.iter().all(|amount| *amount == 0.0) {
        return Ok(Err(NoInternalRate::NoFlow));
    }
    if future_of_positives == 0.0 || present_of_negatives == 0.0 {
        return Ok(Err(NoInternalRate::NoSignChange));
    }
    let log_growth = (future_of_positives.ln() - present_of_negatives.ln()) / periods;
    Rate::per_year(log_growth.exp_m1())
        .map(Ok)
        .map_err(|_| FinanceError::NoFiniteAnswer {
            what: "modified internal rate",
        })
}
