//! The command line of mkba: arguments, progress, exit codes, one file a command.
//!
//! Tables go to standard output; messages and progress go to standard error. Exit codes are in `docs/guide/exit-codes.md`
//! and in [`failure`].
mod arguments;
mod bench;
mod beside_run;
mod bottlenecks;
mod bridge;
mod budget;
mod checklist;
mod clock;
mod commands;
mod diff;
mod drawn;
mod explanation;
mod exploitation;
mod failure;
mod figures;
mod interplay;
mod interrupt;
mod language_server;
mod lock;
mod manifest;
mod measures;
mod overview;
mod pipeline;
mod progress;
mod report;
mod rulebooks;
mod run_folder;
mod sources;
mod spans;
mod subject;
mod suggestion;
mod sweep;
mod templates;
mod terminal;
mod text_files;

use arguments::{Arguments, Command};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Run(arguments) => commands::run::run(arguments),
        Command::Sweep(arguments) => commands::sweep::sweep(arguments),
        Command::Check(arguments) => commands::check::check(arguments),
        Command::Lock(arguments) => commands::lock::lock(arguments),
        Command::Explain(arguments) => commands::explain::explain(arguments),
        Command::Bench(arguments) => commands::bench::bench(arguments),
        Command::Fmt(arguments) => commands::fmt::fmt(arguments),
        Command::Plot(arguments) => commands::plot::plot(arguments),
        Command::Report(arguments) => commands::report::report(arguments),
        Command::Table(arguments) => commands::table::table(arguments),
        Command::Init(arguments) => commands::init::init(arguments),
        Command::Graph(arguments) => commands::graph::graph(arguments),
        Command::Sources(arguments) => commands::sources::sources(arguments),
        Command::Trace(arguments) => commands::trace::trace(arguments),
        Command::CompareRulebooks(arguments) => commands::compare_rulebooks::compare_rulebooks(arguments),
        Command::Replay(arguments) => commands::replay::replay(arguments),
        Command::Diff(arguments) => commands::diff::diff(arguments),
        Command::Draws(arguments) => commands::draws::draws(arguments),
        Command::Grex(arguments) => commands::grex::grex(arguments),
        Command::Schema(arguments) => commands::schema::schema(arguments),
        Command::Completions(arguments) => commands::completions::completions(arguments),
        Command::Man(arguments) => commands::man::man(arguments),
        Command::Lsp => commands::lsp::lsp(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !matches!(failure, Failure::Told(_)) {
                terminal::message(&failure.message());
            }
            ExitCode::from(failure.exit_code())
        }
    }
}
