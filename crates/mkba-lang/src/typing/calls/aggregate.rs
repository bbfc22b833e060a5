//! Sums, means, extremes and counts over an index.
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::Argument;
use crate::typing::infer::Typist;
use crate::typing::{Aggregation, Kind, Shape, Typed};

/// Types an aggregation: its index leaves the set, but for coarser indices that the declaration keeps.
pub fn aggregate(
    typist: &mut Typist<'_, '_>,
    function: &Spanned<String>,
    arguments: &[Argument],
    span: Span,
) -> Option<Typed> {
    let name = function.value.as_str();
    let [
        Argument {
            name: None,
            key: None,
            value,
            over: Some(over),
            condition,
        },
    ] = arguments
    else {
        typist.diagnostics.push(
            Diagnostic::error(
                "E0209",
                format!("`{name}` requires one formula and `over`"),
                span,
                "here",
            )
            .help(format!(
                "such as `{name}(x over campus)` or `{name}(x over campus where x > 0)`"
            )),
        );
        return None;
    };
    let counts = name == "count";
    let body = if counts {
        typist.condition(value)
    } else {
        typist.amount(value)
    };
    let condition = match condition {
        Some(condition) => Some(typist.condition(condition)?),
        None => None,
    };
    let index = typist.scope.index(over, typist.diagnostics);
    let (body, index) = (body?, index?);
    let inner = condition
        .as_ref()
        .map_or(body.set, |c| typist.scope.space.union(body.set, c.set));
    let members = typist.scope.space.members(inner).to_vec();
    if !members.contains(&index) {
        let found = typist.scope.over(inner);
        let index = &over.value;
        typist.diagnostics.push(
            Diagnostic::error(
                "E0311",
                format!("`{name}` over `{index}` requires a value over `{index}`"),
                over.span,
                format!("nothing here differs by `{index}`"),
            )
            .and(body.span, found)
            .help(format!(
                "leave out `{name}(… over {index})`, or name a value that each element of `{index}` has"
            )),
        );
        return None;
    }
    let space = &typist.scope.space;
    let kept = space
        .members(typist.keep)
        .iter()
        .copied()
        .filter(|&coarse| coarse != index && space.path(index, coarse).is_some());
    let rest: Vec<_> = members
        .iter()
        .copied()
        .filter(|&member| member != index)
        .chain(kept)
        .collect();
    let set = typist.scope.space.set(&rest);
    let (how, shape) = match name {
        "sum" => (Aggregation::Sum, body.shape.clone()),
        "mean" => (Aggregation::Mean, body.shape.clone()),
        "greatest" => (Aggregation::Greatest, body.shape.clone()),
        "least_of" => (Aggregation::Least, body.shape.clone()),
        _ => (Aggregation::Count, Shape::plain()),
    };
    let kind = Kind::Aggregate {
        how,
        body: Box::new(body),
        condition: condition.map(Box::new),
        index,
    };
    Some(Typed { kind, set, shape, span })
}
