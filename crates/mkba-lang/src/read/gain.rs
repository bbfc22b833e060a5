//! Whose gain a flow is, groups, apportionments, and whose life a flow shares.
use super::entry::{Entry, names, year};
use super::indices::IndexFile;
use super::reader::{FLOW, GROUP, Reader};
use super::suggestion;
use super::tree::Node;
use crate::declarations::{Apportionment, Flow, Gain, Group, Name};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;

/// Places that are no element of an index set.
const OUTSIDE: [&str; 2] = ["elsewhere", "abroad"];
/// Kinds that have a life.
const LIVING: [&str; 3] = ["stock", "measure", "parameter"];

impl Reader<'_> {
    /// `gain` of a flow; its places are looked at when the index sets are known.
    pub fn gain(&mut self, entry: &Entry) -> Gain {
        let Some(node) = entry.get("gain") else {
            return Gain::default();
        };
        let of = |key: &str| node.get(key).map(names).unwrap_or_default();
        let (from, until) = (node.get("from").and_then(year), node.get("until").and_then(year));
        if let (Some(from), Some(until)) = (&from, &until)
            && from.value > until.value
        {
            let message = format!("`gain` of `{}` ends before it begins", entry.heading());
            self.report(Diagnostic::error("E0231", message, until.span, "last year").and(from.span, "first year"));
        }
        let who = of("who");
        // An unknown group is reported, and stays: without it the gain would seem to be everybody's.
        who.iter().for_each(|group| {
            self.refers(GROUP, group);
        });
        Gain {
            who,
            places: of("where"),
            from,
            until,
        }
    }

    /// Each place is an index set, an element of one, or outside them all.
    pub fn check_places(&mut self, flows: &[Flow], indices: &[IndexFile]) {
        for place in flows.iter().flat_map(|flow| &flow.gain.places) {
            let name = place.value.as_str();
            let known = |file: &IndexFile| file.index.name.value == name || file.element(name).is_some();
            if OUTSIDE.contains(&name) || indices.iter().any(known) {
                continue;
            }
            let message = format!("no place `{name}`");
            let mut fault = Diagnostic::error("E0252", message, place.span, "no index set and no element of one");
            let elements = indices
                .iter()
                .flat_map(|file| file.index.elements.iter().map(String::as_str));
            let sets = indices.iter().map(|file| file.index.name.value.as_str());
            fault.help = suggestion::nearest(name, sets.clone().chain(OUTSIDE).chain(elements))
                .map(|near| format!("did you mean `{near}`?"))
                .or_else(|| {
                    let known: Vec<String> = sets.chain(OUTSIDE).map(|word| format!("`{word}`")).collect();
                    Some(format!("known: {}, and elements of index sets", known.join(", ")))
                });
            self.report(fault);
        }
    }

    /// `[group.NAME]`, none of them within itself.
    pub fn groups(&mut self, entries: &[&Entry]) -> Vec<Group> {
        let mut found: Vec<Group> = Vec::new();
        for entry in entries {
            let within = entry.name("within").filter(|name| self.refers(GROUP, name));
            found.push(Group {
                name: entry.name.clone(),
                label: entry.label(),
                within,
            });
        }
        for group in &found {
            let (mut seen, mut next) = (BTreeSet::new(), group.within.as_ref());
            while let Some(above) = next.filter(|above| seen.insert(above.value.as_str())) {
                if above.value == group.name.value {
                    let message = format!("group `{}` lies within itself", group.name.value);
                    let at = group.within.as_ref().map_or(group.name.span, |within| within.span);
                    let fault = Diagnostic::error("E0251", message, at, "leads back to itself");
                    self.report(fault.help("drop one `within`: a group lies within a larger one"));
                }
                let outer = found.iter().find(|outer| outer.name.value == above.value);
                next = outer.and_then(|outer| outer.within.as_ref());
            }
        }
        found
    }

    /// `[apportionment.NAME]`
    pub fn apportionment(&mut self, entry: &Entry) -> Option<Apportionment> {
        let node = entry.get("shares")?;
        let table = node.table().unwrap_or_default();
        let mut complete = true;
        let mut shares = Vec::new();
        for (flow, share) in table {
            complete &= self.refers(FLOW, flow);
            if share.text().is_some_and(|text| text.trim() == "remainder") {
                shares.push((flow.clone(), None));
            } else {
                let formula = self.formula(share);
                complete &= formula.is_some();
                shares.push((flow.clone(), formula));
            }
        }
        shares.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        self.check_division(entry, node, &shares.iter().map(|(flow, _)| flow).collect::<Vec<_>>())?;
        complete.then(|| Apportionment {
            name: entry.name.clone(),
            shares,
            span: node.span,
            of: entry.name("of"),
            reason: entry.text_or_empty("reason"),
        })
    }

    /// A gain is divided over two flows or more, `of` is one of them, and there is a reason.
    fn check_division(&mut self, entry: &Entry, node: &Node, flows: &[&Name]) -> Option<()> {
        let heading = entry.heading();
        let before = self.errors();
        if flows.len() < 2 {
            let message = format!("`{heading}` divides a gain over fewer than two flows");
            let help = "name every flow that holds a part of the gain, with its share";
            self.report(Diagnostic::error("E0504", message, node.span, "").help(help));
        }
        if let Some(of) = entry.name("of")
            && !flows.iter().any(|flow| flow.value == of.value)
        {
            let message = format!("`of` of `{heading}` is not among its shares");
            let mut fault = Diagnostic::error("E0504", message, of.span, "has no share").and(node.span, "the shares");
            fault.help = suggestion::help(&of.value, flows.iter().map(|flow| flow.value.as_str()));
            self.report(fault);
        }
        if entry.text("reason").is_some_and(|reason| reason.trim().is_empty()) {
            let message = format!("`{heading}` does not say why the gain is divided like this");
            self.report(Diagnostic::error("E0504", message, entry.key_span("reason"), "empty"));
        }
        (self.errors() == before).then_some(())
    }

    /// Whether a name is that of a stock, measure or parameter; reported if not.
    pub fn has_a_life(&mut self, name: &Name) -> bool {
        if LIVING
            .iter()
            .any(|kind| self.known(kind).any(|known| known == name.value))
        {
            return true;
        }
        let known: Vec<String> = LIVING
            .iter()
            .flat_map(|kind| self.known(kind).map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let message = format!("no stock, measure or parameter `{}`", name.value);
        let mut fault = Diagnostic::error("E0253", message, name.span, "whose life is it?");
        fault.help = suggestion::help(&name.value, known.iter().map(String::as_str));
        self.report(fault);
        false
    }
}
