//! The loop nest over a block of draws.
use super::operations::{Memory, Piece, Step, execute};
use super::reference::lag;
use crate::lane::{Isa, Kernel};
use crate::program::{Access, Phase, Program, Section, Source};

/// Takes what a block computes. Only the lanes that hold a draw are shown.
pub trait Sink {
    /// An output of a scenario at one of its positions, one number for each draw.
    fn output(&mut self, scenario: usize, output: usize, position: usize, lanes: &[f64]);
    /// A yearly value of a scenario at one of its positions.
    fn yearly(&mut self, scenario: usize, year: usize, item: usize, position: usize, lanes: &[f64]);
}

/// Memory of one thread, made once and used for all its blocks.
pub struct Evaluator<'p> {
    program: &'p Program,
    isa: Isa,
    per_row: usize,
    pieces: Vec<Piece>,
    rows: Vec<usize>,
    numbers: Vec<f64>,
    lanes: Vec<f64>,
    /// Code of every phase, by section.
    code: [Vec<Vec<Step>>; 4],
}

impl<'p> Evaluator<'p> {
    /// For blocks of up to `lanes` draws, a multiple of 8.
    #[must_use]
    pub fn new(program: &'p Program, isa: Isa, lanes: usize) -> Self {
        let per_row = lanes.div_ceil(8).max(1);
        let phases = || program.sections.iter().flatten();
        let most_rows = phases()
            .map(|p| usize::from(p.registers) + p.rows.len())
            .max()
            .unwrap_or(0);
        let most_numbers = phases().map(|p| p.scalars.len()).max().unwrap_or(0);
        program.check_rows();
        let code = [0, 1, 2, 3].map(|n: usize| {
            program.sections[n]
                .iter()
                .map(|p| p.code.iter().map(Step::from).collect())
                .collect()
        });
        Self {
            program,
            isa,
            per_row,
            pieces: vec![Piece([0.0; 8]); program.rows as usize * per_row],
            rows: vec![0; most_rows],
            numbers: vec![0.0; most_numbers],
            lanes: vec![0.0; per_row * 8],
            code,
        }
    }

    /// Draws of a block.
    #[must_use]
    pub fn block_size(&self) -> usize {
        self.per_row * 8
    }

    /// Evaluates a block. `inputs` holds for each input of the model a row of `block_size` values; the first `draws` of them count.
    pub fn run(&mut self, inputs: &[f64], draws: usize, sink: &mut impl Sink) {
        self.nest(inputs, draws, sink);
    }

    fn nest(&mut self, inputs: &[f64], draws: usize, sink: &mut impl Sink) {
        let Self {
            program,
            isa,
            per_row,
            pieces,
            rows,
            numbers,
            lanes,
            code,
        } = self;
        let (program, isa) = (*program, *isa);
        let memory = Memory::new(pieces, *per_row, program.rows as usize);
        let mut run = Run {
            program,
            code,
            memory,
            rows,
            numbers,
            scenario: 0,
            year: 0,
        };
        let width = *per_row * 8;
        for &(input, row) in &program.inputs {
            run.memory
                .write(row as usize * *per_row, &inputs[input as usize * width..][..width]);
        }
        run.section(isa, Section::Draw);
        for scenario in 0..program.scenarios as usize {
            run.scenario = scenario;
            run.year = 0;
            run.section(isa, Section::Scenario);
            run.begin();
            for year in 0..program.years as usize {
                run.year = year;
                run.section(isa, Section::Year);
                for (item, &(source, positions)) in program.yearly.iter().enumerate() {
                    for position in 0..positions {
                        sink.yearly(
                            scenario,
                            year,
                            item,
                            position as usize,
                            run.read(source, position, lanes, draws),
                        );
                    }
                }
                run.end_year();
            }
            run.section(isa, Section::After);
            for (output, &(source, positions)) in program.outputs.iter().enumerate() {
                for position in 0..positions {
                    sink.output(
                        scenario,
                        output,
                        position as usize,
                        run.read(source, position, lanes, draws),
                    );
                }
            }
        }
    }
}

/// The phases of one section: the only code that is compiled for each instruction set.
struct Phases<'r, 'm, 'p> {
    run: &'r mut Run<'m, 'p>,
    section: Section,
}

impl Kernel for Phases<'_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let program = self.run.program;
        let code = self.run.code;
        for (phase, code) in program.sections[self.section as usize]
            .iter()
            .zip(&code[self.section as usize])
        {
            self.run.phase(phase, code);
        }
    }
}

struct Run<'m, 'p> {
    program: &'p Program,
    code: &'m [Vec<Vec<Step>>; 4],
    memory: Memory<'m>,
    rows: &'m mut [usize],
    numbers: &'m mut [f64],
    scenario: usize,
    year: usize,
}

impl Run<'_, '_> {
    #[inline(never)]
    fn section(&mut self, isa: Isa, section: Section) {
        isa.run(Phases { run: self, section });
    }

    #[inline(always)]
    fn phase(&mut self, phase: &Phase, code: &[Step]) {
        let per_row = self.memory.per_row;
        for &(base, count, value) in &phase.clears {
            self.clear(base, count, value);
        }
        let registers = phase.registers as usize;
        for (at, row) in self.rows[..registers].iter_mut().enumerate() {
            *row = (self.program.registers as usize + at) * per_row;
        }
        for step in 0..phase.extent {
            let element = phase
                .order
                .map_or(step, |list| self.program.maps[list as usize][step as usize]);
            for (slot, row) in self.rows[registers..].iter_mut().zip(&phase.rows) {
                *slot = (row.base + position(self.program, row.access, element)) as usize * per_row;
            }
            for (number, scalar) in self.numbers.iter_mut().zip(&phase.scalars) {
                *number = table(self.program, scalar.table, self.scenario, self.year)
                    [position(self.program, scalar.access, element) as usize];
            }
            let Self {
                program,
                memory,
                rows,
                numbers,
                year,
                ..
            } = self;
            execute(code, memory, rows, numbers, |memory, step| {
                let reference = phase.lags[step.c as usize];
                let ring = program.rings[reference.ring as usize];
                let at = position(program, reference.access, element);
                let past = Past {
                    ring,
                    at,
                    year: *year,
                    now: reference.now.map(|now| rows[now as usize]),
                };
                past.lag(
                    memory,
                    rows[step.to as usize],
                    rows[step.a as usize],
                    rows[step.b as usize],
                );
            });
        }
    }

    /// States and totals before the first year.
    fn begin(&mut self) {
        for state in &self.program.states {
            self.spread(state.base, state.extent, state.initial);
        }
        for &(base, count) in &self.program.totals {
            self.clear(base, count, 0.0);
        }
    }

    fn clear(&mut self, base: u32, count: u32, value: f64) {
        for row in base..base + count {
            self.memory.fill(row as usize * self.memory.per_row, value);
        }
    }

    /// Carries states over to the next year and records histories.
    fn end_year(&mut self) {
        for ring in &self.program.rings {
            let slot = ring.base + (self.year as u32 % ring.depth) * ring.extent;
            self.spread(slot, ring.extent, (ring.of, Access::Same));
        }
        for state in &self.program.states {
            if let Some(next) = state.next {
                self.spread(state.base, state.extent, next);
            }
        }
    }

    fn spread(&mut self, base: u32, extent: u32, (source, access): (Source, Access)) {
        let per_row = self.memory.per_row;
        for element in 0..extent {
            let at = position(self.program, access, element);
            let to = (base + element) as usize * per_row;
            match source {
                Source::Rows(from) => self.memory.copy(to, (from + at) as usize * per_row),
                Source::Table(number) => {
                    let value = table(self.program, number, self.scenario, self.year)[at as usize];
                    self.memory.fill(to, value);
                }
            }
        }
    }

    fn read<'l>(&self, source: Source, position: u32, lanes: &'l mut [f64], draws: usize) -> &'l [f64] {
        match source {
            Source::Rows(base) => {
                self.memory
                    .read((base + position) as usize * self.memory.per_row, lanes);
            }
            Source::Table(number) => {
                lanes.fill(table(self.program, number, self.scenario, self.year)[position as usize]);
            }
        }
        &lanes[..draws]
    }
}

#[inline(always)]
fn position(program: &Program, access: Access, element: u32) -> u32 {
    match access {
        Access::Fixed(at) => at,
        Access::Same => element,
        Access::Map(list) => program.maps[list as usize][element as usize],
    }
}

#[inline(always)]
fn table(program: &Program, number: u32, scenario: usize, year: usize) -> &[f64] {
    let table = &program.tables[number as usize];
    &program.numbers[table.start + scenario * table.per_scenario + year * table.per_year..]
}

/// The past of one value at one position.
struct Past {
    ring: crate::program::Ring,
    at: u32,
    year: usize,
    now: Option<usize>,
}

impl Past {
    #[inline(always)]
    fn lag(&self, memory: &mut Memory<'_>, to: usize, by: usize, before: usize) {
        for lane in 0..memory.per_row * 8 {
            let back = |years: f64| {
                let then = self.year as f64 - years;
                let row = if then < 0.0 {
                    before
                } else if years == 0.0 {
                    self.now.unwrap_or(before)
                } else {
                    let slot = then as u32 % self.ring.depth;
                    (self.ring.base + slot * self.ring.extent + self.at) as usize * memory.per_row
                };
                memory.lane(row, lane)
            };
            let value = lag(memory.lane(by, lane), back);
            memory.set_lane(to, lane, value);
        }
    }
}
