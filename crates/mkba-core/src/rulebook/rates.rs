//! Discount rates of a rulebook: by class, by year, and under another schedule of the same rulebook.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Rulebook, Text};
use crate::finance::{Rate, RateSchedule};

/// Stands between the name of a rulebook and that of another schedule of it: `uk-2026/long-term`.
pub const SCHEDULE_MARK: char = '/';

/// A kind of flow with its own discount rate.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountClass {
    /// Real rate as a fraction per year, from the year after the base year on.
    pub rate_per_year: f64,
    /// Rates of later years; none when the rate is the same in every year.
    #[serde(default)]
    pub steps: Vec<RateStep>,
    /// Name in tables and reports.
    pub label: Text,
    /// For which flows it is, and for which not.
    pub note: Text,
    /// Where the rate comes from.
    pub source: String,
}

/// A rate that begins some years after the base year.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateStep {
    /// The last year after the base year with the rate before it: after 30 years the rate of year 31 is this one.
    pub after_years: u32,
    /// Real rate as a fraction per year.
    pub rate_per_year: f64,
}

/// The class that stands for one that the rulebook lacks, and why.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassInstead {
    /// A class of the rulebook.
    pub class: String,
    /// Why flows of the class it lacks belong there.
    pub note: Text,
}

/// Another schedule of discount rates, for a test of sensitivity that the rulebook asks for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherSchedule {
    /// Name in tables and reports.
    pub label: Text,
    /// When it is asked for, and what for.
    pub note: Text,
    /// Asked for when the horizon is longer than this number of years.
    pub horizon_over_years: u32,
    /// Where the rates come from.
    pub source: String,
    /// Rates of classes; a class that is not named keeps its own.
    pub rates: BTreeMap<String, StatedRate>,
}

/// A rate with its later steps.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedRate {
    /// Real rate as a fraction per year, from the year after the base year on.
    pub rate_per_year: f64,
    /// Rates of later years.
    #[serde(default)]
    pub steps: Vec<RateStep>,
}

/// The class under which a flow is discounted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundClass<'a> {
    /// Its name in the rulebook.
    pub name: &'a str,
    /// Its rates.
    pub class: &'a DiscountClass,
}

impl Rulebook {
    /// The class of the rulebook for flows of a class: of that name, or the one that stands for it.
    #[must_use]
    pub fn discount_class(&self, class: &str) -> Option<FoundClass<'_>> {
        let name = match self.instead.get(class) {
            Some(instead) if !self.discount.contains_key(class) => instead.class.as_str(),
            _ => class,
        };
        let (name, class) = self.discount.get_key_value(name)?;
        Some(FoundClass { name, class })
    }

    /// The same rules with the rates of another schedule; none if there is no schedule of this name.
    #[must_use]
    pub fn under_schedule(&self, name: &str) -> Option<Self> {
        let schedule = self.schedule.get(name)?;
        let mut other = self.clone();
        for (class, rate) in &schedule.rates {
            let class = other.discount.get_mut(class)?;
            class.rate_per_year = rate.rate_per_year;
            class.steps.clone_from(&rate.steps);
            class.source.clone_from(&schedule.source);
        }
        other.id = format!("{}{SCHEDULE_MARK}{name}", self.id);
        other.label = Text {
            nl: format!("{}, {}", self.label.nl, schedule.label.nl),
            en: format!("{}, {}", self.label.en, schedule.label.en),
        };
        Some(other)
    }
}

impl DiscountClass {
    /// The rate in each year when present values are at `base_year`; none if a rate is not a rate or the steps do not ascend.
    #[must_use]
    pub fn schedule(&self, base_year: i32) -> Option<RateSchedule> {
        let first = Rate::per_year(self.rate_per_year).ok()?;
        let step = |step: &RateStep| {
            let year = base_year
                .checked_add(i32::try_from(step.after_years).ok()?)?
                .checked_add(1)?;
            Some((year, Rate::per_year(step.rate_per_year).ok()?))
        };
        RateSchedule::stepped(first, self.steps.iter().map(step).collect::<Option<_>>()?).ok()
    }

    /// As tables state it: `2.25 %/year`, `3.5 %/year, 3 % after 30 years`.
    #[must_use]
    pub fn stated(&self) -> String {
        let percent = |rate: f64| {
            let text = format!("{:.6}", 100.0 * rate);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        let first = format!("{} %/year", percent(self.rate_per_year));
        self.steps.iter().fold(first, |stated, step| {
            let rate = percent(step.rate_per_year);
            format!("{stated}, {rate} % after {} years", step.after_years)
        })
    }
}
