//! The standard error of a mean, from what is independent in a design.
//!
//! Draws of a Latin hypercube or of a Sobol sequence are not independent of each other, so `sd / sqrt(n)` says nothing about
//! their mean. Blocks, replicates and pairs are independent: the error follows from the spread of their means.
//!
//! With unit u of n_u draws and mean m_u, and the mean m of all n draws in U units, the standard error is
//! `sqrt(Σ n_u (m_u - m)² / ((U - 1) n))`. A unit that the last draw cuts short weighs less. With one draw a unit this is
//! `sd / sqrt(n)`. (Cochran 1977, *Sampling techniques*, section 9A: clusters; Owen 1997, SIAM Journal on Numerical Analysis
//! 34(5), 1884-1910: replicates of scrambled points.)

use crate::design::latin_hypercube::BLOCK;
use crate::summary::{CHUNK, Moments, merge_tree};

/// Interleaved replicates of the Sobol design.
pub const REPLICATES: usize = 16;

/// Fewer blocks than this tell too little of their own spread.
const LEAST_BLOCKS: f64 = 8.0;

// A chunk is whole units: blocks are chunks, and pairs and rounds of replicates divide them.
const _: () = assert!(BLOCK as usize == CHUNK && CHUNK.is_multiple_of(2 * REPLICATES));

/// What is independent of each other in a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Every draw.
    Draw,
    /// Draws `2 i` and `2 i + 1` together.
    Pair,
    /// Aligned blocks of 1024 draws.
    Block,
    /// Draws with the same remainder of their number by 16.
    Replicate,
}

/// The spread between the units of some consecutive chunks of draws. Merged in a fixed tree, as [`Moments`] are.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// Moments of unit means, weighted by draws, and the number of units.
    Units { between: Moments, units: f64 },
    /// Moments of each replicate.
    Replicates(Box<[Moments; REPLICATES]>),
}

impl Spread {
    /// Of the values of one chunk in the order of the draws; the first belongs to a multiple of [`CHUNK`].
    #[must_use]
    pub fn of_chunk(unit: Unit, values: &[f64]) -> Spread {
        Spread(match unit {
            Unit::Draw => Kind::Units {
                between: Moments::of_chunk(values),
                units: values.len() as f64,
            },
            Unit::Pair => pairs(values),
            Unit::Block => Kind::Units {
                between: Moments::of_chunk(values).as_one(),
                units: if values.is_empty() { 0.0 } else { 1.0 },
            },
            Unit::Replicate => {
                let mut column = [0.0; CHUNK / REPLICATES];
                Kind::Replicates(Box::new(std::array::from_fn(|replicate| {
                    let mut count = 0;
                    for (place, value) in column.iter_mut().zip(values.iter().skip(replicate).step_by(REPLICATES)) {
                        *place = *value;
                        count += 1;
                    }
                    Moments::of_chunk(&column[..count])
                })))
            }
        })
    }

    /// Of consecutive chunks from chunk 0 on, in the tree of [`Moments::merge_chunks`]; none without chunks.
    #[must_use]
    pub fn merge_chunks(chunks: &[Spread]) -> Option<Spread> {
        merge_tree(chunks.len(), |chunk| chunks[chunk].clone(), |a, b| a.merge(&b))
    }

    /// Of both together, of the same unit. Not associative in its last bits: merge in tree order.
    #[must_use]
    pub fn merge(self, other: &Spread) -> Spread {
        Spread(match (self.0, &other.0) {
            (
                Kind::Units { between, units },
                Kind::Units {
                    between: others,
                    units: more,
                },
            ) => Kind::Units {
                between: between.merge(*others),
                units: units + more,
            },
            (Kind::Replicates(mut own), Kind::Replicates(others)) => {
                for (own, other) in own.iter_mut().zip(others.iter()) {
                    *own = own.merge(*other);
                }
                Kind::Replicates(own)
            }
            // Of different units: a caller's mistake that loses no draw of its own.
            (own, _) => own,
        })
    }

    /// The numbers it consists of, to be stored.
    pub(crate) fn numbers(&self) -> Vec<f64> {
        match &self.0 {
            Kind::Units { between, units } => between.parts().into_iter().chain([*units]).collect(),
            Kind::Replicates(replicates) => replicates.iter().flat_map(|one| one.parts()).collect(),
        }
    }

    /// From the numbers it consists of; none of another count of numbers.
    pub(crate) fn of_numbers(numbers: &[f64]) -> Option<Spread> {
        if let [count, mean, squares, units] = *numbers {
            return Some(Spread(Kind::Units {
                between: Moments::from_parts([count, mean, squares]),
                units,
            }));
        }
        let (parts, rest) = numbers.as_chunks::<3>();
        let parts: &[[f64; 3]; REPLICATES] = parts.try_into().ok()?;
        rest.is_empty()
            .then(|| Spread(Kind::Replicates(Box::new(parts.map(Moments::from_parts)))))
    }

    /// The standard error of the mean of all draws, whose moments are `all`.
    ///
    /// Where units are too few to tell (fewer than 8 blocks, a replicate without draws), it is that of independent draws,
    /// which for a Latin hypercube is no less than its own but for a factor n / (n - 1) of the variance (Owen 1997, "Monte
    /// Carlo variance of scrambled net quadrature", corollary on Latin hypercubes). NaN of fewer than two draws.
    #[must_use]
    pub fn standard_error(&self, all: Moments) -> f64 {
        let (between, units) = match &self.0 {
            Kind::Units { between, units } => (*between, *units),
            Kind::Replicates(replicates) => {
                let with_draws = replicates.iter().filter(|one| one.count() > 0).count();
                let between = replicates
                    .iter()
                    .fold(Moments::EMPTY, |sum, one| sum.merge(one.as_one()));
                (
                    between,
                    if with_draws < REPLICATES {
                        0.0
                    } else {
                        REPLICATES as f64
                    },
                )
            }
        };
        let few = match self.0 {
            Kind::Units { .. } => units < LEAST_BLOCKS,
            Kind::Replicates(_) => units == 0.0,
        };
        if few {
            return all.standard_error();
        }
        between.standard_error_of_units(units)
    }
}

/// The standard error of the mean of all values, from draw 0 on.
#[must_use]
pub fn standard_error(unit: Unit, values: &[f64]) -> f64 {
    let chunks: Vec<Spread> = values
        .chunks(CHUNK)
        .map(|chunk| Spread::of_chunk(unit, chunk))
        .collect();
    Spread::merge_chunks(&chunks).map_or(f64::NAN, |spread| spread.standard_error(Moments::of(values)))
}

fn pairs(values: &[f64]) -> Kind {
    let (pairs, last) = values.as_chunks::<2>();
    let mut means = [0.0; CHUNK / 2];
    for (mean, [even, odd]) in means.iter_mut().zip(pairs) {
        *mean = 0.5 * (even + odd);
    }
    let whole = Moments::of_chunk(&means[..pairs.len()]).times(2.0);
    Kind::Units {
        between: whole.merge(Moments::of_chunk(last)),
        units: (pairs.len() + last.len()) as f64,
    }
}

#[cfg(test)]
#[path = "standard_error_tests.rs"]
mod tests;
