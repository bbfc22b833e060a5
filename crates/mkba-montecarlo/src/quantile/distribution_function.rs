//! The distribution function of any distribution, both tails, one value at a time: for truncation and mixtures.

use super::metalog;
use super::special::normal_tails;
use super::tabulated::Standard;
use super::weibull::one_minus_exp;
use super::window::Window;
use mkba_core::input::{Distribution, MetalogSeries};
use mkba_core::lane::math::{exp, ln, pow};

/// A distribution function with what it takes to compute it prepared.
pub(super) enum DistributionFunction {
    Uniform {
        low: f64,
        high: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
    Lognormal {
        median: f64,
        sigma: f64,
    },
    Weibull {
        shape: f64,
        scale: f64,
    },
    Gumbel {
        mode: f64,
        scale: f64,
    },
    Standard {
        standard: Standard,
        offset: f64,
        scale: f64,
    },
    Metalog(MetalogSeries),
    Listed {
        values: Vec<f64>,
        below: Vec<f64>,
    },
    Mixture(Vec<(f64, DistributionFunction)>),
    Scaled {
        of: Box<DistributionFunction>,
        shift: f64,
        factor: f64,
    },
    Window {
        of: Box<DistributionFunction>,
        window: Window,
        min: f64,
        max: f64,
    },
}

/// Probabilities below a value and above it, neither counting the value itself: what lies on the value is the rest.
pub(super) type Tails = (f64, f64);

impl DistributionFunction {
    /// Of a valid distribution.
    ///
    /// # Errors
    /// A sentence, when a truncation leaves next to nothing.
    pub(super) fn new(distribution: &Distribution) -> Result<DistributionFunction, String> {
        let standard = |standard: Standard, offset: f64, scale: f64| DistributionFunction::Standard {
            standard,
            offset,
            scale,
        };
        Ok(match distribution {
            Distribution::Uniform { low, high } => DistributionFunction::Uniform { low: *low, high: *high },
            Distribution::Triangular { low, mode, high } => DistributionFunction::Triangular {
                low: *low,
                mode: *mode,
                high: *high,
            },
            Distribution::Pert { low, mode, high } => {
                let (a, b) = Distribution::pert_shapes(*low, *mode, *high);
                standard(Standard::Beta { a, b }, *low, high - low)
            }
            Distribution::Normal { mean, sd } => DistributionFunction::Normal { mean: *mean, sd: *sd },
            Distribution::Lognormal { median, sigma } => DistributionFunction::Lognormal {
                median: *median,
                sigma: *sigma,
            },
            Distribution::Beta { a, b } => standard(Standard::Beta { a: *a, b: *b }, 0.0, 1.0),
            Distribution::Gamma { shape, scale } => standard(Standard::Gamma { shape: *shape }, 0.0, *scale),
            Distribution::Student { df, centre, scale } => standard(Standard::Student { df: *df }, *centre, *scale),
            Distribution::Weibull { shape, scale } => DistributionFunction::Weibull {
                shape: *shape,
                scale: *scale,
            },
            Distribution::Gumbel { mode, scale } => DistributionFunction::Gumbel {
                mode: *mode,
                scale: *scale,
            },
            Distribution::Discrete { values, probabilities } => listed(values, probabilities.iter().copied()),
            Distribution::Empirical { values } => listed(values, values.iter().map(|_| 1.0)),
            Distribution::Metalog { probabilities, values } => {
                DistributionFunction::Metalog(MetalogSeries::through(probabilities, values)?)
            }
            Distribution::Mixture { weights, parts } => DistributionFunction::Mixture(
                weights
                    .iter()
                    .zip(parts)
                    .map(|(weight, part)| Ok((*weight, DistributionFunction::new(part)?)))
                    .collect::<Result<_, String>>()?,
            ),
            Distribution::Scaled { of, shift, factor } => DistributionFunction::Scaled {
                of: Box::new(DistributionFunction::new(of)?),
                shift: *shift,
                factor: *factor,
            },
            Distribution::Truncated { of, min, max } => {
                let of = DistributionFunction::new(of)?;
                // What lies on a bound is kept.
                let at_min = of.tails(*min).0;
                let at_max = of.tails(*max).1;
                let left = Window::between(*min, *max, |value| {
                    let (below, above) = of.tails(value);
                    if value == *min {
                        (below, 1.0 - below)
                    } else {
                        (1.0 - above, above)
                    }
                })?
                .left;
                let window = Window {
                    below: if *min == f64::NEG_INFINITY { 0.0 } else { at_min },
                    above: if *max == f64::INFINITY { 0.0 } else { at_max },
                    left,
                };
                DistributionFunction::Window {
                    of: Box::new(of),
                    window,
                    min: *min,
                    max: *max,
                }
            }
        })
    }

    /// Probabilities strictly below and strictly above a value, each accurate where it is small.
    pub(super) fn tails(&self, value: f64) -> Tails {
        match self {
            DistributionFunction::Uniform { low, high } => {
                let range = high - low;
                (
                    ((value - low) / range).clamp(0.0, 1.0),
                    ((high - value) / range).clamp(0.0, 1.0),
                )
            }
            DistributionFunction::Triangular { low, mode, high } => {
                let (from_low, to_high) = (value.clamp(*low, *high) - low, high - value.clamp(*low, *high));
                if value < *mode {
                    let below = from_low * from_low / ((high - low) * (mode - low));
                    (below, 1.0 - below)
                } else if value >= *high {
                    (1.0, 0.0)
                } else {
                    let above = to_high * to_high / ((high - low) * (high - mode));
                    (1.0 - above, above)
                }
            }
            DistributionFunction::Normal { mean, sd } => normal_tails((value - mean) / sd),
            DistributionFunction::Lognormal { median, sigma } => {
                if value <= 0.0 {
                    (0.0, 1.0)
                } else {
                    normal_tails(ln(value / median) / sigma)
                }
            }
            DistributionFunction::Weibull { shape, scale } => {
                if value <= 0.0 {
                    return (0.0, 1.0);
                }
                let hazard = pow(value / scale, *shape);
                (one_minus_exp(hazard), exp(-hazard))
            }
            DistributionFunction::Gumbel { mode, scale } => {
                let hazard = exp(-(value - mode) / scale);
                (exp(-hazard), one_minus_exp(hazard))
            }
            DistributionFunction::Standard {
                standard,
                offset,
                scale,
            } => standard.tails((value - offset) / scale),
            DistributionFunction::Metalog(series) => metalog::tails(series, value),
            DistributionFunction::Listed { values, below } => {
                let total = below.last().copied().unwrap_or(1.0);
                let strictly_below = below[values.partition_point(|listed| *listed < value)];
                let up_to = below[values.partition_point(|listed| *listed <= value)];
                (strictly_below / total, (total - up_to) / total)
            }
            DistributionFunction::Mixture(parts) => parts.iter().fold((0.0, 0.0), |(below, above), (weight, part)| {
                let (part_below, part_above) = part.tails(value);
                (below + weight * part_below, above + weight * part_above)
            }),
            DistributionFunction::Scaled { of, shift, factor } => {
                let (below, above) = of.tails((value - shift) / factor);
                if *factor > 0.0 { (below, above) } else { (above, below) }
            }
            DistributionFunction::Window { of, window, min, max } => {
                if value < *min {
                    return (0.0, 1.0);
                }
                if value > *max {
                    return (1.0, 0.0);
                }
                let (below, above) = of.tails(value);
                let share = |tail: f64, cut: f64| ((tail - cut) / window.left).clamp(0.0, 1.0);
                (share(below, window.below), share(above, window.above))
            }
        }
    }
}

fn listed(values: &[f64], weights: impl Iterator<Item = f64>) -> DistributionFunction {
    let mut below = vec![0.0];
    let mut sum = 0.0;
    for weight in weights {
        sum += weight;
        below.push(sum);
    }
    DistributionFunction::Listed {
        values: values.to_vec(),
        below,
    }
}

/// Values where a distribution function has a jump or a corner: listed values, ends of supports, modes of triangles.
pub(super) fn corners(distribution: &Distribution) -> Vec<f64> {
    match distribution {
        Distribution::Triangular { low, mode, high } => vec![*low, *mode, *high],
        Distribution::Discrete { values, .. } | Distribution::Empirical { values } => values.clone(),
        Distribution::Mixture { parts, .. } => parts.iter().flat_map(corners).collect(),
        Distribution::Scaled { of, shift, factor } => corners(of).into_iter().map(|x| shift + factor * x).collect(),
        Distribution::Truncated { of, min, max } => {
            let inside = corners(of).into_iter().filter(|x| (*min..=*max).contains(x));
            inside.chain([*min, *max]).filter(|x| x.is_finite()).collect()
        }
        other => {
            let (low, high) = other.support();
            [low, high].into_iter().filter(|x| x.is_finite()).collect()
        }
    }
}
