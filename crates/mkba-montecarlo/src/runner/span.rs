//! What is left of the draws of one span, and of several spans together.
use super::layout::Layout;
use super::worker::Chunk;
use crate::precision::{Estimate, ranking};
use crate::summary::{CHUNK, Counts, Moments, Statistic, Tally, merge_tree, quantiles};
use mkba_core::outcome::{Checkpoint, Precision, Summary};
use rayon::prelude::*;

/// The quantiles of a summary.
pub(super) const PROBABILITIES: [f64; 3] = [0.05, 0.5, 0.95];

/// Sums of consecutive draws. Merged as a binary tree, so that any aligned part can be computed elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Summed {
    /// `[scenario][series]`
    pub statistics: Vec<Statistic>,
    /// `[scenario][pair]`
    pub pairs: Vec<Moments>,
    /// `[scenario][year][position]`
    pub sums: Vec<f64>,
}

impl Summed {
    /// Of the first chunks of a span.
    pub fn of(chunks: &[Chunk]) -> Self {
        let count = chunks.len();
        let Some(first) = chunks.first() else {
            return Self {
                statistics: Vec::new(),
                pairs: Vec::new(),
                sums: Vec::new(),
            };
        };
        let statistics = (0..first.statistics.len())
            .into_par_iter()
            .map(|at| statistic(chunks, at))
            .collect();
        let pairs = (0..first.pairs.len()).map(|at| pair(chunks, at)).collect();
        let sum = |at: usize| merge_tree(count, |chunk| chunks[chunk].sums[at], |a, b| a + b).unwrap_or(0.0);
        Self {
            statistics,
            pairs,
            sums: (0..first.sums.len()).into_par_iter().map(sum).collect(),
        }
    }

    /// Of these draws and those that follow.
    pub fn merge(&self, later: &Self) -> Self {
        let both = |(a, b): (&Statistic, &Statistic)| a.merge(*b);
        Self {
            statistics: self.statistics.iter().zip(&later.statistics).map(both).collect(),
            pairs: self.pairs.iter().zip(&later.pairs).map(|(a, b)| a.merge(*b)).collect(),
            sums: self.sums.iter().zip(&later.sums).map(|(a, b)| a + b).collect(),
        }
    }
}

fn statistic(chunks: &[Chunk], at: usize) -> Statistic {
    merge_tree(chunks.len(), |chunk| chunks[chunk].statistics[at], Statistic::merge).unwrap_or(Statistic::EMPTY)
}

fn pair(chunks: &[Chunk], at: usize) -> Moments {
    merge_tree(chunks.len(), |chunk| chunks[chunk].pairs[at], Moments::merge).unwrap_or(Moments::EMPTY)
}

/// The first draws of a run, number by number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kept {
    /// As [`Layout::kept_places`].
    pub balances: Vec<Vec<f64>>,
    /// By input.
    pub inputs: Vec<Vec<f64>>,
}

impl Kept {
    /// The first `draws` of these chunks.
    pub fn of(layout: &Layout, chunks: &[Chunk], draws: usize) -> Self {
        let joined = |row: &dyn Fn(&Chunk) -> &[f64]| {
            let mut values: Vec<f64> = Vec::with_capacity(draws);
            for chunk in chunks.iter().take(draws.div_ceil(CHUNK)) {
                values.extend_from_slice(row(chunk));
            }
            values.truncate(draws);
            values
        };
        Self {
            balances: layout
                .kept_places()
                .map(|place| joined(&|chunk| chunk.values(place)))
                .collect(),
            inputs: (0..layout.inputs)
                .map(|input| joined(&|chunk| chunk.input(input)))
                .collect(),
        }
    }

    /// Adds draws that follow.
    pub fn append(&mut self, later: Self) {
        if self.balances.is_empty() && self.inputs.is_empty() {
            *self = later;
            return;
        }
        let ours = self.balances.iter_mut().chain(&mut self.inputs);
        for (ours, later) in ours.zip(later.balances.into_iter().chain(later.inputs)) {
            ours.extend(later);
        }
    }
}

/// A finished span: everything that its draws add to the result of a run of more than one span.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub number: u64,
    pub draws: u64,
    pub summed: Summed,
    /// `[scenario][place in quantiles]`
    pub counts: Vec<Counts>,
    pub kept: Kept,
    /// In the first span: the balances after 1024 draws, 2048 and so on, before its end.
    pub checkpoints: Vec<Checkpoint>,
}

/// Counts of all values of each series with quantiles.
pub(super) fn counts(layout: &Layout, chunks: &[Chunk]) -> Vec<Counts> {
    (0..layout.scenarios * layout.quantiles.len())
        .into_par_iter()
        .map_init(Tally::default, |tally, place| {
            tally.count(chunks.iter().map(|chunk| chunk.values(place)))
        })
        .collect()
}

/// Counts of the values of one series with quantiles.
pub(super) fn counted(chunks: &[Chunk], place: usize) -> Counts {
    Tally::default().count(chunks.iter().map(|chunk| chunk.values(place)))
}

/// Exact quantiles of a series with quantiles; `memory` is used again from call to call.
pub(super) fn exact(chunks: &[Chunk], place: usize, memory: &mut Vec<f64>) -> [f64; 3] {
    memory.clear();
    memory.extend(chunks.iter().flat_map(|chunk| chunk.values(place)));
    three(&quantiles(memory, &PROBABILITIES))
}

/// Three quantiles, without the sign of a zero.
pub(super) fn three(quantiles: &[f64]) -> [f64; 3] {
    match quantiles {
        [a, b, c] => [a, b, c].map(|x| x + 0.0),
        _ => [f64::NAN; 3],
    }
}

/// Summary of a statistic and its quantiles.
pub(super) fn summary(statistic: Statistic, [p05, p50, p95]: [f64; 3]) -> Summary {
    Summary {
        mean: statistic.mean(),
        standard_error: statistic.standard_error(),
        p05,
        p50,
        p95,
    }
}

/// The balances after the first chunks of the first span.
pub(super) fn early_checkpoint(layout: &Layout, chunks: &[Chunk], alternatives: usize) -> Checkpoint {
    let places = layout.balance_places();
    let exact: Vec<[f64; 3]> = places
        .par_iter()
        .map_init(Vec::new, |memory, &place| exact(chunks, place, memory))
        .collect();
    checkpoint(
        layout,
        alternatives,
        chunks.iter().map(|chunk| chunk.draws as u64).sum(),
        &|at| statistic(chunks, at),
        &|at| pair(chunks, at),
        &|scenario, balance| exact[scenario * layout.balances.len() + balance],
    )
}

/// The balances after some draws, from statistics by series, differences by pair and quantiles by scenario and balance.
pub(super) fn checkpoint(
    layout: &Layout,
    alternatives: usize,
    draws: u64,
    statistic: &dyn Fn(usize) -> Statistic,
    pair: &dyn Fn(usize) -> Moments,
    quantiles: &dyn Fn(usize, usize) -> [f64; 3],
) -> Checkpoint {
    let scenarios = (0..layout.scenarios).map(|scenario| {
        let mut balances = vec![Summary::default(); alternatives];
        for (number, balance) in layout.balances.iter().enumerate() {
            let series = scenario * layout.series + layout.quantiles[balance.all];
            balances[balance.alternative] = summary(statistic(series), quantiles(scenario, number));
        }
        // The baseline comes last here; its balance is zero in every draw.
        let baseline = layout.balances.len();
        let of = |number: usize| layout.balances.get(number).map(|balance| balances[balance.alternative]);
        let means: Vec<f64> = (0..=baseline)
            .map(|number| of(number).map_or(0.0, |found| found.mean))
            .collect();
        let difference = |a: usize, b: usize| match (of(a), of(b)) {
            (Some(_), Some(_)) => {
                let moments = pair(scenario * layout.pair_count() + layout.pair(a.min(b), a.max(b)));
                Estimate {
                    mean: moments.mean(),
                    standard_error: moments.standard_error(),
                }
            }
            (one, other) => {
                let balance = one.or(other).unwrap_or_default();
                Estimate {
                    mean: balance.mean,
                    standard_error: balance.standard_error,
                }
            }
        };
        Precision {
            ranking: ranking(&means, difference),
            balances,
        }
    });
    Checkpoint {
        draws,
        scenarios: scenarios.collect(),
    }
}
