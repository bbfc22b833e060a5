//! Units: after a number in a formula, after a value, and on their own.
use super::{Parsed, Parser, fault, shown};
use crate::source::Span;
use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::tree::{UnitExpr, UnitPart};

/// Greatest exponent of a unit as written; nothing real comes near it.
const GREATEST_EXPONENT: i32 = 99;

impl Parser<'_> {
    /// The unit after a number of a formula, if there is one: it begins on the same line with a known unit name,
    /// `%`, or `1/` and a unit name, and goes on over `/` and `.` only while a known unit name follows.
    pub(super) fn unit_after_number(&mut self) -> Parsed<Option<UnitExpr>> {
        let one_over = self.peek(0).text == "1" && self.is_sign(1, "/") && self.is_unit(2);
        if self.peek(0).new_line || !(one_over || self.is_unit(0)) {
            return Ok(None);
        }
        self.known_unit().map(Some)
    }

    /// A unit of known names; it ends before anything else.
    pub(super) fn known_unit(&mut self) -> Parsed<UnitExpr> {
        self.unit(|parser, ahead| parser.is_unit(ahead))
    }

    /// The unit after a value, where nothing but a unit can stand; unknown names are allowed.
    pub(super) fn unit_after_value(&mut self) -> Parsed<Option<UnitExpr>> {
        if self.peek(0).kind == TokenKind::End {
            return Ok(None);
        }
        self.whole_unit().map(Some)
    }

    /// A unit of known and unknown names, where nothing but a unit can stand.
    pub(super) fn whole_unit(&mut self) -> Parsed<UnitExpr> {
        let unit = self.unit(|parser, ahead| {
            let token = parser.peek(ahead);
            token.kind == TokenKind::Name || token.text == "%"
        })?;
        if self.is_sign(0, "/") || self.is_sign(0, ".") {
            self.take();
            return malformed(self.peek(0));
        }
        if self.is_sign(0, "^") {
            return malformed(self.peek(0));
        }
        Ok(unit)
    }

    /// `( "1" | part ) { ( "/" | "." ) part }`, going on while `is_part` holds for what follows the sign.
    fn unit(&mut self, is_part: impl Fn(&Self, usize) -> bool) -> Parsed<UnitExpr> {
        let first = self.peek(0);
        let mut parts = Vec::new();
        if first.text == "1" {
            self.take();
        } else if is_part(self, 0) {
            parts.push(self.unit_part(1)?);
        } else {
            return malformed(first);
        }
        let mut span = first.span.to(parts.last().map_or(first.span, |part| part.span));
        while !self.peek(0).new_line && (self.is_sign(0, "/") || self.is_sign(0, ".")) && is_part(self, 1) {
            let sign = if self.take().text == "/" { -1 } else { 1 };
            let part = self.unit_part(sign)?;
            span = span.to(part.span);
            parts.push(part);
        }
        Ok(UnitExpr { parts, span })
    }

    /// A name with its price level and whole exponent; `sign` is -1 after `/`.
    fn unit_part(&mut self, sign: i32) -> Parsed<UnitPart> {
        let name = self.take();
        let mut span = name.span;
        let mut price_year = None;
        if self.is_sign(0, "@") {
            let at = self.take();
            let year = self.take();
            price_year = year_of(year).filter(|_| !year.new_line);
            span = span.to(year.span);
            if price_year.is_none() {
                return fault(
                    "E0118",
                    format!("`@` requires a year, found {}", shown(year)),
                    at.span.to(year.span),
                    "price level expected",
                    "write `EUR@2021` for EUR at the price level of 2021",
                );
            }
        }
        let exponent = match self.whole_exponent()? {
            Some((exponent, at)) => {
                span = span.to(at);
                exponent
            }
            None => 1,
        };
        Ok(UnitPart {
            name: name.text.to_owned(),
            exponent: sign * exponent,
            price_year,
            span,
        })
    }

    /// `^ integer`, stepping over it; anything else after `^` is left, because then it is the power operator.
    fn whole_exponent(&mut self) -> Parsed<Option<(i32, Span)>> {
        let negative = self.is_sign(1, "-");
        let number = self.peek(1 + usize::from(negative));
        let TokenKind::Number(value) = number.kind else {
            return Ok(None);
        };
        if !self.is_sign(0, "^") || !number.text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        self.position += 2 + usize::from(negative);
        match number.text.parse::<i32>() {
            Ok(size @ 1..=GREATEST_EXPONENT) => Ok(Some((if negative { -size } else { size }, number.span))),
            _ => fault(
                "E0118",
                format!("impossible exponent {value} of a unit"),
                number.span,
                "out of range",
                format!("exponents of units run from 1 to {GREATEST_EXPONENT}; write `1` for no unit"),
            ),
        }
    }
}

fn year_of(token: Token<'_>) -> Option<i32> {
    let digits = token.text.len() == 4 && token.text.bytes().all(|byte| byte.is_ascii_digit());
    token.text.parse().ok().filter(|_| digits)
}

fn malformed<T>(found: Token<'_>) -> Parsed<T> {
    fault(
        "E0118",
        format!("a unit is required here, found {}", shown(found)),
        found.span,
        "not a unit",
        "units are names with powers, joined by `.` and `/`: `EUR/m2`, `%/year`, `kg.m^2/year`; `1` is no unit",
    )
}
