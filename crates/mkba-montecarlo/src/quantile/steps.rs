//! Distributions on listed values: the least value whose cumulative probability reaches u.

use super::{BLOCK, Block};
use mkba_core::lane::math::{ceil, select};

/// Up to this many values all are compared, lane by lane in vectors; beyond it a search by halving.
const FEW: usize = 24;

/// 2^52.
const WHOLE: f64 = 4_503_599_627_370_496.0;

#[derive(Debug, Clone)]
pub(super) struct Discrete {
    values: Vec<f64>,
    /// Probability of all values up to each one but the last.
    thresholds: Vec<f64>,
}

impl Discrete {
    /// Values between `min` and `max`, their probabilities raised to sum to one.
    pub(super) fn new(values: &[f64], probabilities: &[f64], min: f64, max: f64) -> Discrete {
        let kept: Vec<(f64, f64)> = values
            .iter()
            .copied()
            .zip(probabilities.iter().copied())
            .filter(|(value, _)| (min..=max).contains(value))
            .collect();
        let total: f64 = kept.iter().map(|(_, probability)| probability).sum();
        let mut below = 0.0;
        let mut thresholds: Vec<f64> = kept
            .iter()
            .map(|(_, probability)| {
                below += probability;
                below / total
            })
            .collect();
        thresholds.pop();
        Discrete {
            values: kept.into_iter().map(|(value, _)| value).collect(),
            thresholds,
        }
    }

    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Some((first, others)) = self.values.split_first() else {
            return;
        };
        if others.len() < FEW {
            let mut found = [*first; BLOCK];
            for (threshold, value) in self.thresholds.iter().zip(others) {
                for (found, u) in found.iter_mut().zip(lanes.iter()) {
                    *found = select(*u > *threshold, *value, *found);
                }
            }
            *lanes = found;
        } else {
            for lane in lanes {
                *lane = self.values[self.thresholds.partition_point(|threshold| *threshold < *lane)];
            }
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Empirical {
    values: Vec<f64>,
}

impl Empirical {
    /// Observations between `min` and `max`.
    pub(super) fn new(values: &[f64], min: f64, max: f64) -> Empirical {
        Empirical {
            values: values
                .iter()
                .copied()
                .filter(|value| (min..=max).contains(value))
                .collect(),
        }
    }

    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Some(last) = self.values.len().checked_sub(1) else {
            return;
        };
        let count = self.values.len() as f64;
        for lane in lanes {
            // The whole number stands in the low bits of 2^52 plus itself.
            let place = (ceil(*lane * count) - 1.0 + WHOLE).to_bits() - WHOLE.to_bits();
            *lane = self.values[(place as usize).min(last)];
        }
    }
}
