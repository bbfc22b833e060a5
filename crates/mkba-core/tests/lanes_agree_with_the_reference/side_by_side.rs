//! Models whose years do not need each other, which run side by side: as the plain evaluator says, and as year after year.
use super::{Dice, INPUTS, Random, SCENARIOS, YEARS, assert_agreement, evaluate};
use mkba_core::evaluate::Evaluator;
use mkba_core::graph::space::{SetId, Space};
use mkba_core::graph::{DataTable, Graph, Range};
use mkba_core::lane::Isa;
use mkba_core::program::compile;

/// Growth, saturation, comparisons and tables by year and scenario, added up over the years.
fn model_without_memory(seed: u64) -> Random {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut graph = Graph::new(Space::default(), SCENARIOS, YEARS);
    let one = graph.constant(1.0);
    let steady: Vec<_> = (0..INPUTS)
        .map(|n| graph.input(n as u32, SetId::NONE, Range::new(-2.0, 2.0)))
        .collect();
    let mut yearly = Vec::new();
    for by_scenario in [true, false] {
        let size = YEARS * if by_scenario { SCENARIOS } else { 1 };
        let values = (0..size).map(|_| dice.number()).collect();
        let table = DataTable {
            by_scenario,
            by_year: true,
            values,
        };
        yearly.push(graph.data(table, SetId::NONE));
    }
    for _ in 0..25 {
        let pick = |dice: &mut Dice, of: &[_]| of[dice.roll(of.len())];
        let (a, b, c) = (
            pick(&mut dice, &yearly),
            pick(&mut dice, &yearly),
            pick(&mut dice, &steady),
        );
        let made = match dice.roll(10) {
            0 | 1 => graph.geometric(pick(&mut dice, &steady), c),
            2 | 3 => {
                let sequence = graph.geometric(pick(&mut dice, &steady), c);
                let filled = graph.min(one, sequence);
                graph.subtract(one, filled)
            }
            4 => graph.less(c, a),
            5 => graph.add(a, b),
            6 => graph.multiply(a, c),
            7 => graph.max(a, b),
            8 => {
                let less = graph.less(a, b);
                graph.select(less, b, c)
            }
            _ => graph.multiply_as_is(a, b),
        };
        if graph.node(made).variation.year {
            yearly.push(made);
        }
    }
    let mut pairs: Vec<_> = yearly
        .iter()
        .map(|&node| (node, yearly[dice.roll(yearly.len())]))
        .collect();
    pairs.extend(yearly.iter().map(|&node| (node, one)));
    pairs.retain(|&(a, _)| graph.node(a).variation.draw);
    let outputs = graph.totals_of_products(&pairs);
    Random {
        graph,
        outputs,
        yearly: Vec::new(),
    }
}

#[test]
fn years_side_by_side_agree_with_the_plain_evaluator_and_with_one_year_after_the_other() {
    const DRAWS: usize = 8;
    let (mut finite, mut side_by_side) = (0, 0);
    for seed in 1..=120 {
        let Random { mut graph, outputs, .. } = model_without_memory(seed);
        let program = compile(&mut graph, &outputs, &[]);
        side_by_side += usize::from(Evaluator::new(&program, Isa::Baseline, 64).runs_years_side_by_side());
        // Eight lanes are too few to run side by side.
        assert!(!Evaluator::new(&program, Isa::Baseline, 8).runs_years_side_by_side());
        let kept = evaluate(&program, Isa::Baseline, 8, DRAWS);
        finite += assert_agreement(&format!("seed {seed}"), &graph, &outputs, &[], DRAWS, &kept);
        for isa in Isa::ALL {
            for lanes in [16, 48, 64] {
                let other = evaluate(&program, isa, lanes, DRAWS);
                for (one, other) in kept.outputs.iter().zip(&other.outputs) {
                    assert_eq!(
                        super::numbers(&one.2),
                        super::numbers(&other.2),
                        "seed {seed}, {isa:?}, {lanes} lanes"
                    );
                }
            }
        }
    }
    assert!(finite > 20_000, "most values are numbers: {finite}");
    assert!(side_by_side > 80, "most run side by side: {side_by_side}");
}
