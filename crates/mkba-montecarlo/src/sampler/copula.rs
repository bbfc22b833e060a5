//! The Gaussian copula: uniforms that move together, each still made from the uniforms of streams.
//!
//! With uniforms u of the members, normal scores z = Φ⁻¹(u) and the factor L of their correlations, the member i gets
//! Φ(Σ L_ij z_j). The first member, and each one that is correlated with none before it, keeps its uniforms as they are; the
//! others depend on the streams of the members before them too.

use crate::quantile::Quantile;
use mkba_core::input::{Dependence, Distribution};
use mkba_core::lane::math::{clamp, normal_probability};
use mkba_core::lane::{Isa, Kernel};

/// 2^-53, the least uniform of any design.
const LEAST: f64 = 1.0 / 9_007_199_254_740_992.0;

/// One dependence by Gaussian copula.
pub(super) struct Copula {
    members: Vec<usize>,
    rows: Vec<Vec<f64>>,
    standard_normal: Quantile,
}

impl Copula {
    pub(super) fn new(dependence: &Dependence) -> Copula {
        let standard_normal = Quantile::new(&Distribution::Normal { mean: 0.0, sd: 1.0 });
        Copula {
            members: dependence.members.clone(),
            rows: dependence.rows.clone(),
            standard_normal: standard_normal.expect("the standard normal distribution has possible parameters"),
        }
    }

    pub(super) fn members(&self) -> usize {
        self.members.len()
    }

    /// Replaces the independent uniforms of the members in `out`.
    pub(super) fn mix(&self, isa: Isa, scores: &mut [f64], lanes: usize, out: &mut [f64]) {
        isa.run(Mix {
            copula: self,
            scores: &mut scores[..self.members.len() * lanes],
            lanes,
            out,
        });
    }
}

struct Mix<'a> {
    copula: &'a Copula,
    scores: &'a mut [f64],
    lanes: usize,
    out: &'a mut [f64],
}

impl Kernel for Mix<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Mix {
            copula,
            scores,
            lanes,
            out,
        } = self;
        for (member, score) in copula.members.iter().zip(scores.chunks_exact_mut(lanes)) {
            score.copy_from_slice(&out[member * lanes..][..lanes]);
            copula.standard_normal.apply(score);
        }
        for (member, row) in copula.members.iter().zip(&copula.rows) {
            let Some((own, others)) = row.split_last() else {
                continue;
            };
            if others.iter().all(|weight| *weight == 0.0) {
                continue;
            }
            let place = &mut out[member * lanes..][..lanes];
            let (before, from_own) = scores.split_at(others.len() * lanes);
            for (value, score) in place.iter_mut().zip(from_own) {
                *value = own * score;
            }
            for (weight, scores) in others.iter().zip(before.chunks_exact(lanes)) {
                for (value, score) in place.iter_mut().zip(scores) {
                    *value += weight * score;
                }
            }
            for value in place {
                *value = clamp(normal_probability(*value), LEAST, 1.0 - LEAST);
            }
        }
    }
}
