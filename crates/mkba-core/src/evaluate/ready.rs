//! A phase with everything looked up that does not change from draw to draw: where each operand lies for each element.
use super::operations::Step;
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
    /// Rows to set before the first element: first piece, number of rows, value.
    pub clears: Vec<(usize, usize, f64)>,
    /// Runs in observed years only.
    pub observed: bool,
}

impl ReadyPhase {
    pub fn new(program: &Program, phase: &Phase, per_row: usize) -> Self {
        let order: Vec<u32> = (0..phase.extent)
            .map(|step| {
                phase
                    .order
                    .map_or(step, |list| program.maps[list as usize][step as usize])
            })
            .collect();
        let position = |access: Access, element: u32| match access {
            Access::Fixed(at) => at,
            Access::Same => element,
            Access::Map(list) => program.maps[list as usize][element as usize],
        };
        let mut rows = Vec::new();
        let mut scalars = Vec::new();
        let mut positions = Vec::new();
        for &element in &order {
            rows.extend(
                (0..u32::from(phase.registers)).map(|register| (program.registers + register) * per_row as u32),
            );
            let row = phase
                .rows
                .iter()
                .map(|row| (row.base + position(row.access, element)) * per_row as u32);
            rows.extend(row);
            scalars.extend(phase.scalars.iter().map(|scalar| {
                let table = &program.tables[scalar.table as usize];
                table.start as u32 + position(scalar.access, element)
            }));
            positions.extend(phase.lags.iter().map(|lag| position(lag.access, element)));
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
                .map(|&(base, count, value)| (base as usize * per_row, count as usize, value))
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
