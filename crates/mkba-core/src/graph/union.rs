//! Several graphs as one in which what is the same exists once: the points of a sweep, evaluated together.
//!
//! Nodes are taken as they are, nothing is rewritten, so every value keeps the bits it has in its own graph. Two nodes are the same when
//! they do the same with the same; two states when they begin and go on with the same, which is found by refinement: all states of an
//! index set count as one until something tells them apart (Hopcroft's idea for automata; here in its plain form, round by round).
use super::space::SetId;
use super::{Graph, History, HistoryId, Inspection, MapId, NodeId, Operation, State, StateId, TableId};
use std::collections::HashMap;
use std::hash::Hash;

/// A graph of which some values are asked for.
pub struct Part<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// What is asked for.
    pub roots: Vec<NodeId>,
    /// What each of its inputs is: inputs of two parts with the same number are drawn alike.
    pub inputs: Vec<u32>,
}

/// Several graphs as one.
pub struct Union {
    /// All that the parts ask for.
    pub graph: Graph,
    /// For each part, its roots.
    pub roots: Vec<Vec<NodeId>>,
    /// The inputs, by the numbers of [`Part::inputs`].
    pub inputs: Vec<u32>,
    /// For each part and each of its inputs, which it is in the union.
    pub input_places: Vec<Vec<Option<u32>>>,
}

/// Joins graphs of one model: with the same index sets, years and scenarios.
#[must_use]
pub fn union(parts: &[Part<'_>]) -> Union {
    let Some(first) = parts.first() else {
        return Union {
            graph: Graph::default(),
            roots: Vec::new(),
            inputs: Vec::new(),
            input_places: Vec::new(),
        };
    };
    let mut joined = Joined::new(parts, first.graph);
    joined.refine();
    joined.build()
}

/// What a node computes, in the numbers of the union: operands are classes, states and histories too.
type Key = (Operation, SetId);

/// A number for each different thing, in order of meeting.
struct Numbers<T>(HashMap<T, u32>);

impl<T: Hash + Eq> Numbers<T> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    fn of(&mut self, thing: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(thing).or_insert(next)
    }
}

/// A part with everything in the numbers of the union.
struct Mapped<'g> {
    part: &'g Part<'g>,
    live: Vec<bool>,
    sets: Vec<SetId>,
    tables: Vec<TableId>,
    maps: Vec<MapId>,
    /// First input in the union of each node that is one.
    inputs: HashMap<NodeId, u32>,
    /// Classes as far as they are known.
    nodes: Vec<u32>,
    states: Vec<u32>,
    histories: Vec<u32>,
}

struct Joined<'g> {
    parts: Vec<Mapped<'g>>,
    graph: Graph,
    inputs: Vec<u32>,
    input_places: Vec<Vec<Option<u32>>>,
}

impl<'g> Joined<'g> {
    fn new(parts: &'g [Part<'g>], first: &Graph) -> Self {
        let mut joined = Self {
            parts: Vec::new(),
            graph: Graph::new(first.space.clone(), first.scenarios, first.years),
            inputs: Vec::new(),
            input_places: Vec::new(),
        };
        let mut tables: HashMap<(bool, bool, Vec<u64>), TableId> = HashMap::new();
        let mut ranges: HashMap<Vec<u32>, u32> = HashMap::new();
        for part in parts {
            let mapped = joined.map(part, &mut tables, &mut ranges);
            joined.parts.push(mapped);
        }
        joined
    }

    fn map(
        &mut self,
        part: &'g Part<'g>,
        tables: &mut HashMap<(bool, bool, Vec<u64>), TableId>,
        ranges: &mut HashMap<Vec<u32>, u32>,
    ) -> Mapped<'g> {
        let from = part.graph;
        let sets = (0..from.space.sets()).map(|set| {
            let members = from.space.members(SetId(set as u16)).to_vec();
            self.graph.space.set(&members)
        });
        let sets: Vec<SetId> = sets.collect();
        let table_ids = from.tables().iter().map(|table| {
            let bits = table.values.iter().map(|value| value.to_bits()).collect();
            *tables
                .entry((table.by_scenario, table.by_year, bits))
                .or_insert_with(|| {
                    self.graph.tables.push(table.clone());
                    TableId(self.graph.tables.len() as u32 - 1)
                })
        });
        let table_ids = table_ids.collect();
        let maps = from
            .maps
            .iter()
            .map(|positions| self.graph.map_id(positions.clone()))
            .collect();
        let mut inputs = HashMap::new();
        let mut places = vec![None; part.inputs.len()];
        for (at, node) in from.nodes().iter().enumerate() {
            let Operation::Input(first) = node.operation else {
                continue;
            };
            let stretch = first as usize..first as usize + from.space.extent(node.set);
            let base = *ranges
                .entry(part.inputs[stretch.clone()].to_vec())
                .or_insert_with_key(|range| {
                    self.inputs.extend(range);
                    (self.inputs.len() - range.len()) as u32
                });
            for (place, number) in places[stretch].iter_mut().zip(base..) {
                *place = Some(number);
            }
            inputs.insert(NodeId(at as u32), base);
        }
        self.input_places.push(places);
        Mapped {
            part,
            live: from.live(part.roots.iter().copied()),
            sets,
            tables: table_ids,
            maps,
            inputs,
            nodes: vec![0; from.nodes().len()],
            states: vec![0; from.states().len()],
            histories: vec![0; from.histories().len()],
        }
    }

    /// Tells states and histories apart until nothing more can be.
    fn refine(&mut self) {
        let mut found = 0;
        loop {
            let mut nodes = Numbers::new();
            for part in &mut self.parts {
                part.classify(&mut nodes);
            }
            let (mut states, mut histories) = (Numbers::new(), Numbers::new());
            for part in &mut self.parts {
                part.tell_apart(&mut states, &mut histories);
            }
            let now = states.0.len() + histories.0.len();
            if now == found {
                return;
            }
            found = now;
        }
    }

    /// One node for each class, states and histories after them.
    fn build(mut self) -> Union {
        let mut node_of: HashMap<u32, NodeId> = HashMap::new();
        let mut state_of: HashMap<u32, StateId> = HashMap::new();
        let mut history_of: HashMap<u32, HistoryId> = HashMap::new();
        let graph = &mut self.graph;
        for part in &self.parts {
            let from = part.part.graph;
            for (at, node) in from.nodes().iter().enumerate().filter(|(at, _)| part.live[*at]) {
                let class = part.nodes[at];
                if node_of.contains_key(&class) {
                    continue;
                }
                let own = |id: NodeId| node_of[&part.nodes[id.0 as usize]];
                let operation = match node.operation {
                    Operation::Previous(state) => {
                        let class = part.states[state.0 as usize];
                        let id = *state_of.entry(class).or_insert_with(|| {
                            graph.states.push(State {
                                set: part.set(from.states()[state.0 as usize].set),
                                initial: NodeId(0),
                                next: None,
                            });
                            StateId(graph.states.len() as u32 - 1)
                        });
                        Operation::Previous(id)
                    }
                    Operation::Lagged(history, by, before) => {
                        let class = part.histories[history.0 as usize];
                        let old = from.histories()[history.0 as usize];
                        let id = *history_of.entry(class).or_insert_with(|| {
                            graph.histories.push(History {
                                set: part.set(old.set),
                                of: None,
                                ..old
                            });
                            HistoryId(graph.histories.len() as u32 - 1)
                        });
                        Operation::Lagged(id, own(by), own(before))
                    }
                    operation => part.placed(NodeId(at as u32), operation, own),
                };
                graph.nodes.push(super::Node {
                    operation,
                    set: part.set(node.set),
                    ..*node
                });
                node_of.insert(class, NodeId(graph.nodes.len() as u32 - 1));
            }
            for (node, name) in from.names() {
                if let Some(&node) = part.live[node.0 as usize].then(|| &node_of[&part.nodes[node.0 as usize]]) {
                    graph.names.push((node, name.clone()));
                }
            }
        }
        for part in &self.parts {
            let from = part.part.graph;
            let own = |id: NodeId| node_of.get(&part.nodes[id.0 as usize]).copied();
            for (at, state) in from.states().iter().enumerate() {
                if let Some(id) = state_of.get(&part.states[at]).filter(|_| part.state_is_live(at))
                    && let Some(initial) = own(state.initial)
                {
                    let slot = &mut graph.states[id.0 as usize];
                    slot.initial = initial;
                    slot.next = state.next.and_then(own);
                }
            }
            for (at, history) in from.histories().iter().enumerate() {
                if let Some(id) = history_of.get(&part.histories[at])
                    && let Some(of) = history.of.filter(|of| part.live[of.0 as usize]).and_then(own)
                {
                    graph.histories[id.0 as usize].of = Some(of);
                }
            }
        }
        let roots = self.parts.iter().map(|part| {
            let own = |id: &NodeId| node_of[&part.nodes[id.0 as usize]];
            part.part.roots.iter().map(own).collect()
        });
        Union {
            roots: roots.collect(),
            graph: self.graph,
            inputs: self.inputs,
            input_places: self.input_places,
        }
    }
}

impl Mapped<'_> {
    fn set(&self, set: SetId) -> SetId {
        self.sets[set.0 as usize]
    }

    /// An operation with its operands replaced; those of states and histories are left to the caller.
    fn placed(&self, id: NodeId, operation: Operation, own: impl Fn(NodeId) -> NodeId) -> Operation {
        match operation {
            Operation::Constant(_) => operation,
            Operation::Input(_) => Operation::Input(self.inputs[&id]),
            Operation::Data(table) => Operation::Data(self.tables[table.0 as usize]),
            Operation::Unary(unary, a) => Operation::Unary(unary, own(a)),
            Operation::Binary(binary, a, b) => Operation::Binary(binary, own(a), own(b)),
            Operation::Select(c, a, b) => Operation::Select(own(c), own(a), own(b)),
            Operation::Gather(a, map) => Operation::Gather(own(a), self.maps[map.0 as usize]),
            Operation::Reduce(reduction, a) => Operation::Reduce(reduction, own(a)),
            Operation::Earlier(a, map, groups) => {
                Operation::Earlier(own(a), self.maps[map.0 as usize], self.set(groups))
            }
            Operation::Previous(state) => Operation::Previous(StateId(self.states[state.0 as usize])),
            Operation::Lagged(history, by, before) => {
                Operation::Lagged(HistoryId(self.histories[history.0 as usize]), own(by), own(before))
            }
            Operation::Total(a) => Operation::Total(own(a)),
        }
    }

    /// Gives every live node its class, as far as states and histories are told apart.
    fn classify(&mut self, numbers: &mut Numbers<Key>) {
        let graph = self.part.graph;
        for (at, node) in graph.nodes().iter().enumerate().filter(|(at, _)| self.live[*at]) {
            let own = |id: NodeId| NodeId(self.nodes[id.0 as usize]);
            let operation = self.placed(NodeId(at as u32), node.operation, own);
            let class = numbers.of((operation, self.set(node.set)));
            self.nodes[at] = class;
        }
    }

    fn state_is_live(&self, state: usize) -> bool {
        let state = self.part.graph.states()[state];
        let live = |id: NodeId| self.live[id.0 as usize];
        live(state.initial) && state.next.is_none_or(live)
    }

    fn tell_apart(
        &mut self,
        states: &mut Numbers<(u32, SetId, u32, Option<u32>)>,
        histories: &mut Numbers<(u32, SetId, Option<u32>, u32, bool)>,
    ) {
        let graph = self.part.graph;
        for (at, state) in graph.states().iter().enumerate() {
            if self.state_is_live(at) {
                let class = |id: NodeId| self.nodes[id.0 as usize];
                let key = (
                    self.states[at],
                    self.set(state.set),
                    class(state.initial),
                    state.next.map(class),
                );
                self.states[at] = states.of(key);
            }
        }
        for (at, history) in graph.histories().iter().enumerate() {
            if history.of.is_none_or(|of| self.live[of.0 as usize]) {
                let of = history.of.map(|of| self.nodes[of.0 as usize]);
                let key = (
                    self.histories[at],
                    self.set(history.set),
                    of,
                    history.depth,
                    history.immediate,
                );
                self.histories[at] = histories.of(key);
            }
        }
    }
}

impl Graph {
    /// Nodes that are needed for `roots`, through states and histories too.
    pub(crate) fn live(&self, roots: impl Iterator<Item = NodeId>) -> Vec<bool> {
        let mut live = vec![false; self.nodes.len()];
        let mut open: Vec<NodeId> = roots.collect();
        while let Some(id) = open.pop() {
            if std::mem::replace(&mut live[id.0 as usize], true) {
                continue;
            }
            open.extend(crate::evaluate::reference::operands(self, id));
            match self.node(id).operation {
                Operation::Previous(state) => {
                    let state = self.states[state.0 as usize];
                    open.push(state.initial);
                    open.extend(state.next);
                }
                Operation::Lagged(history, ..) => open.extend(self.histories[history.0 as usize].of),
                _ => {}
            }
        }
        live
    }
}
