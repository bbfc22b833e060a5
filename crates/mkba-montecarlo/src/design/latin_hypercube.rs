//! Latin hypercube within aligned blocks of 1024 draws (McKay, Beckman and Conover 1979, Technometrics 21(2), 239-245).
//!
//! In block b = draw div 1024, draw number i of the block lies in stratum π(i) of 1024 equal strata: π is a permutation of
//! its own for each seed, stream and block. One hypercube over all draws could be neither extended nor computed in parts,
//! and its standard error could not be told from its draws; whole blocks are independent of each other.
//!
//! π is a network of six Feistel rounds on 5 + 5 bits (Luby and Rackoff 1988, SIAM Journal on Computing 17(2), 373-386):
//! a permutation for any round function, computed for each draw by itself. Within its stratum a draw keeps the leading 42
//! bits of its ordinary uniform.

use super::random::Uniforms;
use super::{Axis, Design};
use crate::contract::{HALF_STEP, Stream, design_words, unit_of_mantissa};
use crate::standard_error::Unit;
use mkba_core::lane::{Isa, Kernel};

/// Draws in a block, and strata of an input.
pub const BLOCK: u64 = 1024;
const ROUNDS: usize = 6;
const HALF_BITS: u32 = 5;
const HALF_MASK: u32 = (1 << HALF_BITS) - 1;
/// Bits of a uniform below its stratum.
const JITTER_BITS: u32 = 42;
/// Lanes worked on at once.
const LANES: usize = 64;

/// One draw in each of 1024 strata, for each input, in each block of 1024 draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LatinHypercube {
    /// The seed of the study.
    pub seed: u64,
}

impl Design for LatinHypercube {
    fn name(&self) -> &'static str {
        super::Kind::LatinHypercube.name()
    }

    fn unit(&self) -> Unit {
        Unit::Block
    }

    fn axis(&self, name: &str) -> Result<Box<dyn Axis>, String> {
        Ok(Box::new(Stratified {
            seed: self.seed,
            stream: Stream::of(name),
        }))
    }
}

struct Stratified {
    seed: u64,
    stream: Stream,
}

impl Axis for Stratified {
    fn uniforms(&self, isa: Isa, first_draw: u64, out: &mut [f64]) {
        let mut first = first_draw;
        let mut rest = out;
        while !rest.is_empty() {
            let place = first % BLOCK;
            let here = rest.len().min((BLOCK - place) as usize);
            let (piece, after) = rest.split_at_mut(here);
            isa.run(Strata {
                keys: round_keys(self.seed, self.stream, first / BLOCK),
                place: place as u32,
                ordinary: Uniforms {
                    seed: self.seed,
                    stream: self.stream,
                    first_draw: first,
                    out: piece,
                },
            });
            first = first.wrapping_add(here as u64);
            rest = after;
        }
    }
}

/// Keys of the rounds: the words of two counters of the block.
fn round_keys(seed: u64, stream: Stream, block: u64) -> [u32; ROUNDS] {
    let [a, b, c, d] = design_words(seed, stream, 2 * block);
    let [e, f, ..] = design_words(seed, stream, 2 * block + 1);
    [a, b, c, d, e, f]
}

/// The stratum of a place in a block.
#[inline(always)]
fn permuted(place: u32, keys: &[u32; ROUNDS]) -> u32 {
    let (mut left, mut right) = (place >> HALF_BITS, place & HALF_MASK);
    for key in keys {
        (left, right) = (right, left ^ (mixed(right ^ key) & HALF_MASK));
    }
    (left << HALF_BITS) | right
}

/// A mixing function of 32 bits (Wellons 2018, "Prospecting for hash functions", `lowbias32`).
#[inline(always)]
pub(super) fn mixed(mut x: u32) -> u32 {
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

struct Strata<'a> {
    keys: [u32; ROUNDS],
    place: u32,
    ordinary: Uniforms<'a>,
}

impl Kernel for Strata<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Strata { keys, place, ordinary } = self;
        let Uniforms {
            seed,
            stream,
            first_draw,
            out,
        } = ordinary;
        Uniforms {
            seed,
            stream,
            first_draw,
            out: &mut *out,
        }
        .run();
        let mut first = place;
        let (blocks, rest) = out.as_chunks_mut::<LANES>();
        for block in blocks {
            stratify(block, first, &keys);
            first += LANES as u32;
        }
        if !rest.is_empty() {
            let mut block = [0.5 + HALF_STEP; LANES];
            block[..rest.len()].copy_from_slice(rest);
            stratify(&mut block, first, &keys);
            rest.copy_from_slice(&block[..rest.len()]);
        }
    }
}

/// Puts ordinary uniforms of consecutive places in their strata.
#[inline(always)]
fn stratify(lanes: &mut [f64; LANES], first: u32, keys: &[u32; ROUNDS]) {
    const MANTISSA: u64 = (1 << 52) - 1;
    let mut strata = [0_u32; LANES];
    for (place, stratum) in (0_u32..).zip(&mut strata) {
        *stratum = permuted(first + place, keys);
    }
    for (lane, stratum) in lanes.iter_mut().zip(&strata) {
        // u - 2^-53 + 1 is exact: its mantissa is the 52 bits of the ordinary uniform.
        let bits = (*lane - HALF_STEP + 1.0).to_bits() & MANTISSA;
        let jitter = bits >> (52 - JITTER_BITS);
        *lane = unit_of_mantissa((u64::from(*stratum) << JITTER_BITS) | jitter);
    }
}

#[cfg(test)]
#[path = "latin_hypercube_tests.rs"]
mod tests;
