//! `mkba trace` of the shipped study: the numbers of the run, a tree that fits, and a guide that runs.
#[path = "support/program.rs"]
mod program;

use mkba_core::table::Cell;
use program::{mkba, succeeds};
use std::fs;
use std::path::Path;

fn shipped() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The value at the top of the tree, read digit by digit: the reader of JSON may round.
fn value(folder: &Path, arguments: &[&str]) -> f64 {
    let json = succeeds(folder, &[&["trace"], arguments, &["--json"]].concat());
    let from = json.find("\"explanation\"").expect("a tree");
    let line = json[from..]
        .lines()
        .find_map(|line| line.trim().strip_prefix("\"value\": "))
        .expect("a value");
    line.trim_end_matches(',').parse().expect("a number")
}

fn text<'t>(table: &'t mkba_core::table::Table, row: usize, column: &str) -> &'t str {
    table.cell(row, column).and_then(Cell::as_text).expect("a word")
}

fn number(table: &mkba_core::table::Table, row: usize, column: &str) -> f64 {
    table.cell(row, column).and_then(Cell::as_number).expect("a number")
}

const CITY_DEAL: &str = "scenarios/city-deal.toml";

#[test]
fn balances_of_a_draw_are_those_of_the_run_bit_for_bit() {
    let (root, out) = (shipped(), tempfile::tempdir().expect("a folder"));
    let run = out.path().join("run");
    let folder = run.to_str().expect("a path");
    succeeds(root, &["run", CITY_DEAL, "--draws", "24", "--quiet", "--out", folder]);
    let npv = mkba_results::read_parquet(run.join("npv.parquet")).expect("balances");
    let mut compared = 0;
    for row in 0..npv.row_count() {
        let draw = number(&npv, row, "draw");
        if draw != 0.0 && draw != 17.0 {
            continue;
        }
        let (draw, scenario) = (format!("{draw}"), text(&npv, row, "scenario"));
        let case = [
            "--scenario",
            scenario,
            "--alternative",
            text(&npv, row, "alternative"),
            "--draw",
            &draw,
            "--depth",
            "0",
        ];
        for (cell, column) in [
            ("balance", "npv_eur"),
            ("balance_without_separate", "npv_without_separate_eur"),
        ] {
            let traced = value(root, &[&[CITY_DEAL, cell][..], &case[..]].concat());
            assert_eq!(traced.to_bits(), number(&npv, row, column).to_bits(), "{cell} {case:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * 2 * 15 * 2, "draws, scenarios, alternatives, balances");
}

#[test]
fn means_over_draws_are_those_of_the_tables_bit_for_bit() {
    let (root, out) = (shipped(), tempfile::tempdir().expect("a folder"));
    let run = out.path().join("run");
    let folder = run.to_str().expect("a path");
    // More than one chunk of draws, and not a whole number of blocks.
    succeeds(root, &["run", CITY_DEAL, "--draws", "1100", "--quiet", "--out", folder]);
    let read = |name: &str| mkba_results::read_csv(run.join(name)).expect("a table");
    let case = [
        "--scenario",
        "wlo-2015-low",
        "--alternative",
        "integrated",
        "--draws",
        "1100",
        "--depth",
        "0",
    ];
    let check = |table: &mkba_core::table::Table, keys: &[(&str, &str)], column: &str, cell: &str| {
        let is_case = |row: &usize| {
            let own = [("scenario", "wlo-2015-low"), ("alternative", "integrated")];
            own.iter().chain(keys).all(|(key, value)| match table.cell(*row, key) {
                Some(Cell::Whole(number)) => number.to_string() == *value,
                cell => cell.and_then(Cell::as_text) == Some(value),
            })
        };
        let row = (0..table.row_count()).find(is_case).expect("a row");
        let traced = value(root, &[&[CITY_DEAL, cell][..], &case[..]].concat());
        assert_eq!(traced.to_bits(), number(table, row, column).to_bits(), "{cell}");
    };
    let overview = read("overview.csv");
    for flow in ["buildings", "research_spillover", "use_of_space", "land_sale"] {
        check(&overview, &[("flow", flow)], "pv_mean_eur", flow);
    }
    check(
        &read("parties.csv"),
        &[("flow", "buildings"), ("party", "universities")],
        "pv_mean_eur",
        "buildings.universities",
    );
    check(
        &read("regions.csv"),
        &[("flow", "buildings"), ("region", "utrecht")],
        "pv_mean_eur",
        "buildings[utrecht]",
    );
    let timeline = read("timeline.csv");
    check(
        &timeline,
        &[("flow", "buildings"), ("year", "2031")],
        "mean_eur",
        "buildings@2031",
    );
    check(
        &timeline,
        &[("flow", "land_sale"), ("year", "2031")],
        "mean_eur",
        "land_sale@2031",
    );
    check(
        &read("indicators.csv"),
        &[("indicator", "space_in_use"), ("year", "2040")],
        "mean",
        "space_in_use@2040",
    );
}

#[test]
fn the_tree_fits_a_hundred_columns_and_has_no_escape_codes_when_it_is_not_a_terminal() {
    let root = shipped();
    for cell in [
        "balance",
        "research_spillover",
        "occupied[amsterdam-life-sciences-district]@2045",
        "space_in_use@2060",
    ] {
        let text = succeeds(
            root,
            &[
                "trace",
                CITY_DEAL,
                cell,
                "--alternative",
                "integrated",
                "--depth",
                "5",
                "--draws",
                "16",
            ],
        );
        let widest = text.lines().map(|line| line.chars().count()).max().expect("lines");
        assert!(widest <= 100, "{cell}: {widest}\n{text}");
        assert!(!text.contains('\u{1b}'), "{cell}");
    }
}

/// Each `$ mkba …` of the guide runs; an `error:` under it is what it says.
#[test]
fn the_guide_runs() {
    let guide = fs::read_to_string(shipped().join("docs/guide/trace.md")).expect("the guide");
    let blocks: Vec<&str> = guide
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert!(blocks.len() >= 4);
    for block in blocks {
        let mut lines = block.lines();
        let command = lines
            .next()
            .and_then(|line| line.strip_prefix("$ mkba "))
            .expect("a command");
        let arguments: Vec<&str> = command.split(' ').map(|word| word.trim_matches('"')).collect();
        let output = mkba(shipped(), &arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        let said: Vec<&str> = lines.collect();
        assert_eq!(output.status.success(), said.is_empty(), "{command}: {message}");
        for line in said {
            assert!(message.contains(line), "{command}: `{line}` in\n{message}");
        }
    }
}
