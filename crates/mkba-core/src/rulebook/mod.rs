//! Rulebooks: the appraisal rules of a guideline as data.
//!
//! A rulebook is a file (`models/rulebooks/*.toml`); reading the file is not this crate's task. Deliberately absent: any
//! rate or rule in code.

mod date;
mod fault;
mod part;
mod rates;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finance::{Rate, RatioConvention, Timing};

pub use date::CalendarDate;
pub use fault::RulebookFault;
pub use part::{ForbiddenPair, GuidelineRule, Judge, RuleWeight, RulebookPart};
pub use rates::{RateInUse, UnknownDiscountClass};

/// A versioned set of appraisal rules, as read from its file. Call [`Rulebook::validate`] before use.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Name in studies and on the command line: lower-case letters, digits and hyphens.
    pub id: String,
    /// Name in tables and reports.
    pub label: Text,
    /// Version of this file, for the manifest of a run.
    pub version: String,
    /// Which analyses it is for, by the date they are started.
    pub valid: Validity,
    /// Where the rules come from.
    pub source: String,
    /// Discount class of a flow that names none.
    pub default_discount_class: String,
    /// Discount classes by name.
    pub discount: BTreeMap<String, DiscountClass>,
    /// When in its year a flow is taken to fall.
    pub timing: Timing,
    /// Over which years effects are counted.
    pub horizon: HorizonRule,
    /// Prices in which costs and benefits are expressed.
    pub prices: PriceRule,
    /// Whose welfare counts.
    pub standing: StandingRule,
    /// How the benefit-cost ratio divides its items.
    pub ratio: RatioRule,
    /// Names of the parts it includes; whoever reads the file adds them with [`Rulebook::include`].
    #[serde(default)]
    pub includes: Vec<String>,
    /// What the channels of flows mean, by name.
    #[serde(default)]
    pub channels: BTreeMap<String, Text>,
    /// Channels that may not both count the same gain.
    #[serde(default)]
    pub forbidden_pairs: Vec<ForbiddenPair>,
    /// Rules of the guideline that a study complies with, or says why not.
    #[serde(default)]
    pub checklist: Vec<GuidelineRule>,
}

/// A text in both languages of the reports.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

/// The period in which an analysis has to be started for a rulebook to apply, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// First day.
    pub from: CalendarDate,
    /// Last day; none while the rulebook is in force.
    #[serde(default)]
    pub until: Option<CalendarDate>,
}

/// A kind of flow with its own discount rate.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountClass {
    /// Real rate as a fraction per year, the same in every year.
    pub rate_per_year: f64,
    /// Name in tables and reports.
    pub label: Text,
    /// For which flows it is, and for which not.
    pub note: Text,
    /// Where the rate comes from.
    pub source: String,
}

/// Over which years effects are counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HorizonRule {
    /// Number of years from opening, the opening year included.
    pub years_after_opening: u32,
    /// Where the rule comes from.
    pub source: String,
}

/// Prices in which costs and benefits are expressed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceRule {
    /// With or without indirect taxes.
    pub unit: PriceUnit,
    /// Average indirect tax by which amounts in factor prices are raised to market prices, as a fraction.
    pub indirect_tax_uplift: f64,
    /// Standard rate of value added tax, as a fraction.
    pub standard_vat: f64,
    /// Where prices that rise faster or slower than the general level are booked, and for which effects.
    pub relative_price_rule: Text,
    /// Where the rules come from.
    pub source: String,
}

/// With or without indirect taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceUnit {
    /// Market prices: value added tax and other indirect taxes included.
    MarketPrices,
    /// Factor prices: net of indirect taxes.
    FactorPrices,
}

/// Whose welfare counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingRule {
    /// Whether a party that does not say so itself has standing.
    pub default: bool,
    /// Who has standing and who has not.
    pub note: Text,
    /// Where the rule comes from.
    pub source: String,
}

/// How the benefit-cost ratio divides its items.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatioRule {
    /// The convention, printed with the ratio.
    pub convention: RatioConvention,
    /// Where the rule comes from.
    pub source: String,
}

impl Rulebook {
    /// Whether it is the rulebook for an analysis that is started on this day.
    #[must_use]
    pub fn applies_to_start(&self, start: CalendarDate) -> bool {
        self.valid.from <= start && self.valid.until.is_none_or(|until| start <= until)
    }

    /// The discount rate of a class, if the rulebook has that class and its rate is a rate.
    #[must_use]
    pub fn discount_rate(&self, class: &str) -> Option<Rate> {
        Rate::per_year(self.discount.get(class)?.rate_per_year).ok()
    }

    /// All faults in the rulebook at once, in the order of its keys.
    ///
    /// # Errors
    /// If there is any fault.
    pub fn validate(&self) -> Result<(), Vec<RulebookFault>> {
        let faults = fault::faults_of(self);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}
