//! Formulas: operators by binding strength, and what they bind.
use super::{GREATEST_HEIGHT, GREATEST_NESTING, Parsed, Parser, fault, shown};
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
        if !self.is_keyword("if") {
            return self.deeper(Operator::Or.strength());
        }
        self.enter()?;
        let tree = self.choice();
        self.depth -= 1;
        tree
    }

    /// Operators one level deeper.
    fn deeper(&mut self, least: u8) -> Parsed<Tree> {
        self.enter()?;
        let tree = self.operators(least);
        self.depth -= 1;
        tree
    }

    /// Goes one level deeper, unless that is too deep. After a fault the level no longer matters.
    pub(super) fn enter(&mut self) -> Parsed<()> {
        if self.depth >= GREATEST_NESTING {
            return too_deep(self.peek(0).span);
        }
        self.depth += 1;
        Ok(())
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
            let right = self.deeper(if operator == Operator::Power {
                UNARY
            } else {
                strength + 1
            })?;
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
            (TokenKind::Sign, "-") => self.negation(),
            (TokenKind::Keyword, "not") if least <= Operator::And.strength() + 1 => self.denial(),
            (TokenKind::Number(value), _) => self.number(value),
            (TokenKind::Name, _) if self.is_unit(0) => self.unit_without_number(),
            (TokenKind::Name, _) if self.is_sign(1, "(") => self.call(),
            (TokenKind::Name, _) => self.name(),
            (TokenKind::Sign, "(") => self.parentheses(),
            _ => no_operand(first),
        }
    }

    fn negation(&mut self) -> Parsed<Tree> {
        let sign = self.take();
        let inner = self.deeper(UNARY)?;
        let span = sign.span.to(inner.expr.span);
        tree(ExprKind::Negate(Box::new(inner.expr)), span, inner.height)
    }

    fn denial(&mut self) -> Parsed<Tree> {
        let word = self.take();
        let inner = self.deeper(if self.is_keyword("not") {
            COMPARISON - 1
        } else {
            COMPARISON
        })?;
        let span = word.span.to(inner.expr.span);
        tree(ExprKind::Not(Box::new(inner.expr)), span, inner.height)
    }

    /// Parentheses leave no node; the part inside gets their span.
    fn parentheses(&mut self) -> Parsed<Tree> {
        let open = self.take();
        let mut inner = self.formula()?;
        inner.expr.span = open.span.to(self.close(")", open.span)?);
        Ok(inner)
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
            return price_level(part.span);
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
            let simple = lowercase(token.text);
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
    if height >= GREATEST_HEIGHT {
        return too_deep(span);
    }
    Ok(Tree {
        expr: Expr { kind, span },
        height: height + 1,
    })
}

#[cold]
fn too_deep<T>(at: Span) -> Parsed<T> {
    fault(
        "E0108",
        "formula nested too deeply",
        at,
        "too many parts inside each other",
        "give a part a name of its own with `[variable.NAME]`",
    )
}

/// `FloorSpace` and `_floor_space` as `floor_space`.
fn lowercase(word: &str) -> String {
    let mut name = String::new();
    let mut after_small = false;
    for c in word.trim_start_matches('_').chars() {
        if c.is_ascii_uppercase() && after_small {
            name.push('_');
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        name.push(c.to_ascii_lowercase());
    }
    name
}

/// The fault when something stands where a value must begin.
#[cold]
fn no_operand(found: Token<'_>) -> Parsed<Tree> {
    match (found.kind, found.text) {
        (TokenKind::Keyword, word @ ("not" | "if")) => fault(
            "E0113",
            format!("`{word}` inside a computation requires parentheses"),
            found.span,
            "begins here",
            format!("write `({word} …)`"),
        ),
        (TokenKind::Sign, "%") => percent_alone(found.span),
        (TokenKind::Quoted, _) => fault(
            "E0101",
            "a value is required here, found quoted text",
            found.span,
            "not a value",
            "formulas know no text; an element is picked with `x[element]`",
        ),
        (TokenKind::Sign, "+") => fault(
            "E0101",
            "a value is required here, found `+`",
            found.span,
            "not a value",
            "leave out the sign of a positive number",
        ),
        _ => fault(
            "E0101",
            format!("a value is required here, found {}", shown(found)),
            found.span,
            "not a value",
            "a value is a number with its unit, a name, a function or something in parentheses",
        ),
    }
}

#[cold]
pub(super) fn percent_alone<T>(at: Span) -> Parsed<T> {
    fault(
        "E0106",
        "`%` requires a number before it",
        at,
        "a unit without number",
        "write `25 %`, or leave it out after a name; a remainder after division does not exist",
    )
}

#[cold]
fn price_level<T>(at: Span) -> Parsed<T> {
    fault(
        "E0110",
        "a formula cannot hold a price level",
        at,
        "price level",
        "declare a parameter with this value and a `deflator`, and use its name",
    )
}

#[cold]
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
