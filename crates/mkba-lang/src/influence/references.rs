//! The names in a formula, and whether it uses their value of this year or of earlier ones only.
use crate::syntax::{Argument, Expr, ExprKind};

/// A name in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'e> {
    /// The name.
    pub name: &'e str,
    /// Only earlier years are used: it stands inside `opening`, `previous` or `lagged`.
    pub earlier: bool,
}

/// All names in a formula, in order of writing.
pub fn references(formula: &Expr) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    walk(formula, false, &mut found);
    found
}

fn walk<'e>(formula: &'e Expr, earlier: bool, found: &mut Vec<Reference<'e>>) {
    match &formula.kind {
        ExprKind::Number { .. } => {}
        ExprKind::Name { name, .. } => found.push(Reference {
            name: &name.value,
            earlier,
        }),
        ExprKind::Negate(inner) | ExprKind::Not(inner) => walk(inner, earlier, found),
        ExprKind::Binary { left, right, .. } => {
            walk(left, earlier, found);
            walk(right, earlier, found);
        }
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => [condition, then, otherwise]
            .into_iter()
            .for_each(|part| walk(part, earlier, found)),
        ExprKind::Call { function, arguments } => {
            for (number, argument) in arguments.iter().enumerate() {
                let earlier = earlier || looks_back(&function.value, number, argument);
                walk(&argument.value, earlier, found);
                if let Some(condition) = &argument.condition {
                    walk(condition, earlier, found);
                }
            }
        }
    }
}

/// Whether an argument is taken from earlier years: the first one of these functions, by place or by name.
fn looks_back(function: &str, number: usize, argument: &Argument) -> bool {
    let first = match function {
        "opening" => "stock",
        "previous" | "lagged" => "x",
        _ => return false,
    };
    argument.name.as_ref().map_or(number == 0, |name| name.value == first)
}
