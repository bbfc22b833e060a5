//! Points that are evaluated with the same draws, in batches that share what does not change between them.
use super::Settings;
use crate::failure::Failure;
use crate::pipeline::{self, BLOCK};
use crate::progress::Progress;
use mkba_core::compiled::Formulated;
use mkba_core::lane::Isa;
use mkba_core::sweep::{Asked, Batch, PointOutcome};
use mkba_montecarlo::design::Kind;
use mkba_montecarlo::summary::CHUNK;
use mkba_montecarlo::{Dimensions, RunError, batch_memory, run_batch};
use rayon::prelude::*;
use std::sync::atomic::Ordering;

/// The program, its libraries, the files that were read.
pub const BESIDES: u64 = 100_000_000;

/// Points of one kind.
pub trait Points: Sync {
    /// A point by itself.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    fn formulate(&self, point: usize) -> Result<Formulated, Failure>;

    /// What a point is, for a note below a message.
    fn told(&self, point: usize) -> String;
}

/// Why points are not evaluated.
pub struct Fault {
    /// The reason.
    pub failure: Failure,
    /// The point in which a draw gave an impossible value, if that is the reason.
    pub point: Option<usize>,
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self { failure, point: None }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        fault.failure
    }
}

/// The draws of all points.
#[derive(Clone, Copy)]
pub struct Draws<'a> {
    /// Number of draws.
    pub draws: usize,
    /// Seed.
    pub seed: u64,
    /// How they are laid out.
    pub design: Kind,
    /// Dimensions of the Sobol design.
    pub dimensions: &'a Dimensions,
}

/// The evaluation of points in batches.
pub struct Batches<'a> {
    /// The points.
    pub points: &'a dyn Points,
    /// Their draws.
    pub draws: Draws<'a>,
    /// What is asked of each.
    pub asked: Asked,
    /// How it is done.
    pub settings: &'a Settings<'a>,
    /// Bytes of memory that there are, if it is known.
    pub available: Option<u64>,
    /// Bytes of all results.
    pub results: u64,
}

impl Batches<'_> {
    /// All points of all batches, in order of their numbers.
    ///
    /// # Errors
    /// A point is faulty, a draw gave an impossible value, it was stopped, or it needs more memory than there is.
    pub fn evaluate(&self, batches: &[Vec<usize>], progress: &Progress) -> Result<Vec<(usize, PointOutcome)>, Fault> {
        let evaluate = |points: &Vec<usize>| self.batch(points, progress);
        // Few draws leave no work for several threads within a batch.
        let results: Vec<Vec<(usize, PointOutcome)>> =
            if self.draws.draws.div_ceil(CHUNK) < rayon::current_num_threads() {
                batches
                    .par_iter()
                    .with_max_len(1)
                    .map(evaluate)
                    .collect::<Result<_, Fault>>()?
            } else {
                batches.iter().map(evaluate).collect::<Result<_, Fault>>()?
            };
        let mut results: Vec<(usize, PointOutcome)> = results.into_iter().flatten().collect();
        results.sort_by_key(|(point, _)| *point);
        Ok(results)
    }

    /// Whether it was not stopped.
    ///
    /// # Errors
    /// It was.
    pub fn keep_going(&self) -> Result<(), Failure> {
        if self.settings.stop.load(Ordering::Relaxed) {
            return Err(Failure::Interrupted);
        }
        Ok(())
    }

    /// The points of a batch; one that does not fit, in a program or in memory, in two halves.
    fn batch(&self, points: &[usize], progress: &Progress) -> Result<Vec<(usize, PointOutcome)>, Fault> {
        self.keep_going()?;
        let formulated: Vec<Formulated> = points
            .iter()
            .map(|&point| self.points.formulate(point))
            .collect::<Result<_, Failure>>()?;
        self.joined(points, formulated, progress)
    }

    fn joined(
        &self,
        points: &[usize],
        mut formulated: Vec<Formulated>,
        progress: &Progress,
    ) -> Result<Vec<(usize, PointOutcome)>, Fault> {
        let batch = Batch::of(&formulated, self.asked);
        let fits = batch.as_ref().is_some_and(|batch| self.fits(batch));
        if let (false, true) = (fits, points.len() > 1) {
            drop(batch);
            let rest = formulated.split_off(points.len() / 2);
            let (first, last) = points.split_at(points.len() / 2);
            let mut found = self.joined(first, formulated, progress)?;
            found.extend(self.joined(last, rest, progress)?);
            return Ok(found);
        }
        let Some(batch) = batch.filter(|_| fits) else {
            return Err(Failure::Use(
                "a single point needs more memory than there is; choose fewer draws, or fewer `--threads`".to_owned(),
            )
            .into());
        };
        drop(formulated);
        let told = |done| progress.add(done * points.len());
        let for_the_runner = self.for_the_runner(&told);
        let found = run_batch(&batch, &for_the_runner, self.draws.design, self.draws.dimensions);
        match found {
            Ok(found) => Ok(points.iter().copied().zip(found).collect()),
            Err(RunError::NotFinite(found)) => Err(self.which_point(points, RunError::NotFinite(found))),
            Err(error) => Err(pipeline::run_failure(error).into()),
        }
    }

    fn for_the_runner<'s>(&'s self, progress: &'s (dyn Fn(usize) + Sync)) -> mkba_montecarlo::Settings<'s> {
        mkba_montecarlo::Settings {
            draws: self.draws.draws,
            seed: self.draws.seed,
            threads: 0,
            block: BLOCK,
            isa: Isa::detect(),
            keep_inputs: false,
            progress,
            stop: self.settings.stop,
        }
    }

    fn fits(&self, batch: &Batch) -> bool {
        let Some(available) = self.available else { return true };
        let threads = rayon::current_num_threads();
        let together = if self.draws.draws.div_ceil(CHUNK) < threads {
            threads as u64
        } else {
            1
        };
        let needed = batch_memory(batch, &self.for_the_runner(&|_| ()), threads).saturating_mul(together);
        BESIDES.saturating_add(self.results).saturating_add(needed) <= available
    }

    /// A draw went wrong in some point of a batch: the points alone say which.
    fn which_point(&self, points: &[usize], otherwise: RunError) -> Fault {
        for &point in points {
            let compiled = match self.points.formulate(point) {
                Ok(formulated) => formulated.compile(),
                Err(failure) => return failure.into(),
            };
            let plan = mkba_montecarlo::Plan {
                design: self.draws.design,
                dimensions: Some(self.draws.dimensions),
                keep: 0,
                ..mkba_montecarlo::Plan::default()
            };
            if let Err(error) = mkba_montecarlo::run_planned(&compiled, &self.for_the_runner(&|_| ()), &plan) {
                return match pipeline::run_failure(error) {
                    Failure::Draw(fault) => Fault {
                        failure: Failure::Draw(Box::new(fault.note(self.points.told(point)))),
                        point: Some(point),
                    },
                    other => other.into(),
                };
            }
        }
        pipeline::run_failure(otherwise).into()
    }
}
