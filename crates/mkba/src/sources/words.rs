//! The words of the list of sources in both languages.
use crate::overview::words::Word;

const fn word(nl: &'static str, en: &'static str) -> Word {
    Word { nl, en }
}

pub const TITLE: Word = word("bronnen en aannames", "sources and assumptions");
pub const SOURCES: Word = word("Bronnen", "Sources");
pub const ASSUMPTIONS: Word = word("Aannames zonder bron", "Assumptions without a source");
pub const PLACEHOLDERS: Word = word(
    "Tijdelijke aannames, eerst te vervangen",
    "Placeholders, to be replaced first",
);
pub const OVERDUE: Word = word("Opnieuw te bekijken", "To be looked at again");
pub const NAME: Word = word("naam", "name");
pub const VALUE: Word = word("waarde", "value");
pub const WHERE: Word = word("waar", "where");
pub const CONFIDENCE: Word = word("betrouwbaar", "confidence");
pub const WEIGHT: Word = word("gewicht", "weight");
pub const FLOWS: Word = word("geldstromen", "flows");
pub const REVIEW: Word = word("te bekijken voor", "review by");
pub const FIXED: Word = word("vast", "fixed");
pub const NOT_IN_USE: Word = word("niet gebruikt", "not used");
pub const USED_BY: Word = word("gebruikt door", "used by");
pub const BY_FLOWS: Word = word(
    "Op volgorde van het aantal geldstromen dat ervan afhangt; geef een studie om naar gewicht in de uitkomst te ordenen.",
    "By the number of flows that depend on it; give a study to order by weight in the result.",
);
pub const FIXED_NOTE: Word = word(
    "Een vast getal wordt niet getrokken: zijn gewicht is onbekend, niet nul.",
    "A fixed number is not drawn: its weight is not known, and is not zero.",
);
pub const NONE: Word = word("geen", "none");

/// How sure one is.
pub fn confidence(word_of_the_language: &str) -> Word {
    match word_of_the_language {
        "high" => word("hoog", "high"),
        "medium" => word("midden", "medium"),
        "low" => word("laag", "low"),
        _ => word("–", "–"),
    }
}
