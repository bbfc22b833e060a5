//! What a whole is worth beyond its parts, and the gates that explain it.
use crate::appraisal::catalogue::InteractionEntry;
use crate::outcome::{Outcome, ScenarioOutcome};
use crate::table::Table;

/// What is left of a difference by rounding, as a share of what is compared.
const ROUNDING: f64 = 1e-9;

/// Columns `scenario`, `interaction`, `gates`, `whole_mean_eur`, `parts_mean_eur`, `difference_mean_eur`, `difference_se_eur`,
/// `difference_p05_eur`, `difference_p50_eur`, `difference_p95_eur`, `reinforcing_probability`. Nothing without interactions.
///
/// Each of the outcomes is of the same study with its gates read in another way.
#[must_use]
pub fn interactions(outcomes: &[&Outcome]) -> Option<Table> {
    let first = outcomes.first()?;
    let (mut scenarios, mut names, mut gates) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers: [Vec<f64>; 8] = Default::default();
    for (at, scenario) in first.catalogue.scenarios.iter().enumerate() {
        for (number, interaction) in first.catalogue.interactions.iter().enumerate() {
            let asked = |outcome: &&&Outcome| interaction.readings.contains(&outcome.catalogue.gate_reading);
            for outcome in outcomes.iter().filter(asked) {
                let results = &outcome.scenarios[at];
                let found = results.interactions[number];
                let balance = |alternative: &usize| results.alternatives[*alternative].balance.mean;
                scenarios.push(scenario.id.as_str());
                names.push(interaction.entry.id.as_str());
                gates.push(outcome.catalogue.gate_reading.word());
                let row = [
                    balance(&interaction.whole),
                    interaction.parts.iter().map(balance).sum(),
                    found.difference.mean,
                    found.difference.standard_error,
                    found.difference.p05,
                    found.difference.p50,
                    found.difference.p95,
                    found.reinforcing,
                ];
                for (column, value) in numbers.iter_mut().zip(row) {
                    column.push(value);
                }
            }
        }
    }
    if names.is_empty() {
        return None;
    }
    let table = Table::new("interactions")
        .text("scenario", scenarios)
        .text("interaction", names)
        .text("gates", gates);
    let columns = [
        "whole_mean_eur",
        "parts_mean_eur",
        "difference_mean_eur",
        "difference_se_eur",
        "difference_p05_eur",
        "difference_p50_eur",
        "difference_p95_eur",
        "reinforcing_probability",
    ];
    Some(
        columns
            .into_iter()
            .zip(numbers)
            .fold(table, |table, (name, values)| table.number(name, values)),
    )
}

/// Columns `scenario`, `interaction`, `gate`, `whole_binding`, `parts_binding`, `change`: how often each gate binds, in the whole and in
/// that of the parts in which it binds most. Rows in order of the size of the change. Nothing without interactions or gates.
#[must_use]
pub fn interaction_gates(outcome: &Outcome) -> Option<Table> {
    let catalogue = &outcome.catalogue;
    let (mut scenarios, mut names, mut gates) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers: [Vec<f64>; 3] = Default::default();
    for (scenario, results) in catalogue.scenarios.iter().zip(&outcome.scenarios) {
        for interaction in &catalogue.interactions {
            let mut rows: Vec<(usize, [f64; 3])> = (0..catalogue.gates.len())
                .map(|gate| (gate, change(results, interaction, gate)))
                .collect();
            rows.sort_by(|(_, a), (_, b)| b[2].abs().total_cmp(&a[2].abs()));
            for (gate, row) in rows {
                scenarios.push(scenario.id.as_str());
                names.push(interaction.entry.id.as_str());
                gates.push(catalogue.gates[gate].entry.id.as_str());
                for (column, value) in numbers.iter_mut().zip(row) {
                    column.push(value);
                }
            }
        }
    }
    let [whole, parts, changes] = numbers;
    (!names.is_empty()).then(|| {
        Table::new("interaction_gates")
            .text("scenario", scenarios)
            .text("interaction", names)
            .text("gate", gates)
            .number("whole_binding", whole)
            .number("parts_binding", parts)
            .number("change", changes)
    })
}

/// Columns `scenario`, `interaction`, `flow`, `whole_mean_eur`, `parts_mean_eur`, `difference_mean_eur`: which flows the difference is made of.
/// The differences of all flows add up to that of the balances. Rows in order of their size; flows that do not differ are left out.
/// Nothing without interactions.
#[must_use]
pub fn interaction_flows(outcome: &Outcome) -> Option<Table> {
    let catalogue = &outcome.catalogue;
    let (mut scenarios, mut names, mut flows) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers: [Vec<f64>; 3] = Default::default();
    for (scenario, results) in catalogue.scenarios.iter().zip(&outcome.scenarios) {
        for interaction in &catalogue.interactions {
            let of = |alternative: usize, flow: usize| {
                let flows = &results.alternatives[alternative].flows;
                flows.get(flow).map_or(0.0, |summary| summary.mean)
            };
            let mut rows: Vec<(usize, [f64; 3])> = (0..catalogue.flows.len())
                .map(|flow| {
                    let whole = of(interaction.whole, flow);
                    let parts: f64 = interaction.parts.iter().map(|&part| of(part, flow)).sum();
                    (flow, [whole, parts, whole - parts])
                })
                .filter(|(_, [whole, parts, difference])| difference.abs() > ROUNDING * (whole.abs() + parts.abs()))
                .collect();
            rows.sort_by(|(_, a), (_, b)| b[2].abs().total_cmp(&a[2].abs()));
            for (flow, row) in rows {
                scenarios.push(scenario.id.as_str());
                names.push(interaction.entry.id.as_str());
                flows.push(catalogue.flows[flow].entry.id.as_str());
                for (column, value) in numbers.iter_mut().zip(row) {
                    column.push(value);
                }
            }
        }
    }
    let [whole, parts, differences] = numbers;
    (!catalogue.interactions.is_empty()).then(|| {
        Table::new("interaction_flows")
            .text("scenario", scenarios)
            .text("interaction", names)
            .text("flow", flows)
            .number("whole_mean_eur", whole)
            .number("parts_mean_eur", parts)
            .number("difference_mean_eur", differences)
    })
}

/// How often a gate binds in the whole, in the part in which it binds most, and the difference.
fn change(results: &ScenarioOutcome, interaction: &InteractionEntry, gate: usize) -> [f64; 3] {
    let of = |alternative: usize| binding(&results.alternatives[alternative].gates[gate].binding);
    let whole = of(interaction.whole);
    let parts = interaction.parts.iter().map(|&part| of(part)).fold(0.0, f64::max);
    [whole, parts, whole - parts]
}

/// Mean over the elements and observed years.
fn binding(shares: &[Vec<f64>]) -> f64 {
    let count = shares.iter().map(Vec::len).sum::<usize>().max(1);
    shares.iter().flatten().sum::<f64>() / count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::catalogue::GateReading;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn a_whole_stands_against_its_parts_for_each_reading_that_is_asked_for() {
        let outcome = fixture::outcome();
        let mut off = outcome.clone();
        off.catalogue.gate_reading = GateReading::Off;
        let mut soft = outcome.clone();
        soft.catalogue.gate_reading = GateReading::Soft;
        let table = interactions(&[&outcome, &soft, &off]).expect("there is an interaction");
        assert_eq!(table.check(), Ok(()));
        let rows = rows_where(&table, &[("scenario", "low")]);
        let readings: Vec<_> = rows
            .iter()
            .map(|&row| table.cell(row, "gates").and_then(|it| it.as_text()))
            .collect();
        assert_eq!(readings, [Some("as-is"), Some("off")]);
        let whole = fixture::result(&outcome, "low", "hardware").balance.mean;
        assert_eq!(amount(&table, rows[0], "whole_mean_eur"), whole);
        assert_eq!(amount(&table, rows[0], "reinforcing_probability"), 0.75);
    }

    #[test]
    fn gates_are_ordered_by_how_much_more_they_bind() {
        let table = interaction_gates(&fixture::outcome()).expect("there are gates");
        assert_eq!(table.check(), Ok(()));
        let row = rows_where(&table, &[("scenario", "low")])[0];
        // Of (0, 0, 0.5, 1) in the whole, and nothing in the part.
        assert_eq!(amount(&table, row, "whole_binding"), 0.375);
        assert_eq!(amount(&table, row, "change"), 0.375);
    }

    #[test]
    fn flows_add_up_to_the_difference_of_the_balances() {
        let outcome = fixture::outcome();
        let table = interaction_flows(&outcome).expect("there is an interaction");
        assert_eq!(table.check(), Ok(()));
        let rows = rows_where(&table, &[("scenario", "low")]);
        let sum: f64 = rows.iter().map(|&row| amount(&table, row, "difference_mean_eur")).sum();
        let of = |name| fixture::result(&outcome, "low", name).balance.mean;
        assert!((sum - (of("hardware") - of("saving"))).abs() < 1e-9);
        let sizes: Vec<f64> = rows.iter().map(|&row| amount(&table, row, "difference_mean_eur").abs()).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
    }

    #[test]
    fn a_study_without_interactions_has_no_table_of_them() {
        let mut outcome = fixture::outcome();
        outcome.catalogue.interactions.clear();
        assert!(interactions(&[&outcome]).is_none() && interaction_gates(&outcome).is_none());
        assert!(interaction_flows(&outcome).is_none());
    }
}
