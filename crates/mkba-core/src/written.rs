//! Values and units as they are written in a model, as a reader of results writes them.
use crate::appraisal::catalogue::Language;
use crate::words::choose;

/// Words of values and units, in Dutch.
const WORDS: [(&str, &str); 22] = [
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
    ("week", "week"),
    ("day", "dag"),
    ("hour", "uur"),
    ("person", "persoon"),
    ("firm", "bedrijf"),
    ("home", "woning"),
    ("place", "plaats"),
    ("trip", "rit"),
    ("schoolyear", "schooljaar"),
    ("travelhour", "reisuur"),
    ("travelminute", "reisminuut"),
    ("mean", "gemiddelde"),
];

/// A value or a unit in the language of a reader: `triangular(0.5, 0.75, 1) EUR@2024/m2/year` is
/// `driehoek(0,5; 0,75; 1) €/m²/jaar (prijspeil 2024)` in Dutch.
#[must_use]
pub fn written(value: &str, language: Language) -> String {
    let letters: Vec<char> = value.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut text = String::new();
    let mut price_years: Vec<String> = Vec::new();
    let mut place = 0;
    while let Some(&letter) = letters.get(place) {
        let mut next = place + 1;
        if letter.is_alphabetic() || letter == '_' {
            while letters
                .get(next)
                .is_some_and(|one| one.is_alphanumeric() || *one == '_')
            {
                next += 1;
            }
            let word: String = letters[place..next].iter().collect();
            text.push_str(&translated(&word, language));
        } else if letter == '@' {
            while is_digit(next) {
                next += 1;
            }
            let year: String = letters[place + 1..next].iter().collect();
            if !price_years.contains(&year) {
                price_years.push(year);
            }
        } else {
            let follows_word = place > 0 && letters[place - 1].is_alphanumeric();
            let is_decimal = letter == '.' && place > 0 && is_digit(place - 1) && is_digit(next);
            text.push(match (language, letter) {
                (Language::Dutch, '.') if is_decimal => ',',
                (Language::Dutch, ',') => ';',
                (_, '-') if is_digit(next) && !follows_word => '−',
                _ => letter,
            });
        }
        place = next;
    }
    price_years.retain(|year| !year.is_empty());
    if !price_years.is_empty() {
        let words = choose(language, "prijspeil", "price level");
        text.push_str(&format!(" ({words} {})", price_years.join(", ")));
    }
    text
}

fn translated(word: &str, language: Language) -> String {
    match word {
        "EUR" => return "€".to_owned(),
        "kEUR" => return choose(language, "1.000 €", "€ thousand").to_owned(),
        "MEUR" => return choose(language, "mln €", "€ million").to_owned(),
        "m2" => return "m²".to_owned(),
        _ => {}
    }
    let known = WORDS.iter().find(|(english, _)| *english == word);
    choose(language, known.map_or(word, |(_, dutch)| dutch), word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_and_lists_are_those_of_the_language() {
        let value = "triangular(0.5, 0.75, 1) EUR@2024/m2/year";
        assert_eq!(
            written(value, Language::Dutch),
            "driehoek(0,5; 0,75; 1) €/m²/jaar (prijspeil 2024)"
        );
        assert_eq!(
            written(value, Language::English),
            "triangular(0.5, 0.75, 1) €/m²/year (price level 2024)"
        );
        assert_eq!(
            written("2015: 48 EUR@2013/t … 2050: 160.5 EUR@2013/t", Language::Dutch),
            "2015: 48 €/t … 2050: 160,5 €/t (prijspeil 2013)"
        );
        assert_eq!(written("yearly 1. 2", Language::Dutch), "yearly 1. 2");
    }

    #[test]
    fn a_sign_is_a_minus_and_a_dash_between_numbers_stays() {
        assert_eq!(written("-1 %/year", Language::Dutch), "−1 %/jaar");
        assert_eq!(written("2026-2030", Language::English), "2026-2030");
        assert_eq!(written("campus-2", Language::English), "campus-2");
    }
}
