//! Present values by effect; what is kept separate is an effect of its own.

use mkba_core::run_tables::RunTables;
use mkba_core::tables::overview::{SEPARATE, kind};
use mkba_core::words;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::Item;
use crate::{CostsAndBenefits, Figure, PresentValues};

pub(super) fn make(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(rows) = Rows::of(run, "overview")? else {
        return Ok(Vec::new());
    };
    let amounts = rows.numbers("pv_mean_eur")?;
    let (flows, kinds) = (rows.text("flow")?, rows.text("kind")?);
    let (effects, headlines) = (rows.text("effect")?, rows.text("headline")?);
    let is_flow = |row: usize| !matches!(kinds[row].as_str(), kind::BALANCE | kind::RATIO | kind::UNPRICED);
    let effect_of = |row: usize| match headlines[row].as_str() {
        SEPARATE => SEPARATE,
        _ => effects[row].as_str(),
    };
    let with_value =
        (0..amounts.len()).filter(|row| is_flow(*row) && amounts[*row].is_some_and(|amount| amount != 0.0));
    let mut ids: Vec<&str> = with_value.map(effect_of).collect();
    ids.sort_by_key(|id| (words::effect_order(id), *id));
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }

    let alternatives = names::alternatives(&run.catalogue);
    let mut scenarios = Vec::new();
    for scenario in names::scenarios(&run.catalogue) {
        let mut bars = Vec::new();
        for alternative in &alternatives {
            let case = rows.of_every_case(&scenario.id, &alternative.id)?;
            let of_effect = |id: &str| {
                let flows = case.iter().filter(|row| is_flow(**row) && effect_of(**row) == id);
                flows.filter_map(|row| amounts[*row]).sum()
            };
            let balance = case.iter().find(|row| flows[**row] == "balance" && !is_flow(**row));
            let balance_eur = balance.and_then(|row| amounts[*row]);
            bars.push(PresentValues {
                effects_eur: ids.iter().map(|id| of_effect(id)).collect(),
                balance_eur: balance_eur.ok_or_else(|| {
                    rows.wrong(format!("has no balance of `{}` in `{}`", alternative.id, scenario.id))
                })?,
            });
        }
        scenarios.push((scenario, bars));
    }
    let figure = CostsAndBenefits {
        title: names::with_study(&run.catalogue, "Kosten en baten", "Costs and benefits"),
        subtitle: names::settings(run),
        alternatives,
        effects: ids.iter().map(|id| effect(id)).collect(),
        scenarios,
        notes: names::unpriced(&run.catalogue),
    };
    Ok(vec![RunFigure {
        name: "costs-and-benefits".to_owned(),
        figure: Figure::CostsAndBenefits(figure),
    }])
}

fn effect(id: &str) -> Item {
    let word = match id {
        SEPARATE => Some(words::SEPARATE),
        _ => words::effect(id),
    };
    Item {
        id: id.to_owned(),
        label: word.map_or_else(|| crate::Label::new(id, id), names::label_of),
    }
}
