//! The standard normal quantile: algorithm AS241, PPND16 (Wichura 1988, Applied Statistics 37(3), 477-484), about 1e-16.

use super::{abs, ln, select, sqrt};

/// Half width of the central range of probabilities of AS241: |p - 1/2| up to here uses [`normal_centre`].
pub const NORMAL_CENTRE: f64 = 0.425;

/// A tail probability just above e^-25, where the far tail of AS241 begins.
pub const NORMAL_FAR_TAIL: f64 = 1.4e-11;

/// The number z that a standard normal variable stays below with probability `probability`; ±infinity at 0 and 1, NaN
/// outside [0, 1]. Above one half it is only as good as `1 - probability`; see [`normal_quantile_of_tails`].
#[inline(always)]
#[must_use]
pub fn normal_quantile(probability: f64) -> f64 {
    let inside = normal_quantile_of_tails(probability, 1.0 - probability);
    let at_one = select(probability == 1.0, f64::INFINITY, inside);
    let edge = select(probability == 0.0, f64::NEG_INFINITY, at_one);
    let not_above = select(probability <= 1.0, edge, f64::NAN);
    select(probability >= 0.0, not_above, f64::NAN)
}

/// The normal quantile from the probabilities below and above it, `lower + upper = 1`, both positive: exact in both tails.
#[inline(always)]
#[must_use]
pub fn normal_quantile_of_tails(lower: f64, upper: f64) -> f64 {
    let distance = lower - 0.5;
    let below = distance < 0.0;
    let outward = normal_tail(select(below, lower, upper));
    select(
        abs(distance) <= NORMAL_CENTRE,
        normal_centre(distance),
        select(below, -outward, outward),
    )
}

/// The quantile of probability `1/2 + distance`, for |distance| <= [`NORMAL_CENTRE`].
#[inline(always)]
#[must_use]
pub fn normal_centre(distance: f64) -> f64 {
    let r = 0.180_625 - distance * distance;
    distance * polynomial(r, &CENTRE_NUMERATOR) / polynomial(r, &CENTRE_DENOMINATOR)
}

/// The positive z exceeded with probability `tail`, for 0 < tail <= 0.075.
#[inline(always)]
#[must_use]
pub fn normal_tail(tail: f64) -> f64 {
    let r = sqrt(-ln(tail));
    let far = r > 5.0;
    let numerator = select(
        far,
        polynomial(r - 5.0, &FAR_NUMERATOR),
        polynomial(r - 1.6, &NEAR_NUMERATOR),
    );
    let denominator = select(
        far,
        polynomial(r - 5.0, &FAR_DENOMINATOR),
        polynomial(r - 1.6, &NEAR_DENOMINATOR),
    );
    numerator / denominator
}

/// [`normal_tail`] for tails of at least [`NORMAL_FAR_TAIL`], with the same bits at less cost.
#[inline(always)]
#[must_use]
pub fn normal_near_tail(tail: f64) -> f64 {
    let r = sqrt(-ln(tail));
    polynomial(r - 1.6, &NEAR_NUMERATOR) / polynomial(r - 1.6, &NEAR_DENOMINATOR)
}

/// Degree 7, by Estrin's scheme.
#[inline(always)]
fn polynomial(x: f64, c: &[f64; 8]) -> f64 {
    let x2 = x * x;
    let x4 = x2 * x2;
    let a = (c[0] + x * c[1]) + x2 * (c[2] + x * c[3]);
    let b = (c[4] + x * c[5]) + x2 * (c[6] + x * c[7]);
    a + x4 * b
}

const CENTRE_NUMERATOR: [f64; 8] = [
    3.387_132_872_796_366_6,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_DENOMINATOR: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const NEAR_NUMERATOR: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const NEAR_DENOMINATOR: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_NUMERATOR: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_DENOMINATOR: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];
