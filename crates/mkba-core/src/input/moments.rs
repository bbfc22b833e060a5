//! Support, mean and central value of a distribution, where they have a closed form.

use super::gamma::gamma_function;
use super::{Distribution, MetalogSeries};
use crate::lane::math::{exp, ln, pow};

impl Distribution {
    /// Least and greatest value it can take, in its own unit; infinite where it has no bound. For valid parameters.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Distribution::Uniform { low, high }
            | Distribution::Triangular { low, high, .. }
            | Distribution::Pert { low, high, .. } => (*low, *high),
            Distribution::Normal { .. } | Distribution::Student { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Distribution::Lognormal { .. } | Distribution::Gamma { .. } | Distribution::Weibull { .. } => {
                (0.0, f64::INFINITY)
            }
            Distribution::Beta { .. } => (0.0, 1.0),
            Distribution::Discrete { values, .. } | Distribution::Empirical { values } => ends(values.iter().copied()),
            Distribution::Metalog { probabilities, values } => MetalogSeries::through(probabilities, values)
                .map_or((f64::NEG_INFINITY, f64::INFINITY), |series| series.support()),
            Distribution::Truncated { .. } => {
                let (base, low, high) = self.uncut();
                match base {
                    Distribution::Discrete { values, .. } | Distribution::Empirical { values } => {
                        ends(values.iter().copied().filter(|value| (low..=high).contains(value)))
                    }
                    _ => {
                        let (least, greatest) = base.support();
                        (low.max(least), high.min(greatest))
                    }
                }
            }
        }
    }

    /// The mean, in its own unit; none where it does not exist or has no closed form (most truncations).
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        match self {
            Distribution::Uniform { low, high } => Some(0.5 * (low + high)),
            Distribution::Triangular { low, mode, high } => Some((low + mode + high) / 3.0),
            Distribution::Pert { low, mode, high } => Some((low + 4.0 * mode + high) / 6.0),
            Distribution::Normal { mean, .. } => Some(*mean),
            Distribution::Lognormal { median, sigma } => Some(median * exp(0.5 * sigma * sigma)),
            Distribution::Beta { a, b } => Some(a / (a + b)),
            Distribution::Gamma { shape, scale } => Some(shape * scale),
            Distribution::Student { df, centre, .. } => (*df > 1.0).then_some(*centre),
            Distribution::Weibull { shape, scale } => {
                Some(scale * gamma_function(1.0 + 1.0 / shape)).filter(|mean| mean.is_finite())
            }
            Distribution::Discrete { values, probabilities } => {
                let total: f64 = probabilities.iter().sum();
                Some(
                    values
                        .iter()
                        .zip(probabilities)
                        .map(|(value, p)| value * p)
                        .sum::<f64>()
                        / total,
                )
            }
            Distribution::Empirical { values } => {
                let count: f64 = values.iter().map(|_| 1.0).sum();
                (count > 0.0).then(|| values.iter().sum::<f64>() / count)
            }
            Distribution::Metalog { probabilities, values } => MetalogSeries::through(probabilities, values)
                .ok()
                .map(|series| series.mean()),
            Distribution::Truncated { .. } => match self.uncut() {
                (Distribution::Uniform { .. }, ..) => {
                    let (low, high) = self.support();
                    Some(0.5 * (low + high))
                }
                (base, f64::NEG_INFINITY, f64::INFINITY) => base.mean(),
                _ => None,
            },
        }
    }

    /// The value that stands for the distribution in a run without draws: the mode of a triangular or PERT distribution,
    /// otherwise the median. None where the median has no closed form (beta, gamma, most truncations): `mkba-montecarlo`
    /// then computes it.
    #[must_use]
    pub fn central(&self) -> Option<f64> {
        match self {
            Distribution::Uniform { low, high } => Some(0.5 * (low + high)),
            Distribution::Triangular { mode, .. } | Distribution::Pert { mode, .. } => Some(*mode),
            Distribution::Normal { mean, .. } => Some(*mean),
            Distribution::Lognormal { median, .. } => Some(*median),
            Distribution::Beta { a, b } => (a == b).then_some(0.5),
            Distribution::Gamma { .. } => None,
            Distribution::Student { centre, .. } => Some(*centre),
            Distribution::Weibull { shape, scale } => Some(scale * pow(-ln(0.5), 1.0 / shape)),
            Distribution::Discrete { values, probabilities } => {
                let half = 0.5 * probabilities.iter().sum::<f64>();
                let mut below = 0.0;
                values.iter().zip(probabilities).find_map(|(value, p)| {
                    below += p;
                    (below >= half).then_some(*value)
                })
            }
            Distribution::Empirical { values } => values.get(values.len().saturating_sub(1) / 2).copied(),
            Distribution::Metalog { probabilities, values } => MetalogSeries::through(probabilities, values)
                .ok()
                .map(|series| series.quantile(0.5, 0.5)),
            Distribution::Truncated { .. } => match self.uncut() {
                (base @ (Distribution::Triangular { .. } | Distribution::Pert { .. }), low, high) => {
                    base.central().map(|mode| mode.max(low).min(high))
                }
                (Distribution::Uniform { .. }, ..) => self.mean(),
                (base, f64::NEG_INFINITY, f64::INFINITY) => base.central(),
                _ => None,
            },
        }
    }
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}
