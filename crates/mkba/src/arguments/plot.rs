//! `mkba plot`
use super::Language;
use clap::Args;
use std::path::PathBuf;

/// `mkba plot`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba plot runs/city-deal                                   all figures, in runs/city-deal-figures-nl/
  mkba plot runs/city-deal --lang en --out figures
  mkba plot runs/city-deal --figure tornado --figure waterfall --out figures
  mkba plot runs/sweep-displacement                          a heat map for each alternative of a sweep

Each figure is three files: .svg, .png, and .csv with the numbers behind it. They are made from the tables
of the run, which is not touched. A figure whose table the run does not have is left out.")]
pub struct PlotArguments {
    /// Folder of a run or a sweep.
    pub run: PathBuf,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// Folder of the figures [default: RUN-figures-nl or RUN-figures-en, beside the run].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Only this figure; may be given more than once.
    #[arg(long, value_name = "NAME")]
    pub figure: Vec<String>,
    /// Replace figures that are already there.
    #[arg(long)]
    pub overwrite: bool,
}
