//! The overview table of every scenario, alike.
use super::illustrations::Place;
use super::writer::Writer;
use crate::document::{Block, Section, Style, TableRow};
use crate::material::Part;
use crate::overview::compose;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Results);
    blocks.push(Block::paragraph(writer.say(
        "De tabellen hieronder zijn voor elk scenario gelijk van opbouw. Bedragen zijn gemiddelden over de trekkingen, als verschil met het \
         nulalternatief; kosten zijn negatief. Onder elk saldo staan de band waarin negen van de tien trekkingen liggen en de Monte \
         Carlo-standaardfout: de onnauwkeurigheid door het eindige aantal trekkingen.",
        "The tables below are built alike for each scenario. Amounts are means over the draws, as differences from the baseline; costs are \
         negative. Below each balance stand the band that holds nine draws in ten and the Monte Carlo standard error: the inaccuracy that \
         comes from the limited number of draws.",
    )));
    let page = compose(
        writer.figures,
        writer.catalogue(),
        writer.material.run.draws,
        writer.language,
    );
    for scenario in page.scenarios {
        let title = writer.say("Kosten, effecten en saldo", "Costs, effects and balance");
        let caption = format!("{title}, {} ({})", scenario.title, writer.basis());
        let mut block = writer.by_alternative(caption, scenario.rows);
        if let Block::Table(table) = &mut block {
            table.notes.clone_from(&page.notes);
        }
        blocks.push(block);
    }
    blocks.extend(writer.illustrations(Place::Results));
    blocks.extend(pillars(writer));
    writer.section("results", "Resultaten per scenario", "Results per scenario", blocks)
}

/// The balance divided by pillar, as bookkeeping.
fn pillars(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    let mut pillars: Vec<&str> = catalogue.flows.iter().map(|flow| flow.pillar.as_str()).collect();
    pillars.sort_unstable();
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
