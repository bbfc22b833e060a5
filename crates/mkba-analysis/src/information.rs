//! What it would be worth to know an input before the decision.
use crate::bins::{Bins, LEAST_DRAWS};
use mkba_core::outcome::Outcome;
use mkba_core::table::Table;

/// The row of knowing every input.
pub const ALL_INPUTS: &str = "(all)";

/// Bins of an input; within one, the input counts as known.
const BINS: usize = 20;

/// The value of perfect information on each input, and on all of them, given the assumed distributions.
///
/// Columns `scenario`, `input` (`(all)` first), `value_eur`, `standard_error_eur`, `value_without_separate_eur`,
/// `standard_error_without_separate_eur`: the last two when separate effects do not count.
///
/// Decision: the alternative with the greatest mean balance in the scenario, or none of them (the baseline, a balance of zero).
/// Knowing an input is worth how much better the best alternative is, on average over the values of the input, when chosen for each value.
/// It is the most that finding out can be worth, if it comes before commitment; what waiting costs is not in it.
///
/// Draws are cut into twenty bins of the input, and the best alternative is chosen in each bin (Strong and Oakley 2013, *An efficient method
/// for computing single-parameter partial expected value of perfect information*, Medical Decision Making 33(6), 755-766). One half
/// of the draws chooses and the other half values the choice, in turn, so that chance does not pass for value: an estimate is rather too low
/// than too high, and one below zero is reported as zero.
///
/// None when fewer than 100 draws are kept, or nothing is uncertain.
#[must_use]
pub fn information(outcome: &Outcome) -> Option<Table> {
    if outcome.kept < LEAST_DRAWS || outcome.inputs.is_empty() {
        return None;
    }
    let compared: Vec<usize> = outcome.catalogue.compared().collect();
    let bins: Vec<Bins> = outcome
        .inputs
        .iter()
        .map(|(_, values)| Bins::new(values, BINS))
        .collect();
    let (mut scenarios, mut inputs) = (Vec::new(), Vec::new());
    let mut numbers: [Vec<f64>; 4] = Default::default();
    for (scenario, results) in outcome.catalogue.scenarios.iter().zip(&outcome.scenarios) {
        let of = |pick: fn(&mkba_core::outcome::AlternativeOutcome) -> &[f64]| -> Vec<&[f64]> {
            compared
                .iter()
                .map(|&alternative| pick(&results.alternatives[alternative]))
                .collect()
        };
        let all = of(|result| &result.balance_draws);
        let without = of(|result| &result.balance_without_separate_draws);
        let names = std::iter::once(ALL_INPUTS).chain(outcome.inputs.iter().map(|(name, _)| name.as_str()));
        for (number, name) in names.enumerate() {
            scenarios.push(scenario.id.as_str());
            inputs.push(name);
            let worth = |balances: &[&[f64]]| match number.checked_sub(1) {
                None => of_everything(balances),
                Some(input) => of_one(balances, &bins[input]),
            };
            let (with, without) = (worth(&all), worth(&without));
            let found = [with.value, with.standard_error, without.value, without.standard_error];
            numbers
                .iter_mut()
                .zip(found)
                .for_each(|(column, number)| column.push(number));
        }
    }
    let [value, error, value_without, error_without] = numbers;
    let table = Table::new("information")
        .text("scenario", scenarios)
        .text("input", inputs)
        .number("value_eur", value)
        .number("standard_error_eur", error)
        .number("value_without_separate_eur", value_without)
        .number("standard_error_without_separate_eur", error_without);
    Some(table)
}

/// What information is worth.
struct Worth {
    value: f64,
    standard_error: f64,
}

impl Worth {
    /// From what each draw gains by the better choice.
    fn of(gains: &[f64]) -> Self {
        let count = gains.len() as f64;
        let mean = gains.iter().sum::<f64>() / count;
        let squares: f64 = gains.iter().map(|gain| (gain - mean) * (gain - mean)).sum();
        Self {
            value: mean.max(0.0),
            standard_error: (squares / (count - 1.0) / count).sqrt(),
        }
    }
}

/// Knowing everything: the best choice in each draw against the best on average.
fn of_everything(balances: &[&[f64]]) -> Worth {
    let draws: Vec<usize> = (0..balances.first().map_or(0, |balance| balance.len())).collect();
    let fixed = best(balances, &draws);
    let greatest = |draw: usize| balances.iter().map(|balance| balance[draw]).fold(0.0, f64::max);
    let gains: Vec<f64> = draws
        .iter()
        .map(|&draw| greatest(draw) - balance_of(balances, fixed, draw))
        .collect();
    Worth::of(&gains)
}

/// Knowing in which bin an input is.
fn of_one(balances: &[&[f64]], bins: &Bins) -> Worth {
    let mut gains = vec![0.0; balances.first().map_or(0, |balance| balance.len())];
    for half in [0, 1] {
        let all: Vec<usize> = (0..gains.len()).filter(|draw| draw % 2 == half).collect();
        let fixed = best(balances, &all);
        for bin in bins.iter() {
            let (choosing, valuing): (Vec<usize>, Vec<usize>) = bin.iter().partition(|&draw| draw % 2 == half);
            let chosen = best(balances, &choosing);
            for draw in valuing {
                gains[draw] = balance_of(balances, chosen, draw) - balance_of(balances, fixed, draw);
            }
        }
    }
    Worth::of(&gains)
}

/// The alternative with the greatest mean balance over some draws; none for the baseline.
fn best(balances: &[&[f64]], draws: &[usize]) -> Option<usize> {
    let sums = balances
        .iter()
        .map(|balance| draws.iter().map(|&draw| balance[draw]).sum::<f64>());
    let greatest = sums.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
    greatest
        .filter(|(_, sum)| *sum > 0.0)
        .map(|(alternative, _)| alternative)
}

fn balance_of(balances: &[&[f64]], alternative: Option<usize>, draw: usize) -> f64 {
    alternative.map_or(0.0, |alternative| balances[alternative][draw])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    fn value(table: &Table, input: &str) -> (f64, f64) {
        let row =
            (0..table.row_count()).find(|&row| table.cell(row, "input").and_then(|cell| cell.as_text()) == Some(input));
        let number = |column: &str| {
            row.and_then(|row| table.cell(row, column))
                .and_then(|cell| cell.as_number())
        };
        (
            number("value_eur").expect("a number"),
            number("standard_error_eur").expect("a number"),
        )
    }

    /// One alternative with a uniform balance on (-1, 1) against nothing: E max(0, x) = 1/4.
    #[test]
    fn knowing_a_uniform_balance_around_zero_is_worth_a_quarter() {
        let values: Vec<f64> = example::uniform(0, 20_000).map(|u| 2.0 * u - 1.0).collect();
        let noise: Vec<f64> = example::uniform(1, 20_000).collect();
        let outcome = example::outcome(
            vec![("x".into(), values.clone()), ("noise".into(), noise)],
            vec![values],
        );
        let table = information(&outcome).expect("enough draws");
        for input in [ALL_INPUTS, "x"] {
            let (found, error) = value(&table, input);
            assert!((found - 0.25).abs() < 0.005, "{input}: {found} ± {error}");
        }
        assert!(
            value(&table, "noise").0 < 0.005,
            "what has no influence is worth nothing"
        );
    }

    /// A balance that is the sum of two independent standard normal inputs, against nothing: knowing one is worth
    /// E max(0, x) = 1/√(2π), knowing both 1/√π (Raiffa and Schlaifer 1961, *Applied Statistical Decision Theory*, 5.5: the
    /// unit normal loss integral at zero times the standard deviation).
    #[test]
    fn knowing_one_of_two_normal_parts_is_worth_the_unit_normal_loss() {
        let normal = |input: usize| -> Vec<f64> {
            let pairs = example::uniform(2 * input, 40_000).zip(example::uniform(2 * input + 1, 40_000));
            pairs
                .map(|(u, v)| (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos())
                .collect()
        };
        let (x, y) = (normal(0), normal(1));
        let balance = x.iter().zip(&y).map(|(x, y)| x + y).collect();
        let outcome = example::outcome(vec![("x".into(), x), ("y".into(), y)], vec![balance]);
        let table = information(&outcome).expect("enough draws");
        let one = 1.0 / std::f64::consts::TAU.sqrt();
        for (input, expected) in [("x", one), ("y", one), (ALL_INPUTS, one * 2.0_f64.sqrt())] {
            let (found, error) = value(&table, input);
            assert!(
                (found - expected).abs() < 4.0 * error + 0.005,
                "{input}: {found} ± {error}, {expected}"
            );
        }
    }

    #[test]
    fn nothing_can_be_gained_where_one_alternative_is_always_best() {
        let values: Vec<f64> = example::uniform(0, 1000).collect();
        let balances = vec![
            values.iter().map(|x| 1.0 + x).collect(),
            values.iter().map(|x| x - 2.0).collect(),
        ];
        let outcome = example::outcome(vec![("x".into(), values)], balances);
        let table = information(&outcome).expect("enough draws");
        assert_eq!(value(&table, ALL_INPUTS).0, 0.0);
        assert_eq!(value(&table, "x").0, 0.0);
    }
}
