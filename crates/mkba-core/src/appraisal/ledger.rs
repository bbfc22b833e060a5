//! Double entry: who bears and who gains how much of a flow, tax included.
//!
//! Conventions of the method page (`docs/method/appraisal.md`): the value added tax that a buyer cannot recover goes to the treasury. In
//! market prices, what the spending displaces would have carried indirect tax too, which the treasury misses. Net of indirect taxes, every
//! tax is a transfer: what a party pays or gains stays the same, and the tax in it is the treasury's.
use super::catalogue::FlowKind;
use crate::graph::{Graph, NodeId};
use crate::rulebook::PriceUnit;

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
    /// In market prices already. The rate of indirect tax that the amount contains; none when nobody said.
    Market(Option<NodeId>),
    /// In factor prices: the uplift belongs to the treasury.
    Factor,
    /// A purchase without value added tax, at this rate.
    Vat(NodeId),
}

/// The unit of account, and the average between its two kinds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// Market prices, or prices net of indirect taxes.
    pub unit: PriceUnit,
    /// Average indirect tax on factor prices.
    pub uplift: f64,
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
/// displaced (`v` for government and exempt buyers, `u` for firms), in market prices:
/// a purchase `x` posts payer −x(1 + n v), treasury + n v x − u' x, together −x(1 + u');
/// a benefit `y` in factor prices posts the recipient y, the treasury u y for what goes to parties with standing;
/// an amount in market prices stands as it is.
/// Net of indirect taxes:
/// a purchase `x` posts payer −x(1 + n v), treasury + n v x, together −x;
/// an amount in factor prices stands as it is;
/// an amount `z` in market prices that contains tax at the rate `c` posts z, and the treasury −z c / (1 + c), together z / (1 + c).
///
/// Source: `docs/method/appraisal.md`, after the Dutch guideline on indirect taxes (CPB 2011) and its average rate of 18.2 %; net of taxes
/// after European Commission (2014), *Guide to Cost-Benefit Analysis of Investment Projects*, section 2.8.
#[must_use]
pub fn weights(
    graph: &mut Graph,
    kind: FlowKind,
    shares: &Shares,
    tax: Tax,
    accounts: &[Account],
    treasury: Option<usize>,
    prices: Prices,
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
                let average = graph.constant(prices.uplift);
                let (borne, displaced) = match account.vat {
                    Vat::Recovers => (zero, average),
                    Vat::Compensated => (zero, rate),
                    Vat::Exempt => (rate, rate),
                };
                let displaced = match prices.unit {
                    PriceUnit::MarketPrices => displaced,
                    PriceUnit::FactorPrices => zero,
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
                if account.standing && prices.unit == PriceUnit::MarketPrices {
                    let average = graph.constant(prices.uplift);
                    let indirect = graph.multiply(signed, average);
                    post(graph, treasury, indirect);
                }
            }
            (Tax::Market(Some(rate)), Some(treasury)) => {
                post(graph, party, signed);
                if account.standing && prices.unit == PriceUnit::FactorPrices {
                    let one = graph.constant(1.0);
                    let gross = graph.add(one, rate);
                    let contained = graph.divide(rate, gross);
                    let contained = graph.multiply(signed, contained);
                    let minus = graph.constant(-1.0);
                    let contained = graph.multiply(minus, contained);
                    post(graph, treasury, contained);
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

    const MARKET: Prices = Prices {
        unit: PriceUnit::MarketPrices,
        uplift: 0.182,
    };
    const NET: Prices = Prices {
        unit: PriceUnit::FactorPrices,
        uplift: 0.182,
    };

    fn posted(kind: FlowKind, account: Account, prices: Prices, tax: impl Fn(&mut Graph) -> Tax) -> (f64, f64) {
        let mut graph = Graph::new(Space::default(), 1, 1);
        let whole = graph.constant(1.0);
        let tax = tax(&mut graph);
        let shares = Shares {
            of: vec![(0, whole)],
            to: vec![],
        };
        let weights = weights(&mut graph, kind, &shares, tax, &[account, UNIVERSITY], Some(1), prices);
        let value = |at: usize| 100.0 * graph.value(weights[at]).expect("a number");
        (value(0), value(1))
    }

    /// What the payer pays, and what all pay together.
    fn purchase(account: Account, prices: Prices) -> (f64, f64) {
        let (payer, treasury) = posted(FlowKind::Cost, account, prices, |graph| Tax::Vat(graph.constant(0.21)));
        (payer, payer + treasury)
    }

    fn near((a, b): (f64, f64), (x, y): (f64, f64)) -> bool {
        (a - x).abs() < 1e-9 && (b - y).abs() < 1e-9
    }

    /// Cash and total of a purchase of 100 without tax, as the method page works them out.
    #[test]
    fn value_added_tax_is_posted_by_the_position_of_the_buyer() {
        assert!(near(purchase(MUNICIPALITY, MARKET), (-100.0, -121.0)));
        assert!(near(purchase(FIRM, MARKET), (-100.0, -118.2)));
        assert!(near(purchase(UNIVERSITY, MARKET), (-121.0, -121.0)));
    }

    /// Acceptance test 3 of the rules: the same purchase is 100 net of taxes, whoever buys, and each pays what it paid.
    #[test]
    fn net_of_taxes_a_purchase_costs_society_its_price_and_each_buyer_what_it_pays() {
        assert!(near(purchase(MUNICIPALITY, NET), (-100.0, -100.0)));
        assert!(near(purchase(FIRM, NET), (-100.0, -100.0)));
        assert!(near(purchase(UNIVERSITY, NET), (-121.0, -100.0)));
    }

    #[test]
    fn the_tax_in_a_market_price_is_taken_off_net_of_taxes_only() {
        let of = |account, prices, rate: Option<f64>| {
            posted(FlowKind::Benefit, account, prices, |graph| {
                Tax::Market(rate.map(|rate| graph.constant(rate)))
            })
        };
        assert!(near(of(FIRM, NET, Some(0.25)), (100.0, -20.0)));
        assert!(near(of(FIRM, NET, Some(0.0)), (100.0, 0.0)));
        assert!(near(of(FIRM, MARKET, Some(0.25)), (100.0, 0.0)));
        assert!(
            near(of(ABROAD, NET, Some(0.25)), (100.0, 0.0)),
            "abroad pays tax elsewhere"
        );
        // A cost in market prices: the tax in it comes back to the treasury.
        let cost = posted(FlowKind::Cost, UNIVERSITY, NET, |graph| {
            Tax::Market(Some(graph.constant(0.25)))
        });
        assert!(near(cost, (-100.0, 20.0)));
    }

    #[test]
    fn an_amount_in_factor_prices_stands_as_it_is_net_of_taxes() {
        assert!(near(
            posted(FlowKind::Benefit, FIRM, NET, |_| Tax::Factor),
            (100.0, 0.0)
        ));
    }

    #[test]
    fn a_benefit_in_factor_prices_is_raised_only_for_parties_with_standing() {
        let (firm, treasury) = posted(FlowKind::Benefit, FIRM, MARKET, |_| Tax::Factor);
        assert!((firm - 100.0).abs() < 1e-9 && (treasury - 18.2).abs() < 1e-9);
        assert_eq!(posted(FlowKind::Benefit, ABROAD, MARKET, |_| Tax::Factor), (100.0, 0.0));
    }
}
