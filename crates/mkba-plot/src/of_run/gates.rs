//! How often each gate binds over the years, a figure for each alternative.

use std::collections::BTreeMap;

use mkba_core::run_tables::RunTables;

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::{Item, Label};
use crate::{Across, Caption, Course, CoursePoint, Courses, Figure, Up};

pub(super) fn make(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(rows) = Rows::of(run, "gates")? else {
        return Ok(Vec::new());
    };
    let (gates, years) = (rows.text("gate")?, rows.numbers("year")?);
    let binding = rows.numbers("binding_probability")?;
    let mut figures = Vec::new();
    for alternative in run.catalogue.alternatives.iter().map(names::item) {
        let mut scenarios = Vec::new();
        for scenario in names::scenarios(&run.catalogue) {
            // Sum and number of the elements by gate and year.
            let mut sums: BTreeMap<&str, BTreeMap<i64, (f64, f64)>> = BTreeMap::new();
            for &row in rows.of_case(&scenario.id, &alternative.id) {
                if let (Some(year), Some(share)) = (years[row], binding[row]) {
                    let sum = sums.entry(&gates[row]).or_default().entry(year as i64).or_default();
                    *sum = (sum.0 + share, sum.1 + 1.0);
                }
            }
            let courses = sums.into_iter().map(|(gate, by_year)| Course {
                item: name(run, gate),
                points: by_year
                    .into_iter()
                    .map(|(year, (sum, count))| CoursePoint {
                        at: year as f64,
                        value: sum / count,
                        bands: Vec::new(),
                    })
                    .collect(),
            });
            let courses: Vec<Course> = courses.collect();
            if !courses.is_empty() {
                scenarios.push((scenario, courses));
            }
        }
        // After the last year in which one binds, there is nothing to see.
        let all = scenarios
            .iter()
            .flat_map(|(_, courses)| courses)
            .flat_map(|course| &course.points);
        let binding = all.filter(|point| point.value > 0.0).map(|point| point.at);
        let Some(last) = binding.reduce(f64::max) else {
            continue;
        };
        for course in scenarios.iter_mut().flat_map(|(_, courses)| courses) {
            let mut shown = course.points.iter().take_while(|point| point.at <= last).count();
            shown = (shown + 1).max(2).min(course.points.len());
            course.points.truncate(shown);
        }
        let notes = vec![Label::new(
            "Aandeel van de trekkingen, gemiddeld over plaatsen, waarin niet alles wat gevraagd wordt ook past. De poorten gelden ook in het \
             nulalternatief.",
            "Share of the draws, averaged over places, in which not all that is asked for fits. The gates hold in the baseline too.",
        )];
        figures.push(RunFigure {
            name: format!("gates-{}", alternative.id),
            figure: Figure::Courses(Courses {
                caption: Caption {
                    title: names::of_alternative("Wat knelt, en wanneer", "What is scarce, and when", &alternative),
                    subtitle: names::draws(run),
                    notes,
                },
                across: Across::Years,
                up: Up::Share,
                scenarios,
            }),
        });
    }
    Ok(figures)
}

/// A gate by its label.
fn name(run: &RunTables, gate: &str) -> Item {
    let entries = &run.catalogue.gates;
    match entries.iter().find(|found| found.entry.id == gate) {
        Some(found) => names::item(&found.entry),
        None => Item::new(gate, gate, gate),
    }
}
