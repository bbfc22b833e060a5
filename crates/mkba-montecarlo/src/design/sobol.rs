//! Scrambled Sobol sequences: 16 interleaved replicates, so that their spread tells the error.
//!
//! Draw d belongs to replicate `d mod 16` and takes point `d div 16` of the Sobol sequence in the dimension of the input.
//! Each input and replicate scrambles its dimension on its own by nested uniform scrambling (Owen 1995, "Randomly permuted
//! (t,m,s)-nets and (t,s)-sequences"), computed by a hash whose bits depend on higher bits of the point only (Laine and
//! Karras 2011, Computer Graphics Forum 30(4), 1265-1276; Burley 2020, Journal of Computer Graphics Techniques 9(4), 1-20).
//!
//! The leading 32 bits go through the hash with the constants of Vegdahl (2021, "Building a better LK hash"); the other 20
//! are flipped by a hash of all 32, so they are random for the first 2^32 points of a replicate, and shifted together after.

use super::dimensions::{Dimensions, MOST_DIMENSIONS};
use super::directions::{BITS, directions};
use super::latin_hypercube::mixed;
use super::{Axis, Design};
use crate::contract::{Stream, design_words, unit_of_mantissa};
use crate::standard_error::{REPLICATES, Unit};
use mkba_core::lane::{Isa, Kernel};

/// Bits below those that go through the nested hash.
const LOW_BITS: u32 = 20;
const LOW_MASK: u32 = (1 << LOW_BITS) - 1;
/// Counters of the keys of replicates, apart from those of blocks.
const FIRST_KEY: u64 = 1 << 62;

/// Sobol sequences, scrambled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sobol {
    /// The seed of the study.
    pub seed: u64,
    /// The dimension of each input.
    pub dimensions: Dimensions,
}

impl Design for Sobol {
    fn name(&self) -> &'static str {
        super::Kind::Sobol.name()
    }

    fn unit(&self) -> Unit {
        Unit::Replicate
    }

    fn axis(&self, name: &str) -> Result<Box<dyn Axis>, String> {
        let dimension = self
            .dimensions
            .of(name)
            .ok_or_else(|| "has no dimension of the Sobol sequence".to_owned())?;
        let directions = directions(dimension).ok_or_else(|| {
            format!("has dimension {dimension} of the Sobol sequence, which has {MOST_DIMENSIONS} here")
        })?;
        Ok(Box::new(Sequence::new(self.seed, Stream::of(name), &directions)))
    }
}

/// A point: its leading 32 bits, highest bit last, and the 20 bits below them.
#[derive(Debug, Clone, Copy, Default)]
struct Point {
    reversed: u32,
    low: u32,
}

impl Point {
    fn of(bits: u64) -> Point {
        Point {
            reversed: ((bits >> LOW_BITS) as u32).reverse_bits(),
            low: bits as u32 & LOW_MASK,
        }
    }
}

/// Keys of the scrambling, one a replicate.
struct Keys {
    add: [u32; REPLICATES],
    multiply: [u32; REPLICATES],
    add_later: [u32; REPLICATES],
    low: [u32; REPLICATES],
}

struct Sequence {
    directions: [Point; BITS],
    keys: Keys,
}

impl Sequence {
    fn new(seed: u64, stream: Stream, directions: &[u64; BITS]) -> Sequence {
        let words: [[u32; 4]; REPLICATES] =
            std::array::from_fn(|replicate| design_words(seed, stream, FIRST_KEY + replicate as u64));
        Sequence {
            directions: directions.map(Point::of),
            keys: Keys {
                add: words.map(|words| words[0]),
                multiply: words.map(|words| words[1] | 1),
                add_later: words.map(|words| words[2]),
                low: words.map(|words| words[3]),
            },
        }
    }

    /// A point of the sequence before scrambling; the number counts modulo 2^52.
    #[inline(always)]
    fn point(&self, number: u64) -> Point {
        let mut point = Point::default();
        let mut left = number & ((1 << BITS) - 1);
        while left != 0 {
            let direction = self.directions[left.trailing_zeros() as usize % BITS];
            point.reversed ^= direction.reversed;
            point.low ^= direction.low;
            left &= left - 1;
        }
        point
    }

    /// The point as it is in each replicate.
    #[inline(always)]
    fn scrambled(&self, point: Point, out: &mut [f64; REPLICATES]) {
        let Keys {
            add,
            multiply,
            add_later,
            low,
        } = &self.keys;
        let mut high = [0_u32; REPLICATES];
        let mut below = [0_u32; REPLICATES];
        for replicate in 0..REPLICATES {
            // Each step changes a bit by lower bits and keys only: here the lowest bit is the highest of the point.
            let mut x = point.reversed;
            x ^= x.wrapping_mul(0x3d20_adea);
            x = x.wrapping_add(add[replicate]);
            x = x.wrapping_mul(multiply[replicate]);
            x ^= x.wrapping_mul(0x0552_6c56);
            x = x.wrapping_add(add_later[replicate]);
            x ^= x.wrapping_mul(0x53a2_2864);
            high[replicate] = x.reverse_bits();
            below[replicate] = point.low ^ (mixed(x ^ low[replicate]) & LOW_MASK);
        }
        for ((high, below), u) in high.iter().zip(&below).zip(out) {
            *u = unit_of_mantissa((u64::from(*high) << LOW_BITS) | u64::from(*below));
        }
    }
}

impl Axis for Sequence {
    fn uniforms(&self, isa: Isa, first_draw: u64, out: &mut [f64]) {
        isa.run(Points {
            sequence: self,
            first_draw,
            out,
        });
    }
}

struct Points<'a> {
    sequence: &'a Sequence,
    first_draw: u64,
    out: &'a mut [f64],
}

impl Kernel for Points<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Points {
            sequence,
            first_draw,
            out,
        } = self;
        let mut number = first_draw / REPLICATES as u64;
        let skipped = (first_draw % REPLICATES as u64) as usize;
        let ahead = out.len().min((REPLICATES - skipped) % REPLICATES);
        let (part, rest) = out.split_at_mut(ahead);
        let mut whole = [0.0; REPLICATES];
        if !part.is_empty() {
            sequence.scrambled(sequence.point(number), &mut whole);
            part.copy_from_slice(&whole[skipped..skipped + ahead]);
            number += 1;
        }
        let (rows, rest) = rest.as_chunks_mut::<REPLICATES>();
        for row in rows {
            sequence.scrambled(sequence.point(number), row);
            number += 1;
        }
        if !rest.is_empty() {
            sequence.scrambled(sequence.point(number), &mut whole);
            rest.copy_from_slice(&whole[..rest.len()]);
        }
    }
}

#[cfg(test)]
#[path = "sobol_tests.rs"]
mod tests;
