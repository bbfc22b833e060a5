//! The node of each kind of formula part.
use super::Builder;
use crate::declarations::{Between, Points};
use crate::typing::{Aggregation, Arithmetic, Function, Kind, Member, Shape, Typed};
use mkba_core::graph::space::{IndexId, SetId};
use mkba_core::graph::{NodeId, Reduction, Unary};

impl<'s> Builder<'s, '_> {
    /// The node of a typed formula in a version.
    pub fn node(&mut self, typed: &'s Typed, version: usize) -> NodeId {
        let model = &self.study.scope.declarations.model;
        match &typed.kind {
            Kind::Number(value) => self.graph.constant(*value),
            Kind::Value(symbol) => self.value(*symbol, version, typed.span),
            Kind::Gate(gate, member) => {
                let nodes = self.gate(*gate, version, typed.span);
                match member {
                    Member::Granted => nodes.granted,
                    Member::Waiting => nodes.waiting,
                    Member::Asked => nodes.asked,
                    Member::Unserved => nodes.unserved,
                    Member::Binding => nodes.binding,
                    Member::Substituted => nodes.substituted,
                    Member::SubstituteCost => self.substitute_cost(*gate, version, typed.span),
                }
            }
            Kind::Opening(stock) => self.opening(*stock, version),
            Kind::Elapsed => {
                let base = model.base_year.value;
                self.calendar(|year| f64::from(year - base))
            }
            Kind::SinceOpening => {
                let opening = model
                    .opening_year
                    .as_ref()
                    .map_or(model.first_year.value, |year| year.value);
                self.calendar(|year| f64::from(year - opening))
            }
            Kind::Now => self.calendar(f64::from),
            Kind::Function(function, a) => {
                let a = self.node(a, version);
                match function {
                    Function::Negate => self.graph.negate(a),
                    Function::Not => self.graph.not(a),
                    Function::Abs => self.graph.unary(Unary::Abs, a),
                    Function::Sqrt => self.graph.unary(Unary::Sqrt, a),
                    Function::Exp => self.graph.unary(Unary::Exp, a),
                    Function::Ln => self.graph.unary(Unary::Ln, a),
                }
            }
            Kind::Arithmetic(how, a, b) => {
                let (a, b) = (self.node(a, version), self.node(b, version));
                self.arithmetic(*how, a, b)
            }
            Kind::If(condition, then, otherwise) => {
                let condition = self.node(condition, version);
                let (then, otherwise) = (self.node(then, version), self.node(otherwise, version));
                self.graph.select(condition, then, otherwise)
            }
            Kind::Round { up, value, step } => {
                let (value, step) = (self.node(value, version), self.node(step, version));
                let steps = self.graph.divide(value, step);
                let whole = self.graph.unary(if *up { Unary::Ceil } else { Unary::Floor }, steps);
                self.graph.multiply(whole, step)
            }
            Kind::Ratio { above, below, if_none } => {
                let (above, below) = (self.node(above, version), self.node(below, version));
                let if_none = self.node(if_none, version);
                let zero = self.graph.constant(0.0);
                let none = self.graph.equal(below, zero);
                let ratio = self.graph.divide(above, below);
                self.graph.select(none, if_none, ratio)
            }
            Kind::Aggregate {
                how, body, condition, ..
            } => {
                let inner = condition
                    .as_ref()
                    .map_or(body.set, |c| self.graph.space.union(body.set, c.set));
                let body = self.node(body, version);
                let condition = condition.as_ref().map(|c| self.node(c, version));
                self.aggregate(*how, body, condition, inner, typed.set)
            }
            Kind::Pick { of, index, element } => {
                let node = self.node(of, version);
                let set = self.graph.node(node).set;
                if !self.graph.space.members(set).contains(index) {
                    return self.coarser_pick(of, node, *index, *element);
                }
                let rest: Vec<_> = self
                    .graph
                    .space
                    .members(set)
                    .iter()
                    .copied()
                    .filter(|member| member != index)
                    .collect();
                let rest = self.graph.space.set(&rest);
                let positions = self.graph.space.slice(set, *index, *element, rest);
                self.graph.gather(node, positions, rest)
            }
            Kind::Previous { of, first } => self.previous(typed, of, first, version),
            Kind::Lagged { of, by, before } => self.lagged(typed, of, by, before, version),
            Kind::Cumulative(of) => self.cumulative(typed, of, version),
            Kind::Grown(rate) => {
                let rate = self.node(rate, version);
                self.grown(rate, typed.span)
            }
            Kind::Ramp { falling, from, over } => {
                let calendar = from.shape == Shape::Calendar;
                let (from, over) = (self.node(from, version), self.node(over, version));
                let base = if calendar { 0 } else { model.base_year.value };
                let end_of_year = if *falling { 0.0 } else { 1.0 };
                let now = self.calendar(|year| f64::from(year - base) + end_of_year);
                let passed = self.graph.subtract(now, from);
                let part = self.graph.divide(passed, over);
                let (zero, one) = (self.graph.constant(0.0), self.graph.constant(1.0));
                let part = self.graph.max(zero, part);
                let part = self.graph.min(one, part);
                if *falling { self.graph.subtract(one, part) } else { part }
            }
            Kind::Lookup { series, at } => {
                let at = self.node(at, version);
                self.lookup(*series, at)
            }
            Kind::Ration { wanted, available } => {
                let groups = available.set;
                let (wanted, available) = (self.node(wanted, version), self.node(available, version));
                let wanted = self.graph.spread(wanted, typed.set);
                self.ration(wanted, available, groups)
            }
        }
    }

    pub(super) fn arithmetic(&mut self, how: Arithmetic, a: NodeId, b: NodeId) -> NodeId {
        let graph = &mut self.graph;
        match how {
            Arithmetic::Add => graph.add(a, b),
            Arithmetic::Subtract => graph.subtract(a, b),
            Arithmetic::Multiply => graph.multiply(a, b),
            Arithmetic::Divide => graph.divide(a, b),
            Arithmetic::Power => graph.power(a, b),
            Arithmetic::Min => graph.min(a, b),
            Arithmetic::Max | Arithmetic::Or => graph.max(a, b),
            Arithmetic::Less => graph.less(a, b),
            Arithmetic::LessOrEqual => graph.less_or_equal(a, b),
            Arithmetic::Equal => graph.equal(a, b),
            Arithmetic::NotEqual => {
                let equal = graph.equal(a, b);
                graph.not(equal)
            }
            Arithmetic::And => graph.min(a, b),
        }
    }

    pub(super) fn aggregate(
        &mut self,
        how: Aggregation,
        body: NodeId,
        condition: Option<NodeId>,
        inner: SetId,
        result: SetId,
    ) -> NodeId {
        let (reduction, none) = match how {
            Aggregation::Sum | Aggregation::Mean | Aggregation::Count => (Reduction::Sum, 0.0),
            Aggregation::Greatest => (Reduction::Greatest, f64::NEG_INFINITY),
            Aggregation::Least => (Reduction::Least, f64::INFINITY),
        };
        let chosen = match condition {
            Some(condition) => {
                let none = self.graph.constant(none);
                self.graph.select(condition, body, none)
            }
            None => body,
        };
        let chosen = self.graph.spread(chosen, inner);
        let reduced = self.graph.reduce(reduction, chosen, result);
        if how != Aggregation::Mean {
            return reduced;
        }
        let counted = condition.unwrap_or_else(|| self.graph.constant(1.0));
        let counted = self.graph.spread(counted, inner);
        let count = self.graph.reduce(Reduction::Sum, counted, result);
        self.graph.divide(reduced, count)
    }

    /// A value that does not have the index itself (any more): the element it holds, or the same everywhere.
    pub(super) fn coarser_pick(&mut self, of: &Typed, node: NodeId, index: IndexId, element: u32) -> NodeId {
        let full = self.graph.spread(node, of.set);
        let members: Vec<_> = self
            .graph
            .space
            .members(of.set)
            .iter()
            .copied()
            .filter(|member| *member != index)
            .collect();
        let rest = self.graph.space.set(&members);
        let positions = self.graph.space.slice(of.set, index, element, rest);
        self.graph.gather(full, positions, rest)
    }

    /// A series at any moment, by the same rules as [`super::values::at_year`].
    pub(super) fn lookup(&mut self, series: usize, at: NodeId) -> NodeId {
        let points: &Points = &self.study.scope.declarations.series[series].points;
        let factor = self.factor(&points.unit, points.deflator.as_ref(), points.factor_prices);
        let count = points.points.len();
        let value = |n: usize| points.points[n].1 * factor;
        let year = |n: usize| f64::from(points.points[n].0);
        let mut result = self.graph.constant(value(0));
        for n in 0..count {
            let is_last = n + 1 == count;
            let from = if is_last && n > 0 { n - 1 } else { n };
            let how = if is_last { points.after } else { points.between };
            let here = if how == Between::Constant || how == Between::Step || count == 1 {
                self.graph.constant(value(n))
            } else {
                let start = self.graph.constant(year(from));
                let passed = self.graph.subtract(at, start);
                let span = self.graph.constant(1.0 / (year(from + 1) - year(from)));
                let part = self.graph.multiply(passed, span);
                let base = self.graph.constant(value(from));
                if how == Between::Growth {
                    let ratio = self.graph.constant(value(from + 1) / value(from));
                    let grown = self.graph.power(ratio, part);
                    self.graph.multiply(base, grown)
                } else {
                    let rise = self.graph.constant(value(from + 1) - value(from));
                    let risen = self.graph.multiply(rise, part);
                    self.graph.add(base, risen)
                }
            };
            let begin = self.graph.constant(year(n));
            let reached = self.graph.less_or_equal(begin, at);
            result = self.graph.select(reached, here, result);
        }
        result
    }
}
