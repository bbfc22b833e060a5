//! Declarations as written, and studies in which some of them are those of another project.
//!
//! Two studies are compared entry by entry, with the defaults of their files applied. A study *between* the two is that of the first with
//! some entries of the second in place of its own: they are put in before anything is made of them, as the values of a point of a sweep
//! are, so it is read, checked and formulated like any other.
use super::entry::Entry;
use super::reader::Reader;
use super::{errors, right_or_typed};
use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use crate::project::{Files, Loader};
use crate::source::{FileId, Sources, Span};
use std::io;

/// To which part of a study a declaration belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// A file of the model.
    Model,
    /// A scenario, in a file or in the study, by its identifier.
    Scenario(String),
    /// The study file.
    Study,
}

/// Everything that a study declares, as it is written.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// Folder of the model, from the project root.
    folder: String,
    /// Its entries, in order of reading.
    pub(super) entries: Vec<(Home, Entry)>,
    /// Where a data file is named, and the file.
    pub(super) data: Vec<(Span, FileId)>,
}

/// An entry in place of that of the same name, or in addition; without one, the entry of that name is left out.
#[derive(Debug, Clone)]
pub(super) struct Replacement {
    pub home: Home,
    pub kind: &'static str,
    pub name: String,
    pub with: Option<Entry>,
}

/// What a reader needs to know of another project, some of whose entries it gets.
#[derive(Debug, Clone, Default)]
pub(super) struct Other {
    /// The entries.
    pub replacements: Vec<Replacement>,
    /// Its files have numbers below this.
    pub files: u32,
    /// Folder of its model.
    pub folder: String,
}

/// The folder under which the files of the other project are found. No project has files below it: names of hidden folders are not listed.
const OTHER: &str = ".other-project";

/// The files of two projects, those of the second only for declarations that are written there.
struct Both<'a> {
    own: &'a dyn Files,
    other: &'a dyn Files,
}

impl Files for Both<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match path.strip_prefix(OTHER).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => self.other.read(rest),
            None => self.own.read(path),
        }
    }
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.own.list(folder)
    }
}

/// The path of a file of the other project.
pub(super) fn in_other(path: &str) -> String {
    format!("{OTHER}/{path}")
}

/// Reads a study as [`super::read_study`] does, and keeps what it declares as it is written.
pub fn read_written(
    files: &dyn Files,
    study_path: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Declarations, Written)> {
    let before = errors(diagnostics);
    let mut reader = Reader::new(Loader::new(files, sources), diagnostics);
    reader.written = Some(Written::default());
    reader.project();
    let declarations = reader.whole_study(study_path)?;
    let mut written = reader.written.take().unwrap_or_default();
    written.folder.clone_from(&reader.folder);
    Some((right_or_typed(declarations, before, sources, diagnostics)?, written))
}

/// Reads a study with some declarations of another one in place of its own, without sweep and interactions.
///
/// `sources` must begin with the files of the other study, as [`read_written`] added them.
pub fn read_between(
    (files, study_path): (&dyn Files, &str),
    (other_files, other): (&dyn Files, &Written),
    changes: &[&super::Difference],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Declarations> {
    let before = errors(diagnostics);
    let both = Both {
        own: files,
        other: other_files,
    };
    let others = u32::try_from(sources.files().len()).unwrap_or(u32::MAX);
    let mut reader = Reader::new(Loader::new(&both, sources), diagnostics);
    reader.other = Some(Other {
        replacements: changes.iter().map(|change| change.replacement()).collect(),
        files: others,
        folder: other.folder.clone(),
    });
    reader.project();
    let declarations = reader.whole_study(study_path)?;
    right_or_typed(declarations, before, sources, diagnostics)
}

impl Reader<'_> {
    /// Puts the entries of the other study in their place, and keeps all as they are written.
    pub fn settle(&mut self, entries: &mut Vec<Entry>, home: &Home) {
        let replacements = self.other.iter().flat_map(|other| &other.replacements);
        for change in replacements.filter(|change| change.home == *home) {
            let is_it = |entry: &Entry| entry.kind.name == change.kind && entry.name.value == change.name;
            match (&change.with, entries.iter_mut().find(|entry| is_it(entry))) {
                (Some(new), Some(old)) => *old = new.clone(),
                (Some(new), None) => entries.push(new.clone()),
                (None, _) => entries.retain(|entry| !is_it(entry)),
            }
        }
        if let Some(written) = &mut self.written {
            written
                .entries
                .extend(entries.iter().map(|entry| (home.clone(), entry.clone())));
        }
    }

    /// The other project, if a name is written there.
    pub fn other_of(&self, at: Span) -> Option<&Other> {
        self.other.as_ref().filter(|other| at.file.0 < other.files)
    }
}
