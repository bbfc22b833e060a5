//! `mkba diff` as a user meets it: every step is the difference of two runs, and all steps add up.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A model with data, a driver, a stock, a lag, a gate, parameters that move together, a lever and two measures.
const MODEL: &str = r#"
[model]
language   = 1
id         = "small"
label      = { nl = "Klein", en = "Small" }
price_year = 2025
base_year  = 2026
years      = { first = 2026, last = 2045 }

[unit]
m2 = {}

[index.campus]
from    = "campus.csv"
key     = "campus"
columns = { share = "1" }

[party.treasury]
label = { nl = "Rijk", en = "Treasury" }
role  = "treasury"
vat   = "exempt"

[party.companies]
label = { nl = "Bedrijven", en = "Companies" }
vat   = "recovers"

[driver.busyness]
unit = "1"

[lever.planned]
default = '0 m2/year'
combine = "sum"
over    = ["campus"]

[measure.build]
label = { nl = "Bouwen", en = "Build" }
start = 2027
until = 2030
set   = { planned = '1000 m2/year * share' }

[measure.more]
label = { nl = "Meer", en = "More" }
start = 2029
until = 2031
set   = { planned = '500 m2/year' }

[defaults.parameter]
assumption = "value of a test"

[parameter]
price    = { value = "triangular(2000, 3000, 4500) EUR/m2" }
rent     = { value = "uniform(150, 250) EUR/m2/year" }
upkeep   = { value = "normal(30, sd = 3) EUR/m2/year" }
delay    = { value = "triangular(1, 2, 4) year" }
capacity = { value = "triangular(600, 1200, 2400) m2/year" }
occupied = { value = "beta(17, 3)", over = ["campus"], draws = "each" }
spilled  = { value = 'empirical("spilled.csv", share)' }

[dependence.prices]
members    = ["price", "rent", "upkeep"]
pairs      = [["price", "rent", 0.6], ["rent", "upkeep", 0.3]]
assumption = "value of a test"

[gate.building]
label    = { nl = "Bouwcapaciteit", en = "Building capacity" }
wanted   = 'planned'
capacity = 'capacity'
unserved = "waits"

[stock.space]
unit    = "m2"
initial = '0 m2'
adds    = 'building.granted'

[flow.construction]
label   = { nl = "Bouw", en = "Construction" }
kind    = "cost"
effect  = "investment"
formula = 'sum(building.granted over campus) * price'
tax     = { vat = "21 %" }
paid_by = "companies"

[flow.upkeep_cost]
label   = { nl = "Onderhoud", en = "Upkeep" }
kind    = "cost"
effect  = "upkeep"
formula = 'sum(space over campus) * upkeep'
discount = "sunk"
paid_by = "companies"

[flow.use]
label      = { nl = "Gebruik", en = "Use" }
kind       = "benefit"
effect     = "direct"
formula    = 'sum(lagged(space, delay, before = 0 m2) * occupied over campus) * rent * busyness'
accrues_to = "companies"

[flow.spillover]
label      = { nl = "Uitstraling", en = "Spillover" }
kind       = "benefit"
effect     = "external"
headline   = "separate"
formula    = 'spilled * sum(lagged(space, delay, before = 0 m2) over campus) * 2000 EUR/m2/year'
accrues_to = "companies"
"#;

const STUDY: &str = r#"
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

const LOW: &str = r#"
[scenario]
id    = "low"
label = { nl = "Laag", en = "Low" }

[driver]
busyness = { value = 0.9, assumption = "value of a test" }
"#;

/// Text in a file, and what takes its place.
type Edit = (&'static str, &'static str, &'static str);

const IN_MODEL: &str = "model/model.toml";
const IN_STUDY: &str = "study.toml";
const RENT: Edit = (IN_MODEL, "uniform(150, 250) EUR", "uniform(170, 260) EUR");
const UPKEEP: Edit = (IN_MODEL, "normal(30, sd = 3)", "gamma(shape = 4, scale = 8)");
const FORMULA: Edit = (
    IN_MODEL,
    "sum(space over campus) * upkeep",
    "sum(space over campus) * upkeep * 1.2",
);
const RULEBOOK: Edit = (IN_STUDY, "seed  ", "rulebook = \"other\"\nseed  ");
const SEED: Edit = (IN_STUDY, "= 3\n", "= 4\n");
/// An effect with a parameter of its own, in front of another.
const EFFECT: Edit = (
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

struct Folder {
    folder: TempDir,
}

impl Folder {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The small project with changes, in a folder of this name.
    #[track_caller]
    fn project(&self, name: &str, edits: &[Edit]) {
        let files = [
            ("mkba.toml", "[project]\nname = \"small\"\nlanguage = 1\n".to_owned()),
            (IN_MODEL, MODEL.to_owned()),
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

    fn mkba(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .stdin(Stdio::null());
        command.output().expect("the program starts")
    }

    /// Runs a command that must succeed.
    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.mkba(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs a command that must fail with this code, and gives its message.
    #[track_caller]
    fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.mkba(arguments);
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{message}");
        message
    }

    /// Runs the small project with changes; the run has the name of the project, with `run-` before it.
    #[track_caller]
    fn run(&self, name: &str, edits: &[Edit], options: &[&str]) {
        self.project(name, edits);
        let (study, out) = (format!("{name}/study.toml"), format!("run-{name}"));
        let mut arguments = vec!["run", &study, "--out", &out, "--quiet", "--no-report", "--no-figures"];
        arguments.extend(["--no-spreadsheet"]);
        arguments.extend(options);
        self.done(&arguments);
    }

    /// Compares two runs, and gives the rows of the table of balances.
    #[track_caller]
    fn diff(&self, a: &str, b: &str, options: &[&str]) -> Vec<Row> {
        let mut arguments = vec!["diff", a, b, "--format", "csv", "--quiet"];
        arguments.extend(options);
        let text = self.done(&arguments);
        csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .map(|row| row.expect("a row"))
            .collect()
    }
}

type Row = BTreeMap<String, String>;

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().expect("a number")
}

/// Mean balances of a run by scenario and alternative: with all effects, and without those that are kept separate.
fn balances(run: &Path) -> BTreeMap<(String, String), [f64; 2]> {
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
fn rulebook() -> String {
    let shipped = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/rulebooks/nl-2021.toml"));
    let text = shipped.expect("the rulebook");
    assert!(text.contains("\"nl-2021\"") && text.contains("= 0.0225"));
    text.replacen("\"nl-2021\"", "\"other\"", 1)
        .replacen("= 0.0225", "= 0.031", 1)
}

/// All steps of every case add up to the difference of the published balances, whose first and last bits are those of the runs.
#[track_caller]
fn assert_adds_up(rows: &[Row], a: &Path, b: &Path) {
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
fn names_with_influence(rows: &[Row]) -> Vec<String> {
    let mut names: Vec<(usize, String)> = rows
        .iter()
        .filter(|row| number(row, "change_mean_eur") != 0.0 || number(row, "interaction_mean_eur") != 0.0)
        .map(|row| (number(row, "step") as usize, row["name"].clone()))
        .collect();
    names.sort();
    names.dedup();
    names.into_iter().map(|(_, name)| name).collect()
}

/// A change alone is one step, which is the difference of two runs bit by bit, and leaves nothing unexplained.
#[track_caller]
fn assert_is_one_step(name: &str, edits: &[Edit], options: &[&str]) {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    folder.run("b", edits, options);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    assert_eq!(names_with_influence(&rows), [name]);
    let (a, b) = (balances(&folder.path("run-a")), balances(&folder.path("run-b")));
    for row in rows.iter().filter(|row| row["name"] == name) {
        let case = (row["scenario"].clone(), row["alternative"].clone());
        assert_eq!(number(row, "change_mean_eur"), b[&case][0] - a[&case][0], "{row:?}");
        assert_eq!(number(row, "interaction_mean_eur"), 0.0);
        assert_eq!(
            number(row, "change_without_separate_mean_eur"),
            b[&case][1] - a[&case][1],
            "{row:?}"
        );
    }
}

#[test]
fn a_changed_parameter_is_the_difference_of_two_runs() {
    assert_is_one_step("parameter.rent", &[RENT], &[]);
}

#[test]
fn a_changed_distribution_is_the_difference_of_two_runs() {
    assert_is_one_step("parameter.upkeep", &[UPKEEP], &[]);
}

#[test]
fn a_changed_formula_is_the_difference_of_two_runs() {
    assert_is_one_step("flow.upkeep_cost", &[FORMULA], &[]);
}

#[test]
fn another_rulebook_is_the_difference_of_two_runs() {
    assert_is_one_step("rulebook.rate", &[RULEBOOK], &[]);
    assert_is_one_step("rulebook.rate", &[], &["--rulebook", "other"]);
}

#[test]
fn other_draws_are_the_difference_of_two_runs() {
    assert_is_one_step("draws", &[SEED], &[]);
    assert_is_one_step("draws", &[], &["--draws", "1300"]);
    assert_is_one_step("draws", &[], &["--design", "latin_hypercube"]);
}

#[test]
fn another_reading_of_the_gates_is_the_difference_of_two_runs() {
    assert_is_one_step("study.gates", &[], &["--gates", "off"]);
}

#[test]
fn an_added_effect_with_its_parameter_is_the_difference_of_two_runs() {
    assert_is_one_step("flow.nuisance", &[EFFECT], &[]);
}

#[test]
fn data_scenarios_levers_rates_dependences_and_years_are_steps() {
    let csv = ("model/campus.csv", "west,0.8", "west,0.9");
    assert_is_one_step("index.campus", &[csv], &[]);
    assert_is_one_step("parameter.spilled", &[("model/spilled.csv", "0.06", "0.09")], &[]);
    assert_is_one_step("scenario.low.driver.busyness", &[("low.toml", "0.9", "0.8")], &[]);
    assert_is_one_step("scenario.high.driver.busyness", &[(IN_STUDY, "1.2", "1.3")], &[]);
    let rate = (
        IN_STUDY,
        "[scenario.high]",
        "[discount]\nsunk = \"1 %/year\"\nassumption = \"test\"\n\n[scenario.high]",
    );
    assert_is_one_step("discount", &[rate], &[]);
    assert_is_one_step("dependence.prices", &[(IN_MODEL, "0.6]", "-0.2]")], &[]);
    assert_is_one_step("model", &[(IN_MODEL, "last = 2045", "last = 2050")], &[]);
    assert_is_one_step(
        "index.campus",
        &[("model/campus.csv", "west,0.8", "west,0.8\nsouth,0.5")],
        &[],
    );
    assert_is_one_step(
        "alternative.much",
        &[(IN_STUDY, "[\"build\", \"more\"]", "[\"more\"]")],
        &[],
    );
    assert_is_one_step("gate.building", &[(IN_MODEL, "= \"waits\"", "= \"lost\"")], &[]);
}

const ALL: &[Edit] = &[RENT, UPKEEP, FORMULA, RULEBOOK, SEED, EFFECT];

#[test]
fn everything_together_adds_up_to_the_last_bits_of_two_published_balances() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    folder.run("b", ALL, &[]);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    let expected = [
        "draws",
        "rulebook.rate",
        "parameter.rent",
        "parameter.upkeep",
        "flow.nuisance",
        "flow.upkeep_cost",
    ];
    assert_eq!(names_with_influence(&rows), expected);
    assert!(rows.iter().all(|row| row["kind"] != "unexplained"), "nothing is left");
    // Back again, all steps have the other sign: the two orders change places.
    let back = folder.diff("run-b", "run-a", &[]);
    for row in rows.iter().filter(|row| expected.contains(&row["name"].as_str())) {
        let is_it = |it: &&Row| {
            ["scenario", "alternative", "name"]
                .iter()
                .all(|key| it[*key] == row[*key])
        };
        let other = back.iter().find(is_it).expect("the same step");
        let (there, again) = (number(row, "change_mean_eur"), number(other, "change_mean_eur"));
        assert!((there + again).abs() <= there.abs() * 1e-9 + 1e-6, "{row:?} {other:?}");
    }
    // Threads change nothing.
    assert_eq!(rows, folder.diff("run-a", "run-b", &["--threads", "1"]));
}

#[test]
fn what_is_gone_is_a_step_and_its_names_are_without_influence() {
    let folder = Folder::new();
    folder.run("a", &[EFFECT], &[]);
    folder.run("b", &[], &[]);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    assert_eq!(names_with_influence(&rows), ["flow.nuisance"]);
    let page = folder.done(&["diff", "run-a", "run-b", "--lang", "en", "--alternative", "some"]);
    assert!(
        page.contains("flow.nuisance (gone)") && page.contains("parameter.noise (gone)"),
        "{page}"
    );
    assert!(
        page.contains("without influence on these balances: 2 parameter.noise"),
        "{page}"
    );
    assert!(!page.contains("Much"), "{page}");
}

/// A model without uncertainty or discounting: the balance of a year is size times price.
const LINEAR: &[Edit] = &[
    (
        IN_MODEL,
        "formula = 'sum(building.granted over campus) * price'",
        "formula = 'size * worth'",
    ),
    (IN_MODEL, "tax     = { vat = \"21 %\" }\n", ""),
    (
        IN_MODEL,
        "value = \"triangular(2000, 3000, 4500) EUR/m2\"",
        "value = \"2000 EUR/m2\"",
    ),
    (
        IN_MODEL,
        "[flow.upkeep_cost]",
        "[variable.size]\nunit = \"m2/year\"\nformula = 'sum(planned over campus)'\n\n[variable.worth]\nunit = \"EUR/m2\"\nformula = 'price'\n\n[flow.upkeep_cost]",
    ),
    (IN_MODEL, "* upkeep'", "* upkeep * 0'"),
    (IN_MODEL, "* busyness'", "* busyness * 0'"),
    (IN_MODEL, "formula    = 'spilled *", "formula    = '0 * spilled *"),
    (
        IN_MODEL,
        "members    = [\"price\", \"rent\", \"upkeep\"]",
        "members    = [\"rent\", \"upkeep\"]",
    ),
    (IN_MODEL, "[\"price\", \"rent\", 0.6], ", ""),
    (
        IN_STUDY,
        "[scenario.high]",
        "[discount]\nstandard = \"0 %/year\"\nassumption = \"test\"\n\n[scenario.high]",
    ),
];

#[test]
fn two_factors_of_a_product_share_what_they_change_together() {
    // East 1000 m2 a year and west 800, in the four years from 2027 on: 7 200 m2 at 2 000 EUR cost 14.4 MEUR; 50 % more of both cost 32.4.
    let folder = Folder::new();
    folder.run("a", LINEAR, &[]);
    let mut edits = LINEAR.to_vec();
    edits.push((IN_MODEL, "\"2000 EUR/m2\"", "\"3000 EUR/m2\""));
    edits.push((IN_MODEL, "'1000 m2/year * share'", "'1500 m2/year * share'"));
    folder.run("b", &edits, &[]);
    let rows = folder.diff("run-a", "run-b", &["--alternative", "some", "--scenario", "low"]);
    let told: Vec<(&str, f64, f64, f64)> = rows
        .iter()
        .map(|row| {
            let of = |column: &str| (number(row, column) / 1e3).round() / 1e3;
            (
                row["name"].as_str(),
                of("change_mean_eur"),
                of("interaction_mean_eur"),
                of("balance_mean_eur"),
            )
        })
        .collect();
    // Large changes are drawn between the balances.
    let drawn = [
        "diff",
        "run-a",
        "run-b",
        "--alternative",
        "some",
        "--out",
        "why",
        "--quiet",
    ];
    folder.done(&drawn);
    let mut bars = csv::Reader::from_path(folder.path("why/waterfall-some.csv")).expect("a table");
    let bars: Vec<Row> = bars.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(
        (bars[0]["step"].as_str(), bars[3]["step"].as_str()),
        ("balance_a", "balance_b")
    );
    assert_eq!(number(&bars[3], "pv_mean_eur").round(), -32.4e6);
    // Price first: 7.2, then size: 10.8. Size first: 7.2, then price: 10.8. Both are 9 in the mean, 1.8 less or more.
    assert_eq!(
        told,
        [
            ("", 0.0, 0.0, -14.4),
            ("parameter.price", -9.0, 1.8, -23.4),
            ("measure.build", -9.0, -1.8, -32.4),
            ("", 0.0, 0.0, -32.4),
        ]
    );
}

#[test]
fn what_cannot_be_computed_alone_is_one_step_with_what_it_needs() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    // The unit of the rent and the formula with it, and beside them, in between in the order, what has nothing to do with it.
    let per_month = (IN_MODEL, "uniform(150, 250) EUR/m2/year", "uniform(12, 21) EUR/m2");
    let formula = (IN_MODEL, "* rent * busyness", "* rent * busyness * 12 / 1 year");
    let alone = (IN_MODEL, "triangular(600, 1200, 2400)", "triangular(600, 1300, 2500)");
    folder.run("b", &[per_month, formula, alone, UPKEEP, FORMULA], &[]);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    assert_eq!(
        names_with_influence(&rows),
        [
            "parameter.capacity",
            "parameter.rent; flow.use",
            "parameter.upkeep",
            "flow.upkeep_cost"
        ]
    );
    assert!(rows.iter().any(|row| row["kind"] == "several"));
}

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
    let line = 1 + MODEL
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
