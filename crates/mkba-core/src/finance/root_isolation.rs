//! All real zeros of an [`ExponentialSum`] in a range, by subdivision with proofs.
//!
//! An interval is finished when, for the lowest possible order `j`, the `j`-th derivative provably keeps its sign over
//! it. For `j = 0` there is no zero. Otherwise each lower derivative is monotone between the zeros of the one above it
//! (Rolle), so that all zeros in the interval follow by bracketing, order by order. Other intervals are halved. Zeros of
//! even multiplicity show as an extreme value that is zero within rounding.

use super::exponential_sum::{ExponentialSum, Value};

/// A zero of the present value as a function of `s = ln(1 + r)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zero {
    /// Where it is.
    pub s: f64,
    /// Whether the sign changes there; otherwise the function only touches zero.
    pub crosses: bool,
}

/// Bound on the work: an input that needs more (many coinciding zeros) is answered at the resolution reached by then.
const GREATEST_NUMBER_OF_INTERVALS: usize = 20_000;

/// All zeros between `low` and `high`, ascending. Zeros that rounding cannot tell apart are one zero.
pub(super) fn zeros(sum: &ExponentialSum, low: f64, high: f64) -> Vec<Zero> {
    match sum.sign_changes() {
        0 => Vec::new(),
        1 => single_zero(sum, low, high),
        _ => {
            let (low, high) = dominated_range(sum, low, high);
            let mut found = candidates(sum, low, high);
            found.sort_by(|left, right| left.s.total_cmp(&right.s));
            merge(sum, &found)
        }
    }
}

/// With one sign change `e^(c·s)·f(s)` is monotone for a centre between the terms that change sign.
fn single_zero(sum: &ExponentialSum, low: f64, high: f64) -> Vec<Zero> {
    let centre = sum.time_of_first_sign_change();
    let is_negative = |s| sum.at(s, centre, 0).is_negative();
    if is_negative(low) == is_negative(high) {
        return Vec::new();
    }
    vec![Zero {
        s: bracketed_zero(sum, centre, 0, low, high),
        crosses: true,
    }]
}

/// The part of the range in which neither the first nor the last term alone decides the sign.
fn dominated_range(sum: &ExponentialSum, low: f64, high: f64) -> (f64, f64) {
    const HALVINGS: usize = 40;
    let mut upper = high;
    let mut below = low;
    if sum.first_term_dominates(low) {
        upper = low;
    } else if sum.first_term_dominates(high) {
        for _ in 0..HALVINGS {
            let middle = 0.5 * (below + upper);
            if sum.first_term_dominates(middle) {
                upper = middle
            } else {
                below = middle
            }
        }
    }
    let mut lower = low;
    let mut above = upper;
    if sum.last_term_dominates(upper) {
        lower = upper;
    } else if sum.last_term_dominates(low) {
        for _ in 0..HALVINGS {
            let middle = 0.5 * (lower + above);
            if sum.last_term_dominates(middle) {
                lower = middle
            } else {
                above = middle
            }
        }
    }
    (lower, upper)
}

/// Zeros and suspected zeros, in no order and possibly more than once.
fn candidates(sum: &ExponentialSum, low: f64, high: f64) -> Vec<Zero> {
    let mut found = Vec::new();
    let mut pending = if low < high { vec![(low, high)] } else { Vec::new() };
    let mut visited = 0;
    while let Some((low, high)) = pending.pop() {
        visited += 1;
        let middle = 0.5 * (low + high);
        let half_width = 0.5 * (high - low);
        let expansion = sum.expand(middle, half_width);
        if let Some(order) = expansion.lowest_order_of_one_sign() {
            found.extend(zeros_by_derivatives(sum, expansion.centre, order, low, high));
            continue;
        }
        let value = |s| sum.at(s, expansion.centre, 0);
        let too_narrow = half_width <= 4.0 * f64::EPSILON * (1.0 + middle.abs());
        let all_rounding =
            half_width * expansion.spread < 0.05 && [low, middle, high].into_iter().all(|s| value(s).is_zero());
        if too_narrow || all_rounding || visited >= GREATEST_NUMBER_OF_INTERVALS {
            found.extend(zeros_at_resolution(sum, expansion.centre, low, middle, high));
        } else {
            pending.push((middle, high));
            pending.push((low, middle));
        }
    }
    found
}

/// What can be said of an interval that is not divided further: a zero in it if the signs at its ends differ, and one in
/// its middle if the value there is zero within rounding.
fn zeros_at_resolution(sum: &ExponentialSum, centre: f64, low: f64, middle: f64, high: f64) -> Vec<Zero> {
    let mut found = Vec::new();
    if sum.at(low, centre, 0).is_negative() != sum.at(high, centre, 0).is_negative() {
        let s = bracketed_zero(sum, centre, 0, low, high);
        found.push(Zero { s, crosses: true });
    } else if sum.at(middle, centre, 0).is_zero() {
        found.push(Zero {
            s: middle,
            crosses: false,
        });
    }
    found
}

/// The zeros of an interval over which the derivative of the given order keeps its sign.
fn zeros_by_derivatives(sum: &ExponentialSum, centre: f64, order: usize, low: f64, high: f64) -> Vec<Zero> {
    let mut points = vec![low, high];
    let mut found = Vec::new();
    for lower_order in (0..order).rev() {
        let values: Vec<Value> = points.iter().map(|s| sum.at(*s, centre, lower_order)).collect();
        found.clear();
        for (position, value) in values.iter().enumerate() {
            if value.is_zero() {
                found.push(Zero {
                    s: points[position],
                    crosses: false,
                });
            }
            let Some(next) = values.get(position + 1) else {
                break;
            };
            if value.is_negative() != next.is_negative() {
                let (from, to) = (points[position], points[position + 1]);
                let s = bracketed_zero(sum, centre, lower_order, from, to);
                found.push(Zero { s, crosses: true });
            }
        }
        points.clear();
        points.push(low);
        points.extend(found.iter().map(|zero| zero.s));
        points.push(high);
        points.dedup();
    }
    found
}

/// The zero of a monotone derivative between two points at which its signs differ: Newton's method, with halving when
/// a step leaves the bracket or does not shorten it enough.
fn bracketed_zero(sum: &ExponentialSum, centre: f64, order: usize, low: f64, high: f64) -> f64 {
    const GREATEST_NUMBER_OF_STEPS: usize = 200;
    let low_is_negative = sum.at(low, centre, order).is_negative();
    let (mut low, mut high) = (low, high);
    let mut s = 0.5 * (low + high);
    let mut step_before_last = high - low;
    let mut last_step = step_before_last;
    for _ in 0..GREATEST_NUMBER_OF_STEPS {
        let value = sum.at(s, centre, order);
        if value.value == 0.0 {
            return s;
        }
        if value.is_negative() == low_is_negative {
            low = s
        } else {
            high = s
        }
        let newton = value.value / value.slope;
        let next = s - newton;
        let step = if next > low && next < high && newton.abs() < 0.5 * step_before_last.abs() {
            s = next;
            newton
        } else {
            s = 0.5 * (low + high);
            0.5 * (high - low)
        };
        step_before_last = last_step;
        last_step = step;
        if step.abs() <= f64::EPSILON * s.abs() + 1e-18 {
            break;
        }
    }
    s
}

/// Joins neighbouring candidates between which the value never leaves zero within rounding. An odd number of sign
/// changes among them makes one crossing, an even number one touching zero.
fn merge(sum: &ExponentialSum, candidates: &[Zero]) -> Vec<Zero> {
    let mut merged = Vec::new();
    let mut start = 0;
    for end in 1..=candidates.len() {
        let joined = end < candidates.len() && indistinguishable(sum, candidates[end - 1].s, candidates[end].s);
        if !joined {
            merged.push(represent(&candidates[start..end]));
            start = end;
        }
    }
    merged
}

fn indistinguishable(sum: &ExponentialSum, left: f64, right: f64) -> bool {
    if right - left <= 4.0 * f64::EPSILON * (left.abs() + right.abs()) {
        return true;
    }
    let middle = 0.5 * (left + right);
    let expansion = sum.expand(middle, 0.5 * (right - left));
    (right - left) * expansion.spread < 0.1 && sum.at(middle, expansion.centre, 0).is_zero()
}

fn represent(cluster: &[Zero]) -> Zero {
    let crossings: Vec<f64> = cluster.iter().filter(|zero| zero.crosses).map(|zero| zero.s).collect();
    let touches: Vec<f64> = cluster.iter().filter(|zero| !zero.crosses).map(|zero| zero.s).collect();
    let crosses = crossings.len() % 2 == 1;
    let members = if crosses || touches.is_empty() {
        &crossings
    } else {
        &touches
    };
    Zero {
        s: members[members.len() / 2],
        crosses,
    }
}
