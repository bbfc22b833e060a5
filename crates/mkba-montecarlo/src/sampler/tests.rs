use super::*;
use crate::contract::{Stream, uniform};
use crate::design::Random;
use mkba_core::input::Distribution;

/// One input of every family and form, some cut off, some sharing a table.
fn inputs() -> Vec<Input> {
    let cut = |of: Distribution, min: f64, max: f64| Distribution::Truncated {
        of: Box::new(of),
        min,
        max,
    };
    let listed: Vec<f64> = (0..40).map(f64::from).collect();
    let distributions = vec![
        Distribution::Uniform { low: -1.0, high: 3.0 },
        Distribution::Triangular {
            low: 2.0,
            mode: 6.0,
            high: 12.0,
        },
        Distribution::Pert {
            low: 2.0,
            mode: 3.0,
            high: 10.0,
        },
        Distribution::Normal { mean: 10.0, sd: 3.0 },
        Distribution::Lognormal {
            median: 250.0,
            sigma: 0.2,
        },
        Distribution::Beta { a: 4.0, b: 6.0 },
        Distribution::Beta { a: 0.5, b: 0.5 },
        Distribution::Gamma { shape: 2.3, scale: 1.7 },
        Distribution::Gamma { shape: 0.3, scale: 2.0 },
        Distribution::Student {
            df: 5.0,
            centre: 1.0,
            scale: 2.0,
        },
        Distribution::Weibull {
            shape: 1.5,
            scale: 20.0,
        },
        Distribution::Discrete {
            values: vec![1.0, 2.0, 5.0],
            probabilities: vec![0.2, 0.5, 0.3],
        },
        Distribution::Discrete {
            values: listed.clone(),
            probabilities: vec![1.0 / 40.0; 40],
        },
        Distribution::Empirical { values: listed },
        Distribution::Metalog {
            probabilities: vec![0.1, 0.5, 0.9],
            values: vec![2.0, 5.0, 10.0],
        },
        cut(Distribution::Normal { mean: 30.0, sd: 7.5 }, 15.0, 40.0),
        cut(
            Distribution::Triangular {
                low: 0.0,
                mode: 1.0,
                high: 4.0,
            },
            0.5,
            3.0,
        ),
        cut(
            Distribution::Weibull {
                shape: 1.5,
                scale: 20.0,
            },
            5.0,
            f64::INFINITY,
        ),
        cut(Distribution::Gamma { shape: 2.3, scale: 1.7 }, 1.0, 9.0),
        cut(
            Distribution::Metalog {
                probabilities: vec![0.1, 0.5, 0.9],
                values: vec![2.0, 5.0, 10.0],
            },
            0.0,
            12.0,
        ),
    ];
    distributions
        .into_iter()
        .enumerate()
        .map(|(i, distribution)| Input {
            name: format!("input_{i}"),
            distribution,
            factor: 1.5,
        })
        .collect()
}

fn sampler(isa: Isa) -> Sampler {
    Sampler::new(&inputs(), Box::new(Random { seed: 11 }), isa).expect("all possible")
}

#[test]
fn a_value_is_the_quantile_of_its_uniform_times_the_factor() {
    let sampler = sampler(Isa::detect());
    let mut out = vec![0.0; sampler.input_count() * 8];
    sampler.fill(123_456, 8, &mut out);
    for (input, row) in inputs().iter().zip(out.chunks_exact(8)) {
        let quantile = Quantile::new(&input.distribution).expect("possible");
        for (draw, value) in (123_456..).zip(row) {
            let expected = quantile.at(uniform(11, Stream::of(&input.name), draw)) * input.factor;
            assert_eq!(value.to_bits(), expected.to_bits(), "{} in draw {draw}", input.name);
        }
    }
}

#[test]
fn bits_do_not_depend_on_lanes_order_or_instruction_set() {
    const DRAWS: usize = 1024;
    let reference = sampler(Isa::Baseline);
    let count = reference.input_count();
    let mut expected = vec![0.0; count * DRAWS];
    let mut block = vec![0.0; count * 8];
    for first in (0..DRAWS).step_by(8) {
        reference.fill(first as u64, 8, &mut block);
        for (input, row) in block.chunks_exact(8).enumerate() {
            expected[input * DRAWS + first..][..8].copy_from_slice(row);
        }
    }
    for isa in Isa::ALL {
        let sampler = sampler(isa);
        for lanes in [16, 64, 128, 1024] {
            let mut block = vec![0.0; count * lanes];
            // Backwards, so that nothing can lean on an earlier block.
            for first in (0..DRAWS).step_by(lanes).rev() {
                sampler.fill(first as u64, lanes, &mut block);
                for (input, row) in block.chunks_exact(lanes).enumerate() {
                    let same = row
                        .iter()
                        .zip(&expected[input * DRAWS + first..])
                        .all(|(a, b)| a.to_bits() == b.to_bits());
                    assert!(same, "{isa:?}, {lanes} lanes, input {input}, draws from {first}");
                }
            }
        }
    }
}

#[test]
fn another_input_does_not_move_the_draws_of_the_rest() {
    let all = inputs();
    let mut reordered = all.clone();
    reordered.reverse();
    reordered.push(Input {
        name: "new".to_owned(),
        distribution: Distribution::Uniform { low: 0.0, high: 1.0 },
        factor: 1.0,
    });
    let draw = |inputs: &[Input]| {
        let sampler = Sampler::new(inputs, Box::new(Random { seed: 5 }), Isa::detect()).expect("all possible");
        let mut out = vec![0.0; inputs.len() * 64];
        sampler.fill(640, 64, &mut out);
        out
    };
    let (first, second) = (draw(&all), draw(&reordered));
    for (i, row) in first.chunks_exact(64).enumerate() {
        assert_eq!(row, &second[(all.len() - 1 - i) * 64..][..64]);
    }
}

#[test]
fn values_of_every_family_are_distributed_as_stated() {
    // The mean of 16 384 values lies within 4.5 standard errors of the closed form.
    let sampler = sampler(Isa::detect());
    let draws = 1 << 14;
    let mut sums = vec![(0.0, 0.0); sampler.input_count()];
    let mut block = vec![0.0; sampler.input_count() * 1024];
    for first in (0..draws).step_by(1024) {
        sampler.fill(first, 1024, &mut block);
        for (row, sums) in block.chunks_exact(1024).zip(&mut sums) {
            for value in row {
                sums.0 += value / 1.5;
                sums.1 += value / 1.5 * (value / 1.5);
            }
        }
    }
    let mut checked = 0;
    for (input, (sum, squares)) in inputs().iter().zip(sums) {
        let mean = sum / draws as f64;
        let error = ((squares / draws as f64 - mean * mean) / draws as f64).sqrt();
        if let Some(expected) = input.distribution.mean() {
            assert!(
                (mean - expected).abs() < 4.5 * error,
                "{:?}: {mean} ± {error}, expected {expected}",
                input.distribution
            );
            checked += 1;
        }
    }
    assert_eq!(checked, 15);
}

#[test]
fn all_impossible_inputs_are_named_at_once() {
    let mut inputs = inputs();
    inputs[2].distribution = Distribution::Pert {
        low: 3.0,
        mode: 2.0,
        high: 10.0,
    };
    inputs[4].distribution = Distribution::Truncated {
        of: Box::new(Distribution::Normal { mean: 0.0, sd: 1.0 }),
        min: 60.0,
        max: 70.0,
    };
    let faults = Sampler::new(&inputs, Box::new(Random { seed: 1 }), Isa::Baseline).expect_err("two are impossible");
    assert_eq!(
        faults.iter().map(|fault| fault.input.as_str()).collect::<Vec<_>>(),
        ["input_2", "input_4"]
    );
    assert!(
        faults[1].to_string().contains("leaves a probability of 0"),
        "{}",
        faults[1]
    );
}
