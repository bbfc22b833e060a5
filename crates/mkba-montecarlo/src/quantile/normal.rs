//! The normal and lognormal distributions, by algorithm AS241 (see `mkba_core::lane::math::normal_quantile`).

use super::special::normal_tails;
use super::window::Window;
use mkba_core::lane::math::{NORMAL_CENTRE, abs, exp, ln, normal_centre, normal_tail, select};

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
    pub(super) fn apply(&self, lanes: &mut [f64]) {
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
    pub(super) fn apply(&self, lanes: &mut [f64]) {
        let Lognormal { median, sigma, window } = *self;
        standard_normal(lanes, window);
        for lane in lanes {
            *lane = median * exp(sigma * *lane);
        }
    }
}

/// Lanes worked on at once: a power of two.
const CHUNK: usize = 64;

/// Replaces uniforms by standard normal values of the window.
///
/// The central formula runs over all lanes; the costly tail formula only over those 15 % that need it, gathered side by
/// side. Each lane's value depends on its own uniform alone, so the gathering is invisible in the result.
#[inline(always)]
fn standard_normal(lanes: &mut [f64], window: Window) {
    for chunk in lanes.chunks_mut(CHUNK) {
        let mut upper = [0.0; CHUNK];
        for (lane, upper) in chunk.iter_mut().zip(&mut upper) {
            *upper = 1.0 - *lane;
            if !window.is_whole() {
                (*lane, *upper) = window.tails(*lane, *upper);
            }
        }
        let mut places = [0_usize; CHUNK];
        let mut tails = [0.05; CHUNK];
        let mut signs = [1.0; CHUNK];
        let mut count = 0;
        for (place, (lane, upper)) in chunk.iter().zip(&upper).enumerate() {
            let distance = *lane - 0.5;
            let slot = count % CHUNK;
            places[slot] = place;
            tails[slot] = select(distance < 0.0, *lane, *upper);
            signs[slot] = select(distance < 0.0, -1.0, 1.0);
            count += usize::from(abs(distance) > NORMAL_CENTRE);
        }
        for lane in chunk.iter_mut() {
            *lane = normal_centre(*lane - 0.5);
        }
        // Whole vectors: places after the last tail hold some other probability, whose value is not used.
        let padded = count.next_multiple_of(8).min(CHUNK);
        for tail in &mut tails[..padded] {
            *tail = normal_tail(*tail);
        }
        for ((place, outward), sign) in places.iter().zip(&tails).zip(&signs).take(count) {
            chunk[*place] = *outward * *sign;
        }
    }
}
