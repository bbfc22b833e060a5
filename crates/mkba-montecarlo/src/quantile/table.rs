//! Inverse distribution functions without closed form, as one polynomial per binade and leading fraction bits of
//! min(u, 1 - u): exact addressing of both tails, no search.
//!
//! Each half of the unit interval has 54 binades of 16 pieces; on each piece a polynomial of degree 5 that meets the
//! function at both ends (so the pieces join). See `docs/method/sampling.md`.

use super::{BLOCK, Block};
use mkba_core::lane::math::{at_least, at_most, select};

/// Leading fraction bits that choose a piece within its binade.
const FRACTION_BITS: u32 = 4;
/// Pieces in a binade.
pub(super) const PIECES: usize = 1 << FRACTION_BITS;
/// Binades of a half: down to 2^-55, below the least uniform of any design.
pub(super) const BINADES: usize = 54;
/// Places of a half, a power of two, so that an index needs no check.
const HALF_PLACES: usize = 1024;
const MANTISSA_BITS: u32 = 52;
const MANTISSA: u64 = (1 << MANTISSA_BITS) - 1;

/// Coefficients of one piece, lowest power first, in a cache line of their own.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub(super) struct Piece(pub(super) [f64; 6]);

/// One half of a table: `[binade * PIECES + piece]`, the binade next to one half first.
pub(super) type Half = Vec<Piece>;

/// A function of u in the open unit interval.
#[derive(Debug)]
pub(super) struct Table {
    pieces: Box<[Piece; 2 * HALF_PLACES]>,
}

impl Table {
    /// From the pieces for u < 1/2 (polynomials in the place of u within its piece) and those for u > 1/2 (in that of
    /// 1 - u).
    pub(super) fn new(lower: &[Piece], upper: &[Piece]) -> Table {
        let mut pieces = vec![Piece([0.0; 6]); 2 * HALF_PLACES];
        for (place, piece) in pieces.iter_mut().zip(lower) {
            *place = *piece;
        }
        for (place, piece) in pieces[HALF_PLACES..].iter_mut().zip(upper) {
            *place = *piece;
        }
        let pieces = pieces
            .into_boxed_slice()
            .try_into()
            .expect("allocated with exactly this length");
        Table { pieces }
    }

    /// Replaces uniforms `u`, 2^-55 <= u <= 1 - 2^-53, by values of the function (nearer to the ends: the value there).
    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        // Addresses first: that part is vectorised, the look-up is not.
        let mut places = [0; BLOCK];
        for (lane, place) in lanes.iter_mut().zip(&mut places) {
            (*place, *lane) = address(*lane);
        }
        for (lane, place) in lanes.iter_mut().zip(&places) {
            let t = *lane;
            let Piece(c) = &self.pieces[*place as usize % (2 * HALF_PLACES)];
            let square = t * t;
            *lane = (c[0] + t * c[1]) + square * ((c[2] + t * c[3]) + square * (c[4] + t * c[5]));
        }
    }
}

/// Which piece a uniform belongs to, and where in the piece its tail lies, from 0 to 1.
#[inline(always)]
fn address(u: f64) -> (u64, f64) {
    const LEAST: f64 = 1.0 / 36_028_797_018_963_968.0; // 2^-55
    const GREATEST: f64 = 0.5 - 1.0 / 18_014_398_509_481_984.0; // the number before one half
    const FIRST: u64 = (0x3fd << FRACTION_BITS) | (PIECES as u64 - 1);
    let tail = select(u < 0.5, u, 1.0 - u);
    let tail = at_most(at_least(tail, LEAST), GREATEST);
    let bits = tail.to_bits();
    // Exponent and leading fraction bits in one number; it falls by one from each piece to the next lower one.
    let place = FIRST - (bits >> (MANTISSA_BITS - FRACTION_BITS));
    // The upper half of the table comes second: 1.0 is 0x3ff0… in bits, 0.0 is 0.
    let half = (select(u < 0.5, 0.0, 1.0).to_bits() >> MANTISSA_BITS) & 1;
    let fraction = ((bits << FRACTION_BITS) & MANTISSA) | 0x3ff0_0000_0000_0000;
    (place + half * HALF_PLACES as u64, f64::from_bits(fraction) - 1.0)
}

/// First tail probability and width of a piece, counted from one half downwards.
pub(super) fn extent(index: usize) -> (f64, f64) {
    let (binade, from_top) = (index / PIECES, index % PIECES);
    let base = (0..binade).fold(0.25, |base, _| 0.5 * base);
    let width = base / PIECES as f64;
    (base + width * (PIECES - 1 - from_top) as f64, width)
}

/// Places in a piece where its polynomial meets the function: Chebyshev points with both ends, `1/2 - cos(k π / 5) / 2`.
pub(super) const NODES: [f64; 6] = [
    0.0,
    0.095_491_502_812_526_29,
    0.345_491_502_812_526_3,
    0.654_508_497_187_473_7,
    0.904_508_497_187_473_7,
    1.0,
];

/// The polynomial of degree 5 through the values at [`NODES`], lowest power first (Newton's divided differences).
pub(super) fn through_nodes(mut values: [f64; 6]) -> Piece {
    for order in 1..6 {
        for i in (order..6).rev() {
            values[i] = (values[i] - values[i - 1]) / (NODES[i] - NODES[i - order]);
        }
    }
    let mut coefficients = [0.0; 6];
    for (node, difference) in NODES.iter().zip(values).rev() {
        // coefficients := coefficients * (t - node) + difference
        for k in (1..6).rev() {
            coefficients[k] = coefficients[k - 1] - node * coefficients[k];
        }
        coefficients[0] = difference - node * coefficients[0];
    }
    Piece(coefficients)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_of_degree_five_is_met_everywhere() {
        let f = |t: f64| 1.0 + t * (-2.0 + t * (0.5 + t * (3.0 + t * (-1.5 + t * 0.25))));
        let Piece(c) = through_nodes(NODES.map(f));
        for (got, expected) in c.into_iter().zip([1.0, -2.0, 0.5, 3.0, -1.5, 0.25]) {
            assert!((got - expected).abs() < 1e-13, "{c:?}");
        }
    }

    #[test]
    fn every_uniform_finds_its_own_piece() {
        // The value of each piece is its own tail probability, so the table is the function min(u, 1 - u), signed.
        let half = |sign: f64| -> Half {
            (0..BINADES * PIECES)
                .map(|index| {
                    let (start, width) = extent(index);
                    Piece([sign * start, sign * width, 0.0, 0.0, 0.0, 0.0])
                })
                .collect()
        };
        let table = Table::new(&half(-1.0), &half(1.0));
        let value = |u: f64| {
            let mut lanes = [u; BLOCK];
            table.apply(&mut lanes);
            lanes[BLOCK - 1]
        };
        for u in [
            0.5_f64.powi(53),
            1e-10,
            0.01,
            0.124_999,
            0.125,
            0.25,
            0.3,
            0.468_75,
            0.499_999_999,
        ] {
            assert_eq!(value(u), -u);
            let mirrored = 1.0 - u;
            assert_eq!(value(mirrored), 1.0 - mirrored);
        }
        assert!((value(0.5) - 0.5).abs() < 1e-16);
        assert_eq!(value(0.0), -(0.5_f64.powi(55)));
    }
}
