//! What a name means, where it is declared, and what could be written at a place.
use super::documents::{Documents, Project};
use super::place::{byte, range};
use mkba_lang::FUNCTIONS;
use mkba_lang::kinds::{DEFAULTS, KINDS, Key, Kind, Place, ValueType, kind};
use mkba_lang::project::Files;
use mkba_lang::read::{Outlined, outline};
use mkba_lang::unit::built_in;
use serde_json::{Value, json};
use std::ops::Range;

/// A place in an open file.
pub struct Answers<'d> {
    project: Project<'d>,
    text: String,
    place: Place,
    at: usize,
}

/// A declaration with its file.
struct Declared {
    path: String,
    text: String,
    what: Outlined,
}

impl<'d> Answers<'d> {
    /// A place by line and character; `None` outside a project.
    pub fn at(documents: &'d Documents, uri: &str, line: usize, character: usize) -> Option<Self> {
        let project = documents.project(uri)?;
        let text = project.text(&project.path)?;
        let at = byte(&text, line, character);
        let place = place_of(&text);
        Some(Self {
            project,
            text,
            place,
            at,
        })
    }

    /// The declaration of a name as it is written, or what a key or function is for.
    pub fn hover(&self) -> Option<Value> {
        let word = self.word()?;
        let name = &self.text[word.clone()];
        let markdown = if let Some(key) = self.key_of_line(&word) {
            format!("`{}`: {}\n\n{}", key.name, key.value.describe(), key.doc)
        } else if let Some(found) = self.declared().into_iter().find(|found| found.what.name == name) {
            let written = &found.text[found.what.at.clone()];
            let defaults = defaults(&found).map(|text| format!("\n\n{text}")).unwrap_or_default();
            format!(
                "{} in `{}`\n\n```toml\n{written}{defaults}\n```",
                found.what.kind.doc, found.path
            )
        } else if let Some((name, arguments)) = FUNCTIONS.iter().find(|(function, _)| *function == name) {
            format!("`{name}({})`", arguments.join(", "))
        } else {
            KINDS
                .iter()
                .find(|kind| kind.name == name && kind.place == self.place)?
                .doc
                .to_owned()
        };
        Some(json!({ "contents": { "kind": "markdown", "value": markdown }, "range": range(&self.text, word) }))
    }

    /// Where the name under the pointer is declared.
    pub fn definition(&self) -> Option<Value> {
        let name = &self.text[self.word()?];
        let found = self.declared().into_iter().find(|found| found.what.name == name)?;
        Some(json!({ "uri": self.project.uri(&found.path), "range": range(&found.text, found.what.name_at) }))
    }

    /// Kinds after `[`, keys at the start of a line, words of a choice, and otherwise names, functions and units.
    pub fn completion(&self) -> Value {
        let line_start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        let before = self.text[line_start..self.at].trim_start();
        let section = self.kind_here();
        let items: Vec<Value> = if before.starts_with('[') {
            KINDS
                .iter()
                .filter(|kind| kind.place == self.place)
                .map(|kind| item(kind.name, 7, &kind.heading(), kind.doc))
                .collect()
        } else if !before.contains('=') {
            let keys = section.map(|kind| kind.keys).unwrap_or_default();
            keys.iter()
                .map(|key| item(key.name, 10, &key.value.describe(), key.doc))
                .collect()
        } else {
            let key = before.split('=').next().unwrap_or_default().trim();
            match section.and_then(|kind| kind.key(key)).map(|key| key.value) {
                Some(ValueType::Choice(words)) => words.iter().map(|word| item(word, 20, "", "")).collect(),
                _ => self.words(),
            }
        };
        json!({ "isIncomplete": false, "items": items })
    }

    fn words(&self) -> Vec<Value> {
        let declared = self.declared();
        let names = declared.iter().map(|found| {
            let written = &found.text[found.what.at.clone()];
            item(
                &found.what.name,
                if found.what.kind.name == "unit" { 11 } else { 6 },
                found.what.kind.name,
                &format!("```toml\n{written}\n```"),
            )
        });
        let functions = FUNCTIONS
            .iter()
            .map(|(name, arguments)| item(name, 3, &format!("{name}({})", arguments.join(", ")), ""));
        let units = built_in().flat_map(|(name, prefixes)| {
            let prefixed = prefixes.into_iter().map(move |prefix| format!("{prefix}{name}"));
            std::iter::once(name.to_owned()).chain(prefixed)
        });
        let units = units
            .filter(|name| name != "1" && name != "%")
            .map(|name| item(&name, 11, "unit", ""));
        names.chain(functions).chain(units).collect()
    }

    /// Everything that the model declares, and the file itself; names that formulas use first.
    fn declared(&self) -> Vec<Declared> {
        let mut paths = vec![(self.project.path.clone(), self.place)];
        let folder = self.project.model();
        let files = folder
            .and_then(|folder| self.project.list(&folder).ok())
            .unwrap_or_default();
        paths.extend(
            files
                .into_iter()
                .filter(|path| path.ends_with(".toml") && *path != self.project.path)
                .map(|path| (path, Place::Model)),
        );
        let mut found = Vec::new();
        for (path, place) in paths {
            let Some(text) = self.project.text(&path) else { continue };
            if place_of(&text) != place {
                continue;
            }
            found.extend(outline(&text, place).into_iter().map(|what| Declared {
                path: path.clone(),
                text: text.clone(),
                what,
            }));
        }
        found.retain(|found| found.what.kind.form != mkba_lang::kinds::Form::Single);
        // A scenario gives the value of a driver; the model declares it.
        found.sort_by_key(|found| (found.what.kind.place != Place::Model, !found.what.kind.in_formulas));
        found
    }

    /// The name under the pointer: letters, digits, `_` and, outside a formula, `-`.
    fn word(&self) -> Option<Range<usize>> {
        let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let start = self.text[..self.at]
            .rfind(|letter| !part(letter))
            .map_or(0, |at| at + self.text[at..].chars().next().map_or(1, char::len_utf8));
        let end = self.text[self.at..]
            .find(|letter| !part(letter))
            .map_or(self.text.len(), |at| self.at + at);
        (start < end).then_some(start..end)
    }

    /// The key that a line begins with, if the pointer is on it.
    fn key_of_line(&self, word: &Range<usize>) -> Option<&'static Key> {
        let line_start = self.text[..word.start].rfind('\n').map_or(0, |at| at + 1);
        let first = self.text[line_start..word.start].trim().is_empty();
        let follows = self.text[word.end..].trim_start_matches([' ', '\t']).starts_with('=');
        if !first || !follows {
            return None;
        }
        self.kind_here()?.key(&self.text[word.clone()])
    }

    /// The kind of the table that the place is in: that of the heading above it.
    fn kind_here(&self) -> Option<&'static Kind> {
        let above = self.text[..self.at]
            .lines()
            .rev()
            .find_map(|line| line.trim_start().strip_prefix('['))?;
        let above = above.strip_prefix("defaults.").unwrap_or(above);
        kind(above.split(['.', ']']).next()?.trim(), self.place)
    }
}

/// The table in the file of a declaration that gives keys to all of its kind, such as a source.
fn defaults(found: &Declared) -> Option<&str> {
    let heading = format!("[{DEFAULTS}.{}]", found.what.kind.name);
    let start = found.text.find(&heading)?;
    let section = found.text[start..].split("\n[").next()?;
    Some(section.trim_end())
}

/// The kind of file by what it holds.
fn place_of(text: &str) -> Place {
    let has = |heading: &str| text.lines().any(|line| line.trim_start().starts_with(heading));
    if has("[project]") {
        Place::Project
    } else if has("[study]") {
        Place::Study
    } else if has("[scenario]") {
        Place::Scenario
    } else {
        Place::Model
    }
}

fn item(label: &str, kind: u8, detail: &str, markdown: &str) -> Value {
    json!({ "label": label, "kind": kind, "detail": detail, "documentation": { "kind": "markdown", "value": markdown } })
}
