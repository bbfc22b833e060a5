//! The summary: what is concluded, the main table of every scenario, and what a reader must know beside it.
use super::conclusions;
use super::illustrations::Place;
use super::writer::Writer;
use crate::document::{Block, Section, Style, TableRow};
use crate::material::Part;
use crate::overview::{CaseFigures, Group, rate, words};

/// What has to be known before reading any number, for the title page.
pub(super) fn facts(writer: &Writer<'_>) -> Vec<(String, String)> {
    let catalogue = writer.catalogue();
    let origin = &writer.material.origin;
    let rates: Vec<String> = catalogue
        .rates
        .iter()
        .map(|entry| rate(entry, catalogue, writer.language))
        .collect();
    let scenarios: Vec<&str> = writer.scenarios().map(|(label, _)| label).collect();
    let draws = writer.number(origin.draws as f64, 0);
    [
        ("Prijspeil", "Price level", catalogue.price_year.to_string()),
        ("Basisjaar", "Base year", catalogue.base_year.to_string()),
        (
            "Zichtperiode",
            "Horizon",
            format!("{}–{}", catalogue.first_year, catalogue.last_year),
        ),
        ("Discontovoet", "Discount rate", rates.join(", ")),
        ("Scenario's", "Scenarios", scenarios.join(", ")),
        (
            "Rekenregels",
            "Rulebook",
            catalogue.rulebook.label.get(writer.language).to_owned(),
        ),
        ("Trekkingen", "Draws", draws),
    ]
    .into_iter()
    .map(|(dutch, english, value)| (writer.say(dutch, english), value))
    .collect()
}

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Summary);
    blocks.push(Block::List {
        ordered: false,
        start: 1,
        items: conclusions::grouped(writer)
            .into_iter()
            .map(|text| vec![Block::Paragraph { text }])
            .collect(),
    });
    for (label, cases) in writer.scenarios() {
        let caption = writer.say("Samenvatting van kosten en baten", "Summary of costs and benefits");
        let mut block = writer.by_alternative(format!("{caption}, {label} ({})", writer.basis()), Vec::new());
        if let Block::Table(table) = &mut block {
            table.rows = rows(writer, cases);
            table.notes.extend(notes(writer));
        }
        blocks.push(block);
    }
    blocks.push(Block::Note {
        blocks: vec![Block::list(conclusions::caveats(writer))],
    });
    blocks.extend(writer.illustrations(Place::Summary));
    writer.section("summary", "Samenvatting", "Summary", blocks)
}

/// The main table of a scenario: totals, balances with bands and ratios, and how many items are not priced.
fn rows(writer: &Writer<'_>, cases: &[CaseFigures]) -> Vec<TableRow> {
    let overview = &writer.overview;
    let effects = Group::EFFECTS.map(|(group, _)| group);
    let mut rows = Vec::new();
    rows.extend(overview.sum(cases, &[Group::Cost], words::TOTAL_COSTS));
    rows.extend(overview.sum(cases, &effects, words::TOTAL_EFFECTS));
    let across = words::word("Overdrachten over de grens", "Transfers across the border");
    let changes = |case: &CaseFigures| {
        let flows = overview.flows(Group::Transfer);
        overview
            .unit
            .is_visible(flows.iter().map(|(number, _)| case.flows[*number]).sum())
    };
    if writer.figures.cases().any(changes) {
        rows.extend(overview.sum(cases, &[Group::Transfer], across));
    }
    if writer.has_separate() {
        rows.extend(overview.balance(cases, words::BALANCE_WITHOUT, |case| {
            (case.balance_without_separate, &case.ratio_without_separate)
        }));
        rows.extend(overview.sum(cases, &[Group::Separate], words::SEPARATE));
        rows.extend(overview.balance(cases, words::BALANCE_WITH, |case| (case.balance, &case.ratio)));
    } else {
        rows.extend(overview.balance(cases, words::BALANCE, |case| (case.balance, &case.ratio)));
    }
    let mut rows: Vec<TableRow> = rows.into_iter().map(super::writer::table_row).collect();
    let unpriced = &writer.catalogue().unpriced;
    if !unpriced.is_empty() {
        let count = |sign: &str| unpriced.iter().filter(|item| item.sign == sign).count();
        let signs = [("+", "+"), ("−", "-"), ("±", "±")].map(|(shown, sign)| (shown, count(sign)));
        let signs: Vec<String> = signs
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(shown, count)| format!("{count}×\u{a0}{shown}"))
            .collect();
        let signs = signs.join(", ");
        let label = writer.say("PM-posten, niet in het saldo", "Unpriced items, not in the balance");
        let cells = [label].into_iter().chain(cases.iter().map(|_| signs.clone()));
        rows.push(TableRow::new(Style::Item, cells));
    }
    rows
}

fn notes(writer: &Writer<'_>) -> Vec<String> {
    let convention = writer.figures.cases().next().map(|case| {
        let convention = words::convention(&case.ratio.convention).get(writer.language);
        format!("{}: {convention}.", words::RATIO.get(writer.language))
    });
    convention.into_iter().collect()
}
