//! The rules of the guideline, printed: what is open first, then what the study departs from, then the rest.
use crate::overview::words::choose;
use mkba_core::appraisal::catalogue::{Catalogue, JudgedBy, Language, RuleEntry, RuleStatus};
use std::fmt::Write;

/// Width of the text of a rule.
const WIDTH: usize = 100;

/// Every rule with its status, grouped by status.
pub fn checklist(catalogue: &Catalogue, language: Language) -> String {
    let rules = &catalogue.checklist;
    let title = catalogue.rulebook.label.get(language);
    if rules.is_empty() {
        let id = &catalogue.rulebook.id;
        return choose(
            language,
            format!("regelboek `{id}` heeft geen checklist\n"),
            format!("rulebook `{id}` has no checklist\n"),
        );
    }
    let mut text = format!("{}: {title}\n", choose(language, "Checklist", "Checklist"));
    let count = |status| rules.iter().filter(|rule| rule.status == status).count();
    let parts = GROUPS.map(|status| format!("{} {}", count(status), word(status, language)));
    let _ = writeln!(
        text,
        "{} {}: {}",
        rules.len(),
        choose(language, "regels", "rules"),
        parts.join(", ")
    );
    for status in GROUPS {
        let group: Vec<&RuleEntry> = rules.iter().filter(|rule| rule.status == status).collect();
        if !group.is_empty() {
            let _ = writeln!(text, "\n{}", heading(status, language));
        }
        for rule in group {
            describe(&mut text, rule, language);
        }
    }
    text
}

/// In the order in which somebody has to look at them.
const GROUPS: [RuleStatus; 4] = [
    RuleStatus::Open,
    RuleStatus::Explain,
    RuleStatus::NotApplicable,
    RuleStatus::Comply,
];

fn describe(text: &mut String, rule: &RuleEntry, language: Language) {
    let kind = match rule.kind.as_str() {
        "advice" => choose(language, "advies", "advice"),
        _ => choose(language, "richtlijn", "guideline"),
    };
    let _ = writeln!(text, "  {} ({kind})", rule.id);
    wrapped(text, "    ", rule.text.get(language));
    let finding = rule.finding.get(language);
    if !finding.is_empty() {
        wrapped(
            text,
            "    > ",
            &format!("{}: {finding}", choose(language, "gezien", "seen")),
        );
    }
    if rule.judged_by == JudgedBy::Author || !rule.explanation.is_empty() {
        wrapped(
            text,
            "    > ",
            &format!("{}: {}", choose(language, "auteur", "author"), rule.explanation),
        );
    }
}

/// Lines of at most [`WIDTH`] characters; all but the first are indented alike.
fn wrapped(text: &mut String, start: &str, words: &str) {
    let indent = " ".repeat(start.len());
    let (mut line, mut before) = (String::new(), start);
    for word in words.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{before}{line}");
            (line, before) = (String::new(), &indent);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(text, "{before}{line}");
}

fn word(status: RuleStatus, language: Language) -> &'static str {
    match status {
        RuleStatus::Open => choose(language, "open", "open"),
        RuleStatus::Explain => choose(language, "uitgelegd", "explained"),
        RuleStatus::NotApplicable => choose(language, "niet van toepassing", "not applicable"),
        RuleStatus::Comply => choose(language, "gevolgd", "followed"),
    }
}

fn heading(status: RuleStatus, language: Language) -> &'static str {
    match status {
        RuleStatus::Open => choose(
            language,
            "Open: zeg in `[checklist.REGEL]` van de studie hoe ermee is omgegaan",
            "Open: say in `[checklist.RULE]` of the study how it is dealt with",
        ),
        RuleStatus::Explain => choose(language, "Afgeweken, met reden", "Departed from, with a reason"),
        RuleStatus::NotApplicable => choose(language, "Niet van toepassing", "Not applicable"),
        RuleStatus::Comply => choose(language, "Gevolgd", "Followed"),
    }
}
