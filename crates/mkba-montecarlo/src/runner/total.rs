//! All finished spans together, in memory that grows with the logarithm of their number.
use super::layout::Layout;
use super::span::{Kept, PROBABILITIES, Span, Summed, checkpoint, three};
use crate::summary::{Counts, Statistic};
use mkba_core::outcome::{Checkpoint, DrawDistribution};
use rayon::prelude::*;

/// Steps of probability in which the distribution of a balance is told.
const STEPS: u32 = 200;

/// Spans in order, merged as the tree over all of their chunks.
#[derive(Default)]
pub(super) struct Total {
    pub draws: u64,
    /// Powers of two of spans, each smaller than the one before it: the branches of the tree over all spans.
    branches: Vec<(u64, Summed)>,
    /// `[scenario][place in quantiles]`
    pub counts: Vec<Counts>,
    pub kept: Kept,
    /// See [`super::span::cumulative`].
    pub cumulative: Vec<f64>,
    pub checkpoints: Vec<Checkpoint>,
}

impl Total {
    /// Adds the span that follows.
    pub fn add(&mut self, span: Span) {
        self.draws += span.draws;
        let mut branch = (1, span.summed);
        while let Some((spans, _)) = self.branches.last()
            && *spans == branch.0
            && let Some((spans, earlier)) = self.branches.pop()
        {
            branch = (spans * 2, earlier.merge(&branch.1));
        }
        self.branches.push(branch);
        if self.counts.is_empty() {
            self.counts = span.counts;
        } else {
            self.counts
                .par_iter_mut()
                .zip(&span.counts)
                .for_each(|(total, more)| *total = total.merge(more));
        }
        self.kept.append(span.kept);
        self.cumulative.extend(span.cumulative);
        self.checkpoints.extend(span.checkpoints);
    }

    /// The tree over all spans.
    pub fn summed(&self) -> Summed {
        let mut branches = self.branches.iter().rev();
        let last = branches.next().map(|(_, summed)| summed.clone());
        branches.fold(last.unwrap_or_default(), |later, (_, earlier)| earlier.merge(&later))
    }

    /// Quantiles of every series with quantiles, `[scenario][place]`.
    pub fn quantiles(&self, layout: &Layout, summed: &Summed) -> Vec<[f64; 3]> {
        (0..self.counts.len())
            .into_par_iter()
            .map(|place| self.three(layout, summed, place))
            .collect()
    }

    /// The balances so far.
    pub fn checkpoint(&self, layout: &Layout, summed: &Summed, alternatives: usize) -> Checkpoint {
        let quantiles = |scenario: usize, balance: usize| {
            let place = scenario * layout.quantiles.len() + layout.balances[balance].all;
            self.three(layout, summed, place)
        };
        checkpoint(
            layout,
            alternatives,
            self.draws,
            &|at| (summed.statistics[at], summed.error(at)),
            &|at| summed.difference(at),
            &quantiles,
        )
    }
    fn three(&self, layout: &Layout, summed: &Summed, place: usize) -> [f64; 3] {
        let Statistic { least, greatest, .. } = summed.statistics[layout.series_of(place)];
        three(&self.counts[place].quantiles(least, greatest, &PROBABILITIES))
    }
}

/// How values with these counts are distributed.
pub(super) fn spread(counts: &Counts, Statistic { least, greatest, .. }: Statistic) -> DrawDistribution {
    let probabilities: Vec<f64> = (0..=STEPS).map(|step| f64::from(step) / f64::from(STEPS)).collect();
    DrawDistribution {
        quantiles: counts.quantiles(least, greatest, &probabilities),
        share_positive: counts.share_positive(),
    }
}
