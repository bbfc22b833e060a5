//! Types of formulas: dimensions of every part and the index set of the whole (specification sections 3 to 5).
use super::calls;
use super::messages;
use super::scope::Scope;
use super::tree::{Arithmetic, Function, Kind, Shape, Symbol, Typed};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::syntax::{Expr, ExprKind, Operator};
use crate::unit::Dimensions;
use mkba_core::graph::space::SetId;

/// Types formulas in a scope. `keep` is the declared set of the declaration, whose coarser indices survive aggregation.
pub struct Typist<'s, 'd> {
    pub scope: &'s mut Scope<'d>,
    pub diagnostics: &'s mut Diagnostics,
    pub keep: SetId,
}

impl Typist<'_, '_> {
    /// The typed form of a formula, or `None` after reporting what is wrong.
    pub fn expression(&mut self, expr: &Expr) -> Option<Typed> {
        match &expr.kind {
            ExprKind::Number { value, unit } => self.number(*value, unit.as_ref(), expr.span),
            ExprKind::Name { name, member, element } => self.name(name, member.as_ref(), element.as_ref(), expr.span),
            ExprKind::Negate(inner) => {
                let inner = self.amount(inner)?;
                let (set, shape) = (inner.set, inner.shape.clone());
                Some(Typed {
                    kind: Kind::Function(Function::Negate, Box::new(inner)),
                    set,
                    shape,
                    span: expr.span,
                })
            }
            ExprKind::Not(inner) => {
                let inner = self.condition(inner)?;
                let set = inner.set;
                let kind = Kind::Function(Function::Not, Box::new(inner));
                Some(Typed {
                    kind,
                    set,
                    shape: Shape::Truth,
                    span: expr.span,
                })
            }
            ExprKind::Binary { operator, left, right } => self.binary(operator, left, right, expr.span),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => {
                let condition = self.condition(condition);
                let then = self.expression(then);
                let otherwise = self.expression(otherwise);
                let (condition, then, otherwise) = (condition?, then?, otherwise?);
                let shape = self.common(&then, &otherwise, "if")?;
                let set = self.scope.space.union(then.set, otherwise.set);
                let set = self.scope.space.union(set, condition.set);
                let kind = Kind::If(Box::new(condition), Box::new(then), Box::new(otherwise));
                Some(Typed {
                    kind,
                    set,
                    shape,
                    span: expr.span,
                })
            }
            ExprKind::Call { function, arguments } => calls::call(self, function, arguments, expr.span),
        }
    }

    fn number(&mut self, value: f64, unit: Option<&crate::syntax::UnitExpr>, span: Span) -> Option<Typed> {
        let (value, shape) = match unit {
            None if value == 0.0 => (0.0, Shape::Zero),
            None => (value, Shape::plain()),
            Some(unit) => {
                if let Some(part) = unit.parts.iter().find(|part| part.price_year.is_some()) {
                    self.diagnostics.push(
                        Diagnostic::error("E0110", "a formula cannot hold a price level", part.span, "price level")
                            .help("declare a parameter with this value and a `deflator`, and use its name"),
                    );
                    return None;
                }
                let unit = self.scope.units.resolve(unit, self.diagnostics)?;
                (value * unit.scale, Shape::Amount(unit.dimensions))
            }
        };
        Some(Typed {
            kind: Kind::Number(value),
            set: SetId::NONE,
            shape,
            span,
        })
    }

    fn name(
        &mut self,
        name: &Spanned<String>,
        member: Option<&Spanned<String>>,
        element: Option<&Spanned<String>>,
        span: Span,
    ) -> Option<Typed> {
        let built_in = |kind, shape| {
            Some(Typed {
                kind,
                set: SetId::NONE,
                shape,
                span,
            })
        };
        match name.value.as_str() {
            "elapsed" => return built_in(Kind::Elapsed, Shape::Amount(Scope::time())),
            "now" => return built_in(Kind::Now, Shape::Calendar),
            "since_opening" => {
                if self.scope.declarations.model.opening_year.is_none() {
                    self.diagnostics.push(
                        Diagnostic::error(
                            "E0232",
                            "`since_opening` requires an opening year",
                            span,
                            "the model has none",
                        )
                        .help("add `opening_year = …` to `[model]`, or use `elapsed`, the time since the base year"),
                    );
                    return None;
                }
                return built_in(Kind::SinceOpening, Shape::Amount(Scope::time()));
            }
            _ => {}
        }
        let symbol = self.scope.find(name, self.diagnostics)?;
        let typed = match (symbol, member) {
            (Symbol::Gate(gate), Some(member)) => {
                let member = self.scope.member(name, gate, member, self.diagnostics)?;
                calls::gate_member(self, gate, member, span)?
            }
            (Symbol::Gate(_), None) => {
                self.diagnostics.push(
                    Diagnostic::error("E0204", format!("gate `{}` is not a value", name.value), span, "a gate")
                        .help(format!("use a member, such as `{}.granted`", name.value)),
                );
                return None;
            }
            (_, Some(member)) => {
                let (kind, _) = self.scope.describe(symbol);
                self.diagnostics.push(Diagnostic::error(
                    "E0204",
                    format!("{kind} `{}` has no `{}`", name.value, member.value),
                    member.span,
                    "only gates have members",
                ));
                return None;
            }
            (_, None) => {
                let set = self.scope.sets.get(&symbol).copied().unwrap_or(SetId::NONE);
                // A unit that could not be resolved has been reported where it is declared.
                let shape = self.scope.shape(symbol)?.clone();
                Typed {
                    kind: Kind::Value(symbol),
                    set,
                    shape,
                    span,
                }
            }
        };
        match element {
            None => Some(typed),
            Some(element) => self.pick(typed, element, span),
        }
    }

    fn pick(&mut self, of: Typed, element: &Spanned<String>, span: Span) -> Option<Typed> {
        let members = self.scope.space.members(of.set).to_vec();
        if members.is_empty() {
            let message = "an element requires a value over an index set";
            let label = format!("over no index set, so there is no `{}`", element.value);
            let fault = Diagnostic::error("E0203", message, of.span, label);
            self.diagnostics
                .push(fault.help(format!("leave out `[{}]`: this is one value for all", element.value)));
            return None;
        }
        let found = members.iter().find_map(|&index| {
            let elements = &self.scope.space.indices()[index.0 as usize].elements;
            Some((index, elements.iter().position(|key| *key == element.value)? as u32))
        });
        let Some((index, number)) = found else {
            let elements = members
                .iter()
                .flat_map(|index| &self.scope.space.indices()[index.0 as usize].elements);
            let mut fault = Diagnostic::error(
                "E0203",
                format!("unknown element `{}`", element.value),
                element.span,
                format!("this value is {}", self.scope.over(of.set)),
            );
            if let Some(near) = crate::read::closest(&element.value, elements.map(String::as_str)) {
                fault = fault.help(format!("did you mean `{near}`?"));
            }
            self.diagnostics.push(fault);
            return None;
        };
        let rest: Vec<_> = members.into_iter().filter(|&member| member != index).collect();
        let set = self.scope.space.set(&rest);
        let shape = of.shape.clone();
        Some(Typed {
            kind: Kind::Pick {
                of: Box::new(of),
                index,
                element: number,
            },
            set,
            shape,
            span,
        })
    }

    fn binary(&mut self, operator: &Spanned<Operator>, left: &Expr, right: &Expr, span: Span) -> Option<Typed> {
        use Operator as O;
        match operator.value {
            O::And | O::Or => {
                let (left, right) = (self.condition(left), self.condition(right));
                let how = if operator.value == O::And {
                    Arithmetic::And
                } else {
                    Arithmetic::Or
                };
                Some(self.pair(how, left?, right?, Shape::Truth, span))
            }
            O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual | O::Equal | O::NotEqual => {
                let (left, right) = (self.expression(left), self.expression(right));
                let (left, right) = (left?, right?);
                self.comparable(&left, &right, operator)?;
                let (how, left, right) = match operator.value {
                    O::Less => (Arithmetic::Less, left, right),
                    O::LessOrEqual => (Arithmetic::LessOrEqual, left, right),
                    O::Greater => (Arithmetic::Less, right, left),
                    O::GreaterOrEqual => (Arithmetic::LessOrEqual, right, left),
                    O::Equal => (Arithmetic::Equal, left, right),
                    _ => (Arithmetic::NotEqual, left, right),
                };
                Some(self.pair(how, left, right, Shape::Truth, span))
            }
            O::Add | O::Subtract => {
                let (left, right) = (self.expression(left), self.expression(right));
                let (left, right) = (left?, right?);
                let how = if operator.value == O::Add {
                    Arithmetic::Add
                } else {
                    Arithmetic::Subtract
                };
                if how == Arithmetic::Subtract && left.shape == Shape::Calendar && is_year(&right) {
                    return Some(self.pair(how, left, right, Shape::Amount(Scope::time()), span));
                }
                let word = if how == Arithmetic::Add { "+" } else { "-" };
                let shape = self.common(&left, &right, word)?;
                Some(self.pair(how, left, right, shape, span))
            }
            O::Multiply | O::Divide => {
                let (left, right) = (self.amount(left), self.amount(right));
                let (left, right) = (left?, right?);
                let none = Dimensions::default();
                let of = |shape: &Shape| match shape {
                    Shape::Amount(dimensions) => dimensions.clone(),
                    _ => none.clone(),
                };
                let (how, dimensions) = if operator.value == O::Multiply {
                    (Arithmetic::Multiply, of(&left.shape).multiply(&of(&right.shape)))
                } else {
                    (Arithmetic::Divide, of(&left.shape).divide(&of(&right.shape)))
                };
                Some(self.pair(how, left, right, Shape::Amount(dimensions), span))
            }
            O::Power => self.power(left, right, span),
        }
    }

    fn power(&mut self, left: &Expr, right: &Expr, span: Span) -> Option<Typed> {
        let (base, exponent) = (self.amount(left), self.amount(right));
        let (base, exponent) = (base?, exponent?);
        if !matches!(&exponent.shape, Shape::Zero) && exponent.shape != Shape::plain() {
            let found = self.scope.unit(&exponent.shape);
            let unit = self.scope.show(&exponent.shape);
            self.diagnostics.push(
                Diagnostic::error(
                    "E0304",
                    "an exponent requires a number without unit",
                    exponent.span,
                    found,
                )
                .help(format!("divide it by its unit: `(… / (1 {unit}))`")),
            );
            return None;
        }
        let shape = match &base.shape {
            Shape::Amount(dimensions) if !dimensions.is_none() => {
                let whole = constant(&exponent).filter(|n| n.fract() == 0.0 && n.abs() <= 100.0);
                let raised = whole.and_then(|n| dimensions.power(n as i32));
                let Some(raised) = raised else {
                    let found = self.scope.unit(&base.shape);
                    self.diagnostics.push(
                        Diagnostic::error(
                            "E0304",
                            "a value with a unit requires a constant whole exponent",
                            exponent.span,
                            "not a whole number",
                        )
                        .and(base.span, found)
                        .help("divide the base by its unit first: a number without unit may have any exponent"),
                    );
                    return None;
                };
                Shape::Amount(raised)
            }
            _ => Shape::plain(),
        };
        Some(self.pair(Arithmetic::Power, base, exponent, shape, span))
    }

    pub fn pair(&mut self, how: Arithmetic, left: Typed, right: Typed, shape: Shape, span: Span) -> Typed {
        let set = self.scope.space.union(left.set, right.set);
        Typed {
            kind: Kind::Arithmetic(how, Box::new(left), Box::new(right)),
            set,
            shape,
            span,
        }
    }

    /// A formula that is an amount: neither a condition nor a calendar year.
    pub fn amount(&mut self, expr: &Expr) -> Option<Typed> {
        let typed = self.expression(expr)?;
        let problem = match typed.shape {
            Shape::Truth => "a condition",
            Shape::Calendar => "a calendar year",
            _ => return Some(typed),
        };
        let fault = Diagnostic::error(
            "E0306",
            format!("an amount is required here, not {problem}"),
            typed.span,
            problem,
        );
        self.diagnostics.push(match typed.shape {
            Shape::Calendar => fault.help("subtract a year to get a duration, such as `now - 2030`, or use `elapsed`"),
            _ => fault.help("choose with `if … then … else …`"),
        });
        None
    }

    /// A formula that is true or false.
    pub fn condition(&mut self, expr: &Expr) -> Option<Typed> {
        let typed = self.expression(expr)?;
        if typed.shape == Shape::Truth {
            return Some(typed);
        }
        let found = match &typed.shape {
            Shape::Amount(dimensions) if dimensions.is_none() => "a number".to_owned(),
            shape => self.scope.unit(shape),
        };
        self.diagnostics.push(
            Diagnostic::error(
                "E0306",
                "a condition is required here, not an amount",
                typed.span,
                found,
            )
            .help("compare it with something, such as `… > 0`"),
        );
        None
    }

    /// The shape of two values that must be of the same kind.
    pub fn common(&mut self, left: &Typed, right: &Typed, operator: &str) -> Option<Shape> {
        match (&left.shape, &right.shape) {
            (Shape::Zero, other) | (other, Shape::Zero) if *other != Shape::Truth => Some(other.clone()),
            (a, b) if a == b && (*a != Shape::Calendar || operator == "if") => Some(a.clone()),
            _ => {
                self.diagnostics
                    .push(messages::units_differ(self.scope, left, right, operator));
                None
            }
        }
    }

    fn comparable(&mut self, left: &Typed, right: &Typed, operator: &Spanned<Operator>) -> Option<()> {
        let calendar = |a: &Typed, b: &Typed| a.shape == Shape::Calendar && is_year(b);
        if calendar(left, right) || calendar(right, left) {
            return Some(());
        }
        if left.shape == Shape::Truth || right.shape == Shape::Truth {
            let at = if left.shape == Shape::Truth {
                left.span
            } else {
                right.span
            };
            self.diagnostics.push(
                Diagnostic::error("E0306", "conditions are not compared", at, "a condition")
                    .help("join conditions with `and`, `or`, `not`"),
            );
            return None;
        }
        let word = match operator.value {
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Equal => "=",
            _ => "!=",
        };
        self.common(left, right, word).map(|_| ())
    }
}

/// Whether a value may stand for a calendar year.
fn is_year(typed: &Typed) -> bool {
    typed.shape == Shape::Calendar
        || (typed.shape == Shape::plain() && constant(typed).is_some_and(|n| n.fract() == 0.0))
}

/// The number of a typed constant.
pub fn constant(typed: &Typed) -> Option<f64> {
    match &typed.kind {
        Kind::Number(value) => Some(*value),
        Kind::Function(Function::Negate, inner) => constant(inner).map(|value| -value),
        _ => None,
    }
}
