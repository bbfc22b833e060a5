//! Which gate binds where: first, and longest. From `gates.csv` to lines of text.
use crate::overview::number::number;
use crate::overview::words::{Word, choose, word};
use crate::overview::{columns_of, emphasised, wrap};
use mkba_core::appraisal::catalogue::{Catalogue, Language};
use mkba_core::table::Table;
use mkba_core::words::gate_reading;
use std::collections::BTreeMap;

/// Columns of the terminal that the text may take.
const WIDTH: usize = 120;
/// A gate binds in a year when it does so in at least this share of the draws.
const BINDS: f64 = 0.5;

const TITLE: Word = word("Knelpunten", "Bottlenecks");
const NOWHERE: Word = word("geen poort knelt", "no gate binds");

/// How a gate binds at an element.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Binding {
    /// First tabulated year in which it binds.
    first: Option<i32>,
    /// Expected number of years in which it binds.
    years: f64,
}

/// By scenario, alternative, gate and element.
type Bindings<'t> = BTreeMap<[&'t str; 4], Binding>;

/// The whole text: of every alternative how often each gate binds, or of one alternative every place.
///
/// # Errors
/// The table lacks a column; says which.
pub fn bottlenecks(
    table: &Table,
    catalogue: &Catalogue,
    alternative: Option<usize>,
    language: Language,
) -> Result<String, String> {
    let bindings = bindings(table, catalogue)?;
    let mut lines = vec![
        String::new(),
        emphasised(&format!("{} · {}", TITLE.get(language), catalogue.study.get(language))),
    ];
    lines.extend(wrap(&settings(catalogue, language), WIDTH));
    for scenario in &catalogue.scenarios {
        lines.push(String::new());
        lines.push(emphasised(scenario.label.get(language)));
        let shown: Vec<usize> = match alternative {
            Some(one) => vec![one],
            None => (0..catalogue.alternatives.len()).collect(),
        };
        for number in shown {
            let of = Case {
                bindings: &bindings,
                catalogue,
                scenario: &scenario.id,
                alternative: &catalogue.alternatives[number].id,
                language,
            };
            lines.push(format!("  {}", catalogue.alternatives[number].label.get(language)));
            let found = if alternative.is_some() { of.places() } else { of.gates() };
            if found.is_empty() {
                lines.push(format!("    {}", NOWHERE.get(language)));
            }
            lines.extend(found);
        }
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

fn bindings<'t>(table: &'t Table, catalogue: &Catalogue) -> Result<Bindings<'t>, String> {
    let missing = |column: &str| format!("the table of gates has no column `{column}`");
    let text = |row: usize, column: &str| {
        let cell = table.cell(row, column).and_then(|cell| cell.as_text());
        cell.ok_or_else(|| missing(column))
    };
    let amount = |row: usize, column: &str| {
        let cell = table.cell(row, column).and_then(|cell| cell.as_number());
        cell.ok_or_else(|| missing(column))
    };
    let mut found = Bindings::new();
    for row in 0..table.row_count() {
        let key = [
            text(row, "scenario")?,
            text(row, "alternative")?,
            text(row, "gate")?,
            // A column that is empty throughout cannot be told from one without values.
            table.cell(row, "element").and_then(|cell| cell.as_text()).unwrap_or(""),
        ];
        let year = amount(row, "year")? as i32;
        let share = amount(row, "binding_probability")?;
        let binding = found.entry(key).or_default();
        binding.years += share * f64::from(stands_for(catalogue, year));
        if share >= BINDS && binding.first.is_none_or(|first| year < first) {
            binding.first = Some(year);
        }
    }
    Ok(found)
}

/// How many years a tabulated year stands for.
fn stands_for(catalogue: &Catalogue, year: i32) -> i32 {
    let later = catalogue.gate_years.iter().copied().filter(|&other| other > year).min();
    later.unwrap_or(catalogue.last_year + 1) - year
}

fn settings(catalogue: &Catalogue, language: Language) -> String {
    let every = match catalogue.gate_years.as_slice() {
        [first, second, ..] => second - first,
        _ => 1,
    };
    let reading = gate_reading(catalogue.gate_reading, language);
    choose(
        language,
        format!(
            "Een poort knelt in een jaar als in ten minste de helft van de trekkingen niet alles wordt toegekend; om de {every} jaar \
             bekeken. Poorten: {reading}."
        ),
        format!(
            "A gate binds in a year when in at least half of the draws not all is granted; looked at every {every} years. \
             Gates: {reading}."
        ),
    )
}

/// One alternative in one scenario.
struct Case<'a> {
    bindings: &'a Bindings<'a>,
    catalogue: &'a Catalogue,
    scenario: &'a str,
    alternative: &'a str,
    language: Language,
}

impl Case<'_> {
    fn binding(&self, gate: &str, element: &str) -> Binding {
        let key = [self.scenario, self.alternative, gate, element];
        self.bindings.get(&key).copied().unwrap_or_default()
    }

    /// A line for each gate that binds anywhere.
    fn gates(&self) -> Vec<String> {
        let width = self.label_width();
        let mut lines = Vec::new();
        for gate in &self.catalogue.gates {
            let all: Vec<Binding> = gate
                .elements
                .iter()
                .map(|element| self.binding(&gate.entry.id, element))
                .collect();
            let binding: Vec<&Binding> = all.iter().filter(|binding| binding.first.is_some()).collect();
            let Some(first) = binding.iter().filter_map(|binding| binding.first).min() else {
                continue;
            };
            let years = binding.iter().map(|binding| binding.years).sum::<f64>() / binding.len() as f64;
            let years = number(years, 0, self.language);
            let (some, of) = (binding.len(), all.len());
            let told = choose(
                self.language,
                format!("knelt op {some} van {of}, voor het eerst in {first}, daar gemiddeld {years} jaar"),
                format!("binds at {some} of {of}, first in {first}, for {years} years there on average"),
            );
            lines.push(format!(
                "    {}{told}",
                padded(gate.entry.label.get(self.language), width)
            ));
        }
        lines
    }

    /// A line for each place at which a gate binds: which one first, which one longest.
    fn places(&self) -> Vec<String> {
        let mut places: Vec<&str> = Vec::new();
        for gate in &self.catalogue.gates {
            let new = gate
                .elements
                .iter()
                .map(String::as_str)
                .filter(|element| !places.contains(element));
            let new: Vec<&str> = new.collect();
            places.extend(new);
        }
        let width = places.iter().map(|place| columns_of(place)).max().unwrap_or(0) + 2;
        let label_width = self.label_width() + 14;
        let mut lines = Vec::new();
        for place in places {
            let here: Vec<(&str, Binding)> = self
                .catalogue
                .gates
                .iter()
                .filter(|gate| gate.elements.iter().any(|element| element == place))
                .map(|gate| (gate.entry.label.get(self.language), self.binding(&gate.entry.id, place)))
                .filter(|(_, binding)| binding.first.is_some())
                .collect();
            // Of those that bind from the same tabulated year on, the one that binds longest.
            let first = here
                .iter()
                .min_by(|(_, a), (_, b)| a.first.cmp(&b.first).then(b.years.total_cmp(&a.years)));
            // The first one in order on ties.
            let longest = here.iter().rev().max_by(|(_, a), (_, b)| a.years.total_cmp(&b.years));
            let (Some((first, one)), Some((longest, other))) = (first, longest) else {
                continue;
            };
            let year = one.first.unwrap_or_default();
            let years = number(other.years, 0, self.language);
            let told = choose(
                self.language,
                [
                    format!("eerst {first} ({year})"),
                    format!("langst {longest} ({years} jaar)"),
                ],
                [
                    format!("first {first} ({year})"),
                    format!("longest {longest} ({years} years)"),
                ],
            );
            lines.push(format!(
                "    {}{}{}",
                padded(place, width),
                padded(&told[0], label_width),
                told[1]
            ));
        }
        lines
    }

    fn label_width(&self) -> usize {
        let labels = self
            .catalogue
            .gates
            .iter()
            .map(|gate| columns_of(gate.entry.label.get(self.language)));
        labels.max().unwrap_or(0) + 2
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns_of(text))))
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

    fn catalogue() -> Catalogue {
        let gate = |id: &str| GateEntry {
            entry: entry(id),
            scale: 1.0,
            unit: "MW/year".into(),
            elements: vec!["north".into(), "south".into()],
        };
        Catalogue {
            scenarios: vec![entry("low")],
            alternatives: vec![entry("nothing"), entry("all")],
            gates: vec![gate("grid"), gate("talent")],
            gate_years: vec![2026, 2031],
            first_year: 2026,
            last_year: 2033,
            ..Catalogue::default()
        }
    }

    /// Grid binds in the south in 2026, talent there later and in the north a little.
    fn table() -> Table {
        let cells = [
            ("grid", "north", 2026, 0.0),
            ("grid", "north", 2031, 0.0),
            ("grid", "south", 2026, 0.6),
            ("grid", "south", 2031, 0.0),
            ("talent", "north", 2026, 0.2),
            ("talent", "north", 2031, 0.4),
            ("talent", "south", 2026, 0.4),
            ("talent", "south", 2031, 1.0),
        ];
        Table::new("gates")
            .text("scenario", cells.map(|_| "low"))
            .text("alternative", cells.map(|_| "all"))
            .text("gate", cells.map(|cell| cell.0))
            .text("element", cells.map(|cell| cell.1))
            .whole("year", cells.map(|cell| cell.2))
            .number("binding_probability", cells.map(|cell| cell.3))
    }

    #[test]
    fn each_gate_tells_where_and_how_long_it_binds() {
        let text = bottlenecks(&table(), &catalogue(), None, Language::English).expect("complete");
        assert!(
            text.contains("grid (en)    binds at 1 of 2, first in 2026, for 3 years there on average"),
            "{text}"
        );
        // 0.4 of five years and all of the last three.
        assert!(
            text.contains("talent (en)  binds at 1 of 2, first in 2031, for 5 years there on average"),
            "{text}"
        );
        assert!(text.contains("no gate binds"), "{text}");
    }

    #[test]
    fn one_alternative_tells_of_each_place_what_binds_first_and_longest() {
        let text = bottlenecks(&table(), &catalogue(), Some(1), Language::Dutch).expect("complete");
        assert!(text.contains("south  eerst grid (nl) (2026)"), "{text}");
        assert!(text.contains("langst talent (nl) (5 jaar)"), "{text}");
        assert!(!text.contains("north"), "{text}");
    }

    #[test]
    fn a_table_without_a_column_is_told() {
        let fault = bottlenecks(
            &Table::new("gates").text("scenario", ["low"]),
            &catalogue(),
            None,
            Language::Dutch,
        );
        assert!(fault.expect_err("incomplete").contains("alternative"));
    }
}
