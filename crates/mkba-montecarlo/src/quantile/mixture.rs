//! Mixtures: the inverse of a weighted sum of distribution functions, as a table with pieces as fine as it needs.
//!
//! Each half of the unit interval is cut where the distribution function jumps or has a corner, at every binade of
//! min(u, 1 - u), and then in halves until the polynomial of degree 5 through exactly inverted points gives back the
//! probabilities between them. Where it jumps, the inverse is constant. A guide by binade and leading fraction bits finds the
//! first piece that a uniform can be in.

use super::Block;
use super::distribution_function::{DistributionFunction, corners};
use super::table::{NODES, Piece, through_nodes};
use mkba_core::input::Distribution;

/// Binades of a half: down to 2^-55, below the least uniform of any design.
const BINADES: i32 = 54;
/// Cells of the guide in a binade.
const CELL_BITS: u32 = 4;
const CELLS: usize = BINADES as usize * (1 << CELL_BITS);
/// Exponent and fraction bits of 2^-55, where the guide begins.
const FIRST_CELL: u64 = (1023 - 55) << CELL_BITS;
/// A piece may miss a value by this part of the value or of the central range, whichever is more.
const TOLERANCE: f64 = 1e-11;
/// Halvings of a piece; after these it is as narrow as the steps of the uniforms.
const MOST_HALVINGS: u32 = 50;

/// The inverse distribution function of a mixture.
#[derive(Debug)]
pub(super) struct Mixture {
    lower: Half,
    upper: Half,
}

/// The inverse by the probability of one tail.
#[derive(Debug)]
struct Half {
    /// Where each piece begins, rising, and its width.
    starts: Vec<(f64, f64)>,
    pieces: Vec<Piece>,
    /// The piece in which each cell begins; one more for the end.
    guide: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

impl Mixture {
    /// Of a valid distribution.
    ///
    /// # Errors
    /// A sentence, when a truncation leaves next to nothing.
    pub(super) fn new(distribution: &Distribution) -> Result<Mixture, String> {
        let function = DistributionFunction::new(distribution)?;
        let mut corners: Vec<f64> = corners(distribution);
        corners.sort_by(f64::total_cmp);
        corners.dedup();
        let mut builder = Builder {
            function: &function,
            corners: &corners,
            side: Side::Lower,
            spread: 0.0,
        };
        builder.spread = builder.search(0.25, Side::Upper) - builder.search(0.25, Side::Lower);
        let lower = builder.half();
        builder.side = Side::Upper;
        let upper = builder.half();
        Ok(Mixture { lower, upper })
    }

    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        for lane in lanes {
            let u = *lane;
            *lane = if u < 0.5 {
                self.lower.at(u)
            } else {
                self.upper.at(1.0 - u)
            };
        }
    }
}

impl Half {
    #[inline(always)]
    fn at(&self, tail: f64) -> f64 {
        let cell = ((tail.to_bits() >> (52 - CELL_BITS)).wrapping_sub(FIRST_CELL) as usize).min(CELLS - 1);
        let (first, last) = (self.guide[cell] as usize, self.guide[cell + 1] as usize);
        let inside = &self.starts[first + 1..=last];
        let place = first + inside.partition_point(|(start, _)| *start <= tail);
        let (start, width) = self.starts[place];
        let t = (tail - start) / width;
        let Piece(c) = &self.pieces[place];
        let square = t * t;
        (c[0] + t * c[1]) + square * ((c[2] + t * c[3]) + square * (c[4] + t * c[5]))
    }
}

struct Builder<'a> {
    function: &'a DistributionFunction,
    corners: &'a [f64],
    side: Side,
    spread: f64,
}

impl Builder<'_> {
    fn half(&self) -> Half {
        let least = 0.5_f64.powi(BINADES + 1);
        let mut cuts: Vec<f64> = (1..=BINADES + 1).map(|binade| 0.5_f64.powi(binade)).collect();
        for corner in self.corners {
            let (below, above) = self.function.tails(*corner);
            let ends = match self.side {
                Side::Lower => [below, 1.0 - above],
                Side::Upper => [above, 1.0 - below],
            };
            cuts.extend(ends.into_iter().filter(|tail| (least..0.5).contains(tail)));
        }
        cuts.sort_by(f64::total_cmp);
        cuts.dedup_by(|next, before| *next - *before <= 1e-15 * *before);
        let mut starts = Vec::new();
        let mut pieces = Vec::new();
        for pair in cuts.windows(2) {
            self.cover((pair[0], pair[1]), None, 0, &mut starts, &mut pieces);
        }
        let begin = |cell: usize| f64::from_bits((FIRST_CELL + cell as u64) << (52 - CELL_BITS));
        let guide = (0..=CELLS)
            .map(|cell| {
                starts
                    .partition_point(|(start, _)| *start <= begin(cell))
                    .saturating_sub(1) as u32
            })
            .collect();
        Half { starts, pieces, guide }
    }

    /// Covers an interval of tails with pieces; `ends` are the values there, as seen from inside.
    fn cover(
        &self,
        (from, to): (f64, f64),
        ends: Option<(f64, f64)>,
        halvings: u32,
        starts: &mut Vec<(f64, f64)>,
        pieces: &mut Vec<Piece>,
    ) {
        let width = to - from;
        if let Some(value) = self.constant(from + 0.5 * width, from + 0.25 * width, from + 0.75 * width) {
            starts.push((from, width));
            pieces.push(Piece([value, 0.0, 0.0, 0.0, 0.0, 0.0]));
            return;
        }
        // A corner may be off by rounding: the ends of an interval are looked at from just inside.
        let inset = 1e-14 * width;
        let ends = ends.unwrap_or_else(|| (self.search(from + inset, self.side), self.search(to - inset, self.side)));
        let mut values = [ends.0, 0.0, 0.0, 0.0, 0.0, ends.1];
        for (value, node) in values.iter_mut().zip(NODES).skip(1).take(4) {
            *value = self.between(from + node * width, ends);
        }
        let piece = through_nodes(values);
        if halvings >= MOST_HALVINGS || width <= 1e-17 || self.is_good(from, width, &piece) {
            starts.push((from, width));
            pieces.push(piece);
            return;
        }
        let middle = from + 0.5 * width;
        let value = self.between(middle, ends);
        self.cover((from, middle), Some((ends.0, value)), halvings + 1, starts, pieces);
        self.cover((middle, to), Some((value, ends.1)), halvings + 1, starts, pieces);
    }

    /// The listed value in whose jump three tails lie, if they do.
    fn constant(&self, middle: f64, left: f64, right: f64) -> Option<f64> {
        self.corners.iter().copied().find(|corner| {
            let (below, above) = self.function.tails(*corner);
            let (start, end) = match self.side {
                Side::Lower => (below, 1.0 - above),
                Side::Upper => (above, 1.0 - below),
            };
            [middle, left, right]
                .into_iter()
                .all(|tail| start <= tail && tail <= end)
                && end - start > 1e-15
        })
    }

    /// Whether a piece gives back the probabilities between its nodes.
    fn is_good(&self, from: f64, width: f64, piece: &Piece) -> bool {
        let Piece(c) = piece;
        [0.04, 0.22, 0.5, 0.78, 0.96].into_iter().all(|t: f64| {
            let value = c.iter().rev().fold(0.0, |sum, c| sum * t + c);
            let slope = (1..6).rev().fold(0.0, |sum, k| sum * t + k as f64 * c[k]) / width;
            let miss = self.excess(value, from + t * width) * slope;
            miss.abs() <= TOLERANCE * value.abs().max(self.spread)
        })
    }

    /// Probability of the tail at a value, less what is wanted: it rises with the tail on either side.
    fn excess(&self, value: f64, tail: f64) -> f64 {
        let (below, above) = self.function.tails(value);
        match self.side {
            Side::Lower => below - tail,
            Side::Upper => above - tail,
        }
    }

    /// The value of a tail between two known values, by regula falsi with halved ends (Illinois; Dowell and Jarratt 1971, BIT
    /// 11(2), 168-174), kept inside by bisection.
    fn between(&self, tail: f64, (a, b): (f64, f64)) -> f64 {
        let (mut a, mut b) = (a, b);
        let (mut at_a, mut at_b) = (self.excess(a, tail), self.excess(b, tail));
        if at_a == 0.0 || a == b {
            return a;
        }
        if at_b == 0.0 {
            return b;
        }
        if (at_a < 0.0) == (at_b < 0.0) {
            // Only rounding at an end can bring both to one side.
            return if at_a.abs() < at_b.abs() { a } else { b };
        }
        for step in 0..200 {
            let secant = b - at_b * (b - a) / (at_b - at_a);
            let inside = secant > a.min(b) && secant < a.max(b);
            let next = if inside && step % 8 != 7 { secant } else { 0.5 * (a + b) };
            if next == a || next == b {
                break;
            }
            let excess = self.excess(next, tail);
            if excess == 0.0 {
                return next;
            }
            if (excess < 0.0) == (at_b < 0.0) {
                at_a *= 0.5;
            } else {
                (a, at_a) = (b, at_b);
            }
            let moved = (next - b).abs();
            (b, at_b) = (next, excess);
            if (a - b).abs() <= 1e-15 * b.abs() || (moved <= 1e-15 * b.abs() && step > 3) {
                break;
            }
        }
        b
    }

    /// The least value that a lower tail reaches, or the greatest that an upper one does, by halving the ordered set of all
    /// floating-point numbers.
    fn search(&self, tail: f64, side: Side) -> f64 {
        // Negative numbers are ordered by falling bits, positive ones by rising bits.
        let number = |place: i64| {
            if place < 0 {
                -f64::from_bits(place.unsigned_abs())
            } else {
                f64::from_bits(place.unsigned_abs())
            }
        };
        let is_left = |value: f64| {
            let (below, above) = self.function.tails(value);
            match side {
                Side::Lower => below < tail,
                Side::Upper => above > tail,
            }
        };
        let most = f64::MAX.to_bits() as i64;
        let (mut left, mut right) = (-most, most);
        while left.abs_diff(right) > 1 {
            let middle = left.midpoint(right);
            if is_left(number(middle)) {
                left = middle
            } else {
                right = middle
            }
        }
        match side {
            Side::Lower => number(left),
            Side::Upper => number(right),
        }
    }
}
