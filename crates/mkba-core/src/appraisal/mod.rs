//! From yearly flows to present values, postings and balances: the economics, built into the graph so that it is compiled with the model.
pub mod catalogue;
mod discounting;
mod ledger;
mod present;

pub use discounting::discount_factor;
use discounting::up_to;
pub use ledger::{Account, Prices, Shares, Tax, Vat, weights};

use crate::finance::Timing;
use crate::graph::space::SetId;
use crate::graph::{DataTable, Graph, NodeId, Reduction};
use catalogue::FlowKind;
pub use present::Present;
use present::Presents;

/// A flow, ready to be appraised.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Kind.
    pub kind: FlowKind,
    /// Index in [`Appraisal::rates`].
    pub class: usize,
    /// Kept out of the balance without separate effects.
    pub separate: bool,
    /// Who takes which share.
    pub shares: Shares,
    /// Tax content of the amount.
    pub tax: Tax,
    /// EUR per year in each alternative, over any index set.
    pub annual: Vec<NodeId>,
}

/// What is appraised.
#[derive(Debug, Clone, PartialEq)]
pub struct Appraisal {
    /// Flows.
    pub flows: Vec<Flow>,
    /// Parties.
    pub accounts: Vec<Account>,
    /// The party that receives taxes.
    pub treasury: Option<usize>,
    /// The unit of account.
    pub prices: Prices,
    /// Discount rate per year of each class.
    pub rates: Vec<NodeId>,
    /// Discount factor in each year of each class whose rate changes over the years; it stands in place of its rate.
    pub schedules: Vec<Option<Vec<f64>>>,
    /// The first so many years count; none if all of them do.
    pub counted_years: Option<usize>,
    /// Timing of flows.
    pub timing: Timing,
    /// First year minus base year.
    pub first_elapsed: i32,
    /// The alternative all others are compared with.
    pub baseline: usize,
    /// Set of the regional account, if any.
    pub regions: Option<SetId>,
}

/// What a number of the result means. All amounts are differences from the baseline of the same draw and scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantity {
    /// Present value of a flow to society.
    Value {
        /// Alternative.
        alternative: usize,
        /// Flow.
        flow: usize,
    },
    /// Present value of a flow to a party.
    Posting {
        /// Alternative.
        alternative: usize,
        /// Flow.
        flow: usize,
        /// Party.
        party: usize,
    },
    /// How much more a whole is worth than its parts.
    Interaction {
        /// Interaction.
        interaction: usize,
    },
    /// Whether a whole is worth more than its parts: 1 or 0.
    Reinforcing {
        /// Interaction.
        interaction: usize,
    },
    /// Present value of a flow to society that lands in each region.
    Regional {
        /// Alternative.
        alternative: usize,
        /// Flow.
        flow: usize,
    },
    /// Sum of all values.
    Balance {
        /// Alternative.
        alternative: usize,
    },
    /// Sum of all values but the separate ones.
    BalanceWithoutSeparate {
        /// Alternative.
        alternative: usize,
    },
}

/// What is asked for besides the balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// As [`Detail::Balances`], without the balances that leave separate effects out.
    WholeBalances,
    /// Balances only: what the products of flows and alternatives have in common is computed once.
    Balances,
    /// Flows, parties, regions and years too.
    Full,
}

/// The nodes of an appraisal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Appraised {
    /// Values without year.
    pub outputs: Vec<(Quantity, NodeId)>,
    /// EUR per year of each flow to society, undiscounted; for transfers the amount itself. Alternative, flow, node.
    pub yearly: Vec<(usize, usize, NodeId)>,
    /// EUR of the base year: the balance of each year's flows, discounted. Alternative, node.
    pub balances_by_year: Vec<(usize, NodeId)>,
    /// Present value of the amounts of each flow in each alternative, before shares and taxes.
    pub presents: Vec<Vec<Present>>,
    /// Discount factor of each class.
    pub factors: Vec<NodeId>,
    /// What one EUR of each flow posts to each party.
    pub weights: Vec<Vec<NodeId>>,
    /// What one EUR of each flow is worth to the parties with standing together.
    pub society: Vec<NodeId>,
}

/// Adds discounting, double entry and balances to the graph.
///
/// `pv = Σ_t flow(t) · F(t)` per flow with the factor of its class; a flow's shares do not change over the years and are applied after
/// discounting; the balance is the sum of all postings of parties with standing.
#[must_use]
pub fn appraise(graph: &mut Graph, appraisal: &Appraisal, detail: Detail) -> Appraised {
    let factors = factors(graph, appraisal);
    let weights: Vec<Vec<NodeId>> = appraisal
        .flows
        .iter()
        .map(|flow| {
            let (accounts, treasury) = (&appraisal.accounts, appraisal.treasury);
            weights(
                graph,
                flow.kind,
                &flow.shares,
                flow.tax,
                accounts,
                treasury,
                appraisal.prices,
            )
        })
        .collect();
    let society: Vec<NodeId> = weights
        .iter()
        .map(|weights| {
            let counted = weights
                .iter()
                .zip(&appraisal.accounts)
                .filter(|(_, account)| account.standing);
            let zero = graph.constant(0.0);
            counted.fold(zero, |sum, (&weight, _)| graph.add(sum, weight))
        })
        .collect();
    let presents = Presents::of(graph, appraisal, &factors, detail);
    let mut result = Appraised::default();
    let alternatives = appraisal.flows.first().map_or(0, |flow| flow.annual.len());
    for alternative in (0..alternatives).filter(|&alternative| alternative != appraisal.baseline) {
        let zero = graph.constant(0.0);
        let (mut balance, mut without_separate) = (zero, zero);
        let mut by_class = vec![zero; factors.len()];
        for (number, flow) in appraisal.flows.iter().enumerate() {
            let [with, without] = [alternative, appraisal.baseline].map(|a| presents.national(number, a));
            let present_value = graph.subtract(with, without);
            let value = graph.multiply(present_value, society[number]);
            balance = graph.add(balance, value);
            if !flow.separate {
                without_separate = graph.add(without_separate, value);
            }
            if detail == Detail::Full {
                result.outputs.push((
                    Quantity::Value {
                        alternative,
                        flow: number,
                    },
                    value,
                ));
                postings(graph, alternative, number, present_value, &weights[number], &mut result);
                let regional = [alternative, appraisal.baseline].map(|a| presents.regional(number, a));
                regions(
                    graph,
                    appraisal,
                    alternative,
                    number,
                    regional,
                    society[number],
                    &mut result,
                );
                let annual = annual(graph, appraisal, alternative, number, society[number], &mut result);
                by_class[flow.class] = graph.add(by_class[flow.class], annual);
            }
        }
        if detail == Detail::Full {
            let of_class = by_class.iter().zip(&factors);
            let of_year = of_class.fold(zero, |sum, (&annual, &factor)| {
                let discounted = graph.multiply_as_is(annual, factor);
                graph.add(sum, discounted)
            });
            result.balances_by_year.push((alternative, of_year));
        }
        result.outputs.push((Quantity::Balance { alternative }, balance));
        if detail != Detail::WholeBalances {
            result
                .outputs
                .push((Quantity::BalanceWithoutSeparate { alternative }, without_separate));
        }
    }
    Appraised {
        presents: presents.0,
        factors,
        weights,
        society,
        ..result
    }
}

/// The discount factor of each class, zero in years that do not count.
fn factors(graph: &mut Graph, appraisal: &Appraisal) -> Vec<NodeId> {
    let mut factors = Vec::new();
    for (class, &rate) in appraisal.rates.iter().enumerate() {
        let factor = match appraisal.schedules.get(class) {
            Some(Some(values)) => graph.data(DataTable::by_year(values.clone()), SetId::NONE),
            _ => discount_factor(graph, rate, appraisal.first_elapsed, appraisal.timing),
        };
        factors.push(match appraisal.counted_years {
            Some(years) => up_to(graph, factor, years),
            None => factor,
        });
    }
    factors
}

/// What each party bears or gains of a flow.
fn postings(
    graph: &mut Graph,
    alternative: usize,
    flow: usize,
    present_value: NodeId,
    weights: &[NodeId],
    result: &mut Appraised,
) {
    for (party, &weight) in weights.iter().enumerate() {
        if graph.value(weight) != Some(0.0) {
            let posting = graph.multiply(present_value, weight);
            result.outputs.push((
                Quantity::Posting {
                    alternative,
                    flow,
                    party,
                },
                posting,
            ));
        }
    }
}

/// Where a flow lands, if it has a place.
fn regions(
    graph: &mut Graph,
    appraisal: &Appraisal,
    alternative: usize,
    flow: usize,
    regional: [Option<NodeId>; 2],
    society: NodeId,
    result: &mut Appraised,
) {
    let [Some(with), Some(without)] = regional else { return };
    let difference = graph.subtract(with, without);
    let regional = graph.multiply(difference, society);
    // A flow that no measure of this alternative touches differs by one zero; every region must get its own.
    let regional = appraisal
        .regions
        .map_or(regional, |regions| graph.spread(regional, regions));
    result
        .outputs
        .push((Quantity::Regional { alternative, flow }, regional));
}

/// EUR per year of a flow, undiscounted; returns what it is to society.
fn annual(
    graph: &mut Graph,
    appraisal: &Appraisal,
    alternative: usize,
    number: usize,
    society: NodeId,
    result: &mut Appraised,
) -> NodeId {
    let flow = &appraisal.flows[number];
    let [with, without] =
        [alternative, appraisal.baseline].map(|a| graph.reduce(Reduction::Sum, flow.annual[a], SetId::NONE));
    let amount = graph.subtract(with, without);
    let to_society = graph.multiply_as_is(amount, society);
    let shown = if flow.kind == FlowKind::Transfer {
        amount
    } else {
        to_society
    };
    result.yearly.push((alternative, number, shown));
    to_society
}
