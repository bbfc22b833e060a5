//! The rules of the guideline, and how the study deals with each.
use crate::appraisal::catalogue::{Catalogue, RuleEntry};
use crate::table::Table;

/// Columns `rule`, `weight`, `status`, `judged_by`, `text_nl`, `text_en`, `finding_nl`, `finding_en`, `explanation`, `source`, one row for each rule in the order of
/// the rulebook; no rows under a rulebook without a checklist.
#[must_use]
pub fn checklist(catalogue: &Catalogue) -> Table {
    let of = |text: fn(&RuleEntry) -> &str| catalogue.checklist.iter().map(text).collect::<Vec<_>>();
    Table::new("checklist")
        .text("rule", of(|rule| &rule.id))
        .text("weight", of(|rule| &rule.weight))
        .text("status", of(|rule| rule.status.word()))
        .text("judged_by", of(|rule| rule.judged_by.word()))
        .text("text_nl", of(|rule| &rule.text.nl))
        .text("text_en", of(|rule| &rule.text.en))
        .text("finding_nl", of(|rule| &rule.finding.nl))
        .text("finding_en", of(|rule| &rule.finding.en))
        .text("explanation", of(|rule| &rule.explanation))
        .text("source", of(|rule| &rule.source))
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
            weight: "guideline".to_owned(),
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
