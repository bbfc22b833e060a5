//! The lane evaluator against the plain one, on random models: every output bit for bit, for every width and instruction set.
mod side_by_side;

use mkba_core::evaluate::reference::{Reference, operands};
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::graph::DataTable;
use mkba_core::graph::space::{Index, IndexId, SetId, Space};
use mkba_core::graph::union::{Part, union};
use mkba_core::graph::{Graph, Inspection, NodeId, Operation, Range, Reduction, Unary, Variation};
use mkba_core::lane::Isa;
use mkba_core::program::{compile, compile_observed};

/// A small generator, enough to make models.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
    fn number(&mut self) -> f64 {
        self.roll(4001) as f64 / 1000.0 - 2.0
    }
}

const SCENARIOS: usize = 2;
const YEARS: usize = 7;
const INPUTS: usize = 12;

struct Random {
    graph: Graph,
    outputs: Vec<NodeId>,
    yearly: Vec<NodeId>,
}

/// A model with inputs, tables, states, histories, reductions over a hierarchy of sets, selections, products and lags.
fn random_model(seed: u64) -> Random {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let keys = |n: usize| (0..n).map(|k| format!("e{k}")).collect::<Vec<_>>();
    let space = Space::new(vec![
        Index {
            name: "campus".into(),
            elements: keys(5),
            within: vec![(IndexId(2), vec![1, 0, 2, 1, 0])],
        },
        Index {
            name: "kind".into(),
            elements: keys(2),
            within: vec![],
        },
        Index {
            name: "province".into(),
            elements: keys(3),
            within: vec![],
        },
    ]);
    let mut graph = Graph::new(space, SCENARIOS, YEARS);
    let sets = [
        SetId::NONE,
        graph.space.set(&[IndexId(2)]),
        graph.space.set(&[IndexId(0)]),
        graph.space.set(&[IndexId(0), IndexId(1)]),
    ];
    let mut nodes = vec![graph.constant(1.5), graph.constant(-0.25)];
    nodes.push(graph.input(0, sets[2], Range::ALL));
    nodes.extend((5..INPUTS).map(|n| graph.input(n as u32, SetId::NONE, Range::new(-2.0, 2.0))));
    for (by_scenario, by_year, set) in [(true, true, sets[0]), (false, true, sets[2]), (true, false, sets[1])] {
        let size = graph.space.extent(set) * if by_year { YEARS } else { 1 } * if by_scenario { SCENARIOS } else { 1 };
        let values = (0..size).map(|_| dice.number()).collect();
        nodes.push(graph.data(
            DataTable {
                by_scenario,
                by_year,
                values,
            },
            set,
        ));
    }
    let mut states = Vec::new();
    for set in [sets[0], sets[2], sets[2], sets[3]] {
        let initial = nodes[dice.roll(2)];
        let varies = Variation {
            draw: true,
            ..Variation::default()
        };
        let (id, node) = graph.state(set, initial, varies, Range::ALL);
        states.push((id, set, node));
        nodes.push(node);
    }
    let history = graph.history(sets[2], 4, false);
    for _ in 0..60 {
        let pick = |dice: &mut Dice| nodes[dice.roll(nodes.len())];
        let (a, b, c) = (pick(&mut dice), pick(&mut dice), pick(&mut dice));
        let made = match dice.roll(16) {
            0 | 1 => graph.add(a, b),
            2 => graph.subtract(a, b),
            3..=5 => graph.multiply(a, b),
            6 => {
                let square = graph.multiply(b, b);
                let one = graph.constant(1.0);
                let below = graph.add(one, square);
                graph.divide(a, below)
            }
            7 => graph.min(a, b),
            8 => graph.max(a, b),
            9 => {
                let less = graph.less(a, b);
                graph.select(less, b, c)
            }
            10 => {
                let low = graph.constant(-3.0);
                let high = graph.constant(2.0);
                let bounded = graph.max(low, a);
                let bounded = graph.min(high, bounded);
                graph.unary(Unary::Exp, bounded)
            }
            11 => graph.unary(Unary::Floor, a),
            12 => {
                let set = graph.node(a).set;
                let to = if set == sets[3] {
                    sets[2]
                } else if set == sets[2] {
                    sets[dice.roll(2)]
                } else {
                    sets[0]
                };
                graph.reduce(
                    [Reduction::Sum, Reduction::Least, Reduction::Greatest][dice.roll(3)],
                    a,
                    to,
                )
            }
            13 if dice.roll(2) == 0 => {
                // A whole number of years that never changes, which is read where the history keeps it.
                let by = graph.constant(1.0 + dice.roll(3) as f64);
                graph.lagged(history, by, nodes[dice.roll(2)])
            }
            13 => {
                let by = nodes[3];
                let size = graph.unary(Unary::Abs, by);
                let one = graph.constant(1.0);
                let by = graph.add(size, one);
                graph.lagged(history, by, b)
            }
            14 if graph.node(a).set == sets[2] => graph.earlier(a, vec![3, 1, 0, 4, 2], sets[1]),
            _ if graph.node(a).set == sets[2] => {
                let positions = (0..5).map(|_| dice.roll(5) as u32).collect();
                graph.gather(a, positions, sets[2])
            }
            _ => graph.unary(Unary::Sqrt, nodes[1].max(nodes[0])),
        };
        nodes.push(made);
    }
    // Everything that is carried over is kept small, so that nothing overflows.
    let damped = |graph: &mut Graph, node: NodeId| {
        let square = graph.multiply(node, node);
        let one = graph.constant(1.0);
        let below = graph.add(one, square);
        graph.divide(node, below)
    };
    let before: Vec<NodeId> = states.iter().map(|&(.., node)| node).collect();
    for (id, set, _) in states {
        // Now and then a state becomes what another one was, two of them even each other.
        let is_taken_over = dice.roll(3) == 0;
        let from = if is_taken_over { &before } else { &nodes };
        let fits: Vec<NodeId> = from
            .iter()
            .copied()
            .filter(|&n| graph.space.map(set, graph.node(n).set).is_some())
            .collect();
        let next = fits[dice.roll(fits.len())];
        let next = if is_taken_over { next } else { damped(&mut graph, next) };
        graph.set_next(id, next);
    }
    let recorded: Vec<NodeId> = nodes
        .iter()
        .copied()
        .filter(|&n| graph.node(n).set == sets[2])
        .collect();
    let recorded = recorded[dice.roll(recorded.len())];
    let recorded = damped(&mut graph, recorded);
    graph.set_history(history, recorded);
    graph.settle();
    let national: Vec<NodeId> = nodes
        .iter()
        .map(|&node| graph.reduce(Reduction::Sum, node, SetId::NONE))
        .collect();
    let outputs = national.iter().map(|&node| graph.total(node)).collect::<Vec<_>>();
    let last = outputs[outputs.len() - 1];
    let mut outputs: Vec<NodeId> = outputs.iter().map(|&output| graph.multiply(output, last)).collect();
    outputs.push(last);
    Random {
        graph,
        outputs,
        yearly: nodes[nodes.len() - 8..].to_vec(),
    }
}

fn inputs(draw: usize) -> Vec<f64> {
    let mut dice = Dice(draw as u64 * 7919 + 13);
    (0..30).for_each(|_| {
        dice.roll(2);
    });
    (0..INPUTS).map(|_| dice.number()).collect()
}

#[derive(Default, PartialEq, Debug)]
struct Kept {
    outputs: Vec<(usize, usize, Vec<u64>)>,
    yearly: Vec<(usize, usize, usize, usize, Vec<u64>)>,
    observed: Vec<(usize, usize, usize, usize, Vec<u64>)>,
}

impl Sink for Kept {
    fn output(&mut self, scenario: usize, output: usize, _position: usize, lanes: &[f64]) {
        self.outputs
            .push((scenario, output, lanes.iter().map(|x| x.to_bits()).collect()));
    }
    fn yearly(&mut self, scenario: usize, year: usize, item: usize, position: usize, lanes: &[f64]) {
        self.yearly.push((
            scenario,
            year,
            item,
            position,
            lanes.iter().map(|x| x.to_bits()).collect(),
        ));
    }
    fn observed(&mut self, scenario: usize, observed_year: usize, item: usize, position: usize, lanes: &[f64]) {
        let bits = lanes.iter().map(|x| x.to_bits()).collect();
        self.observed.push((scenario, observed_year, item, position, bits));
    }
}

fn evaluate(program: &mkba_core::program::Program, isa: Isa, lanes: usize, draws: usize) -> Kept {
    let mut evaluator = Evaluator::new(program, isa, lanes);
    let mut kept = Kept::default();
    let mut rows = vec![0.0; INPUTS * lanes];
    for draw in 0..draws {
        for (input, value) in inputs(draw).into_iter().enumerate() {
            rows[input * lanes + draw] = value;
        }
    }
    // A block before it, to see that nothing is left behind in memory.
    evaluator.run(&vec![0.7; INPUTS * lanes], lanes, &mut Kept::default());
    evaluator.run(&rows, draws, &mut kept);
    kept
}

/// What a compiled program gives for the first draws agrees with the plain evaluator. Says how many outputs are finite.
fn assert_agreement(
    what: &str,
    graph: &Graph,
    outputs: &[NodeId],
    yearly: &[NodeId],
    draws: usize,
    kept: &Kept,
) -> usize {
    let mut finite = 0;
    let mut wanted = vec![false; graph.nodes().len()];
    let mut open: Vec<NodeId> = outputs.iter().chain(yearly).copied().collect();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut wanted[id.0 as usize], true) {
            open.extend(operands(graph, id));
            if let Operation::Previous(state) = graph.node(id).operation {
                let state = graph.states()[state.0 as usize];
                open.extend([Some(state.initial), state.next].into_iter().flatten());
            }
            if let Operation::Lagged(history, ..) = graph.node(id).operation {
                open.extend(graph.histories()[history.0 as usize].of);
            }
        }
    }
    let reference = Reference::new(graph, wanted);
    for draw in 0..draws {
        for scenario in 0..SCENARIOS {
            let mut seen = std::collections::HashMap::new();
            reference.run(&inputs(draw), scenario, &mut |id, year, values| {
                seen.insert((id, year), values.to_vec());
            });
            for (_, output, lanes) in kept.outputs.iter().filter(|kept| kept.0 == scenario) {
                let plain = seen[&(outputs[*output], None)][0];
                let same = lanes[draw] == plain.to_bits() || (plain.is_nan() && f64::from_bits(lanes[draw]).is_nan());
                let found = f64::from_bits(lanes[draw]);
                assert!(same, "{what} output {output}: {found} and {plain}");
                finite += usize::from(plain.is_finite());
            }
            for (_, year, item, position, lanes) in kept.yearly.iter().filter(|kept| kept.0 == scenario) {
                let node = yearly[*item];
                let value = seen.get(&(node, Some(*year))).unwrap_or_else(|| &seen[&(node, None)]);
                let same = lanes[draw] == value[*position].to_bits() || value[*position].is_nan();
                assert!(
                    same,
                    "{what} yearly {item} year {year} position {position} draw {draw}: {} and {:?} of {:?}",
                    f64::from_bits(lanes[draw]),
                    value,
                    graph.node(node)
                );
            }
        }
    }
    finite
}

#[test]
fn every_output_agrees_to_the_last_bit() {
    const DRAWS: usize = 5;
    let mut finite = 0;
    for seed in 1..=150 {
        let Random {
            mut graph,
            outputs,
            yearly,
        } = random_model(seed);
        let program = compile(&mut graph, &outputs, &yearly);
        let kept = evaluate(&program, Isa::Baseline, 8, DRAWS);
        finite += assert_agreement(&format!("seed {seed}"), &graph, &outputs, &yearly, DRAWS, &kept);
    }
    assert!(finite > 50_000, "most values are numbers: {finite}");
}

/// Bits of numbers; what is not a number is one and the same.
fn numbers(bits: &[u64]) -> Vec<Option<u64>> {
    let number = |bits: &u64| (!f64::from_bits(*bits).is_nan()).then_some(*bits);
    bits.iter().map(number).collect()
}

/// What is kept in some years only has the bits it has when it is kept in all, and the outputs have theirs, whatever is looked at.
#[test]
fn observed_values_are_those_of_all_years_and_change_nothing() {
    let mut seen = 0;
    for seed in 1..=100 {
        let Random {
            mut graph,
            outputs,
            yearly,
        } = random_model(seed);
        let all = evaluate(&compile(&mut graph, &outputs, &yearly), Isa::detect(), 8, 5);
        for every in [1, 2, 3, 100] {
            let (kept_yearly, observed) = yearly.split_at(yearly.len() / 3);
            let program = compile_observed(&mut graph, &outputs, kept_yearly, observed, every);
            let some = evaluate(&program, Isa::detect(), 8, 5);
            for (some, all) in some.outputs.iter().zip(&all.outputs) {
                assert_eq!(numbers(&some.2), numbers(&all.2), "seed {seed} every {every}");
            }
            for (scenario, place, item, position, lanes) in &some.observed {
                let year = place * every as usize;
                let (item, mut found) = (item + kept_yearly.len(), all.yearly.iter());
                let same = found.find(|it| (it.0, it.1, it.2, it.3) == (*scenario, year, item, *position));
                let same = same.map(|it| numbers(&it.4));
                assert_eq!(
                    same,
                    Some(numbers(lanes)),
                    "seed {seed} every {every} year {year} item {item}"
                );
                seen += 1;
            }
            let years = YEARS.div_ceil(every as usize);
            let positions = |of: &[(_, u32)]| of.iter().map(|(_, count)| *count as usize).sum::<usize>();
            assert_eq!(some.observed.len(), SCENARIOS * years * positions(&program.observed));
        }
    }
    assert!(seen > 1_000, "{seen}");
}

#[test]
fn neither_lanes_nor_instruction_set_change_a_bit() {
    for seed in 1..=60 {
        let Random {
            mut graph,
            outputs,
            yearly,
        } = random_model(seed);
        let program = compile(&mut graph, &outputs, &yearly);
        let narrow = evaluate(&program, Isa::Baseline, 8, 6);
        for (isa, lanes) in [(Isa::Avx2, 8), (Isa::Avx512, 64), (Isa::Avx2, 64), (Isa::Baseline, 128)] {
            let other = evaluate(&program, isa, lanes, 6);
            let plain = |kept: &Kept| {
                kept.outputs
                    .iter()
                    .flat_map(|k| k.2.clone())
                    .filter(|b| !f64::from_bits(*b).is_nan())
                    .collect::<Vec<_>>()
            };
            assert_eq!(plain(&narrow), plain(&other), "seed {seed} {isa:?} {lanes}");
        }
    }
}

#[test]
fn joined_graphs_give_each_the_bits_that_it_has_alone_and_one_and_the_same_graph_is_there_once() {
    for seed in 1..=60 {
        let [first, again, other] = [seed, seed, seed + 1000].map(random_model);
        let parts = [&first, &again, &other].map(|model| Part {
            graph: &model.graph,
            roots: model.outputs.clone(),
            inputs: (0..INPUTS as u32).collect(),
        });
        let joined = union(&parts);
        assert_eq!(joined.roots[0], joined.roots[1], "seed {seed}");
        let twice = union(&parts[..2]);
        let once = union(&parts[..1]);
        assert_eq!(twice.graph.nodes().len(), once.graph.nodes().len(), "seed {seed}");
        assert_eq!(twice.graph.states().len(), once.graph.states().len(), "seed {seed}");
        let mut graph = joined.graph;
        let outputs: Vec<NodeId> = joined.roots[1].iter().chain(&joined.roots[2]).copied().collect();
        let program = compile(&mut graph, &outputs, &[]);
        let together = evaluate_inputs(&program, &joined.inputs);
        let mut alone = Vec::new();
        for (mut model, first_output) in [(again, 0), (other, joined.roots[1].len())] {
            let program = compile(&mut model.graph, &model.outputs, &[]);
            let kept = evaluate(&program, Isa::Baseline, 8, 6);
            alone.extend(
                kept.outputs
                    .into_iter()
                    .map(|(scenario, output, lanes)| (scenario, output + first_output, lanes)),
            );
        }
        alone.sort();
        let mut together = together.outputs;
        together.sort();
        let plain = |kept: &[(usize, usize, Vec<u64>)]| -> Vec<Vec<u64>> {
            let number = |bits: &u64| if f64::from_bits(*bits).is_nan() { 0 } else { *bits };
            kept.iter()
                .map(|(_, _, lanes)| lanes.iter().map(number).collect())
                .collect()
        };
        assert_eq!(plain(&together), plain(&alone), "seed {seed}");
    }
}

/// Evaluates a program whose inputs have other numbers.
fn evaluate_inputs(program: &mkba_core::program::Program, numbers: &[u32]) -> Kept {
    let mut rows = vec![0.0; numbers.len() * 8];
    for draw in 0..6 {
        let values = inputs(draw);
        for (row, number) in numbers.iter().enumerate() {
            rows[row * 8 + draw] = values[*number as usize];
        }
    }
    let mut kept = Kept::default();
    Evaluator::new(program, Isa::Baseline, 8).run(&rows, 6, &mut kept);
    kept
}
