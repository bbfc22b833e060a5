//! How two quantities move together over the draws.

/// The rank correlation of two quantities: the correlation of their ranks, equal values sharing the mean of their ranks.
/// From −1 to 1, and 0 where one of them does not vary.
///
/// Source: Spearman (1904), *The proof and measurement of association between two things*, American Journal of Psychology
/// 15(1), 72-101.
///
/// # Panics
/// When the lengths differ.
///
/// ```
/// use mkba_analysis::rank_correlation;
/// assert_eq!(rank_correlation(&[1.0, 2.0, 9.0], &[10.0, 20.0, 21.0]), 1.0);
/// ```
#[must_use]
pub fn rank_correlation(first: &[f64], second: &[f64]) -> f64 {
    assert_eq!(first.len(), second.len(), "both have a value in every draw");
    of_ranks(&ranks(first), &ranks(second))
}

/// The correlation of two lists of [`ranks`].
pub(crate) fn of_ranks(first: &[f64], second: &[f64]) -> f64 {
    let middle = (first.len() as f64 - 1.0) / 2.0;
    let (mut product, mut square_first, mut square_second) = (0.0, 0.0, 0.0);
    for (a, b) in first.iter().zip(second) {
        let (a, b) = (a - middle, b - middle);
        product += a * b;
        square_first += a * a;
        square_second += b * b;
    }
    let scale = (square_first * square_second).sqrt();
    if scale > 0.0 { product / scale } else { 0.0 }
}

/// The place of each value in ascending order, from 0; equal values share the mean of their places.
pub(crate) fn ranks(values: &[f64]) -> Vec<f64> {
    let order = order(values);
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for same in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let mean = start as f64 + (same.len() as f64 - 1.0) / 2.0;
        same.iter().for_each(|&number| ranks[number] = mean);
        start += same.len();
    }
    ranks
}

/// Positions in ascending order of their values; equal values in the order in which they stand.
pub(crate) fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_example_is_reproduced() {
        // Intelligence and hours of television of ten people: 1 - 6 · 194 / (10 · (10² - 1)) = -29/165, as in the article
        // "Spearman's rank correlation coefficient" of Wikipedia (read 2026).
        let intelligence = [106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0];
        let television = [7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0];
        assert!((rank_correlation(&intelligence, &television) + 29.0 / 165.0).abs() < 1e-15);
    }

    #[test]
    fn equal_values_share_their_ranks() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 0.0]), [2.5, 1.0, 2.5, 0.0]);
        // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 · 5).
        let tied = rank_correlation(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]);
        assert!((tied - 4.5 / 22.5_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn only_the_order_counts_and_what_does_not_vary_has_none() {
        let values: [f64; 5] = [-3.0, 0.1, 2.0, 7.0, 40.0];
        let grown = values.map(f64::exp);
        assert_eq!(rank_correlation(&values, &grown), 1.0);
        assert_eq!(rank_correlation(&values, &values.map(|value| -value)), -1.0);
        assert_eq!(rank_correlation(&values, &[1.0; 5]), 0.0);
        assert_eq!(rank_correlation(&[], &[]), 0.0);
    }
}
