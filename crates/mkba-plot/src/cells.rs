//! Numbers in a grid of coloured cells: payoff and regret, correlations.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::drawing::{Anchor, Drawing, Text};
use crate::error::{PlotError, check_count, check_finite, check_not_empty};
use crate::font;
use crate::language::{Item, Label, Language, decimals_of_millions};
use crate::page::{self, Caption, GREATEST_WIDTH, HEADING, LINE, MARGIN, SMALL};
use crate::palette::{self, BLUE, Colour, ORANGE, Pattern, WHITE, tint};
use crate::row_labels::{RowLabels, stacked};

const LEAST_CELL: f64 = 44.0;
const WIDEST_CELL: f64 = 130.0;
const LEAST_ROW: f64 = 30.0;
const BETWEEN_PANELS: f64 = 24.0;

/// A grid of cells for each panel, with the same rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cells {
    /// Title, settings, notes.
    pub caption: Caption,
    /// What a row is, as the name of a column: `alternative`.
    pub what: String,
    /// From top to bottom.
    pub rows: Vec<Item>,
    /// From left to right.
    pub panels: Vec<CellPanel>,
}

/// The cells of one panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellPanel {
    /// What it is about: a scenario.
    pub item: Item,
    /// From left to right.
    pub columns: Vec<CellColumn>,
    /// For each row a number for every column, or none.
    pub cells: Vec<Vec<Option<f64>>>,
}

/// A column of cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellColumn {
    /// What it is.
    pub item: Item,
    /// How its numbers are shown.
    pub shown: Shown,
}

/// How numbers in cells are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// EUR, in millions; below zero in another colour than above.
    Balance,
    /// EUR, in millions; the darker, the more is missed.
    Regret,
    /// In whole per cents; the darker, the more likely.
    Probability,
    /// From -1 to 1.
    Correlation,
}

impl Cells {
    fn amounts(&self) -> impl Iterator<Item = f64> {
        self.panels.iter().flat_map(|panel| {
            let is_money = |column: usize| matches!(panel.columns[column].shown, Shown::Balance | Shown::Regret);
            let cells = panel.cells.iter().flat_map(|row| row.iter().enumerate());
            cells
                .filter(move |(column, _)| is_money(*column))
                .filter_map(|(_, cell)| *cell)
        })
    }

    fn greatest(&self) -> f64 {
        self.amounts().fold(0.0, |most, amount| most.max(amount.abs()))
    }

    fn words(&self, value: f64, shown: Shown, decimals: usize, language: Language) -> String {
        match shown {
            Shown::Balance | Shown::Regret => language.millions_of(value, decimals),
            Shown::Probability => language.probability(value),
            Shown::Correlation => language.number(value, 2),
        }
    }
}

impl Shown {
    fn colour(self, value: f64, greatest: f64) -> Colour {
        let share = if greatest > 0.0 { value / greatest } else { 0.0 };
        match self {
            Self::Balance => palette::diverging(share),
            Self::Regret => tint(ORANGE, 0.75 * share.abs().min(1.0)),
            Self::Probability => tint(BLUE, 0.5 * value.clamp(0.0, 1.0)),
            Self::Correlation => palette::diverging(value),
        }
    }
}

impl FigureKind for Cells {
    fn check(&self) -> Result<(), PlotError> {
        check_not_empty("rows", self.rows.is_empty())?;
        check_not_empty("panels", self.panels.is_empty())?;
        for panel in &self.panels {
            check_not_empty("columns", panel.columns.is_empty())?;
            check_count(
                format!("rows in `{}`", panel.item.id),
                self.rows.len(),
                panel.cells.len(),
            )?;
            for (row, cells) in self.rows.iter().zip(&panel.cells) {
                let place = format!("`{}` in `{}`", row.id, panel.item.id);
                check_count(&place, panel.columns.len(), cells.len())?;
                check_finite(&place, &cells.iter().copied().flatten().collect::<Vec<f64>>())?;
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
        for panel in &self.panels {
            let mut rows = Vec::new();
            for (row, cells) in self.rows.iter().zip(&panel.cells) {
                let known = panel
                    .columns
                    .iter()
                    .zip(cells)
                    .filter_map(|(column, cell)| Some((column, (*cell)?)));
                let known = known.map(|(column, value)| {
                    let words = match column.shown {
                        Shown::Balance | Shown::Regret => language.amount(value, decimals),
                        other => self.words(value, other, decimals, language),
                    };
                    format!("{} {words}", column.item.label.in_language(language))
                });
                let known: Vec<String> = known.collect();
                if !known.is_empty() {
                    rows.push(format!("{}: {}", row.label.in_language(language), known.join(", ")));
                }
            }
            text.push_str(&format!(
                " {}: {}.",
                panel.item.label.in_language(language),
                rows.join("; ")
            ));
        }
        text
    }

    /// `panel`, the column that [`Cells::what`] names, `column`, `value`; a row for each number.
    fn table(&self) -> Table {
        let mut all: Vec<(&str, &str, &str, f64)> = Vec::new();
        for panel in &self.panels {
            for (row, cells) in self.rows.iter().zip(&panel.cells) {
                let known = panel
                    .columns
                    .iter()
                    .zip(cells)
                    .filter_map(|(column, cell)| Some((column, (*cell)?)));
                all.extend(known.map(|(column, value)| (&*panel.item.id, &*row.id, &*column.item.id, value)));
            }
        }
        Table::new("cells")
            .text("panel", all.iter().map(|cell| cell.0))
            .text(&*self.what, all.iter().map(|cell| cell.1))
            .text("column", all.iter().map(|cell| cell.2))
            .number("value", all.iter().map(|cell| cell.3))
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let decimals = decimals_of_millions(self.amounts());
        let labels = RowLabels::of(self.rows.iter().map(|row| row.label.in_language(language)))?;
        let cell = self.cell_width(decimals, language)?;
        // Panels stand beside each other as long as they fit, and share the labels of their rows.
        let room = GREATEST_WIDTH - 2.0 * MARGIN - labels.width + BETWEEN_PANELS;
        let mut bands: Vec<Vec<&CellPanel>> = Vec::new();
        let mut free = 0.0;
        for panel in &self.panels {
            let width = panel.columns.len() as f64 * cell + BETWEEN_PANELS;
            match bands.last_mut() {
                Some(band) if free >= width => band.push(panel),
                _ => {
                    bands.push(vec![panel]);
                    free = room;
                }
            }
            free -= width;
        }
        let width_of = |band: &Vec<&CellPanel>| {
            let panels = band
                .iter()
                .map(|panel| panel.columns.len() as f64 * cell + BETWEEN_PANELS);
            labels.width + panels.sum::<f64>() - BETWEEN_PANELS + 2.0 * MARGIN
        };
        let width = bands.iter().map(width_of).fold(page::LEAST_WIDTH, f64::max);
        let (mut drawing, mut top) = page::begin(width, &self.caption, language)?;
        for band in &bands {
            let mut left = MARGIN + labels.width;
            let mut heads = Vec::new();
            for panel in band {
                let across = panel.columns.len() as f64 * cell;
                let name = font::wrap(panel.item.label.in_language(language), across, HEADING, true)?;
                let columns = panel
                    .columns
                    .iter()
                    .map(|column| font::wrap(column.item.label.in_language(language), cell - 8.0, SMALL, false));
                heads.push((name, columns.collect::<Result<Vec<_>, _>>()?));
            }
            let name_lines = heads.iter().map(|(name, _)| name.len()).max().unwrap_or(0) as f64;
            let column_lines = heads
                .iter()
                .flat_map(|(_, columns)| columns.iter().map(Vec::len))
                .max()
                .unwrap_or(1);
            let heads_bottom = top + name_lines * (HEADING + 4.0) + column_lines as f64 * LINE + 8.0;
            let heights = (0..self.rows.len()).map(|row| (labels.height(row) + 8.0).max(LEAST_ROW));
            let heights: Vec<f64> = heights.collect();
            let (tops, bottom) = stacked(heights.iter().copied(), heads_bottom);
            for (row, roof) in tops.iter().enumerate() {
                labels.draw(&mut drawing, row, (left, roof + heights[row] / 2.0), false);
            }
            for (panel, (name, columns)) in band.iter().zip(&heads) {
                for (line, words) in name.iter().enumerate() {
                    let baseline = top + (line as f64 + 1.0) * (HEADING + 4.0) - 5.0;
                    drawing.text(Text::new(words, (left, baseline), HEADING).bold());
                }
                for (number, head) in columns.iter().enumerate() {
                    let centre = left + (number as f64 + 0.5) * cell;
                    for (line, words) in head.iter().enumerate() {
                        let from_below = (head.len() - line) as f64;
                        let baseline = heads_bottom - 6.0 - (from_below - 0.75) * LINE;
                        drawing.text(Text::new(words, (centre, baseline), SMALL).anchored(Anchor::Middle));
                    }
                }
                for (row, cells) in panel.cells.iter().enumerate() {
                    for (number, (column, value)) in panel.columns.iter().zip(cells).enumerate() {
                        let Some(value) = *value else { continue };
                        let corner = (left + number as f64 * cell + 1.0, tops[row] + 1.0);
                        let opposite = (corner.0 + cell - 2.0, tops[row] + heights[row] - 1.0);
                        let colour = column.shown.colour(value, self.greatest());
                        let pattern = Pattern::Solid;
                        drawing.rectangle(corner, opposite, palette::Fill { colour, pattern });
                        let words = self.words(value, column.shown, decimals, language);
                        let place = (
                            (corner.0 + opposite.0) / 2.0,
                            (corner.1 + opposite.1) / 2.0 + SMALL * 0.36,
                        );
                        drawing.text(Text::new(words, place, SMALL).anchored(Anchor::Middle));
                    }
                }
                left += panel.columns.len() as f64 * cell + BETWEEN_PANELS;
            }
            drawing.rule(
                (MARGIN, bottom + 1.0),
                (left - BETWEEN_PANELS, bottom + 1.0),
                0.5,
                WHITE,
            );
            top = bottom + 22.0;
        }
        page::end(drawing, Vec::new(), &self.caption, top - 22.0, language)
    }
}

impl Cells {
    fn cell_width(&self, decimals: usize, language: Language) -> Result<f64, PlotError> {
        let mut cell = LEAST_CELL;
        for panel in &self.panels {
            for (number, column) in panel.columns.iter().enumerate() {
                let head = column.item.label.in_language(language);
                cell = cell.max(font::widest_word(head, SMALL, false)? + 10.0);
                for value in panel.cells.iter().filter_map(|row| row[number]) {
                    let words = self.words(value, column.shown, decimals, language);
                    cell = cell.max(font::text_width(&words, SMALL, false)? + 14.0);
                }
            }
            // The name of a panel stands above its columns.
            let word = font::widest_word(panel.item.label.in_language(language), HEADING, true)?;
            cell = cell.max(word / panel.columns.len() as f64);
        }
        let most = self.panels.iter().map(|panel| panel.columns.len()).max().unwrap_or(1);
        // Few columns are made wider, so that their heads need fewer lines.
        Ok(if most <= 4 { cell.max(WIDEST_CELL * 0.7) } else { cell })
    }
}
