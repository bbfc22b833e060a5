//! Baseline and alternatives: the authors' text, and which measures each alternative has.
use super::writer::Writer;
use crate::document::{Block, Column, Section, Style, TableRow};
use crate::material::Part;
use crate::rows::{Record, records};
use std::collections::BTreeMap;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = vec![Block::heading(writer.say("Nulalternatief", "Baseline"))];
    let own = writer.own(Part::Baseline);
    let baseline = writer.baseline();
    blocks.push(Block::paragraph(writer.say(
        format!(
            "Het nulalternatief is “{baseline}”: de meest waarschijnlijke ontwikkeling zonder het nieuwe beleid. Elk bedrag in dit rapport is \
             een verschil met het nulalternatief in hetzelfde scenario en dezelfde trekking."
        ),
        format!(
            "The baseline is “{baseline}”: the most likely development without the new policy. Every amount in this report is a difference \
             from the baseline in the same scenario and the same draw."
        ),
    )));
    blocks.extend(own);
    blocks.push(Block::heading(writer.say("Projectalternatieven", "Alternatives")));
    blocks.extend(writer.own(Part::Alternatives));
    let measures = measures(writer);
    if measures.is_none() {
        blocks.push(Block::paragraph(writer.say(
            "De alternatieven verschillen in hun instellingen en niet in maatregelen:",
            "The alternatives differ in their settings and not in measures:",
        )));
        blocks.push(Block::list(writer.alternatives()));
    }
    blocks.extend(measures);
    writer.section(
        "alternatives",
        "Nulalternatief en alternatieven",
        "Baseline and alternatives",
        blocks,
    )
}

/// Which measure is in which alternative, the baseline first.
fn measures(writer: &Writer<'_>) -> Option<Block> {
    let table = writer.table("measures")?;
    let catalogue = writer.catalogue();
    let compared: Vec<usize> = catalogue.compared().collect();
    let order: Vec<&str> = [catalogue.baseline]
        .into_iter()
        .chain(compared)
        .map(|number| catalogue.alternatives[number].id.as_str())
        .collect();
    let mut found: BTreeMap<String, (usize, Record<'_>, Vec<String>)> = BTreeMap::new();
    for (place, record) in records(Some(table)).enumerate() {
        let entry = found
            .entry(record.text("measure"))
            .or_insert_with(|| (place, record, Vec::new()));
        entry.2.push(record.text("alternative"));
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|(place, ..)| *place);
    if found.is_empty() {
        return None;
    }
    let label = writer.say("label_nl", "label_en");
    let rows = found.into_iter().map(|(_, record, within)| {
        let about = [
            record.text(&label),
            pillar(writer, &record.text("pillar")),
            charge(writer, &record.text("charge")),
            status(writer, &record.text("status")),
            years(writer, record),
        ];
        let marks = order.iter().map(|alternative| {
            let is_in = within.iter().any(|one| one == alternative);
            if is_in {
                writer.say("ja", "yes")
            } else {
                "–".to_owned()
            }
        });
        TableRow::new(Style::Item, about.into_iter().chain(marks))
    });
    let rows = rows.collect();
    let about = [
        Column::text(writer.say("Maatregel", "Measure"), 3),
        Column::text(writer.say("Pijler", "Pillar"), 2),
        Column::text(writer.say("Trekker", "In charge"), 1),
        Column::text(writer.say("Status", "Status"), 2),
        Column::text(writer.say("Jaren", "Years"), 2),
    ];
    let labels = [writer.say("Nul", "Baseline")].into_iter().chain(writer.alternatives());
    let columns = about.into_iter().chain(labels.map(Column::number)).collect();
    let caption = writer.say(
        "Maatregelen in het nulalternatief en in elk projectalternatief",
        "Measures in the baseline and in each alternative",
    );
    Some(writer.numbers(caption, columns, rows, Vec::new()))
}

pub(super) fn pillar(writer: &Writer<'_>, pillar: &str) -> String {
    match pillar {
        "" => "–".to_owned(),
        "hardware" => "Hardware".to_owned(),
        "software" => "Software".to_owned(),
        "orgware" => "Orgware".to_owned(),
        "other" => writer.say("Overig", "Other"),
        other => other.to_owned(),
    }
}

/// Departments have their own names; other words are translated.
fn charge(writer: &Writer<'_>, charge: &str) -> String {
    match charge {
        "" => "–".to_owned(),
        "region" => writer.say("regio", "region"),
        "province" => writer.say("provincie", "province"),
        "municipality" => writer.say("gemeente", "municipality"),
        other => other.to_owned(),
    }
}

fn status(writer: &Writer<'_>, status: &str) -> String {
    match status {
        "" => "–".to_owned(),
        "decided" => writer.say("besloten", "decided"),
        "proposed" => writer.say("voorgesteld", "proposed"),
        "hypothetical" => writer.say("verkend", "hypothetical"),
        other => other.to_owned(),
    }
}

fn years(writer: &Writer<'_>, record: Record<'_>) -> String {
    let year = |column: &str| record.number(column).map(|year| format!("{year:.0}"));
    match (year("start"), year("until")) {
        (Some(start), Some(until)) => format!("{start}–{until}"),
        (Some(start), None) => writer.say(format!("vanaf {start}"), format!("from {start}")),
        (None, Some(until)) => writer.say(format!("t/m {until}"), format!("until {until}")),
        (None, None) => writer.say("alle jaren", "all years"),
    }
}
