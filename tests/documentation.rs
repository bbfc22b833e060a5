//! The documentation holds together: links lead somewhere, every page is in the book, the glossary says what the program says.
use mkba_lang::kinds::{KINDS, Key, ValueType};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Files with an ending below a folder, from the root of the project. Folders with a dot and those that are built are left out.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            let path = folder.join(&name);
            let hidden = name.to_string_lossy().starts_with('.') || name == "target" || name == "runs";
            if root().join(&path).is_dir() && !hidden {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == ending) {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// The lines of a page outside blocks of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    })
}

/// A line without what stands between backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

/// Where the links of a page lead.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in prose(text) {
        let line = without_code(line);
        for rest in line.split("](").skip(1) {
            if let Some((target, _)) = rest.split_once(')') {
                found.push(target.to_owned());
            }
        }
    }
    found
}

/// What the headings of a page are linked by.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for line in prose(text).filter(|line| line.starts_with('#')) {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let letters = heading
            .chars()
            .filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' '));
        let anchor: String = letters.map(|letter| if letter == ' ' { '-' } else { letter }).collect();
        let again = (1..)
            .map(|number| format!("{anchor}-{number}"))
            .find(|name| !found.contains(name));
        let name = if found.contains(&anchor) {
            again.expect("one is free")
        } else {
            anchor
        };
        found.insert(name);
    }
    found
}

/// A path seen from a file, without `..`.
fn seen_from(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// Whether a text of the report of a study asks for a figure that its runs have: of a known kind, and of an alternative of that study.
fn is_figure_of_a_study(page: &str, figure: &str) -> bool {
    let Some((study, _)) = page.split_once("/report/") else {
        return false;
    };
    let study = read(&format!("{study}.toml"));
    mkba_plot::of_run::kinds().any(|kind| {
        let rest = figure.strip_prefix(kind);
        rest.is_some_and(|rest| {
            rest.is_empty()
                || rest
                    .strip_prefix('-')
                    .is_some_and(|alternative| study.contains(&format!("[alternative.{alternative}]")))
        })
    })
}

fn is_elsewhere(target: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| target.starts_with(start))
}

#[test]
fn every_link_between_files_leads_to_a_file_and_a_heading_that_are_there() {
    let pages = files(".", "md")
        .into_iter()
        .map(|path| path.trim_start_matches("./").to_owned());
    let (mut checked, mut wrong) = (0, Vec::new());
    for page in pages {
        for target in links(&read(&page)).into_iter().filter(|target| !is_elsewhere(target)) {
            checked += 1;
            if let Some(figure) = target.strip_prefix("figure:") {
                if !is_figure_of_a_study(&page, figure) {
                    wrong.push(format!("{page}: {target}"));
                }
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let path = if path.is_empty() {
                page.clone()
            } else {
                seen_from(&page, path)
            };
            let there = root().join(&path).exists();
            let heading =
                anchor.is_empty() || (there && path.ends_with(".md") && anchors(&read(&path)).contains(anchor));
            if !there || !heading {
                wrong.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "links that lead nowhere:\n{}", wrong.join("\n"));
    assert!(checked > 60, "{checked} links");
}

/// Pages of the book, in its order.
fn book() -> Vec<String> {
    let summary = read("docs/SUMMARY.md");
    // A chapter that is still to be written has no page.
    let pages = links(&summary).into_iter().filter(|target| !target.is_empty());
    pages.map(|target| format!("docs/{target}")).collect()
}

#[test]
fn every_page_of_the_documentation_is_in_the_book_once() {
    let book = book();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    book.iter().for_each(|page| *seen.entry(page).or_default() += 1);
    for page in files("docs", "md").iter().filter(|page| *page != "docs/SUMMARY.md") {
        let path = page.trim_start_matches("docs/");
        assert_eq!(
            seen.get(page.as_str()),
            Some(&1),
            "add `- [Title]({path})` to docs/SUMMARY.md"
        );
    }
}

#[test]
fn a_page_of_the_book_links_to_pages_of_the_book_only() {
    let book: BTreeSet<String> = book().into_iter().collect();
    let mut wrong = Vec::new();
    for page in &book {
        for target in links(&read(page))
            .into_iter()
            .filter(|target| !is_elsewhere(target) && !target.starts_with('#'))
        {
            let path = seen_from(page, target.split('#').next().unwrap_or_default());
            if !book.contains(&path) {
                wrong.push(format!("{page}: {target}"));
            }
        }
    }
    let wrong = wrong.join("\n");
    assert!(
        wrong.is_empty(),
        "outside the book, where only a path between backticks can be shown:\n{wrong}"
    );
}

/// Rows of the table under a heading: their cells.
fn rows(text: &str, heading: &str) -> Vec<Vec<String>> {
    let part = text
        .split(&format!("\n## {heading}\n"))
        .nth(1)
        .unwrap_or_else(|| panic!("no heading `{heading}`"));
    let part = part.split("\n## ").next().unwrap_or_default();
    let rows = part
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| English"));
    rows.map(|line| {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    })
    .collect()
}

/// What stands between backticks in the column *written* of the glossary.
fn written() -> Vec<String> {
    let glossary = read("docs/glossary.md");
    let rows = [rows(&glossary, "Words of mkba"), rows(&glossary, "Words of the field")].concat();
    let cells = rows.iter().filter_map(|row| row.get(3));
    cells
        .flat_map(|cell| {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

fn words_of(keys: &[Key], found: &mut BTreeSet<String>) {
    for key in keys {
        found.insert(key.name.to_owned());
        match key.value {
            ValueType::Choice(words) => found.extend(words.iter().map(|word| (*word).to_owned())),
            ValueType::Table(inner) => words_of(inner, found),
            _ => {}
        }
    }
}

/// Words that stand between quotes in the sources of the tables and of the overview: names of columns and rows.
fn columns() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in ["crates/mkba-core/src/tables", "crates/mkba/src/overview"] {
        for path in files(folder, "rs") {
            found.extend(read(&path).split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

#[test]
fn what_the_glossary_says_is_written_is_a_kind_a_key_a_word_or_a_column() {
    let mut known: BTreeSet<String> = KINDS.iter().map(|kind| kind.heading()).collect();
    KINDS.iter().for_each(|kind| words_of(kind.keys, &mut known));
    known.extend(mkba_lang::FUNCTIONS.iter().map(|(name, _)| (*name).to_owned()));
    known.extend(columns());
    let rulebooks = ["nl-2021", "uk-2026"].map(|id| read(&format!("models/rulebooks/{id}.toml")));
    known.extend(
        rulebooks
            .iter()
            .flat_map(|rulebook| rulebook.lines())
            .filter_map(|line| line.split_once('='))
            .map(|(key, _)| key.trim().to_owned()),
    );
    let written = written();
    assert!(written.len() > 60, "{} words", written.len());
    let unknown: Vec<&String> = written.iter().filter(|word| !known.contains(*word)).collect();
    assert!(
        unknown.is_empty(),
        "in the glossary, and nowhere in the program: {unknown:?}"
    );
}

#[test]
fn every_kind_of_declaration_is_in_the_glossary() {
    let written: BTreeSet<String> = written().into_iter().collect();
    let missing: Vec<String> = KINDS
        .iter()
        .map(|kind| kind.heading())
        .filter(|heading| !written.contains(heading))
        .collect();
    assert!(
        missing.is_empty(),
        "not in docs/glossary.md, in the column `written`: {missing:?}"
    );
}

#[test]
fn every_word_of_the_glossary_has_a_dutch_one_or_a_dash() {
    let glossary = read("docs/glossary.md");
    for row in [rows(&glossary, "Words of mkba"), rows(&glossary, "Words of the field")].concat() {
        assert!((3..=4).contains(&row.len()), "{row:?}");
        assert!(!row[0].is_empty() && !row[1].is_empty(), "{row:?}");
    }
    let words: Vec<String> = rows(&glossary, "Words of mkba")
        .into_iter()
        .map(|row| row[0].to_lowercase())
        .collect();
    assert!(words.is_sorted(), "in order of the English word: {words:?}");
}

#[test]
fn the_glossary_has_the_rows_of_the_overview_in_both_languages() {
    let source = read("crates/mkba-report/src/overview/words.rs") + &read("crates/mkba-core/src/words.rs");
    let printed: BTreeSet<(String, String)> = source
        .split("pub const ")
        .skip(1)
        .filter_map(|part| {
            let mut texts = part.split_once(": Word = word(")?.1.split('"').skip(1).step_by(2);
            Some((
                texts.nth(1)?.to_owned(),
                part.split_once(": Word = word(")?.1.split('"').nth(1)?.to_owned(),
            ))
        })
        .collect();
    let listed: BTreeSet<(String, String)> = rows(&read("docs/glossary.md"), "Rows of the overview")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    assert!(printed.len() > 15, "{printed:?}");
    assert_eq!(
        listed, printed,
        "docs/glossary.md, `Rows of the overview`, and crates/mkba-report/src/overview/words.rs"
    );
}

#[test]
fn the_links_and_headings_of_a_page_are_found() {
    let page = "# A `[b.C]` d\n\n[x](y.md#z) and `[no](link)`\n```\n[no](link)\n```\n## Twice\n## Twice\n[e](f.md)\n";
    assert_eq!(links(page), ["y.md#z", "f.md"]);
    assert_eq!(
        anchors(page),
        BTreeSet::from(["a-bc-d", "twice", "twice-1"].map(str::to_owned))
    );
    assert_eq!(seen_from("docs/guide/a.md", "../method/b.md"), "docs/method/b.md");
}
