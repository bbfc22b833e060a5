//! The spreadsheet of a run, and a run computed again.
use mkba_core::table::Table;
use mkba_results::read_csv;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const CITY_DEAL: &str = "scenarios/city-deal.toml";

fn mkba(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command.output().expect("the program starts")
}

/// Runs a study without pictures and documents besides the spreadsheet.
fn run(study: &str, rulebook: &str, draws: &str, out: &Path) {
    let out = out.to_str().expect("a path in UTF-8");
    let done = mkba(&[
        "run",
        study,
        "--rulebook",
        rulebook,
        "--draws",
        draws,
        "--quiet",
        "--no-report",
        "--no-figures",
        "--lang",
        "en",
        "--out",
        out,
    ]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// LibreOffice, where it is installed.
fn office() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("soffice"))
        .find(|program| program.exists())
}

/// All sheets with everything computed anew, as rows of cells, by name.
fn computed_by_libreoffice(program: &Path, spreadsheet: &Path, scratch: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let profile = scratch.join("profile");
    fs::create_dir_all(profile.join("user")).expect("a folder");
    let always = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;
    fs::write(profile.join("user/registrymodifications.xcu"), always).expect("settings");
    // Tab between cells, no quotes, every sheet, values in all digits.
    let filter = "csv:Text - txt - csv (StarCalc):9,,76,1,,0,false,false,false,false,false,-1";
    let done = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", filter, "--outdir"])
        .arg(scratch.join("sheets"))
        .arg(spreadsheet)
        .output()
        .expect("LibreOffice starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let files = fs::read_dir(scratch.join("sheets")).expect("sheets");
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("text");
        let rows = text.lines().map(|line| line.split('\t').map(str::to_owned).collect());
        (name, rows.collect())
    };
    files.map(|file| read(file.expect("a file").path())).collect()
}

/// Numbers of the row with this label; of the last one if there are several.
fn row<'s>(sheet: &'s [Vec<String>], label: &str) -> &'s [String] {
    let row = sheet.iter().rev().find(|row| row[0] == label);
    &row.unwrap_or_else(|| panic!("no row `{label}`"))[2..]
}

fn numbers(cells: &[String]) -> Vec<f64> {
    cells
        .iter()
        .map(|cell| cell.parse().unwrap_or_else(|_| panic!("`{cell}` is not a number")))
        .collect()
}

/// A column of the balances in the overview, scenario by scenario.
fn balances(overview: &Table, flow: &str, column: &str) -> Vec<f64> {
    let is_balance = |row: &usize| overview.cell(*row, "flow").and_then(|cell| cell.as_text()) == Some(flow);
    let rows = (0..overview.row_count()).filter(is_balance);
    rows.map(|row| {
        overview
            .cell(row, column)
            .and_then(|cell| cell.as_number())
            .unwrap_or(f64::NAN)
    })
    .collect()
}

#[test]
fn libreoffice_computes_the_balances_of_the_program_to_a_cent() {
    let Some(program) = office() else {
        eprintln!("LibreOffice is not installed here, so nothing was computed again");
        return;
    };
    assert_eq!(
        balances_agree(&program, CITY_DEAL, "nl-2021"),
        30,
        "two scenarios, fifteen alternatives"
    );
}

/// Rates that fall over the years, classes with other rates, a horizon after which nothing counts.
#[test]
fn libreoffice_computes_the_balances_under_other_rulebooks_too() {
    let Some(program) = office() else {
        eprintln!("LibreOffice is not installed here, so nothing was computed again");
        return;
    };
    for rulebook in ["uk-2026", "eu-2021"] {
        assert_eq!(
            balances_agree(&program, "scenarios/one-campus-in-full.toml", rulebook) % 2,
            0,
            "{rulebook}"
        );
    }
}

/// Amounts half a year into each year, under a rulebook whose rates fall.
#[test]
fn libreoffice_computes_the_balances_of_amounts_in_the_middle_of_the_year() {
    let Some(program) = office() else {
        eprintln!("LibreOffice is not installed here, so nothing was computed again");
        return;
    };
    let project = TempDir::new().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in files_of(&root.join("models/rulebooks"))
        .into_iter()
        .chain(files_of(&root.join("models/teaching/lake")))
        .chain([root.join("mkba.toml")])
    {
        let copy = project
            .path()
            .join(file.strip_prefix(root).expect("within the project"));
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::copy(&file, copy).expect("a file");
    }
    let study = fs::read_to_string(root.join("scenarios/lake.toml")).expect("the study");
    let mid_year = study.replace("\"end_of_year\"", "\"mid_year\"");
    assert_ne!(study, mid_year);
    let path = project.path().join("scenarios/lake.toml");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, mid_year).expect("a study");
    let path = path.to_str().expect("a path in UTF-8");
    assert_eq!(balances_agree(&program, path, "uk-2026"), 4);
}

/// All files below a folder.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| if path.is_dir() { files_of(&path) } else { vec![path] })
        .collect()
}

/// Computes the spreadsheet of a run again; how many balances it has, all of them the program's to a cent.
fn balances_agree(program: &Path, study: &str, rulebook: &str) -> usize {
    let scratch = TempDir::new().expect("a folder");
    let out = scratch.path().join("run");
    run(study, rulebook, "64", &out);
    let sheets = computed_by_libreoffice(program, &out.join("results.xlsx"), scratch.path());
    let sheet = |name: &str| {
        let found = sheets.iter().find(|(sheet, _)| sheet.ends_with(name));
        &found.unwrap_or_else(|| panic!("no sheet `{name}`")).1
    };
    let (overview, parties) = (sheet("Overview"), sheet("Parties"));
    let table = read_csv(out.join("overview.csv")).expect("the overview");
    let engine = balances(&table, "balance", "pv_mean_eur");
    assert!(!engine.is_empty());
    assert_eq!(numbers(row(overview, "Balance")).len(), engine.len());
    for (recomputed, engine) in numbers(row(overview, "Balance")).iter().zip(&engine) {
        assert!(
            (recomputed * 1e6 - engine).abs() < 0.01,
            "{recomputed} million and {engine}"
        );
    }
    for (recomputed, engine) in numbers(row(parties, "Society")).iter().zip(&engine) {
        assert!(
            (recomputed * 1e6 - engine).abs() < 0.01,
            "{recomputed} million and {engine}"
        );
    }
    assert!(row(overview, "Check (to a cent)").iter().all(|cell| cell == "OK"));
    // A program that does not compute when it opens the file shows the results that are in it.
    let ratios = balances(&table, "balance_without_separate", "ratio");
    for (cell, ratio) in row(overview, "Benefit-cost ratio").iter().zip(ratios) {
        if ratio.is_finite() {
            let recomputed: f64 = cell.parse().expect("a ratio");
            assert!((recomputed - ratio).abs() < 1e-9, "{recomputed} and {ratio}");
        }
    }
    engine.len()
}

#[test]
fn the_same_run_gives_the_same_spreadsheet() {
    let scratch = TempDir::new().expect("a folder");
    let bytes = ["one", "two"].map(|name| {
        let out = scratch.path().join(name);
        run("scenarios/campus-cba-30.toml", "nl-2021", "256", &out);
        fs::read(out.join("results.xlsx")).expect("a spreadsheet")
    });
    assert!(bytes[0] == bytes[1]);
    assert!(bytes[0].starts_with(b"PK"), "a zip archive");
}

#[test]
fn a_run_is_replayed_and_a_changed_one_is_told_apart() {
    let scratch = TempDir::new().expect("a folder");
    let out = scratch.path().join("run");
    run("scenarios/campus-cba-30.toml", "nl-2021", "256", &out);
    let path = out.to_str().expect("a path in UTF-8");
    let replayed = mkba(&["replay", path, "--project", ".", "--quiet"]);
    let said = String::from_utf8_lossy(&replayed.stdout);
    assert!(
        replayed.status.success() && said.contains("the run is identical"),
        "{said}"
    );

    // As if the run had had another seed.
    let manifest = out.join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replace("\"seed\": 1,", "\"seed\": 2,")).expect("written");
    let replayed = mkba(&["replay", path, "--project", ".", "--quiet"]);
    let said = String::from_utf8_lossy(&replayed.stdout);
    assert_eq!(replayed.status.code(), Some(1), "{said}");
    assert!(
        said.contains("overview.csv: changed") && said.contains("the run is not identical"),
        "{said}"
    );
}

#[test]
fn any_table_is_given_to_other_programs() {
    let scratch = TempDir::new().expect("a folder");
    let out = scratch.path().join("run");
    run("scenarios/campus-cba-30.toml", "nl-2021", "256", &out);
    let path = out.to_str().expect("a path in UTF-8");
    let given = |table: &str, format: &str| mkba(&["table", path, table, "--format", format]);

    let csv = given("overview", "csv");
    assert_eq!(csv.stdout, fs::read(out.join("overview.csv")).expect("the overview"));
    let rows: serde_json::Value = serde_json::from_slice(&given("npv", "json").stdout).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(4 * 256));
    assert_eq!(rows[0]["draw"], 0);
    assert!(rows[0]["npv_eur"].is_f64());
    let unknown = given("overvew", "json");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `overview`?"));
}
