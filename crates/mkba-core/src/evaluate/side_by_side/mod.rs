//! All years of a scenario side by side, one instruction after the other.
//!
//! Where no year needs an earlier one, save for what is multiplied or raised from year to year and for the sums over the years, an
//! instruction can run over all years before the next one begins. What goes from year to year then stays in a register of the processor:
//! a running product is only written, a sum over the years only reads its factors. Year after year both would be read and written each
//! time, and the first-level cache is what limits that (`docs/design/performance.md`). Every number is made by the same operations in the
//! same order, so the bits are the same.
mod fuse;
mod kernels;
mod order;
mod recognise;

use super::memory::Memory;
use crate::graph::Binary;
use crate::program::{Opcode, Program};
use kernels::Years;

/// Pieces of eight lanes that go through the years together. The rows of all years of a few values are to fit the first-level cache.
pub(super) const GROUP: usize = 2;

/// Most sums that share a factor and run together; their running sums are all in registers.
const MOST_SUMS: usize = 4;

/// An operand: in a row, or the same in all draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// A row that does not change over the years.
    Steady(u32),
    /// One of the values by year.
    Yearly(u32),
    /// A number by year.
    Number(Number),
    /// 1 where a row that does not change over the years is below a number by year, else 0. Of a sum of products only.
    Below(u32, Number),
}

/// A known number: where that of the first scenario and year is, and the steps per scenario and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Number {
    first: u32,
    per_scenario: u32,
    per_year: u32,
}

/// An instruction over all years.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// Each year by itself: the value made, from up to three operands.
    Each(Opcode, u32, [Place; 3]),
    /// The value made is what the row of the state holds before the first year, changed every year by one more operand.
    Running {
        operation: Binary,
        value: u32,
        state: u32,
        by: Place,
        then: Option<Saturation>,
    },
    /// Σ over the years of one factor times another, for rows of totals.
    Sums(Place, Vec<(u32, Place)>),
    /// Σ over the years of a value, for the row of a total.
    Sum(u32, Place),
    /// Nothing any more.
    Gone,
}

/// What is made of a running value x: `less - min(most, x)`, such as what is filled of what empties at a steady rate.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Saturation {
    most: Number,
    less: Number,
}

/// The value that a step makes.
fn made(step: &Step) -> Option<u32> {
    match step {
        Step::Each(_, value, _) | Step::Running { value, .. } => Some(*value),
        Step::Sums(..) | Step::Sum(..) | Step::Gone => None,
    }
}

/// What a step reads.
fn operands(step: &Step) -> Vec<Place> {
    match step {
        Step::Each(_, _, operands) => operands.to_vec(),
        Step::Running { by, .. } => vec![*by],
        Step::Sums(factor, others) => std::iter::once(*factor)
            .chain(others.iter().map(|(_, other)| *other))
            .collect(),
        Step::Sum(_, of) => vec![*of],
        Step::Gone => vec![],
    }
}

/// The years of a program, ready to run side by side.
pub(super) struct SideBySide {
    steps: Vec<Step>,
    /// Values by year that are held at the same time.
    slots: usize,
}

impl SideBySide {
    /// Of a program whose years can run side by side.
    pub fn of(program: &Program) -> Option<Self> {
        let (steps, values) = recognise::steps(program)?;
        let (steps, slots) = order::placed(order::ordered(fuse::fused(steps), values), values);
        Some(Self { steps, slots })
    }

    /// Pieces of memory that it needs after those of the program.
    pub fn pieces(&self, years: usize) -> usize {
        self.slots * years * GROUP
    }

    /// Runs all years of a scenario. The memory has room for [`SideBySide::pieces`] after the rows of the program.
    #[inline(always)]
    pub fn run<const P: usize>(&self, program: &Program, memory: &mut Memory<'_, P>, scenario: usize) {
        let per_row = memory.pieces();
        for group in 0..per_row / GROUP {
            let mut years = Years {
                memory: &mut memory.again(),
                numbers: &program.numbers,
                years: program.years as usize,
                scenario,
                per_row,
                first: group * GROUP,
                slots: program.rows as usize * per_row,
            };
            for step in &self.steps {
                years.step(step);
            }
        }
    }
}
