//! Exponential and natural logarithm.

use super::{at_least, at_most, select};

/// ln 2 in two parts; the first has 21 trailing zero bits, so that its product with an exponent is exact
/// (Cody and Waite 1980, *Software Manual for the Elementary Functions*, ch. 6).
pub(super) const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
pub(super) const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 1.5 * 2^52: adding it rounds to a whole number that stands in the low bits.
const TO_WHOLE: f64 = 6_755_399_441_055_744.0;
const MANTISSA_BITS: u32 = 52;
const EXPONENT_MASK: u64 = 0xfff0_0000_0000_0000;
/// Bits of sqrt(1/2): the mantissa range of the logarithm starts here.
const SQRT_HALF_BITS: u64 = 0x3fe6_a09e_667f_3bcd;

/// e^x, within 1 unit in the last place; infinity above 709.78, 0 below -745.13, subnormal results rounded once.
///
/// Method: x = k ln 2 + r with |r| <= ln 2 / 2, Taylor series of degree 13 (truncation below 2^-57), scaling by 2^k in
/// two steps so that results near both ends of the range are right.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    exp_of_sum(at_most(at_least(x, -750.0), 710.0), 0.0)
}

/// e^(x + low) for -750 <= x <= 710 and |low| far below |x|.
#[inline(always)]
pub(super) fn exp_of_sum(x: f64, low: f64) -> f64 {
    let shifted = x * std::f64::consts::LOG2_E + TO_WHOLE;
    let k = shifted - TO_WHOLE;
    let r = (x - k * LN2_HIGH) + (low - k * LN2_LOW);
    let series = 1.0 + (r + (r * r) * exp_tail(r));
    // 2^k as the product of two powers that are both in range. The offset keeps all numbers positive, so that logical
    // shifts do (AVX2 has no arithmetic shift of 64-bit lanes).
    let offset = shifted.to_bits().wrapping_add(2048) & 0xfff;
    let half = offset >> 1;
    let first = f64::from_bits((half.wrapping_sub(1)) << MANTISSA_BITS);
    let second = f64::from_bits((offset.wrapping_sub(half).wrapping_sub(1)) << MANTISSA_BITS);
    (series * first) * second
}

/// (e^r - 1 - r) / r^2, by Estrin's scheme.
#[inline(always)]
fn exp_tail(r: f64) -> f64 {
    let r2 = r * r;
    let r4 = r2 * r2;
    let a = 1.0 / 2.0 + r * (1.0 / 6.0);
    let b = 1.0 / 24.0 + r * (1.0 / 120.0);
    let c = 1.0 / 720.0 + r * (1.0 / 5_040.0);
    let d = 1.0 / 40_320.0 + r * (1.0 / 362_880.0);
    let e = 1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0);
    let f = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    (a + r2 * b) + r4 * ((c + r2 * d) + r4 * (e + r2 * f))
}

/// Natural logarithm, within 1 unit in the last place; -infinity at 0, NaN below, subnormal arguments exact.
///
/// Method: x = 2^k m with m in [sqrt(1/2), sqrt(2)); ln m = f - f²/2 + s (f²/2 + R(s²)), f = m - 1, s = f / (2 + f),
/// R the minimax polynomial of fdlibm's `e_log.c` (Sun Microsystems 1993; error below 2^-58.45).
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    let (k, m) = split(x);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (3.999_999_999_940_942e-1 + w * (2.222_219_843_214_978_4e-1 + w * 1.531_383_769_920_937_3e-1));
    let odd = z
        * (6.666_666_666_666_735e-1
            + w * (2.857_142_874_366_239e-1 + w * (1.818_357_216_161_805e-1 + w * 1.479_819_860_511_658_6e-1)));
    let half_square = 0.5 * f * f;
    let ln_m = half_square - (s * (half_square + (odd + even)) + k * LN2_LOW);
    let finite = k * LN2_HIGH - (ln_m - f);
    select((x > 0.0) & (x < f64::INFINITY), finite, ln_of_edge(x))
}

/// The logarithm of 0, infinity, a negative number or NaN.
#[inline(always)]
fn ln_of_edge(x: f64) -> f64 {
    select(x == 0.0, f64::NEG_INFINITY, select(x > 0.0, f64::INFINITY, f64::NAN))
}

/// `(k, m)` with x = 2^k m and m in [sqrt(1/2), sqrt(2)), for positive finite x (subnormal too); otherwise meaningless.
#[inline(always)]
pub(super) fn split(x: f64) -> (f64, f64) {
    const SCALE: f64 = 18_014_398_509_481_984.0; // 2^54
    const OFFSET: f64 = 4_503_599_627_370_496.0 + 2048.0;
    let subnormal = x < f64::MIN_POSITIVE;
    let bits = select(subnormal, x * SCALE, x).to_bits();
    let distance = bits.wrapping_sub(SQRT_HALF_BITS);
    let m = f64::from_bits(bits.wrapping_sub(distance & EXPONENT_MASK));
    // The exponent as a float without integer conversion: 2048 + k in the low bits of 2^52.
    let raised = (distance ^ (1 << 63)) >> MANTISSA_BITS;
    let k = f64::from_bits(raised | 0x4330_0000_0000_0000) - OFFSET;
    (k - select(subnormal, 54.0, 0.0), m)
}
