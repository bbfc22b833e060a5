//! The figures of a sweep over two axes of numbers: a heat map of the mean balance for each alternative.

use std::collections::BTreeMap;

use mkba_core::run_tables::RunTables;
use serde::Deserialize;

use crate::error::PlotError;
use crate::language::{Item, Label};
use crate::of_run::{RunFigure, names, rows::Rows};
use crate::{Caption, Figure, HeatAxis, HeatMap};

/// The name of the table that the figures are made from.
pub const TABLE: &str = "sweep";

/// What varies in a sweep, as its `sweep.json` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SweepAxis {
    /// Name of the axis, which is the name of its column too.
    pub name: String,
    /// Label in both languages.
    pub label: Label,
    /// What takes the values: `discount.standard`.
    #[serde(default)]
    pub varies: String,
    /// Unit of the numbers; empty without.
    pub unit: String,
    /// The values, if they are numbers.
    pub numbers: Option<Vec<f64>>,
}

/// The figures of a sweep: none if not exactly two axes are numbers, or if there are points that differ in something else.
///
/// # Errors
/// The table lacks a column or a point.
pub fn figures(sweep: &RunTables, axes: &[SweepAxis]) -> Result<Vec<RunFigure>, PlotError> {
    let [across, up] = axes else {
        return Ok(Vec::new());
    };
    // A rate that varies is no setting.
    let are_rates = [across, up].iter().any(|axis| axis.varies.starts_with("discount."));
    let subtitle = match are_rates {
        true => names::settings_without_rates(sweep),
        false => names::settings(sweep),
    };
    let (Some(across), Some(up)) = (heat_axis(across), heat_axis(up)) else {
        return Ok(Vec::new());
    };
    let Some(rows) = Rows::of(sweep, TABLE)? else {
        return Ok(Vec::new());
    };
    let (columns, lines) = (rows.numbers(&across.item.id)?, rows.numbers(&up.item.id)?);
    let balances = rows.numbers("npv_mean_eur")?;
    let mut figures = Vec::new();
    for alternative in names::alternatives(&sweep.catalogue) {
        let mut scenarios = Vec::new();
        for scenario in names::scenarios(&sweep.catalogue) {
            let mut found: BTreeMap<(usize, usize), f64> = BTreeMap::new();
            for &row in rows.of_case(&scenario.id, &alternative.id) {
                let place =
                    |axis: &HeatAxis, value: Option<f64>| axis.values.iter().position(|one| Some(*one) == value);
                if let (Some(column), Some(line), Some(balance)) =
                    (place(&across, columns[row]), place(&up, lines[row]), balances[row])
                {
                    found.insert((line, column), balance);
                }
            }
            // Points of a list need not fill a grid.
            let grid: Option<Vec<Vec<f64>>> = (0..up.values.len())
                .map(|line| {
                    (0..across.values.len())
                        .map(|column| found.get(&(line, column)).copied())
                        .collect()
                })
                .collect();
            scenarios.extend(grid.map(|grid| (scenario, grid)));
        }
        if scenarios.is_empty() {
            continue;
        }
        figures.push(RunFigure {
            name: format!("heat-map-{}", alternative.id),
            figure: Figure::HeatMap(HeatMap {
                caption: Caption {
                    title: names::of_alternative("Saldo en kantelpunt", "Balance and break-even", &alternative),
                    subtitle: subtitle.clone(),
                    notes: Vec::new(),
                },
                across: across.clone(),
                up: up.clone(),
                scenarios,
            }),
        });
    }
    Ok(figures)
}

/// Ascending values, each once; `None` if they are not numbers.
fn heat_axis(axis: &SweepAxis) -> Option<HeatAxis> {
    let mut values = axis.numbers.clone().filter(|numbers| !numbers.is_empty())?;
    values.sort_by(f64::total_cmp);
    values.dedup();
    Some(HeatAxis {
        item: Item {
            id: axis.name.clone(),
            label: axis.label.clone(),
        },
        unit: axis.unit.clone(),
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_core::appraisal::catalogue::{Catalogue, Entry};
    use mkba_core::table::Table;

    fn sweep(points: &[(f64, f64)]) -> (RunTables, Vec<SweepAxis>) {
        let entry = |id: &str| Entry {
            id: id.to_owned(),
            ..Entry::default()
        };
        let axis = |name: &str, numbers: &[f64]| SweepAxis {
            name: name.to_owned(),
            label: Label::new(name, name),
            varies: name.to_owned(),
            unit: "%".to_owned(),
            numbers: Some(numbers.to_vec()),
        };
        let table = Table::new(TABLE)
            .text("scenario", points.iter().map(|_| "low"))
            .text("alternative", points.iter().map(|_| "plan"))
            .number("displacement", points.iter().map(|point| point.0))
            .number("research", points.iter().map(|point| point.1))
            .number("npv_mean_eur", points.iter().map(|point| point.0 - point.1));
        let run = RunTables {
            catalogue: Catalogue {
                scenarios: vec![entry("low")],
                alternatives: vec![entry("baseline"), entry("plan")],
                ..Catalogue::default()
            },
            draws: 10,
            tables: vec![table],
        };
        (
            run,
            vec![axis("displacement", &[100.0, 50.0]), axis("research", &[10.0, 60.0])],
        )
    }

    const GRID: [(f64, f64); 4] = [(100.0, 10.0), (100.0, 60.0), (50.0, 10.0), (50.0, 60.0)];

    #[test]
    fn values_are_in_ascending_order_and_balances_at_their_place() {
        let (run, axes) = sweep(&GRID);
        let made = figures(&run, &axes).expect("made");
        let [
            RunFigure {
                name,
                figure: Figure::HeatMap(map),
            },
        ] = made.as_slice()
        else {
            panic!("one heat map")
        };
        assert_eq!(
            (name.as_str(), map.across.values.as_slice()),
            ("heat-map-plan", &[50.0, 100.0][..])
        );
        assert_eq!(map.scenarios[0].1, [[40.0, 90.0], [-10.0, 40.0]]);
    }

    #[test]
    fn what_is_no_grid_of_two_numbers_has_no_figure() {
        let (run, mut axes) = sweep(&GRID[..3]);
        assert_eq!(figures(&run, &axes), Ok(Vec::new()), "a point is missing");
        let (run, _) = sweep(&GRID);
        assert_eq!(figures(&run, &axes[..1]), Ok(Vec::new()), "one axis");
        axes[1].numbers = None;
        assert_eq!(figures(&run, &axes), Ok(Vec::new()), "words");
    }
}
