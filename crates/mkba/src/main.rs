//! The command line of mkba: arguments, progress, exit codes, one file a command.
//!
//! Tables go to standard output; messages and progress go to standard error. Exit codes are in `docs/guide/exit-codes.md`
//! and in [`failure`].
mod arguments;
mod bench;
mod budget;
mod clock;
mod commands;
mod failure;
mod figures;
mod interrupt;
mod lock;
mod manifest;
mod overview;
mod pipeline;
mod progress;
mod rulebooks;
mod run_folder;
mod spans;
mod suggestion;
mod terminal;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Run(arguments) => commands::run::run(arguments),
        Command::Check(arguments) => commands::check::check(arguments),
        Command::Lock(arguments) => commands::lock::lock(arguments),
        Command::Explain(arguments) => commands::explain::explain(arguments),
        Command::Bench(arguments) => commands::bench::bench(arguments),
        Command::Table(arguments) => commands::table::table(arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::message(&failure.message());
            ExitCode::from(failure.exit_code())
        }
    }
}
