//! `mkba run`: reads, compiles, evaluates, prints, writes.
use crate::arguments::RunArguments;
use crate::failure::Failure;
use crate::pipeline::{self, Overrides, RunSettings, Study};
use crate::{clock, interrupt, manifest, overview, run_folder, terminal};
use mkba_core::tables;
use mkba_results::{Existing, RunFolder};
use std::path::{Path, PathBuf};

/// Runs a study. Nothing is written before everything is known to be right, and the run gets its name at the very end.
///
/// # Errors
/// As [`Failure`] says.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let stop = interrupt::flag()?;
    let started = clock::now();
    let overrides = Overrides {
        draws: arguments.draws,
        seed: arguments.seed,
        rulebook: arguments.rulebook.as_deref(),
    };
    let mut study = Study::read(&arguments.study, overrides)?;
    let compiled = study.compile()?;
    report_warnings(&study, arguments);
    interrupt::check(stop)?;
    // Before the work, so that an occupied folder or a full disk is known at once.
    let existing = if arguments.overwrite {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let mut folder = RunFolder::begin(destination(arguments, &study), existing)?;
    let declared = &study.declarations.study;
    let settings = RunSettings {
        draws: declared.draws.value,
        seed: declared.seed,
        threads: arguments.threads,
        quiet: arguments.quiet,
        stop,
    };
    let outcome = pipeline::evaluate(&compiled, &settings)?;
    let convention = study.rulebook.rulebook.ratio.convention;
    let table = tables::overview(&outcome, convention);
    let language = arguments.lang.into();
    if !arguments.quiet {
        let text = overview::overview(&table, &outcome.catalogue, declared.draws.value, language)
            .map_err(|missing| Failure::Machine(format!("the overview is incomplete: {missing}")))?;
        terminal::print(&text)?;
    }
    run_folder::write(&mut folder, &outcome, &table, convention, language)?;
    interrupt::check(stop)?;
    let manifest = manifest::manifest(&study, &compiled, started, clock::now(), threads(arguments.threads));
    let place = folder.commit(manifest)?;
    if !arguments.quiet {
        terminal::message(&format!("written to {}", shown(&place).display()));
    }
    Ok(())
}

/// The folder asked for, or `runs/` of the project with the name of the study.
fn destination(arguments: &RunArguments, study: &Study) -> PathBuf {
    let stem = || Path::new(&study.path).file_stem().unwrap_or_default().to_owned();
    arguments
        .out
        .clone()
        .unwrap_or_else(|| study.root.join("runs").join(stem()))
}

/// Threads that are used when `asked` for.
fn threads(asked: usize) -> usize {
    match asked {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        number => number,
    }
}

fn report_warnings(study: &Study, arguments: &RunArguments) {
    let number = pipeline::warnings(&study.diagnostics);
    if number > 0 && !arguments.quiet {
        let warnings = if number == 1 { "warning" } else { "warnings" };
        let study = arguments.study.display();
        terminal::message(&format!(
            "{number} {warnings}: `mkba check {study}` shows what to look at"
        ));
    }
}

/// A path from the current folder where that is shorter.
fn shown(path: &Path) -> &Path {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}
