//! Rank correlation by reordering (Iman and Conover 1982, Communications in Statistics B 11(3), 311-334), within aligned
//! blocks of 1024 draws.
//!
//! Each member keeps the uniforms it has in the block, so the strata of a Latin hypercube stay filled; only which draw gets
//! which changes. The scores that the method needs are those of the ranks the uniforms have anyway, so no other random number
//! is used. A draw depends on its whole block and on nothing else: it can still be computed alone.

use crate::design::Axis;
use crate::summary::CHUNK;
use mkba_core::input::Dependence;
use mkba_core::lane::Isa;
use mkba_core::lane::math::normal_quantile;
use nalgebra::{Cholesky, DMatrix};

/// One dependence by reordering.
pub(super) struct ImanConover {
    members: Vec<usize>,
    rows: Vec<Vec<f64>>,
    /// Normal scores of the ranks (van der Waerden): `Φ⁻¹(rank / 1025)`, rank from 1.
    scores: Vec<f64>,
}

/// The last block that was reordered, and room to reorder the next.
#[derive(Debug, Default)]
pub(super) struct Reordered {
    block: Option<u64>,
    /// `[member][draw]`
    uniforms: Vec<f64>,
    columns: Vec<f64>,
    mixed: Vec<f64>,
    order: Vec<(u64, u16)>,
    correlations: DMatrix<f64>,
}

impl ImanConover {
    pub(super) fn new(dependence: &Dependence) -> ImanConover {
        ImanConover {
            members: dependence.members.clone(),
            rows: dependence.rows.clone(),
            scores: (1..=CHUNK)
                .map(|rank| normal_quantile(rank as f64 / (CHUNK + 1) as f64))
                .collect(),
        }
    }

    pub(super) fn memory(&self) -> Reordered {
        let count = self.members.len();
        Reordered {
            block: None,
            uniforms: vec![0.0; count * CHUNK],
            columns: vec![0.0; count * CHUNK],
            mixed: vec![0.0; CHUNK],
            order: Vec::with_capacity(CHUNK),
            correlations: DMatrix::zeros(count, count),
        }
    }

    /// Replaces the independent uniforms of the members in `out`.
    pub(super) fn reorder<'a>(
        &self,
        isa: Isa,
        axis: impl Fn(usize) -> &'a dyn Axis,
        memory: &mut Reordered,
        first_draw: u64,
        lanes: usize,
        out: &mut [f64],
    ) {
        let mut done = 0;
        while done < lanes {
            let draw = first_draw.wrapping_add(done as u64);
            let block = draw / CHUNK as u64;
            let place = (draw % CHUNK as u64) as usize;
            let here = (lanes - done).min(CHUNK - place);
            if memory.block != Some(block) {
                self.reorder_block(isa, &axis, memory, block);
                memory.block = Some(block);
            }
            for (member, uniforms) in self.members.iter().zip(memory.uniforms.chunks_exact(CHUNK)) {
                out[member * lanes + done..][..here].copy_from_slice(&uniforms[place..][..here]);
            }
            done += here;
        }
    }

    fn reorder_block<'a>(&self, isa: Isa, axis: &impl Fn(usize) -> &'a dyn Axis, memory: &mut Reordered, block: u64) {
        let Reordered {
            uniforms,
            columns,
            mixed,
            order,
            correlations,
            ..
        } = memory;
        let count = self.members.len();
        for ((member, uniforms), column) in self
            .members
            .iter()
            .zip(uniforms.chunks_exact_mut(CHUNK))
            .zip(columns.chunks_exact_mut(CHUNK))
        {
            axis(*member).uniforms(isa, block * CHUNK as u64, uniforms);
            rank(uniforms, order);
            for ((_, draw), score) in order.iter().zip(&self.scores) {
                column[usize::from(*draw)] = *score;
            }
        }
        let column = |member: usize| member * CHUNK..(member + 1) * CHUNK;
        let square: f64 = self.scores.iter().map(|score| score * score).sum();
        for i in 0..count {
            for j in 0..=i {
                let sum: f64 = columns[column(i)]
                    .iter()
                    .zip(&columns[column(j)])
                    .map(|(a, b)| a * b)
                    .sum();
                correlations[(i, j)] = sum / square;
            }
        }
        // The scores have correlations by chance; with them taken out, those asked for are put in.
        let Some(chance) = Cholesky::new(std::mem::take(correlations)) else {
            // Scores that determine each other are left in their own order.
            *correlations = DMatrix::zeros(count, count);
            return;
        };
        let chance = chance.unpack_dirty();
        for i in 0..count {
            let (before, own) = columns.split_at_mut(i * CHUNK);
            let own = &mut own[..CHUNK];
            for (j, other) in before.chunks_exact(CHUNK).enumerate() {
                let weight = chance[(i, j)];
                for (value, other) in own.iter_mut().zip(other) {
                    *value -= weight * other;
                }
            }
            for value in own {
                *value /= chance[(i, i)];
            }
        }
        for (i, (row, uniforms)) in self
            .rows
            .iter()
            .zip(uniforms.chunks_exact_mut(CHUNK))
            .enumerate()
            .skip(1)
        {
            mixed.fill(0.0);
            for (weight, column) in row.iter().zip(columns.chunks_exact(CHUNK)) {
                for (value, score) in mixed.iter_mut().zip(column) {
                    *value += weight * score;
                }
            }
            debug_assert_eq!(row.len(), i + 1);
            rank(mixed, order);
            uniforms.sort_unstable_by(f64::total_cmp);
            // The place of rank r gets the uniform of rank r; `mixed` is free now and takes them.
            for ((_, draw), uniform) in order.iter().zip(uniforms.iter()) {
                mixed[usize::from(*draw)] = *uniform;
            }
            uniforms.copy_from_slice(mixed);
        }
        *correlations = chance;
    }
}

/// Numbers of the values in rising order; equal values in order of number.
fn rank(values: &[f64], order: &mut Vec<(u64, u16)>) {
    const SIGN: u64 = 1 << 63;
    order.clear();
    order.extend((0_u16..).zip(values).map(|(number, value)| {
        let bits = value.to_bits();
        // Rising bits for rising numbers of either sign.
        (if bits & SIGN == 0 { bits | SIGN } else { !bits }, number)
    }));
    order.sort_unstable();
}
