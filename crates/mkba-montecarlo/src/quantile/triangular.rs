//! The triangular distribution (Johnson, Kotz and Balakrishnan 1995, *Continuous Univariate Distributions* 2, ch. 26.9).

use super::Block;
use super::window::Window;
use mkba_core::lane::math::{select, sqrt};

#[derive(Debug, Clone, Copy)]
pub(super) struct Triangular {
    low: f64,
    high: f64,
    /// Probability below the mode.
    below_mode: f64,
    /// `(high - low) (mode - low)` and `(high - low) (high - mode)`.
    lower_square: f64,
    upper_square: f64,
    window: Window,
}

impl Triangular {
    pub(super) fn new(low: f64, mode: f64, high: f64, min: f64, max: f64) -> Result<Triangular, String> {
        let range = high - low;
        let (lower_square, upper_square) = (range * (mode - low), range * (high - mode));
        let tails = |value: f64| {
            let from_low = value.clamp(low, high) - low;
            let to_high = high - value.clamp(low, high);
            if value <= low {
                (0.0, 1.0)
            } else if value >= high {
                (1.0, 0.0)
            } else if value < mode {
                let below = from_low * from_low / lower_square;
                (below, 1.0 - below)
            } else {
                let above = to_high * to_high / upper_square;
                (1.0 - above, above)
            }
        };
        let window = Window::between(min, max, tails)?;
        Ok(Triangular {
            low,
            high,
            below_mode: (mode - low) / range,
            lower_square,
            upper_square,
            window,
        })
    }

    /// `low + sqrt(u (high - low) (mode - low))` up to the mode, `high - sqrt((1 - u) (high - low) (high - mode))` above.
    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Triangular {
            low,
            high,
            below_mode,
            lower_square,
            upper_square,
            window,
        } = *self;
        let value = |lower: f64, upper: f64| {
            let rising = lower < below_mode;
            let root = sqrt(select(rising, lower * lower_square, upper * upper_square));
            select(rising, low + root, high - root)
        };
        if window.is_whole() {
            for lane in lanes {
                *lane = value(*lane, 1.0 - *lane);
            }
        } else {
            for lane in lanes {
                let (lower, upper) = window.tails(*lane, 1.0 - *lane);
                *lane = value(lower, upper);
            }
        }
    }
}
