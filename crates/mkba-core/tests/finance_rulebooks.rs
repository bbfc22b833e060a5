//! The rulebooks that come with the program: valid, chosen by the day an analysis starts, each with a rate for every class.
#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use mkba_core::finance::{Horizon, RateSchedule, Timing, discount_factors};
use mkba_core::rulebook::{CalendarDate, Part, PriceUnit, Rulebook};

/// Classes that a flow can name.
const CLASSES: [&str; 5] = ["standard", "sunk", "nonlinear", "physical", "health"];

macro_rules! text_of {
    ($id:literal) => {
        (
            $id,
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../models/rulebooks/",
                $id,
                ".toml"
            )),
        )
    };
}

const TEXTS: [(&str, &str); 4] = [
    text_of!("nl-2016"),
    text_of!("nl-2021"),
    text_of!("eu-2021"),
    text_of!("uk-2026"),
];

fn rulebook(id: &str) -> Rulebook {
    let (_, text) = TEXTS.into_iter().find(|(known, _)| *known == id).unwrap();
    let rulebook: Rulebook = toml::from_str(text).unwrap();
    assert_eq!(rulebook.validate(), Ok(()), "{id}");
    rulebook
}

fn all() -> Vec<Rulebook> {
    ["nl-2016", "nl-2021", "eu-2021", "uk-2026"].map(rulebook).into()
}

fn date(year: u16, month: u8, day: u8) -> CalendarDate {
    CalendarDate::new(year, month, day).unwrap()
}

/// Rate of a class in a year, in per cent, with base year 2026.
fn percent(rulebook: &Rulebook, class: &str, year: i32) -> f64 {
    let schedule = rulebook.discount_class(class).unwrap().class.schedule(2026).unwrap();
    (1e4 * schedule.rate_in(year).value_per_year()).round() / 100.0
}

fn factors(schedule: &RateSchedule, years: i32) -> Vec<f64> {
    let horizon = Horizon::new(2026, 2026 + years, 2026).unwrap();
    discount_factors(schedule, &horizon, Timing::EndOfYear)
}

#[test]
fn every_rulebook_has_a_rate_for_every_class() {
    for rulebook in all() {
        for class in CLASSES {
            let found = rulebook.discount_class(class);
            assert!(found.is_some(), "{} has nothing for `{class}`", rulebook.id);
        }
        assert_eq!(rulebook.discount_class("other"), None);
    }
}

/// Acceptance test 13 of the rules.
#[test]
fn an_analysis_of_2019_is_discounted_at_3_and_4_5_percent_and_one_of_2024_at_2_25_percent() {
    let dutch = || all().into_iter().filter(|rulebook| rulebook.authority == "nl");
    let right = |day| -> Vec<Rulebook> { dutch().filter(|rulebook| rulebook.applies_to_start(day)).collect() };
    let [of_2019] = right(date(2019, 6, 1)).try_into().expect("one is right");
    assert_eq!(of_2019.id, "nl-2016");
    assert_eq!(percent(&of_2019, "standard", 2030), 3.0);
    assert_eq!(percent(&of_2019, "physical", 2030), 4.5);
    let [of_2024] = right(date(2024, 6, 1)).try_into().expect("one is right");
    assert_eq!(of_2024.id, "nl-2021");
    assert_eq!(percent(&of_2024, "standard", 2030), 2.25);
    assert_eq!(percent(&of_2024, "sunk", 2030), 1.6);
    assert_eq!(percent(&of_2024, "nonlinear", 2030), 2.9);
    // The days between which they change hands, and none before 2016.
    assert_eq!(right(date(2020, 12, 31))[0].id, "nl-2016");
    assert_eq!(right(date(2021, 1, 1))[0].id, "nl-2021");
    assert!(right(date(2016, 3, 31)).is_empty());
}

/// Documented in the data of each rulebook: what is non-linear since 2021 was travel time in 2016.
#[test]
fn a_class_that_a_rulebook_lacks_is_discounted_as_its_data_says() {
    let name = |id: &str, class: &str| rulebook(id).discount_class(class).unwrap().name.to_owned();
    assert_eq!(name("nl-2016", "nonlinear"), "physical");
    assert_eq!(name("nl-2016", "sunk"), "standard");
    assert_eq!(name("nl-2021", "physical"), "standard");
    assert_eq!(name("nl-2021", "nonlinear"), "nonlinear", "its own class comes first");
    assert_eq!(name("eu-2021", "health"), "standard");
    assert_eq!(name("uk-2026", "health"), "health");
}

/// Acceptance test 11 of the rules: the factor of year 40 is 1.035^-30 times 1.03^-10.
#[test]
fn the_british_factor_of_year_40_continues_from_that_of_year_30() {
    let uk = rulebook("uk-2026");
    let standard = uk.discount_class("standard").unwrap().class.schedule(2026).unwrap();
    let factors = factors(&standard, 350);
    let expected = 1.035_f64.powi(-30) * 1.03_f64.powi(-10);
    assert!((factors[40] / expected - 1.0).abs() < 1e-12, "{}", factors[40]);
    assert!((factors[30] / 1.035_f64.powi(-30) - 1.0).abs() < 1e-12);
    assert_eq!(factors[0], 1.0);
    // HM Treasury's table: 0-30, 31-75, 76-125, 126-200, 201-300, 301 and over.
    let rates: Vec<f64> = [1, 30, 31, 75, 76, 125, 126, 200, 201, 300, 301, 340]
        .map(|after| percent(&uk, "standard", 2026 + after))
        .into();
    assert_eq!(rates, [3.5, 3.5, 3.0, 3.0, 2.5, 2.5, 2.0, 2.0, 1.5, 1.5, 1.0, 1.0]);
    let health: Vec<f64> = [30, 31, 76, 126, 201, 301]
        .map(|after| percent(&uk, "health", 2026 + after))
        .into();
    assert_eq!(health, [1.5, 1.29, 1.07, 0.86, 0.64, 0.43]);
}

#[test]
fn the_british_schedule_for_the_long_term_is_the_same_rulebook_with_lower_rates() {
    let uk = rulebook("uk-2026");
    let long = uk.under_schedule("long-term").unwrap();
    assert_eq!(long.id, "uk-2026/long-term");
    let rates: Vec<f64> = [30, 31, 76, 126, 201, 301]
        .map(|after| percent(&long, "standard", 2026 + after))
        .into();
    assert_eq!(rates, [3.0, 2.57, 2.14, 1.71, 1.29, 0.86]);
    assert_eq!(
        percent(&long, "health", 2030),
        1.5,
        "a class that is not named keeps its own"
    );
    assert_eq!(uk.under_schedule("short-term"), None);
    assert_eq!(uk.schedule["long-term"].horizon_over_years, 50);
}

#[test]
fn a_rate_that_changes_says_so() {
    let stated = |id: &str| rulebook(id).discount_class("standard").unwrap().class.stated();
    assert_eq!(stated("nl-2021"), "2.25 %/year");
    assert_eq!(
        stated("uk-2026"),
        "3.5 %/year, 3 % after 30 years, 2.5 % after 75 years, 2 % after 125 years, 1.5 % after 200 years, 1 % after 300 years"
    );
}

#[test]
fn only_the_european_rulebook_counts_net_of_taxes() {
    let net: Vec<String> = all()
        .into_iter()
        .filter(|rulebook| rulebook.prices.unit == PriceUnit::FactorPrices)
        .map(|rulebook| rulebook.id)
        .collect();
    assert_eq!(net, ["eu-2021"]);
}

/// What decides the numbers of an appraisal is taken over whole, so that a bridge between two rulebooks leaves nothing out.
#[test]
fn a_rulebook_with_all_parts_of_another_computes_as_the_other() {
    for from in all() {
        for to in all() {
            let mut between = from.clone();
            for part in Part::ALL {
                part.take_over(&mut between, &to);
            }
            assert_eq!(
                (
                    &between.discount,
                    &between.instead,
                    between.timing,
                    &between.default_discount_class
                ),
                (&to.discount, &to.instead, to.timing, &to.default_discount_class)
            );
            assert_eq!(
                (&between.horizon, &between.prices, &between.standing),
                (&to.horizon, &to.prices, &to.standing)
            );
        }
    }
}
