//! What a run found out, before it becomes tables: numbers by position, named by a [`Catalogue`].
use crate::appraisal::catalogue::Catalogue;

/// Mean, its Monte Carlo error, and quantiles over the draws.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Summary {
    /// Mean over the draws.
    pub mean: f64,
    /// Standard error of the mean; 0 when nothing varies.
    pub standard_error: f64,
    /// 5 % quantile.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95 % quantile.
    pub p95: f64,
}

/// A run: everything that tables, figures and reports are made from. Amounts in EUR of the price year, present values at the base year,
/// all as differences from the baseline of the same draw and scenario; costs are negative.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Names.
    pub catalogue: Catalogue,
    /// Number of draws.
    pub draws: usize,
    /// Seed.
    pub seed: u64,
    /// Results of each scenario, in the order of the catalogue.
    pub scenarios: Vec<ScenarioOutcome>,
    /// Name and value in each draw of every uncertain input, in base units.
    pub inputs: Vec<(String, Vec<f64>)>,
}

/// Results of one scenario: one for each alternative of the catalogue; those of the baseline itself are zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScenarioOutcome {
    /// Alternatives in the order of the catalogue.
    pub alternatives: Vec<AlternativeOutcome>,
}

/// Results of one alternative in one scenario.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AlternativeOutcome {
    /// Present value of each flow to society.
    pub flows: Vec<Summary>,
    /// Mean present value by flow and party.
    pub postings: Vec<Vec<f64>>,
    /// Mean present value to society by flow and region; empty for flows without region.
    pub regional: Vec<Vec<f64>>,
    /// Balance of all flows.
    pub balance: Summary,
    /// Balance without the flows that are kept separate.
    pub balance_without_separate: Summary,
    /// Balance of each draw.
    pub balance_draws: Vec<f64>,
    /// Balance without separate effects of each draw.
    pub balance_without_separate_draws: Vec<f64>,
    /// Mean amount by flow and year, undiscounted; for transfers the amount itself.
    pub yearly: Vec<Vec<f64>>,
    /// Mean of each indicator by element and year: its level, not a difference.
    pub indicators: Vec<Vec<Vec<f64>>>,
}
