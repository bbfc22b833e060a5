//! The files of the figures of a run: pictures, and the numbers behind each.
use crate::failure::Failure;
use mkba_core::run_tables::RunTables;
use mkba_plot::of_sweep::{self, SweepAxis};
use mkba_plot::{Language, PlotError, RunFigure, of_run};
use mkba_results::{FinishedRun, ResultsError, SWEEP_FILE};
use rayon::prelude::*;
use serde::Deserialize;

/// Tables that are read of an earlier run to draw its figures again. The balance of every draw is needed only where no more draws were
/// done than fit in one checkpoint; of a large run it would fill the memory.
pub fn tables_of(draws: u64) -> Vec<&'static str> {
    let mut names = of_run::tables();
    names.retain(|name| *name != "npv" || draws <= MOST_DRAWS_ONE_BY_ONE);
    names
}

/// Up to so many draws, the table of all balances is at hand for figures.
pub const MOST_DRAWS_ONE_BY_ONE: u64 = 4096;

/// All figures of a run.
///
/// # Errors
/// A table is not as every run writes it.
pub fn all(run: &RunTables) -> Result<Vec<RunFigure>, Failure> {
    of_run::figures(run).map_err(fault)
}

/// The part of the file of a sweep that says what varies.
#[derive(Deserialize)]
struct Axes {
    axes: Vec<SweepAxis>,
}

/// All figures of a sweep.
///
/// # Errors
/// A file of the sweep is not as every sweep writes it.
fn of_sweep(sweep: &FinishedRun, file: &[u8]) -> Result<Vec<RunFigure>, Failure> {
    let axes: Axes = serde_json::from_slice(file).map_err(|error| ResultsError::Unreadable {
        path: sweep.folder().join(SWEEP_FILE),
        reason: error.to_string(),
    })?;
    of_sweep::figures(&sweep.tables([of_sweep::TABLE])?, &axes.axes).map_err(fault)
}

/// All figures of an earlier run or sweep.
///
/// # Errors
/// A file is gone, was changed, or is not as every run writes it.
pub fn of_folder(run: &FinishedRun) -> Result<Vec<RunFigure>, Failure> {
    match run.file(SWEEP_FILE)? {
        Some(file) => of_sweep(run, &file),
        None => all(&run.tables(tables_of(run.manifest.draws))?),
    }
}

/// A figure with its scalable form.
pub struct Drawn {
    /// What is drawn.
    pub figure: RunFigure,
    /// The file.
    pub svg: String,
}

/// The scalable forms of figures.
///
/// # Errors
/// The drawing library fails.
pub fn drawn(figures: Vec<RunFigure>, language: Language) -> Result<Vec<Drawn>, Failure> {
    let drawn = figures.into_iter().map(|figure| {
        let svg = figure.svg(language).map_err(fault)?;
        Ok(Drawn { figure, svg })
    });
    drawn.collect()
}

/// The pictures of pixels of figures, drawn on so many threads (0: one per processor); they take most of the time of drawing.
///
/// # Errors
/// The drawing library fails, or threads cannot be started.
pub fn pixels(drawn: &[Drawn], language: Language, threads: usize) -> Result<Vec<Vec<u8>>, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Failure::Machine(format!("threads cannot be started: {error}")))?;
    pool.install(|| {
        let pictures = drawn.par_iter().map(|drawn| drawn.figure.png(language).map_err(fault));
        pictures.collect()
    })
}

/// What kept a figure from being drawn.
pub fn fault(error: PlotError) -> Failure {
    Failure::Machine(format!("a figure cannot be drawn: {error}"))
}
