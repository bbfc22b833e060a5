//! One scenario of a program.
use super::Program;

impl Program {
    /// The program of one scenario alone, which its evaluator then calls scenario 0.
    #[must_use]
    pub fn of_scenario(mut self, scenario: usize) -> Self {
        for table in &mut self.tables {
            table.start += scenario * table.per_scenario;
            table.per_scenario = 0;
        }
        self.scenarios = 1;
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::evaluate::{Evaluator, Sink};
    use crate::graph::space::{SetId, Space};
    use crate::graph::{DataTable, Graph, Range};
    use crate::lane::Isa;
    use crate::program::compile;

    #[derive(Default)]
    struct Kept(Vec<(usize, f64)>);

    impl Sink for Kept {
        fn output(&mut self, scenario: usize, _: usize, _: usize, lanes: &[f64]) {
            self.0.push((scenario, lanes[0]));
        }
        fn yearly(&mut self, _: usize, _: usize, _: usize, _: usize, _: &[f64]) {}
    }

    #[test]
    fn one_scenario_alone_has_the_bits_it_has_among_the_others() {
        let mut graph = Graph::new(Space::default(), 3, 4);
        let by_scenario_and_year = DataTable {
            by_scenario: true,
            by_year: true,
            values: (0..12).map(|n| f64::from(n) * 0.37).collect(),
        };
        let data = graph.data(by_scenario_and_year, SetId::NONE);
        let input = graph.input(0, SetId::NONE, Range::ALL);
        let product = graph.multiply(data, input);
        let total = graph.total(product);
        let program = compile(&mut graph, &[total], &[]);
        let run = |program: &crate::program::Program| {
            let mut kept = Kept::default();
            Evaluator::new(program, Isa::detect(), 8).run(&[1.3; 8], 8, &mut kept);
            kept.0
        };
        let all = run(&program);
        for (scenario, value) in all {
            assert_eq!(run(&program.clone().of_scenario(scenario)), [(0, value)]);
        }
    }
}
