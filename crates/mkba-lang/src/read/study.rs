//! `[study]`, `[discount]` and the alternatives.
use super::entry::{Entry, check_identifier};
use super::reader::{MEASURE, Reader};
use super::suggestion;
use crate::declarations::{Alternative, Name, Statement, Study, Text};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use std::collections::BTreeMap;

/// Rulebook of a study that names none.
pub const DEFAULT_RULEBOOK: &str = "nl-2021";
/// Discount classes.
const CLASSES: [&str; 5] = ["standard", "sunk", "nonlinear", "physical", "health"];
/// Greatest number of draws: draw numbers are exact in every column of results.
const GREATEST_DRAWS: u64 = 1 << 40;

impl Reader<'_> {
    /// `[study]` with `[discount]`; `timing` is that of the model.
    pub fn study(&mut self, entry: &Entry, discount: Option<&Entry>, timing: Option<Spanned<String>>) -> Option<Study> {
        let draws = entry.whole("draws");
        if let Some(draws) = draws
            .as_ref()
            .filter(|draws| !(1..=GREATEST_DRAWS).contains(&draws.value))
        {
            let message = format!(
                "`draws` requires a number from 1 to {GREATEST_DRAWS}, found {}",
                draws.value
            );
            self.report(Diagnostic::error("E0015", message, draws.span, ""));
        }
        let mut rates = BTreeMap::new();
        for class in CLASSES {
            if let Some(node) = discount.and_then(|entry| entry.get(class))
                && let Some(rate) = self.value(node, &[], &[])
            {
                rates.insert(class.to_owned(), rate);
            }
        }
        if let Some(entry) = discount.filter(|_| !rates.is_empty()) {
            self.check_reason(entry);
        }
        Some(Study {
            label: entry.get("label").map(|_| entry.label()).unwrap_or_default(),
            baseline: entry.name("baseline")?,
            draws: draws?,
            seed: entry.whole("seed")?.value,
            design: entry.name("design").unwrap_or_else(|| Spanned {
                value: "random".to_owned(),
                span: entry.name.span,
            }),
            rulebook: entry.text("rulebook").unwrap_or(DEFAULT_RULEBOOK).to_owned(),
            started: entry
                .date("started")
                .zip(entry.get("started"))
                .map(|(value, node)| Spanned { value, span: node.span }),
            discount: rates,
            timing: discount.and_then(|entry| entry.name("timing")).or(timing),
            checklist: Vec::new(),
        })
    }
    /// `[checklist.ID]`, in order of identifier; each says how the rule is followed, or why not.
    pub fn checklist(&mut self, entries: &[&Entry]) -> Vec<Statement> {
        let mut found = Vec::new();
        for entry in entries {
            let explanation = entry.text_or_empty("explanation");
            if entry.get("explanation").is_some() && explanation.trim().is_empty() {
                let message = format!("`explanation` of `{}` says nothing", entry.heading());
                self.report(Diagnostic::error(
                    "E0012",
                    message,
                    entry.key_span("explanation"),
                    "empty",
                ));
            }
            found.extend(entry.name("status").map(|status| Statement {
                rule: entry.name.clone(),
                status,
                explanation,
            }));
        }
        found.sort_by(|a: &Statement, b| a.rule.value.cmp(&b.rule.value));
        found
    }
    /// A rate of the study's own is a number like any other: it says where it comes from, because results under it cannot be compared with
    /// those of other appraisals.
    fn check_reason(&mut self, entry: &Entry) {
        let blank = |key: &str| entry.text(key).is_none_or(|text| text.trim().is_empty());
        if blank("source") && blank("assumption") {
            let message = "the study replaces a discount rate of the rulebook and does not say why";
            let help = "add `source = \"…\"`, or `assumption = \"…\"` with the reason; without `[discount]` the rates of the rulebook count";
            self.report(
                Diagnostic::error("W0104", message, entry.name.span, "")
                    .help(help)
                    .warning(),
            );
        }
    }
    /// `[alternative.NAME]` in order of writing, the baseline first if it is only named.
    pub fn alternatives(&mut self, entries: &[&Entry], baseline: Option<&Name>) -> Vec<Alternative> {
        let mut found: Vec<Alternative> = entries.iter().map(|entry| self.alternative(entry)).collect();
        let Some(baseline) = baseline else { return found };
        if found.iter().any(|alternative| alternative.name.value == baseline.value) {
            return found;
        }
        let names = || found.iter().map(|alternative| alternative.name.value.as_str());
        if let Some(near) = suggestion::nearest(&baseline.value, names()) {
            let message = format!("no alternative `{}`", baseline.value);
            let help = format!("did you mean `{near}`? Else add `[alternative.{}]`", baseline.value);
            self.report(Diagnostic::error("E0223", message, baseline.span, "not declared").help(help));
            return found;
        }
        check_identifier(baseline, self.diagnostics);
        found.insert(
            0,
            Alternative {
                name: baseline.clone(),
                label: Text {
                    nl: "Nulalternatief".to_owned(),
                    en: "Baseline".to_owned(),
                },
                measures: Vec::new(),
                set: Vec::new(),
            },
        );
        found
    }
    fn alternative(&mut self, entry: &Entry) -> Alternative {
        let mut measures: Vec<Name> = Vec::new();
        for measure in entry.names("measures") {
            if let Some(first) = measures.iter().find(|first| first.value == measure.value) {
                let message = format!("measure `{}` stands twice in `{}`", measure.value, entry.heading());
                let first = first.span;
                self.report(Diagnostic::error("E0010", message, measure.span, "again").and(first, "first"));
            } else if self.refers(MEASURE, &measure) {
                measures.push(measure);
            }
        }
        Alternative {
            name: entry.name.clone(),
            label: entry.label(),
            measures,
            set: self.settings(entry),
        }
    }
}
