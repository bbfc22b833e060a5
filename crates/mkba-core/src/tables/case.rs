//! The cases that have rows: each scenario with each alternative that is compared with the baseline.
use crate::outcome::{AlternativeOutcome, Outcome};

/// Results of one alternative in one scenario, with their identifiers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) scenario: &'a str,
    pub(super) alternative: &'a str,
    pub(super) result: &'a AlternativeOutcome,
}

/// All cases in the order of the catalogue, scenarios first, without the baseline.
pub(super) fn compared(outcome: &Outcome) -> Vec<Case<'_>> {
    let catalogue = &outcome.catalogue;
    let mut cases = Vec::new();
    for (scenario, result) in catalogue.scenarios.iter().zip(&outcome.scenarios) {
        for alternative in catalogue.compared() {
            cases.push(Case {
                scenario: &scenario.id,
                alternative: &catalogue.alternatives[alternative].id,
                result: &result.alternatives[alternative],
            });
        }
    }
    cases
}
