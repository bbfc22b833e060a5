use super::*;

/// Computed apart from this code, with integer arithmetic from the two published specifications (BLAKE3, Philox).
/// Columns: seed, name, draw, stream, word, uniform. **A change here breaks every published run.**
#[test]
fn known_answers_of_the_contract_stand() {
    let cases: [(u64, &str, u64, u64, u64, f64); 9] = [
        (
            0,
            "",
            0,
            0xa6a1_f9f5_b949_13af,
            0x331e_5769_8473_4b28,
            0.199_681_723_843_650_9,
        ),
        (
            0,
            "",
            1,
            0xa6a1_f9f5_b949_13af,
            0x8376_9b96_63fe_4186,
            0.513_528_560_844_855_1,
        ),
        (
            1,
            "jobs",
            0,
            0x79f5_adea_c186_0bd0,
            0xe336_b5f5_548d_2f23,
            0.887_553_570_170_486_1,
        ),
        (
            1,
            "jobs",
            1,
            0x79f5_adea_c186_0bd0,
            0x3541_b4eb_7b3d_af59,
            0.208_033_854_952_410_22,
        ),
        (
            1,
            "jobs",
            2,
            0x79f5_adea_c186_0bd0,
            0xd27a_3ec9_653a_d8be,
            0.822_177_814_644_628_5,
        ),
        (
            42,
            "jobs[delft]",
            9999,
            0x232f_c3d8_0b18_0a2d,
            0xbcb8_abf1_7436_7ed0,
            0.737_192_865_799_636_6,
        ),
        (
            42,
            "discount_rate",
            10_000,
            0xc9f1_3b49_8352_398a,
            0x80d0_a594_af7c_9a13,
            0.503_183_697_509_927_4,
        ),
        (
            0xdead_beef_1234_5678,
            "grid_capacity[noord-brabant]",
            (1 << 40) + 5,
            0x95a4_322d_ffe8_1c67,
            0xbdec_1933_51f9_985f,
            0.741_883_826_283_788,
        ),
        (
            u64::MAX,
            "loon_è",
            u64::MAX,
            0x2a99_615a_27c5_c31d,
            0xfddb_6536_f1a9_d4cb,
            0.991_628_957_666_456_2,
        ),
    ];
    for (seed, name, draw, number, word, expected) in cases {
        let stream = Stream::of(name);
        assert_eq!(stream.number(), number, "stream of {name:?}");
        assert_eq!(
            uniform(seed, stream, draw).to_bits(),
            expected.to_bits(),
            "{name:?} seed {seed} draw {draw}"
        );
        assert_eq!(
            unit_interval(word as u32, (word >> 32) as u32).to_bits(),
            expected.to_bits()
        );
    }
}

#[test]
fn the_unit_interval_is_open_and_symmetric() {
    let least = unit_interval(0, 0);
    let greatest = unit_interval(u32::MAX, u32::MAX);
    assert_eq!(least, 0.5_f64.powi(53));
    assert_eq!(1.0 - greatest, least);
    let middle = unit_interval(0x1234_5678, 0x9abc_def0);
    let mirrored = unit_interval(!0x1234_5678, !0x9abc_def0);
    assert_eq!(middle, 1.0 - mirrored);
}

/// Streams of different names are independent: over 1024 draws, none of the 44 850 correlations between 300 names that
/// look like those of a model stands out, and their spread is that of independent numbers.
#[test]
fn streams_of_300_names_are_uncorrelated() {
    const DRAWS: usize = 1024;
    let parameters = ["jobs", "wage", "rent", "grid", "stay", "wage2"];
    let names = parameters
        .iter()
        .flat_map(|parameter| (0..50).map(move |element| format!("{parameter}[campus-{element}]")));
    let samples: Vec<Vec<f64>> = names
        .map(|name| {
            let mut uniforms = vec![0.0; DRAWS];
            fill_uniforms(7, Stream::of(&name), 0, &mut uniforms);
            let mean = uniforms.iter().sum::<f64>() / DRAWS as f64;
            // Mean within 4.5 standard errors of one half: sd of a uniform is 1 / sqrt(12).
            assert!(
                (mean - 0.5).abs() < 4.5 / (12.0 * DRAWS as f64).sqrt(),
                "mean of {name}: {mean}"
            );
            let norm = uniforms.iter().map(|u| (u - mean) * (u - mean)).sum::<f64>().sqrt();
            uniforms.iter().map(|u| (u - mean) / norm).collect()
        })
        .collect();
    assert_eq!(samples.len(), 300);
    let (mut greatest, mut squares, mut count) = (0.0_f64, 0.0, 0.0);
    for (i, a) in samples.iter().enumerate() {
        for b in &samples[..i] {
            let correlation: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
            greatest = greatest.max(correlation.abs());
            squares += correlation * correlation;
            count += 1.0;
        }
    }
    // In units of 1 / sqrt(1024): the greatest of 44 850 standard normals passes 5.5 once in 600 trials.
    assert!(greatest * 32.0 < 5.5, "greatest correlation {greatest}");
    let spread = (squares / count * DRAWS as f64).sqrt();
    assert!((spread - 1.0).abs() < 0.02, "spread {spread}");
}

#[test]
fn neighbouring_draws_of_a_stream_are_uncorrelated() {
    let mut uniforms = vec![0.0; 1 << 16];
    fill_uniforms(3, Stream::of("jobs"), 0, &mut uniforms);
    for lag in 1..=8 {
        let covariance: f64 = uniforms
            .iter()
            .zip(&uniforms[lag..])
            .map(|(a, b)| (a - 0.5) * (b - 0.5))
            .sum();
        let correlation = covariance * 12.0 / (uniforms.len() - lag) as f64;
        assert!(correlation.abs() * 256.0 < 4.5, "lag {lag}: {correlation}");
    }
}
