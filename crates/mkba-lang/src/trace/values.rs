//! Values by what they belong to. What is not known yet is noted, so that a next evaluation finds it.
use crate::lowering::build::Builder;
use crate::lowering::versions::measures_on;
use crate::plain::place::{Place, Places};
use crate::source::Span;
use crate::typing::{Kind, Member, Symbol, Typed};
use mkba_core::explanation::Observed;
use mkba_core::graph::{NodeId, Reduction};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

/// A part of a formula, told apart by where it is in memory: equal text elsewhere is another part.
#[derive(Clone, Copy)]
pub struct Part<'s>(pub &'s Typed);

impl PartialEq for Part<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Part<'_> {}

impl Hash for Part<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

/// What a value belongs to, in one version.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key<'s> {
    /// A named value.
    Symbol(Symbol),
    /// A member of a gate.
    Gate(usize, Member),
    /// What a gate is asked for by all that share its capacity.
    AskedTogether(usize),
    /// A part of a formula.
    Part(Part<'s>),
    /// 1 where the first is what the second comes to.
    Decides(Part<'s>, Part<'s>),
    /// 1 where a bound is what a limit comes to.
    Binds(Part<'s>, usize),
    /// The body of an aggregation where its condition holds, else what does not count.
    Chosen(Part<'s>),
    /// What a measure adds to a lever.
    Added(usize, Part<'s>),
    /// 1 where and when a measure is on.
    Active(usize),
}

/// Where a value is found.
#[derive(Clone, Copy)]
enum Slot {
    Yearly(usize),
    Output(usize),
}

/// Values of a graph, as far as they have been asked for and evaluated.
pub struct Values<'w, 's, 'd> {
    /// The graph and what made it.
    pub builder: &'w mut Builder<'s, 'd>,
    nodes: HashMap<(Key<'s>, usize), NodeId>,
    slots: HashMap<NodeId, Slot>,
    /// What is asked for by year.
    pub yearly: Vec<NodeId>,
    /// What is asked for without year.
    pub outputs: Vec<NodeId>,
    /// What is known.
    pub observed: Observed,
    /// Whether all that was asked for since the last evaluation was known.
    pub complete: bool,
}

impl<'w, 's, 'd> Values<'w, 's, 'd> {
    /// Nothing is known yet.
    pub fn new(builder: &'w mut Builder<'s, 'd>) -> Self {
        Self {
            builder,
            nodes: HashMap::new(),
            slots: HashMap::new(),
            yearly: Vec::new(),
            outputs: Vec::new(),
            observed: Observed::default(),
            complete: true,
        }
    }

    /// The node of something in a version.
    pub fn node(&mut self, key: Key<'s>, version: usize) -> NodeId {
        if let Some(&node) = self.nodes.get(&(key, version)) {
            return node;
        }
        let node = self.build(key, version);
        self.nodes.insert((key, version), node);
        node
    }

    fn build(&mut self, key: Key<'s>, version: usize) -> NodeId {
        let builder = &mut *self.builder;
        let study = builder.study;
        match key {
            Key::Symbol(symbol) => {
                let (_, at) = study.scope.describe(symbol);
                builder.value(symbol, version, at)
            }
            Key::Gate(gate, member) => {
                let nodes = builder.gate(gate, version, gate_span(builder, gate));
                match member {
                    Member::Granted => nodes.granted,
                    Member::Waiting => nodes.waiting,
                    Member::Asked => nodes.asked,
                    Member::Unserved => nodes.unserved,
                    Member::Binding => nodes.binding,
                    Member::Substituted => nodes.substituted,
                    Member::SubstituteCost => builder.substitute_cost(gate, version, gate_span(builder, gate)),
                }
            }
            Key::AskedTogether(gate) => {
                let asked = builder.gate(gate, version, gate_span(builder, gate)).asked;
                let asked = builder.graph.spread(asked, study.scope.sets[&Symbol::Gate(gate)]);
                let groups = study.gates[gate].capacity.set;
                builder.graph.reduce(Reduction::Sum, asked, groups)
            }
            Key::Part(part) => builder.node(part.0, version),
            Key::Decides(part, whole) => {
                let (part, whole) = (builder.node(part.0, version), builder.node(whole.0, version));
                builder.graph.equal(part, whole)
            }
            Key::Binds(bound, limit) => {
                let (_, at) = study.scope.describe(Symbol::Limit(limit));
                let whole = builder.value(Symbol::Limit(limit), version, at);
                let bound = builder.node(bound.0, version);
                builder.graph.equal(bound, whole)
            }
            Key::Chosen(aggregate) => {
                let Kind::Aggregate { body, condition, .. } = &aggregate.0.kind else {
                    return builder.node(aggregate.0, version);
                };
                let body = builder.node(body, version);
                match condition {
                    None => body,
                    Some(condition) => {
                        let condition = builder.node(condition, version);
                        let zero = builder.graph.constant(0.0);
                        builder.graph.select(condition, body, zero)
                    }
                }
            }
            Key::Added(measure, formula) => {
                let zero = builder.graph.constant(0.0);
                let lever = study.measures[measure]
                    .set
                    .iter()
                    .find(|(_, it)| std::ptr::eq(it, formula.0));
                let sets = lever.is_some_and(|(lever, _)| measures_on(study, *lever, version).contains(&measure));
                if !sets {
                    return zero;
                }
                let active = builder.active(measure, version);
                let set_to = builder.node(formula.0, version);
                builder.graph.select(active, set_to, zero)
            }
            Key::Active(measure) => builder.active(measure, version),
        }
    }

    /// The value of something in a version, in a year at a place; not a number as long as it is not known.
    pub fn at(&mut self, key: Key<'s>, version: usize, year: usize, place: &Place) -> f64 {
        let node = self.node(key, version);
        self.of(node, year, place)
    }

    /// The value of a node in a year at a place.
    pub fn of(&mut self, id: NodeId, year: usize, place: &Place) -> f64 {
        if let Some(value) = self.builder.graph.value(id) {
            return value;
        }
        let node = *self.builder.graph.node(id);
        let (yearly, outputs) = (&mut self.yearly, &mut self.outputs);
        let slot = *self.slots.entry(id).or_insert_with(|| {
            if node.variation.after {
                outputs.push(id);
                Slot::Output(outputs.len() - 1)
            } else {
                yearly.push(id);
                Slot::Yearly(yearly.len() - 1)
            }
        });
        let space = &self.builder.graph.space;
        let Some(position) = Places::new(space).position(place, node.set) else {
            return f64::NAN;
        };
        let found = match slot {
            Slot::Output(n) => self.observed.outputs.get(n).map(|values| values[position]),
            Slot::Yearly(n) => {
                let extent = space.extent(node.set);
                self.observed
                    .yearly
                    .get(n)
                    .map(|values| values[year * extent + position])
            }
        };
        found.unwrap_or_else(|| {
            self.complete = false;
            f64::NAN
        })
    }
}

fn gate_span(builder: &Builder<'_, '_>, gate: usize) -> Span {
    builder.study.scope.declarations.gates[gate].name.span
}
