use super::*;

/// Values without pattern.
fn values(count: usize) -> Vec<f64> {
    (0..count)
        .map(|i| ((i * 7919 % 1009) as f64 / 1009.0).powi(2) + (i % 13) as f64 / 100.0)
        .collect()
}

/// The formula of the module, plainly.
fn plain(values: &[f64], unit_of: impl Fn(usize) -> usize) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let mut units: std::collections::BTreeMap<usize, (f64, f64)> = std::collections::BTreeMap::new();
    for (draw, value) in values.iter().enumerate() {
        let unit = units.entry(unit_of(draw)).or_default();
        unit.0 += 1.0;
        unit.1 += value;
    }
    let squares: f64 = units
        .values()
        .map(|(count, sum)| count * (sum / count - mean).powi(2))
        .sum();
    (squares / ((units.len() as f64 - 1.0) * n)).sqrt()
}

#[test]
fn every_unit_follows_its_formula_with_whole_and_cut_units() {
    for count in [8 * 1024, 10_000, 20_001, 32_767] {
        let values = values(count);
        let cases = [
            (Unit::Draw, plain(&values, |draw| draw)),
            (Unit::Pair, plain(&values, |draw| draw / 2)),
            (Unit::Block, plain(&values, |draw| draw / 1024)),
            (Unit::Replicate, plain(&values, |draw| draw % 16)),
        ];
        for (unit, expected) in cases {
            let got = standard_error(unit, &values);
            assert!(
                (got / expected - 1.0).abs() < 1e-11,
                "{unit:?} of {count}: {got}, expected {expected}"
            );
        }
    }
}

#[test]
fn too_few_units_fall_back_on_independent_draws() {
    let values = values(7 * 1024);
    let independent = Moments::of(&values).standard_error();
    assert_eq!(standard_error(Unit::Block, &values), independent);
    assert_eq!(
        standard_error(Unit::Replicate, &values[..15]),
        Moments::of(&values[..15]).standard_error()
    );
    assert!(standard_error(Unit::Draw, &values[..1]).is_nan() && standard_error(Unit::Block, &[]).is_nan());
}

#[test]
fn aligned_spans_merged_elsewhere_have_the_same_bits() {
    let values = values(37 * 1024 + 5);
    for unit in [Unit::Draw, Unit::Pair, Unit::Block, Unit::Replicate] {
        let chunks: Vec<Spread> = values
            .chunks(CHUNK)
            .map(|chunk| Spread::of_chunk(unit, chunk))
            .collect();
        let spans: Vec<Spread> = chunks.chunks(8).filter_map(Spread::merge_chunks).collect();
        let all = Moments::of(&values);
        let error = |spreads: &[Spread]| {
            Spread::merge_chunks(spreads)
                .expect("some")
                .standard_error(all)
                .to_bits()
        };
        assert_eq!(error(&spans), error(&chunks), "{unit:?}");
    }
}

#[test]
fn a_spread_is_made_again_from_its_numbers() {
    let values = values(3000);
    for unit in [Unit::Draw, Unit::Pair, Unit::Block, Unit::Replicate] {
        let spread = Spread::of_chunk(unit, &values[..1000]);
        assert_eq!(Spread::of_numbers(&spread.numbers()), Some(spread), "{unit:?}");
    }
    assert_eq!(Spread::of_numbers(&[1.0; 47]), None);
}
