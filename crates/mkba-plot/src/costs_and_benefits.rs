//! Stacked costs and benefits of each alternative, one panel of equal size for each scenario.

use std::ops::Range;

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::axis::Axis;
use crate::drawing::{Anchor, Drawing, Text};
use crate::error::{PlotError, check_count};
use crate::font;
use crate::language::{Item, Label, Language};
use crate::legend::{self, Mark};
use crate::page::{self, GREATEST_WIDTH, HEADING, LINE, MARGIN, Panels, SMALL};
use crate::palette::{self, BLACK, GRID, MUTED};

const PLOT_HEIGHT: f64 = 340.0;
/// Where the alternatives of a scenario are spread over several panels.
const LOW_PLOT_HEIGHT: f64 = 180.0;
const LEAST_COLUMN: f64 = 60.0;
const WIDEST_BAR: f64 = 56.0;

/// Present values of all effects: costs below zero, benefits above, a marker at the balance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CostsAndBenefits {
    /// What is shown.
    pub title: Label,
    /// Price level, base year, rates.
    pub subtitle: Label,
    /// In the order of the bars.
    pub alternatives: Vec<Item>,
    /// In the order of stacking, from zero outwards.
    pub effects: Vec<Item>,
    /// In the order of the panels.
    pub scenarios: Vec<(Item, Vec<PresentValues>)>,
    /// What has to be said below: unpriced items with their sign, effects outside the balance.
    pub notes: Vec<Label>,
}

/// The bar of one alternative in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PresentValues {
    /// Mean present value of each effect in EUR, costs negative.
    pub effects_eur: Vec<f64>,
    /// Mean balance in EUR. It need not be the sum of the effects shown.
    pub balance_eur: f64,
}

impl FigureKind for CostsAndBenefits {
    /// Checks that there is a number for each alternative and effect.
    ///
    /// # Errors
    /// Something is empty, of the wrong length or not finite.
    fn check(&self) -> Result<(), PlotError> {
        for (empty, what) in [
            (self.scenarios.is_empty(), "scenarios"),
            (self.alternatives.is_empty(), "alternatives"),
            (self.effects.is_empty(), "effects"),
        ] {
            if empty {
                return Err(PlotError::Empty { what });
            }
        }
        for (scenario, bars) in &self.scenarios {
            check_count(
                format!("bars in `{}`", scenario.id),
                self.alternatives.len(),
                bars.len(),
            )?;
            for (alternative, bar) in self.alternatives.iter().zip(bars) {
                let place = format!("`{}` in `{}`", alternative.id, scenario.id);
                check_count(format!("effects of {place}"), self.effects.len(), bar.effects_eur.len())?;
                if !bar
                    .effects_eur
                    .iter()
                    .chain([&bar.balance_eur])
                    .all(|value| value.is_finite())
                {
                    return Err(PlotError::NotFinite { place });
                }
            }
        }
        Ok(())
    }

    /// One row for each scenario, alternative and effect, and one named `balance`: `scenario`, `alternative`, `effect`,
    /// `pv_mean_eur`.
    fn table(&self) -> Table {
        let mut rows: Vec<(&str, &str, &str, f64)> = Vec::new();
        for (scenario, bars) in &self.scenarios {
            for (alternative, bar) in self.alternatives.iter().zip(bars) {
                let names = self.effects.iter().map(|effect| effect.id.as_str()).chain(["balance"]);
                let values = bar.effects_eur.iter().copied().chain([bar.balance_eur]);
                rows.extend(
                    names
                        .zip(values)
                        .map(|(name, value)| (&*scenario.id, &*alternative.id, name, value)),
                );
            }
        }
        Table::new("costs_and_benefits")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("alternative", rows.iter().map(|row| row.1))
            .text("effect", rows.iter().map(|row| row.2))
            .number("pv_mean_eur", rows.iter().map(|row| row.3))
    }

    /// The balances in words.
    fn alt_text(&self, language: Language) -> String {
        let decimals = self.decimals();
        let mut text = format!("{}.", self.title.in_language(language));
        for (scenario, bars) in &self.scenarios {
            let balances = self.alternatives.iter().zip(bars).map(|(alternative, bar)| {
                let amount = language.amount(bar.balance_eur, decimals);
                format!("{} {amount}", alternative.label.in_language(language))
            });
            let balances: Vec<String> = balances.collect();
            let (scenario, balance) = (scenario.label.in_language(language), language.balance());
            text.push_str(&format!(
                " {scenario}: {} {}.",
                balance.to_lowercase(),
                balances.join("; ")
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

impl CostsAndBenefits {
    /// Decimals of all balances in millions: one, or none where some reach a billion.
    fn decimals(&self) -> usize {
        let balances = self
            .scenarios
            .iter()
            .flat_map(|(_, bars)| bars)
            .map(|bar| bar.balance_eur.abs());
        if balances.fold(0.0, f64::max) < 1e9 { 1 } else { 0 }
    }

    fn axis(&self) -> Axis {
        let bars = self.scenarios.iter().flat_map(|(_, bars)| bars);
        let extremes = bars.flat_map(|bar| {
            let costs: f64 = bar.effects_eur.iter().filter(|value| **value < 0.0).sum();
            let benefits: f64 = bar.effects_eur.iter().filter(|value| **value > 0.0).sum();
            [costs, benefits, bar.balance_eur]
        });
        Axis::over(extremes.map(|value| value / 1e6), 8.0)
    }
}

/// Places everything on a page.
pub(crate) fn lay_out(figure: &CostsAndBenefits, language: Language) -> Result<Drawing, PlotError> {
    let sizes = Sizes::of(figure, language)?;
    let mut drawing = Drawing {
        width: sizes.panels.page_width(),
        ..Drawing::default()
    };
    let top = page::heading(&mut drawing, &figure.title, &figure.subtitle, language)?;
    let mut panel = 0;
    for (scenario, bars) in &figure.scenarios {
        for first in (0..bars.len()).step_by(sizes.shown) {
            let shown = first..bars.len().min(first + sizes.shown);
            let corner = sizes.panels.corner(panel, top, sizes.height);
            draw_panel(&mut drawing, (scenario, bars), shown, &sizes, corner, language);
            panel += 1;
        }
    }
    let bottom = sizes.panels.bottom(panel, top, sizes.height) + 18.0;
    let bottom = legend::draw(&mut drawing, &legend_entries(figure, language), bottom)?;
    let notes: Vec<String> = figure
        .notes
        .iter()
        .map(|note| note.in_language(language).to_owned())
        .collect();
    page::notes(&mut drawing, &notes, bottom + 6.0)?;
    Ok(drawing)
}

/// What the widths of labels leave for the bars.
struct Sizes {
    axis: Axis,
    /// Of the balances.
    decimals: usize,
    panels: Panels,
    /// Left of the bars, for the labels of the axis.
    gutter: f64,
    /// Alternatives side by side; the others of a scenario have panels of their own, on the same axis.
    shown: usize,
    /// Of one alternative.
    column: f64,
    labels: Vec<Vec<String>>,
    /// Of the bars of a panel.
    plot_height: f64,
    /// Of a panel.
    height: f64,
}

impl Sizes {
    fn of(figure: &CostsAndBenefits, language: Language) -> Result<Self, PlotError> {
        let (axis, decimals) = (figure.axis(), figure.decimals());
        let mut gutter = font::text_width(language.balance(), SMALL, true)?;
        for tick in &axis.ticks {
            gutter = gutter.max(font::text_width(&language.number(*tick, axis.decimals), SMALL, false)?);
        }
        gutter = gutter.max(font::text_width(language.millions(), SMALL, false)?) + 8.0;

        let mut column = LEAST_COLUMN;
        for alternative in &figure.alternatives {
            column = column.max(font::widest_word(alternative.label.in_language(language), SMALL, false)? + 10.0);
        }
        for bar in figure.scenarios.iter().flat_map(|(_, bars)| bars) {
            column =
                column.max(font::text_width(&language.number(bar.balance_eur / 1e6, decimals), SMALL, true)? + 10.0);
        }
        let count = figure.alternatives.len();
        let fitting = ((GREATEST_WIDTH - 2.0 * MARGIN - gutter) / column).floor().max(1.0) as usize;
        let blocks = count.div_ceil(fitting).max(1);
        let shown = count.div_ceil(blocks).max(1);
        let mut needed = gutter + shown as f64 * column;
        for (scenario, _) in &figure.scenarios {
            let heading = heading(scenario, true, language);
            needed = needed.max(gutter + font::text_width(&heading, HEADING, true)?);
        }
        let entries = legend_entries(figure, language);
        let widest_entry = legend::entry_width(entries.iter().map(|(_, words)| *words))?;
        let panels = Panels::of(figure.scenarios.len() * blocks, needed.max(widest_entry));
        let column = (panels.width - gutter) / shown as f64;
        let plot_height = if blocks > 1 { LOW_PLOT_HEIGHT } else { PLOT_HEIGHT };

        let labels: Result<Vec<_>, _> = figure
            .alternatives
            .iter()
            .map(|alternative| font::wrap(alternative.label.in_language(language), column - 8.0, SMALL, false))
            .collect();
        let labels = labels?;
        let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
        let height = HEADING + 16.0 + plot_height + (lines as f64 + 1.0) * LINE + 18.0;
        Ok(Self {
            axis,
            decimals,
            panels,
            gutter,
            shown,
            column,
            labels,
            plot_height,
            height,
        })
    }
}

fn draw_panel(
    drawing: &mut Drawing,
    (scenario, bars): (&Item, &[PresentValues]),
    shown: Range<usize>,
    sizes: &Sizes,
    (left, top): (f64, f64),
    language: Language,
) {
    let plot_left = left + sizes.gutter;
    let plot_right = left + sizes.panels.width;
    let plot_top = top + HEADING + 16.0;
    let plot_bottom = plot_top + sizes.plot_height;
    let down = |value: f64| plot_bottom - sizes.axis.share(value) * sizes.plot_height;

    let heading = heading(scenario, shown.start > 0, language);
    drawing.text(Text::new(heading, (plot_left, top + HEADING), HEADING).bold());
    let unit_place = (plot_left - 8.0, top + HEADING);
    drawing.text(
        Text::new(language.millions(), unit_place, SMALL)
            .anchored(Anchor::End)
            .coloured(MUTED),
    );
    for tick in &sizes.axis.ticks {
        let place = down(*tick);
        drawing.rule((plot_left, place), (plot_right, place), 1.0, GRID);
        let words = language.number(*tick, sizes.axis.decimals);
        drawing.text(Text::new(words, (plot_left - 8.0, place + 4.0), SMALL).anchored(Anchor::End));
    }

    let lines = sizes.labels.iter().map(Vec::len).max().unwrap_or(1);
    let balance_line = plot_bottom + 18.0 + (lines as f64 + 0.75) * LINE;
    let row_head = Text::new(language.balance(), (plot_left - 8.0, balance_line), SMALL);
    drawing.text(row_head.anchored(Anchor::End).bold());
    for (number, bar) in bars[shown.clone()].iter().enumerate() {
        let centre = plot_left + (number as f64 + 0.5) * sizes.column;
        let half = (sizes.column * 0.6).min(WIDEST_BAR) / 2.0;
        let (mut below, mut above) = (0.0, 0.0);
        for (effect, value) in bar.effects_eur.iter().map(|value| value / 1e6).enumerate() {
            let end: &mut f64 = if value < 0.0 { &mut below } else { &mut above };
            let from = down(*end);
            *end += value;
            if value != 0.0 {
                drawing.rectangle(
                    (centre - half, from),
                    (centre + half, down(*end)),
                    palette::fill(effect),
                );
            }
        }
        for (line, words) in sizes.labels[shown.start + number].iter().enumerate() {
            let baseline = plot_bottom + 14.0 + (line as f64 + 0.75) * LINE;
            drawing.text(Text::new(words, (centre, baseline), SMALL).anchored(Anchor::Middle));
        }
        let words = language.number(bar.balance_eur / 1e6, sizes.decimals);
        drawing.text(
            Text::new(words, (centre, balance_line), SMALL)
                .anchored(Anchor::Middle)
                .bold(),
        );
    }
    drawing.rule((plot_left, down(0.0)), (plot_right, down(0.0)), 1.5, BLACK);
    for (number, bar) in bars[shown.clone()].iter().enumerate() {
        let centre = plot_left + (number as f64 + 0.5) * sizes.column;
        drawing.diamond((centre, down(bar.balance_eur / 1e6)), 7.0);
    }
}

/// The name of a panel: that of its scenario, and whether it goes on where another one ended.
fn heading(scenario: &Item, goes_on: bool, language: Language) -> String {
    let more = if goes_on {
        language.choose(", vervolg", ", continued")
    } else {
        ""
    };
    format!("{}{more}", scenario.label.in_language(language))
}

fn legend_entries(figure: &CostsAndBenefits, language: Language) -> Vec<(Mark, &str)> {
    let effects = figure.effects.iter().enumerate();
    let surfaces = effects.map(|(number, effect)| (palette::fill(number), effect.label.in_language(language)));
    let surfaces = surfaces.map(|(fill, words)| (Mark::Surface(fill), words));
    surfaces.chain([(Mark::Diamond, language.balance())]).collect()
}
