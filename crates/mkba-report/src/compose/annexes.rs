//! Annexes: every number with its source, the placeholders, further figures, and how to repeat the run.
use super::illustrations::Place;
use super::uncertainty::influences;
use super::writer::Writer;
use crate::document::{Block, Column, Inline, Section};
use crate::rows::{Record, records};
use mkba_core::written::written;
use std::collections::BTreeMap;

/// So many placeholders are told again by their weight; all are in the table of numbers.
const MOST_PLACEHOLDERS: usize = 20;

pub(super) fn sections(writer: &Writer<'_>) -> Vec<Section> {
    let shares = shares(writer);
    let further = writer.illustrations(Place::Elsewhere);
    let mut sections = vec![unit_values(writer, &shares), placeholders(writer, &shares)];
    if !further.is_empty() {
        sections.push(writer.section("annex-figures", "Verdere figuren", "Further figures", further));
    }
    let mut last = reproducibility(writer);
    last.blocks.extend(writer.beside());
    sections.push(last);
    sections
}

/// Mean share of the spread by name of a parameter, elements taken together.
fn shares(writer: &Writer<'_>) -> BTreeMap<String, f64> {
    let mut shares = BTreeMap::new();
    for (input, influence) in influences(writer) {
        let name = input.split('[').next().unwrap_or(&input).to_owned();
        *shares.entry(name).or_insert(0.0) += influence.mean;
    }
    shares
}

fn unit_values(writer: &Writer<'_>, shares: &BTreeMap<String, f64>) -> Section {
    let mut blocks = vec![Block::paragraph(writer.say(
        "Elk getal van het model en de scenario's, met zijn bron of met de reden van de aanname. Bronnen en redenen staan er zoals zij in het \
         model zijn opgeschreven. Het aandeel is dat in de spreiding van het saldo, gemiddeld over scenario's en alternatieven; een vast getal \
         heeft er geen, hoeveel de uitkomst er ook van kan afhangen.",
        "Every number of the model and the scenarios, with its source or the reason why it is assumed. Sources and reasons stand as they were \
         written in the model. The share is that in the spread of the balance, a mean over scenarios and alternatives; a fixed number has \
         none, however much the result may depend on it.",
    ))];
    let rows: Vec<Vec<String>> = records(writer.table("sources"))
        .filter(|row| !row.is("kind", "measure"))
        .map(|row| {
            let share = match shares.get(&row.text("name")) {
                Some(share) => writer.percent(*share, 1),
                None if row.says_yes("uncertain") => "–".to_owned(),
                None => writer.say("vast", "fixed"),
            };
            vec![
                named(writer, row),
                written(&row.text("value"), writer.language),
                reason(row),
                confidence(writer, row),
                share,
            ]
        })
        .collect();
    if rows.is_empty() {
        blocks.push(Block::note(writer.say(
            "De run heeft geen lijst van getallen.",
            "The run has no list of numbers.",
        )));
    } else {
        let columns = vec![
            Column::text(writer.say("Kengetal", "Figure"), 3),
            Column::text(writer.say("Waarde", "Value"), 3),
            Column::text(
                writer.say("Bron of reden van de aanname", "Source, or reason of the assumption"),
                6,
            ),
            Column::text(writer.say("Zekerheid", "Confidence"), 2),
            Column::text(writer.say("Aandeel", "Share"), 2),
        ];
        let caption = writer.say("Kengetallen, bronnen en aannames", "Figures, sources and assumptions");
        blocks.push(writer.records(caption, columns, rows));
    }
    writer.section("annex-values", "Kengetallen en bronnen", "Figures and sources", blocks)
}

fn placeholders(writer: &Writer<'_>, shares: &BTreeMap<String, f64>) -> Section {
    let mut found: Vec<(f64, Record<'_>)> = records(writer.table("sources"))
        .filter(|row| row.says_yes("placeholder"))
        .map(|row| (shares.get(&row.text("name")).copied().unwrap_or(-1.0), row))
        .collect();
    found.sort_by(|(a, first), (b, second)| {
        b.total_cmp(a)
            .then_with(|| first.text("name").cmp(&second.text("name")))
    });
    let mut blocks = vec![Block::paragraph(writer.say(
        "Getallen die eerst moeten worden vervangen voordat de uitkomst in een besluit wordt gebruikt, op volgorde van hun aandeel in de \
         spreiding. Het zijn aannames van de makers van het model en nadrukkelijk geen officiële kengetallen.",
        "Numbers to be replaced before the result is used in a decision, in order of their share of the spread. They are assumptions by the \
         makers of the model and expressly not official figures.",
    ))];
    if found.is_empty() {
        blocks.push(Block::note(
            writer.say("Er zijn geen tijdelijke aannames.", "There are no placeholders."),
        ));
    } else {
        let rest = found.len().saturating_sub(MOST_PLACEHOLDERS);
        let rows = found.iter().take(MOST_PLACEHOLDERS).map(|(share, row)| {
            let share = if *share >= 0.0 {
                writer.percent(*share, 1)
            } else {
                writer.say("vast", "fixed")
            };
            vec![
                named(writer, *row),
                written(&row.text("value"), writer.language),
                share,
                reason(*row),
            ]
        });
        let columns = vec![
            Column::text(writer.say("Tijdelijke aanname", "Placeholder"), 3),
            Column::text(writer.say("Waarde", "Value"), 3),
            Column::text(writer.say("Aandeel in de spreiding", "Share of the spread"), 2),
            Column::text(writer.say("Reden", "Reason"), 6),
        ];
        let caption = writer.say(
            "Tijdelijke aannames, eerst te vervangen",
            "Placeholders, to be replaced first",
        );
        blocks.push(writer.records(caption, columns, rows.collect()));
        if rest > 0 {
            blocks.push(Block::paragraph(writer.say(
                format!(
                    "De overige {rest} wegen minder zwaar; zij staan tussen alle andere getallen in de vorige bijlage."
                ),
                format!("The other {rest} weigh less; they are among all other numbers in the annex before this one."),
            )));
        }
    }
    writer.section("annex-placeholders", "Tijdelijke aannames", "Placeholders", blocks)
}

/// Label, with the scenario of a driver.
fn named(writer: &Writer<'_>, row: Record<'_>) -> String {
    let label = &writer.say("label_nl", "label_en");
    let (name, scenario) = (row.text(label), row.text("scenario"));
    let name = if name.is_empty() { row.text("name") } else { name };
    let known = writer.catalogue().scenarios.iter().find(|entry| entry.id == scenario);
    let scenario = known.map_or(scenario.as_str(), |entry| entry.label.get(writer.language));
    if scenario.is_empty() {
        name
    } else {
        format!("{name} ({scenario})")
    }
}

fn reason(row: Record<'_>) -> String {
    let texts = [row.text("source"), row.text("assumption")];
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join(" · ")
}

fn confidence(writer: &Writer<'_>, row: Record<'_>) -> String {
    let confidence = match row.text("confidence").as_str() {
        "" => "–".to_owned(),
        word => mkba_core::words::confidence(word, writer.language).to_owned(),
    };
    if row.says_yes("placeholder") {
        writer.say(format!("{confidence}, tijdelijk"), format!("{confidence}, placeholder"))
    } else {
        confidence
    }
}

fn reproducibility(writer: &Writer<'_>) -> Section {
    let origin = &writer.material.origin;
    let code = |text: &str| Inline::Code { text: text.to_owned() };
    let mut blocks = vec![
        Block::paragraph(writer.say(
            "Dit rapport bevat alleen getallen uit de map van de run. Wie hetzelfde programma met dezelfde invoer en hetzelfde startgetal draait, \
             krijgt dezelfde bytes, op elke machine en met elk aantal threads.",
            "This report holds only numbers from the folder of the run. Whoever runs the same program with the same inputs and the same seed gets \
             the same bytes, on any machine and with any number of threads.",
        )),
        Block::Code {
            text: format!(
                "mkba run {} --draws {} --seed {} --design {} --rulebook {}",
                origin.study, origin.draws, origin.seed, origin.design, origin.rulebook.0
            ),
        },
    ];
    let rows = [
        ("Programma", "Program", format!("mkba {}", origin.engine_version)),
        (
            "Toevalsgetallen",
            "Random numbers",
            format!("{}, {}", origin.random_scheme, origin.design),
        ),
        ("Startgetal", "Seed", origin.seed.to_string()),
        ("Trekkingen", "Draws", origin.draws.to_string()),
        (
            "Rekenregels",
            "Rulebook",
            format!("{} ({})", origin.rulebook.0, origin.rulebook.1),
        ),
    ]
    .into_iter()
    .map(|(dutch, english, value)| vec![writer.say(dutch, english), value])
    .collect();
    let columns = vec![
        Column::text(writer.say("Gegeven", "Item"), 1),
        Column::text(writer.say("Waarde", "Value"), 4),
    ];
    blocks.push(writer.records(
        writer.say("Hoe deze run is gemaakt", "How this run was made"),
        columns,
        rows,
    ));
    blocks.push(Block::Paragraph {
        text: vec![
            Inline::plain(writer.say(
                "De controlegetallen (BLAKE3) hieronder zijn die van de bestanden die zijn gelezen; die van de resultaten, met tijd en opdracht, staan in ",
                "The hashes (BLAKE3) below are those of the files that were read; those of the results, with time and command, are in ",
            )),
            code("manifest.json"),
            Inline::plain("."),
        ],
    });
    let rows = origin
        .inputs
        .iter()
        .map(|(path, hash)| vec![path.clone(), hash.clone()]);
    let columns = vec![
        Column::text(writer.say("Bestand", "File"), 2),
        Column::text("BLAKE3", 3),
    ];
    blocks.push(writer.records(
        writer.say("Gelezen bestanden", "Files that were read"),
        columns,
        rows.collect(),
    ));
    writer.section("annex-reproducibility", "Herhaalbaarheid", "Reproducibility", blocks)
}
