//! Which scarce capacity binds where, and when: gates, and the bounds of limits.
use crate::outcome::{AlternativeOutcome, Outcome};
use crate::table::Table;

/// Columns `scenario`, `alternative`, `gate`, `element`, `year`, `unit`, `wanted_mean`, `granted_mean`, `substituted_mean`,
/// `waiting_mean`, `binding_probability`; the baseline among the alternatives. Nothing without gates.
///
/// Levels in the unit of the column `unit`, in that times a year for what waits, in the years of the catalogue.
#[must_use]
pub fn gates(outcome: &Outcome) -> Option<Table> {
    let mut places = Places::default();
    let mut amounts: [Vec<f64>; 5] = Default::default();
    for (names, result) in cases(outcome) {
        for (gate, found) in outcome.catalogue.gates.iter().zip(&result.gates) {
            let all = [
                (&found.wanted, gate.scale),
                (&found.granted, gate.scale),
                (&found.substituted, gate.scale),
                (&found.waiting, gate.scale),
                (&found.binding, 1.0),
            ];
            for (number, element) in gate.elements.iter().enumerate() {
                for (at, &year) in outcome.catalogue.gate_years.iter().enumerate() {
                    places.push(names, &gate.entry.id, element, year, &gate.unit);
                    for (column, (values, scale)) in amounts.iter_mut().zip(all) {
                        column.push(values[number][at] / scale);
                    }
                }
            }
        }
    }
    let [wanted, granted, substituted, waiting, binding] = amounts;
    (!wanted.is_empty()).then(|| {
        places
            .table("gates", "gate")
            .number("wanted_mean", wanted)
            .number("granted_mean", granted)
            .number("substituted_mean", substituted)
            .number("waiting_mean", waiting)
            .number("binding_probability", binding)
    })
}

/// Columns `scenario`, `alternative`, `limit`, `element`, `year`, `unit`, `bound`, `level_mean`, `least_probability`; a row for each bound.
/// Nothing without limits.
#[must_use]
pub fn limits(outcome: &Outcome) -> Option<Table> {
    let mut places = Places::default();
    let (mut bounds, mut levels, mut least) = (Vec::new(), Vec::new(), Vec::new());
    for (names, result) in cases(outcome) {
        for (limit, found) in outcome.catalogue.limits.iter().zip(&result.limits) {
            for (number, element) in limit.elements.iter().enumerate() {
                for (at, &year) in outcome.catalogue.gate_years.iter().enumerate() {
                    for (bound, shares) in limit.bounds.iter().zip(&found.least) {
                        places.push(names, &limit.entry.id, element, year, &limit.unit);
                        bounds.push(bound.as_str());
                        levels.push(found.level[number][at] / limit.scale);
                        least.push(shares[number][at]);
                    }
                }
            }
        }
    }
    (!levels.is_empty()).then(|| {
        places
            .table("limits", "limit")
            .text("bound", bounds)
            .number("level_mean", levels)
            .number("least_probability", least)
    })
}

/// Scenario and alternative of every case, the baseline too, with its results.
fn cases(outcome: &Outcome) -> impl Iterator<Item = ([&str; 2], &AlternativeOutcome)> {
    let catalogue = &outcome.catalogue;
    let scenarios = catalogue.scenarios.iter().zip(&outcome.scenarios);
    scenarios.flat_map(move |(scenario, results)| {
        let alternatives = catalogue.alternatives.iter().zip(&results.alternatives);
        alternatives.map(move |(alternative, result)| ([scenario.id.as_str(), alternative.id.as_str()], result))
    })
}

/// The columns that say where and when.
#[derive(Default)]
struct Places<'o> {
    scenario: Vec<&'o str>,
    alternative: Vec<&'o str>,
    name: Vec<&'o str>,
    element: Vec<&'o str>,
    year: Vec<i64>,
    unit: Vec<&'o str>,
}

impl<'o> Places<'o> {
    fn push(
        &mut self,
        [scenario, alternative]: [&'o str; 2],
        name: &'o str,
        element: &'o str,
        year: i32,
        unit: &'o str,
    ) {
        self.scenario.push(scenario);
        self.alternative.push(alternative);
        self.name.push(name);
        self.element.push(element);
        self.year.push(i64::from(year));
        self.unit.push(unit);
    }

    fn table(self, table: &str, name: &str) -> Table {
        Table::new(table)
            .text("scenario", self.scenario)
            .text("alternative", self.alternative)
            .text(name, self.name)
            .text("element", self.element)
            .whole("year", self.year)
            .text("unit", self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn a_gate_has_a_row_for_each_element_and_observed_year_of_every_alternative() {
        let table = gates(&fixture::outcome()).expect("there is a gate");
        assert_eq!(table.check(), Ok(()));
        let rows = rows_where(
            &table,
            &[("scenario", "low"), ("alternative", "hardware"), ("element", "south")],
        );
        let column = |name: &str| -> Vec<f64> { rows.iter().map(|&row| amount(&table, row, name)).collect() };
        assert_eq!(column("year"), [2026.0, 2028.0]);
        assert_eq!(column("wanted_mean"), [5.0, 5.0]);
        assert_eq!(column("granted_mean"), [4.0, 3.0]);
        assert_eq!(column("waiting_mean"), [0.5, 2.0]);
        assert_eq!(column("binding_probability"), [0.5, 1.0]);
        assert_eq!(rows_where(&table, &[("alternative", "baseline")]).len(), 2 * 2 * 2);
    }

    #[test]
    fn the_bounds_of_a_limit_share_all_draws() {
        let table = limits(&fixture::outcome()).expect("there is a limit");
        assert_eq!(table.check(), Ok(()));
        let rows = rows_where(&table, &[("scenario", "high"), ("alternative", "hardware")]);
        let shares: Vec<f64> = rows
            .iter()
            .map(|&row| amount(&table, row, "least_probability"))
            .collect();
        assert_eq!(shares, [0.25, 0.75, 1.0, 0.0]);
    }

    #[test]
    fn a_model_without_gates_has_no_table_of_them() {
        let mut outcome = fixture::outcome();
        outcome.catalogue.gates.clear();
        outcome.catalogue.limits.clear();
        assert!(gates(&outcome).is_none() && limits(&outcome).is_none());
    }
}
