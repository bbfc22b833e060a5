//! What formulas mean: the examples of the specification.
use super::*;
use crate::source::Span;
use crate::syntax::{ExprKind, Operator, UnitExpr, print};

/// A formula with parentheses around every operation.
fn grouped(text: &str) -> String {
    group(&formula(text))
}

fn group(part: &Expr) -> String {
    match &part.kind {
        ExprKind::Negate(inner) => format!("(-{})", group(inner)),
        ExprKind::Not(inner) => format!("(not {})", group(inner)),
        ExprKind::Binary { operator, left, right } => {
            format!("({} {} {})", group(left), operator.value.text(), group(right))
        }
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => format!(
            "(if {} then {} else {})",
            group(condition),
            group(then),
            group(otherwise)
        ),
        _ => print(part),
    }
}

#[test]
fn operators_bind_as_in_mathematics() {
    assert_eq!(grouped("-2^2"), "(-(2 ^ 2))");
    assert_eq!(grouped("2^3^2"), "(2 ^ (3 ^ 2))");
    assert_eq!(grouped("2^-1 * a"), "((2 ^ (-1)) * a)");
    assert_eq!(grouped("a - b - c"), "((a - b) - c)");
    assert_eq!(grouped("a / b * c"), "((a / b) * c)");
    assert_eq!(grouped("-a * b + c"), "(((-a) * b) + c)");
    assert_eq!(grouped("a + b < c * d"), "((a + b) < (c * d))");
    assert_eq!(grouped("not a < b and c or d"), "(((not (a < b)) and c) or d)");
    assert_eq!(grouped("(a + b) * c"), "((a + b) * c)");
}

#[test]
fn else_if_nests_in_the_last_branch() {
    assert_eq!(
        grouped("if a < b then 1 else if c then 2 else 3 + 4"),
        "(if (a < b) then 1 else (if c then 2 else (3 + 4)))"
    );
}

#[test]
fn a_unit_binds_tighter_than_every_operator() {
    assert_eq!(grouped("3 EUR/m2 * space"), "(3 EUR/m2 * space)");
    assert_eq!(grouped("planned_space / 6 year"), "(planned_space / 6 year)");
    assert_eq!(grouped("0.5 1/year * x"), "(0.5 1/year * x)");
    assert_eq!(grouped("25 % * x"), "(25 % * x)");
    assert_eq!(grouped("3 m^2 ^ 2"), "((3 m^2) ^ 2)".replace("(3 m^2)", "3 m^2"));
    assert_eq!(grouped("3 kg.m^2/year^2 - x"), "(3 kg.m^2/year^2 - x)");
}

#[test]
fn a_unit_extends_over_a_slash_only_while_units_follow() {
    assert_eq!(grouped("3 EUR / space"), "(3 EUR / space)");
    assert_eq!(grouped("(3 EUR) / space"), "(3 EUR / space)");
    assert_eq!(grouped("3 EUR/m2/space"), "(3 EUR/m2 / space)");
    assert_eq!(grouped("3 EUR / 2 year"), "(3 EUR / 2 year)");
    assert_eq!(grouped("1 / 3 year"), "(1 / 3 year)");
}

#[test]
fn exponents_after_a_slash_are_negative() {
    let ExprKind::Number { value, unit } = formula("2.5 kg.m2/year^2").kind else {
        panic!("a number")
    };
    let parts = unit.expect("a unit").parts;
    assert_eq!(value, 2.5);
    let parts: Vec<(&str, i32)> = parts.iter().map(|part| (part.name.as_str(), part.exponent)).collect();
    assert_eq!(parts, [("kg", 1), ("m2", 1), ("year", -2)]);
}

#[test]
fn one_without_a_unit_behind_it_is_not_part_of_a_unit() {
    let ExprKind::Number { unit, .. } = formula("3 1/year").kind else {
        panic!("a number")
    };
    let UnitExpr { parts, span } = unit.expect("a unit");
    assert_eq!((parts.len(), span.range()), (1, 2..8));
    assert_eq!(grouped("1 / x"), "(1 / x)");
}

#[test]
fn numbers_may_be_separated_and_have_exponents() {
    for (text, expected) in [
        ("1_000", 1e3),
        ("2.5e6", 2.5e6),
        ("1E-3", 1e-3),
        ("0.25", 0.25),
        ("7e+2", 700.0),
    ] {
        assert_eq!(
            formula(text).kind,
            ExprKind::Number {
                value: expected,
                unit: None
            },
            "{text}"
        );
    }
}

#[test]
fn names_have_members_and_elements() {
    let ExprKind::Name { name, member, element } = formula("grid.granted[delft-2.b]").kind else {
        panic!("a name")
    };
    assert_eq!(name.value, "grid");
    assert_eq!(member.map(|member| member.value).as_deref(), Some("granted"));
    let element = element.expect("an element");
    assert_eq!((element.value.as_str(), element.span.range()), ("delft-2.b", 13..22));
}

#[test]
fn comments_and_line_breaks_are_blanks() {
    let text = "jobs * (1 - deadweight)  # what would have come anyway\n  * output_per_job # EUR\r\n";
    assert_eq!(print(&formula(text)), "jobs * (1 - deadweight) * output_per_job");
}

#[test]
fn aggregations_go_over_an_index_with_a_condition() {
    let ExprKind::Call { function, arguments } = formula("sum(x * y over campus where kind = 2)").kind else {
        panic!("a call")
    };
    assert_eq!(function.value, "sum");
    assert_eq!(
        arguments[0].over.as_ref().map(|over| over.value.as_str()),
        Some("campus")
    );
    assert_eq!(arguments[0].condition.as_ref().map(print).as_deref(), Some("kind = 2"));
    let ExprKind::Call { arguments, .. } = formula("count(kind = 2 over campus)").kind else {
        panic!("a call")
    };
    assert!(arguments[0].name.is_none() && print(&arguments[0].value) == "kind = 2");
}

#[test]
fn arguments_may_be_named_even_over() {
    let ExprKind::Call { arguments, .. } = formula("ramp(from = 2030, over = 5 year)").kind else {
        panic!("a call")
    };
    let names: Vec<&str> = arguments
        .iter()
        .filter_map(|a| Some(a.name.as_ref()?.value.as_str()))
        .collect();
    assert_eq!(names, ["from", "over"]);
    let ExprKind::Call { arguments, .. } = formula("now()").kind else {
        panic!("a call")
    };
    assert!(arguments.is_empty());
}

#[test]
fn spans_are_bytes_of_the_file() {
    let mut diagnostics = Diagnostics::default();
    let text = "rent + (2 EUR/m2 * x)";
    let tree = parse_formula(text, FileId(3), 100, &units(), &mut diagnostics).expect("a formula");
    assert_eq!(tree.span, Span::new(FileId(3), 100..121));
    let ExprKind::Binary { operator, left, right } = tree.kind else {
        panic!("a sum")
    };
    assert_eq!((operator.value, operator.span.range()), (Operator::Add, 105..106));
    assert_eq!((left.span.range(), right.span.range()), (100..104, 107..121));
    let ExprKind::Binary { left, .. } = right.kind else {
        panic!("a product")
    };
    assert_eq!(left.span.range(), 108..116);
}

#[test]
fn formulas_of_the_models_are_understood() {
    for text in [
        "max(0 year, elapsed - building_time - opening_delay)",
        "1 - exp(-operating_time / ramp_up_time)",
        "if elapsed <= round_up(building_time, 1 year) then total_investment / round_up(building_time, 1 year) else 0",
        "lagged(additional_research, research_lag, before = 0 EUR/year)",
        "(target_occupancy * space - opening(let_space)) * filling_speed * (1 + joint_governance * governance_speed)",
        "ratio(occupied, space, if_none = 0)",
        "previous(occupancy, first = 0) > occupancy_threshold",
        "builders.granted * power_per_space",
        "15 MW/year",
    ] {
        assert_eq!(print(&formula(text)), text);
    }
}

#[test]
fn long_formulas_within_the_limit_are_parsed_printed_and_dropped() {
    let sum = vec!["a"; 200].join(" + ");
    assert_eq!(print(&formula(&sum)), sum);
    let brackets = format!("{}a{}", "(".repeat(99), ")".repeat(99));
    assert_eq!(print(&formula(&brackets)), "a");
}
