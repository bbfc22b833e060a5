//! `mkba compare-rulebooks` and other rulebooks on the command line, as a user types them.
#[path = "support/program.rs"]
mod program;

use program::{mkba, succeeds};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TOUR: &str = "scenarios/tour.toml";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file is copied");
        }
    }
}

/// The project in a folder of its own.
fn project() -> TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["models", "scenarios"] {
        copy(&root.join(part), &folder.path().join(part));
    }
    fs::copy(root.join("mkba.toml"), folder.path().join("mkba.toml")).expect("a file is copied");
    folder
}

#[track_caller]
fn fails(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = mkba(folder, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

/// Number in the first row of a table for which the columns have these words.
fn number(path: &Path, words: &[(&str, &str)], wanted: &str) -> f64 {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let headings = reader.headers().expect("headings").clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let holds = |row: &&csv::StringRecord| words.iter().all(|(name, word)| &row[column(name)] == *word);
    let row = rows.iter().find(holds).expect("such a row");
    row[column(wanted)].parse().expect("a number")
}

#[test]
fn the_steps_add_up_to_the_balances_of_runs_under_the_two_rulebooks() {
    let folder = project();
    let here = folder.path();
    // The study's own rates would hide what the rulebooks differ in.
    let study = fs::read_to_string(here.join(TOUR)).expect("the study");
    let (head, rest) = study.split_once("[discount]").expect("own rates");
    let (_, tail) = rest.split_once("[scenario.high]").expect("a scenario");
    fs::write(here.join(TOUR), format!("{head}[scenario.high]{tail}")).expect("written");
    let arguments = [
        "compare-rulebooks",
        TOUR,
        "--draws",
        "300",
        "--quiet",
        "--out",
        "bridge.json",
    ];
    succeeds(here, &arguments);
    let bridge: Value =
        serde_json::from_str(&fs::read_to_string(here.join("bridge.json")).expect("written")).expect("JSON");
    assert_eq!(bridge["from"], "nl-2021");
    let bridges = bridge["bridges"].as_array().expect("a list");
    let others: Vec<&str> = bridges.iter().filter_map(|bridge| bridge["to"].as_str()).collect();
    assert_eq!(
        others,
        ["eu-2021", "nl-2016", "uk-2026"],
        "a model of twenty years does not ask for the long term"
    );
    for bridge in bridges {
        let to = bridge["to"].as_str().expect("a name");
        for (id, end) in [("nl-2021", "start"), (to, "end")] {
            let run = [
                "run",
                TOUR,
                "--rulebook",
                id,
                "--draws",
                "300",
                "--quiet",
                "--overwrite",
                "--out",
                "run",
            ];
            succeeds(here, &run);
            for case in bridge["cases"].as_array().expect("a list") {
                let (scenario, alternative) = (case["scenario"].as_str(), case["alternative"].as_str());
                let words = [
                    ("scenario", scenario.expect("a name")),
                    ("alternative", alternative.expect("a name")),
                ];
                for (flow, key) in [
                    ("balance", "_mean_eur"),
                    ("balance_without_separate", "_without_separate_mean_eur"),
                ] {
                    let words = [words[0], words[1], ("flow", flow)];
                    let found = number(&here.join("run/overview.csv"), &words, "pv_mean_eur");
                    let stated = case[format!("{end}{key}")].as_f64().expect("a number");
                    assert!(
                        (found - stated).abs() <= 1e-9 * stated.abs(),
                        "{id} {words:?}: {found} {stated}"
                    );
                }
            }
        }
        for case in bridge["cases"].as_array().expect("a list") {
            let steps = case["steps"].as_array().expect("a list");
            let changes: f64 = steps.iter().filter_map(|step| step["change_mean_eur"].as_f64()).sum();
            let (start, end) = (case["start_mean_eur"].as_f64(), case["end_mean_eur"].as_f64());
            let (start, end) = (start.expect("a number"), end.expect("a number"));
            assert!((start + changes - end).abs() <= 1e-9 * start.abs(), "{case}");
            assert!(start != end, "{to} is as nl-2021: {case}");
            assert_eq!(steps.len(), 6);
        }
    }
}

#[test]
fn the_table_names_what_changes_and_what_does_not_in_both_languages() {
    let folder = project();
    let arguments = |language| {
        [
            "compare-rulebooks",
            TOUR,
            "--rulebooks",
            "eu-2021",
            "--draws",
            "20",
            "--lang",
            language,
        ]
    };
    let dutch = succeeds(folder.path(), &arguments("nl"));
    for words in [
        "Saldo nl-2021",
        "rekeneenheid: markt- of factorprijzen",
        "Saldo eu-2021",
        "eu-2021: verandert niets aan dit saldo: discontovoeten, horizon",
        "De studie zet zelf de discontovoet",
        "zonder indirecte belastingen",
    ] {
        assert!(dutch.contains(words), "{words} in\n{dutch}");
    }
    let english = succeeds(folder.path(), &arguments("en"));
    assert!(
        english.contains("Balance eu-2021") && english.contains("unit of account"),
        "{english}"
    );
}

#[test]
fn wrong_use_is_told_before_the_work() {
    let folder = project();
    let here = folder.path();
    let message = fails(here, &["compare-rulebooks", TOUR, "--rulebooks", "eu-2014"], 1);
    assert!(
        message.contains("E0405") && message.contains("did you mean `eu-2021`?"),
        "{message}"
    );
    let message = fails(here, &["compare-rulebooks", TOUR, "--out", "bridge.txt"], 2);
    assert!(message.contains(".csv or .json"), "{message}");
    fs::write(here.join("bridge.csv"), "mine").expect("written");
    let message = fails(
        here,
        &[
            "compare-rulebooks",
            TOUR,
            "--draws",
            "2",
            "--quiet",
            "--out",
            "bridge.csv",
        ],
        2,
    );
    assert!(message.contains("--overwrite"), "{message}");
    assert_eq!(fs::read_to_string(here.join("bridge.csv")).expect("there"), "mine");
    // A flow without tax content is refused under the rules that need it.
    let flows = here.join("models/teaching/tour/flows.toml");
    let text = fs::read_to_string(&flows).expect("the flows");
    let without: String = text
        .lines()
        .filter(|line| !line.contains("contains"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(&flows, without).expect("written");
    let message = fails(here, &["compare-rulebooks", TOUR, "--rulebooks", "eu-2021"], 1);
    assert!(
        message.contains("E0408") && message.contains("clean_power"),
        "{message}"
    );
}

#[test]
fn rule_13_a_rulebook_that_is_not_for_the_day_of_the_study_is_warned_of_and_the_right_one_named() {
    let folder = project();
    let here = folder.path();
    let study = fs::read_to_string(here.join(TOUR)).expect("the study");
    fs::write(here.join(TOUR), study.replace("2026-11-25", "2019-06-01")).expect("written");
    let output = mkba(here, &["check", TOUR]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{message}");
    for words in [
        "W0110",
        "2019-06-01",
        "`rulebook = \"nl-2016\"`",
        "standard 3 %/year",
        "physical 4.5 %/year",
    ] {
        assert!(message.contains(words), "{words} in\n{message}");
    }
    let output = mkba(here, &["check", TOUR, "--rulebook", "nl-2016"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("W0110"));
    fs::write(here.join(TOUR), study).expect("written");
    let output = mkba(here, &["check", TOUR, "--rulebook", "nl-2016"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("W0110") && message.contains("`rulebook = \"nl-2021\"`"),
        "{message}"
    );
}

/// Every command of the page of the guide, in the large study.
#[test]
fn the_page_of_the_guide_is_true() {
    let folder = project();
    let page = include_str!("../docs/guide/compare-rulebooks.md");
    let commands: Vec<Vec<&str>> = page
        .lines()
        .filter_map(|line| line.strip_prefix("$ mkba "))
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(commands.len(), 5);
    for command in &commands {
        let printed = succeeds(folder.path(), command);
        assert!(!printed.is_empty() || command.contains(&"--quiet"), "{command:?}");
    }
    let words = [("to", "uk-2026/long-term"), ("step", "start")];
    let start = number(&folder.path().join("bridge.csv"), &words, "balance_mean_eur");
    assert!(start != 0.0, "the long term is shown without being asked for");
}
