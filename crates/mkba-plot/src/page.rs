//! What all figures have in common: margins, heading, panels of equal size in rows, notes.

use serde::{Deserialize, Serialize};

use crate::drawing::{Drawing, Text};
use crate::error::PlotError;
use crate::font;
use crate::language::{Label, Language};
use crate::palette::MUTED;

pub(crate) const MARGIN: f64 = 24.0;
pub(crate) const SMALL: f64 = 13.0;
pub(crate) const HEADING: f64 = 15.0;
pub(crate) const LINE: f64 = 17.0;
/// Between panels.
pub(crate) const GAP: f64 = 32.0;
/// Least and greatest width of a page of more than one panel a row; one panel may be wider. Across the text of an A4 page, small print on
/// a page of this width is 7 points.
pub(crate) const LEAST_WIDTH: f64 = 900.0;
pub(crate) const GREATEST_WIDTH: f64 = 960.0;
const TITLE: f64 = 20.0;

/// What a figure says around its picture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Caption {
    /// What is shown.
    pub title: Label,
    /// Price level, base year, number of draws.
    pub subtitle: Label,
    /// What has to be said below.
    pub notes: Vec<Label>,
}

/// Where the panels are on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Panels {
    pub(crate) columns: usize,
    /// Width of each, its axis labels included.
    pub(crate) width: f64,
}

impl Panels {
    /// As many panels side by side as fit, but rows as even as possible, filling the least width of a page.
    pub(crate) fn of(count: usize, needed_width: f64) -> Self {
        let fitting = ((GREATEST_WIDTH - 2.0 * MARGIN + GAP) / (needed_width + GAP))
            .floor()
            .max(1.0) as usize;
        let rows = count.div_ceil(fitting);
        let columns = count.div_ceil(rows.max(1)).max(1);
        let between = (columns - 1) as f64 * GAP;
        let width = needed_width.max((LEAST_WIDTH - 2.0 * MARGIN - between) / columns as f64);
        Self { columns, width }
    }

    pub(crate) fn page_width(&self) -> f64 {
        2.0 * MARGIN + self.columns as f64 * self.width + (self.columns - 1) as f64 * GAP
    }

    /// The upper left corner of a panel, if all panels are of this height and the first row begins at `top`.
    pub(crate) fn corner(&self, number: usize, top: f64, height: f64) -> (f64, f64) {
        let (row, column) = (number / self.columns, number % self.columns);
        (
            MARGIN + column as f64 * (self.width + GAP),
            top + row as f64 * (height + GAP),
        )
    }

    /// The bottom of the last row.
    pub(crate) fn bottom(&self, count: usize, top: f64, height: f64) -> f64 {
        self.corner(count.saturating_sub(1), top, height).1 + height
    }
}

/// A page of this width with its heading; and the place below that.
pub(crate) fn begin(width: f64, caption: &Caption, language: Language) -> Result<(Drawing, f64), PlotError> {
    let mut drawing = Drawing {
        width,
        ..Drawing::default()
    };
    let top = heading(&mut drawing, &caption.title, &caption.subtitle, language)?;
    Ok((drawing, top))
}

/// Ends a page below `bottom` with what explains the picture and the notes of its caption.
pub(crate) fn end(
    mut drawing: Drawing,
    explanation: Vec<String>,
    caption: &Caption,
    bottom: f64,
    language: Language,
) -> Result<Drawing, PlotError> {
    let noted = caption.notes.iter().map(|note| note.in_language(language).to_owned());
    let all: Vec<String> = explanation.into_iter().chain(noted).collect();
    notes(&mut drawing, &all, bottom + 12.0)?;
    Ok(drawing)
}

/// The name of a panel.
pub(crate) fn panel_heading(drawing: &mut Drawing, words: &str, (left, top): (f64, f64)) {
    drawing.text(Text::new(words, (left, top + HEADING), HEADING).bold());
}

/// Writes title and subtitle across the page; gives the place below them.
pub(crate) fn heading(
    drawing: &mut Drawing,
    title: &Label,
    subtitle: &Label,
    language: Language,
) -> Result<f64, PlotError> {
    let across = drawing.width - 2.0 * MARGIN;
    let mut bottom = MARGIN;
    for line in font::wrap(title.in_language(language), across, TITLE, true)? {
        bottom += TITLE * 1.2;
        drawing.text(Text::new(line, (MARGIN, bottom - TITLE * 0.3), TITLE).bold());
    }
    bottom += paragraph(drawing, subtitle.in_language(language), bottom)?;
    Ok(bottom + 12.0)
}

/// Writes notes across the page from `top` and ends the page below them.
pub(crate) fn notes(drawing: &mut Drawing, notes: &[String], top: f64) -> Result<(), PlotError> {
    let mut bottom = top;
    for note in notes {
        bottom += paragraph(drawing, note, bottom)?;
    }
    drawing.height = bottom + MARGIN;
    Ok(())
}

/// Height of what is written.
fn paragraph(drawing: &mut Drawing, words: &str, top: f64) -> Result<f64, PlotError> {
    let lines = font::wrap(words, drawing.width - 2.0 * MARGIN, SMALL, false)?;
    let height = lines.len() as f64 * LINE;
    for (number, line) in lines.into_iter().enumerate() {
        let baseline = top + (number as f64 + 0.75) * LINE;
        drawing.text(Text::new(line, (MARGIN, baseline), SMALL).coloured(MUTED));
    }
    Ok(height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_that_do_not_fit_are_spread_over_even_rows() {
        let panels = Panels::of(4, 400.0);
        assert_eq!(panels.columns, 2);
        assert_eq!(panels.corner(3, 100.0, 300.0), (MARGIN + panels.width + GAP, 432.0));
        assert_eq!(Panels::of(3, 2000.0).columns, 1);
    }

    #[test]
    fn few_small_panels_fill_the_page() {
        assert_eq!(Panels::of(2, 100.0).page_width(), LEAST_WIDTH);
    }
}
