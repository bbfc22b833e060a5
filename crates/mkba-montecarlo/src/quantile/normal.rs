//! The normal and lognormal distributions, by algorithm AS241 (see `mkba_core::lane::math::normal_quantile`).

use super::special::normal_tails;
use super::window::Window;
use super::{BLOCK, Block};
use mkba_core::lane::math::{
    NORMAL_CENTRE, NORMAL_FAR_TAIL, abs, exp, ln, normal_centre, normal_near_tail, normal_tail, select,
};

#[derive(Debug, Clone, Copy)]
pub(super) struct Normal {
    mean: f64,
    sd: f64,
    window: Window,
}

impl Normal {
    pub(super) fn new(mean: f64, sd: f64, min: f64, max: f64) -> Result<Normal, String> {
        let window = Window::between(min, max, |value| normal_tails((value - mean) / sd))?;
        Ok(Normal { mean, sd, window })
    }

    /// `mean + sd z`.
    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Normal { mean, sd, window } = *self;
        standard_normal(lanes, window);
        for lane in lanes {
            *lane = mean + sd * *lane;
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Lognormal {
    median: f64,
    sigma: f64,
    window: Window,
}

impl Lognormal {
    pub(super) fn new(median: f64, sigma: f64, min: f64, max: f64) -> Result<Lognormal, String> {
        let tails = |value: f64| {
            if value <= 0.0 {
                (0.0, 1.0)
            } else {
                normal_tails(ln(value / median) / sigma)
            }
        };
        let window = Window::between(min, max, tails)?;
        Ok(Lognormal { median, sigma, window })
    }

    /// `median exp(sigma z)`.
    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Lognormal { median, sigma, window } = *self;
        standard_normal(lanes, window);
        for lane in lanes {
            *lane = median * exp(sigma * *lane);
        }
    }
}

/// Replaces uniforms by standard normal values of the window.
///
/// The central formula runs over all lanes; the costly tail formula only over those 15 % that need it, gathered side by
/// side. Each lane's value depends on its own uniform alone, so the gathering is invisible in the result.
#[inline(always)]
fn standard_normal(lanes: &mut Block, window: Window) {
    let mut upper = [0.0; BLOCK];
    for (lane, upper) in lanes.iter_mut().zip(&mut upper) {
        *upper = 1.0 - *lane;
    }
    if !window.is_whole() {
        for (lane, upper) in lanes.iter_mut().zip(&mut upper) {
            (*lane, *upper) = window.tails(*lane, *upper);
        }
    }
    let mut places = [0_u8; BLOCK];
    let mut count = 0;
    for (place, lane) in (0_u8..).zip(lanes.iter()) {
        places[count % BLOCK] = place;
        count += usize::from(abs(*lane - 0.5) > NORMAL_CENTRE);
    }
    let mut tails = [0.05; BLOCK];
    let mut signs = [1.0; BLOCK];
    let mut least = 1.0;
    for ((place, tail), sign) in places.iter().zip(&mut tails).zip(&mut signs).take(count) {
        let place = usize::from(*place) % BLOCK;
        let below = lanes[place] < 0.5;
        *tail = select(below, lanes[place], upper[place]);
        *sign = select(below, -1.0, 1.0);
        least = select(*tail < least, *tail, least);
    }
    for lane in lanes.iter_mut() {
        *lane = normal_centre(*lane - 0.5);
    }
    // Whole vectors; the places after the last tail hold a harmless number.
    let filled = &mut tails[..count.next_multiple_of(8).min(BLOCK)];
    if least < NORMAL_FAR_TAIL {
        for tail in filled {
            *tail = normal_tail(*tail);
        }
    } else {
        // The far tail comes once in 10^10 draws: its formula is left out where no lane needs it.
        for tail in filled {
            *tail = normal_near_tail(*tail);
        }
    }
    for ((place, outward), sign) in places.iter().zip(&tails).zip(&signs).take(count) {
        lanes[usize::from(*place) % BLOCK] = *outward * *sign;
    }
}
