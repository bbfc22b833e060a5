//! What can be typed: one definition of every argument.
mod editor;
mod shell;

pub use editor::SchemaArguments;
pub use shell::{CompletionsArguments, ManArguments};

use clap::{Args, Parser, Subcommand, ValueEnum};
use mkba_core::appraisal::catalogue;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  mkba run scenarios/city-deal.toml                run a study, print its table, write runs/city-deal/
  mkba check scenarios/city-deal.toml              find all faults without running
  mkba explain E0301                               what a message means, with an example
  mkba table runs/city-deal --lang en              print the table of an earlier run
  mkba schema --out schemas                        write what editors need to complete and check model files

Exit codes: 0 done, 1 errors in the study, 2 wrong use, 3 a draw gave an impossible value,
            4 a file could not be read or written, 130 interrupted.";

/// Societal cost-benefit analysis (MKBA): reads a study, appraises its alternatives over many draws, writes tables.
#[derive(Debug, Parser)]
#[command(name = "mkba", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a study: print its overview and write its results.
    Run(RunArguments),
    /// Find all faults in a study or model, without running it.
    Check(CheckArguments),
    /// Explain the code of a message; without a code, list all of them.
    Explain(ExplainArguments),
    /// Print the overview of an earlier run.
    Table(TableArguments),
    /// Print the JSON Schema of a kind of file, or write all of them.
    Schema(SchemaArguments),
    /// Print the completion script of a shell.
    Completions(CompletionsArguments),
    /// Print the manual page, or write a page for each command.
    Man(ManArguments),
    /// Serve an editor over standard input and output, by the Language Server Protocol.
    Lsp,
}

/// `mkba run`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba run scenarios/city-deal.toml
  mkba run scenarios/city-deal.toml --draws 1000 --out /tmp/quick --overwrite
  mkba run scenarios/city-deal.toml --seed 7 --threads 1 --lang en

The same study, seed and number of draws give the same bytes for any number of threads.
Ctrl-C stops cleanly: nothing half-written is left behind.")]
pub struct RunArguments {
    /// Study file.
    pub study: PathBuf,
    /// Number of draws, in place of the study's.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_DRAWS))]
    pub draws: Option<u64>,
    /// Seed of the random numbers, in place of the study's.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads; 0 for one per processor. Results do not depend on it.
    #[arg(long, value_name = "T", default_value_t = 0, value_parser = threads)]
    pub threads: usize,
    /// Folder of the run [default: runs/NAME-OF-STUDY in the project].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace a run that is already in that folder, once the new one is complete.
    #[arg(long)]
    pub overwrite: bool,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// Rulebook, in place of the study's.
    #[arg(long, value_name = "ID")]
    pub rulebook: Option<String>,
    /// No progress bar and no table; errors are still printed.
    #[arg(long)]
    pub quiet: bool,
}

/// `mkba check`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba check scenarios/city-deal.toml
  mkba check models/kennisstad                     a model by itself
  mkba check scenarios/city-deal.toml --emit program")]
pub struct CheckArguments {
    /// Study file, model folder, or a file inside a model folder.
    pub path: PathBuf,
    /// Rulebook, in place of the study's.
    #[arg(long, value_name = "ID")]
    pub rulebook: Option<String>,
    /// Also print what the study was compiled to.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub emit: Option<Emit>,
}

/// `mkba explain`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba explain E0301
  mkba explain                                     all codes")]
pub struct ExplainArguments {
    /// Code between brackets in a message, such as E0301.
    pub code: Option<String>,
}

/// `mkba table`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba table runs/city-deal
  mkba table runs/city-deal --lang en > table.txt")]
pub struct TableArguments {
    /// Folder of a run.
    pub run: PathBuf,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
}

/// What `mkba check` can print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Emit {
    /// The phases of the compiled program with their size.
    Program,
}

/// The language of labels and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Dutch: 1.234,5
    Nl,
    /// English: 1,234.5
    En,
}

impl From<Language> for catalogue::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Nl => Self::Dutch,
            Language::En => Self::English,
        }
    }
}

/// A run keeps every balance of every draw in memory.
const MOST_DRAWS: u64 = 10_000_000;
/// More threads than this is a slip of the pen.
const MOST_THREADS: usize = 4096;

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number <= MOST_THREADS => Ok(number),
        _ => Err(format!("a number from 0 to {MOST_THREADS} is required")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_run_is_in_dutch_unless_asked_otherwise() {
        let parsed = Arguments::try_parse_from(["mkba", "run", "study.toml"]).expect("valid");
        let Command::Run(run) = parsed.command else {
            panic!("not a run")
        };
        assert_eq!((run.lang, run.threads, run.draws), (Language::Nl, 0, None));
    }

    #[test]
    fn wrong_use_has_exit_code_two() {
        for arguments in [
            &["mkba", "run"][..],
            &["mkba", "run", "study.toml", "--draws", "0"],
            &["mkba", "run", "study.toml", "--draws", "many"],
            &["mkba", "run", "study.toml", "--threads", "-1"],
            &["mkba", "run", "study.toml", "--lang", "fr"],
            &["mkba", "walk"],
        ] {
            let fault = Arguments::try_parse_from(arguments).expect_err("wrong use");
            assert_eq!(fault.exit_code(), 2, "{arguments:?}");
        }
    }
}
