//! Published values of spreadsheet functions: annuities, net present value, modified internal rate. Each test restates
//! the figures of its source.
#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use mkba_core::finance::PaymentTiming::{EndOfPeriod, StartOfPeriod};
use mkba_core::finance::{
    AnnualFlow, FinanceError, NoInternalRate, PresentValue, Rate, annuity, annuity_factor, equivalent_growth,
    future_amount, internal_rates, level_payment, level_payment_rates, modified_internal_rate, npv, number_of_periods,
    periods_to_grow, present_amount,
};

fn rate(per_year: f64) -> Rate {
    Rate::per_year(per_year).unwrap()
}

fn assert_close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected}"
    );
}

fn assert_relatively_close(found: f64, expected: f64, tolerance: f64) {
    assert_close(found / expected, 1.0, tolerance);
}

// Source of the tests whose name starts with `excel`: examples of the Microsoft Excel documentation, as asserted in
// PHPOffice/PhpSpreadsheet, commit 11645d54ac20, tests/data/Calculation/Financial (MIT licence; figures only).

#[test]
fn excel_level_payments() {
    let cases = [
        (0.08 / 12.0, 10.0, 10_000.0, 0.0, EndOfPeriod, -1037.032089359164),
        (-0.08 / 12.0, 10.0, 10_000.0, 0.0, EndOfPeriod, -963.70119997601),
        (0.08 / 12.0, 10.0, 10_000.0, 0.0, StartOfPeriod, -1030.164327177977),
        (0.06 / 12.0, 216.0, 0.0, 50_000.0, EndOfPeriod, -129.081160867995),
        (0.05 / 12.0, 60.0, 50_000.0, 0.0, EndOfPeriod, -943.56168220055),
        (0.0, 8.0, 1_000.0, 5_000.0, StartOfPeriod, -750.0),
    ];
    for (per_period, periods, present, future, timing, expected) in cases {
        let found = level_payment(rate(per_period), periods, present, future, timing).unwrap();
        assert_relatively_close(found, expected, 1e-9);
    }
}

#[test]
fn excel_rates_of_level_payments() {
    let cases = [
        (48, -200.0, 8_000.0, 0.0, 0.0077014724882014),
        (60, -1_000.0, 120_000.0, 0.0, -0.0204429522193565),
        (208, -700.0, 8_000.0, 0.0, 0.0874999976840937),
        (6, -1_000.0, 100_000.0, -126_068.0, 0.0484721272835728),
    ];
    for (periods, payment, present, future, expected) in cases {
        let rates = level_payment_rates(periods, payment, present, future, EndOfPeriod).unwrap();
        let found = rates.unique().unwrap().value_per_year();
        assert_relatively_close(found, expected, 1e-9);
    }
}

#[test]
fn excel_equivalent_growth_and_duration() {
    let growth = |periods, from, to| equivalent_growth(periods, from, to).unwrap().value_per_year();
    assert_relatively_close(growth(10.0, 10_000.0, 15_000.0), 0.04137974399241062, 1e-9);
    assert_relatively_close(growth(96.0, 10_000.0, 11_000.0), 0.00099330737629133, 1e-9);
    let duration = |per_period, from, to| periods_to_grow(rate(per_period), from, to).unwrap();
    assert_close(duration(0.04, 10_000.0, 15_000.0), 10.33803507, 1e-8);
    assert_relatively_close(duration(0.025, 2_000.0, 2_200.0), 3.859866162622655, 1e-9);
}

/// The spreadsheet function discounts its first amount by one period; `npv` does not.
#[test]
fn excel_net_present_values() {
    let cases: [(f64, &[f64], f64); 4] = [
        (0.1, &[-10_000.0, 3_000.0, 4_200.0, 6_800.0], 1188.4434123352),
        (0.08, &[8_000.0, 9_200.0, 10_000.0, 12_000.0, 14_500.0], 41922.061554932),
        (
            0.08,
            &[8_000.0, 9_200.0, 10_000.0, 12_000.0, 14_500.0, -9_000.0],
            36250.534912984,
        ),
        (0.05, &[2_000.0, 2_400.0, 2_900.0, 3_500.0, 4_100.0], 12678.677633095),
    ];
    for (per_period, amounts, expected) in cases {
        let found = npv(rate(per_period), &AnnualFlow::series(amounts)).value_eur();
        assert_close(found / (1.0 + per_period), expected, 1e-6);
    }
}

#[test]
fn excel_internal_rates() {
    let cases: [(&[f64], f64); 5] = [
        (&[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0], -0.02124484827341),
        (
            &[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0],
            0.08663094803652,
        ),
        (&[-70_000.0, 12_000.0, 15_000.0, 18_000.0], -0.1821374641455),
        (&[-100.0, 20.0, 24.0, 28.8], -0.13618951095869),
        (&[-100.0, 20.0, 24.0, 28.8, 34.56, 41.47], 0.130575756371527),
    ];
    for (amounts, expected) in cases {
        let found = internal_rates(amounts).unwrap().unique().unwrap();
        assert_close(found.value_per_year(), expected, 1e-8);
    }
}

#[test]
fn excel_modified_internal_rates() {
    let cases: [(&[f64], f64, f64, f64); 5] = [
        (&[-120e3, 39e3, 30e3, 21e3, 37e3, 46e3], 0.1, 0.12, 0.12609413036591),
        (&[-120e3, 39e3, 30e3, 21e3], 0.1, 0.12, -0.048044655249981),
        (&[-120e3, 39e3, 30e3, 21e3, 37e3, 46e3], 0.1, 0.14, 0.13475911082831),
        (&[-100.0, 12.0, 14.0, 11.0], 5.5, 5.0, 0.74021752686287),
        (&[-100.0, 12.0, 14.0, 11.0, 13.0, 16.0], 5.5, 5.0, 1.8579321744785),
    ];
    for (amounts, finance, reinvest, expected) in cases {
        let found = modified_internal_rate(amounts, rate(finance), rate(reinvest)).unwrap();
        assert_close(found.unwrap().value_per_year(), expected, 1e-8);
    }
}

// Source of the tests whose name starts with `numpy`: numpy/numpy-financial, commit f47e8af289f9,
// numpy_financial/tests/test_financial.py, partly found with Google Sheets (BSD-3-Clause; figures only).

#[test]
fn numpy_modified_internal_rates_on_a_grid() {
    let grid: [(&[f64], [f64; 3]); 3] = [
        (
            &[-4_500.0, -800.0, 800.0, 800.0, 600.0],
            [-0.1784449, -0.17328716, -0.1684366],
        ),
        (&[-120e3, 39e3, 30e3, 21e3, 37e3], [0.04627293, 0.05437856, 0.06252201]),
        (
            &[100.0, 200.0, -50.0, 300.0, -200.0],
            [0.35712458, 0.40628857, 0.44435295],
        ),
    ];
    let rates = [(0.05, 0.08), (0.08, 0.1), (0.1, 0.12)];
    for (amounts, expected) in grid {
        for ((finance, reinvest), expected) in rates.into_iter().zip(expected) {
            let found = modified_internal_rate(amounts, rate(finance), rate(reinvest)).unwrap();
            assert_close(found.unwrap().value_per_year(), expected, 1e-7);
        }
    }
}

#[test]
fn numpy_modified_internal_rates() {
    let long = [
        -4_500.0, -800.0, 800.0, 800.0, 600.0, 600.0, 800.0, 800.0, 700.0, 3_000.0,
    ];
    let found = modified_internal_rate(&long, rate(0.08), rate(0.055)).unwrap().unwrap();
    assert_close(found.value_per_year(), 0.0666, 1e-4);
    let mixed = [100.0, 200.0, -50.0, 300.0, -200.0];
    let found = modified_internal_rate(&mixed, rate(0.05), rate(0.06)).unwrap().unwrap();
    assert_close(found.value_per_year(), 0.3428, 1e-4);
    let positive = [39e3, 30e3, 21e3, 37e3, 46e3];
    let found = modified_internal_rate(&positive, rate(0.1), rate(0.12)).unwrap();
    assert_eq!(found, Err(NoInternalRate::NoSignChange));
}

#[test]
fn numpy_net_present_value_does_not_discount_the_first_flow() {
    let flows = AnnualFlow::series(&[-15_000.0, 1_500.0, 2_500.0, 3_500.0, 4_500.0, 6_000.0]);
    assert_close(npv(rate(0.05), &flows).value_eur(), 122.89, 5e-3);
}

#[test]
fn numpy_number_of_periods_present_and_future_amounts() {
    let periods = |per_period| number_of_periods(rate(per_period), -2_000.0, 0.0, 100_000.0, EndOfPeriod).unwrap();
    assert_eq!(periods(0.0), 50.0);
    assert_close(periods(0.075), 21.544944, 5e-7);
    let future = future_amount(rate(0.075), 20.0, -2_000.0, 0.0, EndOfPeriod).unwrap();
    assert_relatively_close(future, 86609.362673043, 1e-12);
    let present = present_amount(rate(0.07), 20.0, 12_000.0, 0.0, EndOfPeriod).unwrap();
    assert_relatively_close(present, -127128.17094619393, 1e-12);
}

#[test]
fn annuity_spreads_a_present_value_over_years() {
    let value = PresentValue(annuity_factor(rate(0.0225), 30) * 1_000.0);
    let yearly = annuity(value, rate(0.0225), 30).unwrap();
    assert_relatively_close(yearly.value_eur_per_year(), 1_000.0, 1e-14);
    assert_eq!(annuity(PresentValue(90.0), rate(0.0), 30).unwrap(), AnnualFlow(3.0));
    assert_eq!(
        annuity(PresentValue(90.0), rate(0.02), 0),
        Err(FinanceError::NoFiniteAnswer { what: "annuity" })
    );
}

#[test]
fn functions_without_a_finite_answer_say_so() {
    assert!(level_payment(rate(0.05), 0.0, 100.0, 0.0, EndOfPeriod).is_err());
    assert!(number_of_periods(rate(0.1), -5.0, 100.0, 0.0, EndOfPeriod).is_err());
    assert!(equivalent_growth(10.0, 100.0, -50.0).is_err());
    assert!(equivalent_growth(0.0, 100.0, 150.0).is_err());
    assert!(equivalent_growth(10.0, 0.0, 150.0).is_err());
    assert!(periods_to_grow(rate(0.0), 100.0, 150.0).is_err());
    assert!(future_amount(rate(9.0), 1e6, 1.0, 1.0, EndOfPeriod).is_err());
    assert!(present_amount(rate(-0.5), 1e6, 1.0, 1.0, EndOfPeriod).is_err());
    assert!(modified_internal_rate(&[1.0, f64::NAN], rate(0.1), rate(0.1)).is_err());
}
