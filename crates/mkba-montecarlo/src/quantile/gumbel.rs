//! The Gumbel distribution of greatest values (Gumbel 1958, *Statistics of extremes*).

use super::Block;
use super::weibull::one_minus_exp;
use super::window::Window;
use mkba_core::lane::math::{exp, ln, select};

#[derive(Debug, Clone, Copy)]
pub(super) struct Gumbel {
    mode: f64,
    scale: f64,
    window: Window,
}

impl Gumbel {
    pub(super) fn new(mode: f64, scale: f64, min: f64, max: f64) -> Result<Gumbel, String> {
        let tails = |value: f64| {
            let hazard = exp(-(value - mode) / scale);
            (exp(-hazard), one_minus_exp(hazard))
        };
        let window = Window::between(min, max, tails)?;
        Ok(Gumbel { mode, scale, window })
    }

    /// `mode - scale ln(-ln u)`.
    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Gumbel { mode, scale, window } = *self;
        for lane in lanes {
            let (lower, upper) = window.tails(*lane, 1.0 - *lane);
            let near = upper < 0.5;
            let rest = select(near, 1.0 - upper, lower);
            // What 1 - upper lost by rounding, put back to first order.
            let lost = select(near, (1.0 - rest) - upper, 0.0);
            *lane = mode - scale * ln(-(ln(rest) + lost / rest));
        }
    }
}
