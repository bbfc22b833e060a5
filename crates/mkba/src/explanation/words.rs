//! The words of an explanation in both languages.
use super::Numbers;
use crate::overview::number::{number, percentage};
use crate::overview::words::choose;
use mkba_core::appraisal::catalogue::Language;
use mkba_core::explanation::{Kind, Note, Together};

/// What a line without name or label of its own is called.
pub fn kind(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Balance => choose(language, "saldo", "balance"),
        Kind::PresentValue => choose(language, "contante waarde, verschil", "present value, difference"),
        Kind::Discounted => choose(language, "contant gemaakt", "discounted"),
        Kind::Flow => choose(language, "geldstroom", "flow"),
        Kind::Amount => choose(language, "bedrag, verschil", "amount, difference"),
        Kind::Weight => choose(
            language,
            "waarde van 1 EUR na verdeling en belasting",
            "worth of 1 EUR after shares and tax",
        ),
        Kind::Counted => choose(
            language,
            "deel dat telt: aandelen in verdeelde baten, jaren van de bate",
            "part that is counted: shares of divided gains, years of the gain",
        ),
        Kind::DiscountFactor => choose(language, "disconteringsfactor", "discount factor"),
        _ => "",
    }
}

/// The heading of a group; none where the parts speak for themselves.
pub fn together(of: Together, language: Language) -> Option<&'static str> {
    Some(match of {
        Together::Years => choose(language, "per jaar", "by year"),
        Together::Flows => choose(language, "per geldstroom", "by flow"),
        Together::Parties => choose(
            language,
            "per partij; met status telt in het saldo",
            "by party; with standing counts in the balance",
        ),
        Together::Terms
        | Together::Factors
        | Together::Arguments
        | Together::Choices
        | Together::Elements
        | Together::Listed => {
            return None;
        }
    })
}

/// A name that the program itself gives to a part.
pub fn name(name: &str, language: Language) -> &str {
    match name {
        "asked_together" => choose(
            language,
            "gevraagd door allen die de ruimte delen",
            "asked by all who share it",
        ),
        "capacity" => choose(language, "capaciteit", "capacity"),
        "priority" => choose(language, "voorrang", "priority"),
        "wanted" => choose(language, "gewenst", "wanted"),
        "default" => choose(language, "standaard", "default"),
        "if" => choose(language, "als", "if"),
        "then" => choose(language, "dan", "then"),
        "else" => choose(language, "anders", "else"),
        other => other,
    }
}

/// What was found out, as a sentence; none for what is shown by a sign.
pub fn note(note: &Note, language: Language) -> Option<String> {
    Some(match note {
        Note::Binds { share } if *share >= 1.0 => choose(
            language,
            "knelt: er is minder toegekend dan gevraagd",
            "binds: less was granted than asked for",
        )
        .to_owned(),
        Note::Binds { share } => {
            let share = percentage((share * 100.0).round() / 100.0, language);
            choose(
                language,
                format!("knelt in {share} van de trekkingen: minder toegekend dan gevraagd"),
                format!("binds in {share} of the draws: less granted than asked for"),
            )
        }
        Note::Serves => choose(
            language,
            "knelt niet: alles is toegekend",
            "does not bind: all was granted",
        )
        .to_owned(),
        Note::Discounting {
            class,
            stated,
            base_year,
        } => {
            let class = crate::overview::words::discount_class(class, language);
            choose(
                language,
                format!("contant gemaakt naar {base_year} tegen {stated} ({class})"),
                format!("discounted to {base_year} at {stated} ({class})"),
            )
        }
        Note::Separate => choose(
            language,
            "apart getoond: telt niet in het saldo zonder aparte effecten",
            "shown separately: not in the balance without separate effects",
        )
        .to_owned(),
        Note::On { share } if *share >= 1.0 => return None,
        Note::On { share } if *share <= 0.0 => choose(
            language,
            "maatregel staat hier dan niet aan",
            "the measure is not on here and then",
        )
        .to_owned(),
        Note::On { share } => {
            let share = percentage((share * 100.0).round() / 100.0, language);
            choose(
                language,
                format!("maatregel staat aan in {share} van de trekkingen"),
                format!("the measure is on in {share} of the draws"),
            )
        }
        Note::Deeper | Note::Above => return None,
    })
}

/// Which draws, as a sentence.
pub fn numbers(numbers: Numbers, language: Language) -> String {
    let whole = |count: u64| number(count as f64, 0, language);
    match numbers {
        Numbers::Draw { draw, seed } => choose(
            language,
            format!("trekking {draw} (seed {seed})"),
            format!("draw {draw} (seed {seed})"),
        ),
        Numbers::Central => choose(
            language,
            "alle onzekere invoer op zijn centrale waarde".to_owned(),
            "every uncertain input at its central value".to_owned(),
        ),
        Numbers::Mean { draws, seed } => choose(
            language,
            format!("gemiddelden over de eerste {} trekkingen (seed {seed})", whole(draws)),
            format!("means over the first {} draws (seed {seed})", whole(draws)),
        ),
    }
}
