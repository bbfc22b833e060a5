//! Colours that the colour-blind can tell apart, and patterns for when there are more things than colours.
//!
//! Source: Okabe and Ito (2008), Color Universal Design, <https://jfly.uni-koeln.de/color/>.

/// A colour as red, green, blue.
pub(crate) type Colour = (u8, u8, u8);

pub(crate) const BLACK: Colour = (0, 0, 0);
pub(crate) const WHITE: Colour = (255, 255, 255);
pub(crate) const INK: Colour = (34, 34, 34);
pub(crate) const MUTED: Colour = (90, 90, 90);
pub(crate) const GRID: Colour = (221, 221, 221);

pub(crate) const BLUE: Colour = (0, 114, 178);
pub(crate) const ORANGE: Colour = (230, 159, 0);
pub(crate) const GREEN: Colour = (0, 158, 115);
pub(crate) const PURPLE: Colour = (204, 121, 167);
pub(crate) const SKY: Colour = (86, 180, 233);
pub(crate) const VERMILLION: Colour = (213, 94, 0);
pub(crate) const YELLOW: Colour = (240, 228, 66);

/// How a surface is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fill {
    pub(crate) colour: Colour,
    pub(crate) pattern: Pattern,
}

/// What is drawn over the colour of a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    Solid,
    Rising,
    Falling,
    Level,
}

/// The fill of the surface with this number: seven colours, then the same with a pattern.
pub(crate) fn fill(number: usize) -> Fill {
    const COLOURS: [Colour; 7] = [BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW];
    const PATTERNS: [Pattern; 4] = [Pattern::Solid, Pattern::Rising, Pattern::Level, Pattern::Falling];
    Fill {
        colour: COLOURS[number % COLOURS.len()],
        pattern: PATTERNS[number / COLOURS.len() % PATTERNS.len()],
    }
}

/// The colour of a pattern over a colour: white, but not on yellow.
pub(crate) fn over(colour: Colour) -> Colour {
    if colour == YELLOW { MUTED } else { WHITE }
}

/// How a curve is drawn: colour, and lengths of dash and gap (none: drawn through).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) colour: Colour,
    pub(crate) dash: Option<(f64, f64)>,
}

/// The stroke of the curve with this number: six colours dark enough for a line, then the same with dashes.
pub(crate) fn stroke(number: usize) -> Stroke {
    const COLOURS: [Colour; 6] = [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, BLACK];
    const DASHES: [Option<(f64, f64)>; 3] = [None, Some((8.0, 4.0)), Some((2.5, 3.0))];
    Stroke {
        colour: COLOURS[number % COLOURS.len()],
        dash: DASHES[number / COLOURS.len() % DASHES.len()],
    }
}

/// A colour mixed with white: 0 is white, 1 the colour itself.
pub(crate) fn tint(colour: Colour, strength: f64) -> Colour {
    let mix = |part: u8| (255.0 - (255.0 - f64::from(part)) * strength).round() as u8;
    (mix(colour.0), mix(colour.1), mix(colour.2))
}

/// The colour of what is above zero, and of what is below.
pub(crate) const GAIN: Colour = BLUE;
pub(crate) const LOSS: Colour = VERMILLION;

/// A colour for a number from -1 to 1: white in between, the colour of a loss or a gain at the ends, light enough for ink on it.
pub(crate) fn diverging(share: f64) -> Colour {
    let colour = if share < 0.0 { LOSS } else { GAIN };
    tint(colour, 0.55 * share.abs().min(1.0))
}
