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
    /// So many draws, the first ones, are in the fields that hold a number for each draw. All, unless a run is large.
    pub kept: usize,
    /// Name and value in each kept draw of every uncertain input, in base units.
    pub inputs: Vec<(String, Vec<f64>)>,
    /// The balances after fewer draws: after 1024, twice as many and so on, and at last after all of them.
    pub convergence: Vec<Checkpoint>,
}

/// The balances after some number of draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// Number of draws, from the first on.
    pub draws: u64,
    /// What is known of each scenario.
    pub scenarios: Vec<Precision>,
}

/// The balances in one scenario after some number of draws.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Precision {
    /// Balance of each alternative in the order of the catalogue; that of the baseline is zero.
    pub balances: Vec<Summary>,
    /// Probability, at least, that the alternatives (the baseline too) are in the right order when ordered by mean balance.
    pub ranking: f64,
}

/// How a number is distributed over draws that are not kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DrawDistribution {
    /// Quantiles at probabilities 0, 1/200, …, 1.
    pub quantiles: Vec<f64>,
    /// Share of the draws above zero.
    pub share_positive: f64,
}

/// The discounted balance up to and including some year.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cumulative {
    /// Mean over all draws.
    pub mean: f64,
    /// Quantiles at the probabilities of [`Cumulative::PROBABILITIES`] over the first 1024 draws.
    pub quantiles: [f64; 5],
}

impl Cumulative {
    /// Of its quantiles.
    pub const PROBABILITIES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
}

/// Results of one scenario: one for each alternative of the catalogue; those of the baseline itself are zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScenarioOutcome {
    /// Alternatives in the order of the catalogue.
    pub alternatives: Vec<AlternativeOutcome>,
    /// Interactions in the order of the catalogue.
    pub interactions: Vec<InteractionOutcome>,
}

/// What a whole is worth beyond its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct InteractionOutcome {
    /// Balance of the whole less those of the parts, in each draw.
    pub difference: Summary,
    /// Share of the draws in which it is positive.
    pub reinforcing: f64,
}

/// Means of a gate by element and observed year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GateOutcome {
    /// Newly wanted in the year.
    pub wanted: Vec<Vec<f64>>,
    /// Served.
    pub granted: Vec<Vec<f64>>,
    /// Met by the substitute.
    pub substituted: Vec<Vec<f64>>,
    /// Waiting at the end of the year.
    pub waiting: Vec<Vec<f64>>,
    /// Share of the draws in which not all is served.
    pub binding: Vec<Vec<f64>>,
}

/// Means of a limit by element and observed year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LimitOutcome {
    /// Its level.
    pub level: Vec<Vec<f64>>,
    /// By bound: share of the draws in which that bound is the least.
    pub least: Vec<Vec<Vec<f64>>>,
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
    /// How the balance is distributed over the draws, if not all of them are kept.
    pub balance_distribution: Option<DrawDistribution>,
    /// Balance of each kept draw.
    pub balance_draws: Vec<f64>,
    /// Balance without separate effects of each kept draw.
    pub balance_without_separate_draws: Vec<f64>,
    /// Mean amount by flow and year, undiscounted; for transfers the amount itself.
    pub yearly: Vec<Vec<f64>>,
    /// Discounted balance up to and including each year.
    pub cumulative: Vec<Cumulative>,
    /// Mean of each indicator by element and year: its level, not a difference.
    pub indicators: Vec<Vec<Vec<f64>>>,
    /// Gates.
    pub gates: Vec<GateOutcome>,
    /// Limits.
    pub limits: Vec<LimitOutcome>,
}
