//! Elementary functions on one lane, built only from IEEE `+ - * / sqrt`, compare-and-select and integer bit operations.
//!
//! Those operations are exactly defined, so every vector width, machine and optimisation level gives the same bits. No
//! `mul_add`: it would give other bits on machines without it. All functions are `#[inline(always)]` and free of
//! branches, so that a loop over lanes vectorises. A NaN argument gives NaN (with an unspecified payload) unless a
//! function says otherwise.

mod exponential;
mod normal;
mod normal_probability;
mod power;
mod rounding;

pub use exponential::{exp, ln};
pub use normal::{
    NORMAL_CENTRE, NORMAL_FAR_TAIL, normal_centre, normal_near_tail, normal_quantile, normal_quantile_of_tails,
    normal_tail,
};
pub use normal_probability::normal_probability;
pub use power::pow;
pub use rounding::{ceil, floor};

/// `when_true` if the condition holds, else `when_false`. Both are evaluated; this is the one conditional of lane code.
#[inline(always)]
#[must_use]
pub fn select(condition: bool, when_true: f64, when_false: f64) -> f64 {
    // An `if` here may become a jump where a condition is used twice, and a jump stops vectorisation.
    std::hint::select_unpredictable(condition, when_true, when_false)
}

/// The lesser of two numbers, NaN if either is NaN, `b` if they are equal (this decides the sign of zero).
#[inline(always)]
#[must_use]
pub fn min(a: f64, b: f64) -> f64 {
    select((a < b) | a.is_nan(), a, b)
}

/// The greater of two numbers, NaN if either is NaN, `b` if they are equal (this decides the sign of zero).
#[inline(always)]
#[must_use]
pub fn max(a: f64, b: f64) -> f64 {
    select((a > b) | a.is_nan(), a, b)
}

/// `max(bound, x)` for a bound that is not NaN, in one instruction; keeps a NaN of `x`.
#[inline(always)]
#[must_use]
pub fn at_least(x: f64, bound: f64) -> f64 {
    select(bound > x, bound, x)
}

/// `min(bound, x)` for a bound that is not NaN, in one instruction; keeps a NaN of `x`.
#[inline(always)]
#[must_use]
pub fn at_most(x: f64, bound: f64) -> f64 {
    select(bound < x, bound, x)
}

/// `x` moved into `[low, high]`; the bounds are not NaN and `low <= high`. Keeps a NaN of `x`.
#[inline(always)]
#[must_use]
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    at_most(at_least(x, low), high)
}

/// Absolute value (clears the sign bit).
#[inline(always)]
#[must_use]
pub fn abs(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & !SIGN)
}

/// Square root, correctly rounded; NaN below zero, `sqrt(-0) = -0`.
#[inline(always)]
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

const SIGN: u64 = 1 << 63;

#[cfg(test)]
mod tests;
