//! Evaluation of a compiled program over blocks of draws, and the plain evaluator it is tested against.
mod block;
mod lag;
mod memory;
mod operations;
mod ready;
pub mod reference;

pub use block::{Evaluator, Sink};
