//! A phase with everything looked up that does not change from draw to draw: where each operand lies for each element.
use super::join::{joined, lagged, row_operands};
use super::moves::{Lag, Moves};
use super::steps::{Step, is_known};
use crate::program::{Access, Instruction, LagReference, Opcode, Phase, Program};
use std::collections::HashMap;

/// A phase, ready to run.
pub struct ReadyPhase {
    pub steps: Vec<Step>,
    pub elements: usize,
    /// Where its rows begin in the list of all rows, `[element][row]`: registers first, then the rows of the phase, then those of lags.
    first_row: usize,
    rows_per_element: usize,
    /// `[element][scalar]`: number of the first scenario and year.
    scalars: Vec<u32>,
    /// `[scalar]`: steps per scenario and per year.
    strides: Vec<(usize, usize)>,
    /// Lags with their position for each `[element][lag]`.
    pub lags: Vec<LagReference>,
    positions: Vec<u32>,
    /// Rows to set before the first element: first row, number of rows and value.
    pub clears: Vec<(u32, u32, f64)>,
    /// Runs in observed years only.
    pub observed: bool,
}

impl ReadyPhase {
    /// Appends the rows of the phase to `all_rows`.
    pub fn new(program: &Program, phase: &Phase, moves: &mut Moves, all_rows: &mut Vec<u32>) -> Self {
        let order = order(program, phase);
        let registers = (0..u32::from(phase.registers)).map(|register| vec![program.registers + register; order.len()]);
        let of_phase = phase.rows.iter().map(|row| {
            let row_of = |element: &u32| row.base + position(program, row.access, *element);
            order.iter().map(row_of).collect()
        });
        let mut rows: Vec<Vec<u32>> = registers.chain(of_phase).collect();
        let code = without_lags_in_place(program, phase, &order, &mut rows, moves);
        let by_element = |element: usize| rows.iter().map(move |rows| rows[element]);
        let by_element: Vec<u32> = (0..order.len()).flat_map(by_element).collect();
        let steps = joined(phase, &code, &by_element, rows.len(), is_known);
        let scalars = order.iter().flat_map(|&element| {
            phase.scalars.iter().map(move |scalar| {
                let table = &program.tables[scalar.table as usize];
                table.start as u32 + position(program, scalar.access, element)
            })
        });
        let stride = |table: u32| {
            let table = &program.tables[table as usize];
            (table.per_scenario, table.per_year)
        };
        let positions = order
            .iter()
            .flat_map(|&element| phase.lags.iter().map(move |lag| position(program, lag.access, element)));
        let first_row = all_rows.len();
        all_rows.extend(by_element);
        Self {
            steps: steps.into_iter().map(Step::from).collect(),
            elements: order.len(),
            first_row,
            rows_per_element: rows.len(),
            scalars: scalars.collect(),
            strides: phase.scalars.iter().map(|scalar| stride(scalar.table)).collect(),
            lags: phase.lags.clone(),
            positions: positions.collect(),
            clears: phase.clears.clone(),
            observed: phase.observed,
        }
    }

    /// First pieces of the rows of an element, of those of all phases.
    #[inline(always)]
    pub fn rows<'r>(&self, all_rows: &'r [u32], element: usize) -> &'r [u32] {
        &all_rows[self.first_row + element * self.rows_per_element..][..self.rows_per_element]
    }

    /// Positions of the lags of an element.
    #[inline(always)]
    pub fn positions(&self, element: usize) -> &[u32] {
        &self.positions[element * self.lags.len()..][..self.lags.len()]
    }

    /// Looks up the scalars of an element in a scenario and year.
    #[inline(always)]
    pub fn look_up(&self, known: &[f64], element: usize, scenario: usize, year: usize, numbers: &mut [f64]) {
        let first = &self.scalars[element * self.strides.len()..][..self.strides.len()];
        for ((number, &first), &(per_scenario, per_year)) in numbers.iter_mut().zip(first).zip(&self.strides) {
            *number = known[first as usize + scenario * per_scenario + year * per_year];
        }
    }

    /// Number of scalars.
    pub fn scalar_count(&self) -> usize {
        self.strides.len()
    }
}

/// The code of a phase without the lags that are read where the history keeps the value. `rows` are those that the code names, each by
/// element; rows of lags are added to them.
fn without_lags_in_place(
    program: &Program,
    phase: &Phase,
    order: &[u32],
    rows: &mut Vec<Vec<u32>>,
    moves: &mut Moves,
) -> Vec<Instruction> {
    let read_by_lags = lagged(phase);
    let mut code = Vec::new();
    // Registers that became rows of lags, until they are written again.
    let mut renamed: HashMap<u16, u16> = HashMap::new();
    for mut instruction in phase.code.iter().copied() {
        for operand in row_operands(&mut instruction).into_iter().flatten() {
            *operand = renamed.get(operand).copied().unwrap_or(*operand);
        }
        let Instruction { opcode, to, c, .. } = instruction;
        renamed.remove(&to);
        if opcode == Opcode::Lagged
            && !read_by_lags.contains(&to)
            && let Some(lag) = Lag::new(program, phase, &phase.lags[usize::from(c)], order)
        {
            if to < phase.registers {
                renamed.insert(to, rows.len() as u16);
                rows.push(moves.read_lag(lag));
                continue;
            }
            if moves.read_lag_in(lag, &rows[usize::from(to)]) {
                continue;
            }
        }
        code.push(instruction);
    }
    code
}

/// The elements of a phase, in the order in which they are gone through.
pub fn order(program: &Program, phase: &Phase) -> Vec<u32> {
    let place = |step: u32| {
        phase
            .order
            .map_or(step, |list| program.maps[list as usize][step as usize])
    };
    (0..phase.extent).map(place).collect()
}

/// Which position of a value an element takes.
pub fn position(program: &Program, access: Access, element: u32) -> u32 {
    match access {
        Access::Fixed(at) => at,
        Access::Same => element,
        Access::Map(list) => program.maps[list as usize][element as usize],
    }
}
