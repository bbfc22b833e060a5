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
}

impl Formulated {
    /// Makes the program.
    #[must_use]
    pub fn compile(mut self) -> Compiled {
        let outputs: Vec<NodeId> = self.outputs.iter().map(|(_, node)| *node).collect();
        let yearly: Vec<NodeId> = self.yearly.iter().map(|(_, node)| *node).collect();
        Compiled {
            program: program::compile(&mut self.graph, &outputs, &yearly),
            graph: self.graph,
            inputs: self.inputs,
            dependences: self.dependences,
            catalogue: self.catalogue,
            outputs: self.outputs.into_iter().map(|(quantity, _)| quantity).collect(),
            yearly: self.yearly.into_iter().map(|(item, _)| item).collect(),
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
}
