//! Means, their errors and quantiles of draws, with the same bits for any division of the work.
mod counts;
mod statistic;

pub use counts::{Counts, Tally};
pub use statistic::Statistic;

/// Draws in a chunk: the unit of parallel work and of every sum. Part of the contract of results; never tuned.
pub const CHUNK: usize = 1024;

/// Count, mean and sum of squared deviations of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Of no values.
    pub const EMPTY: Moments = Moments {
        count: 0.0,
        mean: 0.0,
        squares: 0.0,
    };

    /// Of all values, from draw 0 on: chunks of [`CHUNK`] values merged by [`Moments::merge_chunks`].
    #[must_use]
    pub fn of(values: &[f64]) -> Moments {
        let chunks: Vec<Moments> = values.chunks(CHUNK).map(Moments::of_chunk).collect();
        Moments::merge_chunks(&chunks)
    }

    /// Of the values of one chunk, in two passes (Chan, Golub and LeVeque 1983, The American Statistician 37(3), eq. 1.7).
    #[inline(always)]
    #[must_use]
    pub fn of_chunk(values: &[f64]) -> Moments {
        if values.is_empty() {
            return Moments::EMPTY;
        }
        let count = values.len() as f64;
        let mean = sum_of(values, |value| value) / count;
        let squares = sum_of(values, |value| (value - mean) * (value - mean));
        let rest = sum_of(values, |value| value - mean);
        Moments {
            count,
            mean: mean + rest / count,
            squares: (squares - rest * rest / count).max(0.0),
        }
    }

    /// Of consecutive chunks, from chunk 0 on: a binary tree whose shape depends on the number of chunks alone. The left
    /// branch holds the greatest power of two of chunks below the whole, so aligned spans of 2^k chunks are branches, and
    /// may be merged elsewhere first.
    #[must_use]
    pub fn merge_chunks(chunks: &[Moments]) -> Moments {
        merge_tree(chunks.len(), |chunk| chunks[chunk], Moments::merge).unwrap_or(Moments::EMPTY)
    }

    /// Of both together (Chan, Golub and LeVeque 1983, eq. 2.1). Not associative in its last bits: merge in tree order.
    #[must_use]
    pub fn merge(self, other: Moments) -> Moments {
        if self.count == 0.0 {
            return other;
        }
        if other.count == 0.0 {
            return self;
        }
        let count = self.count + other.count;
        let difference = other.mean - self.mean;
        Moments {
            count,
            mean: self.mean + difference * (other.count / count),
            squares: self.squares + other.squares + difference * difference * (self.count * other.count / count),
        }
    }

    /// The three numbers it consists of, to be stored: count, mean, sum of squared deviations.
    pub(crate) fn parts(self) -> [f64; 3] {
        [self.count, self.mean, self.squares]
    }

    /// From [`Moments::parts`].
    pub(crate) fn from_parts([count, mean, squares]: [f64; 3]) -> Moments {
        Moments { count, mean, squares }
    }

    /// All values as if each were their mean: the weight of one unit among others.
    pub(crate) fn as_one(self) -> Moments {
        Moments { squares: 0.0, ..self }
    }

    /// Every value counted `weight` times.
    pub(crate) fn times(self, weight: f64) -> Moments {
        Moments {
            count: weight * self.count,
            squares: weight * self.squares,
            ..self
        }
    }

    /// Standard error of the mean, when the values belong to independent units and stand for the means of those.
    pub(crate) fn standard_error_of_units(self, units: f64) -> f64 {
        (self.squares / ((units - 1.0) * self.count)).sqrt()
    }

    /// Number of values.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count as u64
    }

    /// The mean; NaN of no values.
    #[must_use]
    pub fn mean(self) -> f64 {
        if self.count > 0.0 { self.mean } else { f64::NAN }
    }

    /// The variance of the population the values are drawn from (divisor n - 1); NaN of fewer than two values.
    #[must_use]
    pub fn variance(self) -> f64 {
        if self.count > 1.0 {
            self.squares / (self.count - 1.0)
        } else {
            f64::NAN
        }
    }

    /// Standard deviation, the root of [`Moments::variance`].
    #[must_use]
    pub fn standard_deviation(self) -> f64 {
        self.variance().sqrt()
    }

    /// Standard error of the mean of independent draws: the Monte Carlo error.
    #[must_use]
    pub fn standard_error(self) -> f64 {
        (self.variance() / self.count).sqrt()
    }
}

/// Merges parts `0..count` as a binary tree whose shape depends on their number only; nothing of no parts. The left branch
/// holds the greatest power of two of parts below the whole.
pub(crate) fn merge_tree<Part>(
    count: usize,
    part: impl Fn(usize) -> Part,
    merge: impl Fn(Part, Part) -> Part,
) -> Option<Part> {
    fn of<Part>(
        first: usize,
        count: usize,
        part: &impl Fn(usize) -> Part,
        merge: &impl Fn(Part, Part) -> Part,
    ) -> Part {
        if count == 1 {
            return part(first);
        }
        let left = count.next_power_of_two() / 2;
        merge(
            of(first, left, part, merge),
            of(first + left, count - left, part, merge),
        )
    }
    (count > 0).then(|| of(0, count, &part, &merge))
}

/// Sum of a function of values in a fixed order that vectorises: eight running sums, added pairwise at the end.
#[inline(always)]
fn sum_of(values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (blocks, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for block in blocks {
        for (sum, value) in sums.iter_mut().zip(block) {
            *sum += term(*value);
        }
    }
    for (sum, value) in sums.iter_mut().zip(rest) {
        *sum += term(*value);
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Exact quantiles of values, in the order of `probabilities`; the values are reordered.
///
/// Linear interpolation between the order statistics around `(n - 1) p`, as numpy's default and type 7 of Hyndman and Fan
/// (1996, The American Statistician 50(4), 361-365). Probabilities outside `[0, 1]` count as the nearer end, NaN
/// gives NaN. Found by selection, not by sorting. NaN values count as greatest; without values all quantiles are NaN.
#[must_use]
pub fn quantiles(values: &mut [f64], probabilities: &[f64]) -> Vec<f64> {
    let mut found = vec![f64::NAN; probabilities.len()];
    let Some(last) = values.len().checked_sub(1) else {
        return found;
    };
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
    // Everything left of `start` is at most everything from there on.
    let mut start = 0;
    for index in order.into_iter().filter(|&index| !probabilities[index].is_nan()) {
        let position = last as f64 * probabilities[index].clamp(0.0, 1.0);
        let place = (position as usize).min(last);
        let fraction = position - place as f64;
        let (_, lower, above) = values[start..].select_nth_unstable_by(place - start, f64::total_cmp);
        let lower = *lower;
        let upper = above.iter().copied().min_by(f64::total_cmp).unwrap_or(lower);
        found[index] = between(lower, upper, fraction);
        start = place;
    }
    found
}

/// Linear interpolation that meets both ends exactly and never leaves them.
fn between(lower: f64, upper: f64, fraction: f64) -> f64 {
    if fraction == 0.0 || lower == upper {
        return lower;
    }
    let difference = upper - lower;
    let value = if fraction < 0.5 {
        lower + difference * fraction
    } else {
        upper - difference * (1.0 - fraction)
    };
    if value.is_nan() {
        value
    } else {
        value.max(lower).min(upper)
    }
}

#[cfg(test)]
mod tests;
