//! The rules of the guideline, and how the study deals with each.
use crate::appraisal::catalogue::{Catalogue, RuleEntry};
use crate::table::Table;

/// Columns `rule`, `kind`, `status`, `judged_by`, `text_nl`, `text_en`, `explanation_nl`, `explanation_en`, `source`, one row for each rule in the order of the
/// rulebook; no rows under a rulebook without a checklist. The explanation is what the author says, after what the engine found.
#[must_use]
pub fn checklist(catalogue: &Catalogue) -> Table {
    let rules = &catalogue.checklist;
    let of = |text: fn(&RuleEntry) -> &str| rules.iter().map(text).collect::<Vec<_>>();
    let explained = |found: fn(&RuleEntry) -> &str| {
        let rules = rules.iter();
        rules
            .map(|rule| together(found(rule), &rule.explanation))
            .collect::<Vec<_>>()
    };
    Table::new("checklist")
        .text("rule", of(|rule| &rule.id))
        .text("kind", of(|rule| &rule.kind))
        .text("status", of(|rule| rule.status.word()))
        .text("judged_by", of(|rule| rule.judged_by.word()))
        .text("text_nl", of(|rule| &rule.text.nl))
        .text("text_en", of(|rule| &rule.text.en))
        .text("explanation_nl", explained(|rule| &rule.finding.nl))
        .text("explanation_en", explained(|rule| &rule.finding.en))
        .text("source", of(|rule| &rule.source))
}

fn together(found: &str, said: &str) -> String {
    match (found.is_empty(), said.is_empty()) {
        (false, false) => format!("{found}; {said}"),
        _ => format!("{found}{said}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::catalogue::{JudgedBy, RuleStatus, Text};

    #[test]
    fn each_rule_has_a_row_with_its_status_and_who_says_so() {
        let rule = |id: &str, status, judged_by| RuleEntry {
            id: id.to_owned(),
            text: Text::default(),
            kind: "guideline".to_owned(),
            source: "where".to_owned(),
            status,
            judged_by,
            finding: Text::default(),
            explanation: String::new(),
        };
        let catalogue = Catalogue {
            checklist: vec![
                rule("seen", RuleStatus::Comply, JudgedBy::Engine),
                rule("said", RuleStatus::NotApplicable, JudgedBy::Author),
                rule("open", RuleStatus::Open, JudgedBy::Nobody),
            ],
            ..Catalogue::default()
        };
        let table = checklist(&catalogue);
        assert!(table.check().is_ok());
        let words = |name: &str| match &table.column(name).expect("a column").values {
            crate::table::Values::Text(words) => words.clone(),
            _ => panic!("words"),
        };
        assert_eq!(words("status"), ["comply", "not_applicable", "open"]);
        assert_eq!(words("judged_by"), ["engine", "author", "nobody"]);
    }
}
