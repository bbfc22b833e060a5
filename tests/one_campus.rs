//! The teaching model of one campus gives the rows, the parties and the variants of a worked example that was calculated independently.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::tables::Scope;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
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

/// The sweep of the study, as a user runs it: points that replace one assumption, in the alternatives and scenarios that replace the others.
#[test]
fn the_sweep_of_the_study_goes_through_the_variants_of_the_worked_campus() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("sweep");
    let output = Command::new(env!("CARGO_BIN_EXE_mkba"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .args(["sweep", support::one_campus::STUDY, "--quiet", "--out"])
        .arg(&out)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut table = csv::Reader::from_path(out.join("sweep.csv")).expect("a table");
    let rows: Vec<BTreeMap<String, String>> = table.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 27 * 2 * 4);
    let below = |row: &&BTreeMap<String, String>| row["npv_without_separate_mean_eur"].starts_with('-');
    assert_eq!(rows.iter().filter(below).count(), rows.len(), "as the page says");
    let case = case(include_str!("cases/one-campus/rows.csv"));
    let variants = [
        // Name, displacement, reuse, research return in per cent, alternative, scenario.
        ("base", 85.0, 75.0, 20.0, "complete", "co2-low"),
        ("displacement-60", 60.0, 75.0, 20.0, "complete", "co2-low"),
        ("displacement-100", 100.0, 75.0, 20.0, "complete", "co2-low"),
        ("never-reused", 85.0, 0.0, 20.0, "complete", "co2-low"),
        ("fully-reused", 85.0, 100.0, 20.0, "complete", "co2-low"),
        ("return-net", 85.0, 75.0, 35.0, "complete", "co2-low"),
        ("return-irr", 85.0, 75.0, 60.48, "complete", "co2-low"),
        (
            "without-organisation",
            85.0,
            75.0,
            20.0,
            "without-organisation",
            "co2-low",
        ),
        ("without-programmes", 85.0, 75.0, 20.0, "without-programmes", "co2-low"),
        ("gate-shut", 85.0, 75.0, 20.0, "gate-shut", "co2-low"),
        ("co2-high", 85.0, 75.0, 20.0, "complete", "co2-high"),
    ];
    for (name, displacement, reuse, research, alternative, scenario) in variants {
        let number = |row: &BTreeMap<String, String>, column: &str| -> f64 { row[column].parse().expect("a number") };
        let axes = [
            ("displacement", displacement),
            ("reuse", reuse),
            ("research_return", research),
        ];
        let is_point = |row: &&BTreeMap<String, String>| {
            axes.iter()
                .all(|(axis, value)| (number(row, axis) - value).abs() < 1e-9)
                && row["alternative"] == alternative
                && row["scenario"] == scenario
        };
        let row = rows
            .iter()
            .find(is_point)
            .unwrap_or_else(|| panic!("no point for {name}"));
        let expected = &case[name];
        for (column, value) in [
            ("npv_without_separate_mean_eur", expected["balance"]),
            ("npv_mean_eur", expected["balance"] + expected["research"]),
        ] {
            assert!((number(row, column) / 1e6 - value).abs() <= 1e-6, "{name}: {row:?}");
        }
        assert!(
            (number(row, "bcr") - expected["ratio_with_research"]).abs() <= 1e-9,
            "{name}: {row:?}"
        );
    }
}
