//! What made a run, in enough detail to repeat it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::ResultsError;

/// The name of the manifest within the folder of a run.
pub const MANIFEST_FILE: &str = "manifest.json";

/// The value of [`Manifest::engine`], by which the folder of a run is recognised.
pub const ENGINE: &str = "mkba";

/// Everything that a run depended on and produced. The times are the only part that differs when a run is repeated
/// with the same settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always [`ENGINE`].
    pub engine: String,
    /// Version of the engine.
    pub engine_version: String,
    /// Start of the run, RFC 3339 in UTC, told by the caller: this crate reads no clock.
    pub started: String,
    /// End of the run, RFC 3339 in UTC.
    pub finished: String,
    /// The command and its arguments as they were typed.
    pub command: Vec<String>,
    /// Path of the study file, relative to the project.
    pub study: String,
    /// Every file of the project that was read, by path.
    pub project_files: Vec<FileHash>,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Number of draws that were done.
    pub draws: u64,
    /// Number of draws that were asked for. More than were done if the run ended for another reason.
    #[serde(default)]
    pub draws_asked: u64,
    /// What ended the draws: `draws` (all were done), `until` (the rule holds) or `max-time`.
    #[serde(default)]
    pub ended_by: String,
    /// The rule of `--until`, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// How many of the draws, the first ones, are in `npv.parquet` and `inputs.parquet`.
    #[serde(default)]
    pub draws_kept: u64,
    /// Version name of the scheme that turns seed, name and draw number into random numbers.
    pub random_scheme: String,
    /// The sampling design.
    pub design: String,
    /// How gates were read: `as-is`, `soft` or `off`.
    #[serde(default)]
    pub gates: String,
    /// The appraisal rules.
    pub rulebook: RulebookReference,
    /// Threads used. Results do not depend on it.
    pub threads: usize,
    /// Draws evaluated in one block. Results do not depend on it.
    pub vector_width: usize,
    /// Size of the compiled program by what is counted: `inputs`, `steps`, `flows`.
    pub program: BTreeMap<String, u64>,
    /// The year whose euros all amounts are in.
    pub price_year: i32,
    /// The year to which present values are discounted.
    pub base_year: i32,
    /// The discount rates in words, one sentence for each class of flows.
    pub rates: Vec<String>,
    /// Every file of the run except this manifest, in the order of writing. Filled in by the folder.
    #[serde(default)]
    pub results: Vec<FileHash>,
}

/// A file and the hash of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHash {
    /// Path, with `/` between its parts.
    pub path: String,
    /// BLAKE3 in hexadecimal.
    pub blake3: String,
}

/// Which rulebook, in which state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulebookReference {
    /// `nl-2021`.
    pub id: String,
    /// BLAKE3 of its file in hexadecimal.
    pub blake3: String,
}

impl FileHash {
    /// The hash of bytes that were read from `path`.
    pub fn of(path: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            path: path.into(),
            blake3: blake3::hash(bytes).to_hex().to_string(),
        }
    }
}

impl Manifest {
    /// JSON with two spaces of indentation, keys in the order of this type, a line feed at the end.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("plain fields with text keys always serialise");
        text.push('\n');
        text
    }

    /// Reads a manifest from its JSON.
    ///
    /// # Errors
    /// The text is not JSON, or lacks a key, or is the manifest of something else.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let manifest: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if manifest.engine == ENGINE {
            Ok(manifest)
        } else {
            Err(format!("`engine` is not `{ENGINE}`"))
        }
    }

    /// Reads the manifest of the run in a folder.
    ///
    /// # Errors
    /// There is none, or it is not the manifest of a run.
    pub fn of_run(folder: impl AsRef<Path>) -> Result<Self, ResultsError> {
        let path = folder.as_ref().join(MANIFEST_FILE);
        let bytes = fs::read(&path).map_err(ResultsError::cannot_read(&path))?;
        let text = str::from_utf8(&bytes).map_err(|error| ResultsError::unreadable(&path, error))?;
        Self::from_json(text).map_err(|reason| ResultsError::unreadable(&path, reason))
    }
}
