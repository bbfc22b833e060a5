//! What part of a flow is counted: its shares of apportioned gains, in the years of its gain.
use super::build::Builder;
use super::{baseline, steady};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::typing::Typed;
use mkba_core::graph::NodeId;

/// The counted part of each flow; none when all of it always is.
pub(super) fn counted(builder: &mut Builder<'_, '_>) -> Vec<Option<NodeId>> {
    let declarations = builder.study.scope.declarations;
    let shares = shares(builder);
    let mut found = Vec::new();
    for (number, flow) in declarations.flows.iter().enumerate() {
        let mut counted = None;
        for (apportionment, shares) in declarations.apportionments.iter().zip(&shares) {
            let own = shares.iter().find(|(of, _)| *of == number);
            if let Some((_, share)) = own.filter(|_| apportionment.multiplies(&flow.name.value)) {
                counted = Some(counted.map_or(*share, |so_far| builder.graph.multiply(so_far, *share)));
            }
        }
        if flow.gain.from.is_some() || flow.gain.until.is_some() {
            let years = builder.calendar(|year| if flow.gain.counts_in(year) { 1.0 } else { 0.0 });
            counted = Some(counted.map_or(years, |so_far| builder.graph.multiply(so_far, years)));
        }
        found.push(counted);
    }
    found
}

/// Shares of the flows of each apportionment. The remainder is what the others leave.
fn shares(builder: &mut Builder<'_, '_>) -> Vec<Vec<(usize, NodeId)>> {
    let study = builder.study;
    let baseline = baseline(study.scope.declarations);
    let mut found = Vec::new();
    for (apportionment, typed) in study
        .scope
        .declarations
        .apportionments
        .iter()
        .zip(&study.apportionments)
    {
        let mut left = builder.graph.constant(1.0);
        let (mut nodes, mut right) = (Vec::new(), true);
        for (flow, share) in typed {
            if let Some(share) = share {
                let node = steady(builder, share, baseline);
                left = builder.graph.subtract(left, node);
                right &= check_range(builder, node, share.span, "this share");
                nodes.push((*flow, node));
            }
        }
        let remainder: Vec<&(usize, Option<Typed>)> = typed.iter().filter(|(_, share)| share.is_none()).collect();
        if let [(flow, _)] = remainder.as_slice() {
            // Of a share that leaves the range, the remainder does so too.
            right = right && check_range(builder, left, apportionment.span, "what the shares leave");
            nodes.push((*flow, left));
        }
        found.push(if right { nodes } else { Vec::new() });
    }
    found
}

/// A part of a gain is no less than nothing and no more than all of it, whatever is drawn.
fn check_range(builder: &mut Builder<'_, '_>, share: NodeId, at: Span, what: &str) -> bool {
    let range = builder.graph.node(share).range;
    let right = range.low >= -1e-9 && range.high <= 1.0 + 1e-9;
    if !right {
        let percent = |share: f64| format!("{} %", (share * 1e4).round() / 1e2);
        let message = format!(
            "{what} of a gain can be from {} to {}",
            percent(range.low),
            percent(range.high)
        );
        builder.diagnostics.push(
            Diagnostic::error("E0401", message, at, "")
                .help("a part of a gain lies between 0 and 100 %: give the parameter a distribution that ends there"),
        );
    }
    right
}
