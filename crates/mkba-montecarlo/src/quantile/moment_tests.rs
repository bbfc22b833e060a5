//! Means and standard deviations of our quantile functions, integrated over the probability, against closed forms.
//!
//! The moments are those of Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions*, volume 1 (1994: normal chapter 13, lognormal 14, gamma
//! 17, Weibull 21) and volume 2 (1995: Gumbel chapter 22, beta 25, uniform and triangular 26, Student 28), and of Keelin (2016), "The metalog
//! distributions", Decision Analysis 13(4), for four terms; those of mixtures follow from the law of total variance.
use super::*;
use std::f64::consts::{PI, TAU};

/// Euler's constant.
const EULER: f64 = 0.577_215_664_901_532_9;

/// Mean and standard deviation by double exponential quadrature (Takahasi and Mori 1974) of each half of the probabilities, in steps small
/// enough for the kink of a triangle.
fn moments(distribution: &Distribution) -> (f64, f64) {
    let quantile = Quantile::new(distribution).expect("possible parameters");
    let integral = |term: &dyn Fn(f64) -> f64| {
        let nodes = (-4160..=4160).map(|node| {
            let t = f64::from(node) / 1024.0;
            let argument = PI / 2.0 * t.sinh();
            // From 0 to one half: u and its derivative by t.
            let u = 0.5 / (1.0 + (-2.0 * argument).exp());
            let slope = u * (1.0 - 2.0 * u) * PI * t.cosh();
            let (low, high) = (
                quantile.at(u.max(f64::EPSILON / 8.0)),
                quantile.at((1.0 - u).min(1.0 - f64::EPSILON / 2.0)),
            );
            slope * (term(low) + term(high))
        });
        nodes.sum::<f64>() / 1024.0
    };
    let mean = integral(&|x| x);
    (mean, integral(&|x| (x - mean) * (x - mean)).sqrt())
}

fn assert_moments(distribution: &Distribution, mean: f64, variance: f64, tolerance: f64) {
    let (found_mean, found_deviation) = moments(distribution);
    let deviation = variance.sqrt();
    let errors = [(found_mean - mean) / deviation, found_deviation / deviation - 1.0];
    assert!(
        errors.iter().all(|error| error.abs() < tolerance),
        "{distribution:?}: {found_mean} and {found_deviation} for {mean} and {deviation}, errors {errors:?}"
    );
}

#[test]
fn mean_and_deviation_of_every_smooth_kind_are_those_of_its_closed_form() {
    let beta = |a: f64, b: f64| (a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1.0)));
    let (low, mode, high) = (2.0, 3.0, 9.0);
    let weight = |x: f64| 1.0 + 4.0 * x / (high - low);
    let (pert_mean, pert_variance) = beta(weight(mode - low), weight(high - mode));
    let (squared, width) = (0.6_f64 * 0.6, high - low);
    let cases = [
        (
            Distribution::Uniform { low, high },
            (low + high) / 2.0,
            width * width / 12.0,
        ),
        (
            Distribution::Triangular { low, mode, high },
            (low + mode + high) / 3.0,
            (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18.0,
        ),
        (
            Distribution::Pert { low, mode, high },
            low + width * pert_mean,
            width * width * pert_variance,
        ),
        (Distribution::Normal { mean: -4.0, sd: 2.5 }, -4.0, 6.25),
        (
            Distribution::Lognormal {
                median: 3.0,
                sigma: 0.6,
            },
            3.0 * (squared / 2.0).exp(),
            9.0 * squared.exp() * squared.exp_m1(),
        ),
        (
            Distribution::Beta { a: 2.0, b: 5.0 },
            beta(2.0, 5.0).0,
            beta(2.0, 5.0).1,
        ),
        (
            Distribution::Beta { a: 0.5, b: 0.5 },
            beta(0.5, 0.5).0,
            beta(0.5, 0.5).1,
        ),
        (
            Distribution::Gamma { shape: 2.3, scale: 1.5 },
            2.3 * 1.5,
            2.3 * 1.5 * 1.5,
        ),
        (Distribution::Gamma { shape: 0.5, scale: 2.0 }, 1.0, 2.0),
        (
            Distribution::Student {
                df: 12.0,
                centre: 1.0,
                scale: 2.0,
            },
            1.0,
            4.0 * 12.0 / 10.0,
        ),
        // Shape 2 is the Rayleigh distribution: Γ(3/2) = √π/2, Γ(2) = 1.
        (
            Distribution::Weibull { shape: 2.0, scale: 3.0 },
            3.0 * PI.sqrt() / 2.0,
            9.0 * (1.0 - PI / 4.0),
        ),
        (
            Distribution::Gumbel { mode: 5.0, scale: 2.0 },
            5.0 + 2.0 * EULER,
            4.0 * PI * PI / 6.0,
        ),
    ];
    for (distribution, mean, variance) in cases {
        assert_moments(&distribution, mean, variance, 1e-9);
    }
}

#[test]
fn a_metalog_has_the_moments_of_its_coefficients() {
    let (a1, a2, a3, a4) = (10.0, 2.0, 0.8, 1.5);
    let probabilities = vec![0.05, 0.35, 0.65, 0.95];
    let value = |p: &f64| {
        let (logit, centred) = ((p / (1.0 - p)).ln(), p - 0.5);
        a1 + a2 * logit + a3 * centred * logit + a4 * centred
    };
    let values = probabilities.iter().map(value).collect();
    let variance = PI * PI * a2 * a2 / 3.0 + a3 * a3 * (1.0 / 12.0 + PI * PI / 36.0) + a2 * a4 + a4 * a4 / 12.0;
    assert_moments(
        &Distribution::Metalog { probabilities, values },
        a1 + a3 / 2.0,
        variance,
        1e-9,
    );
}

#[test]
fn what_is_made_of_others_has_the_moments_that_follow_from_them() {
    let normal = |mean: f64, sd: f64| Distribution::Normal { mean, sd };
    let half = Distribution::Truncated {
        of: Box::new(normal(0.0, 1.0)),
        min: 0.0,
        max: f64::INFINITY,
    };
    // The half-normal distribution (volume 1, chapter 13).
    assert_moments(&half, 2.0 / TAU.sqrt(), 1.0 - 4.0 / TAU, 1e-9);
    let mirrored = Distribution::Scaled {
        of: Box::new(Distribution::Gamma { shape: 2.3, scale: 1.5 }),
        shift: 7.0,
        factor: -2.0,
    };
    assert_moments(&mirrored, 7.0 - 2.0 * 2.3 * 1.5, 4.0 * 2.3 * 1.5 * 1.5, 1e-9);
    let mixture = Distribution::Mixture {
        weights: vec![0.3, 0.7],
        parts: vec![normal(1.0, 1.0), normal(3.0, 2.0)],
    };
    let mean = 0.3 + 0.7 * 3.0;
    let variance = 0.3 * (1.0 + (1.0 - mean) * (1.0 - mean)) + 0.7 * (4.0 + (3.0 - mean) * (3.0 - mean));
    assert_moments(&mixture, mean, variance, 1e-9);
}

#[test]
fn steps_have_the_moments_of_their_values() {
    // With all jumps at whole thousandths, the midpoint rule of a thousand nodes is exact.
    let midpoints = |distribution: &Distribution| {
        let quantile = Quantile::new(distribution).expect("possible parameters");
        let values: Vec<f64> = (0..1000)
            .map(|node| quantile.at((f64::from(node) + 0.5) / 1000.0))
            .collect();
        let mean = values.iter().sum::<f64>() / 1000.0;
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 1000.0;
        (mean, variance)
    };
    let discrete = Distribution::Discrete {
        values: vec![-1.0, 0.0, 4.0],
        probabilities: vec![0.125, 0.5, 0.375],
    };
    let empirical = Distribution::Empirical {
        values: vec![1.0, 2.0, 2.0, 5.0, 10.0],
    };
    for (distribution, mean, variance) in [
        (discrete, 1.375, 0.125 + 6.0 - 1.375 * 1.375),
        (empirical, 4.0, 134.0 / 5.0 - 16.0),
    ] {
        let (found_mean, found_variance) = midpoints(&distribution);
        assert!(
            (found_mean - mean).abs() < 1e-12 && (found_variance - variance).abs() < 1e-12,
            "{distribution:?}"
        );
    }
}
