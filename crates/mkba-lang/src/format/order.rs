//! In which order the keys of a declaration are written: that of the table of kinds.
use crate::kinds::{DEFAULTS, Form, Key, Place, kind};
use toml_edit::Table;

/// Kinds that a file may hold.
pub struct Kinds {
    place: Place,
}

impl Kinds {
    /// The kinds of the place that a file is: what marks a study, scenario or project, and else a file of a model.
    pub fn of(root: &Table) -> Self {
        let marks = [
            ("study", Place::Study),
            ("scenario", Place::Scenario),
            ("project", Place::Project),
        ];
        let place = marks.into_iter().find(|(mark, _)| root.contains_key(mark));
        Self {
            place: place.map_or(Place::Model, |(_, place)| place),
        }
    }

    /// Whether a table of this name may stand in the file.
    pub fn has(&self, word: &str) -> bool {
        word == DEFAULTS || kind(word, self.place).is_some()
    }

    /// The keys of a table in their order; `None` when it is no declaration, such as `[parameter]` with one parameter a line.
    pub fn keys(&self, path: &[String]) -> Option<&'static [Key]> {
        match path {
            [word] => kind(word, self.place).filter(|kind| kind.form == Form::Single),
            [defaults, word] if defaults == DEFAULTS => kind(word, self.place),
            [word, _] => kind(word, self.place).filter(|kind| kind.form != Form::Single),
            _ => None,
        }
        .map(|kind| kind.keys)
    }
}
