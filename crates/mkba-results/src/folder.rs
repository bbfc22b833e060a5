//! The folder of a run: under its final name it is complete, or it is not there.
//!
//! Files are written to a hidden sibling, `.NAME.partial-PID`, which gets the final name in one rename. The sibling is
//! locked while its process lives, so that what a killed process left behind can be told from a run in progress.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;

use mkba_core::table::Table;

use crate::disk::{HashedFile, sync_folder};
use crate::error::ResultsError;
use crate::file;
use crate::manifest::{FileHash, MANIFEST_FILE, Manifest};

/// What to do with a run that is already there under the final name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it alone and fail.
    Keep,
    /// Put the new run in its place once that is complete.
    Replace,
}

/// The results of a run while they are written. Dropped without [`RunFolder::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct RunFolder {
    destination: PathBuf,
    partial: PathBuf,
    existing: Existing,
    files: Vec<FileHash>,
    _held_while_writing: Option<File>,
}

impl RunFolder {
    /// Prepares to write a run to `destination`, and clears away what dead processes left beside it.
    ///
    /// # Errors
    /// The destination holds a run that is to be kept, or other files, or cannot be written.
    pub fn begin(destination: impl AsRef<Path>, existing: Existing) -> Result<Self, ResultsError> {
        let destination = resolve(destination.as_ref())?;
        let (parent, name) = split(&destination)?;
        fs::create_dir_all(parent).map_err(ResultsError::cannot_write(parent))?;
        recover_leftovers(parent, &name, &destination).map_err(ResultsError::cannot_write(parent))?;
        Occupant::of(&destination)?.admits(existing, &destination)?;

        let partial = parent.join(format!(".{name}.partial-{}", process::id()));
        fs::create_dir(&partial).map_err(ResultsError::cannot_write(&partial))?;
        let _held_while_writing = lock(&partial);
        Ok(Self {
            destination,
            partial,
            existing,
            files: Vec::new(),
            _held_while_writing,
        })
    }

    /// Writes a table to `NAME.csv`.
    ///
    /// # Errors
    /// As [`file::write_csv`].
    pub fn write_csv(&mut self, table: &Table) -> Result<(), ResultsError> {
        let name = format!("{}.csv", table.name);
        let hash = file::write_csv(table, self.partial.join(&name))?;
        self.written(name, hash);
        Ok(())
    }

    /// Writes a table to `SUBFOLDER/NAME.csv`; the sub-folder is made.
    ///
    /// # Errors
    /// As [`file::write_csv`].
    pub fn write_csv_in(&mut self, subfolder: &str, table: &Table) -> Result<(), ResultsError> {
        let below = self.partial.join(subfolder);
        fs::create_dir_all(&below).map_err(ResultsError::cannot_write(&below))?;
        let name = format!("{subfolder}/{}.csv", table.name);
        let hash = file::write_csv(table, self.partial.join(&name))?;
        sync_folder(&below)?;
        self.written(name, hash);
        Ok(())
    }

    /// Writes a table to `NAME.parquet`.
    ///
    /// # Errors
    /// As [`file::write_parquet`].
    pub fn write_parquet(&mut self, table: &Table) -> Result<(), ResultsError> {
        let name = format!("{}.parquet", table.name);
        let hash = file::write_parquet(table, self.partial.join(&name))?;
        self.written(name, hash);
        Ok(())
    }

    /// Writes bytes to a file of this name, such as a figure; its sub-folders (`figures/x.svg`) are made.
    ///
    /// # Errors
    /// The file cannot be written completely.
    pub fn write_file(&mut self, name: impl Into<String>, bytes: &[u8]) -> Result<(), ResultsError> {
        let name = name.into();
        let path = self.partial.join(&name);
        let below = path.parent().filter(|parent| *parent != self.partial);
        if let Some(below) = below {
            fs::create_dir_all(below).map_err(ResultsError::cannot_write(below))?;
        }
        let mut file = HashedFile::create(&path)?;
        file.write_all(bytes).map_err(ResultsError::cannot_write(&path))?;
        let hash = file.finish(&path)?;
        if let Some(below) = below {
            sync_folder(below)?;
        }
        self.written(name, hash);
        Ok(())
    }

    /// Adds the manifest, with the hashes of all files, and gives the run its final name, which is returned.
    ///
    /// # Errors
    /// Something else has taken the final name meanwhile, or the disk refuses; then an earlier run is back in place.
    pub fn commit(mut self, mut manifest: Manifest) -> Result<PathBuf, ResultsError> {
        manifest.results = self.files.clone();
        self.write_file(MANIFEST_FILE, manifest.to_json().as_bytes())?;
        sync_folder(&self.partial)?;
        let occupant = Occupant::of(&self.destination)?;
        occupant.admits(self.existing, &self.destination)?;
        match occupant {
            Occupant::Run => self.replace()?,
            Occupant::Nothing | Occupant::Other => self.rename_into_place()?,
        }
        Ok(self.destination.clone())
    }

    fn rename_into_place(&self) -> Result<(), ResultsError> {
        fs::rename(&self.partial, &self.destination).map_err(ResultsError::cannot_write(&self.destination))?;
        sync_folder(split(&self.destination)?.0)
    }

    /// Moves the earlier run aside, puts the new one in its place, and only then removes the earlier one.
    fn replace(&self) -> Result<(), ResultsError> {
        let (parent, name) = split(&self.destination)?;
        let aside = parent.join(format!(".{name}.replaced-{}", process::id()));
        let _held_while_aside = lock(&self.destination);
        fs::rename(&self.destination, &aside).map_err(ResultsError::cannot_write(&aside))?;
        if let Err(error) = self.rename_into_place() {
            if fs::symlink_metadata(&self.destination).is_err() {
                fs::rename(&aside, &self.destination).map_err(ResultsError::cannot_write(&self.destination))?;
            }
            return Err(error);
        }
        // What cannot be removed now is a leftover, cleared by the next run with this name.
        let _ = fs::remove_dir_all(&aside);
        Ok(())
    }

    fn written(&mut self, path: String, blake3: String) {
        self.files.push(FileHash { path, blake3 });
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        // After a commit there is nothing under this name. A failure here leaves what the next run clears.
        let _ = fs::remove_dir_all(&self.partial);
    }
}

/// What is under the final name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occupant {
    /// Nothing, or an empty folder.
    Nothing,
    /// A complete run.
    Run,
    /// Something that is not ours to remove.
    Other,
}

impl Occupant {
    fn of(destination: &Path) -> Result<Self, ResultsError> {
        match fs::read_dir(destination) {
            Ok(mut entries) => Ok(match entries.next() {
                None => Self::Nothing,
                Some(_) if Manifest::of_run(destination).is_ok() => Self::Run,
                Some(_) => Self::Other,
            }),
            Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(destination).is_err() => {
                Ok(Self::Nothing)
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                Err(ResultsError::cannot_write(destination)(error))
            }
            Err(_) => Ok(Self::Other),
        }
    }

    fn admits(self, existing: Existing, destination: &Path) -> Result<(), ResultsError> {
        let path = destination.to_path_buf();
        match (self, existing) {
            (Self::Nothing, _) | (Self::Run, Existing::Replace) => Ok(()),
            (Self::Run, Existing::Keep) => Err(ResultsError::AlreadyHoldsRun { path }),
            (Self::Other, _) => Err(ResultsError::NotARunFolder { path }),
        }
    }
}

/// Removes half-written runs of dead processes, and puts back an earlier run whose replacement was cut short.
fn recover_leftovers(parent: &Path, name: &str, destination: &Path) -> io::Result<()> {
    let of_a_process = |file_name: &str, role: &str| {
        let process = file_name.strip_prefix(&format!(".{name}.{role}-"));
        process.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
    };
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let file_name = entry.file_name();
        let file_name = file_name.to_string_lossy();
        let (partial, replaced) = (
            of_a_process(&file_name, "partial"),
            of_a_process(&file_name, "replaced"),
        );
        if !(partial || replaced) || lock(&entry.path()).is_none() {
            continue;
        }
        if replaced && fs::symlink_metadata(destination).is_err() {
            fs::rename(entry.path(), destination)?;
        } else {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Locks a folder for as long as the returned file lives; `None` if another process holds it or it cannot be locked.
fn lock(folder: &Path) -> Option<File> {
    File::open(folder).ok().filter(|folder| folder.try_lock().is_ok())
}

/// The absolute path, links followed where it exists.
pub(crate) fn resolve(path: &Path) -> Result<PathBuf, ResultsError> {
    fs::canonicalize(path)
        .or_else(|_absent| std::path::absolute(path))
        .map_err(ResultsError::cannot_write(path))
}

/// The folder that holds `path`, and the last part of it.
pub(crate) fn split(path: &Path) -> Result<(&Path, String), ResultsError> {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => Ok((parent, name.to_string_lossy().into_owned())),
        _ => {
            let error = io::Error::new(ErrorKind::InvalidInput, "the path does not end in the name of a folder");
            Err(ResultsError::CannotWrite {
                path: path.to_path_buf(),
                error,
            })
        }
    }
}
