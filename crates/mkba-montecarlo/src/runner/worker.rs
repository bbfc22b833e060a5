//! One thread's memory, and the evaluation of a chunk in it. Nothing is allocated while draws are evaluated.
use super::layout::Layout;
use crate::sampler::{Memory, Sampler};
use crate::standard_error::{Spread, Unit};
use crate::summary::{CHUNK, Moments, Statistic};
use mkba_core::compiled::Compiled;
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::lane::{Isa, Kernel};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What is left of the draws of one chunk.
pub(super) struct Chunk {
    /// Number of draws.
    pub draws: usize,
    /// `[scenario][place in quantiles]`, with room for 1024 draws each.
    values: Vec<f64>,
    /// `[scenario][series]`
    pub statistics: Vec<Statistic>,
    /// `[scenario][pair]`: the first balance of the pair less the second.
    pub pairs: Vec<Moments>,
    /// As `statistics` and `pairs`, what the standard errors need beside those; empty where draws are independent.
    pub spreads: Vec<Spread>,
    /// See `spreads`.
    pub pair_spreads: Vec<Spread>,
    /// Sums for each `[scenario][year][position]`.
    pub sums: Vec<f64>,
    /// `[input]`, with room for 1024 draws each; empty when inputs are not kept.
    inputs: Vec<f64>,
    /// In the first chunk of a span the discounted balance up to each year, `[scenario][path][year]`, with room for 1024 draws each.
    paths: Vec<f64>,
    /// Draw and scenario of the first value that is not finite.
    pub fault: Option<(usize, usize)>,
}

impl Chunk {
    pub fn new(layout: &Layout) -> Self {
        Self {
            draws: 0,
            values: vec![0.0; layout.scenarios * layout.quantiles.len() * CHUNK],
            statistics: vec![Statistic::EMPTY; layout.scenarios * layout.series],
            pairs: vec![Moments::EMPTY; layout.scenarios * layout.pair_count()],
            spreads: layout.spreads(layout.series),
            pair_spreads: layout.spreads(layout.pair_count()),
            sums: vec![0.0; layout.slots()],
            inputs: vec![0.0; layout.inputs * CHUNK],
            paths: Vec::new(),
            fault: None,
        }
    }

    /// One with room for the balances by year, for draw 0 and those after it.
    pub fn first(layout: &Layout) -> Self {
        Self {
            paths: vec![0.0; layout.path_values()],
            ..Self::new(layout)
        }
    }

    /// The discounted balances up to each year, `[scenario][path][year]`.
    pub fn paths(&self) -> impl Iterator<Item = &[f64]> {
        self.paths.chunks_exact(CHUNK).map(|values| &values[..self.draws])
    }

    /// Bytes of [`Chunk::new`].
    pub fn memory(layout: &Layout) -> u64 {
        let numbers = (layout.scenarios * layout.quantiles.len() + layout.inputs) * CHUNK + layout.slots();
        let statistics = layout.scenarios * (layout.series * 5 + layout.pair_count() * 3);
        ((numbers + statistics) * size_of::<f64>()) as u64
    }

    /// Values of a series with quantiles, numbered over all scenarios.
    pub fn values(&self, place: usize) -> &[f64] {
        &self.values[place * CHUNK..][..self.draws]
    }

    /// Values of an input.
    pub fn input(&self, number: usize) -> &[f64] {
        &self.inputs[number * CHUNK..][..self.draws]
    }
}

/// What all threads share while they work.
pub(super) struct Control<'s> {
    pub progress: &'s (dyn Fn(usize) + Sync),
    pub stop: &'s AtomicBool,
    /// The least first draw of a block that is known to hold a fault: what comes later need not be evaluated.
    pub first_fault: AtomicUsize,
}

/// Memory of one thread.
pub(super) struct Worker<'c> {
    isa: Isa,
    evaluator: Evaluator<'c>,
    samples: Vec<f64>,
    memory: Memory,
    /// `[scenario][series]`, with room for 1024 draws each; of the series without quantiles.
    values: Vec<f64>,
    /// Eight running sums for each `[scenario][year][position]`, lane by lane.
    sums: Vec<[f64; 8]>,
    differences: Vec<f64>,
}

impl<'c> Worker<'c> {
    pub fn new(compiled: &'c Compiled, layout: &Layout, sampler: &Sampler, isa: Isa, block: usize) -> Self {
        let evaluator = Evaluator::new(&compiled.program, isa, block.min(CHUNK));
        Self {
            isa,
            samples: vec![0.0; compiled.inputs.len() * evaluator.block_size()],
            memory: sampler.memory(),
            evaluator,
            values: vec![0.0; layout.scenarios * layout.series * CHUNK],
            sums: vec![[0.0; 8]; layout.slots()],
            differences: vec![0.0; CHUNK],
        }
    }

    /// Bytes of [`Worker::new`].
    pub fn memory(compiled: &Compiled, layout: &Layout, block: usize) -> u64 {
        let rows = (compiled.program.rows as usize + compiled.inputs.len()) * block;
        let numbers = rows + layout.scenarios * layout.series * CHUNK + layout.slots() * 8;
        (numbers * size_of::<f64>()) as u64
    }

    /// Evaluates the draws from `start` on into `chunk`; gives up when told to stop, or when an earlier draw has a fault.
    pub fn evaluate(
        &mut self,
        layout: &Layout,
        sampler: &Sampler,
        control: &Control<'_>,
        start: usize,
        draws: usize,
        chunk: &mut Chunk,
    ) {
        let width = self.evaluator.block_size();
        chunk.draws = draws;
        chunk.fault = None;
        self.sums.fill([0.0; 8]);
        for first in (0..draws).step_by(width) {
            if control.stop.load(Ordering::Relaxed) || control.first_fault.load(Ordering::Relaxed) < start {
                return;
            }
            let lanes = width.min(draws - first);
            sampler.fill_with(&mut self.memory, (start + first) as u64, width, &mut self.samples);
            for (input, row) in chunk
                .inputs
                .chunks_exact_mut(CHUNK)
                .zip(self.samples.chunks_exact(width))
            {
                input[first..first + lanes].copy_from_slice(&row[..lanes]);
            }
            let mut collector = Collector {
                layout,
                quantiles: &mut chunk.values,
                values: &mut self.values,
                sums: &mut self.sums,
                paths: if start == 0 { &mut chunk.paths } else { &mut [] },
                first,
                fault: None,
            };
            self.evaluator.run(&self.samples, lanes, &mut collector);
            if let Some((lane, scenario)) = collector.fault {
                control.first_fault.fetch_min(start + lane, Ordering::Relaxed);
                chunk.fault = Some((start + lane, scenario));
                return;
            }
            (control.progress)(lanes);
        }
        self.isa.run(Summing {
            worker: self,
            layout,
            chunk,
        });
    }

    #[inline(always)]
    fn summarise(&mut self, layout: &Layout, chunk: &mut Chunk) {
        let draws = chunk.draws;
        for (number, statistic) in chunk.statistics.iter_mut().enumerate() {
            let (scenario, series) = (number / layout.series, number % layout.series);
            let values = match layout.place[series] {
                Some(place) => &chunk.values[(scenario * layout.quantiles.len() + place) * CHUNK..][..draws],
                None => &self.values[number * CHUNK..][..draws],
            };
            *statistic = Statistic::of_chunk(values);
            if layout.unit != Unit::Draw {
                chunk.spreads[number] = Spread::of_chunk(layout.unit, values);
            }
        }
        let mut pairs = chunk.pairs.iter_mut().enumerate();
        for scenario in 0..layout.scenarios {
            let row = |place: usize| {
                let place = scenario * layout.quantiles.len() + place;
                &chunk.values[place * CHUNK..][..draws]
            };
            for (&(a, b), (number, pair)) in layout.pairs.iter().zip(&mut pairs) {
                let differences = &mut self.differences[..draws];
                for ((difference, a), b) in differences.iter_mut().zip(row(a)).zip(row(b)) {
                    *difference = a - b;
                }
                *pair = Moments::of_chunk(differences);
                if layout.unit != Unit::Draw {
                    chunk.pair_spreads[number] = Spread::of_chunk(layout.unit, differences);
                }
            }
        }
        for (sum, lanes) in chunk.sums.iter_mut().zip(&self.sums) {
            *sum = eight(lanes);
        }
    }
}

/// What is summed over the draws of a chunk, in the widest vectors.
struct Summing<'s, 'c> {
    worker: &'s mut Worker<'c>,
    layout: &'s Layout,
    chunk: &'s mut Chunk,
}

impl Kernel for Summing<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.worker.summarise(self.layout, self.chunk);
    }
}

struct Collector<'c> {
    layout: &'c Layout,
    /// Values of the series with quantiles, as those of the chunk.
    quantiles: &'c mut [f64],
    /// Values of the other series, as those of the worker.
    values: &'c mut [f64],
    sums: &'c mut [[f64; 8]],
    /// As those of the first chunk; empty for all others.
    paths: &'c mut [f64],
    /// First lane of the block in the chunk.
    first: usize,
    /// Lane, scenario of the first value that is not finite.
    fault: Option<(usize, usize)>,
}

impl Collector<'_> {
    /// Notes the first lane that is not finite, if there is one.
    #[cold]
    fn find_fault(&mut self, scenario: usize, lanes: &[f64]) {
        if let Some(lane) = lanes.iter().position(|x| !x.is_finite()) {
            let found = (self.first + lane, scenario);
            self.fault = Some(self.fault.map_or(found, |fault| fault.min(found)));
        }
    }
}

impl Collector<'_> {
    /// Adds to the sums of a slot.
    #[inline(always)]
    fn sum(&mut self, scenario: usize, slot: usize, lanes: &[f64]) {
        let sums = &mut self.sums[slot];
        add(sums, lanes, |x| x);
        // A sum with a term that is not finite is not finite itself.
        if !sums.iter().all(|sum| sum.is_finite()) {
            self.find_fault(scenario, lanes);
        }
    }
}

impl Sink for Collector<'_> {
    fn output(&mut self, scenario: usize, output: usize, position: usize, lanes: &[f64]) {
        let series = self.layout.outputs[output] + position;
        let (values, row) = match self.layout.place[series] {
            Some(place) => (&mut *self.quantiles, scenario * self.layout.quantiles.len() + place),
            None => (&mut *self.values, scenario * self.layout.series + series),
        };
        values[row * CHUNK + self.first..][..lanes.len()].copy_from_slice(lanes);
        let mut zeros = [0.0; 8];
        add(&mut zeros, lanes, |x| x * 0.0);
        if zeros != [0.0; 8] {
            self.find_fault(scenario, lanes);
        }
    }

    fn yearly(&mut self, scenario: usize, year: usize, item: usize, position: usize, lanes: &[f64]) {
        let slot = self.layout.yearly_slot(scenario, year, item) + position;
        self.sum(scenario, slot, lanes);
        if let Some(path) = self.layout.path[item]
            && !self.paths.is_empty()
        {
            let row = (scenario * self.layout.paths + path) * self.layout.years + year;
            let (before, rest) = self.paths.split_at_mut(row * CHUNK);
            let of_year = &mut rest[self.first..][..lanes.len()];
            of_year.copy_from_slice(lanes);
            if year > 0 {
                let earlier = &before[(row - 1) * CHUNK + self.first..][..lanes.len()];
                of_year
                    .iter_mut()
                    .zip(earlier)
                    .for_each(|(sum, earlier)| *sum += earlier);
            }
        }
    }

    fn observed(&mut self, scenario: usize, observed_year: usize, item: usize, position: usize, lanes: &[f64]) {
        let slot = self.layout.observed_slot(scenario, observed_year, item) + position;
        self.sum(scenario, slot, lanes);
    }
}

/// Adds a term of each lane to eight running sums, lane by lane.
#[inline(always)]
fn add(sums: &mut [f64; 8], lanes: &[f64], term: impl Fn(f64) -> f64) {
    let (pieces, rest) = lanes.as_chunks::<8>();
    for piece in pieces {
        for (sum, x) in sums.iter_mut().zip(piece) {
            *sum += term(*x);
        }
    }
    for (sum, x) in sums.iter_mut().zip(rest) {
        *sum += term(*x);
    }
}

/// Eight running sums, added pairwise.
pub(crate) fn eight(sums: &[f64; 8]) -> f64 {
    ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]))
}
