//! The metalog distribution (Keelin 2016): its inverse is its definition.

use super::window::Window;
use super::{BLOCK, Block};
use mkba_core::input::MetalogSeries;
use mkba_core::lane::math::{exp, ln};

#[derive(Debug, Clone)]
pub(super) struct Metalog {
    series: MetalogSeries,
    window: Window,
}

impl Metalog {
    pub(super) fn new(probabilities: &[f64], values: &[f64], min: f64, max: f64) -> Result<Metalog, String> {
        let series = MetalogSeries::through(probabilities, values)?;
        let window = Window::between(min, max, |value| tails(&series, value))?;
        Ok(Metalog { series, window })
    }

    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let mut distance = [0.0; BLOCK];
        let mut logit = [0.0; BLOCK];
        for ((u, distance), logit) in lanes.iter().zip(&mut distance).zip(&mut logit) {
            let (lower, upper) = self.window.tails(*u, 1.0 - *u);
            *distance = lower - 0.5;
            *logit = ln(lower / upper);
        }
        let location = polynomial(&self.series.location, &distance);
        let spread = polynomial(&self.series.spread, &distance);
        for (place, lane) in lanes.iter_mut().enumerate() {
            *lane = location[place] + spread[place] * logit[place];
        }
    }
}

#[inline(always)]
fn polynomial(coefficients: &[f64], x: &Block) -> Block {
    let mut sum = [0.0; BLOCK];
    for coefficient in coefficients.iter().rev() {
        for (sum, x) in sum.iter_mut().zip(x) {
            *sum = *sum * *x + *coefficient;
        }
    }
    sum
}

/// Probabilities below and above a value, by halving the logit.
pub(super) fn tails(series: &MetalogSeries, value: f64) -> (f64, f64) {
    let at = |logit: f64| {
        let outward = exp(-logit.abs());
        let (small, great) = (outward / (1.0 + outward), 1.0 / (1.0 + outward));
        if logit < 0.0 { (small, great) } else { (great, small) }
    };
    let (mut left, mut right) = (-700.0, 700.0);
    for _ in 0..200 {
        let middle = 0.5 * (left + right);
        let (lower, upper) = at(middle);
        if series.quantile(lower, upper) < value {
            left = middle
        } else {
            right = middle
        }
    }
    if left == -700.0 {
        (0.0, 1.0)
    } else if right == 700.0 {
        (1.0, 0.0)
    } else {
        at(0.5 * (left + right))
    }
}
