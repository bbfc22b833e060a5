//! Consecutive draws of a run from their parts, in memory that grows with the logarithm of the number of parts.
use super::layout::Layout;
use super::span::{Kept, PROBABILITIES, Part, Summed, checkpoint, three};
use crate::summary::{CHUNK, Counts, Statistic, quantiles};
use mkba_core::outcome::{Checkpoint, DrawDistribution};
use rayon::prelude::*;

/// Steps of probability in which the distribution of a balance is told.
const STEPS: u32 = 200;

/// A span as far as its portions are done, or a run as far as its spans are: parts in order, merged as the tree over all of their chunks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Total {
    pub draws: u64,
    /// The branches of the tree with their chunks: powers of two, each smaller than the one before it, but for the last that may be any number.
    pub branches: Vec<(u64, Summed)>,
    /// `[scenario][place in quantiles]`
    pub counts: Vec<Counts>,
    pub kept: Kept,
    /// See [`super::span::cumulative`].
    pub cumulative: Vec<f64>,
    pub checkpoints: Vec<Checkpoint>,
}

impl Total {
    /// Adds the part that follows. Each part has the same power of two of chunks, but for the last.
    pub fn add(&mut self, part: Part) {
        self.draws += part.draws as u64;
        let mut branch = (part.draws.div_ceil(CHUNK) as u64, part.summed);
        while let Some((chunks, _)) = self.branches.last()
            && *chunks == branch.0
            && let Some((chunks, earlier)) = self.branches.pop()
        {
            branch = (chunks * 2, earlier.merge(&branch.1));
        }
        self.branches.push(branch);
        if self.counts.is_empty() {
            self.counts = part.counts;
        } else {
            self.counts
                .par_iter_mut()
                .zip(part.counts)
                .for_each(|(total, more)| *total = total.merge(&more));
        }
        self.kept.append(part.kept);
        self.cumulative.extend(part.cumulative);
        self.checkpoints.extend(part.checkpoints);
    }

    /// All of it as a part of something larger.
    pub fn into_part(self) -> Part {
        Part {
            draws: usize::try_from(self.draws).unwrap_or(usize::MAX),
            summed: self.summed(),
            counts: self.counts,
            kept: self.kept,
            cumulative: self.cumulative,
            checkpoints: self.checkpoints,
        }
    }

    /// The tree over all parts.
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
        self.checkpoint_with(layout, summed, alternatives, |place| self.three(layout, summed, place))
    }

    /// The balances so far, with exact quantiles from the kept draws: all draws are among them.
    pub fn exact_checkpoint(&self, layout: &Layout, alternatives: usize) -> Checkpoint {
        let summed = self.summed();
        let kept: Vec<usize> = layout.kept_places().collect();
        self.checkpoint_with(layout, &summed, alternatives, |place| {
            let row = kept.iter().position(|kept| *kept == place);
            let mut values = row.map(|row| self.kept.balances[row].clone()).unwrap_or_default();
            three(&quantiles(&mut values, &PROBABILITIES))
        })
    }

    fn checkpoint_with(
        &self,
        layout: &Layout,
        summed: &Summed,
        alternatives: usize,
        quantiles: impl Fn(usize) -> [f64; 3],
    ) -> Checkpoint {
        checkpoint(
            layout,
            alternatives,
            self.draws,
            &|at| (summed.statistics[at], summed.error(at)),
            &|at| summed.difference(at),
            &|scenario, balance| quantiles(scenario * layout.quantiles.len() + layout.balances[balance].all),
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
