//! What each step is, in words and with the values before and after.
use super::between::{Item, Pair};
use super::side::Side;
use mkba_core::appraisal::catalogue::Language;
use mkba_core::rulebook::Part;
use mkba_core::words::choose;
use mkba_lang::read::{Difference, Home, KeyDifference, Stated, text_differences};

/// Something that differs, as it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What sort of thing it is, as in files: `parameter`, `rulebook`, `random_numbers`.
    pub kind: &'static str,
    /// Its name, as in files: `parameter.rent`, `rulebook.rate`.
    pub name: String,
    /// What a Dutch table calls it.
    nl: String,
    /// What an English table calls it.
    en: String,
    /// Whether both runs have it.
    pub presence: Presence,
    /// Values before and after.
    pub keys: Vec<KeyDifference>,
}

/// Which runs have something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Both.
    Both,
    /// Only the second.
    Added,
    /// Only the first.
    Removed,
}

impl Told {
    /// What a table calls it.
    pub fn label(&self, language: Language) -> &str {
        choose(language, &self.nl, &self.en)
    }

    /// An item of two runs.
    pub fn item(pair: &Pair, item: Item) -> Self {
        match item {
            Item::Draws => Self {
                kind: "random_numbers",
                name: "draws".to_owned(),
                nl: "toevalsgetallen".to_owned(),
                en: "random numbers".to_owned(),
                presence: Presence::Both,
                keys: draws(&pair.before, &pair.after),
            },
            Item::Rules(part) => Self {
                kind: "rulebook",
                name: format!("rulebook.{}", part.word()),
                nl: format!("rekenregels: {}", part_name(part, Language::Dutch)),
                en: format!("rulebook: {}", part_name(part, Language::English)),
                presence: Presence::Both,
                keys: rules(&pair.before, &pair.after, Some(part)),
            },
            Item::Gates => Self {
                kind: "gates",
                name: "study.gates".to_owned(),
                nl: "lezing van de poorten".to_owned(),
                en: "reading of the gates".to_owned(),
                presence: Presence::Both,
                keys: vec![of_the_run("gates", pair.before.gates.word(), pair.after.gates.word())],
            },
            Item::Declaration(number) => Self::declaration(&pair.differences[number]),
        }
    }

    /// A declaration that differs.
    pub fn declaration(it: &Difference) -> Self {
        let single = it.kind == it.name;
        let (kind, name) = match &it.home {
            Home::Scenario(scenario) => ("scenario_value", format!("scenario.{scenario}.{}.{}", it.kind, it.name)),
            _ if single => (it.kind, it.kind.to_owned()),
            _ => (it.kind, format!("{}.{}", it.kind, it.name)),
        };
        let label = |own: &str, language| match (&it.home, single) {
            (Home::Scenario(scenario), _) => format!("{} in scenario {scenario}", it.name),
            (_, true) => match it.kind {
                "discount" => {
                    choose(language, "discontovoeten van de studie", "discount rates of the study").to_owned()
                }
                "model" => choose(language, "instellingen van het model", "settings of the model").to_owned(),
                "study" => choose(language, "instellingen van de studie", "settings of the study").to_owned(),
                other => other.to_owned(),
            },
            _ => format!("{own} ({})", kind_name(it.kind, language)),
        };
        Self {
            kind,
            nl: label(&it.label.nl, Language::Dutch),
            en: label(&it.label.en, Language::English),
            name,
            presence: match (it.is_added(), it.is_removed()) {
                (true, _) => Presence::Added,
                (_, true) => Presence::Removed,
                _ => Presence::Both,
            },
            keys: it.keys.clone(),
        }
    }
}

/// A kind of declaration, in words.
fn kind_name(kind: &'static str, language: Language) -> &'static str {
    let dutch = match kind {
        "alternative" => "alternatief",
        "apportionment" => "verdeling",
        "deflator" => "prijsindex",
        "dependence" => "samenhang",
        "driver" => "omgevingsvariabele",
        "flow" => "geldstroom",
        "gate" => "poort",
        "group" => "groep",
        "index" => "verzameling",
        "lever" => "knop",
        "limit" => "begrenzing",
        "measure" => "maatregel",
        "parameter" => "kengetal",
        "party" => "partij",
        "series" => "reeks",
        "stock" => "voorraad",
        "unit" => "eenheid",
        "variable" => "variabele",
        other => other,
    };
    choose(language, dutch, kind)
}

/// A part of the rules, in words.
fn part_name(part: Part, language: Language) -> &'static str {
    match part {
        Part::Rates => choose(language, "discontovoeten", "discount rates"),
        Part::UnitOfAccount => choose(language, "rekeneenheid", "unit of account"),
        Part::Horizon => choose(language, "horizon", "horizon"),
        Part::ResidualValue => choose(language, "restwaarde na de horizon", "residual value after the horizon"),
        Part::Standing => choose(language, "wiens welvaart telt", "whose welfare counts"),
        Part::PriceRules => choose(language, "gemiddelde indirecte belasting", "average indirect tax"),
    }
}

/// A setting of a run, which stands in its manifest.
fn of_the_run(key: &str, before: &str, after: &str) -> KeyDifference {
    let stated = |text: &str| {
        Some(Stated {
            text: text.to_owned(),
            path: "manifest.json".to_owned(),
            line: 0,
        })
    };
    KeyDifference {
        key: key.to_owned(),
        before: stated(before),
        after: stated(after),
        only_words: false,
    }
}

fn draws(a: &Side, b: &Side) -> Vec<KeyDifference> {
    let settings = |side: &Side| {
        let run = &side.manifest;
        [
            ("seed", run.seed.to_string()),
            ("draws", run.draws.to_string()),
            ("design", run.design.clone()),
            ("random_scheme", run.random_scheme.clone()),
            ("dimensions", side.dimensions.len().to_string()),
        ]
    };
    let pairs = settings(a).into_iter().zip(settings(b));
    pairs
        .filter(|(a, b)| a != b)
        .map(|((key, a), (_, b))| of_the_run(key, &a, &b))
        .collect()
}

/// Keys of two rulebooks that differ: of a part of the rules, or those that no balance depends on.
pub fn rules(a: &Side, b: &Side, part: Option<Part>) -> Vec<KeyDifference> {
    let mut found = Vec::new();
    let count = a.rulebook.files.len().max(b.rulebook.files.len());
    for number in 0..count {
        let of = |side: &'_ Side| -> Option<(String, String)> {
            let (path, bytes) = side.rulebook.files.get(number)?;
            Some((path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        };
        let (old, new) = (of(a), of(b));
        let both = [&old, &new].map(|file| file.as_ref().map(|(path, text)| (path.as_str(), text.as_str())));
        // Rules that count stand in the first file; what it includes is about counting twice, and the checklist.
        let differences = text_differences(both[0], both[1]).into_iter();
        found.extend(differences.filter(|it| part_of(&it.key).filter(|_| number == 0) == part));
    }
    found
}

/// The part of the rules to which a key of a rulebook belongs.
fn part_of(key: &str) -> Option<Part> {
    let words = ["label", "source", "note", "nl", "en", "reason"];
    if key.split('.').any(|part| words.contains(&part)) {
        return None;
    }
    let (head, rest) = key.split_once('.').unwrap_or((key, ""));
    match (head, rest) {
        ("discount" | "instead" | "default_discount_class" | "timing" | "schedule", _) => Some(Part::Rates),
        ("prices", "unit") => Some(Part::UnitOfAccount),
        ("prices", _) => Some(Part::PriceRules),
        ("horizon", "residual") => Some(Part::ResidualValue),
        ("horizon", _) => Some(Part::Horizon),
        ("standing", _) => Some(Part::Standing),
        _ => None,
    }
}
