//! Typed formulas to nodes of the graph, for each version of each declaration.
mod node;
mod past;

use super::versions::{Entity, Versions};
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::typing::{Symbol, Typed, TypedStudy};
use mkba_core::graph::space::SetId;
use mkba_core::graph::{DataTable, Graph, HistoryId, NodeId, StateId};
use mkba_core::input::Input;
use mkba_core::rulebook::Rulebook;
use std::collections::HashMap;

/// What a state or history is of, to be built when all is known that it may refer to.
enum Pending<'s> {
    Stock(StateId, usize, usize),
    State(StateId, &'s Typed, usize),
    History(HistoryId, &'s Typed, usize),
}

/// Nodes of a gate in one version.
#[derive(Clone, Copy)]
pub struct GateNodes {
    pub wanted: NodeId,
    pub granted: NodeId,
    pub waiting: NodeId,
    pub asked: NodeId,
    pub unserved: NodeId,
    pub binding: NodeId,
    pub substituted: NodeId,
}

/// Builds the graph of a study.
pub struct Builder<'s, 'd> {
    pub study: &'s TypedStudy<'d>,
    pub rulebook: &'s Rulebook,
    pub versions: Versions,
    pub graph: Graph,
    pub inputs: Vec<Input>,
    pub diagnostics: &'s mut Diagnostics,
    values: HashMap<(Symbol, usize), NodeId>,
    gates: HashMap<(usize, usize), GateNodes>,
    openings: HashMap<(usize, usize), NodeId>,
    /// Formula parts with a past of their own, by part and version. The part itself is the key: a formula that several declarations
    /// take from `[defaults]` stands in one place and is typed for each of them.
    sites: HashMap<(*const Typed, usize), NodeId>,
    measures: HashMap<(usize, usize), NodeId>,
    grown: HashMap<NodeId, NodeId>,
    pending: Vec<Pending<'s>>,
    /// Declarations being built, with where each was referred to.
    path: Vec<(Symbol, usize, Span)>,
}

impl<'s, 'd> Builder<'s, 'd> {
    pub fn new(study: &'s TypedStudy<'d>, rulebook: &'s Rulebook, diagnostics: &'s mut Diagnostics) -> Self {
        let declarations = study.scope.declarations;
        let years = (declarations.model.last_year.value - declarations.model.first_year.value + 1).max(1) as usize;
        let graph = Graph::new(study.scope.space.clone(), declarations.scenarios.len().max(1), years);
        Self {
            study,
            rulebook,
            versions: Versions::new(study),
            graph,
            inputs: Vec::new(),
            diagnostics,
            values: HashMap::new(),
            gates: HashMap::new(),
            openings: HashMap::new(),
            sites: HashMap::new(),
            measures: HashMap::new(),
            grown: HashMap::new(),
            pending: Vec::new(),
            path: Vec::new(),
        }
    }

    /// Calendar years of the model.
    pub fn years(&self) -> Vec<i32> {
        let model = &self.study.scope.declarations.model;
        (model.first_year.value..=model.last_year.value).collect()
    }

    /// The value of a name in an alternative. `at` is where it is referred to.
    pub fn value(&mut self, symbol: Symbol, alternative: usize, at: Span) -> NodeId {
        let version = self.versions.of(Entity::Symbol(symbol), alternative);
        if let Some(&node) = self.values.get(&(symbol, version)) {
            return node;
        }
        if self.enter(symbol, version, at).is_none() {
            return self.graph.constant(0.0);
        }
        let study = self.study;
        let node = match symbol {
            Symbol::Parameter(n) => self.parameter(n),
            Symbol::Driver(n) => self.driver(n),
            Symbol::Series(n) => self.series(n),
            Symbol::Column(index, column) => self.column(index, column),
            Symbol::Lever(n) => self.lever(n, version),
            Symbol::Variable(n) => self.node(&study.variables[n], version),
            Symbol::Stock(n) => self.stock(n, version),
            Symbol::Limit(n) => self.limit(n, version),
            Symbol::Gate(n) => self.gate(n, version, at).granted,
        };
        self.path.pop();
        if !matches!(symbol, Symbol::Column(..)) {
            let name = self.study.scope.name(symbol);
            self.graph.name(node, name);
        }
        self.values.insert((symbol, version), node);
        node
    }

    /// Whether a named value may differ between years, in any alternative. Lags and states count as if they did.
    pub fn varies_by_year(&self, symbol: Symbol) -> bool {
        let alternatives = 0..self.study.scope.declarations.alternatives.len();
        let mut versions = alternatives.map(|alternative| self.versions.of(Entity::Symbol(symbol), alternative));
        let varies = |version| {
            let built = self.values.get(&(symbol, version));
            built.is_some_and(|node| self.graph.node(*node).variation.year)
        };
        matches!(symbol, Symbol::Gate(_)) || versions.any(varies)
    }

    /// Notes that a declaration is being built; `None` after reporting a cycle within the year.
    fn enter(&mut self, symbol: Symbol, version: usize, at: Span) -> Option<()> {
        let Some(start) = self.path.iter().position(|(s, v, _)| (*s, *v) == (symbol, version)) else {
            self.path.push((symbol, version, at));
            return Some(());
        };
        let round: Vec<(Symbol, usize, Span)> = self.path[start..].to_vec();
        let fault = self.cycle(&round, at);
        self.diagnostics.push(fault);
        None
    }

    /// The amount of a flow in an alternative, as far as it is counted.
    pub fn flow(&mut self, flow: usize, alternative: usize, counted: Option<NodeId>) -> NodeId {
        let version = self.versions.of(Entity::Flow(flow), alternative);
        let study = self.study;
        let formula = &study.flows[flow].formula;
        let node = self.node(formula, version);
        let node = counted.map_or(node, |counted| self.graph.multiply(node, counted));
        // A value that turns out to be the same everywhere still counts once for each element.
        let node = self.graph.spread(node, formula.set);
        self.graph.name(node, &study.scope.declarations.flows[flow].name.value);
        node
    }

    /// Builds what states and histories are of, until nothing is left.
    pub fn finish(&mut self) {
        let study = self.study;
        while let Some(pending) = self.pending.pop() {
            match pending {
                Pending::Stock(state, stock, version) => {
                    let next = self.value(Symbol::Stock(stock), version, study.stocks[stock].initial.span);
                    self.graph.set_next(state, next);
                }
                Pending::State(state, typed, version) => {
                    let next = self.node(typed, version);
                    self.graph.set_next(state, next);
                }
                Pending::History(history, typed, version) => {
                    let of = self.node(typed, version);
                    let of = self.graph.spread(of, typed.set);
                    self.graph.set_history(history, of);
                }
            }
        }
    }

    /// Years since some year, as a table.
    pub fn calendar(&mut self, value: impl Fn(i32) -> f64) -> NodeId {
        let values = self.years().into_iter().map(value).collect();
        self.graph.data(
            DataTable {
                by_scenario: false,
                by_year: true,
                values,
            },
            SetId::NONE,
        )
    }

    pub fn known_gate(&self, gate: usize, version: usize) -> Option<GateNodes> {
        self.gates.get(&(gate, version)).copied()
    }

    pub fn keep_gate(&mut self, gate: usize, version: usize, nodes: GateNodes) {
        self.gates.insert((gate, version), nodes);
    }

    pub fn known_measure(&self, measure: usize, version: usize) -> Option<NodeId> {
        self.measures.get(&(measure, version)).copied()
    }

    pub fn keep_measure(&mut self, measure: usize, version: usize, node: NodeId) {
        self.measures.insert((measure, version), node);
    }

    pub fn begin(&mut self, symbol: Symbol, version: usize, at: Span) -> Option<()> {
        self.enter(symbol, version, at)
    }

    pub fn end(&mut self) {
        self.path.pop();
    }
}
