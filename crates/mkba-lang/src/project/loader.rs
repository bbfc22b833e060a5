//! Bytes to text: reads each file once and says what is wrong with it.
use super::{Files, OutsideProject, normalise, parent};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::read::closest as nearest;
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;
use std::io;

/// Reads files of a project into [`Sources`].
pub struct Loader<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    seen: BTreeMap<String, Option<FileId>>,
}

impl<'a> Loader<'a> {
    /// A loader that has read nothing yet.
    pub fn new(files: &'a dyn Files, sources: &'a mut Sources) -> Self {
        Self {
            files,
            sources,
            seen: BTreeMap::new(),
        }
    }
    /// Text read so far.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        self.sources
    }
    /// The text of a file, read once however often it is asked for. `at` is where its path is written.
    pub fn load(&mut self, path: &str, at: Option<Span>, diagnostics: &mut Diagnostics) -> Option<FileId> {
        let Some(path) = normalise(path) else {
            diagnostics.push(outside(path, at));
            return None;
        };
        if let Some(known) = self.seen.get(&path) {
            return *known;
        }
        let id = match self.files.read(&path) {
            Ok(bytes) => self.decode(&path, bytes, at, diagnostics),
            Err(error) => {
                let mut fault = unreadable(&path, &error, at);
                if error.kind() == io::ErrorKind::NotFound {
                    fault.help = self.similar(&path).map(|found| format!("did you mean `{found}`?"));
                }
                diagnostics.push(fault);
                None
            }
        };
        self.seen.insert(path, id);
        id
    }
    /// Whether a file exists and may be read.
    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        self.seen.get(path).is_some_and(Option::is_some) || self.files.read(path).is_ok()
    }
    /// The file in the same folder, or else anywhere in the project, that was probably meant.
    fn similar(&self, path: &str) -> Option<String> {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let beside = self.files.list(parent(path)).unwrap_or_default();
        if let Some(found) = nearest(path, beside.iter().map(String::as_str)) {
            return Some(found.to_owned());
        }
        let all = self.files.list("").unwrap_or_default();
        let mut alike = all.iter().filter(|other| name(other) == name(path));
        alike.next().filter(|_| alike.next().is_none()).cloned()
    }
    /// All files below a folder.
    pub fn list(&self, folder: &str, at: Option<Span>, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
        match self.files.list(folder) {
            Ok(found) => Some(found),
            Err(error) => {
                diagnostics.push(unreadable(folder, &error, at));
                None
            }
        }
    }
    /// All files below a folder; none if it cannot be read.
    pub(crate) fn glance_below(&self, folder: &str) -> Vec<String> {
        self.files.list(folder).unwrap_or_default()
    }
    /// The text of a file that is not made part of what is read.
    pub(crate) fn glance(&self, path: &str) -> Option<String> {
        String::from_utf8(self.files.read(path).ok()?).ok()
    }
    fn decode(
        &mut self,
        path: &str,
        bytes: Vec<u8>,
        at: Option<Span>,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        match String::from_utf8(bytes) {
            Ok(text) => Some(self.sources.add(path, text)),
            Err(error) => {
                let position = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                let line = bytes[..position].iter().filter(|byte| **byte == b'\n').count() + 1;
                let message = format!("`{path}` is not UTF-8");
                let fault = format!("byte {position} (line {line}) is 0x{:02X}", bytes[position]);
                diagnostics.push(
                    placed("E0002", message, at)
                        .note(fault)
                        .help("save the file as UTF-8, in a spreadsheet as `CSV UTF-8`"),
                );
                None
            }
        }
    }
}

/// A path that leads out of the project.
pub(crate) fn outside(path: &str, at: Option<Span>) -> Diagnostic {
    placed("E0008", format!("`{path}` lies outside the project"), at)
        .note("paths are from the project root, and nothing outside it is read, not even through `..` or a link")
}

/// Why a file could not be read, in our words.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        _ => error.to_string(),
    }
}

fn unreadable(path: &str, error: &io::Error, at: Option<Span>) -> Diagnostic {
    if OutsideProject::is(error) {
        return outside(path, at);
    }
    placed("E0001", format!("`{path}` cannot be read: {}", reason(error)), at)
}

fn placed(code: &'static str, message: String, at: Option<Span>) -> Diagnostic {
    match at {
        Some(at) => Diagnostic::error(code, message, at, "named here"),
        None => Diagnostic::unplaced(code, message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::MemoryFiles;

    fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
        diagnostics.list().iter().map(|d| d.code).collect()
    }

    #[test]
    fn text_that_is_not_utf_8_is_refused_with_the_place_of_the_byte() {
        let files = MemoryFiles::new().with("a.toml", b"x\ny = '\xff'".to_vec());
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        assert!(
            Loader::new(&files, &mut sources)
                .load("a.toml", None, &mut diagnostics)
                .is_none()
        );
        assert_eq!(codes(&diagnostics), ["E0002"]);
        assert_eq!(diagnostics.list()[0].notes, ["byte 7 (line 2) is 0xFF"]);
    }

    #[test]
    fn a_file_is_read_once_and_a_missing_one_reported_once() {
        let files = MemoryFiles::new().with("a.toml", "x");
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let mut loader = Loader::new(&files, &mut sources);
        let first = loader.load("a.toml", None, &mut diagnostics);
        assert_eq!(first, loader.load("./a.toml", None, &mut diagnostics));
        assert!(loader.load("b.toml", None, &mut diagnostics).is_none());
        assert!(loader.load("b.toml", None, &mut diagnostics).is_none());
        assert_eq!(codes(&diagnostics), ["E0001"]);
        assert_eq!(sources.files().len(), 1);
    }
}
