//! One fault in a number, its code and its place.
use super::Outcome;

fn value(text: &str) -> Outcome {
    Outcome::small(&format!("[parameter.x]\nassumption = 'a'\nvalue = '{text}'\n"))
}

#[test]
fn a_number_from_nowhere_is_refused() {
    let outcome = Outcome::small("[parameter.x]\nvalue = '3 year'\n");
    assert_eq!(
        outcome.only("E0020", &["x"]).message,
        "`[parameter.x]` requires `source` or `assumption`"
    );
    Outcome::small("[parameter.x]\nvalue = '3 year'\nsource = ' '\n").only("E0020", &["x"]);
    Outcome::small("[series.s]\nunit = '1'\npoints = { 2030 = 1 }\n").only("E0020", &["s"]);
}

#[test]
fn impossible_numbers_are_named() {
    for (text, places) in [
        ("uniform(3, 1)", vec!["3", "1"]),
        ("uniform(2, 2)", vec!["2", "2"]),
        ("triangular(6, 2, 12) year", vec!["6", "2"]),
        ("triangular(2, 14, 12) year", vec!["14", "12"]),
        ("pert(2, 2, 2)", vec!["2", "2"]),
        ("normal(5, sd = 0)", vec!["0"]),
        ("normal(5, sd = -1)", vec!["-1"]),
        ("lognormal(median = -2, sigma = 1)", vec!["-2"]),
        ("lognormal(median = 2, sigma = 0)", vec!["0"]),
        ("lognormal(mean = 0, sd = 1)", vec!["0"]),
        ("lognormal(p05 = 3, p95 = 2)", vec!["3", "2"]),
        ("beta(0, 1)", vec!["0"]),
        ("gamma(shape = 1, scale = 0)", vec!["0"]),
        ("student(df = 0, centre = 1, scale = 1)", vec!["0"]),
        ("weibull(shape = -1, scale = 1)", vec!["-1"]),
        ("discrete(1: 30 %, 2: 60 %)", vec!["discrete"]),
        ("discrete(1: 130 %, 2: -30 %)", vec!["130 %"]),
        ("discrete(1: 50 %, 1: 50 %)", vec!["1"]),
        ("metalog(5 %: 1, 50 %: 3, 40 %: 5)", vec!["40 %"]),
        ("metalog(5 %: 1, 50 %: 3, 95 %: 2)", vec!["2"]),
        ("metalog(0: 1, 50 %: 3)", vec!["0"]),
        ("metalog(50 %: 3)", vec!["metalog"]),
        ("normal(0, sd = 1, min = 2, max = 1)", vec!["2"]),
        ("uniform(0, 1, min = 1)", vec!["1"]),
        ("lognormal(median = 1, sigma = 1, max = 0)", vec!["0"]),
    ] {
        value(text).only("E0022", &places);
    }
}

#[test]
fn a_number_outside_its_plausible_range_is_named() {
    let bounds = "[parameter.x]\nassumption = 'a'\nvalue = '3 year'\nmin = 4\n";
    Outcome::small(bounds).only("E0022", &["3 year", "min"]);
    let bounds = "[parameter.x]\nassumption = 'a'\nvalue = 3\nmin = 4\nmax = 2\n";
    Outcome::small(bounds).only("E0022", &["min", "max"]);
}

#[test]
fn numbers_whose_order_is_not_obvious_are_named() {
    for (text, place) in [
        ("normal(5, 1)", "1"),
        ("gamma(2, 3)", "2"),
        ("uniform(1, 2, 3)", "3"),
        ("normal(5)", "normal"),
        ("normal(5, sigma = 1)", "sigma"),
        ("normal(5, sd = 1, sd = 2)", "sd"),
        ("lognormal(median = 1, p95 = 3)", "lognormal"),
        ("lognormal(median = 1)", "lognormal"),
        ("trianglar(1, 2, 3)", "trianglar"),
        ("cauchy(1, 2)", "cauchy"),
        ("uniform(low, 3)", "low"),
        ("discrete(1, 2)", "1"),
        ("empirical(rents)", "empirical"),
        ("column(jobs)", "column(jobs)"),
        ("column(1)", "1"),
        ("column(a, b)", "column(a, b)"),
    ] {
        let outcome = value(text);
        let shown = outcome.shown();
        assert_eq!((shown[0].0, shown[0].1.as_str()), ("E0023", place), "{text}");
    }
    let fault = value("normal(5, 1)");
    assert_eq!(
        fault.diagnostics.list()[0].help.as_deref(),
        Some("write `normal(mean, sd = …)` or `normal(p05 = …, p95 = …)`")
    );
    let fault = value("trianglar(1, 2, 3)");
    assert_eq!(
        fault.diagnostics.list()[0].help.as_deref(),
        Some("did you mean `triangular`?")
    );
}

#[test]
fn a_path_has_years_one_unit_and_rules_of_running() {
    let series = |keys: &str| Outcome::small(&format!("[series.s]\nassumption = 'a'\nunit = 'EUR/t'\n{keys}"));
    series("points = { 2030 = 1, soon = 2 }\nbetween = 'linear'\n").only("E0024", &["soon"]);
    series("points = { 2030 = 'uniform(1, 2)' }\n").only("E0024", &["uniform(1, 2)"]);
    series("points = { 2030 = '1 EUR/kg' }\n").only("E0024", &["EUR/kg", "EUR/t"]);
    let levels = "points = { 2030 = '1 EUR@2013/t', 2050 = '2 EUR@2015/t' }\nbetween = 'linear'\n";
    series(levels).only("E0024", &["EUR@2015/t", "EUR@2013/t"]);
    series("points = {}\n").only("E0024", &["{}"]);
    series("points = { 2030 = 1 }\nafter = 'growth'\n").only("E0024", &["after"]);
    series("points = { 2030 = 0, 2050 = 3 }\nbetween = 'growth'\n").only("E0024", &["0"]);
    series("points = { 2030 = 1, 2050 = 3 }\n").only("E0012", &["s"]);
    series("").only("E0012", &["s"]);
}

#[test]
fn an_unknown_deflator_is_named() {
    let text = "[parameter.x]\nassumption = 'a'\nvalue = '3 EUR@2021'\ndeflator = 'cpi'\n";
    Outcome::small(text).only("E0224", &["cpi"]);
}
