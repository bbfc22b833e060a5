//! `mkba check`: all faults of a study or a model, without running it.
use crate::arguments::{CheckArguments, Emit};
use crate::commands::program_listing;
use crate::failure::Failure;
use crate::pipeline::{self, Overrides, Study};
use crate::terminal;
use mkba_lang::diagnostic::{Diagnostics, render, summary_line};
use mkba_lang::project::{Files, parent};
use mkba_lang::read::read_model;
use mkba_lang::source::Sources;

/// The file that makes a folder a model.
const MODEL: &str = "model.toml";

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
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let declarations = read_model(files, folder, &mut sources, &mut diagnostics);
    let right = declarations.is_some_and(|model| mkba_lang::check(&model, &sources, &mut diagnostics));
    if !right {
        return Err(pipeline::failure(diagnostics, sources));
    }
    report(&diagnostics, &sources);
    Ok(())
}

/// Warnings, and that there are no errors, on standard error.
fn report(diagnostics: &Diagnostics, sources: &Sources) {
    if !diagnostics.list().is_empty() {
        terminal::message(render(diagnostics.list(), sources).trim_end());
    }
    terminal::message(&summary_line(diagnostics));
}

/// The model folder that a path is or lies in, if any.
pub fn model_around(files: &dyn Files, path: &str) -> Option<String> {
    let mut folder = path.to_owned();
    loop {
        let marker = if folder.is_empty() {
            MODEL.to_owned()
        } else {
            format!("{folder}/{MODEL}")
        };
        if files.read(&marker).is_ok() {
            return Some(folder);
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(&folder).to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_lang::project::MemoryFiles;

    #[test]
    fn a_model_is_found_from_its_folder_and_from_every_file_in_it() {
        let files = MemoryFiles::new()
            .with("models/a/model.toml", "")
            .with("models/a/effects/b.toml", "")
            .with("scenarios/s.toml", "");
        for path in ["models/a", "models/a/model.toml", "models/a/effects/b.toml"] {
            assert_eq!(model_around(&files, path).as_deref(), Some("models/a"), "{path}");
        }
        assert_eq!(model_around(&files, "scenarios/s.toml"), None);
    }
}
