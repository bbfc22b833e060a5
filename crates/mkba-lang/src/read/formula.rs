//! Formulas, values and units in TOML text, with every part placed in the file.
use super::reader::Reader;
use super::tree::{Content, Node, NodeKind};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span};
use crate::syntax::{Argument, Expr, ExprKind, UnitExpr, ValueExpr, ValueKind, parse_formula, parse_unit, parse_value};
use crate::unit::UnitNames;

impl Reader<'_> {
    /// The formula in a node: text, or a bare number.
    pub fn formula(&mut self, node: &Node) -> Option<Expr> {
        if let Some(number) = node.number() {
            return Some(bare_number(number, node.span));
        }
        let content = content(node)?;
        let (mut formula, exact) = self.parsed(content, node.span, parse_formula)?;
        if !exact {
            place_expr(&mut formula, node.span);
        }
        Some(formula)
    }
    /// The value in a node: text, or a bare number.
    pub fn value_text(&mut self, node: &Node) -> Option<ValueExpr> {
        if let Some(number) = node.number() {
            return Some(ValueExpr {
                kind: ValueKind::Number(number),
                unit: None,
                span: node.span,
            });
        }
        let content = content(node)?;
        let (mut value, exact) = self.parsed(content, node.span, parse_value)?;
        if !exact {
            value.span = node.span;
            if let Some(unit) = &mut value.unit {
                place_unit(unit, node.span);
            }
            if let ValueKind::Call { function, arguments } = &mut value.kind {
                function.span = node.span;
                arguments
                    .iter_mut()
                    .for_each(|argument| place_argument(argument, node.span));
            }
        }
        Some(value)
    }
    /// The unit in a node.
    pub fn unit(&mut self, node: &Node) -> Option<UnitExpr> {
        let content = content(node)?;
        let (mut unit, exact) = self.parsed(content, node.span, parse_unit)?;
        if !exact {
            place_unit(&mut unit, node.span);
        }
        Some(unit)
    }
    /// Parses text. When it does not stand in the file byte for byte, faults are placed at the whole of it and the second result is false.
    fn parsed<T>(&mut self, content: &Content, whole: Span, parse: Parse<T>) -> Option<(T, bool)> {
        if let Some(start) = content.exact {
            let tree = parse(&content.text, whole.file, start as usize, &self.units, self.diagnostics)?;
            return Some((tree, true));
        }
        let mut own = Diagnostics::default();
        let tree = parse(&content.text, whole.file, 0, &self.units, &mut own);
        for mut diagnostic in own.list().iter().cloned() {
            diagnostic.labels.iter_mut().for_each(|label| label.span = whole);
            self.diagnostics.push(diagnostic);
        }
        Some((tree?, false))
    }
}

/// A parser of text: text, file, position of its first byte, units, faults.
type Parse<T> = fn(&str, FileId, usize, &UnitNames, &mut Diagnostics) -> Option<T>;

fn content(node: &Node) -> Option<&Content> {
    match &node.kind {
        NodeKind::Text(content) => Some(content),
        _ => None,
    }
}

/// A number written without quotes as a formula.
pub fn bare_number(value: f64, span: Span) -> Expr {
    let number = Expr {
        kind: ExprKind::Number {
            value: value.abs(),
            unit: None,
        },
        span,
    };
    if value < 0.0 {
        Expr {
            kind: ExprKind::Negate(Box::new(number)),
            span,
        }
    } else {
        number
    }
}

/// No unit.
pub fn no_unit(span: Span) -> UnitExpr {
    UnitExpr {
        parts: Vec::new(),
        span,
    }
}

/// Whether two units are written alike, price levels left aside.
pub fn same_unit(left: &UnitExpr, right: &UnitExpr) -> bool {
    let parts = |unit: &UnitExpr| {
        let mut parts: Vec<_> = unit
            .parts
            .iter()
            .map(|part| (part.name.clone(), part.exponent))
            .collect();
        parts.sort();
        parts
    };
    parts(left) == parts(right)
}

/// The price level of a unit, if it states one.
pub fn price_year(unit: &UnitExpr) -> Option<i32> {
    unit.parts.iter().find_map(|part| part.price_year)
}

fn place_unit(unit: &mut UnitExpr, span: Span) {
    unit.span = span;
    unit.parts.iter_mut().for_each(|part| part.span = span);
}

fn place_argument(argument: &mut Argument, span: Span) {
    let names = [argument.name.as_mut(), argument.over.as_mut()];
    names.into_iter().flatten().for_each(|name| name.span = span);
    let formulas = [
        argument.key.as_mut(),
        argument.condition.as_mut(),
        Some(&mut argument.value),
    ];
    formulas
        .into_iter()
        .flatten()
        .for_each(|formula| place_expr(formula, span));
}

fn place_expr(expr: &mut Expr, span: Span) {
    expr.span = span;
    match &mut expr.kind {
        ExprKind::Number { unit, .. } => {
            if let Some(unit) = unit {
                place_unit(unit, span);
            }
        }
        ExprKind::Name { name, member, element } => {
            name.span = span;
            let parts = [member.as_mut(), element.as_mut()];
            parts.into_iter().flatten().for_each(|part| part.span = span);
        }
        ExprKind::Negate(inner) | ExprKind::Not(inner) => place_expr(inner, span),
        ExprKind::Binary { operator, left, right } => {
            operator.span = span;
            place_expr(left, span);
            place_expr(right, span);
        }
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => [condition, then, otherwise]
            .into_iter()
            .for_each(|part| place_expr(part, span)),
        ExprKind::Call { function, arguments } => {
            function.span = span;
            arguments.iter_mut().for_each(|argument| place_argument(argument, span));
        }
    }
}
