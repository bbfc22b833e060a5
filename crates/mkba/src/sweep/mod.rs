//! Sweeps: the points of a study, evaluated in batches that share what does not change.
mod evaluate;
mod order;
mod points;
pub mod summary;

pub use evaluate::{Settings, evaluate};
pub use points::SweepStudy;
