//! Standard output and standard error: colours only for a terminal and not under `NO_COLOR`, which `anstream` sees to.
use crate::failure::Failure;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes a table or another result of a command to standard output.
///
/// # Errors
/// It cannot be written. A reader that has seen enough (`mkba table … | head`) is no error.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut output = anstream::stdout().lock();
    let written = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Writes a message and a line feed to standard error. There is nowhere left to say that this failed.
pub fn message(text: &str) {
    let mut output = anstream::stderr().lock();
    let _ = writeln!(output, "{text}");
}

/// A path from the current folder where that is shorter.
pub fn shown(path: &Path) -> &Path {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}
