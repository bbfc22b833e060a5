//! Quantities beside the balance, year by year, and the indicators of the appraisal itself.
use super::appraisal::appraisal_indicators;
use crate::appraisal::catalogue::Catalogue;
use crate::finance::RatioConvention;
use crate::outcome::{AlternativeOutcome, Outcome};
use crate::table::Table;

/// Columns `scenario`, `alternative`, `indicator`, `element`, `year`, `unit`, `mean`, `difference`, `note`.
///
/// First the indicators of the model, in base units: the mean level in each year and the difference from the baseline, with
/// the baseline among the alternatives. Then, for each alternative that is compared, the indicators of
/// [`super::appraisal`]: they are differences by themselves, so `difference` is empty; `year` is the base year.
#[must_use]
pub fn indicators(outcome: &Outcome, convention: RatioConvention) -> Table {
    let catalogue = &outcome.catalogue;
    let mut columns = Columns::default();
    for (scenario, results) in catalogue.scenarios.iter().zip(&outcome.scenarios) {
        let Some(baseline) = results.alternatives.get(catalogue.baseline) else {
            continue;
        };
        for (alternative, result) in catalogue.alternatives.iter().zip(&results.alternatives) {
            levels(
                &mut columns,
                catalogue,
                [&scenario.id, &alternative.id],
                result,
                baseline,
            );
        }
        for number in catalogue.compared() {
            let result = &results.alternatives[number];
            for found in appraisal_indicators(catalogue, result, convention) {
                columns.scenario.push(scenario.id.clone());
                columns.alternative.push(catalogue.alternatives[number].id.clone());
                columns.indicator.push(found.name);
                columns.element.push(String::new());
                columns.year.push(i64::from(catalogue.base_year));
                columns.unit.push(found.unit.to_owned());
                columns.mean.push(found.value);
                columns.difference.push(None);
                columns.note.push(found.note);
            }
        }
    }
    columns.table()
}

fn levels(
    columns: &mut Columns,
    catalogue: &Catalogue,
    [scenario, alternative]: [&str; 2],
    result: &AlternativeOutcome,
    baseline: &AlternativeOutcome,
) {
    let both = result.indicators.iter().zip(&baseline.indicators);
    for (indicator, (elements, elements_before)) in catalogue.indicators.iter().zip(both) {
        let both = elements.iter().zip(elements_before);
        for (element, (years, years_before)) in indicator.elements.iter().zip(both) {
            let both = years.iter().zip(years_before);
            for (year, (level, before)) in (i64::from(catalogue.first_year)..).zip(both) {
                columns.scenario.push(scenario.to_owned());
                columns.alternative.push(alternative.to_owned());
                columns.indicator.push(indicator.entry.id.clone());
                columns.element.push(element.clone());
                columns.year.push(year);
                columns.unit.push(indicator.unit.clone());
                columns.mean.push(Some(*level));
                columns.difference.push(Some(level - before));
                columns.note.push(String::new());
            }
        }
    }
}

#[derive(Default)]
struct Columns {
    scenario: Vec<String>,
    alternative: Vec<String>,
    indicator: Vec<String>,
    element: Vec<String>,
    year: Vec<i64>,
    unit: Vec<String>,
    mean: Vec<Option<f64>>,
    difference: Vec<Option<f64>>,
    note: Vec<String>,
}

impl Columns {
    fn table(self) -> Table {
        Table::new("indicators")
            .text("scenario", self.scenario)
            .text("alternative", self.alternative)
            .text("indicator", self.indicator)
            .text("element", self.element)
            .whole("year", self.year)
            .text("unit", self.unit)
            .optional_number("mean", self.mean)
            .optional_number("difference", self.difference)
            .text("note", self.note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn levels_are_shown_with_their_difference_from_the_baseline() {
        let table = indicators(&fixture::outcome(), RatioConvention::default());
        assert_eq!(table.check(), Ok(()));
        let rows = rows_where(
            &table,
            &[("scenario", "low"), ("alternative", "hardware"), ("indicator", "jobs")],
        );
        let column = |name: &str| -> Vec<f64> { rows.iter().map(|&row| amount(&table, row, name)).collect() };
        assert_eq!(column("year"), [2026.0, 2027.0, 2028.0]);
        assert_eq!(column("mean"), [10.0, 35.0, 60.0]);
        assert_eq!(column("difference"), [0.0, 25.0, 50.0]);
    }

    #[test]
    fn the_baseline_differs_from_itself_by_exactly_nothing() {
        let table = indicators(&fixture::outcome(), RatioConvention::default());
        let rows = rows_where(&table, &[("alternative", "baseline")]);
        assert_eq!(rows.len(), 2 * 3 * 3);
        assert!(rows.iter().all(|&row| amount(&table, row, "difference") == 0.0));
    }

    #[test]
    fn indicators_of_the_appraisal_stand_in_the_base_year_without_difference() {
        let table = indicators(&fixture::outcome(), RatioConvention::default());
        let rows = rows_where(
            &table,
            &[("scenario", "high"), ("alternative", "hardware"), ("indicator", "npv")],
        );
        assert_eq!(rows.len(), 1);
        assert!((amount(&table, rows[0], "mean") - 57.0).abs() < 1e-9);
        assert_eq!(amount(&table, rows[0], "year"), 2026.0);
        assert!(
            table
                .cell(rows[0], "difference")
                .is_some_and(|cell| cell.as_number().is_none())
        );
    }
}
