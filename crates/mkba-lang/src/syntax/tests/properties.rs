//! Properties over random texts and trees.
use super::*;
use crate::diagnostic::{render, render_coloured, to_json};
use crate::source::{Sources, Span, Spanned};
use crate::syntax::{
    Argument, ExprKind, Operator, UnitExpr, UnitPart, ValueExpr, ValueKind, parse_unit, parse_value, print, print_value,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const NOWHERE: Span = Span {
    file: FileId(0),
    start: 0,
    end: 0,
};

fn spanned(value: String) -> Spanned<String> {
    Spanned { value, span: NOWHERE }
}

/// The tree with all spans at nowhere.
fn without_spans(part: &Expr) -> Expr {
    let boxed = |part: &Expr| Box::new(without_spans(part));
    let name = |name: &Spanned<String>| spanned(name.value.clone());
    let kind = match &part.kind {
        ExprKind::Number { value, unit } => ExprKind::Number {
            value: *value,
            unit: unit.as_ref().map(unit_without_spans),
        },
        ExprKind::Name {
            name: own,
            member,
            element,
        } => ExprKind::Name {
            name: name(own),
            member: member.as_ref().map(name),
            element: element.as_ref().map(name),
        },
        ExprKind::Negate(inner) => ExprKind::Negate(boxed(inner)),
        ExprKind::Not(inner) => ExprKind::Not(boxed(inner)),
        ExprKind::Binary { operator, left, right } => ExprKind::Binary {
            operator: Spanned {
                value: operator.value,
                span: NOWHERE,
            },
            left: boxed(left),
            right: boxed(right),
        },
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => ExprKind::If {
            condition: boxed(condition),
            then: boxed(then),
            otherwise: boxed(otherwise),
        },
        ExprKind::Call { function, arguments } => ExprKind::Call {
            function: name(function),
            arguments: arguments
                .iter()
                .map(|argument| Argument {
                    name: argument.name.as_ref().map(name),
                    key: argument.key.as_ref().map(without_spans),
                    value: without_spans(&argument.value),
                    over: argument.over.as_ref().map(name),
                    condition: argument.condition.as_ref().map(without_spans),
                })
                .collect(),
        },
    };
    Expr { kind, span: NOWHERE }
}

fn unit_without_spans(unit: &UnitExpr) -> UnitExpr {
    let parts = unit.parts.iter().map(|part| UnitPart {
        span: NOWHERE,
        ..part.clone()
    });
    UnitExpr {
        parts: parts.collect(),
        span: NOWHERE,
    }
}

fn a_name() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{2,5}".prop_filter("neither unit nor keyword", |name| {
        !units().is_unit(name) && !crate::syntax::KEYWORDS.contains(&name.as_str())
    })
}

fn a_unit() -> impl Strategy<Value = UnitExpr> {
    let part = (
        prop_oneof!["EUR", "m2", "year", "%", "kWh"],
        prop_oneof![-3..=-1, 1..=3],
    );
    vec(part, 1..4).prop_map(|parts| UnitExpr {
        parts: parts
            .into_iter()
            .map(|(name, exponent)| UnitPart {
                name,
                exponent,
                price_year: None,
                span: NOWHERE,
            })
            .collect(),
        span: NOWHERE,
    })
}

fn a_tree() -> impl Strategy<Value = Expr> {
    let number = prop_oneof![Just(0.0), Just(1.0), 0.0..1e3, 0.0..1e300];
    let number = (number, option::of(a_unit())).prop_map(|(value, unit)| ExprKind::Number { value, unit });
    let name = (
        a_name(),
        option::of(a_name()),
        option::of("[a-zA-Z0-9][a-z0-9_.-]{0,4}"),
    )
        .prop_map(|(name, member, element)| ExprKind::Name {
            name: spanned(name),
            member: member.map(spanned),
            element: element.map(spanned),
        });
    let leaf = prop_oneof![number, name].prop_map(|kind| Expr { kind, span: NOWHERE });
    leaf.prop_recursive(6, 40, 3, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let operator = (0..Operator::ALL.len()).prop_map(|number| Operator::ALL[number]);
        let ordinary =
            (a_name(), vec((option::of(a_name()), inner.clone()), 0..3)).prop_map(|(function, arguments)| {
                let arguments = arguments
                    .into_iter()
                    .map(|(name, value)| argument(name, value, None, None))
                    .collect();
                call(function, arguments)
            });
        let condition = option::of(inner.clone());
        let aggregation = ("sum|count|least_of", inner.clone(), a_name(), condition).prop_map(
            |(function, value, over, condition)| call(function, vec![argument(None, value, Some(over), condition)]),
        );
        prop_oneof![
            boxed().prop_map(ExprKind::Negate),
            boxed().prop_map(ExprKind::Not),
            (operator, boxed(), boxed()).prop_map(|(operator, left, right)| ExprKind::Binary {
                operator: Spanned {
                    value: operator,
                    span: NOWHERE
                },
                left,
                right
            }),
            (boxed(), boxed(), boxed()).prop_map(|(condition, then, otherwise)| ExprKind::If {
                condition,
                then,
                otherwise
            }),
            ordinary,
            aggregation,
        ]
        .prop_map(|kind| Expr { kind, span: NOWHERE })
    })
}

fn call(function: String, arguments: Vec<Argument>) -> ExprKind {
    ExprKind::Call {
        function: spanned(function),
        arguments,
    }
}

fn argument(name: Option<String>, value: Expr, over: Option<String>, condition: Option<Expr>) -> Argument {
    Argument {
        name: name.map(spanned),
        key: None,
        value,
        over: over.map(spanned),
        condition,
    }
}

/// Values with every kind of argument: by place, by name, with a weight, quoted; signs, percentages, and units with price levels.
fn a_value() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        (-1e3..1e3).prop_map(|number: f64| number.to_string()),
        (-99..99).prop_map(|number: i32| format!("{number} %")),
        Just("1e-7".to_owned()),
        Just("0".to_owned()),
    ];
    let named = ("min|max|sd|median", number.clone()).prop_map(|(name, number)| format!("{name} = {number}"));
    let weighted = (number.clone(), number.clone()).prop_map(|(value, weight)| format!("{value}: {weight}"));
    let quoted = Just("\"data/rents.csv\"".to_owned());
    let argument = prop_oneof![number.clone(), named, weighted, quoted, a_name()];
    let call = ("triangular|discrete|metalog|empirical|column", vec(argument, 1..5))
        .prop_map(|(function, arguments)| format!("{function}({})", arguments.join(", ")));
    let unit = proptest::sample::select(vec![
        "",
        " EUR@2021/m2",
        " MEUR",
        " %",
        " 1/year",
        " EUR.year^2/m2^3",
        " kWh",
    ]);
    let plain = (-1e3..1e3).prop_map(|number: f64| number.to_string());
    (prop_oneof![call, plain], unit).prop_map(|(what, unit)| format!("{what}{unit}"))
}

fn value_without_spans(value: &ValueExpr) -> (ExprKind, Option<UnitExpr>) {
    let kind = match &value.kind {
        ValueKind::Number(number) => ExprKind::Number {
            value: *number,
            unit: None,
        },
        ValueKind::Call { function, arguments } => call(function.value.clone(), arguments.clone()),
    };
    let tree = Expr { kind, span: NOWHERE };
    (without_spans(&tree).kind, value.unit.as_ref().map(unit_without_spans))
}

/// Texts of words that occur in formulas, which get further than random characters.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "if |then |else |and |or |not |over |where ",
        "[-+*/^<>=(),.:@%#]",
        "<=|>=|!=|\\[|\\]|\n|\r\n|\"|'|²|€|é",
        "rent|space|x|sum\\(|max\\(|triangular\\(|column\\(",
        " EUR| year| m2| MEUR|EUR@2021| 1/year",
        "[0-9._e]{1,4} ?",
    ];
    vec(word, 0..25).prop_map(|words| words.concat())
}

/// Parses in every way; spans of all messages must lie in the text and be fit to print.
fn survives(text: &str, offset: usize) {
    let mut sources = Sources::default();
    let file = sources.add("model.toml", format!("{}{text}\n", " ".repeat(offset)));
    let mut diagnostics = Diagnostics::default();
    if let Some(tree) = parse_formula(text, file, offset, &units(), &mut diagnostics) {
        let again = print(&tree);
        assert_eq!(without_spans(&formula(&again)), without_spans(&tree), "{again}");
    }
    if let Some(value) = parse_value(text, file, offset, &units(), &mut diagnostics) {
        let once = print_value(&value);
        let again = parse_value(&once, file, offset, &units(), &mut Diagnostics::default()).expect("the same value");
        assert_eq!(print_value(&again), once);
    }
    let _ = parse_unit(text, file, offset, &units(), &mut diagnostics);
    for label in diagnostics.list().iter().flat_map(|diagnostic| &diagnostic.labels) {
        let range = label.span.range();
        assert!(
            range.start <= range.end && range.end <= offset + text.len(),
            "{range:?}"
        );
        assert!(sources.file(file).text.get(range).is_some(), "splits a character");
    }
    assert!(render(diagnostics.list(), &sources).len() <= render_coloured(diagnostics.list(), &sources).len());
    assert!(to_json(diagnostics.list(), &sources).starts_with('['));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn any_text_is_parsed_or_refused_without_panic(text in any::<String>(), offset in 0usize..9) {
        survives(&text, offset);
    }

    #[test]
    fn any_words_are_parsed_or_refused_and_print_back(text in words(), offset in 0usize..9) {
        survives(&text, offset);
    }

    #[test]
    fn trees_print_to_text_that_parses_to_the_same_tree(tree in a_tree()) {
        let text = print(&tree);
        prop_assert_eq!(without_spans(&formula(&text)), tree, "{}", text);
    }

    #[test]
    fn values_print_to_text_that_parses_to_the_same_value(text in a_value()) {
        let mut diagnostics = Diagnostics::default();
        let mut parsed = |text: &str| parse_value(text, FileId(0), 0, &units(), &mut diagnostics);
        let value = parsed(&text);
        prop_assert!(value.is_some(), "{}", text);
        let value = value.expect("just checked");
        let again = parsed(&print_value(&value)).expect("what was printed can be read");
        prop_assert_eq!(value_without_spans(&again), value_without_spans(&value), "{}", print_value(&value));
    }

    #[test]
    fn parts_of_a_formula_stand_inside_it(tree in a_tree()) {
        let text = print(&tree);
        let tree = formula(&text);
        prop_assert_eq!(tree.span.range(), 0..text.len());
    }
}
