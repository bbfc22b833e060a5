//! Every message of the parser, as the user sees it.
use super::*;
use crate::diagnostic::render;
use crate::source::Sources;
use crate::syntax::{parse_unit, parse_value};

/// The rendered messages for texts that stand alone in a file.
fn messages(texts: &[&str], parse: impl Fn(&str, FileId, &mut Diagnostics) -> bool) -> String {
    let mut rendered = String::new();
    for text in texts {
        let mut sources = Sources::default();
        let file = sources.add("model.toml", format!("x = '{text}'\n"));
        let mut diagnostics = Diagnostics::default();
        assert!(!parse(text, file, &mut diagnostics), "{text} is accepted");
        assert_eq!(diagnostics.list().len(), 1, "{text}");
        assert!(diagnostics.list()[0].help.is_some(), "{text}");
        rendered.push_str(&render(diagnostics.list(), &sources));
        rendered.push('\n');
    }
    rendered
}

#[test]
fn faults_of_formulas_are_explained() {
    let texts = [
        "",
        "  # only a comment",
        "rent *",
        "* rent",
        "rent space",
        "rent, space",
        "+2",
        "0,5 * rent",
        "1. + 2",
        "1__0",
        "1e999",
        "rent × space",
        "a == b",
        "!open",
        "12 $",
        "(rent + 1",
        "rent)",
        "min(a, b",
        "min(a, )",
        "x[delft",
        "x[]",
        "grid.",
        "a < b < c",
        "a = b != c",
        "0.5 / year",
        "rent / m2",
        "year * 3",
        "rent * %",
        "rent % 2",
        "3\nyear",
        "3 yaer",
        "3 EURO/m2",
        "3 space",
        "3 Rent",
        "if a then b",
        "if a b else c",
        "a then b",
        "rent * if open then 1 else 0",
        "1 + not open",
        "3 EUR@2021/m2 * space",
        "3 EUR@21",
        "3 m^0",
        "FloorSpace",
        "_x",
        "MEuro",
        "max(rent over campus)",
        "rent over campus",
        "sum(rent where open)",
        "sum(rent over 3)",
        "\"text\"",
        "\"text",
    ];
    insta::assert_snapshot!(messages(&texts, |text, file, diagnostics| {
        parse_formula(text, file, 5, &units(), diagnostics).is_some()
    }));
}

#[test]
fn faults_of_values_are_explained() {
    let texts = [
        "",
        "MEUR",
        "rent",
        "2 * 40 MEUR",
        "40 MEUR * 2",
        "40 MEUR / 2",
        "triangular(2 year, 6 year, 12 year)",
        "triangular(2, 6 + 1, 12)",
        "triangular(2, 6, 12",
        "triangular(2, 6, ) year",
        "triangular(2, 6, 12) year 3",
        "normal(- x, sd = 1)",
        "Normal(1, sd = 1)",
        "empirical(\"rents.csv, rent)",
        "3 EUR@next/m2",
    ];
    insta::assert_snapshot!(messages(&texts, |text, file, diagnostics| {
        parse_value(text, file, 5, &units(), diagnostics).is_some()
    }));
}

#[test]
fn faults_of_units_are_explained() {
    let texts = [
        "",
        "2",
        "EUR/",
        "/year",
        "EUR/(m2.year)",
        "kg*m",
        "m^1.5",
        "m^100",
        "EUR year",
        "EUR@21",
    ];
    insta::assert_snapshot!(messages(&texts, |text, file, diagnostics| {
        parse_unit(text, file, 5, &units(), diagnostics).is_some()
    }));
}

#[test]
fn nesting_beyond_the_limit_is_refused_in_the_stack_of_any_thread() {
    let chain = "if a or b and c = d + e * -f ^ (";
    for text in [
        "(".repeat(100_000),
        "-".repeat(100_000),
        "not ".repeat(100_000),
        "2^".repeat(100_000),
        "f(".repeat(100_000),
        "sum(x over c where ".repeat(10_000),
        "if a then b else ".repeat(10_000),
        "a or b and not c = d + e * -f ^ (".repeat(10_000),
        chain.repeat(10_000),
        vec!["a"; 100_000].join(" + "),
        vec!["a"; 201].join(" * "),
    ] {
        let mut diagnostics = Diagnostics::default();
        assert!(parse_formula(&text, FileId(0), 0, &units(), &mut diagnostics).is_none());
        assert_eq!(diagnostics.list()[0].code, "E0108", "{}", &text[..40]);
    }
    let mut diagnostics = Diagnostics::default();
    let distributions = "mixture(1: ".repeat(100_000);
    assert!(parse_value(&distributions, FileId(0), 0, &units(), &mut diagnostics).is_none());
    assert_eq!(diagnostics.list()[0].code, "E0108");
}
