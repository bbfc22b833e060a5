use super::super::Kind;
use super::super::tests::{design, names, uniforms};
use super::*;
use proptest::prelude::*;

/// Computed apart from this code from the specification, with whole numbers. **A change here breaks every published run.**
#[test]
fn known_answers_of_the_permutation_stand() {
    let first: Vec<u32> = (0..12).map(|place| permuted(place, &[1, 2, 3, 4, 5, 6])).collect();
    assert_eq!(first, [78, 554, 520, 12, 779, 945, 209, 881, 373, 216, 346, 452]);
    assert_eq!(permuted(1023, &[1, 2, 3, 4, 5, 6]), 287);
}

/// Computed apart from this code. Columns: seed, name, draw, stratum, uniform.
#[test]
fn known_answers_of_the_points_stand() {
    let cases: [(u64, &str, u64, u32, f64); 6] = [
        (0, "jobs", 0, 1014, 0.990620908818601),
        (0, "jobs", 1, 644, 0.6294763524333419),
        (1, "jobs", 1023, 827, 0.8081233997412821),
        (1, "jobs", 1024, 300, 0.29349713802894184),
        (42, "jobs[delft]", 9999, 818, 0.7995480399080074),
        (42, "discount_rate", (1 << 40) + 5, 223, 0.21826135766290744),
    ];
    for (seed, name, draw, stratum, expected) in cases {
        let keys = round_keys(seed, Stream::of(name), draw / BLOCK);
        assert_eq!(permuted((draw % BLOCK) as u32, &keys), stratum, "{name} {draw}");
        let axis = LatinHypercube { seed }.axis(name).expect("a place");
        assert_eq!(uniforms(&*axis, draw, 1), [expected], "{name} {draw}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_aligned_block_has_one_draw_in_each_stratum(seed: u64, name in "[a-z]{1,12}", block in 0..(1_u64 << 30)) {
        let axis = LatinHypercube { seed }.axis(&name).expect("a place");
        let mut seen = [false; 1024];
        for u in uniforms(&*axis, block * BLOCK, 1024) {
            let stratum = (u * 1024.0) as usize;
            prop_assert!(!std::mem::replace(&mut seen[stratum], true), "stratum {stratum} twice");
        }
    }
}

/// The permutations of 300 names in two blocks are as good as shuffles: of the 179 700 correlations between them none stands
/// out, and their spread is that of random permutations, `1 / sqrt(1023)`.
#[test]
fn permutations_of_300_names_are_uncorrelated() {
    let design = design(Kind::LatinHypercube, 7);
    let columns: Vec<Vec<f64>> = names(300)
        .iter()
        .flat_map(|name| {
            let all = uniforms(&*design.axis(name).expect("a place"), 0, 2048);
            let scaled = |part: &[f64]| {
                let strata: Vec<f64> = part.iter().map(|u| (u * 1024.0).floor() - 511.5).collect();
                let norm = strata.iter().map(|x| x * x).sum::<f64>().sqrt();
                strata.into_iter().map(|x| x / norm).collect::<Vec<f64>>()
            };
            [scaled(&all[..1024]), scaled(&all[1024..])]
        })
        .collect();
    let (mut greatest, mut squares, mut quadrants, mut count) = (0.0_f64, 0.0, 0.0, 0.0);
    for (i, a) in columns.iter().enumerate() {
        for b in &columns[..i] {
            let correlation: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
            let same = a.iter().zip(b).filter(|(x, y)| (**x < 0.0) == (**y < 0.0)).count() as f64 / 1024.0 - 0.5;
            greatest = greatest.max(correlation.abs());
            squares += correlation * correlation;
            quadrants += same * same;
            count += 1.0;
        }
    }
    // In units of 1 / sqrt(1023): the greatest of 179 700 standard normals passes 5.8 once in 800 trials.
    assert!(greatest * 1023_f64.sqrt() < 5.8, "greatest correlation {greatest}");
    let spread = (squares / count * 1023.0).sqrt();
    assert!((spread - 1.0).abs() < 0.01, "spread {spread}");
    // Draws in the same half twice: half the spread of a correlation.
    let quadrant = (quadrants / count * 1023.0).sqrt() * 2.0;
    assert!((quadrant - 1.0).abs() < 0.01, "quadrant spread {quadrant}");
}
