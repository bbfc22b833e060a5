//! `mkba table`: the overview of an earlier run, as it was printed then.
use crate::arguments::TableArguments;
use crate::failure::Failure;
use crate::run_folder::EarlierRun;
use crate::{overview, terminal};
use mkba_results::ResultsError;

/// Prints the overview of a run from its folder.
///
/// # Errors
/// The folder does not hold a complete run.
pub fn table(arguments: &TableArguments) -> Result<(), Failure> {
    let run = EarlierRun::read(&arguments.run)?;
    let text = overview::overview(&run.overview, &run.catalogue, run.manifest.draws, arguments.lang.into()).map_err(
        |reason| ResultsError::Unreadable {
            path: arguments.run.clone(),
            reason,
        },
    )?;
    terminal::print(&text)
}
