//! The outline and colour of each kind: both differ, so that neither colour nor shape alone has to be recognised.
use super::layered::{Frame, Point};
use crate::palette::{BLUE, Colour, GREEN, MUTED, ORANGE, PURPLE, SKY, VERMILLION, WHITE, YELLOW, tint};
use mkba_core::influence::{Link, NodeKind};

/// How a box is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BoxStyle {
    pub(super) outline: Outline,
    pub(super) fill: Colour,
    pub(super) line: Colour,
}

/// The outline of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outline {
    Pill,
    Parallelogram,
    Note,
    Cut,
    Trapezium,
    BarLeft,
    Rounded,
    Doubled,
    Hexagon,
    Octagon,
    Arrow,
    Round,
    Plain,
}

/// How far the outlines reach inwards at a side: words keep away from it.
pub(super) const INSET: f64 = 12.0;

pub(super) fn box_style(kind: NodeKind) -> BoxStyle {
    let style = |outline, colour, strength| BoxStyle {
        outline,
        fill: tint(colour, strength),
        line: colour,
    };
    match kind {
        NodeKind::Parameter => style(Outline::Pill, SKY, 0.25),
        NodeKind::Driver => style(Outline::Parallelogram, PURPLE, 0.3),
        NodeKind::Series => style(Outline::Note, MUTED, 0.12),
        NodeKind::Column => style(Outline::Cut, MUTED, 0.12),
        NodeKind::Lever => style(Outline::Trapezium, YELLOW, 0.45),
        NodeKind::Measure => style(Outline::BarLeft, ORANGE, 0.4),
        NodeKind::Variable => style(Outline::Rounded, WHITE, 0.0),
        NodeKind::Stock => style(Outline::Doubled, GREEN, 0.2),
        NodeKind::Gate => style(Outline::Hexagon, VERMILLION, 0.25),
        NodeKind::Limit => style(Outline::Octagon, VERMILLION, 0.12),
        NodeKind::Flow => style(Outline::Arrow, BLUE, 0.3),
        NodeKind::Party => style(Outline::Round, MUTED, 0.3),
    }
    .lined(kind)
}

impl BoxStyle {
    /// Yellow and white do not show as lines.
    fn lined(self, kind: NodeKind) -> Self {
        match kind {
            NodeKind::Lever => Self {
                line: (150, 140, 20),
                ..self
            },
            NodeKind::Variable => Self { line: MUTED, ..self },
            _ => self,
        }
    }
}

/// A file.
pub(super) const FILE: BoxStyle = BoxStyle {
    outline: Outline::Plain,
    fill: (246, 246, 246),
    line: MUTED,
};

/// How an arrow is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ArrowStyle {
    pub(super) colour: Colour,
    pub(super) dashed: bool,
    /// The head is hollow.
    pub(super) hollow: bool,
}

pub(super) fn arrow_style(link: Link) -> ArrowStyle {
    let style = |colour, dashed, hollow| ArrowStyle { colour, dashed, hollow };
    match link {
        Link::SameYear => style(MUTED, false, false),
        Link::EarlierYear => style(BLUE, true, false),
        Link::Bears => style(VERMILLION, false, true),
        Link::Gains => style(GREEN, false, false),
    }
}

/// The corners of an outline of straight lines; `None` for round ones.
pub(super) fn corners(outline: Outline, at: &Frame) -> Option<Vec<Point>> {
    let Frame {
        left,
        top,
        right,
        bottom,
    } = *at;
    let middle = (top + bottom) / 2.0;
    let cut = INSET.min((bottom - top) / 3.0);
    let inset = INSET.min((right - left) / 4.0);
    Some(match outline {
        Outline::Parallelogram => vec![
            (left + inset, top),
            (right, top),
            (right - inset, bottom),
            (left, bottom),
        ],
        Outline::Trapezium => vec![
            (left + inset, top),
            (right - inset, top),
            (right, bottom),
            (left, bottom),
        ],
        Outline::Note => vec![
            (left, top),
            (right - cut, top),
            (right, top + cut),
            (right, bottom),
            (left, bottom),
        ],
        Outline::Cut => vec![
            (left + cut, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top + cut),
        ],
        Outline::Hexagon => vec![
            (left + inset, top),
            (right - inset, top),
            (right, middle),
            (right - inset, bottom),
            (left + inset, bottom),
            (left, middle),
        ],
        Outline::Octagon => vec![
            (left + cut, top),
            (right - cut, top),
            (right, top + cut),
            (right, bottom - cut),
            (right - cut, bottom),
            (left + cut, bottom),
            (left, bottom - cut),
            (left, top + cut),
        ],
        Outline::Arrow => vec![
            (left, top),
            (right - inset, top),
            (right, middle),
            (right - inset, bottom),
            (left, bottom),
        ],
        _ => return None,
    })
}

/// The radius of the corners of a round outline.
pub(super) fn radius(outline: Outline, height: f64) -> f64 {
    match outline {
        Outline::Pill => (height / 2.0).min(16.0),
        Outline::Round => height / 2.0,
        Outline::Rounded => 6.0,
        _ => 0.0,
    }
}

/// How far inside its frame an outline is at the left or right side, at a height: where an arrow has to end.
pub(super) fn indent(outline: Outline, at: &Frame, height: f64, is_left: bool) -> f64 {
    let half = (at.bottom - at.top) / 2.0;
    let off_middle = (height - (at.top + at.bottom) / 2.0).abs();
    let from_bottom = (at.bottom - height) / (2.0 * half);
    match (outline, is_left) {
        (Outline::Hexagon, _) | (Outline::Arrow, false) => INSET * off_middle / half,
        (Outline::Parallelogram, true) | (Outline::Trapezium, _) => INSET * from_bottom,
        (Outline::Parallelogram, false) => INSET * (1.0 - from_bottom),
        _ => {
            let radius = radius(outline, 2.0 * half);
            let into_corner = (off_middle - (half - radius)).clamp(0.0, radius);
            radius - (radius * radius - into_corner * into_corner).sqrt()
        }
    }
}
