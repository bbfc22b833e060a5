//! `sobol.lock`: the dimensions of the Sobol design, in the folder of a model.
use crate::failure::Failure;
use mkba_lang::diagnostic::Diagnostic;
use mkba_lang::project::Files;
use mkba_lang::source::Sources;
use mkba_montecarlo::Dimensions;
use std::io::ErrorKind;

/// Code of a lock file that does not serve.
const CODE: &str = "E0603";
/// Inputs that a message names.
const MOST_NAMED: usize = 5;

/// Path of the lock file of a model, from the project root.
pub fn path(model: &str) -> String {
    if model.is_empty() {
        "sobol.lock".to_owned()
    } else {
        format!("{model}/sobol.lock")
    }
}

/// The dimensions of a model; none when it has no lock file. The text becomes one of the sources.
///
/// # Errors
/// The file is there and cannot be read, or is not a lock file.
pub fn read(files: &dyn Files, model: &str, sources: &mut Sources) -> Result<Dimensions, Failure> {
    let path = path(model);
    let bytes = match files.read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Dimensions::default()),
        Err(error) => {
            let message = format!("`{path}` cannot be read: {error}");
            return Err(Failure::unplaced(Diagnostic::unplaced("E0001", message)));
        }
    };
    let wrong = |what: String| {
        let help = "restore it from version control; a new file would give every input other draws";
        Failure::unplaced(Diagnostic::unplaced(CODE, format!("`{path}` is no lock file: {what}")).help(help))
    };
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8".to_owned()))?;
    let dimensions = Dimensions::parse(&text).map_err(|fault| wrong(fault.to_string()))?;
    sources.add(&path, text);
    Ok(dimensions)
}

/// Refuses a study with inputs that have no dimension.
///
/// # Errors
/// Some have none.
pub fn require<'n>(
    dimensions: &Dimensions,
    names: impl Iterator<Item = &'n str>,
    model: &str,
    study: &str,
) -> Result<(), Failure> {
    let missing: Vec<&str> = names.filter(|name| dimensions.of(name).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = missing
        .iter()
        .take(MOST_NAMED)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = match missing.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("the Sobol design has no dimension for {}{more}", named.join(", "));
    Err(Failure::unplaced(
        Diagnostic::unplaced(CODE, message)
            .note(format!(
                "dimensions are in `{}`, which is only ever added to",
                path(model)
            ))
            .help(format!("run `mkba lock {study}`")),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_lang::project::MemoryFiles;

    #[test]
    fn a_missing_dimension_names_the_command() {
        let files = MemoryFiles::new().with("models/a/sobol.lock", "1 rent\n");
        let mut sources = Sources::default();
        let dimensions = read(&files, "models/a", &mut sources).expect("a lock file");
        assert_eq!(sources.files().len(), 1);
        assert!(require(&dimensions, ["rent"].into_iter(), "models/a", "s.toml").is_ok());
        let fault =
            require(&dimensions, ["rent", "jobs[delft]"].into_iter(), "models/a", "s.toml").expect_err("one lacks");
        let message = fault.message();
        assert!(
            message.contains("`jobs[delft]`") && message.contains("run `mkba lock s.toml`"),
            "{message}"
        );
        assert!(message.contains("E0603") && !message.contains("`rent`"), "{message}");
    }

    #[test]
    fn a_damaged_lock_file_is_refused_and_an_absent_one_is_empty() {
        let files = MemoryFiles::new().with("a/sobol.lock", "2 rent\n");
        let fault = read(&files, "a", &mut Sources::default()).expect_err("damaged");
        assert!(
            fault.message().contains("line 1: dimension 1 must come here"),
            "{}",
            fault.message()
        );
        assert!(read(&files, "b", &mut Sources::default()).expect("none").is_empty());
    }
}
