//! What each alternative is worth in each scenario, and what choosing it misses there.
use crate::outcome::{Outcome, ScenarioOutcome};
use crate::table::Table;

/// Columns `scenario`, `alternative`, `npv_mean_eur`, `regret_eur`, `probability_best`; the baseline has rows too, because doing
/// nothing new can be the best choice.
///
/// Regret is the greatest mean balance of the scenario less that of the alternative (Savage 1951, The theory of statistical decision,
/// Journal of the American Statistical Association 46, 55-67): zero for what is best there. The probability is the share of the kept draws
/// in which no alternative has a greater balance; a draw with several best ones counts for each of them in equal parts.
#[must_use]
pub fn regret(outcome: &Outcome) -> Table {
    let catalogue = &outcome.catalogue;
    let (mut scenarios, mut alternatives) = (Vec::new(), Vec::new());
    let (mut means, mut regrets, mut probabilities) = (Vec::new(), Vec::new(), Vec::new());
    for (scenario, result) in catalogue.scenarios.iter().zip(&outcome.scenarios) {
        let mean_of = |alternative: usize| match alternative == catalogue.baseline {
            true => 0.0,
            false => result.alternatives[alternative].balance.mean,
        };
        let count = result.alternatives.len();
        let best = (0..count).map(mean_of).fold(f64::NEG_INFINITY, f64::max);
        let shares = shares_of_best(result, catalogue.baseline);
        for (number, alternative) in catalogue.alternatives.iter().enumerate().take(count) {
            scenarios.push(scenario.id.as_str());
            alternatives.push(alternative.id.as_str());
            means.push(mean_of(number));
            regrets.push(best - mean_of(number));
            probabilities.push(shares.as_ref().map(|shares| shares[number]));
        }
    }
    Table::new("regret")
        .text("scenario", scenarios)
        .text("alternative", alternatives)
        .number("npv_mean_eur", means)
        .number("regret_eur", regrets)
        .optional_number("probability_best", probabilities)
}

/// For each alternative the share of the draws in which it is best; `None` without draws.
fn shares_of_best(result: &ScenarioOutcome, baseline: usize) -> Option<Vec<f64>> {
    let count = result.alternatives.len();
    let compared = (0..count).filter(|&number| number != baseline);
    let draws = compared
        .map(|number| result.alternatives[number].balance_draws.len())
        .min()?;
    if draws == 0 {
        return None;
    }
    let mut shares = vec![0.0; count];
    for draw in 0..draws {
        let balance = |number: usize| match number == baseline {
            true => 0.0,
            false => result.alternatives[number].balance_draws[draw],
        };
        let best = (0..count).map(balance).fold(f64::NEG_INFINITY, f64::max);
        let winners: Vec<usize> = (0..count).filter(|&number| balance(number) == best).collect();
        for &winner in &winners {
            shares[winner] += 1.0 / winners.len() as f64;
        }
    }
    Some(shares.into_iter().map(|share| share / draws as f64).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{AlternativeOutcome, Summary};
    use crate::tables::fixture::{self, HARDWARE, SAVING, amount, rows_where};

    #[test]
    fn the_best_has_no_regret_and_ties_are_divided() {
        let mut outcome = fixture::outcome();
        let with = |draws: [f64; 4]| AlternativeOutcome {
            balance: Summary {
                mean: draws.iter().sum::<f64>() / 4.0,
                ..Summary::default()
            },
            balance_draws: draws.to_vec(),
            ..AlternativeOutcome::default()
        };
        outcome.scenarios[0].alternatives[HARDWARE] = with([8.0, -4.0, 6.0, -2.0]);
        outcome.scenarios[0].alternatives[SAVING] = with([8.0, -5.0, 1.0, 0.0]);
        let table = regret(&outcome);
        assert_eq!(table.check(), Ok(()));
        let find = |alternative: &str, column: &str| {
            let rows = rows_where(&table, &[("scenario", "low"), ("alternative", alternative)]);
            amount(&table, rows[0], column)
        };
        // Means 2 and 1 against the baseline at 0; best in draws: tie of both, baseline, hardware, tie of saving and baseline.
        assert_eq!(
            ["hardware", "saving", "baseline"].map(|id| find(id, "regret_eur")),
            [0.0, 1.0, 2.0]
        );
        assert_eq!(
            ["hardware", "saving", "baseline"].map(|id| find(id, "probability_best")),
            [0.375, 0.25, 0.375]
        );
    }

    #[test]
    fn probabilities_of_a_scenario_add_up_to_one() {
        let table = regret(&fixture::outcome());
        for scenario in ["low", "high"] {
            let rows = rows_where(&table, &[("scenario", scenario)]);
            let sum: f64 = rows.iter().map(|&row| amount(&table, row, "probability_best")).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{scenario}: {sum}");
        }
    }
}
