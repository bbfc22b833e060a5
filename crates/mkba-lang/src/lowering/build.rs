//! Typed formulas to nodes of the graph, for each version of each declaration.
use super::versions::{Entity, Versions};
use crate::declarations::Points;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::typing::{Aggregation, Arithmetic, Function, Kind, Member, Shape, Symbol, Typed, TypedStudy};
use mkba_core::graph::space::SetId;
use mkba_core::graph::{DataTable, Graph, HistoryId, NodeId, Range, Reduction, StateId, Unary, Variation};
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
    pub granted: NodeId,
    pub waiting: NodeId,
    pub asked: NodeId,
    pub unserved: NodeId,
    pub binding: NodeId,
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
    sites: HashMap<(Span, usize), NodeId>,
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

    /// The amount of a flow in an alternative.
    pub fn flow(&mut self, flow: usize, alternative: usize) -> NodeId {
        let version = self.versions.of(Entity::Flow(flow), alternative);
        let study = self.study;
        let formula = &study.flows[flow].formula;
        let node = self.node(formula, version);
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

    /// The node of a typed formula in a version.
    pub fn node(&mut self, typed: &'s Typed, version: usize) -> NodeId {
        let model = &self.study.scope.declarations.model;
        match &typed.kind {
            Kind::Number(value) => self.graph.constant(*value),
            Kind::Value(symbol) => self.value(*symbol, version, typed.span),
            Kind::Gate(gate, member) => {
                let nodes = self.gate(*gate, version, typed.span);
                match member {
                    Member::Granted => nodes.granted,
                    Member::Waiting => nodes.waiting,
                    Member::Asked => nodes.asked,
                    Member::Unserved => nodes.unserved,
                    Member::Binding => nodes.binding,
                }
            }
            Kind::Opening(stock) => self.opening(*stock, version),
            Kind::Elapsed => {
                let base = model.base_year.value;
                self.calendar(|year| f64::from(year - base))
            }
            Kind::SinceOpening => {
                let opening = model
                    .opening_year
                    .as_ref()
                    .map_or(model.first_year.value, |year| year.value);
                self.calendar(|year| f64::from(year - opening))
            }
            Kind::Now => self.calendar(f64::from),
            Kind::Function(function, a) => {
                let a = self.node(a, version);
                match function {
                    Function::Negate => self.graph.negate(a),
                    Function::Not => self.graph.not(a),
                    Function::Abs => self.graph.unary(Unary::Abs, a),
                    Function::Sqrt => self.graph.unary(Unary::Sqrt, a),
                    Function::Exp => self.graph.unary(Unary::Exp, a),
                    Function::Ln => self.graph.unary(Unary::Ln, a),
                }
            }
            Kind::Arithmetic(how, a, b) => {
                let (a, b) = (self.node(a, version), self.node(b, version));
                self.arithmetic(*how, a, b)
            }
            Kind::If(condition, then, otherwise) => {
                let condition = self.node(condition, version);
                let (then, otherwise) = (self.node(then, version), self.node(otherwise, version));
                self.graph.select(condition, then, otherwise)
            }
            Kind::Round { up, value, step } => {
                let (value, step) = (self.node(value, version), self.node(step, version));
                let steps = self.graph.divide(value, step);
                let whole = self.graph.unary(if *up { Unary::Ceil } else { Unary::Floor }, steps);
                self.graph.multiply(whole, step)
            }
            Kind::Ratio { above, below, if_none } => {
                let (above, below) = (self.node(above, version), self.node(below, version));
                let if_none = self.node(if_none, version);
                let zero = self.graph.constant(0.0);
                let none = self.graph.equal(below, zero);
                let ratio = self.graph.divide(above, below);
                self.graph.select(none, if_none, ratio)
            }
            Kind::Aggregate {
                how, body, condition, ..
            } => {
                let inner = condition
                    .as_ref()
                    .map_or(body.set, |c| self.graph.space.union(body.set, c.set));
                let body = self.node(body, version);
                let condition = condition.as_ref().map(|c| self.node(c, version));
                self.aggregate(*how, body, condition, inner, typed.set)
            }
            Kind::Pick { of, index, element } => {
                let node = self.node(of, version);
                let set = self.graph.node(node).set;
                if !self.graph.space.members(set).contains(index) {
                    return self.coarser_pick(of, node, *index, *element);
                }
                let rest: Vec<_> = self
                    .graph
                    .space
                    .members(set)
                    .iter()
                    .copied()
                    .filter(|member| member != index)
                    .collect();
                let rest = self.graph.space.set(&rest);
                let positions = self.graph.space.slice(set, *index, *element, rest);
                self.graph.gather(node, positions, rest)
            }
            Kind::Previous { of, first } => self.previous(typed, of, first, version),
            Kind::Lagged { of, by, before } => self.lagged(typed, of, by, before, version),
            Kind::Cumulative(of) => {
                if let Some(&node) = self.sites.get(&(typed.span, version)) {
                    return node;
                }
                let added = self.node(of, version);
                let zero = self.graph.constant(0.0);
                let varies = self.graph.node(added).variation;
                let set = self.graph.node(added).set;
                let (state, before) = self.graph.state(set, zero, varies, Range::ALL);
                let sum = self.graph.add(before, added);
                self.graph.set_next(state, sum);
                self.sites.insert((typed.span, version), sum);
                sum
            }
            Kind::Grown(rate) => {
                let rate = self.node(rate, version);
                self.grown(rate, typed.span)
            }
            Kind::Ramp { falling, from, over } => {
                let calendar = from.shape == Shape::Calendar;
                let (from, over) = (self.node(from, version), self.node(over, version));
                let base = if calendar { 0 } else { model.base_year.value };
                let end_of_year = if *falling { 0.0 } else { 1.0 };
                let now = self.calendar(|year| f64::from(year - base) + end_of_year);
                let passed = self.graph.subtract(now, from);
                let part = self.graph.divide(passed, over);
                let (zero, one) = (self.graph.constant(0.0), self.graph.constant(1.0));
                let part = self.graph.max(zero, part);
                let part = self.graph.min(one, part);
                if *falling { self.graph.subtract(one, part) } else { part }
            }
            Kind::Lookup { series, at } => {
                let at = self.node(at, version);
                self.lookup(*series, at)
            }
            Kind::Ration { wanted, available } => {
                let groups = available.set;
                let (wanted, available) = (self.node(wanted, version), self.node(available, version));
                let wanted = self.graph.spread(wanted, typed.set);
                self.ration(wanted, available, groups)
            }
        }
    }

    fn arithmetic(&mut self, how: Arithmetic, a: NodeId, b: NodeId) -> NodeId {
        let graph = &mut self.graph;
        match how {
            Arithmetic::Add => graph.add(a, b),
            Arithmetic::Subtract => graph.subtract(a, b),
            Arithmetic::Multiply => graph.multiply(a, b),
            Arithmetic::Divide => graph.divide(a, b),
            Arithmetic::Power => graph.power(a, b),
            Arithmetic::Min => graph.min(a, b),
            Arithmetic::Max | Arithmetic::Or => graph.max(a, b),
            Arithmetic::Less => graph.less(a, b),
            Arithmetic::LessOrEqual => graph.less_or_equal(a, b),
            Arithmetic::Equal => graph.equal(a, b),
            Arithmetic::NotEqual => {
                let equal = graph.equal(a, b);
                graph.not(equal)
            }
            Arithmetic::And => graph.min(a, b),
        }
    }

    fn aggregate(
        &mut self,
        how: Aggregation,
        body: NodeId,
        condition: Option<NodeId>,
        inner: SetId,
        result: SetId,
    ) -> NodeId {
        let (reduction, none) = match how {
            Aggregation::Sum | Aggregation::Mean | Aggregation::Count => (Reduction::Sum, 0.0),
            Aggregation::Greatest => (Reduction::Greatest, f64::NEG_INFINITY),
            Aggregation::Least => (Reduction::Least, f64::INFINITY),
        };
        let chosen = match condition {
            Some(condition) => {
                let none = self.graph.constant(none);
                self.graph.select(condition, body, none)
            }
            None => body,
        };
        let chosen = self.graph.spread(chosen, inner);
        let reduced = self.graph.reduce(reduction, chosen, result);
        if how != Aggregation::Mean {
            return reduced;
        }
        let counted = condition.unwrap_or_else(|| self.graph.constant(1.0));
        let counted = self.graph.spread(counted, inner);
        let count = self.graph.reduce(Reduction::Sum, counted, result);
        self.graph.divide(reduced, count)
    }

    /// A value that does not have the index itself (any more): the element it holds, or the same everywhere.
    fn coarser_pick(
        &mut self,
        of: &Typed,
        node: NodeId,
        index: mkba_core::graph::space::IndexId,
        element: u32,
    ) -> NodeId {
        let full = self.graph.spread(node, of.set);
        let members: Vec<_> = self
            .graph
            .space
            .members(of.set)
            .iter()
            .copied()
            .filter(|member| *member != index)
            .collect();
        let rest = self.graph.space.set(&members);
        let positions = self.graph.space.slice(of.set, index, element, rest);
        self.graph.gather(full, positions, rest)
    }

    fn stock(&mut self, n: usize, version: usize) -> NodeId {
        let study = self.study;
        let rules = &study.stocks[n];
        let mut level = self.opening(n, version);
        if let Some(adds) = &rules.adds {
            let adds = self.node(adds, version);
            level = self.graph.add(level, adds);
        }
        if let Some(loses) = &rules.loses {
            let loses = self.node(loses, version);
            level = self.graph.subtract(level, loses);
        }
        level
    }

    /// Level of a stock at the start of the year.
    fn opening(&mut self, n: usize, alternative: usize) -> NodeId {
        let symbol = Symbol::Stock(n);
        let version = self.versions.of(Entity::Symbol(symbol), alternative);
        if let Some(&node) = self.openings.get(&(n, version)) {
            return node;
        }
        let study = self.study;
        let initial = self.initial(&study.stocks[n].initial, version);
        let set = study.scope.sets[&symbol];
        let varies = Variation {
            draw: true,
            scenario: true,
            ..Variation::default()
        };
        let (state, before) = self.graph.state(set, initial, varies, Range::ALL);
        self.openings.insert((n, version), before);
        self.pending.push(Pending::Stock(state, n, version));
        before
    }

    /// A value before the first year, which must not change over the years.
    fn initial(&mut self, typed: &'s Typed, version: usize) -> NodeId {
        let node = self.node(typed, version);
        if self.graph.node(node).variation.year {
            self.diagnostics.push(
                Diagnostic::error(
                    "E0226",
                    "a value before the first year cannot change over the years",
                    typed.span,
                    "changes over the years",
                )
                .help("use parameters, columns of index files and numbers only"),
            );
        }
        node
    }

    fn previous(&mut self, typed: &'s Typed, of: &'s Typed, first: &'s Typed, version: usize) -> NodeId {
        if let Some(&node) = self.sites.get(&(typed.span, version)) {
            return node;
        }
        let initial = self.initial(first, version);
        let varies = Variation {
            draw: true,
            scenario: true,
            ..Variation::default()
        };
        let (state, before) = self.graph.state(typed.set, initial, varies, Range::ALL);
        self.sites.insert((typed.span, version), before);
        self.pending.push(Pending::State(state, of, version));
        before
    }

    fn lagged(&mut self, typed: &'s Typed, of: &'s Typed, by: &'s Typed, before: &'s Typed, version: usize) -> NodeId {
        if let Some(&node) = self.sites.get(&(typed.span, version)) {
            return node;
        }
        let lag = self.node(by, version);
        let before = self.initial(before, version);
        let node = *self.graph.node(lag);
        if node.variation.year || node.range.low < 0.0 || !node.range.high.is_finite() {
            self.diagnostics
                .push(self.impossible_lag(by, node.variation.year, node.range));
            return before;
        }
        let depth = node.range.high.floor() as u32 + 2;
        let immediate = node.range.low < 1.0;
        let history = self.graph.history(of.set, depth, immediate);
        if immediate {
            let now = self.node(of, version);
            let now = self.graph.spread(now, of.set);
            self.graph.set_history(history, now);
        } else {
            self.pending.push(Pending::History(history, of, version));
        }
        let node = self.graph.lagged(history, lag, before);
        self.sites.insert((typed.span, version), node);
        node
    }

    /// (1 + rate)^(years since the base year); a rate that changes over the years is compounded.
    fn grown(&mut self, rate: NodeId, at: Span) -> NodeId {
        if let Some(&node) = self.grown.get(&rate) {
            return node;
        }
        let model = &self.study.scope.declarations.model;
        let first = model.first_year.value - model.base_year.value;
        let one = self.graph.constant(1.0);
        let varies = self.graph.node(rate).variation;
        let next = if varies.year {
            if first > 1 {
                let base = model.base_year.value;
                let message = format!(
                    "growth at a rate that changes over the years requires a model that starts by {}",
                    base + 1
                );
                self.diagnostics.push(
                    Diagnostic::error("E0228", message, at, "the rates before the first year are not known")
                        .and(model.first_year.span, "first year")
                        .and(model.base_year.span, "growth counts from the base year")
                        .help(format!("let `first` be {}, or use one rate for all years", base + 1)),
                );
            }
            let counts = self.calendar(|year| if year > model.base_year.value { 1.0 } else { 0.0 });
            let rate = self.graph.multiply(rate, counts);
            let step = self.graph.add(one, rate);
            let set = self.graph.node(rate).set;
            let (state, before) = self.graph.state(set, one, varies, Range::ALL);
            let next = self.graph.multiply_as_is(before, step);
            self.graph.set_next(state, next);
            next
        } else {
            let growth = self.graph.add(one, rate);
            let exponent = self.graph.constant(f64::from(first - 1));
            let before = self.graph.power(growth, exponent);
            self.graph.geometric(before, growth)
        };
        self.grown.insert(rate, next);
        next
    }

    /// A series at any moment, by the same rules as [`super::values::at_year`].
    fn lookup(&mut self, series: usize, at: NodeId) -> NodeId {
        use crate::declarations::Between;
        let points: &Points = &self.study.scope.declarations.series[series].points;
        let factor = self.factor(&points.unit, points.deflator.as_ref(), points.factor_prices);
        let count = points.points.len();
        let value = |n: usize| points.points[n].1 * factor;
        let year = |n: usize| f64::from(points.points[n].0);
        let mut result = self.graph.constant(value(0));
        for n in 0..count {
            let is_last = n + 1 == count;
            let from = if is_last && n > 0 { n - 1 } else { n };
            let how = if is_last { points.after } else { points.between };
            let here = if how == Between::Constant || how == Between::Step || count == 1 {
                self.graph.constant(value(n))
            } else {
                let start = self.graph.constant(year(from));
                let passed = self.graph.subtract(at, start);
                let span = self.graph.constant(1.0 / (year(from + 1) - year(from)));
                let part = self.graph.multiply(passed, span);
                let base = self.graph.constant(value(from));
                if how == Between::Growth {
                    let ratio = self.graph.constant(value(from + 1) / value(from));
                    let grown = self.graph.power(ratio, part);
                    self.graph.multiply(base, grown)
                } else {
                    let rise = self.graph.constant(value(from + 1) - value(from));
                    let risen = self.graph.multiply(rise, part);
                    self.graph.add(base, risen)
                }
            };
            let begin = self.graph.constant(year(n));
            let reached = self.graph.less_or_equal(begin, at);
            result = self.graph.select(reached, here, result);
        }
        result
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
