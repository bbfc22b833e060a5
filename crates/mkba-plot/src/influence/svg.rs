//! The drawing: groups, arrows, boxes and words in this order, so that words are never covered.
use super::layered::{Frame, Layout, Point};
use super::scene::{LABEL, LEADING, NAME, OTHER_FONT, Scene, SceneArrow, SceneBox, words_height};
use super::style::{ArrowStyle, BoxStyle, Outline, corners, indent, radius};
use crate::error::PlotError;
use crate::font;
use crate::language::Language;
use crate::page::MARGIN;
use crate::palette::{Colour, INK, MUTED, WHITE};
use std::fmt::Write;

const TITLE: f64 = 18.0;
const LEAST_WIDTH: f64 = 560.0;
const HEAD: f64 = 7.0;
const LEGEND_ROW: f64 = 24.0;
const LEGEND_BOX: f64 = 30.0;
const GROUP: Colour = (246, 246, 243);
const GROUP_LINE: Colour = (205, 205, 200);

/// The complete file.
pub(super) fn draw(scene: &Scene, language: Language) -> Result<String, PlotError> {
    let layout = scene.lay_out()?;
    let width = (layout.width + 2.0 * MARGIN).max(LEAST_WIDTH).ceil();
    let mut page = Page {
        body: String::new(),
        width,
    };
    let top = page.heading(scene)?;
    page.open(MARGIN, top);
    page.groups(scene, &layout);
    for (arrow, route) in scene.arrows.iter().zip(&layout.routes) {
        page.arrow(arrow, &to_outlines(arrow, route, scene, &layout), scene.downward);
    }
    for (arrow, route) in scene.arrows.iter().zip(&layout.routes) {
        if let Some(count) = arrow.count {
            page.count(count, route, scene.downward)?;
        }
    }
    page.group_titles(scene, &layout)?;
    for (it, frame) in scene.boxes.iter().zip(&layout.boxes) {
        page.scene_box(it, frame)?;
    }
    page.close();
    let bottom = page.legend(scene, top + layout.height + MARGIN)?;
    let height = (bottom + MARGIN).ceil();
    let language = language.choose("nl", "en");
    let title = escape(&scene.title);
    let description = escape(&scene.subtitle);
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         xml:lang=\"{language}\" role=\"img\" font-family=\"{}\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n{}</svg>\n",
        font::FAMILY,
        hex(WHITE),
        page.body
    ))
}

struct Page {
    body: String,
    width: f64,
}

impl Page {
    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        self.body.write_fmt(text).expect("writing to a text cannot fail");
        self.body.push('\n');
    }

    fn open(&mut self, left: f64, top: f64) {
        self.push(format_args!("<g transform=\"translate({left} {})\">", short(top)));
    }

    fn close(&mut self) {
        self.push(format_args!("</g>"));
    }

    /// Title and subtitle; gives the place below them.
    fn heading(&mut self, scene: &Scene) -> Result<f64, PlotError> {
        let across = self.width - 2.0 * MARGIN;
        let mut bottom = MARGIN;
        for line in font::wrap(&scene.title, across, TITLE, true)? {
            bottom += TITLE * LEADING;
            self.text(&line, (MARGIN, bottom - TITLE * 0.3), TITLE, true, INK, "start")?;
        }
        for line in font::wrap(&scene.subtitle, across, LABEL, false)? {
            bottom += LABEL * LEADING;
            self.text(&line, (MARGIN, bottom - LABEL * 0.3), LABEL, false, MUTED, "start")?;
        }
        Ok((bottom + 14.0).ceil())
    }

    fn groups(&mut self, scene: &Scene, layout: &Layout) {
        for frame in layout.groups.iter().take(scene.groups.len()).flatten() {
            self.rectangle(frame, 6.0, GROUP, GROUP_LINE, 1.0);
        }
    }

    fn group_titles(&mut self, scene: &Scene, layout: &Layout) -> Result<(), PlotError> {
        for (title, frame) in scene.groups.iter().zip(&layout.groups) {
            if let Some(frame) = frame {
                let at = (frame.left + 10.0, frame.top + 17.0);
                self.halo(title, at, LABEL, true, GROUP)?;
            }
        }
        Ok(())
    }

    fn arrow(&mut self, arrow: &SceneArrow, route: &[Point], downward: bool) {
        let [start, .., end] = route else { return };
        let towards = direction(*start, *end, downward);
        // The line ends where the head begins.
        let mut line = route.to_vec();
        let last = line.len() - 1;
        line[last] = (end.0 - towards.0 * HEAD, end.1 - towards.1 * HEAD);
        self.push(format_args!("<g><title>{}</title>", escape(&arrow.tip)));
        self.stroke(&path(&line, downward), &arrow.style, 1.3);
        self.head(*end, towards, &arrow.style);
        self.close();
    }

    /// A number beside the head of an arrow, over all lines.
    fn count(&mut self, count: usize, route: &[Point], downward: bool) -> Result<(), PlotError> {
        let [start, .., end] = route else { return Ok(()) };
        let (across, down) = direction(*start, *end, downward);
        let count = count.to_string();
        let away = HEAD + 3.0;
        let half = font::text_width(&count, NAME, true)? / 2.0;
        let middle = end.0 - across * (away + half);
        let baseline = end.1 - down * away + if down < 0.0 { NAME * 0.75 } else { 0.0 };
        self.halo_anchored(&count, (middle, baseline), NAME, true, WHITE, "middle")
    }

    fn stroke(&mut self, path: &str, style: &ArrowStyle, width: f64) {
        let dash = if style.dashed { " stroke-dasharray=\"6 4\"" } else { "" };
        let colour = hex(style.colour);
        self.push(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dash}/>"
        ));
    }

    /// A head that points in a direction of length one.
    fn head(&mut self, tip: Point, towards: Point, style: &ArrowStyle) {
        let back = (tip.0 - towards.0 * HEAD, tip.1 - towards.1 * HEAD);
        let side = (towards.1 * HEAD / 2.0, towards.0 * HEAD / 2.0);
        let points = polygon(&[
            tip,
            (back.0 - side.0, back.1 - side.1),
            (back.0 + side.0, back.1 + side.1),
        ]);
        let fill = hex(if style.hollow { WHITE } else { style.colour });
        let colour = hex(style.colour);
        self.push(format_args!(
            "<polygon points=\"{points}\" fill=\"{fill}\" stroke=\"{colour}\"/>"
        ));
    }

    fn scene_box(&mut self, it: &SceneBox, frame: &Frame) -> Result<(), PlotError> {
        self.push(format_args!("<g><title>{}</title>", escape(&it.tip)));
        self.outline(&it.style, frame, it.emphasised);
        let centre = (frame.left + frame.right) / 2.0;
        let mut top = (frame.top + frame.bottom - words_height(&it.lines)) / 2.0;
        for line in &it.lines {
            let baseline = top + line.size * (LEADING / 2.0 + 0.35);
            let colour = if line.size < LABEL { MUTED } else { INK };
            self.text(&line.words, (centre, baseline), line.size, line.bold, colour, "middle")?;
            top += line.size * LEADING;
        }
        self.close();
        Ok(())
    }

    fn outline(&mut self, style: &BoxStyle, frame: &Frame, emphasised: bool) {
        let width: f64 = if emphasised { 3.0 } else { 1.2 };
        let line = if emphasised { INK } else { style.line };
        let inner = |by: f64| Frame {
            left: frame.left + by,
            top: frame.top + by,
            right: frame.right - by,
            bottom: frame.bottom - by,
        };
        let height = frame.bottom - frame.top;
        if let Some(corners) = corners(style.outline, frame) {
            let points = polygon(&corners);
            let (fill, line) = (hex(style.fill), hex(line));
            self.push(format_args!(
                "<polygon points=\"{points}\" fill=\"{fill}\" stroke=\"{line}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>"
            ));
            return;
        }
        match style.outline {
            // A true ellipse would cut off the corners of its words.
            Outline::Round => self.rectangle(frame, radius(Outline::Round, height), style.fill, line, width.max(1.8)),
            Outline::Doubled => {
                self.rectangle(frame, 0.0, style.fill, line, width);
                self.rectangle(&inner(3.0), 0.0, style.fill, style.line, 1.0);
            }
            Outline::BarLeft => {
                self.rectangle(frame, 0.0, style.fill, line, width);
                let bar = Frame {
                    right: frame.left + 6.0,
                    ..*frame
                };
                self.rectangle(&bar, 0.0, style.line, style.line, 1.0);
            }
            outline => self.rectangle(frame, radius(outline, height), style.fill, line, width),
        }
    }

    fn rectangle(&mut self, at: &Frame, round: f64, fill: Colour, line: Colour, width: f64) {
        let (left, top) = (short(at.left), short(at.top));
        let (across, down) = (short(at.right - at.left), short(at.bottom - at.top));
        let round = if round > 0.0 {
            format!(" rx=\"{}\"", short(round))
        } else {
            String::new()
        };
        let (fill, line) = (hex(fill), hex(line));
        self.push(format_args!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{across}\" height=\"{down}\"{round} fill=\"{fill}\" stroke=\"{line}\" stroke-width=\"{width}\"/>"
        ));
    }

    /// Kinds and arrows with their words, in rows across the page; gives the place below them.
    fn legend(&mut self, scene: &Scene, top: f64) -> Result<f64, PlotError> {
        let (mut left, mut row) = (MARGIN, top);
        let entries = scene.box_legend.len() + scene.arrow_legend.len();
        for number in 0..entries {
            let words = match scene.box_legend.get(number) {
                Some((_, words)) => words,
                None => &scene.arrow_legend[number - scene.box_legend.len()].1,
            };
            let needed = LEGEND_BOX + 6.0 + font::text_width(words, LABEL, false)? * OTHER_FONT;
            if left > MARGIN && left + needed > self.width - MARGIN {
                (left, row) = (MARGIN, row + LEGEND_ROW);
            }
            let frame = Frame {
                left,
                top: row + 2.0,
                right: left + LEGEND_BOX,
                bottom: row + 18.0,
            };
            match scene.box_legend.get(number) {
                Some((style, _)) => self.outline(style, &frame, false),
                None => {
                    let style = scene.arrow_legend[number - scene.box_legend.len()].0;
                    let line = [(left, row + 10.0), (frame.right - HEAD, row + 10.0)];
                    self.stroke(&path(&line, false), &style, 1.3);
                    self.head((frame.right, row + 10.0), (1.0, 0.0), &style);
                }
            }
            self.text(words, (frame.right + 6.0, row + 14.0), LABEL, false, INK, "start")?;
            left += needed + 20.0;
        }
        Ok(row + if entries > 0 { LEGEND_ROW } else { 0.0 })
    }

    fn text(
        &mut self,
        words: &str,
        at: Point,
        size: f64,
        bold: bool,
        colour: Colour,
        anchor: &str,
    ) -> Result<(), PlotError> {
        self.words(words, at, size, bold, anchor, &format!("fill=\"{}\"", hex(colour)))
    }

    /// Words with an edge in the colour behind them, readable over lines.
    fn halo(&mut self, words: &str, at: Point, size: f64, bold: bool, behind: Colour) -> Result<(), PlotError> {
        self.halo_anchored(words, at, size, bold, behind, "start")
    }

    fn halo_anchored(
        &mut self,
        words: &str,
        at: Point,
        size: f64,
        bold: bool,
        behind: Colour,
        anchor: &str,
    ) -> Result<(), PlotError> {
        let edge = format!(
            "fill=\"{0}\" stroke=\"{0}\" stroke-width=\"4\" stroke-linejoin=\"round\"",
            hex(behind)
        );
        self.words(words, at, size, bold, anchor, &edge)?;
        self.text(words, at, size, bold, INK, anchor)
    }

    /// Words with their width stated, so that a viewer with another font keeps them in their place.
    fn words(
        &mut self,
        words: &str,
        at: Point,
        size: f64,
        bold: bool,
        anchor: &str,
        paint: &str,
    ) -> Result<(), PlotError> {
        let width = font::text_width(words, size, bold)?;
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        let (x, y, width) = (short(at.0), short(at.1), short(width));
        let words = escape(words);
        self.push(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight} text-anchor=\"{anchor}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" {paint}>{words}</text>"
        ));
        Ok(())
    }
}

/// The route with its ends moved from the frames of its boxes to their outlines.
fn to_outlines(arrow: &SceneArrow, route: &[Point], scene: &Scene, layout: &Layout) -> Vec<Point> {
    let mut route = route.to_vec();
    let last = route.len().saturating_sub(1);
    if scene.downward || last == 0 {
        return route;
    }
    for (end, number) in [(0, arrow.from), (last, arrow.to)] {
        let (x, y) = route[end];
        let frame = &layout.boxes[number];
        let is_left = (x - frame.left).abs() < (x - frame.right).abs();
        let by = indent(scene.boxes[number].style.outline, frame, y, is_left);
        route[end].0 = if is_left { x + by } else { x - by };
    }
    route
}

/// Right or left, or down or up: where an arrow goes along the direction of the diagram.
fn direction(start: Point, end: Point, downward: bool) -> Point {
    if downward {
        (0.0, (end.1 - start.1).signum())
    } else {
        ((end.0 - start.0).signum(), 0.0)
    }
}

/// Pieces along the direction of the diagram are straight; others are curves that begin and end along it.
fn path(route: &[Point], downward: bool) -> String {
    let turn = |(along, across): Point| if downward { (across, along) } else { (along, across) };
    let show = |point: Point| {
        let (x, y) = turn(point);
        format!("{} {}", short(x), short(y))
    };
    let mut text = String::new();
    let mut before: Option<Point> = None;
    for point in route.iter().copied().map(turn) {
        text.push_str(&match before {
            None => format!("M{}", show(point)),
            Some(from) if (from.1 - point.1).abs() < 0.05 => format!("L{}", show(point)),
            Some(from) => {
                let middle = (from.0 + point.0) / 2.0;
                format!(
                    "C{} {} {}",
                    show((middle, from.1)),
                    show((middle, point.1)),
                    show(point)
                )
            }
        });
        before = Some(point);
    }
    text
}

fn polygon(points: &[Point]) -> String {
    let points = points.iter().map(|(x, y)| format!("{},{}", short(*x), short(*y)));
    points.collect::<Vec<_>>().join(" ")
}

/// A length with at most one decimal.
fn short(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn hex(colour: Colour) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.0, colour.1, colour.2)
}

/// Text for SVG: marks of the language escaped, and characters that XML does not allow left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
