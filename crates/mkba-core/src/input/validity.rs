//! Which parameters a distribution may have.

use super::{Distribution, MetalogSeries};

/// Shapes and degrees of freedom outside these bounds are refused: the inverse would not reach its stated accuracy.
const LEAST_SHAPE: f64 = 0.005;
const LEAST_DEGREES_OF_FREEDOM: f64 = 0.5;
const GREATEST_SHAPE: f64 = 1e6;

impl Distribution {
    /// Whether the parameters make a distribution.
    ///
    /// # Errors
    /// A sentence that says what the distribution requires, fit for a diagnostic.
    pub fn validate(&self) -> Result<(), String> {
        match self {
            Distribution::Uniform { low, high } => finite("uniform", &[*low, *high]).and_then(|()| {
                require(low < high, || {
                    format!("uniform requires low < high, not {low} and {high}")
                })
            }),
            Distribution::Triangular { low, mode, high } => three_points("triangular", *low, *mode, *high),
            Distribution::Pert { low, mode, high } => three_points("pert", *low, *mode, *high),
            Distribution::Normal { mean, sd } => {
                finite("normal", &[*mean])?;
                positive("normal", "sd", *sd)
            }
            Distribution::Lognormal { median, sigma } => {
                positive("lognormal", "median", *median)?;
                positive("lognormal", "sigma", *sigma)
            }
            Distribution::Beta { a, b } => {
                shape("beta", "a", *a, LEAST_SHAPE)?;
                shape("beta", "b", *b, LEAST_SHAPE)
            }
            Distribution::Gamma { shape: k, scale } => {
                shape("gamma", "shape", *k, LEAST_SHAPE)?;
                positive("gamma", "scale", *scale)
            }
            Distribution::Student { df, centre, scale } => {
                shape("student", "df", *df, LEAST_DEGREES_OF_FREEDOM)?;
                finite("student", &[*centre])?;
                positive("student", "scale", *scale)
            }
            Distribution::Weibull { shape: k, scale } => {
                shape("weibull", "shape", *k, LEAST_SHAPE)?;
                positive("weibull", "scale", *scale)
            }
            Distribution::Gumbel { mode, scale } => {
                finite("gumbel", &[*mode])?;
                positive("gumbel", "scale", *scale)
            }
            Distribution::Discrete { values, probabilities } => discrete(values, probabilities),
            Distribution::Empirical { values } => {
                require(!values.is_empty(), || {
                    "empirical requires at least one value".to_owned()
                })?;
                finite("empirical", values)?;
                require(values.is_sorted(), || "empirical requires ascending values".to_owned())
            }
            Distribution::Metalog { probabilities, values } => {
                MetalogSeries::through(probabilities, values).map(|_| ())
            }
            Distribution::Mixture { weights, parts } => mixture(weights, parts),
            Distribution::Scaled { of, shift, factor } => {
                of.validate()?;
                finite(of.name(), &[*shift, *factor])?;
                require(*factor != 0.0, || {
                    format!("{} requires a factor that is not 0", of.name())
                })
            }
            Distribution::Truncated { of, min, max } => {
                of.validate()?;
                self.cut(*min, *max)
            }
        }
    }

    /// Whether a cut leaves something of a valid distribution.
    fn cut(&self, min: f64, max: f64) -> Result<(), String> {
        require(min < max, || {
            format!("a truncation requires min < max, not {min} and {max}")
        })?;
        let (base, low, high) = self.uncut();
        let (least, greatest) = base.support();
        let left = match base {
            Distribution::Discrete { values, .. } | Distribution::Empirical { values } => {
                values.iter().any(|value| (low..=high).contains(value))
            }
            _ => low.max(least) < high.min(greatest),
        };
        require(left, || {
            let name = base.name();
            format!("a truncation to [{low}, {high}] leaves nothing of a {name} distribution on [{least}, {greatest}]")
        })
    }
}

fn require(holds: bool, sentence: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(sentence()) }
}

fn finite(name: &str, numbers: &[f64]) -> Result<(), String> {
    require(numbers.iter().all(|number| number.is_finite()), || {
        format!("{name} requires finite numbers")
    })
}

fn positive(name: &str, parameter: &str, value: f64) -> Result<(), String> {
    require(value > 0.0 && value.is_finite(), || {
        format!("{name} requires a positive `{parameter}`, not {value}")
    })
}

fn shape(name: &str, parameter: &str, value: f64, least: f64) -> Result<(), String> {
    require((least..=GREATEST_SHAPE).contains(&value), || {
        format!("{name} requires `{parameter}` between {least} and {GREATEST_SHAPE}, not {value}")
    })
}

fn three_points(name: &str, low: f64, mode: f64, high: f64) -> Result<(), String> {
    finite(name, &[low, mode, high])?;
    require(low < high && low <= mode && mode <= high, || {
        format!("{name} requires low <= mode <= high and low < high, not {low}, {mode}, {high}")
    })
}

/// Most parts of a mixture, and most listed values in all of them together: each makes its own place in a table.
const MOST_PARTS: usize = 32;
const MOST_LISTED: usize = 256;

fn mixture(weights: &[f64], parts: &[Distribution]) -> Result<(), String> {
    require(
        (1..=MOST_PARTS).contains(&parts.len()) && weights.len() == parts.len(),
        || format!("mixture requires 1 to {MOST_PARTS} distributions, each with a weight"),
    )?;
    require(weights.iter().all(|&weight| weight > 0.0 && weight <= 1.0), || {
        "mixture requires weights above 0 and at most 1".to_owned()
    })?;
    let total: f64 = weights.iter().sum();
    require((total - 1.0).abs() <= 1e-9, || {
        format!("mixture requires weights that sum to 1, not {total}")
    })?;
    let listed: usize = parts.iter().map(listed).sum();
    require(listed <= MOST_LISTED, || {
        format!("mixture takes at most {MOST_LISTED} listed values in all its parts, not {listed}")
    })?;
    parts.iter().try_for_each(Distribution::validate)
}

/// Number of listed values of a distribution.
fn listed(distribution: &Distribution) -> usize {
    match distribution {
        Distribution::Discrete { values, .. } | Distribution::Empirical { values } => values.len(),
        Distribution::Mixture { parts, .. } => parts.iter().map(listed).sum(),
        Distribution::Scaled { of, .. } | Distribution::Truncated { of, .. } => listed(of),
        _ => 0,
    }
}

fn discrete(values: &[f64], probabilities: &[f64]) -> Result<(), String> {
    require(!values.is_empty() && values.len() == probabilities.len(), || {
        "discrete requires at least one value, each with a probability".to_owned()
    })?;
    finite("discrete", values)?;
    require(values.windows(2).all(|pair| pair[0] < pair[1]), || {
        "discrete requires ascending values".to_owned()
    })?;
    require(probabilities.iter().all(|&p| p > 0.0 && p <= 1.0), || {
        "discrete requires probabilities above 0 and at most 1".to_owned()
    })?;
    let total: f64 = probabilities.iter().sum();
    require((total - 1.0).abs() <= 1e-9, || {
        format!("discrete requires probabilities that sum to 1, not {total}")
    })
}
