//! The pages about one campus show what the models give: the page of the teaching model, whose tables are made here, and the page that has
//! the full model beside it.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::tables::Scope;
use std::path::Path;
use std::{env, fs};
use support::one_campus::{CENTRAL, MODEL, PARTIES, ROWS, VARIANTS, amount, of_party, outcome, ratio};
use support::project::{Project, Run};
use support::view::{View, view};

/// The tables of the page, by the word that marks them.
fn tables() -> [(&'static str, String); 3] {
    let central = outcome(&CENTRAL);
    let found = CENTRAL.view(&central);
    let label = |flow: &str| {
        let flow = &found.catalogue.flows[found.number(flow)];
        flow.entry.label.en.clone()
    };
    let mut rows = "| row | flow | from | million euro |\n|---|---|---|---:|\n".to_owned();
    let without = found.result.balance_without_separate.mean / 1e6;
    let research = found.flow("research_spillover") / 1e6;
    for row in &ROWS {
        let flows: Vec<String> = row.flows.iter().map(|flow| format!("`{flow}`")).collect();
        let value = shown(amount(&found, row));
        rows.push_str(&format!(
            "| {} {} | {} | {} | {value} |\n",
            row.number,
            row.flows.iter().map(|flow| label(flow)).collect::<Vec<_>>().join(", "),
            flows.join(", "),
            row.how
        ));
    }
    let costs: f64 = ROWS[..9].iter().map(|row| amount(&found, row)).sum();
    let bcr_without = format!("{:.2}", ratio(&found, Scope::WithoutSeparate));
    let bcr_with = format!("{:.2}", ratio(&found, Scope::All));
    rows.push_str(&format!("| **costs** | | | **{}** |\n", shown(costs)));
    rows.push_str(&format!("| **effects** | | | **{}** |\n", shown(without - costs)));
    rows.push_str(&format!(
        "| **balance** | | benefits over costs {bcr_without} | **{}** |\n",
        shown(without)
    ));
    rows.push_str(&format!("| research spillovers | `research_spillover` | 0.55 per additional euro of research, half in B3 already | {} |\n", shown(research)));
    rows.push_str(&format!(
        "| **balance with research** | | benefits over costs {bcr_with} | **{}** |\n",
        shown(without + research)
    ));

    let mut parties = "| party | million euro | most of it |\n|---|---:|---|\n".to_owned();
    for (party, name) in PARTIES {
        let mut of_rows: Vec<(&str, f64)> = ROWS
            .iter()
            .map(|row| {
                let sum: f64 = row.flows.iter().map(|flow| found.posting(flow, party)).sum();
                (row.number, sum / 1e6)
            })
            .filter(|(_, amount)| amount.abs() >= 0.05)
            .collect();
        of_rows.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let most: Vec<String> = of_rows
            .iter()
            .take(4)
            .map(|(row, amount)| format!("{row} {}", shown(*amount)))
            .collect();
        parties.push_str(&format!(
            "| {name} | {} | {} |\n",
            shown(of_party(&found, party)),
            most.join(", ")
        ));
    }
    parties.push_str(&format!("| **balance** | **{}** | |\n", shown(without)));

    let mut variants = "| variant | replaced | balance | change | ratio | ratio with research | research |\n|---|---|---:|---:|---:|---:|---:|\n".to_owned();
    for variant in &VARIANTS {
        let outcome = outcome(variant);
        let found = variant.view(&outcome);
        let balance = found.result.balance_without_separate.mean / 1e6;
        variants.push_str(&format!(
            "| {} | {} | {} | {} | {:.2} | {:.2} | {} |\n",
            variant.label,
            variant.what,
            shown(balance),
            shown(balance - without),
            ratio(&found, Scope::WithoutSeparate),
            ratio(&found, Scope::All),
            shown(found.flow("research_spillover") / 1e6)
        ));
    }
    [("rows", rows), ("parties", parties), ("variants", variants)]
}

/// With one decimal, and never a zero with a sign.
fn shown(amount: f64) -> String {
    let text = format!("{amount:.1}");
    if text == "-0.0" {
        "0.0".to_owned()
    } else {
        text.replace('-', "−")
    }
}

#[test]
fn the_page_of_the_model_shows_what_the_model_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(MODEL).join("README.md");
    let page = fs::read_to_string(&path).expect("a page");
    let mut current = page.clone();
    for (mark, table) in tables() {
        let start = format!("<!-- {mark}: made by tests/one_campus_pages.rs -->\n");
        let (before, rest) = current
            .split_once(&start)
            .unwrap_or_else(|| panic!("no mark for {mark}"));
        let (_, after) = rest.split_once("<!-- end -->").expect("an end");
        current = format!("{before}{start}\n{table}\n<!-- end -->{after}");
    }
    if env::var_os("MKBA_BLESS").is_some() {
        fs::write(&path, current).expect("the page is written");
    } else {
        assert!(
            page == current,
            "run `MKBA_BLESS=1 cargo test --release --test one_campus_pages` and read the difference"
        );
    }
}

/// Rows of the page on both models: what they are called there, rows of the worked campus, flows of the full model.
const IN_FULL: [(&str, &[&str], &[&str]); 19] = [
    ("C1 buildings", &["C1"], &["buildings", "ict_investment"]),
    ("C2 land", &["C2"], &["land", "land_at_the_end"]),
    (
        "C3 site works, grid, access",
        &["C3"],
        &[
            "site_works",
            "grid_connection",
            "grid_network",
            "grid_substitute",
            "access_investment",
        ],
    ),
    (
        "C4 reinvestment",
        &["C4"],
        &["reinvestment", "ict_reinvestment", "exit"],
    ),
    ("C5 upkeep", &["C5"], &["building_upkeep"]),
    (
        "C6 student homes",
        &["C6"],
        &["home_construction", "home_reinvestment", "home_upkeep"],
    ),
    ("C7 programmes", &["C7"], &["learning_programme", "retention_programme"]),
    ("C8 organisation", &["C8"], &["organisation_costs"]),
    ("C9 City Deal", &["C9"], &["city_deal_costs"]),
    ("B1 use of space", &["B1"], &["use_of_space"]),
    ("B1b vacated space", &["B1b"], &["vacated_space"]),
    ("B1c concept", &["B1c"], &["concept_value"]),
    ("B2 student homes", &["B2", "B2b"], &["student_housing"]),
    ("B3 agglomeration", &["B3", "B3b"], &["agglomeration"]),
    ("B4 human capital", &["B4"], &["human_capital", "work_not_done"]),
    ("B5 stayers", &["B5"], &["graduates_staying"]),
    ("B6 travel time", &["B6"], &["travel_time"]),
    ("B7 CO2", &["B7"], &["co2"]),
    (
        "B8 nuisance",
        &["B8"],
        &["construction_nuisance", "air_quality", "noise"],
    ),
];

/// The full model moves with its draws and with every number that is replaced: its column is held to what a reader would still call the same.
#[test]
fn the_page_on_both_models_shows_what_they_give() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/method/one-campus.md")).expect("a page");
    let row = |name: &str| -> (f64, f64) {
        let start = format!("| {name} | ");
        let line = page
            .lines()
            .find(|line| line.starts_with(&start))
            .unwrap_or_else(|| panic!("no row `{name}`"));
        let cell = |number: usize| {
            let text = line
                .split('|')
                .nth(number)
                .expect("a cell")
                .trim()
                .trim_matches('*')
                .replace('−', "-");
            text.parse()
                .unwrap_or_else(|_| panic!("`{text}` of `{name}` is not a number"))
        };
        (cell(2), cell(3))
    };
    let (one, all) = (
        outcome(&CENTRAL),
        Project::shipped().run("scenarios/one-campus-in-full.toml", Run::draws(2000)),
    );
    let (one, all) = (CENTRAL.view(&one), view(&all, "wlo-2015-low", "one-campus"));
    let check = |name: &str, teaching: f64, full: f64| {
        let shown = row(name);
        assert!(
            (shown.0 - teaching).abs() < 0.051,
            "{name}: {teaching} is shown as {}",
            shown.0
        );
        let allowed = f64::max(6.0, 0.12 * full.abs());
        assert!(
            (shown.1 - full).abs() < allowed,
            "{name}: {full} is shown as {}",
            shown.1
        );
    };
    let mut mapped = 0.0;
    for (name, rows, flows) in IN_FULL {
        let teaching = ROWS
            .iter()
            .filter(|row| rows.contains(&row.number))
            .map(|row| amount(&one, row))
            .sum();
        let full: f64 = flows.iter().map(|flow| all.flow(flow)).sum::<f64>() / 1e6;
        mapped += full;
        check(name, teaching, full);
    }
    let without = |found: &View<'_>| found.result.balance_without_separate.mean / 1e6;
    check("only in the full model", 0.0, without(&all) - mapped);
    check("**balance**", without(&one), without(&all));
    let research = |found: &View<'_>| found.flow("research_spillover") / 1e6;
    check("research spillovers", research(&one), research(&all));
}
