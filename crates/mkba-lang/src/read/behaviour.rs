//! Levers, variables, stocks, gates, limits and measures.
use super::entry::Entry;
use super::indices::IndexFile;
use super::reader::{INDEX, LEVER, MEASURE, Reader};
use super::tree::Node;
use crate::declarations::{Combine, Gate, Lever, Limit, Measure, Name, Stock, Substitute, Variable};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::syntax::Expr;

impl Reader<'_> {
    /// The formula of a key.
    fn formula_of(&mut self, entry: &Entry, key: &str) -> Option<Expr> {
        self.formula(entry.get(key)?)
    }
    /// `[lever.NAME]`
    pub fn lever(&mut self, entry: &Entry) -> Option<Lever> {
        let over = self.over(entry).unwrap_or_default();
        let unit = entry.get("unit").map(|unit| self.unit(unit));
        let default = self.formula_of(entry, "default");
        Some(Lever {
            name: entry.name.clone(),
            label: entry.label(),
            default: default?,
            combine: match entry.text("combine")? {
                "sum" => Combine::Sum,
                "max" => Combine::Max,
                "product" => Combine::Product,
                _ => Combine::Exclusive,
            },
            over,
            unit: match unit {
                Some(unit) => Some(unit?),
                None => None,
            },
        })
    }
    /// `[variable.NAME]`
    pub fn variable(&mut self, entry: &Entry) -> Option<Variable> {
        let over = self.over(entry);
        let formula = self.formula_of(entry, "formula");
        let unit = entry.get("unit").and_then(|unit| self.unit(unit));
        Some(Variable {
            name: entry.name.clone(),
            label: entry.label(),
            formula: formula?,
            unit: unit?,
            over,
            indicator: entry.flag("indicator").unwrap_or(false),
        })
    }
    /// `[stock.NAME]`
    pub fn stock(&mut self, entry: &Entry) -> Option<Stock> {
        let over = self.over(entry);
        let unit = entry.get("unit").and_then(|unit| self.unit(unit));
        let initial = self.formula_of(entry, "initial");
        let (adds, loses) = (self.formula_of(entry, "adds"), self.formula_of(entry, "loses"));
        let complete = adds.is_some() == entry.get("adds").is_some() && loses.is_some() == entry.get("loses").is_some();
        complete.then_some(())?;
        Some(Stock {
            name: entry.name.clone(),
            label: entry.label(),
            unit: unit?,
            initial: initial?,
            adds,
            loses,
            over,
            indicator: entry.flag("indicator").unwrap_or(false),
        })
    }
    /// `[gate.NAME]`
    pub fn gate(&mut self, entry: &Entry) -> Option<Gate> {
        let (wanted, capacity) = (self.formula_of(entry, "wanted"), self.formula_of(entry, "capacity"));
        let priority = self.formula_of(entry, "priority");
        let by_priority = entry.text("sharing") == Some("priority");
        if by_priority && entry.get("priority").is_none() {
            let message = format!("`sharing = \"priority\"` of `{}` requires `priority`", entry.heading());
            let help = "add `priority = '…'`, a formula of which the greatest is served first";
            self.report(Diagnostic::error("E0012", message, entry.key_span("sharing"), "").help(help));
        }
        if !by_priority && entry.get("priority").is_some() {
            let message = format!("`priority` of `{}` requires `sharing = \"priority\"`", entry.heading());
            self.report(Diagnostic::error(
                "E0012",
                message,
                entry.key_span("priority"),
                "has no effect",
            ));
        }
        let substitute = self.substitute(entry);
        (substitute.is_some() == entry.get("substitute").is_some()).then_some(())?;
        Some(Gate {
            name: entry.name.clone(),
            label: entry.label(),
            wanted: wanted?,
            capacity: capacity?,
            waits: entry.text("unserved")? == "waits",
            priority,
            substitute,
        })
    }
    fn substitute(&mut self, entry: &Entry) -> Option<Substitute> {
        let node = entry.get("substitute")?;
        let span = entry.key_span("substitute");
        let (share, cost) = (node.get("share"), node.get("cost"));
        let share = share.and_then(|share| self.formula(share));
        let cost = cost.and_then(|cost| self.formula(cost));
        Some(Substitute {
            share: share?,
            cost: cost?,
            span,
        })
    }
    /// `[limit.NAME]`
    pub fn limit(&mut self, entry: &Entry) -> Option<Limit> {
        let over = self.over(entry);
        let unit = entry.get("unit").and_then(|unit| self.unit(unit));
        let node = entry.get("least")?;
        let bounds = node.table().unwrap_or_default();
        if bounds.is_empty() {
            let message = format!("`least` of `{}` requires at least one bound", entry.heading());
            self.report(Diagnostic::error("E0012", message, node.span, ""));
        }
        let least = self.formulas(bounds);
        (least.len() == bounds.len()).then_some(())?;
        Some(Limit {
            name: entry.name.clone(),
            label: entry.label(),
            unit: unit?,
            least,
            over,
            indicator: entry.flag("indicator").unwrap_or(false),
        })
    }
    /// Names with formulas, in order of name. Formulas with faults are reported and left out.
    fn formulas(&mut self, table: &[(Name, Node)]) -> Vec<(Name, Expr)> {
        let mut found: Vec<(Name, Expr)> = table
            .iter()
            .filter_map(|(name, node)| Some((name.clone(), self.formula(node)?)))
            .collect();
        found.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        found
    }
    /// Levers with formulas, in order of name.
    pub fn settings(&mut self, entry: &Entry) -> Vec<(Name, Expr)> {
        let table = entry.get("set").and_then(Node::table).unwrap_or_default();
        for (name, _) in table {
            self.refers(LEVER, name);
        }
        self.formulas(table)
    }
    /// `[measure.NAME]`
    pub fn measure(&mut self, entry: &Entry, indices: &[IndexFile]) -> Measure {
        let set = self.settings(entry);
        let only_if = self.formula_of(entry, "only_if");
        let (start, until) = (entry.year("start"), entry.year("until"));
        if let (Some(start), Some(until)) = (&start, &until)
            && start.value > until.value
        {
            let message = format!(
                "`{}` ends in {} before it starts in {}",
                entry.heading(),
                until.value,
                start.value
            );
            self.report(Diagnostic::error("E0231", message, until.span, "last year").and(start.span, "first year"));
        }
        Measure {
            name: entry.name.clone(),
            label: entry.label(),
            pillar: entry.text_or_empty("pillar"),
            charge: entry.text_or_empty("charge"),
            status: entry.text_or_empty("status"),
            source: entry.text_or_empty("source"),
            counterpart_of: self.known_names(entry, "counterpart_of", MEASURE),
            start,
            until,
            only_if,
            at: self.restriction(entry, indices),
            set,
        }
    }
    /// Elements to which a measure is restricted: those of `at` in the index set `over`.
    fn restriction(&mut self, entry: &Entry, indices: &[IndexFile]) -> Option<(Name, Vec<Name>)> {
        let elements = entry.names("at");
        let Some(over) = entry.name("over") else {
            if entry.get("at").is_some() {
                let message = format!("`at` of `{}` requires `over`", entry.heading());
                let help = "add `over = \"INDEX\"`: the index set the elements belong to";
                self.report(Diagnostic::error("E0012", message, entry.key_span("at"), "").help(help));
            }
            return None;
        };
        if !self.refers(INDEX, &over) {
            return None;
        }
        entry.get("at")?;
        let index = indices.iter().find(|file| file.index.name.value == over.value)?;
        let mut found: Vec<Name> = elements
            .into_iter()
            .filter(|element| self.has_element(element, index))
            .collect();
        found.sort_by(|a, b| a.value.cmp(&b.value));
        found.dedup_by(|a, b| a.value == b.value);
        Some((over, found))
    }
    /// A measure that never works within the years of the model is a slip, or waits for a longer horizon.
    pub fn check_years(&mut self, measure: &Measure, first: &Spanned<i32>, last: &Spanned<i32>) {
        if first.value > last.value {
            return;
        }
        let late = measure.start.as_ref().filter(|start| start.value > last.value);
        let early = measure.until.as_ref().filter(|until| until.value < first.value);
        for (year, bound, text) in [(late, last, "last year"), (early, first, "first year")] {
            let Some(year) = year else { continue };
            let message = format!("measure `{}` is never active", measure.name.value);
            let years = format!("the model computes {} to {}", first.value, last.value);
            let fault = Diagnostic::error("W0106", message, year.span, "")
                .and(bound.span, text)
                .note(years);
            self.report(fault.warning());
        }
    }
}
