//! Powers with a real exponent.

use super::exponential::{LN2_HIGH, LN2_LOW, exp_of_sum, split};
use super::{SIGN, abs, at_least, at_most, floor, select};

/// x^y, within 2 units in the last place over the whole range, special cases as IEEE 754 `pow`:
///
/// - `pow(x, 0) = 1` and `pow(1, y) = 1`, even for NaN;
/// - `pow(0, y)` is 0 for y > 0 and infinity for y < 0 (`-0` keeps its sign for an odd whole y);
/// - negative x: the sign follows the parity of a whole y; NaN if y is not whole.
///
/// Method: ln |x| in twice the working precision, so that the product with y keeps its last bits, then the exponential.
#[inline(always)]
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    let magnitude = abs(x);
    let (ln_high, ln_low) = ln_in_two_parts(magnitude);
    // Beyond 2^64 every power is 0, 1 or infinity; the bound keeps infinite exponents out of the products.
    let bounded = at_most(at_least(y, -POWER_LIMIT), POWER_LIMIT);
    let (product, rest) = product_in_two_parts(bounded, ln_high);
    let inside = at_least(at_most(product, 710.0), -750.0);
    let low = select(inside == product, rest + bounded * ln_low, 0.0);
    let positive = exp_of_sum(inside, low);

    let growing = y > 0.0;
    let at_zero = select(growing, 0.0, f64::INFINITY);
    let at_infinity = select(growing, f64::INFINITY, 0.0);
    let absolute = select(
        magnitude == 0.0,
        at_zero,
        select(magnitude == f64::INFINITY, at_infinity, positive),
    );

    let whole = floor(y) == y;
    let half = 0.5 * y;
    let odd = whole & (floor(half) != half);
    let sign = select(odd, f64::from_bits(x.to_bits() & SIGN), 0.0).to_bits();
    let signed = f64::from_bits(absolute.to_bits() | sign);

    let undefined = x.is_nan() | y.is_nan() | ((x < 0.0) & !whole & (magnitude < f64::INFINITY));
    select((y == 0.0) | (x == 1.0), 1.0, select(undefined, f64::NAN, signed))
}

/// 2^64.
const POWER_LIMIT: f64 = 18_446_744_073_709_551_616.0;
const TWO_THIRDS_HIGH: f64 = 2.0 / 3.0;
/// 2/3 minus its nearest `f64` (2/3 is rounded down by a third of 2^-53).
const TWO_THIRDS_LOW: f64 = 3.700_743_415_417_188e-17;

/// `(high, low)` with high + low = ln x to about 2^-65 relative, for positive finite x; otherwise meaningless.
///
/// ln m = 2 artanh s, s = (m - 1) / (m + 1), |s| <= 0.172; the first two terms of the series in two parts each.
#[inline(always)]
fn ln_in_two_parts(x: f64) -> (f64, f64) {
    let (k, m) = split(x);
    let f = m - 1.0;
    let sum = m + 1.0;
    let sum_low = m - (sum - 1.0);
    let s = f / sum;
    let (back, back_low) = product_in_two_parts(s, sum);
    let s_low = ((f - back) - back_low - s * sum_low) / sum;

    let (z, z_rest) = product_in_two_parts(s, s);
    let z_low = z_rest + 2.0 * (s * s_low);
    let (cube, cube_rest) = product_in_two_parts(s, z);
    let cube_low = cube_rest + (s * z_low + s_low * z);
    let (second, second_rest) = product_in_two_parts(TWO_THIRDS_HIGH, cube);
    let second_low = second_rest + (TWO_THIRDS_HIGH * cube_low + TWO_THIRDS_LOW * cube);
    let tail = (cube * z) * artanh_tail(z);

    let (sum_of_two, rest_of_two) = sum_of_ordered(2.0 * s, second);
    let low = rest_of_two + ((second_low + 2.0 * s_low) + tail);
    let (high, rest) = sum_of_ordered(k * LN2_HIGH, sum_of_two);
    // With k = 0 the ordered sum has its zero first: then high = sum_of_two and rest = 0, which is exact too.
    sum_of_ordered(high, rest + (low + k * LN2_LOW))
}

/// 2/5 + 2/7 z + 2/9 z² + … up to z^10 (truncation below 2^-65 of ln m).
#[inline(always)]
fn artanh_tail(z: f64) -> f64 {
    let z2 = z * z;
    let z4 = z2 * z2;
    let a = (2.0 / 5.0 + z * (2.0 / 7.0)) + z2 * (2.0 / 9.0 + z * (2.0 / 11.0));
    let b = (2.0 / 13.0 + z * (2.0 / 15.0)) + z2 * (2.0 / 17.0 + z * (2.0 / 19.0));
    let c = (2.0 / 21.0 + z * (2.0 / 23.0)) + z2 * (2.0 / 25.0);
    a + z4 * (b + z4 * c)
}

/// a + b as its rounded value and the rounding error, for |a| >= |b| or a = 0 (Dekker 1971).
#[inline(always)]
fn sum_of_ordered(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

/// a b as its rounded value and the rounding error to about 2^-106 (Dekker 1971), halves cut by masking.
#[inline(always)]
fn product_in_two_parts(a: f64, b: f64) -> (f64, f64) {
    const UPPER: u64 = !0x07ff_ffff;
    let product = a * b;
    let a_high = f64::from_bits(a.to_bits() & UPPER);
    let b_high = f64::from_bits(b.to_bits() & UPPER);
    let (a_low, b_low) = (a - a_high, b - b_high);
    let error = ((a_high * b_high - product) + (a_high * b_low + a_low * b_high)) + a_low * b_low;
    (product, error)
}
