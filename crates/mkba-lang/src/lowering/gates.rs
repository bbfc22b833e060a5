//! Gates, rationing and limits (specification section 6).
use super::build::{Builder, GateNodes};
use super::versions::Entity;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::typing::{Symbol, Typed, TypedGate};
use mkba_core::appraisal::catalogue::GateReading;
use mkba_core::evaluate::reference::known_values;
use mkba_core::graph::space::SetId;
use mkba_core::graph::{NodeId, Range, Reduction, Variation};

impl<'s> Builder<'s, '_> {
    /// `asked = wanted + waiting(t−1)`, `granted = ration(asked, capacity)`, `substituted = share · (asked − granted)`,
    /// `waiting = asked − granted − substituted` where the unserved wait.
    ///
    /// A study may read its gates otherwise: `soft`, with a share of one where there is a substitute; `off`, with all granted.
    pub fn gate(&mut self, n: usize, alternative: usize, at: Span) -> GateNodes {
        let symbol = Symbol::Gate(n);
        let version = self.versions.of(Entity::Symbol(symbol), alternative);
        if let Some(nodes) = self.known_gate(n, version) {
            return nodes;
        }
        let zero = self.graph.constant(0.0);
        if self.begin(symbol, version, at).is_none() {
            return GateNodes {
                wanted: zero,
                granted: zero,
                waiting: zero,
                asked: zero,
                unserved: zero,
                binding: zero,
                substituted: zero,
            };
        }
        let study = self.study;
        let rules = &study.gates[n];
        let declaration = &study.scope.declarations.gates[n];
        let reading = study.scope.declarations.study.gates;
        let set = study.scope.sets[&symbol];
        let wanted = self.node(&rules.wanted, version);
        let wanted = self.graph.spread(wanted, set);
        let soft = reading == GateReading::Soft && rules.substitute.is_some();
        // Nothing is left to wait when everything is granted or met otherwise.
        let waits = declaration.waits && reading != GateReading::Off && !soft;
        let (asked, state) = if waits {
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
        let nodes = if reading == GateReading::Off {
            let granted = self.not_negative(asked);
            GateNodes {
                wanted,
                granted,
                waiting: zero,
                asked,
                unserved: zero,
                binding: zero,
                substituted: zero,
            }
        } else {
            let granted = self.granted(rules, version, asked);
            let unserved = self.graph.subtract(asked, granted);
            let substituted = match &rules.substitute {
                None => zero,
                Some(_) if soft => unserved,
                Some(substitute) => self.part(unserved, &substitute.share, version),
            };
            let waiting = if state.is_some() {
                self.graph.subtract(unserved, substituted)
            } else {
                zero
            };
            let nearly = self.graph.constant(1.0 - 1e-9);
            let most = self.graph.multiply(asked, nearly);
            GateNodes {
                wanted,
                granted,
                waiting,
                asked,
                unserved,
                binding: self.graph.less(granted, most),
                substituted,
            }
        };
        if let Some(state) = state {
            self.graph.set_next(state, nodes.waiting);
        }
        self.end();
        self.graph
            .name(nodes.granted, &format!("{}.granted", declaration.name.value));
        self.keep_gate(n, version, nodes);
        nodes
    }

    /// What is served of what is asked for.
    fn granted(&mut self, rules: &'s TypedGate, version: usize, asked: NodeId) -> NodeId {
        let capacity = self.node(&rules.capacity, version);
        // The set of its formula, even where the value turns out to be the same everywhere.
        let groups = rules.capacity.set;
        let Some(formula) = &rules.priority else {
            return self.ration(asked, capacity, groups);
        };
        let priority = self.node(formula, version);
        let set = self.graph.node(asked).set;
        self.by_priority(asked, capacity, groups, priority, set, formula.span)
    }

    /// A share of an amount, between none and all of it. What lies outside is not a number, which stops the run with a message.
    fn part(&mut self, amount: NodeId, share: &'s Typed, version: usize) -> NodeId {
        let share = self.node(share, version);
        let share = self.not_negative(share);
        let share = if self.graph.node(share).range.high <= 1.0 {
            share
        } else {
            let one = self.graph.constant(1.0);
            let rest = self.graph.subtract(one, share);
            let rest = self.not_negative(rest);
            self.graph.subtract(one, rest)
        };
        self.graph.multiply(amount, share)
    }

    /// Money per year for what is met in another way.
    pub fn substitute_cost(&mut self, n: usize, version: usize, at: Span) -> NodeId {
        let substituted = self.gate(n, version, at).substituted;
        let study = self.study;
        match &study.gates[n].substitute {
            Some(substitute) => {
                let cost = self.node(&substitute.cost, version);
                self.graph.multiply(substituted, cost)
            }
            None => substituted,
        }
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

    /// For each bound of a limit whether it is the least: 1 for the first in order of name that equals the limit, 0 for the others.
    pub fn least_bounds(&mut self, n: usize, alternative: usize) -> Vec<NodeId> {
        let study = self.study;
        let symbol = Symbol::Limit(n);
        let version = self.versions.of(Entity::Symbol(symbol), alternative);
        let least = self.value(symbol, alternative, study.scope.declarations.limits[n].name.span);
        let mut open = self.graph.constant(1.0);
        let mut found = Vec::new();
        for bound in &study.limits[n] {
            let bound = self.node(bound, version);
            let equal = self.graph.equal(bound, least);
            found.push(self.graph.min(open, equal));
            let other = self.graph.not(equal);
            open = self.graph.min(open, other);
        }
        found
    }
}
