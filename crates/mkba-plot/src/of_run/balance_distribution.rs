//! The distribution of each balance over all draws, as hills and as curves.

use mkba_core::run_tables::RunTables;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::Item;
use crate::{BalanceDensity, BalanceDistribution, Caption, Distribution, Figure};

pub(super) fn make_curves(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let figure = |alternatives, scenarios| {
        Figure::BalanceDistribution(BalanceDistribution {
            title: names::with_study(&run.catalogue, "Verdeling van het saldo", "Distribution of the balance"),
            subtitle: names::settings(run),
            alternatives,
            scenarios,
            notes: names::unpriced(&run.catalogue),
        })
    };
    make(run, "balance-distribution", figure)
}

pub(super) fn make_hills(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let figure = |alternatives, scenarios| {
        Figure::BalanceDensity(BalanceDensity {
            caption: Caption {
                title: names::with_study(&run.catalogue, "Spreiding van het saldo", "Spread of the balance"),
                subtitle: names::settings(run),
                notes: names::unpriced(&run.catalogue),
            },
            alternatives,
            scenarios,
        })
    };
    make(run, "balance-density", figure)
}

fn make(
    run: &RunTables,
    name: &str,
    figure: impl Fn(Vec<Item>, Vec<(Item, Vec<Distribution>)>) -> Figure,
) -> Result<Vec<RunFigure>, PlotError> {
    let Some(rows) = Rows::of(run, "distribution")? else {
        return Ok(Vec::new());
    };
    let (balances, positive) = (rows.numbers("npv_eur")?, rows.numbers("probability_positive")?);
    let alternatives = names::alternatives(&run.catalogue);
    let mut scenarios = Vec::new();
    for scenario in names::scenarios(&run.catalogue) {
        let mut distributions = Vec::new();
        for alternative in &alternatives {
            let case = rows.of_every_case(&scenario.id, &alternative.id)?;
            distributions.push(Distribution {
                quantiles_eur: case.iter().filter_map(|row| balances[*row]).collect(),
                probability_positive: positive[case[0]].unwrap_or(f64::NAN),
            });
        }
        scenarios.push((scenario, distributions));
    }
    // Of a balance that is the same in every draw there is nothing to draw.
    let varies = |one: &Distribution| one.quantiles_eur.first() != one.quantiles_eur.last();
    let mut all = scenarios.iter().flat_map(|(_, distributions)| distributions);
    if !all.any(varies) {
        return Ok(Vec::new());
    }
    Ok(vec![RunFigure {
        name: name.to_owned(),
        figure: figure(alternatives, scenarios),
    }])
}
