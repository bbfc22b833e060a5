//! Operations on single numbers, with the kernels of the lane evaluator.
use super::{Binary, Reduction, Unary};
use crate::lane::math;

/// The operation on numbers, with the kernels of the lane evaluator.
#[must_use]
pub(crate) fn apply_unary(operation: Unary, x: f64) -> f64 {
    match operation {
        Unary::Exp => math::exp(x),
        Unary::Ln => math::ln(x),
        Unary::Sqrt => x.sqrt(),
        Unary::Abs => x.abs(),
        Unary::Floor => x.floor(),
        Unary::Ceil => x.ceil(),
    }
}

/// The operation on numbers, with the kernels of the lane evaluator.
#[must_use]
pub(crate) fn apply_binary(operation: Binary, a: f64, b: f64) -> f64 {
    let truth = |holds: bool| if holds { 1.0 } else { 0.0 };
    match operation {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        Binary::Min => math::min(a, b),
        Binary::Max => math::max(a, b),
        Binary::Less => truth(a < b),
        Binary::LessOrEqual => truth(a <= b),
        Binary::Equal => truth(a == b),
        Binary::Power => math::pow(a, b),
    }
}

impl Reduction {
    /// The operation between two elements.
    #[must_use]
    pub(crate) fn operation(self) -> Binary {
        match self {
            Self::Sum => Binary::Add,
            Self::Least => Binary::Min,
            Self::Greatest => Binary::Max,
        }
    }
    /// The value of no elements.
    #[must_use]
    pub(crate) fn start(self) -> f64 {
        match self {
            Self::Sum => 0.0,
            Self::Least => f64::INFINITY,
            Self::Greatest => f64::NEG_INFINITY,
        }
    }
}
