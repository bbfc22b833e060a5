use super::super::Kind;
use super::super::tests::{design, names, uniforms};
use super::*;
use proptest::prelude::*;

/// The point of a dimension before scrambling, as a fraction.
fn plain(dimension: usize, number: u64) -> f64 {
    let v = directions(dimension).expect("in the table");
    let bits = (0..BITS)
        .filter(|k| (number >> k) & 1 == 1)
        .fold(0, |sum, k| sum ^ v[k]);
    bits as f64 / (1_u64 << BITS) as f64
}

/// The first points in three dimensions that Joe and Kuo publish with their direction numbers, in the order of a Gray code.
#[test]
fn published_points_of_joe_and_kuo_are_met() {
    let published = [
        [0.0, 0.0, 0.0],
        [0.5, 0.5, 0.5],
        [0.75, 0.25, 0.25],
        [0.25, 0.75, 0.75],
        [0.375, 0.375, 0.625],
        [0.875, 0.875, 0.125],
        [0.625, 0.125, 0.875],
        [0.125, 0.625, 0.375],
        [0.1875, 0.3125, 0.9375],
        [0.6875, 0.8125, 0.4375],
    ];
    for (number, point) in (0_u64..).zip(published) {
        let gray = number ^ (number >> 1);
        assert_eq!(
            [1, 2, 3].map(|dimension| plain(dimension, gray)),
            point,
            "point {number}"
        );
    }
}

/// 64 points in 21 dimensions of scipy 1.17.1 (`scipy.stats.qmc.Sobol`, without scrambling), in units of 1/64.
#[test]
fn points_in_21_dimensions_are_those_of_scipy() {
    for (number, point) in (0_u64..).zip(IN_64THS) {
        let gray = number ^ (number >> 1);
        for (dimension, expected) in (1..).zip(point) {
            assert_eq!(
                plain(dimension, gray) * 64.0,
                f64::from(expected),
                "point {number}, dimension {dimension}"
            );
        }
    }
}

/// Computed apart from this code from the specification, with whole numbers. Columns: seed, name, dimension, draw, uniform.
/// **A change here breaks every published run.**
#[test]
fn known_answers_of_the_scrambled_points_stand() {
    let cases: [(u64, &str, usize, u64, f64); 6] = [
        (0, "jobs", 1, 0, 0.8076523197022792),
        (0, "jobs", 1, 16, 0.19093730337932457),
        (1, "jobs", 2, 17, 0.6417250918029339),
        (1, "jobs", 3, 1000, 0.6640174949779226),
        (42, "jobs[delft]", 21, 9999, 0.044963223320205636),
        (42, "discount_rate", 2048, (1 << 37) + 5, 0.4603812434873339),
    ];
    for (seed, name, dimension, draw, expected) in cases {
        let directions = directions(dimension).expect("in the table");
        let axis = Sequence::new(seed, Stream::of(name), &directions);
        assert_eq!(uniforms(&axis, draw, 1), [expected], "{name} {draw}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// In one dimension, aligned blocks of `16 * 2^k` draws have one draw of each replicate in each of 2^k strata.
    #[test]
    fn every_aligned_block_fills_the_strata_of_every_replicate(
        seed: u64,
        dimension in 1..=MOST_DIMENSIONS,
        block in 0..(1_u64 << 20),
        power in 0..9_u32,
    ) {
        let points = 1_usize << power;
        let axis = Sequence::new(seed, Stream::of("jobs"), &directions(dimension).expect("in the table"));
        let draws = uniforms(&axis, block * (points * REPLICATES) as u64, points * REPLICATES);
        for replicate in 0..REPLICATES {
            let mut seen = vec![false; points];
            for u in draws.iter().skip(replicate).step_by(REPLICATES) {
                let stratum = (u * points as f64) as usize;
                prop_assert!(!std::mem::replace(&mut seen[stratum], true), "replicate {replicate}, stratum {stratum} twice");
            }
        }
    }

    /// The first two dimensions are a (0, 2)-sequence: aligned blocks of 2^k points have one in each of 2^k boxes of any shape.
    #[test]
    fn two_dimensions_fill_boxes_of_every_shape(seed: u64, block in 0..(1_u64 << 12), power in 0..7_u32, first in 0..7_u32) {
        let first = first.min(power);
        let points = 1_usize << power;
        let (first_draw, count) = (block * (points * REPLICATES) as u64, points * REPLICATES);
        let draws = |name: &str, dimension| {
            let axis = Sequence::new(seed, Stream::of(name), &directions(dimension).expect("in the table"));
            uniforms(&axis, first_draw, count)
        };
        let (x, y) = (draws("jobs", 1), draws("rent", 2));
        let (columns, rows) = (1_usize << first, 1_usize << (power - first));
        for replicate in 0..REPLICATES {
            let mut seen = vec![false; points];
            for place in (replicate..count).step_by(REPLICATES) {
                let cell = (x[place] * columns as f64) as usize * rows + (y[place] * rows as f64) as usize;
                prop_assert!(!std::mem::replace(&mut seen[cell], true), "replicate {replicate}");
            }
        }
    }
}

/// What nested scrambling promises: the halves of every interval are swapped or not with equal chance, and no two swaps are
/// tied, over 4096 keys. Seen at the 15 nodes of the first four bits and between neighbours of the next level.
#[test]
fn swaps_of_the_scrambling_are_even_and_independent() {
    const NODES: usize = 15;
    let directions = directions(1).expect("the first dimension");
    let mut flips = vec![[0.0; NODES]; 0];
    for seed in 0..256 {
        let sequence = Sequence::new(seed, Stream::of("jobs"), &directions);
        // The numbers 0 to 15 reach every node of four bits; node of a prefix of n bits: 2^n - 1 + prefix.
        let mut scrambled = [[0.0; REPLICATES]; 16];
        for (prefix, out) in (0_u64..).zip(&mut scrambled) {
            let point = Point::of(prefix << 48);
            sequence.scrambled(point, out);
        }
        let columns: [[f64; 16]; REPLICATES] = std::array::from_fn(|replicate| scrambled.map(|row| row[replicate]));
        for column in columns {
            let mut row = [0.0; NODES];
            for length in 0..4_u32 {
                for prefix in 0..(1_usize << length) {
                    let with = prefix << (4 - length);
                    let bit = (column[with] * 16.0) as usize >> (3 - length) & 1;
                    row[(1 << length) - 1 + prefix] = if bit == 1 { 1.0 } else { -1.0 };
                }
            }
            flips.push(row);
        }
    }
    let trials = flips.len() as f64;
    assert_eq!(trials, 4096.0);
    for i in 0..NODES {
        let mean = flips.iter().map(|row| row[i]).sum::<f64>() / trials;
        assert!(mean.abs() * trials.sqrt() < 4.5, "node {i}: {mean}");
        for j in 0..i {
            let both = flips.iter().map(|row| row[i] * row[j]).sum::<f64>() / trials;
            assert!(both.abs() * trials.sqrt() < 4.5, "nodes {i} and {j}: {both}");
        }
    }
}

/// Uniforms of one draw are as if independent over inputs and replicates, even in the same place of the sequence.
#[test]
fn replicates_and_names_are_uncorrelated() {
    let sobol = design(Kind::Sobol, 3);
    let mut columns = Vec::new();
    for name in names(40) {
        let axis = sobol.axis(&name).expect("a place");
        // One point of each replicate, 64 points far apart.
        let column: Vec<f64> = (0..64)
            .flat_map(|point| uniforms(&*axis, point * 16 * 1009, 16))
            .map(|u| u - 0.5)
            .collect();
        columns.push(column);
    }
    for (i, a) in columns.iter().enumerate() {
        for b in &columns[..i] {
            let covariance: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
            // 1024 products with a standard deviation of 1/12 each.
            assert!(covariance.abs() < 4.5 / 12.0 * 32.0, "{covariance}");
        }
    }
}

#[test]
fn an_input_without_a_dimension_is_refused() {
    let sobol = design(Kind::Sobol, 0);
    let fault = sobol.axis("elsewhere").err().expect("no dimension");
    assert!(fault.contains("no dimension"), "{fault}");
}

#[rustfmt::skip]
const IN_64THS: [[u8; 21]; 64] = [
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32],
    [48, 16, 16, 16, 48, 48, 16, 48, 48, 48, 48, 48, 16, 16, 48, 16, 48, 16, 48, 16, 16],
    [16, 48, 48, 48, 16, 16, 48, 16, 16, 16, 16, 16, 48, 48, 16, 48, 16, 48, 16, 48, 48],
    [24, 24, 40, 56, 24, 8, 24, 56, 56, 40, 56, 24, 24, 40, 24, 56, 24, 56, 56, 8, 8],
    [56, 56, 8, 24, 56, 40, 56, 24, 24, 8, 24, 56, 56, 8, 56, 24, 56, 24, 24, 40, 40],
    [40, 8, 56, 40, 40, 56, 8, 8, 8, 24, 8, 40, 8, 56, 40, 40, 40, 40, 8, 24, 24],
    [8, 40, 24, 8, 8, 24, 40, 40, 40, 56, 40, 8, 40, 24, 8, 8, 8, 8, 40, 56, 56],
    [12, 20, 60, 28, 36, 20, 28, 60, 60, 20, 44, 4, 60, 60, 52, 60, 52, 52, 60, 20, 12],
    [44, 52, 28, 60, 4, 52, 60, 28, 28, 52, 12, 36, 28, 28, 20, 28, 20, 20, 28, 52, 44],
    [60, 4, 44, 12, 20, 36, 12, 12, 12, 36, 28, 52, 44, 44, 4, 44, 4, 36, 12, 4, 28],
    [28, 36, 12, 44, 52, 4, 44, 44, 44, 4, 60, 20, 12, 12, 36, 12, 36, 4, 44, 36, 60],
    [20, 12, 20, 36, 60, 28, 4, 4, 4, 60, 20, 28, 36, 20, 44, 4, 44, 12, 4, 28, 4],
    [52, 44, 52, 4, 28, 60, 36, 36, 36, 28, 52, 60, 4, 52, 12, 36, 12, 44, 36, 60, 36],
    [36, 28, 4, 52, 12, 44, 20, 52, 52, 12, 36, 44, 52, 4, 28, 20, 28, 28, 52, 12, 20],
    [4, 60, 36, 20, 44, 12, 52, 20, 20, 44, 4, 12, 20, 36, 60, 52, 60, 60, 20, 44, 52],
    [6, 30, 30, 42, 18, 62, 34, 54, 30, 10, 6, 26, 42, 42, 22, 2, 50, 38, 50, 2, 46],
    [38, 62, 62, 10, 50, 30, 2, 22, 62, 42, 38, 58, 10, 10, 54, 34, 18, 6, 18, 34, 14],
    [54, 14, 14, 58, 34, 14, 50, 6, 46, 58, 54, 42, 58, 58, 38, 18, 2, 54, 2, 18, 62],
    [22, 46, 46, 26, 2, 46, 18, 38, 14, 26, 22, 10, 26, 26, 6, 50, 34, 22, 34, 50, 30],
    [30, 6, 54, 18, 10, 54, 58, 14, 38, 34, 62, 2, 50, 2, 14, 58, 42, 30, 10, 10, 38],
    [62, 38, 22, 50, 42, 22, 26, 46, 6, 2, 30, 34, 18, 34, 46, 26, 10, 62, 42, 42, 6],
    [46, 22, 38, 2, 58, 6, 42, 62, 22, 18, 14, 50, 34, 18, 62, 42, 26, 14, 58, 26, 54],
    [14, 54, 6, 34, 26, 38, 10, 30, 54, 50, 46, 18, 2, 50, 30, 10, 58, 46, 26, 58, 22],
    [10, 10, 34, 54, 54, 42, 62, 10, 34, 30, 42, 30, 22, 22, 34, 62, 6, 18, 14, 22, 34],
    [42, 42, 2, 22, 22, 10, 30, 42, 2, 62, 10, 62, 54, 54, 2, 30, 38, 50, 46, 54, 2],
    [58, 26, 50, 38, 6, 26, 46, 58, 18, 46, 26, 46, 6, 6, 18, 46, 54, 2, 62, 6, 50],
    [26, 58, 18, 6, 38, 58, 14, 26, 50, 14, 58, 14, 38, 38, 50, 14, 22, 34, 30, 38, 18],
    [18, 18, 10, 14, 46, 34, 38, 50, 26, 54, 18, 6, 14, 62, 58, 6, 30, 42, 54, 30, 42],
    [50, 50, 42, 46, 14, 2, 6, 18, 58, 22, 50, 38, 46, 30, 26, 38, 62, 10, 22, 62, 10],
    [34, 2, 26, 30, 30, 18, 54, 2, 42, 6, 34, 54, 30, 46, 10, 22, 46, 58, 6, 14, 58],
    [2, 34, 58, 62, 62, 50, 22, 34, 10, 38, 2, 22, 62, 14, 42, 54, 14, 26, 38, 46, 26],
    [3, 17, 45, 35, 9, 59, 51, 43, 63, 3, 25, 61, 29, 63, 63, 7, 11, 3, 27, 33, 21],
    [35, 49, 13, 3, 41, 27, 19, 11, 31, 35, 57, 29, 61, 31, 31, 39, 43, 35, 59, 1, 53],
    [51, 1, 61, 51, 57, 11, 35, 27, 15, 51, 41, 13, 13, 47, 15, 23, 59, 19, 43, 49, 5],
    [19, 33, 29, 19, 25, 43, 3, 59, 47, 19, 9, 45, 45, 15, 47, 55, 27, 51, 11, 17, 37],
    [27, 9, 5, 27, 17, 51, 43, 19, 7, 43, 33, 37, 5, 23, 39, 63, 19, 59, 35, 41, 29],
    [59, 41, 37, 59, 49, 19, 11, 51, 39, 11, 1, 5, 37, 55, 7, 31, 51, 27, 3, 9, 61],
    [43, 25, 21, 11, 33, 3, 59, 35, 55, 27, 17, 21, 21, 7, 23, 47, 35, 43, 19, 57, 13],
    [11, 57, 53, 43, 1, 35, 27, 3, 23, 59, 49, 53, 53, 39, 55, 15, 3, 11, 51, 25, 45],
    [15, 5, 17, 63, 45, 47, 47, 23, 3, 23, 53, 57, 33, 3, 11, 59, 63, 55, 39, 53, 25],
    [47, 37, 49, 31, 13, 15, 15, 55, 35, 55, 21, 25, 1, 35, 43, 27, 31, 23, 7, 21, 57],
    [63, 21, 1, 47, 29, 31, 63, 39, 51, 39, 5, 9, 49, 19, 59, 43, 15, 39, 23, 37, 9],
    [31, 53, 33, 15, 61, 63, 31, 7, 19, 7, 37, 41, 17, 51, 27, 11, 47, 7, 55, 5, 41],
    [23, 29, 57, 7, 53, 39, 55, 47, 59, 63, 13, 33, 57, 43, 19, 3, 39, 15, 31, 61, 17],
    [55, 61, 25, 39, 21, 7, 23, 15, 27, 31, 45, 1, 25, 11, 51, 35, 7, 47, 63, 29, 49],
    [39, 13, 41, 23, 5, 23, 39, 31, 11, 15, 61, 17, 41, 59, 35, 19, 23, 31, 47, 45, 1],
    [7, 45, 9, 55, 37, 55, 7, 63, 43, 47, 29, 49, 9, 27, 3, 51, 55, 63, 15, 13, 33],
    [5, 15, 51, 9, 27, 5, 17, 29, 33, 9, 31, 39, 55, 21, 41, 5, 57, 37, 41, 35, 59],
    [37, 47, 19, 41, 59, 37, 49, 61, 1, 41, 63, 7, 23, 53, 9, 37, 25, 5, 9, 3, 27],
    [53, 31, 35, 25, 43, 53, 1, 45, 17, 57, 47, 23, 39, 5, 25, 21, 9, 53, 25, 51, 43],
    [21, 63, 3, 57, 11, 21, 33, 13, 49, 25, 15, 55, 7, 37, 57, 53, 41, 21, 57, 19, 11],
    [29, 23, 27, 49, 3, 13, 9, 37, 25, 33, 39, 63, 47, 61, 49, 61, 33, 29, 17, 43, 51],
    [61, 55, 59, 17, 35, 45, 41, 5, 57, 1, 7, 31, 15, 29, 17, 29, 1, 61, 49, 11, 19],
    [45, 7, 11, 33, 51, 61, 25, 21, 41, 17, 23, 15, 63, 45, 1, 45, 17, 13, 33, 59, 35],
    [13, 39, 43, 1, 19, 29, 57, 53, 9, 49, 55, 47, 31, 13, 33, 13, 49, 45, 1, 27, 3],
    [9, 27, 15, 21, 63, 17, 13, 33, 29, 29, 51, 35, 11, 41, 29, 57, 13, 17, 21, 55, 55],
    [41, 59, 47, 53, 31, 49, 45, 1, 61, 61, 19, 3, 43, 9, 61, 25, 45, 49, 53, 23, 23],
    [57, 11, 31, 5, 15, 33, 29, 17, 45, 45, 3, 19, 27, 57, 45, 41, 61, 1, 37, 39, 39],
    [25, 43, 63, 37, 47, 1, 61, 49, 13, 13, 35, 51, 59, 25, 13, 9, 29, 33, 5, 7, 7],
    [17, 3, 39, 45, 39, 25, 21, 25, 37, 53, 11, 59, 19, 1, 5, 1, 21, 41, 45, 63, 63],
    [49, 35, 7, 13, 7, 57, 53, 57, 5, 21, 43, 27, 51, 33, 37, 33, 53, 9, 13, 31, 31],
    [33, 19, 55, 61, 23, 41, 5, 41, 21, 5, 59, 11, 3, 17, 53, 17, 37, 57, 29, 47, 47],
    [1, 51, 23, 29, 55, 9, 37, 9, 53, 37, 27, 43, 35, 49, 21, 49, 5, 25, 61, 15, 15],
];
