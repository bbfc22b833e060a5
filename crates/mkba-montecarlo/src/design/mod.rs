//! How the uniform numbers of the draws are laid out.
//!
//! | design | file | laid out so that |
//! |---|---|---|
//! | `random` | `random.rs` | draws are independent |
//! | `latin_hypercube` | `latin_hypercube.rs` | each block of 1024 draws has one in each of 1024 strata, for each input |
//! | `sobol` | `sobol.rs` | 16 interleaved replicates are Sobol sequences, each scrambled on its own |
//! | `antithetic` | `antithetic.rs` | an odd draw mirrors the even one before it |

mod antithetic;
mod dimensions;
mod directions;
pub(crate) mod latin_hypercube;
mod random;
mod sobol;

pub use antithetic::Antithetic;
pub use dimensions::{Dimensions, LockFault, MOST_DIMENSIONS};
pub use latin_hypercube::LatinHypercube;
pub use random::Random;
pub use sobol::Sobol;

use crate::sampler::{InputFault, Sampler};
use crate::standard_error::Unit;
use mkba_core::input::{Dependence, Input};
use mkba_core::lane::Isa;

/// A way of spreading draws over the unit interval of each input.
pub trait Design: Send + Sync {
    /// Name of the design in a study file and in the manifest.
    fn name(&self) -> &'static str;

    /// What draws are independent of each other, for an honest standard error.
    fn unit(&self) -> Unit;

    /// The uniforms of the input with a full name, such as `jobs` or `jobs[delft]`.
    ///
    /// # Errors
    /// A sentence, when the design has no place for the input.
    fn axis(&self, name: &str) -> Result<Box<dyn Axis>, String>;
}

/// The uniforms of one input.
///
/// A uniform may depend on the name of the input, the draw number and the design's own settings (seed, block, replicate),
/// and on nothing else: never on the length of `out`, on other inputs or on earlier calls. So any range of draws can be
/// computed alone and in any order. Values are odd multiples of 2^-53 in the open unit interval: `1 - u` is exact.
pub trait Axis: Send + Sync {
    /// The uniforms for the draws from `first_draw` on, one for each place of `out`.
    fn uniforms(&self, isa: Isa, first_draw: u64, out: &mut [f64]);
}

/// The designs by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Independent draws.
    #[default]
    Random,
    /// Latin hypercube within blocks of 1024 draws.
    LatinHypercube,
    /// Scrambled Sobol sequences.
    Sobol,
    /// Mirrored pairs.
    Antithetic,
}

impl Kind {
    /// All designs.
    pub const ALL: [Kind; 4] = [Kind::Random, Kind::LatinHypercube, Kind::Sobol, Kind::Antithetic];

    /// Name in a study file, on the command line and in the manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Random => "random",
            Kind::LatinHypercube => "latin_hypercube",
            Kind::Sobol => "sobol",
            Kind::Antithetic => "antithetic",
        }
    }

    /// The design of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The design of a study; only `sobol` looks at the dimensions.
    #[must_use]
    pub fn design(self, seed: u64, dimensions: Dimensions) -> Box<dyn Design> {
        match self {
            Kind::Random => Box::new(Random { seed }),
            Kind::LatinHypercube => Box::new(LatinHypercube { seed }),
            Kind::Sobol => Box::new(Sobol { seed, dimensions }),
            Kind::Antithetic => Box::new(Antithetic { seed }),
        }
    }
}

/// The design of a study.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// How its draws are laid out.
    pub kind: Kind,
    /// The dimensions of a Sobol design.
    pub dimensions: Dimensions,
}

impl Chosen {
    /// Prepares the inputs of a model for this design, as a run does.
    ///
    /// # Errors
    /// As [`Sampler::dependent`].
    pub fn sampler(
        &self,
        inputs: &[Input],
        dependences: &[Dependence],
        seed: u64,
        isa: Isa,
    ) -> Result<Sampler, Vec<InputFault>> {
        let design = self.kind.design(seed, self.dimensions.clone());
        Sampler::dependent(inputs, dependences, design, isa)
    }
}

#[cfg(test)]
mod tests;
