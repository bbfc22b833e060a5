//! The overview table of an appraisal as rows of finished text, for a terminal and for the report.
//!
//! | step | from, to | file |
//! |---|---|---|
//! | collect | `overview.csv` and the catalogue of a run → [`Figures`]: numbers by position | `figures.rs` |
//! | compose | [`Figures`] → [`Page`]: rows of finished text in one language | `compose.rs` |
//!
//! A terminal and the report show the same page, so they cannot say different things.
pub mod number;
pub mod page;
#[doc(hidden)]
pub mod sample;
pub mod words;

mod compose;
mod figures;
mod group;
mod header;

pub use compose::{Composer, compose, unit_of};
pub use figures::{CaseFigures, Figures, Ratio, Spread};
pub use group::Group;
pub use header::{rate, timing};
pub use page::Page;
