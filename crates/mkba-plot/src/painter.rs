//! From a list of shapes to the bytes of a file. Only here and in `font` is the drawing library known.

use std::fmt::Display;

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use crate::drawing::{Anchor, Drawing, Point, Shape, Text};
use crate::error::PlotError;
use crate::font::{self, FAMILY, LINE_HEIGHT_IN_EMS};
use crate::palette::{self, BLACK, Colour, Fill, Pattern, Stroke, WHITE};

/// Whole numbers of the drawing library in one unit of a drawing.
const FINENESS: u32 = 4;
/// Pixels of the library in each direction that are averaged into one pixel of the picture, to smooth its edges.
const SMOOTHING: u32 = 2;
/// Between the lines of a pattern.
const PATTERN_STEP: f64 = 5.0;

/// What a figure is and shows, for those who cannot see it.
pub(crate) struct Description<'a> {
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
}

/// A scalable file.
pub(crate) fn svg(drawing: &Drawing, description: &Description<'_>) -> Result<Vec<u8>, PlotError> {
    let size = size_of(drawing);
    let mut text = String::new();
    // Sizes in ems are as this library writes them: it divides by 1.24, and moves text whose top is at its place down.
    let rules = TextRules {
        size_of_em: 1.24,
        baseline_below_place_in_ems: 0.76,
    };
    paint(SVGBackend::with_string(&mut text, size), drawing, rules)?;
    let (width, height) = size;
    let opening = format!("<svg width=\"{width}\" height=\"{height}\" ");
    let sized = format!(
        "<svg width=\"{}\" height=\"{}\" role=\"img\" ",
        width / FINENESS,
        height / FINENESS
    );
    let text = text.replacen(&opening, &sized, 1);
    let words = format!(
        "<title>{}</title>\n<desc>{}</desc>\n",
        escaped(description.title),
        escaped(description.text)
    );
    match text.find(">\n") {
        Some(end) => Ok(format!("{}{words}{}", &text[..end + 2], &text[end + 2..]).into_bytes()),
        None => Err(PlotError::Drawing("the picture has no opening tag".to_owned())),
    }
}

/// A picture of pixels.
pub(crate) fn png(drawing: &Drawing, description: &Description<'_>) -> Result<Vec<u8>, PlotError> {
    let (width, height) = size_of(drawing);
    let mut fine = vec![0; 3 * width as usize * height as usize];
    // Glyphs are sized by the height of a line, and their baseline is half a size below their place.
    let rules = TextRules {
        size_of_em: LINE_HEIGHT_IN_EMS,
        baseline_below_place_in_ems: LINE_HEIGHT_IN_EMS / 2.0,
    };
    paint(BitMapBackend::with_buffer(&mut fine, (width, height)), drawing, rules)?;

    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width / SMOOTHING, height / SMOOTHING);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let added = encoder.add_itxt_chunk("Title".to_owned(), description.title.to_owned());
    added
        .and_then(|()| encoder.add_itxt_chunk("Description".to_owned(), description.text.to_owned()))
        .map_err(failed)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    writer
        .write_image_data(&smoothed(&fine, width, height))
        .map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// How a backend places text, which differs between them.
#[derive(Clone, Copy)]
struct TextRules {
    /// The size that makes an em one unit.
    size_of_em: f64,
    /// How far the baseline is below the place of a text that is anchored at its top.
    baseline_below_place_in_ems: f64,
}

fn paint<Backend: DrawingBackend>(mut backend: Backend, drawing: &Drawing, rules: TextRules) -> Result<(), PlotError> {
    font::register();
    let (width, height) = size_of(drawing);
    backend
        .draw_rect((0, 0), (width as i32, height as i32), &rgb(WHITE), true)
        .map_err(failed)?;
    for shape in &drawing.shapes {
        match shape {
            Shape::Rectangle { from, to, fill } => paint_rectangle(&mut backend, *from, *to, *fill)?,
            Shape::Line { points, width, stroke } => paint_line(&mut backend, points, *width, *stroke)?,
            Shape::Diamond { centre, radius } => {
                paint_diamond(&mut backend, *centre, radius + 1.5, WHITE)?;
                paint_diamond(&mut backend, *centre, *radius, BLACK)?;
            }
            Shape::Polygon {
                points,
                colour,
                opacity,
            } => paint_polygon(&mut backend, points, *colour, *opacity)?,
            Shape::Disc {
                centre,
                radius,
                colour,
                opacity,
            } => paint_disc(&mut backend, *centre, *radius, (*colour, *opacity))?,
            Shape::Text(text) => paint_text(&mut backend, text, rules)?,
        }
    }
    backend.present().map_err(failed)
}

fn paint_rectangle<Backend: DrawingBackend>(
    backend: &mut Backend,
    from: Point,
    to: Point,
    fill: Fill,
) -> Result<(), PlotError> {
    let (left, right) = (from.0.min(to.0), from.0.max(to.0));
    let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
    backend
        .draw_rect(fine((left, top)), fine((right, bottom)), &rgb(fill.colour), true)
        .map_err(failed)?;
    for line in pattern_lines((left, top), (right, bottom), fill.pattern) {
        stroke_path(backend, line, 1.5, palette::over(fill.colour))?;
    }
    if bottom - top > 2.0 {
        for place in [top, bottom] {
            stroke_path(backend, [(left, place), (right, place)], 0.5, WHITE)?;
        }
    }
    Ok(())
}

/// The lines of a pattern within a rectangle, at places that are the same for all rectangles of a page.
fn pattern_lines(from: Point, to: Point, pattern: Pattern) -> Vec<[Point; 2]> {
    let steps = |low: f64, high: f64| {
        let (first, last) = ((low / PATTERN_STEP).ceil() as i64, (high / PATTERN_STEP).floor() as i64);
        (first..=last).map(|number| number as f64 * PATTERN_STEP)
    };
    let ((left, top), (right, bottom)) = (from, to);
    match pattern {
        Pattern::Solid => Vec::new(),
        Pattern::Level => steps(top, bottom).map(|down| [(left, down), (right, down)]).collect(),
        // On a rising line the sum of both coordinates is constant, on a falling one their difference.
        Pattern::Rising => steps(left + top, right + bottom)
            .map(|sum| {
                let (start, end) = (left.max(sum - bottom), right.min(sum - top));
                [(start, sum - start), (end, sum - end)]
            })
            .collect(),
        Pattern::Falling => steps(left - bottom, right - top)
            .map(|difference| {
                let (start, end) = (left.max(difference + top), right.min(difference + bottom));
                [(start, start - difference), (end, end - difference)]
            })
            .collect(),
    }
}

fn paint_line<Backend: DrawingBackend>(
    backend: &mut Backend,
    points: &[Point],
    width: f64,
    stroke: Stroke,
) -> Result<(), PlotError> {
    match stroke.dash {
        None => stroke_path(backend, points.iter().copied(), width, stroke.colour),
        Some((dash, gap)) => dashes(points, dash, gap)
            .into_iter()
            .try_for_each(|part| stroke_path(backend, part, width, stroke.colour)),
    }
}

/// The parts of a path that are drawn when dashes and gaps alternate along it.
fn dashes(points: &[Point], dash: f64, gap: f64) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = points.first().map(|first| vec![*first]).into_iter().collect();
    let (mut drawn, mut left) = (true, dash);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            let share = if length > left { left / length } else { 1.0 };
            let reached = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            if drawn && let Some(part) = parts.last_mut() {
                part.push(reached);
            }
            if length <= left {
                left -= length;
                break;
            }
            from = reached;
            drawn = !drawn;
            left = if drawn { dash } else { gap };
            if drawn {
                parts.push(vec![reached]);
            }
        }
    }
    parts
}

fn stroke_path<Backend: DrawingBackend>(
    backend: &mut Backend,
    points: impl IntoIterator<Item = Point>,
    width: f64,
    colour: Colour,
) -> Result<(), PlotError> {
    let width = (width * f64::from(FINENESS)).round().max(1.0) as u32;
    let style = ShapeStyle {
        color: rgb(colour).to_rgba(),
        filled: false,
        stroke_width: width,
    };
    let mut points: Vec<(i32, i32)> = points.into_iter().map(fine).collect();
    points.dedup();
    if points.len() < 2 {
        return Ok(());
    }
    backend.draw_path(points, &style).map_err(failed)
}

fn paint_diamond<Backend: DrawingBackend>(
    backend: &mut Backend,
    (across, down): Point,
    radius: f64,
    colour: Colour,
) -> Result<(), PlotError> {
    let corners = [
        (across, down - radius),
        (across + radius, down),
        (across, down + radius),
        (across - radius, down),
    ];
    backend.fill_polygon(corners.map(fine), &rgb(colour)).map_err(failed)
}

fn paint_polygon<Backend: DrawingBackend>(
    backend: &mut Backend,
    points: &[Point],
    colour: Colour,
    opacity: f64,
) -> Result<(), PlotError> {
    let mut points: Vec<(i32, i32)> = points.iter().copied().map(fine).collect();
    points.dedup();
    if points.len() < 3 {
        return Ok(());
    }
    backend.fill_polygon(points, &rgb(colour).mix(opacity)).map_err(failed)
}

fn paint_disc<Backend: DrawingBackend>(
    backend: &mut Backend,
    centre: Point,
    radius: f64,
    (colour, opacity): (Colour, f64),
) -> Result<(), PlotError> {
    let size = |radius: f64| (radius * f64::from(FINENESS)).round().max(1.0) as u32;
    let rim = ShapeStyle {
        color: rgb(WHITE).to_rgba(),
        filled: false,
        stroke_width: FINENESS,
    };
    backend
        .draw_circle(fine(centre), size(radius), &rgb(colour).mix(opacity), true)
        .and_then(|()| backend.draw_circle(fine(centre), size(radius), &rim, false))
        .map_err(failed)
}

fn paint_text<Backend: DrawingBackend>(backend: &mut Backend, text: &Text, rules: TextRules) -> Result<(), PlotError> {
    let em = text.size * f64::from(FINENESS);
    let style = if text.bold { FontStyle::Bold } else { FontStyle::Normal };
    let anchor = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = FontDesc::new(FontFamily::Name(FAMILY), em * rules.size_of_em, style);
    let colour = rgb(text.colour);
    let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor, VPos::Top));
    let (across, baseline) = fine(text.at);
    let place = (
        across,
        baseline - (em * rules.baseline_below_place_in_ems).round() as i32,
    );
    backend.draw_text(&text.words, &style, place).map_err(failed)
}

/// The average of each square of pixels.
fn smoothed(fine: &[u8], width: u32, height: u32) -> Vec<u8> {
    let square = SMOOTHING as usize;
    let mut smooth = Vec::with_capacity(fine.len() / (square * square));
    let mut sums = vec![0_u32; 3 * (width / SMOOTHING) as usize];
    for rows in fine
        .chunks_exact(3 * width as usize * square)
        .take((height / SMOOTHING) as usize)
    {
        sums.fill(0);
        for row in rows.chunks_exact(3 * width as usize) {
            for (sum, pixels) in sums.chunks_exact_mut(3).zip(row.chunks_exact(3 * square)) {
                for pixel in pixels.chunks_exact(3) {
                    for (sum, channel) in sum.iter_mut().zip(pixel) {
                        *sum += u32::from(*channel);
                    }
                }
            }
        }
        smooth.extend(sums.iter().map(|sum| (sum / (SMOOTHING * SMOOTHING)) as u8));
    }
    smooth
}

fn size_of(drawing: &Drawing) -> (u32, u32) {
    (
        drawing.width.ceil() as u32 * FINENESS,
        drawing.height.ceil() as u32 * FINENESS,
    )
}

fn fine((across, down): Point) -> (i32, i32) {
    let fineness = f64::from(FINENESS);
    ((across * fineness).round() as i32, (down * fineness).round() as i32)
}

fn rgb((red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn failed(error: impl Display) -> PlotError {
    PlotError::Drawing(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_a_path() {
        let parts = dashes(&[(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)], 6.0, 4.0);
        assert_eq!(parts.len(), 10);
        let drawn: f64 = parts
            .iter()
            .flat_map(|part| part.windows(2))
            .map(|pair| pair[1].0 - pair[0].0)
            .sum();
        assert!((drawn - 60.0).abs() < 1e-9);
    }

    #[test]
    fn patterns_stay_within_their_rectangle() {
        for pattern in [Pattern::Rising, Pattern::Falling, Pattern::Level] {
            let lines = pattern_lines((13.0, 17.0), (60.0, 41.0), pattern);
            assert!(lines.len() > 3);
            let inside = |point: Point| (13.0..=60.0).contains(&point.0) && (17.0..=41.0).contains(&point.1);
            assert!(lines.iter().flatten().all(|point| inside(*point)), "{pattern:?}");
        }
    }
}
