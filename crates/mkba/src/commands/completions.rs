//! `mkba completions`: the script by which a shell completes commands and options.
use crate::arguments::{Arguments, CompletionsArguments};
use crate::failure::Failure;
use crate::terminal;
use clap::CommandFactory;

/// Prints the script of a shell.
///
/// # Errors
/// The output cannot be written.
pub fn completions(arguments: &CompletionsArguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "mkba", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))
}
