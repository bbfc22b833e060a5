//! Formula trees, as written: every part knows where it stands.
use crate::source::{Span, Spanned};

/// A formula or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl Expr {
    /// Calls for each name in the formula, functions and index sets apart.
    pub fn each_name(&self, call: &mut impl FnMut(&str)) {
        match &self.kind {
            ExprKind::Number { .. } => {}
            ExprKind::Name { name, .. } => call(&name.value),
            ExprKind::Negate(inner) | ExprKind::Not(inner) => inner.each_name(call),
            ExprKind::Binary { left, right, .. } => [left, right].into_iter().for_each(|it| it.each_name(call)),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => [condition, then, otherwise]
                .into_iter()
                .for_each(|it| it.each_name(call)),
            ExprKind::Call { arguments, .. } => {
                for argument in arguments {
                    let parts = [
                        argument.key.as_ref(),
                        argument.condition.as_ref(),
                        Some(&argument.value),
                    ];
                    parts.into_iter().flatten().for_each(|it| it.each_name(call));
                }
            }
        }
    }
}

/// The kinds of formula parts (specification section 3).
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A number, with the unit written after it.
    Number {
        /// As written, never negative.
        value: f64,
        /// The unit after it.
        unit: Option<UnitExpr>,
    },
    /// `name`, `name.member`, `name[element]`.
    Name {
        /// What is named.
        name: Spanned<String>,
        /// Part of a gate or limit, after the point.
        member: Option<Spanned<String>>,
        /// Key of an index set, between brackets.
        element: Option<Spanned<String>>,
    },
    /// `-x`
    Negate(Box<Expr>),
    /// `not x`
    Not(Box<Expr>),
    /// Two operands.
    Binary {
        /// What joins them.
        operator: Spanned<Operator>,
        /// First operand.
        left: Box<Expr>,
        /// Second operand.
        right: Box<Expr>,
    },
    /// `if c then a else b`; `else if` nests in `otherwise`.
    If {
        /// Yes or no.
        condition: Box<Expr>,
        /// Value if yes.
        then: Box<Expr>,
        /// Value if no.
        otherwise: Box<Expr>,
    },
    /// `f(a, name = b)`
    Call {
        /// Name of the function or distribution.
        function: Spanned<String>,
        /// Arguments in order of writing.
        arguments: Vec<Argument>,
    },
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// `name =` before it. Also `v: p` of `discrete` and `metalog`: then `key` is set instead.
    pub name: Option<Spanned<String>>,
    /// The `v` of `v: p`.
    pub key: Option<Expr>,
    /// The formula.
    pub value: Expr,
    /// `over name`
    pub over: Option<Spanned<String>>,
    /// `where condition`
    pub condition: Option<Expr>,
}

/// Operators, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// A unit as written: `MEUR@2021/m2/year`. Parts multiply; exponents of parts after `/` are negative.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitExpr {
    /// Its factors in order of writing.
    pub parts: Vec<UnitPart>,
    /// Where it stands.
    pub span: Span,
}

/// One factor of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitPart {
    /// Name with prefix, as written: `MEUR`, `%`, `1`.
    pub name: String,
    /// Signed exponent.
    pub exponent: i32,
    /// `@2021`
    pub price_year: Option<i32>,
    /// Where it stands.
    pub span: Span,
}

/// A `value` string: a quantity or a distribution, with one unit for all its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueExpr {
    /// What is written.
    pub kind: ValueKind,
    /// The unit after it, if any.
    pub unit: Option<UnitExpr>,
    /// Where it stands.
    pub span: Span,
}

/// What a `value` string holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// `40 MEUR/year`
    Number(f64),
    /// `triangular(2, 6, 12)`, `lognormal(median = 1, sigma = 2)`, `column(name)`, `discrete(1: 30 %, 2: 70 %)`.
    /// Numbers inside may be negative and may carry `%`, nothing else.
    Call {
        /// Name of the function or distribution.
        function: Spanned<String>,
        /// Arguments in order of writing.
        arguments: Vec<Argument>,
    },
}

impl Operator {
    /// All operators, loosest first.
    pub const ALL: [Self; 13] = [
        Self::Or,
        Self::And,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Equal,
        Self::NotEqual,
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Power,
    ];

    /// As it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
        }
    }

    /// How tightly it binds: 1 `or`, 2 `and`, (3 `not`), 4 comparison, 5 sum, 6 product, (7 sign), 8 power.
    #[must_use]
    pub fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual | Self::Equal | Self::NotEqual => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
            Self::Power => 8,
        }
    }
}
