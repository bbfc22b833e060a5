//! Present values by effect; what is kept separate is an effect of its own.

use mkba_core::run_tables::RunTables;

use super::overview::Overview;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::Item;
use crate::{CostsAndBenefits, Figure, PresentValues};

pub(super) fn make(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(overview) = Overview::of(run)? else {
        return Ok(Vec::new());
    };
    let mut groups = overview.groups(|_| true);
    groups.sort_by_key(|group| (group.place(), group.effect.clone()));
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let alternatives = names::alternatives(&run.catalogue);
    let mut scenarios = Vec::new();
    for scenario in names::scenarios(&run.catalogue) {
        let mut bars = Vec::new();
        for alternative in &alternatives {
            let case = (scenario.id.as_str(), alternative.id.as_str());
            bars.push(PresentValues {
                effects_eur: groups.iter().map(|group| overview.sum(group, case)).collect(),
                balance_eur: overview.balance(case)?,
            });
        }
        scenarios.push((scenario, bars));
    }
    let effects = groups.iter().map(|group| Item {
        id: group.id(),
        label: group.label(),
    });
    let figure = CostsAndBenefits {
        title: names::with_study(&run.catalogue, "Kosten en baten", "Costs and benefits"),
        subtitle: names::settings(run),
        alternatives,
        effects: effects.collect(),
        scenarios,
        notes: names::unpriced(&run.catalogue),
    };
    Ok(vec![RunFigure {
        name: "costs-and-benefits".to_owned(),
        figure: Figure::CostsAndBenefits(figure),
    }])
}
