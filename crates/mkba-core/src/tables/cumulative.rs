//! The balance as it builds up over the years.
use super::case::compared;
use crate::outcome::Outcome;
use crate::table::Table;

/// Columns `scenario`, `alternative`, `year`, `mean_eur`, `p05_eur`, `p25_eur`, `p50_eur`, `p75_eur`, `p95_eur`: the discounted balance of
/// all flows up to and including the year. The mean is that of all draws and ends at the balance; quantiles are those of the first
/// 1024 draws.
#[must_use]
pub fn cumulative(outcome: &Outcome) -> Table {
    let (mut scenario, mut alternative, mut years) = (Vec::new(), Vec::new(), Vec::new());
    let mut means = Vec::new();
    let mut quantiles: [Vec<f64>; 5] = Default::default();
    for case in compared(outcome) {
        for (year, cumulative) in (i64::from(outcome.catalogue.first_year)..).zip(&case.result.cumulative) {
            scenario.push(case.scenario);
            alternative.push(case.alternative);
            years.push(year);
            means.push(cumulative.mean);
            for (column, quantile) in quantiles.iter_mut().zip(cumulative.quantiles) {
                column.push(quantile);
            }
        }
    }
    let [p05, p25, p50, p75, p95] = quantiles;
    Table::new("cumulative")
        .text("scenario", scenario)
        .text("alternative", alternative)
        .whole("year", years)
        .number("mean_eur", means)
        .number("p05_eur", p05)
        .number("p25_eur", p25)
        .number("p50_eur", p50)
        .number("p75_eur", p75)
        .number("p95_eur", p95)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Cumulative;
    use crate::tables::fixture::{self, amount};

    #[test]
    fn every_case_has_a_row_for_every_year() {
        let mut outcome = fixture::outcome();
        let found = Cumulative {
            mean: 3.0,
            quantiles: [1.0, 2.0, 3.0, 4.0, 5.0],
        };
        for alternative in outcome
            .scenarios
            .iter_mut()
            .flat_map(|scenario| &mut scenario.alternatives)
        {
            alternative.cumulative = vec![found; 3];
        }
        let table = cumulative(&outcome);
        assert_eq!(table.check(), Ok(()));
        assert_eq!(table.row_count(), fixture::cases().len() * 3);
        assert_eq!(amount(&table, 2, "year"), 2028.0);
        assert_eq!(amount(&table, 2, "p75_eur"), 4.0);
    }
}
