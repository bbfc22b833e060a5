//! Messages about units: what was found, what was required, and where each unit comes from.
use super::scope::Scope;
use super::tree::{Kind, Shape, Symbol, Typed};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::unit::{DimensionId, Dimensions};

/// Most named parts that a message points at.
const MOST_ORIGINS: usize = 6;

/// Two values that must be alike are not.
pub fn units_differ(scope: &Scope<'_>, left: &Typed, right: &Typed, operator: &str) -> Diagnostic {
    let title = match operator {
        "if" => "both branches of `if` require the same unit".to_owned(),
        "gate" => "what a gate wants and its capacity require the same unit".to_owned(),
        _ => format!("`{operator}` requires values of the same unit"),
    };
    let fault = Diagnostic::error("E0300", title, left.span, gives(scope, left)).and(right.span, gives(scope, right));
    let fault = with_origins(scope, fault, &[left, right])
        .note(format!("left    {}", scope.show(&left.shape)))
        .note(format!("right   {}", scope.show(&right.shape)));
    match near_hint(scope, left, right) {
        Some(hint) => fault.help(hint),
        None => fault,
    }
}

/// A formula does not have the unit that its declaration requires.
pub fn wrong_unit(
    scope: &Scope<'_>,
    code: &'static str,
    title: String,
    formula: &Typed,
    required: &Dimensions,
    stated: Option<Span>,
) -> Diagnostic {
    let required_shape = Shape::Amount(required.clone());
    let mut named = Vec::new();
    collect(formula, &mut named);
    // Parts with units of their own stand below; the unit of the whole is then in the notes.
    let whole = if named.is_empty() {
        scope.unit(&formula.shape)
    } else {
        String::new()
    };
    let mut fault = Diagnostic::error(code, title, formula.span, whole);
    fault = with_origins(scope, fault, &[formula]);
    if let Some(stated) = stated {
        fault = fault.and(stated, format!("requires {}", scope.unit(&required_shape)));
    }
    fault = fault
        .note(format!("found     {}", scope.show(&formula.shape)))
        .note(format!("required  {}", scope.show(&required_shape)));
    match hint(scope, formula, required) {
        Some(hint) => fault.help(hint),
        None => fault,
    }
}

/// Unit of an operand; a computation gives it, a name has it.
fn gives(scope: &Scope<'_>, operand: &Typed) -> String {
    let unit = scope.unit(&operand.shape);
    match operand.kind {
        Kind::Number(_) | Kind::Value(_) | Kind::Gate(..) | Kind::Elapsed | Kind::SinceOpening | Kind::Now => unit,
        _ => format!("gives {unit}"),
    }
}

/// Adds for each named part its unit and where it is declared.
fn with_origins(scope: &Scope<'_>, mut fault: Diagnostic, formulas: &[&Typed]) -> Diagnostic {
    let mut named = Vec::new();
    for formula in formulas {
        collect(formula, &mut named);
    }
    for (span, symbol, shape) in named.into_iter().take(MOST_ORIGINS) {
        let (kind, declared) = scope.describe(symbol);
        let text = format!("{} ({kind}, {})", scope.unit(shape), scope.place(declared));
        match fault.labels.iter_mut().find(|label| label.span == span) {
            Some(label) => label.text = text,
            None => fault = fault.and(span, text),
        }
    }
    fault
}

fn collect<'t>(typed: &'t Typed, named: &mut Vec<(Span, Symbol, &'t Shape)>) {
    match &typed.kind {
        Kind::Value(symbol) => named.push((typed.span, *symbol, &typed.shape)),
        Kind::Gate(gate, _) => named.push((typed.span, Symbol::Gate(*gate), &typed.shape)),
        Kind::Opening(stock) => named.push((typed.span, Symbol::Stock(*stock), &typed.shape)),
        _ => typed.parts().into_iter().for_each(|part| collect(part, named)),
    }
}

fn dimensions(shape: &Shape) -> Option<Dimensions> {
    match shape {
        Shape::Amount(dimensions) => Some(dimensions.clone()),
        Shape::Zero => Some(Dimensions::default()),
        _ => None,
    }
}

/// What would give a formula the required unit.
fn hint(scope: &Scope<'_>, formula: &Typed, required: &Dimensions) -> Option<String> {
    let found = dimensions(&formula.shape)?;
    let missing = required.divide(&found);
    if let Some(hint) = time_hint(scope, formula, &found, &missing) {
        return Some(hint);
    }
    if missing.is_none() {
        return None;
    }
    let of = |dimensions: &Dimensions| scope.units.describe(dimensions);
    Some(match (required.is_none(), found.is_none()) {
        (true, _) => format!("divide by something in `{}` to get a number without unit", of(&found)),
        (_, true) => format!("multiply by something in `{}`", of(required)),
        _ => format!("multiply by something in `{}`", of(&missing)),
    })
}

/// The same between two values of which neither is known to be right: only where they are near each other.
fn near_hint(scope: &Scope<'_>, left: &Typed, right: &Typed) -> Option<String> {
    let (a, b) = (dimensions(&left.shape)?, dimensions(&right.shape)?);
    let (longer, shorter) = (b.divide(&a), a.divide(&b));
    time_hint(scope, left, &a, &longer).or_else(|| time_hint(scope, right, &b, &shorter))
}

/// The slip that is made most: a rate without its year, or a year too many.
fn time_hint(scope: &Scope<'_>, formula: &Typed, found: &Dimensions, missing: &Dimensions) -> Option<String> {
    let time = Scope::time();
    if *missing == time {
        return Some("multiply by a duration such as `1 year`, or drop a `/year`".to_owned());
    }
    if *missing != Dimensions::default().divide(&time) {
        return None;
    }
    if found.0.get(&DimensionId::TIME).is_some_and(|exponent| *exponent > 0) {
        return Some("divide by a duration such as `(1 year)`".to_owned());
    }
    let mut named = Vec::new();
    collect(formula, &mut named);
    named.retain(|(_, symbol, shape)| {
        matches!(symbol, Symbol::Parameter(_) | Symbol::Driver(_) | Symbol::Series(_)) && **shape == Shape::plain()
    });
    let names: Vec<String> = named
        .iter()
        .map(|(_, symbol, _)| format!("`{}`", scope.name(*symbol)))
        .collect();
    Some(match names.as_slice() {
        [] => "divide by a duration such as `(1 year)`, or is a `/year` missing in one of the values?".to_owned(),
        [one] => format!("a return or rate is usually per year: is a `/year` missing in {one}?"),
        [first @ .., last] => {
            format!(
                "a return or rate is usually per year: is a `/year` missing in {} or {last}?",
                first.join(", ")
            )
        }
    })
}
