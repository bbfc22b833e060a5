//! From values to rows of the tree: what each is called, its numbers, and below it formula, source and notes.
use super::columns::{Line, Row, WIDTH};
use super::numbers::{amounts, greatest_money, share, sign};
use super::words;
use crate::overview::words::choose;
use crate::overview::{columns_of, wrap};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::explanation::{Explanation, Formula, Group, Kind, Note, Rest, Role, Stated, Together};

const BRANCH: &str = "├ ";
const LAST: &str = "└ ";
const TRUNK: &str = "│ ";
const NOTHING: &str = "  ";

/// The rows of an explanation.
pub fn rows(top: &Explanation, language: Language) -> Vec<Row> {
    let mut tree = Tree {
        lines: Vec::new(),
        language,
    };
    tree.explained(top, "", "", greatest_money([top]));
    tree.lines
}

struct Tree {
    lines: Vec<Row>,
    language: Language,
}

impl Tree {
    /// A value and everything under it. `first` stands before its own line, `below` before all others.
    fn explained(&mut self, part: &Explanation, first: &str, below: &str, greatest_eur: f64) {
        let language = self.language;
        let (value, baseline, unit) = amounts(part, greatest_eur, language);
        let groups: Vec<&Group> = part.groups.iter().filter(|group| shown(group)).collect();
        let words_below = format!("{below}{}", if groups.is_empty() { NOTHING } else { TRUNK });
        let (name, label) = self.name(part);
        self.lines.push(Row::Columns(Line {
            prefix: first.to_owned(),
            text: format!("{}{name}", sign(&part.role, language)),
            label,
            below: words_below.clone(),
            strong: first.is_empty(),
            share: share(part, language),
            value,
            baseline,
            unit,
        }));
        let opened = !part.groups.is_empty() || first.is_empty();
        for formula in part.formulas.iter().filter(|_| opened) {
            self.words(&words_below, &written(formula));
        }
        if let Some(stated) = &part.stated {
            for sentence in origin(stated, part.kind, language) {
                self.words(&words_below, &sentence);
            }
        }
        for note in part.notes.iter().filter_map(|note| words::note(note, language)) {
            self.words(&words_below, &note);
        }
        for (n, group) in groups.iter().enumerate() {
            self.group(group, below, n + 1 == groups.len());
        }
    }

    fn group(&mut self, group: &Group, below: &str, is_last: bool) {
        let language = self.language;
        let heading = words::together(group.of, language);
        let below = match heading {
            None => below.to_owned(),
            Some(heading) => {
                let prefix = format!("{below}{}", if is_last { LAST } else { BRANCH });
                self.lines.push(Row::Columns(Line {
                    prefix,
                    text: heading.to_owned(),
                    ..Line::default()
                }));
                format!("{below}{}", if is_last { NOTHING } else { TRUNK })
            }
        };
        let closes = heading.is_some() || is_last;
        let greatest_eur = greatest_money(&group.parts);
        let parts: Vec<&Explanation> = group.parts.iter().filter(|part| is_shown(group, part)).collect();
        for (n, part) in parts.iter().enumerate() {
            let last = closes && group.rest.is_none() && n + 1 == parts.len();
            let (branch, trunk) = if last { (LAST, NOTHING) } else { (BRANCH, TRUNK) };
            self.explained(
                part,
                &format!("{below}{branch}"),
                &format!("{below}{trunk}"),
                greatest_eur,
            );
        }
        if let (Some(rest), Some(like)) = (&group.rest, group.parts.first()) {
            self.rest(
                rest,
                like,
                group,
                &format!("{below}{}", if closes { LAST } else { BRANCH }),
                greatest_eur,
            );
        }
    }

    fn rest(&mut self, rest: &Rest, like: &Explanation, group: &Group, prefix: &str, greatest_eur: f64) {
        let language = self.language;
        let listed: f64 = group.parts.iter().filter_map(|part| part.share).sum();
        let has_shares = group.parts.iter().any(|part| part.share.is_some());
        let sum = Explanation {
            unit: like.unit.clone(),
            value: rest.value.unwrap_or(0.0),
            baseline: rest.baseline,
            share: has_shares.then_some(1.0 - listed),
            ..Explanation::default()
        };
        let (value, baseline, unit) = amounts(&sum, greatest_eur, language);
        let known = rest.value.is_some();
        let keep = |text: String| if known { text } else { String::new() };
        self.lines.push(Row::Columns(Line {
            prefix: prefix.to_owned(),
            text: choose(
                language,
                format!("en {} andere", rest.count),
                format!("and {} others", rest.count),
            ),
            share: keep(share(&sum, language)),
            value: keep(value),
            baseline: keep(baseline),
            unit: keep(unit),
            ..Line::default()
        }));
    }

    fn words(&mut self, prefix: &str, text: &str) {
        let room = WIDTH.saturating_sub(columns_of(prefix)).max(20);
        for line in wrap(text, room) {
            self.lines.push(Row::Words(prefix.to_owned(), line));
        }
    }

    /// What a value is called, and its label where there is room for it.
    fn name(&self, part: &Explanation) -> (String, String) {
        let language = self.language;
        let label = part.label.get(language).to_owned();
        let marks: String = [(Note::Deeper, " ▸"), (Note::Above, " ↑")]
            .into_iter()
            .filter(|(note, _)| part.notes.contains(note))
            .map(|(_, mark)| mark)
            .collect();
        let (before, names_itself) = match &part.role {
            Role::Named { name } => (words::name(name, language).to_owned(), false),
            Role::Element { key } if part.cell.is_empty() => (key.clone(), true),
            Role::Year { year } if part.kind == Kind::Discounted => (year.to_string(), true),
            Role::Party { id, standing } => {
                let name = if label.is_empty() { id } else { &label };
                let without = choose(language, "zonder status", "without standing");
                let name = if *standing {
                    name.clone()
                } else {
                    format!("{name} ({without})")
                };
                (name, true)
            }
            _ => (String::new(), false),
        };
        if names_itself {
            return (format!("{before}{marks}"), String::new());
        }
        let own = words::kind(part.kind, language);
        let (name, label) = match (part.cell.as_str(), label) {
            ("", label) if label.is_empty() => (own.to_owned(), String::new()),
            ("", label) => (label, String::new()),
            (cell, label) if label.is_empty() && part.kind == Kind::Balance => (cell.to_owned(), own.to_owned()),
            (cell, label) => (cell.to_owned(), label),
        };
        let name = match (before.is_empty(), name.is_empty()) {
            (true, _) => name,
            (false, true) => before,
            (false, false) => format!("{before}: {name}"),
        };
        (format!("{name}{marks}"), label)
    }
}

/// Whether a part tells something: a number without a name can be read in the formula.
fn is_shown(group: &Group, part: &Explanation) -> bool {
    part.kind != Kind::Number || group.of == Together::Choices || matches!(part.role, Role::Named { .. })
}

fn shown(group: &Group) -> bool {
    group.parts.iter().any(|part| is_shown(group, part))
}

fn written(formula: &Formula) -> String {
    let Formula { key, text, file, line } = formula;
    format!("{key} = {text}   ({file}:{line})")
}

/// What is stated, and where it comes from.
fn origin(stated: &Stated, kind: Kind, language: Language) -> Vec<String> {
    let mut first = stated.text.clone();
    if kind != Kind::Measure {
        first = choose(language, format!("opgegeven: {first}"), format!("stated: {first}"));
    }
    if stated.placeholder {
        first.push_str(choose(language, " · tijdelijke aanname", " · placeholder"));
    }
    if !stated.confidence.is_empty() {
        let confidence = match (stated.confidence.as_str(), language) {
            ("high", Language::Dutch) => "hoog",
            ("medium", Language::Dutch) => "middel",
            ("low", Language::Dutch) => "laag",
            (other, _) => other,
        };
        first.push_str(&choose(
            language,
            format!(" · betrouwbaarheid {confidence}"),
            format!(" · confidence {confidence}"),
        ));
    }
    first.push_str(&format!("   ({}:{})", stated.file, stated.line));
    let sources = [
        (&stated.source, choose(language, "bron", "source")),
        (&stated.assumption, choose(language, "aanname", "assumption")),
    ];
    let sources = sources.into_iter().filter(|(text, _)| !text.is_empty());
    std::iter::once(first)
        .chain(sources.map(|(text, word)| format!("{word}: {text}")))
        .collect()
}
