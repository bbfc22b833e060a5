//! How the uniform numbers of the draws are laid out.

use crate::contract::{Stream, fill_uniforms};
use mkba_core::lane::{Isa, Kernel};

/// A way of spreading draws over the unit interval of each stream.
///
/// A uniform may depend on the stream, the draw number and the design's own settings (seed, block, replicate), and on
/// nothing else: never on the length of `out`, on other streams or on earlier calls. So any range of draws can be
/// computed alone and in any order. Values lie in the open unit interval, at least 2^-53 from both ends, and `1 - u` is
/// exact.
///
/// To come on this seam: Latin hypercube within blocks of 1024 draws (stratum from a keyed permutation of the seed, the
/// stream and `draw div 1024`), scrambled Sobol points (the design holds the dimension of each stream), antithetic pairs.
pub trait Design: Send + Sync {
    /// Name of the design in a study file and in the manifest.
    fn name(&self) -> &'static str;

    /// The uniforms of `stream` for the draws from `first_draw` on, one for each place of `out`.
    fn uniforms(&self, isa: Isa, stream: Stream, first_draw: u64, out: &mut [f64]);
}

/// Independent uniforms straight from the random contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Random {
    /// The seed of the study.
    pub seed: u64,
}

impl Design for Random {
    fn name(&self) -> &'static str {
        "random"
    }

    fn uniforms(&self, isa: Isa, stream: Stream, first_draw: u64, out: &mut [f64]) {
        isa.run(Uniforms {
            seed: self.seed,
            stream,
            first_draw,
            out,
        });
    }
}

struct Uniforms<'a> {
    seed: u64,
    stream: Stream,
    first_draw: u64,
    out: &'a mut [f64],
}

impl Kernel for Uniforms<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        fill_uniforms(self.seed, self.stream, self.first_draw, self.out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::uniform;

    #[test]
    fn any_range_of_draws_has_the_bits_of_its_single_draws_at_every_width() {
        let stream = Stream::of("jobs[delft]");
        for isa in Isa::ALL {
            for (first, count) in [(0, 64), (1, 64), (7, 9), (1 << 33, 24), (4095, 1), (6, 0)] {
                let mut out = vec![0.0; count];
                Random { seed: 42 }.uniforms(isa, stream, first, &mut out);
                for (place, u) in (first..).zip(out) {
                    assert_eq!(
                        u.to_bits(),
                        uniform(42, stream, place).to_bits(),
                        "{isa:?} draw {place}"
                    );
                }
            }
        }
    }
}
