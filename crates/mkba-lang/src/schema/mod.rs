//! JSON Schema of every kind of file, from the table of kinds: what editors read to check, complete and explain.
//!
//! The keywords are those of draft 7, because that is what `taplo` and the editors built on it read. A schema knows kinds, keys, types
//! and words; names, units and index sets are for `mkba check`. Whatever the reader accepts, a schema accepts too.
mod declaration;
mod examples;
mod file;
mod rulebook;
mod value;

use crate::kinds::Place;
use serde_json::Value;

/// A kind of file, or any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Any file of a project, told apart by what it holds.
    Any,
    /// `mkba.toml`
    Project,
    /// A file of a model folder.
    Model,
    /// A scenario file.
    Scenario,
    /// A study file.
    Study,
    /// A rulebook.
    Rulebook,
    /// A part that rulebooks include.
    RulebookPart,
}

impl FileKind {
    /// All of them, the one for any file first.
    pub const ALL: [Self; 7] = [
        Self::Any,
        Self::Project,
        Self::Model,
        Self::Scenario,
        Self::Study,
        Self::Rulebook,
        Self::RulebookPart,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Project => "project",
            Self::Model => "model",
            Self::Scenario => "scenario",
            Self::Study => "study",
            Self::Rulebook => "rulebook",
            Self::RulebookPart => "rulebook-part",
        }
    }
    /// Name of the file with its schema.
    #[must_use]
    pub fn file_name(self) -> String {
        match self {
            Self::Any => "mkba.schema.json".to_owned(),
            other => format!("{}.schema.json", other.name()),
        }
    }
    /// What it is, in a sentence.
    #[must_use]
    pub fn doc(self) -> &'static str {
        match self {
            Self::Any => {
                "Any file of an mkba project: project, model, scenario, study, rulebook or a part of one, told apart by what it holds."
            }
            Self::Project => "`mkba.toml`, which marks the root folder of a project.",
            Self::Model => "A file of a model folder: any of the declarations of a model.",
            Self::Scenario => "A scenario file: a background future with the values of the drivers.",
            Self::Study => "A study file: what one command runs.",
            Self::Rulebook => "The appraisal rules of an authority, `models/rulebooks/ID.toml`.",
            Self::RulebookPart => {
                "Rules that several rulebooks include, `models/rulebooks/parts/NAME.toml`: forbidden pairs, a checklist."
            }
        }
    }
    /// The place in the table of kinds; none for a rulebook and its parts, which have no declarations.
    pub(crate) fn place(self) -> Option<Place> {
        match self {
            Self::Any | Self::Rulebook | Self::RulebookPart => None,
            Self::Project => Some(Place::Project),
            Self::Model => Some(Place::Model),
            Self::Scenario => Some(Place::Scenario),
            Self::Study => Some(Place::Study),
        }
    }
}

/// The schema of a kind of file, as a value.
///
/// ```
/// use mkba_lang::schema::{FileKind, schema};
/// let study = schema(FileKind::Study);
/// assert_eq!(study["$schema"], "http://json-schema.org/draft-07/schema#");
/// assert_eq!(study["required"][0], "study");
/// ```
#[must_use]
pub fn schema(kind: FileKind) -> Value {
    file::schema(kind)
}

/// The schema of a kind of file, as the text of a file.
#[must_use]
pub fn schema_text(kind: FileKind) -> String {
    format!("{:#}\n", schema(kind))
}

/// Declarations of a kind as they are written in the models that serve as examples; none if there are none.
#[must_use]
pub fn examples(kind: &crate::kinds::Kind) -> Vec<&'static str> {
    examples::sections(kind)
}
