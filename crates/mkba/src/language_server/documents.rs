//! The files that an editor has open, over those on disk, and what is wrong in them.
use super::place::{path_of, range, uri_of};
use super::told;
use crate::subject::model_around;
use crate::{pipeline, rulebooks};
use mkba_core::appraisal::Detail;
use mkba_lang::diagnostic::{Diagnostic, Diagnostics, Severity};
use mkba_lang::project::{DiskFiles, Files};
use mkba_lang::read::{DEFAULT_RULEBOOK, read_model, read_study};
use mkba_lang::source::Sources;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

/// Open files by their path on disk, and the files of which faults were told.
#[derive(Default)]
pub struct Documents {
    open: BTreeMap<PathBuf, String>,
    told: BTreeMap<String, BTreeSet<String>>,
}

/// The project around an open file: its files, those that are open as they are in the editor.
pub struct Project<'d> {
    disk: DiskFiles,
    open: &'d BTreeMap<PathBuf, String>,
    /// Path of the file from the root.
    pub path: String,
}

impl Files for Project<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.open.get(&self.disk.root().join(path)) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.disk.read(path),
        }
    }
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }
}

impl Project<'_> {
    /// The text of a file, if it can be read.
    pub fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.read(path).ok()?).ok()
    }
    /// The address of a file.
    pub fn uri(&self, path: &str) -> String {
        uri_of(&self.disk.root().join(path))
    }
    /// The folder of the model that the file belongs to: the one it lies in, or the one that a study names.
    pub fn model(&self) -> Option<String> {
        model_around(self, &self.path).or_else(|| {
            let text = self.text(&self.path)?;
            let studies = if is_study(&text) {
                vec![self.path.clone()]
            } else {
                self.studies()
            };
            let table: toml::Table = toml::from_str(&self.text(studies.first()?)?).ok()?;
            Some(table.get("study")?.get("model")?.as_str()?.to_owned())
        })
    }
    /// Studies that name the file, which is a scenario.
    fn studies(&self) -> Vec<String> {
        let files = self.list("").unwrap_or_default();
        let texts = files.into_iter().filter(|path| path.ends_with(".toml"));
        texts
            .filter(|path| {
                self.text(path)
                    .is_some_and(|text| is_study(&text) && text.contains(&self.path))
            })
            .collect()
    }
    /// Everything that is wrong in the model or the studies of the file.
    fn faults(&self) -> (Sources, Diagnostics, Option<String>) {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        if let Some(folder) = model_around(self, &self.path) {
            if let Some(model) = read_model(self, &folder, &mut sources, &mut diagnostics)
                && mkba_lang::check(&model, &sources, &mut diagnostics)
                && let Ok(loaded) = rulebooks::load(self, DEFAULT_RULEBOOK)
            {
                mkba_lang::check_guards(&model, &loaded.rulebook, &mut diagnostics);
            }
            return (sources, diagnostics, None);
        }
        let is_a_study = self.text(&self.path).is_some_and(|text| is_study(&text));
        let studies = if is_a_study {
            vec![self.path.clone()]
        } else {
            self.studies()
        };
        let Some(study) = studies.first() else {
            return (sources, diagnostics, None);
        };
        let mut failure = None;
        if let Some(read) = read_study(self, study, &mut sources, &mut diagnostics) {
            match rulebooks::load(self, &read.study.rulebook) {
                Ok(loaded) => {
                    rulebooks::check_start(self, &read.study, &loaded.rulebook, &mut diagnostics);
                    let _ = mkba_lang::compile(&read, &sources, &loaded.rulebook, Detail::Full, &mut diagnostics);
                }
                Err(found) => failure = Some(told(&found)),
            }
        }
        (sources, diagnostics, failure)
    }
}

fn is_study(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("[study]"))
}

impl Documents {
    /// A file was opened or changed.
    pub fn open(&mut self, uri: &str, text: &str) {
        if let Some(path) = place_on_disk(uri) {
            self.open.insert(path, text.to_owned());
        }
    }
    /// A file was closed: what is on disk counts again.
    pub fn close(&mut self, uri: &str) {
        if let Some(path) = place_on_disk(uri) {
            self.open.remove(&path);
        }
    }
    /// The project around a file; `None` when there is none.
    pub fn project(&self, uri: &str) -> Option<Project<'_>> {
        let (disk, path) = pipeline::open(&place_on_disk(uri)?).ok()?;
        Some(Project {
            disk,
            open: &self.open,
            path,
        })
    }
    /// What is wrong in every file that a file has to do with. Files that were told to have faults and have none now, get an empty list.
    pub fn check(&mut self, uri: &str) -> Vec<(String, Vec<Value>)> {
        let Some(project) = self.project(uri) else {
            return Vec::new();
        };
        let (sources, diagnostics, failure) = project.faults();
        let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::from([(project.uri(&project.path), Vec::new())]);
        for diagnostic in diagnostics.list() {
            let (path, value) = placed(diagnostic, &sources, &project);
            by_file.entry(path).or_default().push(value);
        }
        if let Some(message) = failure {
            let start = json!({ "line": 0, "character": 0 });
            let value = json!({ "range": { "start": start, "end": start }, "severity": 1, "source": "mkba", "message": message });
            by_file.entry(project.uri(&project.path)).or_default().push(value);
        }
        let here = project.uri(&project.path);
        let with_faults: BTreeSet<String> = by_file
            .iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(uri, _)| uri.clone())
            .collect();
        for before in self.told.insert(here, with_faults).into_iter().flatten() {
            by_file.entry(before).or_default();
        }
        by_file.into_iter().collect()
    }
}

fn place_on_disk(uri: &str) -> Option<PathBuf> {
    path_of(uri)?.canonicalize().ok()
}

/// A diagnostic of the protocol, and the address of its file; the file itself when it has no place.
fn placed(diagnostic: &Diagnostic, sources: &Sources, project: &Project<'_>) -> (String, Value) {
    let label = diagnostic
        .labels
        .iter()
        .find(|label| label.primary)
        .or(diagnostic.labels.first());
    let file = label.and_then(|label| sources.files().get(label.span.file.0 as usize));
    let start = json!({ "line": 0, "character": 0 });
    let at = match (label, file) {
        (Some(label), Some(file)) => range(&file.text, file.range(label.span)),
        _ => json!({ "start": start, "end": start }),
    };
    let further = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let lines: Vec<String> = std::iter::once(diagnostic.message.clone())
        .chain(further)
        .chain(help)
        .collect();
    let others = diagnostic.labels.iter().filter(|other| !other.primary && !other.text.is_empty()).map(|other| {
        let file = sources.file(other.span.file);
        json!({ "location": { "uri": project.uri(&file.path), "range": range(&file.text, file.range(other.span)) }, "message": other.text })
    });
    let value = json!({
        "range": at,
        "severity": if diagnostic.severity == Severity::Error { 1 } else { 2 },
        "code": diagnostic.code,
        "source": "mkba",
        "message": lines.join("\n"),
        "relatedInformation": others.collect::<Vec<_>>(),
    });
    (project.uri(file.map_or(&project.path, |file| &file.path)), value)
}
