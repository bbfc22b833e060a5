//! The program as a user meets it: exit codes, files, streams.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const MODEL: &str = r#"
[model]
language   = 1
id         = "small"
label      = { nl = "Klein", en = "Small" }
price_year = 2025
base_year  = 2026
years      = { first = 2026, last = 2035 }

[party.treasury]
label = { nl = "Rijk", en = "Treasury" }
role  = "treasury"
vat   = "exempt"

[party.companies]
label = { nl = "Bedrijven", en = "Companies" }
vat   = "recovers"

[lever.size]
default = '0'
combine = "sum"

[measure.build]
label = { nl = "Bouwen", en = "Build" }
start = 2027
set   = { size = '1' }

[parameter.price]
value      = "uniform(2, 4) MEUR/year"
assumption = "test"

[flow.upkeep]
label   = { nl = "Onderhoud", en = "Upkeep" }
kind    = "cost"
effect  = "upkeep"
pillar  = "hardware"
formula = 'size * price'
paid_by = "companies"

[flow.use]
label      = { nl = "Gebruik", en = "Use" }
kind       = "benefit"
effect     = "direct"
pillar     = "hardware"
formula    = 'size * 3.2 MEUR/year'
accrues_to = "companies"

[flow.rent]
label   = { nl = "Huur", en = "Rent" }
kind    = "transfer"
effect  = "transfer"
formula = 'size * 1 MEUR/year'
from    = "companies"
to      = "treasury"

[unpriced.looks]
label = { nl = "Aanzicht", en = "Looks" }
sign  = "±"
why   = "no valuation"
"#;

const STUDY: &str = r#"
[study]
label    = { nl = "Kleine studie", en = "Small study" }
model    = "model"
baseline = "none"
draws    = 1500
seed     = 3

[scenario.low]
label = { nl = "Laag", en = "Low" }

[scenario.high]
label = { nl = "Hoog", en = "High" }

[alternative.small]
label    = { nl = "Klein", en = "Small" }
measures = ["build"]
"#;

/// A project in a folder of its own.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Self { folder };
        project.write("mkba.toml", "[project]\nname = \"small\"\nlanguage = 1\n");
        project.write("model/model.toml", MODEL);
        project.write("study.toml", STUDY);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    fn mkba(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Paths and bytes of all files below a folder but the manifest, in order of path.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder_below) = open.pop() {
        for entry in fs::read_dir(folder_below).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if !path.ends_with("manifest.json") {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                found.push((name, fs::read(path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_run_prints_its_table_and_writes_its_folder_and_the_table_can_be_printed_again() {
    let project = Project::new();
    let run = project.mkba(&["run", "study.toml"]);
    assert_eq!(code(&run), Some(0), "{}", err(&run));
    let table = out(&run);
    for part in [
        "Kleine studie",
        "Laag",
        "Hoog",
        "Onderhoud",
        "Saldo",
        "±PM",
        "prijspeil 2025",
        "1.500 trekkingen",
    ] {
        assert!(
            table.to_lowercase().contains(&part.to_lowercase()),
            "{part} in\n{table}"
        );
    }
    assert!(!table.contains('\u{1b}'), "no colours where there is no terminal");
    let names: Vec<String> = files(&project.path("runs/study"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let (kept, names): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| name.starts_with("project/"));
    for path in [
        "mkba.toml",
        "study.toml",
        "model/model.toml",
        "models/rulebooks/nl-2021.toml",
    ] {
        assert!(kept.contains(&format!("project/{path}")), "{path} in {kept:?}");
    }
    let (figures, names): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| name.starts_with("figures/"));
    for kind in [
        "balance-density",
        "balance-distribution",
        "costs-and-benefits",
        "parties",
        "regret",
    ] {
        for end in ["csv", "png", "svg"] {
            assert!(figures.contains(&format!("figures/{kind}.{end}")), "{kind}.{end}");
        }
    }
    assert_eq!(
        names,
        [
            "catalogue.json",
            "checklist.csv",
            "convergence.csv",
            "cumulative.csv",
            "distribution.csv",
            "indicators.csv",
            "influence.csv",
            "information.csv",
            "inputs.parquet",
            "measures.csv",
            "npv.parquet",
            "overview.csv",
            "parties.csv",
            "regret.csv",
            "report.html",
            "results.xlsx",
            "rulebook.toml",
            "sources.csv",
            "timeline.csv",
        ]
    );
    assert_eq!(out(&project.mkba(&["table", "runs/study"])), table);
    let english = out(&project.mkba(&["table", "runs/study", "--lang", "en"]));
    assert!(
        english.contains("Small study") && english.contains("1,500 draws"),
        "{english}"
    );

    // A second run keeps the first, unless it is asked to replace it.
    let before = files(&project.path("runs/study"));
    let again = project.mkba(&["run", "study.toml", "--seed", "4"]);
    assert_eq!((code(&again), out(&again).as_str()), (Some(4), ""));
    assert!(
        err(&again).contains("E0701") && err(&again).contains("--overwrite"),
        "{}",
        err(&again)
    );
    assert_eq!(files(&project.path("runs/study")), before);
    let replaced = project.mkba(&["run", "study.toml", "--seed", "4", "--overwrite", "--quiet"]);
    assert_eq!(
        (code(&replaced), out(&replaced).as_str(), err(&replaced).as_str()),
        (Some(0), "", "")
    );
    assert_ne!(files(&project.path("runs/study")), before);
}

#[test]
fn results_are_the_same_bytes_for_any_number_of_threads() {
    let project = Project::new();
    for (threads, folder) in [("1", "one"), ("2", "two"), ("5", "five")] {
        let run = project.mkba(&["run", "study.toml", "--threads", threads, "--out", folder, "--quiet"]);
        assert_eq!(code(&run), Some(0), "{}", err(&run));
    }
    assert_eq!(files(&project.path("one")), files(&project.path("two")));
    assert_eq!(files(&project.path("one")), files(&project.path("five")));
}

#[test]
fn errors_of_a_study_come_all_at_once_with_exit_code_one() {
    let project = Project::new();
    project.write(
        "model/model.toml",
        &MODEL
            .replace("'size * price'", "'siz * price'")
            .replace("+", "")
            .replace("'size * 3.2 MEUR/year'", "'size * 3.2 MEUR'"),
    );
    for arguments in [&["run", "study.toml"][..], &["check", "study.toml"]] {
        let output = project.mkba(arguments);
        assert_eq!(code(&output), Some(1));
        assert!(
            err(&output).contains("E0201") && err(&output).contains("E0301"),
            "{}",
            err(&output)
        );
        assert!(err(&output).contains("2 errors; nothing was run"), "{}", err(&output));
    }
    assert!(!project.path("runs").exists());
}

#[test]
fn a_model_can_be_checked_by_itself() {
    let project = Project::new();
    for path in ["model", "model/model.toml"] {
        let output = project.mkba(&["check", path]);
        assert_eq!(code(&output), Some(0), "{}", err(&output));
    }
    project.write("model/model.toml", &MODEL.replace("'size * price'", "'size * prise'"));
    let output = project.mkba(&["check", "model"]);
    assert_eq!(code(&output), Some(1));
    assert!(err(&output).contains("did you mean `price`?"), "{}", err(&output));
}

#[test]
fn the_program_can_be_listed() {
    let output = Project::new().mkba(&["check", "study.toml", "--emit", "program"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(
        out(&output).contains("per year") && out(&output).contains("instructions"),
        "{}",
        out(&output)
    );
}

#[test]
fn a_value_that_is_not_finite_is_placed_and_leaves_no_run() {
    let project = Project::new();
    project.write(
        "model/model.toml",
        &MODEL.replace(
            "'size * price'",
            "'size * price / (price / 1 MEUR * 1 year - price / 1 MEUR * 1 year)'",
        ),
    );
    let output = project.mkba(&["run", "study.toml"]);
    assert_eq!(code(&output), Some(3), "{}", err(&output));
    assert!(
        err(&output).contains("E0601") && err(&output).contains("draw 0"),
        "{}",
        err(&output)
    );
    assert!(!project.path("runs/study").exists());
    assert_eq!(
        fs::read_dir(project.path("runs"))
            .expect("the folder of all runs")
            .count(),
        0
    );
}

#[test]
fn wrong_use_has_exit_code_two() {
    let project = Project::new();
    for arguments in [
        &["run"][..],
        &["run", "study.toml", "--draws", "0"],
        &["explain", "E9"],
        &["walk"],
    ] {
        assert_eq!(code(&project.mkba(arguments)), Some(2), "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_read_or_written_has_exit_code_four() {
    let project = Project::new();
    project.write("occupied/notes.txt", "mine");
    for arguments in [
        &["run", "nothing.toml"][..],
        &["check", "nothing.toml"],
        &["table", "nothing"],
        &["table", "occupied"],
        &["run", "study.toml", "--out", "occupied", "--overwrite"],
        &["run", "study.toml", "--out", "study.toml/runs"],
    ] {
        let output = project.mkba(arguments);
        assert_eq!(code(&output), Some(4), "{arguments:?}\n{}", err(&output));
        assert!(err(&output).contains("error[E"), "{arguments:?}\n{}", err(&output));
    }
    assert_eq!(
        fs::read_to_string(project.path("occupied/notes.txt")).expect("untouched"),
        "mine"
    );
}

#[test]
fn figures_of_a_run_are_drawn_again_from_its_tables() {
    let project = Project::new();
    let run = project.mkba(&["run", "study.toml", "--draws", "200", "--quiet"]);
    assert_eq!(code(&run), Some(0), "{}", err(&run));
    let before = files(&project.path("runs/study"));

    let again = project.mkba(&["plot", "runs/study"]);
    assert_eq!(code(&again), Some(0), "{}", err(&again));
    assert!(out(&again).contains("waterfall-"), "{}", out(&again));
    let drawn = files(&project.path("runs/study-figures-nl"));
    let of_run = before
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_prefix("figures/")?, bytes)));
    let drawn_names: Vec<(&str, &Vec<u8>)> = drawn.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
    assert!(
        of_run.collect::<Vec<_>>() == drawn_names,
        "the same bytes as the run itself wrote"
    );

    let english = project.mkba(&[
        "plot",
        "runs/study",
        "--lang",
        "en",
        "--figure",
        "waterfall",
        "--out",
        "slides",
    ]);
    assert_eq!(code(&english), Some(0), "{}", err(&english));
    let slides = files(&project.path("slides"));
    assert!(!slides.is_empty() && slides.iter().all(|(name, _)| name.starts_with("waterfall-")));
    assert!(files(&project.path("runs/study")) == before, "the run is as it was");

    for (arguments, exit, words) in [
        (&["plot", "runs/study"][..], 2, "add `--overwrite`"),
        (
            &["plot", "runs/study", "--figure", "waterfal"],
            2,
            "the run has no figure `waterfal`",
        ),
        (
            &["plot", "runs/study", "--out", "runs/study/more"],
            2,
            "is within the run",
        ),
        (&["plot", "runs"], 4, "is not the folder of a finished run"),
        (&["plot", "runs/nothing"], 4, "there is no run in"),
    ] {
        let output = project.mkba(arguments);
        assert_eq!(code(&output), Some(exit), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
    }
    let replaced = project.mkba(&["plot", "runs/study", "--overwrite", "--figure", "regret"]);
    assert_eq!(code(&replaced), Some(0), "{}", err(&replaced));
}

#[test]
fn a_damaged_run_is_not_printed() {
    let project = Project::new();
    assert_eq!(
        code(&project.mkba(&["run", "study.toml", "--draws", "10", "--quiet"])),
        Some(0)
    );
    let path = project.path("runs/study/overview.csv");
    let text = fs::read_to_string(&path).expect("a table");
    fs::write(&path, text.replace("upkeep", "gone")).expect("a file");
    let output = project.mkba(&["table", "runs/study"]);
    assert_eq!(code(&output), Some(4));
    assert!(
        err(&output).contains("E0704") && err(&output).contains("overview.csv"),
        "{}",
        err(&output)
    );
}

#[test]
fn codes_are_explained() {
    let project = Project::new();
    assert!(out(&project.mkba(&["explain", "e0301"])).starts_with("E0301: "));
    assert!(out(&project.mkba(&["explain"])).contains("E0701  "));
}

/// A study whose draws are quick, so that several spans are.
const LARGE: &[&str] = &["run", "study.toml", "--draws", "70_000"];

#[test]
fn a_large_run_says_which_draws_it_keeps_and_removes_its_spans() {
    let project = Project::new();
    let run = project.mkba(LARGE);
    assert_eq!(code(&run), Some(0), "{}", err(&run));
    assert!(
        err(&run).contains("hold the first 65536 of 70000 draws (`--keep`)"),
        "{}",
        err(&run)
    );
    assert!(out(&run).contains("70.000 trekkingen"), "{}", out(&run));
    let names: Vec<_> = fs::read_dir(project.path("runs"))
        .expect("runs")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(names, ["study"]);
    let manifest = fs::read_to_string(project.path("runs/study/manifest.json")).expect("a manifest");
    for part in [
        "\"draws\": 70000",
        "\"draws_asked\": 70000",
        "\"ended_by\": \"draws\"",
        "\"draws_kept\": 65536",
    ] {
        assert!(manifest.contains(part), "{part} in\n{manifest}");
    }
    let all = project.mkba(&[LARGE, &["--keep", "all", "--out", "all", "--quiet"]].concat());
    assert_eq!((code(&all), err(&all).as_str()), (Some(0), ""));
    let sizes = ["runs/study", "all"].map(|run| {
        fs::metadata(project.path(run).join("npv.parquet"))
            .expect("draws")
            .len()
    });
    assert!(sizes[0] < sizes[1], "{sizes:?}");
    let [few, all] =
        ["runs/study", "all"].map(|run| fs::read(project.path(run).join("overview.csv")).expect("a table"));
    assert!(few == all);
}

#[test]
fn a_rule_ends_a_run_and_is_in_its_manifest() {
    let project = Project::new();
    let rule = "se(npv) < 200 kEUR and rank 95 %";
    let run = project.mkba(&[LARGE, &["--until", rule, "--lang", "en"]].concat());
    assert_eq!(code(&run), Some(0), "{}", err(&run));
    assert!(
        err(&run).contains("the rule holds after 1024 of at most 70000 draws"),
        "{}",
        err(&run)
    );
    assert!(err(&run).contains("se(npv) < 200 kEUR: greatest "), "{}", err(&run));
    assert!(out(&run).contains("1,024 draws"), "{}", out(&run));
    let manifest = fs::read_to_string(project.path("runs/study/manifest.json")).expect("a manifest");
    for part in [
        "\"draws\": 1024",
        "\"draws_asked\": 70000",
        "\"ended_by\": \"until\"",
        rule,
    ] {
        assert!(manifest.contains(part), "{part} in\n{manifest}");
    }
    let asked = [
        "run",
        "study.toml",
        "--draws",
        "1024",
        "--lang",
        "en",
        "--out",
        "asked",
        "--quiet",
    ];
    assert_eq!(code(&project.mkba(&asked)), Some(0));
    assert!(files(&project.path("runs/study")) == files(&project.path("asked")));
}

#[test]
fn a_rule_that_does_not_hold_is_no_error_and_says_what_is_missing() {
    let project = Project::new();
    let run = project.mkba(&["run", "study.toml", "--until", "se(npv) < 1 EUR"]);
    assert_eq!(code(&run), Some(0), "{}", err(&run));
    for part in [
        "the rule does not hold after all 1500 draws",
        "draws would be needed",
        "`small` in scenario",
    ] {
        assert!(err(&run).contains(part), "{part} in\n{}", err(&run));
    }
}

#[test]
fn a_run_that_lacks_time_says_how_many_draws_it_has_and_can_be_continued() {
    let project = Project::new();
    let run = project.mkba(&[LARGE, &["--max-time", "0.000001s"]].concat());
    assert_eq!(code(&run), Some(0), "{}", err(&run));
    assert!(
        err(&run).contains("the time was up after 1024 of 70000 draws"),
        "{}",
        err(&run)
    );
    assert!(out(&run).contains("1.024 trekkingen"), "{}", out(&run));
    let manifest = fs::read_to_string(project.path("runs/study/manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"ended_by\": \"max-time\""), "{manifest}");
}

#[test]
fn spans_of_an_earlier_run_are_used_only_when_asked_for_and_only_if_they_are_sound() {
    let project = Project::new();
    let whole = project.mkba(&[LARGE, &["--out", "whole", "--quiet"]].concat());
    assert_eq!(code(&whole), Some(0), "{}", err(&whole));
    project.write("runs/study.spans/span-00000000", "not a span");

    let without = project.mkba(LARGE);
    assert_eq!(code(&without), Some(0));
    assert!(err(&without).contains("1 stored span of an earlier run") && err(&without).contains("`--resume`"));
    assert!(!project.path("runs/study.spans").exists());

    project.write("runs/study.spans/span-00000000", "not a span");
    let resumed = project.mkba(&[LARGE, &["--resume", "--overwrite"]].concat());
    assert_eq!(code(&resumed), Some(0));
    assert!(err(&resumed).contains("span 0 in ") && err(&resumed).contains("is not used: it is damaged"));
    assert!(files(&project.path("runs/study")) == files(&project.path("whole")));

    let nothing = project.mkba(&[LARGE, &["--resume", "--overwrite"]].concat());
    assert!(err(&nothing).contains("no stored spans in"), "{}", err(&nothing));
}

#[test]
fn memory_that_would_not_suffice_is_refused_before_the_draws() {
    let project = Project::new();
    let run = project.mkba(&["run", "study.toml", "--max-memory", "1MB"]);
    assert_eq!(code(&run), Some(2), "{}", err(&run));
    assert!(err(&run).contains("allowed by `--max-memory`"), "{}", err(&run));
    assert!(!project.path("runs/study").exists());
}

#[test]
fn options_that_are_not_understood_are_explained() {
    let project = Project::new();
    for (option, value, part) in [
        ("--until", "rank 95", "`rank 95 %`"),
        ("--until", "se(npv) < 1", "`1 MEUR`"),
        ("--max-time", "20", "`20min`"),
        ("--max-memory", "2", "`2GiB`"),
        ("--keep", "most", "`all`"),
    ] {
        let run = project.mkba(&["run", "study.toml", option, value]);
        assert_eq!(code(&run), Some(2), "{option}");
        assert!(
            err(&run).contains(part) && !err(&run).contains("panicked"),
            "{option} {value}\n{}",
            err(&run)
        );
    }
}

#[test]
fn progress_is_silent_where_there_is_no_terminal() {
    let project = Project::new();
    let run = project.mkba(&["run", "study.toml", "--draws", "20000"]);
    assert_eq!(
        err(&run).lines().count(),
        4,
        "only where it was written to:\n{}",
        err(&run)
    );
}

#[test]
fn a_bench_prints_every_stage_and_its_json_can_be_read() {
    let project = Project::new();
    let bench = project.mkba(&["bench", "study.toml", "--draws", "2048", "--repetitions", "2"]);
    assert_eq!(code(&bench), Some(0), "{}", err(&bench));
    for part in [
        "reading",
        "compiling",
        "sampling",
        "evaluation",
        "summary",
        "calibration",
        "operations a draw",
    ] {
        assert!(out(&bench).contains(part), "{part} in\n{}", out(&bench));
    }
    let json = project.mkba(&["bench", "study.toml", "--json", "--draws", "2048", "--repetitions", "3"]);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(
        (found["draws"].as_u64(), found["repetitions"].as_u64()),
        (Some(2048), Some(3))
    );
    for figure in ["draws_per_second", "operations_per_second", "share_of_calibration"] {
        assert!(found[figure].as_f64().expect("a number") > 0.0, "{figure}");
    }
    assert!(found["seconds"]["evaluation"]["processor"].as_f64().expect("a number") > 0.0);
    // There is no benchmark study in this project.
    let none = project.mkba(&["bench"]);
    assert_eq!(code(&none), Some(4), "{}", err(&none));
}

#[test]
fn help_has_examples_and_the_version_is_known() {
    let project = Project::new();
    for arguments in [
        &["--help"][..],
        &["run", "--help"],
        &["check", "--help"],
        &["explain", "--help"],
        &["table", "--help"],
        &["bench", "--help"],
    ] {
        let output = project.mkba(arguments);
        assert_eq!(code(&output), Some(0));
        assert!(
            out(&output).contains("Examples:\n  mkba "),
            "{arguments:?}\n{}",
            out(&output)
        );
    }
    assert_eq!(
        out(&project.mkba(&["--version"])),
        format!("mkba {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_behind() {
    let project = Project::new();
    // Enough to be busy when the signal comes.
    project.write("model/model.toml", &MODEL.replace("last = 2035", "last = 2935"));
    let mut command = project.command(&["run", "study.toml", "--draws", "2000000"]);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The folder of the run appears when the draws begin.
    while !project.path("runs").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let signal = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .expect("kill");
    assert!(signal.success());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(code(&output), Some(130), "{}", err(&output));
    assert!(err(&output).contains("interrupted"), "{}", err(&output));
    assert_eq!(fs::read_dir(project.path("runs")).expect("a folder").count(), 0);
}

#[test]
fn faults_of_a_run_are_those_of_their_pages() {
    let names = "
[unit.m2]
[defaults.parameter]
assumption = 'value of a test'
[parameter]
space = { value = '100 m2' }
occupied = { value = '80 m2' }
[party]
municipalities = { label = 'Municipalities' }
universities = { label = 'Universities' }
";
    let pages = mkba_lang::diagnostic::pages().filter(|page| ["E0601", "E0602"].contains(&page.code));
    for page in pages {
        let (bad, good) = (Project::new(), Project::new());
        // Only what differs between alternatives is a result.
        let of_the_measure = |text: &str| {
            let (before, flow) = text.split_once("[flow.").expect("a flow");
            format!("{names}{before}[flow.{}", flow.replacen("= '", "= 'size * ", 1))
        };
        bad.write("model/example.toml", &of_the_measure(page.bad));
        good.write("model/example.toml", &of_the_measure(page.good));
        let output = bad.mkba(&["run", "study.toml", "--draws", "8"]);
        assert_eq!(code(&output), Some(3), "{}: {}", page.code, err(&output));
        assert!(err(&output).contains(page.code), "{}", err(&output));
        let output = good.mkba(&["run", "study.toml", "--draws", "8"]);
        assert_eq!(code(&output), Some(0), "{}: {}", page.code, err(&output));
    }
}
