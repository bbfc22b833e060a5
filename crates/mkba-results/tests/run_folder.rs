//! A run is complete under its final name, or it is not there; an earlier run is never lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mkba_core::appraisal::catalogue::Catalogue;
use mkba_core::table::Table;
use mkba_results::{
    CATALOGUE_FILE, Existing, FileHash, FinishedRun, Manifest, ResultsError, RulebookReference, RunFolder, read_csv,
};

fn manifest() -> Manifest {
    Manifest {
        engine: "mkba".into(),
        engine_version: "0.1.0".into(),
        started: "2026-11-23T17:00:00Z".into(),
        finished: "2026-11-23T17:00:10Z".into(),
        command: ["mkba", "run", "scenarios/city-deal.toml"].map(String::from).to_vec(),
        study: "scenarios/city-deal.toml".into(),
        project_files: vec![FileHash::of("mkba.toml", b"language = 1\n")],
        seed: u64::MAX,
        draws: 10_000,
        draws_asked: 10_000,
        ended_by: "draws".into(),
        until: None,
        draws_kept: 10_000,
        random_scheme: "mkba-random-1".into(),
        design: "random".into(),
        gates: "as-is".into(),
        rulebook: RulebookReference {
            id: "nl-2021".into(),
            blake3: "00".into(),
        },
        threads: 2,
        vector_width: 64,
        program: BTreeMap::from([("steps".into(), 300), ("inputs".into(), 117)]),
        price_year: 2026,
        base_year: 2026,
        rates: vec!["2.25 % a year for standard flows".into()],
        results: Vec::new(),
    }
}

fn balance(value: f64) -> Table {
    Table::new("overview")
        .text("flow", ["balance"])
        .number("pv_mean_eur", [value])
}

fn write_run(destination: &Path, value: f64, existing: Existing) -> Result<(), ResultsError> {
    let mut run = RunFolder::begin(destination, existing)?;
    run.write_csv(&balance(value))?;
    run.write_parquet(&balance(value))?;
    run.commit(manifest()).map(|_path| ())
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .expect("read")
        .map(|entry| entry.expect("entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn balance_in(run: &Path) -> f64 {
    let table = read_csv(run.join("overview.csv")).expect("read");
    table
        .cell(0, "pv_mean_eur")
        .and_then(mkba_core::table::Cell::as_number)
        .expect("a number")
}

#[test]
fn a_committed_run_holds_its_tables_and_their_hashes() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let run = folder.path().join("results/city-deal");
    write_run(&run, 1.5, Existing::Keep).expect("written");
    assert_eq!(names_in(&run), ["manifest.json", "overview.csv", "overview.parquet"]);
    assert_eq!(names_in(&folder.path().join("results")), ["city-deal"]);

    let read = Manifest::of_run(&run).expect("read");
    let bytes = fs::read(run.join("overview.csv")).expect("read");
    assert_eq!(read.results[0], FileHash::of("overview.csv", &bytes));
    assert_eq!(read.results[1].path, "overview.parquet");
    assert_eq!(
        Manifest {
            results: Vec::new(),
            ..read
        },
        manifest()
    );
}

#[test]
fn the_keys_of_the_manifest_keep_their_order() {
    let text = manifest().to_json();
    let places = [
        "\"engine\"",
        "\"started\"",
        "\"seed\": 18446744073709551615",
        "\"inputs\"",
        "\"steps\"",
        "\"results\"",
    ]
    .map(|key| text.find(key).expect("the key is there"));
    assert!(places.is_sorted());
    assert_eq!(Manifest::from_json(&text), Ok(manifest()));
}

#[test]
fn nothing_is_left_of_a_run_that_is_dropped() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let run = folder.path().join("city-deal");
    let mut writing = RunFolder::begin(&run, Existing::Keep).expect("begun");
    writing.write_csv(&balance(1.0)).expect("written");
    assert!(!run.exists());
    assert_eq!(names_in(folder.path()).len(), 1);
    drop(writing);
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_run_is_never_replaced_silently() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let run = folder.path().join("city-deal");
    write_run(&run, 1.0, Existing::Keep).expect("written");
    let error = write_run(&run, 2.0, Existing::Keep).expect_err("it is taken");
    assert_eq!((error.code(), balance_in(&run)), ("E0701", 1.0));
    assert!(matches!(error, ResultsError::AlreadyHoldsRun { .. }));

    write_run(&run, 3.0, Existing::Replace).expect("replaced");
    assert_eq!(balance_in(&run), 3.0);
    assert_eq!(names_in(folder.path()), ["city-deal"]);
}

#[test]
fn a_run_that_appears_meanwhile_is_kept() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (run, other) = (folder.path().join("city-deal"), folder.path().join("other"));
    let mut late = RunFolder::begin(&run, Existing::Keep).expect("begun");
    late.write_csv(&balance(2.0)).expect("written");
    write_run(&other, 1.0, Existing::Keep).expect("written");
    fs::rename(&other, &run).expect("renamed");
    let error = late.commit(manifest()).expect_err("it is taken by now");
    assert_eq!((error.code(), balance_in(&run)), ("E0701", 1.0));
    assert_eq!(names_in(folder.path()), ["city-deal"]);
}

#[test]
fn folders_with_other_files_are_not_replaced_even_when_asked() {
    let folder = tempfile::tempdir().expect("temporary folder");
    fs::write(folder.path().join("manifest.json"), "{\"name\": \"a web page\"}").expect("written");
    fs::write(folder.path().join("thesis.tex"), "years of work").expect("written");
    for taken in [folder.path().to_path_buf(), folder.path().join("thesis.tex")] {
        let error = RunFolder::begin(&taken, Existing::Replace).expect_err("it is taken");
        assert!(matches!(error, ResultsError::NotARunFolder { .. }), "{error}");
    }
    assert_eq!(names_in(folder.path()), ["manifest.json", "thesis.tex"]);
}

#[test]
fn an_empty_folder_may_become_a_run() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let run = folder.path().join("city-deal");
    fs::create_dir(&run).expect("created");
    write_run(&run, 1.0, Existing::Keep).expect("written");
    assert_eq!(balance_in(&run), 1.0);
}

#[test]
fn leftovers_of_dead_processes_are_cleared_and_those_of_others_kept() {
    let folder = tempfile::tempdir().expect("temporary folder");
    for name in [
        ".city-deal.partial-999999",
        ".city-deal.partial-notes",
        ".other.partial-999999",
    ] {
        fs::create_dir(folder.path().join(name)).expect("created");
    }
    let in_progress = RunFolder::begin(folder.path().join("in-progress"), Existing::Keep).expect("begun");
    write_run(&folder.path().join("city-deal"), 1.0, Existing::Keep).expect("written");
    let names = names_in(folder.path());
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(!names.contains(&".city-deal.partial-999999".to_owned()));
    drop(in_progress);
}

#[test]
fn two_runs_at_once_do_not_clear_each_other() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let run = folder.path().join("city-deal");
    let mut first = RunFolder::begin(&run, Existing::Keep).expect("begun");
    let error = RunFolder::begin(&run, Existing::Keep).expect_err("the first one is still writing");
    assert_eq!(error.code(), "E0702");
    first.write_csv(&balance(1.0)).expect("written");
    first.commit(manifest()).expect("committed");
    assert_eq!(balance_in(&run), 1.0);
}

#[test]
fn an_earlier_run_comes_back_when_its_replacement_was_cut_short() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let run = folder.path().join("city-deal");
    write_run(&run, 1.0, Existing::Keep).expect("written");
    fs::rename(&run, folder.path().join(".city-deal.replaced-999999")).expect("renamed");
    let error = RunFolder::begin(&run, Existing::Keep).expect_err("the earlier run is back");
    assert!(matches!(error, ResultsError::AlreadyHoldsRun { .. }));
    assert_eq!(balance_in(&run), 1.0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_earlier_run_and_nothing_else() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let run = folder.path().join("city-deal");
    write_run(&run, 1.0, Existing::Keep).expect("written");
    let mut writing = RunFolder::begin(&run, Existing::Replace).expect("begun");
    let partial = names_in(folder.path())
        .into_iter()
        .find(|name| name.starts_with('.'))
        .expect("the partial folder");
    std::os::unix::fs::symlink("/dev/full", folder.path().join(partial).join("overview.csv")).expect("linked");
    let error = writing.write_csv(&balance(2.0)).expect_err("the device is full");
    assert!(error.help().contains("free some space"), "{error}");
    drop(writing);
    assert_eq!(names_in(folder.path()), ["city-deal"]);
    assert_eq!(balance_in(&run), 1.0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_cannot_be_written_is_found_before_the_run() {
    let error = RunFolder::begin("/proc/mkba/city-deal", Existing::Keep).expect_err("nobody writes there");
    assert_eq!(error.code(), "E0702");
    let error = RunFolder::begin("/", Existing::Keep).expect_err("no name");
    assert!(matches!(error.code(), "E0701" | "E0702"));
}

/// A run with a catalogue, a table at its top and one behind a figure.
fn readable_run(destination: &Path) {
    let mut run = RunFolder::begin(destination, Existing::Keep).expect("begun");
    run.write_csv(&balance(3.0)).expect("written");
    let npv = Table::new("npv").whole("draw", [0, 1]).number("npv_eur", [1.5, -2.0]);
    run.write_parquet(&npv).expect("written");
    run.write_csv_in("figures", &Table::new("waterfall").number("pv_eur", [1.0]))
        .expect("written");
    let catalogue = Catalogue {
        price_year: 2025,
        ..Catalogue::default()
    };
    let text = serde_json::to_string(&catalogue).expect("plain data");
    run.write_file(CATALOGUE_FILE, text.as_bytes()).expect("written");
    run.commit(manifest()).expect("committed");
}

#[test]
fn a_finished_run_gives_back_its_tables_by_name() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("city-deal");
    readable_run(&path);
    let run = FinishedRun::open(&path).expect("a run");
    assert_eq!((run.manifest.draws, run.catalogue.price_year), (10_000, 2025));
    assert_eq!(run.table_names().collect::<Vec<_>>(), ["overview", "npv"]);
    assert_eq!(run.table("overview").expect("read"), Some(balance(3.0)));
    assert_eq!(run.table("regions").expect("no such table"), None);
    let tables = run.tables(["npv", "regions"]).expect("read");
    assert_eq!((tables.draws, tables.tables.len()), (10_000, 1));
    assert_eq!(tables.table("npv").expect("there").row_count(), 2);
    let figure = run.file("figures/waterfall.csv").expect("read").expect("there");
    assert_eq!(figure, b"pv_eur\n1.0\n");
}

#[test]
fn what_is_not_as_the_run_wrote_it_is_refused() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("city-deal");
    readable_run(&path);
    let run = FinishedRun::open(&path).expect("a run");
    fs::write(path.join("overview.csv"), "flow,pv_mean_eur\nbalance,4.0\n").expect("written");
    let error = run.table("overview").expect_err("changed");
    assert!(
        error.code() == "E0704" && error.to_string().contains("overview.csv"),
        "{error}"
    );
    fs::remove_file(path.join("npv.parquet")).expect("removed");
    let error = run.tables(["npv"]).expect_err("gone");
    assert!(
        error.code() == "E0703" && error.to_string().contains("npv.parquet"),
        "{error}"
    );
    fs::write(path.join(CATALOGUE_FILE), "{}").expect("written");
    assert_eq!(FinishedRun::open(&path).expect_err("changed").code(), "E0704");
}

#[test]
fn what_is_no_run_is_told_as_such() {
    let folder = tempfile::tempdir().expect("temporary folder");
    fs::write(folder.path().join("notes.txt"), "mine").expect("written");
    for (path, words) in [
        (folder.path().join("nothing"), "there is no run in"),
        (folder.path().to_path_buf(), "is not the folder of a finished run"),
        (folder.path().join("notes.txt"), "is not the folder of a finished run"),
    ] {
        let error = FinishedRun::open(&path).expect_err("no run");
        assert!(error.code() == "E0703" && error.to_string().contains(words), "{error}");
        assert!(error.help().contains("mkba run"), "{}", error.help());
    }
    write_run(&folder.path().join("bare"), 1.0, Existing::Keep).expect("written");
    let error = FinishedRun::open(folder.path().join("bare")).expect_err("no catalogue");
    assert!(error.to_string().contains("catalogue.json"), "{error}");
}
