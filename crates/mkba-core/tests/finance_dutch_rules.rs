//! Check values of the Dutch rules for discounting: 2.25 / 1.6 / 2.9 %, 100 years after opening, relative prices.
#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use mkba_core::finance::{
    AnnualFlow, FinanceError, Horizon, Rate, RateSchedule, Timing, annuity_factor, discount_factors, perpetuity_factor,
    present_value,
};
use mkba_core::rulebook::Rulebook;

const NL_2021: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/rulebooks/nl-2021.toml"
));

fn rate(per_year: f64) -> Rate {
    Rate::per_year(per_year).unwrap()
}

fn nl_2021() -> Rulebook {
    let rulebook: Rulebook = toml::from_str(NL_2021).unwrap();
    rulebook.validate().unwrap();
    rulebook
}

fn standard() -> RateSchedule {
    nl_2021()
        .discount_class("standard")
        .unwrap()
        .class
        .schedule(2026)
        .unwrap()
}

fn assert_close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected}"
    );
}

/// The project's table of check values: 1 EUR a year at the end of each year; annuities and perpetuities printed with two
/// decimals, shares of the perpetuity after year 100 with one decimal of a per cent.
#[test]
fn annuities_perpetuities_and_tails_agree_with_the_table_of_check_values() {
    let table = [
        (0.016, 23.68, 49.72, 62.50, 20.4),
        (0.0225, 21.65, 39.64, 44.44, 10.8),
        (0.029, 19.86, 32.51, 34.48, 5.7),
        (0.03, 19.60, 31.60, 33.33, 5.2),
        (0.045, 16.29, 21.95, 22.22, 1.2),
    ];
    for (per_year, thirty_years, hundred_years, perpetuity, tail_percent) in table {
        let rate = rate(per_year);
        let found_perpetuity = perpetuity_factor(rate).unwrap();
        let tail = 1.0 - annuity_factor(rate, 100) / found_perpetuity;
        assert_close(annuity_factor(rate, 30), thirty_years, 0.005);
        assert_close(annuity_factor(rate, 100), hundred_years, 0.005);
        assert_close(found_perpetuity, perpetuity, 0.005);
        assert_close(100.0 * tail, tail_percent, 0.05);
    }
}

#[test]
fn annuity_factor_is_the_sum_of_the_discount_factors_after_the_base_year() {
    for per_year in [-0.01, 0.0, 0.016, 0.0225, 0.029] {
        let horizon = Horizon::new(2027, 2126, 2026).unwrap();
        let schedule = RateSchedule::flat(rate(per_year));
        let sum: f64 = discount_factors(&schedule, &horizon, Timing::EndOfYear).iter().sum();
        assert_close(annuity_factor(rate(per_year), 100) / sum, 1.0, 1e-12);
    }
}

#[test]
fn perpetuity_needs_a_positive_rate() {
    assert_eq!(perpetuity_factor(rate(0.0)), None);
    assert_eq!(perpetuity_factor(rate(-0.01)), None);
}

#[test]
fn one_euro_a_year_2030_to_2129_with_base_2026_at_the_standard_rate_is_worth_37_0820() {
    let horizon = Horizon::years_after_opening(2026, 2030, 100, 2026).unwrap();
    assert_eq!(horizon.last_year(), 2129);
    let flows: Vec<AnnualFlow> = horizon
        .years()
        .map(|year| AnnualFlow(if year >= 2030 { 1.0 } else { 0.0 }))
        .collect();
    let factors = discount_factors(&standard(), &horizon, Timing::EndOfYear);
    assert_close(present_value(&flows, &factors).unwrap().value_eur(), 37.0820, 5e-5);
}

/// Acceptance test 4 of the rules. With opening in year 4 as the first year, the annuity counts from year 3.
#[test]
fn hundred_years_after_opening_equal_the_annuity_discounted_to_the_year_before_opening() {
    let horizon = Horizon::years_after_opening(4, 4, 100, 0).unwrap();
    let flows = vec![AnnualFlow(1.0); horizon.len()];
    let at_2_25_percent = rate(0.0225);
    let expected = annuity_factor(at_2_25_percent, 100) / 1.0225_f64.powi(3);
    let value = |timing| {
        let factors = discount_factors(&standard(), &horizon, timing);
        present_value(&flows, &factors).unwrap().value_eur()
    };
    assert_close(value(Timing::EndOfYear) / expected, 1.0, 1e-12);
    // Mid-year is worth the half-year factor more, 1.12 %.
    let difference = value(Timing::MidYear) / value(Timing::EndOfYear) - 1.0;
    assert_close(difference, 1.0225_f64.sqrt() - 1.0, 1e-12);
    assert_close(100.0 * difference, 1.12, 0.005);
    // The tail after 100 years is 10.8 % of what the flow would be worth for ever.
    let for_ever = perpetuity_factor(at_2_25_percent).unwrap() / 1.0225_f64.powi(3);
    assert_close(1.0 - value(Timing::EndOfYear) / for_ever, 0.108, 0.0005);
}

/// Acceptance test 5 of the rules, and the remark below the table of check values: 29 % of such a perpetuity lies after
/// year 100.
#[test]
fn nature_stream_with_one_percent_growth_equals_a_flat_stream_at_1_238_percent() {
    let effective = rate(0.0225).net_of_relative_price_growth(rate(0.01)).unwrap();
    assert_close(100.0 * effective.value_per_year(), 1.238, 0.0005);
    assert_close(effective.value_per_year(), 1.0225 / 1.01 - 1.0, 1e-15);

    let horizon = Horizon::new(2026, 2125, 2026).unwrap();
    let growing: Vec<AnnualFlow> = horizon
        .years()
        .map(|year| AnnualFlow(100.0 * 1.01_f64.powi(horizon.elapsed(year))))
        .collect();
    let flat = vec![AnnualFlow(100.0); horizon.len()];
    let at = |schedule: &RateSchedule, flows: &[AnnualFlow]| {
        let factors = discount_factors(schedule, &horizon, Timing::EndOfYear);
        present_value(flows, &factors).unwrap().value_eur()
    };
    let with_growth_in_the_flow = at(&standard(), &growing);
    let with_growth_in_the_rate = at(&RateSchedule::flat(effective), &flat);
    assert_close(with_growth_in_the_flow / with_growth_in_the_rate, 1.0, 1e-12);

    let tail = 1.0 - annuity_factor(effective, 100) / perpetuity_factor(effective).unwrap();
    assert_close(tail, 0.29, 0.005);
}

#[test]
fn shifting_all_flows_by_a_year_divides_the_present_value_by_one_plus_the_rate() {
    let value = |first_year| {
        let horizon = Horizon::new(first_year, first_year + 40, 2026).unwrap();
        let flows: Vec<AnnualFlow> = (0..=40_i32)
            .map(|step| AnnualFlow(f64::from(step * step - 300)))
            .collect();
        let factors = discount_factors(&standard(), &horizon, Timing::EndOfYear);
        present_value(&flows, &factors).unwrap().value_eur()
    };
    assert_close(value(2030) / value(2031), 1.0225, 1e-12);
}

#[test]
fn flows_before_the_base_year_are_compounded_upward() {
    let horizon = Horizon::new(2024, 2028, 2026).unwrap();
    let factors = discount_factors(&RateSchedule::flat(rate(0.25)), &horizon, Timing::EndOfYear);
    assert_eq!(factors, [1.5625, 1.25, 1.0, 0.8, 0.64]);
}

#[test]
fn base_year_may_lie_outside_the_flow_years() {
    let schedule = RateSchedule::flat(rate(0.25));
    let later = Horizon::new(2027, 2028, 2026).unwrap();
    assert_eq!(discount_factors(&schedule, &later, Timing::EndOfYear), [0.8, 0.64]);
    let earlier = Horizon::new(2023, 2024, 2026).unwrap();
    assert_eq!(
        discount_factors(&schedule, &earlier, Timing::EndOfYear),
        [1.953125, 1.5625]
    );
}

#[test]
fn horizon_knows_its_years_and_positions() {
    let horizon = Horizon::years_after_opening(2026, 2030, 100, 2025).unwrap();
    assert_eq!(
        (horizon.first_year(), horizon.last_year(), horizon.len()),
        (2026, 2129, 104)
    );
    assert_eq!((horizon.base_year(), horizon.opening_year()), (2025, Some(2030)));
    assert_eq!((horizon.elapsed(2026), horizon.elapsed(2024)), (1, -1));
    assert_eq!((horizon.position(2026), horizon.position(2129)), (Some(0), Some(103)));
    assert_eq!((horizon.position(2025), horizon.position(2130)), (None, None));
    assert_eq!(horizon.years().count(), horizon.len());
}

#[test]
fn impossible_horizons_are_refused_with_a_reason() {
    let message = |result: Result<Horizon, FinanceError>| result.unwrap_err().to_string();
    assert_eq!(
        message(Horizon::new(2030, 2029, 2026)),
        "last year 2029 is before first year 2030"
    );
    assert_eq!(
        message(Horizon::new(2030, 20300, 2026)),
        "year 20300 is outside 0 to 9999"
    );
    assert_eq!(
        message(Horizon::years_after_opening(2026, 2030, u32::MAX, 2026)),
        "year 4294969324 is outside 0 to 9999"
    );
    assert_eq!(
        message(Horizon::years_after_opening(2026, 2030, 0, 2026)),
        "a horizon after opening in 2030 requires at least one year"
    );
    assert_eq!(
        message(Horizon::years_after_opening(2031, 2030, 100, 2026)),
        "opening year 2030 is not a year of the horizon 2031 to 2129"
    );
}

#[test]
fn impossible_rates_and_schedules_are_refused() {
    for per_year in [-1.0, -2.0, f64::NAN, f64::INFINITY] {
        assert!(Rate::per_year(per_year).is_err(), "{per_year}");
    }
    let steps = vec![(2050, rate(0.02)), (2050, rate(0.01))];
    assert_eq!(
        RateSchedule::stepped(rate(0.03), steps),
        Err(FinanceError::StepsNotAscending { from_year: 2050 })
    );
}

#[test]
fn present_value_refuses_missing_factors_and_undefined_flows() {
    let flows = AnnualFlow::series(&[1.0, f64::NAN]);
    assert_eq!(
        present_value(&flows, &[1.0]),
        Err(FinanceError::LengthMismatch {
            what: "discount factors",
            expected: 2,
            found: 1
        })
    );
    assert_eq!(
        present_value(&flows, &[1.0, 0.5]),
        Err(FinanceError::NotFinite {
            what: "flow",
            position: 1
        })
    );
}
