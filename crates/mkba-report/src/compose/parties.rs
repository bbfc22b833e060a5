//! Who bears and who gains: parties and regions.
use super::illustrations::Place;
use super::writer::Writer;
use crate::document::{Block, Section, Style, TableRow};
use crate::material::Part;
use crate::rows::{Record, records};
use std::collections::BTreeMap;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Distribution);
    blocks.push(Block::paragraph(writer.say(
        "Dezelfde geldstromen, nu naar wie ze draagt of ontvangt. Overdrachten tellen hier mee. Partijen met standing tellen op tot het saldo; \
         wat in het buitenland terechtkomt staat eronder en telt niet mee.",
        "The same flows, now by who bears or receives them. Transfers count here. Parties with standing add up to the balance; what lands \
         abroad stands below and does not count.",
    )));
    blocks.extend(parties(writer));
    blocks.extend(writer.illustrations(Place::Distribution));
    blocks.extend(regions(writer));
    writer.section(
        "distribution",
        "Verdeling over partijen",
        "Distribution over parties",
        blocks,
    )
}

fn parties(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    let totals = totals(writer, "parties", "party");
    let mut blocks = Vec::new();
    for ((scenario, cases), entry) in writer.scenarios().zip(&catalogue.scenarios) {
        let row = |style: Style, id: &str, label: &str| {
            let amounts = writer.alternative_ids();
            let amounts = amounts
                .iter()
                .map(|alternative| totals.get(&[&entry.id, *alternative, id].map(str::to_owned)));
            let cells = amounts.map(|amount| amount.map_or_else(|| "–".to_owned(), |amount| writer.amount(*amount)));
            TableRow::new(style, [label.to_owned()].into_iter().chain(cells))
        };
        let with_standing = |wanted: bool| catalogue.parties.iter().filter(move |party| party.standing == wanted);
        let mut rows: Vec<TableRow> = with_standing(true)
            .map(|party| row(Style::Item, &party.entry.id, party.entry.label.get(writer.language)))
            .collect();
        let balances = cases.iter().map(|case| writer.amount(case.balance.mean));
        let name = writer.say("Saldo (som)", "Balance (sum)");
        rows.push(TableRow::new(Style::Balance, [name].into_iter().chain(balances)));
        if with_standing(false).next().is_some() {
            rows.push(TableRow::new(
                Style::Heading,
                [writer.say("Telt niet mee in het saldo", "Not part of the balance")],
            ));
            let others = with_standing(false)
                .map(|party| row(Style::Item, &party.entry.id, party.entry.label.get(writer.language)));
            rows.extend(others);
        }
        let caption = writer.say("Wie draagt en wie ontvangt", "Who bears and who gains");
        blocks.push(table(
            writer,
            format!("{caption}, {scenario} ({})", writer.basis()),
            rows,
        ));
    }
    blocks
}

fn regions(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    if writer.table("regions").is_none() || catalogue.regions.is_empty() {
        return Vec::new();
    }
    let totals = totals(writer, "regions", "region");
    let mut blocks = vec![
        Block::heading(writer.say("Naar regio", "By region")),
        Block::paragraph(writer.say(
            "Waar kosten en baten terechtkomen. Wat niet aan een regio is toe te rekenen staat onder “zonder regio”; samen is het het saldo.",
            "Where costs and benefits land. What belongs to no region stands under “no region”; together it is the balance.",
        )),
    ];
    for ((scenario, cases), entry) in writer.scenarios().zip(&catalogue.scenarios) {
        let ids = writer.alternative_ids();
        let amount = |alternative: &str, region: &str| {
            totals
                .get(&[&entry.id, alternative, region].map(str::to_owned))
                .copied()
        };
        let regions = catalogue.regions.iter().map(String::as_str).chain(["rest"]);
        let mut rows: Vec<TableRow> = regions
            .map(|region| {
                let cells = ids.iter().map(|alternative| amount(alternative, region));
                let cells = cells.map(|amount| amount.map_or_else(|| "–".to_owned(), |amount| writer.amount(amount)));
                TableRow::new(Style::Item, [name(writer, region)].into_iter().chain(cells))
            })
            .collect();
        let balances = cases.iter().map(|case| writer.amount(case.balance.mean));
        let label = writer.say("Saldo (som)", "Balance (sum)");
        rows.push(TableRow::new(Style::Balance, [label].into_iter().chain(balances)));
        let caption = writer.say("Saldo naar regio", "Balance by region");
        blocks.push(table(
            writer,
            format!("{caption}, {scenario} ({})", writer.basis()),
            rows,
        ));
    }
    blocks
}

/// A key of a region as a name: `noord-brabant` is Noord-Brabant.
fn name(writer: &Writer<'_>, region: &str) -> String {
    if region == "rest" {
        return writer.say("Zonder regio", "No region");
    }
    let parts = region.split('-').map(|part| {
        let mut letters = part.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    parts.collect::<Vec<String>>().join("-")
}

/// Totals by scenario, alternative and a third column.
fn totals(writer: &Writer<'_>, table: &str, third: &str) -> BTreeMap<[String; 3], f64> {
    let key = |row: Record<'_>| [row.text("scenario"), row.text("alternative"), row.text(third)];
    let rows = records(writer.table(table)).filter(|row| row.is("flow", "total"));
    rows.filter_map(|row| Some((key(row), row.number("pv_mean_eur")?)))
        .collect()
}

fn table(writer: &Writer<'_>, caption: String, rows: Vec<TableRow>) -> Block {
    let mut block = writer.by_alternative(caption, Vec::new());
    if let Block::Table(table) = &mut block {
        table.rows = rows;
    }
    block
}
