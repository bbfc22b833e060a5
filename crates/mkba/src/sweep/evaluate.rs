//! All points of a sweep, batch by batch.
use super::batches::{BESIDES, Batches, Draws};
use super::order::batches;
use super::points::SweepStudy;
use crate::failure::Failure;
use crate::pipeline;
use crate::progress::Progress;
use mkba_core::sweep::{Asked, SweepOutcome};
use mkba_lang::diagnostic::Diagnostic;
use std::sync::atomic::AtomicBool;

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
        let study = &self.study.study;
        let evaluation = Batches {
            points: self.study,
            draws: Draws {
                draws: self.draws,
                seed: study.declarations.study.seed,
                design: study.design(),
                dimensions: &study.dimensions,
            },
            asked: Asked::BalancesAndFlows,
            settings: self.settings,
            available: self.available,
            results: self.results,
        };
        self.study.check()?;
        evaluation.keep_going()?;
        let batches = batches(self.study, self.points, rayon::current_num_threads())?;
        evaluation.keep_going()?;
        let progress = Progress::of_points(self.points, self.draws, self.settings.quiet);
        let results = evaluation.evaluate(&batches, &progress)?;
        drop(progress);
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
}
