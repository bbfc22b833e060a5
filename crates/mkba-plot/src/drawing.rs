//! A drawing as a list of shapes in units of its own, before any library paints it.

use crate::palette::{Colour, Fill, INK, Stroke};

/// A page with shapes, the later ones on top. The origin is the upper left corner.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawing {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) shapes: Vec<Shape>,
}

/// A place on the page: right, down.
pub(crate) type Point = (f64, f64);

#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Rectangle {
        from: Point,
        to: Point,
        fill: Fill,
    },
    Line {
        points: Vec<Point>,
        width: f64,
        stroke: Stroke,
    },
    Diamond {
        centre: Point,
        radius: f64,
    },
    /// A surface within a closed line.
    Polygon {
        points: Vec<Point>,
        colour: Colour,
        opacity: f64,
    },
    /// A disc with a thin white rim, so that discs that overlap stay apart.
    Disc {
        centre: Point,
        radius: f64,
        colour: Colour,
        opacity: f64,
    },
    Text(Text),
}

/// A line of words.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) words: String,
    /// Where the anchor is, on the baseline.
    pub(crate) at: Point,
    pub(crate) anchor: Anchor,
    /// Units per em.
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) colour: Colour,
}

/// Which part of a text is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Drawing {
    pub(crate) fn rectangle(&mut self, from: Point, to: Point, fill: Fill) {
        self.shapes.push(Shape::Rectangle { from, to, fill });
    }

    pub(crate) fn line(&mut self, points: Vec<Point>, width: f64, stroke: Stroke) {
        self.shapes.push(Shape::Line { points, width, stroke });
    }

    /// A line drawn through in one colour.
    pub(crate) fn rule(&mut self, from: Point, to: Point, width: f64, colour: Colour) {
        self.line(vec![from, to], width, Stroke { colour, dash: None });
    }

    pub(crate) fn diamond(&mut self, centre: Point, radius: f64) {
        self.shapes.push(Shape::Diamond { centre, radius });
    }

    pub(crate) fn polygon(&mut self, points: Vec<Point>, colour: Colour, opacity: f64) {
        self.shapes.push(Shape::Polygon {
            points,
            colour,
            opacity,
        });
    }

    pub(crate) fn disc(&mut self, centre: Point, radius: f64, colour: Colour, opacity: f64) {
        self.shapes.push(Shape::Disc {
            centre,
            radius,
            colour,
            opacity,
        });
    }

    pub(crate) fn text(&mut self, text: Text) {
        self.shapes.push(Shape::Text(text));
    }
}

impl Text {
    /// Words in ink, from their start.
    pub(crate) fn new(words: impl Into<String>, at: Point, size: f64) -> Self {
        Self {
            words: words.into(),
            at,
            anchor: Anchor::Start,
            size,
            bold: false,
            colour: INK,
        }
    }

    pub(crate) fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(crate) fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}
