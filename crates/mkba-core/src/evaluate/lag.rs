//! The value of some years ago, over the lanes. The same numbers as `reference::lag`.
use super::memory::Memory;
use super::places::Places;
use crate::lane::math::{floor, select};
use crate::program::{LagReference, Operand, Ring};

/// A row by its first piece, or a number for all lanes.
#[derive(Debug, Clone, Copy)]
enum Lanes {
    Row(usize),
    Number(f64),
}

/// The lags of a phase for one of its elements, in a year.
pub struct Lags<'a> {
    pub rings: &'a [Ring],
    pub places: &'a Places,
    pub lags: &'a [LagReference],
    /// Position of each lag in its ring.
    pub positions: &'a [u32],
    pub year: usize,
}

impl Lags<'_> {
    /// Writes the values of a lag to a row. `rows` and `numbers` are those of the element.
    #[inline(always)]
    pub fn write<const P: usize>(
        &self,
        memory: &mut Memory<'_, P>,
        to: usize,
        lag: usize,
        rows: &[u32],
        numbers: &[f64],
    ) {
        let reference = self.lags[lag];
        let ring = self.rings[reference.ring as usize];
        let lanes = |operand: Operand| match operand {
            Operand::Row(row) => Lanes::Row(rows[row as usize] as usize),
            Operand::Number(number) => Lanes::Number(numbers[number as usize]),
        };
        let first = self.places.of(ring.base);
        // A ring of one slot has no second one; its step is not used.
        let second = self.places.of(ring.base + if ring.depth > 1 { ring.extent } else { 0 });
        let past = Past {
            base: self.places.of(ring.base + self.positions[lag]),
            stride: second - first,
            depth: ring.depth as usize,
            year: self.year,
            now: reference.now.map(|now| rows[now as usize] as usize),
            by: lanes(reference.by),
            before: lanes(reference.before),
        };
        past.write(memory, to);
    }
}

/// The past of one value at one position.
struct Past {
    /// First piece of the row of the first slot.
    base: usize,
    /// Pieces from one slot to the next.
    stride: usize,
    depth: usize,
    year: usize,
    now: Option<usize>,
    by: Lanes,
    before: Lanes,
}

impl Past {
    /// Writes the values to a row.
    #[inline(always)]
    fn write<const P: usize>(&self, memory: &mut Memory<'_, P>, to: usize) {
        match self.by {
            Lanes::Number(by) => self.same_for_all(memory, to, by),
            Lanes::Row(by) => self.lane_by_lane(memory, to, by),
        }
    }

    /// What holds the values of a whole number of years ago.
    #[inline(always)]
    fn back(&self, years: f64) -> Lanes {
        if self.year as f64 - years < 0.0 {
            self.before
        } else if years == 0.0 {
            self.now.map_or(self.before, Lanes::Row)
        } else {
            // At most one turn back: a ring is deeper than any lag it serves.
            let (years, this) = ((years as usize).min(self.depth), self.year % self.depth);
            let slot = if years <= this {
                this - years
            } else {
                this + self.depth - years
            };
            Lanes::Row(self.base + slot * self.stride)
        }
    }

    #[inline(always)]
    fn same_for_all<const P: usize>(&self, memory: &mut Memory<'_, P>, to: usize, by: f64) {
        let whole = floor(by);
        let part = by - whole;
        if part == 0.0 {
            return match self.back(whole) {
                Lanes::Row(row) => memory.copy(to, row),
                Lanes::Number(number) => memory.fill(to, number),
            };
        }
        match (self.back(whole), self.back(whole + 1.0)) {
            (Lanes::Row(near), Lanes::Row(far)) => {
                memory.two(to, near, far, |near, far| (1.0 - part) * near + part * far);
            }
            (Lanes::Row(near), Lanes::Number(far)) => memory.one(to, near, |near| (1.0 - part) * near + part * far),
            (Lanes::Number(near), Lanes::Row(far)) => memory.one(to, far, |far| (1.0 - part) * near + part * far),
            (Lanes::Number(near), Lanes::Number(far)) => memory.fill(to, (1.0 - part) * near + part * far),
        }
    }

    #[inline(always)]
    fn lane_by_lane<const P: usize>(&self, memory: &mut Memory<'_, P>, to: usize, by: usize) {
        for p in 0..memory.pieces() {
            let by = memory.get(by + p);
            let (mut near, mut far) = ([0.0; 8], [0.0; 8]);
            let whole = by.map(floor);
            for lane in 0..8 {
                let value = |from: Lanes| match from {
                    Lanes::Row(row) => memory.get(row + p)[lane],
                    Lanes::Number(number) => number,
                };
                near[lane] = value(self.back(whole[lane]));
                far[lane] = value(self.back(whole[lane] + 1.0));
            }
            let mut result = [0.0; 8];
            for lane in 0..8 {
                let part = by[lane] - whole[lane];
                let between = (1.0 - part) * near[lane] + part * far[lane];
                result[lane] = select(part == 0.0, near[lane], between);
            }
            memory.set(to + p, result);
        }
    }
}
