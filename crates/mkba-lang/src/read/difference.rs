//! How two studies differ, declaration by declaration and key by key.
use super::entry::Entry;
use super::tree::{Node, NodeKind};
use super::written::{Home, Replacement, Written};
use crate::declarations::Text;
use crate::kinds::ValueType;
use crate::source::{SourceFile, Sources, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A declaration that is not the same in two studies.
#[derive(Debug, Clone)]
pub struct Difference {
    /// To which part of the study it belongs.
    pub home: Home,
    /// Its kind.
    pub kind: &'static str,
    /// Its name; that of the kind when there is only one.
    pub name: String,
    /// What tables call it.
    pub label: Text,
    /// The keys that differ; all of them when only one study has the declaration.
    pub keys: Vec<KeyDifference>,
    /// Names in its texts, before and after.
    pub mentions: BTreeSet<String>,
    before: Option<Entry>,
    after: Option<Entry>,
}

/// A key that is not the same.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyDifference {
    /// The key; of a data file the key that names it, with row and column behind it.
    pub key: String,
    /// What the first study says.
    pub before: Option<Stated>,
    /// What the second study says.
    pub after: Option<Stated>,
    /// Whether it is about words alone: labels, sources, notes.
    pub only_words: bool,
}

/// A value in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// As one writes it.
    pub text: String,
    /// Path of the file, from its project root.
    pub path: String,
    /// Line, counted from 1.
    pub line: usize,
}

/// Keys whose values no number depends on.
const WORDS: &[&str] = &[
    "label",
    "source",
    "assumption",
    "confidence",
    "placeholder",
    "review",
    "reason",
    "why",
    "explanation",
    "charge",
    "department",
    "pillar",
    "indicator",
];
/// Kinds of which no balance depends.
const KINDS_OF_WORDS: &[&str] = &["checklist", "unpriced", "interaction", "sweep", "axis"];
/// Keys of the study that say where things are, or how it is run, which is compared by itself.
const OF_THE_RUN: &[&str] = &["model", "scenarios", "draws", "seed", "design", "rulebook", "gates"];

impl Difference {
    /// Whether only the second study has it.
    #[must_use]
    pub fn is_added(&self) -> bool {
        self.before.is_none()
    }

    /// Whether only the first study has it.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.after.is_none()
    }

    /// Whether it is about words alone.
    #[must_use]
    pub fn only_words(&self) -> bool {
        self.keys.iter().all(|key| key.only_words)
    }

    pub(super) fn replacement(&self) -> Replacement {
        Replacement {
            home: self.home.clone(),
            kind: self.kind,
            name: self.name.clone(),
            with: self.after.clone(),
        }
    }
}

/// All differences between two studies whose files are in `sources`, in order of home, kind and name.
#[must_use]
pub fn differences(before: &Written, after: &Written, sources: &Sources) -> Vec<Difference> {
    type Key<'w> = (&'w Home, &'static str, &'w str);
    let by_name = |written: &'_ Written| -> BTreeMap<(Home, &'static str, String), Entry> {
        let entries = written.entries.iter().rev();
        entries
            .map(|(home, entry)| ((home.clone(), entry.kind.name, entry.name.value.clone()), entry.clone()))
            .collect()
    };
    let (old, new) = (by_name(before), by_name(after));
    let names: BTreeSet<Key<'_>> = old
        .keys()
        .chain(new.keys())
        .map(|(home, kind, name)| (home, *kind, name.as_str()))
        .collect();
    let mut found = Vec::new();
    for (home, kind, name) in names {
        let key = (home.clone(), kind, name.to_owned());
        let (old, new) = (old.get(&key), new.get(&key));
        let keys = key_differences((old, before), (new, after), home, sources);
        let Some(labelled) = new.or(old).filter(|_| !keys.is_empty()) else {
            continue;
        };
        found.push(Difference {
            home: home.clone(),
            kind,
            name: name.to_owned(),
            label: labelled.label(),
            keys,
            mentions: [old, new].into_iter().flatten().flat_map(mentions).collect(),
            before: old.cloned(),
            after: new.cloned(),
        });
    }
    found
}

/// Texts that two files state differently by dotted key, such as two rulebooks. Each file is a path and its text.
#[must_use]
pub fn text_differences(before: Option<(&str, &str)>, after: Option<(&str, &str)>) -> Vec<KeyDifference> {
    let mut sources = Sources::default();
    let mut flat = |file: Option<(&str, &str)>| -> BTreeMap<String, Stated> {
        let Some((path, text)) = file else {
            return BTreeMap::new();
        };
        let id = sources.add(path, text);
        let mut found = BTreeMap::new();
        if let Some(tree) = super::tree::parse(id, text, &mut crate::diagnostic::Diagnostics::default()) {
            flatten(String::new(), &tree, &mut |key, node| {
                found.insert(key, stated(node, sources.file(id)));
            });
        }
        found
    };
    let (old, new) = (flat(before), flat(after));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let pairs = keys.into_iter().map(|key| (key, old.get(key), new.get(key)));
    pairs
        .filter(|(_, old, new)| old.map(|it| &it.text) != new.map(|it| &it.text))
        .map(|(key, before, after)| KeyDifference {
            key: key.clone(),
            before: before.cloned(),
            after: after.cloned(),
            only_words: false,
        })
        .collect()
}

/// Every value that is no table, with its dotted key.
fn flatten(key: String, node: &Node, each: &mut impl FnMut(String, &Node)) {
    let Some(entries) = node.table() else {
        return each(key, node);
    };
    for (name, node) in entries {
        let dotted = if key.is_empty() {
            name.value.clone()
        } else {
            format!("{key}.{}", name.value)
        };
        flatten(dotted, node, each);
    }
}

fn key_differences(
    (old, before): (Option<&Entry>, &Written),
    (new, after): (Option<&Entry>, &Written),
    home: &Home,
    sources: &Sources,
) -> Vec<KeyDifference> {
    let Some(kind) = old.or(new).map(|entry| entry.kind) else {
        return Vec::new();
    };
    let words_only = KINDS_OF_WORDS.contains(&kind.name);
    let of_a_study = *home == Home::Study;
    let mut found = Vec::new();
    for key in kind.keys {
        let elsewhere = of_a_study
            && (kind.name == "study" && OF_THE_RUN.contains(&key.name)
                || kind.name == "scenario" && key.name == "driver");
        if elsewhere {
            continue;
        }
        let [a, b] = [old, new].map(|entry| entry.and_then(|entry| entry.get(key.name)));
        let told = |node: Option<&Node>| node.map(|node| stated(node, sources.file(node.span.file)));
        let only_words = words_only || WORDS.contains(&key.name);
        let data =
            [(a, before), (b, after)].map(|(node, written)| node.and_then(|node| data_file(node, written, sources)));
        let same = match (a, b) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => true,
            _ => false,
        };
        // The path of a data file says nothing by itself.
        let is_path = matches!(key.value, ValueType::Path) && data.iter().all(Option::is_some);
        if !same && !is_path {
            found.push(KeyDifference {
                key: key.name.to_owned(),
                before: told(a),
                after: told(b),
                only_words,
            });
        }
        if let [Some(a), Some(b)] = data
            && a.hash != b.hash
        {
            let first = super::cells::differences(a, b);
            found.extend(first.into_iter().map(|cell| KeyDifference {
                key: format!("{} {}", key.name, cell.key),
                ..cell
            }));
        }
    }
    found
}

/// The data file that a value names.
fn data_file<'s>(node: &Node, written: &Written, sources: &'s Sources) -> Option<&'s SourceFile> {
    let is_in = |span: &Span| span.file == node.span.file && node.span.start <= span.start && span.end <= node.span.end;
    let named = written.data.iter().find(|(span, _)| is_in(span));
    named.map(|(_, file)| sources.file(*file))
}

fn stated(node: &Node, file: &SourceFile) -> Stated {
    Stated {
        text: shown(node),
        path: file.path.clone(),
        line: file.position(node.span.start as usize).line,
    }
}

/// A value on one line.
fn shown(node: &Node) -> String {
    match &node.kind {
        NodeKind::Text(content) => content.text.split_whitespace().collect::<Vec<_>>().join(" "),
        NodeKind::Integer(Some(number)) => number.to_string(),
        NodeKind::Integer(None) => "…".to_owned(),
        NodeKind::Float(number) => number.to_string(),
        NodeKind::Flag(flag) => flag.to_string(),
        NodeKind::Date(date) => date.map_or_else(|| "…".to_owned(), |date| date.to_string()),
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Table(entries) => {
            let entries = entries
                .iter()
                .map(|(key, node)| format!("{} = {}", key.value, shown(node)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether two values are the same, wherever they stand. The order of the keys of a table does not count.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::Text(a), NodeKind::Text(b)) => a.text == b.text,
        (NodeKind::List(a), NodeKind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (NodeKind::Table(first), NodeKind::Table(second)) => {
            first.len() == second.len()
                && first
                    .iter()
                    .all(|(key, node)| b.get(&key.value).is_some_and(|other| same(node, other)))
        }
        _ => match (a.number(), b.number()) {
            (Some(a), Some(b)) => a.to_bits() == b.to_bits(),
            _ => a.kind == b.kind,
        },
    }
}

/// Words of the texts of an entry that may be names.
fn mentions(entry: &Entry) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, node) in &entry.keys {
        flatten(String::new(), node, &mut |key, node| {
            found.insert(key.rsplit('.').next().unwrap_or_default().to_owned());
            let text = shown(node);
            let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
            found.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(differences: &[KeyDifference]) -> Vec<String> {
        let text = |stated: &Option<Stated>| {
            let stated = stated.as_ref();
            stated.map_or_else(|| "-".to_owned(), |it| format!("{}@{}", it.text, it.line))
        };
        let all = differences.iter();
        all.map(|it| format!("{}: {} {}", it.key, text(&it.before), text(&it.after)))
            .collect()
    }

    #[test]
    fn two_files_differ_in_keys_wherever_they_stand() {
        let old = "a = 1\n[b]\nc = [1, 2]\nd = 'x'\n";
        let new = "[b]\nd = 'y'\nc = [1, 2]\n[e]\nf = true\n";
        let found = text_differences(Some(("r.toml", old)), Some(("r.toml", new)));
        assert_eq!(told(&found), ["a: 1@1 -", "b.d: x@4 y@2", "e.f: - true@5"]);
        assert!(text_differences(Some(("r", old)), Some(("s", old))).is_empty());
    }
}
