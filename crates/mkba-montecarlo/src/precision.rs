//! How sure a decision is after some draws: the probability that alternatives are ordered rightly.
use crate::quantile::special::normal_tails;

/// A mean and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    pub mean: f64,
    pub standard_error: f64,
}

/// A lower bound on the probability that ordering alternatives by their mean balance gives the true order.
///
/// Alternatives are ordered by their means. The order is right if each mean truly exceeds the next one, and by the inequality
/// of Bonferroni that has at least the probability `1 - Σ Φ(-d / se)` over neighbours, with `d` the mean of the difference in
/// the same draws and `se` its standard error (Chen, Lin, Yücesan and Chick 2000, Discrete Event Dynamic Systems 10, 251-270:
/// approximate probability of correct selection; differences in pairs because the draws are common to all alternatives, as in
/// Law, Simulation Modeling and Analysis, section 10.2). Alternatives whose balances are equal in every draw share a place.
///
/// `difference(a, b)` is `a` less `b`.
pub(crate) fn ranking(means: &[f64], difference: impl Fn(usize, usize) -> Estimate) -> f64 {
    let mut order: Vec<usize> = (0..means.len()).collect();
    order.sort_by(|&a, &b| means[b].total_cmp(&means[a]));
    let wrong = order.windows(2).map(|pair| {
        let Estimate { mean, standard_error } = difference(pair[0], pair[1]);
        if standard_error > 0.0 {
            normal_tails(-mean.abs() / standard_error).0
        } else if standard_error == 0.0 {
            0.0
        } else {
            // One draw says nothing about the error.
            0.5
        }
    });
    (1.0 - wrong.sum::<f64>()).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(means: &[f64], standard_error: f64) -> f64 {
        ranking(means, |a, b| Estimate {
            mean: means[a] - means[b],
            standard_error,
        })
    }

    #[test]
    fn two_alternatives_are_a_one_sided_test() {
        // Φ(1.959964) = 0.975, Φ(1.644854) = 0.95: tables of the normal distribution.
        assert!((of(&[1.959_963_984_540_054, 0.0], 1.0) - 0.975).abs() < 1e-12);
        assert!((of(&[0.0, 1.644_853_626_951_472_2], 1.0) - 0.95).abs() < 1e-12);
        assert_eq!(of(&[3.0, 3.0], 1.0), 0.5);
    }

    #[test]
    fn errors_of_neighbours_add_up_and_the_bound_is_never_negative() {
        let z = 1.644_853_626_951_472_2;
        assert!((of(&[z, 2.0 * z, 0.0], 1.0) - 0.9).abs() < 1e-12);
        assert_eq!(of(&[0.0; 9], 1.0), 0.0);
    }

    #[test]
    fn what_does_not_vary_is_certain_and_equal_balances_share_a_place() {
        assert_eq!(of(&[3.0, 1.0, 1.0], 0.0), 1.0);
        assert_eq!(of(&[3.0], 0.0), 1.0);
        assert_eq!(of(&[], 0.0), 1.0);
    }

    #[test]
    fn a_single_draw_decides_nothing() {
        assert_eq!(of(&[3.0, 1.0], f64::NAN), 0.5);
    }
}
