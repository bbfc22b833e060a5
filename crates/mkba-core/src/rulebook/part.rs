//! Parts of a rulebook that several rulebooks share: which gains may not be counted beside each other, and the rules that a reviewer checks.
use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Rulebook, Text};

/// A file of rules that rulebooks include by name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulebookPart {
    /// Name by which rulebooks include it, and of its file.
    pub part: String,
    /// Version of the file, for the manifest of a run.
    pub version: String,
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

/// Two channels that may not both be counted in full for the same people, at the same place, in the same years.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForbiddenPair {
    /// The two channels.
    pub channels: [String; 2],
    /// Why they hold the same gain.
    pub reason: Text,
    /// Where the rule comes from.
    pub source: String,
}

/// A rule of the guideline.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuidelineRule {
    /// Name, by which a study states how it deals with the rule.
    pub id: String,
    /// What is asked.
    pub text: Text,
    /// How binding it is.
    pub kind: RuleKind,
    /// Where the rule comes from.
    pub source: String,
    /// What the engine looks at to judge the rule by itself; none when only the author can.
    #[serde(default)]
    pub judged_by: Option<Judge>,
}

/// How binding a rule of the guideline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Followed unless there is a good reason not to (*richtlijn*).
    Guideline,
    /// Worth following (*advies*).
    Advice,
}

/// What the engine can judge of a study without its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judge {
    /// At least two scenarios.
    SeveralScenarios,
    /// The baseline holds measures, or says by name that it does nothing.
    ExplicitBaseline,
    /// Decided measures are in the baseline, others are not.
    DecidedInBaseline,
    /// At least two alternatives beside the baseline.
    SeveralAlternatives,
    /// Some alternative is a part of another, so that parts are judged alone.
    Unbundled,
    /// Some measure waits for what is observed.
    PhasedAlternative,
    /// Every cost and benefit belongs to a row of the overview table.
    EffectsClassified,
    /// Items without price are listed with their sign.
    UnpricedWithSign,
    /// Effects with weak evidence are kept out of the main balance.
    WeakEvidenceSeparate,
    /// The balance stands beside every ratio.
    NoLoneRatio,
    /// Effects are counted for as many years after opening as the rulebook asks.
    Horizon,
    /// Rates and discount classes are those of the rulebook, or say why not.
    DiscountRates,
    /// Present values state base year and price level.
    PriceLevelStated,
    /// Every flow states its tax content.
    TaxContentStated,
    /// Every number has a source or says why it is assumed.
    NumbersSourced,
    /// No number is a placeholder.
    NoPlaceholders,
    /// Some inputs are drawn within each scenario.
    InputsUncertain,
    /// Costs of replacement are counted.
    ReinvestmentCounted,
    /// Costs of upkeep are counted.
    UpkeepCounted,
    /// Every benefit names the channel through which it is gained.
    ChannelsNamed,
    /// Every cost and benefit says whose life it shares.
    LifetimesNamed,
    /// Parties show who bears and who gains.
    PartiesShown,
    /// Some party lies outside the balance, so that what leaks away is shown.
    OutsideShown,
    /// Effects are shown by region.
    RegionsShown,
    /// Measures that are decided or proposed say where.
    StatusSourced,
}

impl Rulebook {
    /// Adds what a part holds. Of a channel that is known already, the meaning stays.
    pub fn include(&mut self, part: RulebookPart) {
        for (name, text) in part.channels {
            self.channels.entry(name).or_insert(text);
        }
        self.forbidden_pairs.extend(part.forbidden_pairs);
        self.checklist.extend(part.checklist);
    }

    /// The rule that forbids two channels beside each other, if there is one.
    #[must_use]
    pub fn forbids(&self, one: &str, other: &str) -> Option<&ForbiddenPair> {
        self.forbidden_pairs.iter().find(|pair| {
            let [a, b] = &pair.channels;
            (a == one && b == other) || (a == other && b == one)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        Text {
            nl: text.to_owned(),
            en: text.to_owned(),
        }
    }

    #[test]
    fn a_pair_is_forbidden_in_both_orders_and_only_that_pair() {
        let mut rulebook: Rulebook =
            toml::from_str(include_str!("../../../../models/rulebooks/nl-2021.toml")).expect("a rulebook");
        let pair = |a: &str, b: &str| ForbiddenPair {
            channels: [a.to_owned(), b.to_owned()],
            reason: text("why"),
            source: "where".to_owned(),
        };
        rulebook.include(RulebookPart {
            part: "pairs".to_owned(),
            version: "1".to_owned(),
            channels: ["a", "b", "c"].map(|name| (name.to_owned(), text(name))).into(),
            forbidden_pairs: vec![pair("a", "b")],
            checklist: Vec::new(),
        });
        assert!(rulebook.forbids("a", "b").is_some() && rulebook.forbids("b", "a").is_some());
        assert!(rulebook.forbids("a", "c").is_none() && rulebook.forbids("a", "a").is_none());
    }
}
