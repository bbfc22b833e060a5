//! Flows: money per year, and shares that are one number each.
use super::{Checker, optional};
use crate::declarations::Posting;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::Expr;
use crate::typing::{Shape, Typed, TypedFlow, messages, shares};
use crate::unit::{DimensionId, Dimensions};
use mkba_core::graph::space::SetId;

impl Checker<'_, '_> {
    pub(super) fn flow(&mut self, n: usize) -> Option<TypedFlow> {
        let declarations = self.scope.declarations;
        let it = &declarations.flows[n];
        let formula = self.formula(&it.formula, SetId::NONE);
        let shares = self.shares(&it.postings, it.postings_span);
        let to = self.shares(&it.to, it.postings_span);
        let tax_rate = it.tax_rate().map(|rate| self.formula(rate, SetId::NONE));
        let formula = formula?;
        let title = format!(
            "a flow requires money per year, this formula gives {}",
            self.in_words(&formula.shape)
        );
        if formula.shape != Shape::Zero && formula.shape != Shape::Amount(Dimensions::money_per_time()) {
            let fault = messages::wrong_unit(
                &self.scope,
                "E0301",
                title,
                &formula,
                &Dimensions::money_per_time(),
                None,
            );
            self.diagnostics
                .push(fault.note("`mkba explain E0301` shows stocks, flows and rates with an example"));
            return None;
        }
        let tax_rate = optional(tax_rate)?;
        if let Some(tax_rate) = &tax_rate {
            self.require(
                "E0407",
                "a tax rate requires a number without unit".to_owned(),
                tax_rate,
                &Dimensions::default(),
                None,
            )?;
        }
        Some(TypedFlow {
            formula,
            shares: shares?,
            to: to?,
            tax_rate,
        })
    }

    fn in_words(&self, shape: &Shape) -> String {
        match shape {
            Shape::Amount(d) if *d == Dimensions::of(DimensionId::MONEY) => "money".to_owned(),
            Shape::Amount(d) if d.is_none() => "a number without unit".to_owned(),
            _ => self.scope.unit(shape),
        }
    }

    fn shares(&mut self, postings: &[Posting], span: Span) -> Option<Vec<(usize, Option<Typed>)>> {
        let parties = &self.scope.declarations.parties;
        let mut typed = Vec::new();
        let mut complete = true;
        for posting in postings {
            let party = parties.iter().position(|party| party.name.value == posting.party.value);
            let share = posting.share.as_ref().map(|share| self.share(share));
            let (Some(party), Some(share)) = (party, optional(share)) else {
                complete = false;
                continue;
            };
            typed.push((party, share));
        }
        if typed.len() == postings.len() {
            shares::check(self.scope.declarations, &typed, span, self.diagnostics);
        }
        complete.then_some(typed)
    }

    /// A share: one number without unit.
    fn share(&mut self, share: &Expr) -> Option<Typed> {
        let share = self.formula(share, SetId::NONE)?;
        let title = "a share requires a number without unit".to_owned();
        let plain = self.require("E0407", title, &share, &Dimensions::default(), None);
        if share.set != SetId::NONE {
            let set = self.scope.over(share.set);
            let fault = Diagnostic::error("E0310", "a share requires one value", share.span, set);
            self.diagnostics
                .push(fault.help("pick an element, such as `x[delft]`, or take a mean over the index set"));
            return None;
        }
        plain.map(|()| share)
    }

    /// Shares of the flows among which a gain is divided.
    pub(super) fn apportionment(&mut self, n: usize) -> Option<Vec<(usize, Option<Typed>)>> {
        let declarations = self.scope.declarations;
        let it = &declarations.apportionments[n];
        let mut typed = Vec::new();
        for (name, share) in &it.shares {
            let flow = declarations.flows.iter().position(|flow| flow.name.value == name.value);
            let share = share.as_ref().map(|share| self.share(share));
            if let (Some(flow), Some(share)) = (flow, optional(share)) {
                typed.push((flow, share));
            }
        }
        (typed.len() == it.shares.len()).then_some(())?;
        shares::check(declarations, &typed, it.span, self.diagnostics);
        Some(typed)
    }
}
