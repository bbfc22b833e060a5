//! Which names are declared, and that each is declared once.
use super::entry::Entry;
use super::reader::Reader;
use super::tree::Node;
use crate::declarations::Name;
use crate::diagnostic::Diagnostic;
use crate::kinds::Form;
use crate::source::Span;
use crate::syntax::KEYWORDS;
use crate::typing::FUNCTIONS;
use std::collections::BTreeMap;

/// Words that no declaration may take beside the functions: built-in values, and functions that are specified and not built yet (specification section 3).
const RESERVED: [&str; 5] = ["elapsed", "nominal", "now", "real", "since_opening"];

/// Whether a word is a function or value that formulas know by themselves.
fn is_built_in(word: &str) -> bool {
    RESERVED.contains(&word) || FUNCTIONS.iter().any(|(name, _)| *name == word)
}

impl Reader<'_> {
    /// Registers the names of a model and reports those that are taken or cannot be used.
    pub fn register(&mut self, entries: &[Entry]) {
        let mut in_formulas: BTreeMap<String, (&'static str, Span)> = BTreeMap::new();
        for entry in entries {
            let kind = entry.kind;
            let name = &entry.name;
            let first = self.names.entry(kind.name).or_default().get(&name.value).copied();
            if let Some(first) = first {
                let what = if kind.form == Form::Single {
                    format!("`[{}]` is given twice", kind.name)
                } else {
                    format!("{} `{}` is declared twice", kind.name, name.value)
                };
                self.report(Diagnostic::error("E0010", what, name.span, "again").and(first, "first"));
                self.faulty.insert(name.value.clone());
                continue;
            }
            self.names
                .entry(kind.name)
                .or_default()
                .insert(name.value.clone(), name.span);
            if kind.form == Form::Single {
                continue;
            }
            self.check_word(kind.name, name);
            if kind.in_formulas {
                self.claim(&mut in_formulas, kind.name, name);
            }
            if kind.name == "index" {
                for (column, _) in entry.get("columns").and_then(Node::table).unwrap_or_default() {
                    self.check_word("column", column);
                    self.claim(&mut in_formulas, "column", column);
                }
            }
        }
    }
    /// One namespace for all that a formula can name.
    fn claim(&mut self, taken: &mut BTreeMap<String, (&'static str, Span)>, kind: &'static str, name: &Name) {
        if let Some((before, first)) = taken.get(&name.value) {
            self.faulty.insert(name.value.clone());
            let message = format!("`{}` is both a {before} and a {kind}", name.value);
            let note = "all that a formula can name shares one namespace";
            self.report(
                Diagnostic::error("E0010", message, name.span, kind)
                    .and(*first, *before)
                    .note(note),
            );
            return;
        }
        taken.insert(name.value.clone(), (kind, name.span));
    }
    /// A name is no keyword, and in formulas neither a unit nor built in.
    fn check_word(&mut self, kind: &str, name: &Name) {
        let word = name.value.as_str();
        let free = matches!(
            kind,
            "party"
                | "flow"
                | "group"
                | "apportionment"
                | "checklist"
                | "unpriced"
                | "measure"
                | "alternative"
                | "scenario"
        );
        let taken = if free {
            None
        } else if KEYWORDS.contains(&word) {
            Some("a keyword of formulas")
        } else if is_built_in(word) {
            Some("built in")
        } else if kind != "unit" && self.units.is_unit(word) {
            Some("a unit")
        } else {
            None
        };
        if let Some(taken) = taken {
            let message = format!("`{word}` cannot be the name of a {kind}: it is {taken}");
            self.report(Diagnostic::error("E0211", message, name.span, taken));
        }
    }
}
