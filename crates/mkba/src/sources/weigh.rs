//! How much each uncertain input moves the balance.
use super::Provenances;
use mkba_analysis::rank_correlation;
use mkba_core::outcome::Outcome;
use mkba_lang::declarations::Declarations;
use std::collections::BTreeMap;

/// What the weight of an input is, in words that name the measure.
pub const MEASURE: &str =
    "share of the squared rank correlations with the balance, mean over scenarios and alternatives";

/// Weighs the inputs by the draws of a run.
///
/// Within each scenario and alternative, the weight of an input is its squared rank correlation with the balance, as a share of
/// the sum over all inputs; elements of an index set are taken together. What chance alone would give, 1 / (n - 1) of n draws
/// (Kendall and Gibbons 1990, *Rank Correlation Methods*, 5th edition: the variance of the coefficient without association),
/// is taken off first. Weights are the mean of these shares, and sum to one where anything moves the balance. They tell what to
/// look at first; interaction and effects that are not monotone are not in them.
pub fn weigh(provenances: &mut Provenances, declarations: &Declarations, outcome: &Outcome) {
    let shares = shares(outcome);
    let mut known = 0.0;
    for figure in &mut provenances.figures {
        if !figure.uncertain {
            continue;
        }
        let parameter = declarations.parameters.iter().find(|it| it.name.value == figure.name);
        let stream = parameter
            .and_then(|parameter| parameter.stream.as_deref())
            .unwrap_or(&figure.name);
        if figure.kind == "parameter"
            && let Some(share) = shares.get(stream)
        {
            figure.weight = Some(*share);
            known += share;
        }
    }
    let all: f64 = shares.values().sum();
    provenances.other_weight = Some((all - known).max(0.0));
    provenances.draws = Some(outcome.draws as u64);
    provenances.weight_measure = Some(MEASURE);
}

/// The weight of each input by its name, without its element.
fn shares(outcome: &Outcome) -> BTreeMap<&str, f64> {
    let chance = 1.0 / (outcome.draws.max(2) as f64 - 1.0);
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    let mut cases = 0.0;
    for scenario in &outcome.scenarios {
        for alternative in outcome.catalogue.compared() {
            let balance = &scenario.alternatives[alternative].balance_draws;
            let mut squares: BTreeMap<&str, f64> = BTreeMap::new();
            for (name, values) in &outcome.inputs {
                let base = name.split('[').next().unwrap_or(name);
                let square = rank_correlation(values, balance).powi(2) - chance;
                *squares.entry(base).or_default() += square.max(0.0);
            }
            let sum: f64 = squares.values().sum();
            if sum > 0.0 {
                cases += 1.0;
                for (name, square) in squares {
                    *sums.entry(name).or_default() += square / sum;
                }
            }
        }
    }
    sums.values_mut().for_each(|share| *share /= cases);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overview::sample;

    #[test]
    fn what_moves_the_balance_has_the_weight() {
        let mut outcome = sample::outcome(2);
        let compared: Vec<usize> = outcome.catalogue.compared().collect();
        let draws = 101;
        outcome.draws = draws;
        let wave = |step: usize| -> Vec<f64> { (0..draws).map(|draw| (draw * step % draws) as f64).collect() };
        for scenario in &mut outcome.scenarios {
            for &alternative in &compared {
                scenario.alternatives[alternative].balance_draws = wave(1);
            }
        }
        outcome.inputs = vec![
            ("strong".into(), wave(1).iter().map(|value| -value).collect()),
            ("each[a]".into(), wave(1)),
            ("each[b]".into(), vec![2.0; draws]),
            ("fixed".into(), vec![1.0; draws]),
        ];
        let shares = shares(&outcome);
        assert!((shares["strong"] - 0.5).abs() < 1e-12, "{shares:?}");
        assert!((shares["each"] - 0.5).abs() < 1e-12, "elements are taken together");
        assert_eq!(shares["fixed"], 0.0, "not even what chance would give");
        assert!((shares.values().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_uncertainty_nothing_has_weight() {
        let mut outcome = sample::outcome(2);
        outcome.inputs = vec![("fixed".into(), vec![1.0; outcome.draws])];
        let draws = outcome.draws;
        for scenario in &mut outcome.scenarios {
            for alternative in &mut scenario.alternatives {
                alternative.balance_draws = vec![0.0; draws];
            }
        }
        assert!(shares(&outcome).is_empty());
    }
}
