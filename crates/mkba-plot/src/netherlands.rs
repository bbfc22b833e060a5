//! A schematic map of the Netherlands: a rough outline, the water in the middle, and a place for each province.
//!
//! Made by hand for this project from a handful of coordinates (degrees east and north, to a few kilometres): enough to recognise the
//! country, and no more exact than a bubble that stands for a province.

use crate::drawing::Point;

/// Degrees east and north.
type Degrees = (f64, f64);

/// A province.
pub(crate) struct Province {
    /// As a key of a region: `noord-brabant`.
    pub(crate) key: &'static str,
    /// Its name in Dutch and English.
    pub(crate) name: (&'static str, &'static str),
    place: Degrees,
}

const fn province(key: &'static str, nl: &'static str, en: &'static str, place: Degrees) -> Province {
    Province {
        key,
        name: (nl, en),
        place,
    }
}

/// All twelve.
pub(crate) const PROVINCES: [Province; 12] = [
    province("drenthe", "Drenthe", "Drenthe", (6.62, 52.90)),
    province("flevoland", "Flevoland", "Flevoland", (5.64, 52.53)),
    province("friesland", "Friesland", "Friesland", (5.80, 53.13)),
    province("gelderland", "Gelderland", "Guelders", (5.95, 52.08)),
    province("groningen", "Groningen", "Groningen", (6.75, 53.30)),
    province("limburg", "Limburg", "Limburg", (5.97, 51.28)),
    province("noord-brabant", "Noord-Brabant", "North Brabant", (5.18, 51.58)),
    province("noord-holland", "Noord-Holland", "North Holland", (4.83, 52.60)),
    province("overijssel", "Overijssel", "Overijssel", (6.45, 52.47)),
    province("utrecht", "Utrecht", "Utrecht", (5.17, 52.11)),
    province("zeeland", "Zeeland", "Zeeland", (3.83, 51.52)),
    province("zuid-holland", "Zuid-Holland", "South Holland", (4.47, 52.06)),
];

/// Units of a drawing in a degree north.
const SCALE: f64 = 172.0;
/// A degree east is shorter: the cosine of 52.2 degrees.
const SHORTER: f64 = 0.613;
const WEST: f64 = 3.25;
const EAST: f64 = 7.28;
const NORTH: f64 = 53.56;
const SOUTH: f64 = 50.70;

/// Width of the map.
pub(crate) const WIDTH: f64 = (EAST - WEST) * SHORTER * SCALE;
/// Height of the map.
pub(crate) const HEIGHT: f64 = (NORTH - SOUTH) * SCALE;

/// Where something is on a map whose upper left corner is at `corner`.
fn on_map((east, north): Degrees, corner: Point) -> Point {
    (
        corner.0 + (east - WEST) * SHORTER * SCALE,
        corner.1 + (NORTH - north) * SCALE,
    )
}

impl Province {
    /// The province of this key.
    pub(crate) fn of(key: &str) -> Option<&'static Self> {
        PROVINCES.iter().find(|province| province.key == key)
    }

    pub(crate) fn on_map(&self, corner: Point) -> Point {
        on_map(self.place, corner)
    }
}

/// Surfaces of land, then those of water over them.
pub(crate) fn surfaces(corner: Point) -> (Vec<Vec<Point>>, Vec<Vec<Point>>) {
    let placed = |surfaces: &[&[Degrees]]| {
        let surfaces = surfaces.iter();
        surfaces
            .map(|surface| surface.iter().map(|place| on_map(*place, corner)).collect())
            .collect()
    };
    (
        placed(&[MAINLAND, TEXEL, VLIELAND, TERSCHELLING, AMELAND, SCHIERMONNIKOOG]),
        placed(&[IJSSELMEER, WESTERSCHELDE]),
    )
}

const MAINLAND: &[Degrees] = &[
    (3.37, 51.37),
    (3.44, 51.54),
    (3.69, 51.72),
    (3.86, 51.82),
    (4.05, 51.98),
    (4.27, 52.12),
    (4.42, 52.25),
    (4.55, 52.44),
    (4.62, 52.62),
    (4.67, 52.80),
    (4.74, 52.96),
    (5.04, 52.94),
    (5.34, 53.06),
    (5.41, 53.18),
    (5.62, 53.31),
    (5.97, 53.40),
    (6.20, 53.41),
    (6.70, 53.46),
    (6.87, 53.44),
    (6.94, 53.33),
    (7.21, 53.24),
    (7.20, 53.00),
    (7.06, 52.83),
    (7.05, 52.64),
    (6.73, 52.64),
    (6.70, 52.53),
    (6.77, 52.46),
    (7.04, 52.40),
    (7.06, 52.24),
    (6.87, 52.12),
    (6.74, 52.09),
    (6.82, 51.97),
    (6.67, 51.91),
    (6.41, 51.83),
    (6.14, 51.86),
    (5.97, 51.81),
    (6.02, 51.69),
    (6.21, 51.48),
    (6.22, 51.35),
    (6.08, 51.18),
    (5.88, 51.05),
    (6.08, 50.90),
    (6.02, 50.76),
    (5.70, 50.75),
    (5.65, 50.86),
    (5.78, 51.03),
    (5.84, 51.15),
    (5.56, 51.22),
    (5.24, 51.27),
    (5.08, 51.47),
    (4.92, 51.40),
    (4.77, 51.50),
    (4.54, 51.46),
    (4.39, 51.36),
    (4.24, 51.35),
    (3.98, 51.22),
    (3.80, 51.22),
    (3.52, 51.25),
];

/// IJsselmeer and Markermeer.
const IJSSELMEER: &[Degrees] = &[
    (5.07, 52.92),
    (5.34, 53.03),
    (5.41, 52.93),
    (5.37, 52.86),
    (5.68, 52.84),
    (5.60, 52.67),
    (5.62, 52.58),
    (5.46, 52.53),
    (5.25, 52.40),
    (5.06, 52.34),
    (5.06, 52.45),
    (5.05, 52.63),
    (5.28, 52.70),
    (5.12, 52.77),
];

const WESTERSCHELDE: &[Degrees] = &[
    (3.41, 51.45),
    (3.65, 51.44),
    (3.97, 51.42),
    (4.20, 51.38),
    (3.95, 51.36),
    (3.75, 51.36),
    (3.45, 51.40),
];

const TEXEL: &[Degrees] = &[(4.71, 53.03), (4.85, 53.18), (4.91, 53.11), (4.80, 53.00)];
const VLIELAND: &[Degrees] = &[(4.87, 53.22), (5.07, 53.31), (5.10, 53.28), (4.92, 53.21)];
const TERSCHELLING: &[Degrees] = &[(5.16, 53.38), (5.54, 53.45), (5.55, 53.42), (5.20, 53.35)];
const AMELAND: &[Degrees] = &[(5.64, 53.45), (5.94, 53.47), (5.95, 53.44), (5.65, 53.43)];
const SCHIERMONNIKOOG: &[Degrees] = &[(6.10, 53.48), (6.32, 53.51), (6.32, 53.48), (6.12, 53.46)];
