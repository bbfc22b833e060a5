//! The list of sources for a terminal.
use super::words::{self, confidence};
use super::{Figure, Provenances};
use crate::overview::number::number;
use crate::overview::words::{Word, choose};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use mkba_core::appraisal::catalogue::Language;
use std::collections::BTreeMap;

const WIDTH: u16 = 110;
/// A longer value is cut; it stands in full in the file.
const LONGEST_VALUE: usize = 36;
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// The whole list: sources, assumptions, placeholders, what has to be looked at again, and how many of each.
pub fn print(provenances: &Provenances, language: Language) -> String {
    let title = format!("{}: {}", provenances.label.get(language), words::TITLE.get(language));
    let mut text = format!("\n{BOLD}{title}{PLAIN}\n");
    let figures = &provenances.figures;
    let weighed = provenances.draws.is_some();
    sources(&mut text, figures, language);
    let assumed = figures.iter().filter(|it| it.source.is_empty() && !it.placeholder);
    let assumed = ordered(assumed.collect());
    section(&mut text, words::ASSUMPTIONS.get(language), assumed.len());
    text.push_str(&table(&assumed, weighed, language, &Last::Reason));
    let placeholders = ordered(figures.iter().filter(|it| it.placeholder).collect());
    section(&mut text, words::PLACEHOLDERS.get(language), placeholders.len());
    if !placeholders.is_empty() {
        let order = match provenances.draws {
            Some(draws) => measure(draws, provenances.other_weight, language),
            None => words::BY_FLOWS.get(language).to_owned(),
        };
        text.push_str(&format!("{order}\n"));
        if weighed && placeholders.iter().any(|it| !it.uncertain) {
            text.push_str(&format!("{}\n", words::FIXED_NOTE.get(language)));
        }
    }
    let where_it_is = Last::Column(words::WHERE, &place);
    text.push_str(&table(&placeholders, weighed, language, &where_it_is));
    let overdue = ordered(figures.iter().filter(|it| it.overdue).collect());
    section(&mut text, words::OVERDUE.get(language), overdue.len());
    let date = |it: &Figure| it.review.map(|date| date.to_string()).unwrap_or_default();
    text.push_str(&table(&overdue, weighed, language, &Last::Column(words::REVIEW, &date)));
    text.push_str(&summary(provenances, language));
    text
}

fn section(text: &mut String, title: &str, count: usize) {
    text.push_str(&format!("\n{BOLD}{title} ({count}){PLAIN}\n"));
}

/// Each source once, with the figures that rest on it.
fn sources(text: &mut String, figures: &[Figure], language: Language) {
    let mut by_source: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| !figure.source.is_empty()) {
        by_source.entry(&figure.source).or_default().push(figure);
    }
    section(text, words::SOURCES.get(language), by_source.len());
    for (source, figures) in by_source {
        for (number, line) in wrap(source, usize::from(WIDTH) - 4).into_iter().enumerate() {
            text.push_str(if number == 0 { "  " } else { "    " });
            text.push_str(&line);
            text.push('\n');
        }
        for figure in figures {
            let uses = match figure.used_by.as_slice() {
                [] => words::NOT_IN_USE.get(language).to_owned(),
                users => format!("{} {}", words::USED_BY.get(language), users.join(", ")),
            };
            let sure = confidence(&figure.confidence).get(language);
            let line = format!("{} = {} · {sure} · {uses}", name(figure), cut(&figure.value));
            for (number, line) in wrap(&line, usize::from(WIDTH) - 10).into_iter().enumerate() {
                text.push_str(if number == 0 { "      · " } else { "        " });
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
}

/// What weighs most first; then what most flows depend on; then by name.
fn ordered(mut figures: Vec<&Figure>) -> Vec<&Figure> {
    figures.sort_by(|a, b| {
        let weight = |figure: &Figure| figure.weight.unwrap_or(-1.0);
        weight(b)
            .total_cmp(&weight(a))
            .then(b.flows.len().cmp(&a.flows.len()))
            .then_with(|| name(a).cmp(&name(b)))
    });
    figures
}

/// What a table says of a figure after its numbers.
enum Last<'f> {
    /// A short text in a column with a heading.
    Column(Word, &'f dyn Fn(&Figure) -> String),
    /// Why it is assumed, on lines of their own.
    Reason,
}

fn table(figures: &[&Figure], weighed: bool, language: Language, last: &Last<'_>) -> String {
    if figures.is_empty() {
        return format!("  {}\n", words::NONE.get(language));
    }
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    let mut headings = vec![words::NAME, words::VALUE, words::CONFIDENCE];
    if weighed {
        headings.push(words::WEIGHT);
    }
    headings.push(words::FLOWS);
    let numbers = 3..headings.len();
    if let Last::Column(heading, _) = last {
        headings.push(*heading);
    }
    let indented = |number: usize, text: &str| format!("{}{text}", if number == 0 { "  " } else { "" });
    let heading = |(number, word): (usize, &Word)| indented(number, word.get(language));
    table.add_row(headings.iter().enumerate().map(heading));
    for figure in figures {
        let mut cells = vec![
            indented(0, &name(figure)),
            cut(&figure.value),
            confidence(&figure.confidence).get(language).to_owned(),
        ];
        if weighed {
            cells.push(match figure.weight {
                Some(weight) => share(weight, language),
                None if figure.uncertain => String::new(),
                None => words::FIXED.get(language).to_owned(),
            });
        }
        cells.push(figure.flows.len().to_string());
        if let Last::Column(_, text) = last {
            cells.push(text(figure));
        }
        table.add_row(cells);
    }
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if numbers.contains(&number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    // Every row is one line: nothing in a cell is broken.
    let mut lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    if matches!(last, Last::Reason) {
        for (number, figure) in figures.iter().enumerate().rev() {
            let reason = wrap(&figure.assumption, usize::from(WIDTH) - 6);
            let reason = reason.into_iter().map(|line| format!("      {line}"));
            lines.splice(number + 2..number + 2, reason);
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn name(figure: &Figure) -> String {
    match &figure.scenario {
        Some(scenario) => format!("{} ({scenario})", figure.name),
        None => figure.name.clone(),
    }
}

/// Name of the file, and line: files of a model rarely have the same name.
fn place(figure: &Figure) -> String {
    figure.place.rsplit('/').next().unwrap_or_default().to_owned()
}

fn cut(value: &str) -> String {
    if value.chars().count() <= LONGEST_VALUE {
        return value.to_owned();
    }
    let start: String = value.chars().take(LONGEST_VALUE - 1).collect();
    format!("{start}…")
}

/// A share with one decimal, so that those of a column stand below each other.
fn share(share: f64, language: Language) -> String {
    format!("{} %", number(share * 100.0, 1, language))
}

fn measure(draws: u64, other: Option<f64>, language: Language) -> String {
    let draws = number(draws as f64, 0, language);
    let mut text = choose(
        language,
        format!(
            "Op volgorde van gewicht: het aandeel in de gekwadrateerde rangcorrelaties met het saldo over {draws} trekkingen, gemiddeld over scenario's en alternatieven."
        ),
        format!(
            "By weight: the share of the squared rank correlations with the balance over {draws} draws, mean over scenarios and alternatives."
        ),
    );
    if let Some(other) = other.filter(|other| *other >= 0.0005) {
        let share = share(other, language);
        text.push_str(&choose(
            language,
            format!(" Invoer buiten deze lijst (zoals een discontovoet van de studie): {share}."),
            format!(" Inputs outside this list (such as a discount rate of the study): {share}."),
        ));
    }
    wrap(&text, usize::from(WIDTH)).join("\n")
}

/// How many there are of each.
fn summary(provenances: &Provenances, language: Language) -> String {
    let figures = &provenances.figures;
    let count = |is: fn(&Figure) -> bool| figures.iter().filter(|figure| is(figure)).count();
    let sourced = count(|figure| !figure.source.is_empty());
    let placeholders = count(|figure| figure.placeholder);
    let overdue = count(|figure| figure.overdue);
    let (all, on) = (figures.len(), provenances.on);
    let mut text = choose(
        language,
        format!(
            "{all} getallen: {sourced} met een bron, {} aangenomen; {placeholders} tijdelijk; {overdue} voorbij hun herzieningsdatum op {on}.",
            all - sourced
        ),
        format!(
            "{all} numbers: {sourced} with a source, {} assumed; {placeholders} placeholders; {overdue} past their review date on {on}.",
            all - sourced
        ),
    );
    if provenances.draws.is_some() {
        let weight: f64 = figures
            .iter()
            .filter(|it| it.placeholder)
            .filter_map(|it| it.weight)
            .sum();
        let share = share(weight, language);
        text.push_str(&choose(
            language,
            format!(" Tijdelijke aannames dragen samen {share} van het gewicht."),
            format!(" Placeholders together carry {share} of the weight."),
        ));
    }
    format!("\n{}\n", wrap(&text, usize::from(WIDTH)).join("\n"))
}

/// Lines of whole words; a longer word, such as an address, has a line of its own and is never cut.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
