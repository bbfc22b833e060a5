//! Plain financial arithmetic over yearly flows: horizon, discounting, indicators, internal rates.
//!
//! Index timing unless said otherwise: the flow of year `t` is divided by `(1 + r)^(t - base)`, so flows of the base
//! year count in full. The mathematics with its sources is in `docs/method/finance.md`.
//!
//! Deliberately absent: inflation (all money is real, in one price level), any knowledge of flows' names or parties,
//! and any rate of a guideline (those are data, see [`crate::rulebook`]).

mod annuity;
mod discount;
mod error;
mod exponential_sum;
mod horizon;
mod indicators;
mod internal_rate;
mod modified_rate;
mod money;
mod payback;
mod root_isolation;

pub use annuity::{
    PaymentTiming, annuity, annuity_factor, equivalent_growth, future_amount, level_payment, level_payment_rates,
    number_of_periods, periods_to_grow, perpetuity_factor, present_amount,
};
pub use discount::{Rate, RateSchedule, Timing, discount_factors, present_value};
pub use error::FinanceError;
pub use horizon::Horizon;
pub use indicators::{
    BenefitCostRatio, RatioConvention, RatioItem, RatioNotDefined, RatioSide, benefit_cost_ratio, dated_npv, npv,
};
pub use internal_rate::{
    InternalRate, InternalRates, NoInternalRate, dated_internal_rates, internal_rates, internal_rates_at,
};
pub use modified_rate::modified_internal_rate;
pub use money::{AnnualFlow, PresentValue};
pub use payback::{Payback, discounted_payback, simple_payback};
