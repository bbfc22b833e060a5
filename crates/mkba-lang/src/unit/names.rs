//! Which words are units.
use super::builtin;
use std::collections::BTreeSet;

/// The set of known unit names, built-in ones with their prefixes and those that a model declares.
///
/// ```
/// use mkba_lang::unit::UnitNames;
/// let names = UnitNames::new(["m2", "fte"]);
/// assert!(names.is_unit("MEUR") && names.is_unit("m2") && names.is_unit("%"));
/// assert!(!names.is_unit("km2"), "declared units take no prefixes");
/// assert_eq!(names.suggest("yeer").as_deref(), Some("year"));
/// ```
#[derive(Debug, Clone)]
pub struct UnitNames {
    names: BTreeSet<String>,
}

impl UnitNames {
    /// The built-in units and the declared ones.
    pub fn new<N: Into<String>>(declared: impl IntoIterator<Item = N>) -> Self {
        let mut names: BTreeSet<String> = builtin::units().into_keys().collect();
        names.extend(declared.into_iter().map(Into::into));
        Self { names }
    }

    /// Whether a word, prefix included, is a unit.
    #[must_use]
    pub fn is_unit(&self, word: &str) -> bool {
        self.names.contains(word)
    }

    /// The known unit that was probably meant by an unknown word.
    #[must_use]
    pub fn suggest(&self, word: &str) -> Option<String> {
        if let Some((_, ours)) = SYNONYMS.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(word)) {
            return Some((*ours).to_owned());
        }
        if let Some(other_case) = self.names.iter().find(|name| name.eq_ignore_ascii_case(word)) {
            return Some(other_case.clone());
        }
        let long_enough = |name: &&String| name.chars().count() >= 3 && word.chars().count() >= 3;
        self.names
            .iter()
            .filter(long_enough)
            .map(|name| (strsim::damerau_levenshtein(name, word), name))
            .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 6)
            .min()
            .map(|(_, name)| name.clone())
    }
}

/// What people write for a built-in unit.
const SYNONYMS: [(&str, &str); 19] = [
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("keuro", "kEUR"),
    ("meuro", "MEUR"),
    ("geur", "bnEUR"),
    ("mln", "MEUR"),
    ("mld", "bnEUR"),
    ("yr", "year"),
    ("years", "year"),
    ("jaar", "year"),
    ("months", "month"),
    ("maand", "month"),
    ("days", "day"),
    ("dag", "day"),
    ("hr", "hour"),
    ("hours", "hour"),
    ("uur", "hour"),
    ("ton", "t"),
    ("pct", "%"),
];
