//! The distribution of each balance over all draws.

use mkba_core::run_tables::RunTables;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::{BalanceDistribution, Distribution, Figure};

pub(super) fn make(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
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
    let figure = BalanceDistribution {
        title: names::with_study(&run.catalogue, "Verdeling van het saldo", "Distribution of the balance"),
        subtitle: names::settings(run),
        alternatives,
        scenarios,
        notes: names::unpriced(&run.catalogue),
    };
    Ok(vec![RunFigure {
        name: "balance-distribution".to_owned(),
        figure: Figure::BalanceDistribution(figure),
    }])
}
