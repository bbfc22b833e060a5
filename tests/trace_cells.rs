//! `mkba trace` of a small study: gates and limits that bind, sources, JSON, and a message for everything that is no cell.
#[path = "support/program.rs"]
mod program;

use program::{mkba, succeeds};
use std::fs;
use tempfile::TempDir;

const MODEL: &str = r#"
[model]
language   = 1
id         = "small"
label      = { nl = "Klein", en = "Small" }
price_year = 2025
base_year  = 2026
years      = { first = 2026, last = 2035 }
region     = "province"

[unit]
home = { label = "home" }

[index.province]
label = { nl = "Provincie", en = "Province" }
from  = "provinces.csv"
key   = "id"

[index.campus]
label   = { nl = "Campus", en = "Campus" }
from    = "campuses.csv"
key     = "id"
within  = { province = "province" }
columns = { plan = "home/year" }

[party.treasury]
label = { nl = "Rijk", en = "Treasury" }
role  = "treasury"
vat   = "exempt"

[party.companies]
label = { nl = "Bedrijven", en = "Companies" }
vat   = "recovers"

[lever.size]
default = '0'
combine = "sum"

[measure.build]
label = { nl = "Bouwen", en = "Build" }
start = 2027
set   = { size = '1' }

[gate.permit]
label    = { nl = "Vergunning", en = "Permit" }
wanted   = 'size * plan'
capacity = '40 home/year'
unserved = "waits"
sharing  = "proportional"

[stock.homes]
label   = { nl = "Woningen", en = "Homes" }
unit    = "home"
over    = ["campus"]
initial = '0 home'
adds    = 'permit.granted'

[limit.occupied]
label = { nl = "Bewoond", en = "Occupied" }
unit  = "home"
least = { built = 'homes', asked = 'demand' }

[parameter.demand]
value      = "60 home"
assumption = "test"

[parameter.price]
label      = { nl = "Prijs", en = "Price" }
value      = "uniform(2, 4) kEUR/home/year"
source     = "Smith 2020, p. 12"
confidence = "low"

[flow.construction]
label   = { nl = "Bouw", en = "Construction" }
kind    = "cost"
effect  = "investment"
formula = 'permit.granted * 100 kEUR/home'
paid_by = "companies"
tax     = { vat = "21 %" }

[flow.use]
label      = { nl = "Gebruik", en = "Use" }
kind       = "benefit"
effect     = "direct"
formula    = 'sum(occupied over campus) * price'
accrues_to = "companies"
tax        = { basis = "factor" }

[unpriced.looks]
label = { nl = "Aanzicht", en = "Looks" }
sign  = "±"
why   = "no valuation"
"#;

const STUDY: &str = r#"
[study]
label    = { nl = "Kleine studie", en = "Small study" }
model    = "model"
baseline = "none"
draws    = 100
seed     = 3

[scenario.low]
label = { nl = "Laag", en = "Low" }

[scenario.high]
label = { nl = "Hoog", en = "High" }

[alternative.small]
label    = { nl = "Klein", en = "Small" }
measures = ["build"]
"#;

fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("mkba.toml", "[project]\nname = \"small\"\nlanguage = 1\n");
    write("model/model.toml", MODEL);
    write("model/provinces.csv", "id\nnorth\nsouth\n");
    write(
        "model/campuses.csv",
        "id,province,plan\nharbour,north,30\nhill,south,20\n",
    );
    write("study.toml", STUDY);
    folder
}

#[test]
fn a_binding_gate_and_the_bound_of_a_limit_are_named() {
    let folder = project();
    let gate = succeeds(
        folder.path(),
        &["trace", "study.toml", "permit.granted[harbour]@2027", "--lang", "en"],
    );
    // 30 and 20 homes share 40: 24 for the harbour.
    for part in [
        "permit.granted[harbour]@2027",
        "24",
        "binds: less was granted than asked for",
        "capacity: 40 home/year",
        "50",
    ] {
        assert!(gate.contains(part), "{part} in\n{gate}");
    }
    let limit = succeeds(
        folder.path(),
        &["trace", "study.toml", "occupied[harbour]@2029", "--lang", "en"],
    );
    let marked: Vec<&str> = limit
        .lines()
        .filter(|line| line.contains('◄') && !line.starts_with('◄'))
        .collect();
    assert!(
        matches!(marked[..], [line] if line.contains("asked: demand")),
        "{limit}"
    );
}

#[test]
fn inputs_show_their_source_and_confidence() {
    let folder = project();
    let english = succeeds(
        folder.path(),
        &["trace", "study.toml", "use@2030", "--depth", "3", "--lang", "en"],
    );
    for part in [
        "source: Smith 2020, p. 12",
        "confidence low",
        "uniform(2, 4) kEUR/home/year",
        "(model/model.toml:",
    ] {
        assert!(english.contains(part), "{part} in\n{english}");
    }
    let dutch = succeeds(folder.path(), &["trace", "study.toml", "use@2030", "--depth", "3"]);
    assert!(
        dutch.contains("bron: Smith 2020, p. 12") && dutch.contains("betrouwbaarheid laag"),
        "{dutch}"
    );
}

#[test]
fn json_is_well_formed_and_says_which_numbers_it_holds() {
    let folder = project();
    let json = succeeds(
        folder.path(),
        &["trace", "study.toml", "high/small/use", "--central", "--json"],
    );
    let page: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(page["numbers"]["of"], "central");
    assert_eq!(page["scenario"]["id"], "high");
    assert_eq!(page["explanation"]["cell"], "use");
    assert_eq!(page["explanation"]["kind"], "present_value");
}

#[test]
fn every_cell_that_is_none_has_its_own_message() {
    let folder = project();
    let faults: [(&[&str], &[&str]); 26] = [
        (&["balanse"], &["no cell `balanse`", "did you mean `balance`?"]),
        (&["occupid[hill]"], &["no cell `occupid`", "`occupied`"]),
        (&["quantum"], &["no cell `quantum`", "every flow"]),
        (&["looks"], &["`looks` is not kept as a number", "no valuation"]),
        (&["build"], &["`build` is a measure", "`size`"]),
        (&["treasury"], &["`treasury` is a party", "`balance.treasury`"]),
        (
            &["occupied@2030"],
            &["a value for each campus", "`occupied[harbour]`", "`hill`"],
        ),
        (&["occupied[hall]@2030"], &["no element `hall`", "did you mean `hill`?"]),
        (&["occupied[north]@2030"], &["`north` is a province", "`harbour`"]),
        (
            &["size[hill]@2030"],
            &["one value for the nation", "leave out the brackets"],
        ),
        (
            &["occupied[hill]"],
            &[
                "a value in each year from 2026 to 2035",
                "`occupied[hill]@2035`",
                "--year",
            ],
        ),
        (&["occupied[hill]@2050"], &["no year 2050", "2026 to 2035"]),
        (
            &["occupied[hill]@2030", "--year", "2031"],
            &["the cell says `2030`", "leave one of them out"],
        ),
        (&["price@2030"], &["`price` is the same in all years", "leave out 2030"]),
        (&["balance@2030"], &["`balance` has no years", "`FLOW@2030`"]),
        (&["balance[north]"], &["for the nation only", "`FLOW[north]`"]),
        (
            &["balance", "--alternative", "none"],
            &["`balance` of `none` is not kept", "`small`"],
        ),
        (
            &["balance", "--alternative", "smal"],
            &["no alternative `smal`", "did you mean `small`?"],
        ),
        (
            &["balance", "--scenario", "middle"],
            &["no scenario `middle`", "`low`, `high`"],
        ),
        (
            &["balance.tresury"],
            &["no party `tresury`", "did you mean `treasury`?"],
        ),
        (
            &["use[north]"],
            &["`use` is kept for the nation only", "`use[north]@2040`"],
        ),
        (
            &["construction[hill]"],
            &["is kept by province, and `hill` is none", "`construction[hill]@2040`"],
        ),
        (&["use.companies@2030"], &["present values only", "leave out the year"]),
        (
            &["permit.grantd[hill]@2030"],
            &["no member `grantd`", "did you mean `granted`?"],
        ),
        (&["balance", "--draw", "100"], &["no draw 100", "0 to 99"]),
        (&["homes["], &["a bracket is not closed", "`NAME[element]@2040`"]),
    ];
    for (arguments, parts) in faults {
        let output = mkba(folder.path(), &[&["trace", "study.toml"], arguments].concat());
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        for part in parts {
            assert!(message.contains(part), "{arguments:?}: `{part}` in\n{message}");
        }
    }
}

#[test]
fn a_study_with_errors_is_not_traced() {
    let folder = project();
    let path = folder.path().join("model/model.toml");
    fs::write(&path, MODEL.replace("size * plan", "size * plam")).expect("a file");
    let output = mkba(folder.path(), &["trace", "study.toml", "balance"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(
        message.contains("E0201") && message.contains("did you mean `plan`?"),
        "{message}"
    );
}

#[test]
fn a_value_that_is_no_number_is_shown_where_it_arises() {
    let folder = project();
    let path = folder.path().join("model/model.toml");
    fs::write(
        &path,
        MODEL.replace(
            "'sum(occupied over campus) * price'",
            "'sum(occupied over campus) * price * (size / (size - 1))'",
        ),
    )
    .expect("a file");
    let tree = succeeds(
        folder.path(),
        &[
            "trace",
            "study.toml",
            "use@2030",
            "--draw",
            "1",
            "--depth",
            "3",
            "--lang",
            "en",
        ],
    );
    assert!(tree.contains("n/a") || tree.contains('∞'), "{tree}");
    succeeds(folder.path(), &["trace", "study.toml", "balance", "--json"]);
}
