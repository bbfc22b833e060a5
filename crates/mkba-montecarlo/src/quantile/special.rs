//! Distribution functions of the gamma and beta families, both tails each without cancellation.
//!
//! The common factors follow Loader (2000, "Fast and accurate computation of binomial probabilities"): Stirling
//! corrections and deviances instead of differences of large logarithms. All arithmetic is that of
//! `mkba_core::lane::math`, so tables have the same bits on every machine.

use mkba_core::input::gamma::stirling_correction;
use mkba_core::lane::math::{exp, ln, sqrt};
use std::f64::consts::PI;

const TINY: f64 = 1e-300;
const MOST_TERMS: u32 = 100_000;

/// `shape ln(shape / mean) + mean - shape`, which is never negative, from the mean and its logarithm.
///
/// Near equality by the series of the inverse hyperbolic tangent, so that nothing cancels (Loader 2000, section 3).
fn deviance(shape: f64, mean: f64, ln_mean: f64) -> f64 {
    let difference = mean - shape;
    let total = mean + shape;
    if difference.abs() >= 0.1 * total {
        return shape * (ln(shape) - ln_mean) + difference;
    }
    let ratio = difference / total;
    let square = ratio * ratio;
    let mut power = ratio;
    let mut sum = 0.0;
    for odd in (3_u32..60).step_by(2) {
        power *= square;
        let term = power / f64::from(odd);
        if term.abs() <= 1e-18 * ratio.abs() {
            break;
        }
        sum += term;
    }
    ratio * difference - 2.0 * shape * sum
}

/// `x^shape e^-x / Γ(shape)`: the density of the standard gamma distribution times x.
pub(super) fn gamma_factor(shape: f64, x: f64, ln_x: f64) -> f64 {
    sqrt(shape / (2.0 * PI)) * exp(-stirling_correction(shape) - deviance(shape, x, ln_x))
}

/// Probabilities below and above `x` of the standard gamma distribution, from its [`gamma_factor`] at `x`.
///
/// Series below `shape + 1` (Abramowitz and Stegun 6.5.29), continued fraction above (6.5.31, modified Lentz method).
pub(super) fn gamma_tails(shape: f64, x: f64, factor: f64) -> (f64, f64) {
    if x < shape + 1.0 {
        let mut term = 1.0 / shape;
        let mut sum = term;
        let mut denominator = shape;
        for _ in 0..MOST_TERMS {
            denominator += 1.0;
            term *= x / denominator;
            sum += term;
            if term <= 1e-17 * sum {
                break;
            }
        }
        let lower = (factor * sum).min(1.0);
        return (lower, 1.0 - lower);
    }
    if factor == 0.0 {
        return (1.0, 0.0);
    }
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for i in 1..MOST_TERMS {
        let i = f64::from(i);
        let a = -i * (i - shape);
        b += 2.0;
        d = 1.0 / away_from_zero(a * d + b);
        c = away_from_zero(b + a / c);
        let step = c * d;
        fraction *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    let upper = (factor * fraction).min(1.0);
    (1.0 - upper, upper)
}

/// A point of the unit interval from both ends, with logarithms that stay right where `x` underflows.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitPoint {
    pub(super) x: f64,
    pub(super) complement: f64,
    pub(super) ln_x: f64,
    pub(super) ln_complement: f64,
}

/// `x^a (1 - x)^b / B(a, b)`: the density of the beta distribution times `x (1 - x)`.
pub(super) fn beta_factor(a: f64, b: f64, point: UnitPoint) -> f64 {
    let total = a + b;
    let ln_total = ln(total);
    let correction = stirling_correction(total) - stirling_correction(a) - stirling_correction(b);
    let deviances = deviance(a, total * point.x, ln_total + point.ln_x)
        + deviance(b, total * point.complement, ln_total + point.ln_complement);
    sqrt(a * b / (2.0 * PI * total)) * exp(correction - deviances)
}

/// Probabilities below and above a point of the beta distribution, from its [`beta_factor`] there.
///
/// Continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions (modified Lentz method), on the side
/// where it converges fast.
pub(super) fn beta_tails(a: f64, b: f64, point: UnitPoint, factor: f64) -> (f64, f64) {
    if point.x <= (a + 1.0) / (a + b + 2.0) {
        let lower = (factor * beta_fraction(a, b, point.x) / a).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (factor * beta_fraction(b, a, point.complement) / b).min(1.0);
        (1.0 - upper, upper)
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..MOST_TERMS {
        let m = f64::from(m);
        let twice = a + 2.0 * m;
        let even = m * (b - m) * x / ((twice - 1.0) * twice);
        let odd = -(a + m) * (a + b + m) * x / (twice * (twice + 1.0));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= d * c;
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let step = d * c;
        fraction *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

/// Probabilities below and above `z` of the standard normal distribution: half a gamma tail with shape 1/2 at z²/2
/// (Abramowitz and Stegun 26.4.22 with one degree of freedom).
pub(crate) fn normal_tails(z: f64) -> (f64, f64) {
    if z.abs() > 40.0 {
        // Beyond the least positive number: exp(-800) is 0.
        return if z < 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    if z == 0.0 {
        return (0.5, 0.5);
    }
    let half_square = 0.5 * z * z;
    let (within, beyond) = gamma_tails(0.5, half_square, gamma_factor(0.5, half_square, ln(half_square)));
    let near = if within < 0.5 { 0.5 - 0.5 * within } else { 0.5 * beyond };
    if z < 0.0 {
        (near, 1.0 - near)
    } else {
        (1.0 - near, near)
    }
}
