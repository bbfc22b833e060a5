//! Independent draws.

use super::{Axis, Design};
use crate::contract::{Stream, fill_uniforms};
use crate::standard_error::Unit;
use mkba_core::lane::{Isa, Kernel};

/// Independent uniforms straight from the random contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Random {
    /// The seed of the study.
    pub seed: u64,
}

impl Design for Random {
    fn name(&self) -> &'static str {
        super::Kind::Random.name()
    }

    fn unit(&self) -> Unit {
        Unit::Draw
    }

    fn axis(&self, name: &str) -> Result<Box<dyn Axis>, String> {
        Ok(Box::new(Independent {
            seed: self.seed,
            stream: Stream::of(name),
        }))
    }
}

struct Independent {
    seed: u64,
    stream: Stream,
}

impl Axis for Independent {
    fn uniforms(&self, isa: Isa, first_draw: u64, out: &mut [f64]) {
        isa.run(Uniforms {
            seed: self.seed,
            stream: self.stream,
            first_draw,
            out,
        });
    }
}

/// The uniforms of the random contract, for any design to start from.
pub(super) struct Uniforms<'a> {
    pub(super) seed: u64,
    pub(super) stream: Stream,
    pub(super) first_draw: u64,
    pub(super) out: &'a mut [f64],
}

impl Kernel for Uniforms<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        fill_uniforms(self.seed, self.stream, self.first_draw, self.out);
    }
}
