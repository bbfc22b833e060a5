//! What the colours of bars and lines stand for.

use crate::drawing::{Drawing, Text};
use crate::error::PlotError;
use crate::font;
use crate::page::{LINE, MARGIN, SMALL};
use crate::palette::{Fill, Stroke};

const SWATCH: f64 = 14.0;
const BEFORE_WORDS: f64 = SWATCH + 6.0;
const ROW: f64 = LINE + 3.0;

/// How an entry is marked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mark {
    Surface(Fill),
    Line(Stroke),
    Diamond,
}

/// Width that the widest entry needs, space to the next one included.
pub(crate) fn entry_width<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<f64, PlotError> {
    let widest = words.into_iter().try_fold(0.0_f64, |widest, words| {
        Ok(widest.max(font::text_width(words, SMALL, false)?))
    })?;
    Ok(BEFORE_WORDS + widest + 20.0)
}

/// Draws the entries in as many columns as fit, read downwards; gives the place below them.
pub(crate) fn draw(drawing: &mut Drawing, entries: &[(Mark, &str)], top: f64) -> Result<f64, PlotError> {
    let width = entry_width(entries.iter().map(|(_, words)| *words))?;
    let across = drawing.width - 2.0 * MARGIN;
    let columns = ((across / width).floor() as usize).clamp(1, entries.len().max(1));
    let rows = entries.len().div_ceil(columns);
    for (number, (mark, words)) in entries.iter().enumerate() {
        let (column, row) = (number / rows, number % rows);
        let (left, top) = (
            MARGIN + column as f64 * (across / columns as f64),
            top + row as f64 * ROW,
        );
        match mark {
            Mark::Surface(fill) => drawing.rectangle((left, top), (left + SWATCH, top + SWATCH), *fill),
            Mark::Line(stroke) => {
                let middle = top + SWATCH / 2.0;
                drawing.line(vec![(left - 2.0, middle), (left + SWATCH + 2.0, middle)], 2.0, *stroke);
            }
            Mark::Diamond => drawing.diamond((left + SWATCH / 2.0, top + SWATCH / 2.0), 6.0),
        }
        drawing.text(Text::new(*words, (left + BEFORE_WORDS, top + 11.5), SMALL));
    }
    Ok(top + rows as f64 * ROW)
}
