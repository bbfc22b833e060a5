//! The metalog quantile function through given pairs (Keelin 2016, Decision Analysis 13(4), 243-277, equations 6 and 7).

use crate::lane::math::{exp, ln};

/// Most pairs accepted: beyond this the system of equations loses too many digits.
pub const MOST_PAIRS: usize = 10;

/// A metalog quantile function `location(d) + spread(d) * ln(y / (1 - y))` with d = y - 1/2; both are polynomials in d.
#[derive(Debug, Clone, PartialEq)]
pub struct MetalogSeries {
    /// Coefficients of the location, lowest power first.
    pub location: Vec<f64>,
    /// Coefficients of the spread, lowest power first; at least one.
    pub spread: Vec<f64>,
}

impl MetalogSeries {
    /// The quantile function with as many terms as pairs, which passes through all of them.
    ///
    /// # Errors
    /// A sentence, when the pairs are unfit or the curve through them falls somewhere (the pairs are infeasible).
    pub fn through(probabilities: &[f64], values: &[f64]) -> Result<Self, String> {
        let count = probabilities.len();
        if count != values.len() || !(2..=MOST_PAIRS).contains(&count) {
            return Err(format!(
                "metalog requires 2 to {MOST_PAIRS} pairs of probability and value"
            ));
        }
        if !(probabilities[0] > 0.0 && probabilities[count - 1] < 1.0) {
            return Err("metalog requires probabilities between 0 and 1, both excluded".to_owned());
        }
        let ascending = |list: &[f64]| list.windows(2).all(|pair| pair[0] < pair[1]);
        if !ascending(probabilities) || !ascending(values) || !values.iter().all(|value| value.is_finite()) {
            return Err("metalog requires probabilities and finite values that both ascend".to_owned());
        }
        let solution = solve(probabilities, values).ok_or("metalog through these pairs cannot be solved accurately")?;
        let mut series = MetalogSeries {
            location: Vec::new(),
            spread: Vec::new(),
        };
        for (term, coefficient) in solution.into_iter().enumerate() {
            if is_spread(term) {
                series.spread.push(coefficient)
            } else {
                series.location.push(coefficient)
            }
        }
        let range = values[count - 1] - values[0];
        let passes = probabilities.iter().zip(values).all(|(&probability, &value)| {
            (series.quantile(probability, 1.0 - probability) - value).abs() <= 1e-9 * range
        });
        if !passes {
            return Err("metalog through these pairs cannot be solved accurately".to_owned());
        }
        match series.falls_at() {
            Some(probability) => Err(format!(
                "metalog through these pairs is infeasible: the curve falls near probability {probability:.3}"
            )),
            None => Ok(series),
        }
    }

    /// The value below which a share `lower` lies; `upper = 1 - lower`, both positive.
    #[must_use]
    pub fn quantile(&self, lower: f64, upper: f64) -> f64 {
        let distance = lower - 0.5;
        polynomial(&self.location, distance) + polynomial(&self.spread, distance) * ln(lower / upper)
    }

    /// Least and greatest value: infinite on a side where the spread does not vanish.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        let end = |distance: f64, unbounded: f64| {
            if polynomial(&self.spread, distance) > 0.0 {
                unbounded
            } else {
                polynomial(&self.location, distance)
            }
        };
        (end(-0.5, f64::NEG_INFINITY), end(0.5, f64::INFINITY))
    }

    /// The mean: the integral of the quantile function, in closed form.
    ///
    /// The integral of d^j over [-1/2, 1/2] is 2^-j / (j + 1) for even j; that of d^j ln(y / (1 - y)) is
    /// 2^(1 - j) / (j + 1) times the sum of 1 / (2i + 1) for i up to (j - 1) / 2 for odd j (series of artanh, telescoped).
    #[must_use]
    pub fn mean(&self) -> f64 {
        let mut mean = 0.0;
        for (power, coefficient) in (0_u32..).zip(&self.location) {
            if power % 2 == 0 {
                mean += coefficient * 0.5_f64.powi(power as i32) / f64::from(power + 1);
            }
        }
        for (power, coefficient) in (0_u32..).zip(&self.spread) {
            if power % 2 == 1 {
                let odd: f64 = (0..=(power - 1) / 2).map(|i| 1.0 / f64::from(2 * i + 1)).sum();
                mean += coefficient * 2.0 * 0.5_f64.powi(power as i32) / f64::from(power + 1) * odd;
            }
        }
        mean
    }

    /// A probability where the quantile function falls, seen on a grid of 4001 points even in the logit.
    fn falls_at(&self) -> Option<f64> {
        (0..=4000_u32)
            .map(|i| (f64::from(i) - 2000.0) / 2000.0 * 36.0)
            .find_map(|logit| {
                let odds = exp(logit);
                let (lower, upper) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
                let distance = lower - 0.5;
                let plain = derivative(&self.location, distance) + derivative(&self.spread, distance) * logit;
                let slope = plain * (lower * upper) + polynomial(&self.spread, distance);
                (slope < 0.0).then_some(lower)
            })
    }
}

/// Whether a term (from 0) of Keelin's series stands before the logit: 1, 2 (not 3, 4), 5, 7, 9, …
fn is_spread(term: usize) -> bool {
    match term {
        0 | 3 => false,
        1 | 2 => true,
        _ => term % 2 == 1,
    }
}

/// Value of a term of Keelin's series at a probability: powers 0, 0, 1, 1, 2, 2, 3, 3, … of the distance from one half.
fn basis(term: usize, probability: f64) -> f64 {
    let distance = probability - 0.5;
    let power = (0..term / 2).fold(1.0, |product, _| product * distance);
    if is_spread(term) {
        power * ln(probability / (1.0 - probability))
    } else {
        power
    }
}

/// Coefficients of the series through the pairs: Gaussian elimination with partial pivoting; none if it is singular.
fn solve(probabilities: &[f64], values: &[f64]) -> Option<Vec<f64>> {
    let count = values.len();
    let mut rows: Vec<Vec<f64>> = probabilities
        .iter()
        .zip(values)
        .map(|(&probability, &value)| (0..count).map(|term| basis(term, probability)).chain([value]).collect())
        .collect();
    for column in 0..count {
        let pivot = (column..count).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-300 {
            return None;
        }
        for below in column + 1..count {
            let factor = rows[below][column] / rows[column][column];
            let (above, rest) = rows.split_at_mut(below);
            for (cell, pivot) in rest[0][column..].iter_mut().zip(&above[column][column..]) {
                *cell -= factor * pivot;
            }
        }
    }
    let mut solution = vec![0.0; count];
    for row in (0..count).rev() {
        let known: f64 = (row + 1..count).map(|k| rows[row][k] * solution[k]).sum();
        solution[row] = (rows[row][count] - known) / rows[row][row];
    }
    Some(solution)
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

fn derivative(coefficients: &[f64], x: f64) -> f64 {
    (1_u32..)
        .zip(coefficients.iter().skip(1))
        .fold((0.0, 1.0), |(sum, power), (k, c)| {
            (sum + f64::from(k) * c * power, power * x)
        })
        .0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pairs_give_the_logistic_distribution() {
        // Logistic with location 3 and scale 0.7: quantile 3 + 0.7 ln(y / (1 - y)).
        let at = |y: f64| 3.0 + 0.7 * (y / (1.0 - y)).ln();
        let series = MetalogSeries::through(&[0.1, 0.8], &[at(0.1), at(0.8)]).expect("feasible");
        assert!((series.location[0] - 3.0).abs() < 1e-14 && (series.spread[0] - 0.7).abs() < 1e-14);
        assert!((series.mean() - 3.0).abs() < 1e-14);
        assert_eq!(series.support(), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn the_curve_passes_through_every_pair() {
        let (probabilities, values) = ([0.05, 0.25, 0.5, 0.75, 0.95], [2.0, 5.0, 8.0, 13.0, 25.0]);
        let series = MetalogSeries::through(&probabilities, &values).expect("feasible");
        for (probability, value) in probabilities.into_iter().zip(values) {
            assert!((series.quantile(probability, 1.0 - probability) - value).abs() < 1e-12);
        }
    }

    #[test]
    fn the_mean_is_the_integral_of_the_quantile_function() {
        let series =
            MetalogSeries::through(&[0.05, 0.25, 0.5, 0.75, 0.95], &[2.0, 5.0, 8.0, 13.0, 25.0]).expect("feasible");
        // Midpoint rule in the logit v: dy = y (1 - y) dv.
        let step = 1e-3;
        let integral: f64 = (-45_000..45_000)
            .map(|i| {
                let odds = ((f64::from(i) + 0.5) * step).exp();
                let (lower, upper) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
                series.quantile(lower, upper) * lower * upper * step
            })
            .sum();
        assert!(
            (series.mean() / integral - 1.0).abs() < 1e-9,
            "{} {integral}",
            series.mean()
        );
    }

    #[test]
    fn infeasible_pairs_are_refused() {
        let message = MetalogSeries::through(&[0.1, 0.5, 0.9], &[0.0, 1.0, 100.0]).expect_err("falls on the left");
        assert!(message.contains("falls near probability"), "{message}");
        assert!(MetalogSeries::through(&[0.5], &[1.0]).is_err());
        assert!(MetalogSeries::through(&[0.0, 0.5], &[1.0, 2.0]).is_err());
        assert!(MetalogSeries::through(&[0.2, 0.5], &[2.0, 2.0]).is_err());
    }
}
