//! Several points of a sweep in one program: what does not change between them is computed once.
//!
//! A point is a study with other values in some places. Each is formulated by itself, as if it stood alone; then their graphs are joined
//! ([`crate::graph::union`]) and one program is made of them. So every number of a point has the bits that it has alone.
use crate::appraisal::Quantity;
use crate::compiled::{Compiled, Formulated};
use crate::graph::union::{Part, union};
use crate::graph::{Inspection, NodeId};
use crate::input::{Dependence, Input, Method};
use crate::program::{self, Phase};
use std::collections::{BTreeMap, HashMap};

/// Points in one program.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The program with all inputs, and the catalogue of the first point. Its `outputs` are empty: those of each point are in `points`.
    pub compiled: Compiled,
    /// What each point asks for, and which output of the program it is.
    pub points: Vec<Vec<(Quantity, usize)>>,
}

/// More nodes than this are not made into one program: registers are counted in 16 bits.
pub const MOST_NODES: usize = 60_000;
/// Rows, registers and scalars of a phase are counted in 16 bits.
const MOST_IN_A_PHASE: usize = u16::MAX as usize;

impl Batch {
    /// Joins points of one study; nothing when there are none, when several are too many for one program, when they
    /// differ in index sets, years or scenarios, or when the standard errors of some are those of reordered draws and of others not.
    #[must_use]
    pub fn of(points: &[Formulated], asked: Asked) -> Option<Self> {
        let first = points.first()?;
        let reorders = |point: &Formulated| point.dependences.iter().any(|one| one.method == Method::ImanConover);
        let shape = |point: &Formulated| (point.graph.scenarios, point.graph.years);
        let alike = |point: &Formulated| {
            reorders(point) == reorders(first)
                && shape(point) == shape(first)
                && point.graph.space.indices() == first.graph.space.indices()
        };
        if !points.iter().all(alike) {
            return None;
        }
        let mut identities = Identities::default();
        let parts: Vec<Part<'_>> = points.iter().map(|point| part(point, asked, &mut identities)).collect();
        let joined = union(&parts);
        if points.len() > 1 && joined.graph.nodes().len() > MOST_NODES {
            return None;
        }
        let mut place: HashMap<NodeId, usize> = HashMap::new();
        let mut outputs: Vec<NodeId> = Vec::new();
        let of_points = points.iter().zip(&joined.roots).map(|(point, roots)| {
            let quantities = asked.of(point).map(|(quantity, _)| quantity);
            let placed = roots.iter().map(|&root| {
                *place.entry(root).or_insert_with(|| {
                    outputs.push(root);
                    outputs.len() - 1
                })
            });
            quantities.zip(placed.collect::<Vec<_>>()).collect()
        });
        let of_points = of_points.collect();
        let mut graph = joined.graph;
        let program = program::compile(&mut graph, &outputs, &[]);
        // There are no more registers than instructions.
        let fits = |phase: &Phase| {
            phase.code.len() + phase.rows.len() <= MOST_IN_A_PHASE && phase.scalars.len() <= MOST_IN_A_PHASE
        };
        if points.len() > 1 && !program.sections.iter().flatten().all(fits) {
            return None;
        }
        let inputs = joined
            .inputs
            .iter()
            .map(|&number| identities.inputs[number as usize].clone())
            .collect();
        Some(Self {
            points: of_points,
            compiled: Compiled {
                program,
                graph,
                inputs,
                dependences: dependences(points, &joined.input_places),
                catalogue: first.catalogue.clone(),
                outputs: Vec::new(),
                yearly: Vec::new(),
                observed: Vec::new(),
            },
        })
    }

    /// Bytes of rows for a block of so many draws.
    #[must_use]
    pub fn bytes(&self, block: usize) -> u64 {
        u64::from(self.compiled.program.rows) * (block * size_of::<f64>()) as u64
    }
}

/// What is asked of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The balances. Points may have other flows.
    Balances,
    /// The balances, and the flows from which the benefit-cost ratio is made, which are the same in all points.
    BalancesAndFlows,
}

impl Asked {
    fn of(self, point: &Formulated) -> impl Iterator<Item = (Quantity, NodeId)> {
        let wanted = move |quantity: Quantity| match quantity {
            Quantity::Posting { .. } | Quantity::Regional { .. } => false,
            Quantity::Balance { .. } | Quantity::BalanceWithoutSeparate { .. } => true,
            _ => self == Self::BalancesAndFlows,
        };
        point
            .outputs
            .iter()
            .copied()
            .filter(move |&(quantity, _)| wanted(quantity))
    }
}

fn part<'p>(point: &'p Formulated, asked: Asked, identities: &mut Identities) -> Part<'p> {
    Part {
        graph: &point.graph,
        roots: asked.of(point).map(|(_, node)| node).collect(),
        inputs: identities.of(&point.inputs, &point.dependences),
    }
}

/// An input with all that its draws depend on.
struct Identity {
    input: Input,
    /// The dependence it is in, its members as inputs.
    moves_with: Option<(Dependence, Vec<Input>)>,
    number: u32,
}

/// Numbers for inputs that are drawn alike.
#[derive(Default)]
struct Identities {
    by_name: BTreeMap<String, Vec<Identity>>,
    inputs: Vec<Input>,
}

impl Identities {
    fn of(&mut self, inputs: &[Input], dependences: &[Dependence]) -> Vec<u32> {
        let mut moves_with: Vec<Option<(Dependence, Vec<Input>)>> = vec![None; inputs.len()];
        for one in dependences {
            let members: Vec<Input> = one.members.iter().map(|&member| inputs[member].clone()).collect();
            let without_places = Dependence {
                members: Vec::new(),
                ..one.clone()
            };
            for &member in &one.members {
                moves_with[member] = Some((without_places.clone(), members.clone()));
            }
        }
        let numbered = inputs.iter().zip(moves_with).map(|(input, moves_with)| {
            let alike = self.by_name.entry(input.name.clone()).or_default();
            if let Some(known) = alike
                .iter()
                .find(|it| it.input == *input && it.moves_with == moves_with)
            {
                return known.number;
            }
            let number = self.inputs.len() as u32;
            self.inputs.push(input.clone());
            alike.push(Identity {
                input: input.clone(),
                moves_with,
                number,
            });
            number
        });
        numbered.collect()
    }
}

/// The dependences of all points on the inputs of the union, each once.
fn dependences(points: &[Formulated], places: &[Vec<Option<u32>>]) -> Vec<Dependence> {
    let mut found: Vec<Dependence> = Vec::new();
    for (point, places) in points.iter().zip(places) {
        for one in &point.dependences {
            let members = one
                .members
                .iter()
                .filter_map(|&member| places[member])
                .map(|place| place as usize);
            let placed = Dependence {
                members: members.collect(),
                ..one.clone()
            };
            // Every input of a study has a node, so none of the members is missing.
            if placed.members.len() == one.members.len() && !found.contains(&placed) {
                found.push(placed);
            }
        }
    }
    found
}
