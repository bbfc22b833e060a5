//! The examples of `mkba explain`: each fault raises its code, and its repair does not.
use mkba_core::appraisal::Detail;
use mkba_core::rulebook::Rulebook;
use mkba_lang::diagnostic::{Diagnostics, pages};
use mkba_lang::project::MemoryFiles;
use mkba_lang::source::Sources;
use mkba_lang::{compile, read::read_study};
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

[index.campus]
from    = "data/campuses.csv"
key     = "id"
columns = { planned = "m2" }

[party]
treasury       = { label = "Treasury" }
universities   = { label = "Universities" }
municipalities = { label = "Municipalities" }
companies      = { label = "Companies" }
residents      = { label = "Residents" }

[deflator.construction]
from       = "data/construction.csv"
assumption = "teaching value"

[defaults.parameter]
assumption = "teaching value"

[parameter]
floor_space            = { value = "100 m2" }
space                  = { value = "100 m2" }
occupied               = { value = "80 m2" }
density                = { value = "3" }
rent                   = { value = "200 EUR/m2/year", over = ["campus"] }
interest_rate          = { value = "2 %/year" }
building_time          = { value = "3 year" }
operating_time         = { value = "3 year" }
ramp_up_time           = { value = "3 year" }
research_budget        = { value = "40 MEUR/year" }
knowledge_depreciation = { value = "15 %/year" }

[gate.grid]
wanted   = '10 m2/year'
capacity = '5 m2/year'
unserved = "lost"
"#;

const STUDY: &str = "
[study]
model    = 'models/pages'
baseline = 'nothing'
draws    = 1
seed     = 1
[scenario.single]
[alternative.nothing]
";

/// Codes whose examples are no text of a model, or need a whole project (see `tests/diagnostics`), or belong to others.
const OTHERWISE: [&str; 31] = [
    "E0002", "E0003", "E0004", "E0005", "E0013", "E0016", "E0025", "E0026", "E0031", "E0032", "E0033", "E0034",
    "E0035", "E0206", "E0207", "E0220", "E0221", "E0222", "E0223", "E0225", "E0227", "E0228", "E0229", "E0230",
    "E0232", "E0301", "E0312", "E0321", "E0403", "E0404", "E0501",
];

/// An example as a file of the model; `None` when it is none.
fn file(example: &str) -> Option<String> {
    let head = match example.split([' ', '=']).next().unwrap_or_default() {
        "formula" => "[variable.example]\nunit = '1'\n",
        "unit" => "[variable.example]\nformula = '1'\n",
        "value" => "[parameter.example]\nassumption = 'teaching value'\n",
        "paid_by" => "[flow.example]\nkind = 'cost'\nformula = '5 MEUR/year'\n",
        "accrues_to" => "[flow.example]\nkind = 'benefit'\nformula = '5 MEUR/year'\n",
        "deflator" => "[parameter.example]\nassumption = 'teaching value'\nvalue = '3000 EUR@2021/m2'\n",
        word if word.starts_with('[') => "",
        _ => return None,
    };
    let elsewhere = [
        "[study]",
        "[discount]",
        "[model]",
        "[scenario]",
        "[alternative.",
        "[driver]",
    ];
    let place = elsewhere.iter().any(|table| example.contains(table));
    (!place).then(|| format!("{head}{example}\n"))
}

/// Codes that are raised for a file beside the model.
fn codes(example: &str) -> Vec<&'static str> {
    let files = MemoryFiles::new()
        .with("study.toml", STUDY)
        .with("models/pages/model.toml", MODEL)
        .with("models/pages/data/campuses.csv", "id,planned\ndelft,100\nleiden,200\n")
        .with("models/pages/data/construction.csv", "year,index\n2021,100\n2025,118\n")
        .with("models/pages/example.toml", example);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/rulebooks/nl-2021.toml");
    let rulebook: Rulebook = toml::from_str(&fs::read_to_string(path).expect("the rulebook")).expect("a rulebook");
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    if let Some(declarations) = read_study(&files, "study.toml", &mut sources, &mut diagnostics) {
        let _ = compile(&declarations, &sources, &rulebook, Detail::Full, &mut diagnostics);
    }
    diagnostics.list().iter().map(|found| found.code).collect()
}

#[test]
fn the_model_of_the_pages_has_no_fault_of_its_own() {
    assert!(codes("").is_empty(), "{:?}", codes(""));
}

#[test]
fn the_fault_of_a_page_raises_its_code_and_its_repair_does_not() {
    let mut wrong = Vec::new();
    for page in pages().filter(|page| page.code < "E0405" || page.code == "E0406" || page.code == "E0501") {
        let found = file(page.bad)
            .zip(file(page.good))
            .map(|(bad, good)| (codes(&bad), codes(&good)));
        let holds = found
            .as_ref()
            .is_some_and(|(bad, good)| bad.contains(&page.code) && !good.contains(&page.code));
        if holds == OTHERWISE.contains(&page.code) {
            wrong.push(format!("{} {found:?}", page.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
