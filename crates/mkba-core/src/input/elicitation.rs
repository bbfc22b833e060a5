//! Distributions from what an expert says: two or three quantiles.
//!
//! The fits solve for parameters with the distribution functions of `statrs`. Their results are cut to 36 leading binary
//! digits, so that the last bits of the system's `exp` and `ln` leave no trace and every machine draws the same values; the
//! quantiles are met to about 1e-10.

use super::Distribution;
use crate::lane::math::{exp, ln, normal_quantile, sqrt};
use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_lr;

/// Normal with two quantiles at `tail` and `1 - tail`.
#[must_use]
pub fn normal(tail: f64, low: f64, high: f64) -> Distribution {
    Distribution::Normal {
        mean: 0.5 * low + 0.5 * high,
        sd: (high - low) / (2.0 * score(tail)),
    }
}

/// Lognormal with two quantiles at `tail` and `1 - tail`, both positive: the median is their geometric mean.
#[must_use]
pub fn lognormal(tail: f64, low: f64, high: f64) -> Distribution {
    Distribution::Lognormal {
        median: sqrt(low) * sqrt(high),
        sigma: ln(high / low) / (2.0 * score(tail)),
    }
}

/// Shifted lognormal through three quantiles at `tail`, one half and `1 - tail`: normal when the median lies in the middle,
/// mirrored when it lies above.
///
/// `x = shift + m exp(σ z)` with `exp(σ z₀) = (high - median) / (median - low)` and
/// `shift = (low high - median²) / (low + high - 2 median)` (Johnson, Kotz and Balakrishnan 1994, *Continuous Univariate
/// Distributions* 1, chapter 14, three-parameter form).
#[must_use]
pub fn shifted_lognormal(tail: f64, low: f64, median: f64, high: f64) -> Distribution {
    let (below, above) = (median - low, high - median);
    let ratio = above / below;
    // Beyond this the shift would be a million times the range away, and its digits lost.
    if (ratio - 1.0).abs() < 1e-6 {
        return normal(tail, low, high);
    }
    // Distance from the shift to the median: below² / (above - below) times the ratio.
    let distance = below * above / (above - below);
    let sigma = ln(ratio) / score(tail);
    let factor = if distance > 0.0 { 1.0 } else { -1.0 };
    Distribution::Scaled {
        of: Box::new(Distribution::Lognormal {
            median: factor * distance,
            sigma: factor * sigma,
        }),
        shift: median - distance,
        factor,
    }
}

/// Gamma with two quantiles at `tail` and `1 - tail`, both positive; none where no shape of 0.05 to 10 000 fits.
#[must_use]
pub fn gamma(tail: f64, low: f64, high: f64) -> Option<Distribution> {
    // The ratio of the quantiles falls as the shape rises.
    let ratio = |shape: f64| gamma_quantile(shape, 1.0 - tail) / gamma_quantile(shape, tail);
    let wanted = high / low;
    let shape = exp(bisect(ln(0.05), ln(10_000.0), |logarithm| {
        wanted - ratio(exp(logarithm))
    })?);
    let shape = cut(shape);
    Some(Distribution::Gamma {
        shape,
        scale: cut(high / gamma_quantile(shape, 1.0 - tail)),
    })
}

/// Beta with two quantiles at `tail` and `1 - tail`, both between 0 and 1; none where no shapes up to 10 000 fit.
#[must_use]
pub fn beta(tail: f64, low: f64, high: f64) -> Option<Distribution> {
    // For each sum of shapes one mean puts the right share below `low`; the share above `high` falls as the sum rises.
    let mean_of = |sum: f64| {
        bisect(1e-6, 1.0 - 1e-6, |mean| {
            tail - beta_reg(mean * sum, (1.0 - mean) * sum, low)
        })
    };
    let excess = |logarithm: f64| {
        let sum = exp(logarithm);
        let mean = mean_of(sum).unwrap_or(f64::NAN);
        beta_reg(mean * sum, (1.0 - mean) * sum, high) - (1.0 - tail)
    };
    let sum = exp(bisect(ln(0.05), ln(10_000.0), excess)?);
    let mean = mean_of(sum)?;
    let (a, b) = (cut(mean * sum), cut((1.0 - mean) * sum));
    (a > 0.005 && b > 0.005).then_some(Distribution::Beta { a, b })
}

/// The standard normal quantile of `1 - tail`.
fn score(tail: f64) -> f64 {
    -normal_quantile(tail)
}

fn gamma_quantile(shape: f64, probability: f64) -> f64 {
    let logarithm = bisect(-700.0, ln(shape) + 10.0, |y| gamma_lr(shape, exp(y)) - probability);
    exp(logarithm.unwrap_or(f64::NAN))
}

/// A zero of a function that rises; none when it has one sign or no value at the ends.
fn bisect(mut low: f64, mut high: f64, rising: impl Fn(f64) -> f64) -> Option<f64> {
    let begins_below = rising(low) <= 0.0;
    let ends_above = rising(high) >= 0.0;
    if !(begins_below && ends_above) {
        return None;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if rising(middle) < 0.0 {
            low = middle
        } else {
            high = middle
        }
    }
    Some(0.5 * (low + high))
}

/// A number with its 36 leading binary digits.
fn cut(number: f64) -> f64 {
    const REST: u64 = 1 << 17;
    f64::from_bits((number.to_bits() + REST / 2) & !(REST - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantiles_of_gamma(distribution: &Distribution, probability: f64) -> f64 {
        match distribution {
            Distribution::Gamma { shape, scale } => scale * gamma_quantile(*shape, probability),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_gamma_through_two_quantiles_is_found_again() {
        // scipy.stats.gamma(2.3, scale=1.7): quantiles of 5 % and 95 %.
        let found = gamma(0.05, 0.819_413_259_040_855_2, 8.879_102_861_319_145).expect("a fit");
        let Distribution::Gamma { shape, scale } = found else {
            panic!("{found:?}")
        };
        assert!(
            (shape - 2.3).abs() < 1e-9 && (scale - 1.7).abs() < 1e-9,
            "{shape} {scale}"
        );
        assert!((quantiles_of_gamma(&found, 0.05) / 0.819_413_259_040_855_2 - 1.0).abs() < 1e-9);
        assert_eq!(gamma(0.05, 1.0, 1.0 + 1e-9), None);
    }

    #[test]
    fn a_beta_through_two_quantiles_is_found_again() {
        // scipy.stats.beta(2.5, 4): quantiles of 5 % and 95 %.
        let found = beta(0.05, 0.114_819_641_930_974_45, 0.697_399_450_862_176_8).expect("a fit");
        let Distribution::Beta { a, b } = found else {
            panic!("{found:?}")
        };
        assert!((a - 2.5).abs() < 1e-8 && (b - 4.0).abs() < 1e-8, "{a} {b}");
    }

    #[test]
    fn a_shifted_lognormal_passes_through_its_three_quantiles() {
        for (low, median, high) in [(2.0, 5.0, 12.0), (-3.0, 4.0, 6.0), (0.0, 1.0, 2.0), (1.0, 1.01, 90.0)] {
            let found = shifted_lognormal(0.05, low, median, high);
            let at = |z: f64| match &found {
                Distribution::Normal { mean, sd } => mean + sd * z,
                Distribution::Scaled { of, shift, factor } => match &**of {
                    Distribution::Lognormal { median, sigma } => shift + factor * median * (sigma * factor * z).exp(),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            };
            let z = score(0.05);
            for (z, expected) in [(-z, low), (0.0, median), (z, high)] {
                assert!(
                    (at(z) - expected).abs() < 1e-12 * (high - low),
                    "{found:?} at {z}: {}",
                    at(z)
                );
            }
            found.validate().expect("possible");
        }
    }

    #[test]
    fn two_quantiles_of_a_normal_and_a_lognormal_are_met() {
        let Distribution::Normal { mean, sd } = normal(0.1, 6.155_345_303_366_198_5, 13.844_654_696_633_802) else {
            panic!("normal")
        };
        assert!((mean - 10.0).abs() < 1e-12 && (sd - 3.0).abs() < 1e-12);
        let Distribution::Lognormal { median, sigma } = lognormal(0.1, 1.749_314_885_405_642_2, 6.301_424_902_175_618)
        else {
            panic!("lognormal")
        };
        assert!((median - 3.320_116_922_736_547_2).abs() < 1e-12 && (sigma - 0.5).abs() < 1e-12);
    }
}
