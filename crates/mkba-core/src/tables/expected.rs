//! The expected flows of an alternative to society, year by year: what internal rates and payback are about.
use super::ratio::Scope;
use crate::appraisal::catalogue::{Catalogue, FlowKind};
use crate::finance::{AnnualFlow, Horizon, Rate, RateSchedule, discount_factors};
use crate::outcome::AlternativeOutcome;

/// Why the expected flows are not known by year: a transfer counts for society, and its discount rate is uncertain, so that
/// the share that counts cannot be told from its present value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownByYear;

/// A share of the amounts of a flow below which it is rounding: transfers between parties with standing leave such sums.
const ROUNDING: f64 = 1e-12;

/// Mean amount to society in each year, undiscounted, over the flows that count.
///
/// The timeline of a transfer is the amount that changes hands. What society gains by it is a share that does not change over
/// the years, so it is the present value to society divided by the present value of the amounts.
///
/// # Errors
/// If a transfer counts for society and its rate is not one number.
pub fn expected_flows(
    catalogue: &Catalogue,
    result: &AlternativeOutcome,
    scope: Scope,
) -> Result<Vec<AnnualFlow>, UnknownByYear> {
    let years = usize::try_from(catalogue.last_year - catalogue.first_year + 1).unwrap_or(0);
    let mut sums = vec![AnnualFlow(0.0); years];
    for (number, flow) in catalogue.flows.iter().enumerate() {
        if !scope.counts(flow.separate) {
            continue;
        }
        let share = match flow.kind {
            FlowKind::Cost | FlowKind::Benefit => 1.0,
            FlowKind::Transfer => share_of_society(catalogue, result, number)?,
        };
        for (sum, amount) in sums.iter_mut().zip(&result.yearly[number]) {
            *sum += AnnualFlow(amount * share);
        }
    }
    sums.truncate(counted_years(catalogue));
    Ok(sums)
}

fn share_of_society(catalogue: &Catalogue, result: &AlternativeOutcome, flow: usize) -> Result<f64, UnknownByYear> {
    let society = result.flows[flow].mean;
    let postings: f64 = result.postings[flow].iter().map(|amount| amount.abs()).sum();
    if society.abs() <= ROUNDING * postings {
        return Ok(0.0);
    }
    let factors = factors(catalogue, &catalogue.flows[flow].discount).ok_or(UnknownByYear)?;
    let present: f64 = result.yearly[flow]
        .iter()
        .zip(&factors)
        .map(|(amount, factor)| amount * factor)
        .sum();
    let share = society / present;
    if share.is_finite() {
        Ok(share)
    } else {
        Err(UnknownByYear)
    }
}

/// Number of years that count, from the first.
fn counted_years(catalogue: &Catalogue) -> usize {
    let last = catalogue.last_counted_year.unwrap_or(catalogue.last_year);
    usize::try_from(last - catalogue.first_year + 1).unwrap_or(0)
}

/// The rate of a discount class in each year, if it is the same in all draws.
#[must_use]
pub fn schedule_of(catalogue: &Catalogue, class: &str) -> Option<RateSchedule> {
    let entry = catalogue.rates.iter().find(|rate| rate.class == class)?;
    let first = Rate::per_year(entry.per_year?).ok()?;
    let step = |&(year, rate): &(i32, f64)| Some((year, Rate::per_year(rate).ok()?));
    RateSchedule::stepped(first, entry.steps.iter().map(step).collect::<Option<_>>()?).ok()
}

/// The discount factor of a class in each year that counts, if it is the same in all draws, with the timing of the run.
#[must_use]
pub fn factors(catalogue: &Catalogue, class: &str) -> Option<Vec<f64>> {
    let schedule = schedule_of(catalogue, class)?;
    let horizon = Horizon::new(catalogue.first_year, catalogue.last_year, catalogue.base_year).ok()?;
    let mut factors = discount_factors(&schedule, &horizon, catalogue.timing);
    factors.truncate(counted_years(catalogue));
    Some(factors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, HARDWARE};

    fn amounts(flows: &[AnnualFlow]) -> Vec<f64> {
        flows.iter().map(|flow| flow.0).collect()
    }

    #[test]
    fn a_grant_from_abroad_counts_and_separate_effects_can_be_left_out() {
        let outcome = fixture::outcome();
        let result = &outcome.scenarios[0].alternatives[HARDWARE];
        let all = expected_flows(&outcome.catalogue, result, Scope::All).expect("known");
        assert_eq!(amounts(&all), [-94.0, 47.0, 47.0]);
        let without = expected_flows(&outcome.catalogue, result, Scope::WithoutSeparate).expect("known");
        assert_eq!(amounts(&without), [-94.0, 35.0, 35.0]);
    }

    #[test]
    fn a_transfer_within_society_counts_for_nothing() {
        let mut outcome = fixture::outcome();
        let result = &mut outcome.scenarios[0].alternatives[HARDWARE];
        result.postings[5] = vec![6.0, -6.0, 0.0, 0.0];
        result.flows[5].mean = 0.0;
        outcome.catalogue.rates[0].per_year = None;
        let result = &outcome.scenarios[0].alternatives[HARDWARE];
        let all = expected_flows(&outcome.catalogue, result, Scope::All).expect("known");
        assert_eq!(amounts(&all), [-100.0, 47.0, 47.0]);
    }

    #[test]
    fn half_of_a_transfer_to_abroad_counts_half_in_each_year() {
        let mut outcome = fixture::outcome();
        outcome.catalogue.rates[0].per_year = Some(0.25);
        let result = &mut outcome.scenarios[0].alternatives[HARDWARE];
        // 6 at once and 10 a year later, of which half leaves the country: (6 + 10 / 1.25) / 2 = 7.
        result.yearly[5] = vec![6.0, 10.0, 0.0];
        result.flows[5].mean = -7.0;
        let result = &outcome.scenarios[0].alternatives[HARDWARE];
        let flows = expected_flows(&outcome.catalogue, result, Scope::All).expect("known");
        assert!((flows[0].0 - (-100.0 - 3.0)).abs() < 1e-12);
        assert!((flows[1].0 - (47.0 - 5.0)).abs() < 1e-12);
    }

    #[test]
    fn an_uncertain_rate_leaves_a_transfer_that_counts_unknown_by_year() {
        let mut outcome = fixture::outcome();
        outcome.catalogue.rates[0].per_year = None;
        let result = &outcome.scenarios[0].alternatives[HARDWARE];
        assert_eq!(
            expected_flows(&outcome.catalogue, result, Scope::All),
            Err(UnknownByYear)
        );
    }
}
