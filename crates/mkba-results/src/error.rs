//! What can go wrong between a table and the disk, with what to do about it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use mkba_core::table::TableError;
use polars::error::PolarsError;

/// A failure to write or read results. Earlier results on disk are intact whenever one of these is returned.
#[derive(Debug)]
pub enum ResultsError {
    /// The output folder already holds a finished run.
    AlreadyHoldsRun {
        /// The folder.
        path: PathBuf,
    },
    /// The output path is a file, or a folder with other things in it. It is never replaced.
    NotARunFolder {
        /// The path.
        path: PathBuf,
    },
    /// A file or folder cannot be written: full disk, no permission, read-only, no such device.
    CannotWrite {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// A file cannot be opened or read.
    CannotRead {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// A file can be read, but it is not a results file: damaged, truncated or of another kind.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        reason: String,
    },
    /// What should be the folder of a finished run has no manifest, or is not there.
    NoRun {
        /// The path.
        path: PathBuf,
        /// Whether there is something under this name.
        exists: bool,
    },
    /// A file of a run is not as the run wrote it: its hash is not that of the manifest.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A table handed to a writer has ragged or repeated columns: a fault of the program, not of its user.
    MalformedTable(TableError),
}

impl ResultsError {
    /// The stable code of the diagnostic.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadyHoldsRun { .. } | Self::NotARunFolder { .. } => "E0701",
            Self::CannotWrite { .. } => "E0702",
            Self::CannotRead { .. } | Self::Unreadable { .. } | Self::NoRun { .. } => "E0703",
            Self::Changed { .. } => "E0704",
            Self::MalformedTable(_) => "E0799",
        }
    }

    /// What the user can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::AlreadyHoldsRun { .. } => {
                "choose another folder with `--out`, or replace the earlier run with `--overwrite`"
            }
            Self::NotARunFolder { .. } => {
                "choose a new or empty folder with `--out`; what holds other files is never replaced"
            }
            Self::CannotWrite { error, .. } => match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    "free some space or choose a folder on another disk with `--out`; nothing half-written is left behind"
                }
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "choose a folder with `--out` where files may be written"
                }
                _ => "check that the path exists and may be written, or choose another folder with `--out`",
            },
            Self::CannotRead { .. } => "check that the path exists and may be read",
            Self::Unreadable { .. } => "the file is not as it was written: run the study again",
            Self::NoRun { .. } => {
                "give the folder that `mkba run` named when it was done, such as `runs/NAME-OF-STUDY`"
            }
            Self::Changed { .. } => {
                "put the file back as it was, or run the study again; to work on numbers of a run, copy its files to another folder"
            }
            Self::MalformedTable(_) => "this is a fault in the program: please report it with the study that shows it",
        }
    }

    pub(crate) fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |error| Self::CannotWrite {
            path: path.to_path_buf(),
            error,
        }
    }

    pub(crate) fn cannot_read(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |error| Self::CannotRead {
            path: path.to_path_buf(),
            error,
        }
    }

    pub(crate) fn unreadable(path: &Path, reason: impl fmt::Display) -> Self {
        Self::Unreadable {
            path: path.to_path_buf(),
            reason: reason.to_string(),
        }
    }

    /// A failure of the data-frame library while it read `path`.
    pub(crate) fn reading(path: &Path, error: PolarsError) -> Self {
        match operating_system_error(error) {
            Ok(error) => Self::CannotRead {
                path: path.to_path_buf(),
                error,
            },
            Err(other) => Self::unreadable(path, other),
        }
    }
}

/// The operating system's error inside one of the data-frame library, with its kind kept.
fn operating_system_error(error: PolarsError) -> Result<io::Error, PolarsError> {
    match error {
        PolarsError::IO { error, .. } => Ok(match error.raw_os_error() {
            Some(number) => io::Error::from_raw_os_error(number),
            None => io::Error::new(error.kind(), error.to_string()),
        }),
        PolarsError::Context { error, .. } => operating_system_error(*error),
        other => Err(other),
    }
}

impl From<TableError> for ResultsError {
    fn from(error: TableError) -> Self {
        Self::MalformedTable(error)
    }
}

impl fmt::Display for ResultsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyHoldsRun { path } => write!(formatter, "`{}` already holds a run", path.display()),
            Self::NotARunFolder { path } => {
                write!(formatter, "`{}` exists and is not the folder of a run", path.display())
            }
            Self::CannotWrite { path, error } => write!(formatter, "cannot write `{}`: {error}", path.display()),
            Self::CannotRead { path, error } => write!(formatter, "cannot read `{}`: {error}", path.display()),
            Self::Unreadable { path, reason } => write!(formatter, "cannot understand `{}`: {reason}", path.display()),
            Self::NoRun { path, exists: true } => {
                write!(formatter, "`{}` is not the folder of a finished run", path.display())
            }
            Self::NoRun { path, exists: false } => write!(formatter, "there is no run in `{}`", path.display()),
            Self::Changed { path } => {
                write!(
                    formatter,
                    "`{}` was changed after the run had written it",
                    path.display()
                )
            }
            Self::MalformedTable(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for ResultsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::CannotWrite { error, .. } | Self::CannotRead { error, .. } => Some(error),
            Self::MalformedTable(error) => Some(error),
            Self::AlreadyHoldsRun { .. }
            | Self::NotARunFolder { .. }
            | Self::Unreadable { .. }
            | Self::NoRun { .. }
            | Self::Changed { .. } => None,
        }
    }
}
