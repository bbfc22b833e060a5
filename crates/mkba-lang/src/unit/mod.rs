//! Units at run time: a scale times whole powers of base dimensions (specification section 4).
use std::collections::BTreeMap;

/// Number of a base dimension in a [`UnitTable`]. 0 to 4 are money, time, length, mass, energy; 5 is `EUR_nominal`; then one per `[unit]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DimensionId(pub u16);

/// Whole powers of base dimensions; empty means no unit. Never holds a zero exponent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dimensions(pub BTreeMap<DimensionId, i32>);

/// A unit: what one of it is in base units.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// How many base units: 1e6 for `MEUR`, 0.01 for `%`.
    pub scale: f64,
    /// Of what.
    pub dimensions: Dimensions,
}
