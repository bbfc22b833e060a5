//! Support, mean, standard deviation and central value of a distribution, where they have a closed form.

use super::gamma::gamma_function;
use super::{Distribution, MetalogSeries};
use crate::lane::math::{exp, ln, pow, sqrt};

impl Distribution {
    /// Least and greatest value it can take, in its own unit; infinite where it has no bound. For valid parameters.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Distribution::Uniform { low, high }
            | Distribution::Triangular { low, high, .. }
            | Distribution::Pert { low, high, .. } => (*low, *high),
            Distribution::Normal { .. } | Distribution::Student { .. } | Distribution::Gumbel { .. } => {
                (f64::NEG_INFINITY, f64::INFINITY)
            }
            Distribution::Lognormal { .. } | Distribution::Gamma { .. } | Distribution::Weibull { .. } => {
                (0.0, f64::INFINITY)
            }
            Distribution::Beta { .. } => (0.0, 1.0),
            Distribution::Discrete { values, .. } | Distribution::Empirical { values } => ends(values.iter().copied()),
            Distribution::Metalog { probabilities, values } => MetalogSeries::through(probabilities, values)
                .map_or((f64::NEG_INFINITY, f64::INFINITY), |series| series.support()),
            Distribution::Mixture { parts, .. } => {
                let supports = parts.iter().map(Distribution::support);
                ends(supports.flat_map(|(low, high)| [low, high]))
            }
            Distribution::Scaled { of, shift, factor } => {
                let (low, high) = of.support();
                let (a, b) = (shift + factor * low, shift + factor * high);
                (a.min(b), a.max(b))
            }
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
            Distribution::Gumbel { mode, scale } => Some(mode + EULER * scale),
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
            Distribution::Mixture { weights, parts } => weights
                .iter()
                .zip(parts)
                .try_fold(0.0, |sum, (weight, part)| Some(sum + weight * part.mean()?)),
            Distribution::Scaled { of, shift, factor } => of.mean().map(|mean| shift + factor * mean),
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

    /// The standard deviation, in its own unit; none where it does not exist or has no closed form (metalog, most truncations).
    #[must_use]
    pub fn standard_deviation(&self) -> Option<f64> {
        self.variance().map(sqrt).filter(|sd| sd.is_finite())
    }

    fn variance(&self) -> Option<f64> {
        match self {
            Distribution::Uniform { low, high } => Some((high - low) * (high - low) / 12.0),
            Distribution::Triangular { low, mode, high } => {
                let (below, above) = (mode - low, high - mode);
                Some((below * below + below * above + above * above) / 18.0)
            }
            Distribution::Pert { low, mode, high } => {
                let (a, b) = Distribution::pert_shapes(*low, *mode, *high);
                Some((high - low) * (high - low) * beta_variance(a, b))
            }
            Distribution::Normal { sd, .. } => Some(sd * sd),
            Distribution::Lognormal { median, sigma } => {
                let spread = exp(sigma * sigma);
                Some(median * median * spread * (spread - 1.0))
            }
            Distribution::Beta { a, b } => Some(beta_variance(*a, *b)),
            Distribution::Gamma { shape, scale } => Some(shape * scale * scale),
            Distribution::Student { df, scale, .. } => (*df > 2.0).then(|| scale * scale * df / (df - 2.0)),
            Distribution::Weibull { shape, scale } => {
                let mean = gamma_function(1.0 + 1.0 / shape);
                Some(scale * scale * (gamma_function(1.0 + 2.0 / shape) - mean * mean))
            }
            Distribution::Gumbel { scale, .. } => {
                Some(std::f64::consts::PI * std::f64::consts::PI / 6.0 * scale * scale)
            }
            Distribution::Discrete { values, probabilities } => {
                let (mean, total) = (self.mean()?, probabilities.iter().sum::<f64>());
                let squares = values
                    .iter()
                    .zip(probabilities)
                    .map(|(value, p)| p * (value - mean) * (value - mean));
                Some(squares.sum::<f64>() / total)
            }
            Distribution::Empirical { values } => {
                let mean = self.mean()?;
                let count: f64 = values.iter().map(|_| 1.0).sum();
                Some(values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count)
            }
            Distribution::Metalog { .. } => None,
            Distribution::Mixture { weights, parts } => {
                let whole = self.mean()?;
                weights.iter().zip(parts).try_fold(0.0, |sum, (weight, part)| {
                    let distance = part.mean()? - whole;
                    Some(sum + weight * (part.variance()? + distance * distance))
                })
            }
            Distribution::Scaled { of, factor, .. } => of.variance().map(|variance| factor * factor * variance),
            Distribution::Truncated { .. } => match self.uncut() {
                (Distribution::Uniform { .. }, ..) => {
                    let (low, high) = self.support();
                    Some((high - low) * (high - low) / 12.0)
                }
                (base, f64::NEG_INFINITY, f64::INFINITY) => base.variance(),
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
            Distribution::Gumbel { mode, scale } => Some(mode - scale * ln(-ln(0.5))),
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
            Distribution::Mixture { .. } => None,
            Distribution::Scaled { of, shift, factor } => of.central().map(|value| shift + factor * value),
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

/// Euler's constant.
const EULER: f64 = 0.577_215_664_901_532_9;

fn beta_variance(a: f64, b: f64) -> f64 {
    let sum = a + b;
    a * b / (sum * sum * (sum + 1.0))
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}
