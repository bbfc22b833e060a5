//! Where what is made of a finished run goes: beside its folder, and never within it, which stays as its manifest says.
use crate::arguments::Language;
use crate::failure::Failure;
use mkba_results::ResultsError;
use std::fs;
use std::path::{Path, PathBuf};

/// The place asked for; else beside the run, with `what` and the language behind its name: `city-deal-figures-nl`.
///
/// # Errors
/// The run cannot be found, or the place is within it.
pub fn beside_run(run: &Path, out: Option<&Path>, what: &str, language: Language) -> Result<PathBuf, Failure> {
    let run = fs::canonicalize(run).map_err(|error| cannot_resolve(run, error))?;
    let Some(out) = out else {
        let mut name = run.file_name().unwrap_or_default().to_owned();
        let language = match language {
            Language::Nl => "nl",
            Language::En => "en",
        };
        name.push(format!("-{what}-{language}"));
        return Ok(run.with_file_name(name));
    };
    not_within(&run, out)?;
    Ok(out.to_owned())
}

/// Refuses a place in the folder of a run.
///
/// # Errors
/// It is there, or one of the two cannot be found.
pub fn not_within(run: &Path, out: &Path) -> Result<(), Failure> {
    let run = fs::canonicalize(run).map_err(|error| cannot_resolve(run, error))?;
    let absolute = std::path::absolute(out).map_err(|error| cannot_resolve(out, error))?;
    let existing = absolute
        .ancestors()
        .find_map(|ancestor| fs::canonicalize(ancestor).ok());
    if existing.is_some_and(|existing| existing.starts_with(&run)) {
        return Err(Failure::Use(format!(
            "`{}` is within the run, which is not changed; name another place with `--out`",
            out.display()
        )));
    }
    Ok(())
}

fn cannot_resolve(path: &Path, error: std::io::Error) -> ResultsError {
    ResultsError::CannotRead {
        path: path.to_owned(),
        error,
    }
}
