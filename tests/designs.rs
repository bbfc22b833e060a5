//! Designs of the draws and dependences as a user meets them: `mkba lock`, `--design`, and the same draws in runs, traces and `mkba draws`.
#[path = "support/program.rs"]
mod program;

use mkba_core::table::{Cell, Table};
use program::{mkba, succeeds};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The study of a project of this name.
const STUDY: &str = "scenarios/city.toml";

/// A new project in which building price and price of permits move together.
fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    succeeds(folder.path(), &["init", "city", "--template", "campus"]);
    let dependence = "
[dependence.prices]
assumption = 'value of a test'
members    = ['building_price', 'permit_price']
pairs      = [['building_price', 'permit_price', 0.8]]
";
    fs::write(folder.path().join("city/models/city/dependence.toml"), dependence).expect("written");
    folder
}

fn numbers(table: &Table, column: &str) -> Vec<f64> {
    let cells = (0..table.row_count()).map(|row| table.cell(row, column).and_then(Cell::as_number));
    cells.map(|cell| cell.expect("a number")).collect()
}

/// Makes a design the study's own.
fn choose(city: &Path, study: &str, design: &str) {
    let path = city.join(study);
    let text = fs::read_to_string(&path).expect("a study");
    let text = text.replacen("[study]", &format!("[study]\ndesign = '{design}'"), 1);
    fs::write(path, text).expect("written");
}

#[test]
fn a_sobol_design_asks_for_its_lock_file_and_then_runs_the_same_on_any_number_of_threads() {
    let (folder, study) = (project(), STUDY);
    let city = folder.path().join("city");
    let refused = mkba(&city, &["run", study, "--design", "sobol", "--draws", "64"]);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{message}");
    assert!(message.contains("E0603") && message.contains("mkba lock"), "{message}");
    succeeds(&city, &["lock", study]);
    let lock = fs::read_to_string(city.join("models/city/sobol.lock")).expect("a lock file");
    succeeds(&city, &["lock", study]);
    let again = fs::read_to_string(city.join("models/city/sobol.lock")).expect("a lock file");
    assert_eq!(lock, again, "nothing is new, so nothing is added");
    for threads in ["1", "2"] {
        let out = format!("runs/{threads}");
        let run = ["run", study, "--design", "sobol", "--draws", "2048", "--quiet"];
        succeeds(&city, &[&run[..], &["--threads", threads, "--out", &out]].concat());
    }
    let bytes = |run: &str| fs::read(city.join("runs").join(run).join("npv.parquet")).expect("balances");
    assert_eq!(bytes("1"), bytes("2"));
    let manifest = fs::read_to_string(city.join("runs/1/manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"design\": \"sobol\""), "{manifest}");
}

#[test]
fn a_run_its_trace_and_its_draws_are_of_one_design_and_one_dependence() {
    for design in ["random", "latin_hypercube", "antithetic"] {
        let (folder, study) = (project(), STUDY);
        let city = folder.path().join("city");
        choose(&city, study, design);
        succeeds(&city, &["run", study, "--draws", "1200", "--quiet", "--out", "runs/a"]);
        succeeds(&city, &["draws", study, "--draws", "1200", "--out", "drawn.parquet"]);
        let inputs = mkba_results::read_parquet(city.join("runs/a/inputs.parquet")).expect("inputs");
        let drawn = mkba_results::read_parquet(city.join("drawn.parquet")).expect("draws");
        let [building, land] = ["building_price", "permit_price"].map(|name| numbers(&drawn, name));
        assert_eq!(numbers(&inputs, "building_price"), building, "{design}");
        let correlation = mkba_analysis::rank_correlation(&building, &land);
        assert!((correlation - 0.8).abs() < 0.06, "{design}: {correlation}");
        let balances = mkba_results::read_parquet(city.join("runs/a/npv.parquet")).expect("balances");
        let row = 17;
        let word = |column: &str| {
            balances
                .cell(row, column)
                .and_then(Cell::as_text)
                .expect("a word")
                .to_owned()
        };
        let draw = balances
            .cell(row, "draw")
            .and_then(Cell::as_number)
            .expect("a draw")
            .to_string();
        let (scenario, alternative) = (word("scenario"), word("alternative"));
        let case = [
            "--scenario",
            &scenario,
            "--alternative",
            &alternative,
            "--draw",
            &draw,
            "--depth",
            "0",
            "--json",
        ];
        let traced = succeeds(&city, &[&["trace", study, "balance"], &case[..]].concat());
        let found = balances
            .cell(row, "npv_eur")
            .and_then(Cell::as_number)
            .expect("a balance");
        assert!(
            traced.contains(&format!("\"value\": {found}")),
            "{design}: {found} in {traced}"
        );
    }
}
