//! Bounds of values, to drop branches that cannot occur. Conservative: a bound that is not known is infinite.

/// A closed interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
}

impl Range {
    /// Anything.
    pub const ALL: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };
    /// 0 or 1.
    pub const TRUTH: Self = Self { low: 0.0, high: 1.0 };

    /// An interval; anything when a bound is not a number.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        if low.is_nan() || high.is_nan() {
            Self::ALL
        } else {
            Self { low, high }
        }
    }
    /// One value.
    #[must_use]
    pub fn point(value: f64) -> Self {
        Self::new(value, value)
    }
    /// The interval around both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }
    /// Sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.low + other.low, self.high + other.high)
    }
    /// Difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::new(self.low - other.high, self.high - other.low)
    }
    /// Product; 0 times infinity counts as 0, since the infinite bound is never reached.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let corners = [
            product(self.low, other.low),
            product(self.low, other.high),
            product(self.high, other.low),
            product(self.high, other.high),
        ];
        Self::new(
            corners.iter().copied().fold(f64::INFINITY, f64::min),
            corners.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        )
    }
    /// Quotient; known only when the divisor keeps its sign.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        if other.low > 0.0 || other.high < 0.0 {
            self.times(Self::new(1.0 / other.high, 1.0 / other.low))
        } else if other.low >= 0.0 && self.low >= 0.0 {
            Self {
                low: 0.0,
                high: f64::INFINITY,
            }
        } else {
            Self::ALL
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_unbounded_ranges_keep_their_sign() {
        let positive = Range::new(0.0, f64::INFINITY);
        assert_eq!(positive.times(positive), positive);
        assert_eq!(positive.over(Range::new(2.0, 4.0)), positive);
        assert_eq!(Range::new(-1.0, 1.0).over(Range::new(-1.0, 1.0)), Range::ALL);
    }
}
