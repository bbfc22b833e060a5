//! Writing one file so that it is really on the disk, and its hash.

use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::ResultsError;

/// A file being written, hashed as its bytes pass.
///
/// It remembers what the operating system refused, because not every library hands that on in full.
pub(crate) struct HashedFile {
    file: BufWriter<File>,
    hasher: blake3::Hasher,
    refused: Option<io::Error>,
}

impl HashedFile {
    /// Creates or truncates the file.
    pub(crate) fn create(path: &Path) -> Result<Self, ResultsError> {
        let file = File::create(path).map_err(ResultsError::cannot_write(path))?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, file),
            hasher: blake3::Hasher::new(),
            refused: None,
        })
    }

    /// What the operating system refused, if anything; `told` is the failure as it was handed on.
    pub(crate) fn refusal(self, told: impl fmt::Display) -> io::Error {
        self.refused.unwrap_or_else(|| io::Error::other(told.to_string()))
    }

    fn remember<Anything>(&mut self, result: io::Result<Anything>) -> io::Result<Anything> {
        if let Err(error) = &result
            && let Some(number) = error.raw_os_error()
        {
            self.refused.get_or_insert_with(|| io::Error::from_raw_os_error(number));
        }
        result
    }

    /// Waits until the bytes are on the disk; gives their BLAKE3 hash in hexadecimal.
    pub(crate) fn finish(self, path: &Path) -> Result<String, ResultsError> {
        let file = self.file.into_inner().map_err(|error| error.into_error());
        file.and_then(|file| file.sync_all())
            .map_err(ResultsError::cannot_write(path))?;
        Ok(self.hasher.finalize().to_hex().to_string())
    }
}

impl Write for HashedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        let written = self.remember(written)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.remember(flushed)
    }
}

/// Makes renames and new names within a folder durable. Systems that cannot open a folder do so by themselves.
pub(crate) fn sync_folder(path: &Path) -> Result<(), ResultsError> {
    if cfg!(unix) {
        File::open(path)
            .and_then(|folder| folder.sync_all())
            .map_err(ResultsError::cannot_write(path))?;
    }
    Ok(())
}
