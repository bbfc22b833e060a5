//! What all parts of the reader share: files, known names, units and the faults found so far.
use super::entry::Entry;
use super::suggestion;
use super::tree::{self, Node};
use super::written::{Other, Written, in_other};
use crate::declarations::{Name, Setting};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::project::{Loader, join, normalise};
use crate::source::{FileId, Span};
use crate::unit::UnitNames;
use std::collections::{BTreeMap, BTreeSet};

/// State of reading one study or model.
pub struct Reader<'a> {
    /// The files.
    pub loader: Loader<'a>,
    /// Faults found so far.
    pub diagnostics: &'a mut Diagnostics,
    /// Words that are units.
    pub units: UnitNames,
    /// Declared names with their places, per kind.
    pub names: BTreeMap<&'static str, BTreeMap<String, Span>>,
    /// Folder of the model, from the project root.
    pub folder: String,
    /// Names in the files of the model that may stand for a value, whether or not their declarations are right.
    pub mentioned: BTreeSet<String>,
    /// Names whose declarations are faulty in a way that may lead to false faults where they are used.
    pub faulty: BTreeSet<String>,
    /// Values in place of those in the files.
    pub settings_of_point: Vec<Setting>,
    /// Declarations of another study in place of those in the files.
    pub other: Option<Other>,
    /// Everything as it is written, when that is asked for.
    pub written: Option<Written>,
}

/// How a reference to a kind is called when it fails.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// Kind that must declare the name.
    pub kind: &'static str,
    /// What the name is, in words.
    pub what: &'static str,
    /// Code of the error.
    pub code: &'static str,
}

/// An index set.
pub const INDEX: Reference = Reference {
    kind: "index",
    what: "index set",
    code: "E0202",
};
/// A party.
pub const PARTY: Reference = Reference {
    kind: "party",
    what: "party",
    code: "E0205",
};
/// A lever.
pub const LEVER: Reference = Reference {
    kind: "lever",
    what: "lever",
    code: "E0206",
};
/// A measure.
pub const MEASURE: Reference = Reference {
    kind: "measure",
    what: "measure",
    code: "E0207",
};
/// A parameter, as a member of a dependence.
pub const PARAMETER: Reference = Reference {
    kind: "parameter",
    what: "parameter",
    code: "E0235",
};
/// A flow.
pub const FLOW: Reference = Reference {
    kind: "flow",
    what: "flow",
    code: "E0250",
};
/// A group.
pub const GROUP: Reference = Reference {
    kind: "group",
    what: "group",
    code: "E0251",
};
/// A deflator.
pub const DEFLATOR: Reference = Reference {
    kind: "deflator",
    what: "deflator",
    code: "E0224",
};

impl<'a> Reader<'a> {
    /// A reader that has read nothing yet.
    pub fn new(loader: Loader<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            loader,
            diagnostics,
            units: UnitNames::new(Vec::<String>::new()),
            names: BTreeMap::new(),
            folder: String::new(),
            mentioned: BTreeSet::new(),
            faulty: BTreeSet::new(),
            settings_of_point: Vec::new(),
            other: None,
            written: None,
        }
    }
    /// Number of errors so far.
    pub fn errors(&self) -> usize {
        super::errors(self.diagnostics)
    }
    /// Adds a fault.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
    /// The tree of a TOML file.
    pub fn tree(&mut self, path: &str, at: Option<Span>) -> Option<Node> {
        let file = self.loader.load(path, at, self.diagnostics)?;
        let text = self.loader.sources().file(file).text.clone();
        tree::parse(file, &text, self.diagnostics)
    }
    /// A data file that the model names: below the model folder, or else from the project root.
    pub fn data_file(&mut self, path: &Name) -> Option<FileId> {
        // A declaration of another study has the data of its own project.
        let other = self.other_of(path.span).map(|other| other.folder.clone());
        let folder = other.as_ref().unwrap_or(&self.folder);
        let places: Vec<String> = [join(folder, &path.value), normalise(&path.value)]
            .into_iter()
            .flatten()
            .map(|place| if other.is_some() { in_other(&place) } else { place })
            .collect();
        let place = places.iter().find(|place| self.loader.exists(place)).or(places.first());
        let place = place.unwrap_or(&path.value).clone();
        let file = self.loader.load(&place, Some(path.span), self.diagnostics)?;
        if let Some(written) = &mut self.written {
            written.data.push((path.span, file));
        }
        Some(file)
    }
    /// The names of a kind.
    pub fn known(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.names
            .get(kind)
            .into_iter()
            .flat_map(|names| names.keys().map(String::as_str))
    }
    /// Whether a kind declares a name; reports it if not.
    pub fn refers(&mut self, reference: Reference, name: &Name) -> bool {
        if self
            .names
            .get(reference.kind)
            .is_some_and(|names| names.contains_key(&name.value))
        {
            return true;
        }
        let message = format!("no {} `{}`", reference.what, name.value);
        let mut diagnostic = Diagnostic::error(reference.code, message, name.span, "not declared");
        diagnostic.help = suggestion::help(&name.value, self.known(reference.kind));
        self.report(diagnostic);
        false
    }
    /// Names in a key that a kind declares; others are reported.
    pub fn known_names(&mut self, entry: &Entry, key: &str, reference: Reference) -> Vec<Name> {
        let names = entry.names(key).into_iter();
        names.filter(|name| self.refers(reference, name)).collect()
    }
    /// Index sets named in `over`; `None` when the key is absent.
    pub fn over(&mut self, entry: &Entry) -> Option<Vec<Name>> {
        entry.get("over")?;
        let names = entry.names("over");
        let (count, known) = (names.len(), names.into_iter().filter(|name| self.refers(INDEX, name)));
        let known: Vec<Name> = known.collect();
        if known.len() < count {
            self.faulty.insert(entry.name.value.clone());
        }
        Some(known)
    }
}
