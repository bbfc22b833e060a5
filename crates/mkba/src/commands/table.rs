//! `mkba table`: the overview of an earlier run, as it was printed then.
use crate::arguments::TableArguments;
use crate::failure::Failure;
use crate::{overview, terminal};
use mkba_results::{FinishedRun, ResultsError};

/// Prints the overview of a run from its folder.
///
/// # Errors
/// The folder does not hold a complete run.
pub fn table(arguments: &TableArguments) -> Result<(), Failure> {
    let run = FinishedRun::open(&arguments.run)?;
    let unreadable = |reason: String| ResultsError::Unreadable {
        path: arguments.run.clone(),
        reason,
    };
    let table = run.table("overview")?;
    let table = table.ok_or_else(|| unreadable("the run has no overview".to_owned()))?;
    let text =
        overview::overview(&table, &run.catalogue, run.manifest.draws, arguments.lang.into()).map_err(unreadable)?;
    terminal::print(&text)
}
