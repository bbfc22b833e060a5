//! From numbers to places on the page, with round numbers beside them.

use crate::drawing::{Anchor, Drawing, Text};
use crate::error::PlotError;
use crate::font;
use crate::page::SMALL;
use crate::palette::{BLACK, GRID};

/// A linear axis that begins and ends at a round number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    /// Round numbers, ascending, the ends included.
    pub(crate) ticks: Vec<f64>,
    /// Decimals that the ticks need.
    pub(crate) decimals: usize,
}

impl Axis {
    /// An axis over the given numbers and zero, with about `wanted` steps of 1, 2 or 5 times a power of ten.
    pub(crate) fn over(values: impl IntoIterator<Item = f64>, wanted: f64) -> Self {
        let (low, high) = values
            .into_iter()
            .fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
        Self::between(low, high, wanted)
    }

    /// An axis from `low` to `high`, with about `wanted` steps of 1, 2 or 5 times a power of ten.
    pub(crate) fn between(low: f64, high: f64, wanted: f64) -> Self {
        let span = if high > low { high - low } else { 1.0 };
        let power = 10.0_f64.powf((span / wanted).log10().floor());
        let step = [1.0, 2.0, 5.0]
            .map(|digit| digit * power)
            .into_iter()
            .find(|step| span / step <= wanted);
        let step = step.unwrap_or(10.0 * power);
        let (first, last) = (
            (low / step).floor() as i64,
            (high / step).ceil().max(1.0 + (low / step).floor()) as i64,
        );
        let decimals = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
        Self {
            ticks: (first..=last).map(|number| number as f64 * step).collect(),
            decimals,
        }
    }

    fn first(&self) -> f64 {
        self.ticks.first().copied().unwrap_or(0.0)
    }

    fn last(&self) -> f64 {
        self.ticks.last().copied().unwrap_or(1.0)
    }

    /// Steps for an axis across `width`, whose numbers stand beside each other.
    pub(crate) fn wanted_steps(width: f64) -> f64 {
        (width / 90.0).clamp(2.0, 8.0)
    }

    /// Draws it below the rectangle from `top` to `bottom`: lines down, the one of zero stronger, and numbers that do not touch.
    pub(crate) fn draw_below(
        &self,
        drawing: &mut Drawing,
        (left, right): (f64, f64),
        (top, bottom): (f64, f64),
        words: impl Fn(f64) -> String,
    ) -> Result<(), PlotError> {
        let mut free_from = f64::NEG_INFINITY;
        for tick in &self.ticks {
            let place = left + self.share(*tick) * (right - left);
            let (width, colour) = if *tick == 0.0 { (1.5, BLACK) } else { (1.0, GRID) };
            drawing.rule((place, top), (place, bottom), width, colour);
            let words = words(*tick);
            let half = font::text_width(&words, SMALL, false)? / 2.0;
            // At the edge of the page a long number is left out too.
            if place - half >= free_from.max(0.0) && place + half <= drawing.width {
                drawing.text(Text::new(words, (place, bottom + 17.0), SMALL).anchored(Anchor::Middle));
                free_from = place + half + 8.0;
            }
        }
        Ok(())
    }

    /// Where a number is, as a share of the length of the axis from its first tick.
    pub(crate) fn share(&self, value: f64) -> f64 {
        (value - self.first()) / (self.last() - self.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_enclose_the_numbers() {
        let axis = Axis::over([-312.0, 1480.0], 6.0);
        assert_eq!(axis.ticks, [-500.0, 0.0, 500.0, 1000.0, 1500.0]);
        assert_eq!(
            (axis.share(-500.0), axis.share(500.0), axis.share(1500.0)),
            (0.0, 0.5, 1.0)
        );
        assert_eq!(axis.decimals, 0);
    }

    #[test]
    fn small_numbers_have_the_decimals_they_need() {
        let axis = Axis::over([0.031], 6.0);
        assert_eq!((axis.decimals, axis.ticks.len()), (2, 5));
    }

    #[test]
    fn an_axis_need_not_hold_zero() {
        assert_eq!(
            Axis::between(2510.0, 5480.0, 4.0).ticks,
            [2000.0, 3000.0, 4000.0, 5000.0, 6000.0]
        );
    }

    #[test]
    fn nothing_but_zero_has_an_axis_too() {
        let axis = Axis::over([0.0], 6.0);
        assert!(axis.ticks.len() >= 2 && axis.share(0.0).is_finite());
    }
}
