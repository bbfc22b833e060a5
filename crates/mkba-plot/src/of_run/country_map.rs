//! The balance by province on a map, a figure for each alternative; only when the regions of the account are provinces.

use mkba_core::run_tables::RunTables;
use mkba_core::tables::parties::TOTAL;
use mkba_core::tables::regions::REST;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::{Caption, CountryMap, Figure, Landing, country_map};

pub(super) fn make(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let regions = names::regions(&run.catalogue);
    if regions.is_empty() || regions.iter().any(|region| country_map::name_of(&region.id).is_none()) {
        return Ok(Vec::new());
    }
    let Some(rows) = Rows::of(run, "regions")? else {
        return Ok(Vec::new());
    };
    let (keys, flows, amounts) = (rows.text("region")?, rows.text("flow")?, rows.numbers("pv_mean_eur")?);
    let mut figures = Vec::new();
    for alternative in names::alternatives(&run.catalogue) {
        let scenarios = names::scenarios(&run.catalogue).into_iter().map(|scenario| {
            let case = rows.of_case(&scenario.id, &alternative.id);
            let total = |region: &str| {
                let mut rows = case.iter().filter(|&&row| flows[row] == TOTAL && keys[row] == region);
                rows.next().and_then(|&row| amounts[row]).unwrap_or(0.0)
            };
            let landing = Landing {
                provinces_eur: regions.iter().map(|region| total(&region.id)).collect(),
                elsewhere_eur: total(REST),
            };
            (scenario, landing)
        });
        let scenarios: Vec<_> = scenarios.collect();
        if scenarios
            .iter()
            .all(|(_, landing)| landing.provinces_eur.iter().all(|amount| *amount == 0.0))
        {
            continue;
        }
        figures.push(RunFigure {
            name: format!("map-{}", alternative.id),
            figure: Figure::CountryMap(CountryMap {
                caption: Caption {
                    title: names::of_alternative("Waar het saldo neerslaat", "Where the balance lands", &alternative),
                    subtitle: names::settings(run),
                    notes: Vec::new(),
                },
                provinces: regions.clone(),
                scenarios,
            }),
        });
    }
    Ok(figures)
}
