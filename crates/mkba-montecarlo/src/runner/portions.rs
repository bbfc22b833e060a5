//! A span of a run of more than one, portion by portion: evaluated, summed up, stored.
//!
//! A portion is as many chunks as a thread evaluates in some seconds, at most a span; every thread gets one, and then the span is stored as far as
//! it is done. So neither the values in memory nor the work that a kill costs grow with what a draw costs. A cheap model has one portion a span.
use super::layout::Layout;
use super::span::{self, Kept, Part, Summed};
use super::stored;
use super::total::Total;
use super::worker::Chunk;
use super::{CHUNKS, Open, Plan, RunError, Runner, SPAN};
use crate::summary::CHUNK;
use mkba_core::outcome::Checkpoint;
use mkba_core::program::Program;

/// Operations of a portion at most, unless it is a single chunk: ten to twenty seconds of a thread.
const OPERATIONS: u64 = 50_000_000_000;
/// After so many draws is the last border within a span. Up to there quantiles at borders are exact.
const LAST_BORDER: usize = SPAN / 2;

/// Chunks of a portion, a power of two. A branch of the tree of sums, so that it changes no bits.
pub(super) fn portion(program: &Program, plan: &Plan<'_>) -> usize {
    let most = plan.portion.map_or_else(
        || OPERATIONS / (program.operations_per_draw().max(1) * CHUNK as u64),
        |chunks| chunks as u64,
    );
    let chunks = most.clamp(1, CHUNKS as u64) as usize;
    1 << chunks.ilog2()
}

impl Plan<'_> {
    /// Whether the run may have to end at a border within the first span. Then the draws of it are all needed there, one by one.
    pub(super) fn may_end_early(&self) -> bool {
        self.until.is_some() || self.deadline.is_some()
    }

    /// Chunks whose values are in memory at once.
    pub(super) fn open_chunks(&self, program: &Program, draws: usize, threads: usize) -> usize {
        let at_once = if draws <= SPAN || self.may_end_early() {
            CHUNKS
        } else {
            portion(program, self).saturating_mul(threads)
        };
        draws.div_ceil(CHUNK).min(CHUNKS).min(at_once)
    }

    /// Draws that are kept one by one for a while, for the quantiles at borders.
    pub(super) fn kept_for_borders(&self, program: &Program, draws: usize) -> usize {
        if draws <= SPAN || portion(program, self) == CHUNKS {
            0
        } else {
            LAST_BORDER
        }
    }
}

impl Runner<'_> {
    /// What is stored of a span and can be used.
    pub(super) fn load(&self, number: u64, draws: usize) -> Total {
        let stored = || {
            let (store, identity) = (self.plan.spans?, self.identity?);
            let bytes = store.load(number)?;
            stored::decode(&bytes, identity, self.layout, number, draws, self.portion)
                .map_err(|why| store.refused(number, why))
                .ok()
        };
        stored().unwrap_or_default()
    }

    /// Evaluates what is missing of a span, and stores it as it grows.
    pub(super) fn complete(
        &self,
        open: &mut Open,
        span: &mut Total,
        number: u64,
        start: usize,
        draws: usize,
    ) -> Result<(), RunError> {
        loop {
            let done = usize::try_from(span.draws).unwrap_or(usize::MAX);
            if done >= draws {
                return Ok(());
            }
            let at_once = self.portion * self.workers.len() * CHUNK;
            open.draws = 0;
            self.evaluate_rest(open, start + done, at_once.min(draws - done))?;
            self.close(open, span, number, start + done)?;
        }
    }

    /// Adds finished chunks to the span they belong to, the first of them that of draw `start`, and stores it.
    pub(super) fn close(&self, open: &Open, span: &mut Total, number: u64, start: usize) -> Result<(), RunError> {
        let mut next = start;
        for chunks in open.chunks().chunks(self.portion) {
            let part = self.part(chunks, next);
            next += part.draws;
            span.add(part);
            if next <= LAST_BORDER && (next / CHUNK).is_power_of_two() {
                span.checkpoints
                    .push(span.exact_checkpoint(self.layout, self.alternatives()));
            }
            if next == LAST_BORDER {
                span.kept.truncate(self.plan.keep);
            }
        }
        if let (Some(store), Some(identity)) = (self.plan.spans, self.identity) {
            store
                .save(number, &stored::encode(identity, number, span))
                .map_err(RunError::Store)?;
        }
        Ok(())
    }

    /// What is left of some chunks, the first of them that of draw `start`.
    fn part(&self, chunks: &[Chunk], start: usize) -> Part {
        let draws = chunks.iter().map(|chunk| chunk.draws).sum();
        // At the borders that follow, quantiles are those of the draws.
        let keep = if start + draws <= LAST_BORDER {
            self.plan.keep.max(LAST_BORDER)
        } else {
            self.plan.keep
        };
        Part {
            draws,
            summed: Summed::of(chunks),
            counts: span::counts(self.layout, chunks),
            kept: Kept::of(self.layout, chunks, keep.saturating_sub(start).min(draws)),
            cumulative: if start == 0 {
                span::cumulative(chunks)
            } else {
                Vec::new()
            },
            checkpoints: if start == 0 {
                early_checkpoints(self.layout, chunks, self.alternatives())
            } else {
                Vec::new()
            },
        }
    }
}

/// The balances at all borders within the first chunks of the first span.
pub(super) fn early_checkpoints(layout: &Layout, chunks: &[Chunk], alternatives: usize) -> Vec<Checkpoint> {
    super::borders(chunks.iter().map(|chunk| chunk.draws).sum())
        .map(|border| span::early_checkpoint(layout, &chunks[..border / CHUNK], alternatives))
        .collect()
}
