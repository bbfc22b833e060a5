//! Evaluation of a compiled program over blocks of draws, and the plain evaluator it is tested against.
mod block;
mod chain;
mod join;
mod lag;
mod memory;
mod moves;

mod places;
mod ready;
pub mod reference;
mod side_by_side;
mod steps;

pub use block::{Evaluator, Sink};
