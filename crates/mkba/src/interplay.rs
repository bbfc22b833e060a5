//! What a whole is worth beyond its parts, in lines below the overview. From `interactions.csv` and `interaction_gates.csv`.
use crate::bottlenecks::reading;
use crate::overview::number::{MoneyUnit, number};
use crate::overview::words::{Word, choose, word};
use crate::overview::{emphasised, wrap};
use mkba_core::appraisal::catalogue::{Catalogue, GateReading, InteractionEntry, Language};
use mkba_core::table::Table;

/// Columns of the terminal that the text may take.
const WIDTH: usize = 120;
/// Most gates that a line names.
const MOST_GATES: usize = 3;
/// A change in how often a gate binds that is not worth a word.
const SMALL: f64 = 0.005;

const TITLE: Word = word(
    "Wisselwerking: saldo van het geheel min de som van de delen",
    "Interaction: balance of the whole less the sum of the parts",
);

/// The text, or nothing without interactions.
///
/// # Errors
/// A table lacks a column; says which.
pub fn interplay(
    interactions: &Table,
    gates: Option<&Table>,
    catalogue: &Catalogue,
    language: Language,
) -> Result<String, String> {
    let rows = Rows(interactions);
    let mut greatest: f64 = 0.0;
    for row in 0..interactions.row_count() {
        greatest = greatest.max(rows.amount(row, "whole_mean_eur")?.abs());
    }
    let unit = MoneyUnit::for_amounts_up_to(greatest);
    let title = format!("{} ({})", TITLE.get(language), unit.name(language));
    let mut lines = vec![emphasised(&title)];
    for interaction in &catalogue.interactions {
        lines.push(String::new());
        lines.extend(wrap(&heading(interaction, catalogue, language), WIDTH));
        for scenario in &catalogue.scenarios {
            for row in 0..interactions.row_count() {
                if rows.text(row, "scenario")? != scenario.id || rows.text(row, "interaction")? != interaction.entry.id
                {
                    continue;
                }
                let scenario = scenario.label.get(language);
                lines.extend(wrap(
                    &format!("  {scenario} · {}", told(&rows, row, unit, language)?),
                    WIDTH,
                ));
            }
            if let Some(sentence) = explained(gates, &scenario.id, interaction, catalogue, language)? {
                lines.extend(wrap(&format!("    {sentence}"), WIDTH));
            }
        }
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// `Integrated = Hardware + Software + Orgware`.
fn heading(interaction: &InteractionEntry, catalogue: &Catalogue, language: Language) -> String {
    let label = |alternative: usize| {
        let found = catalogue.alternatives.get(alternative);
        found.map_or("", |entry| entry.label.get(language))
    };
    let parts: Vec<&str> = interaction.parts.iter().map(|&part| label(part)).collect();
    let against = choose(language, "tegenover", "against");
    let whole = label(interaction.whole);
    format!(
        "{}: {whole} {against} {}",
        interaction.entry.label.get(language),
        parts.join(" + ")
    )
}

fn told(rows: &Rows<'_>, row: usize, unit: MoneyUnit, language: Language) -> Result<String, String> {
    let amount = |column: &str| rows.amount(row, column);
    let word = rows.text(row, "gates")?;
    let gates = GateReading::of(word).map_or(word, |it| reading(it, language));
    let (mean, error) = (amount("difference_mean_eur")?, amount("difference_se_eur")?);
    let band = unit.show_band(amount("difference_p05_eur")?, amount("difference_p95_eur")?, language);
    let share = number(100.0 * amount("reinforcing_probability")?, 0, language);
    let (mean, error) = (unit.show(mean, language), unit.show(error, language));
    Ok(choose(
        language,
        format!(
            "poorten {gates}: {mean} (±{error}; 5 % … 95 %: {band}); versterkt elkaar in {share} % van de trekkingen"
        ),
        format!("gates {gates}: {mean} (±{error}; 5 % … 95 %: {band}); reinforces in {share} % of the draws"),
    ))
}

/// The gates that bind more, or less, in the whole than in any of its parts.
fn explained(
    gates: Option<&Table>,
    scenario: &str,
    interaction: &InteractionEntry,
    catalogue: &Catalogue,
    language: Language,
) -> Result<Option<String>, String> {
    let Some(gates) = gates else { return Ok(None) };
    let rows = Rows(gates);
    let mut named = Vec::new();
    for row in 0..gates.row_count() {
        let change = rows.amount(row, "change")?;
        let here = rows.text(row, "scenario")? == scenario && rows.text(row, "interaction")? == interaction.entry.id;
        if !here || change.abs() < SMALL || named.len() == MOST_GATES {
            continue;
        }
        let id = rows.text(row, "gate")?;
        let gate = catalogue.gates.iter().find(|gate| gate.entry.id == id);
        let label = gate.map_or(id, |gate| gate.entry.label.get(language));
        let sign = if change > 0.0 { "+" } else { "" };
        let points = number(100.0 * change, 1, language);
        let before = number(100.0 * rows.amount(row, "parts_binding")?, 0, language);
        let after = number(100.0 * rows.amount(row, "whole_binding")?, 0, language);
        named.push(format!("{label} {sign}{points} ({before} → {after} %)"));
    }
    let words = choose(
        language,
        "knelt in het geheel vaker (+) of minder vaak (−) dan in het deel waarin het meest, in procentpunt van plaatsen en jaren",
        "binds more (+) or less (−) often in the whole than in the part where it binds most, percentage points of places and years",
    );
    Ok((!named.is_empty()).then(|| format!("{words}: {}", named.join("; "))))
}

/// Cells by name.
struct Rows<'t>(&'t Table);

impl<'t> Rows<'t> {
    fn text(&self, row: usize, column: &str) -> Result<&'t str, String> {
        let cell = self.0.cell(row, column).and_then(|cell| cell.as_text());
        cell.ok_or_else(|| self.missing(column))
    }

    fn amount(&self, row: usize, column: &str) -> Result<f64, String> {
        let cell = self.0.cell(row, column).and_then(|cell| cell.as_number());
        cell.ok_or_else(|| self.missing(column))
    }

    fn missing(&self, column: &str) -> String {
        format!("the table `{}` has no column `{column}`", self.0.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_core::appraisal::catalogue::{Entry, GateEntry, Text};

    fn entry(id: &str) -> Entry {
        let label = Text {
            nl: format!("{id} (nl)"),
            en: format!("{id} (en)"),
        };
        Entry { id: id.into(), label }
    }

    #[test]
    fn an_interaction_is_told_for_each_reading_with_the_gates_that_change() {
        let catalogue = Catalogue {
            scenarios: vec![entry("low")],
            alternatives: ["base", "all", "one", "two"].map(entry).to_vec(),
            gates: vec![GateEntry {
                entry: entry("talent"),
                ..GateEntry::default()
            }],
            interactions: vec![InteractionEntry {
                entry: entry("together"),
                whole: 1,
                parts: vec![2, 3],
                readings: vec![GateReading::AsIs, GateReading::Off],
            }],
            ..Catalogue::default()
        };
        let interactions = Table::new("interactions")
            .text("scenario", ["low", "low"])
            .text("interaction", ["together", "together"])
            .text("gates", ["as-is", "off"])
            .number("whole_mean_eur", [-50e6, -40e6])
            .number("difference_mean_eur", [12.3e6, 0.0])
            .number("difference_se_eur", [0.4e6, 0.0])
            .number("difference_p05_eur", [2e6, 0.0])
            .number("difference_p95_eur", [20e6, 0.0])
            .number("reinforcing_probability", [0.99, 0.0]);
        let gates = Table::new("interaction_gates")
            .text("scenario", ["low"])
            .text("interaction", ["together"])
            .text("gate", ["talent"])
            .number("whole_binding", [0.1])
            .number("parts_binding", [0.4])
            .number("change", [-0.3]);
        let text = interplay(&interactions, Some(&gates), &catalogue, Language::Dutch).expect("complete");
        assert!(
            text.contains("together (nl): all (nl) tegenover one (nl) + two (nl)"),
            "{text}"
        );
        assert!(
            text.contains("poorten zoals ze zijn: 12,3 (±0,4; 5 % … 95 %: 2,0…20,0)"),
            "{text}"
        );
        assert!(text.contains("poorten uit: 0,0"), "{text}");
        assert!(text.contains("talent (nl) −30,0 (40 → 10 %)"), "{text}");
    }
}
