//! What is printed, written and refused.
use super::project::*;
use std::fs;

#[test]
fn equal_runs_are_said_to_be_the_same_and_nothing_is_written() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    folder.run("b", &[], &["--threads", "1"]);
    for b in ["run-a", "run-b"] {
        let page = folder.done(&["diff", "run-a", b]);
        assert!(page.contains("De runs zijn gelijk"), "{page}");
        assert!(!folder.path(&format!("{b}-against-run-a")).exists());
    }
    let rows = folder.diff("run-a", "run-b", &[]);
    assert!(rows.iter().all(|row| row["kind"].starts_with("balance_")), "{rows:?}");
}

#[test]
fn words_are_listed_and_cost_nothing() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    let label = (IN_MODEL, "nl = \"Onderhoud\"", "nl = \"Beheer\"");
    let source = (
        IN_MODEL,
        "assumption = \"value of a test\"\n\n[parameter]",
        "source = \"a book\"\n\n[parameter]",
    );
    folder.run("b", &[label, source], &[]);
    let page = folder.done(&["diff", "run-a", "run-b", "--lang", "en"]);
    assert!(page.contains("The runs are the same"), "{page}");
    assert!(
        page.contains("Different in words alone") && page.contains("flow.upkeep_cost (label)"),
        "{page}"
    );
    assert!(page.contains("parameter.rent (source, assumption)"), "{page}");
}

#[test]
fn fewer_draws_are_a_step_of_their_own_and_all_still_adds_up() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    folder.run("b", &[RENT, SEED], &["--draws", "1500"]);
    let rows = folder.diff("run-a", "run-b", &["--draws", "100"]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    assert!(
        rows.iter()
            .any(|row| row["kind"] == "fewer_draws" && number(row, "change_mean_eur") != 0.0)
    );
    let page = folder.done(&["diff", "run-a", "run-b", "--draws", "100", "--lang", "en"]);
    assert!(page.contains("fewer draws here than in the runs"), "{page}");
}

#[test]
fn what_is_written_names_values_files_and_lines() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    folder.run("b", ALL, &[]);
    // The projects are not needed any more, and runs may be moved.
    fs::remove_dir_all(folder.path("a")).expect("removed");
    fs::remove_dir_all(folder.path("b")).expect("removed");
    fs::create_dir(folder.path("elsewhere")).expect("a folder");
    fs::rename(folder.path("run-a"), folder.path("elsewhere/first")).expect("moved");
    let page = folder.done(&["diff", "elsewhere/first", "run-b", "--lang", "en"]);
    let line = 1 + model()
        .lines()
        .position(|line| line.starts_with("rent "))
        .expect("the rent");
    let rent =
        format!("value: uniform(150, 250) EUR/m2/year → uniform(170, 260) EUR/m2/year   [model/model.toml:{line}]");
    assert!(page.contains(&rent), "{rent} in\n{page}");
    assert!(page.contains("seed: 3 → 4"), "{page}");
    assert!(
        page.contains("discount.standard.rate_per_year: 0.0225 → 0.031"),
        "{page}"
    );
    assert!(
        page.contains("flow.nuisance (new)") && page.contains("sum(space over campus) * noise"),
        "{page}"
    );
    let out = folder.path("run-b-against-first");
    let mut files: Vec<String> = fs::read_dir(&out)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let waterfall = |name: &str| ["csv", "png", "svg"].map(|end| format!("waterfall-{name}.{end}"));
    let expected: Vec<String> = ["changes.csv", "diff.csv", "diff.json"]
        .map(str::to_owned)
        .into_iter()
        .chain(waterfall("much"))
        .chain(waterfall("some"))
        .collect();
    assert_eq!(files, expected);
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("diff.json")).expect("a text")).expect("JSON");
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(7));
    assert_eq!(json["steps"][3]["items"][0]["keys"][0]["before"]["line"], line);
    // The waterfall ends at the whole change.
    let mut bars = csv::Reader::from_path(out.join("waterfall-much.csv")).expect("a table");
    let bars: Vec<Row> = bars.deserialize().map(|row| row.expect("a row")).collect();
    let last = bars.iter().rfind(|row| row["scenario"] == "low").expect("a bar");
    let balance = |run: &str| balances(&folder.path(run))[&("low".to_owned(), "much".to_owned())][0];
    let change = balance("run-b") - balance("elsewhere/first");
    assert_eq!((last["step"].as_str(), number(last, "pv_mean_eur")), ("change", change));
    let drawn = fs::read_to_string(out.join("waterfall-much.svg")).expect("a text");
    assert!(
        drawn.contains("balance from"),
        "small changes without the balances, which are told"
    );
    let message = folder.fails(2, &["diff", "elsewhere/first", "run-b"]);
    assert!(message.contains("--overwrite"), "{message}");
    let message = folder.fails(2, &["diff", "elsewhere/first", "run-b", "--out", "run-b/why"]);
    assert!(message.contains("within the run"), "{message}");
    folder.done(&["diff", "elsewhere/first", "run-b", "--overwrite", "--quiet"]);
}

#[test]
fn what_cannot_be_compared_is_told_with_what_to_do() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    let message = folder.fails(4, &["diff", "run-a", "a"]);
    assert!(
        message.contains("E0703") && message.contains("is not the folder of a finished run"),
        "{message}"
    );
    let message = folder.fails(4, &["diff", "run-a", "nothing"]);
    assert!(message.contains("there is no run"), "{message}");
    let message = folder.fails(2, &["diff", "run-a", "run-a", "--alternative", "soem"]);
    assert!(
        message.contains("no alternative `soem`") && message.contains("some, much"),
        "{message}"
    );
    // A run of a version that kept no files.
    folder.run("old", &[], &[]);
    let manifest = folder.path("run-old/manifest.json");
    let text = fs::read_to_string(&manifest).expect("a text");
    let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let results = json["results"].as_array_mut().expect("a list");
    results.retain(|file| !file["path"].as_str().expect("a path").starts_with("project/"));
    fs::write(&manifest, json.to_string()).expect("a file");
    fs::remove_dir_all(folder.path("run-old/project")).expect("removed");
    let message = folder.fails(2, &["diff", "run-old", "run-a"]);
    assert!(
        message.contains("kept no files") && message.contains("run `study.toml` again"),
        "{message}"
    );
    // Another model, and a file that was changed since.
    folder.run("other", &[(IN_MODEL, "\"small\"", "\"large\"")], &[]);
    let message = folder.fails(2, &["diff", "run-a", "run-other"]);
    assert!(message.contains("different models, `small` and `large`"), "{message}");
    fs::write(folder.path("run-a/project/low.toml"), LOW.replace("0.9", "0.7")).expect("a file");
    let message = folder.fails(4, &["diff", "run-a", "run-other"]);
    assert!(message.contains("E0704") && message.contains("low.toml"), "{message}");
}

#[test]
fn a_kept_project_is_run_again_and_replayed_when_its_own_is_gone() {
    let folder = Folder::new();
    folder.run("a", &[RULEBOOK], &[]);
    for path in [
        "mkba.toml",
        "study.toml",
        "low.toml",
        "model/model.toml",
        "model/campus.csv",
        "model/spilled.csv",
        "models/rulebooks/other.toml",
        "models/rulebooks/parts/double-counting.toml",
    ] {
        assert!(folder.path("run-a/project").join(path).is_file(), "{path}");
    }
    fs::remove_dir_all(folder.path("a")).expect("removed");
    let told = folder.done(&["replay", "run-a", "--quiet"]);
    assert!(
        told.contains("from the files that the run kept") && told.contains("the run is identical"),
        "{told}"
    );
    // By default beside the run, which stays as it is.
    folder.done(&[
        "run",
        "run-a/project/study.toml",
        "--quiet",
        "--no-report",
        "--no-figures",
        "--no-spreadsheet",
    ]);
    assert!(folder.path("run-a-again/manifest.json").is_file() && !folder.path("run-a/project/runs").exists());
    let page = folder.done(&["diff", "run-a", "run-a-again"]);
    assert!(page.contains("De runs zijn gelijk"), "{page}");
    // Another project instead, which has changed.
    folder.project("a", &[RULEBOOK, RENT]);
    let output = folder.mkba(&["replay", "run-a", "--project", "a", "--quiet"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("from the project in a") && told.contains("model/model.toml: changed"),
        "{told}"
    );
}

#[test]
fn alternatives_and_scenarios_of_one_run_are_named_and_left_out() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    let added = (
        IN_STUDY,
        "[alternative.much]",
        "[alternative.most]\nmeasures = [\"more\"]\n\n[alternative.much]",
    );
    let gone = (IN_STUDY, "[scenario.high]", "[scenario.highest]");
    folder.run("b", &[added, gone, RENT], &[]);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert!(
        rows.iter()
            .all(|row| row["scenario"] == "low" && row["alternative"] != "most")
    );
    assert_eq!(names_with_influence(&rows), ["parameter.rent"]);
    let page = folder.done(&["diff", "run-a", "run-b", "--lang", "en"]);
    assert!(
        page.contains("Only in A: high") && page.contains("Only in B: most, highest"),
        "{page}"
    );
}

#[test]
fn sobol_draws_have_the_dimensions_of_both_runs() {
    let folder = Folder::new();
    for (name, edits) in [("a", &[][..]), ("b", &[EFFECT, RENT][..])] {
        folder.project(name, edits);
        folder.done(&["lock", &format!("{name}/study.toml")]);
        let (study, out) = (format!("{name}/study.toml"), format!("run-{name}"));
        folder.done(&[
            "run", &study, "--out", &out, "--design", "sobol", "--draws", "1024", "--quiet",
        ]);
        assert!(folder.path(&out).join("project/model/sobol.lock").is_file());
    }
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    let names = names_with_influence(&rows);
    assert!(
        names.contains(&"parameter.rent".to_owned()) && names.contains(&"flow.nuisance".to_owned()),
        "{names:?}"
    );
    assert!(rows.iter().all(|row| row["kind"] != "unexplained"));
}

#[test]
fn what_is_impossible_on_the_way_between_two_possible_runs_is_one_step() {
    // What is under the root, or below the line, of one run with the value of the other.
    let cases = [
        ("\"1\"", "/ (2 - part)", "/ (4 - part)", "\"2\""),
        (
            "\"uniform(0, 1)\"",
            "* sqrt(2 - part)",
            "* sqrt(4 - part)",
            "\"uniform(2.5, 3)\"",
        ),
    ];
    for (value, formula, other_formula, other_value) in cases {
        let folder = Folder::new();
        let edit = |name: &str, value: &str, formula: &str| {
            folder.project(name, &[RENT]);
            let path = format!("{name}/{IN_MODEL}");
            let text = fs::read_to_string(folder.path(&path)).expect("a text");
            let text = text
                .replacen("spilled  =", &format!("part = {{ value = {value} }}\nspilled  ="), 1)
                .replacen("* rent * busyness'", &format!("* rent * busyness {formula}'"), 1);
            folder.write(&path, &text);
            folder.done(&[
                "run",
                &format!("{name}/study.toml"),
                "--out",
                &format!("run-{name}"),
                "--quiet",
            ]);
        };
        edit("a", value, formula);
        edit("b", other_value, other_formula);
        let rows = folder.diff("run-a", "run-b", &[]);
        assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
        assert_eq!(names_with_influence(&rows), ["parameter.part; flow.use"]);
    }
}
