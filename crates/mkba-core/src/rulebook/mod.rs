//! Rulebooks: the appraisal rules of a guideline as data.
//!
//! A rulebook is a file (`models/rulebooks/*.toml`); reading the file is not this crate's task. Deliberately absent: any
//! rate or rule in code.

mod bridge;
mod date;
mod fault;
mod horizon;
mod part;
mod prices;
mod rates;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finance::{RatioConvention, Timing};

pub use bridge::Part;
pub use date::CalendarDate;
pub use fault::RulebookFault;
pub use horizon::{HorizonRule, HorizonStart, ResidualRule};
pub use part::{ForbiddenPair, GuidelineRule, Judge, RuleKind, RulebookPart};
pub use prices::{PriceRule, PriceUnit};
pub use rates::{ClassInstead, DiscountClass, FoundClass, OtherSchedule, RateStep, SCHEDULE_MARK, StatedRate};

/// A versioned set of appraisal rules, as read from its file. Call [`Rulebook::validate`] before use.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Name in studies and on the command line: lower-case letters, digits and hyphens. Under another schedule of the same rulebook
    /// the name of the schedule follows, as in `uk-2026/long-term`.
    pub id: String,
    /// Whose rules they are: `nl`, `eu`, `uk`. Of one authority, one rulebook is right for an analysis that starts on a given day.
    pub authority: String,
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
    /// Which class stands for one that other rulebooks have and this one lacks.
    #[serde(default)]
    pub instead: BTreeMap<String, ClassInstead>,
    /// Other schedules of discount rates that the rulebook asks for beside its own, by name.
    #[serde(default)]
    pub schedule: BTreeMap<String, OtherSchedule>,
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
    /// Which background scenarios an appraisal shows.
    pub scenarios: ScenarioRule,
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

/// Whose welfare counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingRule {
    /// Whether a party that does not say so itself has standing.
    pub default: bool,
    /// Whether parties elsewhere in the European Union count as well (`society = "union"` of a party).
    #[serde(default)]
    pub union: bool,
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

/// Which background scenarios an appraisal shows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRule {
    /// So many scenarios at least.
    pub at_least: u32,
    /// Which ones, and how they are shown.
    pub note: Text,
    /// Where the rule comes from.
    pub source: String,
}

impl Rulebook {
    /// Whether it is the rulebook for an analysis that is started on this day.
    #[must_use]
    pub fn applies_to_start(&self, start: CalendarDate) -> bool {
        self.valid.from <= start && self.valid.until.is_none_or(|until| start <= until)
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
