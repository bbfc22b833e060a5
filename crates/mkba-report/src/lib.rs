//! The report of an appraisal: what a published Dutch MKBA has to contain, made from the tables of a run.
//!
//! | step | from, to | in |
//! |---|---|---|
//! | compose | [`Material`] → [`document::Report`]: sentences and tables in one language | `compose/` |
//! | render | [`document::Report`] → one HTML file that needs nothing else | [`html()`] |
//!
//! A [`document::Report`] is plain data without any layout; another crate makes a PDF of it. The terminal's overview is here too
//! ([`overview`]), so that both show the same rows.
pub mod document;
pub mod finding;
pub mod html;
pub mod material;
pub mod overview;

mod compose;
mod markdown;
mod rows;

pub use compose::compose;
pub use html::html;
pub use material::{AuthorText, Illustration, Material, Origin, Part};
