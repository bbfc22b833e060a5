//! From the graph to the program: what is known is computed now, the rest is planned, given memory and turned into code.
use super::allocate::Rows;
use super::emit::Emitter;
use super::schedule::{self, Plan};
use super::{Program, ScalarTable, Section, Source};
use crate::evaluate::reference::{Reference, operands};
use crate::graph::space::SetId;
use crate::graph::{Graph, Inspection, NodeId, Operation};

/// What is asked of a program: values without year, one for each draw.
pub type Output = NodeId;

/// Compiles the part of a graph that `outputs` (values without year) and `yearly` (values of which the mean in each year is kept) need.
#[must_use]
pub fn compile(graph: &mut Graph, outputs: &[Output], yearly: &[NodeId]) -> Program {
    compile_observed(graph, outputs, yearly, &[], 0)
}

/// As [`compile`], and besides the values of which the mean in every `every`-th year is kept, from the first year on. What only they
/// need is not computed in other years.
#[must_use]
pub fn compile_observed(
    graph: &mut Graph,
    outputs: &[Output],
    yearly: &[NodeId],
    observed: &[NodeId],
    every: u32,
) -> Program {
    graph.settle();
    let graph = &*graph;
    let observed = if every == 0 { &[] } else { observed };
    let live = graph.live(outputs.iter().chain(yearly).chain(observed).copied());
    let everywhere = needed_every_year(graph, outputs.iter().chain(yearly).copied(), observed);
    let mut program = Program {
        scenarios: graph.scenarios as u32,
        years: graph.years as u32,
        observed_every: if observed.is_empty() { 0 } else { every },
        ..Program::default()
    };
    let places = tabulate(graph, &live, &mut program);
    let plans = plans(graph, &live, &everywhere);
    let mut lowering = Lowering {
        graph,
        live: &live,
        places,
        rows: Rows::default(),
    };
    lowering.place_stored(&mut program);
    Emitter::new(&mut lowering, &plans, outputs, [yearly, observed]).run(&mut program);
    program
}

/// Nodes that are needed in every year: for `roots`, and for all that remembers earlier years, which what is `observed` may need too.
fn needed_every_year(graph: &Graph, roots: impl Iterator<Item = NodeId>, observed: &[NodeId]) -> Vec<bool> {
    let mut seen = vec![false; graph.nodes().len()];
    let mut open = observed.to_vec();
    let mut remembered = Vec::new();
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        open.extend(operands(graph, id));
        match graph.node(id).operation {
            Operation::Previous(_) | Operation::Total(_) => remembered.push(id),
            // The year itself may be among what is remembered.
            Operation::Lagged(..) => remembered.push(id),
            _ => {}
        }
    }
    graph.live(roots.chain(remembered))
}

/// Where the value of a node is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Not decided, or a register.
    None,
    Table(u32),
    Rows(u32),
}

pub(super) struct Lowering<'g> {
    pub graph: &'g Graph,
    pub live: &'g [bool],
    pub places: Vec<Place>,
    pub rows: Rows,
}

/// Computes all values that do not depend on the draw and keeps those in tables.
fn tabulate(graph: &Graph, live: &[bool], program: &mut Program) -> Vec<Place> {
    let known: Vec<bool> = graph
        .nodes()
        .iter()
        .zip(live)
        .map(|(node, &live)| live && !node.variation.draw)
        .collect();
    let mut places = vec![Place::None; live.len()];
    for (at, node) in graph.nodes().iter().enumerate().filter(|(at, _)| known[*at]) {
        let extent = graph.space.extent(node.set);
        let per_year = if node.variation.year { extent } else { 0 };
        let years = if node.variation.year { graph.years } else { 1 };
        let per_scenario = if node.variation.scenario { extent * years } else { 0 };
        let scenarios = if node.variation.scenario { graph.scenarios } else { 1 };
        places[at] = Place::Table(program.tables.len() as u32);
        program.tables.push(ScalarTable {
            start: program.numbers.len(),
            per_scenario,
            per_year,
        });
        program
            .numbers
            .resize(program.numbers.len() + extent * years * scenarios, f64::NAN);
    }
    let reference = Reference::new(graph, known);
    for scenario in 0..graph.scenarios {
        reference.run(&[], scenario, &mut |id, year, values| {
            if let Place::Table(table) = places[id.0 as usize] {
                let table = &program.tables[table as usize];
                let start = table.start + scenario * table.per_scenario + year.unwrap_or(0) * table.per_year;
                program.numbers[start..start + values.len()].copy_from_slice(values);
            }
        });
    }
    places
}

fn plans(graph: &Graph, live: &[bool], everywhere: &[bool]) -> Vec<Plan> {
    let mut plans = Vec::new();
    let codes =
        |at: usize| live[at] && graph.nodes()[at].variation.draw && !schedule::is_stored(graph, NodeId(at as u32));
    for section in Section::ALL {
        let nodes = (0..live.len())
            .filter(|&at| codes(at))
            .map(|at| NodeId(at as u32))
            .filter(|&id| schedule::section_of(graph, id) == section);
        let now_and_then = |id: NodeId| section == Section::Year && !everywhere[id.0 as usize];
        let (later, nodes): (Vec<NodeId>, Vec<NodeId>) = nodes.partition(|&id| now_and_then(id));
        let elsewhere = |id: NodeId| !codes(id.0 as usize) || schedule::section_of(graph, id) != section;
        plans.extend(schedule::plan(graph, section, &nodes, &elsewhere));
        let elsewhere = |id: NodeId| elsewhere(id) || !now_and_then(id);
        let observed = schedule::plan(graph, section, &later, &elsewhere).into_iter();
        plans.extend(observed.map(|plan| Plan { observed: true, ..plan }));
    }
    plans
}

impl Lowering<'_> {
    pub fn extent(&self, set: SetId) -> u32 {
        self.graph.space.extent(set) as u32
    }

    /// Rows of inputs and states.
    fn place_stored(&mut self, program: &mut Program) {
        for (at, node) in self.graph.nodes().iter().enumerate().filter(|(at, _)| self.live[*at]) {
            let extent = self.extent(node.set);
            match node.operation {
                Operation::Input(first) => {
                    let base = self.rows.keep(extent);
                    self.places[at] = Place::Rows(base);
                    program.inputs.extend((0..extent).map(|e| (first + e, base + e)));
                }
                Operation::Previous(_) if node.variation.draw => self.places[at] = Place::Rows(self.rows.keep(extent)),
                _ => {}
            }
        }
    }

    /// Where a finished value is found; it must have a place.
    pub fn source(&self, id: NodeId) -> Source {
        match self.places[id.0 as usize] {
            Place::Table(table) => Source::Table(table),
            Place::Rows(base) => Source::Rows(base),
            Place::None => unreachable!("every value that is read from outside its phase has a place"),
        }
    }
}
