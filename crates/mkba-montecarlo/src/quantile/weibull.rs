//! The Weibull distribution.

use super::Block;
use super::window::Window;
use mkba_core::lane::math::{exp, ln, pow, select};

#[derive(Debug, Clone, Copy)]
pub(super) struct Weibull {
    exponent: f64,
    scale: f64,
    window: Window,
}

impl Weibull {
    pub(super) fn new(shape: f64, scale: f64, min: f64, max: f64) -> Result<Weibull, String> {
        let tails = |value: f64| {
            if value <= 0.0 {
                return (0.0, 1.0);
            }
            let hazard = pow(value / scale, shape);
            (one_minus_exp(hazard), exp(-hazard))
        };
        let window = Window::between(min, max, tails)?;
        Ok(Weibull {
            exponent: 1.0 / shape,
            scale,
            window,
        })
    }

    /// `scale (-ln(1 - u))^(1 / shape)`.
    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Weibull {
            exponent,
            scale,
            window,
        } = *self;
        if window.is_whole() {
            for lane in lanes {
                // 1 - u is exact, so its logarithm is right in both tails.
                *lane = scale * exp(exponent * ln(-ln(1.0 - *lane)));
            }
        } else {
            for lane in lanes {
                let (lower, upper) = window.tails(*lane, 1.0 - *lane);
                let near = lower < 0.5;
                let rest = select(near, 1.0 - lower, upper);
                // What 1 - lower lost by rounding, put back to first order.
                let lost = select(near, (1.0 - rest) - lower, 0.0);
                *lane = scale * exp(exponent * ln(-(ln(rest) + lost / rest)));
            }
        }
    }
}

/// 1 - e^-x for x >= 0, accurate near 0 (Taylor series).
pub(super) fn one_minus_exp(x: f64) -> f64 {
    if x > 0.5 {
        return 1.0 - exp(-x);
    }
    (1..20).rev().fold(0.0, |sum, k| (1.0 - sum) * x / f64::from(k))
}
