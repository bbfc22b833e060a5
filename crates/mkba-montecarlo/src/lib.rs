//! Draws of uncertain inputs, and their summaries.
//!
//! | module | what it holds |
//! |---|---|
//! | [`contract`] | the random contract `mkba-random-1`: a uniform from seed, stream name and draw number |
//! | [`philox`] | the generator under it |
//! | [`design`] | how uniforms are laid out over the draws |
//! | [`drawn`] | the draws of the inputs alone |
//! | [`mod@observe`] | values inside a model, of a draw or as means |
//! | [`quantile`] | inverse distribution functions, on lanes of draws |
//! | [`runner`] | the draws of a study over all threads, in spans that can be stored and resumed |
//! | [`mod@standard_error`] | the error of a mean, from what is independent in a design |
//! | [`sampler`] | all inputs of a model for a block of draws |
//! | [`summary`] | means, errors and quantiles with the same bits for any division of the work |
//! | [`until`] | rules that say when the draws are enough |
//!
//! Everything that reaches a result uses the arithmetic of `mkba_core::lane`, so the numbers have the same bits on every
//! machine, for any block size and any number of threads.
pub mod contract;
pub mod design;
pub mod drawn;
pub mod observe;
pub mod philox;
mod precision;
pub mod quantile;
pub mod runner;
pub mod sampler;
pub mod standard_error;
pub mod summary;
mod trace;
pub mod until;

pub use design::{Design, Dimensions, Random};
pub use observe::{Inputs, observe};
pub use runner::{Finished, Plan, RunError, Settings, SpanStore, StoppedBy, batch_memory, run, run_batch, run_planned};
pub use sampler::Sampler;
pub use standard_error::standard_error;
pub use trace::NotFinite;
pub use until::{Until, Verdict};
