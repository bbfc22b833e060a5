//! Where each row lies in memory.
use super::moves::Moves;
use crate::program::{Program, Ring};
use std::collections::BTreeMap;

/// The first piece of each row.
///
/// A large program has tens of megabytes of rows, and goes through most of them once a year. Rows lie in the order in which that is done,
/// so that memory is read as it comes: the processor fetches ahead, and few pages are in use at a time (`docs/design/performance.md`).
pub struct Places {
    /// By row, in this year.
    now: Vec<u32>,
    /// By row, before the first year.
    at_first: Vec<u32>,
    /// Pieces in all.
    pub pieces: usize,
}

impl Places {
    /// In the order of their numbers.
    pub fn by_number(rows: u32, per_row: usize) -> Self {
        Self::in_order(0..rows, rows, per_row, |_| true)
    }

    /// In the order of their use, rings first.
    pub fn by_use(program: &Program, used: &[u32], moves: &Moves, per_row: usize) -> Self {
        let order = ring_rows(program).into_iter().chain(used.iter().copied());
        Self::in_order(order.chain(0..moves.rows), moves.rows, per_row, |row| {
            moves.has_place(row)
        })
    }

    fn in_order(order: impl Iterator<Item = u32>, rows: u32, per_row: usize, has_place: impl Fn(u32) -> bool) -> Self {
        let per_row = per_row as u32;
        let mut first = vec![None; rows as usize];
        let mut pieces = 0;
        for row in order.filter(|row| has_place(*row)) {
            let first = &mut first[row as usize];
            if first.is_none() {
                *first = Some(pieces);
                pieces += per_row;
            }
        }
        // A row without a place is given one every year.
        let at_first: Vec<u32> = first.into_iter().map(|first| first.unwrap_or(0)).collect();
        Self {
            now: at_first.clone(),
            at_first,
            pieces: pieces as usize,
        }
    }

    /// The first piece of a row.
    #[inline(always)]
    pub fn of(&self, row: u32) -> usize {
        self.now[row as usize] as usize
    }

    /// All rows where they were before the first year.
    pub fn as_at_first(&mut self) {
        self.now.copy_from_slice(&self.at_first);
    }

    /// Puts a row where another one is.
    pub fn put(&mut self, row: u32, at: u32) {
        self.now[row as usize] = self.now[at as usize];
    }

    /// Puts a row where another one is, and that one where it was.
    pub fn exchange(&mut self, row: u32, other: u32) {
        self.now.swap(row as usize, other as usize);
    }
}

/// The rows of all rings. What an element keeps in a year in rings of the same length lies together, for it is written together and, as most
/// lags are alike, read together. From a year to the next it is as far for all elements of a ring.
fn ring_rows(program: &Program) -> Vec<u32> {
    let mut alike: BTreeMap<(u32, u32), Vec<&Ring>> = BTreeMap::new();
    for ring in &program.rings {
        alike.entry((ring.extent, ring.depth)).or_default().push(ring);
    }
    let mut rows = Vec::new();
    for ((extent, depth), rings) in alike {
        for at in 0..extent * depth {
            rows.extend(rings.iter().map(|ring| ring.base + at));
        }
    }
    rows
}
