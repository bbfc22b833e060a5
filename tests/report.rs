//! `report.html` of a run, and `mkba report`, as a user meets them.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

#[path = "support/program.rs"]
mod program;

use program::{mkba, succeeds};

const DRAWS: &str = "300";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The main study, run with few draws into a folder of its own.
fn run(lang: &str, more: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("run");
    let mut arguments = vec![
        "run",
        "scenarios/city-deal.toml",
        "--draws",
        DRAWS,
        "--lang",
        lang,
        "--quiet",
        "--out",
    ];
    arguments.push(out.to_str().expect("UTF-8"));
    arguments.extend(more);
    succeeds(root(), &arguments);
    (folder, out)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Mean balance of a case in `overview.csv`, in EUR.
fn balance(run: &Path, scenario: &str, alternative: &str) -> f64 {
    let mut reader = csv::Reader::from_path(run.join("overview.csv")).expect("a table");
    let headings = reader.headers().expect("headings").clone();
    let place = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let columns = ["scenario", "alternative", "flow", "pv_mean_eur"].map(place);
    let rows = reader.records().map(|row| row.expect("a row"));
    let mut rows = rows.map(|row| columns.map(|column| row[column].to_owned()));
    let found = rows.find(|row| row[0] == scenario && row[1] == alternative && row[2] == "balance");
    found.expect("a row")[3].parse().expect("a number")
}

/// In millions, as a Dutch reader writes it.
fn dutch_millions(value_eur: f64, decimals: usize) -> String {
    let written = format!("{:.decimals$}", value_eur.abs() / 1e6);
    let (whole, decimal) = written.split_once('.').unwrap_or((&written, ""));
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    let decimal = if decimal.is_empty() {
        String::new()
    } else {
        format!(",{decimal}")
    };
    format!("{}{text}{decimal}", if value_eur < 0.0 { "−" } else { "" })
}

#[test]
fn a_run_writes_a_report_with_its_headline_figures_and_the_authors_texts() {
    let (_folder, run) = run("nl", &[]);
    let report = text(&run.join("report.html"));
    assert!(report.contains("<html lang=\"nl\">"));
    for scenario in ["wlo-2015-high", "wlo-2015-low"] {
        for alternative in ["hardware", "software", "orgware", "integrated"] {
            // With or without a decimal, as the greatest amount of the study has it.
            let count = |decimals: usize| {
                let shown = dutch_millions(balance(&run, scenario, alternative), decimals);
                report.matches(&format!(">{shown}</td>")).count()
            };
            // In the main table of the summary, in the full table, by pillar and by party.
            assert!(count(0).max(count(1)) >= 4, "{scenario} {alternative}");
        }
    }
    assert!(report.contains("Verkenning City Deal Kennissteden en Innovatie-ecosystemen"));
    assert!(report.matches("<figure").count() >= 2);
    let manifest = text(&run.join("manifest.json"));
    for file in [
        "report.html",
        "report/problem.nl.md",
        "rulebook.toml",
        "sources.csv",
        "measures.csv",
    ] {
        assert!(manifest.contains(&format!("\"{file}\"")), "{file}");
    }
}

#[test]
fn a_report_made_from_the_folder_is_that_of_the_run() {
    let (folder, run) = run("nl", &["--threads", "1"]);
    let path = folder.path().join("again.html");
    let run_text = run.to_str().expect("UTF-8");
    succeeds(folder.path(), &["report", run_text, "--out", "again.html"]);
    assert!(text(&path) == text(&run.join("report.html")), "the same bytes");

    // In the other language beside the run, and never over a file that is there.
    succeeds(folder.path(), &["report", run_text, "--lang", "en"]);
    let english = text(&folder.path().join("run-report-en.html"));
    assert!(english.contains("<html lang=\"en\">") && english.contains("Question and problem"));
    let again = mkba(folder.path(), &["report", run_text, "--lang", "en"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("--overwrite"), "{}", err(&again));
    succeeds(folder.path(), &["report", run_text, "--lang", "en", "--overwrite"]);

    // The run itself is not touched.
    let inside = run.join("other.html");
    let refused = mkba(
        folder.path(),
        &["report", run_text, "--out", inside.to_str().expect("UTF-8")],
    );
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("within the run"), "{}", err(&refused));
    assert!(!inside.exists());

    // What was changed after the run is not reported as if it were its result.
    fs::write(run.join("parties.csv"), "scenario,alternative\n").expect("a file");
    let changed = mkba(folder.path(), &["report", run_text, "--out", "changed.html"]);
    assert_eq!(changed.status.code(), Some(4));
    assert!(err(&changed).contains("parties.csv"), "{}", err(&changed));
    assert!(!folder.path().join("changed.html").exists());
}

#[test]
fn the_same_run_has_the_same_report_for_any_number_of_threads() {
    let ((_one, first), (_two, second)) = (run("en", &["--threads", "1"]), run("en", &["--threads", "2"]));
    assert!(text(&first.join("report.html")) == text(&second.join("report.html")));
}

#[test]
fn a_report_can_be_left_out() {
    let (_folder, run) = run("nl", &["--no-report"]);
    assert!(!run.join("report.html").exists());
    assert!(run.join("overview.csv").exists());
}

#[test]
fn a_text_with_a_name_of_no_section_is_refused_before_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let project = folder.path();
    succeeds(project, &["init", "town"]);
    let project = &project.join("town");
    let texts = project.join("scenarios/town/report");
    fs::create_dir_all(&texts).expect("a folder");
    fs::write(
        texts.join("problem.nl.md"),
        "Een *eigen* probleem met <script>alert(1)</script>.\n",
    )
    .expect("a file");
    fs::write(texts.join("sumary.nl.md"), "x\n").expect("a file");
    let refused = mkba(project, &["run", "scenarios/town.toml"]);
    assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
    assert!(
        err(&refused).contains("did you mean `summary.nl.md`?"),
        "{}",
        err(&refused)
    );
    assert!(!project.join("runs/town").exists());

    fs::remove_file(texts.join("sumary.nl.md")).expect("a file");
    succeeds(project, &["run", "scenarios/town.toml"]);
    let report = text(&project.join("runs/town/report.html"));
    assert!(
        report.contains("Een <em>eigen</em> probleem met &lt;script&gt;"),
        "escaped"
    );

    fs::write(texts.join("problem.nl.md"), [0xff, 0xfe]).expect("a file");
    let refused = mkba(project, &["run", "scenarios/town.toml", "--overwrite"]);
    assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
    assert!(err(&refused).contains("E0002"), "{}", err(&refused));
}

#[test]
fn a_pdf_is_written_or_the_program_says_how_it_could_be() {
    let (folder, run) = run("nl", &["--no-report"]);
    let run_text = run.to_str().expect("UTF-8");
    let output = mkba(folder.path(), &["report", run_text, "--pdf"]);
    let path = folder.path().join("run-report-nl.pdf");
    if cfg!(feature = "pdf") {
        assert!(output.status.success(), "{}", err(&output));
        assert!(fs::read(&path).expect("a file").starts_with(b"%PDF-"));
    } else {
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("--features pdf"), "{}", err(&output));
        assert!(!path.exists());
    }
}

#[test]
fn a_run_writes_a_pdf_where_the_program_makes_one() {
    let (_folder, run) = run("nl", &["--no-figures", "--no-spreadsheet"]);
    let path = run.join("report.pdf");
    assert_eq!(path.exists(), cfg!(feature = "pdf"));
    assert!(run.join("report.html").exists());
    if !path.exists() {
        return;
    }
    // The balance that the overview states is in the text layer of the pages, and no page lost its number.
    assert!(fs::read(&path).expect("a file").starts_with(b"%PDF-"));
    let read = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    let Ok(read) = read else {
        eprintln!("poppler-utils is not installed here, so the PDF was not read back");
        return;
    };
    let pages = String::from_utf8(read.stdout).expect("UTF-8");
    let shown = dutch_millions(balance(&run, "wlo-2015-high", "integrated"), 0);
    assert!(pages.contains(&shown), "{shown}");
    let count = pages.matches('\u{c}').count();
    for page in 1..=count {
        assert!(pages.contains(&format!("{page} / {count}")), "page {page} of {count}");
    }
}
