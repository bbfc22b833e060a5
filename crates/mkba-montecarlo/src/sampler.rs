//! All inputs of a model for a block of draws.

use crate::contract::Stream;
use crate::design::Design;
use crate::quantile::{Quantile, Workshop};
use mkba_core::input::Input;
use mkba_core::lane::{Isa, Kernel};
use std::fmt;

/// Draws the inputs of a model. Immutable and shared between threads.
///
/// The value of an input in a draw depends on the design (with its seed), the input's name and distribution, and the
/// draw number: not on the block, the other inputs, the thread or the instruction set.
pub struct Sampler {
    inputs: Vec<Sampled>,
    design: Box<dyn Design>,
    isa: Isa,
}

struct Sampled {
    stream: Stream,
    quantile: Quantile,
    factor: f64,
}

/// An input that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFault {
    /// Full name of the input.
    pub input: String,
    /// What its distribution requires.
    pub sentence: String,
}

impl fmt::Display for InputFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "input `{}`: {}", self.input, self.sentence)
    }
}

impl std::error::Error for InputFault {}

impl Sampler {
    /// Greatest number of draws in a block.
    pub const MOST_LANES: usize = 1024;

    /// Prepares the inputs, in the order in which [`Sampler::fill`] writes them.
    ///
    /// # Errors
    /// All inputs whose distribution is impossible, in order.
    pub fn new(inputs: &[Input], design: Box<dyn Design>, isa: Isa) -> Result<Sampler, Vec<InputFault>> {
        let mut workshop = Workshop::default();
        let mut sampled = Vec::with_capacity(inputs.len());
        let mut faults = Vec::new();
        for Input {
            name,
            distribution,
            factor,
        } in inputs
        {
            match workshop.quantile(distribution) {
                Ok(quantile) => sampled.push(Sampled {
                    stream: Stream::of(name),
                    quantile,
                    factor: *factor,
                }),
                Err(sentence) => faults.push(InputFault {
                    input: name.clone(),
                    sentence,
                }),
            }
        }
        if faults.is_empty() {
            Ok(Sampler {
                inputs: sampled,
                design,
                isa,
            })
        } else {
            Err(faults)
        }
    }

    /// Number of inputs.
    #[must_use]
    pub fn input_count(&self) -> usize {
        self.inputs.len()
    }

    /// The design of the draws.
    #[must_use]
    pub fn design(&self) -> &dyn Design {
        &*self.design
    }

    /// Writes the values of the draws `first_draw..first_draw + lanes`: those of the first input, then those of the
    /// second, and so on (`out[input * lanes + lane]`), in base units. Allocates nothing.
    ///
    /// # Panics
    /// If `lanes` is not a multiple of 8 up to [`Sampler::MOST_LANES`], or `out` is not `input_count() * lanes` long.
    pub fn fill(&self, first_draw: u64, lanes: usize, out: &mut [f64]) {
        assert!(
            lanes > 0 && lanes.is_multiple_of(8) && lanes <= Self::MOST_LANES,
            "{lanes} lanes in a block"
        );
        assert_eq!(
            out.len(),
            self.inputs.len() * lanes,
            "places for the values of all inputs"
        );
        for (input, row) in self.inputs.iter().zip(out.chunks_exact_mut(lanes)) {
            self.design.uniforms(self.isa, input.stream, first_draw, row);
            self.isa.run(Values { input, row });
        }
    }
}

impl fmt::Debug for Sampler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "sampler of {} inputs, {} design",
            self.inputs.len(),
            self.design.name()
        )
    }
}

/// Turns the uniforms of one input into its values.
struct Values<'a> {
    input: &'a Sampled,
    row: &'a mut [f64],
}

impl Kernel for Values<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.input.quantile.apply(self.row);
        let factor = self.input.factor;
        for value in self.row {
            *value *= factor;
        }
    }
}

#[cfg(test)]
mod tests;
