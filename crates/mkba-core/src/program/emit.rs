//! Code of the phases: operands found, products fused into sums, registers and rows given.
use super::code::{PhaseCode, Value, binary, form};
use super::lower::{Lowering, Place};
use super::schedule::{Plan, is_late, reads_own_element};
use super::{Access, Opcode, Phase, Program, Ring, RowReference, ScalarReference, Section, Source, StateSlot};
use crate::evaluate::reference::operands;
use crate::graph::space::SetId;
use crate::graph::{Binary, Graph, Inspection, NodeId, Operation, Reduction, StateId};
use std::collections::{BTreeMap, HashMap};

const NOWHERE: u32 = u32::MAX;

pub(super) struct Emitter<'l, 'g> {
    lowering: &'l mut Lowering<'g>,
    graph: &'g Graph,
    plans: &'l [Plan],
    outputs: &'l [NodeId],
    /// What is read in every year, and in observed years.
    by_year: [&'l [NodeId]; 2],
    /// Phase of each node that has code.
    phase_of: Vec<u32>,
    /// Sum into which a product is fused.
    fused_into: Vec<Option<NodeId>>,
    /// Last phase that reads a node; `NOWHERE` when it is read after all phases of its section.
    last_phase: Vec<u32>,
    needs_rows: Vec<bool>,
    state_in_place: Vec<bool>,
    rings: BTreeMap<u32, (u32, u32)>,
    maps: HashMap<(SetId, SetId), u32>,
    lists: HashMap<Vec<u32>, u32>,
}

impl<'l, 'g> Emitter<'l, 'g> {
    pub fn new(
        lowering: &'l mut Lowering<'g>,
        plans: &'l [Plan],
        outputs: &'l [NodeId],
        by_year: [&'l [NodeId]; 2],
    ) -> Self {
        let graph = lowering.graph;
        let count = graph.nodes().len();
        let mut phase_of = vec![NOWHERE; count];
        for (at, plan) in plans.iter().enumerate() {
            for id in &plan.nodes {
                phase_of[id.0 as usize] = at as u32;
            }
        }
        Self {
            lowering,
            graph,
            plans,
            outputs,
            by_year,
            phase_of,
            fused_into: vec![None; count],
            last_phase: vec![0; count],
            needs_rows: vec![false; count],
            state_in_place: vec![false; graph.states().len()],
            rings: BTreeMap::new(),
            maps: HashMap::new(),
            lists: HashMap::new(),
        }
    }

    pub fn run(mut self, program: &mut Program) {
        self.note_readers();
        self.fuse_products();
        self.place_states();
        self.place_steady(program);
        let mut lent: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.plans.len()];
        let mut most_registers = 0;
        for at in 0..self.plans.len() {
            self.place_phase(at, &mut lent);
            let phase = self.phase(at, program);
            most_registers = most_registers.max(phase.registers);
            program.sections[self.plans[at].section as usize].push(phase);
            for (base, extent) in std::mem::take(&mut lent[at]) {
                self.lowering.rows.give_back(base, extent);
            }
        }
        program.registers = self.lowering.rows.keep(u32::from(most_registers));
        let mut rings: Vec<(u32, (u32, u32))> = self.rings.iter().map(|(&h, &slot)| (h, slot)).collect();
        rings.sort_by_key(|(_, (number, _))| *number);
        let rings = rings.into_iter().map(|(history, (_, base))| (history, base)).collect();
        self.carry_over(rings, program);
        program.rows = self.lowering.rows.count();
        let graph = self.graph;
        let found = |id: &NodeId| {
            (
                self.lowering.source(*id),
                graph.space.extent(graph.node(*id).set) as u32,
            )
        };
        program.outputs = self.outputs.iter().map(found).collect();
        let [yearly, observed] = self.by_year;
        program.yearly = yearly.iter().map(found).collect();
        program.observed = observed.iter().map(found).collect();
    }

    /// States and rings, now that every value has its place.
    fn carry_over(&mut self, rings: Vec<(u32, u32)>, program: &mut Program) {
        let graph = self.graph;
        for (at, node) in graph
            .nodes()
            .iter()
            .enumerate()
            .filter(|(at, _)| self.lowering.live[*at])
        {
            let (Operation::Previous(id), Place::Rows(base)) = (node.operation, self.lowering.places[at]) else {
                continue;
            };
            let state = graph.states()[id.0 as usize];
            let next = state.next.filter(|_| !self.state_in_place[id.0 as usize]);
            let mut from = |value: NodeId| {
                let access = self.access(state.set, graph.node(value).set, program);
                (self.lowering.source(value), access)
            };
            let (initial, mut carried) = (from(state.initial), next.map(&mut from));
            // The state of a year ago of another state: it must be taken before that one changes.
            if let (Some(next), Some((source, access))) = (next, carried)
                && matches!(graph.node(next).operation, Operation::Previous(_))
            {
                let extent = self.lowering.extent(node.set);
                let aside = self.lowering.rows.keep(extent);
                program.set_aside.push((aside, extent, source, access));
                carried = Some((Source::Rows(aside), Access::Same));
            }
            program.states.push(StateSlot {
                base,
                extent: self.lowering.extent(node.set),
                initial,
                next: carried,
            });
        }
        for (history, base) in rings {
            let history = &graph.histories()[history as usize];
            if let Some(of) = history.of {
                let extent = self.lowering.extent(graph.node(of).set);
                program.rings.push(Ring {
                    base,
                    extent,
                    depth: history.depth,
                    of: self.lowering.source(of),
                });
            }
        }
    }

    /// Finds which values are read outside their phase, and how long they are needed.
    fn note_readers(&mut self) {
        let graph = self.graph;
        for (at, plan) in self.plans.iter().enumerate() {
            for &id in &plan.nodes {
                self.needs_rows[id.0 as usize] |= is_late(graph, id);
                for operand in operands(graph, id) {
                    let of = operand.0 as usize;
                    if self.phase_of[of] == NOWHERE {
                        continue;
                    }
                    let same_section = self.plans[self.phase_of[of] as usize].section == plan.section;
                    let last = if same_section { at as u32 } else { NOWHERE };
                    self.last_phase[of] = self.last_phase[of].max(last);
                    self.needs_rows[of] |= self.phase_of[of] != at as u32 || !reads_own_element(graph, id, operand);
                }
            }
        }
        let mut keep = |id: NodeId| {
            self.needs_rows[id.0 as usize] = true;
            self.last_phase[id.0 as usize] = NOWHERE;
        };
        let by_year = self.by_year.into_iter().flatten();
        self.outputs.iter().chain(by_year).copied().for_each(&mut keep);
        for (at, node) in graph
            .nodes()
            .iter()
            .enumerate()
            .filter(|(at, _)| self.lowering.live[*at])
        {
            let _ = at;
            match node.operation {
                Operation::Previous(state) => {
                    let state = graph.states()[state.0 as usize];
                    keep(state.initial);
                    state.next.into_iter().for_each(&mut keep);
                }
                Operation::Lagged(history, ..) => {
                    graph.histories()[history.0 as usize].of.into_iter().for_each(&mut keep);
                }
                _ => {}
            }
        }
    }

    /// A product that is read once, by a sum of the same phase, becomes part of that sum.
    fn fuse_products(&mut self) {
        let graph = self.graph;
        let mut readers = vec![0_u32; graph.nodes().len()];
        for id in self.plans.iter().flat_map(|plan| &plan.nodes) {
            for operand in operands(graph, *id) {
                readers[operand.0 as usize] += 1;
            }
        }
        for (at, plan) in self.plans.iter().enumerate() {
            for &sum in &plan.nodes {
                let candidates: &[NodeId] = &match graph.node(sum).operation {
                    Operation::Binary(Binary::Add, a, b) if !self.is_scalar(a) && !self.is_scalar(b) => vec![b, a],
                    Operation::Reduce(Reduction::Sum, a) | Operation::Total(a) => vec![a],
                    _ => vec![],
                };
                let fit = candidates.iter().copied().find(|&product| {
                    matches!(graph.node(product).operation, Operation::Binary(Binary::Multiply, ..))
                        && readers[product.0 as usize] == 1
                        && !self.needs_rows[product.0 as usize]
                        && self.phase_of[product.0 as usize] == at as u32
                        && graph.node(product).set == plan.set
                });
                if let Some(product) = fit {
                    self.fused_into[product.0 as usize] = Some(sum);
                }
            }
        }
    }

    /// A state that nothing reads after its new value is known is overwritten in place.
    fn place_states(&mut self) {
        let graph = self.graph;
        let mut position = vec![(NOWHERE, 0_u32); graph.nodes().len()];
        for (at, plan) in self.plans.iter().enumerate() {
            for (step, id) in plan.nodes.iter().enumerate() {
                position[id.0 as usize] = (at as u32, step as u32);
            }
        }
        let executed = |id: NodeId| position[self.fused_into[id.0 as usize].unwrap_or(id).0 as usize];
        let mut last_reader: HashMap<StateId, (u32, u32)> = HashMap::new();
        let mut blocked: Vec<StateId> = Vec::new();
        let state_of = |id: NodeId| match graph.node(id).operation {
            Operation::Previous(state) => Some(state),
            _ => None,
        };
        for id in self.plans.iter().flat_map(|plan| &plan.nodes) {
            for operand in operands(graph, *id) {
                let Some(state) = state_of(operand) else { continue };
                let last = last_reader.entry(state).or_insert((0, 0));
                // Reading other elements is safe only in an earlier phase.
                let (phase, step) = executed(*id);
                let step = if reads_own_element(graph, *id, operand) {
                    step
                } else {
                    u32::MAX
                };
                *last = (*last).max((phase, step));
            }
        }
        let outside = self.outputs.iter().chain(self.by_year.into_iter().flatten()).copied();
        let carried = graph
            .states()
            .iter()
            .flat_map(|s| s.next.into_iter().chain([s.initial]));
        let recorded = graph.histories().iter().filter_map(|h| h.of);
        blocked.extend(outside.chain(carried).chain(recorded).filter_map(state_of));
        let mut taken: Vec<NodeId> = Vec::new();
        for (at, node) in graph
            .nodes()
            .iter()
            .enumerate()
            .filter(|(at, _)| self.lowering.live[*at])
        {
            let Operation::Previous(id) = node.operation else {
                continue;
            };
            let state = graph.states()[id.0 as usize];
            let Some(next) = state.next else { continue };
            let after_all = last_reader.get(&id).is_none_or(|&last| last <= executed(next));
            let fits = position[next.0 as usize].0 != NOWHERE
                && !is_late(graph, next)
                && graph.node(next).set == state.set
                && self.plans[position[next.0 as usize].0 as usize].section == Section::Year;
            if fits && after_all && !blocked.contains(&id) && !taken.contains(&next) {
                self.lowering.places[next.0 as usize] = self.lowering.places[at];
                self.state_in_place[id.0 as usize] = true;
                taken.push(next);
            }
        }
    }

    /// Rows that keep their content: what is made once per block or scenario and read later, totals, rings.
    fn place_steady(&mut self, program: &mut Program) {
        let graph = self.graph;
        for plan in self.plans {
            for &id in &plan.nodes {
                let at = id.0 as usize;
                let is_total = matches!(graph.node(id).operation, Operation::Total(_));
                let steady = plan.section < Section::Year || is_total;
                if self.needs_rows[at] && steady && self.lowering.places[at] == Place::None {
                    let extent = self.lowering.extent(graph.node(id).set);
                    let base = self.lowering.rows.keep(extent);
                    self.lowering.places[at] = Place::Rows(base);
                    if is_total {
                        program.totals.push((base, extent));
                    }
                }
                if let Operation::Lagged(history, ..) = graph.node(id).operation {
                    let count = self.rings.len() as u32;
                    let slot = &graph.histories()[history.0 as usize];
                    let extent = slot.of.map_or(1, |of| self.lowering.extent(graph.node(of).set));
                    let rows = &mut self.lowering.rows;
                    self.rings
                        .entry(history.0)
                        .or_insert_with(|| (count, rows.keep(extent * slot.depth)));
                }
            }
        }
    }

    /// Rows for what this phase makes; those read for the last time in a later phase are given back there.
    fn place_phase(&mut self, at: usize, lent: &mut [Vec<(u32, u32)>]) {
        for &id in &self.plans[at].nodes {
            let node = id.0 as usize;
            if !self.needs_rows[node] || self.lowering.places[node] != Place::None {
                continue;
            }
            let extent = self.lowering.extent(self.graph.node(id).set);
            let base = self.lowering.rows.lend(extent);
            self.lowering.places[node] = Place::Rows(base);
            if self.last_phase[node] != NOWHERE {
                lent[self.last_phase[node] as usize].push((base, extent));
            }
        }
    }

    fn is_scalar(&self, id: NodeId) -> bool {
        matches!(self.lowering.places[id.0 as usize], Place::Table(_))
    }

    fn phase(&mut self, at: usize, program: &mut Program) -> Phase {
        let plan = &self.plans[at];
        let graph = self.graph;
        let mut code = PhaseCode::default();
        code.phase.extent = self.lowering.extent(plan.set);
        code.phase.observed = plan.observed;
        code.phase.order = plan.order.map(|map| self.list(graph.positions(map).to_vec(), program));
        for &id in &plan.nodes {
            if self.fused_into[id.0 as usize].is_none() {
                self.node(id, plan.set, &mut code, program);
            }
        }
        code.finish()
    }

    fn node(&mut self, id: NodeId, set: SetId, code: &mut PhaseCode, program: &mut Program) {
        let graph = self.graph;
        let operation = graph.node(id).operation;
        if let Operation::Earlier(a, _, groups) = operation {
            let extent = self.lowering.extent(groups);
            let sums = self.lowering.rows.keep(extent);
            code.phase.clears.push((sums, extent, 0.0));
            let access = self.access(set, groups, program);
            let sum = code.row(RowReference { base: sums, access });
            let to = self.result(id, set, code, program);
            code.push(Opcode::Copy, to, &[sum]);
            let a = self.operand(a, set, code, program);
            let (opcode, operands) = binary(Binary::Add, sum, a);
            code.push(opcode, sum, &operands);
            return;
        }
        let to = self.result(id, set, code, program);
        match operation {
            Operation::Unary(unary, a) => {
                let a = self.operand(a, set, code, program);
                code.push(Opcode::Unary(unary), to, &[a]);
            }
            Operation::Binary(Binary::Add, a, b) if self.fused(a, id) || self.fused(b, id) => {
                let (product, other) = if self.fused(b, id) { (b, a) } else { (a, b) };
                let other = self.operand(other, set, code, program);
                self.multiply_add(product, other, to, set, code, program);
            }
            Operation::Binary(operation, a, b) => {
                let a = self.operand(a, set, code, program);
                let b = self.operand(b, set, code, program);
                let (opcode, operands) = binary(operation, a, b);
                code.push(opcode, to, &operands);
            }
            Operation::Select(condition, a, b) => {
                let condition = self.operand(condition, set, code, program);
                let a = self.operand(a, set, code, program);
                let b = self.operand(b, set, code, program);
                let opcode = match (condition, a, b) {
                    (Value::Scalar(_), ..) => Opcode::Choose(form(a, b)),
                    (_, Value::Scalar(_), Value::Scalar(_)) => Opcode::SelectScalars,
                    _ => Opcode::Select(form(a, b)),
                };
                code.push(opcode, to, &[condition, a, b]);
            }
            Operation::Gather(a, map) => {
                let access = Access::Map(self.list(graph.positions(map).to_vec(), program));
                let a = self.stored(a, access, code);
                code.push(
                    if matches!(a, Value::Scalar(_)) {
                        Opcode::Splat
                    } else {
                        Opcode::Copy
                    },
                    to,
                    &[a],
                );
            }
            Operation::Reduce(_, a) | Operation::Total(a) if self.fused(a, id) => {
                self.clear(id, code);
                self.multiply_add(a, to, to, set, code, program);
            }
            Operation::Reduce(_, a) | Operation::Total(a) => {
                self.clear(id, code);
                let a = self.operand(a, set, code, program);
                let operation = match operation {
                    Operation::Reduce(reduction, _) => reduction.operation(),
                    _ => Binary::Add,
                };
                let (opcode, operands) = binary(operation, to, a);
                code.push(opcode, to, &operands);
            }
            Operation::Lagged(history, by, before) => {
                let by = self.operand(by, set, code, program);
                let before = self.operand(before, set, code, program);
                let slot = &graph.histories()[history.0 as usize];
                let of_set = slot.of.map_or(SetId::NONE, |of| graph.node(of).set);
                let now = slot.of.filter(|_| slot.immediate);
                let now = now.map(|of| self.splat(of, set, code, program));
                let (ring, _) = self.rings[&history.0];
                let access = self.access(set, of_set, program);
                code.lag(ring, access, to, by, before, now);
            }
            Operation::Constant(_)
            | Operation::Input(_)
            | Operation::Data(_)
            | Operation::Previous(_)
            | Operation::Earlier(..) => {
                unreachable!("{operation:?} has no code of its own")
            }
        }
    }

    fn fused(&self, product: NodeId, sum: NodeId) -> bool {
        self.fused_into[product.0 as usize] == Some(sum)
    }

    fn multiply_add(
        &mut self,
        product: NodeId,
        sum: Value,
        to: Value,
        set: SetId,
        code: &mut PhaseCode,
        program: &mut Program,
    ) {
        let Operation::Binary(Binary::Multiply, a, b) = self.graph.node(product).operation else {
            unreachable!("only products are fused");
        };
        let a = self.operand(a, set, code, program);
        let b = self.operand(b, set, code, program);
        code.push(Opcode::MultiplyAdd(form(a, b)), to, &[a, b, sum]);
    }

    fn clear(&self, id: NodeId, code: &mut PhaseCode) {
        let Operation::Reduce(reduction, _) = self.graph.node(id).operation else {
            return;
        };
        let Place::Rows(base) = self.lowering.places[id.0 as usize] else {
            return;
        };
        let extent = self.lowering.extent(self.graph.node(id).set);
        code.phase.clears.push((base, extent, reduction.start()));
    }

    /// Where the result of a node goes.
    fn result(&mut self, id: NodeId, set: SetId, code: &mut PhaseCode, program: &mut Program) -> Value {
        match self.lowering.places[id.0 as usize] {
            Place::Rows(base) => {
                let access = self.access(set, self.graph.node(id).set, program);
                code.row(RowReference { base, access })
            }
            _ => code.temporary(Some(id)),
        }
    }

    fn operand(&mut self, id: NodeId, set: SetId, code: &mut PhaseCode, program: &mut Program) -> Value {
        if let Some(&value) = code.temporaries.get(&id) {
            return Value::Temporary(value);
        }
        let access = self.access(set, self.graph.node(id).set, program);
        self.stored(id, access, code)
    }

    fn stored(&self, id: NodeId, access: Access, code: &mut PhaseCode) -> Value {
        match self.lowering.places[id.0 as usize] {
            Place::Table(table) => code.scalar(ScalarReference { table, access }),
            Place::Rows(base) => code.row(RowReference { base, access }),
            Place::None => unreachable!("{id:?} is read where it has no place"),
        }
    }

    fn splat(&mut self, id: NodeId, set: SetId, code: &mut PhaseCode, program: &mut Program) -> Value {
        let value = self.operand(id, set, code, program);
        if !matches!(value, Value::Scalar(_)) {
            return value;
        }
        let to = code.temporary(None);
        code.push(Opcode::Splat, to, &[value]);
        to
    }

    fn access(&mut self, from: SetId, to: SetId, program: &mut Program) -> Access {
        if to == SetId::NONE {
            return Access::Fixed(0);
        }
        if from == to {
            return Access::Same;
        }
        if let Some(&map) = self.maps.get(&(from, to)) {
            return Access::Map(map);
        }
        let Some(map) = self.graph.space.map(from, to) else {
            unreachable!("the set of a value holds the sets of its operands");
        };
        let list = self.list(map, program);
        self.maps.insert((from, to), list);
        Access::Map(list)
    }

    fn list(&mut self, positions: Vec<u32>, program: &mut Program) -> u32 {
        *self.lists.entry(positions).or_insert_with_key(|positions| {
            program.maps.push(positions.clone());
            program.maps.len() as u32 - 1
        })
    }
}
