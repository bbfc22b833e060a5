//! The units that need no declaration.
use super::{DimensionId, Dimensions, Unit};
use std::collections::BTreeMap;

/// Hours in a year of 365.25 days, the year that all durations are counted in (365.25 × 24).
const HOURS_PER_YEAR: f64 = 8766.0;

/// Prefixes of power-of-thousand units.
const THOUSANDS: &[(&str, f64)] = &[("k", 1e3), ("M", 1e6), ("G", 1e9)];

/// Prefixes of money: `bn` is what is said for 10⁹.
const MONEY: &[(&str, f64)] = &[("k", 1e3), ("M", 1e6), ("bn", 1e9)];

/// The only prefix of metres and grams.
const KILO: &[(&str, f64)] = &[("k", 1e3)];

/// Every built-in unit, with and without prefix. `%` and `1` are units without dimension.
pub(super) fn units() -> BTreeMap<String, Unit> {
    let mut units = BTreeMap::new();
    for (name, prefixes, unit) in roots() {
        for (prefix, factor) in prefixes {
            let scale = unit.scale * factor;
            units.insert(
                format!("{prefix}{name}"),
                Unit {
                    scale,
                    dimensions: unit.dimensions.clone(),
                },
            );
        }
        units.insert(name.to_owned(), unit);
    }
    // The kilogram is the base unit: said outright, because 0.001 × 1000 need not be 1.
    units.insert("kg".to_owned(), Unit::base(DimensionId::MASS));
    units
}

/// Every built-in unit with the prefixes it takes.
pub fn built_in() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    roots()
        .into_iter()
        .map(|(name, prefixes, _)| (name, prefixes.iter().map(|(prefix, _)| *prefix).collect()))
}

type Prefixes = &'static [(&'static str, f64)];

fn roots() -> Vec<(&'static str, Prefixes, Unit)> {
    let of = |scale: f64, base: DimensionId| Unit {
        scale,
        dimensions: Dimensions::of(base),
    };
    let plain = |scale: f64| Unit {
        scale,
        dimensions: Dimensions::default(),
    };
    let power = Unit {
        scale: HOURS_PER_YEAR,
        dimensions: Dimensions::of(DimensionId::ENERGY).divide(&Dimensions::of(DimensionId::TIME)),
    };
    vec![
        ("1", &[], plain(1.0)),
        ("%", &[], plain(0.01)),
        ("EUR", MONEY, of(1.0, DimensionId::MONEY)),
        ("EUR_nominal", MONEY, of(1.0, DimensionId::NOMINAL_MONEY)),
        ("year", &[], of(1.0, DimensionId::TIME)),
        ("month", &[], of(1.0 / 12.0, DimensionId::TIME)),
        ("day", &[], of(1.0 / 365.25, DimensionId::TIME)),
        ("hour", &[], of(1.0 / HOURS_PER_YEAR, DimensionId::TIME)),
        ("m", KILO, of(1.0, DimensionId::LENGTH)),
        ("g", KILO, of(1e-3, DimensionId::MASS)),
        ("t", THOUSANDS, of(1e3, DimensionId::MASS)),
        ("Wh", THOUSANDS, of(1.0, DimensionId::ENERGY)),
        ("J", THOUSANDS, of(1.0 / 3600.0, DimensionId::ENERGY)),
        ("W", THOUSANDS, power),
    ]
}
