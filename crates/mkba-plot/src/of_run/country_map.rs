//! The balance by province on a map, a figure for each alternative; only when the regions of the account are provinces.

use mkba_core::run_tables::RunTables;
use mkba_core::tables::parties::TOTAL;
use mkba_core::tables::regions::REST;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::decimals_of_millions;
use crate::{Caption, CountryMap, Figure, Item, Landing, country_map};

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
        if !shows_a_province(&scenarios) {
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

/// Whether any province has more than nothing, at the precision of the map.
fn shows_a_province(scenarios: &[(Item, Landing)]) -> bool {
    let provinces = || {
        scenarios
            .iter()
            .flat_map(|(_, landing)| landing.provinces_eur.iter().copied())
    };
    let elsewhere = scenarios.iter().map(|(_, landing)| landing.elsewhere_eur);
    let decimals = decimals_of_millions(provinces().chain(elsewhere));
    let least = 0.5e6 / 10_f64.powi(decimals as i32);
    provinces().any(|amount| amount.abs() >= least)
}
