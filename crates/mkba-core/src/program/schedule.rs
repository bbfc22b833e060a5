//! Cuts each section into phases of one index set, in an order in which every operand is ready.
use super::Section;
use crate::evaluate::reference::operands;
use crate::graph::space::SetId;
use crate::graph::{Graph, Inspection, MapId, NodeId, Operation};

/// A phase before code is made for it.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub section: Section,
    /// The set whose elements the phase runs over.
    pub set: SetId,
    /// Nodes in order of execution.
    pub nodes: Vec<NodeId>,
    /// Order of the elements when it matters.
    pub order: Option<MapId>,
    /// Needed in observed years only.
    pub observed: bool,
}

/// The section in which a node that depends on the draw is computed.
pub(super) fn section_of(graph: &Graph, id: NodeId) -> Section {
    let node = graph.node(id);
    match node.operation {
        Operation::Total(_) => Section::Year,
        _ if node.variation.after => Section::After,
        _ if node.variation.year => Section::Year,
        _ if node.variation.scenario => Section::Scenario,
        _ => Section::Draw,
    }
}

/// Whether a node needs no code: it is found in memory.
pub(super) fn is_stored(graph: &Graph, id: NodeId) -> bool {
    matches!(graph.node(id).operation, Operation::Input(_) | Operation::Previous(_))
}

/// The set over which the code of a node runs: for reductions that of what is reduced.
pub(super) fn running_set(graph: &Graph, id: NodeId) -> SetId {
    match graph.node(id).operation {
        Operation::Reduce(_, a) | Operation::Total(a) => graph.node(a).set,
        _ => graph.node(id).set,
    }
}

/// Whether the value of a node exists only after its phase has run over all elements.
pub(super) fn is_late(graph: &Graph, id: NodeId) -> bool {
    matches!(
        graph.node(id).operation,
        Operation::Reduce(..) | Operation::Total(_) | Operation::Earlier(..)
    )
}

/// Whether `reader` reads `operand` only at its own element.
pub(super) fn reads_own_element(graph: &Graph, reader: NodeId, operand: NodeId) -> bool {
    let set = running_set(graph, reader);
    match graph.node(reader).operation {
        Operation::Gather(..) | Operation::Earlier(..) => false,
        Operation::Lagged(history, by, before) if operand != by && operand != before => {
            graph.histories()[history.0 as usize].set == set && graph.node(operand).set == set
        }
        _ => graph.node(operand).set == set,
    }
}

/// Phases of one section for the nodes given in order of making. `elsewhere` says whether a node is ready before the section begins.
pub(super) fn plan(graph: &Graph, section: Section, nodes: &[NodeId], elsewhere: &dyn Fn(NodeId) -> bool) -> Vec<Plan> {
    const PENDING: u32 = u32::MAX;
    let mut phase_of = vec![PENDING; graph.nodes().len()];
    let mut remaining = nodes.to_vec();
    let mut plans: Vec<Plan> = Vec::new();
    while !remaining.is_empty() {
        let now = plans.len() as u32;
        let ready = |phase_of: &[u32], id: NodeId| {
            operands(graph, id).into_iter().all(|operand| {
                let phase = phase_of[operand.0 as usize];
                elsewhere(operand)
                    || (phase != PENDING
                        && (phase < now || (!is_late(graph, operand) && reads_own_element(graph, id, operand))))
            })
        };
        let alone = |id: NodeId| matches!(graph.node(id).operation, Operation::Earlier(..));
        let first = remaining
            .iter()
            .copied()
            .filter(|&id| ready(&phase_of, id))
            .min_by_key(|&id| {
                (
                    graph.space.extent(running_set(graph, id)),
                    running_set(graph, id),
                    alone(id),
                    id,
                )
            });
        let Some(first) = first else {
            unreachable!("nodes are made after their operands, so the first one left is ready");
        };
        let set = running_set(graph, first);
        let mut plan = Plan {
            section,
            set,
            nodes: Vec::new(),
            order: None,
            observed: false,
        };
        if let Operation::Earlier(_, order, _) = graph.node(first).operation {
            plan.order = Some(order);
            plan.nodes.push(first);
            phase_of[first.0 as usize] = now;
        } else {
            for &id in &remaining {
                if running_set(graph, id) == set && !alone(id) && ready(&phase_of, id) {
                    phase_of[id.0 as usize] = now;
                    plan.nodes.push(id);
                }
            }
        }
        remaining.retain(|id| phase_of[id.0 as usize] == PENDING);
        plans.push(plan);
    }
    plans
}
