//! How often an uncertain number falls where.

use serde::{Deserialize, Serialize};

use crate::error::PlotError;

/// Draws beyond these probabilities are left out of the bars, so that no single draw sets the length of the axis.
pub(crate) const SHOWN: (f64, f64) = (0.005, 0.995);
/// At most so many different values have a bar of their own.
const MOST_VALUES: usize = 25;
const FEWEST_BARS: usize = 8;
const MOST_BARS: usize = 40;

/// Bars of equal width, with what is marked in them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Left end of the first bar.
    pub low: f64,
    /// Right end of the last bar.
    pub high: f64,
    /// Share of all draws in each bar.
    pub shares: Vec<f64>,
    /// Whether each bar is one value rather than a range.
    pub of_values: bool,
    /// Quantile of 5 %, median and quantile of 95 %.
    pub marks: [f64; 3],
}

impl Histogram {
    /// The histogram of draws, in any order. Few different values have a bar each; otherwise the number of bars follows the number of draws.
    /// Quantiles are interpolated linearly (definition 7 of Hyndman and Fan 1996, The American Statistician 50(4), 361-365).
    ///
    /// # Errors
    /// There are no draws, or one is not finite.
    pub fn of_draws(draws: &[f64]) -> Result<Self, PlotError> {
        if draws.is_empty() {
            return Err(PlotError::Empty { what: "draws" });
        }
        if let Some(number) = draws.iter().position(|value| !value.is_finite()) {
            return Err(PlotError::NotFinite {
                place: format!("draw {number}"),
            });
        }
        let mut sorted = draws.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quantile = |probability: f64| {
            let place = probability * (sorted.len() - 1) as f64;
            let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
            below + (above - below) * place.fract()
        };
        let marks = [0.05, 0.5, 0.95].map(quantile);
        let width = width_between_values(&sorted);
        let (low, high, bars) = match width {
            Some(width) => {
                let (first, last) = (sorted[0], sorted[sorted.len() - 1]);
                let bars = ((last - first) / width).round() + 1.0;
                (
                    first - width / 2.0,
                    last + width / 2.0,
                    (bars as usize).clamp(1, 4 * MOST_BARS),
                )
            }
            None => {
                let bars = ((sorted.len() as f64).sqrt() / 1.5) as usize;
                (quantile(SHOWN.0), quantile(SHOWN.1), bars.clamp(FEWEST_BARS, MOST_BARS))
            }
        };
        let mut shares = vec![0.0; bars];
        let one = 1.0 / sorted.len() as f64;
        for value in sorted.iter().filter(|value| (low..=high).contains(*value)) {
            let bar = ((value - low) / (high - low) * bars as f64) as usize;
            shares[bar.min(bars - 1)] += one;
        }
        Ok(Self {
            low,
            high,
            shares,
            of_values: width.is_some(),
            marks,
        })
    }

    /// Checks that it can be drawn.
    pub(crate) fn check(&self, place: &str) -> Result<(), PlotError> {
        if self.shares.is_empty() {
            return Err(PlotError::Empty { what: "bars" });
        }
        let numbers = self.shares.iter().chain(&self.marks).chain([&self.low, &self.high]);
        let fine = numbers.into_iter().all(|number| number.is_finite()) && self.low < self.high;
        fine.then_some(()).ok_or_else(|| PlotError::NotFinite {
            place: place.to_owned(),
        })
    }
}

/// The width of a bar for each value, when there are few different ones: the least distance between two.
fn width_between_values(sorted: &[f64]) -> Option<f64> {
    let mut different: Vec<f64> = sorted.to_vec();
    different.dedup();
    // Few draws of a continuous distribution are all different too.
    if different.len() > MOST_VALUES || different.len() > 1 && different.len() * 2 > sorted.len() {
        return None;
    }
    let distances = different.windows(2).map(|pair| pair[1] - pair[0]);
    let least = distances.fold(f64::INFINITY, f64::min);
    let only = different[0].abs().max(1.0);
    Some(if least.is_finite() { least } else { only })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_the_bars_are_the_draws_within_them() {
        let draws: Vec<f64> = (0..1000).map(f64::from).collect();
        let histogram = Histogram::of_draws(&draws).expect("finite");
        let inside: f64 = histogram.shares.iter().sum();
        assert!((0.985..=1.0).contains(&inside), "{inside}");
        assert_eq!(histogram.marks[1], 499.5);
        assert_eq!(histogram.check("x"), Ok(()));
    }

    #[test]
    fn few_different_values_have_a_bar_each() {
        let draws = [1.0, 1.0, 1.0, 2.0, 4.0, 4.0, 2.0, 2.0];
        let histogram = Histogram::of_draws(&draws).expect("finite");
        assert_eq!((histogram.low, histogram.high), (0.5, 4.5));
        assert_eq!(histogram.shares, [0.375, 0.375, 0.0, 0.25]);
    }

    #[test]
    fn a_single_value_can_be_drawn() {
        for draws in [&[7.0][..], &[0.0; 50], &[-3e9; 9]] {
            let histogram = Histogram::of_draws(draws).expect("finite");
            assert_eq!(histogram.check("x"), Ok(()), "{draws:?}");
        }
        assert!(Histogram::of_draws(&[]).is_err() && Histogram::of_draws(&[f64::NAN]).is_err());
    }
}
