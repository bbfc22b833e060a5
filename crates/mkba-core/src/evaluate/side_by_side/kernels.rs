//! The steps over the lanes of a group, year by year.
use super::{GROUP, Number, Place, Saturation, Step};
use crate::evaluate::chain::truth;
use crate::evaluate::memory::Memory;
use crate::graph::{Binary, Unary};
use crate::lane::math;
use crate::program::Opcode;

/// The lanes of a group of pieces in all years.
pub(super) struct Years<'y, 'm, const P: usize> {
    pub memory: &'y mut Memory<'m, P>,
    pub numbers: &'y [f64],
    pub years: usize,
    pub scenario: usize,
    pub per_row: usize,
    /// First piece of the group in a row.
    pub first: usize,
    /// First piece of the values by year.
    pub slots: usize,
}

/// Pieces of an operand from year to year.
trait Operand: Copy {
    fn piece<const P: usize>(self, memory: &Memory<'_, P>, year: usize, piece: usize) -> [f64; 8];
}

/// In rows: first piece and step per year.
#[derive(Clone, Copy)]
struct Rows(usize, usize);

impl Operand for Rows {
    #[inline(always)]
    fn piece<const P: usize>(self, memory: &Memory<'_, P>, year: usize, piece: usize) -> [f64; 8] {
        memory.get(self.0 + year * self.1 + piece)
    }
}

/// The same number in all lanes: numbers and step per year.
#[derive(Clone, Copy)]
struct Numbers<'n>(&'n [f64], usize);

impl Operand for Numbers<'_> {
    #[inline(always)]
    fn piece<const P: usize>(self, _: &Memory<'_, P>, year: usize, _: usize) -> [f64; 8] {
        [self.0[year * self.1]; 8]
    }
}

/// One number in all lanes and years.
#[derive(Clone, Copy)]
struct Same([f64; 8]);

impl Operand for Same {
    #[inline(always)]
    fn piece<const P: usize>(self, _: &Memory<'_, P>, _: usize, _: usize) -> [f64; 8] {
        self.0
    }
}

/// A row that does not change over the years, read once.
#[derive(Clone, Copy)]
struct Kept([[f64; 8]; GROUP]);

impl Operand for Kept {
    #[inline(always)]
    fn piece<const P: usize>(self, _: &Memory<'_, P>, _: usize, piece: usize) -> [f64; 8] {
        self.0[piece]
    }
}

/// 1 where a row is below a number by year, else 0.
#[derive(Clone, Copy)]
struct Below<'n>(Rows, Numbers<'n>);

impl Operand for Below<'_> {
    #[inline(always)]
    fn piece<const P: usize>(self, memory: &Memory<'_, P>, year: usize, piece: usize) -> [f64; 8] {
        let (row, number) = (self.0.piece(memory, year, piece), self.1.piece(memory, year, piece));
        let mut result = [0.0; 8];
        for lane in 0..8 {
            result[lane] = truth(row[lane] < number[lane]);
        }
        result
    }
}

enum Found<'n> {
    Rows(Rows),
    Numbers(Numbers<'n>),
    Same(Same),
}

/// Calls a method with operands of the kinds that they are. Of two, one at least is in rows.
macro_rules! with {
    ($years:ident, $a:expr, |$x:ident| $call:expr) => {
        match $years.find($a) {
            Found::Rows($x) => $call,
            Found::Numbers($x) => $call,
            Found::Same($x) => $call,
        }
    };
    ($years:ident, $a:expr, $b:expr, |$x:ident, $y:ident| $call:expr) => {
        match ($years.find($a), $years.find($b)) {
            (Found::Rows($x), Found::Rows($y)) => $call,
            (Found::Rows($x), Found::Numbers($y)) => $call,
            (Found::Numbers($x), Found::Rows($y)) => $call,
            (Found::Rows($x), Found::Same($y)) => $call,
            (Found::Same($x), Found::Rows($y)) => $call,
            (Found::Numbers(_) | Found::Same(_), Found::Numbers(_) | Found::Same(_)) => {}
        }
    };
}

impl<'y, const P: usize> Years<'y, '_, P> {
    #[inline(always)]
    pub fn step(&mut self, step: &Step) {
        match *step {
            Step::Each(opcode, to, [a, b, c]) => self.each(opcode, to, a, b, c),
            Step::Running {
                operation,
                value,
                state,
                by,
                then: None,
            } => self.run_on(operation, value, state, by, |x| x),
            Step::Running {
                operation,
                value,
                state,
                by,
                then: Some(Saturation { most, less }),
            } => {
                let [most, less] = [most, less].map(|number| self.numbers_of(number).0[0]);
                self.run_on(operation, value, state, by, |x| less - math::min(most, x));
            }
            Step::Sum(total, of) => with!(self, of, |of| self.sum(total, of)),
            Step::Sums(factor, ref others) => {
                let Found::Rows(factor) = self.find(factor) else { return };
                match *others.as_slice() {
                    [a] => self.sums(factor, [a]),
                    [a, b] => self.sums(factor, [a, b]),
                    [a, b, c] => self.sums(factor, [a, b, c]),
                    [a, b, c, d] => self.sums(factor, [a, b, c, d]),
                    _ => {}
                }
            }
            Step::Gone => {}
        }
    }

    fn find(&self, place: Place) -> Found<'y> {
        match place {
            Place::Number(number) => match self.numbers_of(number) {
                Numbers(numbers, 0) => Found::Same(Same([numbers[0]; 8])),
                numbers => Found::Numbers(numbers),
            },
            Place::Steady(row) => Found::Rows(Rows(self.row(row), 0)),
            Place::Yearly(slot) => Found::Rows(Rows(self.slot(slot), GROUP)),
            Place::Below(..) => unreachable!("comparisons are put into sums of products only"),
        }
    }

    fn numbers_of(&self, number: Number) -> Numbers<'y> {
        let first = number.first as usize + self.scenario * number.per_scenario as usize;
        Numbers(&self.numbers[first..], number.per_year as usize)
    }

    fn row(&self, row: u32) -> usize {
        row as usize * self.per_row + self.first
    }

    #[inline(always)]
    fn pieces(&self, first: usize) -> [[f64; 8]; GROUP] {
        let mut pieces = [[0.0; 8]; GROUP];
        for (p, piece) in pieces.iter_mut().enumerate() {
            *piece = self.memory.get(first + p);
        }
        pieces
    }

    fn slot(&self, slot: u32) -> usize {
        self.slots + slot as usize * self.years * GROUP
    }

    #[inline(always)]
    fn each(&mut self, opcode: Opcode, to: u32, a: Place, b: Place, c: Place) {
        macro_rules! two {
            ($f:expr) => {
                with!(self, a, b, |a, b| self.two(to, a, b, $f))
            };
        }
        macro_rules! one {
            ($f:expr) => {
                if let Found::Rows(a) = self.find(a) {
                    self.two(to, a, a, |x, _| $f(x));
                }
            };
        }
        match opcode {
            Opcode::Binary(Binary::Add, _) => two!(|x, y| x + y),
            Opcode::Binary(Binary::Subtract, _) => two!(|x, y| x - y),
            Opcode::Binary(Binary::Multiply, _) => two!(|x, y| x * y),
            Opcode::Binary(Binary::Divide, _) => two!(|x, y| x / y),
            Opcode::Binary(Binary::Min, _) => two!(math::min),
            Opcode::Binary(Binary::Max, _) => two!(math::max),
            Opcode::Binary(Binary::Less, _) => two!(|x, y| truth(x < y)),
            Opcode::Binary(Binary::LessOrEqual, _) => two!(|x, y| truth(x <= y)),
            Opcode::Binary(Binary::Equal, _) => two!(|x, y| truth(x == y)),
            Opcode::Binary(Binary::Power, _) => two!(math::pow),
            Opcode::Unary(Unary::Exp) => one!(math::exp),
            Opcode::Unary(Unary::Ln) => one!(math::ln),
            Opcode::Unary(Unary::Sqrt) => one!(math::sqrt),
            Opcode::Unary(Unary::Abs) => one!(math::abs),
            Opcode::Unary(Unary::Floor) => one!(math::floor),
            Opcode::Unary(Unary::Ceil) => one!(math::ceil),
            Opcode::MultiplyAdd(_) => {
                let Found::Rows(c) = self.find(c) else { return };
                with!(self, a, b, |a, b| self.three(to, a, b, c, |x, y, z| x * y + z));
            }
            Opcode::Select(_) => {
                let Found::Rows(a) = self.find(a) else { return };
                with!(self, b, c, |b, c| self.three(to, a, b, c, |w, x, y| math::select(
                    w != 0.0,
                    x,
                    y
                )));
            }
            // Not recognised: a program with one of these runs year after year.
            Opcode::SelectScalars | Opcode::Choose(_) | Opcode::Splat | Opcode::Copy | Opcode::Lagged => {}
        }
    }

    #[inline(always)]
    fn two(&mut self, to: u32, a: impl Operand, b: impl Operand, f: impl Fn(f64, f64) -> f64) {
        self.three(to, a, b, b, |x, y, _| f(x, y));
    }

    #[inline(always)]
    fn three(&mut self, to: u32, a: impl Operand, b: impl Operand, c: impl Operand, f: impl Fn(f64, f64, f64) -> f64) {
        let to = self.slot(to);
        for year in 0..self.years {
            for p in 0..GROUP {
                let memory = &mut *self.memory;
                let (x, y, z) = (
                    a.piece(memory, year, p),
                    b.piece(memory, year, p),
                    c.piece(memory, year, p),
                );
                let mut result = [0.0; 8];
                for lane in 0..8 {
                    result[lane] = f(x[lane], y[lane], z[lane]);
                }
                memory.set(to + year * GROUP + p, result);
            }
        }
    }

    #[inline(always)]
    fn run_on(&mut self, operation: Binary, to: u32, state: u32, by: Place, then: impl Fn(f64) -> f64 + Copy) {
        match (operation, by) {
            (Binary::Add, by) => with!(self, by, |by| self.running(to, state, by, |x, y| x + y, then)),
            (_, Place::Steady(row)) => {
                let by = Kept(self.pieces(self.row(row)));
                self.running(to, state, by, |x, y| x * y, then);
            }
            (_, by) => with!(self, by, |by| self.running(to, state, by, |x, y| x * y, then)),
        }
    }

    #[inline(always)]
    fn running(
        &mut self,
        to: u32,
        state: u32,
        by: impl Operand,
        f: impl Fn(f64, f64) -> f64,
        then: impl Fn(f64) -> f64,
    ) {
        let (to, state) = (self.slot(to), self.row(state));
        let mut running = self.pieces(state);
        for year in 0..self.years {
            for (p, running) in running.iter_mut().enumerate() {
                let by = by.piece(self.memory, year, p);
                let mut result = [0.0; 8];
                for lane in 0..8 {
                    running[lane] = f(running[lane], by[lane]);
                    result[lane] = then(running[lane]);
                }
                self.memory.set(to + year * GROUP + p, result);
            }
        }
    }

    #[inline(always)]
    fn sum(&mut self, total: u32, of: impl Operand) {
        let total = self.row(total);
        let mut sums = [[0.0; 8]; GROUP];
        for year in 0..self.years {
            for (p, sum) in sums.iter_mut().enumerate() {
                let x = of.piece(self.memory, year, p);
                for lane in 0..8 {
                    sum[lane] += x[lane];
                }
            }
        }
        for (p, sum) in sums.iter().enumerate() {
            self.memory.set(total + p, *sum);
        }
    }

    /// Sums of products of one factor with `N` others of one kind.
    #[inline(always)]
    fn sums<const N: usize>(&mut self, factor: Rows, others: [(u32, Place); N]) {
        let totals = others.map(|(total, _)| self.row(total));
        match others[0].1 {
            Place::Number(_) => {
                let numbers = others.map(|(_, place)| match place {
                    Place::Number(number) => self.numbers_of(number),
                    _ => Numbers(&[], 0),
                });
                self.sums_of(totals, factor, numbers);
            }
            Place::Below(..) => {
                let below = others.map(|(_, place)| match place {
                    Place::Below(row, number) => Below(Rows(self.row(row), 0), self.numbers_of(number)),
                    _ => Below(Rows(0, 0), Numbers(&[], 0)),
                });
                self.sums_of(totals, factor, below);
            }
            Place::Steady(_) | Place::Yearly(_) => {
                let rows = others.map(|(_, place)| match place {
                    Place::Steady(row) => Rows(self.row(row), 0),
                    Place::Yearly(slot) => Rows(self.slot(slot), GROUP),
                    _ => Rows(0, 0),
                });
                self.sums_of(totals, factor, rows);
            }
        }
    }

    #[inline(always)]
    fn sums_of<const N: usize, O: Operand>(&mut self, totals: [usize; N], factor: Rows, others: [O; N]) {
        let mut sums = [[[0.0; 8]; GROUP]; N];
        for year in 0..self.years {
            for p in 0..GROUP {
                let x = factor.piece(self.memory, year, p);
                for (sums, other) in sums.iter_mut().zip(others) {
                    let y = other.piece(self.memory, year, p);
                    for lane in 0..8 {
                        sums[p][lane] += x[lane] * y[lane];
                    }
                }
            }
        }
        for (total, sums) in totals.into_iter().zip(&sums) {
            for (p, sum) in sums.iter().enumerate() {
                self.memory.set(total + p, *sum);
            }
        }
    }
}
