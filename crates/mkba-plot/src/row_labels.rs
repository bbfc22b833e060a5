//! Labels to the left of rows, wrapped where they are long.

use crate::drawing::{Anchor, Drawing, Text};
use crate::error::PlotError;
use crate::font;
use crate::page::{LINE, SMALL};

/// Wider labels are wrapped.
const WIDEST: f64 = 230.0;
/// Between a label and what it names.
pub(crate) const AFTER_LABEL: f64 = 10.0;

/// The labels of all rows of a panel.
#[derive(Debug, Clone)]
pub(crate) struct RowLabels {
    /// Of the widest line, with the space behind it.
    pub(crate) width: f64,
    rows: Vec<Vec<String>>,
}

impl RowLabels {
    /// Wraps labels; a word that is wider than all lines may be makes all labels wider. They are measured as if bold.
    pub(crate) fn of<'l>(labels: impl IntoIterator<Item = &'l str>) -> Result<Self, PlotError> {
        let labels: Vec<&str> = labels.into_iter().collect();
        let mut widest = WIDEST;
        for label in &labels {
            widest = widest.max(font::widest_word(label, SMALL, true)?);
        }
        let mut rows = Vec::new();
        let mut width = 0.0_f64;
        for label in labels {
            let lines = font::wrap(label, widest, SMALL, true)?;
            for line in &lines {
                width = width.max(font::text_width(line, SMALL, true)?);
            }
            rows.push(lines);
        }
        Ok(Self {
            width: width + AFTER_LABEL,
            rows,
        })
    }

    /// The height that the label of a row needs.
    pub(crate) fn height(&self, row: usize) -> f64 {
        self.rows[row].len().max(1) as f64 * LINE
    }

    /// Draws the label of a row, its last letter before `right`, around the height `middle`.
    pub(crate) fn draw(&self, drawing: &mut Drawing, row: usize, (right, middle): (f64, f64), bold: bool) {
        let lines = &self.rows[row];
        let first = middle - lines.len() as f64 * LINE / 2.0;
        for (number, line) in lines.iter().enumerate() {
            let baseline = first + (number as f64 + 0.75) * LINE;
            let text = Text::new(line, (right - AFTER_LABEL, baseline), SMALL).anchored(Anchor::End);
            drawing.text(if bold { text.bold() } else { text });
        }
    }
}

/// The tops of rows of these heights, one below the other from `top`, and the bottom of the last.
pub(crate) fn stacked(heights: impl IntoIterator<Item = f64>, top: f64) -> (Vec<f64>, f64) {
    let mut bottom = top;
    let mut tops = Vec::new();
    for height in heights {
        tops.push(bottom);
        bottom += height;
    }
    (tops, bottom)
}
