//! Evaluation of a compiled program over blocks of draws, and the plain evaluator it is tested against.
mod block;
mod operations;
pub mod reference;

pub use block::{Evaluator, Sink};
