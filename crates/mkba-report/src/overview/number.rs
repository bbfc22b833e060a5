//! Numbers and money as a Dutch or English reader expects them.
use mkba_core::appraisal::catalogue::Language;
pub use mkba_core::words::number;
use mkba_core::words::number_of_percent;

/// A rate as a percentage with the decimals it needs, at most four: `2,25 %`.
#[must_use]
pub fn percentage(fraction: f64, language: Language) -> String {
    format!("{} %", number_of_percent(fraction, language))
}

/// The unit in which a page shows money, so that its greatest amount has a handy number of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyUnit {
    scale: Scale,
    decimals: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    Millions,
    Thousands,
    Ones,
}

impl MoneyUnit {
    /// The unit for amounts up to `greatest_eur`: millions from a million on, with one decimal below ten billion.
    #[must_use]
    pub fn for_amounts_up_to(greatest_eur: f64) -> Self {
        let (scale, decimals) = match greatest_eur {
            amount if amount >= 1e10 => (Scale::Millions, 0),
            amount if amount >= 1e6 => (Scale::Millions, 1),
            amount if amount >= 1e4 => (Scale::Thousands, 1),
            _ => (Scale::Ones, 2),
        };
        Self { scale, decimals }
    }

    /// How the unit is called.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        match (self.scale, language) {
            (Scale::Millions, Language::Dutch) => "mln EUR",
            (Scale::Millions, Language::English) => "million EUR",
            (Scale::Thousands, Language::Dutch) => "duizend EUR",
            (Scale::Thousands, Language::English) => "thousand EUR",
            (Scale::Ones, _) => "EUR",
        }
    }

    /// How the unit is written in a report: `mln €`.
    #[must_use]
    pub fn symbol(self, language: Language) -> &'static str {
        match (self.scale, language) {
            (Scale::Millions, Language::Dutch) => "mln €",
            (Scale::Millions, Language::English) => "€ million",
            (Scale::Thousands, Language::Dutch) => "duizend €",
            (Scale::Thousands, Language::English) => "€ thousand",
            (Scale::Ones, _) => "€",
        }
    }

    /// An amount with its unit, as it stands in a sentence: `€ −4.784 mln`, with non-breaking spaces.
    #[must_use]
    pub fn in_words(self, value_eur: f64, language: Language) -> String {
        let decimals = if (value_eur / self.eur()).abs() < 99.95 {
            self.decimals
        } else {
            0
        };
        let amount = number(value_eur / self.eur(), decimals, language);
        // In English the sign stands before the currency; a word joiner keeps the two on one line.
        let (sign, size) = amount
            .strip_prefix('−')
            .map_or(("", amount.as_str()), |size| ("−\u{2060}", size));
        match (self.scale, language) {
            (Scale::Millions, Language::Dutch) => format!("€\u{a0}{amount}\u{a0}mln"),
            (Scale::Thousands, Language::Dutch) => format!("€\u{a0}{amount}\u{a0}duizend"),
            (Scale::Ones, Language::Dutch) => format!("€\u{a0}{amount}"),
            (Scale::Millions, Language::English) => format!("{sign}€{size}\u{a0}million"),
            (Scale::Thousands, Language::English) => format!("{sign}€{size}\u{a0}thousand"),
            (Scale::Ones, Language::English) => format!("{sign}€{size}"),
        }
    }

    /// An amount in this unit.
    #[must_use]
    pub fn show(self, value_eur: f64, language: Language) -> String {
        number(value_eur / self.eur(), self.decimals, language)
    }

    /// A band in this unit, without decimals unless it is narrow: `−612…410`.
    #[must_use]
    pub fn show_band(self, low_eur: f64, high_eur: f64, language: Language) -> String {
        let greatest = low_eur.abs().max(high_eur.abs()) / self.eur();
        let decimals = if greatest < 99.95 { self.decimals } else { 0 };
        let show = |value: f64| number(value / self.eur(), decimals, language);
        format!("{}…{}", show(low_eur), show(high_eur))
    }

    /// Whether an amount is shown as something else than zero.
    #[must_use]
    pub fn is_visible(self, value_eur: f64) -> bool {
        number(value_eur / self.eur(), self.decimals, Language::English)
            .bytes()
            .any(|digit| (b'1'..=b'9').contains(&digit))
    }

    fn eur(self) -> f64 {
        match self.scale {
            Scale::Millions => 1e6,
            Scale::Thousands => 1e3,
            Scale::Ones => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_separated_as_the_language_does() {
        assert_eq!(number(1_234_567.25, 1, Language::Dutch), "1.234.567,2");
        assert_eq!(number(-1234.5, 1, Language::English), "−1,234.5");
        assert_eq!(number(999.0, 0, Language::Dutch), "999");
    }

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!(number(-0.04, 1, Language::English), "0.0");
        assert_eq!(number(-0.0, 0, Language::Dutch), "0");
    }

    #[test]
    fn rates_have_the_decimals_they_need() {
        assert_eq!(percentage(0.0225, Language::Dutch), "2,25 %");
        assert_eq!(percentage(0.03, Language::English), "3 %");
        assert_eq!(percentage(0.016, Language::English), "1.6 %");
    }

    #[test]
    fn the_unit_follows_the_greatest_amount() {
        let show = |greatest: f64, value: f64| {
            let unit = MoneyUnit::for_amounts_up_to(greatest);
            format!("{} {}", unit.show(value, Language::Dutch), unit.name(Language::Dutch))
        };
        assert_eq!(show(4e10, 1.25e9), "1.250 mln EUR");
        assert_eq!(show(4e8, -1.25e6), "−1,2 mln EUR");
        assert_eq!(show(4e5, 12_500.0), "12,5 duizend EUR");
        assert_eq!(show(80.0, 3.456), "3,46 EUR");
    }

    #[test]
    fn amounts_in_a_sentence_have_their_unit_and_do_not_break() {
        let unit = MoneyUnit::for_amounts_up_to(1e9);
        assert_eq!(unit.in_words(-4_784.1e6, Language::Dutch), "€\u{a0}−4.784\u{a0}mln");
        assert_eq!(
            unit.in_words(-84.32e6, Language::English),
            "−\u{2060}€84.3\u{a0}million"
        );
        assert_eq!(
            MoneyUnit::for_amounts_up_to(5e5).in_words(2500.0, Language::Dutch),
            "€\u{a0}2,5\u{a0}duizend"
        );
    }

    #[test]
    fn bands_have_no_decimals_unless_they_are_narrow() {
        let unit = MoneyUnit::for_amounts_up_to(1e9);
        assert_eq!(unit.show_band(-612.4e6, 1_410.2e6, Language::Dutch), "−612…1.410");
        assert_eq!(unit.show_band(-6.24e6, 4.1e6, Language::English), "−6.2…4.1");
    }
}
