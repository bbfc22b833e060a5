//! The rules of the guideline, one by one.
use super::writer::Writer;
use crate::document::{Block, Column, Section};
use crate::material::Part;
use crate::rows::{Record, records};

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Checklist);
    let rows: Vec<Record<'_>> = records(writer.table("checklist")).collect();
    if rows.is_empty() {
        blocks.push(Block::note(writer.say(
            "De rekenregels van deze studie hebben geen toetslijst.",
            "The rulebook of this study has no checklist.",
        )));
    } else {
        blocks.push(Block::paragraph(counts(writer, &rows)));
        let cells = rows.iter().map(|row| {
            let explanation = [text(writer, *row, "explanation"), row.text("source")];
            let explanation: Vec<String> = explanation.into_iter().filter(|text| !text.is_empty()).collect();
            vec![
                text(writer, *row, "text"),
                kind(writer, &row.text("kind")),
                status(writer, &row.text("status")),
                explanation.join(" · "),
            ]
        });
        let columns = vec![
            Column::text(writer.say("Regel", "Rule"), 5),
            Column::text(writer.say("Soort", "Kind"), 1),
            Column::text(writer.say("Oordeel", "Status"), 2),
            Column::text(writer.say("Toelichting en bron", "Explanation and source"), 5),
        ];
        let caption = writer.say("Toetslijst van de rekenregels", "Checklist of the rulebook");
        blocks.push(writer.records(caption, columns, cells.collect()));
    }
    writer.section("checklist", "Toetslijst", "Checklist", blocks)
}

/// A text in the language of the report, if there is one for each language.
fn text(writer: &Writer<'_>, row: Record<'_>, column: &str) -> String {
    let own = row.text(&format!("{column}_{}", writer.say("nl", "en")));
    if own.is_empty() { row.text(column) } else { own }
}

fn counts(writer: &Writer<'_>, rows: &[Record<'_>]) -> String {
    let mut statuses: Vec<String> = rows.iter().map(|row| status(writer, &row.text("status"))).collect();
    statuses.sort_unstable();
    let groups = statuses.chunk_by(|one, other| one == other);
    let counts: Vec<String> = groups.map(|group| format!("{} {}", group.len(), group[0])).collect();
    let (all, counts) = (rows.len(), counts.join(", "));
    writer.say(format!("{all} regels: {counts}."), format!("{all} rules: {counts}."))
}

fn kind(writer: &Writer<'_>, kind: &str) -> String {
    match kind {
        "guideline" => writer.say("richtlijn", "guideline"),
        "advice" => writer.say("advies", "advice"),
        other => other.to_owned(),
    }
}

fn status(writer: &Writer<'_>, status: &str) -> String {
    match status {
        "comply" => writer.say("voldoet", "complies"),
        "explain" => writer.say("wijkt af, toegelicht", "deviates, explained"),
        "not applicable" | "not_applicable" => writer.say("niet van toepassing", "not applicable"),
        "open" | "unknown" => writer.say("niet beoordeeld", "not judged"),
        "fail" | "deviates" => writer.say("voldoet niet", "does not comply"),
        other => other.to_owned(),
    }
}
