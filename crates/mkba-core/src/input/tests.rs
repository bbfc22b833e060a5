use super::*;

fn truncated(of: Distribution, min: f64, max: f64) -> Distribution {
    Distribution::Truncated {
        of: Box::new(of),
        min,
        max,
    }
}

#[test]
fn impossible_parameters_are_refused_with_a_sentence() {
    let cases = [
        (Distribution::Uniform { low: 2.0, high: 2.0 }, "low < high"),
        (
            Distribution::Uniform {
                low: 0.0,
                high: f64::INFINITY,
            },
            "finite",
        ),
        (
            Distribution::Triangular {
                low: 1.0,
                mode: 0.5,
                high: 2.0,
            },
            "low <= mode <= high",
        ),
        (
            Distribution::Pert {
                low: 1.0,
                mode: 3.0,
                high: 2.0,
            },
            "low <= mode <= high",
        ),
        (
            Distribution::Pert {
                low: 1.0,
                mode: 1.0,
                high: 1.0,
            },
            "low < high",
        ),
        (
            Distribution::Normal {
                mean: f64::NAN,
                sd: 1.0,
            },
            "finite",
        ),
        (Distribution::Normal { mean: 0.0, sd: 0.0 }, "positive `sd`"),
        (
            Distribution::Lognormal {
                median: -1.0,
                sigma: 0.2,
            },
            "positive `median`",
        ),
        (
            Distribution::Lognormal {
                median: 1.0,
                sigma: f64::NAN,
            },
            "positive `sigma`",
        ),
        (Distribution::Beta { a: 0.0, b: 1.0 }, "`a` between"),
        (Distribution::Gamma { shape: 1e9, scale: 1.0 }, "`shape` between"),
        (
            Distribution::Student {
                df: 0.1,
                centre: 0.0,
                scale: 1.0,
            },
            "`df` between",
        ),
        (
            Distribution::Weibull {
                shape: 1.0,
                scale: -1.0,
            },
            "positive `scale`",
        ),
        (
            Distribution::Discrete {
                values: vec![],
                probabilities: vec![],
            },
            "at least one value",
        ),
        (
            Distribution::Discrete {
                values: vec![1.0, 2.0],
                probabilities: vec![0.4, 0.5],
            },
            "sum to 1",
        ),
        (
            Distribution::Discrete {
                values: vec![2.0, 1.0],
                probabilities: vec![0.5, 0.5],
            },
            "ascending",
        ),
        (
            Distribution::Discrete {
                values: vec![1.0, 2.0],
                probabilities: vec![1.5, -0.5],
            },
            "above 0",
        ),
        (Distribution::Empirical { values: vec![] }, "at least one"),
        (Distribution::Empirical { values: vec![2.0, 1.0] }, "ascending"),
        (
            Distribution::Metalog {
                probabilities: vec![0.5],
                values: vec![1.0],
            },
            "2 to 10 pairs",
        ),
        (
            truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, 2.0, 1.0),
            "min < max",
        ),
        (
            truncated(Distribution::Beta { a: 2.0, b: 2.0 }, 1.5, 2.0),
            "leaves nothing",
        ),
        (
            truncated(Distribution::Empirical { values: vec![1.0, 5.0] }, 2.0, 3.0),
            "leaves nothing",
        ),
        (
            truncated(Distribution::Normal { mean: 0.0, sd: -1.0 }, 0.0, 1.0),
            "positive `sd`",
        ),
    ];
    for (distribution, expected) in cases {
        let message = distribution.validate().expect_err("must be refused");
        assert!(message.contains(expected), "`{message}` does not contain `{expected}`");
    }
}

#[test]
fn possible_parameters_are_accepted() {
    let accepted = [
        Distribution::Triangular {
            low: 0.0,
            mode: 0.0,
            high: 4.0,
        },
        Distribution::Pert {
            low: 0.0,
            mode: 4.0,
            high: 4.0,
        },
        Distribution::Discrete {
            values: vec![1.0, 2.0, 3.0],
            probabilities: vec![0.1, 0.2, 0.7],
        },
        Distribution::Empirical {
            values: vec![1.0, 1.0, 2.0],
        },
        truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, 0.0, f64::INFINITY),
        truncated(truncated(Distribution::Beta { a: 2.0, b: 2.0 }, 0.1, 0.9), 0.2, 5.0),
    ];
    for distribution in accepted {
        assert_eq!(distribution.validate(), Ok(()), "{distribution:?}");
    }
}

#[test]
fn supports_are_known_and_cuts_narrow_them() {
    let infinite = f64::INFINITY;
    assert_eq!(
        Distribution::Pert {
            low: 1.0,
            mode: 2.0,
            high: 5.0
        }
        .support(),
        (1.0, 5.0)
    );
    assert_eq!(
        Distribution::Normal { mean: 0.0, sd: 1.0 }.support(),
        (-infinite, infinite)
    );
    assert_eq!(
        Distribution::Weibull { shape: 2.0, scale: 3.0 }.support(),
        (0.0, infinite)
    );
    assert_eq!(
        truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, -1.0, infinite).support(),
        (-1.0, infinite)
    );
    let nested = truncated(truncated(Distribution::Beta { a: 2.0, b: 2.0 }, 0.1, 0.9), 0.2, 5.0);
    assert_eq!(nested.support(), (0.2, 0.9));
    assert_eq!(
        truncated(
            Distribution::Empirical {
                values: vec![1.0, 2.0, 3.0, 9.0]
            },
            1.5,
            4.0
        )
        .support(),
        (2.0, 3.0)
    );
}

/// Means of `scipy.stats` 1.17.1 for the same parameters, and textbook ones.
#[test]
fn means_agree_with_published_values() {
    let cases = [
        (Distribution::Uniform { low: -2.0, high: 5.0 }, 1.5),
        (
            Distribution::Triangular {
                low: 2.0,
                mode: 3.0,
                high: 10.0,
            },
            5.0,
        ),
        (
            Distribution::Pert {
                low: 2.0,
                mode: 3.0,
                high: 10.0,
            },
            4.0,
        ),
        (
            Distribution::Lognormal {
                median: 1.2_f64.exp(),
                sigma: 0.5,
            },
            3.762_185_354_999_91,
        ),
        (Distribution::Beta { a: 2.5, b: 4.0 }, 0.384_615_384_615_384_64),
        (Distribution::Gamma { shape: 2.3, scale: 1.7 }, 3.91),
        (
            Distribution::Weibull {
                shape: 1.5,
                scale: 20.0,
            },
            18.054_905_859_018_67,
        ),
        (
            Distribution::Student {
                df: 5.0,
                centre: 0.25,
                scale: 1.0,
            },
            0.25,
        ),
        (
            Distribution::Discrete {
                values: vec![1.0, 2.0, 10.0],
                probabilities: vec![0.2, 0.7, 0.1],
            },
            2.6,
        ),
        (
            Distribution::Empirical {
                values: vec![1.0, 2.0, 6.0],
            },
            3.0,
        ),
        (truncated(Distribution::Uniform { low: 0.0, high: 10.0 }, 2.0, 4.0), 3.0),
    ];
    for (distribution, expected) in cases {
        let mean = distribution.mean().expect("closed form");
        assert!(
            (mean / expected - 1.0).abs() < 1e-12,
            "{distribution:?}: {mean}, expected {expected}"
        );
    }
    assert_eq!(
        Distribution::Student {
            df: 1.0,
            centre: 0.0,
            scale: 1.0
        }
        .mean(),
        None
    );
    assert_eq!(
        truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, 0.0, 1.0).mean(),
        None
    );
}

#[test]
fn the_central_value_is_the_mode_of_expert_distributions_and_the_median_of_others() {
    assert_eq!(
        Distribution::Triangular {
            low: 0.0,
            mode: 1.0,
            high: 9.0
        }
        .central(),
        Some(1.0)
    );
    assert_eq!(
        Distribution::Pert {
            low: 0.0,
            mode: 1.0,
            high: 9.0
        }
        .central(),
        Some(1.0)
    );
    assert_eq!(
        Distribution::Lognormal {
            median: 7.0,
            sigma: 1.0
        }
        .central(),
        Some(7.0)
    );
    assert_eq!(
        Distribution::Empirical {
            values: vec![1.0, 2.0, 6.0]
        }
        .central(),
        Some(2.0)
    );
    let discrete = Distribution::Discrete {
        values: vec![1.0, 2.0, 10.0],
        probabilities: vec![0.5, 0.3, 0.2],
    };
    assert_eq!(discrete.central(), Some(1.0));
    let weibull = Distribution::Weibull {
        shape: 1.5,
        scale: 20.0,
    }
    .central()
    .expect("closed form");
    assert!((weibull / 15.664_395_375_493_026 - 1.0).abs() < 1e-14);
    let cut = truncated(
        Distribution::Pert {
            low: 0.0,
            mode: 1.0,
            high: 9.0,
        },
        2.0,
        5.0,
    );
    assert_eq!(cut.central(), Some(2.0));
    assert_eq!(Distribution::Gamma { shape: 2.0, scale: 1.0 }.central(), None);
}
