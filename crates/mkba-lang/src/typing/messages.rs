//! Messages about units: what was found, what was required, and where each unit comes from.
use super::scope::Scope;
use super::tree::{Kind, Shape, Symbol, Typed};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::unit::Dimensions;

/// Most named parts that a message points at.
const MOST_ORIGINS: usize = 6;

/// Two values that must be alike are not.
pub fn units_differ(scope: &Scope<'_>, left: &Typed, right: &Typed, operator: &str) -> Diagnostic {
    let (a, b) = (scope.show(&left.shape), scope.show(&right.shape));
    let title = match operator {
        "if" => "both branches of `if` require the same unit".to_owned(),
        _ => format!("`{operator}` requires values of the same unit"),
    };
    let fault = Diagnostic::error("E0300", title, left.span, format!("`{a}`")).and(right.span, format!("`{b}`"));
    let fault = with_origins(scope, fault, &[left, right]).note(format!("left    {a}")).note(format!("right   {b}"));
    match unit_hint(scope, &left.shape, &right.shape) {
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
    let found = scope.show(&formula.shape);
    let required_shape = Shape::Amount(required.clone());
    let mut fault = Diagnostic::error(code, title, formula.span, format!("`{found}`"));
    if let Some(stated) = stated {
        fault = fault.and(stated, format!("`{}` stated here", scope.show(&required_shape)));
    }
    fault = with_origins(scope, fault, &[formula])
        .note(format!("found     {found}"))
        .note(format!("required  {}", scope.show(&required_shape)));
    if let Some(hint) = unit_hint(scope, &formula.shape, &required_shape) {
        fault = fault.help(hint);
    }
    fault
}

/// Adds a label for each named part: its unit and where it is declared.
fn with_origins(scope: &Scope<'_>, mut fault: Diagnostic, formulas: &[&Typed]) -> Diagnostic {
    let mut named = Vec::new();
    for formula in formulas {
        collect(formula, &mut named);
    }
    for (span, symbol, shape) in named.into_iter().take(MOST_ORIGINS) {
        let (kind, declared) = scope.describe(symbol);
        let place = scope.place(declared);
        let unit = match scope.show(shape) {
            none if none == "no unit" => none,
            unit => format!("`{unit}`"),
        };
        if fault.labels.iter().all(|label| label.span != span) {
            fault = fault.and(span, format!("{unit} ({kind}, {place})"));
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

/// What is probably missing between two units.
fn unit_hint(scope: &Scope<'_>, found: &Shape, required: &Shape) -> Option<String> {
    let dimensions = |shape: &Shape| match shape {
        Shape::Amount(dimensions) => Some(dimensions.clone()),
        Shape::Zero => Some(Dimensions::default()),
        _ => None,
    };
    let (found, required) = (dimensions(found)?, dimensions(required)?);
    let missing = required.divide(&found);
    let per_time = Dimensions::default().divide(&Scope::time());
    if missing == per_time {
        return Some("a rate is per year: is a `/year` missing in one of the values?".to_owned());
    }
    if missing == Scope::time() {
        return Some("multiply by a duration such as `1 year`, or drop a `/year`".to_owned());
    }
    (!missing.is_none()).then(|| format!("a factor in `{}` is missing", scope.units.describe(&missing)))
}
