//! Trees back to text, with as few parentheses as the grammar allows.
use super::parser::AGGREGATIONS;
use super::tree::{Argument, Expr, ExprKind, Operator, UnitExpr, ValueExpr, ValueKind};

/// How tightly an operand must bind to need no parentheses: an atom.
const ATOM: u8 = 9;
/// A signed operand.
const UNARY: u8 = 7;
/// A comparison, the operand of `not`.
const COMPARISON: u8 = 4;

/// A formula as text; parsing it again gives the same tree, spans apart.
#[must_use]
pub fn print(formula: &Expr) -> String {
    let mut text = String::new();
    write(formula, 0, &mut text);
    text
}

/// A unit as text; `1` when it has no parts.
#[must_use]
pub fn print_unit(unit: &UnitExpr) -> String {
    let mut text = String::new();
    for (number, part) in unit.parts.iter().enumerate() {
        // Parts after `/` carry their sign in the exponent, so a negative exponent is written with `/`.
        text.push_str(match (number, part.exponent < 0) {
            (0, false) => "",
            (0, true) => "1/",
            (_, true) => "/",
            (_, false) => ".",
        });
        text.push_str(&part.name);
        if let Some(year) = part.price_year {
            text.push_str(&format!("@{year}"));
        }
        if part.exponent.unsigned_abs() != 1 {
            text.push_str(&format!("^{}", part.exponent.unsigned_abs()));
        }
    }
    if text.is_empty() { "1".to_owned() } else { text }
}

/// A value as text.
#[must_use]
pub fn print_value(value: &ValueExpr) -> String {
    let mut text = String::new();
    match &value.kind {
        ValueKind::Number(number) => text.push_str(&number.to_string()),
        ValueKind::Call { function, arguments } => write_call(&function.value, arguments, &mut text),
    }
    if let Some(unit) = &value.unit {
        text.push(' ');
        text.push_str(&print_unit(unit));
    }
    text
}

/// Writes a part, in parentheses if it binds less tightly than `least`.
fn write(part: &Expr, least: u8, text: &mut String) {
    let bracket = strength(part) < least;
    if bracket {
        text.push('(');
    }
    match &part.kind {
        ExprKind::Number { value, unit } => {
            text.push_str(&value.to_string());
            if let Some(unit) = unit {
                text.push(' ');
                text.push_str(&print_unit(unit));
            }
        }
        ExprKind::Name { name, member, element } => {
            write_name(&name.value, text);
            if let Some(member) = member {
                text.push('.');
                text.push_str(&member.value);
            }
            if let Some(element) = element {
                text.push_str(&format!("[{}]", element.value));
            }
        }
        ExprKind::Negate(inner) => {
            text.push('-');
            write(inner, UNARY, text);
        }
        ExprKind::Not(inner) => {
            text.push_str("not ");
            let least = if matches!(inner.kind, ExprKind::Not(_)) {
                COMPARISON - 1
            } else {
                COMPARISON
            };
            write(inner, least, text);
        }
        ExprKind::Binary { operator, left, right } => write_binary(operator.value, left, right, text),
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => {
            for (word, part) in [("if ", condition), (" then ", then), (" else ", otherwise)] {
                text.push_str(word);
                write(part, 0, text);
            }
        }
        ExprKind::Call { function, arguments } => write_call(&function.value, arguments, text),
    }
    if bracket {
        text.push(')');
    }
}

fn write_binary(operator: Operator, left: &Expr, right: &Expr, text: &mut String) {
    let own = operator.strength();
    let (before, after) = match operator {
        Operator::Power => (ATOM, UNARY),
        _ if own == COMPARISON => (own + 1, own + 1),
        _ => (own, own + 1),
    };
    // A unit would swallow an exponent, or a `/` before something that reads as a unit.
    let has_unit = matches!(left.kind, ExprKind::Number { unit: Some(_), .. });
    let before = if operator == Operator::Power && has_unit {
        u8::MAX
    } else {
        before
    };
    write(left, before, text);
    text.push_str(&format!(" {} ", operator.text()));
    write(right, after, text);
}

fn write_call(function: &str, arguments: &[Argument], text: &mut String) {
    let aggregates = AGGREGATIONS.contains(&function);
    text.push_str(function);
    text.push('(');
    for (number, argument) in arguments.iter().enumerate() {
        if number > 0 {
            text.push_str(", ");
        }
        if let Some(name) = &argument.name {
            text.push_str(&format!("{} = ", name.value));
        }
        if let Some(key) = &argument.key {
            write(key, 0, text);
            text.push_str(": ");
        }
        let reads_as_named = !aggregates && argument.name.is_none() && begins_with_named(&argument.value);
        write(&argument.value, if reads_as_named { u8::MAX } else { 0 }, text);
        if let Some(over) = &argument.over {
            text.push_str(&format!(" over {}", over.value));
        }
        if let Some(condition) = &argument.condition {
            text.push_str(" where ");
            write(condition, 0, text);
        }
    }
    text.push(')');
}

/// Whether an argument would be read as `name = formula`: its first words are a plain name and `=`.
fn begins_with_named(value: &Expr) -> bool {
    let mut part = value;
    while let ExprKind::Binary { operator, left, .. } = &part.kind {
        let plain = matches!(
            &left.kind,
            ExprKind::Name {
                member: None,
                element: None,
                ..
            }
        );
        if operator.value == Operator::Equal && plain {
            return true;
        }
        part = left;
    }
    false
}

/// Quoted text of a value is kept as a name with characters that no name has.
fn write_name(name: &str, text: &mut String) {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if plain && !name.is_empty() {
        text.push_str(name);
    } else {
        let quote = if name.contains('"') { '\'' } else { '"' };
        text.push_str(&format!("{quote}{name}{quote}"));
    }
}

fn strength(part: &Expr) -> u8 {
    match &part.kind {
        ExprKind::If { .. } => 0,
        ExprKind::Not(_) => COMPARISON - 1,
        ExprKind::Binary { operator, .. } => operator.value.strength(),
        ExprKind::Negate(_) => UNARY,
        ExprKind::Number { value, .. } if value.is_sign_negative() => UNARY,
        ExprKind::Number { .. } | ExprKind::Name { .. } | ExprKind::Call { .. } => ATOM,
    }
}
