//! Units at run time: a scale times whole powers of base dimensions (specification section 4).
//!
//! [`UnitNames`] answers whether a word is a unit, which is all the parser needs; [`UnitTable`] knows what each unit
//! means and turns a written [`UnitExpr`](crate::syntax::UnitExpr) into a [`Unit`].
mod builtin;
mod display;
mod names;
mod table;
#[cfg(test)]
mod tests;

pub use builtin::built_in;
pub use names::UnitNames;
pub use table::UnitTable;

use std::collections::BTreeMap;

/// Number of a base dimension in a [`UnitTable`]. 0 to 4 are money, time, length, mass, energy; 5 is `EUR_nominal`; then one per `[unit]` without `equals`, in order of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DimensionId(pub u16);

impl DimensionId {
    /// Money of the price year, base unit `EUR`.
    pub const MONEY: Self = Self(0);
    /// Time, base unit `year` of 365.25 days.
    pub const TIME: Self = Self(1);
    /// Length, base unit `m`.
    pub const LENGTH: Self = Self(2);
    /// Mass, base unit `kg`.
    pub const MASS: Self = Self(3);
    /// Energy, base unit `Wh`.
    pub const ENERGY: Self = Self(4);
    /// Money of the day, base unit `EUR_nominal`.
    pub const NOMINAL_MONEY: Self = Self(5);
}

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

impl Dimensions {
    /// The power of a base dimension; 0 when it does not occur.
    #[must_use]
    pub fn exponent(&self, base: DimensionId) -> i32 {
        self.0.get(&base).copied().unwrap_or(0)
    }

    /// One base dimension to the power one.
    #[must_use]
    pub fn of(base: DimensionId) -> Self {
        Self(BTreeMap::from([(base, 1)]))
    }

    /// Money per time, which every flow must have.
    ///
    /// ```
    /// use mkba_lang::unit::{DimensionId, Dimensions};
    /// let flow = Dimensions::of(DimensionId::MONEY).divide(&Dimensions::of(DimensionId::TIME));
    /// assert_eq!(Dimensions::money_per_time(), flow);
    /// ```
    #[must_use]
    pub fn money_per_time() -> Self {
        Self(BTreeMap::from([(DimensionId::MONEY, 1), (DimensionId::TIME, -1)]))
    }

    /// Whether this is no unit at all.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Dimensions of a product: exponents add. Exponents stop at the range of `i32`, which no quantity reaches.
    ///
    /// ```
    /// use mkba_lang::unit::{DimensionId, Dimensions};
    /// let time = Dimensions::of(DimensionId::TIME);
    /// let rate = Dimensions::default().divide(&time);
    /// assert!(rate.multiply(&time).is_none());
    /// ```
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Self {
        self.combine(other, i32::saturating_add)
    }

    /// Dimensions of a quotient: exponents subtract, with the same range.
    #[must_use]
    pub fn divide(&self, other: &Self) -> Self {
        self.combine(other, i32::saturating_sub)
    }

    /// Dimensions of a whole power; `None` if an exponent leaves the range of `i32`.
    ///
    /// ```
    /// use mkba_lang::unit::{DimensionId, Dimensions};
    /// let length = Dimensions::of(DimensionId::LENGTH);
    /// assert_eq!(length.power(2), Some(length.multiply(&length)));
    /// assert_eq!(length.power(0), Some(Dimensions::default()));
    /// assert_eq!(length.power(2).and_then(|area| area.power(i32::MAX)), None);
    /// ```
    #[must_use]
    pub fn power(&self, exponent: i32) -> Option<Self> {
        if exponent == 0 {
            return Some(Self::default());
        }
        let powers: Option<_> = self
            .0
            .iter()
            .map(|(base, own)| Some((*base, own.checked_mul(exponent)?)))
            .collect();
        powers.map(Self)
    }

    /// Dimensions of a whole root (`sqrt` is 2); `None` if an exponent is not divisible, or the degree is not positive.
    ///
    /// ```
    /// use mkba_lang::unit::{DimensionId, Dimensions};
    /// let length = Dimensions::of(DimensionId::LENGTH);
    /// assert_eq!(length.multiply(&length).root(2), Some(length.clone()));
    /// assert_eq!(length.root(2), None);
    /// ```
    #[must_use]
    pub fn root(&self, degree: u32) -> Option<Self> {
        let degree = i32::try_from(degree).ok().filter(|degree| *degree > 0)?;
        let powers: Option<_> = self
            .0
            .iter()
            .map(|(base, own)| (own % degree == 0).then_some((*base, own / degree)))
            .collect();
        powers.map(Self)
    }

    fn combine(&self, other: &Self, operation: fn(i32, i32) -> i32) -> Self {
        let mut powers = self.0.clone();
        for (base, exponent) in &other.0 {
            let own = powers.entry(*base).or_insert(0);
            *own = operation(*own, *exponent);
        }
        powers.retain(|_, exponent| *exponent != 0);
        Self(powers)
    }
}

impl Unit {
    /// No unit: the number itself.
    #[must_use]
    pub fn none() -> Self {
        Self {
            scale: 1.0,
            dimensions: Dimensions::default(),
        }
    }

    /// The base unit of a dimension.
    #[must_use]
    pub fn base(dimension: DimensionId) -> Self {
        Self {
            scale: 1.0,
            dimensions: Dimensions::of(dimension),
        }
    }

    /// The product of two units.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Self {
        Self {
            scale: self.scale * other.scale,
            dimensions: self.dimensions.multiply(&other.dimensions),
        }
    }

    /// The quotient of two units.
    #[must_use]
    pub fn divide(&self, other: &Self) -> Self {
        Self {
            scale: self.scale / other.scale,
            dimensions: self.dimensions.divide(&other.dimensions),
        }
    }

    /// A whole power; `None` if its scale or an exponent leaves the range of numbers.
    ///
    /// ```
    /// use mkba_lang::unit::{DimensionId, Unit};
    /// let kilometre = Unit { scale: 1000.0, ..Unit::base(DimensionId::LENGTH) };
    /// assert_eq!(kilometre.power(2).map(|area| area.scale), Some(1e6));
    /// assert_eq!(kilometre.power(200), None);
    /// ```
    #[must_use]
    pub fn power(&self, exponent: i32) -> Option<Self> {
        let dimensions = self.dimensions.power(exponent)?;
        // Repeated multiplication has the same bits on every machine, `powi` need not. Scales leave the range of
        // numbers after a few hundred steps, so the loop stops early.
        let mut scale = 1.0;
        if self.scale != 1.0 {
            for _ in 0..exponent.unsigned_abs() {
                scale *= self.scale;
                if !is_usable(scale) {
                    return None;
                }
            }
        }
        let scale = if exponent < 0 { 1.0 / scale } else { scale };
        is_usable(scale).then_some(Self { scale, dimensions })
    }
}

/// Whether a scale can be multiplied and divided by.
fn is_usable(scale: f64) -> bool {
    scale.is_normal() && scale > 0.0
}
