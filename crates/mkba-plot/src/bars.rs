//! Amounts of the same rows for every alternative, side by side: who pays and who gains, pillars, departments, regions.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::drawing::{Anchor, Drawing, Text};
use crate::error::{PlotError, check_count, check_finite, check_not_empty};
use crate::font;
use crate::language::{Item, Label, Language, decimals_of_millions};
use crate::page::{self, Caption, GREATEST_WIDTH, HEADING, LINE, MARGIN, SMALL};
use crate::palette::{self, GAIN, GRID, INK, LOSS, MUTED, Pattern};
use crate::row_labels::{RowLabels, stacked};

const LEAST_BAR: f64 = 64.0;
const BETWEEN: f64 = 14.0;
const ROW_PADDING: f64 = 6.0;

/// A number and a bar for each row and alternative, a panel for each scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    /// Title, settings, notes.
    pub caption: Caption,
    /// What a row is, as the name of a column: `party`.
    pub what: String,
    /// From top to bottom.
    pub rows: Vec<BarRow>,
    /// From left to right.
    pub alternatives: Vec<Item>,
    /// In the order of the panels; for each row an amount in EUR for every alternative.
    pub scenarios: Vec<(Item, Vec<Vec<f64>>)>,
}

/// A row of bars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarRow {
    /// What it is.
    pub item: Item,
    /// How it belongs to the others.
    pub kind: RowKind,
}

/// How a row belongs to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowKind {
    /// One of what the total is the sum of.
    Part,
    /// The sum of all parts.
    Total,
    /// Not in the total: shown, and not counted.
    Apart,
}

impl Bars {
    fn amounts(&self) -> impl Iterator<Item = f64> {
        let rows = self.scenarios.iter().flat_map(|(_, rows)| rows);
        rows.flatten().copied()
    }
}

impl FigureKind for Bars {
    fn check(&self) -> Result<(), PlotError> {
        check_not_empty("scenarios", self.scenarios.is_empty())?;
        check_not_empty("rows", self.rows.is_empty())?;
        check_not_empty("alternatives", self.alternatives.is_empty())?;
        for (scenario, rows) in &self.scenarios {
            check_count(format!("rows in `{}`", scenario.id), self.rows.len(), rows.len())?;
            for (row, amounts) in self.rows.iter().zip(rows) {
                let place = format!("`{}` in `{}`", row.item.id, scenario.id);
                check_count(&place, self.alternatives.len(), amounts.len())?;
                check_finite(&place, amounts)?;
            }
        }
        Ok(())
    }

    fn title(&self) -> &Label {
        &self.caption.title
    }

    fn alt_text(&self, language: Language) -> String {
        let decimals = decimals_of_millions(self.amounts());
        let mut text = format!("{}.", self.caption.title.in_language(language));
        for (scenario, rows) in &self.scenarios {
            for (number, alternative) in self.alternatives.iter().enumerate() {
                let parts = self.rows.iter().zip(rows).filter(|(row, _)| row.kind != RowKind::Total);
                let parts = parts.map(|(row, amounts)| {
                    let label = row.item.label.in_language(language);
                    format!("{label} {}", language.amount(amounts[number], decimals))
                });
                let parts: Vec<String> = parts.collect();
                text.push_str(&format!(
                    " {}, {}: {}.",
                    scenario.label.in_language(language),
                    alternative.label.in_language(language),
                    parts.join("; ")
                ));
            }
        }
        text
    }

    /// `scenario`, `alternative`, the column that [`Bars::what`] names, `kind` (`part`, `total` or `apart`), `pv_mean_eur`.
    fn table(&self) -> Table {
        let mut cells: Vec<(&str, &str, &BarRow, f64)> = Vec::new();
        for (scenario, rows) in &self.scenarios {
            for (number, alternative) in self.alternatives.iter().enumerate() {
                let rows = self.rows.iter().zip(rows);
                cells.extend(rows.map(|(row, amounts)| (&*scenario.id, &*alternative.id, row, amounts[number])));
            }
        }
        let kind = |row: &BarRow| match row.kind {
            RowKind::Part => "part",
            RowKind::Total => "total",
            RowKind::Apart => "apart",
        };
        Table::new("bars")
            .text("scenario", cells.iter().map(|cell| cell.0))
            .text("alternative", cells.iter().map(|cell| cell.1))
            .text(&*self.what, cells.iter().map(|cell| cell.2.item.id.as_str()))
            .text("kind", cells.iter().map(|cell| kind(cell.2)))
            .number("pv_mean_eur", cells.iter().map(|cell| cell.3))
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let sizes = Sizes::of(self, language)?;
        let width = sizes.page_width();
        let (mut drawing, mut top) = page::begin(width, &self.caption, language)?;
        for (scenario, rows) in &self.scenarios {
            page::panel_heading(&mut drawing, scenario.label.in_language(language), (MARGIN, top));
            top += HEADING + 12.0;
            let mut first = 0;
            while first < self.alternatives.len() {
                let columns = first..self.alternatives.len().min(first + sizes.columns);
                first = columns.end;
                top = sizes.block(&mut drawing, (self, rows), columns, top, language)? + 18.0;
            }
            top += 8.0;
        }
        let explanation = match language {
            Language::Dutch => "In mln €. Alle staven hebben dezelfde schaal; een streep staat bij nul.",
            Language::English => "In € million. All bars have the same scale; a line stands at zero.",
        };
        page::end(
            drawing,
            vec![explanation.to_owned()],
            &self.caption,
            top - 18.0,
            language,
        )
    }
}

/// What the widths of labels and numbers leave for the bars.
struct Sizes {
    labels: RowLabels,
    heads: Vec<Vec<String>>,
    /// The least and the greatest amount in EUR, zero among them, between which all bars are.
    ends: (f64, f64),
    decimals: usize,
    number: f64,
    bar: f64,
    /// Alternatives side by side.
    columns: usize,
}

impl Sizes {
    fn of(figure: &Bars, language: Language) -> Result<Self, PlotError> {
        let labels = RowLabels::of(figure.rows.iter().map(|row| row.item.label.in_language(language)))?;
        let decimals = decimals_of_millions(figure.amounts());
        let mut number = 0.0_f64;
        for amount in figure.amounts() {
            number = number.max(font::text_width(&language.millions_of(amount, decimals), SMALL, true)?);
        }
        let ends = figure.amounts().fold((0.0_f64, 0.0_f64), |(low, high), amount| {
            (low.min(amount), high.max(amount))
        });
        let ends = if ends.0 < ends.1 { ends } else { (0.0, 1.0) };
        let mut column = number + 8.0 + LEAST_BAR;
        for alternative in &figure.alternatives {
            column = column.max(font::widest_word(alternative.label.in_language(language), SMALL, true)?);
        }
        let room = GREATEST_WIDTH - 2.0 * MARGIN - labels.width;
        let fitting = ((room + BETWEEN) / (column + BETWEEN)).floor().max(1.0) as usize;
        let blocks = figure.alternatives.len().div_ceil(fitting);
        let columns = figure.alternatives.len().div_ceil(blocks.max(1)).max(1);
        let filling = (page::LEAST_WIDTH - 2.0 * MARGIN - labels.width + BETWEEN) / columns as f64 - BETWEEN;
        // A lone alternative needs no bars across the whole page.
        let bar = filling.clamp(column, column.max(360.0)) - number - 8.0;
        let heads: Result<Vec<_>, _> = figure
            .alternatives
            .iter()
            .map(|one| font::wrap(one.label.in_language(language), number + 8.0 + bar, SMALL, true))
            .collect();
        Ok(Self {
            labels,
            heads: heads?,
            ends,
            decimals,
            number,
            bar,
            columns,
        })
    }

    /// Where an amount is, as a share of the width of a bar.
    fn share(&self, value_eur: f64) -> f64 {
        (value_eur - self.ends.0) / (self.ends.1 - self.ends.0)
    }

    fn column(&self) -> f64 {
        self.number + 8.0 + self.bar
    }

    fn page_width(&self) -> f64 {
        let needed = self.labels.width + self.columns as f64 * (self.column() + BETWEEN) - BETWEEN + 2.0 * MARGIN;
        needed.max(page::LEAST_WIDTH)
    }

    /// The rows for some of the alternatives; gives the place below them.
    fn block(
        &self,
        drawing: &mut Drawing,
        (figure, rows): (&Bars, &[Vec<f64>]),
        columns: std::ops::Range<usize>,
        top: f64,
        language: Language,
    ) -> Result<f64, PlotError> {
        let lines = self.heads[columns.clone()].iter().map(Vec::len).max().unwrap_or(1);
        let left = MARGIN + self.labels.width;
        let left_of = |place: usize| left + place as f64 * (self.column() + BETWEEN);
        for (place, head) in self.heads[columns.clone()].iter().enumerate() {
            for (line, words) in head.iter().enumerate() {
                // The last lines of all heads stand beside each other.
                let baseline = top + ((lines - head.len() + line) as f64 + 0.75) * LINE;
                drawing.text(Text::new(words, (left_of(place), baseline), SMALL).bold());
            }
        }
        let heights = (0..figure.rows.len()).map(|row| self.labels.height(row) + ROW_PADDING);
        let heights: Vec<f64> = heights.collect();
        let right = left_of(columns.len()) - BETWEEN;
        let (tops, bottom) = stacked(heights.iter().copied(), top + lines as f64 * LINE + 6.0);
        for (number, row) in figure.rows.iter().enumerate() {
            let middle = tops[number] + heights[number] / 2.0;
            let is_total = row.kind == RowKind::Total;
            let (width, colour) = if is_total { (1.0, INK) } else { (0.75, GRID) };
            drawing.rule((MARGIN, tops[number]), (right, tops[number]), width, colour);
            self.labels.draw(drawing, number, (left, middle), is_total);
            for (place, amount) in rows[number][columns.clone()].iter().enumerate() {
                let numbers_end = left_of(place) + self.number;
                let words = language.millions_of(*amount, self.decimals);
                let text = Text::new(words, (numbers_end, middle + SMALL * 0.36), SMALL).anchored(Anchor::End);
                drawing.text(if is_total { text.bold() } else { text });
                let across = |value: f64| numbers_end + 8.0 + self.share(value) * self.bar;
                let (zero, end) = (across(0.0), across(*amount));
                let colour = match (row.kind, *amount < 0.0) {
                    (RowKind::Apart, _) => MUTED,
                    (_, true) => LOSS,
                    (_, false) => GAIN,
                };
                if (end - zero).abs() >= 0.25 {
                    let fill = palette::Fill {
                        colour,
                        pattern: Pattern::Solid,
                    };
                    let half = (heights[number] - 8.0).min(LINE - 3.0) / 2.0;
                    drawing.rectangle((zero, middle - half), (end, middle + half), fill);
                }
            }
        }
        for place in 0..columns.len() {
            let zero = left_of(place) + self.number + 8.0 + self.share(0.0) * self.bar;
            drawing.rule((zero, tops[0] + 1.0), (zero, bottom - 1.0), 1.0, INK);
        }
        Ok(bottom)
    }
}
