//! Amounts by year.
use super::case::compared;
use crate::outcome::Outcome;
use crate::table::Table;

/// Columns `scenario`, `alternative`, `flow`, `year`, `mean_eur`: mean amount during the year, undiscounted, of the price
/// year. Costs are negative; a transfer is shown as the amount that changes hands.
#[must_use]
pub fn timeline(outcome: &Outcome) -> Table {
    let catalogue = &outcome.catalogue;
    let (mut scenario, mut alternative, mut flow_column) = (Vec::new(), Vec::new(), Vec::new());
    let (mut years, mut amounts) = (Vec::new(), Vec::new());
    for case in compared(outcome) {
        for (flow, by_year) in catalogue.flows.iter().zip(&case.result.yearly) {
            for (year, &amount) in (i64::from(catalogue.first_year)..).zip(by_year) {
                scenario.push(case.scenario);
                alternative.push(case.alternative);
                flow_column.push(flow.entry.id.as_str());
                years.push(year);
                amounts.push(amount);
            }
        }
    }
    Table::new("timeline")
        .text("scenario", scenario)
        .text("alternative", alternative)
        .text("flow", flow_column)
        .whole("year", years)
        .number("mean_eur", amounts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn every_flow_has_a_row_for_every_year_from_the_first_to_the_last() {
        let outcome = fixture::outcome();
        let table = timeline(&outcome);
        assert_eq!(table.check(), Ok(()));
        let rows = rows_where(
            &table,
            &[("scenario", "low"), ("alternative", "hardware"), ("flow", "use_value")],
        );
        let years: Vec<f64> = rows.iter().map(|&row| amount(&table, row, "year")).collect();
        assert_eq!(years, [2026.0, 2027.0, 2028.0]);
        let amounts: Vec<f64> = rows.iter().map(|&row| amount(&table, row, "mean_eur")).collect();
        assert_eq!(amounts, [0.0, 30.0, 30.0]);
    }
}
