//! `mkba sweep`
use super::{Language, draws, threads};
use crate::budget;
use clap::Args;
use std::path::PathBuf;

/// `mkba sweep`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba sweep scenarios/sweep-discount.toml
  mkba sweep scenarios/sweep-displacement.toml --draws 1000 --out /tmp/displacement --overwrite
  mkba sweep scenarios/sweep-ramp-up.toml --threads 1 --lang en

The axes are in the study: [axis.NAME] with what varies and its values. Every point has the same draws, and
the balance that a run of that point alone would have, byte for byte. Written are sweep.parquet and sweep.csv, a row
for each point, scenario and alternative, and break-even.csv, where a mean balance changes sign.
Ctrl-C stops cleanly: nothing is written then.")]
pub struct SweepArguments {
    /// Study file with axes.
    pub study: PathBuf,
    /// Number of draws of each point, in place of the study's.
    #[arg(long, value_name = "N", value_parser = draws)]
    pub draws: Option<u64>,
    /// Seed of the random numbers, in place of the study's.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads; 0 for one per processor. Results do not depend on it.
    #[arg(long, value_name = "T", default_value_t = 0, value_parser = threads)]
    pub threads: usize,
    /// Use no more memory than this, as far as can be foreseen: 800MB, 2GiB [default: what is free].
    #[arg(long, value_name = "SIZE", value_parser = budget::size)]
    pub max_memory: Option<u64>,
    /// Folder of the sweep [default: runs/NAME-OF-STUDY in the project].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace what is already in that folder, once the sweep is complete.
    #[arg(long)]
    pub overwrite: bool,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// No progress bar and no summary; errors are still printed.
    #[arg(long)]
    pub quiet: bool,
}
