//! The benefit-cost ratio of an alternative, from the mean present values of its flows.
use crate::appraisal::catalogue::{Catalogue, FlowKind};
use crate::finance::{self, BenefitCostRatio, PresentValue, RatioConvention, RatioItem, RatioNotDefined, RatioSide};
use crate::outcome::AlternativeOutcome;

/// Which flows count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All flows.
    All,
    /// All but those that are kept separate because their evidence is weak.
    WithoutSeparate,
}

/// A benefit-cost ratio and the convention by which it was divided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlternativeRatio {
    /// The ratio, or why there is none.
    pub ratio: BenefitCostRatio,
    /// How items were divided over numerator and denominator.
    pub convention: RatioConvention,
}

impl Scope {
    /// Both scopes when some flow is kept separate, else only [`Scope::All`].
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> &'static [Self] {
        if catalogue.flows.iter().any(|flow| flow.separate) {
            &[Self::All, Self::WithoutSeparate]
        } else {
            &[Self::All]
        }
    }
    /// Whether a flow counts.
    #[must_use]
    pub const fn counts(self, separate: bool) -> bool {
        match self {
            Self::All => true,
            Self::WithoutSeparate => !separate,
        }
    }
    /// A name with the scope in it: `npv`, `npv_without_separate`.
    #[must_use]
    pub fn named(self, what: &str) -> String {
        match self {
            Self::All => what.to_owned(),
            Self::WithoutSeparate => format!("{what}_without_separate"),
        }
    }
}

/// Mean benefits divided by mean costs: a ratio of means, not the mean of the ratios of the draws, which exists less often
/// and is biased (the mean of a quotient is not the quotient of the means).
///
/// Flows of kind cost are the costs of the measure. Transfers count with what society gains or loses by them, which is
/// nothing between parties with standing.
#[must_use]
pub fn benefit_cost_ratio(
    catalogue: &Catalogue,
    result: &AlternativeOutcome,
    scope: Scope,
    convention: RatioConvention,
) -> AlternativeRatio {
    let counted = catalogue.flows.iter().zip(&result.flows);
    let items: Vec<RatioItem> = counted
        .filter(|(flow, _)| scope.counts(flow.separate))
        .map(|(flow, value)| RatioItem {
            side: match flow.kind {
                FlowKind::Cost => RatioSide::CostOfTheMeasure,
                FlowKind::Benefit | FlowKind::Transfer => RatioSide::Effect,
            },
            present_value: PresentValue(value.mean),
        })
        .collect();
    AlternativeRatio {
        ratio: finance::benefit_cost_ratio(&items, convention),
        convention,
    }
}

impl AlternativeRatio {
    /// The note of a ratio in tables: the convention, and behind `; ` the reason when the ratio is not defined.
    ///
    /// Conventions are `costs_of_the_measure` and `all_negative_items`; reasons `no_cost`, `cost_is_saving`, `not_finite`.
    #[must_use]
    pub fn note(self) -> String {
        let convention = convention_word(self.convention);
        match self.ratio {
            BenefitCostRatio::Ratio(_) => convention.to_owned(),
            BenefitCostRatio::NotDefined(reason) => format!("{convention}; {}", reason_word(reason)),
        }
    }
}

const fn convention_word(convention: RatioConvention) -> &'static str {
    match convention {
        RatioConvention::CostsOfTheMeasure => "costs_of_the_measure",
        RatioConvention::AllNegativeItems => "all_negative_items",
    }
}

const fn reason_word(reason: RatioNotDefined) -> &'static str {
    match reason {
        RatioNotDefined::NoCost => "no_cost",
        RatioNotDefined::CostIsSaving => "cost_is_saving",
        RatioNotDefined::NotFinite => "not_finite",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, HARDWARE, SAVING};

    #[test]
    fn separate_benefits_are_in_one_ratio_and_not_in_the_other() {
        let outcome = fixture::outcome();
        let result = &outcome.scenarios[0].alternatives[HARDWARE];
        let ratio = |scope| {
            benefit_cost_ratio(&outcome.catalogue, result, scope, RatioConvention::CostsOfTheMeasure)
                .ratio
                .value()
                .expect("defined")
        };
        // Costs 100 + 20; benefits 60 + 30 + 6 from abroad, and 24 separate.
        assert!((ratio(Scope::WithoutSeparate) - 96.0 / 120.0).abs() < 1e-12);
        assert!((ratio(Scope::All) - 120.0 / 120.0).abs() < 1e-12);
    }

    #[test]
    fn a_saving_has_no_ratio_and_says_why() {
        let outcome = fixture::outcome();
        let result = &outcome.scenarios[0].alternatives[SAVING];
        let ratio = benefit_cost_ratio(
            &outcome.catalogue,
            result,
            Scope::All,
            RatioConvention::CostsOfTheMeasure,
        );
        assert_eq!(ratio.ratio.value(), None);
        assert_eq!(ratio.note(), "costs_of_the_measure; cost_is_saving");
    }

    #[test]
    fn the_convention_is_named() {
        let outcome = fixture::outcome();
        let result = &outcome.scenarios[0].alternatives[HARDWARE];
        let ratio = benefit_cost_ratio(
            &outcome.catalogue,
            result,
            Scope::All,
            RatioConvention::AllNegativeItems,
        );
        assert_eq!(ratio.note(), "all_negative_items");
    }
}
