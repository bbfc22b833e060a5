//! The model as one graph of arithmetic, symbolic over years, elements, scenarios and draws (stage 3 and 4).
//!
//! Every sub-expression exists once. The alternatives are already applied: two alternatives that compute the same value share its node.
//! Nodes refer only to nodes made before them, so their order of making is an order of evaluation within a year; what comes from earlier
//! years passes through a [`State`] or a [`History`].
pub(crate) mod apply;
mod build;
mod finite;
mod geometric;
mod product;
mod range;
mod settle;
mod shared_products;
pub mod space;
pub mod union;

pub use build::Inspection;
pub use range::Range;
use space::{SetId, Space};
use std::collections::HashMap;
use std::fmt;

macro_rules! dense_id {
    ($(#[$doc:meta])* $name:ident, $word:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($word, "-{}"), self.0)
            }
        }
    };
}
dense_id!(/// A node of a [`Graph`].
    NodeId, "node");
dense_id!(/// A value carried from one year to the next.
    StateId, "state");
dense_id!(/// The past of a value, for lags.
    HistoryId, "history");
dense_id!(/// A table of known numbers.
    TableId, "table");
dense_id!(/// A list of positions.
    MapId, "map");

/// Operations on one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unary {
    /// e to the power.
    Exp,
    /// Natural logarithm.
    Ln,
    /// Square root.
    Sqrt,
    /// Without sign.
    Abs,
    /// Greatest whole number not above.
    Floor,
    /// Least whole number not below.
    Ceil,
}

/// Operations on two values. Truth is 1, falsehood 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binary {
    /// a + b
    Add,
    /// a − b
    Subtract,
    /// a × b
    Multiply,
    /// a ÷ b
    Divide,
    /// a if a < b else b
    Min,
    /// a if a > b else b
    Max,
    /// a < b
    Less,
    /// a ≤ b
    LessOrEqual,
    /// a = b
    Equal,
    /// a to the power b
    Power,
}

/// How elements become one value. Elements are taken in key order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// Sum.
    Sum,
    /// Least.
    Least,
    /// Greatest.
    Greatest,
}

/// What a node computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// A number, as its bits.
    Constant(u64),
    /// Uncertain inputs, one for each element, from this number on.
    Input(u32),
    /// Known numbers by scenario, year and element.
    Data(TableId),
    /// One operand.
    Unary(Unary, NodeId),
    /// Two operands; an operand over a coarser set is read at the element it holds.
    Binary(Binary, NodeId, NodeId),
    /// The second where the first is not 0, else the third.
    Select(NodeId, NodeId, NodeId),
    /// Positions of another value.
    Gather(NodeId, MapId),
    /// Reduction of a value over a finer set to this node's set.
    Reduce(Reduction, NodeId),
    /// Sum of the values that come before this element in the order of the map, within each element of the coarser set.
    Earlier(NodeId, MapId, SetId),
    /// Value of a state at the end of the previous year.
    Previous(StateId),
    /// Value of a history some years ago: lag in years, value before the first year.
    Lagged(HistoryId, NodeId, NodeId),
    /// Sum over all years.
    Total(NodeId),
}

/// On what a value depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Variation {
    /// Differs between draws.
    pub draw: bool,
    /// Differs between years.
    pub year: bool,
    /// Differs between scenarios.
    pub scenario: bool,
    /// Known only after the last year.
    pub after: bool,
}

impl Variation {
    /// On all that one or the other depends on.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            draw: self.draw || other.draw,
            year: self.year || other.year,
            scenario: self.scenario || other.scenario,
            after: self.after || other.after,
        }
    }
}

/// One value for each element of its set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// What it computes.
    pub operation: Operation,
    /// Its index set.
    pub set: SetId,
    /// On what it depends.
    pub variation: Variation,
    /// Between which bounds it lies.
    pub range: Range,
    /// Whether it is certainly a finite number, as long as no sum or product overflows.
    pub finite: bool,
}

/// A value carried to the next year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// Its index set.
    pub set: SetId,
    /// Value before the first year; without year.
    pub initial: NodeId,
    /// Value at the end of the year.
    pub next: Option<NodeId>,
}

/// The past of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// Its index set.
    pub set: SetId,
    /// The value of the year itself.
    pub of: Option<NodeId>,
    /// How many years back are kept.
    pub depth: u32,
    /// Whether a lag below one year occurs, so that the value of the year itself is needed.
    pub immediate: bool,
}

/// Known numbers: `values[(scenario * years + year) * extent + element]`, a dimension without variation having size one.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// Differs between scenarios.
    pub by_scenario: bool,
    /// Differs between years.
    pub by_year: bool,
    /// The numbers.
    pub values: Vec<f64>,
}

impl DataTable {
    /// One number for each year, the same in all scenarios and elements.
    #[must_use]
    pub fn by_year(values: Vec<f64>) -> Self {
        Self {
            by_scenario: false,
            by_year: true,
            values,
        }
    }
}

/// The model as arithmetic.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Index sets.
    pub space: Space,
    /// Number of scenarios.
    pub scenarios: usize,
    /// Number of years.
    pub years: usize,
    nodes: Vec<Node>,
    interned: HashMap<(Operation, SetId), NodeId>,
    factors: HashMap<NodeId, product::Factors>,
    /// Geometric sequences by start and ratio, and the other way round.
    sequences: HashMap<(NodeId, NodeId), NodeId>,
    geometric: HashMap<NodeId, (NodeId, NodeId)>,
    states: Vec<State>,
    histories: Vec<History>,
    tables: Vec<DataTable>,
    maps: Vec<Vec<u32>>,
    map_ids: HashMap<Vec<u32>, MapId>,
    /// Names of nodes, for messages: declared values only, in order of making.
    names: Vec<(NodeId, String)>,
}
