//! `mkba lock`: gives every uncertain input of a model, or of a study of it, a dimension of the Sobol design.
use crate::arguments::LockArguments;
use crate::failure::Failure;
use crate::pipeline::{self, failure};
use crate::subject::model_around;
use crate::{lock, terminal};
use mkba_lang::diagnostic::Diagnostics;
use mkba_lang::read::{read_model, read_study};
use mkba_lang::source::Sources;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Writes the lock file, if there is anything to add.
///
/// # Errors
/// The model has errors, or the file cannot be read or written.
pub fn lock(arguments: &LockArguments) -> Result<(), Failure> {
    let (files, path) = pipeline::open(&arguments.path)?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let declarations = match model_around(&files, &path) {
        Some(folder) => read_model(&files, &folder, &mut sources, &mut diagnostics),
        None => read_study(&files, &path, &mut sources, &mut diagnostics),
    };
    let named = declarations.and_then(|declarations| {
        let names = mkba_lang::input_names(&declarations, &sources, &mut diagnostics)?;
        Some((declarations.model.folder, names))
    });
    let Some((folder, names)) = named else {
        return Err(failure(diagnostics, sources));
    };
    let mut dimensions = lock::read(&files, &folder, &mut sources)?;
    let added = dimensions.append(names.iter().map(String::as_str)).len();
    let place = lock::path(&folder);
    if added == 0 {
        terminal::message(&format!("`{place}` has all {} inputs already", names.len()));
        return Ok(());
    }
    write(&files.root().join(&place), &dimensions.to_text())?;
    let total = dimensions.len();
    terminal::message(&format!("`{place}`: {added} inputs added, {total} dimensions in all"));
    Ok(())
}

/// Writes a file whole, or leaves what was there.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let unfinished = path.with_extension("lock.unfinished");
    let written = File::create(&unfinished).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    });
    written.map_err(|error| Failure::Machine(format!("`{}` cannot be written: {error}", path.display())))
}
