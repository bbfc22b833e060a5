//! Published internal rates of periodic and dated series. Long series are data files in `tests/cases` of the repository,
//! with their source beside them.
#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use mkba_core::finance::{
    AnnualFlow, InternalRates, NoInternalRate, Payback, Rate, RateSchedule, RatioConvention, RatioItem, RatioSide,
    Timing, benefit_cost_ratio, dated_internal_rates, dated_npv, discount_factors, discounted_payback, internal_rates,
    internal_rates_at, npv, simple_payback,
};
use mkba_core::finance::{Horizon, PresentValue};
use serde::Deserialize;

macro_rules! case_file {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/", $path))
    };
}

fn values(rates: &InternalRates) -> Vec<f64> {
    rates.all().iter().map(|rate| rate.rate.value_per_year()).collect()
}

fn assert_close(found: f64, expected: f64, tolerance: f64, name: &str) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{name}: found {found}, expected {expected}"
    );
}

fn assert_all_close(found: &[f64], expected: &[f64], relative: f64, name: &str) {
    assert_eq!(
        found.len(),
        expected.len(),
        "{name}: found {found:?}, expected {expected:?}"
    );
    for (found, expected) in found.iter().zip(expected) {
        assert_close(*found, *expected, relative * expected.abs().max(1.0), name);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedCase {
    id: String,
    published_rate: Option<f64>,
    all_rates: Vec<f64>,
    #[serde(rename = "first_date")]
    _first_date: String,
    days: Vec<i64>,
    amounts: Vec<f64>,
}

fn dated_cases() -> Vec<DatedCase> {
    serde_json::from_str(case_file!("fin_xirr_pyxirr_open/series.json")).unwrap()
}

/// The reference scan covers (-0.999999, 1e4] and finds only rates at which the sign changes.
#[test]
fn all_rates_of_36_published_dated_series_are_found_and_no_others() {
    let cases = dated_cases();
    assert_eq!(cases.len(), 36);
    for case in cases {
        let rates = dated_internal_rates(&case.days, &case.amounts).unwrap();
        let in_scan: Vec<f64> = rates
            .all()
            .iter()
            .filter(|rate| rate.crosses)
            .map(|rate| rate.rate.value_per_year())
            .filter(|rate| (-0.999999..=1e4).contains(rate))
            .collect();
        assert_all_close(&in_scan, &case.all_rates, 1e-8, &case.id);
        if let Some(published) = case.published_rate {
            let is_found = values(&rates)
                .iter()
                .any(|rate| (rate - published).abs() <= 1e-8 * published.abs().max(1.0));
            assert!(is_found, "{}: {published} is not in {rates:?}", case.id);
        }
        if case.all_rates.is_empty() {
            assert!(matches!(rates, InternalRates::None(_)), "{}: {rates:?}", case.id);
        }
        for rate in rates.all() {
            let rest = dated_npv(rate.rate, &case.days, &case.amounts).unwrap().value_eur();
            let log_growth = rate.rate.value_per_year().ln_1p();
            let size: f64 = case
                .days
                .iter()
                .zip(&case.amounts)
                .map(|(day, amount)| (amount * (-(*day as f64) / 365.0 * log_growth).exp()).abs())
                .sum();
            // Near -100 % the rounding of the rate itself is a large part of 1 + r, raised to the power of the years.
            let years = case.days.iter().copied().max().unwrap_or(0) as f64 / 365.0;
            let rounding = f64::EPSILON / (1.0 + rate.rate.value_per_year()).min(1.0) * years;
            let tolerance = (1e-9 + 4.0 * rounding) * size;
            assert!(rest.abs() <= tolerance, "{}: {rest} left at {rate:?}", case.id);
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PresentValueCase {
    id: String,
    rate: f64,
    published_present_value: f64,
    series: Option<String>,
    #[serde(default)]
    days: Vec<i64>,
    #[serde(default)]
    amounts: Vec<f64>,
}

#[test]
fn published_present_values_of_dated_series_are_reproduced() {
    let cases: Vec<PresentValueCase> =
        serde_json::from_str(case_file!("fin_xirr_pyxirr_open/present_values.json")).unwrap();
    assert_eq!(cases.len(), 3);
    let all_series = dated_cases();
    for case in cases {
        let (days, amounts) = match &case.series {
            Some(id) => {
                let series = all_series.iter().find(|series| series.id == *id).unwrap();
                (series.days.clone(), series.amounts.clone())
            }
            None => (case.days, case.amounts),
        };
        let rate = Rate::per_year(case.rate).unwrap();
        let found = dated_npv(rate, &days, &amounts).unwrap().value_eur();
        assert_close(found / case.published_present_value, 1.0, 1e-10, &case.id);
    }
}

/// MathWorks documentation of `xirr`, as asserted in Anexen/pyxirr, commit 5f31a85684051, tests/test_scheduled.rs
/// (Unlicense). The three 30/360 conventions agree on these dates.
#[test]
fn dated_flow_of_mathworks_agrees_under_every_day_count() {
    let amounts = [-10_000.0, 2_500.0, 2_000.0, 3_000.0, 4_000.0];
    // Days since 12 January 2007 of 12 January 2007, 14 February, 3 March, 14 June and 1 December 2008.
    let days = [0_i64, 398, 416, 519, 689];
    let unique = |rates: InternalRates| rates.unique().unwrap().value_per_year();
    let found = unique(dated_internal_rates(&days, &amounts).unwrap());
    assert_close(found, 0.10064378342638, 1e-9, "actual/365 fixed");

    let at = |times: &[f64]| unique(internal_rates_at(times, &amounts).unwrap());
    let times = days.map(|day| day as f64 / 360.0);
    assert_close(at(&times), 0.0991988898057063, 1e-9, "actual/360");

    // 354 of the days are in 2007 (12 to 31 January and the rest), the others in the leap year 2008.
    let times = days.map(|day| {
        if day == 0 {
            0.0
        } else {
            354.0 / 365.0 + (day - 354) as f64 / 366.0
        }
    });
    assert_close(at(&times), 0.100739648987346, 1e-9, "actual/actual");

    let thirty_360 = |month: i32, day: i32| f64::from(360 + 30 * (month - 1) + day - 12) / 360.0;
    let times = [
        0.0,
        thirty_360(2, 14),
        thirty_360(3, 3),
        thirty_360(6, 14),
        thirty_360(12, 1),
    ];
    assert_close(at(&times), 0.100675477282743, 1e-9, "30/360");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodicCase {
    id: String,
    published_rate: f64,
    all_rates: Option<Vec<f64>>,
    /// Number of periods, amount in each.
    runs: Vec<(usize, f64)>,
}

#[test]
fn all_rates_of_22_published_periodic_series_are_found_and_no_others() {
    let cases: Vec<PeriodicCase> = serde_json::from_str(case_file!("fin_irr_periodic_pyxirr/series.json")).unwrap();
    assert_eq!(cases.len(), 22);
    for case in cases {
        let amounts: Vec<f64> = case
            .runs
            .iter()
            .flat_map(|(periods, amount)| std::iter::repeat_n(*amount, *periods))
            .collect();
        let found = values(&internal_rates(&amounts).unwrap());
        if let Some(all_rates) = &case.all_rates {
            assert_all_close(&found, all_rates, 1e-8, &case.id);
        }
        let is_found = found.iter().any(|rate| (rate - case.published_rate).abs() <= 1e-9);
        assert!(is_found, "{}: {} is not in {found:?}", case.id, case.published_rate);
    }
}

/// numpy/numpy-financial, commit f47e8af289f9, numpy_financial/tests/test_financial.py (BSD-3-Clause; figures only). The
/// first series, of its issue 15, ends below the smallest normal number.
#[test]
fn internal_rates_of_numpy_financial_agree() {
    let near_minus_one = [
        -3000.0,
        2.3926932267015667e-07,
        4.1672087103345505e-16,
        5.396511003637871e-25,
        5.196255107180617e-34,
        3.72029556454364e-43,
        1.980496171163247e-52,
        7.839351765181418e-62,
        2.307256511391144e-71,
        5.049183923330891e-81,
        8.215917766849926e-91,
        9.940324436696353e-101,
        8.942410813633967e-111,
        5.981612264648119e-121,
        2.975030903184424e-131,
        1.1002067043497954e-141,
        3.025287656351802e-152,
        6.185412194820791e-163,
        9.40329800153533e-174,
        1.0629218520017728e-184,
        8.933714184717185e-196,
        5.5830607698467935e-207,
        2.594312203662265e-218,
        8.9635842466507e-230,
        2.3027710094332358e-241,
        4.398751059674556e-253,
        6.247663037257521e-265,
        6.598046841695288e-277,
        5.181109526684202e-289,
        3.0250999925830644e-301,
        1.31330705996e-313,
    ];
    let found = internal_rates(&near_minus_one)
        .unwrap()
        .unique()
        .unwrap()
        .value_per_year();
    assert_close(found, -0.9999999990596069, 1e-9, "issue 15");
    assert_close((1.0 + found) / (1.0 - 0.9999999990596069), 1.0, 1e-3, "issue 15");

    let book = [-100.0, 39.0, 59.0, 55.0, 20.0, 0.0, 0.0];
    let found = internal_rates(&book).unwrap().unique().unwrap().value_per_year();
    assert_close(found, 0.28095, 1e-5, "book");
}

/// Series of one sign: numpy-financial as above, and the examples of the Microsoft Excel documentation as asserted in
/// PHPOffice/PhpSpreadsheet, commit 11645d54ac20 (MIT; figures only).
#[test]
fn series_of_one_sign_have_no_rate() {
    let series: [&[f64]; 4] = [
        &[1.0, 2.0, 3.0],
        &[-1.0, -2.0, -3.0],
        &[70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0],
        &[-70_000.0, -12_000.0, -15_000.0, -18_000.0, -21_000.0],
    ];
    for amounts in series {
        let rates = internal_rates(amounts).unwrap();
        assert_eq!(rates, InternalRates::None(NoInternalRate::NoSignChange));
        assert_eq!(rates.unique(), None);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DewormingCase {
    id: String,
    published_rate: f64,
    rate: f64,
    npv_at_985_basis_points: f64,
    npv_at_3_percent: f64,
    ratio_at_985_basis_points: f64,
    payback_years: f64,
    discounted_payback_years: f64,
    flows: Vec<f64>,
}

#[test]
fn deworming_study_has_its_published_rates_and_the_other_indicators_agree() {
    let cases: Vec<DewormingCase> =
        serde_json::from_str(case_file!("cba_deworming_qje_spreadsheet/series.json")).unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let id = &case.id;
        let rates = internal_rates(&case.flows).unwrap();
        // The published rates come from a goal seek with a residual; the reference lists the rates in [-50 %, 300 %].
        let in_range: Vec<f64> = values(&rates)
            .into_iter()
            .filter(|rate| (-0.5..=3.0).contains(rate))
            .collect();
        assert_all_close(&in_range, &[case.rate], 1e-11, id);
        assert_close(in_range[0], case.published_rate, 1e-8, id);

        let flows = AnnualFlow::series(&case.flows);
        let rate = Rate::per_year(0.0985).unwrap();
        let value = |rate| npv(rate, &flows).value_eur();
        assert_close(value(rate) / case.npv_at_985_basis_points, 1.0, 1e-10, id);
        let at_3_percent = value(Rate::per_year(0.03).unwrap());
        assert_close(at_3_percent / case.npv_at_3_percent, 1.0, 1e-10, id);

        let horizon = Horizon::new(0, 50, 0).unwrap();
        let factors = discount_factors(&RateSchedule::flat(rate), &horizon, Timing::EndOfYear);
        let items: Vec<RatioItem> = case
            .flows
            .iter()
            .zip(&factors)
            .map(|(flow, factor)| RatioItem {
                side: RatioSide::Effect,
                present_value: PresentValue(flow * factor),
            })
            .collect();
        let ratio = benefit_cost_ratio(&items, RatioConvention::AllNegativeItems)
            .value()
            .unwrap();
        assert_close(ratio / case.ratio_at_985_basis_points, 1.0, 1e-10, id);

        let years = |payback| match payback {
            Payback::AfterYears(years) => years,
            other => panic!("{id}: {other:?}"),
        };
        assert_close(years(simple_payback(&flows)), case.payback_years, 1e-9, id);
        let discounted = years(discounted_payback(&flows, &factors).unwrap());
        assert_close(discounted, case.discounted_payback_years, 1e-9, id);
    }
}
