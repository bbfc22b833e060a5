//! Double entry: who bears and who gains how much of a flow, tax included.
//!
//! Conventions of the method page (`docs/method/appraisal.md`): everything in market prices; the value added tax that a buyer cannot
//! recover goes to the treasury; what the spending displaces would have carried indirect tax too, which the treasury misses.
use super::catalogue::FlowKind;
use crate::graph::{Graph, NodeId};

/// Value added tax position of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vat {
    /// Firms recover it; the average indirect tax stands for lost consumption.
    Recovers,
    /// Municipalities and provinces get it back from the compensation fund.
    Compensated,
    /// Universities, hospitals, housing associations, the treasury, households bear it.
    Exempt,
}

/// A party as the ledger needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Account {
    /// Counts in the balance.
    pub standing: bool,
    /// Value added tax position.
    pub vat: Vat,
}

/// Tax content of the amount of a flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tax {
    /// In market prices already.
    Market,
    /// In factor prices: the uplift belongs to the treasury.
    Factor,
    /// A purchase without value added tax, at this rate.
    Vat(NodeId),
}

/// Shares of a flow before tax.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// Who pays, who gains, or from whom.
    pub of: Vec<(usize, NodeId)>,
    /// To whom, for transfers.
    pub to: Vec<(usize, NodeId)>,
}

/// Signed weight of each party in a flow, in order of party: the posting is the weight times the amount.
///
/// With `u` the average indirect tax and `v` the rate of value added tax, `n` the share that is not recovered and `u'` the tax on what is
/// displaced (`v` for government and exempt buyers, `u` for firms):
/// a purchase `x` posts payer −x(1 + n v), treasury + n v x − u' x, together −x(1 + u');
/// a benefit `y` in factor prices posts the recipient y, the treasury u y for what goes to parties with standing.
///
/// Source: `docs/method/appraisal.md`, after the Dutch guideline on indirect taxes (CPB 2011) and its average rate of 18.2 %.
#[must_use]
pub fn weights(
    graph: &mut Graph,
    kind: FlowKind,
    shares: &Shares,
    tax: Tax,
    accounts: &[Account],
    treasury: Option<usize>,
    uplift: f64,
) -> Vec<NodeId> {
    let zero = graph.constant(0.0);
    let mut weights = vec![zero; accounts.len()];
    let mut post = |graph: &mut Graph, party: usize, weight: NodeId| {
        weights[party] = graph.add(weights[party], weight);
    };
    for &(party, share) in &shares.to {
        post(graph, party, share);
    }
    for &(party, share) in &shares.of {
        let minus = graph.constant(-1.0);
        let signed = if kind == FlowKind::Benefit {
            share
        } else {
            graph.multiply(minus, share)
        };
        let account = accounts[party];
        match (tax, treasury) {
            (Tax::Vat(rate), Some(treasury)) => {
                let zero = graph.constant(0.0);
                let average = graph.constant(uplift);
                let (borne, displaced) = match account.vat {
                    Vat::Recovers => (zero, average),
                    Vat::Compensated => (zero, rate),
                    Vat::Exempt => (rate, rate),
                };
                let one = graph.constant(1.0);
                let gross = graph.add(one, borne);
                let paid = graph.multiply(signed, gross);
                post(graph, party, paid);
                let missed = graph.subtract(displaced, borne);
                let missed = graph.multiply(signed, missed);
                post(graph, treasury, missed);
            }
            (Tax::Factor, Some(treasury)) => {
                post(graph, party, signed);
                if account.standing {
                    let average = graph.constant(uplift);
                    let indirect = graph.multiply(signed, average);
                    post(graph, treasury, indirect);
                }
            }
            _ => post(graph, party, signed),
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::space::Space;

    const FIRM: Account = Account {
        standing: true,
        vat: Vat::Recovers,
    };
    const MUNICIPALITY: Account = Account {
        standing: true,
        vat: Vat::Compensated,
    };
    const UNIVERSITY: Account = Account {
        standing: true,
        vat: Vat::Exempt,
    };
    const ABROAD: Account = Account {
        standing: false,
        vat: Vat::Recovers,
    };

    fn posted(kind: FlowKind, account: Account, tax: impl Fn(&mut Graph) -> Tax) -> (f64, f64) {
        let mut graph = Graph::new(Space::default(), 1, 1);
        let whole = graph.constant(1.0);
        let tax = tax(&mut graph);
        let shares = Shares {
            of: vec![(0, whole)],
            to: vec![],
        };
        let weights = weights(&mut graph, kind, &shares, tax, &[account, UNIVERSITY], Some(1), 0.182);
        let value = |at: usize| 100.0 * graph.value(weights[at]).expect("a number");
        (value(0), value(1))
    }

    fn purchase(account: Account) -> (f64, f64) {
        let (payer, treasury) = posted(FlowKind::Cost, account, |graph| Tax::Vat(graph.constant(0.21)));
        (payer, payer + treasury)
    }

    /// economics.md 2.14: municipality cash −100, total −121; firm cash −100, total −118.2; university cash −121, total −121.
    #[test]
    fn value_added_tax_is_posted_by_the_position_of_the_buyer() {
        let near = |(a, b): (f64, f64), (x, y): (f64, f64)| (a - x).abs() < 1e-9 && (b - y).abs() < 1e-9;
        assert!(near(purchase(MUNICIPALITY), (-100.0, -121.0)));
        assert!(near(purchase(FIRM), (-100.0, -118.2)));
        assert!(near(purchase(UNIVERSITY), (-121.0, -121.0)));
    }

    #[test]
    fn a_benefit_in_factor_prices_is_raised_only_for_parties_with_standing() {
        let (firm, treasury) = posted(FlowKind::Benefit, FIRM, |_| Tax::Factor);
        assert!((firm - 100.0).abs() < 1e-9 && (treasury - 18.2).abs() < 1e-9);
        assert_eq!(posted(FlowKind::Benefit, ABROAD, |_| Tax::Factor), (100.0, 0.0));
    }
}
