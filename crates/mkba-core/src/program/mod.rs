//! The compiled program: phases in a fixed loop nest, dense, without text (stages 5 and 6).
//!
//! ```text
//! for block of lanes (draws)
//!   section Draw                    what differs only between draws
//!   for scenario
//!     section Scenario              what differs between scenarios too
//!     for year
//!       for phase of section Year   one index set each; some only in the years that are observed
//!         for element
//!           code over the lanes
//!     section After                 present values, ledger, outputs
//! ```
//! What does not depend on the draw is not in the code at all: it is computed once while compiling and read from tables.
mod allocate;
mod code;
mod emit;
mod lower;
mod narrow;
mod schedule;

pub(crate) use allocate::registers;
pub use lower::{Output, compile, compile_observed};

use crate::graph::{Binary, Unary};

/// When a phase runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Once per block.
    Draw,
    /// Once per scenario.
    Scenario,
    /// Once per year.
    Year,
    /// After the last year.
    After,
}

impl Section {
    /// In order of running.
    pub const ALL: [Self; 4] = [Self::Draw, Self::Scenario, Self::Year, Self::After];
}

/// How the element of a phase leads to a position of an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Always this position.
    Fixed(u32),
    /// The same position.
    Same,
    /// Through a list in [`Program::maps`].
    Map(u32),
}

/// An operand that is a row of lanes in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RowReference {
    /// First row of the array.
    pub base: u32,
    /// Which of its rows.
    pub access: Access,
}

/// An operand that is the same in all draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScalarReference {
    /// Table in [`Program::tables`].
    pub table: u32,
    /// Which of its positions.
    pub access: Access,
}

/// Which operands of an operation are rows of lanes (`V`) and which are scalars (`S`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Both rows.
    VV,
    /// Row and scalar.
    VS,
    /// Scalar and row.
    SV,
}

/// What an instruction does to the lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opcode {
    /// `to = a ∘ b`
    Binary(Binary, Form),
    /// `to = f(a)`
    Unary(Unary),
    /// `to = a * b + c`, rounded twice; `a` and `b` by form, `c` a row.
    MultiplyAdd(Form),
    /// `to = if a then b else c`; the condition is a row, `b` and `c` by form.
    Select(Form),
    /// As [`Opcode::Select`] with both choices scalars.
    SelectScalars,
    /// `to = if scalar a then b else c`, `b` and `c` by form.
    Choose(Form),
    /// `to = scalar a`
    Splat,
    /// `to = a`
    Copy,
    /// `to` = lag `c` of the phase.
    Lagged,
}

/// One step of the code of a phase. Rows: registers first, then [`Phase::rows`]. Scalars: [`Phase::scalars`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instruction {
    /// What to do.
    pub opcode: Opcode,
    /// Row written.
    pub to: u16,
    /// First operand.
    pub a: u16,
    /// Second operand.
    pub b: u16,
    /// Third operand.
    pub c: u16,
}

impl Instruction {
    /// Arithmetic operations on a draw: a product that is added counts as two, what only moves numbers as none.
    #[must_use]
    pub fn operations(&self) -> u64 {
        match self.opcode {
            Opcode::MultiplyAdd(_) => 2,
            Opcode::Choose(_) | Opcode::Splat | Opcode::Copy | Opcode::Lagged => 0,
            Opcode::Binary(..) | Opcode::Unary(_) | Opcode::Select(_) | Opcode::SelectScalars => 1,
        }
    }
}

/// A row of lanes, or a number for all of them, in the numbering of an [`Instruction`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operand {
    /// A row.
    Row(u16),
    /// A scalar.
    Number(u16),
}

impl Operand {
    /// The row, if it is one.
    #[must_use]
    pub fn row(self) -> Option<u16> {
        match self {
            Self::Row(row) => Some(row),
            Self::Number(_) => None,
        }
    }
}

/// A lag used in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LagReference {
    /// Ring in [`Program::rings`].
    pub ring: u32,
    /// Which of its rows.
    pub access: Access,
    /// How many years ago.
    pub by: Operand,
    /// Value before the first year.
    pub before: Operand,
    /// Row of this phase with the value of the year itself.
    pub now: Option<u16>,
}

/// A stretch of code over one index set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Phase {
    /// Number of elements.
    pub extent: u32,
    /// Order of the elements, when it matters: a list in [`Program::maps`].
    pub order: Option<u32>,
    /// Number of registers.
    pub registers: u16,
    /// Rows in memory.
    pub rows: Vec<RowReference>,
    /// Scalars.
    pub scalars: Vec<ScalarReference>,
    /// Lags.
    pub lags: Vec<LagReference>,
    /// Rows set to a value before the first element: first row, number of rows, value.
    pub clears: Vec<(u32, u32, f64)>,
    /// The code.
    pub code: Vec<Instruction>,
    /// Runs only in years that are observed: nothing else needs what it makes.
    pub observed: bool,
}

/// Known numbers by scenario, year and position.
#[derive(Debug, Clone, PartialEq)]
pub struct ScalarTable {
    /// First number in [`Program::numbers`].
    pub start: usize,
    /// Step per scenario.
    pub per_scenario: usize,
    /// Step per year.
    pub per_year: usize,
}

/// Where a finished value is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In rows from this one on.
    Rows(u32),
    /// In a table.
    Table(u32),
}

/// A state in memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StateSlot {
    /// First row.
    pub base: u32,
    /// Number of rows.
    pub extent: u32,
    /// Value before the first year.
    pub initial: (Source, Access),
    /// Value at the end of the year, when it is not written in place.
    pub next: Option<(Source, Access)>,
}

/// The past of a value: rows of the last `depth` years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ring {
    /// First row.
    pub base: u32,
    /// Rows per year.
    pub extent: u32,
    /// Years kept.
    pub depth: u32,
    /// What is recorded.
    pub of: Source,
}

/// The compiled program. Immutable, shared by all threads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    /// Phases by section.
    pub sections: [Vec<Phase>; 4],
    /// Number of rows of lanes in memory, registers included.
    pub rows: u32,
    /// First row of the registers.
    pub registers: u32,
    /// Inputs: number of the input and the row that it fills.
    pub inputs: Vec<(u32, u32)>,
    /// What is set aside at the end of the year before any state changes, because it is another state: first row, rows, and from where.
    pub set_aside: Vec<(u32, u32, Source, Access)>,
    /// States.
    pub states: Vec<StateSlot>,
    /// Rings of lags.
    pub rings: Vec<Ring>,
    /// Rows of totals over the years: first row and number.
    pub totals: Vec<(u32, u32)>,
    /// Known numbers.
    pub numbers: Vec<f64>,
    /// Tables over them.
    pub tables: Vec<ScalarTable>,
    /// Lists of positions.
    pub maps: Vec<Vec<u32>>,
    /// One for each output asked for, with the number of positions.
    pub outputs: Vec<(Source, u32)>,
    /// One for each value whose yearly mean is asked for, with the number of positions.
    pub yearly: Vec<(Source, u32)>,
    /// One for each value whose mean in the observed years is asked for, with the number of positions.
    pub observed: Vec<(Source, u32)>,
    /// Every so many years are observed, from the first on; 0 when none is.
    pub observed_every: u32,
    /// Number of scenarios.
    pub scenarios: u32,
    /// Number of years.
    pub years: u32,
}

impl Program {
    /// Checks that every row an instruction can reach lies within [`Program::rows`], for the evaluator relies on it.
    ///
    /// # Panics
    /// When one does not: a fault of the compiler, never of a model.
    pub fn check_rows(&self) {
        let inside = |base: u32, count: u32| {
            assert!(
                base.checked_add(count).is_some_and(|end| end <= self.rows),
                "rows are in memory"
            )
        };
        let greatest = |access: Access, extent: u32| match access {
            Access::Fixed(at) => at,
            Access::Same => extent.saturating_sub(1),
            Access::Map(list) => self.maps[list as usize].iter().copied().max().unwrap_or(0),
        };
        for phase in self.sections.iter().flatten() {
            inside(self.registers, u32::from(phase.registers));
            let elements = phase
                .order
                .map_or(phase.extent, |list| greatest(Access::Map(list), 0) + 1)
                .max(phase.extent);
            for row in &phase.rows {
                inside(row.base, greatest(row.access, elements) + 1);
            }
            for &(base, count, _) in &phase.clears {
                inside(base, count);
            }
            for lag in &phase.lags {
                let ring = &self.rings[lag.ring as usize];
                assert!(
                    greatest(lag.access, elements) < ring.extent,
                    "positions of a ring are in memory"
                );
            }
        }
        for ring in &self.rings {
            inside(ring.base, ring.extent * ring.depth);
        }
        self.inputs.iter().for_each(|&(_, row)| inside(row, 1));
        self.totals.iter().for_each(|&(base, count)| inside(base, count));
        let source = |source: Source, count: u32| {
            if let Source::Rows(base) = source {
                inside(base, count);
            }
        };
        for &(base, extent, from, access) in &self.set_aside {
            inside(base, extent);
            source(from, greatest(access, extent) + 1);
        }
        for state in &self.states {
            inside(state.base, state.extent);
            for (from, access) in std::iter::once(state.initial).chain(state.next) {
                source(from, greatest(access, state.extent) + 1);
            }
        }
        self.rings.iter().for_each(|ring| source(ring.of, ring.extent));
        self.outputs
            .iter()
            .chain(&self.yearly)
            .chain(&self.observed)
            .for_each(|&(from, count)| source(from, count));
    }

    /// The place of a year among the observed ones, if it is one of them. Years count from the first.
    #[must_use]
    pub fn observed_year(&self, year: usize) -> Option<usize> {
        let every = self.observed_every as usize;
        (every > 0 && year.is_multiple_of(every)).then(|| year / every)
    }

    /// Number of observed years.
    #[must_use]
    pub fn observed_years(&self) -> usize {
        match self.observed_every {
            0 => 0,
            every => self.years.div_ceil(every) as usize,
        }
    }

    /// Number of instructions.
    #[must_use]
    pub fn instructions(&self) -> usize {
        self.sections.iter().flatten().map(|phase| phase.code.len()).sum()
    }

    /// Arithmetic operations for one draw: those of the instructions, times elements, years and scenarios.
    #[must_use]
    pub fn operations_per_draw(&self) -> u64 {
        let section = |phases: &[Phase], observed: bool| {
            phases
                .iter()
                .filter(|p| p.observed == observed)
                .map(|p| p.code.iter().map(Instruction::operations).sum::<u64>() * u64::from(p.extent))
                .sum::<u64>()
        };
        let [draw, scenario, year, after] = [0, 1, 2, 3].map(|n| section(&self.sections[n], false));
        let observed = section(&self.sections[Section::Year as usize], true) * self.observed_years() as u64;
        draw + u64::from(self.scenarios) * (scenario + u64::from(self.years) * year + observed + after)
    }
}
