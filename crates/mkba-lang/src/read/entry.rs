//! Tables of a file as entries of known kinds: keys known, required ones there, values of the right type.
use super::suggestion;
use super::tree::{Node, NodeKind};
use super::typecheck::check;
use crate::declarations::{Name, Text};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kinds::{DEFAULTS, Form, KINDS, Kind, Place, kind};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// One declaration as written, checked against the table of kinds.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its name; for a single table the name of the kind.
    pub name: Name,
    /// Its keys with values of the right type, defaults of the file included.
    pub keys: Vec<(Name, Node)>,
}

impl Entry {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.keys
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, node)| node)
    }
    /// Where a key is written, else where the declaration is.
    pub fn key_span(&self, key: &str) -> Span {
        let found = self.keys.iter().find(|(name, _)| name.value == key);
        found.map_or(self.name.span, |(name, _)| name.span)
    }
    /// Text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }
    /// Text of a key, empty when it is absent.
    pub fn text_or_empty(&self, key: &str) -> String {
        self.text(key).unwrap_or_default().to_owned()
    }
    /// A name in a key.
    pub fn name(&self, key: &str) -> Option<Name> {
        self.get(key)?.name()
    }
    /// Names in a key; none when it is absent.
    pub fn names(&self, key: &str) -> Vec<Name> {
        self.get(key).map(names).unwrap_or_default()
    }
    /// A flag in a key.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)?.kind {
            NodeKind::Flag(flag) => Some(flag),
            _ => None,
        }
    }
    /// A whole number in a key.
    pub fn whole(&self, key: &str) -> Option<Spanned<u64>> {
        whole(self.get(key)?)
    }
    /// A year in a key.
    pub fn year(&self, key: &str) -> Option<Spanned<i32>> {
        year(self.get(key)?)
    }
    /// A number in a key.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }
    /// Its label in both languages; its name when it has none.
    pub fn label(&self) -> Text {
        self.get("label").map_or_else(
            || Text {
                nl: self.name.value.clone(),
                en: self.name.value.clone(),
            },
            |node| label(node, &self.name.value),
        )
    }
    /// How it is written: `[flow.rent]`.
    pub fn heading(&self) -> String {
        heading(self.kind, &self.name.value)
    }
}

/// The names in a list, or one in text.
pub fn names(node: &Node) -> Vec<Name> {
    match &node.kind {
        NodeKind::List(items) => items.iter().filter_map(Node::name).collect(),
        _ => node.name().into_iter().collect(),
    }
}

/// A whole number that is not negative.
pub fn whole(node: &Node) -> Option<Spanned<u64>> {
    match node.kind {
        NodeKind::Integer(Some(number)) => Some(Spanned {
            value: u64::try_from(number).ok()?,
            span: node.span,
        }),
        _ => None,
    }
}

/// A calendar year.
pub fn year(node: &Node) -> Option<Spanned<i32>> {
    let number = whole(node)?;
    Some(Spanned {
        value: i32::try_from(number.value).ok()?,
        span: number.span,
    })
}

fn label(node: &Node, name: &str) -> Text {
    if let Some(text) = node.text() {
        return Text {
            nl: text.to_owned(),
            en: text.to_owned(),
        };
    }
    let nl = node.get("nl").and_then(Node::text);
    let en = node.get("en").and_then(Node::text);
    Text {
        nl: nl.or(en).unwrap_or(name).to_owned(),
        en: en.or(nl).unwrap_or(name).to_owned(),
    }
}

fn heading(kind: &Kind, name: &str) -> String {
    match kind.form {
        Form::Single => format!("[{}]", kind.name),
        Form::Named | Form::Labelled => format!("[{}.{name}]", kind.name),
    }
}

type Defaults = BTreeMap<&'static str, Vec<(Name, Node)>>;

/// All entries of a file, in order of writing.
pub fn entries(root: &Node, place: Place, diagnostics: &mut Diagnostics) -> Vec<Entry> {
    let tables = root.table().unwrap_or_default();
    let mut defaults = Defaults::new();
    for (name, node) in tables.iter().filter(|(name, _)| name.value == DEFAULTS) {
        read_defaults(name, node, place, &mut defaults, diagnostics);
    }
    let mut found = Vec::new();
    for (name, node) in tables.iter().filter(|(name, _)| name.value != DEFAULTS) {
        let Some(kind) = known_kind(name, place, diagnostics) else {
            continue;
        };
        let Some(table) = node.table() else {
            let message = format!("`{}` requires a table, found {}", name.value, node.describe());
            let help = format!("write `{}`", kind.heading());
            diagnostics.push(Diagnostic::error("E0013", message, name.span, "").help(help));
            continue;
        };
        let given = defaults.get(kind.name).map_or(&[][..], Vec::as_slice);
        if kind.form == Form::Single {
            found.push(entry(kind, name, table, given, diagnostics));
            continue;
        }
        for (name, node) in table {
            check_name(kind, name, diagnostics);
            match (&node.kind, kind.bare) {
                (NodeKind::Table(table), _) => found.push(entry(kind, name, table, given, diagnostics)),
                (_, Some(bare)) => {
                    let key = Spanned {
                        value: bare.to_owned(),
                        span: name.span,
                    };
                    found.push(entry(kind, name, &[(key, node.clone())], given, diagnostics));
                }
                (_, None) => {
                    let message = format!(
                        "`{}` requires a table, found {}",
                        heading(kind, &name.value),
                        node.describe()
                    );
                    diagnostics.push(Diagnostic::error("E0013", message, node.span, ""));
                }
            }
        }
    }
    found
}

/// The kind of a table. A slip of the pen is reported and read as what was probably meant, so that nothing else fails because of it.
fn known_kind(name: &Name, place: Place, diagnostics: &mut Diagnostics) -> Option<&'static Kind> {
    if let Some(found) = kind(&name.value, place) {
        return Some(found);
    }
    let here = KINDS.iter().filter(|kind| kind.place == place).map(|kind| kind.name);
    let meant = suggestion::nearest(&name.value, here);
    let message = format!("{} has no kind `{}`", place.name(), name.value);
    let mut diagnostic = Diagnostic::error("E0014", message, name.span, "unknown kind");
    if let Some(elsewhere) = KINDS.iter().find(|kind| kind.name == name.value) {
        let (heading, place) = (elsewhere.heading(), elsewhere.place.name());
        diagnostic = diagnostic.note(format!("`{heading}` stands in {place}"));
        diagnostic.labels[0].text = "not in this file".to_owned();
    }
    let all = KINDS
        .iter()
        .filter(|kind| kind.place == place)
        .map(|kind| format!("`{}`", kind.name));
    diagnostic.help = Some(match meant {
        Some(found) => format!("did you mean `{found}`?"),
        None => format!("kinds of {}: {}", place.name(), all.collect::<Vec<_>>().join(", ")),
    });
    if meant.is_none() && !diagnostic.notes.is_empty() {
        diagnostic.help = None;
    }
    diagnostics.push(diagnostic);
    kind(meant?, place)
}

fn read_defaults(name: &Name, node: &Node, place: Place, defaults: &mut Defaults, diagnostics: &mut Diagnostics) {
    let Some(kinds) = node.table() else {
        let message = format!("`defaults` requires a table, found {}", node.describe());
        diagnostics.push(Diagnostic::error("E0013", message, name.span, "").help("write `[defaults.KIND]`"));
        return;
    };
    for (name, node) in kinds {
        let Some(kind) = known_kind(name, place, diagnostics) else {
            continue;
        };
        let Some(table) = node.table() else {
            let message = format!("`defaults.{}` requires a table, found {}", name.value, node.describe());
            diagnostics.push(Diagnostic::error("E0013", message, node.span, ""));
            continue;
        };
        let heading = format!("[defaults.{}]", kind.name);
        defaults.insert(kind.name, known_keys(kind, &heading, table, diagnostics).right);
    }
}

/// Keys of a table as its kind knows them.
struct KnownKeys {
    /// Those with a value of the right type.
    right: Vec<(Name, Node)>,
    /// Names of all of them, also of those with a wrong value.
    written: Vec<&'static str>,
}

/// The keys that belong to a kind. A slip of the pen is reported and read as the key that was probably meant, so that it is not missed too.
fn known_keys(kind: &Kind, heading: &str, table: &[(Name, Node)], diagnostics: &mut Diagnostics) -> KnownKeys {
    let mut keys = KnownKeys {
        right: Vec::new(),
        written: Vec::new(),
    };
    for (key, node) in table {
        let found = kind.key(&key.value).or_else(|| {
            let names = || kind.keys.iter().map(|key| key.name);
            let message = format!("`{heading}` has no key `{}`", key.value);
            let mut diagnostic = Diagnostic::error("E0011", message, key.span, "unknown key");
            diagnostic.help = suggestion::help(&key.value, names());
            diagnostics.push(diagnostic);
            let meant = suggestion::nearest(&key.value, names())?;
            let given = table.iter().any(|(name, _)| name.value == meant) || keys.written.contains(&meant);
            kind.key(meant).filter(|_| !given)
        });
        let Some(known) = found else { continue };
        keys.written.push(known.name);
        let what = format!("`{}` of `{heading}`", key.value);
        if check(node, known.value, &what, diagnostics) {
            let name = Spanned {
                value: known.name.to_owned(),
                span: key.span,
            };
            keys.right.push((name, node.clone()));
        }
    }
    keys
}

/// A source in a declaration replaces an assumption among the defaults, and the reverse.
const RIVALS: [(&str, &str); 4] = [
    ("source", "assumption"),
    ("assumption", "source"),
    ("points", "value"),
    ("value", "points"),
];

fn entry(
    kind: &'static Kind,
    name: &Name,
    table: &[(Name, Node)],
    defaults: &[(Name, Node)],
    diagnostics: &mut Diagnostics,
) -> Entry {
    let heading = heading(kind, &name.value);
    let KnownKeys {
        right: mut keys,
        written,
    } = known_keys(kind, &heading, table, diagnostics);
    let written = |key: &str| written.contains(&key);
    for (key, node) in defaults {
        let rival = RIVALS
            .iter()
            .find(|(own, _)| *own == key.value)
            .map(|(_, rival)| *rival);
        if !written(&key.value) && !rival.is_some_and(written) {
            keys.push((key.clone(), node.clone()));
        }
    }
    let given = |key: &str| written(key) || defaults.iter().any(|(name, _)| name.value == key);
    for key in kind.keys.iter().filter(|key| key.required && !given(key.name)) {
        let message = format!("`{heading}` requires `{}`", key.name);
        let help = format!("add `{} = …`: {}", key.name, key.value.describe());
        diagnostics.push(
            Diagnostic::error("E0012", message, name.span, "")
                .note(format!("`{}`: {}", key.name, fragment(key.doc)))
                .help(help),
        );
    }
    for group in kind.one_of.iter().filter(|group| !group.iter().any(|key| given(key))) {
        let names: Vec<String> = group.iter().map(|key| format!("`{key}`")).collect();
        let message = format!("`{heading}` requires {}", names.join(" or "));
        diagnostics.push(Diagnostic::error("E0012", message, name.span, ""));
    }
    Entry {
        kind,
        name: name.clone(),
        keys,
    }
}

/// A sentence as a fragment: `Its unit.` as `its unit`.
pub fn fragment(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The name of a declaration fits its kind.
fn check_name(kind: &Kind, name: &Name, diagnostics: &mut Diagnostics) {
    let capitals = kind.name == "unit";
    check_pattern(name, capitals, kind.form == Form::Labelled, diagnostics);
}

/// An identifier of results: a model or a scenario.
pub fn check_identifier(name: &Name, diagnostics: &mut Diagnostics) {
    check_pattern(name, false, true, diagnostics);
}

fn check_pattern(name: &Name, capitals: bool, hyphens: bool, diagnostics: &mut Diagnostics) {
    let letter = |byte: u8| byte.is_ascii_lowercase() || (capitals && byte.is_ascii_uppercase());
    let further = |byte: u8| letter(byte) || byte.is_ascii_digit() || byte == b'_' || (hyphens && byte == b'-');
    let mut bytes = name.value.bytes();
    if bytes.next().is_some_and(letter) && bytes.all(further) {
        return;
    }
    let pattern = match (capitals, hyphens) {
        (true, _) => "a letter, then letters, digits and `_`",
        (_, true) => "a lowercase letter, then lowercase letters, digits, `_` and `-`",
        _ => "a lowercase letter, then lowercase letters, digits and `_`",
    };
    let message = format!("`{}` cannot be a name", name.value);
    diagnostics.push(Diagnostic::error("E0211", message, name.span, "").note(format!("a name is {pattern}")));
}
