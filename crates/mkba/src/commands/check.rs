//! `mkba check`: all faults of a study or a model, without running it.
use crate::arguments::{CheckArguments, Emit, Format};
use crate::checklist;
use crate::commands::program_listing;
use crate::failure::{Failure, Found};
use crate::pipeline::{self, Overrides, Study};
use crate::subject::{Model, model_around};
use crate::sweep::SweepStudy;
use crate::terminal;
use mkba_lang::diagnostic::{Diagnostics, render, summary_line, to_json};
use mkba_lang::project::Files;
use mkba_lang::read::DEFAULT_RULEBOOK;
use mkba_lang::source::Sources;

/// Checks a study with everything it needs, or a model by itself.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn check(arguments: &CheckArguments) -> Result<(), Failure> {
    let result = find(arguments);
    if arguments.format == Format::Text {
        return result.and_then(|found| report(&found));
    }
    let (found, failure) = match result {
        Ok(found) => (found, None),
        Err(Failure::Study(found)) => (*found.clone(), Some(Failure::Told(Failure::Study(found).exit_code()))),
        Err(other) => return Err(other),
    };
    terminal::print(&format!("{}\n", to_json(&found.diagnostics, &found.sources)))?;
    failure.map_or(Ok(()), Err)
}

/// The warnings of a study or model without errors.
fn find(arguments: &CheckArguments) -> Result<Found, Failure> {
    let (files, path) = pipeline::open(&arguments.path)?;
    match model_around(&files, &path) {
        Some(folder) => {
            if arguments.emit.is_some() {
                let message = "a model by itself has no program: give a study file to `--emit program`";
                return Err(Failure::Use(message.to_owned()));
            }
            if arguments.checklist {
                let message = "a model by itself has no checklist: give a study file to `--checklist`";
                return Err(Failure::Use(message.to_owned()));
            }
            check_model(
                &files,
                &folder,
                arguments.rulebook.as_deref().unwrap_or(DEFAULT_RULEBOOK),
            )
        }
        None => check_study(arguments),
    }
}

fn check_study(arguments: &CheckArguments) -> Result<Found, Failure> {
    let overrides = Overrides {
        rulebook: arguments.rulebook.as_deref(),
        ..Overrides::default()
    };
    let mut study = Study::read(&arguments.path, overrides)?;
    let compiled = study.compile()?;
    if !study.declarations.study.sweep.axes.is_empty() {
        SweepStudy::read(&arguments.path, overrides)?.check()?;
    }
    if let Some(Emit::Program) = arguments.emit {
        terminal::print(&program_listing::listing(&compiled))?;
    }
    if arguments.checklist {
        terminal::print(&checklist::checklist(&compiled.catalogue, arguments.lang.into()))?;
    }
    Ok(found(&study.diagnostics, study.sources))
}

fn check_model(files: &dyn Files, folder: &str, rulebook: &str) -> Result<Found, Failure> {
    let model = Model::read(files, folder, rulebook)?;
    Ok(found(&model.diagnostics, model.sources))
}

fn found(diagnostics: &Diagnostics, sources: Sources) -> Found {
    Found {
        diagnostics: diagnostics.list().to_vec(),
        sources,
    }
}

/// Warnings, and that there are no errors, on standard error.
fn report(found: &Found) -> Result<(), Failure> {
    if !found.diagnostics.is_empty() {
        terminal::message(render(&found.diagnostics, &found.sources).trim_end());
    }
    let mut diagnostics = Diagnostics::default();
    found.diagnostics.iter().cloned().for_each(|it| diagnostics.push(it));
    terminal::message(&summary_line(&diagnostics));
    Ok(())
}
