//! Calls and their arguments.
use super::expression::{Tree, tree};
use super::{Parsed, Parser, fault, shown};
use crate::source::Spanned;
use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::{Argument, ExprKind};

/// The functions whose argument may go on with `over index [where condition]`.
pub const AGGREGATIONS: [&str; 5] = ["sum", "mean", "greatest", "least_of", "count"];

/// Functions of a few values, and names from elsewhere, with what does the same over an index set.
const PAIRWISE: [(&str, &str); 7] = [
    ("average", "mean"),
    ("avg", "mean"),
    ("max", "greatest"),
    ("maximum", "greatest"),
    ("min", "least_of"),
    ("minimum", "least_of"),
    ("total", "sum"),
];

impl Parser<'_> {
    /// `name(…)`; the current token is the name, the next one `(`.
    pub(super) fn call(&mut self) -> Parsed<Tree> {
        let function = self.spanned_name("functions")?;
        let open = self.take().span;
        let mut arguments = Vec::new();
        let mut height = 0;
        while !self.is_sign(0, ")") {
            let (argument, its_height) = self.argument(&function.value)?;
            arguments.push(argument);
            height = height.max(its_height);
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
        let span = function.span.to(self.close(")", open)?);
        tree(ExprKind::Call { function, arguments }, span, height)
    }

    /// `[name =] formula`, or `formula over index [where formula]`. In an aggregation `=` always compares.
    fn argument(&mut self, function: &str) -> Parsed<(Argument, usize)> {
        let aggregates = AGGREGATIONS.contains(&function);
        let name = if aggregates { None } else { self.argument_name()? };
        let value = self.formula()?;
        let mut height = value.height;
        let mut over = None;
        let mut condition = None;
        if self.is_keyword("over") {
            let word = self.take();
            if !aggregates {
                return fault(
                    "E0117",
                    format!("`{function}` cannot go over an index set"),
                    word.span,
                    "not allowed in this function",
                    match PAIRWISE.iter().find(|(other, _)| *other == function) {
                        Some((_, meant)) => format!("write `{meant}(x over index)`"),
                        None => format!(
                            "only {} go over an index set",
                            AGGREGATIONS.map(|name| format!("`{name}`")).join(", ")
                        ),
                    },
                );
            }
            let found = self.peek(0);
            if found.kind != TokenKind::Name {
                return fault(
                    "E0101",
                    format!("`over` requires an index set, found {}", shown(found)),
                    found.span,
                    "not a name",
                    "write `sum(x over campus)`",
                );
            }
            over = Some(self.spanned_name("index sets")?);
        }
        if self.is_keyword("where") {
            let word = self.take();
            if over.is_none() {
                return fault(
                    "E0117",
                    "`where` requires `over` before it",
                    word.span,
                    "of which index set?",
                    "write `sum(x over campus where condition)`",
                );
            }
            let tree = self.formula()?;
            height = height.max(tree.height);
            condition = Some(tree.expr);
        }
        let argument = Argument {
            name,
            key: None,
            value: value.expr,
            over,
            condition,
        };
        Ok((argument, height))
    }

    /// `name =`, where `over` is a name too (`ramp(from = …, over = …)`).
    pub(super) fn argument_name(&mut self) -> Parsed<Option<Spanned<String>>> {
        let token = self.peek(0);
        let nameable = token.kind == TokenKind::Name || self.is_keyword("over");
        if !nameable || !self.is_sign(1, "=") {
            return Ok(None);
        }
        let name = self.spanned_name("arguments")?;
        self.take();
        Ok(Some(name))
    }
}
