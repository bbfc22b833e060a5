//! From an [`Outcome`](crate::outcome::Outcome) to plain tables: the projections of one set of flows, each in its own file.
//!
//! | table | what it answers |
//! |---|---|
//! | [`overview()`] | what each flow is worth to society, the balances, the benefit-cost ratio, what is not priced |
//! | [`parties()`] | who bears and who gains |
//! | [`regions()`] | where it lands, the rest of the country included |
//! | [`projections`] | sums by pillar, effect and kind |
//! | [`timeline()`] | undiscounted amounts by year |
//! | [`cumulative()`] | the discounted balance up to each year |
//! | [`indicators()`] | quantities beside the balance, and the indicators of the appraisal itself |
//! | [`distribution()`] | how the balances are distributed over all draws |
//! | [`gates()`], [`limits()`] | which scarce capacity binds where, and when |
//! | [`interactions()`], [`interaction_flows()`], [`interaction_gates()`] | what a whole is worth beyond its parts, in which flows, and the gates behind it |
//! | [`draws`] | the balance and every input in each kept draw |
//! | [`convergence()`] | the balance after fewer draws |
//! | [`checklist()`] | how the study deals with each rule of the guideline |
//! | [`mod@sweep`] | the balances in every point of a sweep, and where they change sign |
//! | [`regret()`] | what each alternative is worth in each scenario, and what choosing it misses |
//! | [`mod@sampled`] | what was drawn for each input, as stated in the model |
//!
//! All amounts are EUR of the price year, present values at the base year, as differences from the baseline of the same
//! draw and scenario. The baseline itself has no rows, except its levels in the indicators. Rows are in the order of the
//! catalogue, so that the same outcome gives the same bytes.
//!
//! Deliberately absent: rounding, labels and languages, which are the business of whoever shows a table.

mod case;
mod overview_row;

pub mod appraisal;
pub mod checklist;
pub mod convergence;
pub mod cumulative;
pub mod distribution;
pub mod draws;
pub mod expected;
pub mod gates;
pub mod indicators;
pub mod interactions;
pub mod overview;
pub mod parties;
pub mod projections;
pub mod ratio;
pub mod regions;
pub mod regret;
pub mod sampled;
pub mod sweep;
pub mod timeline;

#[cfg(test)]
mod fixture;

pub use checklist::checklist;
pub use convergence::convergence;
pub use cumulative::cumulative;
pub use distribution::distribution;
pub use draws::{balances, inputs};
pub use gates::{gates, limits};
pub use indicators::indicators;
pub use interactions::{interaction_flows, interaction_gates, interactions};
pub use overview::overview;
pub use parties::parties;
pub use projections::{Projection, projection};
pub use ratio::{AlternativeRatio, Scope, benefit_cost_ratio};
pub use regions::regions;
pub use regret::regret;
pub use sampled::{InputSummary, SampledInput, input_summary, sampled};
pub use sweep::{break_evens, sweep};
pub use timeline::timeline;
