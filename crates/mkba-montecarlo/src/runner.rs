//! The parallel runner: spans of 64 chunks of 1024 draws, the chunks of a span over the threads, each in blocks of lanes.
//!
//! Nothing of the result depends on the number of threads, the size of a block or the instruction set: a draw's numbers depend on the
//! draw alone, and sums have the shape of a binary tree over the chunks. Memory does not grow with the number of draws, save for those
//! that are asked to be kept.
//!
//! A run may end before all its draws are done, by a rule or for lack of time. It looks at them only at *borders*: after 1024 draws, twice
//! as many and so on up to one span, then after every span. A run that ends at a border is the same, bit for bit, as one that was asked for
//! that number of draws.
mod gather;
mod layout;
mod points;
mod portions;
mod span;
mod stored;
mod total;
mod worker;

use crate::design::{self, Dimensions};
use crate::sampler::{InputFault, Sampler};
use crate::standard_error::Unit;
use crate::summary::CHUNK;
use crate::trace::{NotFinite, find};
use crate::until::{Until, Verdict};
use gather::Gathered;
use layout::Layout;
use mkba_core::compiled::Compiled;
use mkba_core::lane::Isa;
use mkba_core::outcome::{Checkpoint, DrawDistribution, Outcome};
pub use points::{batch_memory, run_batch};
use rayon::prelude::*;
use span::{Kept, Summed};
use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use stored::Identity;
use total::Total;
pub(crate) use worker::eight;
use worker::{Chunk, Control, Worker};

/// Chunks in a span.
const CHUNKS: usize = 64;
/// Draws in a span: what is stored at once, and the most draws whose quantiles are exact. Part of the contract of results.
pub const SPAN: usize = CHUNKS * CHUNK;

/// How a study is run.
pub struct Settings<'a> {
    /// Number of draws, at least 1.
    pub draws: usize,
    /// Seed.
    pub seed: u64,
    /// Number of threads; 0 for as many as there are processors.
    pub threads: usize,
    /// Draws evaluated together, a multiple of 8. Changes speed only.
    pub block: usize,
    /// Instruction set. Changes speed only.
    pub isa: Isa,
    /// Whether the outcome holds the inputs of every kept draw.
    pub keep_inputs: bool,
    /// Is told now and then how many more draws are done.
    pub progress: &'a (dyn Fn(usize) + Sync),
    /// Stops the run when it becomes true.
    pub stop: &'a AtomicBool,
}

/// What a large run needs besides.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// How the draws are laid out.
    pub design: design::Kind,
    /// The dimensions of a Sobol design.
    pub dimensions: Option<&'a Dimensions>,
    /// The first so many draws are kept one by one.
    pub keep: usize,
    /// Ends the run at the first border where it holds.
    pub until: Option<&'a Until>,
    /// Ends the run at the last border that can be reached before, as far as can be foreseen; at the first one in any case.
    pub deadline: Option<Instant>,
    /// Where the spans of a run of more than one span are stored, each as far as it is done.
    pub spans: Option<&'a dyn SpanStore>,
    /// Chunks that a thread evaluates before a span is stored again, at most so many; as many as take some seconds if none is given. Changes memory
    /// and what can be resumed only.
    pub portion: Option<usize>,
}

impl Default for Plan<'_> {
    /// All draws are random, done and kept; nothing is stored.
    fn default() -> Self {
        Self {
            design: design::Kind::Random,
            dimensions: None,
            keep: usize::MAX,
            until: None,
            deadline: None,
            spans: None,
            portion: None,
        }
    }
}

/// Keeps spans, as far as they are done, until the run is complete.
pub trait SpanStore: Sync {
    /// The bytes stored under a number, if there are any.
    fn load(&self, number: u64) -> Option<Vec<u8>>;
    /// Stores bytes under a number; afterwards they are there whole, or not at all.
    ///
    /// # Errors
    /// They cannot be stored.
    fn save(&self, number: u64, bytes: &[u8]) -> Result<(), Box<dyn Error + Send + Sync>>;
    /// Is told that what was loaded is not used, and why.
    fn refused(&self, number: u64, why: &str);
}

/// What ended the draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoppedBy {
    /// All that were asked for are done.
    Draws,
    /// The rule holds.
    Until,
    /// The time was up.
    Time,
}

/// A finished run.
#[derive(Debug)]
pub struct Finished {
    /// Its results.
    pub outcome: Outcome,
    /// What ended it.
    pub stopped_by: StoppedBy,
    /// What the rule found at the end.
    pub verdict: Option<Verdict>,
    /// Draws that came from stored spans.
    pub loaded: u64,
}

/// Why there is no outcome.
#[derive(Debug)]
pub enum RunError {
    /// Inputs that cannot be drawn.
    Inputs(Vec<InputFault>),
    /// A draw gave a value that is not a finite number.
    NotFinite(Box<NotFinite>),
    /// It was stopped.
    Stopped,
    /// Threads could not be started.
    Threads(String),
    /// A span could not be stored.
    Store(Box<dyn Error + Send + Sync>),
}

/// Evaluates and keeps all draws of a study.
///
/// # Errors
/// As [`RunError`] says.
pub fn run(compiled: &Compiled, settings: &Settings<'_>) -> Result<Outcome, RunError> {
    run_planned(compiled, settings, &Plan::default()).map(|finished| finished.outcome)
}

/// Evaluates the draws of a study as planned.
///
/// # Errors
/// As [`RunError`] says. What was finished before is stored.
pub fn run_planned(compiled: &Compiled, settings: &Settings<'_>, plan: &Plan<'_>) -> Result<Finished, RunError> {
    let dimensions = plan.dimensions.cloned().unwrap_or_default();
    let design = plan.design.design(settings.seed, dimensions);
    let sampler =
        Sampler::dependent(&compiled.inputs, &compiled.dependences, design, settings.isa).map_err(RunError::Inputs)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|error| RunError::Threads(error.to_string()))?;
    let layout = Layout::new(compiled, settings.keep_inputs && plan.keep > 0, sampler.unit());
    let runner = Runner::new(compiled, &sampler, settings, plan, &layout, pool.current_num_threads());
    pool.install(|| runner.run())
}

/// Bytes that a run takes at most, save for the quantiles' counts of a model with extraordinary values, and what becomes of the
/// outcome afterwards. `threads` is their real number.
#[must_use]
pub fn memory(compiled: &Compiled, settings: &Settings<'_>, plan: &Plan<'_>, threads: usize) -> u64 {
    let layout = Layout::new(compiled, settings.keep_inputs && plan.keep > 0, Unit::Draw);
    memory_of(compiled, &layout, settings, plan, threads)
}

fn memory_of(compiled: &Compiled, layout: &Layout, settings: &Settings<'_>, plan: &Plan<'_>, threads: usize) -> u64 {
    let chunks = plan.open_chunks(&compiled.program, settings.draws, threads) as u64;
    let series = (layout.scenarios * layout.quantiles.len()) as u64;
    let threads = threads as u64;
    // A copy of a span's values of one series is sorted or counted on each thread.
    let scratch = (SPAN * size_of::<f64>()) as u64;
    let counts = if settings.draws > SPAN { series * COUNTS } else { 0 };
    let kept_draws = plan.keep.min(settings.draws) + plan.kept_for_borders(&compiled.program, settings.draws);
    let kept = (layout.kept_places().count() + layout.inputs) as u64 * kept_draws as u64;
    chunks * Chunk::memory(layout)
        + (layout.path_values() * size_of::<f64>()) as u64
        + threads * (Worker::memory(compiled, layout, settings.block) + scratch)
        + counts
        + kept * size_of::<f64>() as u64
}

/// Bytes of counts of a series and of those of a span beside them: forty binades of 1024 keys of 16 bytes in all, more than the values
/// of an ordinary balance take.
const COUNTS: u64 = 40 * 1024 * 16;

struct Runner<'r> {
    compiled: &'r Compiled,
    layout: &'r Layout,
    sampler: &'r Sampler,
    settings: &'r Settings<'r>,
    plan: &'r Plan<'r>,
    identity: Option<Identity>,
    /// Chunks of a portion.
    portion: usize,
    /// By thread.
    workers: Vec<Mutex<Worker<'r>>>,
    started: Instant,
}

/// Chunks that follow one another, of one span at most. Their memory is used again by those that come later.
#[derive(Default)]
struct Open {
    chunks: Vec<Chunk>,
    draws: usize,
}

impl Open {
    fn chunks(&self) -> &[Chunk] {
        &self.chunks[..self.draws.div_ceil(CHUNK)]
    }
}

impl<'r> Runner<'r> {
    fn new(
        compiled: &'r Compiled,
        sampler: &'r Sampler,
        settings: &'r Settings<'r>,
        plan: &'r Plan<'r>,
        layout: &'r Layout,
        threads: usize,
    ) -> Self {
        let worker = || Mutex::new(Worker::new(compiled, layout, sampler, settings.isa, settings.block));
        Self {
            compiled,
            layout,
            sampler,
            settings,
            plan,
            identity: plan
                .spans
                .map(|_| Identity::of(compiled, layout, sampler, settings.seed, plan.keep)),
            portion: portions::portion(&compiled.program, plan),
            workers: (0..threads).map(|_| worker()).collect(),
            started: Instant::now(),
        }
    }
}

impl Runner<'_> {
    fn run(&self) -> Result<Finished, RunError> {
        let draws = self.settings.draws;
        let (mut open, mut total) = (Open::default(), Total::default());
        if draws <= SPAN {
            let stopped_by = self.evaluate(&mut open, draws)?.unwrap_or(StoppedBy::Draws);
            return Ok(self.finish_exactly(&open, stopped_by));
        }
        let (mut loaded, mut computed) = (0, 0);
        for (number, start) in (0..draws).step_by(SPAN).enumerate() {
            let (number, size) = (number as u64, SPAN.min(draws - start));
            let mut span = self.load(number, size);
            let holds = |checkpoint: &&Checkpoint| self.judge(checkpoint).is_some_and(|verdict| verdict.met);
            if let Some(early) = span.checkpoints.iter().find(holds) {
                self.evaluate_rest(&mut open, 0, usize::try_from(early.draws).unwrap_or(SPAN))?;
                return Ok(self.finish_exactly(&open, StoppedBy::Until));
            }
            if start == 0 && self.plan.may_end_early() && span.draws < size as u64 {
                if let Some(stopped_by) = self.evaluate(&mut open, size)? {
                    return Ok(self.finish_exactly(&open, stopped_by));
                }
                span = Total::default();
                self.close(&open, &mut span, number, 0)?;
                computed += size;
            } else {
                let stored = usize::try_from(span.draws).unwrap_or(size);
                (self.settings.progress)(stored);
                loaded += span.draws;
                computed += size - stored;
                self.complete(&mut open, &mut span, number, start, size)?;
            }
            total.add(span.into_part());
            let left = draws - start - size;
            if left == 0 {
                break;
            }
            let checkpoint = total.checkpoint(self.layout, &total.summed(), self.alternatives());
            if let Some(stopped_by) = self.ends(&checkpoint, SPAN.min(left), computed) {
                if start > 0 {
                    return Ok(self.finish_counted(total, stopped_by, loaded));
                }
                // The same as a run of one span, whose quantiles are exact.
                self.evaluate_rest(&mut open, 0, SPAN)?;
                return Ok(self.finish_exactly(&open, stopped_by));
            }
            if (number + 1).is_power_of_two() {
                total.checkpoints.push(checkpoint);
            }
        }
        Ok(self.finish_counted(total, StoppedBy::Draws, loaded))
    }

    /// Evaluates draws of the first span, in stretches from border to border when it may have to end at one. Says why it ended before all were done.
    fn evaluate(&self, open: &mut Open, draws: usize) -> Result<Option<StoppedBy>, RunError> {
        open.draws = 0;
        if self.plan.may_end_early() {
            for border in borders(draws) {
                self.evaluate_rest(open, 0, border)?;
                let checkpoint = span::early_checkpoint(self.layout, open.chunks(), self.alternatives());
                if let Some(reason) = self.ends(&checkpoint, border.min(draws - border), border) {
                    return Ok(Some(reason));
                }
            }
        }
        self.evaluate_rest(open, 0, draws)?;
        Ok(None)
    }

    /// Evaluates what is missing of the `draws` draws from `start` on, which are at most a span.
    fn evaluate_rest(&self, open: &mut Open, start: usize, draws: usize) -> Result<(), RunError> {
        let (done, needed) = (open.draws.div_ceil(CHUNK), draws.div_ceil(CHUNK));
        let control = Control {
            progress: self.settings.progress,
            stop: self.settings.stop,
            first_fault: AtomicUsize::new(usize::MAX),
        };
        if open.chunks.len() < needed {
            if open.chunks.is_empty() {
                open.chunks.push(Chunk::first(self.layout));
            }
            open.chunks.resize_with(needed, || Chunk::new(self.layout));
        }
        let Some(missing) = open.chunks.get_mut(done..needed) else {
            return Ok(());
        };
        missing.par_iter_mut().enumerate().for_each(|(number, chunk)| {
            let first = (done + number) * CHUNK;
            let thread = rayon::current_thread_index().unwrap_or(0);
            let mut worker = self.workers[thread].lock().unwrap_or_else(PoisonError::into_inner);
            let size = CHUNK.min(draws - first);
            worker.evaluate(self.layout, self.sampler, &control, start + first, size, chunk);
        });
        if let Some((draw, scenario)) = missing.iter().filter_map(|chunk| chunk.fault).min() {
            let found = find(self.compiled, self.sampler, draw, scenario);
            return Err(RunError::NotFinite(Box::new(found)));
        }
        if self.settings.stop.load(Ordering::Relaxed) {
            return Err(RunError::Stopped);
        }
        open.draws = draws;
        Ok(())
    }

    /// Whether a run ends at a border, of which `next` more draws would follow; `computed` draws took the time so far.
    fn ends(&self, checkpoint: &Checkpoint, next: usize, computed: usize) -> Option<StoppedBy> {
        if self.judge(checkpoint).is_some_and(|verdict| verdict.met) {
            return Some(StoppedBy::Until);
        }
        let deadline = self.plan.deadline?;
        let now = Instant::now();
        let taken = now - self.started;
        let next = taken.mul_f64(if computed == 0 {
            0.0
        } else {
            next as f64 / computed as f64
        });
        (now + next > deadline).then_some(StoppedBy::Time)
    }

    fn judge(&self, checkpoint: &Checkpoint) -> Option<Verdict> {
        self.plan
            .until
            .map(|rule| rule.judge(checkpoint, &self.compiled.catalogue))
    }

    fn alternatives(&self) -> usize {
        self.compiled.catalogue.alternatives.len()
    }

    /// The outcome of a run of one span.
    fn finish_exactly(&self, open: &Open, stopped_by: StoppedBy) -> Finished {
        let (layout, chunks) = (self.layout, open.chunks());
        let mut checkpoints = portions::early_checkpoints(layout, chunks, self.alternatives());
        checkpoints.push(span::early_checkpoint(layout, chunks, self.alternatives()));
        let quantiles = (0..layout.scenarios * layout.quantiles.len())
            .into_par_iter()
            .map_init(Vec::new, |memory, place| span::exact(chunks, place, memory))
            .collect();
        let kept_draws = self.plan.keep.min(open.draws);
        let summed = Summed::of(chunks);
        let spreads = self.spreads(kept_draws < open.draws, |place| {
            let statistic = summed.statistics[layout.series_of(place)];
            total::spread(&span::counted(chunks, place), statistic)
        });
        let gathered = Gathered {
            draws: open.draws as u64,
            seed: self.settings.seed,
            summed,
            quantiles,
            spreads,
            kept: Kept::of(layout, chunks, kept_draws),
            kept_draws,
            cumulative: span::cumulative(chunks),
            checkpoints,
        };
        self.finished(gathered, stopped_by, 0)
    }

    /// The outcome of a run of several spans.
    fn finish_counted(&self, mut total: Total, stopped_by: StoppedBy, loaded: u64) -> Finished {
        let summed = total.summed();
        let checkpoint = total.checkpoint(self.layout, &summed, self.alternatives());
        let quantiles = total.quantiles(self.layout, &summed);
        let kept_draws = self.plan.keep.min(usize::try_from(total.draws).unwrap_or(usize::MAX));
        let all_kept = kept_draws as u64 == total.draws;
        let spreads = self.spreads(!all_kept, |place| {
            total::spread(&total.counts[place], summed.statistics[self.layout.series_of(place)])
        });
        total.checkpoints.push(checkpoint);
        let gathered = Gathered {
            draws: total.draws,
            seed: self.settings.seed,
            summed,
            quantiles,
            spreads,
            kept: total.kept,
            kept_draws,
            cumulative: total.cumulative,
            checkpoints: total.checkpoints,
        };
        self.finished(gathered, stopped_by, loaded)
    }

    /// How each balance is distributed, if it is wanted.
    fn spreads(&self, wanted: bool, of: impl Fn(usize) -> DrawDistribution + Send + Sync) -> Vec<DrawDistribution> {
        let places = if wanted {
            self.layout.balance_places()
        } else {
            Vec::new()
        };
        places.into_par_iter().map(of).collect()
    }

    fn finished(&self, gathered: Gathered, stopped_by: StoppedBy, loaded: u64) -> Finished {
        let verdict = gathered.checkpoints.last().and_then(|last| self.judge(last));
        let met = verdict.as_ref().is_some_and(|verdict| verdict.met);
        Finished {
            outcome: gather::outcome(self.compiled, self.layout, gathered),
            stopped_by: if met { StoppedBy::Until } else { stopped_by },
            verdict,
            loaded,
        }
    }
}

/// The borders within a span, before its last draw: after 1024 draws, twice as many and so on.
fn borders(draws: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(CHUNK), |border| Some(border * 2)).take_while(move |border| *border < draws)
}
