//! What each value really depends on, once all states are known.
use super::{Graph, NodeId, Operation, Variation};

impl Graph {
    /// Replaces the expectations of [`Graph::state`] and [`Graph::lagged`] by the least fixed point through states and histories.
    pub fn settle(&mut self) {
        let is_leaf = |operation| {
            matches!(
                operation,
                Operation::Constant(_) | Operation::Input(_) | Operation::Data(_)
            )
        };
        for node in &mut self.nodes {
            if !is_leaf(node.operation) {
                node.variation = Variation::default();
            }
        }
        let mut changed = true;
        while changed {
            changed = false;
            for at in 0..self.nodes.len() {
                let variation = self.variation_of(at);
                changed |= variation != self.nodes[at].variation;
                self.nodes[at].variation = variation;
            }
        }
    }

    fn variation_of(&self, at: usize) -> Variation {
        let of = |id: NodeId| self.nodes[id.0 as usize].variation;
        let yearly = Variation {
            year: true,
            ..Variation::default()
        };
        match self.nodes[at].operation {
            Operation::Constant(_) | Operation::Input(_) | Operation::Data(_) => self.nodes[at].variation,
            Operation::Unary(_, a) | Operation::Gather(a, _) | Operation::Reduce(_, a) | Operation::Earlier(a, ..) => {
                of(a)
            }
            Operation::Binary(_, a, b) => of(a).and(of(b)),
            Operation::Select(c, a, b) => of(c).and(of(a)).and(of(b)),
            Operation::Previous(state) => {
                let state = self.states[state.0 as usize];
                yearly.and(of(state.initial)).and(state.next.map_or(yearly, of))
            }
            Operation::Lagged(history, by, before) => {
                let past = self.histories[history.0 as usize].of.map_or(yearly, of);
                yearly.and(past).and(of(by)).and(of(before))
            }
            Operation::Total(a) => Variation {
                year: false,
                after: true,
                ..of(a)
            },
        }
    }
}
