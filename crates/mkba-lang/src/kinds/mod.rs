//! The one table of kinds and keys. The reader checks files against it, suggestions come from it, and schema and reference page are made from it.
mod behaviour;
mod data;
mod ledger;
mod study;
mod value_type;

pub use value_type::{RANGE, ValueType};

/// In which file a kind may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `mkba.toml`
    Project,
    /// Any file of a model folder.
    Model,
    /// A study file.
    Study,
    /// A scenario file.
    Scenario,
}

impl Place {
    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "`mkba.toml`",
            Self::Model => "a model file",
            Self::Study => "a study file",
            Self::Scenario => "a scenario file",
        }
    }
}

/// How many a file may hold of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One table `[kind]` with the keys.
    Single,
    /// Tables `[kind.NAME]` with a name that a formula can use.
    Named,
    /// Tables `[kind.NAME]` with a name that no formula uses: hyphens are allowed.
    Labelled,
}

/// A key of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Name.
    pub name: &'static str,
    /// What its value must be.
    pub value: ValueType,
    /// Whether it must be there.
    pub required: bool,
    /// One sentence for the reference page.
    pub doc: &'static str,
}

/// A kind of declaration.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Name of its table.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// Single or named.
    pub form: Form,
    /// Its keys, in the order of the reference page and in which `mkba fmt` writes them.
    pub keys: &'static [Key],
    /// Groups of keys of which at least one must be there.
    pub one_of: &'static [&'static [&'static str]],
    /// Key for which a bare value stands: `[driver] x = "2 %/year"` is `x = { value = "2 %/year" }`.
    pub bare: Option<&'static str>,
    /// Whether its names share the one namespace of formulas.
    pub in_formulas: bool,
    /// One sentence for the reference page.
    pub doc: &'static str,
}

impl Kind {
    /// The key of a name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
    /// As it is written at the head of a table: `[flow.NAME]`.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.form {
            Form::Single => format!("[{}]", self.name),
            Form::Named | Form::Labelled => format!("[{}.NAME]", self.name),
        }
    }
}

/// A key that must be there.
const fn required(name: &'static str, value: ValueType, doc: &'static str) -> Key {
    Key {
        name,
        value,
        required: true,
        doc,
    }
}

/// A key that may be left out.
const fn optional(name: &'static str, value: ValueType, doc: &'static str) -> Key {
    Key {
        name,
        value,
        required: false,
        doc,
    }
}

/// All kinds, in the order of the reference page.
pub const KINDS: &[&Kind] = &[
    &study::PROJECT,
    &data::MODEL,
    &data::UNIT,
    &data::INDEX,
    &data::PARTY,
    &data::PARAMETER,
    &data::DEPENDENCE,
    &data::DRIVER,
    &data::SERIES,
    &data::DEFLATOR,
    &behaviour::LEVER,
    &behaviour::VARIABLE,
    &behaviour::STOCK,
    &behaviour::GATE,
    &behaviour::LIMIT,
    &ledger::FLOW,
    &ledger::GROUP,
    &ledger::APPORTIONMENT,
    &ledger::UNPRICED,
    &behaviour::MEASURE,
    &study::CHECKLIST_OF_MODEL,
    &study::STUDY,
    &study::DISCOUNT,
    &study::INLINE_SCENARIO,
    &study::ALTERNATIVE,
    &study::CHECKLIST,
    &study::INTERACTION,
    &study::SWEEP,
    &study::AXIS,
    &study::SCENARIO,
    &study::DRIVER_VALUE,
];

/// `[defaults.KIND]` may stand in every file: its keys are those of the kind, and each declaration of that kind in the file gets them unless it has its own.
pub const DEFAULTS: &str = "defaults";

/// The languages of a label.
pub const LANGUAGES: &[Key] = &[
    optional("nl", ValueType::Text, "Dutch."),
    optional("en", ValueType::Text, "English."),
];

/// The kind of a name in a place.
#[must_use]
pub fn kind(name: &str, place: Place) -> Option<&'static Kind> {
    KINDS
        .iter()
        .copied()
        .find(|kind| kind.name == name && kind.place == place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_and_key_is_named_once_and_documented() {
        let mut kinds = BTreeSet::new();
        for kind in KINDS {
            assert!(kinds.insert((kind.name, kind.place.name())), "{} twice", kind.name);
            assert!(!kind.doc.is_empty(), "{}", kind.name);
            let mut keys = BTreeSet::new();
            for key in kind.keys {
                assert!(keys.insert(key.name), "{}.{} twice", kind.name, key.name);
                assert!(key.doc.ends_with('.'), "{}.{}", kind.name, key.name);
            }
        }
    }

    #[test]
    fn alternatives_of_a_group_and_bare_keys_exist_and_are_not_required() {
        for kind in KINDS {
            for name in kind.one_of.iter().copied().flatten().chain(kind.bare.iter()) {
                let key = kind
                    .key(name)
                    .unwrap_or_else(|| panic!("{}.{name} does not exist", kind.name));
                assert!(!key.required, "{}.{name}", kind.name);
            }
        }
    }
}
