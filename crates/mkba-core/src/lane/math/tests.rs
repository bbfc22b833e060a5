//! Accuracy against values computed with 40 digits (mpmath 1.3) and against the standard library over wide ranges.

use super::*;

/// Distance in units in the last place; 0 for equal values and for two NaNs.
fn units_apart(a: f64, b: f64) -> u64 {
    if a == b || (a.is_nan() && b.is_nan()) {
        return 0;
    }
    let ordered = |x: f64| {
        let bits = x.to_bits();
        if bits >> 63 == 1 {
            (1_u64 << 63) - (bits & !SIGN)
        } else {
            (1 << 63) + bits
        }
    };
    if a.is_nan() || b.is_nan() {
        u64::MAX
    } else {
        ordered(a).abs_diff(ordered(b))
    }
}

#[track_caller]
fn assert_within(units: u64, got: f64, expected: f64, what: &str) {
    let apart = units_apart(got, expected);
    assert!(
        apart <= units,
        "{what}: {got:e}, expected {expected:e}, {apart} units in the last place apart"
    );
}

#[test]
fn exp_agrees_with_high_precision() {
    let known = [
        (1e-300, 1.0),
        (1e-10, 1.000_000_000_1),
        (0.1, 1.105_170_918_075_647_7),
        (0.5, 1.648_721_270_700_128_2),
        (1.0, std::f64::consts::E),
        (-1.0, 0.367_879_441_171_442_33),
        (2.5, 12.182_493_960_703_473),
        (10.0, 22_026.465_794_806_718),
        (-10.0, 4.539_992_976_248_485_4e-5),
        (100.25, 3.451_610_733_125_924e43),
        (-700.5, 5.980_196_118_639_791e-305),
        (709.7, 1.654_984_027_680_264_4e308),
        (-720.0, 2.032_230_802_4e-313),
        (-745.0, 5e-324),
    ];
    for (x, expected) in known {
        assert_within(1, exp(x), expected, &format!("exp({x})"));
    }
}

#[test]
fn exp_has_the_right_edges() {
    assert_eq!(exp(0.0), 1.0);
    assert_eq!(exp(-0.0), 1.0);
    assert_eq!(exp(709.782_712_893_385), f64::INFINITY);
    assert_eq!(exp(f64::INFINITY), f64::INFINITY);
    assert_eq!(exp(1e300), f64::INFINITY);
    assert_eq!(exp(-745.2), 0.0);
    assert_eq!(exp(f64::NEG_INFINITY), 0.0);
    assert!(exp(f64::NAN).is_nan());
}

#[test]
fn exp_is_within_one_unit_of_the_standard_library_everywhere() {
    for i in 0..400_000 {
        let x = -745.0 + 1454.7 * (f64::from(i) + 0.5) / 400_000.0;
        assert_within(1, exp(x), x.exp(), &format!("exp({x})"));
        let small = x * 1e-3;
        assert_within(1, exp(small), small.exp(), &format!("exp({small})"));
    }
}

#[test]
fn ln_agrees_with_high_precision() {
    let known = [
        (5e-324, -744.440_071_921_381_2),
        (1e-310, -713.801_378_828_154_2),
        (f64::MIN_POSITIVE, -708.396_418_532_264_1),
        (1e-10, -23.025_850_929_940_457),
        (0.1, -2.302_585_092_994_045_5),
        (0.5, -std::f64::consts::LN_2),
        (0.999_999_999_999_999_9, -1.110_223_024_625_156_5e-16),
        (1.000_000_000_000_000_2, 2.220_446_049_250_312_8e-16),
        (1.5, 0.405_465_108_108_164_4),
        (2.0, std::f64::consts::LN_2),
        (10.0, std::f64::consts::LN_10),
        (1e10, 23.025_850_929_940_457),
        (f64::MAX, 709.782_712_893_384),
    ];
    for (x, expected) in known {
        assert_within(1, ln(x), expected, &format!("ln({x})"));
    }
}

#[test]
fn ln_has_the_right_edges() {
    assert_eq!(ln(1.0), 0.0);
    assert_eq!(ln(0.0), f64::NEG_INFINITY);
    assert_eq!(ln(-0.0), f64::NEG_INFINITY);
    assert_eq!(ln(f64::INFINITY), f64::INFINITY);
    assert!(ln(-1e-320).is_nan());
    assert!(ln(f64::NEG_INFINITY).is_nan());
    assert!(ln(f64::NAN).is_nan());
}

#[test]
fn ln_is_within_one_unit_of_the_standard_library_everywhere() {
    for i in 0..400_000 {
        let wide = f64::from_bits(0x7fef_ffff_ffff_ffff / 400_000 * (i + 1));
        assert_within(1, ln(wide), wide.ln(), &format!("ln({wide:e})"));
        let near_one = 0.5 + 2.0 * (i as f64 + 0.5) / 400_000.0;
        assert_within(1, ln(near_one), near_one.ln(), &format!("ln({near_one})"));
    }
}

#[test]
fn pow_agrees_with_high_precision() {
    let known = [
        (2.0, 0.5, std::f64::consts::SQRT_2),
        (1.02, 30.0, 1.811_361_584_103_354_8),
        (1.0225, 100.0, 9.254_046_297_851_575),
        (0.97, 130.0, 0.019_068_891_805_042_176),
        (1.000_000_1, 1e9, 2.688_103_858_214_464_7e43),
        (0.999, -500_000.5, 1.803_450_658_474_309_4e217),
        (1e-300, 1.02, 9.999_999_999_999_877e-307),
        (1e300, 1.02, 1.000_000_000_000_012_3e306),
        (10.0, -308.0, 1e-308),
        (10.0, -320.0, 1e-320),
        (3.7, 541.1, 2.844_152_589_240_175e307),
        (5e-324, 0.25, 1.490_891_930_853_835_5e-81),
        (1.5, 1700.0, 2.265_376_518_968_227_7e299),
    ];
    for (x, y, expected) in known {
        assert_within(2, pow(x, y), expected, &format!("pow({x}, {y})"));
    }
}

#[test]
fn pow_is_within_two_units_of_the_standard_library_everywhere() {
    for i in 0..300_000_u64 {
        let scrambled = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let base = 1e-3 + 4.0 * (scrambled >> 11) as f64 / 9_007_199_254_740_992.0;
        let exponent = (i as f64 - 150_000.0) * 1e-3;
        assert_within(
            2,
            pow(base, exponent),
            base.powf(exponent),
            &format!("pow({base}, {exponent})"),
        );
        let wide = f64::from_bits(scrambled >> 1 & 0x7fdf_ffff_ffff_ffff);
        let gentle = (i % 199) as f64 * 0.01 - 0.99;
        assert_within(
            2,
            pow(wide, gentle),
            wide.powf(gentle),
            &format!("pow({wide:e}, {gentle})"),
        );
    }
}

#[test]
fn pow_treats_special_cases_like_ieee_754() {
    let edges = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        -0.5,
        2.0,
        -2.0,
        3.0,
        -3.0,
        2.5,
        -2.5,
        1e300,
        -1e300,
        1e-310,
        -1e-310,
        1e17,
        -1e17,
        9_007_199_254_740_991.0,
        9_007_199_254_740_993.0,
        0.999_999_999_999_999_9,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        f64::MAX,
        5e-324,
    ];
    for x in edges {
        for y in edges {
            let (got, expected) = (pow(x, y), x.powf(y));
            assert_within(2, got, expected, &format!("pow({x}, {y})"));
            if !expected.is_nan() {
                assert_eq!(
                    got.is_sign_negative(),
                    expected.is_sign_negative(),
                    "sign of pow({x}, {y})"
                );
            }
        }
    }
}

#[test]
fn whole_powers_of_negative_numbers_follow_parity() {
    assert_eq!(pow(-2.0, 3.0), -8.0);
    assert_eq!(pow(-2.0, 4.0), 16.0);
    assert_eq!(pow(-2.0, -1.0), -0.5);
    assert!(pow(-2.0, 0.5).is_nan());
    assert_eq!(pow(0.0, 2.0), 0.0);
    assert_eq!(pow(0.0, -2.0), f64::INFINITY);
    assert_eq!(pow(0.0, 0.0), 1.0);
}

#[test]
fn the_normal_quantile_agrees_with_high_precision() {
    let known = [
        (1e-300, -37.047_096_299_361_2),
        (1e-100, -21.273_453_560_965_326),
        (1e-20, -9.262_340_089_798_407),
        (1e-12, -7.034_483_825_301_132),
        (1e-6, -4.753_424_308_822_899),
        (0.001, -3.090_232_306_167_813_6),
        (0.025, -1.959_963_984_540_054_3),
        (0.074_999_9, -1.439_532_177_375_900_7),
        (0.075, -1.439_531_470_938_456),
        (0.1, -1.281_551_565_544_600_4),
        (0.25, -0.674_489_750_196_081_7),
        (0.4999, -0.000_250_662_830_088_007_47),
        (0.5001, 0.000_250_662_830_088_007_47),
        (0.6, 0.253_347_103_135_799_7),
        (0.9, 1.281_551_565_544_600_6),
        (0.975, 1.959_963_984_540_053_8),
        (0.999, 3.090_232_306_167_813),
    ];
    for (p, expected) in known {
        let got = normal_quantile(p);
        assert!(
            (got / expected - 1.0).abs() < 2e-15,
            "normal_quantile({p}) = {got:e}, expected {expected:e}"
        );
    }
}

#[test]
fn the_normal_quantile_has_the_right_edges_and_is_symmetric() {
    assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(normal_quantile(1.0), f64::INFINITY);
    assert_eq!(normal_quantile(0.5), 0.0);
    assert!(normal_quantile(-0.1).is_nan() && normal_quantile(1.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    for i in 1..1000 {
        let p = f64::from(i) / 2048.0;
        assert_eq!(normal_quantile(p), -normal_quantile(1.0 - p));
        assert_eq!(
            normal_quantile_of_tails(1.0 - p * 1e-9, p * 1e-9),
            -normal_quantile(p * 1e-9)
        );
    }
}

#[test]
fn min_and_max_keep_nan_and_prefer_the_second_of_equals() {
    for (a, b) in [(1.0, 2.0), (2.0, 1.0), (-1.0, f64::INFINITY), (f64::NEG_INFINITY, 0.0)] {
        assert_eq!(min(a, b), f64::min(a, b));
        assert_eq!(max(a, b), f64::max(a, b));
    }
    assert!(min(f64::NAN, 1.0).is_nan() && min(1.0, f64::NAN).is_nan());
    assert!(max(f64::NAN, 1.0).is_nan() && max(1.0, f64::NAN).is_nan());
    assert!(min(0.0, -0.0).is_sign_negative() && min(-0.0, 0.0).is_sign_positive());
    assert!(max(0.0, -0.0).is_sign_negative() && max(-0.0, 0.0).is_sign_positive());
}

#[test]
fn bounds_clamp_and_keep_nan() {
    assert_eq!(at_least(3.0, 5.0), 5.0);
    assert_eq!(at_most(3.0, 1.0), 1.0);
    assert_eq!(clamp(-2.0, -1.0, 1.0), -1.0);
    assert_eq!(clamp(2.0, -1.0, 1.0), 1.0);
    assert_eq!(clamp(0.25, -1.0, 1.0), 0.25);
    assert!(at_least(f64::NAN, 0.0).is_nan() && at_most(f64::NAN, 0.0).is_nan());
    assert!(abs(-0.0).is_sign_positive());
    assert!(sqrt(-1.0).is_nan());
}
