//! Studies and scenarios: what they give, and one fault in each.
use super::{Outcome, small};
use crate::declarations::{Between, DriverValue, Quantity};
use crate::project::MemoryFiles;

const MODEL: &str = "
[lever.size]
default = 0
combine = 'sum'
[measure.build]
label = 'Build'
set = { size = 1 }
[measure.run]
label = 'Run'
set = { size = 2 }
";
const DRIVER: &str = "
[driver.wage_growth]
unit = '%/year'
[driver.co2_price]
unit = 'EUR/t'
";
const STUDY: &str = "
[study]
model = 'models/small'
baseline = 'nothing'
draws = 100
seed = 7
[scenario.single]
[alternative.nothing]
[alternative.built]
measures = ['build', 'run']
";
const SCENARIO: &str = "
[scenario]
id = 'low'
label = { nl = 'Laag', en = 'Low' }
[defaults.driver]
source = 'book'
[driver]
wage_growth = '1 %/year'
co2_price = { points = { 2050 = '40 EUR/t', 2030 = '20 EUR/t' }, between = 'growth', after = 'constant', confidence = 'low' }
";

fn study(text: &str) -> Outcome {
    Outcome::study(&small(MODEL).with("study.toml", text), "study.toml")
}

fn scenario(text: &str) -> Outcome {
    let study = STUDY
        .replace("seed = 7", "seed = 7\nscenarios = ['scenarios/low.toml']")
        .replace("[scenario.single]\n", "");
    let files = small(&format!("{MODEL}{DRIVER}"))
        .with("study.toml", study)
        .with("scenarios/low.toml", text);
    Outcome::study(&files, "study.toml")
}

#[test]
fn a_study_is_read_with_its_alternatives_in_order() {
    let found = study(STUDY).right();
    let names: Vec<_> = found
        .alternatives
        .iter()
        .map(|alternative| alternative.name.value.as_str())
        .collect();
    assert_eq!(names, ["nothing", "built"]);
    let measures: Vec<_> = found.alternatives[1]
        .measures
        .iter()
        .map(|measure| measure.value.as_str())
        .collect();
    assert_eq!(measures, ["build", "run"]);
    assert_eq!(found.scenarios[0].name.value, "single");
    assert_eq!(
        (found.study.design.value.as_str(), found.study.rulebook.as_str()),
        ("random", "nl-2021")
    );
}

#[test]
fn a_baseline_that_is_only_named_is_added_without_measures() {
    let found = study(&STUDY.replace("[alternative.nothing]\n", "")).right();
    assert_eq!(found.alternatives[0].name.value, "nothing");
    assert!(found.alternatives[0].measures.is_empty());
    assert_eq!(found.alternatives.len(), 2);
}

#[test]
fn a_misspelt_baseline_is_not_added() {
    let outcome = study(&STUDY.replace("baseline = 'nothing'", "baseline = 'nothin'"));
    outcome.only("E0223", &["nothin"]);
}

#[test]
fn an_unknown_or_repeated_measure_is_named() {
    let outcome = study(&STUDY.replace("'run'", "'runn'"));
    assert_eq!(
        outcome.only("E0207", &["runn"]).help.as_deref(),
        Some("did you mean `run`?")
    );
    study(&STUDY.replace("'run'", "'build'")).only("E0010", &["build", "build"]);
    study(&STUDY.replace("measures = ['build', 'run']", "set = { sizes = 3 }")).only("E0206", &["sizes"]);
}

#[test]
fn draws_and_seed_are_whole_numbers() {
    study(&STUDY.replace("draws = 100", "draws = 0")).only("E0015", &["0"]);
    study(&STUDY.replace("seed = 7", "seed = -7")).only("E0013", &["-7"]);
    study(&STUDY.replace("seed = 7", "seed = 7\ndesign = 'sobel'")).only("E0015", &["sobel"]);
}

#[test]
fn a_study_names_a_model_inside_the_project() {
    study(&STUDY.replace("'models/small'", "'../models'")).only("E0008", &["../models"]);
    study(&STUDY.replace("'models/small'", "'models/other'")).only("E0001", &["models/other"]);
    study("[scenario.x]\n").only("E0012", &[]);
    let outcome = study(SCENARIO);
    let fault = outcome.only("E0012", &[]);
    assert!(
        fault
            .help
            .as_ref()
            .is_some_and(|help| help.contains("background scenario"))
    );
    Outcome::study(&MemoryFiles::new(), "study.toml").only("E0001", &[]);
}

#[test]
fn a_study_requires_a_scenario() {
    study(&STUDY.replace("[scenario.single]\n", "")).only("E0012", &["study"]);
}

#[test]
fn own_discount_rates_are_values() {
    let found = study(&format!(
        "{STUDY}[discount]\nstandard = '2.25 %/year'\ntiming = 'mid_year'\n"
    ))
    .right();
    assert!(matches!(found.study.discount["standard"].quantity, Quantity::Fixed(rate) if rate == 2.25));
    assert_eq!(
        found.study.timing.map(|timing| timing.value).as_deref(),
        Some("mid_year")
    );
    study(&format!("{STUDY}[discount]\nclass = '2 %/year'\n")).only("E0011", &["class"]);
    study(&format!("{STUDY}[discount]\nstandard = 'uniform(3, 1) %/year'\n")).only("E0022", &["3", "1"]);
}

#[test]
fn a_scenario_gives_values_and_paths_of_drivers() {
    let found = scenario(SCENARIO).right();
    let low = &found.scenarios[0];
    assert_eq!((low.name.value.as_str(), low.label.nl.as_str()), ("low", "Laag"));
    let names: Vec<_> = low.drivers.iter().map(|(name, _)| name.value.as_str()).collect();
    assert_eq!(names, ["co2_price", "wage_growth"]);
    let DriverValue::Path(path) = &low.drivers[0].1 else {
        panic!("path")
    };
    assert_eq!(
        (path.points.as_slice(), path.between),
        (&[(2030, 20.0), (2050, 40.0)][..], Between::Growth)
    );
    assert_eq!(
        (path.provenance.source.as_str(), path.provenance.confidence.as_str()),
        ("book", "low")
    );
    let DriverValue::Value(value) = &low.drivers[1].1 else {
        panic!("value")
    };
    assert_eq!(value.provenance.source, "book");
}

#[test]
fn a_scenario_may_stand_in_the_study() {
    let inline = STUDY.replace(
        "[scenario.single]\n",
        "[scenario.single.driver]\nwage_growth = { value = '1 %/year', source = 's' }\nco2_price = { value = '9 EUR/t', source = 's' }\n",
    );
    let files = small(&format!("{MODEL}{DRIVER}")).with("study.toml", inline);
    assert_eq!(
        Outcome::study(&files, "study.toml").right().scenarios[0].drivers.len(),
        2
    );
}

#[test]
fn a_driver_that_a_scenario_does_not_give_is_named() {
    let outcome = scenario(&SCENARIO.replace("wage_growth = '1 %/year'\n", ""));
    let fault = outcome.only("E0221", &["low", "wage_growth"]);
    assert_eq!(fault.message, "scenario `low` gives no value of driver `wage_growth`");
}

#[test]
fn a_driver_that_the_model_does_not_have_is_named() {
    let outcome = scenario(&format!("{SCENARIO}wage_groth = '1 %/year'\n"));
    assert_eq!(
        outcome.only("E0222", &["wage_groth"]).help.as_deref(),
        Some("did you mean `wage_growth`?")
    );
}

#[test]
fn a_driver_has_a_source_and_either_a_value_or_points() {
    scenario(
        &SCENARIO
            .replace("source = 'book'", "confidence = 'low'")
            .replace("confidence = 'low' }", "source = 's' }"),
    )
    .only("E0020", &["wage_growth"]);
    scenario(&SCENARIO.replace("between =", "value = '3 EUR/t', between ="))
        .diagnostics
        .list()
        .iter()
        .for_each(|fault| {
            assert_eq!(fault.code, "E0024");
        });
    scenario(&SCENARIO.replace("points = { 2050 = '40 EUR/t', 2030 = '20 EUR/t' }, ", ""))
        .only("E0012", &["co2_price"]);
}

#[test]
fn scenario_files_are_scenarios_and_have_names_of_their_own() {
    scenario("[driver]\n").only("E0012", &["scenarios/low.toml"]);
    scenario(&SCENARIO.replace("id = 'low'", "id = 'Low growth'")).only("E0211", &["Low growth"]);
    let study = STUDY
        .replace("seed = 7", "seed = 7\nscenarios = ['low.toml']")
        .replace("single", "low");
    let files = small(MODEL)
        .with("study.toml", study)
        .with("low.toml", "[scenario]\nid = 'low'\nlabel = 'Low'\n");
    Outcome::study(&files, "study.toml").only("E0010", &["low", "low"]);
}

#[test]
fn a_model_by_itself_has_no_scenarios_and_no_alternatives() {
    let found = Outcome::model(&small(&format!("{MODEL}{DRIVER}")), "models/small").right();
    assert!(found.scenarios.is_empty() && found.alternatives.is_empty());
    assert_eq!(found.drivers.len(), 2);
}

#[test]
fn a_measure_that_no_study_of_its_model_takes_is_told_and_one_of_another_study_is_not() {
    let takes = |measures: &str| STUDY.replace("['build', 'run']", measures);
    let warned = |others: &[(&str, &str)]| -> Vec<String> {
        let files = small(MODEL).with("scenarios/study.toml", takes("[]"));
        let files = others.iter().fold(files, |files, (path, text)| files.with(path, *text));
        let shown = Outcome::study(&files, "scenarios/study.toml").typed().shown();
        let of_measures = shown.into_iter().filter(|(code, _)| *code == "W0103");
        of_measures.map(|(_, name)| name).collect()
    };
    let (of_this, of_another) = (
        takes("['build']"),
        takes("['build']").replace("models/small", "models/large"),
    );
    assert_eq!(warned(&[]), ["build"]);
    assert_eq!(warned(&[("scenarios/other.toml", &of_this)]), ["run"]);
    assert_eq!(warned(&[("scenarios/other.toml", &of_another)]), ["build"]);
    assert_eq!(warned(&[("scenarios/deeper/other.toml", &of_this)]), ["build"]);
    assert_eq!(warned(&[("scenarios/other.toml", "no = [toml")]), ["build"]);
    assert!(warned(&[("scenarios/other.toml", STUDY)]).is_empty());
}
