//! What the machine can do: multiplications and additions of rows of lanes that stay in the first-level cache.
use crate::pipeline::BLOCK;
use mkba_core::lane::{Isa, Kernel};
use std::hint::black_box;

/// Rows in memory: 8 KiB, a quarter of a small first-level cache.
const ROWS: usize = 16;
/// Eight lanes at a time, as the evaluator works.
const PIECES: usize = BLOCK / 8;

/// A row of lanes, aligned as the evaluator's are: a piece never lies across two lines of the cache.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Row([[f64; 8]; PIECES]);

/// Rows of lanes, and how they are worked on.
pub struct Calibration {
    isa: Isa,
    rows: Box<[Row; ROWS]>,
}

impl Calibration {
    /// Rows of a block of draws.
    pub fn new(isa: Isa) -> Self {
        let row = |number: usize| Row([[1.0 + number as f64 * 1e-3; 8]; PIECES]);
        Self {
            isa,
            rows: Box::new(std::array::from_fn(row)),
        }
    }

    /// Does about so many operations, each on one lane, and says how many. An operation reads two numbers and writes one, as an
    /// instruction of a program does.
    pub fn run(&mut self, operations: f64) -> f64 {
        let per_pass = (ROWS * BLOCK) as f64;
        let passes = (operations / per_pass).ceil().max(1.0);
        self.isa.run(Passes {
            rows: &mut self.rows,
            count: passes as u64,
        });
        black_box(&mut self.rows);
        passes * per_pass
    }
}

struct Passes<'r> {
    rows: &'r mut [Row; ROWS],
    count: u64,
}

impl Kernel for Passes<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for _ in 0..self.count {
            for row in (0..ROWS).step_by(2) {
                operate(self.rows, row, |a, b| a * b);
                operate(self.rows, row + 1, |a, b| a + b);
            }
            // Values that grew beyond all bounds would be slower or faster than ordinary ones.
            for (number, row) in self.rows.iter_mut().enumerate() {
                if !(1e-100..1e100).contains(&row.0[0][0].abs()) {
                    *row = Row([[1.0 + number as f64 * 1e-3; 8]; PIECES]);
                }
            }
        }
    }
}

/// The row becomes `f` of two others, lane by lane.
#[inline(always)]
fn operate(rows: &mut [Row; ROWS], to: usize, f: impl Fn(f64, f64) -> f64) {
    let [a, b] = [(to + 1) % ROWS, (to + 5) % ROWS];
    for piece in 0..PIECES {
        let (x, y) = (rows[a].0[piece], rows[b].0[piece]);
        for lane in 0..8 {
            rows[to].0[piece][lane] = f(x[lane], y[lane]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_what_was_asked_for_is_done_and_numbers_stay_ordinary() {
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            let mut calibration = Calibration::new(isa);
            let done = calibration.run(1e6);
            assert!((1e6..1.1e6).contains(&done), "{done}");
            let numbers = calibration.rows.iter().flat_map(|row| row.0.iter().flatten());
            assert!(numbers.into_iter().all(|x| x.is_finite() && *x != 0.0));
        }
    }
}
