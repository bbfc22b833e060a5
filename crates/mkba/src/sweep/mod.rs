//! Sweeps: the points of a study, evaluated in batches that share what does not change.
mod batches;
mod evaluate;
mod order;
mod points;
pub mod summary;

pub use batches::{Batches, Draws, Fault, Points};
pub use evaluate::{Settings, evaluate};
pub use order::batches_along;
pub use points::SweepStudy;
