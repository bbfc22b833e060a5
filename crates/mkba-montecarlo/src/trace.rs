//! Which value of a draw went wrong: the draw is run again by the plain evaluator, in order of evaluation.
use crate::sampler::Sampler;
use mkba_core::compiled::Compiled;
use mkba_core::evaluate::reference::{Reference, operands};
use mkba_core::graph::space::SetId;
use mkba_core::graph::{Inspection, NodeId, Operation};
use std::collections::HashMap;

/// The first value of a draw that is not a finite number.
#[derive(Debug, Clone, PartialEq)]
pub struct NotFinite {
    /// Number of the draw, from 0.
    pub draw: usize,
    /// Scenario.
    pub scenario: String,
    /// Named value in whose formula it arose.
    pub name: String,
    /// Element, if it has any.
    pub element: String,
    /// Calendar year, if it has one.
    pub year: Option<i32>,
    /// Infinite, or not a number.
    pub value: f64,
    /// A gate or ration was asked for, or had, a negative amount.
    pub negative: bool,
    /// Uncertain inputs it depends on, with their values in the draw.
    pub inputs: Vec<(String, f64)>,
}

/// Most inputs a message lists.
const MOST_INPUTS: usize = 8;

/// Finds it; `draw` and `scenario` must have one.
pub(crate) fn find(compiled: &Compiled, sampler: &Sampler, draw: usize, scenario: usize) -> NotFinite {
    let graph = &compiled.graph;
    let inputs = inputs_of(compiled, sampler, draw);
    let reference = Reference::new(graph, vec![true; graph.nodes().len()]);
    let mut first: Option<Hit> = None;
    let mut guard: Option<Hit> = None;
    let mut last_fault: HashMap<NodeId, Option<usize>> = HashMap::new();
    // Parts of a formula may be infinite where they are not chosen; a declared value may not.
    reference.run(&inputs, scenario, &mut |node, year, values| {
        let Some(at) = values.iter().position(|x| !x.is_finite()) else {
            return;
        };
        if first.is_some() {
            return;
        }
        last_fault.insert(node, year);
        let hit = Hit {
            node,
            year,
            at,
            value: values[at],
        };
        // Behind a guard, only an amount that was sound before it can be negative.
        let sound = |amount: NodeId| {
            last_fault
                .get(&amount)
                .is_none_or(|then| then.is_some() && *then != year)
        };
        if guarded(compiled, node).is_some_and(sound) {
            guard = guard.filter(|earlier| earlier.year == year).or(Some(hit));
        } else if graph.names().iter().any(|(named, _)| *named == node) {
            first = Some(hit);
        }
    });
    let guard = guard.filter(|guard| first.is_none_or(|first| guard.year.is_none() || guard.year == first.year));
    let Hit { node, year, value, .. } = first.or(guard).unwrap_or(Hit {
        node: NodeId(0),
        year: None,
        at: 0,
        value: f64::NAN,
    });
    let name = graph
        .names()
        .iter()
        .find(|(named, _)| first.is_some() && *named == node);
    let name = name.map_or("a part of a flow", |(_, name)| name.as_str());
    // Where the amount is negative; behind a gate every element of the group is no number.
    let place = guard
        .or(first)
        .map_or((SetId::NONE, 0), |hit| (graph.node(hit.node).set, hit.at));
    let keys = graph.space.keys(place.0, place.1).join(", ");
    NotFinite {
        draw,
        scenario: compiled
            .catalogue
            .scenarios
            .get(scenario)
            .map_or_else(String::new, |s| s.id.clone()),
        name: name.to_owned(),
        element: keys,
        year: year.map(|year| compiled.catalogue.first_year + year as i32),
        value,
        negative: guard.is_some(),
        inputs: inputs_behind(compiled, node, place, &inputs),
    }
}

/// Values of all inputs in one draw.
fn inputs_of(compiled: &Compiled, sampler: &Sampler, draw: usize) -> Vec<f64> {
    let lanes = 8;
    let mut rows = vec![0.0; compiled.inputs.len() * lanes];
    let first = draw - draw % lanes;
    sampler.fill(first as u64, lanes, &mut rows);
    rows.chunks_exact(lanes).map(|row| row[draw - first]).collect()
}

/// The first element of a node that is not finite, in one year.
#[derive(Clone, Copy)]
struct Hit {
    node: NodeId,
    year: Option<usize>,
    at: usize,
    value: f64,
}

/// The amount over which a node stands guard against negative values, if it is a guard.
fn guarded(compiled: &Compiled, node: NodeId) -> Option<NodeId> {
    match compiled.graph.node(node).operation {
        Operation::Select(_, chosen, amount) => compiled.graph.value(chosen).filter(|x| x.is_nan()).map(|_| amount),
        _ => None,
    }
}

/// Inputs that a node depends on: of those over an index, the one of the place, or all where the place does not decide which.
fn inputs_behind(compiled: &Compiled, node: NodeId, place: (SetId, usize), values: &[f64]) -> Vec<(String, f64)> {
    let graph = &compiled.graph;
    let mut seen = vec![false; graph.nodes().len()];
    let mut open = vec![node];
    let mut found: Vec<u32> = Vec::new();
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        open.extend(operands(graph, id));
        if let Operation::Input(first) = graph.node(id).operation {
            let set = graph.node(id).set;
            match graph.space.map(place.0, set) {
                Some(positions) => found.push(first + positions[place.1]),
                None => found.extend(first..first + graph.space.extent(set) as u32),
            }
        }
    }
    found.sort_unstable();
    let listed = found.into_iter().take(MOST_INPUTS);
    listed
        .map(|n| (compiled.inputs[n as usize].name.clone(), values[n as usize]))
        .collect()
}
