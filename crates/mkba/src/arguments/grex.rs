//! `mkba grex`
use super::Language;
use clap::Args;
use std::path::PathBuf;

/// `mkba grex`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba grex models/teaching/grex/exploitation.toml
  mkba grex models/teaching/grex/exploitation.toml --lang en --out runs/station

The file holds rates, parties and the name of a CSV file beside it, with a row for each line of the account and a
column for each year. Each step from the result of the account to the balance is a row; the rows add up. With --out,
bridge.csv has the steps, and parties.csv who bears and who gains, line by line, unrounded.
Formulas, and a worked example: docs/method/grex.md.")]
pub struct GrexArguments {
    /// Land-development account.
    pub file: PathBuf,
    /// Folder for bridge.csv and parties.csv.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace files that are already there.
    #[arg(long)]
    pub overwrite: bool,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
}
