//! What each kept draw gave: balances and inputs.
use super::case::compared;
use crate::outcome::Outcome;
use crate::table::Table;

/// Columns `scenario`, `alternative`, `draw` (from 0), `npv_eur`, `npv_without_separate_eur`: the balance of each draw.
#[must_use]
pub fn balances(outcome: &Outcome) -> Table {
    let (mut scenario, mut alternative, mut draws) = (Vec::new(), Vec::new(), Vec::new());
    let (mut balances, mut without) = (Vec::new(), Vec::new());
    for case in compared(outcome) {
        let pairs = case
            .result
            .balance_draws
            .iter()
            .zip(&case.result.balance_without_separate_draws);
        for (draw, (&balance, &without_separate)) in (0..).zip(pairs) {
            scenario.push(case.scenario);
            alternative.push(case.alternative);
            draws.push(draw);
            balances.push(balance);
            without.push(without_separate);
        }
    }
    Table::new("npv")
        .text("scenario", scenario)
        .text("alternative", alternative)
        .whole("draw", draws)
        .number("npv_eur", balances)
        .number("npv_without_separate_eur", without)
}

/// Columns `draw` (from 0) and one for each uncertain input, in base units. An input that is itself named `draw` gets the
/// column `input draw`.
#[must_use]
pub fn inputs(outcome: &Outcome) -> Table {
    let draws = (0_i64..).take(outcome.kept);
    let table = Table::new("inputs").whole("draw", draws);
    outcome.inputs.iter().fold(table, |table, (name, values)| {
        let name = if name == "draw" { "input draw" } else { name };
        table.number(name, values.iter().copied())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn every_case_has_a_balance_in_every_draw() {
        let outcome = fixture::outcome();
        let table = balances(&outcome);
        assert_eq!(table.check(), Ok(()));
        assert_eq!(table.row_count(), fixture::cases().len() * outcome.draws);
        for (scenario, alternative) in fixture::cases() {
            let rows = rows_where(&table, &[("scenario", scenario), ("alternative", alternative)]);
            let mean = rows.iter().map(|&row| amount(&table, row, "npv_eur")).sum::<f64>() / outcome.draws as f64;
            let balance = fixture::result(&outcome, scenario, alternative).balance.mean;
            assert!((mean - balance).abs() < 1e-9, "{scenario} {alternative}");
        }
    }

    #[test]
    fn inputs_have_one_column_each() {
        let mut outcome = fixture::outcome();
        outcome.inputs.push(("draw".into(), vec![7.0, 8.0]));
        let table = inputs(&outcome);
        assert_eq!(table.check(), Ok(()));
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["draw", "rent", "input draw"]);
        assert_eq!(amount(&table, 1, "rent"), 210.0);
    }
}
