//! A finished run read back: what made it, what its numbers are called, its tables.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use mkba_core::appraisal::catalogue::Catalogue;
use mkba_core::run_tables::RunTables;
use mkba_core::table::Table;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::ResultsError;
use crate::file;
use crate::manifest::{FileHash, MANIFEST_FILE, Manifest};

/// The file with names, labels, units and settings of a run, by which its tables can be shown.
pub const CATALOGUE_FILE: &str = "catalogue.json";

/// The file with the axes of a sweep, and under `catalogue` what [`CATALOGUE_FILE`] of a run holds.
pub const SWEEP_FILE: &str = "sweep.json";

/// The folder of a run with the files of the project that it was made of.
pub const PROJECT_FOLDER: &str = "project";

/// A run in its folder. Every file that is read is compared with its hash in the manifest, so nothing is shown that the run did not write.
#[derive(Debug, Clone)]
pub struct FinishedRun {
    folder: PathBuf,
    /// What made the run.
    pub manifest: Manifest,
    /// Names, labels, units and settings.
    pub catalogue: Catalogue,
}

impl FinishedRun {
    /// Opens the folder of a run, or of a sweep.
    ///
    /// # Errors
    /// It is not the folder of a run, or its manifest or catalogue cannot be read or is not what the run wrote.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, ResultsError> {
        let folder = folder.as_ref().to_path_buf();
        let manifest = Manifest::of_run(&folder).map_err(|error| match error {
            ResultsError::CannotRead { error, .. }
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                let exists = folder.exists();
                ResultsError::NoRun {
                    path: folder.clone(),
                    exists,
                }
            }
            other => other,
        })?;
        let mut run = Self {
            folder,
            manifest,
            catalogue: Catalogue::default(),
        };
        run.catalogue = match run.file(SWEEP_FILE)? {
            Some(bytes) => run.parsed::<OfSweep>(SWEEP_FILE, &bytes)?.catalogue,
            None => {
                let bytes = run.file(CATALOGUE_FILE)?;
                let bytes = bytes
                    .ok_or_else(|| run.unreadable(CATALOGUE_FILE, format!("`{MANIFEST_FILE}` does not list it")))?;
                run.parsed(CATALOGUE_FILE, &bytes)?
            }
        };
        Ok(run)
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Names of all tables, in the order in which they were written.
    pub fn table_names(&self) -> impl Iterator<Item = &str> {
        self.manifest
            .results
            .iter()
            .filter_map(|file| name_of_table(&file.path))
    }

    /// The table of this name, from CSV or Parquet; `None` if the run has none.
    ///
    /// # Errors
    /// Its file is gone, was changed after it was written, or cannot be read.
    pub fn table(&self, name: &str) -> Result<Option<Table>, ResultsError> {
        let mut files = self.manifest.results.iter();
        let Some(listed) = files.find(|file| name_of_table(&file.path) == Some(name)) else {
            return Ok(None);
        };
        let (path, bytes) = (self.folder.join(&listed.path), self.read(listed)?);
        let read = if listed.path.ends_with(".csv") {
            file::csv_of_bytes
        } else {
            file::parquet_of_bytes
        };
        read(&path, &bytes).map(Some)
    }

    /// The bytes of a file of the run; `None` if the run has no such file.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, ResultsError> {
        let listed = self.manifest.results.iter().find(|file| file.path == path);
        listed.map(|listed| self.read(listed)).transpose()
    }

    /// The files of the project that the run was made of, by path in the project, each as its hash says; none if it kept none, as runs of
    /// earlier versions.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub fn project(&self) -> Result<BTreeMap<String, Vec<u8>>, ResultsError> {
        let listed = self.manifest.results.iter();
        let kept = listed.filter_map(|file| Some((path_in_project(&file.path)?.to_owned(), file)));
        kept.map(|(path, file)| Ok((path, self.read(file)?))).collect()
    }

    /// Where the files of the project are that the run was made of, if it kept them.
    #[must_use]
    pub fn project_folder(&self) -> Option<PathBuf> {
        let mut files = self.manifest.results.iter();
        let kept = files.any(|file| path_in_project(&file.path).is_some());
        kept.then(|| self.folder.join(PROJECT_FOLDER))
    }

    /// Those of the named tables that the run has, with what names their numbers.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub fn tables<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<RunTables, ResultsError> {
        let mut tables = Vec::new();
        for name in names {
            tables.extend(self.table(name)?);
        }
        Ok(RunTables {
            catalogue: self.catalogue.clone(),
            draws: self.manifest.draws,
            tables,
        })
    }

    fn parsed<Anything: DeserializeOwned>(&self, file: &str, bytes: &[u8]) -> Result<Anything, ResultsError> {
        serde_json::from_slice(bytes).map_err(|error| self.unreadable(file, error))
    }

    fn unreadable(&self, file: &str, reason: impl Display) -> ResultsError {
        ResultsError::unreadable(&self.folder.join(file), reason)
    }

    fn read(&self, listed: &FileHash) -> Result<Vec<u8>, ResultsError> {
        let path = self.folder.join(&listed.path);
        let bytes = fs::read(&path).map_err(ResultsError::cannot_read(&path))?;
        if FileHash::of(&*listed.path, &bytes) == *listed {
            Ok(bytes)
        } else {
            Err(ResultsError::Changed { path })
        }
    }
}

/// The part of [`SWEEP_FILE`] that a run has too.
#[derive(Deserialize)]
struct OfSweep {
    catalogue: Catalogue,
}

fn path_in_project(path: &str) -> Option<&str> {
    path.strip_prefix(PROJECT_FOLDER)?.strip_prefix('/')
}

/// The name of the table in a file at the top of the folder of a run.
fn name_of_table(path: &str) -> Option<&str> {
    let name = path.strip_suffix(".csv").or_else(|| path.strip_suffix(".parquet"))?;
    (!name.contains('/')).then_some(name)
}
