//! Starting a project and seeing through a model, as a user does: `mkba init`, `mkba graph`, `mkba sources`.
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const TEMPLATES: [&str; 3] = ["minimal", "campus", "portfolio"];

fn mkba(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command.output().expect("the program starts")
}

/// Standard output of a command that has to succeed.
#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let output = mkba(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{}", err(&output));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Message of a command that has to fail with a code, and prints nothing else.
#[track_caller]
fn fails(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = mkba(folder, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{}", err(&output));
    assert!(output.stdout.is_empty(), "{arguments:?}");
    err(&output)
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Paths and text of all files below a folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((path.clone(), fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

/// Balance and present value by flow of each alternative in a run, in million euro.
fn results(run: &Path) -> Vec<(String, String, f64)> {
    let mut reader = csv::Reader::from_path(run.join("overview.csv")).expect("a table");
    let headings = reader.headers().expect("headings").clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let (alternative, flow, mean) = (column("alternative"), column("flow"), column("pv_mean_eur"));
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.filter_map(|row| {
        let amount: f64 = row[mean].parse().ok()?;
        Some((row[alternative].to_owned(), row[flow].to_owned(), amount / 1e6))
    })
    .collect()
}

#[test]
fn each_template_is_checked_without_warnings_runs_and_gives_a_plausible_result() {
    for template in TEMPLATES {
        let folder = folder();
        let written = succeeds(folder.path(), &["init", "my-city", "--template", template]);
        assert!(written.contains("new project in my-city/") && written.contains("mkba run scenarios/my-city.toml"));
        let project = folder.path().join("my-city");
        for path in ["scenarios/my-city.toml", "models/my-city"] {
            let output = mkba(&project, &["check", path]);
            assert_eq!(
                (output.status.code(), err(&output).as_str()),
                (Some(0), "no errors\n"),
                "{template}"
            );
        }
        succeeds(&project, &["run", "scenarios/my-city.toml", "--quiet"]);
        let rows = results(&project.join("runs/my-city"));
        let of = |alternative: &str, flow: &str| -> Vec<f64> {
            let found = rows.iter().filter(|row| row.0 == alternative && row.1 == flow);
            found.map(|row| row.2).collect()
        };
        match template {
            // 10 000 m², 3 933 EUR/m², value added tax of 21 %; half a year after another, discounted by 0 and 1 years.
            "minimal" => {
                let cost = -10_000.0 * (3000.0 + 3800.0 + 5000.0) / 3.0 * 1.21 / 2.0 * (1.0 + 1.0 / 1.0225) / 1e6;
                let found = of("large", "construction");
                assert!((found[0] / cost - 1.0).abs() < 0.01, "{found:?} and {cost}");
                assert!(
                    (of("small", "construction")[0] / found[0] - 0.4).abs() < 1e-9,
                    "in proportion to the size"
                );
            }
            // The gate delays what is built, so twice the programme costs less than twice; bought room shortens the queue.
            "campus" => {
                let built = |alternative| of(alternative, "construction");
                assert_eq!(built("small").len(), 2, "two scenarios");
                assert!(built("large")[0] > 2.0 * built("small")[0] && built("large")[0] < built("small")[0]);
                assert!(built("large-with-permits")[0] < built("large")[0]);
                assert!(of("large", "research_spillover").iter().all(|gain| *gain > 0.0));
            }
            // Provinces share nothing with each other, so both are the sum of the two; the grid lets more be built in time.
            _ => {
                let built = |alternative| of(alternative, "construction")[0];
                assert!((built("both") / (built("north") + built("south")) - 1.0).abs() < 1e-9);
                assert!(built("both-with-grid") < built("both"));
                assert!(of("both-with-grid", "grid_reinforcement")[0] < 0.0);
            }
        }
    }
}

#[test]
fn inside_a_project_a_model_is_added_and_nothing_is_replaced() {
    let folder = folder();
    succeeds(folder.path(), &["init", "first"]);
    let project = folder.path().join("first");
    let before = files(&project);
    let written = succeeds(&project.join("models"), &["init", "second", "--template", "portfolio"]);
    assert!(
        written.contains("new model `second` in the project in") && written.contains("\n  cd "),
        "{written}"
    );
    succeeds(&project, &["check", "scenarios/second.toml"]);
    let after = files(&project);
    assert!(before.iter().all(|file| after.contains(file)));
    // Names that are taken, by a model or by a study.
    let message = fails(&project, &["init", "second"], 2);
    assert!(message.contains("has `models/second` already"), "{message}");
    fs::write(project.join("scenarios/third.toml"), "mine").expect("a file");
    let message = fails(&project, &["init", "third"], 2);
    assert!(message.contains("has `scenarios/third.toml` already"), "{message}");
    assert!(!project.join("models/third").exists());
}

#[test]
fn a_folder_that_is_not_empty_and_a_bad_name_are_refused() {
    let folder = folder();
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    succeeds(folder.path(), &["init", "empty"]);
    let before = files(folder.path());
    let message = fails(folder.path(), &["init", "empty"], 2);
    assert!(message.contains("the folder `empty` is not empty"), "{message}");
    fs::write(folder.path().join("file"), "mine").expect("a file");
    assert!(fails(folder.path(), &["init", "file"], 2).contains("`file` is a file"));
    for (name, part) in [
        ("My City", "`my-city` would do"),
        ("../up", "is a path"),
        ("2030", "cannot be a name"),
        ("rulebooks", "the folder of rulebooks"),
        ("", "cannot be a name"),
    ] {
        let message = fails(folder.path(), &["init", name], 2);
        assert!(message.contains(part), "{name}: {message}");
    }
    fails(folder.path(), &["init", "other", "--template", "huge"], 2);
    fs::remove_file(folder.path().join("file")).expect("a file");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_small_model_is_drawn_whole_and_a_large_one_by_file() {
    let small = succeeds(project(), &["graph", "models/teaching/lake"]);
    assert!(small.starts_with("<?xml") && small.trim_end().ends_with("</svg>"));
    assert!(small.contains("Het ondiepe meer: invloedsdiagram") && small.contains(">Fosfor in het meer</text>"));
    assert!(
        small.contains("stroke-dasharray"),
        "phosphorus of last year is recycled"
    );
    let large = succeeds(project(), &["graph", "models/kennisstad", "--lang", "en"]);
    assert!(large.contains("effects/research.toml") && !large.contains(">research_gain</text>"));
    let all = succeeds(project(), &["graph", "models/kennisstad", "--level", "names"]);
    assert!(all.contains(">research_gain</text>"));
    // A study stands for its model, and a file of the model too.
    let same = succeeds(project(), &["graph", "scenarios/lake.toml"]);
    assert_eq!(same, small);
    assert_eq!(
        succeeds(project(), &["graph", "models/teaching/lake/effects.toml"]),
        small
    );
}

#[test]
fn a_focus_shows_what_is_near_to_a_name_or_a_file() {
    let near = |focus: &str, depth: &str| {
        succeeds(
            project(),
            &[
                "graph",
                "models/kennisstad",
                "--format",
                "dot",
                "--focus",
                focus,
                "--depth",
                depth,
            ],
        )
    };
    let one = near("research_gain", "1");
    for part in ["flow.research_spillover", "stock.knowledge", "parameter.social_return"] {
        assert!(one.contains(&format!("\"{part}\"")), "{part}");
    }
    assert!(!one.contains("\"variable.research_added\"") && !one.contains("\"party.abroad\""));
    let two = near("variable.research_gain", "2");
    assert!(two.contains("\"variable.research_added\" -> \"stock.knowledge\" [color=\"#0072b2\", style=dashed]"));
    assert!(two.contains("\"flow.research_spillover_abroad\" -> \"party.abroad\""));
    assert!(!near("research_gain", "0").contains("->"));
    let file = near("grid.toml", "0");
    assert!(file.contains("label=\"effects/grid.toml\"") && file.matches("subgraph").count() == 1);
}

#[test]
fn a_focus_that_does_not_exist_suggests_names() {
    for (focus, part) in [
        ("research_gian", "did you mean `research_gain`?"),
        ("spillover", "did you mean `flow.research_spillover`"),
        ("effects/gird.toml", "did you mean `effects/grid.toml`?"),
        ("xyz", "a kind and a name"),
        ("", "a kind and a name"),
    ] {
        let message = fails(project(), &["graph", "models/kennisstad", "--focus", focus], 2);
        assert!(message.contains(part), "{focus}: {message}");
    }
}

#[test]
fn a_diagram_is_written_to_a_file_that_is_not_replaced() {
    let folder = folder();
    let out = folder.path().join("lake.gv");
    let path = out.to_str().expect("UTF-8");
    let output = mkba(project(), &["graph", "models/teaching/lake", "--out", path]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let first = fs::read_to_string(&out).expect("written");
    assert!(first.starts_with("digraph"), "by the ending of the name");
    let message = fails(
        project(),
        &["graph", "models/teaching/lake", "--out", path, "--format", "svg"],
        2,
    );
    assert!(message.contains("--overwrite"), "{message}");
    assert_eq!(fs::read_to_string(&out).expect("kept"), first);
    succeeds(
        project(),
        &[
            "graph",
            "models/teaching/lake",
            "--out",
            path,
            "--format",
            "svg",
            "--overwrite",
        ],
    );
    assert!(fs::read_to_string(&out).expect("replaced").contains("</svg>"));
    let nowhere = folder.path().join("no/folder.svg");
    let message = fails(
        project(),
        &[
            "graph",
            "models/teaching/lake",
            "--out",
            nowhere.to_str().expect("UTF-8"),
        ],
        4,
    );
    assert!(message.contains("E07") && message.contains("folder.svg"), "{message}");
}

#[test]
fn wrong_use_and_a_faulty_model_are_told() {
    for arguments in [
        &["graph"][..],
        &["graph", "models/kennisstad", "--depth", "2"],
        &["graph", "models/kennisstad", "--focus", "rent", "--depth", "-1"],
        &["graph", "models/kennisstad", "--focus", "rent", "--level", "files"],
        &["graph", "models/kennisstad", "--format", "png"],
        &["graph", "models/kennisstad", "--out", "model.png"],
        &["sources", "models/kennisstad", "--json", "--csv"],
        &["sources", "models/kennisstad", "--on", "2027-02-30"],
        &["sources", "scenarios/lake.toml", "--draws", "3"],
    ] {
        fails(project(), arguments, 2);
    }
    let folder = folder();
    succeeds(folder.path(), &["init", "a"]);
    let path = folder.path().join("a/models/a/building.toml");
    let text = fs::read_to_string(&path).expect("a file");
    fs::write(&path, text.replace("* building_price", "* bilding_price")).expect("a file");
    let message = fails(folder.path(), &["run", "a/models/a"], 4);
    assert!(
        message.contains("E0001") && message.contains("a study is a file"),
        "{message}"
    );
    for command in ["graph", "sources"] {
        let message = fails(folder.path(), &[command, "a/models/a"], 1);
        assert!(
            message.contains("E0201") && message.contains("did you mean `building_price`?"),
            "{message}"
        );
        let message = fails(folder.path(), &[command, "a/models/b"], 4);
        assert!(message.contains("E0001"), "{message}");
    }
}

/// The figures of `mkba sources --json`, by name.
fn figure<'a>(json: &'a Value, name: &str) -> &'a Value {
    let figures = json["figures"].as_array().expect("a list");
    let found = figures.iter().find(|figure| figure["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn every_number_has_its_source_its_users_and_the_flows_that_rest_on_it() {
    let json: Value =
        serde_json::from_str(&succeeds(project(), &["sources", "models/kennisstad", "--json"])).expect("JSON");
    let depreciation = figure(&json, "knowledge_depreciation");
    assert!(
        depreciation["source"]
            .as_str()
            .expect("text")
            .contains("Hall, Mairesse and Mohnen 2010")
    );
    assert_eq!(
        depreciation["used_by"],
        serde_json::json!(["stock.induced_knowledge", "stock.knowledge", "stock.public_knowledge"])
    );
    assert_eq!(
        depreciation["flows"],
        serde_json::json!([
            "public_research_return",
            "public_research_return_abroad",
            "research_spillover",
            "research_spillover_abroad"
        ])
    );
    assert!(
        depreciation["place"]
            .as_str()
            .expect("text")
            .starts_with("models/kennisstad/effects/research.toml:")
    );
    assert_eq!(depreciation["weight"], Value::Null, "a model by itself is not weighed");
    let cpi = figure(&json, "cpi");
    assert_eq!(
        (cpi["kind"].as_str(), cpi["source"].as_str()),
        (
            Some("deflator"),
            Some(
                "Statistics Netherlands (CBS), consumer price index, annual change 2014 to 2024, as listed at https://teltel.nl (read 25 November 2026)"
            )
        )
    );
    assert!(
        cpi["used_by"]
            .as_array()
            .expect("a list")
            .contains(&"parameter.value_of_stayer".into())
    );
    // Drivers have their values in scenarios.
    let study = succeeds(
        project(),
        &["sources", "scenarios/city-deal.toml", "--json", "--draws", "200"],
    );
    let json: Value = serde_json::from_str(&study).expect("JSON");
    assert_eq!(figure(&json, "gdp_growth")["scenario"], "wlo-2015-high");
    let weights = json["figures"].as_array().expect("a list").iter();
    let sum: f64 = weights.filter_map(|figure| figure["weight"].as_f64()).sum::<f64>()
        + json["other_weight"].as_f64().expect("a number");
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    assert!(
        json["weight_measure"]
            .as_str()
            .expect("words")
            .contains("squared rank correlations")
    );
    assert_eq!(json["draws"], 200);
}

#[test]
fn the_list_is_in_two_languages_and_as_a_table() {
    let dutch = succeeds(project(), &["sources", "models/kennisstad"]);
    let english = succeeds(project(), &["sources", "models/kennisstad", "--lang", "en"]);
    assert!(
        dutch.contains("Tijdelijke aannames") && dutch.contains("gebruikt door"),
        "{dutch}"
    );
    assert!(
        english.contains("Placeholders, to be replaced first") && english.contains("used by"),
        "{english}"
    );
    assert!(!english.contains('\u{1b}'), "no colours where there is no terminal");
    let text = succeeds(project(), &["sources", "models/kennisstad", "--csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() > 100 && rows.iter().all(|row| row.len() == 19));
    assert!(english.contains(&format!("\n{} numbers: ", rows.len())));
}

#[test]
fn placeholders_come_by_weight_and_review_dates_by_the_day() {
    let folder = folder();
    succeeds(folder.path(), &["init", "a"]);
    let path = folder.path().join("a/models/a/building.toml");
    let text = fs::read_to_string(&path).expect("a file");
    let text = text
        .replace(
            "triangular(170, 220, 280) EUR/m2/year\"",
            "triangular(170, 220, 280) EUR/m2/year\"\nreview = 2027-06-30",
        )
        .replace(
            "triangular(70, 90, 97) %\"",
            "90 %\"\nreview = 2028\nplaceholder = false\nsource = \"Smith (2020), p. 7, www.example.org/smith\"",
        );
    fs::write(&path, text).expect("a file");
    let list = |day: &str| {
        let arguments = ["sources", "a/scenarios/a.toml", "--lang", "en", "--on", day];
        succeeds(folder.path(), &arguments)
    };
    for (day, overdue) in [
        ("2027-06-30", 0),
        ("2027-07-01", 1),
        ("2028-12-31", 1),
        ("2029-01-01", 2),
    ] {
        let list = list(day);
        assert!(
            list.contains(&format!("To be looked at again ({overdue})")),
            "{day}\n{list}"
        );
        assert!(
            list.contains(&format!("{overdue} past their review date on {day}")),
            "{list}"
        );
    }
    let json = succeeds(
        folder.path(),
        &["sources", "a/scenarios/a.toml", "--json", "--on", "2027-07-01"],
    );
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let share = figure(&json, "occupied_share");
    assert_eq!(
        (&share["pages"][0], &share["addresses"][0]),
        (&"p. 7".into(), &"www.example.org/smith".into())
    );
    assert_eq!(
        (&share["review"], &share["overdue"]),
        (&"2028-12-31".into(), &false.into())
    );
    assert_eq!(figure(&json, "worth_of_space")["overdue"], true);
    // Price and worth are what is left of the uncertainty, so they carry all of the weight.
    let weight = |name: &str| figure(&json, name)["weight"].as_f64();
    assert!((weight("building_price").expect("drawn") + weight("worth_of_space").expect("drawn") - 1.0).abs() < 1e-9);
    assert_eq!(weight("occupied_share"), None, "a fixed number is not drawn");
    let one_line = list("2027-01-01").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        one_line.contains("Placeholders together carry 100.0 % of the weight."),
        "{one_line}"
    );
}

/// The lines of the fenced blocks of a page in a language.
fn lines_of_blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(project().join("docs/guide").join(page)).expect("a page");
    let blocks = text.split("\n```").skip(1).step_by(2);
    let blocks = blocks.filter_map(|block| block.split_once('\n'));
    let blocks = blocks.filter(|(named, _)| *named == language);
    blocks.flat_map(|(_, body)| body.lines().map(str::to_owned)).collect()
}

#[test]
fn the_commands_of_the_page_on_seeing_through_a_model_work() {
    let temporary = folder();
    let lines = lines_of_blocks("inspect.md", "sh");
    assert!(lines.len() >= 4);
    for line in lines {
        let in_project = |word: &str| match word.split('/').next() {
            Some("models" | "scenarios") => project().join(word).to_string_lossy().into_owned(),
            _ => word.to_owned(),
        };
        let words: Vec<String> = line.split(' ').skip(1).map(in_project).collect();
        succeeds(temporary.path(), &words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    assert!(temporary.path().join("spillover.svg").is_file());
}

#[test]
fn help_has_examples() {
    for command in ["init", "graph", "sources"] {
        let help = succeeds(project(), &[command, "--help"]);
        assert!(help.contains("Examples:\n  mkba "), "{command}");
    }
}

#[test]
fn no_line_of_the_list_is_wider_than_a_terminal_needs() {
    for arguments in [
        &["sources", "models/kennisstad"][..],
        &["sources", "scenarios/city-deal.toml", "--draws", "100"],
    ] {
        for line in succeeds(project(), arguments).lines() {
            assert!(line.chars().count() <= 132, "{line}");
        }
    }
}
