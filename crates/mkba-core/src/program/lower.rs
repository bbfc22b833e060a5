//! From the graph to the program: what is known is computed now, the rest is planned, given memory and turned into code.
use super::allocate::Rows;
use super::emit::Emitter;
use super::schedule::{self, Plan};
use super::{Program, ScalarTable, Section, Source};
use crate::evaluate::reference::Reference;
use crate::graph::space::SetId;
use crate::graph::{Graph, Inspection, NodeId, Operation};

/// What is asked of a program: values without year, one for each draw.
pub type Output = NodeId;

/// Compiles the part of a graph that `outputs` (values without year) and `yearly` (values of which the mean in each year is kept) need.
#[must_use]
pub fn compile(graph: &mut Graph, outputs: &[Output], yearly: &[NodeId]) -> Program {
    graph.settle();
    let graph = &*graph;
    let live = graph.live(outputs.iter().chain(yearly).copied());
    let mut program = Program {
        scenarios: graph.scenarios as u32,
        years: graph.years as u32,
        ..Program::default()
    };
    let places = tabulate(graph, &live, &mut program);
    let plans = plans(graph, &live);
    let mut lowering = Lowering {
        graph,
        live: &live,
        places,
        rows: Rows::default(),
    };
    lowering.place_stored(&mut program);
    Emitter::new(&mut lowering, &plans, outputs, yearly).run(&mut program);
    program
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

fn plans(graph: &Graph, live: &[bool]) -> Vec<Plan> {
    let mut plans = Vec::new();
    let codes =
        |at: usize| live[at] && graph.nodes()[at].variation.draw && !schedule::is_stored(graph, NodeId(at as u32));
    for section in Section::ALL {
        let nodes: Vec<NodeId> = (0..live.len())
            .filter(|&at| codes(at))
            .map(|at| NodeId(at as u32))
            .filter(|&id| schedule::section_of(graph, id) == section)
            .collect();
        let elsewhere = |id: NodeId| !codes(id.0 as usize) || schedule::section_of(graph, id) != section;
        plans.extend(schedule::plan(graph, section, &nodes, &elsewhere));
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
