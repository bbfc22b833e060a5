//! `mkba draws`
use super::{Language, MOST_DRAWS};
use clap::Args;
use std::path::PathBuf;

/// `mkba draws`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba draws scenarios/city-deal.toml
  mkba draws scenarios/city-deal.toml --input rent --input connection_cost
  mkba draws scenarios/city-deal.toml --draws 1000 --out draws
  mkba draws scenarios/city-deal.toml --out rent.csv --input rent

Values are in the unit and price level in which the model states them. The draws are those of a run with the same
seed, whatever their number.
Into a folder go summary.csv, draws.parquet and figures/; a file takes its form from its name: .csv or .parquet for
all draws, .svg or .png for the histograms.")]
pub struct DrawsArguments {
    /// Study file.
    pub study: PathBuf,
    /// Number of draws, in place of the study's.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_DRAWS))]
    pub draws: Option<u64>,
    /// Seed of the random numbers, in place of the study's.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Only inputs with this name, or whose name begins with it; may be given more than once.
    #[arg(long, value_name = "NAME")]
    pub input: Vec<String>,
    /// Folder, or file ending in .csv, .parquet, .svg or .png.
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Replace files that are already there.
    #[arg(long)]
    pub overwrite: bool,
    /// Rulebook, in place of the study's.
    #[arg(long, value_name = "ID")]
    pub rulebook: Option<String>,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
}
