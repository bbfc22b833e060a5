//! In which order points are evaluated, and how many at once: neighbours share most.
use super::points::SweepStudy;
use crate::failure::Failure;
use mkba_core::graph::Inspection;
use mkba_core::sweep::{Asked, Batch};
use mkba_lang::declarations::Combination;
use rayon::prelude::*;

/// Nodes of a batch: beyond this the rows of a block leave the caches, and sharing more gains nothing.
const NODES: usize = 40_000;
/// Points of a batch at most.
const MOST_POINTS: usize = 64;

/// The points in batches: every point in one of them.
pub fn batches(study: &SweepStudy, points: usize, threads: usize) -> Result<Vec<Vec<usize>>, Failure> {
    let sweep = study.sweep();
    let costs: Vec<Cost> = (0..sweep.axes.len())
        .into_par_iter()
        .map(|axis| cost(study, axis))
        .collect::<Result<_, Failure>>()?;
    let mut order: Vec<usize> = (0..points).collect();
    let mut axes: Vec<usize> = (0..sweep.axes.len()).collect();
    if sweep.combination == Combination::Grid {
        // What costs most changes least often.
        axes.sort_by_key(|&axis| (std::cmp::Reverse(costs[axis].operations), axis));
        order.sort_by_key(|&point| {
            let values = sweep.point(point);
            axes.iter().map(|&axis| values[axis]).collect::<Vec<usize>>()
        });
    }
    let added: usize = match sweep.combination {
        Combination::Grid => axes.last().map_or(0, |&axis| costs[axis].nodes),
        Combination::List => costs.iter().map(|cost| cost.nodes).sum(),
    };
    let alone = costs.first().map_or(0, |cost| cost.alone);
    Ok(portions(&order, Nodes { alone, added }, threads))
}

/// Nodes of a point by itself, and what the next one in order adds to them.
#[derive(Debug, Clone, Copy)]
pub struct Nodes {
    /// Of one point.
    pub alone: usize,
    /// Of the next, beside those that are the same.
    pub added: usize,
}

/// Points in batches, in this order, so many as fit.
pub fn portions(order: &[usize], nodes: Nodes, threads: usize) -> Vec<Vec<usize>> {
    let points = order.len();
    let fit = NODES.saturating_sub(nodes.alone) / nodes.added.max(1) + 1;
    let size = fit.min(MOST_POINTS).min(points.div_ceil(threads)).max(1);
    // As many in each batch, so that threads have as much to do.
    let count = points.div_ceil(size);
    (0..count)
        .map(|batch| order[batch * points / count..(batch + 1) * points / count].to_vec())
        .filter(|batch| !batch.is_empty())
        .collect()
}

/// What another value of an axis costs.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// Operations a draw.
    operations: u64,
    /// Nodes.
    nodes: usize,
    /// Nodes of one point.
    alone: usize,
}

fn cost(study: &SweepStudy, axis: usize) -> Result<Cost, Failure> {
    let axis = &study.sweep().axes[axis];
    let first = study.formulate(&[axis.setting(0)])?;
    let last = study.formulate(&[axis.setting(axis.values.len() - 1)])?;
    let size = |batch: Option<Batch>| {
        batch.map_or((u64::MAX, usize::MAX), |batch| {
            let compiled = &batch.compiled;
            (compiled.program.operations_per_draw(), compiled.graph.nodes().len())
        })
    };
    let (operations, nodes) = size(Batch::of(std::slice::from_ref(&first), Asked::BalancesAndFlows));
    let (both, nodes_of_both) = size(Batch::of(&[first, last], Asked::BalancesAndFlows));
    Ok(Cost {
        operations: both.saturating_sub(operations),
        nodes: nodes_of_both.saturating_sub(nodes),
        alone: nodes,
    })
}
