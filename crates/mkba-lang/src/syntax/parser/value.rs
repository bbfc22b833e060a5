//! Values: a number or a distribution with one unit behind it (specification section 2).
use super::expression::{Tree, tree};
use super::{Parsed, Parser, fault, shown};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::{Argument, ExprKind, UnitExpr, UnitPart, ValueExpr, ValueKind};

impl Parser<'_> {
    pub(super) fn value(&mut self) -> Parsed<ValueExpr> {
        let first = self.peek(0);
        let (kind, mut span) = if first.kind == TokenKind::Name && self.is_sign(1, "(") {
            let call = self.distribution()?.expr;
            let ExprKind::Call { function, arguments } = call.kind else {
                return no_value(first.span, shown(first));
            };
            (ValueKind::Call { function, arguments }, call.span)
        } else {
            let negative = self.takes_sign("-");
            let number = self.take();
            let TokenKind::Number(value) = number.kind else {
                return no_value(number.span, shown(number));
            };
            let value = if negative { -value } else { value };
            (ValueKind::Number(value), first.span.to(number.span))
        };
        self.no_operator()?;
        let unit = self.unit_after_value()?;
        if let Some(unit) = &unit {
            span = span.to(unit.span);
        }
        self.no_operator()?;
        Ok(ValueExpr { kind, unit, span })
    }

    /// A value is stated, not computed.
    fn no_operator(&self) -> Parsed<()> {
        let found = self.peek(0);
        let sign = found.kind == TokenKind::Sign && matches!(found.text, "+" | "-" | "*" | "/" | "^" | "<" | ">" | "=");
        if !sign {
            return Ok(());
        }
        fault(
            "E0115",
            format!("a value cannot be computed, found `{}`", found.text),
            found.span,
            "operator",
            "state the number with its unit; what is computed is a `[variable.NAME]` with a `formula`",
        )
    }

    /// `name(item, name = item, key: item)`; the current token is the name, the next one `(`.
    fn distribution(&mut self) -> Parsed<Tree> {
        let function = self.spanned_name("distributions")?;
        let open = self.take().span;
        let mut arguments = Vec::new();
        let mut height = 0;
        while !self.is_sign(0, ")") {
            let name = self.argument_name()?;
            let mut item = self.item()?;
            let mut key = None;
            height = height.max(item.height);
            if name.is_none() && self.takes_sign(":") {
                key = Some(item.expr);
                item = self.item()?;
                height = height.max(item.height);
            }
            arguments.push(Argument {
                name,
                key,
                value: item.expr,
                over: None,
                condition: None,
            });
            if !self.takes_sign(",") {
                break;
            }
            if self.is_sign(0, ")") {
                let at = self.peek(0).span;
                return fault(
                    "E0101",
                    "`,` requires another argument",
                    at,
                    "nothing before it",
                    "remove the `,`",
                );
            }
        }
        self.no_operator()?;
        let span = function.span.to(self.close(")", open)?);
        tree(ExprKind::Call { function, arguments }, span, height)
    }

    /// A number with sign and `%`, a name, quoted text, or a distribution inside another.
    fn item(&mut self) -> Parsed<Tree> {
        let first = self.peek(0);
        match (first.kind, first.text) {
            (TokenKind::Sign, "-") => {
                self.take();
                let TokenKind::Number(value) = self.peek(0).kind else {
                    return no_value(self.peek(0).span, shown(self.peek(0)));
                };
                let inner = self.item_number(value)?;
                let span = first.span.to(inner.expr.span);
                tree(ExprKind::Negate(Box::new(inner.expr)), span, inner.height)
            }
            (TokenKind::Number(value), _) => self.item_number(value),
            (TokenKind::Name, _) if self.is_sign(1, "(") => {
                self.enter()?;
                let inner = self.distribution();
                self.depth -= 1;
                inner
            }
            (TokenKind::Name, _) => {
                let name = self.spanned_name("columns")?;
                let span = name.span;
                plain_name(name, span)
            }
            (TokenKind::Quoted, text) => {
                self.take();
                let value = text.to_owned();
                plain_name(
                    Spanned {
                        value,
                        span: first.span,
                    },
                    first.span,
                )
            }
            _ => no_value(first.span, shown(first)),
        }
    }

    fn item_number(&mut self, value: f64) -> Parsed<Tree> {
        let number = self.take();
        let mut span = number.span;
        let mut unit = None;
        let next = self.peek(0);
        if self.is_sign(0, "%") {
            self.take();
            span = span.to(next.span);
            unit = Some(UnitExpr {
                parts: vec![UnitPart {
                    name: "%".to_owned(),
                    exponent: 1,
                    price_year: None,
                    span: next.span,
                }],
                span: next.span,
            });
        }
        let next = self.peek(0);
        let unit_follows = next.kind == TokenKind::Name || (self.is_sign(0, "/") && self.is_unit(1));
        if unit_follows {
            return fault(
                "E0111",
                "unit inside a distribution",
                next.span,
                "only `%` may stand here",
                "the unit is stated once, after the closing `)`: `triangular(2, 6, 12) year`",
            );
        }
        tree(ExprKind::Number { value, unit }, span, 0)
    }
}

fn plain_name(name: Spanned<String>, span: crate::source::Span) -> Parsed<Tree> {
    let kind = ExprKind::Name {
        name,
        member: None,
        element: None,
    };
    tree(kind, span, 0)
}

fn no_value<T>(at: crate::source::Span, found: String) -> Parsed<T> {
    let error = Diagnostic::error(
        "E0115",
        format!("a value requires a number here, found {found}"),
        at,
        "number or distribution expected",
    );
    Err(Box::new(error.help(
        "a value is a number or a distribution with its unit: `40 MEUR/year`, `triangular(2, 6, 12) year`, `column(jobs)`",
    )))
}
