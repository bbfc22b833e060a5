//! The overview table of every scenario, alike.
use super::illustrations::Place;
use super::writer::Writer;
use crate::document::{Block, Section, Style, TableRow};
use crate::material::Part;
use crate::overview::page::{Row, RowStyle};
use crate::overview::{CaseFigures, Group, compose, words};

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Results);
    blocks.push(Block::paragraph(writer.say(
        "De tabellen hieronder zijn voor elk scenario gelijk van opbouw; de posten staan bij kosten en effecten. Bedragen zijn gemiddelden over de trekkingen, als verschil met het \
         nulalternatief; kosten zijn negatief. Onder elk saldo staan de band waarin negen van de tien trekkingen liggen en de Monte \
         Carlo-standaardfout: de onnauwkeurigheid door het eindige aantal trekkingen.",
        "The tables below are built alike for each scenario; the items are with the costs and effects. Amounts are means over the draws, as differences from the baseline; costs are \
         negative. Below each balance stand the band that holds nine draws in ten and the Monte Carlo standard error: the inaccuracy that \
         comes from the limited number of draws.",
    )));
    let notes = compose(
        writer.figures,
        writer.catalogue(),
        writer.material.run.draws,
        writer.language,
    )
    .notes;
    for (label, cases) in writer.scenarios() {
        let title = writer.say("Kosten, effecten en saldo", "Costs, effects and balance");
        let caption = format!("{title}, {label} ({})", writer.basis());
        let mut block = writer.by_alternative(caption, rows(writer, cases));
        if let Block::Table(table) = &mut block {
            table.notes.clone_from(&notes);
        }
        blocks.push(block);
    }
    blocks.extend(writer.illustrations(Place::Results));
    blocks.extend(super::interactions::blocks(writer));
    blocks.extend(pillars(writer));
    writer.section("results", "Resultaten per scenario", "Results per scenario", blocks)
}

/// The overview of a scenario by sort of cost and effect; the sections before have what is within each.
fn rows(writer: &Writer<'_>, cases: &[CaseFigures]) -> Vec<Row> {
    let overview = &writer.overview;
    let named = |word: words::Word| word.get(writer.language);
    let mut rows = vec![Row::heading(named(words::COSTS))];
    let mut sorts: Vec<&str> = Vec::new();
    for (_, flow) in overview.flows(Group::Cost) {
        if sorts.last() != Some(&flow.effect.as_str()) {
            sorts.push(&flow.effect);
        }
    }
    for sort in sorts {
        let of_case = |case: &CaseFigures| {
            let flows = overview.flows(Group::Cost);
            let of_sort = flows.iter().filter(|(_, flow)| flow.effect == sort);
            writer.amount(of_sort.map(|(number, _)| case.flows[*number]).sum())
        };
        let label = words::effect(sort).map_or(sort, named);
        rows.push(Row::new(label, RowStyle::Item, cases.iter().map(of_case).collect()));
    }
    rows.extend(overview.sum(cases, &[Group::Cost], words::TOTAL_COSTS));
    rows.push(Row::heading(writer.say("Effecten", "Effects")));
    let item = |row: Row| Row {
        style: RowStyle::Item,
        ..row
    };
    for (group, word) in Group::EFFECTS {
        rows.extend(overview.sum(cases, &[group], word).map(item));
    }
    rows.extend(overview.sum(cases, &Group::EFFECTS.map(|(group, _)| group), words::TOTAL_EFFECTS));
    rows.extend(overview.transfers(cases));
    if writer.has_separate() {
        rows.extend(overview.balance(cases, words::BALANCE_WITHOUT, |case| {
            (case.balance_without_separate, &case.ratio_without_separate)
        }));
        rows.extend(overview.sum(cases, &[Group::Separate], words::SEPARATE));
        rows.extend(overview.balance(cases, words::BALANCE_WITH, |case| (case.balance, &case.ratio)));
    } else {
        rows.extend(overview.balance(cases, words::BALANCE, |case| (case.balance, &case.ratio)));
    }
    // What they must be worth to change the sign is in the section about them.
    rows.extend(
        overview
            .unpriced(cases)
            .into_iter()
            .filter(|row| row.style != RowStyle::Detail),
    );
    rows
}

/// The balance divided by pillar, as bookkeeping.
fn pillars(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    let mut pillars: Vec<&str> = catalogue.flows.iter().map(|flow| flow.pillar.as_str()).collect();
    let order = ["hardware", "software", "orgware"];
    let place = |pillar: &str| order.iter().position(|one| *one == pillar).unwrap_or(order.len());
    pillars.sort_unstable_by_key(|pillar| (place(pillar), pillar.is_empty(), *pillar));
    pillars.dedup();
    if pillars.len() < 2 {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(writer.say("Naar pijler", "By pillar")),
        Block::paragraph(writer.say(
            "Elke geldstroom hoort bij één pijler; samen zijn zij het saldo. Dit is een boekhoudkundige verdeling en niet het effect van een \
             pijler op zichzelf: dat blijkt uit de alternatieven met en zonder die pijler.",
            "Every flow belongs to one pillar; together they are the balance. This is a division for the books and not the effect of a pillar \
             by itself, which shows from the alternatives with and without it.",
        )),
    ];
    for (label, cases) in writer.scenarios() {
        let mut rows: Vec<TableRow> = pillars
            .iter()
            .map(|pillar| {
                let sums = cases.iter().map(|case| {
                    let flows = catalogue.flows.iter().zip(&case.flows);
                    let of_pillar = flows.filter(|(flow, _)| flow.pillar == *pillar);
                    writer.amount(of_pillar.map(|(_, value)| value).sum())
                });
                let name = match *pillar {
                    "" => writer.say("Zonder pijler", "Without a pillar"),
                    known => super::alternatives::pillar(writer, known),
                };
                TableRow::new(Style::Item, [name].into_iter().chain(sums))
            })
            .collect();
        let balances = cases.iter().map(|case| writer.amount(case.balance.mean));
        let name = writer.say("Saldo", "Balance");
        rows.push(TableRow::new(Style::Balance, [name].into_iter().chain(balances)));
        let caption = writer.say("Saldo naar pijler", "Balance by pillar");
        let mut block = writer.by_alternative(format!("{caption}, {label} ({})", writer.basis()), Vec::new());
        if let Block::Table(table) = &mut block {
            table.rows = rows;
        }
        blocks.push(block);
    }
    blocks
}
