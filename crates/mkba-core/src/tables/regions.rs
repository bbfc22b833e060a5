//! The regional account: where in the country it lands.
use super::case::compared;
use super::parties::TOTAL;
use crate::outcome::Outcome;
use crate::table::Table;

/// The word in the column `region` for everything outside the regions of the account: the national value minus theirs.
pub const REST: &str = "rest";

/// Columns `scenario`, `alternative`, `region`, `flow`, `pv_mean_eur`; `None` when the model has no regional account.
///
/// Each region has a row for each flow that is known by region, and a row `total`. The region `rest` has the remainder of
/// every flow, so that regions and rest together are the nation: `rest = value to society - Σ regions`.
#[must_use]
pub fn regions(outcome: &Outcome) -> Option<Table> {
    let catalogue = &outcome.catalogue;
    if catalogue.regions.is_empty() {
        return None;
    }
    let (mut scenario, mut alternative, mut region_column) = (Vec::new(), Vec::new(), Vec::new());
    let (mut flow_column, mut amounts) = (Vec::new(), Vec::new());
    for case in compared(outcome) {
        let mut add = |region: &str, flow: &str, amount: f64| {
            scenario.push(case.scenario);
            alternative.push(case.alternative);
            region_column.push(region.to_owned());
            flow_column.push(flow.to_owned());
            amounts.push(amount);
        };
        for (number, region) in catalogue.regions.iter().enumerate() {
            let mut total = 0.0;
            for (flow, by_region) in catalogue.flows.iter().zip(&case.result.regional) {
                if let Some(&amount) = by_region.get(number) {
                    total += amount;
                    add(region, &flow.entry.id, amount);
                }
            }
            add(region, TOTAL, total);
        }
        let mut total = 0.0;
        let flows = catalogue.flows.iter().zip(&case.result.flows);
        for ((flow, society), by_region) in flows.zip(&case.result.regional) {
            let rest = by_region.iter().fold(society.mean, |rest, amount| rest - amount);
            total += rest;
            add(REST, &flow.entry.id, rest);
        }
        add(REST, TOTAL, total);
    }
    Some(
        Table::new("regions")
            .text("scenario", scenario)
            .text("alternative", alternative)
            .text("region", region_column)
            .text("flow", flow_column)
            .number("pv_mean_eur", amounts),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn regions_and_rest_are_the_nation() {
        let outcome = fixture::outcome();
        let table = regions(&outcome).expect("there are regions");
        assert_eq!(table.check(), Ok(()));
        for (scenario, alternative) in fixture::cases() {
            let wanted = [("scenario", scenario), ("alternative", alternative), ("flow", TOTAL)];
            let rows = rows_where(&table, &wanted);
            assert_eq!(rows.len(), 3);
            let sum: f64 = rows.iter().map(|&row| amount(&table, row, "pv_mean_eur")).sum();
            let balance = fixture::result(&outcome, scenario, alternative).balance.mean;
            assert!((sum - balance).abs() < 1e-9, "{scenario} {alternative}");
        }
    }

    #[test]
    fn a_flow_without_region_is_all_in_the_rest() {
        let table = regions(&fixture::outcome()).expect("there are regions");
        let rows = rows_where(
            &table,
            &[("scenario", "low"), ("alternative", "hardware"), ("flow", "spillover")],
        );
        assert_eq!(rows.len(), 1);
        assert_eq!(
            table.cell(rows[0], "region").and_then(|cell| cell.as_text()),
            Some(REST)
        );
        assert!((amount(&table, rows[0], "pv_mean_eur") - 24.0).abs() < 1e-12);
    }

    #[test]
    fn without_regions_there_is_no_table() {
        let mut outcome = fixture::outcome();
        outcome.catalogue.regions.clear();
        assert_eq!(regions(&outcome), None);
    }
}
