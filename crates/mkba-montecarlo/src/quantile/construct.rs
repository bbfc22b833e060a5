//! Building a table: the Taylor series of the inverse distribution function, piece by piece.
//!
//! The inverse y(p) of a distribution with density g solves `dy/dp = 1 / g(y)`. With `D = dy/dt` along p = c (1 + t) this
//! is `dD/dt = -φ(y) D²`, φ = d ln g / dy, from which the Taylor coefficients follow one by one (the idea of quantile
//! mechanics: Steinbrecher and Shaw 2008, European Journal of Applied Mathematics 19(2), 87-112). A series gives the
//! values in its own piece and the start of the next one; in each binade Newton's method on the accurate distribution
//! function sets the start right, so that no error travels far.

use super::table::{BINADES, Half, NODES, PIECES, extent, through_nodes};
use super::window::Window;

/// Taylor coefficients kept: at 1/16 of the way to the nearest singularity the rest is below 1e-16.
pub(super) const ORDER: usize = 14;

/// Taylor coefficients of a function along a piece.
pub(super) type Series = [f64; ORDER];

/// A continuous distribution in a coordinate y that suits it: x itself, ln x, or ln(x / (1 - x)).
pub(super) trait Family {
    /// Probabilities below and above the coordinate, each accurate where it is small, and the density there.
    fn tails_and_density(&self, y: f64) -> (f64, f64, f64);

    /// The Taylor coefficient of order `n` of φ(y(t)) = d ln g / dy, given those of y up to `n`; `work` keeps two series
    /// of its own from order to order.
    fn slope(&self, n: usize, y: &Series, work: &mut [Series; 2]) -> f64;
}

/// Which tail the probabilities of a half table are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// u < 1/2, counted from below.
    Lower,
    /// u > 1/2, counted from above.
    Upper,
}

/// The coordinates of one half of a distribution cut to a window, as polynomials on the pieces.
pub(super) fn half_table<F: Family>(family: &F, window: Window, side: Side) -> Half {
    let mut half = Vec::with_capacity(BINADES * PIECES);
    let centre_of = |index: usize| {
        let (start, width) = extent(index);
        start + 0.5 * width
    };
    let mut y = find(family, window, side, centre_of(0));
    let mut first = 0.0;
    for index in 0..BINADES * PIECES {
        let (start, width) = extent(index);
        let centre = centre_of(index);
        if index % PIECES == 0 {
            y = refine(family, window, side, centre, y);
            first = step(family, window, side, centre, y);
        }
        let (series, derivative) = expand(family, y, first);
        let place_of = |tail: f64| (tail - centre) / centre;
        half.push(through_nodes(
            NODES.map(|node| evaluate(&series, place_of(start + node * width))),
        ));
        let next = centre_of(index + 1);
        y = evaluate(&series, place_of(next));
        first = evaluate(&derivative, place_of(next)) * (next / centre);
    }
    half
}

/// Probabilities of the whole distribution, below and above, at a tail probability of a half.
fn target(window: Window, side: Side, tail: f64) -> (f64, f64) {
    match side {
        Side::Lower => window.tails(tail, 1.0 - tail),
        Side::Upper => window.tails(1.0 - tail, tail),
    }
}

/// dy/dt at t = 0 for a tail probability `tail (1 + t)`.
fn step<F: Family>(family: &F, window: Window, side: Side, tail: f64, y: f64) -> f64 {
    let (_, _, density) = family.tails_and_density(y);
    let size = tail * window.left / density;
    if side == Side::Lower { size } else { -size }
}

/// The coordinate at a tail probability, by halving the ordered set of all floating-point numbers.
fn find<F: Family>(family: &F, window: Window, side: Side, tail: f64) -> f64 {
    let (below, above) = target(window, side, tail);
    let is_left = |y: f64| {
        let (lower, upper, _) = family.tails_and_density(y);
        if below <= above { lower < below } else { upper > above }
    };
    // Negative numbers are ordered by falling bits, positive ones by rising bits.
    let number = |place: i64| {
        if place < 0 {
            -f64::from_bits(place.unsigned_abs())
        } else {
            f64::from_bits(place.unsigned_abs())
        }
    };
    let most = f64::MAX.to_bits() as i64;
    let (mut left, mut right) = (-most, most);
    while left.abs_diff(right) > 1 {
        let middle = left.midpoint(right);
        if is_left(number(middle)) {
            left = middle
        } else {
            right = middle
        }
    }
    number(right)
}

/// The coordinate at a tail probability by Newton's method from a near start.
fn refine<F: Family>(family: &F, window: Window, side: Side, tail: f64, start: f64) -> f64 {
    let (below, above) = target(window, side, tail);
    let mut y = start;
    for _ in 0..4 {
        let (lower, upper, density) = family.tails_and_density(y);
        let excess = if below <= above { lower - below } else { above - upper };
        let correction = excess / density;
        if !correction.is_finite() {
            break;
        }
        y -= correction;
        // Newton's method doubles the digits: after a correction this small the next one is rounding.
        if correction.abs() <= 1e-9 * y.abs() {
            break;
        }
    }
    y
}

/// Taylor coefficients of y(t) and of its derivative, from the value and first derivative.
fn expand<F: Family>(family: &F, y0: f64, first: f64) -> (Series, Series) {
    let mut y = [0.0; ORDER];
    let mut derivative = [0.0; ORDER];
    let mut slope = [0.0; ORDER];
    let mut growth = [0.0; ORDER]; // φ(y) D
    let mut work = [[0.0; ORDER]; 2];
    y[0] = y0;
    derivative[0] = first;
    for n in 0..ORDER - 1 {
        let next = (n + 1) as f64;
        y[n + 1] = derivative[n] / next;
        slope[n] = family.slope(n, &y, &mut work);
        growth[n] = convolve(&slope, &derivative, n);
        derivative[n + 1] = -convolve(&growth, &derivative, n) / next;
    }
    (y, derivative)
}

/// The coefficient of order `n` of the product of two series.
#[inline]
pub(super) fn convolve(a: &Series, b: &Series, n: usize) -> f64 {
    a[..=n].iter().zip(b[..=n].iter().rev()).map(|(x, y)| x * y).sum()
}

/// The coefficient of order `n` of the reciprocal of a series, given the lower ones of the reciprocal.
#[inline]
pub(super) fn reciprocal(a: &Series, inverse: &Series, n: usize) -> f64 {
    if n == 0 {
        return 1.0 / a[0];
    }
    let sum: f64 = a[1..=n].iter().zip(inverse[..n].iter().rev()).map(|(x, y)| x * y).sum();
    -inverse[0] * sum
}

fn evaluate(series: &Series, t: f64) -> f64 {
    series.iter().rev().fold(0.0, |sum, coefficient| sum * t + coefficient)
}
