//! Internal rates: all of them, on series whose rates are known by construction.
#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use mkba_core::finance::{
    FinanceError, InternalRates, NoInternalRate, dated_internal_rates, internal_rates, internal_rates_at,
};
use proptest::prelude::*;

/// Amounts whose present value is `Π_i (1 - (1 + r_i)·x) · (1 + b·x²)` with `x = 1/(1+r)`: zero at the planted rates only.
fn series_with_rates(rates: &[f64], definite: &[f64]) -> Vec<f64> {
    let times = |amounts: Vec<f64>, factor: &[f64]| {
        let mut product = vec![0.0; amounts.len() + factor.len() - 1];
        for (left, amount) in amounts.iter().enumerate() {
            for (right, coefficient) in factor.iter().enumerate() {
                product[left + right] += amount * coefficient;
            }
        }
        product
    };
    let with_rates = rates
        .iter()
        .fold(vec![-1.0], |amounts, rate| times(amounts, &[1.0, -(1.0 + rate)]));
    definite
        .iter()
        .fold(with_rates, |amounts, b| times(amounts, &[1.0, 0.0, *b]))
}

fn found(amounts: &[f64]) -> Vec<(f64, bool)> {
    let rates = internal_rates(amounts).unwrap();
    rates
        .all()
        .iter()
        .map(|rate| (rate.rate.value_per_year(), rate.crosses))
        .collect()
}

fn assert_rates(amounts: &[f64], expected: &[(f64, bool)], tolerance: f64) {
    let found = found(amounts);
    assert_eq!(found.len(), expected.len(), "found {found:?}, expected {expected:?}");
    for ((rate, crosses), (expected_rate, expected_crosses)) in found.iter().zip(expected) {
        assert!(
            (rate - expected_rate).abs() <= tolerance,
            "found {found:?}, expected {expected:?}"
        );
        assert_eq!(crosses, expected_crosses, "found {found:?}");
    }
}

#[test]
fn one_year_loan_has_the_obvious_rate() {
    assert_rates(&[-100.0, 110.0], &[(0.1, true)], 1e-15);
    assert_rates(&[-100.0, 100.0], &[(0.0, true)], 1e-15);
    assert_rates(&[100.0, -50.0], &[(-0.5, true)], 1e-15);
}

#[test]
fn classic_pump_has_two_rates() {
    // Lorie and Savage 1955: -1600, 10 000, -10 000 has 25 % and 400 %.
    assert_rates(&[-1_600.0, 10_000.0, -10_000.0], &[(0.25, true), (4.0, true)], 1e-13);
}

#[test]
fn series_with_two_sign_changes_may_have_no_rate() {
    let rates = internal_rates(&[10.0, -10.0, 10.0]).unwrap();
    assert_eq!(rates, InternalRates::None(NoInternalRate::NoRealRate));
}

#[test]
fn double_rate_is_found_and_only_touches() {
    assert_rates(&series_with_rates(&[0.1, 0.1], &[]), &[(0.1, false)], 1e-7);
    assert_rates(&[-1.0, 2.0, -1.0], &[(0.0, false)], 1e-7);
    let beside_others = series_with_rates(&[-0.3, 0.1, 0.1, 2.0], &[1.5]);
    assert_rates(&beside_others, &[(-0.3, true), (0.1, false), (2.0, true)], 1e-6);
}

#[test]
fn triple_rate_is_one_crossing() {
    assert_rates(&series_with_rates(&[0.05, 0.05, 0.05], &[]), &[(0.05, true)], 1e-4);
}

#[test]
fn rates_of_high_multiplicity_end_in_reasonable_time() {
    for multiplicity in [6, 9, 12, 20] {
        let found = found(&series_with_rates(&vec![0.05; multiplicity], &[]));
        assert!(!found.is_empty(), "multiplicity {multiplicity}");
        // Rounding spreads a rate of multiplicity m over about the m-th root of the precision.
        assert!(found.iter().all(|(rate, _)| (rate - 0.05).abs() < 0.5), "{found:?}");
    }
}

#[test]
fn nearly_double_rates_are_told_apart() {
    for gap in [1e-2, 1e-3, 1e-4, 1e-5] {
        let amounts = series_with_rates(&[0.1, 0.1 + gap], &[]);
        assert_rates(&amounts, &[(0.1, true), (0.1 + gap, true)], 0.05 * gap);
    }
}

#[test]
fn value_that_nearly_touches_zero_has_no_rate() {
    for miss in [1e-3, 1e-6, 1e-9] {
        let rates = internal_rates(&[-1.0, 2.0, -1.0 - miss]).unwrap();
        assert_eq!(rates, InternalRates::None(NoInternalRate::NoRealRate), "{miss}");
    }
}

#[test]
fn investment_with_late_clean_up_has_a_very_low_second_rate() {
    let mut amounts = vec![10.0; 301];
    amounts[0] = -100.0;
    amounts[300] = -50.0;
    let found = found(&amounts);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!((found[1].0 - 0.1).abs() < 1e-6, "{found:?}");
    assert!(found[0].0 < 0.0 && found[0].0 > -1.0, "{found:?}");
}

#[test]
fn alternating_series_of_many_periods_has_one_rate() {
    // Σ (-x)^k over an even number of terms is (1 - x^n) / (1 + x): zero at x = 1 only.
    let amounts: Vec<f64> = (0..500)
        .map(|period| if period % 2 == 0 { -1.0 } else { 1.0 })
        .collect();
    assert_rates(&amounts, &[(0.0, true)], 1e-12);
}

#[test]
fn reinvestment_every_fifteen_years_keeps_one_rate() {
    // 100 every 15 years, 12 in between, over 105 years: the rate of each cycle is the rate of the whole.
    let cycle = internal_rates_at(&[0.0, 15.0], &[-100.0, 240.0]).unwrap();
    let mut amounts = vec![0.0; 106];
    for start in (0..105).step_by(15) {
        amounts[start] -= 100.0;
        amounts[start + 15] += 240.0;
    }
    let expected = cycle.unique().unwrap().value_per_year();
    assert_rates(&amounts, &[(expected, true)], 1e-12);
}

#[test]
fn amounts_of_extreme_size_do_not_overflow() {
    assert_rates(&[-1e300, 1.1e300], &[(0.1, true)], 1e-12);
    assert_rates(&[-1e-300, 1.1e-300], &[(0.1, true)], 1e-12);
    let found = found(&[-1e-300, 1e300]);
    assert_eq!(found.len(), 0);
    let rates = internal_rates(&[-1e-300, 1e300]).unwrap();
    assert_eq!(rates, InternalRates::None(NoInternalRate::OutOfRange));
    let rates = internal_rates(&[-1e300, 1e-300]).unwrap();
    assert_eq!(rates, InternalRates::None(NoInternalRate::OutOfRange));
}

#[test]
fn series_without_amounts_has_no_rate() {
    for amounts in [&[] as &[f64], &[0.0, 0.0], &[0.0]] {
        let rates = internal_rates(amounts).unwrap();
        assert_eq!(rates, InternalRates::None(NoInternalRate::NoFlow));
    }
    // Amounts on one day that cancel are no amounts.
    let rates = dated_internal_rates(&[10, 10], &[-5.0, 5.0]).unwrap();
    assert_eq!(rates, InternalRates::None(NoInternalRate::NoFlow));
}

#[test]
fn faulty_series_are_refused() {
    assert_eq!(
        internal_rates(&[-1.0, f64::INFINITY]),
        Err(FinanceError::NotFinite {
            what: "amount",
            position: 1
        })
    );
    assert_eq!(
        internal_rates_at(&[f64::NAN, 1.0], &[-1.0, 2.0]),
        Err(FinanceError::NotFinite {
            what: "time",
            position: 0
        })
    );
    assert_eq!(
        dated_internal_rates(&[0], &[-1.0, 2.0]),
        Err(FinanceError::LengthMismatch {
            what: "times",
            expected: 2,
            found: 1
        })
    );
}

#[test]
fn days_count_from_anywhere_in_any_order() {
    let days = [736_000_i64, 736_400, 736_800];
    let amounts = [-100.0, 30.0, 90.0];
    let ordered = dated_internal_rates(&days, &amounts).unwrap();
    let mixed = dated_internal_rates(&[400, 800, 0], &[30.0, 90.0, -100.0]).unwrap();
    assert_eq!(ordered, mixed);
    let extreme = dated_internal_rates(&[i64::MIN, i64::MAX], &[-100.0, 110.0]).unwrap();
    assert_eq!(extreme.all().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn planted_rates_are_found_and_no_others(
        steps in prop::collection::vec(0.05_f64..0.8, 0..6),
        lowest in -0.9_f64..0.5,
        definite in prop::collection::vec(0.05_f64..4.0, 0..4),
    ) {
        let mut rates = vec![lowest];
        for step in steps {
            rates.push((1.0 + rates[rates.len() - 1]) * (1.0 + step) - 1.0);
        }
        let amounts = series_with_rates(&rates, &definite);
        let found = found(&amounts);
        prop_assert_eq!(found.len(), rates.len(), "{:?} {:?}", found, rates);
        for ((rate, crosses), planted) in found.iter().zip(&rates) {
            prop_assert!(*crosses);
            let relative = (rate - planted).abs() / (1.0 + planted);
            prop_assert!(relative < 1e-6, "{:?} {:?}", found, rates);
        }
    }

    #[test]
    fn number_of_rates_never_exceeds_the_sign_changes_and_has_their_parity(
        amounts in prop::collection::vec(-10.0_f64..10.0, 2..120),
    ) {
        let found = found(&amounts);
        let changes = amounts.windows(2).filter(|pair| (pair[0] < 0.0) != (pair[1] < 0.0)).count();
        let crossings = found.iter().filter(|(_, crosses)| *crosses).count();
        prop_assert!(found.len() <= changes);
        prop_assert_eq!(crossings % 2, changes % 2, "{:?}", found);
        prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0));
        // A fine scan sees no further change of sign between the rates.
        let mut previous: Option<f64> = None;
        let mut scanned = 0;
        for step in -2_000..=2_000 {
            let x = (f64::from(step) * 1e-3).exp();
            let value = amounts.iter().rev().fold(0.0, |later, amount| later * x + amount);
            if previous.is_some_and(|previous| (previous < 0.0) != (value < 0.0)) {
                scanned += 1;
            }
            previous = Some(value);
        }
        prop_assert!(crossings >= scanned, "{} found, {} in the scan", crossings, scanned);
    }
}
