//! The rules of the guideline, and how a study deals with each: what the engine can judge it judges, what it cannot the author states, and what
//! nobody stated stays open.
mod judge;

use crate::declarations::{Declarations, Statement};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::read::closest;
use judge::{Finding, judge};
use mkba_core::appraisal::catalogue::{JudgedBy, RuleEntry, RuleStatus, Text};
use mkba_core::rulebook::{GuidelineRule, RuleKind, Rulebook};

/// Every rule of the rulebook with its status, in the order of the rulebook.
pub fn checklist(declarations: &Declarations, rulebook: &Rulebook) -> Vec<RuleEntry> {
    let rules = rulebook.checklist.iter();
    rules
        .map(|rule| {
            let said = statement(declarations, rule);
            let found = rule.judged_by.map(|judged_by| judge(judged_by, declarations, rulebook));
            let (status, judged_by) = status(found.as_ref(), said);
            RuleEntry {
                id: rule.id.clone(),
                text: Text {
                    nl: rule.text.nl.clone(),
                    en: rule.text.en.clone(),
                },
                kind: match rule.kind {
                    RuleKind::Guideline => "guideline",
                    RuleKind::Advice => "advice",
                }
                .to_owned(),
                source: rule.source.clone(),
                status,
                judged_by,
                finding: found.map(Finding::text).unwrap_or_default(),
                explanation: said.map(|it| it.explanation.clone()).unwrap_or_default(),
            }
        })
        .collect()
}

/// What the author may say of a rule: a departure that the engine sees is explained or stays open, whatever the author calls it.
fn status(found: Option<&Finding>, said: Option<&Statement>) -> (RuleStatus, JudgedBy) {
    let stated = said.map(|it| match it.status.value.as_str() {
        "comply" => RuleStatus::Comply,
        "explain" => RuleStatus::Explain,
        _ => RuleStatus::NotApplicable,
    });
    match (found, stated) {
        (Some(Finding::Complies(_)), None | Some(RuleStatus::Comply)) => (RuleStatus::Comply, JudgedBy::Engine),
        (Some(Finding::Departs(_)), None | Some(RuleStatus::Comply)) => (RuleStatus::Open, JudgedBy::Engine),
        (_, Some(stated)) => (stated, JudgedBy::Author),
        (None, None) => (RuleStatus::Open, JudgedBy::Nobody),
    }
}

fn statement<'d>(declarations: &'d Declarations, rule: &GuidelineRule) -> Option<&'d Statement> {
    let mut said = declarations.study.checklist.iter();
    said.find(|it| it.rule.value == rule.id)
}

/// Statements that the engine contradicts, and those about a rule that is probably another one. A rule of another rulebook is no fault: the same study runs
/// under each of them.
pub fn warn(declarations: &Declarations, rulebook: &Rulebook, diagnostics: &mut Diagnostics) {
    for said in &declarations.study.checklist {
        let Some(rule) = rulebook.checklist.iter().find(|rule| rule.id == said.rule.value) else {
            if let Some(near) = closest(&said.rule.value, rulebook.checklist.iter().map(|rule| rule.id.as_str())) {
                let message = format!("rulebook `{}` has no rule `{}`", rulebook.id, said.rule.value);
                let fault = Diagnostic::error("W0124", message, said.rule.span, "nothing is stated by this");
                diagnostics.push(fault.help(format!("did you mean `{near}`?")).warning());
            }
            continue;
        };
        let found = rule.judged_by.map(|judged_by| judge(judged_by, declarations, rulebook));
        if let (Some(Finding::Departs(finding)), "comply") = (found, said.status.value.as_str()) {
            let message = format!("the study says that it complies with `{}`, and it does not", rule.id);
            diagnostics.push(
                Diagnostic::error("W0123", message, said.status.span, "contradicted by the study itself")
                    .note(format!("the rule: {}", rule.text.en))
                    .note(format!("found: {}", finding.en))
                    .help("mend it, or write `status = \"explain\"` with the reason; until then the rule is open")
                    .warning(),
            );
        }
    }
}
