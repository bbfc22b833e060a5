//! How the balance of each alternative is distributed over the draws, one panel of equal size for each scenario.

use std::ops::Range;

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::axis::Axis;
use crate::drawing::{Anchor, Drawing, Text};
use crate::error::{PlotError, check_count};
use crate::font;
use crate::language::{Item, Label, Language};
use crate::page::{self, HEADING, LINE, Panels, SMALL};
use crate::palette::{self, GRID, MUTED};

const PLOT_HEIGHT: f64 = 260.0;
/// More curves than this in a panel cannot be told apart: each has a colour of its own.
const MOST_CURVES: usize = 6;
const LEAST_PLOT_WIDTH: f64 = 360.0;
const SAMPLE: f64 = 34.0;
const ROW: f64 = LINE + 2.0;
/// Space for the numbers and the words below the horizontal axis.
const BELOW_PLOT: f64 = 44.0;
/// Steps of probability in which a distribution is kept.
const STEPS: usize = 200;
/// The horizontal axis shows all curves between these probabilities, so that no single draw sets its length.
const SHOWN: (f64, f64) = (0.005, 0.995);

/// The probability that the balance is at most some amount, for all amounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BalanceDistribution {
    /// What is shown.
    pub title: Label,
    /// Price level, base year, number of draws.
    pub subtitle: Label,
    /// In the order of the legend.
    pub alternatives: Vec<Item>,
    /// In the order of the panels, each with a distribution for every alternative.
    pub scenarios: Vec<(Item, Vec<Distribution>)>,
    /// What has to be said below.
    pub notes: Vec<Label>,
}

/// The distribution of one balance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// Quantiles of the balance in EUR at equally spaced probabilities from 0 (the least draw) to 1 (the greatest).
    pub quantiles_eur: Vec<f64>,
    /// The share of the draws with a balance above zero.
    pub probability_positive: f64,
}

impl Distribution {
    /// The distribution of draws in EUR, in any order. Quantiles are interpolated linearly between order statistics
    /// (definition 7 of Hyndman and Fan 1996, The American Statistician 50(4), 361-365).
    ///
    /// # Errors
    /// There are no draws, or one is not finite.
    pub fn of_draws(draws_eur: &[f64]) -> Result<Self, PlotError> {
        if draws_eur.is_empty() {
            return Err(PlotError::Empty { what: "draws" });
        }
        if let Some(number) = draws_eur.iter().position(|value| !value.is_finite()) {
            return Err(PlotError::NotFinite {
                place: format!("draw {number}"),
            });
        }
        let mut sorted = draws_eur.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quantile = |step: usize| {
            let place = step as f64 / STEPS as f64 * (sorted.len() - 1) as f64;
            let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
            below + (above - below) * place.fract()
        };
        let positive = sorted.len() - sorted.partition_point(|value| *value <= 0.0);
        Ok(Self {
            quantiles_eur: (0..=STEPS).map(quantile).collect(),
            probability_positive: positive as f64 / sorted.len() as f64,
        })
    }

    /// Probability and balance in EUR of each point of the curve.
    fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        let last = self.quantiles_eur.len().saturating_sub(1).max(1) as f64;
        self.quantiles_eur
            .iter()
            .enumerate()
            .map(move |(number, value)| (number as f64 / last, *value))
    }

    fn shown_points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.points()
            .filter(|(probability, _)| (SHOWN.0..=SHOWN.1).contains(probability))
    }
}

impl FigureKind for BalanceDistribution {
    /// Checks that there is a distribution for each alternative in each scenario.
    ///
    /// # Errors
    /// Something is empty, of the wrong length or not finite.
    fn check(&self) -> Result<(), PlotError> {
        for (empty, what) in [
            (self.scenarios.is_empty(), "scenarios"),
            (self.alternatives.is_empty(), "alternatives"),
        ] {
            if empty {
                return Err(PlotError::Empty { what });
            }
        }
        for (scenario, distributions) in &self.scenarios {
            check_count(
                format!("distributions in `{}`", scenario.id),
                self.alternatives.len(),
                distributions.len(),
            )?;
            for (alternative, distribution) in self.alternatives.iter().zip(distributions) {
                let numbers = distribution
                    .quantiles_eur
                    .iter()
                    .chain([&distribution.probability_positive]);
                if distribution.quantiles_eur.is_empty() {
                    return Err(PlotError::Empty { what: "quantiles" });
                }
                if !numbers.into_iter().all(|value| value.is_finite()) {
                    return Err(PlotError::NotFinite {
                        place: format!("`{}` in `{}`", alternative.id, scenario.id),
                    });
                }
            }
        }
        Ok(())
    }

    /// The points of the curves: `scenario`, `alternative`, `probability`, `balance_eur`, and on each row of an
    /// alternative its `probability_positive`.
    fn table(&self) -> Table {
        let mut rows: Vec<(&str, &str, (f64, f64), f64)> = Vec::new();
        for (scenario, distributions) in &self.scenarios {
            for (alternative, distribution) in self.alternatives.iter().zip(distributions) {
                let positive = distribution.probability_positive;
                rows.extend(
                    distribution
                        .points()
                        .map(|point| (&*scenario.id, &*alternative.id, point, positive)),
                );
            }
        }
        Table::new("balance_distribution")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("alternative", rows.iter().map(|row| row.1))
            .number("probability", rows.iter().map(|row| row.2.0))
            .number("balance_eur", rows.iter().map(|row| row.2.1))
            .number("probability_positive", rows.iter().map(|row| row.3))
    }

    /// The probabilities of a positive balance in words.
    fn alt_text(&self, language: Language) -> String {
        let title = self.title.in_language(language);
        let what = language.choose("Kans op een positief saldo", "Probability of a positive balance");
        let mut text = format!("{title}. {what}.");
        for (scenario, distributions) in &self.scenarios {
            let probabilities = self
                .alternatives
                .iter()
                .zip(distributions)
                .map(|(alternative, distribution)| {
                    let probability = language.probability(distribution.probability_positive);
                    format!("{} {probability}", alternative.label.in_language(language))
                });
            let probabilities: Vec<String> = probabilities.collect();
            text.push_str(&format!(
                " {}: {}.",
                scenario.label.in_language(language),
                probabilities.join("; ")
            ));
        }
        text
    }

    fn title(&self) -> &Label {
        &self.title
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        lay_out(self, language)
    }
}

/// Places everything on a page.
pub(crate) fn lay_out(figure: &BalanceDistribution, language: Language) -> Result<Drawing, PlotError> {
    let distributions = figure.scenarios.iter().flat_map(|(_, distributions)| distributions);
    let shown = distributions
        .flat_map(Distribution::shown_points)
        .map(|(_, value)| value / 1e6);
    let axis = Axis::over(shown, 6.0);
    let count = figure.alternatives.len();
    let groups = count.div_ceil(MOST_CURVES).max(1);
    let shown = count.div_ceil(groups).max(1);
    let panels = Panels::of(groups * figure.scenarios.len(), panel_width(figure, &axis, language)?);
    let height = HEADING + 16.0 + PLOT_HEIGHT + BELOW_PLOT + (shown as f64 + 1.0) * ROW;

    let mut drawing = Drawing {
        width: panels.page_width(),
        ..Drawing::default()
    };
    let top = page::heading(&mut drawing, &figure.title, &figure.subtitle, language)?;
    // The scenarios of the same alternatives stand beside each other.
    let groups = (0..count).step_by(shown).map(|first| first..count.min(first + shown));
    let panels_of = |group: Range<usize>| figure.scenarios.iter().map(move |scenario| (group.clone(), scenario));
    let mut number = 0;
    for (group, (scenario, distributions)) in groups.flat_map(panels_of) {
        let corner = panels.corner(number, top, height);
        number += 1;
        let frame = Frame::of(corner, panels.width, language)?;
        drawing.text(
            Text::new(
                scenario.label.in_language(language),
                (frame.left, corner.1 + HEADING),
                HEADING,
            )
            .bold(),
        );
        draw_grid(&mut drawing, &axis, &frame, language)?;
        draw_curves(&mut drawing, &distributions[group.clone()], &axis, &frame);
        let named = (&figure.alternatives[group.clone()], &distributions[group]);
        draw_key(&mut drawing, named, &frame, language);
    }
    let bottom = panels.bottom(number, top, height) + 12.0;
    let mut notes: Vec<String> = figure
        .notes
        .iter()
        .map(|note| note.in_language(language).to_owned())
        .collect();
    notes.push(shown_range(language));
    page::notes(&mut drawing, &notes, bottom)?;
    Ok(drawing)
}

/// The rectangle of the curves.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
}

impl Frame {
    fn of((left, top): (f64, f64), width: f64, language: Language) -> Result<Self, PlotError> {
        Ok(Self {
            left: left + gutter(language)?,
            right: left + width,
            top: top + HEADING + 16.0,
        })
    }

    fn bottom(&self) -> f64 {
        self.top + PLOT_HEIGHT
    }

    fn across(&self, axis: &Axis, value: f64) -> f64 {
        self.left + axis.share(value) * (self.right - self.left)
    }

    fn down(&self, probability: f64) -> f64 {
        self.bottom() - probability * PLOT_HEIGHT
    }
}

fn draw_grid(drawing: &mut Drawing, axis: &Axis, frame: &Frame, language: Language) -> Result<(), PlotError> {
    for probability in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let place = frame.down(probability);
        drawing.rule((frame.left, place), (frame.right, place), 1.0, GRID);
        let words = language.probability(probability);
        drawing.text(Text::new(words, (frame.left - 8.0, place + 4.0), SMALL).anchored(Anchor::End));
    }
    axis.draw_below(
        drawing,
        (frame.left, frame.right),
        (frame.top, frame.bottom()),
        |tick| language.number(tick, axis.decimals),
    )?;
    let words = explanation(language);
    drawing.text(Text::new(words, (frame.left, frame.bottom() + 35.0), SMALL).coloured(MUTED));
    Ok(())
}

fn draw_curves(drawing: &mut Drawing, distributions: &[Distribution], axis: &Axis, frame: &Frame) {
    for (number, distribution) in distributions.iter().enumerate() {
        let points = distribution.shown_points();
        let points = points.map(|(probability, value)| (frame.across(axis, value / 1e6), frame.down(probability)));
        drawing.line(points.collect(), 2.0, palette::stroke(number));
    }
}

/// The legend of a panel: the alternatives with their probability of a positive balance.
fn draw_key(
    drawing: &mut Drawing,
    (alternatives, distributions): (&[Item], &[Distribution]),
    frame: &Frame,
    language: Language,
) {
    let mut baseline = frame.bottom() + BELOW_PLOT + 14.0;
    let head = Text::new(positive(language), (frame.right, baseline), SMALL);
    drawing.text(head.anchored(Anchor::End).bold());
    for (number, (alternative, distribution)) in alternatives.iter().zip(distributions).enumerate() {
        baseline += ROW;
        let sample = vec![
            (frame.left, baseline - 4.0),
            (frame.left + SAMPLE - 8.0, baseline - 4.0),
        ];
        drawing.line(sample, 2.0, palette::stroke(number));
        let words = alternative.label.in_language(language);
        drawing.text(Text::new(words, (frame.left + SAMPLE, baseline), SMALL));
        let words = language.probability(distribution.probability_positive);
        drawing.text(Text::new(words, (frame.right, baseline), SMALL).anchored(Anchor::End));
    }
}

/// Width of the labels of the vertical axis.
fn gutter(language: Language) -> Result<f64, PlotError> {
    Ok(font::text_width(&language.probability(1.0), SMALL, false)? + 8.0)
}

fn panel_width(figure: &BalanceDistribution, axis: &Axis, language: Language) -> Result<f64, PlotError> {
    let probability = font::text_width(positive(language), SMALL, true)?;
    let mut plot = LEAST_PLOT_WIDTH.max(font::text_width(explanation(language), SMALL, false)?);
    for tick in &axis.ticks {
        let label = font::text_width(&language.number(*tick, axis.decimals), SMALL, false)?;
        plot = plot.max((label + 8.0) * axis.ticks.len() as f64);
    }
    for alternative in &figure.alternatives {
        let label = font::text_width(alternative.label.in_language(language), SMALL, false)?;
        plot = plot.max(SAMPLE + label + 16.0 + probability);
    }
    for (scenario, _) in &figure.scenarios {
        plot = plot.max(font::text_width(scenario.label.in_language(language), HEADING, true)?);
    }
    Ok(gutter(language)? + plot)
}

fn explanation(language: Language) -> &'static str {
    language.choose(
        "kans dat het saldo hoogstens zo groot is; saldo in mln €",
        "probability that the balance is at most this; balance in € million",
    )
}

fn positive(language: Language) -> &'static str {
    language.choose("P(saldo > 0)", "P(balance > 0)")
}

fn shown_range(language: Language) -> String {
    let ends = [SHOWN.0, SHOWN.1].map(|probability| language.number(probability * 100.0, 1));
    match language {
        Language::Dutch => format!("De krommen zijn getekend van {} % tot {} %.", ends[0], ends[1]),
        Language::English => format!("The curves are drawn from {}% to {}%.", ends[0], ends[1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_definition_seven() {
        let distribution = Distribution::of_draws(&[3.0, -1.0, 2.0, 0.0]).expect("finite draws");
        assert_eq!(distribution.quantiles_eur[0], -1.0);
        assert_eq!(distribution.quantiles_eur[STEPS / 2], 1.0);
        assert_eq!(distribution.quantiles_eur[STEPS / 4], -0.25);
        assert_eq!(distribution.quantiles_eur[STEPS], 3.0);
    }

    #[test]
    fn a_balance_of_zero_is_not_positive() {
        let distribution = Distribution::of_draws(&[0.0, -0.0, 5.0, -5.0]).expect("finite draws");
        assert_eq!(distribution.probability_positive, 0.25);
    }

    #[test]
    fn draws_that_are_not_finite_are_refused() {
        let place = "draw 1".to_owned();
        assert_eq!(
            Distribution::of_draws(&[1.0, f64::NAN]),
            Err(PlotError::NotFinite { place })
        );
        assert_eq!(Distribution::of_draws(&[]), Err(PlotError::Empty { what: "draws" }));
    }
}
