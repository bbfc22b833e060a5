//! Discount factors as a value of the program, so that a rate may differ between draws.
use crate::finance::Timing;
use crate::graph::{Graph, NodeId, Range, Unary};

/// `F(t) = Π_{s = base + 1 … t} 1 / (1 + r(s))`, times (1 + r)^½ when flows fall in the middle of the year.
///
/// `first_elapsed` is the first year minus the base year. Years up to the base year have the factor of a constant rate, which for a rate
/// that changes over the years is the rate of the first year.
///
/// Source: specification of the language, section 6; the mid-year convention moves each flow half a year forward.
#[must_use]
pub fn discount_factor(graph: &mut Graph, rate: NodeId, first_elapsed: i32, timing: Timing) -> NodeId {
    let one = graph.constant(1.0);
    let growth = graph.add(one, rate);
    let step = graph.divide(one, growth);
    let set = graph.node(rate).set;
    let varies = graph.node(rate).variation;
    let factor = if graph.value(rate) == Some(0.0) {
        one
    } else if varies.year {
        // A rate that changes over time is used from the base year on.
        let (state, before) = graph.state(set, one, varies, Range::ALL);
        let next = graph.multiply_as_is(before, step);
        graph.set_next(state, next);
        next
    } else {
        let exponent = graph.constant(f64::from(1 - first_elapsed));
        let initial = graph.power(growth, exponent);
        let (state, before) = graph.state(set, initial, varies, Range::ALL);
        let next = graph.multiply_as_is(before, step);
        graph.set_next(state, next);
        next
    };
    match timing {
        Timing::EndOfYear => factor,
        Timing::MidYear => {
            let half = graph.unary(Unary::Sqrt, growth);
            graph.multiply_as_is(factor, half)
        }
    }
}
