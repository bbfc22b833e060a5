//! Gates, rationing and limits (specification section 6).
use super::build::{Builder, GateNodes};
use super::versions::Entity;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::typing::Symbol;
use mkba_core::evaluate::reference::known_values;
use mkba_core::graph::space::SetId;
use mkba_core::graph::{NodeId, Range, Reduction, Variation};

impl Builder<'_, '_> {
    /// `asked = wanted + waiting(t−1)`, `granted = ration(asked, capacity)`, `waiting = asked − granted` where the unserved wait.
    pub fn gate(&mut self, n: usize, alternative: usize, at: Span) -> GateNodes {
        let symbol = Symbol::Gate(n);
        let version = self.versions.of(Entity::Symbol(symbol), alternative);
        if let Some(nodes) = self.known_gate(n, version) {
            return nodes;
        }
        if self.begin(symbol, version, at).is_none() {
            let zero = self.graph.constant(0.0);
            return GateNodes {
                granted: zero,
                waiting: zero,
                asked: zero,
                unserved: zero,
                binding: zero,
            };
        }
        let study = self.study;
        let rules = &study.gates[n];
        let declaration = &study.scope.declarations.gates[n];
        let set = study.scope.sets[&symbol];
        let wanted = self.node(&rules.wanted, version);
        let wanted = self.graph.spread(wanted, set);
        let capacity = self.node(&rules.capacity, version);
        let zero = self.graph.constant(0.0);
        let (asked, state) = if declaration.waits {
            let varies = Variation {
                draw: true,
                scenario: true,
                ..Variation::default()
            };
            let (state, waited) = self.graph.state(set, zero, varies, Range::new(0.0, f64::INFINITY));
            (self.graph.add(wanted, waited), Some(state))
        } else {
            (wanted, None)
        };
        // The set of its formula, even where the value turns out to be the same everywhere.
        let groups = rules.capacity.set;
        let granted = match &rules.priority {
            None => self.ration(asked, capacity, groups),
            Some(priority) => {
                let priority = self.node(priority, version);
                self.by_priority(
                    asked,
                    capacity,
                    groups,
                    priority,
                    set,
                    rules.priority.as_ref().map_or(at, |p| p.span),
                )
            }
        };
        let unserved = self.graph.subtract(asked, granted);
        let waiting = if state.is_some() { unserved } else { zero };
        if let Some(state) = state {
            self.graph.set_next(state, waiting);
        }
        let nearly = self.graph.constant(1.0 - 1e-9);
        let most = self.graph.multiply(asked, nearly);
        let binding = self.graph.less(granted, most);
        self.end();
        self.graph.name(granted, &format!("{}.granted", declaration.name.value));
        let nodes = GateNodes {
            granted,
            waiting,
            asked,
            unserved,
            binding,
        };
        self.keep_gate(n, version, nodes);
        nodes
    }

    /// Per group: all is served when the sum of what is wanted is within what is available, else each gets the same share.
    /// A negative amount is not a number, which stops the run with a message.
    pub fn ration(&mut self, wanted: NodeId, available: NodeId, groups: SetId) -> NodeId {
        let wanted = self.not_negative(wanted);
        let available = self.not_negative(available);
        let total = self.graph.reduce(Reduction::Sum, wanted, groups);
        let one = self.graph.constant(1.0);
        let enough = self.graph.less_or_equal(total, available);
        let part = self.graph.divide(available, total);
        let share = self.graph.select(enough, one, part);
        self.graph.multiply_as_is(wanted, share)
    }

    /// The first in order are served in full, as far as what is available reaches.
    fn by_priority(
        &mut self,
        asked: NodeId,
        capacity: NodeId,
        groups: SetId,
        priority: NodeId,
        set: SetId,
        at: Span,
    ) -> NodeId {
        let priority = self.graph.spread(priority, set);
        let variation = self.graph.node(priority).variation;
        if variation.draw || variation.year || variation.scenario {
            let varies = [
                (variation.draw, "draw"),
                (variation.year, "year"),
                (variation.scenario, "scenario"),
            ];
            let varies: Vec<&str> = varies
                .into_iter()
                .filter(|(varies, _)| *varies)
                .map(|(_, word)| word)
                .collect();
            self.diagnostics.push(
                Diagnostic::error(
                    "E0229",
                    "a priority requires one known number for each element",
                    at,
                    format!("differs by {}", varies.join(" and ")),
                )
                .help("use columns of the index file and parameters that are not uncertain"),
            );
            return asked;
        }
        let values = known_values(&self.graph, priority);
        let mut order: Vec<u32> = (0..values.len() as u32).collect();
        order.sort_by(|&a, &b| values[b as usize].total_cmp(&values[a as usize]).then(a.cmp(&b)));
        let asked = self.not_negative(asked);
        let capacity = self.not_negative(capacity);
        let before = self.graph.earlier(asked, order, groups);
        let left = self.graph.subtract(capacity, before);
        let zero = self.graph.constant(0.0);
        let left = self.graph.max(zero, left);
        self.graph.min(asked, left)
    }

    fn not_negative(&mut self, value: NodeId) -> NodeId {
        if self.graph.node(value).range.low >= 0.0 {
            return value;
        }
        let zero = self.graph.constant(0.0);
        let nothing = self.graph.constant(f64::NAN);
        let negative = self.graph.less(value, zero);
        self.graph.select(negative, nothing, value)
    }

    /// The least of the named bounds, the first in order of name on ties.
    pub fn limit(&mut self, n: usize, version: usize) -> NodeId {
        let study = self.study;
        let bounds: Vec<NodeId> = study.limits[n].iter().map(|bound| self.node(bound, version)).collect();
        let mut least = bounds[0];
        for &bound in &bounds[1..] {
            least = self.graph.min(bound, least);
        }
        least
    }
}
