//! Present values of all flows in all alternatives: `pv = Σ_t flow(t) · F(t)`, with the factor of the flow's class.
use super::{Appraisal, Detail};
use crate::graph::space::SetId;
use crate::graph::{Graph, NodeId, Reduction};
use std::collections::BTreeMap;

/// Present values, by flow and alternative.
pub(super) struct Presents(pub Vec<Vec<Present>>);

/// A present value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// Of the whole country.
    pub national: NodeId,
    /// By region, where the flow has one.
    pub regional: Option<NodeId>,
}

impl Presents {
    pub fn of(graph: &mut Graph, appraisal: &Appraisal, factors: &[NodeId], detail: Detail) -> Self {
        match detail {
            Detail::Full => Self::with_regions(graph, appraisal, factors),
            Detail::WholeBalances | Detail::Balances => Self::together(graph, appraisal, factors),
        }
    }

    /// To the whole country.
    pub fn national(&self, flow: usize, alternative: usize) -> NodeId {
        self.0[flow][alternative].national
    }

    /// By region, where the flow has one.
    pub fn regional(&self, flow: usize, alternative: usize) -> Option<NodeId> {
        self.0[flow][alternative].regional
    }

    /// One by one: yearly amounts are asked for too, so they are discounted as they stand.
    fn with_regions(graph: &mut Graph, appraisal: &Appraisal, factors: &[NodeId]) -> Self {
        let flows = appraisal.flows.iter().map(|flow| {
            let present = |&annual: &NodeId| discounted(graph, annual, factors[flow.class], appraisal.regions);
            flow.annual.iter().map(present).collect()
        });
        Self(flows.collect())
    }

    /// All at once: nothing but the sums over the years is asked for, so what flows and alternatives have in common is computed once.
    fn together(graph: &mut Graph, appraisal: &Appraisal, factors: &[NodeId]) -> Self {
        let mut pairs: Vec<(NodeId, NodeId)> = Vec::new();
        let mut place: BTreeMap<(NodeId, NodeId), usize> = BTreeMap::new();
        let mut places: Vec<Vec<usize>> = Vec::new();
        for flow in &appraisal.flows {
            let place_of = |&annual: &NodeId| {
                let pair = (graph.reduce(Reduction::Sum, annual, SetId::NONE), factors[flow.class]);
                *place.entry(pair).or_insert_with(|| {
                    pairs.push(pair);
                    pairs.len() - 1
                })
            };
            places.push(flow.annual.iter().map(place_of).collect());
        }
        let totals = graph.totals_of_products(&pairs);
        let present = |at: usize| Present {
            national: totals[at],
            regional: None,
        };
        Self(
            places
                .into_iter()
                .map(|flow| flow.into_iter().map(present).collect())
                .collect(),
        )
    }
}

/// Present value of a yearly flow, by region where the flow has one.
fn discounted(graph: &mut Graph, annual: NodeId, factor: NodeId, regions: Option<SetId>) -> Present {
    let set = graph.node(annual).set;
    if let Some(regions) = regions.filter(|&regions| graph.space.map(set, regions).is_some()) {
        let by_region = graph.reduce(Reduction::Sum, annual, regions);
        let discounted = graph.multiply_as_is(by_region, factor);
        let regional = graph.total(discounted);
        return Present {
            national: graph.reduce(Reduction::Sum, regional, SetId::NONE),
            regional: Some(regional),
        };
    }
    let national = graph.reduce(Reduction::Sum, annual, SetId::NONE);
    let discounted = graph.multiply_as_is(national, factor);
    Present {
        national: graph.total(discounted),
        regional: None,
    }
}
