//! `mkba sweep` as a user meets it: every point has the bytes of a run of it alone, whatever is varied.
#[path = "support/program.rs"]
mod program;

use program::{mkba, succeeds};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const MODEL: &str = include_str!("support/small-model.toml");

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

[alternative.some]
label    = { nl = "Wat", en = "Some" }
measures = ["build"]

[alternative.much]
label    = { nl = "Veel", en = "Much" }
measures = ["build", "more"]
"#;

struct Project {
    folder: TempDir,
}

impl Project {
    fn new(study: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Self { folder };
        project.write("mkba.toml", "[project]\nname = \"small\"\nlanguage = 1\n");
        project.write("model/model.toml", MODEL);
        project.write("model/campus.csv", "campus\neast\nwest\n");
        project.write("study.toml", study);
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

    fn mkba(&self, arguments: &[&str]) -> Output {
        mkba(self.folder.path(), arguments)
    }

    /// Runs a command that must succeed.
    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        succeeds(self.folder.path(), arguments)
    }
}

type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// The row of a sweep against the files of a run of the point alone: text against text, so bit against bit.
#[track_caller]
fn assert_same(row: &Row, run: &Path) {
    let overview = rows(&run.join("overview.csv"));
    let of = |flow: &str| {
        let is_it = |it: &&Row| {
            it["scenario"] == row["scenario"] && it["alternative"] == row["alternative"] && it["flow"] == flow
        };
        overview.iter().find(is_it).expect("a row of the run").clone()
    };
    for scope in ["", "_without_separate"] {
        let balance = of(&format!("balance{scope}"));
        for number in ["mean", "se", "p05", "p50", "p95"] {
            let column = format!("npv{scope}_{number}_eur");
            assert_eq!(
                row[&column],
                balance[&format!("pv_{number}_eur")],
                "{column} of {row:?}"
            );
        }
        assert_eq!(
            row[&format!("bcr{scope}")],
            of(&format!("bcr{scope}"))["ratio"],
            "{row:?}"
        );
    }
    let convergence = rows(&run.join("convergence.csv"));
    let is_it = |it: &&Row| it["scenario"] == row["scenario"] && it["alternative"] == row["alternative"];
    let last = convergence.iter().rfind(is_it).expect("a row of the run");
    assert_eq!(row["ranking_probability"], last["ranking_probability"], "{row:?}");
}

/// Sweeps, then runs each point alone with its value written into the files, and compares everything. `alone` makes the files of the
/// point with this number.
#[track_caller]
fn assert_points_are_runs(axes: &str, draws: &str, alone: &[&[(&str, &str, &str)]]) {
    let project = Project::new(&format!("{STUDY}\n{axes}"));
    project.write("models/rulebooks/other.toml", &rulebook());
    project.done(&["sweep", "study.toml", "--draws", draws, "--out", "swept", "--quiet"]);
    let swept = rows(&project.path("swept/sweep.csv"));
    assert_eq!(swept.len(), alone.len() * 4, "two scenarios and two alternatives");
    for (number, changes) in alone.iter().enumerate() {
        let project = Project::new(STUDY);
        project.write("models/rulebooks/other.toml", &rulebook());
        for (path, from, to) in *changes {
            let text = fs::read_to_string(project.path(path)).expect("a file");
            assert!(text.contains(from), "{from} in {path}");
            project.write(path, &text.replacen(from, to, 1));
        }
        project.done(&["run", "study.toml", "--draws", draws, "--out", "alone", "--quiet"]);
        let of_point: Vec<&Row> = swept
            .iter()
            .filter(|row| row["point"] == (number + 1).to_string())
            .collect();
        assert_eq!(of_point.len(), 4);
        for row in of_point {
            assert_same(row, &project.path("alone"));
        }
    }
}

/// Another rulebook: that of the program with other rates.
fn rulebook() -> String {
    let shipped = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/rulebooks/nl-2021.toml"));
    let text = shipped.expect("the rulebook");
    assert!(text.contains("\"nl-2021\""));
    text.replacen("\"nl-2021\"", "\"other\"", 1).replace("2.25", "3.75")
}

const IN_MODEL: &str = "model/model.toml";

#[test]
fn a_point_of_a_grid_over_parameters_is_a_run_of_it_alone() {
    // `upkeep` alone still moves with nothing; the two others go on moving together.
    let loose = (
        IN_MODEL,
        r#"members    = ["price", "rent", "upkeep"]"#,
        r#"members    = ["price", "rent"]"#,
    );
    let pair = (IN_MODEL, r#", ["rent", "upkeep", 0.3]]"#, "]");
    let certain = (IN_MODEL, "normal(30, sd = 3) EUR/m2/year", "25 EUR/m2/year");
    let uncertain = (
        IN_MODEL,
        "normal(30, sd = 3) EUR/m2/year",
        "uniform(20, 45) EUR/m2/year",
    );
    let slow = (IN_MODEL, "triangular(1, 2, 4) year", "3.5 year");
    let quick = (IN_MODEL, "triangular(1, 2, 4) year", "0 year");
    assert_points_are_runs(
        r#"
[axis.upkeep]
varies = "parameter.upkeep"
values = ["25 EUR/m2/year", "uniform(20, 45) EUR/m2/year"]

[axis.delay]
varies = "parameter.delay"
values = { from = "0 year", to = "3.5 year", steps = 1 }
"#,
        "1500",
        &[
            &[loose, pair, certain, quick],
            &[loose, pair, certain, slow],
            &[uncertain, quick],
            &[uncertain, slow],
        ],
    );
}

#[test]
fn a_point_of_a_list_over_measures_levers_rates_and_rulebooks_is_a_run_of_it_alone() {
    let study = "study.toml";
    assert_points_are_runs(
        r#"
[sweep]
points = "list"

[axis.more]
varies = "measure.more"
values = ["in", "out"]

[axis.start]
varies = "measure.build.start"
values = [2026, 2028]

[axis.size]
varies = "measure.build.set.planned"
values = ["700 m2/year", "1000 m2/year + 100 m2/year"]

[axis.everywhere]
varies = "alternative.some.set.planned"
values = ["10 m2/year", "20 m2/year"]

[axis.rate]
varies = "discount.sunk"
values = ["1 %/year", "triangular(1, 2, 4) %/year"]

[axis.rules]
varies = "study.rulebook"
values = ["other", "nl-2021"]
"#,
        "200",
        &[
            &[
                (IN_MODEL, "start = 2027", "start = 2026"),
                (IN_MODEL, "planned = '1000 m2/year'", "planned = '700 m2/year'"),
                (
                    study,
                    r#"measures = ["build"]"#,
                    "measures = [\"build\"]\nset = { planned = '10 m2/year' }",
                ),
                (
                    study,
                    "[scenario.low]",
                    "[discount]\nsunk = \"1 %/year\"\n[scenario.low]",
                ),
                (study, "seed     = 3", "seed     = 3\nrulebook = \"other\""),
            ],
            &[
                (IN_MODEL, "start = 2027", "start = 2028"),
                (
                    IN_MODEL,
                    "planned = '1000 m2/year'",
                    "planned = '1000 m2/year + 100 m2/year'",
                ),
                (
                    study,
                    r#"measures = ["build"]"#,
                    "measures = [\"build\"]\nset = { planned = '20 m2/year' }",
                ),
                (study, r#"["build", "more"]"#, r#"["build"]"#),
                (
                    study,
                    "[scenario.low]",
                    "[discount]\nsunk = \"triangular(1, 2, 4) %/year\"\n[scenario.low]",
                ),
            ],
        ],
    );
}

#[test]
fn the_points_of_a_large_sweep_have_the_quantiles_of_large_runs() {
    assert_points_are_runs(
        "[axis.rent]\nvaries = \"parameter.rent\"\nvalues = [\"uniform(150, 250) EUR/m2/year\", \"uniform(180, 280) EUR/m2/year\"]\n",
        "70000",
        &[&[], &[(IN_MODEL, "uniform(150, 250)", "uniform(180, 280)")]],
    );
}

#[test]
fn a_latin_hypercube_has_its_own_errors_in_a_sweep_too() {
    let study = STUDY.replace("seed     = 3", "seed     = 3\ndesign   = \"latin_hypercube\"");
    let axes = "[axis.delay]\nvaries = \"parameter.delay\"\nvalues = [\"1 year\", \"triangular(1, 2, 4) year\"]\n";
    let project = Project::new(&format!("{study}\n{axes}"));
    project.done(&["sweep", "study.toml", "--draws", "9000", "--out", "swept", "--quiet"]);
    let alone = Project::new(&study);
    alone.done(&["run", "study.toml", "--draws", "9000", "--out", "alone", "--quiet"]);
    let swept = rows(&project.path("swept/sweep.csv"));
    for row in swept.iter().filter(|row| row["point"] == "2") {
        assert_same(row, &alone.path("alone"));
    }
}

const TWO_AXES: &str = r#"
[axis.delay]
varies = "parameter.delay"
values = { from = "0 year", to = "4 year", steps = 8 }

[axis.rent]
label  = { nl = "Huur", en = "Rent" }
varies = "parameter.rent"
values = { from = "50 EUR/m2/year", to = "400 EUR/m2/year", steps = 7 }
"#;

#[test]
fn a_sweep_has_the_same_bytes_for_any_number_of_threads() {
    let project = Project::new(&format!("{STUDY}\n{TWO_AXES}"));
    for (threads, out) in [("1", "one"), ("2", "two"), ("5", "five")] {
        project.done(&[
            "sweep",
            "study.toml",
            "--draws",
            "300",
            "--threads",
            threads,
            "--out",
            out,
            "--quiet",
        ]);
    }
    for file in ["sweep.csv", "sweep.parquet", "break-even.csv", "sweep.json"] {
        let [one, two, five] =
            ["one", "two", "five"].map(|out| fs::read(project.path(out).join(file)).expect("a file"));
        assert!(!one.is_empty() && one == two && one == five, "{file}");
    }
}

#[test]
fn a_balance_that_is_linear_breaks_even_where_two_runs_say_it_does() {
    let project = Project::new(&format!("{STUDY}\n{TWO_AXES}"));
    let page = project.done(&[
        "sweep",
        "study.toml",
        "--draws",
        "300",
        "--out",
        "swept",
        "--lang",
        "en",
    ]);
    assert!(page.contains("72 points, each with the same 300 draws"), "{page}");
    assert!(
        page.contains("Rent (parameter.rent): 50 EUR/m2/year … 400 EUR/m2/year (8 values)"),
        "{page}"
    );
    let swept = rows(&project.path("swept/sweep.csv"));
    let of = |point: &str| {
        let is_it = |row: &&Row| row["point"] == point && row["scenario"] == "low" && row["alternative"] == "much";
        let row = swept.iter().find(is_it).expect("a row");
        (
            row["rent"].parse::<f64>().expect("a number"),
            row["npv_mean_eur"].parse::<f64>().expect("a number"),
        )
    };
    // The mean balance is linear in the rent, so the line through the first and the last point is zero where all say so.
    let ((first, low), (last, high)) = (of("1"), of("8"));
    let expected = first + (last - first) * low / (low - high);
    let even = rows(&project.path("swept/break-even.csv"));
    let is_it = |row: &&Row| {
        row["scenario"] == "low"
            && row["alternative"] == "much"
            && row["balance"] == "npv"
            && row["axis"] == "rent"
            && row["delay"] == "0 year"
    };
    let found = even.iter().find(is_it).expect("a row");
    let value: f64 = found["value"].parse().expect("a number");
    assert!((value / expected - 1.0).abs() < 1e-9, "{value} and {expected}");
    assert_eq!(found["direction"], "rises");
    assert_eq!(found["rent"], "");
}

#[test]
fn a_value_that_cannot_be_is_told_with_the_axis_before_anything_is_evaluated() {
    let axis = "[axis.delay]\nvaries = \"parameter.delay\"\nvalues = [\"1 year\", \"-1 year\"]\n";
    let project = Project::new(&format!("{STUDY}\n{axis}"));
    let output = project.mkba(&["sweep", "study.toml", "--out", "swept"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("E0227") && said.contains("with `delay` = -1 year"),
        "{said}"
    );
    assert!(!project.path("swept").exists());
    let checked = project.mkba(&["check", "study.toml"]);
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert_eq!(checked.status.code(), Some(1), "{said}");
    assert!(said.contains("with `delay` = -1 year"), "{said}");
}

#[test]
fn a_draw_that_is_no_number_is_told_with_its_point() {
    let axis = "[axis.spilled]\nvaries = \"parameter.spilled\"\nvalues = [\"1 %\", \"2 %\", \"3 %\"]\n";
    let project = Project::new(&format!("{STUDY}\n{axis}"));
    let model = MODEL.replace("spilled * sum(", "ln(spilled - 1.5 %) * sum(");
    project.write(IN_MODEL, &model);
    let output = project.mkba(&["sweep", "study.toml", "--draws", "100", "--out", "swept"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.contains("E0601") && said.contains("with `spilled` = 1 %"),
        "{said}"
    );
}

#[test]
fn a_study_without_axes_and_one_with_too_many_points_are_refused() {
    let project = Project::new(STUDY);
    let output = project.mkba(&["sweep", "study.toml"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("E0241") && said.contains("nothing to sweep"), "{said}");
    let many = TWO_AXES
        .replace("steps = 8", "steps = 9000")
        .replace("steps = 7", "steps = 9000");
    let project = Project::new(&format!("{STUDY}\n{many}"));
    let output = project.mkba(&["sweep", "study.toml", "--max-memory", "2GB"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("E0604") && said.contains("81018001"), "{said}");
}

#[test]
fn a_sweep_replaces_an_earlier_one_only_when_asked() {
    let project = Project::new(&format!("{STUDY}\n{TWO_AXES}"));
    project.done(&["sweep", "study.toml", "--draws", "20", "--quiet"]);
    assert!(project.path("runs/study/manifest.json").exists());
    let output = project.mkba(&["sweep", "study.toml", "--draws", "20", "--quiet"]);
    assert_eq!(output.status.code(), Some(4));
    project.done(&["sweep", "study.toml", "--draws", "20", "--quiet", "--overwrite"]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_sweep_leaves_nothing_behind() {
    let project = Project::new(&format!("{STUDY}\n{TWO_AXES}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
    let child = command
        .current_dir(project.folder.path())
        .args(["sweep", "study.toml", "--draws", "2000000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while !project.path("runs").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(signal.expect("kill").success());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(
        output.status.code(),
        Some(130),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(fs::read_dir(project.path("runs")).expect("a folder").count(), 0);
}

#[test]
fn the_shipped_sweeps_are_right_and_one_of_them_has_two_hundred_points() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut most = 0;
    for name in ["discount", "displacement", "gates", "ramp-up"] {
        let out = tempfile::tempdir().expect("a folder");
        let output = Command::new(env!("CARGO_BIN_EXE_mkba"))
            .current_dir(root)
            .args([
                "sweep",
                &format!("scenarios/sweep-{name}.toml"),
                "--draws",
                "16",
                "--out",
            ])
            .arg(out.path().join("swept"))
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let page = String::from_utf8_lossy(&output.stdout);
        assert!(!page.contains("geen enkel saldo"), "{page}");
        let swept = rows(&out.path().join("swept/sweep.csv"));
        most = most.max(
            swept
                .iter()
                .map(|row| row["point"].parse().unwrap_or(0))
                .max()
                .unwrap_or(0),
        );
    }
    assert_eq!(most, 200);
}

#[test]
fn an_axis_that_changes_no_balance_is_told() {
    let axes = "[axis.price]\nvaries = \"parameter.price\"\nvalues = [\"2500 EUR/m2\", \"3000 EUR/m2\"]\n\
                [axis.other]\nvaries = \"discount.nonlinear\"\nvalues = [\"1 %/year\", \"2 %/year\"]\n";
    let project = Project::new(&format!("{STUDY}\n{axes}"));
    let page = project.done(&["sweep", "study.toml", "--draws", "16", "--lang", "en"]);
    let line = |axis: &str| page.lines().find(|line| line.contains(axis)).unwrap_or_default();
    assert!(
        line("discount.nonlinear").ends_with("changes no balance at all"),
        "{page}"
    );
    assert!(line("parameter.price").ends_with("3000 EUR/m2"), "{page}");
}
