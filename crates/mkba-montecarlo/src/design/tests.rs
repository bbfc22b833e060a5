use super::*;
use crate::contract::{HALF_STEP, Stream, uniform};
use proptest::prelude::*;

/// Names that look like those of a model.
pub(super) fn names(count: usize) -> Vec<String> {
    let parameters = ["jobs", "wage", "rent", "grid", "stay", "wage2"];
    (0..count)
        .map(|n| format!("{}[campus-{}]", parameters[n % parameters.len()], n / parameters.len()))
        .collect()
}

/// A design with room for some names.
pub(super) fn design(kind: Kind, seed: u64) -> Box<dyn Design> {
    let mut dimensions = Dimensions::default();
    let names = names(300);
    dimensions.append(names.iter().map(String::as_str));
    kind.design(seed, dimensions)
}

pub(super) fn uniforms(axis: &dyn Axis, first: u64, count: usize) -> Vec<f64> {
    let mut out = vec![0.0; count];
    axis.uniforms(Isa::detect(), first, &mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_range_of_draws_has_the_bits_of_its_single_draws_at_every_width(
        seed: u64,
        name in 0..300_usize,
        first in prop_oneof![0..5000_u64, (1_u64 << 33)..(1 << 33) + 2000],
        count in 0..200_usize,
    ) {
        for kind in Kind::ALL {
            let axis = design(kind, seed).axis(&names(300)[name]).expect("a place");
            let single: Vec<u64> = (first..).take(count).map(|draw| uniforms(&*axis, draw, 1)[0].to_bits()).collect();
            for isa in Isa::ALL {
                let mut out = vec![0.0; count];
                axis.uniforms(isa, first, &mut out);
                let bits: Vec<u64> = out.iter().map(|u| u.to_bits()).collect();
                prop_assert_eq!(&bits, &single, "{} at {:?}", kind.name(), isa);
            }
        }
    }

    #[test]
    fn uniforms_are_odd_multiples_of_half_a_step_inside_the_unit_interval(seed: u64, name in 0..300_usize, block in 0..50_u64) {
        for kind in Kind::ALL {
            let axis = design(kind, seed).axis(&names(300)[name]).expect("a place");
            for u in uniforms(&*axis, block * 333, 333) {
                prop_assert!(u > 0.0 && u < 1.0 && (u / HALF_STEP) % 2.0 == 1.0, "{}: {u:e}", kind.name());
            }
        }
    }
}

#[test]
fn a_random_draw_is_the_uniform_of_the_contract_and_an_antithetic_one_mirrors_the_draw_before() {
    let name = &names(1)[0];
    let random = uniforms(&*design(Kind::Random, 42).axis(name).expect("a place"), 0, 100);
    let mirrored = uniforms(&*design(Kind::Antithetic, 42).axis(name).expect("a place"), 0, 100);
    for draw in 0..100 {
        let ordinary = uniform(42, Stream::of(name), draw as u64);
        assert_eq!(random[draw], ordinary);
        assert_eq!(
            mirrored[draw],
            if draw % 2 == 0 {
                ordinary
            } else {
                1.0 - random[draw - 1]
            }
        );
    }
}

#[test]
fn designs_are_found_by_their_names() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of(kind.name()), Some(kind));
        assert_eq!(design(kind, 0).name(), kind.name());
    }
    assert_eq!(Kind::of("sobel"), None);
}

/// The mean of a smooth function of six inputs: designs that spread draws better have smaller errors, and each tells its own
/// error truly. Over 60 seeds the root mean square of the error is within a quarter of what the standard errors say.
#[test]
fn the_standard_error_of_every_design_is_honest() {
    const DRAWS: usize = 16 * 1024;
    const SEEDS: u64 = 60;
    let names = names(6);
    let mut errors = Vec::new();
    for kind in Kind::ALL {
        let (mut squares, mut told) = (0.0, 0.0);
        for seed in 0..SEEDS {
            let design = design(kind, seed);
            let mut values = vec![0.0; DRAWS];
            for (weight, name) in [1.0, 0.8, 0.6, 0.4, 0.3, 0.2].into_iter().zip(&names) {
                let axis = design.axis(name).expect("a place");
                for (value, u) in values.iter_mut().zip(uniforms(&*axis, 0, DRAWS)) {
                    *value += weight * (3.0 * u * u - 1.0 + 0.3 * (u - 0.5));
                }
            }
            // Some interaction, so that no design integrates it exactly.
            let (a, b) = (
                uniforms(&*design.axis(&names[0]).expect("a place"), 0, DRAWS),
                uniforms(&*design.axis(&names[1]).expect("a place"), 0, DRAWS),
            );
            for ((value, a), b) in values.iter_mut().zip(a).zip(b) {
                *value += 0.5 * (a - 0.5) * (b - 0.5);
            }
            let mean = values.iter().sum::<f64>() / DRAWS as f64;
            squares += mean * mean;
            let error = crate::standard_error(design.unit(), &values);
            told += error * error;
        }
        let ratio = (squares / told).sqrt();
        assert!(
            (0.75..1.25).contains(&ratio),
            "{}: error / standard error = {ratio}",
            kind.name()
        );
        errors.push((squares / SEEDS as f64).sqrt());
    }
    let [random, latin, sobol, antithetic] = errors[..] else {
        panic!("four designs")
    };
    assert!(
        latin < 0.2 * random && sobol < 0.2 * random && antithetic < 0.7 * random,
        "{errors:?}"
    );
}
