//! Numbers of an explanation: with as many digits as tell something, and money in the unit of its neighbours.
use crate::overview::number::{MoneyUnit, number, percentage};
use crate::overview::words::{NOT_DEFINED, choose};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::explanation::{Explanation, Kind, Role};

/// Units of money that are scaled to millions or thousands.
const MONEY: [&str; 2] = ["EUR", "EUR/year"];

/// The greatest amount of money among some values, by which their unit is chosen.
pub fn greatest_money<'e>(parts: impl IntoIterator<Item = &'e Explanation>) -> f64 {
    let money = parts.into_iter().filter(|part| MONEY.contains(&part.unit.as_str()));
    let amounts = money.flat_map(|part| [Some(part.value), part.baseline]).flatten();
    amounts
        .filter(|amount| amount.is_finite())
        .fold(0.0, |most, amount| most.max(amount.abs()))
}

/// Value, baseline and unit of a line, where money around it goes up to `greatest_eur`.
pub fn amounts(part: &Explanation, greatest_eur: f64, language: Language) -> (String, String, String) {
    let show: Box<dyn Fn(f64) -> String> = match money(part, greatest_eur) {
        Some(unit) => Box::new(move |value| unit.show(value, language)),
        None if is_year(part) => Box::new(|value| format!("{value:.0}")),
        None => Box::new(move |value| plain(value, language)),
    };
    let shown = |value: f64| {
        if value.is_nan() {
            NOT_DEFINED.get(language).to_owned()
        } else if value.is_infinite() {
            (if value > 0.0 { "∞" } else { "−∞" }).to_owned()
        } else {
            show(value)
        }
    };
    let baseline = part.baseline.map_or_else(String::new, |baseline| {
        if baseline.to_bits() == part.value.to_bits() {
            "=".to_owned()
        } else {
            shown(baseline)
        }
    });
    (shown(part.value), baseline, unit(part, greatest_eur, language))
}

/// The unit as it stands behind a number.
fn unit(part: &Explanation, greatest_eur: f64, language: Language) -> String {
    let own = match money(part, greatest_eur) {
        Some(unit) => part.unit.replacen("EUR", unit.name(language), 1),
        None => part.unit.clone(),
    };
    let words = |year| {
        own.split('/')
            .map(|part| if part == "year" { year } else { part })
            .collect::<Vec<_>>()
            .join("/")
    };
    words(choose(language, "jaar", "year"))
}

fn money(part: &Explanation, greatest_eur: f64) -> Option<MoneyUnit> {
    MONEY
        .contains(&part.unit.as_str())
        .then(|| MoneyUnit::for_amounts_up_to(greatest_eur))
}

/// A calendar year is not an amount: it has no separators.
fn is_year(part: &Explanation) -> bool {
    part.kind == Kind::Time && part.label.en == "now"
}

/// About four significant digits.
pub fn plain(value: f64, language: Language) -> String {
    let size = value.abs();
    if size == 0.0 || value.fract() == 0.0 && size < 1e6 {
        return number(value, 0, language);
    }
    if !(1e-4..1e15).contains(&size) {
        let text = format!("{value:.2e}").replace('-', "−");
        return choose(language, text.replace('.', ","), text);
    }
    let digits = size.log10().floor() as i32;
    let decimals = (3 - digits).clamp(0, 7);
    number(value, usize::try_from(decimals).unwrap_or(0), language)
}

/// What stands in the column of shares.
pub fn share(part: &Explanation, language: Language) -> String {
    let rounded = |share: f64| {
        let percent = if share.abs() < 0.0995 { 1000.0 } else { 100.0 };
        percentage((share * percent).round() / percent, language)
    };
    match (part.decides, part.share) {
        (Some(decides), _) if decides >= 1.0 => "◄".to_owned(),
        (Some(decides), _) if decides > 0.0 => format!("◄ {}", rounded(decides)),
        (None, Some(share)) => rounded(share),
        _ => String::new(),
    }
}

/// The sign before a part: what is done with it.
pub fn sign(role: &Role, language: Language) -> String {
    match role {
        Role::Added => "+ ".to_owned(),
        Role::Subtracted => "− ".to_owned(),
        Role::Multiplied => "× ".to_owned(),
        Role::Divided => "÷ ".to_owned(),
        Role::Weighted { weight } => format!("{} × ", plain((weight * 1000.0).round() / 1000.0, language)),
        Role::Itself | Role::Named { .. } | Role::Element { .. } | Role::Year { .. } | Role::Party { .. } => {
            String::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_about_four_digits() {
        let shown = [0.0, 3.0, 0.0225, 12.345, 123.456, 98_765.4, 2.0e6, 1.5e-7].map(|x| plain(x, Language::Dutch));
        assert_eq!(
            shown,
            ["0", "3", "0,02250", "12,35", "123,5", "98.765", "2.000.000", "1,50e−7"]
        );
    }

    #[test]
    fn what_is_equal_in_the_baseline_is_not_repeated() {
        let part = Explanation {
            value: 2.5e6,
            baseline: Some(2.5e6),
            unit: "EUR/year".to_owned(),
            ..Explanation::default()
        };
        let (value, baseline, unit) = amounts(&part, 2.5e6, Language::Dutch);
        assert_eq!(
            (value.as_str(), baseline.as_str(), unit.as_str()),
            ("2,5", "=", "mln EUR/jaar")
        );
    }

    #[test]
    fn what_is_no_number_is_said_to_be_none() {
        let part = Explanation {
            value: f64::NAN,
            baseline: Some(f64::NEG_INFINITY),
            ..Explanation::default()
        };
        let (value, baseline, _) = amounts(&part, 0.0, Language::English);
        assert_eq!((value.as_str(), baseline.as_str()), ("n/a", "−∞"));
    }
}
