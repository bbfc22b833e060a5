//! What the draws of a run say about its inputs: which of them move the balance, which of them move together, and what it would
//! be worth to know one of them before the decision.
//!
//! Everything here is computed from the draws that a run keeps; nothing is evaluated again. All of it holds given the
//! distributions that were assumed.
//!
//! Deliberately absent: drawing and evaluating, which are the business of `mkba-montecarlo`; labels and languages.
mod bins;
pub mod correlations;
pub mod influence;
pub mod information;
mod rank_correlation;

pub use correlations::input_correlations;
pub use influence::influence;
pub use information::information;
pub use rank_correlation::rank_correlation;

#[cfg(test)]
mod example;
