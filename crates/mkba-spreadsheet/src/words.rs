//! Words of the spreadsheet in both languages.
use mkba_core::appraisal::catalogue::Language;
use mkba_core::words::{Word, choose, word};

pub const TITLE: Word = word("MKBA-resultaten", "Results of a cost-benefit analysis");
pub const OVERVIEW: Word = word("Overzicht", "Overview");
pub const PARTIES: Word = word("Partijen", "Parties");
pub const TIMELINE: Word = word("Tijdlijn", "Timeline");
pub const DISCOUNT: Word = word("Discontovoet", "Discount");
pub const POSTINGS: Word = word("Boekingen", "Postings");
pub const INPUTS: Word = word("Invoer", "Inputs");

pub const SCENARIO: Word = word("scenario", "scenario");
pub const ALTERNATIVE: Word = word("alternatief", "alternative");
pub const FLOW: Word = word("geldstroom", "flow");
pub const LABEL: Word = word("omschrijving", "label");
pub const EFFECT: Word = word("effect", "effect");
pub const CLASS: Word = word("discontoklasse", "discount class");
pub const SHARE: Word = word("deel voor de samenleving", "share of society");
pub const PRESENT: Word = word("contante waarde (EUR)", "present value (EUR)");
pub const YEAR: Word = word("jaar", "year");
pub const RATE: Word = word("voet per jaar", "rate per year");
pub const FACTOR: Word = word("factor", "factor");
pub const PARTY: Word = word("partij", "party");
pub const AMOUNT: Word = word("EUR", "EUR");
pub const PARTY_LABEL: Word = word("naam van de partij", "name of the party");

pub const COSTS: Word = word("Kosten", "Costs");
pub const TOTAL_COSTS: Word = word("Totaal kosten", "Total costs");
pub const EFFECTS: Word = word("Effecten", "Effects");
pub const TOTAL_EFFECTS: Word = word("Totaal effecten", "Total effects");
pub const BALANCE_WITHOUT: Word = word("Saldo zonder aparte effecten", "Balance without separate effects");
pub const RATIO: Word = word("Baten-kostenverhouding", "Benefit-cost ratio");
pub const BALANCE: Word = word("Saldo", "Balance");
pub const ENGINE: Word = word("Saldo volgens het programma", "Balance found by the program");
pub const DIFFERENCE: Word = word("Verschil", "Difference");
pub const CHECK: Word = word("Controle (tot op een cent)", "Check (to a cent)");
pub const WITH_STANDING: Word = word("Samenleving", "Society");
pub const ALL_PARTIES: Word = word("Alle partijen", "All parties");
pub const NO_STANDING: Word = word("telt niet mee", "does not count");

pub const RATE_IS_DRAWN: Word = word(
    "De voet is onzeker en verschilt per trekking: de contante waarden van deze klasse zijn getallen van het programma, geen formules.",
    "The rate is uncertain and differs between draws: present values of this class are numbers of the program, not formulas.",
);
pub const HOW: Word = word(
    "Gemiddelden over de trekkingen, verschil met het nulalternatief; kosten negatief. Bedragen in mln EUR, tenzij anders vermeld.",
    "Means over the draws, difference from the baseline; costs are negative. Amounts in EUR million unless stated otherwise.",
);
pub const HOW_TIMELINE: Word = word(
    "EUR per jaar, niet verdisconteerd. Contante waarde = deel voor de samenleving × som van bedrag × factor. Jaren zonder bedrag en rijen van nul zijn leeg.",
    "EUR a year, undiscounted. Present value = share of society × sum of amount × factor. Years without amount and rows of nothing are left out.",
);
pub const NAME: Word = word("naam", "name");
pub const KIND: Word = word("soort", "kind");
pub const VALUE: Word = word("waarde met eenheid", "value with unit");
pub const SOURCE: Word = word("bron", "source");
pub const ASSUMPTION: Word = word("aanname", "assumption");
pub const CONFIDENCE: Word = word("betrouwbaarheid", "confidence");
pub const PLACEHOLDER: Word = word("tijdelijke aanname", "placeholder");
pub const USED_BY: Word = word("gebruikt door", "used by");
pub const UNIT: Word = word("eenheid", "unit");
pub const DISTRIBUTION: Word = word("verdeling", "distribution");
pub const PLACE: Word = word("plaats", "place");
pub const YES: Word = word("ja", "yes");

/// The kind of a number of the model; an unknown word is its own.
pub fn kind(written: &str, language: Language) -> &str {
    match written {
        "deflator" => choose(language, "prijsindex", "deflator"),
        "driver" => choose(language, "omgevingsvariabele", "driver"),
        "measure" => choose(language, "maatregel", "measure"),
        "parameter" => choose(language, "kengetal", "parameter"),
        other => other,
    }
}
