//! Formulas: operators by binding strength, and what they bind.
use super::{GREATEST_DEPTH, Parsed, Parser, fault, shown};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::tree::{Expr, ExprKind, Operator};

/// A formula part and the height of its tree.
pub(super) struct Tree {
    pub(super) expr: Expr,
    pub(super) height: usize,
}

/// How tightly an operand of `not` must bind: a comparison.
const COMPARISON: u8 = 4;
/// How tightly the operand of a minus sign must bind: a power.
const UNARY: u8 = 7;

impl<'t> Parser<'t> {
    /// `if … then … else …`, or operators.
    pub(super) fn formula(&mut self) -> Parsed<Tree> {
        self.nested(|parser| {
            if parser.is_keyword("if") {
                parser.choice()
            } else {
                parser.operators(1)
            }
        })
    }

    /// Runs a rule one level deeper, refusing what is nested too deeply.
    fn nested(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<Tree>) -> Parsed<Tree> {
        if self.depth >= GREATEST_DEPTH {
            return too_deep(self.peek(0).span);
        }
        self.depth += 1;
        let tree = rule(self);
        self.depth -= 1;
        tree
    }

    fn choice(&mut self) -> Parsed<Tree> {
        let start = self.take();
        let condition = self.formula()?;
        self.keyword("then", start, "then a else b")?;
        let then = self.formula()?;
        self.keyword("else", start, "else b")?;
        let otherwise = self.formula()?;
        let height = condition.height.max(then.height).max(otherwise.height);
        let span = start.span.to(otherwise.expr.span);
        let kind = ExprKind::If {
            condition: Box::new(condition.expr),
            then: Box::new(then.expr),
            otherwise: Box::new(otherwise.expr),
        };
        tree(kind, span, height)
    }

    fn keyword(&mut self, keyword: &str, start: Token<'t>, rest: &str) -> Parsed<()> {
        if self.is_keyword(keyword) {
            self.take();
            return Ok(());
        }
        let found = self.peek(0);
        let message = format!("`if` requires `{keyword}`, found {}", shown(found));
        let diagnostic = Diagnostic::error("E0109", message, found.span, format!("`{rest}` expected"))
            .and(start.span, "belongs to this `if`")
            .help("write `if condition then a else b`; every `if` has both");
        Err(Box::new(diagnostic))
    }

    /// Operators that bind at least as tightly as `least`, and their operands.
    fn operators(&mut self, least: u8) -> Parsed<Tree> {
        let mut left = self.operand(least)?;
        let mut compared: Option<Span> = None;
        while let Some((operator, strength)) = self.operator().filter(|(_, strength)| *strength >= least) {
            let sign = self.take();
            if strength == COMPARISON
                && let Some(first) = compared.replace(sign.span)
            {
                return chained(first, sign);
            }
            // `^` binds to the right, and its exponent may carry a sign; all others bind to the left.
            let right = if operator == Operator::Power {
                self.nested(|parser| parser.operators(UNARY))?
            } else {
                self.nested(|parser| parser.operators(strength + 1))?
            };
            let span = left.expr.span.to(right.expr.span);
            let height = left.height.max(right.height);
            let kind = ExprKind::Binary {
                operator: Spanned {
                    value: operator,
                    span: sign.span,
                },
                left: Box::new(left.expr),
                right: Box::new(right.expr),
            };
            left = tree(kind, span, height)?;
        }
        Ok(left)
    }

    /// The current token as an operator, with how tightly it binds.
    fn operator(&self) -> Option<(Operator, u8)> {
        let token = self.peek(0);
        let known = matches!(token.kind, TokenKind::Sign | TokenKind::Keyword);
        let operator = Operator::ALL
            .into_iter()
            .find(|operator| known && operator.text() == token.text)?;
        Some((operator, operator.strength()))
    }

    /// A sign or `not` with what it applies to, or an atom.
    fn operand(&mut self, least: u8) -> Parsed<Tree> {
        let first = self.peek(0);
        match (first.kind, first.text) {
            (TokenKind::Sign, "-") => {
                self.take();
                let inner = self.nested(|parser| parser.operators(UNARY))?;
                let span = first.span.to(inner.expr.span);
                tree(ExprKind::Negate(Box::new(inner.expr)), span, inner.height)
            }
            (TokenKind::Keyword, "not") if least <= Operator::And.strength() + 1 => {
                self.take();
                let inner = self.nested(|parser| {
                    let least = if parser.is_keyword("not") {
                        COMPARISON - 1
                    } else {
                        COMPARISON
                    };
                    parser.operators(least)
                })?;
                let span = first.span.to(inner.expr.span);
                tree(ExprKind::Not(Box::new(inner.expr)), span, inner.height)
            }
            (TokenKind::Keyword, word @ ("not" | "if")) => fault(
                "E0113",
                format!("`{word}` inside a computation requires parentheses"),
                first.span,
                "begins here",
                format!("write `({word} …)`"),
            ),
            _ => self.atom(),
        }
    }

    fn atom(&mut self) -> Parsed<Tree> {
        let first = self.peek(0);
        match (first.kind, first.text) {
            (TokenKind::Number(value), _) => self.number(value),
            (TokenKind::Name, _) if self.is_unit(0) => self.unit_without_number(),
            (TokenKind::Name, _) if self.is_sign(1, "(") => self.call(),
            (TokenKind::Name, _) => self.name(),
            (TokenKind::Sign, "(") => {
                self.take();
                let mut inner = self.formula()?;
                let close = self.close(")", first.span)?;
                inner.expr.span = first.span.to(close);
                Ok(inner)
            }
            (TokenKind::Sign, "%") => fault(
                "E0106",
                "`%` requires a number before it",
                first.span,
                "a value is required here",
                "write `25 %`; a remainder after division does not exist",
            ),
            (TokenKind::Quoted, _) => fault(
                "E0101",
                "a value is required here, found quoted text",
                first.span,
                "not a value",
                "formulas know no text; an element is picked with `x[element]`",
            ),
            (TokenKind::Sign, "+") => fault(
                "E0101",
                "a value is required here, found `+`",
                first.span,
                "not a value",
                "leave out the sign of a positive number",
            ),
            _ => fault(
                "E0101",
                format!("a value is required here, found {}", shown(first)),
                first.span,
                "not a value",
                "a value is a number with its unit, a name, a function or something in parentheses",
            ),
        }
    }

    fn number(&mut self, value: f64) -> Parsed<Tree> {
        let number = self.take();
        let unit = self.unit_after_number()?;
        let next = self.peek(0);
        if let Some(part) = unit
            .iter()
            .flat_map(|unit| &unit.parts)
            .find(|part| part.price_year.is_some())
        {
            return fault(
                "E0110",
                "a formula cannot hold a price level",
                part.span,
                "price level",
                "declare a parameter with this value and a `deflator`, and use its name",
            );
        }
        if unit.is_none() && !next.new_line && next.kind == TokenKind::Name {
            return self.not_a_unit(next);
        }
        let span = number.span.to(unit.as_ref().map_or(number.span, |unit| unit.span));
        tree(ExprKind::Number { value, unit }, span, 0)
    }

    fn not_a_unit<T>(&self, word: Token<'_>) -> Parsed<T> {
        let error = Diagnostic::error(
            "E0107",
            format!("unknown unit `{}` after a number", word.text),
            word.span,
            "neither a unit nor an operator",
        );
        Err(Box::new(match self.units.suggest(word.text) {
            Some(unit) => error.help(format!("did you mean `{unit}`?")),
            None => error.help(format!(
                "to multiply write `*` between them; a unit of your own is declared as `[unit.{}]`",
                word.text
            )),
        }))
    }

    fn unit_without_number(&mut self) -> Parsed<Tree> {
        let first = self.peek(0);
        let before = self.position.checked_sub(1).map(|at| self.tokens[at]);
        let amount = self.position.checked_sub(2).map(|at| self.tokens[at]);
        let unit = self.known_unit()?;
        let written = crate::syntax::print_unit(&unit);
        let help = match (before, amount) {
            (Some(slash), Some(amount)) if slash.text == "/" && matches!(amount.kind, TokenKind::Number(_)) => {
                format!("write `{} 1/{written}`", amount.text)
            }
            (Some(slash), _) if slash.text == "/" => format!("to divide by one of it write `/ (1 {written})`"),
            _ => format!("write `1 {written}`"),
        };
        fault(
            "E0106",
            format!("unit `{}` requires a number before it", first.text),
            unit.span,
            "a value is required here, this is a unit",
            help,
        )
    }

    fn name(&mut self) -> Parsed<Tree> {
        let name = self.spanned_name("names")?;
        let mut span = name.span;
        let mut member = None;
        let mut element = None;
        if self.takes_sign(".") {
            if self.peek(0).kind != TokenKind::Name {
                let found = self.peek(0);
                return fault(
                    "E0101",
                    format!("`.` requires a member, found {}", shown(found)),
                    found.span,
                    "not a name",
                    "members are parts of gates and limits: `grid.granted`",
                );
            }
            let part = self.spanned_name("members")?;
            span = span.to(part.span);
            member = Some(part);
        }
        if self.is_sign(0, "[") {
            let open = self.take();
            let key = self.peek(0);
            if key.kind != TokenKind::Element {
                return fault(
                    "E0101",
                    format!("`[` requires an element, found {}", shown(key)),
                    key.span,
                    "key of an index set expected",
                    "write `x[delft]`: letters, digits, `-`, `_` and `.`",
                );
            }
            self.take();
            span = span.to(self.close("]", open.span)?);
            element = Some(Spanned {
                value: key.text.to_owned(),
                span: key.span,
            });
        }
        tree(ExprKind::Name { name, member, element }, span, 0)
    }

    /// A name in lowercase; capitals belong to units.
    pub(super) fn spanned_name(&mut self, what: &str) -> Parsed<Spanned<String>> {
        let token = self.peek(0);
        let lower = token
            .text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !lower || !token.text.starts_with(|c: char| c.is_ascii_lowercase()) {
            let error = Diagnostic::error(
                "E0114",
                format!("`{}` is not a name", token.text),
                token.span,
                format!("{what} consist of a-z, 0-9 and `_`, and begin with a letter"),
            );
            let simple = token.text.trim_start_matches('_').to_ascii_lowercase();
            let help = match self.units.suggest(token.text) {
                Some(unit) => format!("write `1 {unit}` if the unit was meant"),
                None if simple.starts_with(|c: char| c.is_ascii_lowercase()) && simple.is_ascii() => {
                    format!("write `{simple}`")
                }
                None => "choose another name".to_owned(),
            };
            return Err(Box::new(error.help(help)));
        }
        self.take();
        Ok(Spanned {
            value: token.text.to_owned(),
            span: token.span,
        })
    }
}

/// A node around parts of a given height, refused if the tree becomes too high.
pub(super) fn tree(kind: ExprKind, span: Span, height: usize) -> Parsed<Tree> {
    if height >= GREATEST_DEPTH {
        return too_deep(span);
    }
    Ok(Tree {
        expr: Expr { kind, span },
        height: height + 1,
    })
}

pub(super) fn too_deep<T>(at: Span) -> Parsed<T> {
    fault(
        "E0108",
        "formula nested too deeply",
        at,
        format!("more than {GREATEST_DEPTH} parts inside each other"),
        "give a part a name of its own with `[variable.NAME]`",
    )
}

fn chained<T>(first: Span, second: Token<'_>) -> Parsed<T> {
    let diagnostic = Diagnostic::error(
        "E0105",
        "comparisons do not chain",
        second.span,
        format!("second comparison `{}`", second.text),
    );
    Err(Box::new(
        diagnostic
            .and(first, "first comparison")
            .help("write `a < b and b < c`"),
    ))
}
