//! Discount factors as a value of the program, so that a rate may differ between draws.
use crate::finance::Timing;
use crate::graph::space::SetId;
use crate::graph::{DataTable, Graph, NodeId, Unary};

/// `F(t) = (1 + r)^-(t − base)`, times (1 + r)^½ when flows fall in the middle of the year.
///
/// The rate is the same in all years; it may differ between draws and scenarios. `first_elapsed` is the first year minus the base year.
///
/// Source: specification of the language, section 6; the mid-year convention moves each flow half a year forward.
#[must_use]
pub fn discount_factor(graph: &mut Graph, rate: NodeId, first_elapsed: i32, timing: Timing) -> NodeId {
    let one = graph.constant(1.0);
    if graph.value(rate) == Some(0.0) {
        return one;
    }
    let growth = graph.add(one, rate);
    let step = graph.divide(one, growth);
    let exponent = graph.constant(f64::from(1 - first_elapsed));
    let initial = graph.power(growth, exponent);
    let factor = graph.geometric(initial, step);
    match timing {
        Timing::EndOfYear => factor,
        Timing::MidYear => {
            let half = graph.unary(Unary::Sqrt, growth);
            graph.multiply_as_is(factor, half)
        }
    }
}

/// A factor in the first `years` years, and zero afterwards.
#[must_use]
pub(super) fn up_to(graph: &mut Graph, factor: NodeId, years: usize) -> NodeId {
    let counts = (0..graph.years).map(|year| if year < years { 1.0 } else { 0.0 });
    let counts = DataTable::by_year(counts.collect());
    let counts = graph.data(counts, SetId::NONE);
    graph.multiply_as_is(factor, counts)
}
