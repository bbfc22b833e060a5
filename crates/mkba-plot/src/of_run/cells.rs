//! Payoff and regret, and correlations of inputs.

use std::collections::BTreeMap;

use mkba_core::run_tables::RunTables;
use mkba_core::words::{Word, word};

use super::rows::{self, Rows};
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::{Item, Label};
use crate::{Caption, CellColumn, CellPanel, Cells, Figure, Shown};

/// What each alternative is worth in each scenario, what choosing it misses there, how likely it is best.
pub(super) fn make_regret(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(rows) = Rows::of(run, "regret")? else {
        return Ok(Vec::new());
    };
    let columns = [
        ("npv_mean_eur", Shown::Balance, word("Saldo", "Balance")),
        ("regret_eur", Shown::Regret, word("Spijt", "Regret")),
        ("probability_best", Shown::Probability, word("Kans beste", "P(best)")),
    ];
    let mut numbers = Vec::new();
    for (column, ..) in &columns {
        numbers.push(rows.numbers(column)?);
    }
    let alternatives: Vec<Item> = run.catalogue.alternatives.iter().map(names::item).collect();
    let panels = names::scenarios(&run.catalogue).into_iter().map(|scenario| {
        let cells = alternatives.iter().map(|alternative| {
            let row = rows.of_case(&scenario.id, &alternative.id).first().copied();
            numbers.iter().map(|column| row.and_then(|row| column[row])).collect()
        });
        CellPanel {
            cells: cells.collect(),
            columns: columns
                .iter()
                .map(|(id, shown, word)| column(id, *shown, *word))
                .collect(),
            item: scenario,
        }
    });
    let panels = panels.collect();
    let notes = vec![Label::new(
        "Saldo en spijt in mln €. Spijt: het beste gemiddelde saldo van het scenario min dat van het alternatief. Kans beste: aandeel van de \
         trekkingen waarin geen alternatief een hoger saldo heeft.",
        "Balance and regret in € million. Regret: the best mean balance of the scenario less that of the alternative. P(best): share of the \
         draws in which no alternative has a greater balance.",
    )];
    Ok(vec![RunFigure {
        name: "regret".to_owned(),
        figure: Figure::Cells(Cells {
            caption: Caption {
                title: names::with_study(
                    &run.catalogue,
                    "Saldo en spijt per scenario",
                    "Balance and regret by scenario",
                ),
                subtitle: names::settings(run),
                notes,
            },
            what: "alternative".to_owned(),
            rows: alternatives,
            panels,
        }),
    }])
}

fn column(id: &str, shown: Shown, word: Word) -> CellColumn {
    CellColumn {
        item: Item {
            id: id.to_owned(),
            label: names::label_of(word),
        },
        shown,
    }
}

/// More inputs than this do not fit a page.
const MOST_INPUTS: usize = 14;

/// Rank correlations of the inputs that were asked to move together.
pub(super) fn make_correlations(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(table) = run.table("input_correlations").filter(|table| table.row_count() > 0) else {
        return Ok(Vec::new());
    };
    let pairs = rows::text(table, "input_a")?
        .into_iter()
        .zip(rows::text(table, "input_b")?);
    let numbers = rows::numbers(table, "asked")?
        .into_iter()
        .zip(rows::numbers(table, "rank_correlation")?);
    let mut inputs: Vec<String> = Vec::new();
    let mut found = BTreeMap::new();
    for ((one, other), (asked, realised)) in pairs.zip(numbers) {
        for input in [&one, &other] {
            if !inputs.contains(input) {
                inputs.push(input.clone());
            }
        }
        found.insert((other.clone(), one.clone()), (asked, realised));
        found.insert((one, other), (asked, realised));
    }
    let left_out = inputs.len().saturating_sub(MOST_INPUTS);
    inputs.truncate(MOST_INPUTS);
    let rows = inputs.iter().enumerate().map(|(number, input)| {
        let item = names::input(&run.catalogue, input);
        let numbered = |label: &str| format!("{label}\u{a0}({})", number + 1);
        Item::new(item.id, numbered(&item.label.nl), numbered(&item.label.en))
    });
    let columns = (1..=inputs.len()).map(|number| CellColumn {
        item: Item::new(&inputs[number - 1], format!("({number})"), format!("({number})")),
        shown: Shown::Correlation,
    });
    let cells = (0..inputs.len()).map(|row| {
        let cell = |column: usize| {
            let (asked, realised) = found.get(&(inputs[row].clone(), inputs[column].clone()))?;
            if row < column { *asked } else { *realised }
        };
        (0..inputs.len()).map(cell).collect()
    });
    let mut notes = vec![Label::new(
        "Boven de diagonaal: de gevraagde rangcorrelatie; eronder: die van de trekkingen.",
        "Above the diagonal: the rank correlation that was asked for; below: that of the draws.",
    )];
    if left_out > 0 {
        notes.push(Label::new(
            format!("{left_out} andere invoeren staan alleen in `input_correlations.csv`."),
            format!("{left_out} other inputs are in `input_correlations.csv` only."),
        ));
    }
    Ok(vec![RunFigure {
        name: "input-correlations".to_owned(),
        figure: Figure::Cells(Cells {
            caption: Caption {
                title: names::with_study(&run.catalogue, "Invoer die samen beweegt", "Inputs that move together"),
                subtitle: names::draws(run),
                notes,
            },
            what: "input".to_owned(),
            rows: rows.collect(),
            panels: vec![CellPanel {
                item: Item::new("rank_correlation", "Rangcorrelatie", "Rank correlation"),
                columns: columns.collect(),
                cells: cells.collect(),
            }],
        }),
    }])
}
