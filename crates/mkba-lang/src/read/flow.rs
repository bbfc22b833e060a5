//! Flows with their postings, and what has no price.
use super::entry::{Entry, names};
use super::reader::{PARTY, Reader};
use super::tree::Node;
use crate::declarations::{Contained, Flow, FlowKind, Party, Posting, Tax, Unpriced};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};

/// Keys for postings, with the kinds of flow they belong to.
const POSTING_KEYS: [(&str, FlowKind); 4] = [
    ("paid_by", FlowKind::Cost),
    ("accrues_to", FlowKind::Benefit),
    ("from", FlowKind::Transfer),
    ("to", FlowKind::Transfer),
];

/// Rows of the overview table, with the kinds of flow they belong to.
const EFFECTS: [(&str, FlowKind); 9] = [
    ("investment", FlowKind::Cost),
    ("reinvestment", FlowKind::Cost),
    ("upkeep", FlowKind::Cost),
    ("programme", FlowKind::Cost),
    ("other", FlowKind::Cost),
    ("direct", FlowKind::Benefit),
    ("indirect", FlowKind::Benefit),
    ("external", FlowKind::Benefit),
    ("transfer", FlowKind::Transfer),
];

/// The shares of a flow have a fault, which is reported.
struct FaultyShare;

impl Reader<'_> {
    /// `[flow.NAME]`
    pub fn flow(&mut self, entry: &Entry) -> Option<Flow> {
        let kind = Spanned {
            value: match entry.text("kind")? {
                "cost" => FlowKind::Cost,
                "benefit" => FlowKind::Benefit,
                _ => FlowKind::Transfer,
            },
            span: entry.get("kind")?.inner_span(),
        };
        let formula = entry.get("formula").and_then(|node| self.formula(node));
        self.check_posting_keys(entry, &kind);
        let key = match kind.value {
            FlowKind::Cost => "paid_by",
            FlowKind::Benefit => "accrues_to",
            FlowKind::Transfer => "from",
        };
        let postings = entry.get(key).map(|node| self.postings(entry, key, node));
        let to = entry.get("to").map(|node| self.postings(entry, "to", node));
        let tax = self.tax(entry);
        let discount = entry.name("discount").unwrap_or_else(|| Spanned {
            value: "standard".to_owned(),
            span: entry.name.span,
        });
        Some(Flow {
            name: entry.name.clone(),
            label: entry.label(),
            effect: self.effect(entry, &kind),
            kind,
            formula: formula?,
            postings: postings?.ok()?,
            to: to.transpose().ok()?.unwrap_or_default(),
            postings_span: entry.get(key)?.span,
            pillar: entry.text_or_empty("pillar"),
            discount,
            channels: entry.get("channel").map(names).unwrap_or_default(),
            separate: entry.text("headline") == Some("separate"),
            tax: tax?,
            gain: self.gain(entry),
            lifetime_of: entry.name("lifetime_of").filter(|name| self.has_a_life(name)),
            stated: entry.keys.iter().map(|(key, _)| key.value.clone()).collect(),
        })
    }
    /// Each kind of flow has its own keys for postings.
    fn check_posting_keys(&mut self, entry: &Entry, kind: &Spanned<FlowKind>) {
        let wanted: Vec<String> = POSTING_KEYS
            .iter()
            .filter(|(_, own)| *own == kind.value)
            .map(|(key, _)| format!("`{key}`"))
            .collect();
        let wanted = wanted.join(" and ");
        let strange = POSTING_KEYS
            .iter()
            .any(|(key, own)| *own != kind.value && entry.get(key).is_some());
        for (key, own) in POSTING_KEYS {
            if own != kind.value && entry.get(key).is_some() {
                let message = format!("a {} cannot have `{key}`", word(kind.value));
                self.report(
                    Diagnostic::error(
                        "E0402",
                        message,
                        entry.key_span(key),
                        format!("belongs to a {}", word(own)),
                    )
                    .and(kind.span, "stated here")
                    .help(format!("a {} has {wanted}", word(kind.value))),
                );
            }
            // A key of another kind was probably meant as the one that is missing.
            if own == kind.value && entry.get(key).is_none() && !strange {
                let message = format!("a {} requires `{key}`", word(kind.value));
                let help = format!("add `{key} = \"PARTY\"`, or a table of parties with their shares");
                self.report(
                    Diagnostic::error("E0402", message, entry.name.span, "nobody is named")
                        .and(kind.span, "stated here")
                        .help(help),
                );
            }
        }
    }
    fn effect(&mut self, entry: &Entry, kind: &Spanned<FlowKind>) -> String {
        let Some(effect) = entry.name("effect") else {
            let default = match kind.value {
                FlowKind::Cost => "other",
                FlowKind::Benefit => "direct",
                FlowKind::Transfer => "transfer",
            };
            return default.to_owned();
        };
        let of = EFFECTS
            .iter()
            .find(|(name, _)| *name == effect.value)
            .map(|(_, of)| *of);
        if of.is_some_and(|of| of != kind.value) {
            let own: Vec<String> = EFFECTS
                .iter()
                .filter(|(_, of)| *of == kind.value)
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            let message = format!("a {} cannot have the effect `{}`", word(kind.value), effect.value);
            self.report(
                Diagnostic::error("E0402", message, effect.span, "")
                    .and(kind.span, "stated here")
                    .help(format!("effects of a {}: {}", word(kind.value), own.join(", "))),
            );
        }
        effect.value
    }
    /// One party, or parties with shares of which one may be the remainder.
    fn postings(&mut self, entry: &Entry, key: &str, node: &Node) -> Result<Vec<Posting>, FaultyShare> {
        if let Some(party) = node.name() {
            self.refers(PARTY, &party);
            return Ok(vec![Posting { party, share: None }]);
        }
        let mut postings = Vec::new();
        let mut remainders: Vec<Span> = Vec::new();
        let mut complete = true;
        for (party, share) in node.table().unwrap_or_default() {
            self.refers(PARTY, party);
            let remainder = share.text().is_some_and(|text| text.trim() == "remainder");
            if remainder {
                remainders.push(share.inner_span());
            }
            let share = if remainder { None } else { Some(self.formula(share)) };
            match share {
                None => postings.push(Posting {
                    party: party.clone(),
                    share: None,
                }),
                Some(Some(share)) => postings.push(Posting {
                    party: party.clone(),
                    share: Some(share),
                }),
                Some(None) => complete = false,
            }
        }
        if !complete {
            return Err(FaultyShare);
        }
        postings.sort_by(|a, b| a.party.value.cmp(&b.party.value));
        if let [first, second, ..] = remainders.as_slice() {
            let message = format!("`{key}` of `{}` has two remainders", entry.heading());
            let fault = Diagnostic::error("E0401", message, *second, "again").and(*first, "first");
            self.report(fault.help("one party gets what the others leave; the others get a share"));
            return Err(FaultyShare);
        }
        if postings.is_empty() {
            let message = format!("`{key}` of `{}` names no party", entry.heading());
            self.report(Diagnostic::error("E0401", message, node.span, ""));
            return Err(FaultyShare);
        }
        Ok(postings)
    }
    fn tax(&mut self, entry: &Entry) -> Option<Tax> {
        let Some(node) = entry.get("tax") else {
            return Some(Tax::Market(Contained::Unstated));
        };
        let (basis, vat, contains) = (node.get("basis"), node.get("vat"), node.get("contains"));
        if basis.is_some() == vat.is_some() {
            let message = format!("`tax` of `{}` requires either `basis` or `vat`", entry.heading());
            self.report(Diagnostic::error("E0403", message, node.span, ""));
            return None;
        }
        if let Some(vat) = vat {
            if let Some(contains) = contains {
                let message = format!("`tax` of `{}` has both `vat` and `contains`", entry.heading());
                let fault = Diagnostic::error("E0403", message, contains.span, "of an amount in market prices");
                self.report(fault.help(
                    "`vat` is for an amount without tax; `contains` for one with it, beside `basis = \"market\"`",
                ));
                return None;
            }
            return self.formula(vat).map(Tax::Vat);
        }
        let factor = basis.and_then(Node::text) == Some("factor");
        let Some(contains) = contains else {
            return Some(if factor {
                Tax::Factor
            } else {
                Tax::Market(Contained::Unstated)
            });
        };
        if factor {
            let message = format!("`contains` of `{}` requires market prices", entry.heading());
            self.report(
                Diagnostic::error("E0403", message, contains.span, "factor prices contain no indirect tax")
                    .help("leave `contains` out, or write `basis = \"market\"`"),
            );
            return None;
        }
        if contains.text().is_some_and(|text| text.trim() == "average") {
            return Some(Tax::Market(Contained::Average));
        }
        self.formula(contains).map(|rate| Tax::Market(Contained::Rate(rate)))
    }
    /// `[unpriced.NAME]`
    pub fn unpriced(&mut self, entry: &Entry) -> Option<Unpriced> {
        Some(Unpriced {
            name: entry.name.clone(),
            label: entry.label(),
            sign: entry.text("sign")?.to_owned(),
            why: entry.text("why")?.to_owned(),
        })
    }
    /// Exactly one party receives taxes when any flow has tax content, and who pays value added tax says how it is treated. `silent` are the parties that do not say so.
    pub fn check_taxes(&mut self, parties: &[Party], silent: &[&Party], flows: &[Flow]) {
        let treasuries: Vec<Span> = parties
            .iter()
            .filter(|party| party.treasury)
            .map(|party| party.name.span)
            .collect();
        if let [first, second, ..] = treasuries.as_slice() {
            let message = "only one party can be the treasury";
            self.report(Diagnostic::error("E0403", message, *second, "again").and(*first, "first"));
        }
        let taxed = flows
            .iter()
            .find(|flow| !matches!(flow.tax, Tax::Market(Contained::Unstated)));
        if let (Some(flow), []) = (taxed, treasuries.as_slice()) {
            let message = format!("the tax content of `{}` requires a treasury", flow.name.value);
            self.report(
                Diagnostic::error("E0403", message, flow.name.span, "has tax content")
                    .help("give one party `role = \"treasury\"`: it receives and loses the taxes"),
            );
        }
        for flow in flows.iter().filter(|flow| matches!(flow.tax, Tax::Vat(_))) {
            for posting in &flow.postings {
                let Some(party) = silent.iter().find(|party| party.name.value == posting.party.value) else {
                    continue;
                };
                let message = format!(
                    "`{}` pays value added tax and does not say how it is treated",
                    party.name.value
                );
                let help = "add `vat = \"recovers\"`, `\"compensated\"` or `\"exempt\"` (taken now: it is a cost)";
                let fault =
                    Diagnostic::error("W0107", message, party.name.span, "no `vat`").and(posting.party.span, "pays");
                self.report(fault.help(help).warning());
            }
        }
    }
}

fn word(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Cost => "cost",
        FlowKind::Benefit => "benefit",
        FlowKind::Transfer => "transfer",
    }
}
