//! The teaching model of one campus gives the rows, the parties and the variants of a worked example that was calculated independently.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::tables::Scope;
use std::collections::BTreeMap;
use support::one_campus::{CENTRAL, MODEL, PARTIES, ROWS, VARIANTS, Variant, amount, of_party, outcome, ratio};
use support::project::{Project, rulebook};
use support::{assert_near, assert_near_on_scale};

/// Numbers by row and column of a file of the worked campus.
fn case(text: &str) -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = rows.headers().expect("a head").iter().map(str::to_owned).collect();
    let lines = rows.records().map(|line| {
        let line = line.expect("a row");
        let numbers = head.iter().zip(&line).skip(1);
        let numbers = numbers.map(|(column, text)| (column.clone(), text.parse().expect("a number")));
        (line[0].to_owned(), numbers.collect())
    });
    lines.collect()
}

#[test]
fn every_row_of_every_variant_is_that_of_the_worked_campus() {
    let case = case(include_str!("cases/one-campus/rows.csv"));
    assert_eq!(case.len(), VARIANTS.len());
    for variant in &VARIANTS {
        let (expected, outcome) = (&case[variant.name], outcome(variant));
        let found = variant.view(&outcome);
        let near = |found: f64, column: &str| {
            let apart = (found - expected[column]).abs();
            assert!(
                apart <= 1e-6,
                "{}, {column}: {found} and {}",
                variant.name,
                expected[column]
            );
        };
        for row in &ROWS {
            near(amount(&found, row), row.number);
        }
        let sum = |kind: char| -> f64 {
            let rows = ROWS.iter().filter(|row| row.number.starts_with(kind));
            rows.map(|row| amount(&found, row)).sum()
        };
        near(sum('C'), "costs");
        near(sum('B'), "effects");
        let (without, with) = (found.result.balance_without_separate.mean, found.balance());
        near(without / 1e6, "balance");
        near(found.flow("research_spillover") / 1e6, "research");
        near((with - without) / 1e6, "research");
        near(ratio(&found, Scope::WithoutSeparate), "ratio");
        near(ratio(&found, Scope::All), "ratio_with_research");
    }
}

#[test]
fn every_party_of_every_variant_is_that_of_the_worked_campus() {
    let case = case(include_str!("cases/one-campus/parties.csv"));
    assert_eq!((case.len(), case["base"].len()), (VARIANTS.len(), PARTIES.len()));
    for variant in &VARIANTS {
        let outcome = outcome(variant);
        let found = variant.view(&outcome);
        for (party, name) in PARTIES {
            let (found, expected) = (of_party(&found, party), case[variant.name][name]);
            assert!(
                (found - expected).abs() <= 1e-6,
                "{}, {name}: {found} and {expected}",
                variant.name
            );
        }
    }
}

#[test]
fn in_2040_the_campus_has_46_000_m2_in_use_1533_jobs_and_230_new_ones() {
    let outcome = outcome(&CENTRAL);
    let found = CENTRAL.view(&outcome);
    let in_2040 = |indicator: &str| found.indicator(indicator)[0][found.year(2040)];
    assert_near(in_2040("in_use"), 46_000.0, 1e-12);
    assert_near(in_2040("jobs"), 46_000.0 / 30.0, 1e-12);
    assert_near(in_2040("additional_jobs"), 230.0, 1e-12);
    // Two rates of the model stand for those of the rulebook.
    let text = Project::shipped();
    let has =
        |file: &str, value: String| assert!(text.text(&format!("{MODEL}/{file}.toml")).contains(&value), "{value}");
    has(
        "model",
        format!("\"{} %\"", 100.0 * rulebook().prices.indirect_tax_uplift),
    );
    has("jobs", "\"2.25 %/year\"".to_owned());
    assert_eq!(outcome.catalogue.rates[0].per_year, Some(0.0225));
}

/// A euro of research is worth 0.20 · 0.5 · 1.0225^−3 · 1.0225 / (0.0225 + 0.15) = 0.5545 euro, of which half is kept: what is left after the
/// horizon is in it.
#[test]
fn research_that_outlives_the_horizon_has_its_closed_form() {
    let outcome = outcome(&CENTRAL);
    let found = CENTRAL.view(&outcome);
    let fade = |year: i32| (f64::from(2080 - year) / 20.0).clamp(0.0, 1.0);
    let jobs = &found.indicator("additional_jobs")[0];
    let spent: f64 = (2026..=2129)
        .map(|year| jobs[found.year(year)] * 0.4 * 110e3 * fade(year) * 1.0225_f64.powi(2026 - year))
        .sum();
    let worth = 0.2 * 0.5 * 1.0225_f64.powi(-3) * 1.0225 / (0.0225 + 0.15);
    assert_eq!(format!("{worth:.4}"), "0.5545");
    assert_near(found.flow("research_spillover"), 0.5 * worth * 1.182 * spent, 1e-9);
}

#[test]
fn use_of_space_nets_to_zero_when_everybody_moves_and_nothing_is_used_again() {
    let outcome = outcome(&Variant {
        values: &[("space", "displacement", "100 %"), ("space", "reuse", "0 %")],
        ..CENTRAL
    });
    let found = CENTRAL.view(&outcome);
    let gained = found.flow("use_of_space");
    assert!(gained > 1e8);
    assert_near_on_scale(gained + found.flow("vacated_space"), 0.0, gained, 1e-13);
}
