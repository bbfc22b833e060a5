//! `mkba sweep`: a study at many points, with the same draws.
use crate::arguments::SweepArguments;
use crate::failure::Failure;
use crate::pipeline::Overrides;
use crate::sweep::{self, Settings, SweepStudy, summary};
use crate::{clock, interrupt, manifest, run_folder, terminal};
use mkba_core::sweep::break_evens;
use mkba_core::tables;
use mkba_results::{Existing, RunFolder};
use std::path::Path;

/// Sweeps a study. Nothing is written before every point is done.
///
/// # Errors
/// As [`Failure`] says.
pub fn sweep(arguments: &SweepArguments) -> Result<(), Failure> {
    let stop = interrupt::flag()?;
    let started = clock::now();
    let overrides = Overrides {
        draws: arguments.draws,
        seed: arguments.seed,
        design: None,
        rulebook: None,
        gates: None,
    };
    let mut study = SweepStudy::read(&arguments.study, overrides)?;
    let compiled = study.study.compile()?;
    interrupt::check(stop)?;
    let existing = if arguments.overwrite {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let stem = Path::new(&study.study.path).file_stem().unwrap_or_default().to_owned();
    let destination = arguments
        .out
        .clone()
        .unwrap_or_else(|| study.study.root.join("runs").join(stem));
    let mut folder = RunFolder::begin(&destination, existing)?;
    let settings = Settings {
        threads: arguments.threads,
        max_memory: arguments.max_memory,
        quiet: arguments.quiet,
        stop,
    };
    let outcome = sweep::evaluate(&study, &settings)?;
    let found = break_evens(&outcome);
    if !arguments.quiet {
        terminal::print(&summary::page(&outcome, &found, arguments.lang.into()))?;
    }
    let table = tables::sweep(&outcome);
    folder.write_parquet(&table)?;
    folder.write_csv(&table)?;
    folder.write_csv(&tables::break_evens(&outcome, &found))?;
    folder.write_file(mkba_results::SWEEP_FILE, run_folder::sweep_json(&outcome).as_bytes())?;
    run_folder::keep_project(&mut folder, &study.study, study.rulebooks(), [])?;
    interrupt::check(stop)?;
    let place = folder.commit(manifest::of_sweep(
        &study.study,
        &compiled,
        arguments.threads,
        started,
        clock::now(),
    ))?;
    if !arguments.quiet {
        terminal::message(&format!("written to {}", place.display()));
    }
    Ok(())
}
