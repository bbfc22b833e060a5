//! Evaluation of a compiled program over blocks of draws, and the plain evaluator it is tested against.
mod block;
mod lag;
mod memory;
mod operations;
mod places;
mod ready;
pub mod reference;
mod side_by_side;

pub use block::{Evaluator, Sink};
