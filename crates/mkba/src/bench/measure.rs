//! The stages of a run, timed one by one in turns with the calibration loop.
use super::calibration::Calibration;
use super::stopwatch::{Seconds, timed};
use crate::failure::Failure;
use crate::pipeline::{BLOCK, Overrides, Study};
use mkba_core::compiled::Compiled;
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::lane::Isa;
use mkba_montecarlo::design::{self, Dimensions};
use mkba_montecarlo::{Sampler, Settings};
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Seconds of one thread's work that a repetition aims at, for each of its parts.
const AIM: f64 = 0.25;
/// Most draws of a repetition unless more are asked for.
const MOST_DRAWS: f64 = 1_048_576.0;
/// Draws in a chunk: what is tried first, and what the number of draws is a multiple of.
const CHUNK: u64 = 1024;

/// What is measured, and how.
pub struct Plan<'a> {
    /// Study file.
    pub study: &'a Path,
    /// Number of draws, or as many as take about half a second.
    pub draws: Option<u64>,
    /// Threads of the run on several threads, their real number.
    pub threads: usize,
    /// Is looked at between parts.
    pub stop: &'static AtomicBool,
}

/// A study that can be measured again and again.
pub struct Bench<'a> {
    plan: Plan<'a>,
    isa: Isa,
    /// The study, compiled.
    pub compiled: Compiled,
    sampler: Sampler,
    seed: u64,
    design: design::Kind,
    dimensions: Dimensions,
    /// Draws of a repetition.
    pub draws: u64,
    calibration: Calibration,
    calibration_operations: f64,
}

/// One repetition.
#[derive(Debug, Clone, Copy)]
pub struct Repetition {
    /// Reading all files of the study.
    pub read: Seconds,
    /// From declarations to a program.
    pub compile: Seconds,
    /// Values of all inputs in all draws, on one thread.
    pub sampling: Seconds,
    /// The program on all draws, on one thread.
    pub evaluation: Seconds,
    /// What a run on one thread takes beyond sampling and evaluation: sums, moments, quantiles.
    pub summary: Seconds,
    /// Draws to outcome, on one thread.
    pub run: Seconds,
    /// The same on several threads.
    pub run_on_threads: Seconds,
    /// Operations a second of processor time in the calibration loop.
    pub calibrated: f64,
    /// Operations a second of processor time in evaluation.
    pub achieved: f64,
}

impl<'a> Bench<'a> {
    /// Prepares a study.
    ///
    /// # Errors
    /// It has errors, or a draw does.
    pub fn new(plan: Plan<'a>) -> Result<Self, Failure> {
        let mut study = Study::read(plan.study, Overrides::default())?;
        let compiled = study.compile()?;
        let isa = Isa::detect();
        let seed = study.declarations.study.seed;
        let design = study.design();
        let laid_out = design.design(seed, study.dimensions.clone());
        let sampler = Sampler::dependent(&compiled.inputs, &compiled.dependences, laid_out, isa).map_err(|faults| {
            Failure::Machine(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        })?;
        let mut bench = Self {
            isa,
            sampler,
            seed,
            design,
            dimensions: study.dimensions,
            draws: plan.draws.unwrap_or(CHUNK),
            calibration: Calibration::new(isa),
            calibration_operations: 1e7,
            compiled,
            plan,
        };
        // First runs warm up and tell how many draws fill the time: more and more, as the first one also makes the memory.
        bench.run(1)?;
        while bench.plan.draws.is_none() && (bench.draws as f64) < MOST_DRAWS {
            let (result, taken) = timed(|| bench.run(1));
            result?;
            let share = AIM / taken.processor.max(1e-6);
            if share < 1.5 {
                break;
            }
            let draws = (bench.draws as f64 * share.min(8.0)).min(MOST_DRAWS);
            bench.draws = draws as u64 / CHUNK * CHUNK;
        }
        let (done, taken) = timed(|| bench.calibration.run(bench.calibration_operations));
        bench.calibration_operations = done * AIM / taken.processor.max(1e-6);
        Ok(bench)
    }

    /// Measures everything once.
    ///
    /// # Errors
    /// The files changed and have errors now, or it was interrupted.
    pub fn repeat(&mut self) -> Result<Repetition, Failure> {
        let (study, read) = timed(|| Study::read(self.plan.study, Overrides::default()));
        let mut study = study?;
        let (compiled, compile) = timed(|| study.compile());
        compiled?;
        let before = self.calibrated();
        let ((), sampling) = timed(|| self.sample());
        let ((), evaluation) = timed(|| self.evaluate());
        let after = self.calibrated();
        let (one, run) = timed(|| self.run(1));
        one?;
        let (several, run_on_threads) = timed(|| self.run(self.plan.threads));
        several?;
        let beyond = |run: f64, sampling: f64, evaluation: f64| (run - sampling - evaluation).max(0.0);
        let operations = (self.compiled.program.operations_per_draw() * self.draws) as f64;
        Ok(Repetition {
            read,
            compile,
            sampling,
            evaluation,
            summary: Seconds {
                processor: beyond(run.processor, sampling.processor, evaluation.processor),
                elapsed: beyond(run.elapsed, sampling.elapsed, evaluation.elapsed),
            },
            run,
            run_on_threads,
            calibrated: f64::midpoint(before, after),
            achieved: operations / evaluation.processor,
        })
    }

    /// Instruction set that is used.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    fn calibrated(&mut self) -> f64 {
        let (done, taken) = timed(|| self.calibration.run(self.calibration_operations));
        done / taken.processor
    }

    fn sample(&self) {
        let mut samples = vec![0.0; self.sampler.input_count() * BLOCK];
        for first in (0..self.draws).step_by(BLOCK) {
            self.sampler.fill(first, BLOCK, &mut samples);
            black_box(&mut samples);
        }
    }

    /// Evaluates blocks of draws that are sampled beforehand: sixteen blocks in turn, so that they stay in the cache as the block
    /// that was just sampled does in a run.
    fn evaluate(&self) {
        let mut evaluator = Evaluator::new(&self.compiled.program, self.isa, BLOCK);
        let samples: Vec<Vec<f64>> = (0..16)
            .map(|block| {
                let mut samples = vec![0.0; self.sampler.input_count() * BLOCK];
                self.sampler.fill(block * BLOCK as u64, BLOCK, &mut samples);
                samples
            })
            .collect();
        for (first, samples) in (0..self.draws).step_by(BLOCK).zip(samples.iter().cycle()) {
            let lanes = BLOCK.min(usize::try_from(self.draws - first).unwrap_or(BLOCK));
            evaluator.run(samples, lanes, &mut Nowhere);
        }
    }

    fn run(&self, threads: usize) -> Result<(), Failure> {
        let settings = Settings {
            draws: usize::try_from(self.draws).unwrap_or(usize::MAX),
            seed: self.seed,
            threads,
            block: BLOCK,
            isa: self.isa,
            keep_inputs: false,
            progress: &|_| (),
            stop: self.plan.stop,
        };
        let plan = mkba_montecarlo::Plan {
            keep: 0,
            design: self.design,
            dimensions: Some(&self.dimensions),
            ..mkba_montecarlo::Plan::default()
        };
        match mkba_montecarlo::run_planned(&self.compiled, &settings, &plan) {
            Ok(finished) => {
                black_box(&finished.outcome);
                Ok(())
            }
            Err(error) => Err(crate::pipeline::run_failure(error)),
        }
    }
}

/// Takes results and forgets them.
struct Nowhere;

impl Sink for Nowhere {
    fn output(&mut self, _: usize, _: usize, _: usize, lanes: &[f64]) {
        black_box(lanes);
    }
    fn yearly(&mut self, _: usize, _: usize, _: usize, _: usize, lanes: &[f64]) {
        black_box(lanes);
    }
}
