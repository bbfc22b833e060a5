//! Values that are multiplied by the same number every year: growth, discount factors, and exponentials of a straight line.
//!
//! One multiplication a year takes the place of a power or an exponential. The rewrites are part of the evaluator's contract, like those
//! of products: they change last bits, and the plain evaluator sees them too.
use super::space::SetId;
use super::{Binary, Graph, NodeId, Operation, Range, Unary};

/// Beyond this exponent `exp` comes near the ends of the range of a number, where a product of many steps would not follow it.
const GREATEST_EXPONENT: f64 = 600.0;

/// A value on a straight line over the years.
#[derive(Clone, Copy)]
struct Line {
    /// Value in the year before the first.
    before: NodeId,
    /// Rise per year.
    slope: NodeId,
}

impl Graph {
    /// `before · ratio` in the first year, `before · ratio²` in the second, and so on. Both must be without year.
    pub fn geometric(&mut self, before: NodeId, ratio: NodeId) -> NodeId {
        if self.value(ratio) == Some(1.0) {
            return before;
        }
        if let Some(&known) = self.sequences.get(&(before, ratio)) {
            return known;
        }
        let (start, step) = (*self.node(before), *self.node(ratio));
        let set = self.space.union(start.set, step.set);
        let range = start.range.times(powers(step.range, self.years as i32));
        let (state, previous) = self.state(set, before, start.variation.and(step.variation), Range::ALL);
        let value = self.plain(Binary::Multiply, previous, ratio);
        self.set_next(state, value);
        let node = &mut self.nodes[value.0 as usize];
        node.range = range;
        node.finite = start.finite && step.finite;
        self.sequences.insert((before, ratio), value);
        self.geometric.insert(value, (before, ratio));
        value
    }

    /// Start and ratio of a value that is geometric.
    pub(super) fn as_geometric(&self, node: NodeId) -> Option<(NodeId, NodeId)> {
        self.geometric.get(&node).copied()
    }

    /// `exp(a)` as a geometric sequence, where `a` is a straight line over the years, or such a line with a floor or ceiling:
    /// `exp(s · max(p, y))` is the lesser or greater of `exp(s · p)` and `exp(s · y)`, whichever the sign of `s` says.
    pub(super) fn exponential_of_line(&mut self, a: NodeId) -> Option<NodeId> {
        if !self.node(a).variation.year {
            return None;
        }
        if let Some(found) = self.exponential_sequence(a) {
            return Some(found);
        }
        let (factor, corner) = self.scaled_corner(a)?;
        let Operation::Binary(which @ (Binary::Min | Binary::Max), p, y) = self.node(corner).operation else {
            return None;
        };
        let (bound, line) = if self.node(p).variation.year { (y, p) } else { (p, y) };
        let range = self.node(factor).range;
        let keeps_order = if range.low >= 0.0 {
            true
        } else if range.high <= 0.0 {
            false
        } else {
            return None;
        };
        let scaled = self.multiply(factor, line);
        let line = self.exponential_sequence(scaled)?;
        let bound = self.multiply(factor, bound);
        let bound = self.unary(Unary::Exp, bound);
        Some(if (which == Binary::Max) == keeps_order {
            self.max(bound, line)
        } else {
            self.min(bound, line)
        })
    }

    fn exponential_sequence(&mut self, a: NodeId) -> Option<NodeId> {
        let within = |range: Range| range.low >= -GREATEST_EXPONENT && range.high <= GREATEST_EXPONENT;
        let Line { before, slope } = self.line(a)?;
        if !within(self.node(a).range) || !within(self.node(before).range) || !self.node(slope).finite {
            return None;
        }
        let (before, ratio) = (self.unary(Unary::Exp, before), self.unary(Unary::Exp, slope));
        Some(self.geometric(before, ratio))
    }

    /// The straight line that a value is, if it is one.
    fn line(&mut self, id: NodeId) -> Option<Line> {
        let node = *self.node(id);
        if !node.variation.year && !node.variation.after {
            let slope = self.constant(0.0);
            return Some(Line { before: id, slope });
        }
        match node.operation {
            Operation::Data(_) => self.line_of_data(id, node.set),
            Operation::Binary(how @ (Binary::Add | Binary::Subtract), a, b) => {
                let (a, b) = (self.line(a)?, self.line(b)?);
                let mut both = |x, y| match how {
                    Binary::Add => self.add(x, y),
                    _ => self.subtract(x, y),
                };
                let (before, slope) = (both(a.before, b.before), both(a.slope, b.slope));
                Some(Line { before, slope })
            }
            Operation::Binary(Binary::Multiply, a, b) => {
                let (factor, line) = if self.node(a).variation.year { (b, a) } else { (a, b) };
                if self.node(factor).variation.year {
                    return None;
                }
                let line = self.line(line)?;
                let (before, slope) = (self.multiply(factor, line.before), self.multiply(factor, line.slope));
                Some(Line { before, slope })
            }
            Operation::Binary(Binary::Divide, a, b) if !self.node(b).variation.year => {
                let line = self.line(a)?;
                let (before, slope) = (self.divide(line.before, b), self.divide(line.slope, b));
                Some(Line { before, slope })
            }
            _ => None,
        }
    }

    /// Numbers that rise by the same step every year and everywhere, such as the years since the base year.
    fn line_of_data(&mut self, id: NodeId, set: SetId) -> Option<Line> {
        let Operation::Data(table) = self.node(id).operation else {
            return None;
        };
        let table = &self.tables[table.0 as usize];
        if set != SetId::NONE || table.by_scenario || !table.by_year {
            return None;
        }
        let step = table.values.get(1)? - table.values.first()?;
        let is_straight = table.values.windows(2).all(|pair| pair[1] - pair[0] == step);
        let before = table.values.first()? - step;
        is_straight.then(|| Line {
            before: self.constant(before),
            slope: self.constant(step),
        })
    }

    /// A product as a factor without year and one yearly minimum or maximum.
    fn scaled_corner(&mut self, a: NodeId) -> Option<(NodeId, NodeId)> {
        let factors = self.factors(a);
        let is_yearly = |node: &NodeId| self.node(*node).variation.year;
        let mut yearly = factors.numerator.iter().filter(|&node| is_yearly(node));
        let corner = *yearly.next()?;
        if yearly.next().is_some() || factors.denominator.iter().any(is_yearly) {
            return None;
        }
        Some((self.product_without(&factors, corner), corner))
    }
}

/// Bounds of the first to the last power of a positive number.
fn powers(ratio: Range, last: i32) -> Range {
    if ratio.low < 0.0 {
        return Range::ALL;
    }
    Range::new(
        ratio.low.min(ratio.low.powi(last)),
        ratio.high.max(ratio.high.powi(last)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::reference::{Reference, operands};
    use crate::graph::{DataTable, Inspection};

    const YEARS: usize = 40;

    fn elapsed(graph: &mut Graph) -> NodeId {
        let values = (1..=YEARS).map(|year| year as f64).collect();
        graph.data(
            DataTable {
                by_scenario: false,
                by_year: true,
                values,
            },
            SetId::NONE,
        )
    }

    /// Values of a node in every year for these inputs.
    fn path(graph: &mut Graph, node: NodeId, inputs: &[f64]) -> Vec<f64> {
        graph.settle();
        let mut wanted = vec![false; graph.nodes().len()];
        let mut open = vec![node];
        while let Some(id) = open.pop() {
            if !std::mem::replace(&mut wanted[id.0 as usize], true) {
                open.extend(operands(graph, id));
                if let Operation::Previous(state) = graph.node(id).operation {
                    let state = graph.states()[state.0 as usize];
                    open.extend(state.next.into_iter().chain([state.initial]));
                }
            }
        }
        let mut found = Vec::new();
        Reference::new(graph, wanted).run(inputs, 0, &mut |id, _, values| {
            if id == node {
                found.push(values[0]);
            }
        });
        found
    }

    #[test]
    fn an_exponential_of_a_line_with_a_floor_is_that_exponential() {
        let mut graph = Graph::new(Default::default(), 1, YEARS);
        let t = elapsed(&mut graph);
        let delay = graph.input(0, SetId::NONE, Range::new(0.0, 3.0));
        let ramp = graph.input(1, SetId::NONE, Range::new(3.0, 10.0));
        let zero = graph.constant(0.0);
        let four = graph.constant(4.0);
        let open = graph.subtract(t, four);
        let open = graph.subtract(open, delay);
        let open = graph.max(zero, open);
        let exponent = graph.divide(open, ramp);
        let exponent = graph.negate(exponent);
        let result = graph.unary(Unary::Exp, exponent);
        let computed = path(&mut graph, result, &[1.3, 4.7]);
        for (year, value) in (1..=YEARS).zip(&computed) {
            let expected = (-(year as f64 - 4.0 - 1.3).max(0.0) / 4.7).exp();
            assert!((value / expected - 1.0).abs() < 1e-13, "{year}: {value} {expected}");
        }
        let exponentials = graph
            .nodes()
            .iter()
            .filter(|node| matches!(node.operation, Operation::Unary(Unary::Exp, _)))
            .filter(|node| node.variation.year);
        assert_eq!(exponentials.count(), 0, "no exponential is left in the years");
    }

    #[test]
    fn an_exponent_without_known_bounds_is_left_alone() {
        let mut graph = Graph::new(Default::default(), 1, YEARS);
        let t = elapsed(&mut graph);
        let speed = graph.input(0, SetId::NONE, Range::new(0.0, f64::INFINITY));
        let exponent = graph.multiply(t, speed);
        let result = graph.unary(Unary::Exp, exponent);
        assert!(graph.as_geometric(result).is_none());
        assert_eq!(path(&mut graph, result, &[1.0])[2], 3.0_f64.exp());
    }

    #[test]
    fn equal_sequences_are_one() {
        let mut graph = Graph::new(Default::default(), 1, YEARS);
        let rate = graph.input(0, SetId::NONE, Range::new(1.0, 1.1));
        let one = graph.constant(1.0);
        assert_eq!(graph.geometric(one, rate), graph.geometric(one, rate));
        let value = graph.geometric(one, rate);
        assert_eq!(path(&mut graph, value, &[1.1])[1], 1.1 * 1.1);
    }
}
