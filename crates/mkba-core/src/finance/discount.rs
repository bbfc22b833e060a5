//! Discount rates, discount factors and present values.

use serde::{Deserialize, Serialize};

use super::error::{require_equal_length, require_finite};
use super::{AnnualFlow, FinanceError, Horizon, PresentValue};

/// A rate per year (or per period, where a function says so) as a fraction: 0.0225 is 2.25 %. Always finite and above -1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Rate(f64);

impl Rate {
    /// A rate from a fraction per year.
    ///
    /// # Errors
    /// If it is not a finite number above -1.
    pub fn per_year(fraction: f64) -> Result<Self, FinanceError> {
        if fraction.is_finite() && fraction > -1.0 {
            Ok(Self(fraction))
        } else {
            Err(FinanceError::InvalidRate { per_year: fraction })
        }
    }

    /// The fraction per year.
    #[must_use]
    pub const fn value_per_year(self) -> f64 {
        self.0
    }

    /// `1 + r`, by which an amount grows in a year.
    #[must_use]
    pub const fn growth(self) -> f64 {
        1.0 + self.0
    }

    /// The rate at which a flow without price growth has the same present value as a flow whose relative price grows by
    /// `growth` a year: `(1 + r) / (1 + g) - 1`. For explanation only: relative prices belong in the flow, not in the
    /// rate (Rijkswaterstaat, Steunpunt Economische Expertise, on the discount rate from 2021).
    ///
    /// # Errors
    /// If the answer is not a finite rate above -1.
    pub fn net_of_relative_price_growth(self, growth: Self) -> Result<Self, FinanceError> {
        Self::per_year((self.0 - growth.0) / growth.growth())
    }
}

/// When in its year a flow is taken to fall. Printed with every table; the same for costs and benefits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// The flow of year `t` is divided by `(1 + r)^(t - base)`: flows of the base year count in full.
    #[default]
    EndOfYear,
    /// Half a year earlier: the factor times `(1 + r)^½`.
    MidYear,
}

/// A discount rate in each year: one rate from the start, and further rates from given years on. A flat rate has no
/// further steps.
#[derive(Clone, Debug, PartialEq)]
pub struct RateSchedule {
    first: Rate,
    steps: Vec<(i32, Rate)>,
}

impl RateSchedule {
    /// The same rate in every year.
    #[must_use]
    pub const fn flat(rate: Rate) -> Self {
        Self {
            first: rate,
            steps: Vec::new(),
        }
    }

    /// `first` until the first step, then each step's rate from its year on (that year included).
    ///
    /// # Errors
    /// If the years of the steps do not ascend.
    pub fn stepped(first: Rate, steps: Vec<(i32, Rate)>) -> Result<Self, FinanceError> {
        for pair in steps.windows(2) {
            if pair[1].0 <= pair[0].0 {
                return Err(FinanceError::StepsNotAscending { from_year: pair[1].0 });
            }
        }
        Ok(Self { first, steps })
    }

    /// The later steps: the first year of each, and its rate.
    #[must_use]
    pub fn steps(&self) -> &[(i32, Rate)] {
        &self.steps
    }

    /// The rate that applies in a year.
    #[must_use]
    pub fn rate_in(&self, year: i32) -> Rate {
        self.steps
            .iter()
            .take_while(|(from_year, _)| *from_year <= year)
            .last()
            .map_or(self.first, |(_, rate)| *rate)
    }
}

/// The discount factor of each flow year, first year first:
/// `F(t) = Π_{s = base+1 ..= t} 1 / (1 + r(s))`, and for years before the base year the inverse,
/// `F(t) = Π_{s = t+1 ..= base} (1 + r(s))`. The base year has factor 1 (times the half year of [`Timing::MidYear`]).
///
/// Source: chained factors under a rate that varies over time: HM Treasury, The Green Book, annex on discounting. With
/// one rate this is the usual `(1 + r)^-(t - base)`.
#[must_use]
pub fn discount_factors(rates: &RateSchedule, horizon: &Horizon, timing: Timing) -> Vec<f64> {
    let mut factors = vec![1.0; horizon.len()];
    let mut store = |year: i32, factor: f64| {
        if let Some(position) = horizon.position(year) {
            factors[position] = match timing {
                Timing::EndOfYear => factor,
                Timing::MidYear => factor * rates.rate_in(year).growth().sqrt(),
            };
        }
    };
    store(horizon.base_year(), 1.0);
    let mut factor = 1.0;
    for year in horizon.base_year() + 1..=horizon.last_year() {
        factor /= rates.rate_in(year).growth();
        store(year, factor);
    }
    factor = 1.0;
    for year in (horizon.first_year()..horizon.base_year()).rev() {
        factor *= rates.rate_in(year + 1).growth();
        store(year, factor);
    }
    factors
}

/// `Σ_t flow(t) · 1 year · F(t)` with the factors of [`discount_factors`], added from the first year on.
///
/// # Errors
/// If there is not one factor for each flow, or a flow or factor is not finite.
pub fn present_value(flows: &[AnnualFlow], factors: &[f64]) -> Result<PresentValue, FinanceError> {
    require_equal_length("discount factors", flows.len(), factors.len())?;
    require_finite("discount factor", factors)?;
    let mut total = 0.0;
    for (position, (flow, factor)) in flows.iter().zip(factors).enumerate() {
        if !flow.0.is_finite() {
            return Err(FinanceError::NotFinite { what: "flow", position });
        }
        total += flow.0 * factor;
    }
    Ok(PresentValue(total))
}
