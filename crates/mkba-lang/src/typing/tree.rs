//! Formulas after typing: names resolved, numbers in base units, index sets known.
use crate::source::Span;
use crate::unit::Dimensions;
use mkba_core::graph::space::{IndexId, SetId};

/// A thing that a formula can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbol {
    /// Parameter.
    Parameter(usize),
    /// Driver.
    Driver(usize),
    /// Series, at the year itself.
    Series(usize),
    /// Lever.
    Lever(usize),
    /// Variable.
    Variable(usize),
    /// Stock: its level at the end of the year.
    Stock(usize),
    /// Gate; only its members are values.
    Gate(usize),
    /// Limit.
    Limit(usize),
    /// Column of an index file: index and column.
    Column(usize, usize),
}

/// Members of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// What is served in the year.
    Granted,
    /// What waits at the end of the year.
    Waiting,
    /// What is asked for in the year, with what waited.
    Asked,
    /// What is not served in the year.
    Unserved,
    /// 1 when not all is served.
    Binding,
    /// What is met in another way in the year.
    Substituted,
    /// What that costs per year.
    SubstituteCost,
}

impl Member {
    /// In the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::Granted,
        Self::Waiting,
        Self::Asked,
        Self::Unserved,
        Self::Binding,
        Self::Substituted,
        Self::SubstituteCost,
    ];

    /// As it is written after the name of a gate.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Waiting => "waiting",
            Self::Asked => "asked",
            Self::Unserved => "unserved",
            Self::Binding => "binding",
            Self::Substituted => "substituted",
            Self::SubstituteCost => "substitute_cost",
        }
    }

    /// Whether only gates with a substitute have it.
    #[must_use]
    pub const fn needs_substitute(self) -> bool {
        matches!(self, Self::Substituted | Self::SubstituteCost)
    }
}

/// What the numbers of a formula part are.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A bare 0, which fits any unit.
    Zero,
    /// A calendar year.
    Calendar,
    /// True or false.
    Truth,
    /// An amount with these dimensions.
    Amount(Dimensions),
}

impl Shape {
    /// Without unit.
    pub fn plain() -> Self {
        Self::Amount(Dimensions::default())
    }
}

/// A typed formula part.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// What it computes.
    pub kind: Kind,
    /// Over which index set.
    pub set: SetId,
    /// In which dimensions.
    pub shape: Shape,
    /// Where it stands.
    pub span: Span,
}

/// Operators between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Min,
    Max,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
}

/// Functions of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Negate,
    Not,
    Abs,
    Sqrt,
    Exp,
    Ln,
}

/// Reductions over an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregation {
    Sum,
    Mean,
    Greatest,
    Least,
    Count,
}

/// What a typed part computes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Number(f64),
    Value(Symbol),
    Gate(usize, Member),
    /// Level of a stock at the start of the year.
    Opening(usize),
    /// Years since the base year.
    Elapsed,
    /// Years since the opening year.
    SinceOpening,
    /// Calendar year.
    Now,
    Function(Function, Box<Typed>),
    Arithmetic(Arithmetic, Box<Typed>, Box<Typed>),
    If(Box<Typed>, Box<Typed>, Box<Typed>),
    /// Rounded up (or down) to a multiple of the second.
    Round {
        up: bool,
        value: Box<Typed>,
        step: Box<Typed>,
    },
    Ratio {
        above: Box<Typed>,
        below: Box<Typed>,
        if_none: Box<Typed>,
    },
    Aggregate {
        how: Aggregation,
        body: Box<Typed>,
        condition: Option<Box<Typed>>,
        index: IndexId,
    },
    Pick {
        of: Box<Typed>,
        index: IndexId,
        element: u32,
    },
    /// Value a year ago; `first` in the first year.
    Previous {
        of: Box<Typed>,
        first: Box<Typed>,
    },
    Lagged {
        of: Box<Typed>,
        by: Box<Typed>,
        before: Box<Typed>,
    },
    Cumulative(Box<Typed>),
    Grown(Box<Typed>),
    /// Linear from 0 in the year before `from` to 1 after `over`; `falling` is 1 minus that, a year later.
    Ramp {
        falling: bool,
        from: Box<Typed>,
        over: Box<Typed>,
    },
    Lookup {
        series: usize,
        at: Box<Typed>,
    },
    Ration {
        wanted: Box<Typed>,
        available: Box<Typed>,
    },
}

impl Typed {
    /// Shows the parts directly below.
    pub fn parts(&self) -> Vec<&Typed> {
        match &self.kind {
            Kind::Number(_)
            | Kind::Value(_)
            | Kind::Gate(..)
            | Kind::Opening(_)
            | Kind::Elapsed
            | Kind::SinceOpening
            | Kind::Now => vec![],
            Kind::Function(_, a) | Kind::Cumulative(a) | Kind::Grown(a) | Kind::Lookup { at: a, .. } => vec![a],
            Kind::Pick { of: a, .. } => vec![a],
            Kind::Arithmetic(_, a, b) => vec![a, b],
            Kind::If(a, b, c) => vec![a, b, c],
            Kind::Round { value: a, step: b, .. }
            | Kind::Previous { of: a, first: b }
            | Kind::Ramp { from: a, over: b, .. }
            | Kind::Ration {
                wanted: a,
                available: b,
            } => vec![a, b],
            Kind::Ratio {
                above: a,
                below: b,
                if_none: c,
            }
            | Kind::Lagged {
                of: a,
                by: b,
                before: c,
            } => vec![a, b, c],
            Kind::Aggregate { body, condition, .. } => std::iter::once(&**body).chain(condition.as_deref()).collect(),
        }
    }
}
