//! The schemas in `schemas/` are those of the table of kinds, accept every file that ships, and refuse faults as the reader does.
//!
//! After a change of the table, `MKBA_BLESS=1 cargo test --release -p mkba-lang` writes them anew; the difference is to be read.
mod agreement;
mod validator;

use mkba_lang::kinds::{KINDS, Kind, Place};
use mkba_lang::schema::{FileKind, examples, schema, schema_text};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use validator::faults;

/// Keys that the tour of the language does not use, because they stand in for others or belong to a file it has already.
const NOT_IN_THE_TOUR: [(&str, &str); 2] = [("driver", "deflator"), ("driver", "basis")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The value of a TOML text as a schema sees it; dates are text.
fn json(text: &str) -> Value {
    fn of(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::from(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(flag) => Value::from(flag),
            toml::Value::Datetime(date) => Value::from(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(of).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, of(value))).collect(),
        }
    }
    of(toml::Value::Table(toml::from_str(text).expect("TOML")))
}

/// The kind of a file, by what it holds.
fn kind_of(value: &Value) -> FileKind {
    let has = |key: &str| value.get(key).is_some();
    if has("project") {
        FileKind::Project
    } else if has("study") {
        FileKind::Study
    } else if has("scenario") {
        FileKind::Scenario
    } else if has("default_discount_class") {
        FileKind::Rulebook
    } else if has("part") {
        FileKind::RulebookPart
    } else {
        FileKind::Model
    }
}

/// What the schema of its kind says of a text; the schema of any file has to accept and refuse the same.
fn judged(text: &str) -> Vec<String> {
    let value = json(text);
    let found = faults(&schema(kind_of(&value)), &value);
    let any = faults(&schema(FileKind::Any), &value);
    assert_eq!(
        found.is_empty(),
        any.is_empty(),
        "of its kind: {found:?}, as any file: {any:?}\n{text}"
    );
    found
}

/// TOML files below a folder, or the file itself.
fn toml_files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        entries.iter().for_each(|entry| toml_files(entry, found));
    } else if path.extension().is_some_and(|end| end == "toml") {
        found.push(path.to_owned());
    }
}

#[test]
fn the_committed_schemas_are_those_of_the_table_of_kinds() {
    let bless = env::var_os("MKBA_BLESS").is_some();
    for kind in FileKind::ALL {
        let path = root().join("schemas").join(kind.file_name());
        let text = schema_text(kind);
        if bless {
            fs::write(&path, &text).expect("the schema is written");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{} is not current: run `MKBA_BLESS=1 cargo test --release -p mkba-lang` and read the difference",
            path.display()
        );
    }
}

/// TOML files that are not of the language: of the tools that build and check the project, and the accounts of `mkba grex`.
const OF_TOOLS: [&str; 9] = [
    "exploitation.toml",
    "Cargo.toml",
    "clippy.toml",
    "rustfmt.toml",
    "deny.toml",
    "book.toml",
    ".taplo.toml",
    "rust-toolchain.toml",
    "nextest.toml",
];

#[test]
fn every_shipped_file_fits_the_schema_of_its_kind() {
    let mut files = Vec::new();
    for entry in fs::read_dir(root()).expect("the project") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // Files of tests have faults on purpose, save for the project that they start from.
        if !name.starts_with('.') && !["target", "tests", "runs"].contains(&name.as_str()) {
            toml_files(&path, &mut files);
        }
    }
    toml_files(&root().join("tests/diagnostics/base"), &mut files);
    files.retain(|path| {
        let name = path.file_name().expect("a name").to_string_lossy();
        !OF_TOOLS.contains(&&*name) && !path.components().any(|part| part.as_os_str() == "corpus")
    });
    assert!(files.len() > 40, "{} files", files.len());
    let mut wrong = String::new();
    for path in files {
        let found = judged(&fs::read_to_string(&path).expect("a text"));
        if !found.is_empty() {
            wrong += &format!("{}: {found:#?}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_file_in_the_guide_that_is_followed_fits_the_schema_of_its_kind() {
    let mut pages: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                pages.push(path);
            }
        }
    }
    let mut blocks = 0;
    for page in pages {
        let text = fs::read_to_string(&page).expect("a text");
        // Pages that nobody follows may show files with faults.
        if !["from the start", "after "]
            .iter()
            .any(|how| text.contains(&format!("<!-- follow: {how}")))
        {
            continue;
        }
        for block in text.split("\n```toml\n").skip(1) {
            let block = block.split("\n```").next().expect("a block ends");
            // A block that names its file is a whole file or whole declarations; others may be parts of one.
            if block.starts_with("# file: ") || block.starts_with("# in: ") {
                let found = judged(block);
                assert!(found.is_empty(), "{}: {found:#?}\n{block}", page.display());
                blocks += 1;
            }
        }
    }
    assert!(blocks >= 8, "{blocks} blocks");
}

#[test]
fn the_tour_of_the_language_has_every_kind_and_key() {
    let tour = |kind: &Kind| examples(kind).concat();
    for kind in KINDS {
        assert!(
            !examples(kind).is_empty(),
            "`{}` of {} is not in models/teaching/tour",
            kind.heading(),
            kind.place.name()
        );
        for key in kind.keys {
            let properties = schema(file_kind(kind.place));
            let pointer = format!(
                "/definitions/{}.{}/properties/{}/examples",
                place_word(kind.place),
                kind.name,
                key.name
            );
            let there = properties.pointer(&pointer).is_some();
            let excused = kind.place == Place::Scenario && NOT_IN_THE_TOUR.contains(&(kind.name, key.name));
            assert!(
                there != excused,
                "use `{}` of `{}` in models/teaching/tour, or say in NOT_IN_THE_TOUR why not:\n{}",
                key.name,
                kind.heading(),
                tour(kind)
            );
        }
    }
}

fn file_kind(place: Place) -> FileKind {
    match place {
        Place::Project => FileKind::Project,
        Place::Model => FileKind::Model,
        Place::Study => FileKind::Study,
        Place::Scenario => FileKind::Scenario,
    }
}

fn place_word(place: Place) -> &'static str {
    file_kind(place).name()
}

#[test]
fn faults_of_the_usual_sort_are_refused_where_they_stand() {
    for (text, place) in [
        (
            "[flow.rent]\nkind = 'cost'\nformula = 'x'\npayed_by = 'a'\n",
            "/flow/rent/payed_by",
        ),
        ("[flow.rent]\nkind = 'costs'\nformula = 'x'\n", "/flow/rent/kind"),
        ("[flow.rent]\nkind = 'cost'\n", "/flow/rent` lacks \"formula\""),
        ("[flow.Rent]\nkind = 'cost'\nformula = 'x'\n", "/flow/Rent"),
        ("[flow.rent]\nkind = 'cost'\nformula = ['x']\n", "/flow/rent/formula"),
        (
            "[flow.rent]\nkind = 'cost'\nformula = 'x'\ntax = { vat = '21 %', base = 'market' }\n",
            "/flow/rent/tax/base",
        ),
        ("[flows.rent]\nkind = 'cost'\nformula = 'x'\n", "/flows"),
        ("[defaults.flow]\npilar = 'hardware'\n", "/defaults/flow/pilar"),
        (
            "[defaults.flow]\nkind = 'cost'\n[flow.rent]\nlabel = 'Rent'\n",
            "/flow/rent` lacks \"formula\"",
        ),
        ("[stock.space]\nunit = 'm2'\ninitial = 0\n", "/stock/space"),
        ("[variable.two-words]\nunit = '1'\nformula = 1\n", "/variable/two-words"),
        (
            "[series.price]\nunit = '1'\npoints = { soon = 1 }\n",
            "/series/price/points/soon",
        ),
        ("[party.a]\nlabel = { de = 'A' }\n", "/party/a/label/de"),
        ("[parameter.a]\nvalue = 1\nmin = '0'\n", "/parameter/a/min"),
        ("[measure.a]\nlabel = 'A'\nset = {}\nstart = 26\n", "/measure/a/start"),
        (
            "[study]\nmodel = 'm'\nbaseline = 'b'\nseed = 1\n",
            "/study` lacks \"draws\"",
        ),
        (
            "[study]\nmodel = 'm'\nbaseline = 'b'\nseed = 1\ndraws = -5\n",
            "/study/draws",
        ),
        (
            "[study]\nmodel = 'm'\nbaseline = 'b'\nseed = 1\ndraws = 1.5\n",
            "/study/draws",
        ),
        (
            "[study]\nmodel = 'm'\nbaseline = 'b'\nseed = 1\ndraws = 1\n[scenario.a.driver]\ngrowth = { valeu = 1 }\n",
            "/scenario/a/driver/growth/valeu",
        ),
        (
            "[scenario]\nid = 'low'\nlabel = 'Low'\n[driver.growth]\nsource = 'x'\n",
            "/driver/growth",
        ),
        ("[scenario]\nlabel = 'Low'\n", "/scenario` lacks \"id\""),
        ("[project]\nname = 'a'\nlanguage = '1'\n", "/project/language"),
        (
            "[model]\nlanguage = 1\nid = 'a'\nlabel = 'A'\nprice_year = 2025\nbase_year = 2025\nyears = { last = 2030 }\n",
            "/model/years",
        ),
    ] {
        let found = judged(text);
        assert!(
            found.iter().any(|fault| fault.contains(place)),
            "{place} in\n{text}\n{found:#?}"
        );
    }
}

#[test]
fn the_recorded_faults_of_kinds_and_keys_are_refused() {
    let (mut refused, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(root().join("tests/diagnostics")).expect("the faults") {
        let folder = entry.expect("an entry").path();
        let message = fs::read_to_string(folder.join("message.txt")).unwrap_or_default();
        if !["error[E0011]", "error[E0014]"]
            .iter()
            .any(|code| message.starts_with(code))
        {
            continue;
        }
        let mut files = Vec::new();
        toml_files(&folder, &mut files);
        let texts = files.iter().map(|path| fs::read_to_string(path).expect("a text"));
        if texts.into_iter().any(|text| !judged(&text).is_empty()) {
            refused += 1;
        } else {
            wrong.push(folder);
        }
    }
    assert!(wrong.is_empty(), "accepted: {wrong:?}");
    assert!(refused >= 3, "{refused} refused");
}

#[test]
fn defaults_of_a_file_may_give_what_is_required() {
    let flow = "[flow.rent]\nformula = 'x'\naccrues_to = 'a'\n";
    assert!(!judged(flow).is_empty());
    assert_eq!(
        judged(&format!("[defaults.flow]\nkind = 'benefit'\n{flow}")),
        Vec::<String>::new()
    );
    let driver = "[scenario]\nid = 'low'\nlabel = 'Low'\n[defaults.driver]\nvalue = 1\n[driver.growth]\nsource = 'x'\n";
    assert_eq!(judged(driver), Vec::<String>::new());
}

#[test]
fn a_value_may_stand_bare_where_the_reader_takes_it() {
    assert_eq!(judged("[unit]\nha = '10_000 m2'\nm2 = {}\n"), Vec::<String>::new());
    assert_eq!(
        judged("[scenario]\nid = 'low'\nlabel = 'Low'\n[driver]\ngrowth = '2 %/year'\nsize = 3\n"),
        Vec::<String>::new()
    );
    assert!(!judged("[parameter]\nrent = '3 EUR'\n").is_empty());
}

/// The set-up for editors in `.taplo.toml`: with `taplo` at hand, every shipped file passes and a fault does not.
#[test]
fn taplo_reads_the_schema_as_the_project_is_set_up() {
    let taplo = |arguments: &[&str]| Command::new("taplo").args(arguments).current_dir(root()).output();
    let Ok(all) = taplo(&["lint"]) else {
        eprintln!("skipped: there is no `taplo` on this machine (it comes with the packages of npm and PyPI)");
        return;
    };
    assert!(all.status.success(), "{}", String::from_utf8_lossy(&all.stderr));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("study.toml");
    let schema = root()
        .join("schemas/mkba.schema.json")
        .canonicalize()
        .expect("a schema");
    let text = format!(
        "#:schema {}\n[study]\nmodel = 'm'\nbaseline = 'b'\nseed = 1\ndraws = 0.5\n",
        schema.display()
    );
    fs::write(&path, text).expect("a file");
    let one = taplo(&["lint", path.to_str().expect("a path")]).expect("taplo ran before");
    let said = String::from_utf8_lossy(&one.stderr).into_owned();
    assert!(!one.status.success() && said.contains("0.5"), "{said}");
}
