//! `mkba draws` as a user meets it: a table, files, figures, and a message for what cannot be done.
#[path = "support/program.rs"]
mod program;

use mkba_core::table::{Cell, Table};
use std::fs;
use std::path::Path;
use std::process::Output;

const STUDY: &str = "scenarios/city-deal.toml";

fn shipped() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn mkba(arguments: &[&str]) -> Output {
    program::mkba(shipped(), arguments)
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    program::succeeds(shipped(), arguments)
}

fn numbers(table: &Table, column: &str) -> Vec<f64> {
    let cells = (0..table.row_count()).map(|row| table.cell(row, column).and_then(Cell::as_number));
    cells.map(|cell| cell.expect("a number")).collect()
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn the_table_says_what_was_stated_and_what_was_drawn() {
    let english = succeeds(&["draws", STUDY, "--draws", "4000", "--input", "rent", "--lang", "en"]);
    for part in [
        "first 4,000 draws (seed 2026)",
        "Rent per m2 · triangular(160, 205, 260) EUR/m2/year",
        "median",
    ] {
        assert!(english.contains(part), "{part} in\n{english}");
    }
    let dutch = succeeds(&["draws", STUDY, "--draws", "64"]);
    assert!(dutch.contains("mediaan") && dutch.contains("Huur per m2"), "{dutch}");
    assert!(dutch.lines().all(|line| line.chars().count() <= 100), "{dutch}");
}

#[test]
fn draws_are_those_of_the_run_whatever_their_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let (run, csv, parquet) = (
        folder.path().join("run"),
        folder.path().join("a.csv"),
        folder.path().join("b.parquet"),
    );
    succeeds(&["run", STUDY, "--draws", "40", "--quiet", "--out", shown(&run)]);
    succeeds(&["draws", STUDY, "--draws", "40", "--out", shown(&csv)]);
    succeeds(&[
        "draws",
        STUDY,
        "--draws",
        "1500",
        "--input",
        "rent",
        "--out",
        shown(&parquet),
    ]);
    let inputs = mkba_results::read_parquet(run.join("inputs.parquet")).expect("inputs of the run");
    let drawn = mkba_results::read_csv(&csv).expect("draws");
    assert_eq!(inputs.columns.len(), drawn.columns.len());
    // Rent is stated in base units of the price year, so both files hold the same bits.
    let rent = numbers(&inputs, "rent");
    assert_eq!(rent, numbers(&drawn, "rent"));
    let more = mkba_results::read_parquet(&parquet).expect("draws");
    assert_eq!((more.columns.len(), more.row_count()), (2, 1500));
    assert_eq!(rent, numbers(&more, "rent")[..40]);
}

#[test]
fn a_folder_gets_summary_draws_and_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("draws");
    succeeds(&["draws", STUDY, "--draws", "500", "--out", shown(&out)]);
    let summary = mkba_results::read_csv(out.join("summary.csv")).expect("a summary");
    let drawn = mkba_results::read_parquet(out.join("draws.parquet")).expect("draws");
    assert_eq!(summary.row_count() + 1, drawn.columns.len());
    for row in 0..summary.row_count() {
        let of = |column: &str| summary.cell(row, column).and_then(Cell::as_number).expect("a number");
        let ordered = [of("min"), of("p05"), of("p50"), of("p95"), of("max")];
        assert!(ordered.is_sorted(), "{ordered:?}");
        let name = summary.cell(row, "input").and_then(Cell::as_text).expect("a name");
        let values = numbers(&drawn, name);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean - of("mean")).abs() <= 1e-12 * mean.abs().max(1.0), "{name}");
    }
    let pages = summary.row_count().div_ceil(16);
    for page in 1..=pages {
        let svg = fs::read_to_string(out.join(format!("figures/inputs-{page}.svg"))).expect("a figure");
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        let png = fs::read(out.join(format!("figures/inputs-{page}.png"))).expect("a figure");
        assert_eq!(png[1..4], *b"PNG");
    }
    let left: Vec<_> = fs::read_dir(&out)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().starts_with('.')),
        "{left:?}"
    );
}

#[test]
fn the_same_draws_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str| {
        let path = folder.path().join(name);
        succeeds(&["draws", STUDY, "--draws", "300", "--input", "r", "--out", shown(&path)]);
        fs::read(path).expect("a file")
    };
    for end in ["csv", "parquet", "svg", "png"] {
        assert_eq!(write(&format!("a.{end}")), write(&format!("b.{end}")), "{end}");
    }
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("kept.csv");
    fs::write(&kept, "mine\n").expect("a file");
    let blocked = kept.join("below.csv");
    let svg = folder.path().join("all.svg");
    let faults: [(&[&str], i32, &[&str]); 8] = [
        (
            &["--input", "rnt"],
            2,
            &["no uncertain input `rnt`", "did you mean `rent`?"],
        ),
        (
            &["--input", "quantum"],
            2,
            &["no uncertain input `quantum`", "without `--input` all are shown"],
        ),
        (&["--out", "x.xlsx"], 2, &["`.xlsx`", ".parquet"]),
        (
            &["--out", shown(&svg), "--draws", "50"],
            2,
            &["pages", "name a folder", "--input"],
        ),
        (&["--out", shown(&kept)], 2, &["is there already", "--overwrite"]),
        (&["--out", shown(&blocked), "--draws", "50"], 4, &["E0702"]),
        (&["--draws", "0"], 2, &["--draws"]),
        (&["--draws", "100000000000"], 2, &["--draws"]),
    ];
    for (arguments, code, parts) in faults {
        let output = mkba(&[&["draws", STUDY], arguments].concat());
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
        for part in parts {
            assert!(message.contains(part), "{arguments:?}: `{part}` in\n{message}");
        }
    }
    assert_eq!(fs::read_to_string(&kept).expect("a file"), "mine\n");
    succeeds(&[
        "draws",
        STUDY,
        "--draws",
        "50",
        "--input",
        "rent",
        "--out",
        shown(&kept),
        "--overwrite",
    ]);
    assert!(fs::read_to_string(&kept).expect("a file").starts_with("draw,rent\n"));
}

#[test]
fn a_study_without_uncertain_inputs_says_so() {
    let study = "scenarios/lake.toml";
    assert!(succeeds(&["draws", study, "--lang", "en"]).contains("no uncertain inputs"));
    let output = mkba(&["draws", study, "--out", "never.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!shipped().join("never.csv").exists());
}
