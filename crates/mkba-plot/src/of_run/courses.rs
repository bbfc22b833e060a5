//! The balance over the years, and as draws are added.

use mkba_core::run_tables::RunTables;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::{Item, Label};
use crate::{Across, Caption, Course, CoursePoint, Courses, Figure, Up};

/// The discounted balance up to each year, a figure for each alternative.
pub(super) fn make_cumulative(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(rows) = Rows::of(run, "cumulative")? else {
        return Ok(Vec::new());
    };
    let (years, means) = (rows.numbers("year")?, rows.numbers("mean_eur")?);
    let bands = [("p05_eur", "p95_eur"), ("p25_eur", "p75_eur")];
    let bands: Result<Vec<_>, PlotError> = bands
        .iter()
        .map(|(low, high)| Ok((rows.numbers(low)?, rows.numbers(high)?)))
        .collect();
    let bands = bands?;
    let mut figures = Vec::new();
    for alternative in names::alternatives(&run.catalogue) {
        let mut scenarios = Vec::new();
        for scenario in names::scenarios(&run.catalogue) {
            let points = rows.of_case(&scenario.id, &alternative.id).iter().filter_map(|&row| {
                let bands = bands.iter().filter_map(|(low, high)| Some((low[row]?, high[row]?)));
                Some(CoursePoint {
                    at: years[row]?,
                    value: means[row]?,
                    bands: bands.collect(),
                })
            });
            let course = Course {
                item: alternative.clone(),
                points: points.collect(),
            };
            if !course.points.is_empty() {
                scenarios.push((scenario, vec![course]));
            }
        }
        if scenarios.is_empty() {
            continue;
        }
        let notes = vec![Label::new(
            "Lijn: gemiddelde. Donkere waaier: 25 % tot 75 % van de trekkingen; lichte waaier: 5 % tot 95 %. Per jaar het saldo van alle \
             bedragen tot en met dat jaar.",
            "Line: mean. Dark fan: 25% to 75% of the draws; light fan: 5% to 95%. In each year the balance of all amounts up to and \
             including that year.",
        )];
        figures.push(RunFigure {
            name: format!("cumulative-{}", alternative.id),
            figure: Figure::Courses(Courses {
                caption: Caption {
                    title: names::of_alternative("Saldo in de tijd", "Balance over time", &alternative),
                    subtitle: names::settings(run),
                    notes,
                },
                across: Across::Years,
                up: Up::Money,
                scenarios,
            }),
        });
    }
    Ok(figures)
}

/// How the mean balances settle. Runs with too few draws for checkpoints are followed draw by draw.
pub(super) fn make_convergence(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let mut found = from_checkpoints(run)?;
    if longest(&found) < FEWEST_POINTS {
        found = from_draws(run)?;
    }
    if longest(&found) < FEWEST_POINTS || !has_error(&found) {
        return Ok(Vec::new());
    }
    let notes = vec![Label::new(
        "Lijn: gemiddeld saldo over de eerste trekkingen; band: dat gemiddelde plus en min twee Monte Carlo-standaardfouten.",
        "Line: mean balance over the first draws; band: that mean plus and minus two Monte Carlo standard errors.",
    )];
    Ok(vec![RunFigure {
        name: "convergence".to_owned(),
        figure: Figure::Courses(Courses {
            caption: Caption {
                title: names::with_study(
                    &run.catalogue,
                    "Zekerheid van het gemiddelde saldo",
                    "How sure the mean balance is",
                ),
                subtitle: names::settings(run),
                notes,
            },
            across: Across::Draws,
            up: Up::Money,
            scenarios: found,
        }),
    }])
}

/// A line of fewer points says nothing.
const FEWEST_POINTS: usize = 3;
/// The first number of draws for which a mean has an error worth showing.
const FIRST_CHECKPOINT: usize = 16;

type Scenarios = Vec<(Item, Vec<Course>)>;

fn longest(scenarios: &Scenarios) -> usize {
    let courses = scenarios.iter().flat_map(|(_, courses)| courses);
    courses.map(|course| course.points.len()).max().unwrap_or(0)
}

/// Whether any mean has a Monte Carlo error: without uncertain inputs none has.
fn has_error(scenarios: &Scenarios) -> bool {
    let points = scenarios
        .iter()
        .flat_map(|(_, courses)| courses)
        .flat_map(|course| &course.points);
    let mut bands = points.flat_map(|point| &point.bands);
    bands.any(|(low, high)| low < high)
}

fn from_checkpoints(run: &RunTables) -> Result<Scenarios, PlotError> {
    let Some(rows) = Rows::of(run, "convergence")? else {
        return Ok(Vec::new());
    };
    let (draws, means, errors) = (
        rows.numbers("draws")?,
        rows.numbers("npv_mean_eur")?,
        rows.numbers("npv_se_eur")?,
    );
    Ok(courses(run, |scenario, alternative| {
        let points = rows.of_case(scenario, alternative).iter().filter_map(|&row| {
            let (at, mean, error) = (draws[row]?, means[row]?, errors[row]?);
            Some(point(at, mean, error))
        });
        points.collect()
    }))
}

fn from_draws(run: &RunTables) -> Result<Scenarios, PlotError> {
    let Some(rows) = Rows::of(run, "npv")? else {
        return Ok(Vec::new());
    };
    let balances = rows.numbers("npv_eur")?;
    Ok(courses(run, |scenario, alternative| {
        let of_case = rows
            .of_case(scenario, alternative)
            .iter()
            .filter_map(|&row| balances[row]);
        let of_case: Vec<f64> = of_case.collect();
        let mut ends: Vec<usize> = std::iter::successors(Some(FIRST_CHECKPOINT), |end| Some(end * 2))
            .take_while(|end| *end < of_case.len())
            .collect();
        ends.push(of_case.len());
        let first = |end: usize| {
            let draws = &of_case[..end];
            let count = end as f64;
            let mean = draws.iter().sum::<f64>() / count;
            let squares: f64 = draws.iter().map(|draw| (draw - mean).powi(2)).sum();
            point(count, mean, (squares / (count - 1.0) / count).sqrt())
        };
        ends.into_iter()
            .filter(|end| *end >= FIRST_CHECKPOINT)
            .map(first)
            .collect()
    }))
}

fn point(at: f64, mean: f64, error: f64) -> CoursePoint {
    CoursePoint {
        at,
        value: mean,
        bands: vec![(mean - 2.0 * error, mean + 2.0 * error)],
    }
}

/// A course of each alternative in each scenario; those without points are left out, and scenarios without courses too.
fn courses(run: &RunTables, points: impl Fn(&str, &str) -> Vec<CoursePoint>) -> Scenarios {
    let alternatives = names::alternatives(&run.catalogue);
    let scenarios = names::scenarios(&run.catalogue).into_iter().map(|scenario| {
        let courses = alternatives.iter().map(|alternative| Course {
            item: alternative.clone(),
            points: points(&scenario.id, &alternative.id),
        });
        let courses: Vec<Course> = courses.filter(|course| !course.points.is_empty()).collect();
        (scenario, courses)
    });
    scenarios.filter(|(_, courses)| !courses.is_empty()).collect()
}
