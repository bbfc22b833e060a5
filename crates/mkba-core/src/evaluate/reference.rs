//! The plain evaluator: one draw, one number at a time, node by node. It reads like the definitions; the lane evaluator must agree with it
//! to the last bit.
use crate::graph::apply::{apply_binary, apply_unary};
use crate::graph::space::SetId;
use crate::graph::{Graph, Inspection, Node, NodeId, Operation, Reduction};
use std::collections::HashMap;

/// Values of a node in a year (`None` for nodes without year).
pub type Observer<'a> = dyn FnMut(NodeId, Option<usize>, &[f64]) + 'a;

/// Evaluates nodes of a graph in one scenario.
pub struct Reference<'g> {
    graph: &'g Graph,
    wanted: Vec<bool>,
    maps: HashMap<(SetId, SetId), Vec<u32>>,
}

impl<'g> Reference<'g> {
    /// Prepares the nodes marked in `wanted`, which must hold all their operands.
    #[must_use]
    pub fn new(graph: &'g Graph, wanted: Vec<bool>) -> Self {
        let mut maps = HashMap::new();
        let mut note = |from: SetId, to: SetId| {
            if from != to
                && to != SetId::NONE
                && let Some(map) = graph.space.map(from, to)
            {
                maps.entry((from, to)).or_insert(map);
            }
        };
        for (at, node) in graph.nodes().iter().enumerate().filter(|(at, _)| wanted[*at]) {
            for operand in operands(graph, NodeId(at as u32)) {
                note(node.set, graph.node(operand).set);
                note(graph.node(operand).set, node.set);
            }
            match node.operation {
                Operation::Earlier(_, _, groups) => note(node.set, groups),
                Operation::Lagged(history, ..) => note(node.set, graph.histories()[history.0 as usize].set),
                _ => {}
            }
        }
        for state in graph.states() {
            note(state.set, graph.node(state.initial).set);
            if let Some(next) = state.next {
                note(state.set, graph.node(next).set);
            }
        }
        for history in graph.histories() {
            if let Some(of) = history.of {
                note(history.set, graph.node(of).set);
            }
        }
        Self { graph, wanted, maps }
    }

    /// Runs all years of a scenario for one draw and shows every value to `observe`, in order of evaluation.
    pub fn run(&self, inputs: &[f64], scenario: usize, observe: &mut Observer<'_>) {
        let graph = self.graph;
        let nodes = graph.nodes();
        let mut run = Run {
            reference: self,
            values: nodes.iter().map(|_| Vec::new()).collect(),
            totals: HashMap::new(),
            states: Vec::new(),
            past: vec![Vec::new(); graph.histories().len()],
            inputs,
            scenario,
        };
        let steady = |node: &Node| !node.variation.year && !node.variation.after;
        for at in self.indices(steady) {
            run.evaluate(at, 0, observe, None);
        }
        run.states = graph.states().iter().map(|s| run.spread(s.initial, s.set)).collect();
        for year in 0..graph.years {
            for at in self.indices(|node| node.variation.year) {
                run.evaluate(at, year, observe, Some(year));
            }
            run.end_year();
        }
        for at in self.indices(|node| node.variation.after) {
            run.evaluate(at, 0, observe, None);
        }
    }

    fn indices(&self, which: impl Fn(&Node) -> bool) -> Vec<usize> {
        (0..self.wanted.len())
            .filter(|&at| self.wanted[at] && which(&self.graph.nodes()[at]))
            .collect()
    }
}

struct Run<'r> {
    reference: &'r Reference<'r>,
    values: Vec<Vec<f64>>,
    totals: HashMap<NodeId, Vec<f64>>,
    states: Vec<Vec<f64>>,
    past: Vec<Vec<Vec<f64>>>,
    inputs: &'r [f64],
    scenario: usize,
}

impl Run<'_> {
    fn evaluate(&mut self, at: usize, year: usize, observe: &mut Observer<'_>, shown: Option<usize>) {
        let graph = self.reference.graph;
        let node = graph.nodes()[at];
        let extent = graph.space.extent(node.set);
        let value = |id: NodeId, element: usize| {
            self.values[id.0 as usize][self.position(node.set, graph.node(id).set, element)]
        };
        let result: Vec<f64> = match node.operation {
            Operation::Constant(bits) => vec![f64::from_bits(bits)],
            Operation::Input(first) => (0..extent).map(|e| self.inputs[first as usize + e]).collect(),
            Operation::Data(table) => {
                let table = &graph.tables()[table.0 as usize];
                let years = if table.by_year { graph.years } else { 1 };
                let scenario = if table.by_scenario { self.scenario } else { 0 };
                let year = if table.by_year { year } else { 0 };
                (0..extent)
                    .map(|e| table.values[(scenario * years + year) * extent + e])
                    .collect()
            }
            Operation::Unary(unary, a) => (0..extent).map(|e| apply_unary(unary, value(a, e))).collect(),
            Operation::Binary(binary, a, b) => (0..extent)
                .map(|e| apply_binary(binary, value(a, e), value(b, e)))
                .collect(),
            Operation::Select(c, a, b) => (0..extent)
                .map(|e| if value(c, e) != 0.0 { value(a, e) } else { value(b, e) })
                .collect(),
            Operation::Gather(a, map) => graph
                .positions(map)
                .iter()
                .map(|&p| self.values[a.0 as usize][p as usize])
                .collect(),
            Operation::Reduce(reduction, a) => self.reduce(reduction, a, node.set),
            Operation::Earlier(a, order, groups) => {
                let mut sums = vec![0.0; graph.space.extent(groups)];
                let mut result = vec![0.0; extent];
                for &element in graph.positions(order) {
                    let group = self.position(node.set, groups, element as usize);
                    result[element as usize] = sums[group];
                    sums[group] += self.values[a.0 as usize][element as usize];
                }
                result
            }
            Operation::Previous(state) => self.states[state.0 as usize].clone(),
            Operation::Lagged(history, by, before) => {
                let set = graph.histories()[history.0 as usize].set;
                (0..extent)
                    .map(|e| {
                        let position = self.position(node.set, set, e);
                        let back = |years: f64| {
                            let then = year as f64 - years;
                            if then < 0.0 {
                                value(before, e)
                            } else if then as usize == year {
                                let now = graph.histories()[history.0 as usize].of.unwrap_or(before);
                                self.values[now.0 as usize][self.position(set, graph.node(now).set, position)]
                            } else {
                                self.past[history.0 as usize][then as usize][position]
                            }
                        };
                        lag(value(by, e), back)
                    })
                    .collect()
            }
            Operation::Total(a) => self.totals.get(&a).cloned().unwrap_or_else(|| vec![0.0; extent]),
        };
        observe(NodeId(at as u32), shown, &result);
        self.values[at] = result;
    }

    fn reduce(&self, reduction: Reduction, a: NodeId, to: SetId) -> Vec<f64> {
        let graph = self.reference.graph;
        let from = graph.node(a).set;
        let start = match reduction {
            Reduction::Sum => 0.0,
            Reduction::Least => f64::INFINITY,
            Reduction::Greatest => f64::NEG_INFINITY,
        };
        let mut result = vec![start; graph.space.extent(to)];
        for (element, &value) in self.values[a.0 as usize].iter().enumerate() {
            let at = &mut result[self.position(from, to, element)];
            *at = apply_binary(reduction.operation(), *at, value);
        }
        result
    }

    fn end_year(&mut self) {
        let graph = self.reference.graph;
        for (_, node) in graph
            .nodes()
            .iter()
            .enumerate()
            .filter(|(at, _)| self.reference.wanted[*at])
        {
            if let Operation::Total(a) = node.operation {
                let added = &self.values[a.0 as usize];
                let sums = self.totals.entry(a).or_insert_with(|| vec![0.0; added.len()]);
                for (sum, value) in sums.iter_mut().zip(added) {
                    *sum += value;
                }
            }
        }
        for (history, past) in graph.histories().iter().zip(&mut self.past) {
            if let Some(of) = history.of.filter(|of| self.reference.wanted[of.0 as usize]) {
                let positions = 0..graph.space.extent(history.set);
                let set = graph.node(of).set;
                let values = &self.values[of.0 as usize];
                past.push(
                    positions
                        .map(|e| values[self.reference.position(history.set, set, e)])
                        .collect(),
                );
            }
        }
        self.states = graph
            .states()
            .iter()
            .zip(&self.states)
            .map(|(state, old)| match state.next {
                Some(next) if self.reference.wanted[next.0 as usize] => self.spread(next, state.set),
                _ => old.clone(),
            })
            .collect();
    }

    fn spread(&self, node: NodeId, set: SetId) -> Vec<f64> {
        if !self.reference.wanted[node.0 as usize] {
            return Vec::new();
        }
        let graph = self.reference.graph;
        let from = graph.node(node).set;
        (0..graph.space.extent(set))
            .map(|e| self.values[node.0 as usize][self.position(set, from, e)])
            .collect()
    }

    fn position(&self, from: SetId, to: SetId, element: usize) -> usize {
        self.reference.position(from, to, element)
    }
}

impl Reference<'_> {
    fn position(&self, from: SetId, to: SetId, element: usize) -> usize {
        if from == to {
            element
        } else if to == SetId::NONE {
            0
        } else {
            self.maps[&(from, to)][element] as usize
        }
    }
}

/// Linear between whole years: `(1 − f) x(k) + f x(k + 1)` years ago; `x(k)` itself where `f` is 0.
pub(crate) fn lag(by: f64, back: impl Fn(f64) -> f64) -> f64 {
    let whole = by.floor();
    let part = by - whole;
    if part == 0.0 {
        return back(whole);
    }
    (1.0 - part) * back(whole) + part * back(whole + 1.0)
}

/// Operands of a node within the year.
#[must_use]
pub fn operands(graph: &Graph, id: NodeId) -> Vec<NodeId> {
    match graph.node(id).operation {
        Operation::Constant(_) | Operation::Input(_) | Operation::Data(_) | Operation::Previous(_) => vec![],
        Operation::Unary(_, a)
        | Operation::Gather(a, _)
        | Operation::Reduce(_, a)
        | Operation::Earlier(a, ..)
        | Operation::Total(a) => vec![a],
        Operation::Binary(_, a, b) => vec![a, b],
        Operation::Select(c, a, b) => vec![c, a, b],
        Operation::Lagged(history, by, before) => {
            let history = &graph.histories()[history.0 as usize];
            let now = history.of.filter(|_| history.immediate);
            [by, before].into_iter().chain(now).collect()
        }
    }
}

/// The numbers of a value that varies only by element.
#[must_use]
pub fn known_values(graph: &Graph, node: NodeId) -> Vec<f64> {
    let mut wanted = vec![false; graph.nodes().len()];
    let mut open = vec![node];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut wanted[id.0 as usize], true) {
            open.extend(operands(graph, id));
        }
    }
    let mut found = Vec::new();
    let reference = Reference::new(graph, wanted);
    reference.run(&[], 0, &mut |id, _, values| {
        if id == node {
            found = values.to_vec();
        }
    });
    found
}
