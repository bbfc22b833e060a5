//! From numbers to places on the page, with round numbers beside them.

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
