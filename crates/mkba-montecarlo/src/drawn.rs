//! The draws of the inputs alone, as stated in the model, for looking at them.
use crate::design::Chosen;
use crate::sampler::InputFault;
use crate::summary::{Moments, quantiles};
use mkba_core::input::{Dependence, Input};
use mkba_core::lane::Isa;
use mkba_core::tables::InputSummary;

/// Draws taken at once. Changes speed only.
const BLOCK: usize = 1024;

/// The first draws of each input, in the unit in which the model states it: those of a run with the same design and
/// seed. Inputs that move together need each other, so all inputs of the study are given.
///
/// # Errors
/// All inputs whose distribution is impossible, in order.
pub fn draw(
    inputs: &[Input],
    dependences: &[Dependence],
    design: &Chosen,
    seed: u64,
    draws: usize,
) -> Result<Vec<Vec<f64>>, Vec<InputFault>> {
    let stated: Vec<Input> = inputs
        .iter()
        .map(|input| Input {
            factor: 1.0,
            ..input.clone()
        })
        .collect();
    let sampler = design.sampler(&stated, dependences, seed, Isa::detect())?;
    let mut values = vec![Vec::with_capacity(draws); inputs.len()];
    let mut block = vec![0.0; inputs.len() * BLOCK];
    let mut memory = sampler.memory();
    for first in (0..draws).step_by(BLOCK) {
        sampler.fill_with(&mut memory, first as u64, BLOCK, &mut block);
        let count = BLOCK.min(draws - first);
        for (values, row) in values.iter_mut().zip(block.chunks_exact(BLOCK)) {
            values.extend_from_slice(&row[..count]);
        }
    }
    Ok(values)
}

/// Mean, standard deviation, quantiles and ends of draws.
#[must_use]
pub fn summarise(values: &[f64]) -> InputSummary {
    let moments = Moments::of(values);
    let found = quantiles(&mut values.to_vec(), &[0.0, 0.05, 0.5, 0.95, 1.0]);
    InputSummary {
        mean: moments.mean(),
        sd: (values.len() > 1).then(|| moments.standard_deviation()),
        min: found[0],
        p05: found[1],
        p50: found[2],
        p95: found[3],
        max: found[4],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_core::input::Distribution;

    fn input(factor: f64) -> Input {
        Input {
            name: "rent".to_owned(),
            distribution: Distribution::Uniform { low: 2.0, high: 4.0 },
            factor,
        }
    }

    #[test]
    fn draws_are_those_of_the_sampler_before_units_and_price_level() {
        let drawn = draw(&[input(1e6)], &[], &Chosen::default(), 7, 1500).expect("possible");
        let sampler = Chosen::default()
            .sampler(&[input(1.0)], &[], 7, Isa::detect())
            .expect("possible");
        let mut row = vec![0.0; 1024];
        sampler.fill(1024, 1024, &mut row);
        assert_eq!((drawn[0].len(), &drawn[0][1024..]), (1500, &row[..476]));
        let fewer = draw(&[input(1e6)], &[], &Chosen::default(), 7, 10).expect("possible");
        assert_eq!(fewer[0], drawn[0][..10]);
    }

    #[test]
    fn a_uniform_distribution_is_summarised_as_the_textbook_says() {
        let drawn = draw(&[input(1.0)], &[], &Chosen::default(), 1, 20_000).expect("possible");
        let summary = summarise(&drawn[0]);
        let near = |found: f64, expected: f64| (found - expected).abs() < 0.02;
        assert!(near(summary.mean, 3.0) && near(summary.sd.expect("many"), 2.0 / 12.0_f64.sqrt()));
        assert!(near(summary.p05, 2.1) && near(summary.p50, 3.0) && near(summary.p95, 3.9));
        assert!(summary.min >= 2.0 && summary.max <= 4.0);
        assert_eq!(summarise(&[2.5]).sd, None);
    }
}
