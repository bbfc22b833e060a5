//! A small project, its runs, and what a comparison of two of them says.
use crate::program::{mkba, succeeds};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// The small model with data, a driver and an empirical distribution too.
pub fn model() -> String {
    let edits = [
        (
            "from = \"campus.csv\"\nkey  = \"campus\"",
            "from = \"campus.csv\"\nkey  = \"campus\"\ncolumns = { share = \"1\" }",
        ),
        ("[lever.planned]", "[driver.busyness]\nunit = \"1\"\n\n[lever.planned]"),
        ("planned = '1000 m2/year'", "planned = '1000 m2/year * share'"),
        ("\"triangular(1, 5, 9) %\"", "'empirical(\"spilled.csv\", share)'"),
        ("over campus) * rent'", "over campus) * rent * busyness'"),
    ];
    let small = include_str!("../support/small-model.toml").to_owned();
    edits.into_iter().fold(small, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

pub const STUDY: &str = r#"
[study]
label     = { nl = "Kleine studie", en = "Small study" }
model     = "model"
scenarios = ["low.toml"]
baseline  = "none"
draws     = 1100
seed      = 3

[scenario.high]
label  = { nl = "Hoog", en = "High" }
driver = { busyness = { value = 1.2, assumption = "value of a test" } }

[alternative.some]
label    = { nl = "Wat", en = "Some" }
measures = ["build"]

[alternative.much]
label    = { nl = "Veel", en = "Much" }
measures = ["build", "more"]
"#;

pub const LOW: &str = r#"
[scenario]
id    = "low"
label = { nl = "Laag", en = "Low" }

[driver]
busyness = { value = 0.9, assumption = "value of a test" }
"#;

/// Text in a file, and what takes its place.
pub type Edit = (&'static str, &'static str, &'static str);

pub const IN_MODEL: &str = "model/model.toml";
pub const IN_STUDY: &str = "study.toml";
pub const RENT: Edit = (IN_MODEL, "uniform(150, 250) EUR", "uniform(170, 260) EUR");
pub const UPKEEP: Edit = (IN_MODEL, "normal(30, sd = 3)", "gamma(shape = 4, scale = 8)");
pub const FORMULA: Edit = (
    IN_MODEL,
    "sum(space over campus) * upkeep",
    "sum(space over campus) * upkeep * 1.2",
);
pub const RULEBOOK: Edit = (IN_STUDY, "seed  ", "rulebook = \"other\"\nseed  ");
pub const SEED: Edit = (IN_STUDY, "= 3\n", "= 4\n");
/// An effect with a parameter of its own, in front of another.
pub const EFFECT: Edit = (
    IN_MODEL,
    "[flow.spillover]",
    r#"[parameter.noise]
label = { nl = "Lawaai", en = "Noise" }
value = "uniform(1, 3) EUR/m2/year"
assumption = "value of a test"

[flow.nuisance]
label   = { nl = "Hinder", en = "Nuisance" }
kind    = "cost"
effect  = "other"
formula = 'sum(space over campus) * noise'
paid_by = "companies"

[flow.spillover]"#,
);

pub struct Folder {
    folder: TempDir,
}

impl Folder {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The small project with changes, in a folder of this name.
    #[track_caller]
    pub fn project(&self, name: &str, edits: &[Edit]) {
        let files = [
            ("mkba.toml", "[project]\nname = \"small\"\nlanguage = 1\n".to_owned()),
            (IN_MODEL, model()),
            ("model/campus.csv", "campus,share\neast,1\nwest,0.8\n".to_owned()),
            ("model/spilled.csv", "share\n0.02\n0.05\n0.06\n".to_owned()),
            (IN_STUDY, STUDY.to_owned()),
            ("low.toml", LOW.to_owned()),
            ("models/rulebooks/other.toml", rulebook()),
        ];
        for (path, mut text) in files {
            for (_, from, to) in edits.iter().filter(|(file, ..)| *file == path) {
                assert!(text.contains(from), "{from} in {path}");
                text = text.replacen(from, to, 1);
            }
            self.write(&format!("{name}/{path}"), &text);
        }
    }

    pub fn mkba(&self, arguments: &[&str]) -> Output {
        mkba(self.folder.path(), arguments)
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        succeeds(self.folder.path(), arguments)
    }

    /// Runs a command that must fail with this code, and gives its message.
    #[track_caller]
    pub fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.mkba(arguments);
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{message}");
        message
    }

    /// Runs the small project with changes; the run has the name of the project, with `run-` before it.
    #[track_caller]
    pub fn run(&self, name: &str, edits: &[Edit], options: &[&str]) {
        self.project(name, edits);
        let (study, out) = (format!("{name}/study.toml"), format!("run-{name}"));
        let mut arguments = vec!["run", &study, "--out", &out, "--quiet", "--no-report", "--no-figures"];
        arguments.extend(["--no-spreadsheet"]);
        arguments.extend(options);
        self.done(&arguments);
    }

    /// Compares two runs, and gives the rows of the table of balances.
    #[track_caller]
    pub fn diff(&self, a: &str, b: &str, options: &[&str]) -> Vec<Row> {
        let mut arguments = vec!["diff", a, b, "--format", "csv", "--quiet"];
        arguments.extend(options);
        let text = self.done(&arguments);
        csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .map(|row| row.expect("a row"))
            .collect()
    }
}

pub type Row = BTreeMap<String, String>;

pub fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().expect("a number")
}

/// Mean balances of a run by scenario and alternative: with all effects, and without those that are kept separate.
pub fn balances(run: &Path) -> BTreeMap<(String, String), [f64; 2]> {
    let mut found: BTreeMap<(String, String), [f64; 2]> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(run.join("overview.csv")).expect("a table");
    for row in reader.deserialize() {
        let row: Row = row.expect("a row");
        let place = match row["flow"].as_str() {
            "balance" => 0,
            "balance_without_separate" => 1,
            _ => continue,
        };
        let case = (row["scenario"].clone(), row["alternative"].clone());
        found.entry(case).or_default()[place] = number(&row, "pv_mean_eur");
    }
    found
}

/// Another rulebook: that of the program with another rate.
pub fn rulebook() -> String {
    let shipped = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/rulebooks/nl-2021.toml"));
    let text = shipped.expect("the rulebook");
    assert!(text.contains("\"nl-2021\"") && text.contains("= 0.0225"));
    text.replacen("\"nl-2021\"", "\"other\"", 1)
        .replacen("= 0.0225", "= 0.031", 1)
}

/// All steps of every case add up to the difference of the published balances, whose first and last bits are those of the runs.
#[track_caller]
pub fn assert_adds_up(rows: &[Row], a: &Path, b: &Path) {
    let (a, b) = (balances(a), balances(b));
    assert_eq!(a.len(), b.len());
    for (case, before) in &a {
        let of_case: Vec<&Row> = rows
            .iter()
            .filter(|row| (&row["scenario"], &row["alternative"]) == (&case.0, &case.1))
            .collect();
        for (place, scope) in ["", "_without_separate"].into_iter().enumerate() {
            let balance = |row: &Row| number(row, &format!("balance{scope}_mean_eur"));
            let (first, last) = (of_case[0], of_case[of_case.len() - 1]);
            assert_eq!(
                (first["kind"].as_str(), last["kind"].as_str()),
                ("balance_a", "balance_b")
            );
            assert_eq!(balance(first), before[place]);
            assert_eq!(balance(last), b[case][place]);
            let changes = of_case
                .iter()
                .map(|row| number(row, &format!("change{scope}_mean_eur")));
            let (sum, whole) = (changes.sum::<f64>(), b[case][place] - before[place]);
            let greatest = before[place].abs().max(b[case][place].abs());
            assert!(
                (sum - whole).abs() <= greatest * 1e-12,
                "{sum} is not {whole} in {case:?}{scope}"
            );
        }
    }
}

/// Steps that change something in some case, by name.
pub fn names_with_influence(rows: &[Row]) -> Vec<String> {
    let mut names: Vec<(usize, String)> = rows
        .iter()
        .filter(|row| number(row, "change_mean_eur") != 0.0 || number(row, "interaction_mean_eur") != 0.0)
        .map(|row| (number(row, "step") as usize, row["name"].clone()))
        .collect();
    names.sort();
    names.dedup();
    names.into_iter().map(|(_, name)| name).collect()
}

/// One of each sort.
pub const ALL: &[Edit] = &[RENT, UPKEEP, FORMULA, RULEBOOK, SEED, EFFECT];
