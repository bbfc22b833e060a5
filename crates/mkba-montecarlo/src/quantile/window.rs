//! Truncation by inverse transform: the share of a distribution that is left.

/// The part of a distribution between two bounds, as probabilities of the whole distribution.
///
/// Both ends are kept apart, so that either tail of what is left is exact: a uniform `u` stands for the probability
/// `below + left * u` from below and `above + left * (1 - u)` from above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    /// Probability cut off below.
    pub(super) below: f64,
    /// Probability cut off above.
    pub(super) above: f64,
    /// Probability left.
    pub(super) left: f64,
}

impl Window {
    /// Nothing cut off.
    pub(super) const WHOLE: Window = Window {
        below: 0.0,
        above: 0.0,
        left: 1.0,
    };

    /// What is left between `min` and `max` of a distribution that gives the probabilities below and above a value.
    ///
    /// # Errors
    /// A sentence, when next to no probability is left.
    pub(super) fn between(min: f64, max: f64, tails: impl Fn(f64) -> (f64, f64)) -> Result<Window, String> {
        let (below, above_min) = if min == f64::NEG_INFINITY {
            (0.0, 1.0)
        } else {
            tails(min)
        };
        let (below_max, above) = if max == f64::INFINITY { (1.0, 0.0) } else { tails(max) };
        // The difference of the smaller tails loses least.
        let left = if below_max <= 0.5 {
            below_max - below
        } else if above_min <= 0.5 {
            above_min - above
        } else {
            (1.0 - below) - above
        };
        if left > 1e-290 {
            Ok(Window { below, above, left })
        } else {
            Err(format!(
                "a truncation to [{min}, {max}] leaves a probability of {left:e}"
            ))
        }
    }

    pub(super) fn is_whole(self) -> bool {
        self == Window::WHOLE
    }

    /// Probabilities below and above in the whole distribution, for `u` and `1 - u` in what is left.
    #[inline(always)]
    pub(super) fn tails(self, u: f64, rest: f64) -> (f64, f64) {
        (self.below + self.left * u, self.above + self.left * rest)
    }

    /// The same window seen from the other end.
    pub(super) fn mirrored(self) -> Window {
        Window {
            below: self.above,
            above: self.below,
            left: self.left,
        }
    }
}
