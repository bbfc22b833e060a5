//! All inputs of a model for a block of draws.

mod copula;
mod iman_conover;

use crate::design::{Axis, Design};
use crate::quantile::{Quantile, Workshop};
use crate::standard_error::Unit;
use copula::Copula;
use iman_conover::{ImanConover, Reordered};
use mkba_core::input::{Dependence, Input, Method};
use mkba_core::lane::{Isa, Kernel};
use std::fmt;

/// Draws the inputs of a model. Immutable and shared between threads.
///
/// The value of an input in a draw depends on the design (with its seed), the input's name and distribution, those before it
/// in its dependence, and the draw number: not on the block, the other inputs, the thread or the instruction set.
pub struct Sampler {
    inputs: Vec<Sampled>,
    copulas: Vec<Copula>,
    reorderings: Vec<ImanConover>,
    design: Box<dyn Design>,
    isa: Isa,
}

struct Sampled {
    axis: Box<dyn Axis>,
    quantile: Quantile,
    factor: f64,
    /// Whether a dependence makes its uniforms.
    dependent: bool,
}

/// What one thread needs beside the places for the values. It holds nothing that a value depends on, only what need not be
/// computed again.
#[derive(Debug, Default)]
pub struct Memory {
    /// Normal scores of a copula.
    scores: Vec<f64>,
    /// The last block of each reordering.
    reordered: Vec<Reordered>,
}

/// An input that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFault {
    /// Full name of the input.
    pub input: String,
    /// What its distribution or the design requires.
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

    /// Prepares independent inputs, in the order in which [`Sampler::fill`] writes them.
    ///
    /// # Errors
    /// All inputs whose distribution is impossible or which the design has no place for, in order.
    pub fn new(inputs: &[Input], design: Box<dyn Design>, isa: Isa) -> Result<Sampler, Vec<InputFault>> {
        Self::dependent(inputs, &[], design, isa)
    }

    /// Prepares inputs of which some move together.
    ///
    /// # Errors
    /// As [`Sampler::new`]; dependences that do not go with the design.
    pub fn dependent(
        inputs: &[Input],
        dependences: &[Dependence],
        design: Box<dyn Design>,
        isa: Isa,
    ) -> Result<Sampler, Vec<InputFault>> {
        let mut workshop = Workshop::default();
        let mut sampled = Vec::with_capacity(inputs.len());
        let mut faults = Vec::new();
        for (position, input) in inputs.iter().enumerate() {
            let prepared = workshop
                .quantile(&input.distribution)
                .and_then(|quantile| Ok((quantile, design.axis(&input.name)?)));
            match prepared {
                Ok((quantile, axis)) => sampled.push(Sampled {
                    axis,
                    quantile,
                    factor: input.factor,
                    dependent: dependences.iter().any(|one| one.members.contains(&position)),
                }),
                Err(sentence) => faults.push(InputFault {
                    input: input.name.clone(),
                    sentence,
                }),
            }
        }
        let of = |method: Method| dependences.iter().filter(move |one| one.method == method);
        if !matches!(design.unit(), Unit::Draw | Unit::Block) {
            faults.extend(of(Method::ImanConover).map(|one| InputFault {
                input: one.name.clone(),
                sentence: format!(
                    "`iman_conover` reorders blocks of draws, which a `{}` design does not allow; use `gaussian`",
                    design.name()
                ),
            }));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Sampler {
            inputs: sampled,
            copulas: of(Method::GaussianCopula).map(Copula::new).collect(),
            reorderings: of(Method::ImanConover).map(ImanConover::new).collect(),
            design,
            isa,
        })
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

    /// What draws are independent of each other, for [`mod@crate::standard_error`].
    #[must_use]
    pub fn unit(&self) -> Unit {
        if self.reorderings.is_empty() {
            self.design.unit()
        } else {
            Unit::Block
        }
    }

    /// What a thread that calls [`Sampler::fill_with`] keeps from call to call; nothing without dependences.
    #[must_use]
    pub fn memory(&self) -> Memory {
        let most = self.copulas.iter().map(Copula::members).max().unwrap_or(0);
        Memory {
            scores: vec![0.0; most * Self::MOST_LANES],
            reordered: self.reorderings.iter().map(ImanConover::memory).collect(),
        }
    }

    /// Writes the values of the draws `first_draw..first_draw + lanes`: those of the first input, then those of the
    /// second, and so on (`out[input * lanes + lane]`), in base units. Allocates only for dependences.
    ///
    /// # Panics
    /// If `lanes` is not a multiple of 8 up to [`Sampler::MOST_LANES`], or `out` is not `input_count() * lanes` long.
    pub fn fill(&self, first_draw: u64, lanes: usize, out: &mut [f64]) {
        self.fill_with(&mut self.memory(), first_draw, lanes, out);
    }

    /// [`Sampler::fill`] with memory that is used again from call to call. Allocates nothing.
    ///
    /// # Panics
    /// As [`Sampler::fill`], or if the memory is of another sampler.
    pub fn fill_with(&self, memory: &mut Memory, first_draw: u64, lanes: usize, out: &mut [f64]) {
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
            input.axis.uniforms(self.isa, first_draw, row);
            if !input.dependent {
                self.isa.run(Values { input, row });
            }
        }
        for copula in &self.copulas {
            copula.mix(self.isa, &mut memory.scores, lanes, out);
        }
        for (reordering, reordered) in self.reorderings.iter().zip(&mut memory.reordered) {
            let axis = |position: usize| &*self.inputs[position].axis;
            reordering.reorder(self.isa, axis, reordered, first_draw, lanes, out);
        }
        for (input, row) in self.inputs.iter().zip(out.chunks_exact_mut(lanes)) {
            if input.dependent {
                self.isa.run(Values { input, row });
            }
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

#[cfg(test)]
mod dependence_tests;
