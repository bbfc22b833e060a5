//! A study, compiled: what the runner needs, and what names its results.
use crate::appraisal::Quantity;
use crate::appraisal::catalogue::Catalogue;
use crate::graph::{Graph, NodeId};
use crate::input::{Dependence, Input};
use crate::program::{self, Program};

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

/// What is told of a gate in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateAmount {
    /// Newly wanted.
    Wanted,
    /// Served.
    Granted,
    /// Met by the substitute.
    Substituted,
    /// Waiting at the end of the year.
    Waiting,
    /// Whether not all is served.
    Binding,
}

/// What an observed value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObservedValue {
    /// Of a gate.
    Gate {
        /// Gate.
        gate: usize,
        /// Which amount.
        amount: GateAmount,
    },
    /// The level of a limit.
    Limit {
        /// Limit.
        limit: usize,
    },
    /// Whether a bound of a limit is its least.
    Bound {
        /// Limit.
        limit: usize,
        /// Bound.
        bound: usize,
    },
}

/// A value of an alternative that is kept in observed years. What is nothing in all draws is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// Alternative.
    pub alternative: usize,
    /// What it is.
    pub value: ObservedValue,
    /// Which of the observed values of the program; alternatives that share a value share its number.
    pub item: usize,
}

/// A study as arithmetic, before there is a program.
#[derive(Debug, Clone)]
pub struct Formulated {
    /// The arithmetic.
    pub graph: Graph,
    /// Uncertain inputs.
    pub inputs: Vec<Input>,
    /// Which of them move together.
    pub dependences: Vec<Dependence>,
    /// Names, labels, units and settings.
    pub catalogue: Catalogue,
    /// Values without year, and what they are.
    pub outputs: Vec<(Quantity, NodeId)>,
    /// Values by year of which the means are kept.
    pub yearly: Vec<(Yearly, NodeId)>,
    /// Values of which the means are kept in some years.
    pub observed: Vec<NodeId>,
    /// What the observed values are.
    pub observations: Vec<Observation>,
    /// Observed values are kept every so many years.
    pub observed_every: u32,
}

impl Formulated {
    /// Makes the program.
    #[must_use]
    pub fn compile(mut self) -> Compiled {
        let outputs: Vec<NodeId> = self.outputs.iter().map(|(_, node)| *node).collect();
        let yearly: Vec<NodeId> = self.yearly.iter().map(|(_, node)| *node).collect();
        Compiled {
            program: program::compile_observed(&mut self.graph, &outputs, &yearly, &self.observed, self.observed_every),
            graph: self.graph,
            inputs: self.inputs,
            dependences: self.dependences,
            catalogue: self.catalogue,
            outputs: self.outputs.into_iter().map(|(quantity, _)| quantity).collect(),
            yearly: self.yearly.into_iter().map(|(item, _)| item).collect(),
            observed: self.observations,
        }
    }
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
    /// What the observed values of the program are.
    pub observed: Vec<Observation>,
}
