//! In which order points are evaluated, and how many at once: neighbours share most.
use super::batches::Points;
use super::points::SweepStudy;
use crate::failure::Failure;
use crate::pipeline::BLOCK;
use mkba_core::graph::Inspection;
use mkba_core::sweep::{Asked, Batch, MOST_NODES};
use mkba_lang::declarations::Combination;
use rayon::prelude::*;

/// Points of a batch at most.
const MOST_POINTS: usize = 64;

/// The points in batches: every point in one of them.
pub fn batches(study: &SweepStudy, points: usize, threads: usize) -> Result<Vec<Vec<usize>>, Failure> {
    let sweep = study.sweep();
    let alone = alone(study)?;
    let steps: Vec<Cost> = (0..sweep.axes.len())
        .into_par_iter()
        .map(|axis| step(study, axis))
        .collect::<Result<_, Failure>>()?;
    let mut order: Vec<usize> = (0..points).collect();
    if sweep.combination == Combination::Grid {
        // What costs most changes least often.
        let mut axes: Vec<usize> = (0..sweep.axes.len()).collect();
        axes.sort_by_key(|&axis| (std::cmp::Reverse(steps[axis].operations), axis));
        order.sort_by_key(|&point| {
            let values = sweep.point(point);
            axes.iter().map(|&axis| values[axis]).collect::<Vec<usize>>()
        });
    }
    let most = MOST_POINTS.min(points.div_ceil(threads));
    let added = order.windows(2).take(most.saturating_sub(1)).map(|two| {
        let (before, after) = (sweep.point(two[0]), sweep.point(two[1]));
        let changed = (0..steps.len()).filter(|&axis| before[axis] != after[axis]);
        changed.fold(Cost::default(), |sum, axis| sum.with(steps[axis]))
    });
    Ok(portions(&order, size(alone, added, threads)))
}

/// Neighbours of which the cost is measured, at most.
const MOST_MEASURED: usize = 8;

/// Points in this order in batches, sized by what some of them cost beside those before them.
///
/// # Errors
/// A point is faulty.
pub fn batches_along(
    order: &[usize],
    points: &dyn Points,
    asked: Asked,
    threads: usize,
) -> Result<Vec<Vec<usize>>, Failure> {
    let neighbours: Vec<&[usize]> = order.windows(2).collect();
    let every = neighbours.len().div_ceil(MOST_MEASURED).max(1);
    let measured: Vec<Cost> = neighbours
        .par_iter()
        .step_by(every)
        .map(|two| {
            let (before, after) = (points.formulate(two[0])?, points.formulate(two[1])?);
            let one = Cost::of(Batch::of(std::slice::from_ref(&before), asked).as_ref());
            Ok(Cost::of(Batch::of(&[before, after], asked).as_ref()).beyond(one))
        })
        .collect::<Result<_, Failure>>()?;
    let Some(&first) = order.first() else {
        return Ok(Vec::new());
    };
    let alone = Cost::of(Batch::of(&[points.formulate(first)?], asked).as_ref());
    let most = MOST_POINTS.min(order.len().div_ceil(threads));
    let added = measured.iter().flat_map(|&cost| std::iter::repeat_n(cost, every));
    Ok(portions(
        order,
        size(alone, added.take(most.saturating_sub(1)), threads),
    ))
}

/// Points in batches of at most this size, as many in each, so that threads have as much to do.
fn portions(order: &[usize], size: usize) -> Vec<Vec<usize>> {
    let (points, count) = (order.len(), order.len().div_ceil(size));
    (0..count)
        .map(|batch| order[batch * points / count..(batch + 1) * points / count].to_vec())
        .filter(|batch| !batch.is_empty())
        .collect()
}

/// What a program costs, or what it costs more.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    /// Operations a draw.
    operations: u64,
    /// Nodes.
    nodes: usize,
    /// Bytes of rows of a block.
    bytes: u64,
}

impl Cost {
    fn of(batch: Option<&Batch>) -> Self {
        match batch {
            Some(batch) => Self {
                operations: batch.compiled.program.operations_per_draw(),
                nodes: batch.compiled.graph.nodes().len(),
                bytes: batch.bytes(BLOCK),
            },
            // Too large for one program.
            None => Self {
                operations: u64::MAX,
                nodes: usize::MAX,
                bytes: u64::MAX,
            },
        }
    }

    fn with(self, more: Self) -> Self {
        Self {
            operations: self.operations.saturating_add(more.operations),
            nodes: self.nodes.saturating_add(more.nodes),
            bytes: self.bytes.saturating_add(more.bytes),
        }
    }

    fn beyond(self, less: Self) -> Self {
        Self {
            operations: self.operations.saturating_sub(less.operations),
            nodes: self.nodes.saturating_sub(less.nodes),
            bytes: self.bytes.saturating_sub(less.bytes),
        }
    }
}

/// The cost of a point alone.
fn alone(study: &SweepStudy) -> Result<Cost, Failure> {
    Ok(Cost::of(
        Batch::of(&[study.formulate(&[])?], Asked::BalancesAndFlows).as_ref(),
    ))
}

/// What another value of an axis costs beside a point that differs in nothing else.
fn step(study: &SweepStudy, axis: usize) -> Result<Cost, Failure> {
    let axis = &study.sweep().axes[axis];
    let first = study.formulate(&[axis.setting(0)])?;
    let last = study.formulate(&[axis.setting(axis.values.len() - 1)])?;
    let asked = Asked::BalancesAndFlows;
    let one = Cost::of(Batch::of(std::slice::from_ref(&first), asked).as_ref());
    Ok(Cost::of(Batch::of(&[first, last], asked).as_ref()).beyond(one))
}

/// How many points take the least time each in one batch: `added` is what each next one costs.
///
/// The more points, the more is shared; but the rows of all of them are gone through once a year, and when they leave the last cache
/// an operation takes up to twice as long.
fn size(alone: Cost, added: impl Iterator<Item = Cost>, threads: usize) -> usize {
    let mut batch = alone;
    let time = |batch: Cost, points: usize| {
        batch.operations as f64 * slowdown(batch.bytes.saturating_mul(threads as u64)) / points as f64
    };
    let (mut best, mut least) = (1, time(batch, 1));
    for (points, more) in (2..).zip(added) {
        batch = batch.with(more);
        if batch.nodes > MOST_NODES {
            break;
        }
        let here = time(batch, points);
        if here < least {
            (best, least) = (points, here);
        }
    }
    best
}

/// How many times as long an operation takes with so many bytes of rows in all threads: measured on batches of 1 to 20 points of the
/// main study, where 32 MiB of cache are shared (`docs/design/performance.md`, Sweeps).
fn slowdown(bytes: u64) -> f64 {
    const MIB: f64 = (1 << 20) as f64;
    (1.0 + (bytes as f64 / MIB - 16.0) / 64.0).clamp(1.0, 2.0)
}

#[cfg(test)]
mod tests {
    use super::{Cost, size};
    use std::iter::repeat_n;

    const MIB: u64 = 1 << 20;

    fn cost(operations: u64, mib: u64) -> Cost {
        Cost {
            operations,
            nodes: 3_000,
            bytes: mib * MIB,
        }
    }

    fn step(operations: u64, mib: u64) -> Cost {
        Cost {
            nodes: 100,
            ..cost(operations, mib)
        }
    }

    #[test]
    fn what_is_nearly_all_shared_goes_into_one_batch() {
        assert_eq!(size(cost(1_000, 14), repeat_n(step(10, 0), 63), 1), 64);
    }

    #[test]
    fn what_shares_little_stays_in_the_cache() {
        let points = size(cost(1_000, 14), repeat_n(step(800, 6), 63), 1);
        assert!((2..=5).contains(&points), "{points}");
        assert!(size(cost(1_000, 14), repeat_n(step(800, 6), 63), 2) < points);
    }

    #[test]
    fn what_shares_nothing_is_evaluated_point_by_point() {
        assert_eq!(size(cost(1_000, 14), repeat_n(step(1_000, 14), 63), 1), 1);
    }

    #[test]
    fn a_batch_is_no_larger_than_a_program_can_be() {
        let step = Cost {
            nodes: 10_000,
            ..step(10, 0)
        };
        assert_eq!(size(cost(1_000, 14), repeat_n(step, 63), 1), 6);
    }
}
