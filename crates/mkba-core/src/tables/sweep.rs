//! The balances in every point of a sweep, and where they change sign.
use super::ratio::{Scope, benefit_cost_ratio};
use crate::outcome::Summary;
use crate::sweep::{BreakEven, PointCase, SweepOutcome};
use crate::table::{Table, Values};

/// Columns of the balance of a scope, gathered row by row.
#[derive(Default)]
struct Numbers {
    mean: Vec<Option<f64>>,
    error: Vec<Option<f64>>,
    p05: Vec<Option<f64>>,
    p50: Vec<Option<f64>>,
    p95: Vec<Option<f64>>,
    positive: Vec<Option<f64>>,
    ratio: Vec<Option<f64>>,
}

impl Numbers {
    fn push(&mut self, balance: Summary, positive: f64, ratio: Option<f64>) {
        // A single draw has no error.
        let finite = |number: f64| Some(number).filter(|number| number.is_finite());
        self.mean.push(finite(balance.mean));
        self.error.push(finite(balance.standard_error));
        self.p05.push(finite(balance.p05));
        self.p50.push(finite(balance.p50));
        self.p95.push(finite(balance.p95));
        self.positive.push(finite(positive));
        self.ratio.push(ratio);
    }

    fn add_to(self, table: Table, scope: Scope) -> Table {
        let npv = scope.named("npv");
        table
            .optional_number(format!("{npv}_mean_eur"), self.mean)
            .optional_number(format!("{npv}_se_eur"), self.error)
            .optional_number(format!("{npv}_p05_eur"), self.p05)
            .optional_number(format!("{npv}_p50_eur"), self.p50)
            .optional_number(format!("{npv}_p95_eur"), self.p95)
            .optional_number(scope.named("probability_positive"), self.positive)
            .optional_number(scope.named("bcr"), self.ratio)
    }
}

/// Columns `point`, one for each axis, `scenario`, `alternative`, and for both scopes `npv_mean_eur`, `npv_se_eur`, `npv_p05_eur`,
/// `npv_p50_eur`, `npv_p95_eur`, `probability_positive`, `bcr`; at last `ranking_probability`. A row for each point, scenario and
/// compared alternative.
#[must_use]
pub fn sweep(outcome: &SweepOutcome) -> Table {
    let catalogue = &outcome.catalogue;
    let (mut points, mut scenarios, mut alternatives) = (Vec::new(), Vec::new(), Vec::new());
    let mut rankings = Vec::new();
    let (mut all, mut without) = (Numbers::default(), Numbers::default());
    for (point, result) in outcome.results.iter().enumerate() {
        for (scenario, found) in catalogue.scenarios.iter().zip(&result.scenarios) {
            for alternative in catalogue.compared() {
                let case: &PointCase = &found.cases[alternative];
                let ratio = |scope| {
                    benefit_cost_ratio(catalogue, &case.result, scope, outcome.conventions[point])
                        .ratio
                        .value()
                };
                points.push(point);
                scenarios.push(scenario.id.as_str());
                alternatives.push(catalogue.alternatives[alternative].id.as_str());
                all.push(case.result.balance, case.share_positive, ratio(Scope::All));
                without.push(
                    case.result.balance_without_separate,
                    case.share_positive_without_separate,
                    ratio(Scope::WithoutSeparate),
                );
                rankings.push(found.ranking);
            }
        }
    }
    let mut table = Table::new("sweep").whole("point", points.iter().map(|&point| point as i64 + 1));
    for (number, axis) in outcome.axes.iter().enumerate() {
        let numbers = points
            .iter()
            .filter_map(|&point| outcome.number(point, number))
            .collect();
        let texts = || {
            points
                .iter()
                .map(|&point| outcome.text(point, number).to_owned())
                .collect()
        };
        let values = match axis.numbers {
            Some(_) => Values::Number(numbers),
            None => Values::Text(texts()),
        };
        table = table.with(axis.name.clone(), values);
    }
    table = table.text("scenario", scenarios).text("alternative", alternatives);
    table = all.add_to(table, Scope::All);
    table = without.add_to(table, Scope::WithoutSeparate);
    table.number("ranking_probability", rankings)
}

/// Columns `scenario`, `alternative`, `balance`, `axis`, one for each axis (its value on the line as text, empty for the axis that is
/// followed), `value`, `direction`, `below`, `above`: a row for each crossing, and one for each line without any.
#[must_use]
pub fn break_evens(outcome: &SweepOutcome, found: &[BreakEven]) -> Table {
    let rows: Vec<_> = found
        .iter()
        .flat_map(|one| {
            let crossings = one.crossings.iter().map(Some);
            let none = one.crossings.is_empty().then_some(None);
            crossings.chain(none).map(move |crossing| (one, crossing))
        })
        .collect();
    let catalogue = &outcome.catalogue;
    let mut table = Table::new("break-even")
        .text(
            "scenario",
            rows.iter()
                .map(|(one, _)| catalogue.scenarios[one.scenario].id.as_str()),
        )
        .text(
            "alternative",
            rows.iter()
                .map(|(one, _)| catalogue.alternatives[one.alternative].id.as_str()),
        )
        .text("balance", rows.iter().map(|(one, _)| one.scope.named("npv")))
        .text("axis", rows.iter().map(|(one, _)| outcome.axes[one.axis].name.as_str()));
    for (number, axis) in outcome.axes.iter().enumerate() {
        let value = |one: &BreakEven| {
            let first = one.line.first().copied().unwrap_or(0);
            let is_held = one.axis != number
                && one
                    .line
                    .iter()
                    .all(|&point| outcome.places[point][number] == outcome.places[first][number]);
            if is_held {
                outcome.text(first, number).to_owned()
            } else {
                String::new()
            }
        };
        table = table.text(axis.name.clone(), rows.iter().map(|(one, _)| value(one)));
    }
    let direction = |rises: bool| if rises { "rises" } else { "falls" };
    table
        .optional_number("value", rows.iter().map(|(_, crossing)| crossing.map(|it| it.value)))
        .text(
            "direction",
            rows.iter()
                .map(|(_, crossing)| crossing.map_or("none", |it| direction(it.rises))),
        )
        .optional_number(
            "below",
            rows.iter()
                .map(|(_, crossing)| crossing.map(|it| it.below as f64 + 1.0)),
        )
        .optional_number(
            "above",
            rows.iter()
                .map(|(_, crossing)| crossing.map(|it| it.above as f64 + 1.0)),
        )
}
