//! Results on disk: tables as CSV and Parquet, the folder of a run, and its manifest.
//!
//! The only crate that knows polars. A table goes in as plain data ([`mkba_core::table::Table`]) and comes out as such.
//! The bytes of a file depend on its table alone: everything is written by one thread in a fixed shape.

pub mod error;
pub mod file;
pub mod finished_run;
pub mod folder;
pub mod manifest;
pub mod spans;

mod disk;
mod frame;

pub use error::ResultsError;
pub use file::{csv_text, read_csv, read_parquet, write_csv, write_parquet};
pub use finished_run::{CATALOGUE_FILE, FinishedRun, PROJECT_FOLDER, SWEEP_FILE};
pub use folder::{Existing, RunFolder};
pub use manifest::{FileHash, Manifest, RulebookReference};
pub use spans::SpanFolder;
