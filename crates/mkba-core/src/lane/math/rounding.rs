//! Rounding to whole numbers without an instruction that the baseline lacks.

use super::{SIGN, abs, select};

/// 2^52: from here on every `f64` is whole.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// Greatest whole number not above `x`; keeps infinities, NaN and the sign of zero.
#[inline(always)]
#[must_use]
pub fn floor(x: f64) -> f64 {
    let magnitude = abs(x);
    // Adding 2^52 rounds the fraction away (to nearest, ties to even); one step down corrects a rounding up.
    let nearest = f64::from_bits(((magnitude + WHOLE) - WHOLE).to_bits() | (x.to_bits() & SIGN));
    let below = select(nearest > x, nearest - 1.0, nearest);
    select(magnitude < WHOLE, below, x)
}

/// Least whole number not below `x`; keeps infinities, NaN and the sign of zero.
#[inline(always)]
#[must_use]
pub fn ceil(x: f64) -> f64 {
    -floor(-x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_and_ceil_are_those_of_ieee_754() {
        let edges = [
            0.0,
            -0.0,
            0.5,
            -0.5,
            1.0,
            -1.0,
            1.5,
            2.5,
            -2.5,
            0.999_999_999_999_999_9,
            1e-320,
            -1e-320,
            WHOLE,
            WHOLE - 0.5,
            WHOLE - 1.0,
            -WHOLE + 0.5,
            1e300,
            -1e300,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ];
        let spread = (0..20_000).map(|i| (f64::from(i) - 10_000.0) * 0.371);
        for x in edges.into_iter().chain(spread) {
            assert_eq!(floor(x).to_bits(), x.floor().to_bits(), "floor({x})");
            assert_eq!(ceil(x).to_bits(), x.ceil().to_bits(), "ceil({x})");
        }
        assert!(floor(f64::NAN).is_nan() && ceil(f64::NAN).is_nan());
    }
}
