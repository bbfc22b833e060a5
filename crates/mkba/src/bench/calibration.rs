//! What the machine can do: multiplications and additions of rows of lanes that stay in the first-level cache.
use mkba_core::lane::{Isa, Kernel};
use std::hint::black_box;

/// Rows in memory. At 64 lanes they fill 8 KiB, a quarter of a small first-level cache.
const ROWS: usize = 16;

/// Rows of lanes, and how they are worked on.
pub struct Calibration {
    isa: Isa,
    rows: Vec<Vec<f64>>,
}

impl Calibration {
    /// Rows of `lanes` lanes each.
    pub fn new(isa: Isa, lanes: usize) -> Self {
        let rows = (0..ROWS).map(|row| vec![1.0 + row as f64 * 1e-3; lanes]).collect();
        Self { isa, rows }
    }

    /// Does about so many operations, each on one lane, and says how many. An operation reads two numbers and writes one, as an
    /// instruction of a program does.
    pub fn run(&mut self, operations: f64) -> f64 {
        let lanes = self.rows[0].len();
        let per_pass = (ROWS * lanes) as f64;
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
    rows: &'r mut [Vec<f64>],
    count: u64,
}

impl Kernel for Passes<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for _ in 0..self.count {
            for row in 0..ROWS {
                let [other, by] = [(row + 1) % ROWS, (row + 5) % ROWS];
                if row % 2 == 0 {
                    operate(self.rows, row, other, by, |a, b| a * b);
                } else {
                    operate(self.rows, row, other, by, |a, b| a + b);
                }
            }
            // Values that grew beyond all bounds would be slower or faster than ordinary ones.
            let tamed = (self.rows[0][0] * 0.0) + 1.0;
            for (number, row) in self.rows.iter_mut().enumerate() {
                if row[0].abs() > 1e100 || row[0].abs() < 1e-100 {
                    row.fill(tamed + number as f64 * 1e-3);
                }
            }
        }
    }
}

/// `to = f(a, b)`, lane by lane. The row is taken out while it is written, which moves no number.
#[inline(always)]
fn operate(rows: &mut [Vec<f64>], to: usize, a: usize, b: usize, f: impl Fn(f64, f64) -> f64) {
    let mut target = std::mem::take(&mut rows[to]);
    for ((to, a), b) in target.iter_mut().zip(&rows[a]).zip(&rows[b]) {
        *to = f(*a, *b);
    }
    rows[to] = target;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_what_was_asked_for_is_done_and_numbers_stay_ordinary() {
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            let mut calibration = Calibration::new(isa, 64);
            let done = calibration.run(1e6);
            assert!((1e6..1.1e6).contains(&done), "{done}");
            assert!(calibration.rows.iter().flatten().all(|x| x.is_finite() && *x != 0.0));
        }
    }
}
