//! From costs to balance, step by step, one panel of equal size for each scenario.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::axis::Axis;
use crate::drawing::{Drawing, Text};
use crate::error::{PlotError, check_count, check_finite, check_not_empty};
use crate::font;
use crate::language::{Item, Label, Language, decimals_of_millions};
use crate::page::{self, Caption, HEADING, LINE, Panels, SMALL};
use crate::palette::{self, GAIN, INK, LOSS, MUTED, Pattern, WHITE};
use crate::row_labels::{RowLabels, stacked};

const LEAST_PLOT: f64 = 240.0;
const ROW_PADDING: f64 = 9.0;
const BELOW_PLOT: f64 = 40.0;

/// What each group of effects adds to the balance of one alternative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waterfall {
    /// Title, settings, notes.
    pub caption: Caption,
    /// From top to bottom.
    pub steps: Vec<Step>,
    /// In the order of the panels, each with an amount in EUR for every step.
    pub scenarios: Vec<(Item, Vec<f64>)>,
}

/// A row of a waterfall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What it is.
    pub item: Item,
    /// What its amount means.
    pub kind: StepKind,
}

/// What the amount of a step means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepKind {
    /// It is added to what is above.
    Change,
    /// It is the sum of all changes above: a total or a balance.
    Level,
}

impl Waterfall {
    /// Where the bar of each step begins and ends, in EUR.
    fn bars(&self, amounts: &[f64]) -> Vec<(f64, f64)> {
        let mut reached = 0.0;
        let steps = self.steps.iter().zip(amounts);
        steps
            .map(|(step, amount)| {
                let from = match step.kind {
                    StepKind::Change => reached,
                    StepKind::Level => 0.0,
                };
                reached = from + amount;
                (from, reached)
            })
            .collect()
    }

    fn amounts(&self) -> impl Iterator<Item = f64> {
        self.scenarios.iter().flat_map(|(_, amounts)| amounts).copied()
    }
}

impl FigureKind for Waterfall {
    fn check(&self) -> Result<(), PlotError> {
        check_not_empty("scenarios", self.scenarios.is_empty())?;
        check_not_empty("steps", self.steps.is_empty())?;
        for (scenario, amounts) in &self.scenarios {
            let place = format!("steps in `{}`", scenario.id);
            check_count(&place, self.steps.len(), amounts.len())?;
            check_finite(&place, amounts)?;
        }
        Ok(())
    }

    fn title(&self) -> &Label {
        &self.caption.title
    }

    fn alt_text(&self, language: Language) -> String {
        let decimals = decimals_of_millions(self.amounts());
        let mut text = format!("{}.", self.caption.title.in_language(language));
        for (scenario, amounts) in &self.scenarios {
            let steps = self.steps.iter().zip(amounts).map(|(step, amount)| {
                let label = step.item.label.in_language(language);
                format!("{label} {}", language.amount(*amount, decimals))
            });
            let steps: Vec<String> = steps.collect();
            text.push_str(&format!(
                " {}: {}.",
                scenario.label.in_language(language),
                steps.join("; ")
            ));
        }
        text
    }

    /// `scenario`, `step`, `kind` (`change` or `level`), `pv_mean_eur`.
    fn table(&self) -> Table {
        let rows = self.scenarios.iter().flat_map(|(scenario, amounts)| {
            let steps = self.steps.iter().zip(amounts);
            steps.map(move |(step, amount)| (scenario.id.as_str(), step, *amount))
        });
        let rows: Vec<_> = rows.collect();
        let kind = |step: &Step| match step.kind {
            StepKind::Change => "change",
            StepKind::Level => "level",
        };
        Table::new("waterfall")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("step", rows.iter().map(|row| row.1.item.id.as_str()))
            .text("kind", rows.iter().map(|row| kind(row.1)))
            .number("pv_mean_eur", rows.iter().map(|row| row.2))
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let decimals = decimals_of_millions(self.amounts());
        let labels = RowLabels::of(self.steps.iter().map(|step| step.item.label.in_language(language)))?;
        let mut number = 0.0_f64;
        for amount in self.amounts() {
            number = number.max(font::text_width(&language.millions_of(amount, decimals), SMALL, true)?);
        }
        // Behind the longest bar there is room for its number.
        let behind = number + 10.0;
        let panels = Panels::of(self.scenarios.len(), labels.width + LEAST_PLOT + behind);
        let plot = panels.width - labels.width - behind;
        let ends = self.scenarios.iter().flat_map(|(_, amounts)| self.bars(amounts));
        let axis = Axis::over(
            ends.flat_map(|(from, to)| [from / 1e6, to / 1e6]),
            Axis::wanted_steps(plot),
        );
        let heights: Vec<f64> = (0..self.steps.len())
            .map(|row| labels.height(row) + ROW_PADDING)
            .collect();
        let rows_height: f64 = heights.iter().sum();
        let height = HEADING + 14.0 + rows_height + BELOW_PLOT;

        let (mut drawing, top) = page::begin(panels.page_width(), &self.caption, language)?;
        for (panel, (scenario, amounts)) in self.scenarios.iter().enumerate() {
            let corner = panels.corner(panel, top, height);
            let (left, right) = (corner.0 + labels.width, corner.0 + labels.width + plot);
            page::panel_heading(&mut drawing, scenario.label.in_language(language), corner);
            let (tops, bottom) = stacked(heights.iter().copied(), corner.1 + HEADING + 14.0);
            axis.draw_below(&mut drawing, (left, right), (tops[0], bottom), |tick| {
                language.number(tick, axis.decimals)
            })?;
            let unit = Text::new(language.millions(), (left, bottom + 33.0), SMALL);
            drawing.text(unit.coloured(MUTED));
            let across = |value_eur: f64| left + axis.share(value_eur / 1e6) * plot;
            let bars = self.bars(amounts);
            for (row, ((step, amount), (from, to))) in self.steps.iter().zip(amounts).zip(&bars).enumerate() {
                let (roof, floor) = (tops[row] + 3.0, tops[row] + heights[row] - 3.0);
                let is_level = step.kind == StepKind::Level;
                let colour = match (is_level, *amount < 0.0) {
                    (true, _) => INK,
                    (false, true) => LOSS,
                    (false, false) => GAIN,
                };
                if across(*from) != across(*to) {
                    let fill = palette::Fill {
                        colour,
                        pattern: Pattern::Solid,
                    };
                    drawing.rectangle((across(*from), roof), (across(*to), floor), fill);
                }
                if row + 1 < bars.len() {
                    let next = tops[row + 1] + 3.0;
                    drawing.rule((across(*to), floor), (across(*to), next), 1.0, MUTED);
                }
                labels.draw(&mut drawing, row, (left, (roof + floor) / 2.0), is_level);
                let words = language.millions_of(*amount, decimals);
                let place = (across(from.max(*to)) + 6.0, (roof + floor) / 2.0 + SMALL * 0.36);
                // A line of the axis behind a number would cross it out.
                let wide = font::text_width(&words, SMALL, is_level)?;
                let (roof, floor) = (place.1 - SMALL * 0.85, place.1 + SMALL * 0.2);
                let behind = [-2.0, wide + 2.0].map(|across| place.0 + across);
                let corners = vec![
                    (behind[0], roof),
                    (behind[1], roof),
                    (behind[1], floor),
                    (behind[0], floor),
                ];
                drawing.polygon(corners, WHITE, 1.0);
                let words = Text::new(words, place, SMALL);
                drawing.text(if is_level { words.bold() } else { words });
            }
        }
        let bottom = panels.bottom(self.scenarios.len(), top, height);
        page::end(drawing, Vec::new(), &self.caption, bottom - LINE * 0.5, language)
    }
}
