//! `mkba replay`
use clap::Args;
use std::path::PathBuf;

/// `mkba replay`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba replay runs/city-deal
  mkba replay /tmp/from-a-colleague --project ~/city-deal

The study is run again with the seed, draws, design, rulebook and gates of the manifest, in a temporary folder, from the
files that the run kept in RUN/project; with --project from those of a project as they are now. Compared are the files
that it was made from, and all its tables, byte by byte. The exit code is 0 when all are the same, else 1.")]
pub struct ReplayArguments {
    /// Folder of a run.
    pub run: PathBuf,
    /// Folder of a project to run it from [default: what the run kept; of a run that kept nothing, the project around it].
    #[arg(long, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// Threads; 0 for one per processor. Results do not depend on it.
    #[arg(long, value_name = "T", default_value_t = 0)]
    pub threads: usize,
    /// No progress bar.
    #[arg(long)]
    pub quiet: bool,
}
