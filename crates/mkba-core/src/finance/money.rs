//! Money as types: an amount during a year is not a present value.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// A present value in EUR of the price year, discounted to the base year.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct PresentValue(pub f64);

/// The amount of a flow during one year, in EUR per year of the price year, not discounted.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct AnnualFlow(pub f64);

impl PresentValue {
    /// The number of EUR.
    #[must_use]
    pub const fn value_eur(self) -> f64 {
        self.0
    }
}

impl AnnualFlow {
    /// The number of EUR per year.
    #[must_use]
    pub const fn value_eur_per_year(self) -> f64 {
        self.0
    }

    /// Plain numbers in EUR per year as a series of flows.
    #[must_use]
    pub fn series(amounts_eur_per_year: &[f64]) -> Vec<Self> {
        amounts_eur_per_year.iter().copied().map(Self).collect()
    }
}

macro_rules! additive {
    ($money:ident) => {
        impl Add for $money {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $money {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Neg for $money {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl AddAssign for $money {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl SubAssign for $money {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }

        impl Mul<f64> for $money {
            type Output = Self;
            fn mul(self, share: f64) -> Self {
                Self(self.0 * share)
            }
        }

        /// Adds in the order of the iterator, so that the bits of the sum do not depend on anything else.
        impl Sum for $money {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                Self(items.fold(0.0, |total, item| total + item.0))
            }
        }
    };
}

additive!(PresentValue);
additive!(AnnualFlow);
