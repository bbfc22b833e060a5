//! What a chunk of draws leaves behind of one number, whatever is asked of it later.
use super::Moments;

/// Moments, least and greatest of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistic {
    /// Count, mean and squared deviations.
    pub moments: Moments,
    /// Least value; infinite of no values.
    pub least: f64,
    /// Greatest value; minus infinity of no values.
    pub greatest: f64,
}

impl Statistic {
    /// Of no values.
    pub const EMPTY: Statistic = Statistic {
        moments: Moments::EMPTY,
        least: f64::INFINITY,
        greatest: f64::NEG_INFINITY,
    };

    /// Of the values of one chunk.
    #[inline(always)]
    #[must_use]
    pub fn of_chunk(values: &[f64]) -> Statistic {
        let (mut least, mut greatest) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8]);
        for piece in values.chunks(8) {
            for ((least, greatest), &value) in least.iter_mut().zip(&mut greatest).zip(piece) {
                *least = if value < *least { value } else { *least };
                *greatest = if value > *greatest { value } else { *greatest };
            }
        }
        Statistic {
            moments: Moments::of_chunk(values),
            least: least.into_iter().fold(f64::INFINITY, f64::min),
            greatest: greatest.into_iter().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// Of both together. As for [`Moments::merge`], the order matters to the last bit.
    #[must_use]
    pub fn merge(self, other: Statistic) -> Statistic {
        Statistic {
            moments: self.moments.merge(other.moments),
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
        }
    }

    /// Whether all values are the same.
    #[must_use]
    pub fn is_constant(self) -> bool {
        self.least == self.greatest
    }

    /// The mean; of values that are all the same exactly that value. NaN of no values.
    #[must_use]
    pub fn mean(self) -> f64 {
        // Adding zero takes the sign from a zero: a cost that does not change is 0, not -0.
        if self.is_constant() {
            self.least + 0.0
        } else {
            self.moments.mean() + 0.0
        }
    }

    /// Standard error of the mean; 0 of values that are all the same.
    #[must_use]
    pub fn standard_error(self) -> f64 {
        if self.is_constant() {
            0.0
        } else {
            self.moments.standard_error()
        }
    }
}
