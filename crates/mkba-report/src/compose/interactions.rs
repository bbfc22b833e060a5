//! What a whole is worth beyond its parts.
use super::writer::Writer;
use crate::document::{Block, Column, Style, TableRow};
use crate::rows::{Record, records};
use mkba_core::appraisal::catalogue::{GateReading, InteractionEntry};
use mkba_core::words::gate_reading;

/// Most flows that are named with an interaction.
const MOST_NAMED: usize = 3;
/// With more interactions than this the flows behind each would be a list that nobody reads.
const FEW: usize = 4;

/// A heading, a table with a row for each interaction and reading of the gates, and the flows behind the difference; nothing without interactions.
pub(super) fn blocks(writer: &Writer<'_>) -> Vec<Block> {
    let interactions = &writer.catalogue().interactions;
    if interactions.is_empty() || writer.table("interactions").is_none() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(writer.say("Wisselwerking", "Interaction")),
        Block::paragraph(writer.say(
            "Het saldo van het geheel min de som van de saldi van de delen, met de apart getoonde effecten: boven nul versterken de delen \
             elkaar, onder nul zitten zij elkaar in de weg. Achter het verschil staan de Monte Carlo-standaardfout en het deel van de trekkingen \
             waarin zij elkaar versterken. Een verschil binnen twee standaardfouten van nul heeft geen teken.",
            "The balance of the whole less the sum of the balances of the parts, with the effects shown separately: above zero the parts \
             reinforce each other, below zero they are in each other's way. Behind the difference stand the Monte Carlo standard error and the \
             share of the draws in which they reinforce each other. A difference within two standard errors of zero has no sign.",
        )),
    ];
    let scenarios: Vec<&str> = writer.scenarios().map(|(label, _)| label).collect();
    let mut columns = vec![Column::text(writer.say("Geheel en delen", "Whole and parts"), 4)];
    for scenario in &scenarios {
        columns.push(Column::number(*scenario));
        columns.push(Column::number(writer.say("Standaardfout", "Standard error")));
        columns.push(Column::number(writer.say("Versterkt", "Reinforces")));
    }
    let rows = interactions.iter().flat_map(|interaction| {
        let readings = interaction.readings.iter();
        readings.map(move |reading| row(writer, interaction, *reading))
    });
    let caption = writer.say(
        "Het geheel min de som van de delen",
        "The whole less the sum of the parts",
    );
    blocks.push(writer.numbers(
        format!("{caption} ({})", writer.basis()),
        columns,
        rows.collect(),
        notes(writer),
    ));
    if interactions.len() <= FEW {
        blocks.extend(behind(writer));
    }
    blocks
}

/// The rows of a table that are about an interaction in a scenario.
fn of_case<'w>(
    writer: &'w Writer<'_>,
    table: &str,
    interaction: &'w InteractionEntry,
    scenario: &'w str,
) -> impl Iterator<Item = Record<'w>> {
    let rows = records(writer.table(table));
    rows.filter(move |row| row.is("interaction", &interaction.entry.id) && row.is("scenario", scenario))
}

fn row(writer: &Writer<'_>, interaction: &InteractionEntry, reading: GateReading) -> TableRow {
    let name = interaction.entry.label.get(writer.language);
    let name = match interaction.readings.len() {
        1 => name.to_owned(),
        _ => {
            let gates = writer.say("poorten", "gates");
            format!("{name}, {gates} {}", gate_reading(reading, writer.language))
        }
    };
    let mut cells = vec![name];
    for scenario in &writer.catalogue().scenarios {
        let found =
            of_case(writer, "interactions", interaction, &scenario.id).find(|row| row.is("gates", reading.word()));
        let number = |column: &str| found.and_then(|row| row.number(column));
        let shown = |value: Option<f64>, how: &dyn Fn(f64) -> String| value.map_or_else(|| "–".to_owned(), how);
        cells.push(shown(number("difference_mean_eur"), &|value| writer.amount(value)));
        cells.push(shown(number("difference_se_eur"), &|value| {
            format!("±{}", writer.amount(value))
        }));
        cells.push(shown(number("reinforcing_probability"), &|value| {
            writer.percent(value, 0)
        }));
    }
    TableRow::new(Style::Item, cells)
}

fn notes(writer: &Writer<'_>) -> Vec<String> {
    let readings = writer
        .catalogue()
        .interactions
        .iter()
        .map(|interaction| interaction.readings.len());
    if readings.max().unwrap_or(0) < 2 {
        return Vec::new();
    }
    vec![writer.say(
        "Poorten zijn schaarse capaciteiten: zoals ze zijn; zacht, waarbij wat niet past de kosten van de vervanging heeft; of uit, zonder grens.",
        "Gates are scarce capacities: as they are; soft, where what does not fit has the cost of its substitute; or off, without bounds.",
    )]
}

/// Which flows make the difference.
fn behind(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    let mut sentences = Vec::new();
    for interaction in &catalogue.interactions {
        for scenario in &catalogue.scenarios {
            let rows = of_case(writer, "interaction_flows", interaction, &scenario.id);
            let flows = rows.take(MOST_NAMED).filter_map(|row| {
                let flow = catalogue.flows.iter().find(|flow| row.is("flow", &flow.entry.id))?;
                let amount = writer.money(row.number("difference_mean_eur")?);
                Some(format!("{} {amount}", flow.entry.label.get(writer.language)))
            });
            let flows: Vec<String> = flows.collect();
            if flows.is_empty() {
                continue;
            }
            let (name, scenario) = (
                interaction.entry.label.get(writer.language),
                scenario.label.get(writer.language),
            );
            let flows = flows.join("; ");
            sentences.push(writer.say(
                format!("{name}, {scenario}: vooral {flows}."),
                format!("{name}, {scenario}: mostly {flows}."),
            ));
        }
    }
    match sentences.is_empty() {
        true => Vec::new(),
        false => vec![Block::list(sentences)],
    }
}
