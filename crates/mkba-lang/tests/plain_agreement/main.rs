//! The compiled program computes what the formulas say: every flow, posting, region, balance and indicator of every study of the
//! repository and of many random models, against an evaluator that only walks the formulas.
mod compare;
mod draws;
mod random_model;

use compare::{TOLERANCE, agreement};
use mkba_core::rulebook::Rulebook;
use mkba_lang::project::{DiskFiles, MemoryFiles};
use std::path::Path;

fn rulebook() -> Rulebook {
    rulebook_named("nl-2021")
}

fn rulebook_named(id: &str) -> Rulebook {
    let path = format!("../../models/rulebooks/{id}.toml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    toml::from_str(&std::fs::read_to_string(path).expect("the rulebook is a file")).expect("the rulebook can be read")
}

fn agrees(study: &str, draws: usize, least_nonzero: usize) {
    agrees_under(&rulebook(), study, draws, least_nonzero);
}

fn agrees_under(rulebook: &Rulebook, study: &str, draws: usize, least_nonzero: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = DiskFiles::new(&root).expect("the project is a folder");
    let found = agreement(&files, study, rulebook, draws, 2026, 0.0);
    let shown = found.faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(
        found.faults.is_empty(),
        "{} of {} differ by more than {TOLERANCE:e}:\n{shown}",
        found.faults.len(),
        found.compared
    );
    // Zeros agree too easily.
    assert!(
        found.nonzero >= least_nonzero,
        "only {} numbers are not zero",
        found.nonzero
    );
}

#[test]
fn the_campus_of_thirty_years_agrees() {
    agrees("scenarios/campus-cba-30.toml", 16, 5_000);
}

#[test]
fn deworming_agrees() {
    agrees("scenarios/deworming.toml", 16, 1_000);
}

#[test]
fn the_lake_agrees() {
    agrees("scenarios/lake.toml", 16, 10_000);
}

#[test]
fn the_tour_agrees_which_has_a_divided_gain_and_a_gain_of_some_years() {
    agrees("scenarios/tour.toml", 16, 1_000);
}

#[test]
fn the_knowledge_cities_agree_in_all_alternatives_and_scenarios() {
    agrees("scenarios/city-deal.toml", 3, 50_000);
}

/// Schedules of rates, the horizon, the other unit of account and the Union: the knowledge cities under each other rulebook, and under one
/// with the schedule of the one and the unit of account of the other.
#[test]
fn the_knowledge_cities_agree_under_every_rulebook() {
    for id in ["nl-2016", "eu-2021", "uk-2026"] {
        agrees_under(&rulebook_named(id), "scenarios/city-deal.toml", 1, 10_000);
    }
    let mut mixed = rulebook_named("uk-2026");
    mixed.prices = rulebook_named("eu-2021").prices;
    mixed.timing = mkba_core::finance::Timing::MidYear;
    agrees_under(&mixed, "scenarios/city-deal.toml", 1, 10_000);
}

/// Two variables that take one formula from the defaults: one over no index set, one over provinces.
fn shared_formula(formula: &str) -> MemoryFiles {
    let model = format!(
        "
        [model]
        language = 1
        id = 'defaults'
        label = 'Defaults'
        price_year = 2025
        base_year = 2025
        years = {{ first = 2026, last = 2035 }}
        [unit.m2]
        [index.province]
        from = 'provinces.csv'
        key = 'id'
        [index.campus]
        from = 'campuses.csv'
        key = 'id'
        within = {{ province = 'province' }}
        columns = {{ size = 'm2' }}
        [party.town]
        label = 'Town'
        [lever.built]
        default = '0'
        combine = 'sum'
        [defaults.variable]
        unit = 'm2'
        formula = '{formula}'
        [variable]
        stood = {{ formula = 'size * built * elapsed / 1 year' }}
        everywhere = {{}}
        by_province = {{ over = ['province'] }}
        [flow.rent]
        kind = 'cost'
        formula = '(everywhere + 3 * sum(by_province * by_province over province) / 1 m2) * 1 EUR/m2/year'
        paid_by = 'town'
        "
    );
    let study = "
        [study]
        model = 'models/defaults'
        baseline = 'nothing'
        draws = 1
        seed = 1
        [scenario.only]
        [alternative.nothing]
        [alternative.built]
        set = { built = '1' }
    ";
    MemoryFiles::new()
        .with("study.toml", study)
        .with("models/defaults/model.toml", model)
        .with("models/defaults/provinces.csv", "id\nnorth\nsouth\n")
        .with(
            "models/defaults/campuses.csv",
            "id,province,size\na,north,10\nb,south,20\nc,south,40\n",
        )
}

fn formula_agrees(formula: &str) {
    let found = agreement(&shared_formula(formula), "study.toml", &rulebook(), 1, 1, 0.0);
    assert!(
        found.faults.is_empty() && found.nonzero > 10,
        "{formula}: {} numbers, {:#?}",
        found.nonzero,
        found.faults
    );
}

/// A formula of `[defaults]` stands in one place and is a different value in each declaration that takes it.
#[test]
fn a_formula_that_several_declarations_take_from_the_defaults_is_computed_for_each() {
    formula_agrees("previous(sum(stood over campus), first = 0 m2)");
    formula_agrees("lagged(sum(stood over campus), 2.5 year, before = 0 m2)");
    formula_agrees("lagged(sum(stood over campus), 0.5 year, before = 0 m2)");
    formula_agrees("cumulative(sum(stood over campus)) / 1 year");
}

/// No more years are remembered than the model has.
#[test]
fn a_lag_beyond_all_years_of_the_model_gives_the_value_before_the_first() {
    formula_agrees("sum(stood over campus) + lagged(sum(stood over campus), 4_000_000_000_000 year, before = 3 m2)");
    formula_agrees("sum(stood over campus) + lagged(sum(stood over campus), 10 year, before = 3 m2)");
    formula_agrees("sum(stood over campus) + lagged(sum(stood over campus), 9.5 year, before = 3 m2)");
}

/// Values stay below some tens, so 100 is the size that rounding is measured against.
#[test]
fn random_models_agree() {
    let count: u64 = std::env::var("MKBA_RANDOM_MODELS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(200);
    let first: u64 = std::env::var("MKBA_FIRST_MODEL")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    let rulebook = rulebook();
    let (mut worst, mut compared): (f64, usize) = (0.0, 0);
    for seed in first..first + count {
        let (files, text) = random_model::project(seed);
        let run = || agreement(&files, "study.toml", &rulebook, 8, seed, 100.0);
        let Ok(found) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) else {
            panic!("random model {seed} could not be compared:\n{text}");
        };
        let shown = found.faults.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
        assert!(
            found.faults.is_empty(),
            "random model {seed}: {} differ:\n{shown}\n{text}",
            found.faults.len()
        );
        worst = worst.max(found.worst);
        compared += found.nonzero;
    }
    println!("{count} random models: {compared} numbers that are not zero, worst {worst:e}");
}
