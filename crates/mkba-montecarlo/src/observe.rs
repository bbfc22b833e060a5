//! Values inside a model, for explaining a result: of one draw, of the central values of the inputs, or as means over draws.
//!
//! The draws are those of a run with the same design and seed, and up to a span of draws means are summed in the same order, so that every number is
//! the one of the run, bit for bit.
use crate::design::Chosen;
use crate::quantile::central;
use crate::runner::eight;
use crate::sampler::InputFault;
use crate::summary::{CHUNK, Statistic, merge_tree};
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::explanation::Observed;
use mkba_core::input::{Dependence, Input};
use mkba_core::lane::Isa;
use mkba_core::program::{Program, Source};

/// Draws evaluated together. Changes speed only.
const BLOCK: usize = 64;

/// Of which inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// Those of one draw, counted from 0.
    Draw {
        /// Seed.
        seed: u64,
        /// Which draw.
        draw: u64,
    },
    /// Each at its central value: the mode of a triangular or PERT distribution, otherwise the median.
    Central,
    /// Those of the first draws; values are means over them.
    Mean {
        /// Seed.
        seed: u64,
        /// How many draws, at least 1; up to a span of the runner sums have the shape they have in a run.
        draws: usize,
    },
}

/// Evaluates a program of one scenario.
///
/// # Errors
/// All inputs whose distribution is impossible, in order.
pub fn observe(
    program: &Program,
    inputs: &[Input],
    dependences: &[Dependence],
    design: &Chosen,
    which: Inputs,
) -> Result<Observed, Vec<InputFault>> {
    let width = match which {
        Inputs::Mean { .. } => BLOCK,
        Inputs::Draw { .. } | Inputs::Central => 8,
    };
    let mut samples = vec![0.0; inputs.len() * width];
    let mut evaluator = Evaluator::new(program, Isa::detect(), width);
    match which {
        Inputs::Central => {
            for (input, row) in inputs.iter().zip(samples.chunks_exact_mut(width)) {
                let value = central(&input.distribution).map_err(|sentence| {
                    vec![InputFault {
                        input: input.name.clone(),
                        sentence,
                    }]
                })?;
                row.fill(value * input.factor);
            }
            let mut kept = Kept::new(program, 1);
            evaluator.run(&samples, 1, &mut kept);
            Ok(kept.observed())
        }
        Inputs::Draw { seed, draw } => {
            let sampler = design.sampler(inputs, dependences, seed, Isa::detect())?;
            // The draw comes first in its block.
            let first = draw - draw % 8;
            sampler.fill(first, width, &mut samples);
            for row in samples.chunks_exact_mut(width) {
                row[0] = row[(draw - first) as usize];
            }
            let mut kept = Kept::new(program, 1);
            evaluator.run(&samples, 1, &mut kept);
            Ok(kept.observed())
        }
        Inputs::Mean { seed, draws } => {
            let sampler = design.sampler(inputs, dependences, seed, Isa::detect())?;
            let mut kept = Kept::new(program, draws);
            for first in (0..draws).step_by(width) {
                sampler.fill(first as u64, width, &mut samples);
                kept.begin(first);
                evaluator.run(&samples, width.min(draws - first), &mut kept);
            }
            Ok(kept.observed())
        }
    }
}

/// Every draw of the outputs, and running sums of the yearly values.
struct Kept {
    /// By output and position, one number for each draw.
    outputs: Vec<Vec<Vec<f64>>>,
    /// By item, year and position: eight running sums of the chunk of draws that is being evaluated.
    running: Vec<Vec<[f64; 8]>>,
    /// By item: sums of the chunks before it, each by year and position.
    finished: Vec<Vec<f64>>,
    /// Number of positions of each item.
    positions: Vec<usize>,
    draws: usize,
    /// First draw of the block.
    first: usize,
}

impl Kept {
    fn new(program: &Program, draws: usize) -> Self {
        let size = |(_, positions): &(Source, u32)| *positions as usize;
        let years = program.years as usize;
        Self {
            outputs: program
                .outputs
                .iter()
                .map(|it| vec![vec![0.0; draws]; size(it)])
                .collect(),
            running: program
                .yearly
                .iter()
                .map(|it| vec![[0.0; 8]; years * size(it)])
                .collect(),
            finished: vec![Vec::new(); program.yearly.len()],
            positions: program.yearly.iter().map(size).collect(),
            draws,
            first: 0,
        }
    }

    /// Begins a block; at the border of a chunk its sums are put aside.
    fn begin(&mut self, first: usize) {
        if first > 0 && first.is_multiple_of(CHUNK) {
            self.finish_chunk();
        }
        self.first = first;
    }

    fn finish_chunk(&mut self) {
        for (running, finished) in self.running.iter_mut().zip(&mut self.finished) {
            finished.extend(running.iter().map(eight));
            running.fill([0.0; 8]);
        }
    }

    fn observed(mut self) -> Observed {
        self.finish_chunk();
        let divisor = self.draws as f64;
        let mean = |values: Vec<f64>| {
            let chunks = values.len().div_ceil(CHUNK);
            let of_chunk =
                |chunk: usize| Statistic::of_chunk(&values[chunk * CHUNK..values.len().min((chunk + 1) * CHUNK)]);
            merge_tree(chunks, of_chunk, Statistic::merge)
                .unwrap_or(Statistic::EMPTY)
                .mean()
        };
        let yearly = |(running, finished): (Vec<[f64; 8]>, Vec<f64>)| {
            let cells = running.len();
            let of = |cell: usize| {
                let sum = merge_tree(
                    finished.len() / cells,
                    |chunk| finished[chunk * cells + cell],
                    |a, b| a + b,
                );
                sum.unwrap_or(0.0) / divisor + 0.0
            };
            (0..cells).map(of).collect()
        };
        Observed {
            outputs: self
                .outputs
                .into_iter()
                .map(|all| all.into_iter().map(mean).collect())
                .collect(),
            yearly: self.running.into_iter().zip(self.finished).map(yearly).collect(),
        }
    }
}

impl Sink for Kept {
    fn output(&mut self, _scenario: usize, output: usize, position: usize, lanes: &[f64]) {
        self.outputs[output][position][self.first..self.first + lanes.len()].copy_from_slice(lanes);
    }

    fn yearly(&mut self, _scenario: usize, year: usize, item: usize, position: usize, lanes: &[f64]) {
        let sums = &mut self.running[item][year * self.positions[item] + position];
        for piece in lanes.chunks(8) {
            for (sum, x) in sums.iter_mut().zip(piece) {
                *sum += x;
            }
        }
    }
}
