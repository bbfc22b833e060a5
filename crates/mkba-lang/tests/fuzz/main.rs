//! Mutated projects through reading, binding and typing: none may panic or hang, and what fails says why.
//!
//! Case n of a run is the same on every machine. `MKBA_FUZZ=1000000 cargo test --release -p mkba-lang --test fuzz -- --nocapture` runs a
//! million; `MKBA_FUZZ_CASE=17` runs case 17 alone and prints its files. What was found once lies in `tests/fuzz/`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a long run says how far it is and what it found"
)]
mod corpus;
mod mutate;

use corpus::{Corpus, Project};
use mkba_lang::diagnostic::{Diagnostics, render, to_json};
use mkba_lang::format::format;
use mkba_lang::project::MemoryFiles;
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mutate::{Random, mutate};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Cases in an ordinary run of the tests.
const CASES: u64 = 3_000;
/// No case may take longer. On an idle machine the slowest take some hundredths of a second.
const LIMIT: Duration = Duration::from_secs(20);

/// Reads, binds and types a project, and prints what is said about it.
fn survive(project: &Project, study: &str) {
    let files = project.iter().fold(MemoryFiles::new(), |files, (path, bytes)| {
        files.with(path, bytes.clone())
    });
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let declarations = read_study(&files, study, &mut sources, &mut diagnostics);
    let right = declarations.is_some_and(|it| mkba_lang::check(&it, &sources, &mut diagnostics));
    assert_ne!(
        right,
        diagnostics.has_errors(),
        "refused without a word, or accepted with an error"
    );
    for label in diagnostics.list().iter().flat_map(|fault| &fault.labels) {
        let text = &sources.file(label.span.file).text;
        assert!(
            text.get(label.span.range()).is_some(),
            "a label lies outside its file: {label:?}"
        );
    }
}

/// The same with its messages printed in both ways and its files formatted.
fn survive_in_full(project: &Project, study: &str) {
    survive(project, study);
    let files = project.iter().fold(MemoryFiles::new(), |files, (path, bytes)| {
        files.with(path, bytes.clone())
    });
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    if let Some(declarations) = read_study(&files, study, &mut sources, &mut diagnostics) {
        mkba_lang::check(&declarations, &sources, &mut diagnostics);
    }
    assert_eq!(
        render(diagnostics.list(), &sources).is_empty(),
        diagnostics.list().is_empty()
    );
    assert!(to_json(diagnostics.list(), &sources).starts_with('['));
    for (path, bytes) in project.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let Some(once) = std::str::from_utf8(bytes).ok().and_then(format) else {
            continue;
        };
        assert_eq!(
            format(&once).as_deref(),
            Some(&*once),
            "{path} is not formatted at once"
        );
    }
}

/// The files of a case and the study to read.
fn case(corpus: &Corpus, number: u64) -> (Project, String) {
    let mut random = Random::new(number);
    let (mut project, study) = corpus.project(&mut random);
    for _ in 0..=random.below(2) {
        let paths: Vec<&String> = project.keys().filter(|path| corpus::is_text(path)).collect();
        let path = paths[random.below(paths.len())].clone();
        let bytes = project.get_mut(&path).expect("the path is one of the project");
        for _ in 0..=random.below(4) {
            mutate(bytes, corpus, &mut random);
        }
    }
    (project, study)
}

fn show(project: &Project, corpus: &Corpus) {
    for (path, bytes) in project {
        if !corpus.has(path, bytes) {
            println!("== {path}\n{}", String::from_utf8_lossy(bytes));
        }
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Ends the test when one case takes too long: a hang cannot be caught from inside.
fn watch(current: &Arc<AtomicU64>, done: &Arc<AtomicU64>) {
    let (current, done) = (Arc::clone(current), Arc::clone(done));
    std::thread::spawn(move || {
        let mut seen = (u64::MAX, Instant::now());
        while done.load(Ordering::Relaxed) == 0 {
            let case = current.load(Ordering::Relaxed);
            if case != seen.0 {
                seen = (case, Instant::now());
            } else if seen.1.elapsed() > LIMIT {
                eprintln!("case {case} takes more than {LIMIT:?}: MKBA_FUZZ_CASE={case} runs it alone");
                std::process::exit(99);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    });
}

#[test]
fn mutated_projects_are_read_or_refused_without_panic_and_in_time() {
    let corpus = Corpus::load();
    if let Some(alone) = number("MKBA_FUZZ_CASE") {
        let (project, study) = case(&corpus, alone);
        show(&project, &corpus);
        survive_in_full(&project, &study);
        return;
    }
    let (first, count) = (
        number("MKBA_FUZZ_FIRST").unwrap_or(0),
        number("MKBA_FUZZ").unwrap_or(CASES),
    );
    let (current, done) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    watch(&current, &done);
    let begin = Instant::now();
    let (mut slowest, mut failed) = ((Duration::ZERO, 0), Vec::new());
    for number in first..first + count {
        current.store(number, Ordering::Relaxed);
        let start = Instant::now();
        let (project, study) = case(&corpus, number);
        let attempt = || {
            if number % 8 == 0 {
                survive_in_full(&project, &study);
            } else {
                survive(&project, &study);
            }
        };
        if catch_unwind(AssertUnwindSafe(attempt)).is_err() {
            eprintln!("case {number} failed: MKBA_FUZZ_CASE={number} runs it alone");
            failed.push(number);
            if failed.len() >= 20 {
                break;
            }
        }
        slowest = slowest.max((start.elapsed(), number));
        if number % 100_000 == 99_999 {
            println!(
                "{} cases after {:.0?}, slowest {slowest:?}",
                number + 1 - first,
                begin.elapsed()
            );
        }
    }
    done.store(1, Ordering::Relaxed);
    println!(
        "{count} cases in {:.1?}, slowest {slowest:?}, failed {failed:?}",
        begin.elapsed()
    );
    assert!(failed.is_empty(), "failed: {failed:?}");
}

#[test]
fn past_finds_are_survived() {
    let corpus = Corpus::load();
    assert!(!corpus.finds.is_empty());
    for (name, text) in &corpus.finds {
        let (mut project, study) = corpus.small();
        project.insert("models/campus/effects/find.toml".to_owned(), text.clone().into_bytes());
        let start = Instant::now();
        survive_in_full(&project, &study);
        assert!(start.elapsed() < LIMIT, "{name}");
    }
}

#[test]
fn a_case_is_the_same_again_and_cases_differ() {
    let corpus = Corpus::load();
    assert_eq!(case(&corpus, 5), case(&corpus, 5));
    assert_ne!(case(&corpus, 5), case(&corpus, 6));
}
