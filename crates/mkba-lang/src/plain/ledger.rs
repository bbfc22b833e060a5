//! From yearly amounts to present values, postings and a balance.
//!
//! Source: `docs/method/appraisal.md`, sections 3 to 5; the tax positions follow CPB (2011), *De btw in kosten-batenanalyses*.
use super::run::Run;
use crate::declarations::{Contained, FlowKind, Tax, Vat};
use crate::typing::{Typed, TypedFlow};
use mkba_core::finance::Timing;
use mkba_core::rulebook::{PriceUnit, Rulebook};

/// `F(t) = Π_{s = base + 1 … t} 1 / (1 + r(s))`; before the base year the other way round; half a year less in the middle of the year.
/// `rate` is that of a year, counted from the base year.
pub fn discount_factor(rate: impl Fn(i32) -> f64, elapsed: i32, timing: Timing) -> f64 {
    let later = (1..=elapsed).fold(1.0, |factor, year| factor / (1.0 + rate(year)));
    let at_the_end = (elapsed + 1..=0).fold(later, |factor, year| factor * (1.0 + rate(year)));
    match timing {
        Timing::EndOfYear => at_the_end,
        Timing::MidYear => at_the_end * (1.0 + rate(elapsed)).sqrt(),
    }
}

impl Run<'_, '_> {
    /// What one EUR of a flow posts to each party.
    pub fn postings(&mut self, flow: usize, rulebook: &Rulebook) -> Vec<f64> {
        let uplift = rulebook.prices.indirect_tax_uplift;
        let is_net = rulebook.prices.unit == PriceUnit::FactorPrices;
        let study = self.study;
        let declarations = study.scope.declarations;
        let declaration = &declarations.flows[flow];
        let rules: &TypedFlow = &study.flows[flow];
        let mut posted = vec![0.0; declarations.parties.len()];
        for (party, share) in self.shares(&rules.to) {
            posted[party] += share;
        }
        let treasury = declarations.parties.iter().position(|party| party.treasury);
        for (party, share) in self.shares(&rules.shares) {
            let amount = if declaration.kind.value == FlowKind::Benefit {
                share
            } else {
                -share
            };
            match (&declaration.tax, treasury) {
                (Tax::Vat(_), Some(treasury)) => {
                    let v = rules.tax_rate.as_ref().map_or(f64::NAN, |rate| self.national(rate));
                    let (n, displaced) = match declarations.parties[party].vat {
                        Vat::Recovers => (0.0, uplift),
                        Vat::Compensated => (0.0, v),
                        Vat::Exempt => (1.0, v),
                    };
                    posted[party] += amount * (1.0 + n * v);
                    // For a purchase, `amount` is negative: the treasury receives n v and misses u'.
                    posted[treasury] += -amount * n * v;
                    posted[treasury] += if is_net { 0.0 } else { amount * displaced };
                }
                (Tax::Factor, Some(treasury)) => {
                    posted[party] += amount;
                    if declarations.parties[party].counts(rulebook) && !is_net {
                        posted[treasury] += amount * uplift;
                    }
                }
                (Tax::Market(contained), Some(treasury)) => {
                    posted[party] += amount;
                    let rate = match contained {
                        Contained::Average => uplift,
                        Contained::Rate(_) => rules.tax_rate.as_ref().map_or(f64::NAN, |rate| self.national(rate)),
                        Contained::Unstated => 0.0,
                    };
                    if declarations.parties[party].counts(rulebook) && is_net {
                        posted[treasury] -= amount * (1.0 - 1.0 / (1.0 + rate));
                    }
                }
                _ => posted[party] += amount,
            }
        }
        posted
    }

    /// What part of a flow is counted in a year: its shares of apportioned gains, and nothing outside the years of its gain.
    pub fn counted(&mut self, flow: usize, year: usize) -> f64 {
        let study = self.study;
        let declarations = study.scope.declarations;
        let declaration = &declarations.flows[flow];
        let mut counted = if declaration.gain.counts_in(self.calendar(year)) {
            1.0
        } else {
            0.0
        };
        for (apportionment, shares) in declarations.apportionments.iter().zip(&study.apportionments) {
            if apportionment.multiplies(&declaration.name.value) {
                let own = self.shares(shares).into_iter().find(|(of, _)| *of == flow);
                counted *= own.map_or(1.0, |(_, share)| share);
            }
        }
        counted
    }

    /// Shares of parties; the remainder is what the others leave.
    fn shares(&mut self, shares: &[(usize, Option<Typed>)]) -> Vec<(usize, f64)> {
        let stated: Vec<(usize, Option<f64>)> = shares
            .iter()
            .map(|(party, share)| (*party, share.as_ref().map(|share| self.national(share))))
            .collect();
        let given: f64 = stated.iter().filter_map(|(_, share)| *share).sum();
        stated
            .into_iter()
            .map(|(party, share)| (party, share.unwrap_or(1.0 - given)))
            .collect()
    }

    /// A formula without index set that is the same in all years.
    fn national(&mut self, typed: &Typed) -> f64 {
        let nation = self.places.nation();
        self.formula(typed, 0, &nation)
    }
}
