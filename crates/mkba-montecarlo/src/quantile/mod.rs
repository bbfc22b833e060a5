//! Inverse distribution functions: from a uniform number to a value, on lanes of draws.
//!
//! Every family is a pure function of one uniform, so a value never depends on other draws. Closed forms where they
//! exist, tables otherwise; truncation changes the uniform before the inverse. Accuracy and method per
//! family: `docs/method/sampling.md`.

mod construct;
mod metalog;
mod normal;
pub(crate) mod special;
mod steps;
mod table;
mod tabulated;
mod triangular;
mod uniform;
mod weibull;
mod window;

#[cfg(test)]
mod tests;

use metalog::Metalog;
use mkba_core::input::Distribution;
use mkba_core::lane::math::{at_least, at_most, exp};
use normal::{Lognormal, Normal};
use std::sync::Arc;
use steps::{Discrete, Empirical};
use table::Table;
use tabulated::{Form, Standard, TableStore};
use triangular::Triangular;
use uniform::Uniform;
use weibull::Weibull;
use window::Window;

/// The inverse distribution function of one distribution, ready to be applied.
#[derive(Debug, Clone)]
pub struct Quantile {
    family: Family,
    /// Least and greatest value of a truncated distribution: rounding must not pass them.
    bounds: Option<(f64, f64)>,
}

/// Lanes worked on at once. A fixed number lets the compiler vectorise without remainders; it changes no bit.
const BLOCK: usize = 64;
type Block = [f64; BLOCK];

#[derive(Debug, Clone)]
enum Family {
    Uniform(Uniform),
    Triangular(Triangular),
    Normal(Normal),
    Lognormal(Lognormal),
    Weibull(Weibull),
    Tabulated(Tabulated),
    Discrete(Discrete),
    Empirical(Empirical),
    Metalog(Metalog),
}

/// Quantiles under construction: inputs of the same shape share one table.
#[derive(Debug, Default)]
pub struct Workshop {
    tables: TableStore,
}

impl Quantile {
    /// The inverse distribution function of a distribution.
    ///
    /// # Errors
    /// A sentence, when the parameters are impossible or a truncation leaves no probability.
    pub fn new(distribution: &Distribution) -> Result<Quantile, String> {
        Workshop::default().quantile(distribution)
    }

    /// The value at probability `u`, for 0 < u < 1.
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        let mut lane = [u];
        self.apply(&mut lane);
        lane[0]
    }

    /// Replaces uniform numbers by values of the distribution.
    #[inline(always)]
    pub fn apply(&self, lanes: &mut [f64]) {
        let (blocks, rest) = lanes.as_chunks_mut();
        for block in blocks {
            self.apply_to_block(block);
        }
        if !rest.is_empty() {
            let mut block = [0.5; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            self.apply_to_block(&mut block);
            rest.copy_from_slice(&block[..rest.len()]);
        }
    }

    #[inline(always)]
    fn apply_to_block(&self, lanes: &mut Block) {
        match &self.family {
            Family::Uniform(family) => family.apply(lanes),
            Family::Triangular(family) => family.apply(lanes),
            Family::Normal(family) => family.apply(lanes),
            Family::Lognormal(family) => family.apply(lanes),
            Family::Weibull(family) => family.apply(lanes),
            Family::Tabulated(family) => family.apply(lanes),
            Family::Discrete(family) => family.apply(lanes),
            Family::Empirical(family) => family.apply(lanes),
            Family::Metalog(family) => family.apply(lanes),
        }
        if let Some((least, greatest)) = self.bounds {
            for lane in lanes {
                *lane = at_most(at_least(*lane, least), greatest);
            }
        }
    }
}

/// The value that stands for a distribution in a run without draws: [`Distribution::central`] where it has a closed form,
/// else the median.
///
/// # Errors
/// A sentence, when the distribution is not valid.
pub fn central(distribution: &Distribution) -> Result<f64, String> {
    distribution.validate()?;
    distribution
        .central()
        .map_or_else(|| Ok(Quantile::new(distribution)?.at(0.5)), Ok)
}

impl Workshop {
    /// The inverse distribution function of a distribution; tables are shared with earlier ones of this workshop.
    ///
    /// # Errors
    /// A sentence, when the parameters are impossible or a truncation leaves no probability.
    pub fn quantile(&mut self, distribution: &Distribution) -> Result<Quantile, String> {
        distribution.validate()?;
        let (base, min, max) = distribution.uncut();
        let family = match base {
            Distribution::Uniform { low, high } => Family::Uniform(Uniform::new(low.max(min), high.min(max))),
            Distribution::Triangular { low, mode, high } => {
                Family::Triangular(Triangular::new(*low, *mode, *high, min, max)?)
            }
            Distribution::Normal { mean, sd } => Family::Normal(Normal::new(*mean, *sd, min, max)?),
            Distribution::Lognormal { median, sigma } => Family::Lognormal(Lognormal::new(*median, *sigma, min, max)?),
            Distribution::Weibull { shape, scale } => Family::Weibull(Weibull::new(*shape, *scale, min, max)?),
            Distribution::Pert { low, mode, high } => {
                let (a, b) = Distribution::pert_shapes(*low, *mode, *high);
                self.tabulated(Standard::Beta { a, b }, *low, high - low, min, max)?
            }
            Distribution::Beta { a, b } => self.tabulated(Standard::Beta { a: *a, b: *b }, 0.0, 1.0, min, max)?,
            Distribution::Gamma { shape, scale } => {
                self.tabulated(Standard::Gamma { shape: *shape }, 0.0, *scale, min, max)?
            }
            Distribution::Student { df, centre, scale } => {
                self.tabulated(Standard::Student { df: *df }, *centre, *scale, min, max)?
            }
            Distribution::Discrete { values, probabilities } => {
                Family::Discrete(Discrete::new(values, probabilities, min, max))
            }
            Distribution::Empirical { values } => Family::Empirical(Empirical::new(values, min, max)),
            Distribution::Metalog { probabilities, values } => {
                Family::Metalog(Metalog::new(probabilities, values, min, max)?)
            }
            Distribution::Truncated { .. } => return Err("a truncation of a truncation was not taken apart".to_owned()),
        };
        let cut = matches!(distribution, Distribution::Truncated { .. });
        Ok(Quantile {
            family,
            bounds: cut.then(|| distribution.support()),
        })
    }

    fn tabulated(&mut self, standard: Standard, offset: f64, scale: f64, min: f64, max: f64) -> Result<Family, String> {
        let window = Window::between(min, max, |value| standard.tails((value - offset) / scale))?;
        let table = self.tables.table(standard, window);
        Ok(Family::Tabulated(Tabulated {
            table,
            form: standard.form(),
            offset,
            scale,
        }))
    }
}

/// `offset + scale * x`, x from a table.
#[derive(Debug, Clone)]
struct Tabulated {
    table: Arc<Table>,
    form: Form,
    offset: f64,
    scale: f64,
}

impl Tabulated {
    #[inline(always)]
    fn apply(&self, lanes: &mut Block) {
        self.table.apply(lanes);
        let (offset, scale) = (self.offset, self.scale);
        match self.form {
            Form::Plain => {
                for lane in lanes {
                    *lane = offset + scale * *lane;
                }
            }
            Form::Log => {
                for lane in lanes {
                    *lane = offset + scale * exp(*lane);
                }
            }
            Form::Logit => {
                for lane in lanes {
                    *lane = offset + scale / (1.0 + exp(-*lane));
                }
            }
        }
    }
}
