//! Inverse distribution functions: from a uniform number to a value, on lanes of draws.
//!
//! Every family is a pure function of one uniform, so a value never depends on other draws. Closed forms where they
//! exist, tables otherwise; truncation changes the uniform before the inverse. Accuracy and method per
//! family: `docs/method/sampling.md`.

mod construct;
mod distribution_function;
mod gumbel;
mod metalog;
mod mixture;
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
mod moment_tests;
#[cfg(test)]
mod tests;

use gumbel::Gumbel;
use metalog::Metalog;
use mixture::Mixture;
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
    scale: Option<Scale>,
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
    Gumbel(Gumbel),
    Mixture(Arc<Mixture>),
}

/// `shift + factor * x`; a negative factor takes the mirrored uniform.
#[derive(Debug, Clone, Copy)]
struct Scale {
    shift: f64,
    factor: f64,
}

/// Quantiles under construction: inputs of the same shape share one table.
#[derive(Debug, Default)]
pub struct Workshop {
    tables: TableStore,
    mixtures: Vec<(Distribution, Arc<Mixture>)>,
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
        if self.scale.is_some_and(|scale| scale.factor < 0.0) {
            for lane in lanes.iter_mut() {
                *lane = 1.0 - *lane;
            }
        }
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
            Family::Gumbel(family) => family.apply(lanes),
            Family::Mixture(family) => family.apply(lanes),
        }
        if let Some(Scale { shift, factor }) = self.scale {
            for lane in lanes.iter_mut() {
                *lane = shift + factor * *lane;
            }
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
        let cut = matches!(distribution, Distribution::Truncated { .. });
        let bounds = cut.then(|| distribution.support());
        if let Distribution::Scaled { of, shift, factor } = base {
            let inner = self.unscaled(of, (min - shift) / factor, (max - shift) / factor)?;
            let scaled = |scale: Scale| Scale {
                shift: shift + factor * scale.shift,
                factor: factor * scale.factor,
            };
            let own = Scale {
                shift: *shift,
                factor: *factor,
            };
            let held = inner.bounds.map(|(a, b)| (shift + factor * a, shift + factor * b));
            return Ok(Quantile {
                family: inner.family,
                scale: Some(inner.scale.map_or(own, scaled)),
                bounds: bounds.or(held.map(|(a, b)| (a.min(b), a.max(b)))),
            });
        }
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
            Distribution::Gumbel { mode, scale } => Family::Gumbel(Gumbel::new(*mode, *scale, min, max)?),
            Distribution::Mixture { .. } => Family::Mixture(self.mixture(distribution)?),
            Distribution::Scaled { .. } | Distribution::Truncated { .. } => {
                return Err("a truncated or scaled distribution was not taken apart".to_owned());
            }
        };
        Ok(Quantile {
            family,
            scale: None,
            bounds,
        })
    }

    fn mixture(&mut self, distribution: &Distribution) -> Result<Arc<Mixture>, String> {
        if let Some((_, known)) = self.mixtures.iter().find(|(other, _)| other == distribution) {
            return Ok(Arc::clone(known));
        }
        let mixture = Arc::new(Mixture::new(distribution)?);
        self.mixtures.push((distribution.clone(), Arc::clone(&mixture)));
        Ok(mixture)
    }

    /// A distribution cut off at two bounds in either order, infinite ones cutting nothing.
    fn unscaled(&mut self, of: &Distribution, a: f64, b: f64) -> Result<Quantile, String> {
        let (min, max) = (a.min(b), a.max(b));
        if min == f64::NEG_INFINITY && max == f64::INFINITY {
            return self.quantile(of);
        }
        let of = Box::new(of.clone());
        self.quantile(&Distribution::Truncated { of, min, max })
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
