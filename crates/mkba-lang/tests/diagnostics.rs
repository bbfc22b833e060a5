//! One fault per small project: what is said about each stands beside it, in `tests/diagnostics/<fault>/message.txt`.
//!
//! A project is `tests/diagnostics/base` with the files of the fault laid over it. After a change of messages,
//! `MKBA_BLESS=1 cargo test -p mkba-lang --test diagnostics` rewrites them; the difference is to be read.
use mkba_core::appraisal::Detail;
use mkba_core::rulebook::Rulebook;
use mkba_lang::diagnostic::{Diagnostics, Severity, explain, pages, render, summary_line};
use mkba_lang::project::{Files, MemoryFiles};
use mkba_lang::source::Sources;
use mkba_lang::{compile, read::read_study};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is said about a project.
const MESSAGE: &str = "message.txt";
/// Path of the study, where it is not that of the base.
const STUDY: &str = "study-path.txt";

/// Codes without a project here, and why.
const ELSEWHERE: &[(&str, &str)] = &[
    ("E0004", "raised before a project is open; tested beside `locate`"),
    ("E0405", "raised by the command line, which looks rulebooks up"),
    ("E0503", "takes a model and a study; tested in `tests/method_guards.rs`"),
    ("W0110", "raised by the command line, which looks rulebooks up"),
    ("E0601", "raised while running"),
    ("E0602", "raised while running"),
    ("E0603", "raised by the command line, which reads the lock file"),
    (
        "E0604",
        "raised by the command line, which knows how much memory there is",
    ),
    ("E0701", "raised while writing results"),
    ("E0702", "raised while writing results"),
    ("E0703", "raised while reading results"),
    ("E0704", "raised while reading results"),
    ("E0799", "raised while writing results"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/diagnostics")
}

/// Names of the projects with a fault, in order.
fn faults() -> Vec<String> {
    let entries = fs::read_dir(root()).expect("the folder of projects");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir() && !path.ends_with("base"))
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Files below a folder: path from it, with `/`, and bytes.
fn files_below(folder: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files_below(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push((name, fs::read(entry.path()).expect("a file")));
        }
    }
}

/// The files of a fault, without the message and the path of the study.
fn overlay(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    files_below(&root().join(name), "", &mut files);
    files.retain(|(path, _)| path != MESSAGE && path != STUDY);
    files
}

/// Everything that is said about a project.
struct Said {
    codes: Vec<&'static str>,
    text: String,
    compiled: bool,
}

fn check(name: &str) -> Said {
    let mut base = Vec::new();
    files_below(&root().join("base"), "", &mut base);
    for id in ["nl-2021", "eu-2021"] {
        let path = format!("models/rulebooks/{id}.toml");
        let rulebook = fs::read(root().join("../..").join(&path)).expect("the rulebook");
        base.push((path, rulebook));
    }
    let over = if name == "base" { Vec::new() } else { overlay(name) };
    let files = base.into_iter().chain(over);
    let files = files.fold(MemoryFiles::new(), |files, (path, bytes)| files.with(&path, bytes));
    let study = fs::read_to_string(root().join(name).join(STUDY)).unwrap_or_else(|_| "study.toml".to_owned());

    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let declarations = read_study(&files, study.trim(), &mut sources, &mut diagnostics);
    let compiled = declarations.is_some_and(|declarations| {
        let path = format!("models/rulebooks/{}.toml", declarations.study.rulebook);
        let text = String::from_utf8(files.read(&path).expect("a rulebook")).expect("text");
        let mut rulebook: Rulebook = toml::from_str(&text).expect("a rulebook");
        for name in rulebook.includes.clone() {
            let path = root().join(format!("../../models/rulebooks/parts/{name}.toml"));
            let part = fs::read_to_string(path).expect("a part of a rulebook");
            rulebook.include(toml::from_str(&part).expect("a part of a rulebook"));
        }
        compile(&declarations, &sources, &rulebook, Detail::Full, &mut diagnostics).is_some()
    });
    let list = diagnostics.list();
    assert_eq!(
        compiled,
        !list.iter().any(|found| found.severity == Severity::Error),
        "{name}: {list:#?}"
    );
    Said {
        codes: list.iter().map(|found| found.code).collect(),
        text: format!("{}\n{}\n", render(list, &sources), summary_line(&diagnostics)),
        compiled,
    }
}

#[test]
fn the_project_without_fault_compiles_without_a_word() {
    let said = check("base");
    assert!(said.compiled && said.codes.is_empty(), "{}", said.text);
}

#[test]
fn every_fault_is_reported_as_recorded() {
    let bless = env::var_os("MKBA_BLESS").is_some();
    let mut wrong = String::new();
    for name in faults() {
        let said = check(&name);
        let path = root().join(&name).join(MESSAGE);
        if bless {
            fs::write(&path, &said.text).expect("the message is written");
        }
        let recorded = fs::read_to_string(&path).unwrap_or_default();
        if recorded != said.text {
            wrong += &format!("== {name}, recorded:\n{recorded}\n== {name}, found:\n{}\n", said.text);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_project_has_one_fault_in_one_file_unless_its_name_says_several() {
    let mut wrong = String::new();
    for name in faults() {
        let (files, said) = (overlay(&name).len(), check(&name));
        let (several, other_study) = (name.starts_with("several-"), root().join(&name).join(STUDY).exists());
        let right = if several {
            said.codes.len() > 1
        } else {
            said.codes.len() == 1
        };
        if !right || files != usize::from(!other_study) {
            wrong += &format!("== {name}, {files} files:\n{}", said.text);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_page_and_every_page_a_project_or_a_reason() {
    let raised: BTreeSet<&str> = faults().iter().flat_map(|name| check(name).codes).collect();
    let without: Vec<_> = raised.iter().filter(|code| explain(code).is_none()).collect();
    assert!(without.is_empty(), "without a page: {without:?}");
    let excused = |code: &str| ELSEWHERE.iter().any(|(known, _)| *known == code);
    let lonely = pages().filter(|page| raised.contains(page.code) == excused(page.code));
    let lonely: Vec<&str> = lonely.map(|page| page.code).collect();
    assert!(lonely.is_empty(), "without a project, or excused with one: {lonely:?}");
}

#[test]
fn messages_are_lowercase_fragments_that_address_nobody() {
    for name in faults() {
        let said = check(&name).text;
        for line in said
            .lines()
            .filter(|line| line.starts_with("error[") || line.starts_with("warning["))
        {
            let message = line.split_once(": ").expect("a message").1;
            let first = message.chars().next().expect("a letter");
            assert!(!first.is_uppercase() || message.starts_with("EUR"), "{name}: {line}");
            assert!(!message.ends_with('.'), "{name}: {line}");
        }
        let words: BTreeSet<&str> = said.split(|c: char| !c.is_alphabetic()).collect();
        assert!(
            !words.contains("you") || said.contains("did you mean"),
            "{name}: {said}"
        );
    }
}
