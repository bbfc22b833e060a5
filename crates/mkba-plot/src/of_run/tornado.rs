//! Which inputs move the balance, a figure for each alternative.

use mkba_core::run_tables::RunTables;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::{Caption, Figure, Influence, Influences, Tornado};

/// So many inputs, those that move the mean balance most.
const SHOWN: usize = 12;

pub(super) fn make(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(rows) = Rows::of(run, "influence")? else {
        return Ok(Vec::new());
    };
    let Some(overview) = super::overview::Overview::of(run)? else {
        return Ok(Vec::new());
    };
    let (inputs, placeholders) = (rows.text("input")?, rows.numbers("placeholder")?);
    let (lows, highs) = (rows.numbers("low_mean_eur")?, rows.numbers("high_mean_eur")?);
    let shares = rows.numbers("share_of_variance")?;
    let mut figures = Vec::new();
    for alternative in names::alternatives(&run.catalogue) {
        let mut scenarios = Vec::new();
        for scenario in names::scenarios(&run.catalogue) {
            let found = rows.of_case(&scenario.id, &alternative.id).iter().filter_map(|&row| {
                Some(Influence {
                    input: names::input(&run.catalogue, &inputs[row]),
                    placeholder: placeholders[row].is_some_and(|one| one != 0.0),
                    low_eur: lows[row]?,
                    high_eur: highs[row]?,
                    share_of_variance: shares[row].unwrap_or(0.0),
                })
            });
            let mut found: Vec<Influence> = found.collect();
            let reach = |one: &Influence| (one.high_eur - one.low_eur).abs();
            found.sort_by(|one, other| {
                reach(other)
                    .total_cmp(&reach(one))
                    .then_with(|| one.input.id.cmp(&other.input.id))
            });
            found.truncate(SHOWN);
            found.retain(|one| reach(one) > 0.0);
            if !found.is_empty() {
                let mean_eur = overview.balance((&scenario.id, &alternative.id))?;
                scenarios.push((
                    scenario,
                    Influences {
                        mean_eur,
                        inputs: found,
                    },
                ));
            }
        }
        if scenarios.is_empty() {
            continue;
        }
        figures.push(RunFigure {
            name: format!("tornado-{}", alternative.id),
            figure: Figure::Tornado(Tornado {
                caption: Caption {
                    title: names::of_alternative(
                        "Wat het saldo het meest beweegt",
                        "What moves the balance most",
                        &alternative,
                    ),
                    subtitle: names::settings(run),
                    notes: Vec::new(),
                },
                scenarios,
            }),
        });
    }
    Ok(figures)
}
