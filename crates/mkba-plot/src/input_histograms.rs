//! What was drawn for each uncertain input, as small panels of equal size.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::axis::Axis;
use crate::drawing::{Anchor, Drawing, Text};
use crate::error::PlotError;
use crate::font;
use crate::histogram::{Histogram, SHOWN};
use crate::language::{Item, Label, Language};
use crate::page::{self, HEADING, LINE, MARGIN, Panels, SMALL};
use crate::palette::{self, GRID, INK, MUTED};

const LEAST_WIDTH: f64 = 300.0;
const PLOT_HEIGHT: f64 = 96.0;
/// From the top of a panel to its bars: label, name and unit.
const ABOVE_PLOT: f64 = HEADING + LINE + 18.0;
/// The numbers below the axis.
const BELOW_PLOT: f64 = 22.0;
/// More panels than this are spread over more pages.
pub const MOST_ON_A_PAGE: usize = 16;

/// Histograms of uncertain inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputHistograms {
    /// What is shown.
    pub title: Label,
    /// Number of draws, seed.
    pub subtitle: Label,
    /// In the order of the panels.
    pub inputs: Vec<InputHistogram>,
}

/// The histogram of one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputHistogram {
    /// Name and label.
    pub input: Item,
    /// Unit; empty for a number without unit.
    pub unit: String,
    /// Its draws.
    pub histogram: Histogram,
}

impl FigureKind for InputHistograms {
    /// Checks that there is something to draw.
    ///
    /// # Errors
    /// There are no inputs, or one has no bars or numbers that are not finite.
    fn check(&self) -> Result<(), PlotError> {
        if self.inputs.is_empty() {
            return Err(PlotError::Empty { what: "inputs" });
        }
        self.inputs
            .iter()
            .try_for_each(|input| input.histogram.check(&format!("`{}`", input.input.id)))
    }

    /// The bars: `input`, `unit`, `from`, `to`, `share`.
    fn table(&self) -> Table {
        let mut rows: Vec<(&InputHistogram, f64, f64, f64)> = Vec::new();
        for input in &self.inputs {
            let Histogram { low, high, shares, .. } = &input.histogram;
            let width = (high - low) / shares.len() as f64;
            let ends = |bar: usize| (low + width * bar as f64, low + width * (bar + 1) as f64);
            rows.extend(
                shares
                    .iter()
                    .enumerate()
                    .map(|(bar, share)| (input, ends(bar).0, ends(bar).1, *share)),
            );
        }
        Table::new("input_histograms")
            .text("input", rows.iter().map(|row| row.0.input.id.as_str()))
            .text("unit", rows.iter().map(|row| row.0.unit.as_str()))
            .number("from", rows.iter().map(|row| row.1))
            .number("to", rows.iter().map(|row| row.2))
            .number("share", rows.iter().map(|row| row.3))
    }

    /// Median and band of each input in words.
    fn alt_text(&self, language: Language) -> String {
        let mut text = format!("{}.", self.title.in_language(language));
        let (median, band) = language.choose(("mediaan", "5 % tot 95 %"), ("median", "5% to 95%"));
        for input in &self.inputs {
            let [p05, p50, p95] = input.histogram.marks.map(|mark| number(mark, language));
            let unit = if input.unit.is_empty() {
                String::new()
            } else {
                format!(" {}", input.unit)
            };
            let label = input.input.label.in_language(language);
            text.push_str(&format!(" {label}: {median} {p50}{unit}, {band} {p05}…{p95}."));
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
pub(crate) fn lay_out(figure: &InputHistograms, language: Language) -> Result<Drawing, PlotError> {
    let panels = Panels::of(figure.inputs.len(), LEAST_WIDTH);
    let height = ABOVE_PLOT + PLOT_HEIGHT + BELOW_PLOT;
    let mut drawing = Drawing {
        width: panels.page_width().max(page::LEAST_WIDTH + 2.0 * MARGIN),
        ..Drawing::default()
    };
    let top = page::heading(&mut drawing, &figure.title, &figure.subtitle, language)?;
    for (number, input) in figure.inputs.iter().enumerate() {
        let corner = panels.corner(number, top, height);
        // A lone panel as wide as the page would show nothing but bars.
        panel(
            &mut drawing,
            input,
            corner,
            panels.width.min(1.6 * LEAST_WIDTH),
            language,
        )?;
    }
    let bottom = panels.bottom(figure.inputs.len(), top, height) + 16.0;
    page::notes(&mut drawing, &[what_is_drawn(language)], bottom)?;
    Ok(drawing)
}

fn panel(
    drawing: &mut Drawing,
    input: &InputHistogram,
    (left, top): (f64, f64),
    width: f64,
    language: Language,
) -> Result<(), PlotError> {
    let label = fitting(input.input.label.in_language(language), width, HEADING, true)?;
    drawing.text(Text::new(label, (left, top + HEADING), HEADING).bold());
    let unit = if input.unit.is_empty() {
        String::new()
    } else {
        format!(", {}", input.unit)
    };
    let name = fitting(&format!("{}{unit}", input.input.id), width, SMALL, false)?;
    drawing.text(Text::new(name, (left, top + HEADING + LINE + 2.0), SMALL).coloured(MUTED));

    let Histogram {
        low,
        high,
        shares,
        of_values,
        marks,
    } = &input.histogram;
    let axis = Axis::between(low.min(marks[0]), high.max(marks[2]), 4.0);
    // Numbers below the ends of the axis stay within the panel.
    let (inner_left, inner_width) = (left + 14.0, width - 28.0);
    let across = |value: f64| inner_left + axis.share(value) * inner_width;
    let (roof, floor) = (top + ABOVE_PLOT, top + ABOVE_PLOT + PLOT_HEIGHT);
    let most = shares.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let bar_width = (high - low) / shares.len() as f64;
    for (bar, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        // A bar of one value does not reach halfway to the next.
        let (before, after) = if *of_values { (0.3, 0.7) } else { (0.0, 1.0) };
        let (from, to) = (
            low + bar_width * (bar as f64 + before),
            low + bar_width * (bar as f64 + after),
        );
        let height = share / most * (PLOT_HEIGHT - 6.0);
        drawing.rectangle((across(from), floor - height), (across(to), floor), palette::fill(4));
    }
    drawing.rule((inner_left, floor), (inner_left + inner_width, floor), 1.0, MUTED);
    let mut free_from = left;
    for tick in &axis.ticks {
        let place = across(*tick);
        drawing.rule((place, floor), (place, floor + 4.0), 1.0, MUTED);
        let words = tick_words(*tick, &axis, language);
        let half = font::text_width(&words, SMALL, false)? / 2.0;
        // A number that would touch the one before it, or leave the panel, is left out.
        if place - half >= free_from && place + half <= left + width {
            drawing.text(Text::new(words, (place, floor + 17.0), SMALL).anchored(Anchor::Middle));
            free_from = place + half + 6.0;
        }
    }
    for (mark, colour, width) in [(marks[0], MUTED, 1.0), (marks[1], INK, 2.0), (marks[2], MUTED, 1.0)] {
        let place = across(mark);
        drawing.rule((place, roof), (place, floor), width, colour);
    }
    drawing.rule((inner_left, roof), (inner_left + inner_width, roof), 1.0, GRID);
    Ok(())
}

/// A number at the axis; with a power of ten where it would be long.
fn tick_words(tick: f64, axis: &Axis, language: Language) -> String {
    let greatest = axis.ticks.iter().fold(0.0_f64, |most, tick| most.max(tick.abs()));
    if greatest >= 1e7 || axis.decimals > 5 {
        let words = format!("{tick:e}").replace('-', "−");
        return language.choose(words.replace('.', ","), words);
    }
    language.number(tick, axis.decimals)
}

fn number(value: f64, language: Language) -> String {
    let digits = if value == 0.0 { 0.0 } else { value.abs().log10().floor() };
    language.number(value, (2.0 - digits).clamp(0.0, 8.0) as usize)
}

/// A text that fits, cut at the end if need be.
fn fitting(text: &str, width: f64, size: f64, bold: bool) -> Result<String, PlotError> {
    if font::text_width(text, size, bold)? <= width {
        return Ok(text.to_owned());
    }
    let mut kept: Vec<char> = text.chars().collect();
    while !kept.is_empty() {
        kept.pop();
        let cut = format!("{}…", kept.iter().collect::<String>().trim_end());
        if font::text_width(&cut, size, bold)? <= width {
            return Ok(cut);
        }
    }
    Ok(String::new())
}

fn what_is_drawn(language: Language) -> String {
    let ends = [SHOWN.0, SHOWN.1].map(|probability| language.number(probability * 100.0, 1));
    match language {
        Language::Dutch => format!(
            "Dikke streep: mediaan; dunne strepen: 5 % en 95 %. De staven tonen de trekkingen van {} % tot {} %, elk paneel op zijn eigen schaal.",
            ends[0], ends[1]
        ),
        Language::English => format!(
            "Thick line: median; thin lines: 5% and 95%. Bars show the draws from {}% to {}%, each panel on its own scale.",
            ends[0], ends[1]
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legibility::assert_legible;

    fn figure(count: usize, scale: f64, label: &str) -> InputHistograms {
        let draws: Vec<f64> = (0..500).map(|n| scale * (1.0 + f64::from(n) / 500.0)).collect();
        let input = |number: usize| InputHistogram {
            input: Item::new(format!("{label}_{number}"), label, label),
            unit: "kEUR@2024/fte/year".to_owned(),
            histogram: Histogram::of_draws(&draws).expect("finite"),
        };
        InputHistograms {
            title: Label::new("Getrokken invoer", "Inputs as drawn"),
            subtitle: Label::new("500 trekkingen", "500 draws"),
            inputs: (0..count).map(input).collect(),
        }
    }

    #[test]
    fn panels_are_legible_for_any_number_of_inputs_and_any_scale() {
        for count in [1, 2, 5, MOST_ON_A_PAGE] {
            for scale in [-1.0, 1e-6, 0.01, 1.0, 2500.0, 1e12] {
                for label in [
                    "Huur",
                    "Elasticiteit van het loon naar dichtheid, na correctie voor sortering van werkenden",
                ] {
                    for language in [Language::Dutch, Language::English] {
                        assert_legible(&lay_out(&figure(count, scale, label), language).expect("laid out"));
                    }
                }
            }
        }
    }

    #[test]
    fn the_table_holds_every_bar_and_nothing_is_refused_silently() {
        let figure = figure(2, 1.0, "Huur");
        assert_eq!(figure.table().row_count(), 2 * figure.inputs[0].histogram.shares.len());
        assert_eq!(figure.table().check(), Ok(()));
        let nothing = InputHistograms {
            inputs: Vec::new(),
            ..figure
        };
        assert_eq!(nothing.check(), Err(PlotError::Empty { what: "inputs" }));
    }
}
