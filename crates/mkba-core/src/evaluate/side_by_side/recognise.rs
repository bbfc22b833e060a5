//! Whether the years of a program can run side by side, and what their instructions are then.
use super::{Number, Place, Step};
use crate::evaluate::ready::position;
use crate::graph::Binary;
use crate::program::{Form, Instruction, Opcode, Phase, Program, Section, Source};
use std::collections::{HashMap, HashSet};

/// The steps of all years and the number of values that they make, each sum apart; nothing when a year needs an earlier one in another way.
pub(super) fn steps(program: &Program) -> Option<(Vec<Step>, usize)> {
    let plain = program.yearly.is_empty()
        && program.observed.is_empty()
        && program.rings.is_empty()
        && program.set_aside.is_empty()
        && program.states.iter().all(|state| state.next.is_none())
        && program.totals.iter().all(|&(_, count)| count == 1);
    let phases = &program.sections[Section::Year as usize];
    let one_element =
        |phase: &Phase| phase.extent == 1 && phase.order.is_none() && phase.clears.is_empty() && phase.lags.is_empty();
    if !plain || phases.is_empty() || !phases.iter().all(one_element) {
        return None;
    }
    let mut recogniser = Recogniser {
        program,
        totals: program.totals.iter().map(|&(row, _)| row).collect(),
        written: phases.iter().flat_map(|phase| written(program, phase)).collect(),
        values: HashMap::new(),
        count: 0,
        steps: Vec::new(),
    };
    for phase in phases {
        for instruction in &phase.code {
            recogniser.instruction(phase, instruction)?;
        }
    }
    recogniser.nothing_else_is_read_afterwards()?;
    Some((recogniser.steps, recogniser.count as usize))
}

/// The row of a slot of an instruction, for the first element.
fn row(program: &Program, phase: &Phase, slot: u16) -> u32 {
    match slot.checked_sub(phase.registers) {
        None => program.registers + u32::from(slot),
        Some(place) => {
            let row = phase.rows[usize::from(place)];
            row.base + position(program, row.access, 0)
        }
    }
}

fn written<'p>(program: &'p Program, phase: &'p Phase) -> impl Iterator<Item = u32> + 'p {
    phase.code.iter().map(|instruction| row(program, phase, instruction.to))
}

struct Recogniser<'p> {
    program: &'p Program,
    totals: HashSet<u32>,
    /// Rows that change over the years.
    written: HashSet<u32>,
    /// What rows hold that have been written in this year.
    values: HashMap<u32, u32>,
    count: u32,
    steps: Vec<Step>,
}

impl Recogniser<'_> {
    fn instruction(&mut self, phase: &Phase, instruction: &Instruction) -> Option<()> {
        let Instruction { opcode, to, a, b, c } = *instruction;
        let to_slot = to;
        let to = row(self.program, phase, to);
        if self.totals.contains(&to) {
            return self.sum(phase, instruction, to);
        }
        if let Opcode::Binary(binary @ (Binary::Add | Binary::Multiply), form) = opcode
            && form != Form::SV
            && (a == to_slot || (form == Form::VV && b == to_slot))
            && !self.values.contains_key(&to)
        {
            let other = if a == to_slot { b } else { a };
            let by = if form == Form::VV {
                self.row(phase, other)?
            } else {
                self.number(phase, other)
            };
            let value = self.make(to);
            self.steps.push(Step::Running {
                operation: binary,
                value,
                state: to,
                by,
                then: None,
            });
            return Some(());
        }
        let unused = Place::Steady(0);
        let operands = match opcode {
            Opcode::Binary(_, form) => self.pair(phase, form, a, b).map(|[a, b]| [a, b, unused])?,
            Opcode::Unary(_) => [self.row(phase, a)?, unused, unused],
            Opcode::MultiplyAdd(form) => {
                let [a, b] = self.pair(phase, form, a, b)?;
                [a, b, self.row(phase, c)?]
            }
            Opcode::Select(form) => {
                let [b, c] = self.pair(phase, form, b, c)?;
                [self.row(phase, a)?, b, c]
            }
            Opcode::SelectScalars | Opcode::Choose(_) | Opcode::Splat | Opcode::Copy | Opcode::Lagged => return None,
        };
        let value = self.make(to);
        self.steps.push(Step::Each(opcode, value, operands));
        Some(())
    }

    /// What is added to a total.
    fn sum(&mut self, phase: &Phase, instruction: &Instruction, total: u32) -> Option<()> {
        let Instruction { opcode, to, a, b, c } = *instruction;
        let step = match opcode {
            Opcode::MultiplyAdd(form) if c == to => match self.pair(phase, form, a, b)? {
                [number @ Place::Number(_), row] | [row, number @ Place::Number(_)] => {
                    Step::Sums(row, vec![(total, number)])
                }
                [a, b] => Step::Sums(a, vec![(total, b)]),
            },
            Opcode::Binary(Binary::Add, Form::VV) if a == to => Step::Sum(total, self.row(phase, b)?),
            Opcode::Binary(Binary::Add, Form::VS) if a == to => Step::Sum(total, self.number(phase, b)),
            _ => return None,
        };
        self.steps.push(step);
        Some(())
    }

    /// A new value in a row.
    fn make(&mut self, to: u32) -> u32 {
        self.values.insert(to, self.count);
        self.count += 1;
        self.count - 1
    }

    /// A row that is read; nothing if it holds what an earlier year left there.
    fn row(&self, phase: &Phase, slot: u16) -> Option<Place> {
        let row = row(self.program, phase, slot);
        match self.values.get(&row) {
            _ if self.totals.contains(&row) => None,
            Some(&value) => Some(Place::Yearly(value)),
            None => (!self.written.contains(&row)).then_some(Place::Steady(row)),
        }
    }

    fn number(&self, phase: &Phase, slot: u16) -> Place {
        let scalar = phase.scalars[usize::from(slot)];
        let table = &self.program.tables[scalar.table as usize];
        Place::Number(Number {
            first: table.start as u32 + position(self.program, scalar.access, 0),
            per_scenario: table.per_scenario as u32,
            per_year: table.per_year as u32,
        })
    }

    fn pair(&self, phase: &Phase, form: Form, a: u16, b: u16) -> Option<[Place; 2]> {
        Some(match form {
            Form::VV => [self.row(phase, a)?, self.row(phase, b)?],
            Form::VS => [self.row(phase, a)?, self.number(phase, b)],
            Form::SV => [self.number(phase, a), self.row(phase, b)?],
        })
    }

    /// After the years only their sums are left: that nothing else is read.
    fn nothing_else_is_read_afterwards(&self) -> Option<()> {
        let program = self.program;
        let lost = |row: u32| self.written.contains(&row) && !self.totals.contains(&row);
        let mut made: HashSet<u32> = HashSet::new();
        for phase in &program.sections[Section::After as usize] {
            let elements = 0..phase.extent;
            let rows = |slot: usize| {
                let row = phase.rows[slot];
                elements
                    .clone()
                    .map(move |element| row.base + position(program, row.access, element))
            };
            let writes: HashSet<u32> = phase
                .code
                .iter()
                .filter_map(|instruction| instruction.to.checked_sub(phase.registers))
                .flat_map(|slot| rows(usize::from(slot)))
                .collect();
            let mut read = (0..phase.rows.len()).flat_map(rows);
            if read.any(|row| lost(row) && !made.contains(&row) && !writes.contains(&row)) {
                return None;
            }
            made.extend(writes);
        }
        let read = |source: Source, count: u32| match source {
            Source::Rows(base) => (base..base + count).any(|row| lost(row) && !made.contains(&row)),
            Source::Table(_) => false,
        };
        let outputs = program.outputs.iter();
        (!outputs.clone().any(|&(source, count)| read(source, count))).then_some(())
    }
}
