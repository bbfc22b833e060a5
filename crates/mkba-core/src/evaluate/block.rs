//! The loop nest over a block of draws.
use super::lag::Past;
use super::memory::{Memory, Piece};
use super::operations::execute;
use super::places::Places;
use super::ready::ReadyPhase;
use super::side_by_side::{GROUP, SideBySide};
use crate::lane::{Isa, Kernel};
use crate::program::{Access, Program, Section, Source};

/// Takes what a block computes. Only the lanes that hold a draw are shown.
pub trait Sink {
    /// An output of a scenario at one of its positions, one number for each draw.
    fn output(&mut self, scenario: usize, output: usize, position: usize, lanes: &[f64]);
    /// A yearly value of a scenario at one of its positions.
    fn yearly(&mut self, scenario: usize, year: usize, item: usize, position: usize, lanes: &[f64]);
    /// An observed value of a scenario at one of its positions; observed years count from 0.
    fn observed(&mut self, scenario: usize, observed_year: usize, item: usize, position: usize, lanes: &[f64]) {
        let _ = (scenario, observed_year, item, position, lanes);
    }
}

/// Pieces in a row of a block of 64 draws, for which the code is made.
const USUAL: usize = 8;

/// Memory of one thread, made once and used for all its blocks.
pub struct Evaluator<'p> {
    program: &'p Program,
    isa: Isa,
    per_row: usize,
    pieces: Vec<Piece>,
    numbers: Vec<f64>,
    lanes: Vec<f64>,
    places: Places,
    /// By section.
    phases: [Vec<ReadyPhase>; 4],
    /// Where the years can run side by side.
    side_by_side: Option<SideBySide>,
}

impl<'p> Evaluator<'p> {
    /// For blocks of up to `lanes` draws, a multiple of 8.
    #[must_use]
    pub fn new(program: &'p Program, isa: Isa, lanes: usize) -> Self {
        let per_row = lanes.div_ceil(8).max(1);
        program.check_rows();
        let side_by_side = SideBySide::of(program).filter(|_| per_row.is_multiple_of(GROUP));
        let places = match side_by_side {
            Some(_) => Places::by_number(program, per_row),
            None => Places::by_use(program, per_row),
        };
        let ready = |section: usize| {
            let phases = program.sections[section].iter();
            phases.map(|phase| ReadyPhase::new(program, phase, &places)).collect()
        };
        let phases: [Vec<ReadyPhase>; 4] = [0, 1, 2, 3].map(ready);
        let most_numbers = phases.iter().flatten().map(ReadyPhase::scalar_count).max().unwrap_or(0);
        Self {
            program,
            isa,
            per_row,
            pieces: vec![Piece([0.0; 8]); needed_pieces(program, side_by_side.as_ref(), per_row)],
            numbers: vec![0.0; most_numbers],
            lanes: vec![0.0; per_row * 8],
            places,
            phases,
            side_by_side,
        }
    }

    /// Whether an instruction runs over all years before the next one begins.
    #[must_use]
    pub fn runs_years_side_by_side(&self) -> bool {
        self.side_by_side.is_some()
    }

    /// Draws of a block.
    #[must_use]
    pub fn block_size(&self) -> usize {
        self.per_row * 8
    }

    /// Evaluates a block. `inputs` holds for each input of the model a row of `block_size` values; the first `draws` of them count.
    pub fn run(&mut self, inputs: &[f64], draws: usize, sink: &mut impl Sink) {
        match self.per_row {
            USUAL => self.nest::<USUAL>(inputs, draws, sink),
            _ => self.nest::<0>(inputs, draws, sink),
        }
    }

    fn nest<const P: usize>(&mut self, inputs: &[f64], draws: usize, sink: &mut impl Sink)
    where
        for<'m> Run<'m, P>: RunSection,
    {
        let program = self.program;
        let needed = needed_pieces(program, self.side_by_side.as_ref(), self.per_row);
        let mut run = Run {
            program,
            isa: self.isa,
            places: &self.places,
            phases: &self.phases,
            side_by_side: self.side_by_side.as_ref(),
            memory: Memory::<P>::new(&mut self.pieces, self.per_row, needed),
            numbers: &mut self.numbers,
            lanes: &mut self.lanes,
            per_row: self.per_row,
            scenario: 0,
            year: 0,
        };
        let width = self.per_row * 8;
        for &(input, row) in &program.inputs {
            let values = &inputs[input as usize * width..][..width];
            run.memory.write(run.places.of(row), values);
        }
        run.section(Section::Draw);
        for scenario in 0..program.scenarios as usize {
            run.scenario = scenario;
            run.year = 0;
            run.section(Section::Scenario);
            run.begin();
            let years = if run.side_by_side.is_some() {
                run.years();
                0
            } else {
                program.years as usize
            };
            for year in 0..years {
                run.year = year;
                run.section(Section::Year);
                for (item, &(source, positions)) in program.yearly.iter().enumerate() {
                    for position in 0..positions {
                        let lanes = run.read(source, position, draws);
                        sink.yearly(scenario, year, item, position as usize, lanes);
                    }
                }
                if let Some(place) = program.observed_year(year) {
                    for (item, &(source, positions)) in program.observed.iter().enumerate() {
                        for position in 0..positions {
                            let lanes = run.read(source, position, draws);
                            sink.observed(scenario, place, item, position as usize, lanes);
                        }
                    }
                }
                run.end_year();
            }
            run.section(Section::After);
            for (output, &(source, positions)) in program.outputs.iter().enumerate() {
                for position in 0..positions {
                    let lanes = run.read(source, position, draws);
                    sink.output(scenario, output, position as usize, lanes);
                }
            }
        }
    }
}

/// Pieces of all rows, and of the values of years side by side after them.
fn needed_pieces(program: &Program, side_by_side: Option<&SideBySide>, per_row: usize) -> usize {
    let values = side_by_side.map_or(0, |years| years.pieces(program.years as usize));
    program.rows as usize * per_row + values
}

/// The phases of one section: the only code that is compiled for each instruction set.
struct Phases<'r, 'm, const P: usize> {
    run: &'r mut Run<'m, P>,
    section: Section,
}

impl<const P: usize> Kernel for Phases<'_, '_, P> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let phases = self.run.phases;
        let observed = self.run.program.observed_year(self.run.year).is_some();
        for phase in phases[self.section as usize]
            .iter()
            .filter(|phase| observed || !phase.observed)
        {
            self.run.phase(phase);
        }
    }
}

/// The years side by side.
struct AllYears<'r, 'm, const P: usize>(&'r mut Run<'m, P>);

impl<const P: usize> Kernel for AllYears<'_, '_, P> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        if let Some(years) = self.0.side_by_side {
            years.run(self.0.program, &mut self.0.memory, self.0.scenario);
        }
    }
}

struct Run<'m, const P: usize> {
    program: &'m Program,
    isa: Isa,
    places: &'m Places,
    phases: &'m [Vec<ReadyPhase>; 4],
    side_by_side: Option<&'m SideBySide>,
    memory: Memory<'m, P>,
    numbers: &'m mut [f64],
    lanes: &'m mut [f64],
    per_row: usize,
    scenario: usize,
    year: usize,
}

/// Running a section, for the lengths of rows that there is code for. Without a parameter, so that this crate compiles the code of the
/// phases and those that use it do not.
trait RunSection {
    fn section(&mut self, section: Section);
    /// All years, where they can run side by side.
    fn years(&mut self);
}

impl RunSection for Run<'_, USUAL> {
    #[inline(never)]
    fn section(&mut self, section: Section) {
        self.isa.run(Phases { run: self, section });
    }

    #[inline(never)]
    fn years(&mut self) {
        self.isa.run(AllYears(self));
    }
}

impl RunSection for Run<'_, 0> {
    #[inline(never)]
    fn section(&mut self, section: Section) {
        self.isa.run(Phases { run: self, section });
    }

    #[inline(never)]
    fn years(&mut self) {
        self.isa.run(AllYears(self));
    }
}

impl<const P: usize> Run<'_, P> {
    #[inline(always)]
    fn phase(&mut self, phase: &ReadyPhase) {
        let Self {
            program,
            memory,
            numbers,
            per_row,
            places,
            scenario,
            year,
            ..
        } = self;
        for &(row, value) in &phase.clears {
            memory.fill(row, value);
        }
        for element in 0..phase.elements {
            phase.look_up(&program.numbers, element, *scenario, *year, numbers);
            let (rows, positions) = (phase.rows(element), phase.positions(element));
            execute(&phase.steps, &mut memory.again(), rows, numbers, |memory, to, lag| {
                let reference = phase.lags[lag];
                let ring = program.rings[reference.ring as usize];
                let first = places.of(ring.base) + positions[lag] as usize * *per_row;
                Past::new(reference, ring, first, *year, *per_row, rows, numbers).write(memory, to);
            });
        }
    }

    /// States and totals before the first year.
    fn begin(&mut self) {
        for state in &self.program.states {
            self.spread(state.base, state.extent, state.initial);
        }
        for &(base, count) in &self.program.totals {
            for row in base..base + count {
                self.memory.fill(self.places.of(row), 0.0);
            }
        }
    }

    /// Carries states over to the next year and records histories.
    fn end_year(&mut self) {
        for ring in &self.program.rings {
            let slot = ring.base + (self.year as u32 % ring.depth) * ring.extent;
            self.spread(slot, ring.extent, (ring.of, Access::Same));
        }
        for &(base, extent, source, access) in &self.program.set_aside {
            self.spread(base, extent, (source, access));
        }
        for state in &self.program.states {
            if let Some(next) = state.next {
                self.spread(state.base, state.extent, next);
            }
        }
    }

    fn spread(&mut self, base: u32, extent: u32, (source, access): (Source, Access)) {
        for element in 0..extent {
            let at = match access {
                Access::Fixed(at) => at,
                Access::Same => element,
                Access::Map(list) => self.program.maps[list as usize][element as usize],
            };
            let to = self.places.of(base + element);
            match source {
                Source::Rows(from) => self.memory.copy(to, self.places.of(from + at)),
                Source::Table(table) => self.memory.fill(to, self.known(table, at)),
            }
        }
    }

    /// A number that is the same in all draws, in this scenario and year.
    fn known(&self, table: u32, position: u32) -> f64 {
        let table = &self.program.tables[table as usize];
        let first = table.start + self.scenario * table.per_scenario + self.year * table.per_year;
        self.program.numbers[first + position as usize]
    }

    fn read(&mut self, source: Source, position: u32, draws: usize) -> &[f64] {
        match source {
            Source::Rows(base) => &self.memory.row(self.places.of(base + position))[..draws],
            Source::Table(table) => {
                let value = self.known(table, position);
                self.lanes.fill(value);
                &self.lanes[..draws]
            }
        }
    }
}
