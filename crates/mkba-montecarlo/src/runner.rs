//! The parallel runner: chunks of 1024 draws over the threads, each in blocks of lanes, gathered in the order of the draws.
//!
//! Nothing of the result depends on the number of threads, the size of a block or the instruction set: a draw's numbers depend on the
//! draw alone, and sums have the shape of the chunk.
use crate::design::{Design, Random};
use crate::sampler::{InputFault, Sampler};
use crate::summary::{CHUNK, Moments, quantiles};
use crate::trace::{NotFinite, find};
use mkba_core::appraisal::Quantity;
use mkba_core::compiled::{Compiled, Yearly};
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::lane::Isa;
use mkba_core::outcome::{AlternativeOutcome, Outcome, ScenarioOutcome, Summary};
use mkba_core::program::Source;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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
    /// Whether the outcome holds the inputs of every draw.
    pub keep_inputs: bool,
    /// Is told now and then how many more draws are done.
    pub progress: &'a (dyn Fn(usize) + Sync),
    /// Stops the run when it becomes true.
    pub stop: &'a AtomicBool,
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
}

/// Evaluates all draws of a study.
///
/// # Errors
/// As [`RunError`] says.
pub fn run(compiled: &Compiled, settings: &Settings<'_>) -> Result<Outcome, RunError> {
    let design = Box::new(Random { seed: settings.seed });
    let sampler = Sampler::new(&compiled.inputs, design as Box<dyn Design>, settings.isa).map_err(RunError::Inputs)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|error| RunError::Threads(error.to_string()))?;
    pool.install(|| {
        let layout = Layout::new(compiled);
        let chunks = evaluate(compiled, &layout, &sampler, settings)?;
        Ok(gather(compiled, &layout, chunks, settings))
    })
}

/// Where each number of a chunk is put.
struct Layout {
    /// For each output, the first of its series; one series for each position.
    outputs: Vec<usize>,
    /// Number of series of outputs in a scenario.
    series: usize,
    /// For each yearly value, the first of its positions.
    yearly: Vec<usize>,
    /// Number of positions of yearly values.
    positions: usize,
    years: usize,
    scenarios: usize,
}

impl Layout {
    fn new(compiled: &Compiled) -> Self {
        let starts = |sizes: &[(Source, u32)]| {
            let mut next = 0;
            let mut starts = Vec::with_capacity(sizes.len());
            for (_, size) in sizes {
                starts.push(next);
                next += *size as usize;
            }
            (starts, next)
        };
        let (outputs, series) = starts(&compiled.program.outputs);
        let (yearly, positions) = starts(&compiled.program.yearly);
        let program = &compiled.program;
        Self {
            outputs,
            series,
            yearly,
            positions,
            years: program.years as usize,
            scenarios: program.scenarios as usize,
        }
    }
}

/// Results of the draws of one chunk.
struct Chunk {
    /// `[scenario][series]` with one number for each draw.
    values: Vec<Vec<f64>>,
    /// Eight running sums for each `[scenario][year][position]`, lane by lane.
    sums: Vec<[f64; 8]>,
    /// Values of the inputs, `[input]` with one number for each draw.
    inputs: Vec<Vec<f64>>,
    draws: usize,
}

struct Collector<'c> {
    layout: &'c Layout,
    chunk: &'c mut Chunk,
    /// First lane of the block in the chunk.
    first: usize,
    /// Lane, scenario of the first value that is not finite.
    fault: Option<(usize, usize)>,
}

impl Collector<'_> {
    fn check(&mut self, scenario: usize, lanes: &[f64]) {
        let all: f64 = lanes.iter().map(|x| x * 0.0).fold(0.0, |sum, x| sum + x);
        if all == 0.0 {
            return;
        }
        if let Some(lane) = lanes.iter().position(|x| !x.is_finite()) {
            let found = (self.first + lane, scenario);
            self.fault = Some(self.fault.map_or(found, |fault| fault.min(found)));
        }
    }
}

impl Sink for Collector<'_> {
    fn output(&mut self, scenario: usize, output: usize, position: usize, lanes: &[f64]) {
        let series = scenario * self.layout.series + self.layout.outputs[output] + position;
        self.chunk.values[series][self.first..self.first + lanes.len()].copy_from_slice(lanes);
        self.check(scenario, lanes);
    }

    fn yearly(&mut self, scenario: usize, year: usize, item: usize, position: usize, lanes: &[f64]) {
        let Layout {
            years,
            positions,
            yearly,
            ..
        } = self.layout;
        let sums = &mut self.chunk.sums[(scenario * years + year) * positions + yearly[item] + position];
        for piece in lanes.chunks(8) {
            for (sum, x) in sums.iter_mut().zip(piece) {
                *sum += x;
            }
        }
        self.check(scenario, lanes);
    }
}

fn evaluate(
    compiled: &Compiled,
    layout: &Layout,
    sampler: &Sampler,
    settings: &Settings<'_>,
) -> Result<Vec<Chunk>, RunError> {
    let count = settings.draws.div_ceil(CHUNK);
    let first_fault = AtomicUsize::new(usize::MAX);
    let memory = || {
        let evaluator = Evaluator::new(&compiled.program, settings.isa, settings.block.min(CHUNK));
        let width = evaluator.block_size();
        (evaluator, vec![0.0; compiled.inputs.len() * width])
    };
    let chunk = |(evaluator, samples): &mut (Evaluator<'_>, Vec<f64>), number: usize| {
        let width = evaluator.block_size();
        let start = number * CHUNK;
        let draws = CHUNK.min(settings.draws - start);
        let mut chunk = Chunk {
            values: vec![vec![0.0; draws]; layout.scenarios * layout.series],
            sums: vec![[0.0; 8]; layout.scenarios * layout.years * layout.positions],
            inputs: vec![vec![0.0; draws]; if settings.keep_inputs { compiled.inputs.len() } else { 0 }],
            draws,
        };
        for first in (0..draws).step_by(width) {
            if settings.stop.load(Ordering::Relaxed) {
                return Err(Failure::Stopped);
            }
            if first_fault.load(Ordering::Relaxed) < start {
                return Err(Failure::LaterThanAFault);
            }
            let lanes = width.min(draws - first);
            sampler.fill((start + first) as u64, width, samples);
            for (input, row) in chunk.inputs.iter_mut().zip(samples.chunks_exact(width)) {
                input[first..first + lanes].copy_from_slice(&row[..lanes]);
            }
            let mut collector = Collector {
                layout,
                chunk: &mut chunk,
                first,
                fault: None,
            };
            evaluator.run(samples, lanes, &mut collector);
            if let Some((lane, scenario)) = collector.fault {
                first_fault.fetch_min(start + lane, Ordering::Relaxed);
                return Err(Failure::Draw(start + lane, scenario));
            }
            (settings.progress)(lanes);
        }
        Ok(chunk)
    };
    let results: Vec<Result<Chunk, Failure>> = (0..count).into_par_iter().map_init(memory, chunk).collect();
    let mut first: Option<(usize, usize)> = None;
    let mut chunks = Vec::with_capacity(count);
    for result in results {
        match result {
            Ok(chunk) => chunks.push(chunk),
            Err(Failure::Stopped) => return Err(RunError::Stopped),
            Err(Failure::LaterThanAFault) => {}
            Err(Failure::Draw(draw, scenario)) => {
                first = Some(first.map_or((draw, scenario), |first| first.min((draw, scenario))));
            }
        }
    }
    match first {
        Some((draw, scenario)) => Err(RunError::NotFinite(Box::new(find(compiled, sampler, draw, scenario)))),
        None => Ok(chunks),
    }
}

enum Failure {
    Stopped,
    LaterThanAFault,
    Draw(usize, usize),
}

/// Joins the chunks and summarises every series.
fn gather(compiled: &Compiled, layout: &Layout, mut chunks: Vec<Chunk>, settings: &Settings<'_>) -> Outcome {
    let draws: usize = chunks.iter().map(|chunk| chunk.draws).sum();
    let inputs = (0..chunks.first().map_or(0, |chunk| chunk.inputs.len()))
        .map(|n| {
            let values = chunks
                .iter_mut()
                .flat_map(|chunk| std::mem::take(&mut chunk.inputs[n]))
                .collect();
            (compiled.inputs[n].name.clone(), values)
        })
        .collect();
    let mut taken: Vec<Vec<Vec<f64>>> = (0..layout.scenarios * layout.series)
        .map(|_| Vec::with_capacity(chunks.len()))
        .collect();
    for chunk in &mut chunks {
        for (parts, values) in taken.iter_mut().zip(std::mem::take(&mut chunk.values)) {
            parts.push(values);
        }
    }
    let kept: Vec<Series> = taken.into_par_iter().map(|parts| Series::of(&parts.concat())).collect();
    let mut scenarios: Vec<ScenarioOutcome> = (0..layout.scenarios).map(|_| empty(compiled)).collect();
    let mut kept = kept.into_iter();
    for scenario in &mut scenarios {
        for (output, quantity) in compiled.outputs.iter().enumerate() {
            let count = compiled.program.outputs[output].1 as usize;
            let series: Vec<Series> = kept.by_ref().take(count).collect();
            place(scenario, *quantity, series);
        }
    }
    for (number, scenario) in scenarios.iter_mut().enumerate() {
        let mean = |year: usize, at: usize| {
            let slot = (number * layout.years + year) * layout.positions + at;
            tree(&chunks.iter().map(|chunk| eight(&chunk.sums[slot])).collect::<Vec<_>>()) / draws as f64 + 0.0
        };
        for (item, what) in compiled.yearly.iter().enumerate() {
            let (at, count) = (layout.yearly[item], compiled.program.yearly[item].1 as usize);
            let path = |position: usize| {
                (0..layout.years)
                    .map(|year| mean(year, at + position))
                    .collect::<Vec<f64>>()
            };
            match *what {
                Yearly::Flow { alternative, flow } => scenario.alternatives[alternative].yearly[flow] = path(0),
                Yearly::Indicator { alternative, indicator } => {
                    scenario.alternatives[alternative].indicators[indicator] = (0..count).map(path).collect();
                }
            }
        }
    }
    Outcome {
        catalogue: compiled.catalogue.clone(),
        draws,
        seed: settings.seed,
        scenarios,
        inputs,
    }
}

/// All draws of one number, summarised.
struct Series {
    summary: Summary,
    values: Vec<f64>,
}

impl Series {
    fn of(values: &[f64]) -> Self {
        let moments = Moments::of(values);
        let mut sorted = values.to_vec();
        let [p05, p50, p95] = match quantiles(&mut sorted, &[0.05, 0.5, 0.95])[..] {
            [a, b, c] => [a, b, c],
            _ => [f64::NAN; 3],
        };
        let constant = values.iter().all(|x| x.to_bits() == values[0].to_bits());
        let standard_error = if constant { 0.0 } else { moments.standard_error() };
        let mean = if constant {
            values.first().copied().unwrap_or(0.0)
        } else {
            moments.mean()
        };
        // Adding zero takes the sign from a zero: a cost that does not change is 0, not -0.
        let [mean, p05, p50, p95] = [mean, p05, p50, p95].map(|x| x + 0.0);
        Self {
            summary: Summary {
                mean,
                standard_error,
                p05,
                p50,
                p95,
            },
            values: values.to_vec(),
        }
    }
}

/// An outcome of zeros in the shape of the catalogue.
fn empty(compiled: &Compiled) -> ScenarioOutcome {
    let catalogue = &compiled.catalogue;
    let (flows, parties) = (catalogue.flows.len(), catalogue.parties.len());
    let years = compiled.program.years as usize;
    let alternative = AlternativeOutcome {
        flows: vec![Summary::default(); flows],
        postings: vec![vec![0.0; parties]; flows],
        regional: vec![Vec::new(); flows],
        yearly: vec![vec![0.0; years]; flows],
        indicators: vec![Vec::new(); catalogue.indicators.len()],
        ..AlternativeOutcome::default()
    };
    ScenarioOutcome {
        alternatives: vec![alternative; catalogue.alternatives.len()],
    }
}

fn place(scenario: &mut ScenarioOutcome, quantity: Quantity, mut series: Vec<Series>) {
    let Some(first) = series.first_mut() else { return };
    match quantity {
        Quantity::Value { alternative, flow } => scenario.alternatives[alternative].flows[flow] = first.summary,
        Quantity::Posting {
            alternative,
            flow,
            party,
        } => {
            scenario.alternatives[alternative].postings[flow][party] = first.summary.mean;
        }
        Quantity::Regional { alternative, flow } => {
            scenario.alternatives[alternative].regional[flow] = series.iter().map(|one| one.summary.mean).collect();
        }
        Quantity::Balance { alternative } => {
            let alternative = &mut scenario.alternatives[alternative];
            alternative.balance = first.summary;
            alternative.balance_draws = std::mem::take(&mut first.values);
        }
        Quantity::BalanceWithoutSeparate { alternative } => {
            let alternative = &mut scenario.alternatives[alternative];
            alternative.balance_without_separate = first.summary;
            alternative.balance_without_separate_draws = std::mem::take(&mut first.values);
        }
    }
}

/// Eight running sums, added pairwise.
fn eight(sums: &[f64; 8]) -> f64 {
    ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]))
}

/// Sum of the chunks as a binary tree whose shape depends on their number only.
fn tree(sums: &[f64]) -> f64 {
    match sums {
        [] => 0.0,
        [only] => *only,
        _ => {
            let (left, right) = sums.split_at(sums.len().next_power_of_two() / 2);
            tree(left) + tree(right)
        }
    }
}
