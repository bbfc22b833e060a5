//! A study, compiled: what the runner needs, and what names its results.
use crate::appraisal::Quantity;
use crate::appraisal::catalogue::Catalogue;
use crate::graph::Graph;
use crate::input::{Dependence, Input};
use crate::program::Program;

/// What a yearly mean is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yearly {
    /// EUR per year of a flow, as a difference from the baseline.
    Flow {
        /// Alternative.
        alternative: usize,
        /// Flow.
        flow: usize,
    },
    /// EUR of the base year: the balance of the year's flows, discounted, as a difference from the baseline.
    Balance {
        /// Alternative.
        alternative: usize,
    },
    /// Level of an indicator, one position for each of its elements.
    Indicator {
        /// Alternative.
        alternative: usize,
        /// Indicator.
        indicator: usize,
    },
}

/// A compiled study. Immutable, shared by all threads.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The program.
    pub program: Program,
    /// The arithmetic behind it, for the plain evaluator and for tracing a draw.
    pub graph: Graph,
    /// Uncertain inputs.
    pub inputs: Vec<Input>,
    /// Which of them move together.
    pub dependences: Vec<Dependence>,
    /// Names, labels, units and settings.
    pub catalogue: Catalogue,
    /// What each output of the program is.
    pub outputs: Vec<Quantity>,
    /// What each yearly value of the program is.
    pub yearly: Vec<Yearly>,
}
