//! All points of a sweep, batch by batch.
use super::order::batches;
use super::points::SweepStudy;
use crate::failure::Failure;
use crate::pipeline::{self, BLOCK};
use crate::progress::Progress;
use mkba_core::compiled::Formulated;
use mkba_core::lane::Isa;
use mkba_core::sweep::{Batch, PointOutcome, SweepOutcome};
use mkba_lang::diagnostic::Diagnostic;
use mkba_montecarlo::summary::CHUNK;
use mkba_montecarlo::{RunError, batch_memory, run_batch};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a sweep is done.
pub struct Settings<'a> {
    /// Threads; 0 for one per processor.
    pub threads: usize,
    /// Bytes of memory that it may need; what is free if none is given.
    pub max_memory: Option<u64>,
    /// No progress bar.
    pub quiet: bool,
    /// Stops it.
    pub stop: &'a AtomicBool,
}

/// Bytes of the results of one case in one point, in memory and while they are written.
const BYTES_PER_CASE: u64 = 1_500;
/// The program, its libraries, the files that were read.
const BESIDES: u64 = 100_000_000;

/// Evaluates every point with the same draws.
///
/// # Errors
/// A point is faulty, a draw gave an impossible value, it was stopped, or it needs more memory than there is.
pub fn evaluate(study: &SweepStudy, settings: &Settings<'_>) -> Result<SweepOutcome, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|error| Failure::Machine(format!("threads cannot be started: {error}")))?;
    pool.install(|| Evaluation::new(study, settings)?.run())
}

struct Evaluation<'a> {
    study: &'a SweepStudy,
    settings: &'a Settings<'a>,
    points: usize,
    draws: usize,
    available: Option<u64>,
    results: u64,
}

impl<'a> Evaluation<'a> {
    fn new(study: &'a SweepStudy, settings: &'a Settings<'a>) -> Result<Self, Failure> {
        let declared = &study.study.declarations;
        let draws = usize::try_from(declared.study.draws.value)
            .map_err(|_| Failure::Use("so many draws are more than this machine can count".to_owned()))?;
        let available = settings.max_memory.or_else(pipeline::memory::available);
        let cases = (declared.scenarios.len() * declared.alternatives.len()).max(1) as u64;
        let points = study.sweep().points();
        let results = points.and_then(|points| (points as u64).checked_mul(cases * BYTES_PER_CASE + 200));
        let room = available.map_or(u64::MAX, |available| available.saturating_sub(BESIDES));
        match (points, results) {
            (Some(points), Some(results)) if results <= room => Ok(Self {
                study,
                settings,
                points,
                draws,
                available,
                results,
            }),
            (points, _) => {
                let count = points.map_or_else(|| "more than can be counted".to_owned(), |points| points.to_string());
                let most = room / (cases * BYTES_PER_CASE + 200);
                let fault =
                    Diagnostic::unplaced("E0604", format!("this sweep has too many points for memory: {count}"));
                Err(Failure::unplaced(fault.help(format!(
                    "about {most} would fit; take fewer values of an axis, or a list of points instead of a grid"
                ))))
            }
        }
    }

    fn run(&self) -> Result<SweepOutcome, Failure> {
        self.study.check()?;
        self.keep_going()?;
        let threads = rayon::current_num_threads();
        let batches = batches(self.study, self.points, threads)?;
        self.keep_going()?;
        let progress = Progress::of_points(self.points, self.draws, self.settings.quiet);
        let evaluate = |points: &Vec<usize>| self.batch(points, &progress);
        // Few draws leave no work for several threads within a batch.
        let results: Vec<Vec<(usize, PointOutcome)>> = if self.draws.div_ceil(CHUNK) < threads {
            batches
                .par_iter()
                .with_max_len(1)
                .map(evaluate)
                .collect::<Result<_, Failure>>()?
        } else {
            batches.iter().map(evaluate).collect::<Result<_, Failure>>()?
        };
        drop(progress);
        let mut results: Vec<(usize, PointOutcome)> = results.into_iter().flatten().collect();
        results.sort_by_key(|(point, _)| *point);
        let sweep = self.study.sweep();
        let declared = &self.study.study.declarations.study;
        let settings_of = |point: usize| sweep.settings(point);
        Ok(SweepOutcome {
            catalogue: self.study.formulate(&[])?.catalogue,
            points: self.study.combination(),
            axes: self.study.axes(),
            places: (0..self.points).map(|point| sweep.point(point)).collect(),
            conventions: (0..self.points)
                .map(|point| self.study.convention(&settings_of(point)))
                .collect(),
            results: results.into_iter().map(|(_, result)| result).collect(),
            draws: declared.draws.value,
            seed: declared.seed,
        })
    }

    fn keep_going(&self) -> Result<(), Failure> {
        if self.settings.stop.load(Ordering::Relaxed) {
            return Err(Failure::Interrupted);
        }
        Ok(())
    }

    /// The points of a batch; one that does not fit, in a program or in memory, in two halves.
    fn batch(&self, points: &[usize], progress: &Progress) -> Result<Vec<(usize, PointOutcome)>, Failure> {
        self.keep_going()?;
        let sweep = self.study.sweep();
        let formulated: Vec<Formulated> = points
            .iter()
            .map(|&point| self.study.formulate(&sweep.settings(point)))
            .collect::<Result<_, Failure>>()?;
        self.joined(points, formulated, progress)
    }

    fn joined(
        &self,
        points: &[usize],
        mut formulated: Vec<Formulated>,
        progress: &Progress,
    ) -> Result<Vec<(usize, PointOutcome)>, Failure> {
        let batch = Batch::of(&formulated);
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
                "a single point of this sweep needs more memory than there is; choose fewer draws, or fewer `--threads`"
                    .to_owned(),
            ));
        };
        drop(formulated);
        let declared = &self.study.study.declarations.study;
        let for_the_runner = mkba_montecarlo::Settings {
            draws: self.draws,
            seed: declared.seed,
            threads: 0,
            block: BLOCK,
            isa: Isa::detect(),
            keep_inputs: false,
            progress: &|done| progress.add(done * points.len()),
            stop: self.settings.stop,
        };
        let study = &self.study.study;
        let found = run_batch(&batch, &for_the_runner, study.design(), &study.dimensions);
        match found {
            Ok(found) => Ok(points.iter().copied().zip(found).collect()),
            Err(RunError::NotFinite(found)) => Err(self.which_point(points, RunError::NotFinite(found))),
            Err(error) => Err(pipeline::run_failure(error)),
        }
    }

    fn fits(&self, batch: &Batch) -> bool {
        let Some(available) = self.available else { return true };
        let settings = mkba_montecarlo::Settings {
            draws: self.draws,
            seed: 0,
            threads: 0,
            block: BLOCK,
            isa: Isa::detect(),
            keep_inputs: false,
            progress: &|_| (),
            stop: self.settings.stop,
        };
        let threads = rayon::current_num_threads();
        let together = if self.draws.div_ceil(CHUNK) < threads {
            threads as u64
        } else {
            1
        };
        let needed = batch_memory(batch, &settings, threads).saturating_mul(together);
        BESIDES.saturating_add(self.results).saturating_add(needed) <= available
    }

    /// A draw went wrong in some point of a batch: the points alone say which.
    fn which_point(&self, points: &[usize], otherwise: RunError) -> Failure {
        let sweep = self.study.sweep();
        let study = &self.study.study;
        for &point in points {
            let settings = sweep.settings(point);
            let compiled = match self.study.formulate(&settings) {
                Ok(formulated) => formulated.compile(),
                Err(failure) => return failure,
            };
            let for_the_runner = mkba_montecarlo::Settings {
                draws: self.draws,
                seed: study.declarations.study.seed,
                threads: 0,
                block: BLOCK,
                isa: Isa::detect(),
                keep_inputs: false,
                progress: &|_| (),
                stop: self.settings.stop,
            };
            let plan = mkba_montecarlo::Plan {
                design: study.design(),
                dimensions: Some(&study.dimensions),
                keep: 0,
                ..mkba_montecarlo::Plan::default()
            };
            if let Err(error) = mkba_montecarlo::run_planned(&compiled, &for_the_runner, &plan) {
                let at = sweep.axes.iter().zip(&settings);
                let at: Vec<String> = at
                    .map(|(axis, it)| format!("`{}` = {}", axis.name.value, it.value.text))
                    .collect();
                return match pipeline::run_failure(error) {
                    Failure::Draw(fault) => Failure::Draw(Box::new(fault.note(format!("with {}", at.join(", "))))),
                    other => other,
                };
            }
        }
        pipeline::run_failure(otherwise)
    }
}
