//! Values as they are written in a model, as a reader of the report writes them.
use super::writer::Writer;
use mkba_core::appraisal::catalogue::Language;

/// Words of values, in Dutch.
const WORDS: [(&str, &str); 18] = [
    ("triangular", "driehoek"),
    ("uniform", "uniform"),
    ("normal", "normaal"),
    ("lognormal", "lognormaal"),
    ("discrete", "discreet"),
    ("mixture", "mengsel"),
    ("exponential", "exponentieel"),
    ("logistic", "logistisch"),
    ("year", "jaar"),
    ("month", "maand"),
    ("hour", "uur"),
    ("person", "persoon"),
    ("home", "woning"),
    ("trip", "rit"),
    ("schoolyear", "schooljaar"),
    ("travelhour", "reisuur"),
    ("travelminute", "reisminuut"),
    ("mean", "gemiddelde"),
];

/// A value in the language of the report: `triangular(0.5, 0.75, 1) EUR/year` is `driehoek(0,5; 0,75; 1) EUR/jaar` in Dutch.
pub(super) fn value(writer: &Writer<'_>, written: &str) -> String {
    match writer.language {
        Language::Dutch => dutch(written),
        Language::English => written.to_owned(),
    }
}

fn dutch(written: &str) -> String {
    let letters: Vec<char> = written.chars().collect();
    let mut text = String::new();
    let mut word = String::new();
    for (place, &letter) in letters.iter().enumerate() {
        if letter.is_alphabetic() || letter == '_' {
            word.push(letter);
            continue;
        }
        text.push_str(&translated(&std::mem::take(&mut word)));
        let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
        match letter {
            '.' if is_digit(place.checked_sub(1)) && is_digit(Some(place + 1)) => text.push(','),
            ',' => text.push(';'),
            _ => text.push(letter),
        }
    }
    text.push_str(&translated(&word));
    text
}

fn translated(word: &str) -> String {
    let known = WORDS.iter().find(|(english, _)| *english == word);
    known.map_or(word, |(_, dutch)| dutch).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_and_lists_are_those_of_the_language() {
        assert_eq!(
            dutch("triangular(0.5, 0.75, 1) EUR@2024/m2/year"),
            "driehoek(0,5; 0,75; 1) EUR@2024/m2/jaar"
        );
        assert_eq!(
            dutch("2015: 48 EUR/t … 2050: 160.5 EUR/t"),
            "2015: 48 EUR/t … 2050: 160,5 EUR/t"
        );
        assert_eq!(dutch("yearly 1. 2"), "yearly 1. 2");
    }
}
