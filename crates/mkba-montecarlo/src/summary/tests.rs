use super::*;

/// NIST Statistical Reference Datasets, univariate summary statistics (public domain): lottery numbers.
#[rustfmt::skip]
const LOTTERY: [f64; 218] = [
    162.0, 671.0, 933.0, 414.0, 788.0, 730.0, 817.0, 33.0, 536.0, 875.0, 670.0, 236.0, 473.0, 167.0, 877.0, 980.0,
    316.0, 950.0, 456.0, 92.0, 517.0, 557.0, 956.0, 954.0, 104.0, 178.0, 794.0, 278.0, 147.0, 773.0, 437.0, 435.0,
    502.0, 610.0, 582.0, 780.0, 689.0, 562.0, 964.0, 791.0, 28.0, 97.0, 848.0, 281.0, 858.0, 538.0, 660.0, 972.0,
    671.0, 613.0, 867.0, 448.0, 738.0, 966.0, 139.0, 636.0, 847.0, 659.0, 754.0, 243.0, 122.0, 455.0, 195.0, 968.0,
    793.0, 59.0, 730.0, 361.0, 574.0, 522.0, 97.0, 762.0, 431.0, 158.0, 429.0, 414.0, 22.0, 629.0, 788.0, 999.0,
    187.0, 215.0, 810.0, 782.0, 47.0, 34.0, 108.0, 986.0, 25.0, 644.0, 829.0, 630.0, 315.0, 567.0, 919.0, 331.0,
    207.0, 412.0, 242.0, 607.0, 668.0, 944.0, 749.0, 168.0, 864.0, 442.0, 533.0, 805.0, 372.0, 63.0, 458.0, 777.0,
    416.0, 340.0, 436.0, 140.0, 919.0, 350.0, 510.0, 572.0, 905.0, 900.0, 85.0, 389.0, 473.0, 758.0, 444.0, 169.0,
    625.0, 692.0, 140.0, 897.0, 672.0, 288.0, 312.0, 860.0, 724.0, 226.0, 884.0, 508.0, 976.0, 741.0, 476.0, 417.0,
    831.0, 15.0, 318.0, 432.0, 241.0, 114.0, 799.0, 955.0, 833.0, 358.0, 935.0, 146.0, 630.0, 830.0, 440.0, 642.0,
    356.0, 373.0, 271.0, 715.0, 367.0, 393.0, 190.0, 669.0, 8.0, 861.0, 108.0, 795.0, 269.0, 590.0, 326.0, 866.0,
    64.0, 523.0, 862.0, 840.0, 219.0, 382.0, 998.0, 4.0, 628.0, 305.0, 747.0, 247.0, 34.0, 747.0, 729.0, 645.0,
    856.0, 974.0, 24.0, 568.0, 24.0, 694.0, 608.0, 480.0, 410.0, 729.0, 947.0, 293.0, 53.0, 930.0, 223.0, 203.0,
    677.0, 227.0, 62.0, 455.0, 387.0, 318.0, 562.0, 242.0, 428.0, 968.0,
];

/// The same source: Michelson's speed of light, here in hundredths above 299.00 (million metres per second).
#[rustfmt::skip]
const MICHELSON: [f64; 100] = [
    85.0, 74.0, 90.0, 107.0, 93.0, 85.0, 95.0, 98.0, 98.0, 88.0, 100.0, 98.0, 93.0, 65.0, 76.0, 81.0, 100.0, 100.0,
    96.0, 96.0, 96.0, 94.0, 96.0, 94.0, 88.0, 80.0, 85.0, 88.0, 90.0, 84.0, 83.0, 79.0, 81.0, 88.0, 88.0, 83.0, 80.0,
    79.0, 76.0, 80.0, 88.0, 88.0, 88.0, 86.0, 72.0, 72.0, 62.0, 86.0, 97.0, 95.0, 88.0, 91.0, 85.0, 87.0, 84.0, 84.0,
    85.0, 84.0, 84.0, 84.0, 89.0, 81.0, 81.0, 82.0, 80.0, 77.0, 76.0, 74.0, 75.0, 76.0, 91.0, 92.0, 89.0, 86.0, 88.0,
    72.0, 84.0, 85.0, 85.0, 78.0, 89.0, 84.0, 78.0, 81.0, 76.0, 81.0, 79.0, 81.0, 82.0, 85.0, 87.0, 87.0, 81.0, 74.0,
    81.0, 94.0, 95.0, 80.0, 81.0, 87.0,
];

/// Data of the NIST sets `NumAcc2` (around 1.2) and `NumAcc3` (around 1 000 000.2): the middle value once, then 500 times
/// a tenth less and a tenth more.
fn alternating(middle: f64, less: f64, more: f64) -> Vec<f64> {
    [middle]
        .into_iter()
        .chain((0..1000).map(|i| if i % 2 == 0 { less } else { more }))
        .collect()
}

/// Digits that agree, as NIST counts them.
fn log_relative_error(got: f64, certified: f64) -> f64 {
    -((got / certified - 1.0).abs().max(1e-16)).log10()
}

#[test]
fn nist_certified_means_and_deviations_are_reached() {
    let michelson: Vec<f64> = MICHELSON
        .iter()
        .map(|hundredths| (29_900.0 + hundredths) / 100.0)
        .collect();
    let cases = [
        (LOTTERY.to_vec(), 518.958_715_596_33, 291.699_727_470_969, 13.0),
        (michelson, 299.8524, 0.079_010_547_819_051_8, 12.0),
        (vec![10_000_001.0, 10_000_003.0, 10_000_002.0], 10_000_002.0, 1.0, 15.0),
        (alternating(1.2, 1.1, 1.3), 1.2, 0.1, 13.0),
        (
            alternating(1_000_000.2, 1_000_000.1, 1_000_000.3),
            1_000_000.2,
            0.1,
            9.0,
        ),
    ];
    for (values, mean, deviation, digits) in cases {
        let moments = Moments::of(&values);
        assert_eq!(moments.count(), values.len() as u64);
        assert!(
            log_relative_error(moments.mean(), mean) > 14.0,
            "mean {}",
            moments.mean()
        );
        let reached = log_relative_error(moments.standard_deviation(), deviation);
        assert!(
            reached > digits,
            "deviation {}: {reached} digits",
            moments.standard_deviation()
        );
    }
}

fn scattered(count: usize) -> Vec<f64> {
    (0..count)
        .map(|i| 1e6 + ((i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11) as f64 * 1e-12)
        .collect()
}

#[test]
fn merging_aligned_spans_first_gives_the_same_bits() {
    let values = scattered(10_000);
    let chunks: Vec<Moments> = values.chunks(CHUNK).map(Moments::of_chunk).collect();
    let whole = Moments::of(&values);
    for span in [2, 4, 8] {
        let spans: Vec<Moments> = chunks.chunks(span).map(Moments::merge_chunks).collect();
        assert_eq!(Moments::merge_chunks(&spans), whole, "spans of {span} chunks");
    }
}

#[test]
fn the_mean_and_variance_are_those_of_two_plain_passes() {
    let values = scattered(5000);
    let mean = values.iter().sum::<f64>() / 5000.0;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / 4999.0;
    let moments = Moments::of(&values);
    assert!((moments.mean() / mean - 1.0).abs() < 1e-13);
    assert!((moments.variance() / variance - 1.0).abs() < 1e-11);
    assert!((moments.standard_error() / (variance / 5000.0).sqrt() - 1.0).abs() < 1e-11);
}

#[test]
fn too_few_values_have_no_moments() {
    assert!(Moments::of(&[]).mean().is_nan());
    assert_eq!(Moments::of(&[3.0]).mean(), 3.0);
    assert!(Moments::of(&[3.0]).variance().is_nan());
    assert!(Moments::of(&[3.0]).standard_error().is_nan());
    assert_eq!(
        Moments::EMPTY.merge(Moments::of(&[3.0])).merge(Moments::EMPTY),
        Moments::of(&[3.0])
    );
}

/// Expected values by the definition in exact fractions; `numpy.percentile` gives the same.
#[test]
fn quantiles_interpolate_like_numpy() {
    let probabilities = [0.95, 0.0, 0.05, 0.25, 0.5, 0.75, 1.0, 0.5];
    let expected = [957.2, 4.0, 45.05, 272.75, 522.5, 779.25, 999.0, 522.5];
    let got = quantiles(&mut LOTTERY.to_vec(), &probabilities);
    for ((got, expected), p) in got.into_iter().zip(expected).zip(probabilities) {
        assert!(
            (got / expected - 1.0).abs() < 1e-15,
            "quantile {p}: {got}, expected {expected}"
        );
    }
    assert_eq!(quantiles(&mut MICHELSON.to_vec(), &[0.5, 0.95]), [85.0, 98.0]);
    // The example of numpy's documentation: the median of 10, 7, 4, 3, 2, 1 is 3.5.
    assert_eq!(quantiles(&mut [10.0, 7.0, 4.0, 3.0, 2.0, 1.0], &[0.5]), [3.5]);
}

#[test]
fn quantiles_by_selection_are_those_of_the_sorted_values() {
    let values = scattered(1001);
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    let probabilities: Vec<f64> = (0..=1000).map(|k| f64::from(k) / 1000.0).collect();
    for (place, got) in quantiles(&mut values.clone(), &probabilities).into_iter().enumerate() {
        assert!((got / sorted[place] - 1.0).abs() < 1e-15, "place {place}");
    }
}

#[test]
fn odd_requests_for_quantiles_do_no_harm() {
    assert!(quantiles(&mut [], &[0.5])[0].is_nan());
    assert_eq!(quantiles(&mut [2.0], &[0.0, 0.3, 1.0]), [2.0, 2.0, 2.0]);
    let odd = quantiles(&mut [1.0, 2.0, 3.0], &[f64::NAN, -1.0, 7.0, 0.5]);
    assert!(odd[0].is_nan());
    assert_eq!(odd[1..], [1.0, 3.0, 2.0]);
    let with_nan = quantiles(&mut [f64::NAN, 1.0, 2.0], &[0.0, 0.5, 1.0]);
    assert_eq!(with_nan[..2], [1.0, 2.0]);
    assert!(with_nan[2].is_nan());
    assert_eq!(quantiles(&mut [f64::NEG_INFINITY, 5.0], &[0.5]), [f64::NEG_INFINITY]);
}
