//! The indicators of an appraisal: net present value, ratio, internal rates, payback, equivalent annual amount.
use super::expected::{expected_flows, factors, schedule_of};
use super::ratio::{Scope, benefit_cost_ratio};
use crate::appraisal::catalogue::Catalogue;
use crate::finance::{
    AnnualFlow, InternalRates, NoInternalRate, Payback, RatioConvention, discounted_payback, internal_rates,
    simple_payback,
};
use crate::outcome::AlternativeOutcome;

/// The discount class at which there is one figure for all flows together.
pub const STANDARD: &str = "standard";

/// One figure of an appraisal, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct AppraisalIndicator {
    /// `npv`, `bcr`, `irr`, `payback_simple`, `payback_discounted`, `equivalent_annual_amount`, and the same with
    /// `_without_separate`.
    pub name: String,
    /// `EUR`, `1`, `1/year`, `year` or `EUR/year`.
    pub unit: &'static str,
    /// The figure.
    pub value: Option<f64>,
    /// What to know about it: conventions, warnings, reasons, joined by `; `.
    pub note: String,
}

/// All indicators of one alternative, with and (if some flow is kept separate) without the separate flows.
///
/// Internal rates and payback are those of the expected flows to society, not expectations over the draws. Discounted payback
/// and the equivalent annual amount are at the rate of the standard class, and absent if that is not one number. The
/// equivalent annual amount is the level amount in each flow year that has this present value, `npv / Σ_t F(t)`, with the
/// discount factors `F` of the run (for flows at the end of years 1 … n the usual annuity; Boardman et al., *Cost-Benefit
/// Analysis*, on projects of different length).
#[must_use]
pub fn appraisal_indicators(
    catalogue: &Catalogue,
    result: &AlternativeOutcome,
    convention: RatioConvention,
) -> Vec<AppraisalIndicator> {
    Scope::of(catalogue)
        .iter()
        .flat_map(|&scope| of_scope(catalogue, result, convention, scope))
        .collect()
}

fn of_scope(
    catalogue: &Catalogue,
    result: &AlternativeOutcome,
    convention: RatioConvention,
    scope: Scope,
) -> Vec<AppraisalIndicator> {
    let npv = match scope {
        Scope::All => result.balance.mean,
        Scope::WithoutSeparate => result.balance_without_separate.mean,
    };
    let ratio = benefit_cost_ratio(catalogue, result, scope, convention);
    let figure = |name: &str, unit, value, note: String| AppraisalIndicator {
        name: scope.named(name),
        unit,
        value,
        note,
    };
    let mut all = vec![
        figure("npv", "EUR", Some(npv), String::new()),
        figure("bcr", "1", ratio.ratio.value(), ratio.note()),
    ];
    let flows = expected_flows(catalogue, result, scope).ok();
    let unknown = "a transfer that counts has an uncertain discount rate";
    match &flows {
        Some(flows) => {
            let warning = several_classes(catalogue);
            let rates = rates_of(flows).into_iter();
            all.extend(rates.map(|(value, note)| figure("irr", "1/year", value, join(&note, warning))));
            let (value, note) = years(simple_payback(flows));
            all.push(figure("payback_simple", "year", value, note.to_owned()));
        }
        None => {
            all.push(figure("irr", "1/year", None, unknown.to_owned()));
            all.push(figure("payback_simple", "year", None, unknown.to_owned()));
        }
    }
    let class = standard_class(catalogue);
    let standard = schedule_of(catalogue, class).and_then(|rates| Some((rates, factors(catalogue, class)?)));
    let Some((rates, factors)) = standard else {
        let note = "the standard rate is not one number";
        all.push(figure("payback_discounted", "year", None, note.to_owned()));
        all.push(figure("equivalent_annual_amount", "EUR/year", None, note.to_owned()));
        return all;
    };
    let at = match catalogue.rates.iter().find(|rate| rate.class == class) {
        Some(entry) if !entry.steps.is_empty() => format!("at {}", entry.stated),
        _ => format!("at {} per year", rates.rate_in(catalogue.first_year).value_per_year()),
    };
    let payback = flows.and_then(|flows| discounted_payback(&flows, &factors).ok());
    let (value, note) = payback.map_or((None, unknown), years);
    all.push(figure("payback_discounted", "year", value, join(&at, note)));
    let level = Some(npv / factors.iter().sum::<f64>()).filter(|amount| amount.is_finite());
    all.push(figure("equivalent_annual_amount", "EUR/year", level, at));
    all
}

/// The standard class, or the only class that is used.
fn standard_class(catalogue: &Catalogue) -> &str {
    match catalogue.rates.as_slice() {
        [only] => &only.class,
        _ => STANDARD,
    }
}

/// A warning for figures that suppose one rate.
fn several_classes(catalogue: &Catalogue) -> &'static str {
    if catalogue.rates.len() > 1 {
        "flows have several discount classes, so a single rate has no meaning"
    } else {
        ""
    }
}

fn rates_of(flows: &[AnnualFlow]) -> Vec<(Option<f64>, String)> {
    let amounts: Vec<f64> = flows.iter().map(|flow| flow.0).collect();
    let none = |reason: &str| vec![(None, reason.to_owned())];
    match internal_rates(&amounts) {
        Err(_) => none("a flow is not a finite number"),
        Ok(InternalRates::None(reason)) => none(match reason {
            NoInternalRate::NoFlow => "none: all flows are zero",
            NoInternalRate::NoSignChange => "none: all flows have the same sign",
            NoInternalRate::NoRealRate => "none: the net present value has the same sign at every rate",
            NoInternalRate::OutOfRange => "none: the rate is out of range",
        }),
        Ok(InternalRates::Rates(rates)) => {
            let unique = if rates.len() == 1 { "unique" } else { "not unique" };
            let of_one = |crosses: bool| {
                if crosses {
                    ""
                } else {
                    "the net present value only touches zero"
                }
            };
            rates
                .iter()
                .map(|rate| (Some(rate.rate.value_per_year()), join(unique, of_one(rate.crosses))))
                .collect()
        }
    }
}

fn years(payback: Payback) -> (Option<f64>, &'static str) {
    match payback {
        Payback::AfterYears(years) => (Some(years), ""),
        Payback::FromTheStart => (Some(0.0), "never negative"),
        Payback::Never => (None, "never paid back within the horizon"),
    }
}

fn join(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (_, true) => first.to_owned(),
        (true, false) => second.to_owned(),
        (false, false) => format!("{first}; {second}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Outcome;
    use crate::tables::fixture::{self, HARDWARE, SAVING};

    fn of(outcome: &Outcome, alternative: usize, name: &str) -> Vec<AppraisalIndicator> {
        let result = &outcome.scenarios[0].alternatives[alternative];
        let all = appraisal_indicators(&outcome.catalogue, result, RatioConvention::default());
        all.into_iter().filter(|indicator| indicator.name == name).collect()
    }

    fn value(indicators: &[AppraisalIndicator]) -> f64 {
        indicators[0].value.expect("a value")
    }

    #[test]
    fn flows_that_add_up_to_nothing_have_an_internal_rate_of_zero() {
        // -94, 47, 47: the rate is 0 and unique.
        let found = of(&fixture::outcome(), HARDWARE, "irr");
        assert_eq!(found.len(), 1);
        assert!(value(&found).abs() < 1e-9);
        assert_eq!(found[0].note, "unique");
    }

    #[test]
    fn several_discount_classes_are_warned_of() {
        let mut outcome = fixture::outcome();
        let mut other = outcome.catalogue.rates[0].clone();
        other.class = "sunk".into();
        outcome.catalogue.rates.push(other);
        assert!(
            of(&outcome, HARDWARE, "irr")[0]
                .note
                .contains("single rate has no meaning")
        );
    }

    #[test]
    fn two_rates_are_two_rows() {
        let mut outcome = fixture::outcome();
        let result = &mut outcome.scenarios[0].alternatives[HARDWARE];
        // -100, 230, -132 has the rates 10 % and 20 %.
        result.yearly = vec![vec![-100.0, 230.0, -132.0]; 1];
        result.yearly.extend(vec![vec![0.0; 3]; 5]);
        result.flows[5].mean = 0.0;
        let found = of(&outcome, HARDWARE, "irr");
        let rates: Vec<f64> = found.iter().filter_map(|indicator| indicator.value).collect();
        assert_eq!(found[0].note, "not unique");
        assert!(
            (rates[0] - 0.1).abs() < 1e-9 && (rates[1] - 0.2).abs() < 1e-9,
            "{rates:?}"
        );
    }

    #[test]
    fn no_rate_comes_with_a_reason() {
        let mut outcome = fixture::outcome();
        for flow in &mut outcome.scenarios[0].alternatives[HARDWARE].yearly {
            for amount in flow.iter_mut() {
                *amount = amount.abs();
            }
        }
        let found = of(&outcome, HARDWARE, "irr");
        assert_eq!(
            (found[0].value, found[0].note.as_str()),
            (None, "none: all flows have the same sign")
        );
    }

    #[test]
    fn payback_is_after_two_years_and_a_cut_never_pays_back() {
        let outcome = fixture::outcome();
        assert!((value(&of(&outcome, HARDWARE, "payback_simple")) - 2.0).abs() < 1e-12);
        let cut = of(&outcome, SAVING, "payback_simple");
        assert_eq!(
            (cut[0].value, cut[0].note.as_str()),
            (None, "never paid back within the horizon")
        );
    }

    #[test]
    fn the_equivalent_annual_amount_has_the_same_present_value() {
        let mut outcome = fixture::outcome();
        outcome.catalogue.rates[0].per_year = Some(0.1);
        outcome.scenarios[0].alternatives[HARDWARE].balance.mean = 100.0;
        let level = value(&of(&outcome, HARDWARE, "equivalent_annual_amount"));
        // Level amounts in 2026, 2027 and 2028 with base year 2026.
        let present = level * (1.0 + 1.0 / 1.1 + 1.0 / 1.21);
        assert!((present - 100.0).abs() < 1e-9);
    }

    #[test]
    fn an_uncertain_standard_rate_leaves_discounted_figures_out() {
        let mut outcome = fixture::outcome();
        outcome.catalogue.rates[0].per_year = None;
        let found = of(&outcome, HARDWARE, "equivalent_annual_amount");
        assert_eq!(
            (found[0].value, found[0].note.as_str()),
            (None, "the standard rate is not one number")
        );
    }

    #[test]
    fn without_separate_flows_there_is_one_of_each() {
        let mut outcome = fixture::outcome();
        assert_eq!(of(&outcome, HARDWARE, "npv_without_separate").len(), 1);
        outcome.catalogue.flows[4].separate = false;
        assert_eq!(of(&outcome, HARDWARE, "npv_without_separate").len(), 0);
    }
}
