//! An outcome of one scenario, made from columns of draws.
use mkba_core::appraisal::catalogue::{Catalogue, Entry, InputEntry};
use mkba_core::outcome::{AlternativeOutcome, Outcome, ScenarioOutcome};

/// An outcome with these inputs and, for each alternative besides the baseline, these balances.
pub fn outcome(inputs: Vec<(String, Vec<f64>)>, balances: Vec<Vec<f64>>) -> Outcome {
    let draws = inputs.first().map_or(0, |(_, values)| values.len());
    let entry = |id: String| Entry { id, ..Entry::default() };
    let alternative = |balance: Vec<f64>| AlternativeOutcome {
        balance_without_separate_draws: balance.clone(),
        balance_draws: balance,
        ..AlternativeOutcome::default()
    };
    let names = (0..=balances.len()).map(|number| entry(format!("alternative-{number}")));
    Outcome {
        catalogue: Catalogue {
            scenarios: vec![entry("single".into())],
            alternatives: names.collect(),
            inputs: inputs
                .iter()
                .map(|(name, _)| InputEntry {
                    entry: entry(name.clone()),
                    ..InputEntry::default()
                })
                .collect(),
            ..Catalogue::default()
        },
        draws,
        seed: 1,
        scenarios: vec![ScenarioOutcome {
            alternatives: std::iter::once(vec![0.0; draws])
                .chain(balances)
                .map(alternative)
                .collect(),
            interactions: Vec::new(),
        }],
        kept: draws,
        inputs,
        convergence: Vec::new(),
    }
}

/// Uniform numbers that are independent between inputs: the mixer of SplitMix64 over a counter (Steele, Lea and Flood 2014).
pub fn uniform(input: usize, draws: u64) -> impl Iterator<Item = f64> {
    let start = (input as u64 + 1) << 40;
    (0..draws).map(move |draw| {
        let mut z = (start + draw).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0 + 1e-17
    })
}
