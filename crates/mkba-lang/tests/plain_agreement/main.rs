//! The compiled program computes what the formulas say: every flow, posting, region, balance and indicator of every study of the
//! repository, against an evaluator that only walks the formulas.
mod compare;
mod draws;

use compare::{TOLERANCE, agreement};
use mkba_core::rulebook::Rulebook;
use mkba_lang::project::DiskFiles;
use std::path::Path;

fn rulebook() -> Rulebook {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/rulebooks/nl-2021.toml");
    toml::from_str(&std::fs::read_to_string(path).expect("the rulebook is a file")).expect("the rulebook can be read")
}

fn agrees(study: &str, draws: usize, least_nonzero: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = DiskFiles::new(&root).expect("the project is a folder");
    let found = agreement(&files, study, &rulebook(), draws, 2026);
    println!("{study}: {} numbers, {} not zero, worst {:e}", found.compared, found.nonzero, found.worst);
    let shown = found.faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(found.faults.is_empty(), "{} of {} differ by more than {TOLERANCE:e}:\n{shown}", found.faults.len(), found.compared);
    // Zeros agree too easily.
    assert!(found.nonzero >= least_nonzero, "only {} numbers are not zero", found.nonzero);
}

#[test]
fn the_campus_of_thirty_years_agrees() {
    agrees("scenarios/campus-cba-30.toml", 16, 100);
}

#[test]
fn deworming_agrees() {
    agrees("scenarios/deworming.toml", 16, 100);
}

#[test]
fn the_lake_agrees() {
    agrees("scenarios/lake.toml", 16, 10);
}

#[test]
fn the_knowledge_cities_agree_in_all_alternatives_and_scenarios() {
    agrees("scenarios/city-deal.toml", 3, 10_000);
}
