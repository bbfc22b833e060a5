//! The examples of `mkba explain`: each fault raises its code, and its repair compiles without it. The chapter of the guide is current.
use mkba_core::appraisal::Detail;
use mkba_core::rulebook::Rulebook;
use mkba_lang::diagnostic::{CodePage, Diagnostics, Severity, chapter, pages};
use mkba_lang::kinds::{Form, KINDS};
use mkba_lang::project::MemoryFiles;
use mkba_lang::source::Sources;
use mkba_lang::{compile, read::read_study};
use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

/// What the examples refer to without declaring it.
const MODEL: &str = r#"
[model]
language   = 1
id         = "pages"
label      = "Pages"
price_year = 2025
base_year  = 2025
years      = { first = 2026, last = 2030 }

[unit]
m2      = {}
student = {}
job     = {}

[index.province]
from    = "data/provinces.csv"
key     = "id"
columns = { permit_room = "m2/year" }

[index.campus]
from    = "data/campuses.csv"
key     = "id"
within  = { province = "province" }
columns = { planned_space = "m2" }

[party]
treasury       = { label = "Treasury" }
universities   = { label = "Universities" }
municipalities = { label = "Municipalities" }
companies      = { label = "Companies" }
residents      = { label = "Residents" }

[deflator.construction]
from       = "data/construction.csv"
assumption = "teaching value"

[lever]
space_programme    = { default = "0 m2/year", combine = "sum" }
grid_reinforcement = { default = "0 MW/year", combine = "sum" }

[defaults.parameter]
assumption = "teaching value"

[parameter]
floor_space            = { value = "100 m2" }
space                  = { value = "100 m2" }
occupied               = { value = "80 m2" }
density                = { value = "3" }
rent                   = { value = "200 EUR/m2/year", over = ["campus"] }
rent_per_space         = { value = "200 EUR/m2/year" }
upkeep_price           = { value = "20 EUR/m2/year" }
construction_price     = { value = "3000 EUR/m2" }
interest_rate          = { value = "2 %/year" }
building_time          = { value = "3 year" }
operating_time         = { value = "3 year" }
ramp_up_time           = { value = "3 year" }
research_budget        = { value = "40 MEUR/year" }
knowledge_depreciation = { value = "15 %/year" }
price_of_labour        = { value = "triangular(50, 60, 80) EUR" }
price_of_steel         = { value = "triangular(1, 2, 4) EUR" }
price_of_glass         = { value = "triangular(2, 3, 5) EUR" }

[stock.buildings]
unit    = "EUR"
initial = '0 EUR'
adds    = '10 MEUR/year'

[gate.grid]
wanted   = '10 m2/year'
capacity = '5 m2/year'
unserved = "lost"
"#;

const STUDY: &str = "
[study]
model    = 'model'
baseline = 'nothing'
draws    = 1
seed     = 1
[scenario.single]
[alternative.nothing]
";

/// Codes whose examples are commands, or faults of a run and of the command line; each with where its example is tested.
const OTHERWISE: &[(&str, &str)] = &[
    (
        "E0002",
        "a file in another encoding is no text; `tests/diagnostics/not-utf-8`",
    ),
    ("E0004", "a command; tested beside `locate`"),
    (
        "E0236",
        "needs alternatives that differ; `tests/diagnostics/several-interaction-of-an-unknown-alternative`",
    ),
    (
        "E0404",
        "needs a rulebook without the class; `tests/diagnostics/discount-class-not-in-the-rulebook`",
    ),
    ("E0405", "raised by the command line; `crates/mkba/src/rulebooks.rs`"),
    (
        "E0408",
        "needs a rulebook net of taxes; `tests/diagnostics/several-tax-content-unknown`",
    ),
    ("W0110", "raised by the command line; `crates/mkba/src/rulebooks.rs`"),
    (
        "E0601",
        "raised by a run; its example is run by `tests/command_line.rs`",
    ),
    (
        "E0602",
        "raised by a run; its example is run by `tests/command_line.rs`",
    ),
    ("E0603", "a command; `crates/mkba/src/lock.rs`"),
    ("E0604", "raised by the command line; `tests/sweep.rs`"),
    (
        "W0109",
        "needs a gate with its flows; `tests/diagnostics/substitute-costs-nobody`",
    ),
    ("E0701", "a command; `tests/command_line.rs`"),
    ("E0702", "a command; `crates/mkba-results`"),
    ("E0703", "a command; `crates/mkba-results`"),
    ("E0704", "a command; `crates/mkba-results`"),
    ("E0799", "a fault of the program"),
];

type Texts = BTreeMap<String, String>;

/// The files of an example. `# file: PATH` begins a file; what stands before is a file of the model, its first line completed to a
/// declaration where it is one key only.
fn files(example: &str) -> Texts {
    let head = match example.split([' ', '=']).next().unwrap_or_default() {
        "formula" => "[variable.example]\nunit = '1'\n",
        "unit" => "[variable.example]\nformula = '1'\n",
        "value" => "[parameter.example]\nassumption = 'teaching value'\n",
        "paid_by" => "[flow.example]\nkind = 'cost'\nformula = '5 MEUR/year'\n",
        "accrues_to" => "[flow.example]\nkind = 'benefit'\nformula = '5 MEUR/year'\n",
        _ => "",
    };
    let mut path = "model/example.toml".to_owned();
    let defaults = "[defaults]\nparameter.assumption = 'teaching value'\nseries.assumption = 'teaching value'\n";
    let mut found = Texts::from([(path.clone(), defaults.to_owned())]);
    for line in format!("{head}{example}\n").lines() {
        match line.strip_prefix("# file: ") {
            Some(named) => path = named.trim().to_owned(),
            None => *found.entry(path.clone()).or_default() += &format!("{line}\n"),
        }
    }
    found
}

/// A file laid over another: keys of a declaration in place of those it has.
fn laid_over(below: &str, above: &str) -> Option<String> {
    let (mut below, above) = (below.parse::<toml::Table>().ok()?, above.parse::<toml::Table>().ok()?);
    for (word, given) in above {
        let single = KINDS.iter().any(|kind| kind.name == word && kind.form == Form::Single);
        match (below.get_mut(&word), given) {
            (Some(toml::Value::Table(own)), toml::Value::Table(given)) if single => own.extend(given),
            (Some(toml::Value::Table(own)), toml::Value::Table(given)) => {
                for (name, given) in given {
                    match (own.get_mut(&name), given) {
                        (Some(toml::Value::Table(own)), toml::Value::Table(given)) => own.extend(given),
                        (_, given) => drop(own.insert(name, given)),
                    }
                }
            }
            (_, given) => drop(below.insert(word, given)),
        }
    }
    Some(below.to_string())
}

/// Code, message and severity of what is said about an example, that of the model without it left out.
fn said(example: &str) -> Vec<(&'static str, String, Severity)> {
    let mut project: Texts = [
        ("study.toml", STUDY),
        ("model/model.toml", MODEL),
        (
            "model/data/provinces.csv",
            "id,capital,permit_room\nholland,delft,100\n",
        ),
        (
            "model/data/campuses.csv",
            "id,province,planned_space\ndelft,holland,100\nleiden,holland,200\n",
        ),
        ("model/data/construction.csv", "year,index\n2021,100\n2025,118\n"),
        ("model/data/prices.csv", "year,index\n2021,100\n2025,118\n"),
        ("model/data/rents.csv", "rent\n180\n200\n"),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .collect();
    for (path, text) in files(example) {
        let over = project.get(&path).filter(|_| path.ends_with(".toml"));
        let text = over.and_then(|below| laid_over(below, &text)).unwrap_or(text);
        project.insert(path, text);
    }
    let files = project.iter().fold(MemoryFiles::new(), |files, (path, text)| {
        files.with(path, text.as_str())
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/rulebooks");
    let text = |name: &str| fs::read_to_string(folder.join(format!("{name}.toml"))).expect("a rulebook");
    let mut rulebook: Rulebook = toml::from_str(&text("nl-2021")).expect("a rulebook");
    for name in rulebook.includes.clone() {
        rulebook.include(toml::from_str(&text(&format!("parts/{name}"))).expect("a part of a rulebook"));
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    if let Some(declarations) = read_study(&files, "study.toml", &mut sources, &mut diagnostics) {
        let _ = compile(&declarations, &sources, &rulebook, Detail::Full, &mut diagnostics);
    }
    let list = diagnostics.list().iter();
    list.map(|found| (found.code, found.message.clone(), found.severity))
        .collect()
}

/// The same without what is said about the model of the pages by itself.
fn said_of_the_example(example: &str) -> Vec<(&'static str, String, Severity)> {
    let own = said("");
    said(example).into_iter().filter(|found| !own.contains(found)).collect()
}

/// What is wrong with the examples of a page.
fn fault(page: &CodePage) -> Option<String> {
    let (bad, good) = (said_of_the_example(page.bad), said_of_the_example(page.good));
    let raised = bad.iter().any(|(code, ..)| *code == page.code);
    // A formula by itself says nothing of the unit it is to have.
    let by_itself = page.good.starts_with("formula") || page.good.starts_with("unit");
    let repaired = good.iter().all(|(code, _, severity)| {
        *code != page.code && (*severity == Severity::Warning || by_itself && *code == "E0305")
    });
    (!raised || !repaired).then(|| format!("{}\n  bad:  {bad:?}\n  good: {good:?}", page.code))
}

#[test]
fn the_model_of_the_pages_has_no_fault_of_its_own() {
    let own = said("");
    assert!(
        own.iter().all(|(.., severity)| *severity == Severity::Warning),
        "{own:?}"
    );
}

#[test]
fn the_fault_of_a_page_raises_its_code_and_its_repair_compiles_without_it() {
    let excused = |page: &&CodePage| OTHERWISE.iter().any(|(code, _)| *code == page.code);
    let wrong: Vec<String> = pages().filter(|page| !excused(page)).filter_map(fault).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let idle: Vec<&str> = pages()
        .filter(excused)
        .filter(|page| fault(page).is_none())
        .map(|page| page.code)
        .collect();
    assert!(idle.is_empty(), "excused, but tested: {idle:?}");
}

#[test]
fn the_chapter_of_the_guide_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/codes.md");
    if env::var_os("MKBA_BLESS").is_some() {
        fs::write(&path, chapter()).expect("the chapter is written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == chapter(),
        "`MKBA_BLESS=1 cargo test --release -p mkba-lang --test pages` writes docs/guide/codes.md anew"
    );
}
