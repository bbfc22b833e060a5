//! How the balances are distributed over the draws.
use super::case::compared;
use crate::outcome::{AlternativeOutcome, DrawDistribution, Outcome};
use crate::table::Table;

/// Steps of probability in which a distribution is kept.
const STEPS: usize = 200;

/// Columns `scenario`, `alternative`, `probability` (0, 1/200, …, 1), `npv_eur` (the balance that is exceeded with one minus this
/// probability) and `probability_positive` (the share of the draws with a balance above zero, the same in all rows of a case).
///
/// All draws count, however many are kept. Quantiles are interpolated linearly between order statistics (definition 7 of Hyndman and
/// Fan 1996, The American Statistician 50(4), 361-365); of a large run they are read from counts, as are those of the overview.
#[must_use]
pub fn distribution(outcome: &Outcome) -> Table {
    let (mut scenario, mut alternative) = (Vec::new(), Vec::new());
    let (mut probability, mut balance, mut positive) = (Vec::new(), Vec::new(), Vec::new());
    for case in compared(outcome) {
        let Some(spread) = of_case(case.result) else {
            continue;
        };
        let last = spread.quantiles.len().saturating_sub(1).max(1) as f64;
        for (step, quantile) in spread.quantiles.iter().enumerate() {
            scenario.push(case.scenario);
            alternative.push(case.alternative);
            probability.push(step as f64 / last);
            balance.push(*quantile);
            positive.push(spread.share_positive);
        }
    }
    Table::new("distribution")
        .text("scenario", scenario)
        .text("alternative", alternative)
        .number("probability", probability)
        .number("npv_eur", balance)
        .number("probability_positive", positive)
}

fn of_case(result: &AlternativeOutcome) -> Option<DrawDistribution> {
    let of_kept = || of_draws(&result.balance_draws);
    result.balance_distribution.clone().or_else(of_kept)
}

/// Nothing without draws.
fn of_draws(draws: &[f64]) -> Option<DrawDistribution> {
    let last = draws.len().checked_sub(1)?;
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let quantile = |step: usize| {
        let place = step as f64 / STEPS as f64 * last as f64;
        let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    let positive = sorted.len() - sorted.partition_point(|value| *value <= 0.0);
    Some(DrawDistribution {
        quantiles: (0..=STEPS).map(quantile).collect(),
        share_positive: positive as f64 / sorted.len() as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn quantiles_are_those_of_definition_seven_and_zero_is_not_positive() {
        let spread = of_draws(&[3.0, -1.0, 2.0, 0.0]).expect("draws");
        let at = [0, STEPS / 4, STEPS / 2, STEPS].map(|step| spread.quantiles[step]);
        assert_eq!(at, [-1.0, -0.25, 1.0, 3.0]);
        assert_eq!(spread.share_positive, 0.5);
        assert_eq!(of_draws(&[]), None);
    }

    #[test]
    fn every_case_has_its_distribution() {
        let outcome = fixture::outcome();
        let table = distribution(&outcome);
        assert_eq!(table.check(), Ok(()));
        for (scenario, alternative) in fixture::cases() {
            let rows = rows_where(&table, &[("scenario", scenario), ("alternative", alternative)]);
            assert_eq!(rows.len(), STEPS + 1);
            let draws = &fixture::result(&outcome, scenario, alternative).balance_draws;
            let least = draws.iter().copied().fold(f64::INFINITY, f64::min);
            assert_eq!(amount(&table, rows[0], "npv_eur"), least);
        }
    }
}
