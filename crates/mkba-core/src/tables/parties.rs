//! Who bears and who gains, flow by flow.
use super::case::compared;
use crate::outcome::Outcome;
use crate::table::Table;

/// The word in the column `flow` for the sum over all flows.
pub const TOTAL: &str = "total";

/// Columns `scenario`, `alternative`, `party`, `standing` (`yes` or `no`), `flow`, `pv_mean_eur`.
///
/// Taxes are booked with the treasury, so the rows of one flow over all parties with standing add up to what the flow is
/// worth to society. A party has rows for the flows that touch it in any case, and one row `total` per case.
#[must_use]
pub fn parties(outcome: &Outcome) -> Table {
    let catalogue = &outcome.catalogue;
    let cases = compared(outcome);
    let touches: Vec<Vec<bool>> = (0..catalogue.parties.len())
        .map(|party| {
            let touched = |flow: usize| cases.iter().any(|case| case.result.postings[flow][party] != 0.0);
            (0..catalogue.flows.len()).map(touched).collect()
        })
        .collect();
    let (mut scenario, mut alternative, mut party_column) = (Vec::new(), Vec::new(), Vec::new());
    let (mut standing, mut flow_column, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    for case in &cases {
        for (number, party) in catalogue.parties.iter().enumerate() {
            let mut add = |flow: &str, amount: f64| {
                scenario.push(case.scenario);
                alternative.push(case.alternative);
                party_column.push(party.entry.id.as_str());
                standing.push(if party.standing { "yes" } else { "no" });
                flow_column.push(flow.to_owned());
                amounts.push(amount);
            };
            let mut total = 0.0;
            for (flow, entry) in catalogue.flows.iter().enumerate() {
                let amount = case.result.postings[flow][number];
                total += amount;
                if touches[number][flow] {
                    add(&entry.entry.id, amount);
                }
            }
            add(TOTAL, total);
        }
    }
    Table::new("parties")
        .text("scenario", scenario)
        .text("alternative", alternative)
        .text("party", party_column)
        .text("standing", standing)
        .text("flow", flow_column)
        .number("pv_mean_eur", amounts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, HARDWARE, amount, rows_where};

    #[test]
    fn parties_with_standing_add_up_to_the_balance() {
        let outcome = fixture::outcome();
        let table = parties(&outcome);
        assert_eq!(table.check(), Ok(()));
        for (scenario, alternative) in fixture::cases() {
            let wanted = [
                ("scenario", scenario),
                ("alternative", alternative),
                ("standing", "yes"),
                ("flow", TOTAL),
            ];
            let sum: f64 = rows_where(&table, &wanted)
                .iter()
                .map(|&row| amount(&table, row, "pv_mean_eur"))
                .sum();
            let balance = fixture::result(&outcome, scenario, alternative).balance.mean;
            assert!(
                (sum - balance).abs() < 1e-9,
                "{scenario} {alternative}: {sum} against {balance}"
            );
        }
    }

    #[test]
    fn transfers_between_all_parties_cancel() {
        let outcome = fixture::outcome();
        let table = parties(&outcome);
        let rows = rows_where(
            &table,
            &[("scenario", "low"), ("alternative", "hardware"), ("flow", "grant")],
        );
        assert_eq!(rows.len(), 2);
        let sum: f64 = rows.iter().map(|&row| amount(&table, row, "pv_mean_eur")).sum();
        assert!(sum.abs() < 1e-12);
    }

    #[test]
    fn totals_are_the_sums_of_the_rows_above_them() {
        let outcome = fixture::outcome();
        let table = parties(&outcome);
        let case = [
            ("scenario", "high"),
            ("alternative", "hardware"),
            ("party", "university"),
        ];
        let rows = rows_where(&table, &case);
        let (total, flows) = rows.split_last().expect("rows");
        let sum: f64 = flows.iter().map(|&row| amount(&table, row, "pv_mean_eur")).sum();
        assert!((sum - amount(&table, *total, "pv_mean_eur")).abs() < 1e-9);
        assert_eq!(table.cell(*total, "flow").and_then(|cell| cell.as_text()), Some(TOTAL));
    }

    #[test]
    fn flows_that_never_touch_a_party_have_no_rows() {
        let outcome = fixture::outcome();
        assert_eq!(outcome.scenarios[0].alternatives[HARDWARE].postings[0][2], 0.0);
        let table = parties(&outcome);
        assert!(rows_where(&table, &[("party", "households"), ("flow", "building")]).is_empty());
    }
}
