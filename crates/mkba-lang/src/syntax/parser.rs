//! Tokens to trees, by recursive descent with a precedence table for the operators (specification section 3).
//!
//! Each text gives at most one error: after the first fault of a formula the rest is guesswork. Units and names never
//! clash, so the set of known units is all the context the grammar needs.
mod call;
mod expression;
mod units;
mod value;

use super::lexer::{Token, TokenKind, tokenise};
use super::tree::{Expr, UnitExpr, ValueExpr};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::unit::UnitNames;

pub use call::AGGREGATIONS;

/// Greatest number of parentheses, calls and operands inside each other while parsing.
const GREATEST_NESTING: usize = 100;

/// Greatest height of a tree, where `a + b + c` has height 3. Together with [`GREATEST_NESTING`] it bounds the stack,
/// so that parsing and every later pass may use recursion, also in a thread with 2 MB.
const GREATEST_HEIGHT: usize = 200;

/// Parses a formula. `offset` is the byte position in the file of the first byte of `text`, so that spans are exact.
/// On a fault an error with an E01 code is added and `None` returned.
///
/// ```
/// use mkba_lang::diagnostic::Diagnostics;
/// use mkba_lang::source::FileId;
/// use mkba_lang::syntax::{parse_formula, print};
/// use mkba_lang::unit::UnitNames;
/// let units = UnitNames::new(["m2"]);
/// let mut diagnostics = Diagnostics::default();
/// let formula = parse_formula("3 EUR/m2*space", FileId(0), 0, &units, &mut diagnostics).expect("a formula");
/// assert_eq!(print(&formula), "3 EUR/m2 * space");
/// ```
pub fn parse_formula(
    text: &str,
    file: FileId,
    offset: usize,
    units: &UnitNames,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    parse(text, file, offset, units, diagnostics, |parser| {
        parser.not_empty(
            "formula",
            "a formula is a number with its unit, a name or a computation: `2 * space`",
        )?;
        let formula = parser.formula()?;
        parser.end("formula")?;
        Ok(formula.expr)
    })
}

/// Parses a `value`: a number or a distribution, followed by one unit for all its numbers, or `column(name)`.
/// Quoted text as an argument (`empirical("data/rents.csv", rent)`) becomes a name whose span includes the quotes.
///
/// ```
/// use mkba_lang::diagnostic::Diagnostics;
/// use mkba_lang::source::FileId;
/// use mkba_lang::syntax::{ValueKind, parse_value};
/// use mkba_lang::unit::UnitNames;
/// let mut diagnostics = Diagnostics::default();
/// let units = UnitNames::new(["m2"]);
/// let value = parse_value("-2.5 EUR@2021/m2", FileId(0), 0, &units, &mut diagnostics).expect("a value");
/// assert_eq!(value.kind, ValueKind::Number(-2.5));
/// assert_eq!(value.unit.expect("a unit").parts[0].price_year, Some(2021));
/// ```
pub fn parse_value(
    text: &str,
    file: FileId,
    offset: usize,
    units: &UnitNames,
    diagnostics: &mut Diagnostics,
) -> Option<ValueExpr> {
    parse(text, file, offset, units, diagnostics, |parser| {
        parser.not_empty(
            "value",
            "a value is a number or a distribution with its unit: `40 MEUR/year`",
        )?;
        let value = parser.value()?;
        parser.end("value")?;
        Ok(value)
    })
}

/// Parses a unit: `EUR@2021/m2`, `%/year`, `1/year`; `1` has no parts. Unknown unit names are allowed here, because
/// [`UnitTable::resolve`](crate::unit::UnitTable::resolve) reports them.
///
/// ```
/// use mkba_lang::diagnostic::Diagnostics;
/// use mkba_lang::source::FileId;
/// use mkba_lang::syntax::parse_unit;
/// use mkba_lang::unit::UnitNames;
/// let mut diagnostics = Diagnostics::default();
/// let units = UnitNames::new(["m2"]);
/// let unit = parse_unit("kg.m2/year^2", FileId(0), 0, &units, &mut diagnostics).expect("a unit");
/// let exponents: Vec<i32> = unit.parts.iter().map(|part| part.exponent).collect();
/// assert_eq!(exponents, [1, 1, -2]);
/// ```
pub fn parse_unit(
    text: &str,
    file: FileId,
    offset: usize,
    units: &UnitNames,
    diagnostics: &mut Diagnostics,
) -> Option<UnitExpr> {
    parse(text, file, offset, units, diagnostics, |parser| {
        parser.not_empty("unit", "write `1` for a number without unit")?;
        let unit = parser.whole_unit()?;
        parser.end("unit")?;
        Ok(unit)
    })
}

fn parse<'t, T>(
    text: &'t str,
    file: FileId,
    offset: usize,
    units: &'t UnitNames,
    diagnostics: &mut Diagnostics,
    rule: impl FnOnce(&mut Parser<'t>) -> Parsed<T>,
) -> Option<T> {
    let mut parser = Parser {
        tokens: tokenise(text, file, offset, diagnostics)?,
        position: 0,
        units,
        depth: 0,
    };
    match rule(&mut parser) {
        Ok(tree) => Some(tree),
        Err(fault) => {
            diagnostics.push(*fault);
            None
        }
    }
}

/// A tree, or the fault that ends parsing.
type Parsed<T> = Result<T, Box<Diagnostic>>;

struct Parser<'t> {
    /// Ends with [`TokenKind::End`].
    tokens: Vec<Token<'t>>,
    position: usize,
    units: &'t UnitNames,
    depth: usize,
}

impl<'t> Parser<'t> {
    /// The token `ahead` places after the current one; the end again beyond the end.
    fn peek(&self, ahead: usize) -> Token<'t> {
        let last = self.tokens.len() - 1;
        self.tokens[(self.position + ahead).min(last)]
    }

    /// The current token, stepping over it.
    fn take(&mut self) -> Token<'t> {
        let token = self.peek(0);
        self.position += 1;
        token
    }

    fn is_sign(&self, ahead: usize, sign: &str) -> bool {
        let token = self.peek(ahead);
        token.kind == TokenKind::Sign && token.text == sign
    }

    fn is_keyword(&self, keyword: &str) -> bool {
        let token = self.peek(0);
        token.kind == TokenKind::Keyword && token.text == keyword
    }

    /// Whether a token may begin or continue a unit: a known unit name or `%`.
    fn is_unit(&self, ahead: usize) -> bool {
        let token = self.peek(ahead);
        match token.kind {
            TokenKind::Name => self.units.is_unit(token.text),
            TokenKind::Sign => token.text == "%",
            _ => false,
        }
    }

    /// Steps over a sign if it is the current token.
    fn takes_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(0, sign);
        self.position += usize::from(found);
        found
    }

    fn not_empty(&self, what: &str, help: &str) -> Parsed<()> {
        if self.peek(0).kind != TokenKind::End {
            return Ok(());
        }
        fault(
            "E0112",
            format!("empty {what}"),
            self.peek(0).span,
            "nothing here",
            help,
        )
    }

    /// The place of an opening bracket is named if it is never closed.
    fn close(&mut self, sign: &str, open: Span) -> Parsed<Span> {
        if self.is_sign(0, sign) {
            return Ok(self.take().span);
        }
        let found = self.peek(0);
        let opening = if sign == ")" { "(" } else { "[" };
        let diagnostic = Diagnostic::error(
            "E0104",
            format!("`{opening}` requires a closing `{sign}`, found {}", shown(found)),
            found.span,
            format!("`{sign}` expected"),
        );
        let help = format!("add `{sign}`, or an operator if the expression goes on");
        Err(Box::new(diagnostic.and(open, "opened here").help(help)))
    }

    fn end(&self, what: &str) -> Parsed<()> {
        let found = self.peek(0);
        if found.kind == TokenKind::End {
            return Ok(());
        }
        let message = format!("unexpected {} after the {what}", shown(found));
        match (found.kind, found.text) {
            (TokenKind::Sign, ")") => fault(
                "E0104",
                "`)` without an opening `(`",
                found.span,
                "nothing is open here",
                "remove it, or add `(`",
            ),
            (TokenKind::Sign, "%") => expression::percent_alone(found.span),
            (TokenKind::Sign, ",") if self.follows_number() => fault(
                "E0102",
                "decimal comma",
                found.span,
                "decimals are written with a point",
                format!(
                    "write `{}.{}`; large numbers may be written as `1_000`",
                    self.position.checked_sub(1).map_or("0", |at| self.tokens[at].text),
                    self.peek(1).text
                ),
            ),
            (TokenKind::Keyword, "then" | "else") => fault(
                "E0109",
                message,
                found.span,
                "without an `if`",
                "write `if condition then a else b`",
            ),
            (TokenKind::Keyword, "over" | "where") => fault(
                "E0117",
                message,
                found.span,
                "only inside an aggregation",
                "write `sum(x over campus where condition)`",
            ),
            (TokenKind::Name, name) if found.new_line && self.units.is_unit(name) => fault(
                "E0106",
                format!("unit `{name}` on a line of its own"),
                found.span,
                "a unit must stand on the line of its number",
                "move it up behind the number",
            ),
            _ => fault(
                "E0101",
                message,
                found.span,
                "an operator is missing before it, or it is too much",
                match what {
                    "unit" => "units are joined by `.` and `/`: `kWh/m2`, `kg.m`",
                    "value" => "a value is one number or distribution with one unit behind it",
                    _ => "parts are joined by operators; multiplication is always written, as in `2 * space`",
                },
            ),
        }
    }

    fn follows_number(&self) -> bool {
        let before = self.position.checked_sub(1).and_then(|at| self.tokens.get(at));
        let digit_after = matches!(self.peek(1).kind, TokenKind::Number(_));
        digit_after && before.is_some_and(|token| matches!(token.kind, TokenKind::Number(_)))
    }
}

fn fault<T>(
    code: &'static str,
    message: impl Into<String>,
    at: Span,
    label: impl Into<String>,
    help: impl Into<String>,
) -> Parsed<T> {
    Err(Box::new(Diagnostic::error(code, message, at, label).help(help)))
}

/// A token in a message.
fn shown(token: Token<'_>) -> String {
    match token.kind {
        TokenKind::End => "the end".to_owned(),
        _ => format!("`{}`", token.text),
    }
}
