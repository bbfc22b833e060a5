//! Where each row of a program lies in memory.
use super::ready::{order, position};
use crate::program::{Program, Section};

/// The first piece of each row.
///
/// A large program has tens of megabytes of rows, and goes through most of them once a year. Rows lie in the order in which that is done,
/// so that memory is read as it comes: the processor fetches ahead, and few pages are in use at a time (`docs/design/performance.md`).
pub struct Places {
    /// By row.
    first: Vec<u32>,
}

impl Places {
    /// In the order of their numbers.
    pub fn by_number(program: &Program, per_row: usize) -> Self {
        Self {
            first: (0..program.rows).map(|row| row * per_row as u32).collect(),
        }
    }

    /// In the order in which a year goes through them: element by element through each phase.
    pub fn by_use(program: &Program, per_row: usize) -> Self {
        let mut places = Placing {
            first: vec![None; program.rows as usize],
            placed: 0,
            per_row: per_row as u32,
        };
        // The rows of a ring stay together, for a lag steps through them.
        for ring in &program.rings {
            (ring.base..ring.base + ring.extent * ring.depth).for_each(|row| places.place(row));
        }
        let registers = program
            .sections
            .iter()
            .flatten()
            .map(|phase| u32::from(phase.registers));
        let registers = registers.max().unwrap_or(0);
        (program.registers..program.registers + registers).for_each(|row| places.place(row));
        for phase in &program.sections[Section::Year as usize] {
            for element in order(program, phase) {
                let rows = phase.rows.iter();
                rows.for_each(|row| places.place(row.base + position(program, row.access, element)));
            }
        }
        (0..program.rows).for_each(|row| places.place(row));
        Self {
            first: places.first.into_iter().flatten().collect(),
        }
    }

    /// The first piece of a row.
    #[inline(always)]
    pub fn of(&self, row: u32) -> usize {
        self.first[row as usize] as usize
    }
}

struct Placing {
    first: Vec<Option<u32>>,
    placed: u32,
    per_row: u32,
}

impl Placing {
    /// After those that have a place, unless it has one.
    fn place(&mut self, row: u32) {
        let first = &mut self.first[row as usize];
        if first.is_none() {
            *first = Some(self.placed * self.per_row);
            self.placed += 1;
        }
    }
}
