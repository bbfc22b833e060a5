//! Internal rates of return: all of them, or none and why.

use super::error::{require_equal_length, require_finite};
use super::exponential_sum::ExponentialSum;
use super::indicators::years_since_first;
use super::root_isolation::zeros;
use super::{FinanceError, Rate};

/// The search covers every rate whose `1 + r` can be told from zero: from -100 % + 2e-16 …
const LOWEST_LOG_GROWTH: f64 = -36.0;
/// … to 1e299 per period.
const HIGHEST_LOG_GROWTH: f64 = 690.0;

/// All real internal rates of a series, or why there is none.
///
/// An appraisal with several discount rates has no single internal rate: the figure is information, not a headline.
#[derive(Clone, Debug, PartialEq)]
pub enum InternalRates {
    /// At least one rate, ascending.
    Rates(Vec<InternalRate>),
    /// No rate makes the net present value zero.
    None(NoInternalRate),
}

/// A rate at which the net present value is zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InternalRate {
    /// The rate, per period of the series (per year for dated amounts).
    pub rate: Rate,
    /// Whether the net present value changes its sign at this rate. If not, it only touches zero, within rounding.
    pub crosses: bool,
}

/// Why a series has no internal rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInternalRate {
    /// There are no amounts other than zero.
    NoFlow,
    /// All amounts have the same sign.
    NoSignChange,
    /// Amounts of both signs, but the net present value has the same sign at every rate.
    NoRealRate,
    /// A rate exists, but is too close to -100 % or too great to be a number.
    OutOfRange,
}

impl InternalRates {
    /// All rates, ascending; empty if there is none.
    #[must_use]
    pub fn all(&self) -> &[InternalRate] {
        match self {
            Self::Rates(rates) => rates,
            Self::None(_) => &[],
        }
    }

    /// The rate, if there is exactly one.
    #[must_use]
    pub fn unique(&self) -> Option<Rate> {
        match self.all() {
            [only] => Some(only.rate),
            _ => None,
        }
    }
}

/// All rates `r > -1` per period with `Σ_k amount_k / (1 + r)^k = 0`.
///
/// Method: `docs/method/finance.md`. Works for hundreds of periods, finds rates near -100 %, and rates at which the value
/// only touches zero (within rounding).
///
/// # Errors
/// If an amount is not finite.
pub fn internal_rates(amounts: &[f64]) -> Result<InternalRates, FinanceError> {
    let periods: Vec<f64> = (0..amounts.len()).map(|period| period as f64).collect();
    internal_rates_at(&periods, amounts)
}

/// All rates per year with `Σ_k amount_k / (1 + r)^((day_k - day_0) / 365) = 0`, as spreadsheets' XIRR defines it. Days
/// are counted from any fixed day and need no order.
///
/// # Errors
/// If there is not one day for each amount, or an amount is not finite.
pub fn dated_internal_rates(days: &[i64], amounts: &[f64]) -> Result<InternalRates, FinanceError> {
    internal_rates_at(&years_since_first(days), amounts)
}

/// All rates per year of amounts at given times in years, whatever the day count by which the times were found. Times
/// need no order and count from any fixed moment.
///
/// # Errors
/// If there is not one time for each amount, or a time or amount is not finite.
pub fn internal_rates_at(times_in_years: &[f64], amounts: &[f64]) -> Result<InternalRates, FinanceError> {
    require_equal_length("times", amounts.len(), times_in_years.len())?;
    require_finite("time", times_in_years)?;
    require_finite("amount", amounts)?;
    let Some(sum) = ExponentialSum::new(times_in_years, amounts) else {
        return Ok(InternalRates::None(NoInternalRate::NoFlow));
    };
    let rates: Vec<InternalRate> = zeros(&sum, LOWEST_LOG_GROWTH, HIGHEST_LOG_GROWTH)
        .into_iter()
        .filter_map(|zero| {
            let rate = Rate::per_year(zero.s.exp_m1()).ok()?;
            Some(InternalRate {
                rate,
                crosses: zero.crosses,
            })
        })
        .collect();
    Ok(match (rates.is_empty(), sum.sign_changes()) {
        (false, _) => InternalRates::Rates(rates),
        (true, 0) => InternalRates::None(NoInternalRate::NoSignChange),
        // An odd number of sign changes has an odd number of zeros.
        (true, changes) if changes % 2 == 1 => InternalRates::None(NoInternalRate::OutOfRange),
        (true, _) => InternalRates::None(NoInternalRate::NoRealRate),
    })
}
