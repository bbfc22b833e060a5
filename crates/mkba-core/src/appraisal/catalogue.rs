//! What a result is about: names, labels, units and settings, for tables, figures and reports.
use crate::finance::Timing;
use crate::rulebook::PriceUnit;
use serde::{Deserialize, Serialize};

/// Text in two languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

/// The language of labels and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Dutch.
    #[default]
    Dutch,
    /// English.
    English,
}

impl Text {
    /// The text in a language; the other language when it is empty.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::Dutch => (&self.nl, &self.en),
            Language::English => (&self.en, &self.nl),
        };
        if first.is_empty() { second } else { first }
    }
}

/// A named thing with a label.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Identifier, as in files and columns.
    pub id: String,
    /// Label.
    pub label: Text,
}

/// Kinds of flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// Real resources used.
    Cost,
    /// Welfare gained, or lost when negative.
    Benefit,
    /// From one party to another.
    Transfer,
}

impl FlowKind {
    /// As in files and columns.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Benefit => "benefit",
            Self::Transfer => "transfer",
        }
    }
}

/// A flow in results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowEntry {
    /// Identifier and label.
    pub entry: Entry,
    /// Kind.
    pub kind: FlowKind,
    /// Effect: `investment`, `direct`, ….
    pub effect: String,
    /// Pillar, or empty.
    pub pillar: String,
    /// Discount class.
    pub discount: String,
    /// Kept out of the balance without separate effects.
    pub separate: bool,
}

/// A party in results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyEntry {
    /// Identifier and label.
    pub entry: Entry,
    /// Counts in the balance.
    pub standing: bool,
    /// The ministry that it belongs to, such as `OCW`; or empty.
    #[serde(default)]
    pub department: String,
}

/// An effect that is not put in money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnpricedEntry {
    /// Identifier and label.
    pub entry: Entry,
    /// `+`, `-` or `±`.
    pub sign: String,
    /// Why it is not priced.
    pub why: String,
}

/// A variable reported beside the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorEntry {
    /// Identifier and label.
    pub entry: Entry,
    /// Unit in words; values are in base units.
    pub unit: String,
    /// Keys of its elements; one empty key when it is national.
    pub elements: Vec<String>,
}

/// An uncertain input.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputEntry {
    /// Full name, `jobs[delft]`, and label of its parameter.
    pub entry: Entry,
    /// Unit as stated; empty for a number without unit.
    pub unit: String,
    /// Distribution as stated, without unit.
    pub distribution: String,
    /// A placeholder, to be replaced before the result is used.
    pub placeholder: bool,
}

/// How a study reads the gates of its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateReading {
    /// As declared.
    #[default]
    AsIs,
    /// All that a gate does not serve is met by its substitute, at its cost; gates without one are as declared.
    Soft,
    /// Capacity has no bound.
    Off,
}

impl GateReading {
    /// In the order in which results are told.
    pub const ALL: [Self; 3] = [Self::AsIs, Self::Soft, Self::Off];

    /// As in files, columns and options.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AsIs => "as-is",
            Self::Soft => "soft",
            Self::Off => "off",
        }
    }

    /// The reading of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reading| reading.word() == word)
    }
}

/// A gate in results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GateEntry {
    /// Identifier and label.
    pub entry: Entry,
    /// Unit, per year, of what is wanted and granted in tables.
    pub unit: String,
    /// Base units in one of it; outcomes are in base units.
    pub scale: f64,
    /// Keys of its elements; one empty key when it is national.
    pub elements: Vec<String>,
}

/// A limit in results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LimitEntry {
    /// Identifier and label.
    pub entry: Entry,
    /// Unit in tables.
    pub unit: String,
    /// Base units in one of it; outcomes are in base units.
    pub scale: f64,
    /// Keys of its elements; one empty key when it is national.
    pub elements: Vec<String>,
    /// Names of its bounds, in order of name.
    pub bounds: Vec<String>,
}

/// An interaction in results: a whole against its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionEntry {
    /// Identifier and label.
    pub entry: Entry,
    /// The alternative with everything together.
    pub whole: usize,
    /// The alternatives with each part alone.
    pub parts: Vec<usize>,
    /// Readings of the gates under which it is told.
    pub readings: Vec<GateReading>,
}

/// A discount class as it was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateEntry {
    /// `standard`, `sunk`, ….
    pub class: String,
    /// Rate per year when it is the same in all draws; of a rate that changes over the years, the first.
    pub per_year: Option<f64>,
    /// Rates of later years: the first year of each, and its rate per year.
    #[serde(default)]
    pub steps: Vec<(i32, f64)>,
    /// As stated: `2.25 %/year`, `triangular(1.6, 2.25, 3.0) %/year`.
    pub stated: String,
    /// Whether the study replaced the rulebook's rate.
    pub replaced: bool,
}

/// How a study deals with a rule of the guideline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleStatus {
    /// The rule is followed.
    Comply,
    /// The study departs from it, and says why.
    Explain,
    /// There is nothing to which it applies.
    NotApplicable,
    /// Nobody has said.
    Open,
}

impl RuleStatus {
    /// As in files and columns.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Comply => "comply",
            Self::Explain => "explain",
            Self::NotApplicable => "not_applicable",
            Self::Open => "open",
        }
    }
}

/// Who has judged a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JudgedBy {
    /// The engine, by looking at the study.
    Engine,
    /// The author of the study.
    Author,
    /// Nobody yet.
    Nobody,
}

impl JudgedBy {
    /// As in files and columns.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Author => "author",
            Self::Nobody => "nobody",
        }
    }
}

/// A rule of the guideline, and how the study deals with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleEntry {
    /// Identifier.
    pub id: String,
    /// What is asked.
    pub text: Text,
    /// `guideline` or `advice`.
    pub kind: String,
    /// Where the rule comes from.
    pub source: String,
    /// How the study deals with it.
    pub status: RuleStatus,
    /// Who says so.
    pub judged_by: JudgedBy,
    /// What the engine found; empty when it cannot judge the rule.
    pub finding: Text,
    /// What the author says; empty when nothing.
    pub explanation: String,
}

/// Everything that names the numbers of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Label of the study.
    pub study: Text,
    /// Identifier and label of the model.
    pub model: Entry,
    /// Price level.
    pub price_year: i32,
    /// Year of present values.
    pub base_year: i32,
    /// First year.
    pub first_year: i32,
    /// Last year.
    pub last_year: i32,
    /// Opening year, if any.
    pub opening_year: Option<i32>,
    /// Rulebook: identifier and label.
    pub rulebook: Entry,
    /// Discount classes that flows use.
    pub rates: Vec<RateEntry>,
    /// Timing of flows within the year.
    pub timing: Timing,
    /// Market prices, or prices net of indirect taxes.
    #[serde(default)]
    pub price_unit: PriceUnit,
    /// The last year that counts under the rulebook, when the model computes more.
    #[serde(default)]
    pub last_counted_year: Option<i32>,
    /// Scenarios.
    pub scenarios: Vec<Entry>,
    /// Alternatives, the baseline among them.
    pub alternatives: Vec<Entry>,
    /// Which alternative is the baseline.
    pub baseline: usize,
    /// Flows.
    pub flows: Vec<FlowEntry>,
    /// Parties.
    pub parties: Vec<PartyEntry>,
    /// Unpriced items.
    pub unpriced: Vec<UnpricedEntry>,
    /// Indicators.
    pub indicators: Vec<IndicatorEntry>,
    /// Uncertain inputs, in the order in which they are drawn.
    #[serde(default)]
    pub inputs: Vec<InputEntry>,
    /// Keys of the regions of the regional account; empty when there is none.
    pub regions: Vec<String>,
    /// Rules of the guideline, and how the study deals with each.
    #[serde(default)]
    pub checklist: Vec<RuleEntry>,
    /// How the gates were read.
    #[serde(default)]
    pub gate_reading: GateReading,
    /// Calendar years in which gates and limits are tabulated.
    #[serde(default)]
    pub gate_years: Vec<i32>,
    /// Gates.
    #[serde(default)]
    pub gates: Vec<GateEntry>,
    /// Limits.
    #[serde(default)]
    pub limits: Vec<LimitEntry>,
    /// Interactions.
    #[serde(default)]
    pub interactions: Vec<InteractionEntry>,
}

impl Catalogue {
    /// The alternatives that are compared with the baseline.
    pub fn compared(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.alternatives.len()).filter(move |&alternative| alternative != self.baseline)
    }
}
