use super::*;
use crate::design::{Dimensions, Kind};
use mkba_core::input::Distribution;
use mkba_core::input::dependence::factor;

const MEMBERS: usize = 4;

/// Four inputs of which the first three and the last, in this order, may move together.
fn inputs() -> Vec<Input> {
    let distributions = [
        Distribution::Uniform { low: 0.0, high: 1.0 },
        Distribution::Lognormal {
            median: 3.0,
            sigma: 0.5,
        },
        Distribution::Triangular {
            low: 0.0,
            mode: 1.0,
            high: 9.0,
        },
        Distribution::Normal { mean: 0.0, sd: 1.0 },
        Distribution::Gamma { shape: 2.0, scale: 1.0 },
    ];
    let of = |(n, distribution): (usize, Distribution)| Input {
        name: format!("input_{n}"),
        distribution,
        factor: 1.0,
    };
    distributions.into_iter().enumerate().map(of).collect()
}

fn rank() -> Vec<Vec<f64>> {
    vec![
        vec![1.0, 0.6, -0.4, 0.0],
        vec![0.6, 1.0, -0.2, 0.3],
        vec![-0.4, -0.2, 1.0, 0.5],
        vec![0.0, 0.3, 0.5, 1.0],
    ]
}

fn dependence(method: Method) -> Dependence {
    Dependence {
        name: "all".to_owned(),
        members: vec![0, 1, 2, 4],
        method,
        rows: factor(&rank()).expect("possible").rows,
    }
}

fn sampler(kind: Kind, seed: u64, dependences: &[Dependence]) -> Sampler {
    let inputs = inputs();
    let mut dimensions = Dimensions::default();
    dimensions.append(inputs.iter().map(|input| input.name.as_str()));
    Sampler::dependent(&inputs, dependences, kind.design(seed, dimensions), Isa::detect()).expect("possible")
}

/// `[input][draw]`
fn draws(sampler: &Sampler, count: usize) -> Vec<Vec<f64>> {
    let mut memory = sampler.memory();
    let mut block = vec![0.0; sampler.input_count() * 64];
    let mut columns = vec![Vec::with_capacity(count); sampler.input_count()];
    for first in (0..count).step_by(64) {
        sampler.fill_with(&mut memory, first as u64, 64, &mut block);
        for (column, row) in columns.iter_mut().zip(block.chunks_exact(64)) {
            column.extend_from_slice(row);
        }
    }
    columns
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, draw) in order.into_iter().enumerate() {
        ranks[draw] = rank as f64;
    }
    ranks
}

fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let middle = (a.len() as f64 - 1.0) / 2.0;
    let (a, b) = (ranks(a), ranks(b));
    let covariance: f64 = a.iter().zip(&b).map(|(x, y)| (x - middle) * (y - middle)).sum();
    covariance / a.iter().map(|x| (x - middle) * (x - middle)).sum::<f64>()
}

/// Sampled rank correlations lie within `4 / sqrt(n)` of what is asked for, under every design and method.
#[test]
fn rank_correlations_are_those_asked_for() {
    const DRAWS: usize = 16 * 1024;
    for (kind, method) in Kind::ALL.into_iter().map(|kind| (kind, Method::GaussianCopula)).chain([
        (Kind::Random, Method::ImanConover),
        (Kind::LatinHypercube, Method::ImanConover),
    ]) {
        for seed in [1, 2, 3] {
            let dependence = dependence(method);
            let columns = draws(&sampler(kind, seed, std::slice::from_ref(&dependence)), DRAWS);
            for i in 0..MEMBERS {
                for j in 0..i {
                    let got = spearman(&columns[dependence.members[i]], &columns[dependence.members[j]]);
                    let asked = rank()[i][j];
                    let allowed = 4.0 / (DRAWS as f64).sqrt();
                    assert!(
                        (got - asked).abs() < allowed,
                        "{} {method:?}: {got}, asked {asked}",
                        kind.name()
                    );
                }
            }
        }
    }
}

/// Case `stats_gaussian_copula_rank`: two lognormal(0, 1) with normal correlation 0.5 have Pearson's correlation
/// (e^0.5 - 1) / (e - 1) = 0.37754, within 0.02 at 200 000 draws.
#[test]
fn lognormal_values_have_the_known_correlation() {
    let lognormal = |name: &str| Input {
        name: name.to_owned(),
        distribution: Distribution::Lognormal {
            median: 1.0,
            sigma: 1.0,
        },
        factor: 1.0,
    };
    let dependence = Dependence {
        name: "two".to_owned(),
        members: vec![0, 1],
        method: Method::GaussianCopula,
        rows: vec![vec![1.0], vec![0.5, 0.75_f64.sqrt()]],
    };
    let design = Kind::Random.design(5, Dimensions::default());
    let inputs = [lognormal("x"), lognormal("y")];
    let sampler = Sampler::dependent(&inputs, &[dependence], design, Isa::detect()).expect("possible");
    let columns = draws(&sampler, 200_000 / 64 * 64);
    let centred = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|value| value - mean).collect::<Vec<f64>>()
    };
    let (x, y) = (centred(&columns[0]), centred(&columns[1]));
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let pearson = product(&x, &y) / (product(&x, &x) * product(&y, &y)).sqrt();
    assert!((pearson - 0.377_540_668_798_145_5).abs() < 0.02, "{pearson}");
}

#[test]
fn the_first_member_and_all_outside_keep_their_draws() {
    for kind in [Kind::Random, Kind::LatinHypercube] {
        let alone = draws(&sampler(kind, 9, &[]), 2048);
        for method in [Method::GaussianCopula, Method::ImanConover] {
            let together = draws(&sampler(kind, 9, &[dependence(method)]), 2048);
            assert_eq!(together[0], alone[0], "{method:?}");
            assert_eq!(together[3], alone[3], "{method:?}");
            assert_ne!(together[1], alone[1], "{method:?}");
        }
    }
}

#[test]
fn reordering_keeps_the_values_of_every_block() {
    let alone = draws(&sampler(Kind::LatinHypercube, 4, &[]), 3 * 1024);
    let together = draws(
        &sampler(Kind::LatinHypercube, 4, &[dependence(Method::ImanConover)]),
        3 * 1024,
    );
    let sorted = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        values
    };
    for (a, b) in alone.iter().zip(&together) {
        for block in 0..3 {
            let place = block * 1024..(block + 1) * 1024;
            assert_eq!(sorted(&a[place.clone()]), sorted(&b[place]));
        }
    }
}

#[test]
fn any_range_of_dependent_draws_has_the_same_bits_alone() {
    for method in [Method::GaussianCopula, Method::ImanConover] {
        let sampler = sampler(Kind::LatinHypercube, 6, &[dependence(method)]);
        let all = draws(&sampler, 4096);
        for (first, lanes) in [(0, 8), (1000, 64), (1021, 8), (2047, 1024), (3, 128)] {
            let mut out = vec![0.0; sampler.input_count() * lanes];
            sampler.fill(first as u64, lanes, &mut out);
            for (column, row) in all.iter().zip(out.chunks_exact(lanes)) {
                assert_eq!(&column[first..first + lanes], row, "{method:?} from {first}");
            }
        }
    }
}

#[test]
fn reordering_is_refused_where_it_would_tie_replicates_or_break_pairs() {
    let inputs = inputs();
    for kind in [Kind::Sobol, Kind::Antithetic] {
        let mut dimensions = Dimensions::default();
        dimensions.append(inputs.iter().map(|input| input.name.as_str()));
        let design = kind.design(1, dimensions);
        let faults = Sampler::dependent(&inputs, &[dependence(Method::ImanConover)], design, Isa::Baseline);
        let faults = faults.expect_err("refused");
        assert!(faults[0].sentence.contains(kind.name()), "{}", faults[0]);
    }
}
