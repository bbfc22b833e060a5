//! Finished spans of a run that is not complete yet, in `NAME.spans` beside the folder of the run.
//!
//! Each is one file, written under another name, brought to the disk and renamed, so that it is whole or not there whenever the
//! process is killed. What is in it is the business of who wrote it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::disk::{HashedFile, sync_folder};
use crate::error::ResultsError;
use crate::folder::{resolve, split};

const PREFIX: &str = "span-";
const PARTIAL: &str = ".span-";

/// The folder of the spans of a run. It is made with its first file.
#[derive(Debug, Clone)]
pub struct SpanFolder {
    path: PathBuf,
}

impl SpanFolder {
    /// Beside the folder of a run.
    ///
    /// # Errors
    /// The path of the run does not end in a name.
    pub fn beside(run: impl AsRef<Path>) -> Result<Self, ResultsError> {
        let run = resolve(run.as_ref())?;
        let (parent, name) = split(&run)?;
        Ok(Self {
            path: parent.join(format!("{name}.spans")),
        })
    }

    /// Where it is, or would be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many spans are stored.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files().filter(|name| name.starts_with(PREFIX)).count()
    }

    /// The bytes stored under a number, if they are there and can be read.
    #[must_use]
    pub fn read(&self, number: u64) -> Option<Vec<u8>> {
        fs::read(self.file(number)).ok()
    }

    /// Stores bytes under a number, in place of what was there.
    ///
    /// # Errors
    /// The file cannot be written completely. What was stored under the number before is still there.
    pub fn write(&self, number: u64, bytes: &[u8]) -> Result<(), ResultsError> {
        fs::create_dir_all(&self.path).map_err(ResultsError::cannot_write(&self.path))?;
        let partial = self
            .path
            .join(format!("{PARTIAL}{number:08}.partial-{}", process::id()));
        let written = HashedFile::create(&partial).and_then(|mut file| {
            file.write_all(bytes).map_err(ResultsError::cannot_write(&partial))?;
            file.finish(&partial)
        });
        let renamed = written.and_then(|_hash| {
            fs::rename(&partial, self.file(number)).map_err(ResultsError::cannot_write(&self.path))?;
            sync_folder(&self.path)
        });
        if renamed.is_err() {
            let _ = fs::remove_file(&partial);
        }
        renamed
    }

    /// Removes all spans, and the folder if nothing else is in it.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn clear(&self) -> Result<(), ResultsError> {
        for name in self.files() {
            let path = self.path.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(ResultsError::cannot_write(&path)(error));
                }
                _ => {}
            }
        }
        // A folder that is not there, or holds files of others, stays as it is.
        let _ = fs::remove_dir(&self.path);
        Ok(())
    }

    fn file(&self, number: u64) -> PathBuf {
        self.path.join(format!("{PREFIX}{number:08}"))
    }

    /// Names of our files.
    fn files(&self) -> impl Iterator<Item = String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with(PREFIX) || name.starts_with(PARTIAL))
    }
}
