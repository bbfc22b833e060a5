//! Rows of lanes in memory, and arithmetic over them.
use std::marker::PhantomData;

/// Eight lanes: two AVX2 registers, one of AVX-512.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Piece(pub [f64; 8]);

/// Rows of lanes of `P` pieces each, or of any number of pieces when `P` is 0. A number known to the compiler makes straight code of the
/// loop over the pieces.
///
/// A row is named by its first piece. Rows are read and written without a check of bounds: [`Memory::new`] is given only memory that holds
/// all places that `Places` gives to rows of the program, as `Evaluator::new` makes it, and after those the values of years side by side.
/// With a check at every access the main study takes 1.31 times the processor time (`docs/design/performance.md`).
pub struct Memory<'m, const P: usize> {
    base: *mut Piece,
    per_row: usize,
    memory: PhantomData<&'m mut [Piece]>,
}

#[expect(
    unsafe_code,
    reason = "every offset is a row of the program, and the program's rows were checked against this memory"
)]
impl<'m, const P: usize> Memory<'m, P> {
    /// Memory of which all offsets used later must lie within the pieces.
    pub fn new(pieces: &'m mut [Piece], per_row: usize) -> Self {
        assert!(P == 0 || P == per_row, "rows have the length the code is made for");
        Self {
            base: pieces.as_mut_ptr(),
            per_row,
            memory: PhantomData,
        }
    }

    #[inline(always)]
    pub fn get(&self, at: usize) -> [f64; 8] {
        // SAFETY: `at` lies in a row of the program or in a value of years side by side, see the type.
        unsafe { (*self.base.add(at)).0 }
    }

    #[inline(always)]
    pub fn set(&mut self, at: usize, value: [f64; 8]) {
        // SAFETY: as in `get`; the borrow of the slice is exclusive.
        unsafe { (*self.base.add(at)).0 = value };
    }

    /// The lanes of a row.
    pub fn row(&self, at: usize) -> &[f64] {
        // SAFETY: a row is `per_row` pieces of eight numbers one after the other, without gaps: a piece is 64 bytes.
        unsafe { std::slice::from_raw_parts(self.base.add(at).cast::<f64>(), self.pieces() * 8) }
    }
}

impl<const P: usize> Memory<'_, P> {
    /// The same memory under a name of its own, whose place in memory nobody else knows: what is written to rows cannot change it, so the
    /// compiler keeps it in a register.
    #[inline(always)]
    pub fn again(&mut self) -> Memory<'_, P> {
        Memory {
            base: self.base,
            per_row: self.per_row,
            memory: PhantomData,
        }
    }

    /// Pieces in a row.
    #[inline(always)]
    pub fn pieces(&self) -> usize {
        if P == 0 { self.per_row } else { P }
    }

    #[inline(always)]
    pub fn one(&mut self, to: usize, a: usize, f: impl Fn(f64) -> f64) {
        for p in 0..self.pieces() {
            let x = self.get(a + p);
            let mut result = [0.0; 8];
            for lane in 0..8 {
                result[lane] = f(x[lane]);
            }
            self.set(to + p, result);
        }
    }

    #[inline(always)]
    pub fn two(&mut self, to: usize, a: usize, b: usize, f: impl Fn(f64, f64) -> f64) {
        for p in 0..self.pieces() {
            let (x, y) = (self.get(a + p), self.get(b + p));
            let mut result = [0.0; 8];
            for lane in 0..8 {
                result[lane] = f(x[lane], y[lane]);
            }
            self.set(to + p, result);
        }
    }

    #[inline(always)]
    pub fn fill(&mut self, to: usize, value: f64) {
        for p in 0..self.pieces() {
            self.set(to + p, [value; 8]);
        }
    }

    #[inline(always)]
    pub fn copy(&mut self, to: usize, from: usize) {
        for p in 0..self.pieces() {
            let value = self.get(from + p);
            self.set(to + p, value);
        }
    }

    /// Copies a row in.
    pub fn write(&mut self, row: usize, lanes: &[f64]) {
        for (p, from) in lanes.chunks_exact(8).take(self.pieces()).enumerate() {
            let mut piece = [0.0; 8];
            piece.copy_from_slice(from);
            self.set(row + p, piece);
        }
    }
}
