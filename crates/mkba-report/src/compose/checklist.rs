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
        let language = writer.say("nl", "en");
        let cells = rows.iter().map(|row| {
            let explanation = super::writer::without_marks(&row.text(&format!("explanation_{language}")));
            let reasons = [explanation, row.text("source")];
            let reasons: Vec<String> = reasons.into_iter().filter(|text| !text.is_empty()).collect();
            let judged = [
                status(writer, &row.text("status")),
                judge(writer, &row.text("judged_by")),
            ];
            let judged: Vec<String> = judged.into_iter().filter(|text| !text.is_empty()).collect();
            vec![
                row.text(&format!("text_{language}")),
                weight(writer, &row.text("kind")),
                judged.join(", "),
                reasons.join(" · "),
            ]
        });
        let columns = vec![
            Column::text(writer.say("Regel", "Rule"), 6),
            Column::text(writer.say("Soort", "Kind"), 2),
            Column::text(writer.say("Oordeel", "Status"), 3),
            Column::text(writer.say("Toelichting en bron", "Explanation and source"), 8),
        ];
        let caption = writer.say("Toetslijst van de rekenregels", "Checklist of the rulebook");
        blocks.push(writer.records(caption, columns, cells.collect()));
    }
    writer.section("checklist", "Toetslijst", "Checklist", blocks)
}

const STATUSES: [&str; 4] = ["comply", "explain", "not_applicable", "open"];

fn counts(writer: &Writer<'_>, rows: &[Record<'_>]) -> String {
    let counts = STATUSES.iter().filter_map(|word| {
        let count = rows.iter().filter(|row| row.is("status", word)).count();
        (count > 0).then(|| format!("{count} {}", status(writer, word)))
    });
    let counts: Vec<String> = counts.collect();
    let (all, counts) = (rows.len(), counts.join(", "));
    writer.say(
        format!(
            "{all} regels: {counts}. Een oordeel is van het programma, dat de studie heeft bekeken, of van de auteurs. Wat auteurs \
             toelichten, staat in de taal waarin zij het schreven."
        ),
        format!(
            "{all} rules: {counts}. A status is that of the program, which looked at the study, or of the authors. What authors \
             explain is in the language in which they wrote it."
        ),
    )
}

fn weight(writer: &Writer<'_>, weight: &str) -> String {
    match weight {
        "guideline" => writer.say("richtlijn", "guideline"),
        "advice" => writer.say("advies", "advice"),
        other => other.to_owned(),
    }
}

fn status(writer: &Writer<'_>, status: &str) -> String {
    match status {
        "comply" => writer.say("voldoet", "complies"),
        "explain" => writer.say("wijkt af, toegelicht", "deviates, explained"),
        "not_applicable" => writer.say("niet van toepassing", "not applicable"),
        "open" => writer.say("niet beoordeeld", "not judged"),
        other => other.to_owned(),
    }
}

fn judge(writer: &Writer<'_>, judge: &str) -> String {
    match judge {
        "engine" => writer.say("programma", "program"),
        "author" => writer.say("auteurs", "authors"),
        _ => String::new(),
    }
}
