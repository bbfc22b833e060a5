//! Values as written become the right numbers.
use super::{Outcome, small};
use crate::declarations::{Between, Quantity};
use mkba_core::input::Distribution;

fn distribution(text: &str) -> Distribution {
    let found = Outcome::small(&format!("[parameter.x]\nassumption = 'a'\nvalue = '{text}'\n")).right();
    match found.parameters[0].value.quantity.clone() {
        Quantity::Uncertain(distribution) => distribution,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_distribution_is_read_with_its_numbers() {
    let cases = [
        ("uniform(1, 3)", Distribution::Uniform { low: 1.0, high: 3.0 }),
        (
            "uniform(high = 3, low = -1)",
            Distribution::Uniform { low: -1.0, high: 3.0 },
        ),
        (
            "triangular(2, 6, 12) year",
            Distribution::Triangular {
                low: 2.0,
                mode: 6.0,
                high: 12.0,
            },
        ),
        (
            "pert(0, 0, 1)",
            Distribution::Pert {
                low: 0.0,
                mode: 0.0,
                high: 1.0,
            },
        ),
        (
            "normal(1, sd = 0.5) %/year",
            Distribution::Normal { mean: 1.0, sd: 0.5 },
        ),
        (
            "normal(mean = 1, sd = 0.5)",
            Distribution::Normal { mean: 1.0, sd: 0.5 },
        ),
        (
            "lognormal(median = 250, sigma = 0.2) MEUR",
            Distribution::Lognormal {
                median: 250.0,
                sigma: 0.2,
            },
        ),
        ("beta(4, 6)", Distribution::Beta { a: 4.0, b: 6.0 }),
        (
            "gamma(shape = 2, scale = 3)",
            Distribution::Gamma { shape: 2.0, scale: 3.0 },
        ),
        (
            "student(df = 4, centre = 1, scale = 2)",
            Distribution::Student {
                df: 4.0,
                centre: 1.0,
                scale: 2.0,
            },
        ),
        (
            "weibull(shape = 2, scale = 3)",
            Distribution::Weibull { shape: 2.0, scale: 3.0 },
        ),
        (
            "discrete(2: 70 %, 1: 30 %, 5: 0)",
            Distribution::Discrete {
                values: vec![1.0, 2.0],
                probabilities: vec![0.3, 0.7],
            },
        ),
        (
            "metalog(5 %: 1, 50 %: 3, 95 %: 9)",
            Distribution::Metalog {
                probabilities: vec![0.05, 0.5, 0.95],
                values: vec![1.0, 3.0, 9.0],
            },
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(distribution(text), wanted, "{text}");
    }
}

#[test]
fn percent_signs_inside_a_distribution_are_applied() {
    assert_eq!(
        distribution("uniform(10 %, 30 %)"),
        Distribution::Uniform { low: 0.1, high: 0.3 }
    );
}

#[test]
fn truncation_is_open_where_it_is_not_stated() {
    let Distribution::Truncated { of, min, max } = distribution("normal(1, sd = 2, min = 0)") else {
        panic!("truncated");
    };
    assert_eq!(
        (*of, min, max),
        (Distribution::Normal { mean: 1.0, sd: 2.0 }, 0.0, f64::INFINITY)
    );
    assert!(matches!(
        distribution("discrete(1: 50 %, 2: 50 %, max = 1.5)"),
        Distribution::Truncated {
            min: f64::NEG_INFINITY,
            max: 1.5,
            ..
        }
    ));
}

#[test]
fn a_lognormal_by_mean_has_that_mean_and_standard_deviation() {
    let Distribution::Lognormal { median, sigma } = distribution("lognormal(mean = 10, sd = 4)") else {
        panic!("lognormal");
    };
    let mean = median * (sigma * sigma / 2.0).exp();
    let deviation = mean * ((sigma * sigma).exp() - 1.0).sqrt();
    assert!((mean - 10.0).abs() < 1e-12 && (deviation - 4.0).abs() < 1e-12);
}

#[test]
fn a_lognormal_by_quantiles_has_those_quantiles() {
    let Distribution::Lognormal { median, sigma } = distribution("lognormal(p05 = 2, p95 = 50)") else {
        panic!("lognormal");
    };
    // 0.95 quantile of the standard normal distribution, from any table.
    let z = 1.644_853_626_951_472_7;
    assert!((median * (-z * sigma).exp() - 2.0).abs() < 1e-12);
    assert!((median * (z * sigma).exp() - 50.0).abs() < 1e-11);
}

#[test]
fn observations_come_from_a_file_in_ascending_order() {
    let text = "[parameter.x]\nassumption = 'a'\nvalue = 'empirical(\"data/rents.csv\", rent) EUR/m'\n";
    let files = small(text).with("models/small/data/rents.csv", "rent,place\n30,a\n10,b\n20,c\n");
    let found = Outcome::model(&files, "models/small").right();
    let Quantity::Uncertain(Distribution::Empirical { values }) = &found.parameters[0].value.quantity else {
        panic!("empirical");
    };
    assert_eq!(values, &[10.0, 20.0, 30.0]);
    assert_eq!(found.parameters[0].value.unit.parts.len(), 2);
}

#[test]
fn a_bare_number_has_no_unit_and_keeps_its_sign() {
    let found = Outcome::small("[parameter.x]\nassumption = 'a'\nvalue = -2.5\n").right();
    assert!(matches!(found.parameters[0].value.quantity, Quantity::Fixed(number) if number == -2.5));
    assert!(found.parameters[0].value.unit.parts.is_empty());
}

#[test]
fn a_price_level_stays_in_the_unit() {
    let text = "[deflator.cpi]\nfrom = 'cpi.csv'\nsource = 's'\n[parameter.x]\nassumption = 'a'\nvalue = 'pert(2600, 3400, 4800) EUR@2021/m'\ndeflator = 'cpi'\nbasis = 'factor'\nplaceholder = true\n";
    let files = small(text).with("models/small/cpi.csv", "year,index\n2021,100\n2025,120\n");
    let found = Outcome::model(&files, "models/small").right();
    let value = &found.parameters[0].value;
    assert_eq!(value.unit.parts[0].price_year, Some(2021));
    assert_eq!(value.deflator.as_ref().map(|name| name.value.as_str()), Some("cpi"));
    assert!(value.factor_prices && value.provenance.placeholder);
    assert_eq!(found.deflators[0].index[&2025], 120.0);
}

#[test]
fn a_series_runs_as_it_says() {
    let text = "[series.price]\nassumption = 'a'\nunit = 'EUR/t'\npoints = { 2050 = 40, 2030 = '20 EUR@2013/t' }\nbetween = 'growth'\nafter = 'growth'\n";
    let outcome = Outcome::small(text);
    outcome.only("E0024", &["EUR@2013/t", "EUR/t"]);
    let found = Outcome::small(&text.replace("'20 EUR@2013/t'", "20")).right();
    let points = &found.series[0].points;
    assert_eq!(points.points, [(2030, 20.0), (2050, 40.0)]);
    assert_eq!((points.between, points.after), (Between::Growth, Between::Growth));
    let levels = text.replace("40", "'40 EUR@2013/t'");
    let found = Outcome::small(&levels).right();
    assert_eq!(found.series[0].points.unit.parts[0].price_year, Some(2013));
}

#[test]
fn a_series_may_come_from_a_file() {
    let text = "[series.price]\nassumption = 'a'\nunit = 'EUR/t'\nfrom = 'price.csv'\nbetween = 'linear'\n";
    let files = small(text).with("models/small/price.csv", "year,value\n2050,40\n2030,20\n");
    let found = Outcome::model(&files, "models/small").right();
    assert_eq!(found.series[0].points.points, [(2030, 20.0), (2050, 40.0)]);
}

#[test]
fn a_review_date_is_a_day_or_the_last_day_of_a_year() {
    let review = |text: &str| {
        let model = Outcome::small(&format!("[parameter.x]\nassumption = 'a'\nvalue = 3\n{text}\n")).right();
        model.parameters[0].value.provenance.review.map(|date| date.to_string())
    };
    assert_eq!(review("review = 2027-06-30").as_deref(), Some("2027-06-30"));
    assert_eq!(review("review = 2027").as_deref(), Some("2027-12-31"));
    assert_eq!(review(""), None);
    let defaults = "[defaults.parameter]\nassumption = 'a'\nreview = 2030\n[parameter]\nx.value = 3\ny = { value = 4, review = 2031 }\n";
    let model = Outcome::small(defaults).right();
    let years: Vec<_> = model
        .parameters
        .iter()
        .filter_map(|it| it.value.provenance.review)
        .collect();
    assert_eq!(
        years.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2030-12-31", "2031-12-31"]
    );
}

#[test]
fn a_time_or_text_is_no_review_date() {
    for (text, place) in [
        ("'next year'", "'next year'"),
        ("'2027-06-30'", "'2027-06-30'"),
        ("2027-06-30T12:00:00", "2027-06-30T12:00:00"),
        ("12:00:00", "12:00:00"),
        ("20270630", "20270630"),
        ("true", "true"),
    ] {
        let model = Outcome::small(&format!(
            "[parameter.x]\nassumption = 'a'\nvalue = 3\nreview = {text}\n"
        ));
        model.only("E0013", &[place]);
    }
}

#[test]
fn distributions_inside_distributions_and_from_quantiles_are_read() {
    let certain = Distribution::Discrete {
        values: vec![0.0],
        probabilities: vec![1.0],
    };
    let uniform = Distribution::Uniform { low: 1.0, high: 2.0 };
    assert_eq!(
        distribution("zero_inflated(25 %, uniform(1, 2))"),
        Distribution::Mixture {
            weights: vec![0.25, 0.75],
            parts: vec![certain, uniform.clone()],
        }
    );
    assert_eq!(
        distribution("pool(uniform(1, 2), exponential(3))"),
        Distribution::Mixture {
            weights: vec![0.5, 0.5],
            parts: vec![uniform, Distribution::Weibull { shape: 1.0, scale: 3.0 }],
        }
    );
    assert!(matches!(
        distribution("lognormal(p05 = 1, p50 = 2, p95 = 9)"),
        Distribution::Scaled { factor: 1.0, .. }
    ));
    assert!(matches!(
        distribution("beta(p05 = 10 %, p95 = 40 %)"),
        Distribution::Beta { .. }
    ));
    assert!(matches!(
        distribution("pert(0, 1, 5, weight = 2)"),
        Distribution::Scaled { .. }
    ));
    assert!(matches!(
        distribution("mixture(0.3: normal(1, sd = 2), 0.7: 4, max = 9)"),
        Distribution::Truncated { .. }
    ));
}
