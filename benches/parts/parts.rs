//! Sampling and summaries one by one: `cargo bench --manifest-path benches/parts/Cargo.toml`.
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mkba_core::input::{Distribution, Input};
use mkba_core::lane::Isa;
use mkba_montecarlo::summary::{Counts, Moments, Statistic, Tally, quantiles};
use mkba_montecarlo::{Random, Sampler};
use std::hint::black_box;

const BLOCK: usize = 64;
const DRAWS: usize = 1 << 16;

fn values(count: usize) -> Vec<f64> {
    let input = Input {
        name: "balance".to_owned(),
        distribution: Distribution::Normal { mean: 1.0, sd: 3.0 },
        factor: 1e9,
    };
    let sampler = Sampler::new(&[input], Box::new(Random { seed: 1 }), Isa::detect()).expect("a distribution");
    let mut values = vec![0.0; count];
    for (number, block) in values.chunks_exact_mut(BLOCK).enumerate() {
        sampler.fill((number * BLOCK) as u64, BLOCK, block);
    }
    values
}

fn sampling(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sampling a block of 64");
    group.throughput(Throughput::Elements(BLOCK as u64));
    for distribution in [
        Distribution::Uniform { low: 1.0, high: 2.0 },
        Distribution::Triangular {
            low: 1.0,
            mode: 2.0,
            high: 4.0,
        },
        Distribution::Normal { mean: 1.0, sd: 2.0 },
        Distribution::Lognormal {
            median: 1.0,
            sigma: 0.5,
        },
        Distribution::Beta { a: 4.0, b: 6.0 },
        Distribution::Gamma { shape: 2.5, scale: 1.0 },
    ] {
        let name = distribution.name();
        let input = Input {
            name: name.to_owned(),
            distribution,
            factor: 1.0,
        };
        let sampler = Sampler::new(&[input], Box::new(Random { seed: 1 }), Isa::detect()).expect("a distribution");
        let mut block = vec![0.0; BLOCK];
        let mut first = 0;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                sampler.fill(first, BLOCK, &mut block);
                first += BLOCK as u64;
                black_box(&block);
            });
        });
    }
    group.finish();
}

fn summaries(criterion: &mut Criterion) {
    let values = values(DRAWS);
    let mut group = criterion.benchmark_group("summary of 65536 draws");
    group.throughput(Throughput::Elements(DRAWS as u64));
    group.bench_function("moments", |bencher| bencher.iter(|| Moments::of(black_box(&values))));
    group.bench_function("statistics of chunks", |bencher| {
        bencher.iter(|| {
            black_box(&values)
                .chunks(1024)
                .map(Statistic::of_chunk)
                .fold(Statistic::EMPTY, Statistic::merge)
        });
    });
    let mut memory = values.clone();
    group.bench_function("exact quantiles", |bencher| {
        bencher.iter(|| {
            memory.copy_from_slice(&values);
            quantiles(black_box(&mut memory), &[0.05, 0.5, 0.95])
        });
    });
    let mut tally = Tally::default();
    group.bench_function("counts", |bencher| {
        bencher.iter(|| tally.count([black_box(values.as_slice())]))
    });
    let (counts, more) = (Counts::of(&values), Counts::of(&values[1000..]));
    group.bench_function("merging counts", |bencher| {
        bencher.iter(|| black_box(&counts).merge(&more))
    });
    group.finish();
}

criterion_group!(parts, sampling, summaries);
criterion_main!(parts);
