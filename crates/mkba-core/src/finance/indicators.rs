//! The headline figures: net present value and benefit-cost ratio.

use serde::Deserialize;

use super::error::{require_equal_length, require_finite};
use super::{AnnualFlow, FinanceError, PresentValue, Rate};

/// Net present value of a series at one rate, `Σ_k flow_k / (1 + r)^k`: the first flow is not discounted.
///
/// A spreadsheet's NPV function discounts the first flow by one period as well, and so is this value divided by `1 + r`.
#[must_use]
pub fn npv(rate: Rate, flows: &[AnnualFlow]) -> PresentValue {
    // Horner's scheme from the last flow.
    PresentValue(
        flows
            .iter()
            .rev()
            .fold(0.0, |later, flow| later / rate.growth() + flow.0),
    )
}

/// Net present value of dated amounts, `Σ_k amount_k / (1 + r)^((day_k - day_0) / 365)`, where `day_0` is the earliest
/// day. Days are counted from any fixed day and need no order. Source: the definition of XNPV in spreadsheets.
///
/// # Errors
/// If there is not one day for each amount, or an amount is not finite.
pub fn dated_npv(rate: Rate, days: &[i64], amounts: &[f64]) -> Result<PresentValue, FinanceError> {
    require_equal_length("days", amounts.len(), days.len())?;
    require_finite("amount", amounts)?;
    let log_growth = rate.value_per_year().ln_1p();
    let terms = amounts.iter().zip(years_since_first(days));
    Ok(PresentValue(terms.fold(0.0, |total, (amount, years)| {
        total + amount * (-years * log_growth).exp()
    })))
}

/// Times in years of 365 days since the earliest day.
pub(super) fn years_since_first(days: &[i64]) -> Vec<f64> {
    let first_day = days.iter().copied().min().unwrap_or(0);
    days.iter().map(|day| day.abs_diff(first_day) as f64 / 365.0).collect()
}

/// How a benefit-cost ratio divides its items. The balance does not depend on it; the ratio does, so it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatioConvention {
    /// Denominator: costs of the measure (investment, reinvestment, upkeep, programme and other costs, net of avoided
    /// cost). Numerator: everything else with its sign, so a harm lowers the numerator. Default in Dutch practice.
    #[default]
    CostsOfTheMeasure,
    /// Denominator: every item below zero, costs and harms alike. Numerator: every item above zero. Depends on how finely
    /// items are split; for reproducing studies that use it.
    AllNegativeItems,
}

/// On which side an item belongs under [`RatioConvention::CostsOfTheMeasure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioSide {
    /// A cost of the measure itself (an avoided cost is such an item above zero).
    CostOfTheMeasure,
    /// Any other effect, positive or negative.
    Effect,
}

/// An item of a benefit-cost ratio, with the sign of the ledger: costs and harms are negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioItem {
    /// Whether it is a cost of the measure.
    pub side: RatioSide,
    /// Present value, costs and harms negative.
    pub present_value: PresentValue,
}

/// A benefit-cost ratio, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BenefitCostRatio {
    /// Benefits per euro of cost.
    Ratio(f64),
    /// The ratio has no meaning for these items.
    NotDefined(RatioNotDefined),
}

/// Why a benefit-cost ratio has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioNotDefined {
    /// Cost is zero.
    NoCost,
    /// Cost is negative: the alternative saves money, as a cut does. A ratio above or below one then says nothing.
    CostIsSaving,
    /// An item is infinite or not a number.
    NotFinite,
}

impl BenefitCostRatio {
    /// The ratio, if it is defined.
    #[must_use]
    pub const fn value(self) -> Option<f64> {
        match self {
            Self::Ratio(ratio) => Some(ratio),
            Self::NotDefined(_) => None,
        }
    }
}

/// Benefits divided by costs under a named convention.
///
/// Source of the default: Dutch general guideline for cost-benefit analysis (CPB/PBL 2013) and practice under it;
/// not defined for a cut, where cost and effects both change sign.
#[must_use]
pub fn benefit_cost_ratio(items: &[RatioItem], convention: RatioConvention) -> BenefitCostRatio {
    let mut benefits = 0.0;
    let mut costs = 0.0;
    for item in items {
        let amount = item.present_value.0;
        let in_denominator = match convention {
            RatioConvention::CostsOfTheMeasure => item.side == RatioSide::CostOfTheMeasure,
            RatioConvention::AllNegativeItems => amount < 0.0,
        };
        if in_denominator {
            costs -= amount;
        } else {
            benefits += amount;
        }
    }
    let ratio = benefits / costs;
    if !benefits.is_finite() || !costs.is_finite() {
        BenefitCostRatio::NotDefined(RatioNotDefined::NotFinite)
    } else if costs == 0.0 {
        BenefitCostRatio::NotDefined(RatioNotDefined::NoCost)
    } else if costs < 0.0 {
        BenefitCostRatio::NotDefined(RatioNotDefined::CostIsSaving)
    } else if ratio.is_finite() {
        BenefitCostRatio::Ratio(ratio)
    } else {
        BenefitCostRatio::NotDefined(RatioNotDefined::NotFinite)
    }
}
