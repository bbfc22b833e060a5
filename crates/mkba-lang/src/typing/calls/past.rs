//! Values of earlier years: `opening` and `previous`.
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};
use crate::typing::infer::Typist;
use crate::typing::{Kind, Symbol, Typed};

/// The value of a year ago; for a stock its level at the start of the year.
pub fn previous(typist: &mut Typist<'_, '_>, x: &Expr, first: Option<&Expr>, span: Span) -> Option<Typed> {
    if let (
        ExprKind::Name {
            name,
            member: None,
            element: None,
        },
        None,
    ) = (&x.kind, first)
        && let Some(Symbol::Stock(stock)) = typist.scope.symbols.get(&name.value).copied()
    {
        let symbol = Symbol::Stock(stock);
        let set = typist.scope.sets[&symbol];
        let shape = typist.scope.shape(symbol)?.clone();
        return Some(Typed {
            kind: Kind::Opening(stock),
            set,
            shape,
            span,
        });
    }
    let of = typist.amount(x);
    let Some(first) = first else {
        typist.diagnostics.push(
            Diagnostic::error(
                "E0209",
                "`previous` requires the value in the first year",
                span,
                "`first =` is missing",
            )
            .help("such as `previous(x, first = 0)`"),
        );
        return None;
    };
    let first = typist.amount(first);
    let (of, first) = (of?, first?);
    let shape = typist.common(&of, &first, "previous")?;
    let set = typist.scope.space.union(of.set, first.set);
    Some(Typed {
        kind: Kind::Previous {
            of: Box::new(of),
            first: Box::new(first),
        },
        set,
        shape,
        span,
    })
}

/// The stock that `opening` names.
pub fn stock(typist: &mut Typist<'_, '_>, of: &Expr) -> Option<usize> {
    if let ExprKind::Name {
        name,
        member: None,
        element: None,
    } = &of.kind
    {
        match typist.scope.find(name, typist.diagnostics)? {
            Symbol::Stock(stock) => return Some(stock),
            symbol => {
                let (kind, declared) = typist.scope.describe(symbol);
                typist.diagnostics.push(
                    Diagnostic::error("E0209", "`opening` requires a stock", of.span, format!("a {kind}"))
                        .and(declared, "declared here")
                        .help("for the value of a year ago use `previous(x, first = …)`"),
                );
                return None;
            }
        }
    }
    typist.diagnostics.push(Diagnostic::error(
        "E0209",
        "`opening` requires the name of a stock",
        of.span,
        "not a name",
    ));
    None
}
