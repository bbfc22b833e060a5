//! Uncertain numbers as plain data. How they are drawn is the business of `mkba-montecarlo`.

pub mod dependence;
pub mod elicitation;
pub mod gamma;
mod metalog;
mod moments;
mod validity;

pub use dependence::{Dependence, Method};
pub use metalog::MetalogSeries;

/// One scalar uncertain number. Its value in a draw is `quantile(u) * factor`, with `u` the uniform of its stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Full name, which is also the name of its random stream: `jobs`, or `jobs[delft]` for an element.
    pub name: String,
    /// The distribution, in the unit in which the model states it.
    pub distribution: Distribution,
    /// Turns a quantile into the base unit of the program: unit scale, price level and price basis together.
    pub factor: f64,
}

/// The distributions of the model language, parameters in the unit of the model text.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the parameters are named in the sentence of each variant")]
pub enum Distribution {
    /// Equally likely between the bounds `low` and `high`.
    Uniform { low: f64, high: f64 },
    /// Triangle on `[low, high]` with its top at `mode`.
    Triangular { low: f64, mode: f64, high: f64 },
    /// Beta distribution on `[low, high]` with most likely value `mode` and weight 4 (Malcolm et al. 1959, Operations
    /// Research 7(5), 646-669): shapes `1 + 4 (mode - low) / (high - low)` and `1 + 4 (high - mode) / (high - low)`.
    Pert { low: f64, mode: f64, high: f64 },
    /// Normal with its `mean` and standard deviation `sd`.
    Normal { mean: f64, sd: f64 },
    /// `median * exp(sigma * z)`, z standard normal.
    Lognormal { median: f64, sigma: f64 },
    /// Beta on `[0, 1]` with shapes `a` (at 0) and `b` (at 1).
    Beta { a: f64, b: f64 },
    /// Gamma with mean `shape * scale`.
    Gamma { shape: f64, scale: f64 },
    /// `centre + scale * t`, t Student with `df` degrees of freedom.
    Student { df: f64, centre: f64, scale: f64 },
    /// Weibull: `scale * (-ln(1 - u))^(1 / shape)`.
    Weibull { shape: f64, scale: f64 },
    /// Gumbel, for greatest values (extreme value type I): `mode - scale * ln(-ln u)`.
    Gumbel { mode: f64, scale: f64 },
    /// Ascending `values` with `probabilities` that sum to one.
    Discrete { values: Vec<f64>, probabilities: Vec<f64> },
    /// Observations `values`, ascending, each equally likely.
    Empirical { values: Vec<f64> },
    /// Metalog through the pairs of `probabilities` and `values`, both ascending (Keelin 2016).
    Metalog { probabilities: Vec<f64>, values: Vec<f64> },
    /// One of `parts`, each with its weight; the `weights` sum to one. Experts' distributions with their weights are a linear
    /// opinion pool (Stone 1961, Annals of Mathematical Statistics 32(4), 1339-1342).
    Mixture {
        weights: Vec<f64>,
        parts: Vec<Distribution>,
    },
    /// `shift + factor * x`, x of the distribution `of`; a negative factor mirrors it.
    Scaled {
        of: Box<Distribution>,
        shift: f64,
        factor: f64,
    },
    /// The distribution `of`, cut off to `[min, max]` by inverse transform; infinite bounds cut nothing.
    Truncated { of: Box<Distribution>, min: f64, max: f64 },
}

impl Distribution {
    /// The name in the model language; of a truncated distribution that of what is cut off.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Distribution::Uniform { .. } => "uniform",
            Distribution::Triangular { .. } => "triangular",
            Distribution::Pert { .. } => "pert",
            Distribution::Normal { .. } => "normal",
            Distribution::Lognormal { .. } => "lognormal",
            Distribution::Beta { .. } => "beta",
            Distribution::Gamma { .. } => "gamma",
            Distribution::Student { .. } => "student",
            Distribution::Weibull { .. } => "weibull",
            Distribution::Gumbel { .. } => "gumbel",
            Distribution::Discrete { .. } => "discrete",
            Distribution::Empirical { .. } => "empirical",
            Distribution::Metalog { .. } => "metalog",
            Distribution::Mixture { .. } => "mixture",
            Distribution::Scaled { of, .. } | Distribution::Truncated { of, .. } => of.name(),
        }
    }

    /// The distribution without its cuts, and the bounds that all of them leave together.
    #[must_use]
    pub fn uncut(&self) -> (&Distribution, f64, f64) {
        match self {
            Distribution::Truncated { of, min, max } => {
                let (base, low, high) = of.uncut();
                (base, low.max(*min), high.min(*max))
            }
            base => (base, f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    /// The shapes at `low` and at `high` of a beta distribution that has its `mode` where a PERT distribution says.
    #[must_use]
    pub fn pert_shapes(low: f64, mode: f64, high: f64) -> (f64, f64) {
        let range = high - low;
        (1.0 + 4.0 * ((mode - low) / range), 1.0 + 4.0 * ((high - mode) / range))
    }
}

#[cfg(test)]
mod tests;
