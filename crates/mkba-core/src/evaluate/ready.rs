//! A phase with everything looked up that does not change from draw to draw: where each operand lies for each element.
use super::operations::Step;
use super::places::Places;
use crate::program::{Access, LagReference, Phase, Program};

/// A phase, ready to run.
pub struct ReadyPhase {
    pub steps: Vec<Step>,
    pub elements: usize,
    /// `[element][row]`: first piece of each row, registers first.
    rows: Vec<u32>,
    rows_per_element: usize,
    /// `[element][scalar]`: number of the first scenario and year.
    scalars: Vec<u32>,
    /// `[scalar]`: steps per scenario and per year.
    strides: Vec<(usize, usize)>,
    /// Lags with their position for each `[element][lag]`.
    pub lags: Vec<LagReference>,
    positions: Vec<u32>,
    /// Rows to set before the first element: first piece and value.
    pub clears: Vec<(usize, f64)>,
    /// Runs in observed years only.
    pub observed: bool,
}

impl ReadyPhase {
    pub fn new(program: &Program, phase: &Phase, places: &Places) -> Self {
        let order = order(program, phase);
        let mut rows = Vec::new();
        let mut scalars = Vec::new();
        let mut positions = Vec::new();
        for &element in &order {
            let registers = (0..u32::from(phase.registers)).map(|register| program.registers + register);
            let own = phase
                .rows
                .iter()
                .map(|row| row.base + position(program, row.access, element));
            rows.extend(registers.chain(own).map(|row| places.of(row) as u32));
            scalars.extend(phase.scalars.iter().map(|scalar| {
                let table = &program.tables[scalar.table as usize];
                table.start as u32 + position(program, scalar.access, element)
            }));
            positions.extend(phase.lags.iter().map(|lag| position(program, lag.access, element)));
        }
        let stride = |table: u32| {
            let table = &program.tables[table as usize];
            (table.per_scenario, table.per_year)
        };
        Self {
            steps: phase.code.iter().map(Step::from).collect(),
            elements: order.len(),
            rows,
            rows_per_element: usize::from(phase.registers) + phase.rows.len(),
            scalars,
            strides: phase.scalars.iter().map(|scalar| stride(scalar.table)).collect(),
            lags: phase.lags.clone(),
            positions,
            clears: phase
                .clears
                .iter()
                .flat_map(|&(base, count, value)| (base..base + count).map(move |row| (places.of(row), value)))
                .collect(),
            observed: phase.observed,
        }
    }

    /// First pieces of the rows of an element.
    #[inline(always)]
    pub fn rows(&self, element: usize) -> &[u32] {
        &self.rows[element * self.rows_per_element..][..self.rows_per_element]
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
