//! What of gates and limits is kept in some years: which capacity binds where, and when.
use super::build::Builder;
use crate::typing::Symbol;
use mkba_core::compiled::{GateAmount, Observation, ObservedValue};
use mkba_core::graph::NodeId;
use std::collections::HashMap;

/// Observed values: each node once, and whose it is.
#[derive(Default)]
pub struct Observed {
    pub nodes: Vec<NodeId>,
    pub observations: Vec<Observation>,
    items: HashMap<NodeId, usize>,
}

impl Observed {
    fn add(&mut self, builder: &Builder<'_, '_>, alternative: usize, value: ObservedValue, node: NodeId) {
        if builder.graph.value(node) == Some(0.0) {
            return;
        }
        let nodes = &mut self.nodes;
        let item = *self.items.entry(node).or_insert_with(|| {
            nodes.push(node);
            nodes.len() - 1
        });
        self.observations.push(Observation {
            alternative,
            value,
            item,
        });
    }
}

/// Gates and limits of every alternative.
pub fn observed(builder: &mut Builder<'_, '_>) -> Observed {
    let declarations = builder.study.scope.declarations;
    let mut found = Observed::default();
    for alternative in 0..declarations.alternatives.len() {
        for (gate, it) in declarations.gates.iter().enumerate() {
            let set = builder.study.scope.sets[&Symbol::Gate(gate)];
            let nodes = builder.gate(gate, alternative, it.name.span);
            for (amount, node) in [
                (GateAmount::Wanted, nodes.wanted),
                (GateAmount::Granted, nodes.granted),
                (GateAmount::Substituted, nodes.substituted),
                (GateAmount::Waiting, nodes.waiting),
                (GateAmount::Binding, nodes.binding),
            ] {
                let node = builder.graph.spread(node, set);
                found.add(builder, alternative, ObservedValue::Gate { gate, amount }, node);
            }
        }
        for limit in 0..declarations.limits.len() {
            let symbol = Symbol::Limit(limit);
            let set = builder.study.scope.sets[&symbol];
            let level = builder.value(symbol, alternative, declarations.limits[limit].name.span);
            let level = builder.graph.spread(level, set);
            found.add(builder, alternative, ObservedValue::Limit { limit }, level);
            for (bound, node) in builder.least_bounds(limit, alternative).into_iter().enumerate() {
                let node = builder.graph.spread(node, set);
                found.add(builder, alternative, ObservedValue::Bound { limit, bound }, node);
            }
        }
    }
    found
}
