//! `mkba fmt`: files in the canonical style.
use crate::arguments::FmtArguments;
use crate::failure::{Failure, Found};
use crate::terminal;
use mkba_lang::diagnostic::{Diagnostic, Diagnostics};
use mkba_lang::format::{format, is_of_the_language};
use mkba_lang::read::check_toml;
use mkba_results::Manifest;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Formats files and all files of the language in folders, or names those that would change.
///
/// # Errors
/// A file cannot be read or written or is no TOML; with `--check`, a file would change. All other files are done first.
pub fn fmt(arguments: &FmtArguments) -> Result<(), Failure> {
    let mut faults = Found::default();
    let mut files = Vec::new();
    for path in &arguments.paths {
        if let Err(error) = collect(path, true, &mut files) {
            faults.diagnostics.push(unreadable(path, &error));
        }
    }
    files.sort();
    files.dedup();
    let mut changed = Vec::new();
    for (path, named) in files {
        match changes(&path, named, !arguments.check, &mut faults) {
            Ok(true) => changed.push(path.display().to_string()),
            Ok(false) => {}
            Err(error) => faults.diagnostics.push(unreadable(&path, &error)),
        }
    }
    let verb = if arguments.check { "would change" } else { "formatted" };
    let lines: String = changed.iter().map(|path| format!("{verb} {path}\n")).collect();
    terminal::print(&lines)?;
    if !faults.diagnostics.is_empty() {
        return Err(Failure::Study(Box::new(faults)));
    }
    if arguments.check && !changed.is_empty() {
        return Err(Failure::Told(1));
    }
    Ok(())
}

/// TOML files below a path, each with whether it was named itself. Hidden ones are left out of folders, and so is what runs keep.
fn collect(path: &Path, named: bool, files: &mut Vec<(PathBuf, bool)>) -> io::Result<()> {
    if !path.is_dir() {
        files.push((path.to_path_buf(), named));
        return Ok(());
    }
    if !named && is_finished_run(path) {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_toml = entry.path().extension().is_some_and(|end| end == "toml");
        // Links are not followed: what lies elsewhere is named there.
        let kind = entry.file_type()?;
        if !hidden && (kind.is_dir() || kind.is_file() && is_toml) {
            collect(&entry.path(), false, files)?;
        }
    }
    Ok(())
}

/// What a run wrote and kept is as its manifest says, and stays so.
fn is_finished_run(folder: &Path) -> bool {
    Manifest::of_run(folder).is_ok()
}

/// Whether a file differs from the style; it is rewritten if asked. Of the files of a folder only those of the language are touched.
fn changes(path: &Path, named: bool, write: bool, faults: &mut Found) -> io::Result<bool> {
    let bytes = fs::read(path)?;
    let Ok(text) = String::from_utf8(bytes) else {
        let message = format!("`{}` is not UTF-8", path.display());
        faults.diagnostics.push(Diagnostic::unplaced("E0002", message));
        return Ok(false);
    };
    let Some(formatted) = format(&text) else {
        not_toml(path, &text, faults);
        return Ok(false);
    };
    if formatted == text || !(named || is_of_the_language(&text)) {
        return Ok(false);
    }
    if write {
        replace(path, &formatted)?;
    }
    Ok(true)
}

/// What is wrong with a text that is no TOML, as `mkba check` says it.
fn not_toml(path: &Path, text: &str, faults: &mut Found) {
    let mut diagnostics = Diagnostics::default();
    let mut sources = std::mem::take(&mut faults.sources);
    check_toml(&path.display().to_string(), text, &mut sources, &mut diagnostics);
    if diagnostics.list().is_empty() {
        let message = format!("`{}` is no TOML that can be formatted", path.display());
        diagnostics.push(Diagnostic::unplaced("E0003", message));
    }
    faults.diagnostics.extend(diagnostics.list().iter().cloned());
    faults.sources = sources;
}

/// Writes a file under another name first, so that a full disk leaves it as it was.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let place = path.canonicalize()?;
    let mut name = std::ffi::OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".partial-{}", std::process::id()));
    let partial = place.with_file_name(name);
    let written = fs::write(&partial, text)
        .and_then(|()| fs::set_permissions(&partial, fs::metadata(&place)?.permissions()))
        .and_then(|()| fs::rename(&partial, &place));
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::unplaced(
        "E0001",
        format!("`{}` cannot be read or written: {reason}", path.display()),
    )
}
