//! Faults in a rulebook.

use std::collections::BTreeSet;
use std::fmt;

use super::{CalendarDate, RateStep, Rulebook, Text};

/// A fault in a rulebook, with the key it is at.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RulebookFault {
    /// The id is not made of lower-case letters, digits and hyphens.
    BadId {
        /// The id.
        id: String,
    },
    /// A text that has to say something is empty.
    EmptyText {
        /// Key of the text.
        key: String,
    },
    /// The last day of validity lies before the first.
    ValidityReversed {
        /// First day.
        from: CalendarDate,
        /// Last day.
        until: CalendarDate,
    },
    /// There is no discount class.
    NoDiscountClass,
    /// The default discount class does not exist.
    UnknownDefaultClass {
        /// Its name.
        class: String,
    },
    /// A rate that is not between -100 % and 100 % per year; a percentage written as a whole number ends up here.
    RateOutOfRange {
        /// Key of the rate.
        key: String,
        /// The rate as a fraction per year.
        per_year: f64,
    },
    /// A class that should stand for another one does not exist.
    UnknownClass {
        /// Key at which it is named.
        key: String,
        /// Its name.
        class: String,
    },
    /// Rates of later years that do not come in order.
    StepsNotAscending {
        /// Key of the steps.
        key: String,
    },
    /// A tax rate that is not between 0 and 100 %.
    TaxOutOfRange {
        /// Key of the tax rate.
        key: String,
        /// The tax rate as a fraction.
        fraction: f64,
    },
    /// A horizon of no years or more than a thousand.
    HorizonOutOfRange {
        /// Number of years.
        years: u32,
    },
    /// A forbidden pair names a channel that is not among the channels.
    UnknownChannel {
        /// Its name.
        channel: String,
    },
    /// A channel, pair or rule stands twice.
    Repeated {
        /// What stands twice.
        what: String,
    },
}

impl fmt::Display for RulebookFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadId { id } => {
                write!(
                    out,
                    "`id` requires lower-case letters, digits and hyphens, found `{id}`"
                )
            }
            Self::EmptyText { key } => write!(out, "`{key}` requires a text"),
            Self::ValidityReversed { from, until } => {
                write!(out, "`valid.until` {until} is before `valid.from` {from}")
            }
            Self::NoDiscountClass => write!(out, "`discount` requires at least one class"),
            Self::UnknownDefaultClass { class } => {
                write!(
                    out,
                    "`default_discount_class` names `{class}`, which is not in `discount`"
                )
            }
            Self::RateOutOfRange { key, per_year } => write!(
                out,
                "`{key}` requires a fraction per year between -1 and 1 (2.25 % is 0.0225), found {per_year}"
            ),
            Self::UnknownClass { key, class } => {
                write!(out, "`{key}` names `{class}`, which is not in `discount`")
            }
            Self::StepsNotAscending { key } => {
                write!(out, "`{key}` requires numbers of years that ascend from 1")
            }
            Self::TaxOutOfRange { key, fraction } => write!(
                out,
                "`{key}` requires a fraction from 0 to 1 (21 % is 0.21), found {fraction}"
            ),
            Self::HorizonOutOfRange { years } => {
                write!(out, "`horizon.years` requires 1 to 1000 years, found {years}")
            }
            Self::UnknownChannel { channel } => {
                write!(
                    out,
                    "`forbidden_pairs` names the channel `{channel}`, which is not in `channels`"
                )
            }
            Self::Repeated { what } => write!(out, "{what} stands twice"),
        }
    }
}

impl std::error::Error for RulebookFault {}

/// All faults, in the order of the keys.
pub(super) fn faults_of(rulebook: &Rulebook) -> Vec<RulebookFault> {
    let mut faults = Vec::new();
    let id_is_good = !rulebook.id.is_empty()
        && rulebook
            .id
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !id_is_good {
        faults.push(RulebookFault::BadId {
            id: rulebook.id.clone(),
        });
    }
    require_text(&mut faults, "authority", &rulebook.authority);
    require_texts(&mut faults, "label", &rulebook.label);
    require_text(&mut faults, "version", &rulebook.version);
    if let Some(until) = rulebook.valid.until
        && until < rulebook.valid.from
    {
        faults.push(RulebookFault::ValidityReversed {
            from: rulebook.valid.from,
            until,
        });
    }
    require_text(&mut faults, "source", &rulebook.source);
    discount_faults(&mut faults, rulebook);
    let years = rulebook.horizon.years;
    if !(1..=1000).contains(&years) {
        faults.push(RulebookFault::HorizonOutOfRange { years });
    }
    require_texts(&mut faults, "horizon.note", &rulebook.horizon.note);
    require_text(&mut faults, "horizon.source", &rulebook.horizon.source);
    let prices = &rulebook.prices;
    require_tax(&mut faults, "prices.indirect_tax_uplift", prices.indirect_tax_uplift);
    require_tax(&mut faults, "prices.standard_vat", prices.standard_vat);
    require_texts(&mut faults, "prices.relative_price_rule", &prices.relative_price_rule);
    require_text(&mut faults, "prices.source", &prices.source);
    require_texts(&mut faults, "standing.note", &rulebook.standing.note);
    require_text(&mut faults, "standing.source", &rulebook.standing.source);
    require_text(&mut faults, "ratio.source", &rulebook.ratio.source);
    guard_faults(&mut faults, rulebook);
    require_texts(&mut faults, "scenarios.note", &rulebook.scenarios.note);
    require_text(&mut faults, "scenarios.source", &rulebook.scenarios.source);
    faults
}

/// Faults of channels, forbidden pairs and checklist.
fn guard_faults(faults: &mut Vec<RulebookFault>, rulebook: &Rulebook) {
    let mut seen = BTreeSet::new();
    for (name, text) in &rulebook.channels {
        require_texts(faults, &format!("channels.{name}"), text);
    }
    for pair in &rulebook.forbidden_pairs {
        let [a, b] = &pair.channels;
        let key = format!("forbidden pair of `{a}` and `{b}`");
        for channel in [a, b] {
            if !rulebook.channels.contains_key(channel) {
                let channel = channel.clone();
                faults.push(RulebookFault::UnknownChannel { channel });
            }
        }
        require_texts(faults, &format!("{key}: reason"), &pair.reason);
        require_text(faults, &format!("{key}: source"), &pair.source);
        if !seen.insert((a.min(b), a.max(b))) {
            let what = format!("the {key}");
            faults.push(RulebookFault::Repeated { what });
        }
    }
    let mut rules = BTreeSet::new();
    for rule in &rulebook.checklist {
        let key = format!("checklist rule `{}`", rule.id);
        require_texts(faults, &format!("{key}: text"), &rule.text);
        require_text(faults, &format!("{key}: source"), &rule.source);
        if !rules.insert(&rule.id) {
            let what = format!("the {key}");
            faults.push(RulebookFault::Repeated { what });
        }
    }
}

fn discount_faults(faults: &mut Vec<RulebookFault>, rulebook: &Rulebook) {
    if rulebook.discount.is_empty() {
        faults.push(RulebookFault::NoDiscountClass);
    } else if !rulebook.discount.contains_key(&rulebook.default_discount_class) {
        let class = rulebook.default_discount_class.clone();
        faults.push(RulebookFault::UnknownDefaultClass { class });
    }
    for (name, class) in &rulebook.discount {
        let key = format!("discount.{name}");
        rate_faults(faults, &key, class.rate_per_year, &class.steps);
        require_texts(faults, &format!("{key}.label"), &class.label);
        require_texts(faults, &format!("{key}.note"), &class.note);
        require_text(faults, &format!("{key}.source"), &class.source);
    }
    for (name, instead) in &rulebook.instead {
        require_class(faults, rulebook, format!("instead.{name}.class"), &instead.class);
        require_texts(faults, &format!("instead.{name}.note"), &instead.note);
    }
    for (name, schedule) in &rulebook.schedule {
        let key = format!("schedule.{name}");
        require_texts(faults, &format!("{key}.label"), &schedule.label);
        require_texts(faults, &format!("{key}.note"), &schedule.note);
        require_text(faults, &format!("{key}.source"), &schedule.source);
        for (class, rate) in &schedule.rates {
            let key = format!("{key}.rates.{class}");
            require_class(faults, rulebook, key.clone(), class);
            rate_faults(faults, &key, rate.rate_per_year, &rate.steps);
        }
    }
}

fn require_class(faults: &mut Vec<RulebookFault>, rulebook: &Rulebook, key: String, class: &str) {
    if !rulebook.discount.contains_key(class) {
        let class = class.to_owned();
        faults.push(RulebookFault::UnknownClass { key, class });
    }
}

fn rate_faults(faults: &mut Vec<RulebookFault>, key: &str, first: f64, steps: &[RateStep]) {
    let later = steps.iter().map(|step| step.rate_per_year);
    let names = std::iter::once(format!("{key}.rate_per_year")).chain((0..).map(|n| format!("{key}.steps.{n}")));
    for (per_year, key) in std::iter::once(first).chain(later).zip(names) {
        // A rate that is not a number fails this test as well.
        if !(per_year > -1.0 && per_year < 1.0) {
            faults.push(RulebookFault::RateOutOfRange { key, per_year });
        }
    }
    let years = steps.iter().map(|step| step.after_years);
    let before = std::iter::once(0).chain(years.clone());
    if years.zip(before).any(|(after, before)| after <= before || after > 9999) {
        let key = format!("{key}.steps");
        faults.push(RulebookFault::StepsNotAscending { key });
    }
}

fn require_tax(faults: &mut Vec<RulebookFault>, key: &str, fraction: f64) {
    if !(0.0..=1.0).contains(&fraction) {
        faults.push(RulebookFault::TaxOutOfRange {
            key: key.to_owned(),
            fraction,
        });
    }
}

fn require_texts(faults: &mut Vec<RulebookFault>, key: &str, text: &Text) {
    require_text(faults, &format!("{key}.nl"), &text.nl);
    require_text(faults, &format!("{key}.en"), &text.en);
}

fn require_text(faults: &mut Vec<RulebookFault>, key: &str, text: &str) {
    if text.trim().is_empty() {
        faults.push(RulebookFault::EmptyText { key: key.to_owned() });
    }
}
