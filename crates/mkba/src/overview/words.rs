//! The words of the overview and the figures in both languages; the meanings are in `docs/glossary.md`.
use mkba_core::appraisal::catalogue::Language;

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
    pub fn get(self, language: Language) -> &'static str {
        choose(language, self.nl, self.en)
    }
}

pub const fn word(nl: &'static str, en: &'static str) -> Word {
    Word { nl, en }
}

pub const COSTS: Word = word("Kosten", "Costs");
pub const TOTAL_COSTS: Word = word("Totaal kosten", "Total costs");
pub const DIRECT: Word = word("Directe effecten", "Direct effects");
pub const INDIRECT: Word = word("Indirecte effecten", "Indirect effects");
pub const EXTERNAL: Word = word("Externe effecten", "External effects");
pub const OTHER_EFFECTS: Word = word("Overige effecten", "Other effects");
pub const TOTAL_EFFECTS: Word = word("Totaal effecten", "Total effects");
pub const TRANSFERS: Word = word("Overdrachten", "Transfers");
pub const CANCELLING: Word = word("Overdrachten die wegvallen", "Transfers that cancel");
pub const BALANCE: Word = word("Saldo", "Balance");
pub const BALANCE_WITHOUT: Word = word("Saldo zonder aparte effecten", "Balance without separate effects");
pub const BALANCE_WITH: Word = word("Saldo met aparte effecten", "Balance with separate effects");
pub const SEPARATE: Word = word(
    "Apart getoond (zwakker onderbouwd)",
    "Shown separately (weaker evidence)",
);
pub const BAND: Word = word("5 % … 95 % van de trekkingen", "5 % … 95 % of the draws");
pub const STANDARD_ERROR: Word = word("Monte Carlo-standaardfout", "Monte Carlo standard error");
pub const RATIO: Word = word("Baten-kostenverhouding", "Benefit-cost ratio");
pub const UNPRICED: Word = word("Niet in geld uitgedrukt (PM)", "Not put in money");
pub const WITHOUT_VALUE: Word = word("Overal nul en daarom zonder regel", "Zero everywhere, so without a row");
pub const NOT_DEFINED: Word = word("n.v.t.", "n/a");

/// How the ratio is divided; by the word in the column `note`.
pub fn convention(note: &str) -> Word {
    match note {
        "costs_of_the_measure" => word(
            "baten = alle effecten met hun teken, kosten = kosten van de maatregelen",
            "benefits = all effects with their sign, costs = costs of the measures",
        ),
        "all_negative_items" => word(
            "baten = alle positieve posten, kosten = alle negatieve posten",
            "benefits = all positive items, costs = all negative items",
        ),
        _ => word("onbekende conventie", "unknown convention"),
    }
}

/// Why a ratio is not defined; by the word behind the convention in the column `note`.
pub fn reason(note: &str) -> Word {
    match note {
        "no_cost" => word("er zijn geen kosten", "there are no costs"),
        "cost_is_saving" => word("de kosten zijn een besparing", "the costs are a saving"),
        _ => word("een bedrag is geen eindig getal", "an amount is not a finite number"),
    }
}

/// A discount class.
pub fn discount_class(class: &str, language: Language) -> &str {
    match class {
        "standard" => choose(language, "standaard", "standard"),
        "sunk" => choose(language, "vast en verzonken", "fixed and sunk"),
        "nonlinear" => choose(language, "sterk niet-lineair", "strongly non-linear"),
        other => other,
    }
}

/// The order in which effects are shown: costs as a project meets them, then benefits from near to far.
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
