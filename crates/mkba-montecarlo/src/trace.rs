//! Which value of a draw went wrong: the draw is run again by the plain evaluator, in order of evaluation.
use crate::sampler::Sampler;
use mkba_core::compiled::Compiled;
use mkba_core::evaluate::reference::{Reference, operands};
use mkba_core::graph::{Inspection, NodeId, Operation};

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
    let mut first: Option<(NodeId, Option<usize>, usize, f64)> = None;
    let mut negative = false;
    // Parts of a formula may be infinite where they are not chosen; a declared value may not.
    reference.run(&inputs, scenario, &mut |id, year, values| {
        let Some(at) = values.iter().position(|x| !x.is_finite()) else {
            return;
        };
        if first.is_none() {
            negative |= is_guard(compiled, id);
            if graph.names().iter().any(|(node, _)| *node == id) {
                first = Some((id, year, at, values[at]));
            }
        }
    });
    let (node, year, at, value) = first.unwrap_or((NodeId(0), None, 0, f64::NAN));
    let named = first.and_then(|(id, ..)| graph.names().iter().find(|(node, _)| *node == id));
    let name = named.map_or("a part of a flow", |(_, name)| name.as_str());
    let keys = graph.space.keys(graph.node(node).set, at).join(", ");
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
        negative,
        inputs: inputs_behind(compiled, node, &inputs),
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

/// Whether a node stands guard against negative amounts.
fn is_guard(compiled: &Compiled, node: NodeId) -> bool {
    match compiled.graph.node(node).operation {
        Operation::Select(_, chosen, _) => compiled.graph.value(chosen).is_some_and(f64::is_nan),
        _ => false,
    }
}

fn inputs_behind(compiled: &Compiled, node: NodeId, values: &[f64]) -> Vec<(String, f64)> {
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
            found.push(first);
        }
    }
    found.sort_unstable();
    let listed = found.into_iter().take(MOST_INPUTS);
    listed
        .map(|n| (compiled.inputs[n as usize].name.clone(), values[n as usize]))
        .collect()
}
