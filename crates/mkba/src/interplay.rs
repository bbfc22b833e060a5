//! What a whole is worth beyond its parts, in lines below the overview. From `interactions.csv`, `interaction_flows.csv` and `interaction_gates.csv`.
use crate::overview::number::{MoneyUnit, number};
use crate::overview::words::{Word, choose, word};
use crate::overview::{columns_of, emphasised, wrap};
use mkba_core::appraisal::catalogue::{Catalogue, Entry, GateReading, InteractionEntry, Language};
use mkba_core::table::Table;
use mkba_core::words::gate_reading;

/// Columns of the terminal that the text may take.
const WIDTH: usize = 120;
/// Most flows, and most gates, that a line names.
const MOST_NAMED: usize = 3;
/// A change in how often a gate binds that is not worth a word.
const SMALL: f64 = 0.005;

const TITLE: Word = word(
    "Wisselwerking: saldo van het geheel min de som van de delen",
    "Interaction: balance of the whole less the sum of the parts",
);
const FLOWS: Word = word("vooral", "mostly");
const GATES: Word = word("knelt", "binds");

/// The tables of the interactions of a run.
pub struct Tables<'t> {
    /// `interactions`
    pub interactions: &'t Table,
    /// `interaction_flows`
    pub flows: Option<&'t Table>,
    /// `interaction_gates`
    pub gates: Option<&'t Table>,
}

/// The text of all interactions.
///
/// # Errors
/// A table lacks a column; says which.
pub fn interplay(tables: &Tables<'_>, catalogue: &Catalogue, language: Language) -> Result<String, String> {
    let rows = Rows(tables.interactions);
    let mut greatest: f64 = 0.0;
    for row in 0..tables.interactions.row_count() {
        greatest = greatest.max(rows.amount(row, "whole_mean_eur")?.abs());
    }
    let teller = Teller {
        tables,
        catalogue,
        unit: MoneyUnit::for_amounts_up_to(greatest),
        language,
    };
    let title = format!("{} ({})", TITLE.get(language), teller.unit.name(language));
    let mut lines = vec![emphasised(&title)];
    lines.extend(wrap(&teller.explanation(), WIDTH));
    for interaction in &catalogue.interactions {
        lines.push(String::new());
        lines.extend(wrap(&teller.heading(interaction), WIDTH));
        for scenario in &catalogue.scenarios {
            lines.extend(teller.scenario(scenario, interaction)?);
        }
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

struct Teller<'a> {
    tables: &'a Tables<'a>,
    catalogue: &'a Catalogue,
    unit: MoneyUnit,
    language: Language,
}

impl Teller<'_> {
    fn explanation(&self) -> String {
        choose(
            self.language,
            "gemiddelde ± Monte Carlo-standaardfout, aandeel van de trekkingen waarin de delen elkaar versterken; met de poorten zoals ze zijn, \
             zacht (wat niet past tegen de kosten van de vervanging) en uit (onbegrensd). Onder elk scenario: de stromen waarin het verschil zit, \
             en hoe vaak een poort knelt, in het deel waarin dat het meest is → in het geheel, van alle plaatsen en jaren",
            "mean ± Monte Carlo standard error, share of the draws in which the parts reinforce each other; with the gates as they are, soft \
             (what does not fit at the cost of its substitute) and off (no bounds). Below each scenario: the flows that make the difference, and \
             how often a gate binds, in the part where it binds most → in the whole, of all places and years",
        )
        .to_owned()
    }

    /// `The three pillars: Integrated against Hardware + Software + Orgware`; the label alone where it says as much.
    fn heading(&self, interaction: &InteractionEntry) -> String {
        let label = |alternative: usize| {
            let found = self.catalogue.alternatives.get(alternative);
            found.map_or("", |entry| entry.label.get(self.language))
        };
        let parts: Vec<&str> = interaction.parts.iter().map(|&part| label(part)).collect();
        let (parts, whole) = (parts.join(" + "), label(interaction.whole));
        let name = interaction.entry.label.get(self.language);
        if whole == parts {
            return format!("{name}: {whole}");
        }
        let against = choose(self.language, "tegenover", "against");
        format!("{name}: {whole} {against} {parts}")
    }

    /// A line with all readings, and what explains them.
    fn scenario(&self, scenario: &Entry, interaction: &InteractionEntry) -> Result<Vec<String>, String> {
        let rows = Rows(self.tables.interactions);
        let mut cells = Vec::new();
        for row in 0..self.tables.interactions.row_count() {
            if rows.is_of(row, &scenario.id, interaction)? {
                cells.push(self.cell(&rows, row)?);
            }
        }
        let widths = self
            .catalogue
            .scenarios
            .iter()
            .map(|it| columns_of(it.label.get(self.language)));
        let width = widths.max().unwrap_or(0);
        let name = scenario.label.get(self.language);
        let gap = " ".repeat(width.saturating_sub(columns_of(name)));
        let mut lines = vec![format!("  {name}{gap}  {}", cells.join("   "))];
        let flows = self.changed(self.tables.flows, scenario, interaction, "flow")?;
        let flows: Vec<String> = flows
            .into_iter()
            .map(|(row, table)| self.flow(&table, row))
            .collect::<Result<_, _>>()?;
        let gates = self.changed(self.tables.gates, scenario, interaction, "gate")?;
        let gates: Vec<String> = gates
            .into_iter()
            .map(|(row, table)| self.gate(&table, row))
            .collect::<Result<_, _>>()?;
        for (word, found) in [(FLOWS, flows), (GATES, gates)] {
            if !found.is_empty() {
                let sentence = format!("{}: {}", word.get(self.language), found.join("; "));
                let indent = " ".repeat(4);
                lines.extend(
                    wrap(&sentence, WIDTH - 4)
                        .into_iter()
                        .map(|line| format!("{indent}{line}")),
                );
            }
        }
        Ok(lines)
    }

    /// `as they are 1,263.1 ±25.3, 100 %`
    fn cell(&self, rows: &Rows<'_>, row: usize) -> Result<String, String> {
        let word = rows.text(row, "gates")?;
        let gates = GateReading::of(word).map_or(word, |it| gate_reading(it, self.language));
        let show =
            |column: &str| -> Result<String, String> { Ok(self.unit.show(rows.amount(row, column)?, self.language)) };
        let share = number(100.0 * rows.amount(row, "reinforcing_probability")?, 0, self.language);
        Ok(format!(
            "{gates} {} ±{}, {share} %",
            show("difference_mean_eur")?,
            show("difference_se_eur")?
        ))
    }

    /// The first rows of a table that are of this interaction and worth a word; they are in order of size.
    fn changed<'t>(
        &self,
        table: Option<&'t Table>,
        scenario: &Entry,
        interaction: &InteractionEntry,
        of: &str,
    ) -> Result<Vec<(usize, Rows<'t>)>, String> {
        let mut found = Vec::new();
        let Some(table) = table else { return Ok(found) };
        let rows = Rows(table);
        for row in 0..table.row_count() {
            if found.len() == MOST_NAMED || !rows.is_of(row, &scenario.id, interaction)? {
                continue;
            }
            let visible = match of {
                "gate" => rows.amount(row, "change")?.abs() >= SMALL,
                _ => self.unit.is_visible(rows.amount(row, "difference_mean_eur")?),
            };
            if visible {
                found.push((row, Rows(table)));
            }
        }
        Ok(found)
    }

    /// `Research spillovers 612.0`
    fn flow(&self, rows: &Rows<'_>, row: usize) -> Result<String, String> {
        let id = rows.text(row, "flow")?;
        let flow = self.catalogue.flows.iter().find(|flow| flow.entry.id == id);
        let label = flow.map_or(id, |flow| flow.entry.label.get(self.language));
        let amount = self.unit.show(rows.amount(row, "difference_mean_eur")?, self.language);
        Ok(format!("{label} {amount}"))
    }

    /// `Talent 12 → 9 %`
    fn gate(&self, rows: &Rows<'_>, row: usize) -> Result<String, String> {
        let id = rows.text(row, "gate")?;
        let gate = self.catalogue.gates.iter().find(|gate| gate.entry.id == id);
        let label = gate.map_or(id, |gate| gate.entry.label.get(self.language));
        let percent = |column: &str| -> Result<String, String> {
            Ok(number(100.0 * rows.amount(row, column)?, 1, self.language))
        };
        Ok(format!(
            "{label} {} → {} %",
            percent("parts_binding")?,
            percent("whole_binding")?
        ))
    }
}

/// Cells by name.
struct Rows<'t>(&'t Table);

impl<'t> Rows<'t> {
    fn is_of(&self, row: usize, scenario: &str, interaction: &InteractionEntry) -> Result<bool, String> {
        Ok(self.text(row, "scenario")? == scenario && self.text(row, "interaction")? == interaction.entry.id)
    }

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
    use mkba_core::appraisal::catalogue::{GateEntry, Text};

    fn entry(id: &str) -> Entry {
        let label = Text {
            nl: format!("{id} (nl)"),
            en: format!("{id} (en)"),
        };
        Entry { id: id.into(), label }
    }

    fn catalogue() -> Catalogue {
        Catalogue {
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
        }
    }

    #[test]
    fn an_interaction_is_told_for_each_reading_with_flows_and_gates_that_change() {
        let interactions = Table::new("interactions")
            .text("scenario", ["low", "low"])
            .text("interaction", ["together", "together"])
            .text("gates", ["as-is", "off"])
            .number("whole_mean_eur", [-50e6, -40e6])
            .number("difference_mean_eur", [12.3e6, 0.0])
            .number("difference_se_eur", [0.4e6, 0.0])
            .number("reinforcing_probability", [0.99, 0.0]);
        let flows = Table::new("interaction_flows")
            .text("scenario", ["low", "low"])
            .text("interaction", ["together", "together"])
            .text("flow", ["rent", "small"])
            .number("difference_mean_eur", [12.29e6, 1e3]);
        let gates = Table::new("interaction_gates")
            .text("scenario", ["low"])
            .text("interaction", ["together"])
            .text("gate", ["talent"])
            .number("whole_binding", [0.1])
            .number("parts_binding", [0.4])
            .number("change", [-0.3]);
        let tables = Tables {
            interactions: &interactions,
            flows: Some(&flows),
            gates: Some(&gates),
        };
        let text = interplay(&tables, &catalogue(), Language::Dutch).expect("complete");
        assert!(
            text.contains("together (nl): all (nl) tegenover one (nl) + two (nl)"),
            "{text}"
        );
        assert!(
            text.contains("low (nl)  zoals ze zijn 12,3 ±0,4, 99 %   uit 0,0 ±0,0, 0 %"),
            "{text}"
        );
        assert!(text.contains("vooral: rent 12,3\n"), "{text}");
        assert!(text.contains("knelt: talent (nl) 40,0 → 10,0 %"), "{text}");
    }

    #[test]
    fn a_table_without_a_column_is_told() {
        let tables = Tables {
            interactions: &Table::new("interactions").text("scenario", ["low"]),
            flows: None,
            gates: None,
        };
        let fault = interplay(&tables, &catalogue(), Language::English).expect_err("incomplete");
        assert!(fault.contains("`whole_mean_eur`"), "{fault}");
    }
}
