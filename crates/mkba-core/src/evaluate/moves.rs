//! Rows that lie elsewhere each year, so that nothing has to be copied.
//!
//! The value that a history keeps is written where the history keeps it; a state that takes the place of another value at the end of the
//! year is read where that value was written; the value of a whole number of years ago is read where the history has it. Rows are
//! named by number: where they lie is said by [`Places`], and [`Moves`] changes that from year to year.
use super::places::Places;
use super::ready::{order, position};
use crate::program::{Access, LagReference, Operand, Phase, Program, Section, Source};
use std::collections::BTreeMap;
use std::ops::Range;

/// Rows that move.
#[derive(Default)]
pub struct Moves {
    /// Number of rows: those of the program, those that lags are read from, those of constants.
    pub rows: u32,
    /// By row: whether it has a place of its own in memory.
    has_place: Vec<bool>,
    /// Rings that are written in place.
    rings: Vec<usize>,
    /// States that take over another value.
    states: Vec<Taken>,
    /// Rows from which lags are read.
    lags: Vec<LagRow>,
    /// Rows with the same number in all lanes, by its bits.
    constants: BTreeMap<u64, u32>,
    /// What is still copied at the end of a year: numbers in [`Program::rings`] and [`Program::states`].
    pub copied_rings: Vec<usize>,
    pub copied_states: Vec<usize>,
    /// By row of the program: how often a year writes it, of rows that may move.
    writers: Vec<Option<u32>>,
}

/// A state that takes over a value.
struct Taken {
    state: u32,
    next: u32,
    extent: u32,
    /// Whether the value is then written where the state was; a value that a history keeps has another place anyway.
    exchanged: bool,
}

/// A row in which the value of some years ago is read.
struct LagRow {
    row: u32,
    ring: usize,
    position: u32,
    years: u32,
    /// Row of the value before the first year.
    before: u32,
}

/// The values of a whole number of years ago, the same number in all years.
pub struct Lag {
    ring: usize,
    /// By element: position in the ring, years, value before the first year.
    elements: Vec<(u32, u32, f64)>,
}

impl Lag {
    /// A lag of a phase, if it is of a number of years that never changes.
    pub fn new(program: &Program, phase: &Phase, lag: &LagReference, order: &[u32]) -> Option<Self> {
        let ring = &program.rings[lag.ring as usize];
        let of = |&element: &u32| {
            let years = always(program, phase, lag.by, element)?;
            let before = always(program, phase, lag.before, element)?;
            let is_whole = years.fract() == 0.0 && years >= 1.0 && years < f64::from(ring.depth);
            is_whole.then(|| (position(program, lag.access, element), years as u32, before))
        };
        let elements = order.iter().map(of).collect::<Option<_>>()?;
        let ring = lag.ring as usize;
        Some(Self { ring, elements })
    }
}

impl Moves {
    /// What moves of a program whose years run one after the other.
    pub fn of(program: &Program) -> Self {
        let mut moves = Self {
            rows: program.rows,
            has_place: vec![true; program.rows as usize],
            writers: writers(program),
            ..Self::default()
        };
        let mut kept = vec![false; program.rows as usize];
        for (number, ring) in program.rings.iter().enumerate() {
            match ring.of {
                Source::Rows(of) if ring.depth > 1 && moves.are_free(of, ring.extent) => {
                    kept[range(of, ring.extent)].fill(true);
                    moves.has_place[range(of, ring.extent)].fill(false);
                    moves.rings.push(number);
                }
                _ => moves.copied_rings.push(number),
            }
        }
        let mut exchanged = vec![false; program.rows as usize];
        for (number, state) in program.states.iter().enumerate() {
            let Some((source, access)) = state.next else { continue };
            match source {
                Source::Rows(next) if access == Access::Same && program.set_aside.is_empty() => {
                    let rows = range(next, state.extent);
                    let is_kept = kept[rows.clone()].iter().all(|kept| *kept);
                    let is_free = moves.are_free(next, state.extent) && !exchanged[rows.clone()].contains(&true);
                    if !is_kept && !is_free {
                        moves.copied_states.push(number);
                        continue;
                    }
                    exchanged[rows].fill(!is_kept);
                    moves.states.push(Taken {
                        state: state.base,
                        next,
                        extent: state.extent,
                        exchanged: !is_kept,
                    });
                }
                _ => moves.copied_states.push(number),
            }
        }
        moves
    }

    /// Whether rows hold the value of a year alone and have not been given another place.
    fn are_free(&self, base: u32, extent: u32) -> bool {
        range(base, extent).all(|row| self.writers[row].is_some() && self.has_place[row])
    }

    /// Nothing moves.
    pub fn none(program: &Program) -> Self {
        Self {
            rows: program.rows,
            has_place: vec![true; program.rows as usize],
            copied_rings: (0..program.rings.len()).collect(),
            copied_states: (0..program.states.len()).collect(),
            ..Self::default()
        }
    }

    /// Rows from which a lag is read from now on, by element.
    pub fn read_lag(&mut self, lag: Lag) -> Vec<u32> {
        let rows: Vec<u32> = lag.elements.iter().map(|_| self.another_row()).collect();
        self.put_lag(lag, &rows);
        rows
    }

    /// Reads a lag from the rows that it would be copied to, if nothing else uses them; says whether it does.
    pub fn read_lag_in(&mut self, lag: Lag, rows: &[u32]) -> bool {
        let is_free = |row: &u32| {
            let mut states = self.states.iter();
            let is_taken = states.any(|state| (state.next..state.next + state.extent).contains(row));
            self.has_place[*row as usize] && self.writers[*row as usize] == Some(1) && !is_taken
        };
        let are_free = rows.iter().all(is_free);
        if are_free {
            self.put_lag(lag, rows);
        }
        are_free
    }

    fn put_lag(&mut self, lag: Lag, rows: &[u32]) {
        for (&row, (position, years, before)) in rows.iter().zip(lag.elements) {
            self.has_place[row as usize] = false;
            let before = self.constant(before);
            self.lags.push(LagRow {
                row,
                ring: lag.ring,
                position,
                years,
                before,
            });
        }
    }

    fn another_row(&mut self) -> u32 {
        self.has_place.push(true);
        self.rows += 1;
        self.rows - 1
    }

    fn constant(&mut self, number: f64) -> u32 {
        if let Some(&row) = self.constants.get(&number.to_bits()) {
            return row;
        }
        let row = self.another_row();
        self.constants.insert(number.to_bits(), row);
        row
    }

    /// Whether a row has memory of its own.
    pub fn has_place(&self, row: u32) -> bool {
        self.has_place[row as usize]
    }

    /// By row, whether its place changes.
    pub fn moving(&self) -> Vec<bool> {
        let mut moving: Vec<bool> = self.has_place.iter().map(|has| !has).collect();
        for state in &self.states {
            moving[range(state.state, state.extent)].fill(true);
            if state.exchanged {
                moving[range(state.next, state.extent)].fill(true);
            }
        }
        moving
    }

    /// Rows that hold one number all the time.
    pub fn constants(&self) -> impl Iterator<Item = (u32, f64)> {
        self.constants.iter().map(|(&bits, &row)| (row, f64::from_bits(bits)))
    }

    /// Places in a year, from those of the year before, or [`Places::as_at_first`].
    pub fn year(&self, program: &Program, places: &mut Places, year: usize) {
        if year > 0 {
            self.take_over(places);
        }
        for &number in &self.rings {
            let ring = &program.rings[number];
            if let Source::Rows(of) = ring.of {
                let slot = ring.base + (year as u32 % ring.depth) * ring.extent;
                (0..ring.extent).for_each(|position| places.put(of + position, slot + position));
            }
        }
        for lag in &self.lags {
            let ring = &program.rings[lag.ring];
            let at = match (year as u32).checked_sub(lag.years) {
                Some(then) => ring.base + (then % ring.depth) * ring.extent + lag.position,
                None => lag.before,
            };
            places.put(lag.row, at);
        }
    }

    fn take_over(&self, places: &mut Places) {
        for taken in &self.states {
            for position in 0..taken.extent {
                let (state, next) = (taken.state + position, taken.next + position);
                if taken.exchanged {
                    places.exchange(state, next);
                } else {
                    places.put(state, next);
                }
            }
        }
    }
}

fn range(base: u32, extent: u32) -> Range<usize> {
    base as usize..(base + extent) as usize
}

/// By row, how often a year writes it; `None` where something else does too, or where it holds more than the value of a year.
fn writers(program: &Program) -> Vec<Option<u32>> {
    let mut writers = vec![Some(0); program.rows as usize];
    for section in Section::ALL {
        for phase in &program.sections[section as usize] {
            let is_of_year = section == Section::Year && !phase.observed;
            let mut write = |row: u32| {
                let count = &mut writers[row as usize];
                *count = if is_of_year { count.map(|count| count + 1) } else { None };
            };
            for &(base, count, _) in &phase.clears {
                (base..base + count).for_each(&mut write);
            }
            for instruction in phase
                .code
                .iter()
                .filter(|instruction| instruction.to >= phase.registers)
            {
                let row = &phase.rows[usize::from(instruction.to - phase.registers)];
                for element in order(program, phase) {
                    write(row.base + position(program, row.access, element));
                }
            }
        }
    }
    let mut keep = |base: u32, count: u32| writers[range(base, count)].fill(None);
    program.states.iter().for_each(|state| keep(state.base, state.extent));
    program
        .rings
        .iter()
        .for_each(|ring| keep(ring.base, ring.extent * ring.depth));
    program.totals.iter().for_each(|&(base, count)| keep(base, count));
    program
        .set_aside
        .iter()
        .for_each(|&(base, count, ..)| keep(base, count));
    program.inputs.iter().for_each(|&(_, row)| keep(row, 1));
    writers
        .iter_mut()
        .for_each(|count| *count = count.filter(|count| *count > 0));
    writers
}

/// A number that is the same in all scenarios and years.
fn always(program: &Program, phase: &Phase, operand: Operand, element: u32) -> Option<f64> {
    let Operand::Number(slot) = operand else { return None };
    let scalar = &phase.scalars[usize::from(slot)];
    let table = &program.tables[scalar.table as usize];
    let first = table.start + position(program, scalar.access, element) as usize;
    let number = program.numbers[first];
    let scenarios = if table.per_scenario == 0 {
        1
    } else {
        program.scenarios as usize
    };
    let years = if table.per_year == 0 { 1 } else { program.years as usize };
    let is_same = |at: usize| program.numbers[at].to_bits() == number.to_bits();
    let mut all = (0..scenarios).flat_map(|scenario| (0..years).map(move |year| (scenario, year)));
    all.all(|(scenario, year)| is_same(first + scenario * table.per_scenario + year * table.per_year))
        .then_some(number)
}
