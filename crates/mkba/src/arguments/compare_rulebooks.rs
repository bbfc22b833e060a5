//! `mkba compare-rulebooks`
use super::{Language, MOST_DRAWS, threads};
use clap::Args;
use std::path::PathBuf;

/// `mkba compare-rulebooks`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba compare-rulebooks scenarios/city-deal.toml
  mkba compare-rulebooks scenarios/city-deal.toml --rulebooks eu-2021 --draws 1000
  mkba compare-rulebooks scenarios/city-deal.toml --rulebooks nl-2021,uk-2026,uk-2026/long-term
  mkba compare-rulebooks scenarios/city-deal.toml --out bridge.csv --lang en

For each alternative and scenario: the balance under the first rulebook, what each part of the other rules changes
(discount rates, unit of account, horizon, residual value, whose welfare counts, average indirect tax), and the
balance under the other rulebook. The parts are taken over in that order, with the same draws, and add up.")]
pub struct CompareRulebooksArguments {
    /// Study file.
    pub study: PathBuf,
    /// Rulebooks, separated by commas: the first is compared with the others; one alone with the study's own
    /// [default: the study's own with all others].
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub rulebooks: Vec<String>,
    /// Number of draws, in place of the study's.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_DRAWS))]
    pub draws: Option<u64>,
    /// Seed of the random numbers, in place of the study's.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads; 0 for one per processor. Results do not depend on it.
    #[arg(long, value_name = "T", default_value_t = 0, value_parser = threads)]
    pub threads: usize,
    /// File to write, ending in .csv or .json.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace that file.
    #[arg(long, requires = "out")]
    pub overwrite: bool,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// No progress bar and no table; errors are still printed.
    #[arg(long)]
    pub quiet: bool,
}
