//! Values and units as written.
use super::*;
use crate::syntax::{ValueExpr, ValueKind, parse_unit, parse_value, print, print_unit, print_value};

fn value(text: &str) -> ValueExpr {
    let mut diagnostics = Diagnostics::default();
    let value = parse_value(text, FileId(0), 0, &units(), &mut diagnostics);
    value.unwrap_or_else(|| panic!("{text}: {:?}", diagnostics.list()))
}

#[test]
fn a_value_is_a_number_with_its_unit() {
    let written = value("40 MEUR/year");
    assert_eq!(written.kind, ValueKind::Number(40.0));
    assert_eq!(written.unit.as_ref().map(print_unit).as_deref(), Some("MEUR/year"));
    assert_eq!(written.span.range(), 0..12);
    assert_eq!(value("-3").kind, ValueKind::Number(-3.0));
    assert_eq!(value("-3").unit, None);
    assert_eq!(value("25 %").unit.as_ref().map(print_unit).as_deref(), Some("%"));
    assert_eq!(
        value("2 1/year").unit.as_ref().map(print_unit).as_deref(),
        Some("1/year")
    );
    assert_eq!(value("5 1").unit.map(|unit| unit.parts.len()), Some(0));
}

#[test]
fn values_of_the_specification_print_as_they_are_written() {
    for text in [
        "triangular(2, 6, 12) year",
        "lognormal(median = 250, sigma = 0.2) MEUR",
        "discrete(1: 30 %, 2: 70 %)",
        "column(planned_space)",
        "triangular(1.6, 2.25, 3) %/year",
        "normal(-1, sd = 1, min = -2, max = 3) %/year",
        "pert(2600, 3400, 4800) EUR@2021/m2",
        "empirical(\"data/rents-2024.csv\", rent) EUR/m2/year",
        "zero_inflated(0.3, triangular(2, 6, 12)) year",
        "metalog(0.05: 10, 0.5: 20, 0.95: 40)",
    ] {
        assert_eq!(print_value(&value(text)), text);
    }
}

#[test]
fn keys_of_a_distribution_are_kept_apart_from_its_values() {
    let ValueKind::Call { arguments, .. } = value("discrete(-1: 30 %, 2: 70 %)").kind else {
        panic!("a call")
    };
    let pairs: Vec<_> = arguments
        .iter()
        .map(|a| (a.key.as_ref().map(print).unwrap_or_default(), print(&a.value)))
        .collect();
    assert_eq!(
        pairs,
        [
            ("-1".to_owned(), "30 %".to_owned()),
            ("2".to_owned(), "70 %".to_owned())
        ]
    );
}

#[test]
fn units_print_as_they_are_written() {
    for text in [
        "1",
        "EUR@2021/m2",
        "%/year",
        "1/year",
        "kg.m2/year^2",
        "EUR/m2/year",
        "unheard_of",
    ] {
        let mut diagnostics = Diagnostics::default();
        let unit = parse_unit(text, FileId(0), 0, &units(), &mut diagnostics).expect("a unit");
        assert_eq!(print_unit(&unit), text);
        assert!(diagnostics.list().is_empty());
    }
}

#[test]
fn the_number_one_is_no_unit() {
    let mut diagnostics = Diagnostics::default();
    let unit = parse_unit(" 1 ", FileId(1), 10, &units(), &mut diagnostics).expect("no unit");
    assert!(unit.parts.is_empty());
    assert_eq!(unit.span.range(), 11..12);
}
