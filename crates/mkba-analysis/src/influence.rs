//! Which inputs move the balance.
use crate::bins::{Bins, LEAST_DRAWS, mean};
use crate::rank_correlation::{of_ranks, ranks};
use mkba_core::outcome::Outcome;
use mkba_core::table::Table;

/// How much each uncertain input moves each balance, from the kept draws of a run.
///
/// Columns `scenario`, `alternative`, `input`, `placeholder` (0 or 1), and
///
/// - `low_mean_eur`, `high_mean_eur`: the mean balance in the tenth of the draws with the lowest, and with the highest values of the
///   input. What else varies then, does; what moves with the input, moves with it.
/// - `share_of_variance`: the part of the variance of the balance that would be gone, in expectation, if the input were known: the
///   squared correlation ratio of Pearson over bins of the input, without what chance alone would give (Kelley 1935, *An unbiased
///   correlation ratio measure*, Proceedings of the National Academy of Sciences 21(9), 554-559). It is the first-order index of Sobol
///   (1993); what an input does only together with others is in none of the shares.
/// - `rank_correlation`: Spearman's, with the balance.
///
/// None when fewer than 100 draws are kept, or nothing is uncertain.
#[must_use]
pub fn influence(outcome: &Outcome) -> Option<Table> {
    let draws = outcome.kept;
    if draws < LEAST_DRAWS || outcome.inputs.is_empty() {
        return None;
    }
    let cases = cases(outcome);
    let mut measured: Vec<Vec<Measured>> = vec![Vec::new(); cases.len()];
    for (_, values) in &outcome.inputs {
        let (bins, ranks) = (Bins::new(values, bin_count(draws)), ranks(values));
        for (case, measured) in cases.iter().zip(&mut measured) {
            measured.push(Measured {
                low_mean: mean(case.balance, bins.lowest_tenth()),
                high_mean: mean(case.balance, bins.highest_tenth()),
                share_of_variance: share_of_variance(case.balance, &bins),
                rank_correlation: of_ranks(&case.ranks, &ranks),
            });
        }
    }
    // The catalogue names the inputs in the order in which they are drawn.
    let placeholders = outcome
        .catalogue
        .inputs
        .iter()
        .map(|entry| i64::from(entry.placeholder));
    let each = || {
        cases
            .iter()
            .flat_map(|case| outcome.inputs.iter().map(move |input| (case, input)))
    };
    let of = |pick: fn(&Measured) -> f64| measured.iter().flatten().map(pick).collect::<Vec<f64>>();
    let table = Table::new("influence")
        .text("scenario", each().map(|(case, _)| case.scenario))
        .text("alternative", each().map(|(case, _)| case.alternative))
        .text("input", each().map(|(_, (name, _))| name.as_str()))
        .whole("placeholder", cases.iter().flat_map(|_| placeholders.clone()))
        .number("low_mean_eur", of(|it| it.low_mean))
        .number("high_mean_eur", of(|it| it.high_mean))
        .number("share_of_variance", of(|it| it.share_of_variance))
        .number("rank_correlation", of(|it| it.rank_correlation));
    Some(table)
}

#[derive(Clone, Copy)]
struct Measured {
    low_mean: f64,
    high_mean: f64,
    share_of_variance: f64,
    rank_correlation: f64,
}

struct Case<'o> {
    scenario: &'o str,
    alternative: &'o str,
    balance: &'o [f64],
    ranks: Vec<f64>,
}

fn cases(outcome: &Outcome) -> Vec<Case<'_>> {
    let catalogue = &outcome.catalogue;
    let mut cases = Vec::new();
    for (scenario, results) in catalogue.scenarios.iter().zip(&outcome.scenarios) {
        for alternative in catalogue.compared() {
            let balance = &results.alternatives[alternative].balance_draws;
            cases.push(Case {
                scenario: &scenario.id,
                alternative: &catalogue.alternatives[alternative].id,
                balance,
                ranks: ranks(balance),
            });
        }
    }
    cases
}

/// Bins of at least a hundred draws, ten to fifty of them.
fn bin_count(draws: usize) -> usize {
    (draws / 100).clamp(10, 50)
}

/// Kelley's: the variance between bins less what it would be by chance, as a share of all variance; not below zero.
fn share_of_variance(balance: &[f64], bins: &Bins) -> f64 {
    let count = balance.len() as f64;
    let all = balance.iter().sum::<f64>() / count;
    let (mut between, mut within, mut groups) = (0.0, 0.0, 0.0);
    for bin in bins.iter() {
        let mean = mean(balance, bin);
        between += bin.len() as f64 * (mean - all) * (mean - all);
        within += bin.iter().map(|&draw| (balance[draw] - mean).powi(2)).sum::<f64>();
        groups += 1.0;
    }
    let total = between + within;
    if total > 0.0 {
        ((between - (groups - 1.0) * within / (count - groups)) / total).max(0.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;
    use std::f64::consts::PI;

    fn found(table: &Table, input: &str, column: &str) -> f64 {
        let row =
            (0..table.row_count()).find(|&row| table.cell(row, "input").and_then(|cell| cell.as_text()) == Some(input));
        let cell = row.and_then(|row| table.cell(row, column));
        cell.and_then(|cell| cell.as_number()).expect("a number")
    }

    /// Ishigami and Homma (1990): with a = 7 and b = 0.1 the first-order indices are 0.3139, 0.4424 and 0 (Saltelli et al. 2008,
    /// *Global Sensitivity Analysis: The Primer*, p. 179-182).
    #[test]
    fn shares_of_variance_are_those_of_the_ishigami_function() {
        let uniform = |input: usize| {
            example::uniform(input, 20_000)
                .map(|u| PI * (2.0 * u - 1.0))
                .collect::<Vec<f64>>()
        };
        let [a, b, c] = [0, 1, 2].map(uniform);
        let value = |draw: usize| a[draw].sin() + 7.0 * b[draw].sin().powi(2) + 0.1 * c[draw].powi(4) * a[draw].sin();
        let balance = (0..a.len()).map(value).collect();
        let outcome = example::outcome(vec![("a".into(), a), ("b".into(), b), ("c".into(), c)], vec![balance]);
        let table = influence(&outcome).expect("enough draws");
        for (input, share) in [("a", 0.3139), ("b", 0.4424), ("c", 0.0)] {
            let found = found(&table, input, "share_of_variance");
            assert!((found - share).abs() < 0.02, "{input}: {found}");
        }
    }

    #[test]
    fn the_lowest_and_highest_tenth_of_a_uniform_input_are_at_a_twentieth_and_nineteen_twentieths() {
        let values: Vec<f64> = (0..1000)
            .map(|draw| (f64::from(draw * 387 % 1000) + 0.5) / 1000.0)
            .collect();
        let balance = values.iter().map(|value| 100.0 - 10.0 * value).collect();
        let mut outcome = example::outcome(vec![("rent".into(), values)], vec![balance]);
        outcome.catalogue.inputs[0].placeholder = true;
        let table = influence(&outcome).expect("enough draws");
        assert!((found(&table, "rent", "low_mean_eur") - 99.5).abs() < 1e-9);
        assert!((found(&table, "rent", "high_mean_eur") - 90.5).abs() < 1e-9);
        assert!((found(&table, "rent", "rank_correlation") + 1.0).abs() < 1e-12);
        assert_eq!(found(&table, "rent", "placeholder"), 1.0);
    }

    #[test]
    fn what_does_not_vary_has_no_share_and_few_draws_have_no_table() {
        let outcome = example::outcome(vec![("rent".into(), vec![1.0; 200])], vec![vec![5.0; 200]]);
        assert_eq!(
            found(&influence(&outcome).expect("enough draws"), "rent", "share_of_variance"),
            0.0
        );
        let few = example::outcome(vec![("rent".into(), vec![1.0; 99])], vec![vec![5.0; 99]]);
        assert!(influence(&few).is_none());
    }
}
