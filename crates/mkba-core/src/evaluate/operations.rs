//! One instruction over the lanes. Every lane is independent, so neither their number nor the vector width can change a bit.
use crate::graph::{Binary, Unary};
use crate::lane::math;
use crate::program::Form;

/// Eight lanes: two AVX2 registers, one of AVX-512.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct Piece(pub [f64; 8]);

/// Rows of lanes, and how many pieces a row has.
pub struct Memory<'m> {
    pub pieces: &'m mut [Piece],
    pub per_row: usize,
}

impl Memory<'_> {
    #[inline(always)]
    pub fn one(&mut self, to: usize, a: usize, f: impl Fn(f64) -> f64) {
        let count = self.per_row;
        assert!(a + count <= self.pieces.len() && to + count <= self.pieces.len());
        for p in 0..count {
            let x = self.pieces[a + p].0;
            let mut result = [0.0; 8];
            for lane in 0..8 {
                result[lane] = f(x[lane]);
            }
            self.pieces[to + p] = Piece(result);
        }
    }

    #[inline(always)]
    pub fn two(&mut self, to: usize, a: usize, b: usize, f: impl Fn(f64, f64) -> f64) {
        let count = self.per_row;
        let length = self.pieces.len();
        assert!(a + count <= length && b + count <= length && to + count <= length);
        for p in 0..count {
            let (x, y) = (self.pieces[a + p].0, self.pieces[b + p].0);
            let mut result = [0.0; 8];
            for lane in 0..8 {
                result[lane] = f(x[lane], y[lane]);
            }
            self.pieces[to + p] = Piece(result);
        }
    }

    #[inline(always)]
    pub fn three(&mut self, to: usize, a: usize, b: usize, c: usize, f: impl Fn(f64, f64, f64) -> f64) {
        let count = self.per_row;
        let length = self.pieces.len();
        assert!(a + count <= length && b + count <= length && c + count <= length && to + count <= length);
        for p in 0..count {
            let (x, y, z) = (self.pieces[a + p].0, self.pieces[b + p].0, self.pieces[c + p].0);
            let mut result = [0.0; 8];
            for lane in 0..8 {
                result[lane] = f(x[lane], y[lane], z[lane]);
            }
            self.pieces[to + p] = Piece(result);
        }
    }

    #[inline(always)]
    pub fn fill(&mut self, to: usize, value: f64) {
        self.pieces[to..to + self.per_row].fill(Piece([value; 8]));
    }

    #[inline(always)]
    pub fn copy(&mut self, to: usize, from: usize) {
        self.pieces.copy_within(from..from + self.per_row, to);
    }
}

/// Two rows, or a row and a number.
pub enum Pair {
    Rows(usize, usize),
    RowNumber(usize, f64),
    NumberRow(f64, usize),
}

impl Pair {
    #[inline(always)]
    pub fn new(form: Form, a: u16, b: u16, rows: &[usize], numbers: &[f64]) -> Self {
        match form {
            Form::VV => Self::Rows(rows[a as usize], rows[b as usize]),
            Form::VS => Self::RowNumber(rows[a as usize], numbers[b as usize]),
            Form::SV => Self::NumberRow(numbers[a as usize], rows[b as usize]),
        }
    }
}

#[inline(always)]
fn truth(holds: bool) -> f64 {
    math::select(holds, 1.0, 0.0)
}

#[inline(always)]
pub fn binary(memory: &mut Memory<'_>, operation: Binary, to: usize, pair: Pair) {
    match operation {
        Binary::Add => apply(memory, to, pair, |x, y| x + y),
        Binary::Subtract => apply(memory, to, pair, |x, y| x - y),
        Binary::Multiply => apply(memory, to, pair, |x, y| x * y),
        Binary::Divide => apply(memory, to, pair, |x, y| x / y),
        Binary::Min => apply(memory, to, pair, math::min),
        Binary::Max => apply(memory, to, pair, math::max),
        Binary::Less => apply(memory, to, pair, |x, y| truth(x < y)),
        Binary::LessOrEqual => apply(memory, to, pair, |x, y| truth(x <= y)),
        Binary::Equal => apply(memory, to, pair, |x, y| truth(x == y)),
        Binary::Power => apply(memory, to, pair, math::pow),
    }
}

#[inline(always)]
fn apply(memory: &mut Memory<'_>, to: usize, pair: Pair, f: impl Fn(f64, f64) -> f64) {
    match pair {
        Pair::Rows(a, b) => memory.two(to, a, b, f),
        Pair::RowNumber(a, s) => memory.one(to, a, |x| f(x, s)),
        Pair::NumberRow(s, b) => memory.one(to, b, |y| f(s, y)),
    }
}

#[inline(always)]
pub fn unary(memory: &mut Memory<'_>, operation: Unary, to: usize, a: usize) {
    match operation {
        Unary::Exp => memory.one(to, a, math::exp),
        Unary::Ln => memory.one(to, a, math::ln),
        Unary::Sqrt => memory.one(to, a, math::sqrt),
        Unary::Abs => memory.one(to, a, math::abs),
        Unary::Floor => memory.one(to, a, math::floor),
        Unary::Ceil => memory.one(to, a, math::ceil),
    }
}

#[inline(always)]
pub fn multiply_add(memory: &mut Memory<'_>, to: usize, pair: Pair, sum: usize) {
    match pair {
        Pair::Rows(a, b) => memory.three(to, a, b, sum, |x, y, z| x * y + z),
        Pair::RowNumber(a, s) | Pair::NumberRow(s, a) => memory.two(to, a, sum, |x, z| x * s + z),
    }
}

#[inline(always)]
pub fn select(memory: &mut Memory<'_>, to: usize, condition: usize, pair: Pair) {
    match pair {
        Pair::Rows(a, b) => memory.three(to, condition, a, b, |c, x, y| math::select(c != 0.0, x, y)),
        Pair::RowNumber(a, s) => memory.two(to, condition, a, |c, x| math::select(c != 0.0, x, s)),
        Pair::NumberRow(s, b) => memory.two(to, condition, b, |c, y| math::select(c != 0.0, s, y)),
    }
}
