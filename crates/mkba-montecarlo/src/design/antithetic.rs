//! Mirrored pairs: an odd draw takes `1 - u` of the even draw before it (Hammersley and Morton 1956, Mathematical
//! Proceedings of the Cambridge Philosophical Society 52(3), 449-475).

use super::random::Uniforms;
use super::{Axis, Design};
use crate::contract::{Stream, uniform};
use crate::standard_error::Unit;
use mkba_core::lane::{Isa, Kernel};

/// Pairs of mirrored draws: what rises with every input has a smaller error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Antithetic {
    /// The seed of the study.
    pub seed: u64,
}

impl Design for Antithetic {
    fn name(&self) -> &'static str {
        super::Kind::Antithetic.name()
    }

    fn unit(&self) -> Unit {
        Unit::Pair
    }

    fn axis(&self, name: &str) -> Result<Box<dyn Axis>, String> {
        Ok(Box::new(Mirrored {
            seed: self.seed,
            stream: Stream::of(name),
        }))
    }
}

struct Mirrored {
    seed: u64,
    stream: Stream,
}

impl Axis for Mirrored {
    fn uniforms(&self, isa: Isa, first_draw: u64, out: &mut [f64]) {
        isa.run(Pairs {
            seed: self.seed,
            stream: self.stream,
            first_draw,
            out,
        });
    }
}

struct Pairs<'a> {
    seed: u64,
    stream: Stream,
    first_draw: u64,
    out: &'a mut [f64],
}

impl Kernel for Pairs<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Pairs {
            seed,
            stream,
            first_draw,
            out,
        } = self;
        let starts_odd = first_draw % 2 == 1 && !out.is_empty();
        let (odd, rest) = out.split_at_mut(usize::from(starts_odd));
        if let [place] = odd {
            *place = 1.0 - uniform(seed, stream, first_draw - 1);
        }
        Uniforms {
            seed,
            stream,
            first_draw: first_draw.wrapping_add(u64::from(starts_odd)),
            out: rest,
        }
        .run();
        let (pairs, _) = rest.as_chunks_mut::<2>();
        for pair in pairs {
            pair[1] = 1.0 - pair[0];
        }
    }
}
