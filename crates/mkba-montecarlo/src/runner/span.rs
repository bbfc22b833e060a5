//! What is left of consecutive draws.
use super::layout::Layout;
use super::worker::Chunk;
use crate::precision::{Estimate, ranking};
use crate::standard_error::Spread;
use crate::summary::{CHUNK, Counts, Moments, Statistic, Tally, merge_tree, quantiles};
use mkba_core::outcome::{Checkpoint, Cumulative, Precision, Summary};
use rayon::prelude::*;

/// The quantiles of a summary.
pub(super) const PROBABILITIES: [f64; 3] = [0.05, 0.5, 0.95];

/// Sums of consecutive draws. Merged as a binary tree, so that any aligned part can be computed elsewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Summed {
    /// `[scenario][series]`
    pub statistics: Vec<Statistic>,
    /// `[scenario][pair]`
    pub pairs: Vec<Moments>,
    /// As `statistics`; empty where draws are independent.
    pub spreads: Vec<Spread>,
    /// As `pairs`; empty where draws are independent.
    pub pair_spreads: Vec<Spread>,
    /// `[scenario][year][position]`
    pub sums: Vec<f64>,
}

impl Summed {
    /// Of the first chunks of a span.
    pub fn of(chunks: &[Chunk]) -> Self {
        let count = chunks.len();
        let Some(first) = chunks.first() else {
            return Self::default();
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
            spreads: (0..first.spreads.len()).filter_map(|at| spread(chunks, at)).collect(),
            pair_spreads: (0..first.pair_spreads.len())
                .filter_map(|at| pair_spread(chunks, at))
                .collect(),
            sums: (0..first.sums.len()).into_par_iter().map(sum).collect(),
        }
    }

    /// Of these draws and those that follow.
    pub fn merge(&self, later: &Self) -> Self {
        let both = |(a, b): (&Statistic, &Statistic)| a.merge(*b);
        let spreads = |a: &[Spread], b: &[Spread]| a.iter().zip(b).map(|(a, b)| a.clone().merge(b)).collect();
        Self {
            statistics: self.statistics.iter().zip(&later.statistics).map(both).collect(),
            pairs: self.pairs.iter().zip(&later.pairs).map(|(a, b)| a.merge(*b)).collect(),
            spreads: spreads(&self.spreads, &later.spreads),
            pair_spreads: spreads(&self.pair_spreads, &later.pair_spreads),
            sums: self.sums.iter().zip(&later.sums).map(|(a, b)| a + b).collect(),
        }
    }

    /// Standard error of the mean of a series.
    pub fn error(&self, at: usize) -> f64 {
        error(self.statistics[at], self.spreads.get(at))
    }

    /// Mean difference of a pair with its standard error.
    pub fn difference(&self, at: usize) -> Estimate {
        difference(self.pairs[at], self.pair_spreads.get(at))
    }
}

fn statistic(chunks: &[Chunk], at: usize) -> Statistic {
    merge_tree(chunks.len(), |chunk| chunks[chunk].statistics[at], Statistic::merge).unwrap_or(Statistic::EMPTY)
}

fn spread(chunks: &[Chunk], at: usize) -> Option<Spread> {
    let of = |chunk: usize| chunks[chunk].spreads[at].clone();
    merge_tree(chunks.len(), of, |a, b| a.merge(&b))
}

fn pair_spread(chunks: &[Chunk], at: usize) -> Option<Spread> {
    let of = |chunk: usize| chunks[chunk].pair_spreads[at].clone();
    merge_tree(chunks.len(), of, |a, b| a.merge(&b))
}

/// Standard error of a mean: without a spread that of independent draws.
fn error(statistic: Statistic, spread: Option<&Spread>) -> f64 {
    match spread {
        Some(spread) if !statistic.is_constant() => spread.standard_error(statistic.moments),
        _ => statistic.standard_error(),
    }
}

fn difference(moments: Moments, spread: Option<&Spread>) -> Estimate {
    Estimate {
        mean: moments.mean(),
        standard_error: spread.map_or_else(|| moments.standard_error(), |spread| spread.standard_error(moments)),
    }
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

    /// Leaves the first so many draws.
    pub fn truncate(&mut self, draws: usize) {
        for values in self.balances.iter_mut().chain(&mut self.inputs) {
            values.truncate(draws);
            values.shrink_to_fit();
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

/// A portion or a span: everything that its draws add to the result of a run of more than one span.
pub(super) struct Part {
    pub draws: usize,
    pub summed: Summed,
    /// `[scenario][place in quantiles]`
    pub counts: Vec<Counts>,
    pub kept: Kept,
    /// With the first 1024 draws: quantiles of the discounted balance up to each year, see [`cumulative`].
    pub cumulative: Vec<f64>,
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

/// Quantiles of the discounted balance up to each year over the first 1024 draws, `[scenario][path][year][probability]`.
pub(super) fn cumulative(chunks: &[Chunk]) -> Vec<f64> {
    let rows: Vec<&[f64]> = chunks.first().into_iter().flat_map(Chunk::paths).collect();
    let found = rows.into_par_iter().map_init(Vec::new, |memory, row| {
        memory.clear();
        memory.extend_from_slice(row);
        quantiles(memory, &Cumulative::PROBABILITIES)
    });
    found.flatten_iter().map(|quantile| quantile + 0.0).collect()
}

/// Three quantiles, without the sign of a zero.
pub(super) fn three(quantiles: &[f64]) -> [f64; 3] {
    match quantiles {
        [a, b, c] => [a, b, c].map(|x| x + 0.0),
        _ => [f64::NAN; 3],
    }
}

/// Summary of a statistic, the standard error of its mean, and its quantiles.
pub(super) fn summary(statistic: Statistic, standard_error: f64, [p05, p50, p95]: [f64; 3]) -> Summary {
    Summary {
        mean: statistic.mean(),
        standard_error,
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
        &|at| {
            let (statistic, spread) = (statistic(chunks, at), layout.has_spreads().then(|| spread(chunks, at)));
            (statistic, error(statistic, spread.flatten().as_ref()))
        },
        &|at| {
            let spread = layout.has_spreads().then(|| pair_spread(chunks, at));
            difference(pair(chunks, at), spread.flatten().as_ref())
        },
        &|scenario, balance| exact[scenario * layout.balances.len() + balance],
    )
}

/// The balances after some draws, from statistics with their errors by series, differences by pair and quantiles by scenario and balance.
pub(super) fn checkpoint(
    layout: &Layout,
    alternatives: usize,
    draws: u64,
    statistic: &dyn Fn(usize) -> (Statistic, f64),
    pair: &dyn Fn(usize) -> Estimate,
    quantiles: &dyn Fn(usize, usize) -> [f64; 3],
) -> Checkpoint {
    let scenarios = (0..layout.scenarios).map(|scenario| {
        let mut balances = vec![Summary::default(); alternatives];
        for (number, balance) in layout.balances.iter().enumerate() {
            let series = scenario * layout.series + layout.quantiles[balance.all];
            let (statistic, error) = statistic(series);
            balances[balance.alternative] = summary(statistic, error, quantiles(scenario, number));
        }
        let found: Vec<(usize, Summary)> = layout
            .balances
            .iter()
            .map(|balance| (balance.all, balances[balance.alternative]))
            .collect();
        Precision {
            ranking: ranking_of(&found, |a, b| match layout.pair(a, b) {
                Some(number) => pair(scenario * layout.pair_count() + number),
                None => unreachable!("the differences of all balances are followed"),
            }),
            balances,
        }
    });
    Checkpoint {
        draws,
        scenarios: scenarios.collect(),
    }
}

/// The probability that alternatives are in the right order: their balances with their places, and differences between two places. The
/// baseline comes last; its balance is zero in every draw.
pub(super) fn ranking_of(balances: &[(usize, Summary)], difference: impl Fn(usize, usize) -> Estimate) -> f64 {
    let means: Vec<f64> = balances.iter().map(|(_, balance)| balance.mean).chain([0.0]).collect();
    ranking(&means, |a, b| match (balances.get(a), balances.get(b)) {
        (Some((a, _)), Some((b, _))) => difference(*a, *b),
        (one, other) => {
            let balance = one.or(other).map(|(_, balance)| *balance).unwrap_or_default();
            Estimate {
                mean: balance.mean,
                standard_error: balance.standard_error,
            }
        }
    })
}
