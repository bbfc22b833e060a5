//! Interactions: a whole against its parts, draw by draw.
use crate::declarations::Declarations;
use mkba_core::appraisal::{Appraised, Quantity};
use mkba_core::graph::{Graph, NodeId, Unary};

/// What is left of a difference by rounding, as a share of what is compared.
const ROUNDING: f64 = 1e-9;

/// Outputs for what a whole is worth beyond its parts.
pub fn add(graph: &mut Graph, declarations: &Declarations, appraised: &mut Appraised) {
    let alternative = |name: &str| declarations.alternatives.iter().position(|it| it.name.value == name);
    for (interaction, it) in declarations.interactions.iter().enumerate() {
        let zero = graph.constant(0.0);
        // The baseline has no balance, and neither has what the reader refused.
        let balance = |name: &str| {
            let wanted = alternative(name).map(|alternative| Quantity::Balance { alternative });
            let found = appraised.outputs.iter().find(|(quantity, _)| Some(*quantity) == wanted);
            found.map_or(zero, |(_, node)| *node)
        };
        let whole = balance(&it.whole.value);
        let parts: Vec<NodeId> = it.parts.iter().map(|part| balance(&part.value)).collect();
        let (mut difference, mut compared) = (whole, graph.unary(Unary::Abs, whole));
        for part in parts {
            difference = graph.subtract(difference, part);
            let size = graph.unary(Unary::Abs, part);
            compared = graph.add(compared, size);
        }
        let share = graph.constant(ROUNDING);
        let rounding = graph.multiply(share, compared);
        let reinforcing = graph.less(rounding, difference);
        appraised
            .outputs
            .push((Quantity::Interaction { interaction }, difference));
        appraised
            .outputs
            .push((Quantity::Reinforcing { interaction }, reinforcing));
    }
}
