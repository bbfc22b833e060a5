//! Arguments of what serves the shell.
use clap::Args;
use std::path::PathBuf;

/// `mkba completions`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba completions bash > ~/.local/share/bash-completion/completions/mkba
  mkba completions zsh > ~/.zfunc/_mkba            with ~/.zfunc in fpath
  mkba completions fish > ~/.config/fish/completions/mkba.fish")]
pub struct CompletionsArguments {
    /// Shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `mkba man`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba man | man -l -                              read it
  mkba man --out ~/.local/share/man/man1           install mkba.1 and a page for each command")]
pub struct ManArguments {
    /// Write mkba.1 and a page for each command to this folder instead; pages of theirs are replaced.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
