//! Words and numbers as a Dutch or English reader expects them.

use mkba_core::appraisal::catalogue;
use mkba_core::words;
use serde::{Deserialize, Serialize};

/// The language of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// `1.234,5`
    Dutch,
    /// `1,234.5`
    English,
}

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Label {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

/// Something that is shown: an alternative, a scenario, an effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name in the model and in tables.
    pub id: String,
    /// Its name for readers.
    pub label: Label,
}

impl Language {
    /// One of two ways to say it.
    pub(crate) fn choose<Anything>(self, dutch: Anything, english: Anything) -> Anything {
        match self {
            Self::Dutch => dutch,
            Self::English => english,
        }
    }

    /// `EUR million` as it stands at an axis.
    pub(crate) fn millions(self) -> &'static str {
        self.choose("mln €", "€ million")
    }

    /// The word for the net present value of an alternative.
    pub(crate) fn balance(self) -> &'static str {
        self.choose("Saldo", "Balance")
    }

    /// A number with thousands separators, a fixed number of decimals and a real minus sign.
    pub fn number(self, value: f64, decimals: usize) -> String {
        words::number(value, decimals, self.into())
    }

    /// An amount of EUR in millions, as it stands in a column of such amounts.
    pub(crate) fn millions_of(self, value_eur: f64, decimals: usize) -> String {
        self.number(value_eur / 1e6, decimals)
    }

    /// An amount of EUR as it stands in a sentence: `€ 12,3 mln`, `€12.3 million`.
    pub fn amount(self, value_eur: f64, decimals: usize) -> String {
        let value = self.number(value_eur / 1e6, decimals);
        self.choose(format!("€ {value} mln"), format!("€{value} million"))
    }

    /// A rate as a percentage with the decimals it needs, at most four: `2,25 %`.
    pub fn percentage(self, fraction: f64) -> String {
        let number = words::number_of_percent(fraction, self.into());
        self.choose(format!("{number} %"), format!("{number}%"))
    }

    /// A probability in whole per cents; `<1 %` and `>99 %` for what only rounds to impossible or certain.
    pub fn probability(self, probability: f64) -> String {
        let space = self.choose(" ", "");
        if probability > 0.0 && probability < 0.005 {
            format!("<1{space}%")
        } else if (0.995..1.0).contains(&probability) {
            format!(">99{space}%")
        } else {
            format!("{}{space}%", self.number(probability * 100.0, 0))
        }
    }
}

impl From<Language> for catalogue::Language {
    fn from(language: Language) -> Self {
        language.choose(Self::Dutch, Self::English)
    }
}

impl From<catalogue::Language> for Language {
    fn from(language: catalogue::Language) -> Self {
        match language {
            catalogue::Language::Dutch => Self::Dutch,
            catalogue::Language::English => Self::English,
        }
    }
}

/// Decimals of amounts in millions of which the greatest is this, so that three digits or more tell them apart.
pub(crate) fn decimals_of_millions(amounts_eur: impl IntoIterator<Item = f64>) -> usize {
    let greatest = amounts_eur
        .into_iter()
        .fold(0.0_f64, |most, amount| most.max(amount.abs()));
    match greatest {
        0.0 => 0,
        1e9.. => 0,
        1e7.. => 1,
        1e6.. => 2,
        1e5.. => 3,
        1e4.. => 4,
        _ => 5,
    }
}

impl Label {
    /// A label from its two forms.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            nl: nl.into(),
            en: en.into(),
        }
    }

    /// The words in a language.
    pub fn in_language(&self, language: Language) -> &str {
        language.choose(&self.nl, &self.en)
    }
}

impl Item {
    /// An item with a label in both languages.
    pub fn new(id: impl Into<String>, nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            label: Label::new(nl, en),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_separated_as_the_language_does() {
        assert_eq!(Language::Dutch.number(1_234_567.25, 1), "1.234.567,2");
        assert_eq!(Language::English.number(-1234.5, 1), "−1,234.5");
        assert_eq!(Language::Dutch.number(999.0, 0), "999");
    }

    #[test]
    fn a_rounded_zero_has_no_sign() {
        assert_eq!(Language::English.number(-0.04, 1), "0.0");
    }

    #[test]
    fn only_certainty_is_called_certain() {
        assert_eq!(Language::Dutch.probability(1.0), "100 %");
        assert_eq!(Language::Dutch.probability(0.9999), ">99 %");
        assert_eq!(Language::English.probability(0.0001), "<1%");
        assert_eq!(Language::English.probability(0.0), "0%");
        assert_eq!(Language::English.probability(0.934), "93%");
    }

    #[test]
    fn amounts_are_written_as_in_a_sentence() {
        assert_eq!(Language::Dutch.amount(-12_340_000.0, 1), "€ −12,3 mln");
        assert_eq!(Language::English.amount(1_234_600_000.0, 0), "€1,235 million");
    }
}
