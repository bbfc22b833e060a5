//! Words in both languages by which results are told, wherever they are shown; the meanings are in `docs/glossary.md`.
use crate::appraisal::catalogue::{GateReading, Language};

/// One of two ways to say it.
pub fn choose<Anything>(language: Language, dutch: Anything, english: Anything) -> Anything {
    match language {
        Language::Dutch => dutch,
        Language::English => english,
    }
}

/// A word in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Dutch.
    pub nl: &'static str,
    /// English.
    pub en: &'static str,
}

impl Word {
    /// The word in a language.
    #[must_use]
    pub fn get(self, language: Language) -> &'static str {
        choose(language, self.nl, self.en)
    }
}

/// A word from its two forms.
#[must_use]
pub const fn word(nl: &'static str, en: &'static str) -> Word {
    Word { nl, en }
}

/// The heading of flows that are kept out of the headline balance.
pub const SEPARATE: Word = word(
    "Apart getoond (zwakker onderbouwd)",
    "Shown separately (weaker evidence)",
);
/// The heading of what is not expressed in money.
pub const UNPRICED: Word = word("Niet in geld uitgedrukt (PM)", "Not put in money");
/// Net present value of an alternative.
pub const BALANCE: Word = word("Saldo", "Balance");
/// Heading of direct effects.
pub const DIRECT: Word = word("Directe effecten", "Direct effects");
/// Heading of indirect effects.
pub const INDIRECT: Word = word("Indirecte effecten", "Indirect effects");
/// Heading of external effects.
pub const EXTERNAL: Word = word("Externe effecten", "External effects");
/// Heading of transfers.
pub const TRANSFERS: Word = word("Overdrachten", "Transfers");

/// A discount class.
#[must_use]
pub fn discount_class(class: &str, language: Language) -> &str {
    match class {
        "standard" => choose(language, "standaard", "standard"),
        "sunk" => choose(language, "vast en verzonken", "fixed and sunk"),
        "nonlinear" => choose(language, "sterk niet-lineair", "strongly non-linear"),
        "physical" => choose(language, "fysieke investeringen", "physical investment"),
        "health" => choose(language, "gezondheid", "health"),
        other => other,
    }
}

/// The order in which effects are shown: costs as a project meets them, then benefits from near to far.
#[must_use]
pub fn effect_order(effect: &str) -> usize {
    const ORDER: [&str; 9] = [
        "investment",
        "reinvestment",
        "upkeep",
        "programme",
        "other",
        "direct",
        "indirect",
        "external",
        "transfer",
    ];
    ORDER.iter().position(|known| *known == effect).unwrap_or(ORDER.len())
}

/// An effect of a flow, as figures show it.
#[must_use]
pub fn effect(effect: &str) -> Option<Word> {
    Some(match effect {
        "investment" => word("Investeringen", "Investment"),
        "reinvestment" => word("Herinvesteringen", "Reinvestment"),
        "upkeep" => word("Beheer en onderhoud", "Upkeep"),
        "programme" => word("Programma's", "Programmes"),
        "other" => word("Overige kosten", "Other costs"),
        "direct" => DIRECT,
        "indirect" => INDIRECT,
        "external" => EXTERNAL,
        "transfer" => TRANSFERS,
        _ => return None,
    })
}

/// A reading of the gates.
#[must_use]
pub fn gate_reading(reading: GateReading, language: Language) -> &'static str {
    match reading {
        GateReading::AsIs => choose(language, "zoals ze zijn", "as they are"),
        GateReading::Soft => choose(language, "zacht", "soft"),
        GateReading::Off => choose(language, "uit", "off"),
    }
}

/// How sure a number is, as a model says it; an unknown word is its own.
#[must_use]
pub fn confidence(written: &str, language: Language) -> &str {
    match written {
        "high" => choose(language, "hoog", "high"),
        "medium" => choose(language, "midden", "medium"),
        "low" => choose(language, "laag", "low"),
        other => other,
    }
}

/// A department of the Dutch state by its abbreviation; an unknown one is its own name.
#[must_use]
pub fn department(abbreviation: &str, language: Language) -> String {
    let name = match abbreviation {
        "BZK" => word("Binnenlandse Zaken", "Interior"),
        "EZ" => word("Economische Zaken", "Economic Affairs"),
        "FIN" => word("Financiën", "Finance"),
        "I&W" | "IenW" => word("Infrastructuur en Waterstaat", "Infrastructure and Water Management"),
        "KGG" => word("Klimaat en Groene Groei", "Climate and Green Growth"),
        "LVVN" => word("Landbouw en Natuur", "Agriculture and Nature"),
        "OCW" => word("Onderwijs, Cultuur en Wetenschap", "Education, Culture and Science"),
        "VRO" => word(
            "Volkshuisvesting en Ruimtelijke Ordening",
            "Housing and Spatial Planning",
        ),
        "VWS" => word("Volksgezondheid, Welzijn en Sport", "Health, Welfare and Sport"),
        _ => return abbreviation.to_owned(),
    };
    format!("{} ({abbreviation})", name.get(language))
}

/// A number with separators, a fixed number of decimals and a real minus sign: `−1.234,5` or `−1,234.5`. What rounds to zero
/// has no sign.
#[must_use]
pub fn number(value: f64, decimals: usize, language: Language) -> String {
    let (thousands, decimal) = choose(language, ('.', ','), (',', '.'));
    let written = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut text = String::new();
    if value < 0.0 && written.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        text.push('−');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text.push_str(fraction);
    }
    text
}

/// A fraction in per cents, without the sign, with the decimals it needs, at most four: `2,25` of 0.0225.
#[must_use]
pub fn number_of_percent(fraction: f64, language: Language) -> String {
    let percent = fraction * 100.0;
    let needed = (0..4).find(|&decimals| {
        let scale = 10_f64.powi(decimals);
        ((percent * scale).round() / scale - percent).abs() < 1e-9
    });
    number(percent, needed.map_or(4, |decimals| decimals as usize), language)
}
