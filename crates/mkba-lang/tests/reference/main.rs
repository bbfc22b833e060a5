//! The page `docs/guide/reference.md`, made from the table of kinds and what else the language knows, and its examples, which are checked.
//!
//! After a change of the language, `MKBA_BLESS=1 cargo test --release -p mkba-lang` writes the page anew; the difference is to be read.
mod page;
mod words;

use mkba_lang::diagnostic::{Diagnostics, Severity};
use mkba_lang::project::MemoryFiles;
use mkba_lang::read::{distributions, read_study};
use mkba_lang::source::Sources;
use mkba_lang::unit::built_in;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_committed_page_is_that_of_the_language() {
    let path = root().join("docs/guide/reference.md");
    let text = page::page();
    if env::var_os("MKBA_BLESS").is_some() {
        fs::write(&path, &text).expect("the page is written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "{} is not current: run `MKBA_BLESS=1 cargo test --release -p mkba-lang` and read the difference",
        path.display()
    );
}

/// Faults of the tour of the language with a further file.
fn faults(further: &str) -> Vec<String> {
    let mut files = MemoryFiles::new().with("models/teaching/tour/further.toml", further);
    let folders = ["models/teaching/tour", "models/teaching/tour/data"];
    let entries = folders.iter().flat_map(|folder| {
        let entries = fs::read_dir(root().join(folder)).expect("the tour");
        entries.map(move |entry| format!("{folder}/{}", entry.expect("an entry").file_name().to_string_lossy()))
    });
    let others = ["mkba.toml", "scenarios/tour.toml", "scenarios/tour-low.toml"].map(str::to_owned);
    for path in entries.chain(others) {
        if let Ok(text) = fs::read_to_string(root().join(&path)) {
            files = files.with(&path, text);
        }
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    if let Some(read) = read_study(&files, "scenarios/tour.toml", &mut sources, &mut diagnostics) {
        mkba_lang::check(&read, &sources, &mut diagnostics);
    }
    let errors = diagnostics
        .list()
        .iter()
        .filter(|found| found.severity == Severity::Error);
    errors
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect()
}

#[test]
fn every_example_of_a_formula_and_a_value_is_right_in_the_tour() {
    let mut further = String::new();
    for (number, words::Function(_, formula, unit, _)) in words::FUNCTIONS.iter().chain(words::BUILT_IN).enumerate() {
        further += &format!("[variable.example_{number}]\nformula = '{formula}'\nunit = '{unit}'\n");
    }
    for (number, words::Distribution(_, value, _)) in words::DISTRIBUTIONS.iter().enumerate() {
        further += &format!("[parameter.value_{number}]\nvalue = '{value}'\nassumption = 'example'\n");
    }
    assert_eq!(faults(&further), Vec::<String>::new());
    assert!(
        !faults(&further.replace("sqrt(rent_index)", "sqrt(space)")).is_empty(),
        "faults are seen"
    );
}

#[test]
fn every_function_distribution_and_unit_is_described_and_nothing_else() {
    fn same<'n>(what: &str, known: impl Iterator<Item = &'n str>, described: impl Iterator<Item = &'n str>) {
        let (known, described): (BTreeSet<_>, BTreeSet<_>) = (known.collect(), described.collect());
        let missing: Vec<_> = known.difference(&described).collect();
        let unknown: Vec<_> = described.difference(&known).collect();
        assert!(
            missing.is_empty(),
            "{what} without a line in tests/reference/words.rs: {missing:?}"
        );
        assert!(
            unknown.is_empty(),
            "{what} that the language does not know: {unknown:?}"
        );
    }
    let names = mkba_lang::FUNCTIONS.iter().map(|(name, _)| *name);
    same("functions", names, words::FUNCTIONS.iter().map(|function| function.0));
    same(
        "distributions",
        distributions(),
        words::DISTRIBUTIONS.iter().map(|distribution| distribution.0),
    );
    same(
        "units",
        built_in().map(|(name, _)| name),
        words::UNITS.iter().map(|(name, _)| *name),
    );
    for words::Function(name, example, ..) in words::FUNCTIONS.iter().chain(words::BUILT_IN) {
        assert!(example.contains(name), "{name}");
    }
    for words::Distribution(name, example, _) in words::DISTRIBUTIONS {
        assert!(example.starts_with(name), "{name}");
    }
}
