//! `mkba fmt` keeps the meaning and the comments of a file, is done after one time, and the files of the repository are formatted.
use mkba_core::appraisal::Detail;
use mkba_core::rulebook::Rulebook;
use mkba_lang::compile;
use mkba_lang::diagnostic::Diagnostics;
use mkba_lang::format::{format, is_of_the_language};
use mkba_lang::project::{DiskFiles, Files, MemoryFiles};
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use proptest::prelude::*;
use std::path::Path;

/// Path and text of every TOML file that people read as an example.
fn shipped() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = DiskFiles::new(&root).expect("the project is a folder");
    let mut paths = vec!["mkba.toml".to_owned()];
    for folder in ["models", "scenarios", "templates", "tests/diagnostics"] {
        paths.extend(files.list(folder).expect("a folder"));
    }
    let toml = paths.into_iter().filter(|path| path.ends_with(".toml"));
    toml.filter_map(|path| {
        let text = String::from_utf8(files.read(&path).expect("a file")).ok()?;
        Some((path, text))
    })
    .collect()
}

/// Comments of a file in order of their text.
fn comments(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let source = toml_parser::Source::new(&text);
    let tokens = source
        .lex()
        .filter(|token| token.kind() == toml_parser::lexer::TokenKind::Comment);
    let mut comments: Vec<String> = tokens
        .map(|token| text[token.span().start()..token.span().end()].trim_end().to_owned())
        .collect();
    comments.sort();
    comments
}

/// Headings of declarations in order of writing, as far as each stands on a line of its own.
fn headings(text: &str) -> Vec<String> {
    let table = text.parse::<toml_edit::DocumentMut>().expect("TOML");
    let mut found: Vec<(isize, String)> = Vec::new();
    for (kind, item) in table.iter() {
        for (name, inner) in item.as_table().into_iter().flat_map(|table| table.iter()) {
            if let Some(position) = inner
                .as_table()
                .filter(|it| !it.is_dotted())
                .and_then(toml_edit::Table::position)
            {
                found.push((position, format!("{kind}.{name}")));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, heading)| heading).collect()
}

/// Formats a file and checks all that must hold, if it is TOML.
fn holds(path: &str, text: &str) -> Option<String> {
    let formatted = format(text)?;
    let value = |text: &str| text.replace("\r\n", "\n").parse::<toml::Table>();
    assert_eq!(
        value(&formatted).ok(),
        value(text).ok(),
        "{path} means something else:\n{formatted}"
    );
    assert_eq!(
        comments(&formatted),
        comments(text),
        "{path}: comments of\n{text}\nare not those of\n{formatted}"
    );
    assert_eq!(headings(&formatted), headings(text), "{path}: other order");
    assert_eq!(
        format(&formatted).as_deref(),
        Some(&*formatted),
        "{path} is not done after one time:\n{text}"
    );
    Some(formatted)
}

#[test]
fn every_shipped_file_keeps_its_meaning_and_its_comments() {
    let formatted = shipped()
        .iter()
        .filter(|(path, text)| holds(path, text).is_some())
        .count();
    assert!(formatted > 100, "{formatted}");
}

#[test]
fn models_scenarios_and_studies_of_the_repository_are_formatted() {
    let bless = std::env::var_os("MKBA_BLESS").is_some();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let place = |path: &str| !path.starts_with("tests/") || path.starts_with("tests/diagnostics/base/");
    let ours = |(path, text): &(String, String)| place(path) && is_of_the_language(text);
    let mut wrong = Vec::new();
    for (path, text) in shipped().into_iter().filter(ours) {
        let formatted = format(&text).unwrap_or_else(|| panic!("{path} is no TOML"));
        if formatted != text {
            if bless {
                std::fs::write(root.join(&path), formatted).expect("the file is written");
            }
            wrong.push(path);
        }
    }
    assert!(bless || wrong.is_empty(), "`mkba fmt` changes {wrong:#?}");
}

/// The main study compiles to the same program before and after.
#[test]
fn declarations_are_the_same_before_and_after() {
    let rulebook = include_str!("../../../models/rulebooks/nl-2021.toml");
    let rulebook: Rulebook = toml::from_str(rulebook).expect("a rulebook");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let disk = DiskFiles::new(&root).expect("the project is a folder");
    let project = |change: &dyn Fn(&str) -> String| {
        let mut paths = vec!["mkba.toml".to_owned()];
        paths.extend(disk.list("models").expect("a folder"));
        paths.extend(disk.list("scenarios").expect("a folder"));
        paths.into_iter().fold(MemoryFiles::new(), |files, path| {
            let bytes = disk.read(&path).expect("a file");
            let text = String::from_utf8(bytes).expect("text");
            let text = if path.ends_with(".toml") { change(&text) } else { text };
            files.with(&path, text)
        })
    };
    let shuffled = |text: &str| text.replace(" = ", "=").replace("\n\n", "\n\n\n");
    let compiled = |files: &MemoryFiles, study: &str| {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let declarations = read_study(files, study, &mut sources, &mut diagnostics).expect("a study");
        let compiled = compile(&declarations, &sources, &rulebook, Detail::Full, &mut diagnostics).expect("compiles");
        format!("{:?} {:?} {:?}", compiled.program, compiled.inputs, compiled.catalogue)
    };
    let before = project(&|text| text.to_owned());
    let after = project(&|text| format(&shuffled(text)).unwrap_or_else(|| text.to_owned()));
    for study in [
        "scenarios/city-deal.toml",
        "scenarios/lake.toml",
        "scenarios/campus-cba-30.toml",
    ] {
        assert_eq!(compiled(&before, study), compiled(&after, study), "{study}");
    }
}

/// A line of some file with characters that TOML gives a meaning put in or left out.
fn mutated() -> impl Strategy<Value = String> {
    let files = shipped();
    let change = (
        0usize..1 << 20,
        prop_oneof![
            Just(""),
            Just(" "),
            Just("\n"),
            Just("\n\n"),
            Just("#"),
            Just(" # a comment\n"),
            Just(","),
            Just("."),
            Just("\t"),
            Just("\r\n"),
            Just("["),
            Just("]"),
            Just("'"),
            Just("{ a.b = 1, c = [ 1 ,2 ] }"),
            Just("x.y = 3\n"),
            Just("\n[x.y.z]\n"),
            Just("é"),
            Just("\n[[q]]\n"),
            Just("label = 'L' # l\n"),
        ],
        0usize..4,
    );
    (0..files.len(), proptest::collection::vec(change, 1..6)).prop_map(move |(file, changes)| {
        let mut text = files[file].1.clone();
        for (at, put, out) in changes {
            let at = text.floor_char_boundary(at % (text.len() + 1));
            let end = text.floor_char_boundary((at + out).min(text.len())).max(at);
            text.replace_range(at..end, put);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn every_mutated_file_that_is_toml_keeps_its_meaning_and_its_comments(text in mutated()) {
        holds("mutated", &text);
    }
}
