//! Reading and checking rulebooks.
#![expect(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use mkba_core::finance::{RatioConvention, Timing};
use mkba_core::rulebook::{CalendarDate, HorizonStart, PriceUnit, ResidualRule, Rulebook};

const NL_2021: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/rulebooks/nl-2021.toml"
));

fn with(original: &str, replacement: &str) -> String {
    assert!(NL_2021.contains(original), "the rulebook has no `{original}`");
    NL_2021.replace(original, replacement)
}

fn faults(text: &str) -> Vec<String> {
    let rulebook: Rulebook = toml::from_str(text).unwrap();
    rulebook
        .validate()
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn reading_error(text: &str) -> String {
    toml::from_str::<Rulebook>(text).unwrap_err().to_string()
}

#[test]
fn dutch_rulebook_is_valid_and_says_what_it_says() {
    let rulebook: Rulebook = toml::from_str(NL_2021).unwrap();
    assert_eq!(rulebook.validate(), Ok(()));
    assert_eq!(rulebook.id, "nl-2021");
    let rate = |class: &str| rulebook.discount_class(class).map(|found| found.class.rate_per_year);
    assert_eq!(rate("standard"), Some(0.0225));
    assert_eq!(rate("sunk"), Some(0.016));
    assert_eq!(rate("nonlinear"), Some(0.029));
    assert_eq!(rate("other"), None);
    assert_eq!(rulebook.default_discount_class, "standard");
    assert_eq!(rulebook.timing, Timing::EndOfYear);
    assert_eq!(rulebook.horizon.years, 100);
    assert_eq!(rulebook.horizon.from, HorizonStart::Opening);
    assert_eq!(rulebook.horizon.residual, ResidualRule::None);
    assert_eq!(rulebook.prices.unit, PriceUnit::MarketPrices);
    assert_eq!(rulebook.prices.indirect_tax_uplift, 0.182);
    assert_eq!(rulebook.prices.standard_vat, 0.21);
    assert!(rulebook.standing.default);
    assert_eq!(rulebook.ratio.convention, RatioConvention::CostsOfTheMeasure);
    assert_eq!(rulebook.valid.from, CalendarDate::new(2021, 1, 1).unwrap());
    assert_eq!(rulebook.valid.until, None);
}

#[test]
fn all_faults_of_a_rulebook_are_reported_at_once() {
    let text = with("rate_per_year = 0.0225", "rate_per_year = 2.25")
        .replace("id        = \"nl-2021\"", "id = \"NL 2021\"")
        .replace("years    = 100", "years = 0")
        .replace("standard_vat        = 0.21", "standard_vat = 21.0")
        .replace(
            "default_discount_class = \"standard\"",
            "default_discount_class = \"normal\"",
        )
        .replace("from = \"2021-01-01\"", "from = \"2021-01-01\", until = \"2020-12-31\"")
        .replace("nl = \"standaard\"", "nl = \" \"");
    assert_eq!(
        faults(&text),
        [
            "`id` requires lower-case letters, digits and hyphens, found `NL 2021`",
            "`valid.until` 2020-12-31 is before `valid.from` 2021-01-01",
            "`default_discount_class` names `normal`, which is not in `discount`",
            "`discount.standard.rate_per_year` requires a fraction per year between -1 and 1 \
             (2.25 % is 0.0225), found 2.25",
            "`discount.standard.label.nl` requires a text",
            "`horizon.years` requires 1 to 1000 years, found 0",
            "`prices.standard_vat` requires a fraction from 0 to 1 (21 % is 0.21), found 21",
        ]
    );
}

#[test]
fn rate_that_is_not_a_number_is_a_fault() {
    let text = with("rate_per_year = 0.016", "rate_per_year = nan");
    assert_eq!(
        faults(&text),
        [
            "`discount.sunk.rate_per_year` requires a fraction per year between -1 and 1 \
          (2.25 % is 0.0225), found NaN"
        ]
    );
    let rulebook: Rulebook = toml::from_str(&text).unwrap();
    let sunk = rulebook.discount_class("sunk").expect("the class is there");
    assert_eq!(sunk.class.schedule(2026), None);
}

#[test]
fn unknown_keys_are_refused_at_every_level() {
    assert!(reading_error(&with("version   = \"2\"", "versoin = \"2\"")).contains("versoin"));
    assert!(reading_error(&with("unit                =", "unti =")).contains("unti"));
    assert!(reading_error(&with("convention =", "conventoin =")).contains("conventoin"));
    assert!(reading_error(&with("rate_per_year = 0.016", "rate = 0.016")).contains("`rate`"));
}

#[test]
fn dates_must_exist() {
    for date in [
        "2021-02-29",
        "2021-13-01",
        "2021-00-10",
        "21-01-01",
        "2021-1-1",
        "today",
        "",
    ] {
        let message = reading_error(&with("from = \"2021-01-01\"", &format!("from = \"{date}\"")));
        assert!(
            message.contains(&format!("`{date}` is not a date such as `2021-01-01`")),
            "{message}"
        );
    }
    assert!(CalendarDate::new(2024, 2, 29).is_some());
    assert!(CalendarDate::new(2100, 2, 29).is_none());
    assert!(CalendarDate::new(2000, 2, 29).is_some());
}

#[test]
fn classes_that_stand_for_others_and_other_schedules_name_classes_that_exist() {
    let text = with(
        "[instead.health]\nclass   = \"standard\"",
        "[instead.health]\nclass   = \"care\"",
    );
    assert_eq!(
        faults(&text),
        ["`instead.health.class` names `care`, which is not in `discount`"]
    );
}

#[test]
fn rates_of_later_years_come_in_order_and_are_rates() {
    let steps = "rate_per_year = 0.0225\nsteps = [{ after_years = 30, rate_per_year = 2.0 }, { after_years = 30, rate_per_year = 0.01 }]";
    assert_eq!(
        faults(&with("rate_per_year = 0.0225", steps)),
        [
            "`discount.standard.steps.0` requires a fraction per year between -1 and 1 (2.25 % is 0.0225), found 2",
            "`discount.standard.steps` requires numbers of years that ascend from 1",
        ]
    );
}
