//! From the tree to lines of text, 100 columns wide: what it is to the left, numbers to the right, and below it its formula and source.
use super::line::{Line, amounts, greatest_money, share, sign};
use super::{Page, words};
use crate::overview::words::choose;
use crate::overview::{columns_of, emphasised, wrap};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::explanation::{Explanation, Formula, Group, Kind, Note, Rest, Role, Stated, Together};

/// Columns of the terminal.
const WIDTH: usize = 100;
/// Columns of the text before the numbers.
const LEAST_TEXT: usize = 36;
const BRANCH: &str = "├ ";
const LAST: &str = "└ ";
const TRUNK: &str = "│ ";
const NOTHING: &str = "  ";

/// The page as text. Emphasis is in escape codes, which the output leaves out where they do not belong.
pub fn text(page: &Page, language: Language) -> String {
    let mut tree = Tree {
        lines: Vec::new(),
        language,
    };
    let top = &page.explanation;
    tree.explained(top, "", "", greatest_money([top]));
    let heads = page.baseline.as_ref().map(|baseline| [&page.alternative, baseline]);
    let has_baseline = tree
        .lines
        .iter()
        .any(|line| matches!(line, Row::Columns(line) if !line.baseline.is_empty()));
    let baseline = choose(language, "nulalternatief", "baseline");
    let heads = heads
        .filter(|_| has_baseline)
        .map(|[alternative, _]| [alternative.label.get(language), baseline]);
    let mut lines = heading(page, language);
    lines.push(String::new());
    lines.extend(arrange(&tree.lines, heads));
    lines.push(String::new());
    lines.extend(legend(top, page, language));
    lines.push(String::new());
    lines.join("\n")
}

/// What has to be known to read the numbers.
fn heading(page: &Page, language: Language) -> Vec<String> {
    let label = page.alternative.label.get(language);
    let named = |label: &str, id: &str| {
        if label.is_empty() {
            id.to_owned()
        } else {
            format!("{label} ({id})")
        }
    };
    let scenario = named(page.scenario.label.get(language), &page.scenario.id);
    let alternative = named(label, &page.alternative.id);
    let case = match &page.baseline {
        Some(baseline) => {
            let baseline = named(baseline.label.get(language), &baseline.id);
            choose(
                language,
                format!("{scenario} · {alternative} ten opzichte van {baseline}"),
                format!("{scenario} · {alternative} against {baseline}"),
            )
        }
        None => format!("{scenario} · {alternative}"),
    };
    let settings = choose(
        language,
        format!("prijspeil {}, contante waarden in {}", page.price_year, page.base_year),
        format!("price level {}, present values in {}", page.price_year, page.base_year),
    );
    let numbers = format!("{} · {settings}", words::numbers(page.numbers, language));
    let mut lines = vec![String::new()];
    lines.extend(
        wrap(page.study.get(language), WIDTH)
            .iter()
            .map(|line| emphasised(line)),
    );
    lines.extend(wrap(&case, WIDTH));
    lines.extend(wrap(&numbers, WIDTH));
    lines
}

/// A row of the tree.
enum Row {
    /// With numbers.
    Columns(Line),
    /// Words below a line, behind the branches of the tree; may take the whole width.
    Words(String, String),
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

/// Lines in columns that fit the numbers.
fn arrange(rows: &[Row], heads: Option<[&str; 2]>) -> Vec<String> {
    let columns = || {
        rows.iter().filter_map(|row| match row {
            Row::Columns(line) => Some(line),
            Row::Words(..) => None,
        })
    };
    let widest = |of: fn(&Line) -> &String| columns().map(|line| columns_of(of(line))).max().unwrap_or(0);
    let mut widths = [
        widest(|line| &line.share),
        widest(|line| &line.value),
        widest(|line| &line.baseline),
        widest(|line| &line.unit),
    ];
    // A heading is broken over lines rather than making its column wide.
    if let Some([_, baseline]) = heads {
        (widths[1], widths[2]) = (widths[1].max(12), widths[2].max(columns_of(baseline)));
    }
    let gap = |width: usize| if width == 0 { 0 } else { width + 2 };
    let numbers: usize =
        gap(widths[0]) + gap(widths[1]) + gap(widths[2]) + if widths[3] == 0 { 0 } else { widths[3] + 1 };
    let room = WIDTH.saturating_sub(numbers).max(LEAST_TEXT);
    let mut lines = Vec::new();
    if let Some([alternative, baseline]) = heads {
        let parts = [wrap(alternative, widths[1]), wrap(baseline, widths[2])];
        let height = parts.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..height {
            let cell = |lines: &Vec<String>| {
                let above = height - lines.len();
                number
                    .checked_sub(above)
                    .map_or_else(String::new, |at| lines[at].clone())
            };
            let before = room + gap(widths[0]);
            let line = format!(
                "{}  {}  {}",
                " ".repeat(before),
                right(&cell(&parts[0]), widths[1]),
                right(&cell(&parts[1]), widths[2])
            );
            lines.push(line.trim_end().to_owned());
        }
    }
    for row in rows {
        match row {
            Row::Words(prefix, text) => lines.push(format!("{prefix}{text}")),
            Row::Columns(line) => {
                let name = format!("{}{}", line.prefix, line.text);
                let labelled = format!("{name}  {}", line.label);
                let fits = |text: &str| columns_of(text) <= room;
                let text = match &line.label {
                    label if !label.is_empty() && fits(&labelled) => labelled,
                    // A cell is shown whole, so that it can be asked for: its numbers then stand on a line of their own.
                    label if !label.is_empty() && !fits(&name) => {
                        lines.push(name);
                        line.below.clone()
                    }
                    _ => cut(&name, room),
                };
                let shown = if line.strong { emphasised(&text) } else { text.clone() };
                let mut out = format!("{shown}{}", " ".repeat(room.saturating_sub(columns_of(&text))));
                for (cell, width) in [
                    (&line.share, widths[0]),
                    (&line.value, widths[1]),
                    (&line.baseline, widths[2]),
                ] {
                    if width > 0 {
                        out.push_str("  ");
                        out.push_str(&right(cell, width));
                    }
                }
                if !line.unit.is_empty() {
                    out.push(' ');
                    out.push_str(&line.unit);
                }
                lines.push(out.trim_end().to_owned());
            }
        }
    }
    lines
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns_of(text))))
}

/// A text that fits, cut at the end if need be.
fn cut(text: &str, width: usize) -> String {
    if columns_of(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The signs that occur, explained.
fn legend(top: &Explanation, page: &Page, language: Language) -> Vec<String> {
    let mut signs = Signs::default();
    signs.find(top, true);
    let mut lines = Vec::new();
    if signs.decides {
        lines.push(choose(
            language,
            "◄ dit geldt (met het deel van de trekkingen)",
            "◄ this one counts (with the share of the draws)",
        ));
    }
    if signs.deeper {
        lines.push(choose(
            language,
            "▸ hier zit nog iets onder: `--depth` opent het, of vraag ernaar als cel",
            "▸ there is more below: `--depth` opens it, or ask for it as a cell",
        ));
    }
    if signs.above {
        lines.push(choose(
            language,
            "↑ hierboven al uitgelegd",
            "↑ explained above already",
        ));
    }
    if signs.equal {
        lines.push(choose(
            language,
            "= zelfde waarde in het nulalternatief",
            "= the same value in the baseline",
        ));
    }
    if matches!(page.numbers, super::Numbers::Mean { .. }) && signs.product {
        lines.push(choose(
            language,
            "Gemiddelden tellen op, maar vermenigvuldigen niet: `--draw 17` toont één trekking die klopt tot op de laatste bit",
            "Means add up but do not multiply: `--draw 17` shows one draw, in which everything does",
        ));
    }
    lines.into_iter().flat_map(|line| wrap(line, WIDTH)).collect()
}

#[derive(Default)]
struct Signs {
    decides: bool,
    deeper: bool,
    above: bool,
    equal: bool,
    product: bool,
}

impl Signs {
    fn find(&mut self, part: &Explanation, is_top: bool) {
        self.decides |= part.decides.is_some_and(|share| share > 0.0) && !is_top;
        self.deeper |= part.notes.contains(&Note::Deeper);
        self.above |= part.notes.contains(&Note::Above);
        self.equal |= part
            .baseline
            .is_some_and(|baseline| baseline.to_bits() == part.value.to_bits());
        for group in &part.groups {
            self.product |= group.of == Together::Factors;
            group.parts.iter().for_each(|part| self.find(part, false));
        }
    }
}
