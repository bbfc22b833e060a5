//! Published cost-benefit cases: discount factors, present values, ratios and payback. Each test restates the figures of
//! its source.
#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use mkba_core::finance::{
    AnnualFlow, BenefitCostRatio, FinanceError, Horizon, Payback, PresentValue, Rate, RateSchedule, RatioConvention,
    RatioItem, RatioNotDefined, RatioSide, Timing, benefit_cost_ratio, discount_factors, discounted_payback,
    equivalent_growth, npv, present_value, simple_payback,
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

fn item(side: RatioSide, eur: f64) -> RatioItem {
    RatioItem {
        side,
        present_value: PresentValue(eur),
    }
}

/// HM Treasury, Green Book supplementary guidance on discounting (February 2026), annex A, tables A.1 (3.5 %) and A.2
/// (1.5 %), four decimals; Crown copyright, Open Government Licence.
#[test]
fn green_book_discount_factors_agree_to_the_printed_decimals() {
    let at_3_5_percent = [
        1.0, 0.9662, 0.9335, 0.9019, 0.8714, 0.842, 0.8135, 0.786, 0.7594, 0.7337, 0.7089, 0.6849, 0.6618, 0.6394,
        0.6178, 0.5969, 0.5767, 0.5572, 0.5384, 0.5202, 0.5026, 0.4856, 0.4692, 0.4533, 0.438, 0.4231, 0.4088, 0.395,
        0.3817, 0.3687, 0.3563,
    ];
    let at_1_5_percent = [
        1.0, 0.9852, 0.9707, 0.9563, 0.9422, 0.9283, 0.9145, 0.901, 0.8877, 0.8746, 0.8617, 0.8489, 0.8364, 0.824,
        0.8118, 0.7999, 0.788, 0.7764, 0.7649, 0.7536, 0.7425, 0.7315, 0.7207, 0.71, 0.6995, 0.6892, 0.679, 0.669,
        0.6591, 0.6494, 0.6398,
    ];
    // Published sums over years 0 to 20 and 0 to 26, three decimals.
    let cases = [
        (0.035, at_3_5_percent, 15.212, 17.89),
        (0.015, at_1_5_percent, 18.169, 22.399),
    ];
    let horizon = Horizon::new(0, 30, 0).unwrap();
    for (per_year, published, sum_to_20, sum_to_26) in cases {
        let schedule = RateSchedule::flat(rate(per_year));
        let factors = discount_factors(&schedule, &horizon, Timing::EndOfYear);
        for (found, printed) in factors.iter().zip(published) {
            assert_close((found * 1e4).round() / 1e4, printed, 1e-12);
        }
        let sum = |years: usize| factors[..=years].iter().sum::<f64>();
        assert_close((sum(20) * 1e3).round() / 1e3, sum_to_20, 1e-12);
        assert_close((sum(26) * 1e3).round() / 1e3, sum_to_26, 1e-12);
    }
}

fn green_book_declining_schedule() -> RateSchedule {
    let steps = [(31, 0.03), (76, 0.025), (126, 0.02), (201, 0.015), (301, 0.01)];
    let steps = steps
        .into_iter()
        .map(|(year, per_year)| (year, rate(per_year)))
        .collect();
    RateSchedule::stepped(rate(0.035), steps).unwrap()
}

/// Rates: HM Treasury, Green Book 2003, table 6.1. Factors: chained from those rates in exact arithmetic, rounded to
/// doubles (the source prints no factors).
#[test]
fn declining_rates_chain_the_factors() {
    let horizon = Horizon::new(0, 400, 0).unwrap();
    let factors = discount_factors(&green_book_declining_schedule(), &horizon, Timing::EndOfYear);
    let expected = [
        (30, 0.3562784106023024),
        (31, 0.34590136951679845),
        (50, 0.19726271769053844),
        (75, 0.09421377257669163),
        (76, 0.09191587568457721),
        (100, 0.05081802232438214),
        (125, 0.027410763016195154),
        (126, 0.02687329707470113),
        (200, 0.006207378715700502),
        (201, 0.006115644054877342),
        (300, 0.0014005674143644086),
        (301, 0.0013867004102617907),
        (400, 0.000517805476713325),
    ];
    for (year, factor) in expected {
        assert_close(factors[year] / factor, 1.0, 1e-12);
    }
}

/// Acceptance test 11 of the rules.
#[test]
fn british_factor_at_year_40_is_thirty_years_at_3_5_percent_and_ten_at_3_percent() {
    let horizon = Horizon::new(0, 40, 0).unwrap();
    let factors = discount_factors(&green_book_declining_schedule(), &horizon, Timing::EndOfYear);
    let expected = 1.035_f64.powi(-30) * 1.03_f64.powi(-10);
    assert_close(factors[40] / expected, 1.0, 1e-13);
}

/// https://wisfaq.nl/printen.asp?id=11465: 200 000 in 30 years at 3 % is worth 82 397.35 now; 80 000 now grows to 194 181.
#[test]
fn dutch_textbook_present_value_of_an_amount_in_thirty_years() {
    let schedule = RateSchedule::flat(rate(0.03));
    let ahead = Horizon::new(30, 30, 0).unwrap();
    let factors = discount_factors(&schedule, &ahead, Timing::EndOfYear);
    let value = present_value(&[AnnualFlow(200_000.0)], &factors).unwrap().value_eur();
    assert_close(value, 82_397.35, 0.005);
    assert_close(value / 82_397.351_903_181_28, 1.0, 1e-13);
    let back = Horizon::new(0, 0, 30).unwrap();
    let factors = discount_factors(&schedule, &back, Timing::EndOfYear);
    let value = present_value(&[AnnualFlow(80_000.0)], &factors).unwrap().value_eur();
    assert_close(value, 194_181.0, 0.5);
}

/// CLIMADA-project/climada_python, commit bb9595944fcf, `climada/engine/test/test_cost_benefit.py`: averted climate risk
/// by mangroves, 2018 through 2040 at 2 %, first year not discounted; benefit linear to 2040, or constant. Figures only.
#[test]
fn climada_averted_risk_agrees_with_its_published_value() {
    let horizon = Horizon::new(2018, 2040, 2018).unwrap();
    let factors = discount_factors(&RateSchedule::flat(rate(0.02)), &horizon, Timing::EndOfYear);
    let cost = 1_311_768_360.851_541_8;
    let averted_2018 = 6_512_201_157.564_42 - 4_850_407_096.284_983;
    let averted_2040 = 59_506_659_786.664_024 - 48_262_311_514.731_35;
    let cases = [
        (averted_2040, 113_345_027_690.812_76, 0.011_573_232_523_528_404),
        (averted_2018, 31_005_833_689.540_22, 0.042_307_146_906_166_41),
    ];
    for (averted_last, published_value, published_cost_per_benefit) in cases {
        let flows: Vec<AnnualFlow> = horizon
            .years()
            .map(|year| {
                let share = f64::from(horizon.elapsed(year)) / 22.0;
                AnnualFlow(averted_2018 + share * (averted_last - averted_2018))
            })
            .collect();
        let value = present_value(&flows, &factors).unwrap();
        assert_close(value.value_eur() / published_value, 1.0, 1e-11);
        let items = [
            item(RatioSide::CostOfTheMeasure, -cost),
            item(RatioSide::Effect, value.value_eur()),
        ];
        let ratio = benefit_cost_ratio(&items, RatioConvention::CostsOfTheMeasure)
            .value()
            .unwrap();
        assert_close(1.0 / ratio / published_cost_per_benefit, 1.0, 1e-11);
    }
}

/// https://wizedu.com/questions/564451: payback 2.5 years and ratio 1.31 at 12 %. The source rounds factors to four
/// decimals; the unrounded figures are computed from its flows.
#[test]
fn textbook_payback_is_two_and_a_half_years() {
    let flows = AnnualFlow::series(&[-30_000.0, 11_000.0, 14_000.0, 10_000.0, 7_000.0, 12_000.0]);
    assert_eq!(simple_payback(&flows), Payback::AfterYears(2.5));
    let at_12_percent = rate(0.12);
    assert_close(npv(at_12_percent, &flows).value_eur(), 9_357.694_152_733_973, 1e-8);
    let inflows = npv(at_12_percent, &flows).value_eur() + 30_000.0;
    let items = [
        item(RatioSide::CostOfTheMeasure, -30_000.0),
        item(RatioSide::Effect, inflows),
    ];
    let ratio = benefit_cost_ratio(&items, RatioConvention::CostsOfTheMeasure)
        .value()
        .unwrap();
    assert_close(ratio, 1.31, 0.005);
    assert_close(ratio / 1.311_923_138_424_465_8, 1.0, 1e-12);
}

/// TII Project Appraisal Guidelines, simple appraisal of a road in Meath, README of the R package tiicba (D. Brennan,
/// 2017). Costs are printed undiscounted there, so the rate is zero. Figures printed as integers.
#[test]
fn irish_road_appraisal_agrees_with_its_printed_figures() {
    let to_price_base_2011 = 103.8 / 106.0;
    let shadow_prices = 1.3 * 0.8;
    let cost = 15_000_000.0 * to_price_base_2011 * shadow_prices;
    let shares = [0.25, 0.5, 0.25];
    let flows: Vec<AnnualFlow> = shares.iter().map(|share| AnnualFlow(-cost * share)).collect();
    for (flow, printed) in flows.iter().zip([3_819_057.0, 7_638_113.0, 3_819_057.0]) {
        assert_close(-flow.value_eur_per_year(), printed, 1.0);
    }
    let costs = npv(rate(0.0), &flows);
    assert_close(-costs.value_eur(), 15_276_226.0, 1.0);
    let items = [
        RatioItem {
            side: RatioSide::CostOfTheMeasure,
            present_value: costs,
        },
        item(RatioSide::Effect, 59_462_951.0),
        item(RatioSide::Effect, -39_022_143.0),
    ];
    let balance: PresentValue = items.iter().map(|item| item.present_value).sum();
    assert_close(balance.value_eur(), 5_164_581.0, 2.0);
    let ratio = benefit_cost_ratio(&items, RatioConvention::CostsOfTheMeasure)
        .value()
        .unwrap();
    assert_close(ratio, 1.33808, 1e-5);
    // Traffic, light and heavy vehicles, printed for 2016, 2017 and 2025.
    for (in_2016, in_2017, in_2025, growth) in [
        (6_241_500.0, 6_328_881.0, 7_073_438.0, 0.0140),
        (328_500.0, 336_285.5, 405_592.3, 0.0237),
    ] {
        assert_close(
            equivalent_growth(1.0, in_2016, in_2017).unwrap().value_per_year(),
            growth,
            1e-6,
        );
        assert_close(
            equivalent_growth(9.0, in_2016, in_2025).unwrap().value_per_year(),
            growth,
            1e-6,
        );
    }
}

#[test]
fn conventions_of_the_ratio_differ_but_not_the_balance() {
    let items = [
        item(RatioSide::CostOfTheMeasure, -100.0),
        item(RatioSide::Effect, 150.0),
        item(RatioSide::Effect, -20.0),
    ];
    assert_eq!(
        benefit_cost_ratio(&items, RatioConvention::CostsOfTheMeasure),
        BenefitCostRatio::Ratio(1.3)
    );
    assert_eq!(
        benefit_cost_ratio(&items, RatioConvention::AllNegativeItems),
        BenefitCostRatio::Ratio(1.25)
    );
}

#[test]
fn ratio_is_not_defined_for_a_cut_or_without_cost() {
    let not_defined = |items: &[RatioItem]| benefit_cost_ratio(items, RatioConvention::CostsOfTheMeasure);
    let cut = [
        item(RatioSide::CostOfTheMeasure, 100.0),
        item(RatioSide::Effect, -250.0),
    ];
    assert_eq!(
        not_defined(&cut),
        BenefitCostRatio::NotDefined(RatioNotDefined::CostIsSaving)
    );
    let free = [item(RatioSide::Effect, 10.0)];
    assert_eq!(
        not_defined(&free),
        BenefitCostRatio::NotDefined(RatioNotDefined::NoCost)
    );
    assert_eq!(not_defined(&[]).value(), None);
    let undefined = [
        item(RatioSide::CostOfTheMeasure, -1.0),
        item(RatioSide::Effect, f64::NAN),
    ];
    assert_eq!(
        not_defined(&undefined),
        BenefitCostRatio::NotDefined(RatioNotDefined::NotFinite)
    );
}

#[test]
fn payback_counts_the_last_time_the_sum_becomes_positive() {
    let with_reinvestment = AnnualFlow::series(&[-100.0, 150.0, -100.0, 25.0, 50.0]);
    assert_eq!(simple_payback(&with_reinvestment), Payback::AfterYears(3.5));
    assert_eq!(
        simple_payback(&AnnualFlow::series(&[10.0, -5.0, 1.0])),
        Payback::FromTheStart
    );
    assert_eq!(
        simple_payback(&AnnualFlow::series(&[-10.0, 20.0, -15.0])),
        Payback::Never
    );
    assert_eq!(
        simple_payback(&AnnualFlow::series(&[-10.0, f64::NAN, 20.0])),
        Payback::Never
    );
    assert_eq!(simple_payback(&[]), Payback::FromTheStart);
}

#[test]
fn discounting_lengthens_payback() {
    let flows = AnnualFlow::series(&[-100.0, 60.0, 60.0, 60.0]);
    let factors = [1.0, 0.5, 0.25, 1.0];
    assert_eq!(
        discounted_payback(&flows, &factors),
        Ok(Payback::AfterYears(2.0 + 55.0 / 60.0))
    );
    assert_eq!(
        discounted_payback(&flows, &factors[..2]),
        Err(FinanceError::LengthMismatch {
            what: "discount factors",
            expected: 4,
            found: 2
        })
    );
}
