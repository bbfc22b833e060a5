//! `mkba report`: the report of an earlier run.
use crate::arguments::ReportArguments;
use crate::beside_run::beside_run;
use crate::failure::Failure;
use crate::{report, terminal};
use mkba_results::{FinishedRun, ResultsError};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes the report of a run and says where it is.
///
/// # Errors
/// The folder does not hold a complete run, the file is there already or cannot be written, or this program makes no PDF.
pub fn report(arguments: &ReportArguments) -> Result<(), Failure> {
    let run = FinishedRun::open(&arguments.run)?;
    let path = destination(arguments, run.folder())?;
    if !arguments.overwrite && path.exists() {
        return Err(Failure::Use(format!(
            "`{}` exists; add `--overwrite` to replace it, or name another file with `--out`",
            path.display()
        )));
    }
    let report = report::of_run(&run, arguments.lang.into())?;
    let bytes = if arguments.pdf {
        report::pdf(&report)?
    } else {
        mkba_report::html(&report).into_bytes()
    };
    write(&path, &bytes).map_err(|error| ResultsError::CannotWrite {
        path: path.clone(),
        error,
    })?;
    terminal::message(&format!("written to {}", terminal::shown(&path).display()));
    Ok(())
}

/// The file asked for; else beside the run.
fn destination(arguments: &ReportArguments, run: &Path) -> Result<PathBuf, Failure> {
    let mut path = beside_run(run, arguments.out.as_deref(), "report", arguments.lang)?;
    if arguments.out.is_none() {
        path.as_mut_os_string()
            .push(if arguments.pdf { ".pdf" } else { ".html" });
    }
    Ok(path)
}

/// Under another name first, so that no half of a report is ever under its own.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".partial-{}", std::process::id()));
    let partial = path.with_file_name(name);
    let written = fs::File::create(&partial).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    let moved = written.and_then(|()| fs::rename(&partial, path));
    if moved.is_err() {
        // What could not be written is of no use; a failure to remove it changes nothing about the error that is told.
        let _ = fs::remove_file(&partial);
    }
    moved
}
