//! `mkba check`: all faults of a study or a model, without running it.
use crate::arguments::{CheckArguments, Emit};
use crate::commands::program_listing;
use crate::failure::Failure;
use crate::pipeline::{self, Overrides, Study};
use crate::subject::{Model, model_around};
use crate::terminal;
use mkba_lang::diagnostic::{Diagnostics, render, summary_line};
use mkba_lang::project::Files;
use mkba_lang::source::Sources;

/// Checks a study with everything it needs, or a model by itself.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn check(arguments: &CheckArguments) -> Result<(), Failure> {
    let (files, path) = pipeline::open(&arguments.path)?;
    match model_around(&files, &path) {
        Some(folder) => {
            if arguments.emit.is_some() {
                let message = "a model by itself has no program: give a study file to `--emit program`";
                return Err(Failure::Use(message.to_owned()));
            }
            check_model(&files, &folder)
        }
        None => check_study(arguments),
    }
}

fn check_study(arguments: &CheckArguments) -> Result<(), Failure> {
    let overrides = Overrides {
        rulebook: arguments.rulebook.as_deref(),
        ..Overrides::default()
    };
    let mut study = Study::read(&arguments.path, overrides)?;
    let compiled = study.compile()?;
    report(&study.diagnostics, &study.sources);
    match arguments.emit {
        Some(Emit::Program) => terminal::print(&program_listing::listing(&compiled)),
        None => Ok(()),
    }
}

fn check_model(files: &dyn Files, folder: &str) -> Result<(), Failure> {
    let model = Model::read(files, folder)?;
    report(&model.diagnostics, &model.sources);
    Ok(())
}

/// Warnings, and that there are no errors, on standard error.
fn report(diagnostics: &Diagnostics, sources: &Sources) {
    if !diagnostics.list().is_empty() {
        terminal::message(render(diagnostics.list(), sources).trim_end());
    }
    terminal::message(&summary_line(diagnostics));
}
