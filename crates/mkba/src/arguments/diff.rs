//! `mkba diff`
use super::{Language, TableFormat, draws, threads};
use crate::budget;
use clap::Args;
use std::path::PathBuf;

/// `mkba diff`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba diff runs/city-deal-2026 runs/city-deal-2027
  mkba diff runs/first runs/second --alternative integrated --scenario wlo-high --lang en
  mkba diff runs/first runs/second --draws 1000 --out /tmp/why --overwrite
  mkba diff runs/first runs/second --format json > why.json

Goes from the mean balances of run A to those of run B by taking over what differs, one thing after another: random
numbers, rulebook, reading of the gates, data, parameters, formulas, measures, study. Every step sees the same draws, and the
steps add up to B - A. Each is done in two orders, and told as their mean with half of their difference.
Runs keep the files that they were made of, so the projects need not be there. Written are diff.csv (balances), changes.csv
(every value that differs, with file and line), diff.json, and a waterfall for each alternative.")]
pub struct DiffArguments {
    /// Folder of the run to begin with.
    pub run_a: PathBuf,
    /// Folder of the run to end with.
    pub run_b: PathBuf,
    /// Only this alternative; may be given more than once.
    #[arg(long, value_name = "NAME")]
    pub alternative: Vec<String>,
    /// Only this scenario; may be given more than once.
    #[arg(long, value_name = "NAME")]
    pub scenario: Vec<String>,
    /// At most so many draws, in place of those of the runs; the difference is a step.
    #[arg(long, value_name = "N", value_parser = draws)]
    pub draws: Option<u64>,
    /// What is printed: a page, or the same for programs; then nothing is written unless `--out` says where.
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub format: TableFormat,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// Folder of the files [default: RUN_B-against-RUN_A, beside RUN_B].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace files that are already there.
    #[arg(long)]
    pub overwrite: bool,
    /// Threads; 0 for one per processor. Results do not depend on it.
    #[arg(long, value_name = "T", default_value_t = 0, value_parser = threads)]
    pub threads: usize,
    /// Use no more memory than this, as far as can be foreseen: 800MB, 2GiB [default: what is free].
    #[arg(long, value_name = "SIZE", value_parser = budget::size)]
    pub max_memory: Option<u64>,
    /// No progress bar and no page; errors are still printed.
    #[arg(long)]
    pub quiet: bool,
}
