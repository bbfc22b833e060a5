//! The loop nest over a block of draws.
use super::lag::Lags;
use super::memory::{Memory, Piece};
use super::moves::Moves;
use super::places::Places;
use super::ready::{ReadyPhase, position};
use super::side_by_side::{GROUP, SideBySide};
use super::steps::execute;
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
    moves: Moves,
    /// By section.
    phases: [Vec<ReadyPhase>; 4],
    /// First pieces of the rows of all phases, in this year.
    rows: Vec<u32>,
    /// Which of them change from year to year, and the row that each is.
    moving: Vec<(u32, u32)>,
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
        let mut moves = match side_by_side {
            Some(_) => Moves::none(program),
            None => Moves::of(program),
        };
        let mut rows = Vec::new();
        let mut ready = |section: Section| -> Vec<ReadyPhase> {
            let phases = program.sections[section as usize].iter();
            phases
                .map(|phase| ReadyPhase::new(program, phase, &mut moves, &mut rows))
                .collect()
        };
        // The years first, for rows lie in the order of their use there.
        let year = ready(Section::Year);
        let phases = [
            ready(Section::Draw),
            ready(Section::Scenario),
            year,
            ready(Section::After),
        ];
        let places = match side_by_side {
            Some(_) => Places::by_number(program.rows, per_row),
            None => Places::by_use(program, &rows, &moves, per_row),
        };
        let is_moving = moves.moving();
        let entries = (0..).zip(rows.iter().copied());
        let moving = entries.filter(|&(_, row)| is_moving[row as usize]).collect();
        rows.iter_mut().for_each(|row| *row = places.of(*row) as u32);
        let values = side_by_side
            .as_ref()
            .map_or(0, |years| years.pieces(program.years as usize));
        let most_numbers = phases.iter().flatten().map(ReadyPhase::scalar_count).max().unwrap_or(0);
        Self {
            program,
            isa,
            per_row,
            pieces: vec![Piece([0.0; 8]); places.pieces + values],
            numbers: vec![0.0; most_numbers],
            lanes: vec![0.0; per_row * 8],
            places,
            moves,
            phases,
            rows,
            moving,
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
        let mut run = Run {
            program,
            isa: self.isa,
            places: &mut self.places,
            moves: &self.moves,
            phases: &self.phases,
            rows: &mut self.rows,
            moving: &self.moving,
            side_by_side: self.side_by_side.as_ref(),
            memory: Memory::<P>::new(&mut self.pieces, self.per_row),
            numbers: &mut self.numbers,
            lanes: &mut self.lanes,
            scenario: 0,
            year: 0,
        };
        let width = self.per_row * 8;
        for &(input, row) in &program.inputs {
            let values = &inputs[input as usize * width..][..width];
            run.memory.write(run.places.of(row), values);
        }
        for (row, number) in self.moves.constants() {
            run.memory.fill(run.places.of(row), number);
        }
        run.section(Section::Draw);
        for scenario in 0..program.scenarios as usize {
            run.scenario = scenario;
            run.year = 0;
            run.section(Section::Scenario);
            run.places.as_at_first();
            run.begin();
            let years = if run.side_by_side.is_some() {
                run.years();
                0
            } else {
                program.years as usize
            };
            for year in 0..years {
                run.year = year;
                run.begin_year();
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
    places: &'m mut Places,
    moves: &'m Moves,
    phases: &'m [Vec<ReadyPhase>; 4],
    rows: &'m mut [u32],
    moving: &'m [(u32, u32)],
    side_by_side: Option<&'m SideBySide>,
    memory: Memory<'m, P>,
    numbers: &'m mut [f64],
    lanes: &'m mut [f64],
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
            places,
            rows,
            scenario,
            year,
            ..
        } = self;
        for &(base, count, value) in &phase.clears {
            for row in base..base + count {
                memory.fill(places.of(row), value);
            }
        }
        for element in 0..phase.elements {
            phase.look_up(&program.numbers, element, *scenario, *year, numbers);
            let (rows, positions) = (phase.rows(rows, element), phase.positions(element));
            let lags = Lags {
                rings: &program.rings,
                places,
                lags: &phase.lags,
                positions,
                year: *year,
            };
            execute(&phase.steps, &mut memory.again(), rows, numbers, &lags);
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

    /// Rows where they lie in this year.
    fn begin_year(&mut self) {
        self.moves.year(self.program, self.places, self.year);
        for &(entry, row) in self.moving {
            self.rows[entry as usize] = self.places.of(row) as u32;
        }
    }

    /// Carries states over to the next year and records histories.
    fn end_year(&mut self) {
        for &ring in &self.moves.copied_rings {
            let ring = &self.program.rings[ring];
            let slot = ring.base + (self.year as u32 % ring.depth) * ring.extent;
            self.spread(slot, ring.extent, (ring.of, Access::Same));
        }
        for &(base, extent, source, access) in &self.program.set_aside {
            self.spread(base, extent, (source, access));
        }
        for &state in &self.moves.copied_states {
            let state = &self.program.states[state];
            if let Some(next) = state.next {
                self.spread(state.base, state.extent, next);
            }
        }
    }

    fn spread(&mut self, base: u32, extent: u32, (source, access): (Source, Access)) {
        for element in 0..extent {
            let at = position(self.program, access, element);
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
