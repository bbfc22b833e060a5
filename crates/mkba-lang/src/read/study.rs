//! `[study]`, `[discount]` and the alternatives.
use super::entry::{Entry, check_identifier};
use super::reader::{MEASURE, Reader};
use super::suggestion;
use crate::declarations::{Alternative, Interaction, Name, Statement, Study, Sweep, Text};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use mkba_core::appraisal::catalogue::GateReading;
use std::collections::BTreeMap;

/// Rulebook of a study that names none.
pub const DEFAULT_RULEBOOK: &str = "nl-2021";
/// Discount classes.
const CLASSES: [&str; 5] = ["standard", "sunk", "nonlinear", "physical", "health"];
/// Gates and limits are tabulated every so many years, unless the study says otherwise.
pub const DEFAULT_GATE_YEARS: u32 = 5;
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
            gates: entry.text("gates").and_then(GateReading::of).unwrap_or_default(),
            gate_years: self.gate_years(entry),
            sweep: Sweep::default(),
        })
    }
    fn gate_years(&mut self, entry: &Entry) -> u32 {
        let Some(years) = entry.whole("gate_years") else {
            return DEFAULT_GATE_YEARS;
        };
        if years.value == 0 {
            let message = "`gate_years` requires a number from 1, found 0";
            self.report(
                Diagnostic::error("E0015", message, years.span, "")
                    .help("1 tabulates gates in every year, 5 in every fifth"),
            );
        }
        u32::try_from(years.value).unwrap_or(u32::MAX)
    }
    /// `[interaction.NAME]` in order of writing.
    pub fn interactions(
        &mut self,
        entries: &[&Entry],
        alternatives: &[Alternative],
        baseline: Option<&Name>,
    ) -> Vec<Interaction> {
        entries
            .iter()
            .filter_map(|entry| self.interaction(entry, alternatives, baseline))
            .collect()
    }
    fn interaction(
        &mut self,
        entry: &Entry,
        alternatives: &[Alternative],
        baseline: Option<&Name>,
    ) -> Option<Interaction> {
        let (whole, parts) = (entry.name("whole")?, entry.names("parts"));
        let mut right = true;
        for (at, name) in std::iter::once(&whole).chain(&parts).enumerate() {
            let known = || alternatives.iter().map(|alternative| alternative.name.value.as_str());
            let earlier = std::iter::once(&whole)
                .chain(&parts)
                .take(at)
                .find(|other| other.value == name.value);
            let fault = if !known().any(|known| known == name.value) {
                let message = format!("no alternative `{}`", name.value);
                let mut fault = Diagnostic::error("E0236", message, name.span, "not declared");
                fault.help = suggestion::help(&name.value, known());
                fault
            } else if baseline.is_some_and(|baseline| baseline.value == name.value) {
                let message = format!(
                    "`{}` is the baseline, which is worth nothing against itself",
                    name.value
                );
                Diagnostic::error("E0236", message, name.span, "the baseline")
                    .help("name alternatives that are compared with the baseline")
            } else if let Some(earlier) = earlier {
                let message = format!("alternative `{}` stands twice in `{}`", name.value, entry.heading());
                Diagnostic::error("E0236", message, name.span, "again").and(earlier.span, "first")
            } else {
                continue;
            };
            right = false;
            self.report(fault);
        }
        if parts.len() < 2 {
            let message = format!("`parts` of `{}` requires at least two alternatives", entry.heading());
            self.report(Diagnostic::error("E0236", message, entry.key_span("parts"), ""));
            right = false;
        }
        let mut gates = Vec::new();
        for word in entry.names("gates") {
            match GateReading::of(&word.value) {
                Some(reading) if !gates.contains(&reading) => gates.push(reading),
                Some(_) => {}
                None => {
                    let message = format!("`{}` is no reading of the gates", word.value);
                    let help = "write `\"as-is\"`, `\"soft\"` or `\"off\"`";
                    self.report(Diagnostic::error("E0236", message, word.span, "").help(help));
                    right = false;
                }
            }
        }
        gates.sort_unstable();
        right.then(|| Interaction {
            name: entry.name.clone(),
            label: entry.label(),
            whole,
            parts,
            gates,
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
