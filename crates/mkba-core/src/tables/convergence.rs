//! How the balances settle as draws are added.
use crate::outcome::Outcome;
use crate::table::Table;

/// Columns `scenario`, `alternative`, `draws`, `npv_mean_eur`, `npv_se_eur`, `npv_p05_eur`, `npv_p50_eur`, `npv_p95_eur`,
/// `ranking_probability`: the balance after 1024 draws, twice as many and so on, and at last after all of them. The last column is
/// the same for all alternatives of a scenario: the probability, at least, that they are in the right order by mean balance.
#[must_use]
pub fn convergence(outcome: &Outcome) -> Table {
    let catalogue = &outcome.catalogue;
    let (mut scenarios, mut alternatives, mut draws) = (Vec::new(), Vec::new(), Vec::new());
    let mut rankings = Vec::new();
    let mut numbers: [Vec<Option<f64>>; 5] = Default::default();
    for (place, scenario) in catalogue.scenarios.iter().enumerate() {
        for alternative in catalogue.compared() {
            for checkpoint in &outcome.convergence {
                let Some(precision) = checkpoint.scenarios.get(place) else {
                    continue;
                };
                let balance = precision.balances.get(alternative).copied().unwrap_or_default();
                scenarios.push(scenario.id.as_str());
                alternatives.push(catalogue.alternatives[alternative].id.as_str());
                draws.push(i64::try_from(checkpoint.draws).unwrap_or(i64::MAX));
                rankings.push(precision.ranking);
                let found = [
                    balance.mean,
                    balance.standard_error,
                    balance.p05,
                    balance.p50,
                    balance.p95,
                ];
                for (column, number) in numbers.iter_mut().zip(found) {
                    // A single draw has no error.
                    column.push(Some(number).filter(|number| number.is_finite()));
                }
            }
        }
    }
    let [mean, error, p05, p50, p95] = numbers;
    Table::new("convergence")
        .text("scenario", scenarios)
        .text("alternative", alternatives)
        .whole("draws", draws)
        .optional_number("npv_mean_eur", mean)
        .optional_number("npv_se_eur", error)
        .optional_number("npv_p05_eur", p05)
        .optional_number("npv_p50_eur", p50)
        .optional_number("npv_p95_eur", p95)
        .number("ranking_probability", rankings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{Checkpoint, Precision};
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn every_checkpoint_has_a_row_for_every_case_and_the_last_is_the_result() {
        let mut outcome = fixture::outcome();
        let precision = |scenario: usize, ranking: f64| Precision {
            balances: outcome.scenarios[scenario]
                .alternatives
                .iter()
                .map(|one| one.balance)
                .collect(),
            ranking,
        };
        let checkpoint = |draws: u64, ranking: f64| Checkpoint {
            draws,
            scenarios: (0..outcome.scenarios.len())
                .map(|scenario| precision(scenario, ranking))
                .collect(),
        };
        outcome.convergence = vec![checkpoint(1024, 0.5), checkpoint(2048, 0.9)];
        let table = convergence(&outcome);
        assert_eq!(table.check(), Ok(()));
        assert_eq!(table.row_count(), fixture::cases().len() * 2);
        for (scenario, alternative) in fixture::cases() {
            let rows = rows_where(&table, &[("scenario", scenario), ("alternative", alternative)]);
            let balance = fixture::result(&outcome, scenario, alternative).balance;
            assert_eq!(amount(&table, rows[1], "npv_mean_eur"), balance.mean);
            assert_eq!(amount(&table, rows[1], "npv_p95_eur"), balance.p95);
            assert_eq!(amount(&table, rows[1], "ranking_probability"), 0.9);
        }
    }
}
