//! `mkba report`
use super::Language;
use clap::Args;
use std::path::PathBuf;

/// `mkba report`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba report runs/city-deal                        runs/city-deal-report-nl.html
  mkba report runs/city-deal --lang en --out appraisal.html
  mkba report runs/city-deal --pdf                  runs/city-deal-report-nl.pdf

The report is made from the folder of the run alone, which is not touched. What authors write for it stands
beside the study, as NAME-OF-STUDY/report/PART.nl.md, and is kept in the run: see docs/guide/report.md.
A PDF needs a program built with `cargo build --release --features pdf`.")]
pub struct ReportArguments {
    /// Folder of a run.
    pub run: PathBuf,
    /// Language of the report.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// File to write [default: RUN-report-nl.html or RUN-report-en.html, beside the run].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write a PDF in place of HTML.
    #[arg(long)]
    pub pdf: bool,
    /// Replace that file.
    #[arg(long)]
    pub overwrite: bool,
}
