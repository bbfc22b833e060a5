//! The teaching model of one campus gives the rows, the parties and the variants of a worked example that was calculated independently,
//! and the page beside it shows what the model gives.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::finance::RatioConvention;
use mkba_core::outcome::Outcome;
use mkba_core::tables::{Scope, benefit_cost_ratio};
use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};
use support::project::{Project, Run, rulebook};
use support::view::{View, view};
use support::{assert_near, assert_near_on_scale};

const STUDY: &str = "scenarios/one-campus.toml";
const MODEL: &str = "models/teaching/one-campus";

/// A row of the worked campus: its number, the flows of the model that it consists of, and where its value comes from.
struct Row {
    number: &'static str,
    flows: &'static [&'static str],
    how: &'static str,
}

const fn row(number: &'static str, flows: &'static [&'static str], how: &'static str) -> Row {
    Row { number, flows, how }
}

const ROWS: [Row; 21] = [
    row(
        "C1",
        &["buildings"],
        "30 000 m² at 3 800 and 20 000 m² at 5 500 EUR of 2024, 6.7 % overrun, three years",
    ),
    row("C2", &["land"], "15 at opportunity cost; comes back in 2129"),
    row("C3", &["site_works"], "25.2 with tax, 6.7 % overrun"),
    row(
        "C4",
        &["reinvestment"],
        "30 % of C1 every 20 years, 70 % after 50 years",
    ),
    row("C5", &["upkeep"], "1.2 % of C1 a year, planned replacement excluded"),
    row(
        "C6",
        &["home_construction", "home_upkeep", "home_reinvestment"],
        "500 homes of 120 thousand; 1.5 % a year; 35 % every 30 years",
    ),
    row("C7", &["programme_costs"], "4 a year without tax, 2028 to 2049"),
    row("C8", &["organisation"], "1.2 a year without tax, 2027 to 2059"),
    row(
        "C9",
        &["city_deal_participation"],
        "0.5 a year without tax, 2027 to 2030",
    ),
    row(
        "B1",
        &["use_of_space"],
        "46 000 m² in use after five years, 205 EUR per m², raised by 18.2 %",
    ),
    row(
        "B1b",
        &["vacated_space"],
        "85 % of users move; a quarter of what they leave is lost",
    ),
    row(
        "B1c",
        &["concept_surplus"],
        "half of 12 % of the rent of movers, fading 20 to 40 years after opening",
    ),
    row("B2", &["home_rent"], "485 homes in use, 5 200 EUR a year"),
    row("B2b", &["home_surplus"], "the same, 1 500 EUR of 2024"),
    row(
        "B3",
        &["agglomeration_new"],
        "0.0353 × 75 000 EUR per additional job, fading 30 to 50 years after opening, 92 % domestic",
    ),
    row(
        "B3b",
        &["agglomeration_moved"],
        "the same on a wage gap of 4 % per moved job",
    ),
    row(
        "B4",
        &["human_capital"],
        "300 people a year, half additional, ¼ school year at 7 %, twenty years, less work not done",
    ),
    row("B5", &["stayers"], "12 stayers a year, 200 thousand EUR of 2018 each"),
    row(
        "B6",
        &["travel_time"],
        "3 000 present and half of 1 500 new users, 440 trips, 2 minutes, 10 EUR of 2022 an hour",
    ),
    row(
        "B7",
        &["co2"],
        "embodied and used, net of elsewhere, 20 to 40 EUR of 2013 per tonne",
    ),
    row("B8", &["nuisance"], "2, as a present value"),
];

/// Parties of the model in the order of the page, with their names in the worked campus.
const PARTIES: [(&str, &str); 9] = [
    ("university", "university"),
    ("firms", "firms and owners"),
    ("owners_elsewhere", "owners elsewhere"),
    ("municipality", "municipality"),
    ("housing_association", "housing association"),
    ("treasury", "treasury"),
    ("future", "future and elsewhere"),
    ("students", "students"),
    ("households", "households"),
];

/// A variant: the worked campus with something replaced.
struct Variant {
    name: &'static str,
    /// What the page calls it, and what it replaces.
    label: &'static str,
    what: &'static str,
    alternative: &'static str,
    scenario: &'static str,
    /// File, parameter, value.
    values: &'static [(&'static str, &'static str, &'static str)],
}

const CENTRAL: Variant = Variant {
    name: "base",
    label: "the worked campus",
    what: "",
    alternative: "complete",
    scenario: "co2-low",
    values: &[],
};

const VARIANTS: [Variant; 17] = [
    CENTRAL,
    Variant {
        name: "displacement-60",
        label: "less displacement",
        what: "`displacement` 60 %",
        values: &[("space", "displacement", "60 %")],
        ..CENTRAL
    },
    Variant {
        name: "displacement-100",
        label: "everybody moves",
        what: "`displacement` 100 %",
        values: &[("space", "displacement", "100 %")],
        ..CENTRAL
    },
    Variant {
        name: "never-reused",
        label: "vacated space never reused",
        what: "`reuse` 0 %",
        values: &[("space", "reuse", "0 %")],
        ..CENTRAL
    },
    Variant {
        name: "fully-reused",
        label: "vacated space fully reused",
        what: "`reuse` 100 %",
        values: &[("space", "reuse", "100 %")],
        ..CENTRAL
    },
    Variant {
        name: "without-organisation",
        label: "no organisation (orgware)",
        what: "alternative `without-organisation`",
        alternative: "without-organisation",
        ..CENTRAL
    },
    Variant {
        name: "without-programmes",
        label: "no programmes (software)",
        what: "alternative `without-programmes`",
        alternative: "without-programmes",
        ..CENTRAL
    },
    Variant {
        name: "gate-shut",
        label: "gate shut",
        what: "alternative `gate-shut`: 30 % of the space is never served",
        alternative: "gate-shut",
        ..CENTRAL
    },
    Variant {
        name: "co2-high",
        label: "high CO2 price",
        what: "scenario `co2-high`",
        scenario: "co2-high",
        ..CENTRAL
    },
    Variant {
        name: "return-net",
        label: "research return read as net of depreciation",
        what: "`external_return` 20 + 15 = 35 %",
        values: &[("jobs", "external_return", "35 %/year")],
        ..CENTRAL
    },
    Variant {
        name: "return-irr",
        label: "research return read as internal rate",
        what: "`external_return` 35 % × 1.2³ = 60.48 %",
        values: &[("jobs", "external_return", "60.48 %/year")],
        ..CENTRAL
    },
    Variant {
        name: "wrong-deadweight",
        label: "*wrong:* deadweight beside a baseline",
        what: "`deadweight` 30 %",
        values: &[("jobs", "deadweight", "30 %")],
        ..CENTRAL
    },
    Variant {
        name: "wrong-surplus-only",
        label: "*wrong:* student homes at the surplus only",
        what: "`home_rent_level` 0",
        values: &[("people", "home_rent_level", "0 EUR/home/year")],
        ..CENTRAL
    },
    Variant {
        name: "wrong-proportional-retention",
        label: "*wrong:* retention scaled in proportion",
        what: "`value_of_stayer` 16.9 / 0.20 = 84.5 thousand EUR",
        values: &[("people", "value_of_stayer", "84.5 kEUR@2018/person")],
        ..CENTRAL
    },
    Variant {
        name: "wrong-co2-grows-on",
        label: "*wrong:* high CO2 price that grows for ever",
        what: "`after` of `co2_price` is `growth`, emissions stay at 500 t a year",
        scenario: "co2-high",
        ..CENTRAL
    },
    Variant {
        name: "wrong-full-return",
        label: "*wrong:* full social return, nothing apportioned",
        what: "`external_return` 55 %, `local_part` 0",
        values: &[("jobs", "external_return", "55 %/year"), ("jobs", "local_part", "0 %")],
        ..CENTRAL
    },
    Variant {
        name: "wrong-full-return-no-displacement",
        label: "*wrong:* the same, and displacement forgotten",
        what: "`displacement` 0 % as well",
        values: &[
            ("jobs", "external_return", "55 %/year"),
            ("jobs", "local_part", "0 %"),
            ("space", "displacement", "0 %"),
        ],
        ..CENTRAL
    },
];

fn outcome(variant: &Variant) -> Outcome {
    let mut project = Project::shipped();
    for (file, parameter, value) in variant.values {
        project = project.set(&format!("{MODEL}/{file}.toml"), parameter, value);
    }
    if variant.name == "wrong-co2-grows-on" {
        // The last declarations of the study are those of the high path.
        let (low, high) = project
            .text(STUDY)
            .split_once("[scenario.co2-high]")
            .expect("two paths");
        let high = high.replace("2050 = 0 }", "2050 = 1 }");
        let high = high.replace(
            "between    = \"growth\"\nafter      = \"constant\"",
            "between = \"growth\"\nafter = \"growth\"",
        );
        let text = format!("{low}[scenario.co2-high]{high}");
        project = project.with(STUDY, text);
        let surroundings = format!("{MODEL}/surroundings.toml");
        project = project.set(&surroundings, "operational_co2", "0.01 t/m2/year");
    }
    project.run(STUDY, Run::draws(1))
}

impl Variant {
    fn view<'o>(&self, outcome: &'o Outcome) -> View<'o> {
        view(outcome, self.scenario, self.alternative)
    }
}

/// Sum of the flows of a row in million euro.
fn amount(found: &View<'_>, row: &Row) -> f64 {
    row.flows.iter().map(|flow| found.flow(flow)).sum::<f64>() / 1e6
}

/// What a party bears or gains without research spillovers, in million euro.
fn of_party(found: &View<'_>, party: &str) -> f64 {
    let flows = ROWS.iter().flat_map(|row| row.flows);
    flows.map(|flow| found.posting(flow, party)).sum::<f64>() / 1e6
}

/// Benefits over costs.
fn ratio(found: &View<'_>, scope: Scope) -> f64 {
    let ratio = benefit_cost_ratio(found.catalogue, found.result, scope, RatioConvention::CostsOfTheMeasure);
    ratio.ratio.value().expect("there are costs")
}

/// Numbers by row and column of a file of the worked campus.
fn case(text: &str) -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = rows.headers().expect("a head").iter().map(str::to_owned).collect();
    let lines = rows.records().map(|line| {
        let line = line.expect("a row");
        let numbers = head.iter().zip(&line).skip(1);
        let numbers = numbers.map(|(column, text)| (column.clone(), text.parse().expect("a number")));
        (line[0].to_owned(), numbers.collect())
    });
    lines.collect()
}

#[test]
fn every_row_of_every_variant_is_that_of_the_worked_campus() {
    let case = case(include_str!("cases/one-campus/rows.csv"));
    assert_eq!(case.len(), VARIANTS.len());
    for variant in &VARIANTS {
        let (expected, outcome) = (&case[variant.name], outcome(variant));
        let found = variant.view(&outcome);
        let near = |found: f64, column: &str| {
            let apart = (found - expected[column]).abs();
            assert!(
                apart <= 1e-6,
                "{}, {column}: {found} and {}",
                variant.name,
                expected[column]
            );
        };
        for row in &ROWS {
            near(amount(&found, row), row.number);
        }
        let sum = |kind: char| -> f64 {
            let rows = ROWS.iter().filter(|row| row.number.starts_with(kind));
            rows.map(|row| amount(&found, row)).sum()
        };
        near(sum('C'), "costs");
        near(sum('B'), "effects");
        let (without, with) = (found.result.balance_without_separate.mean, found.balance());
        near(without / 1e6, "balance");
        near(found.flow("research_spillover") / 1e6, "research");
        near((with - without) / 1e6, "research");
        near(ratio(&found, Scope::WithoutSeparate), "ratio");
        near(ratio(&found, Scope::All), "ratio_with_research");
    }
}

#[test]
fn every_party_of_every_variant_is_that_of_the_worked_campus() {
    let case = case(include_str!("cases/one-campus/parties.csv"));
    assert_eq!((case.len(), case["base"].len()), (VARIANTS.len(), PARTIES.len()));
    for variant in &VARIANTS {
        let outcome = outcome(variant);
        let found = variant.view(&outcome);
        for (party, name) in PARTIES {
            let (found, expected) = (of_party(&found, party), case[variant.name][name]);
            assert!(
                (found - expected).abs() <= 1e-6,
                "{}, {name}: {found} and {expected}",
                variant.name
            );
        }
    }
}

#[test]
fn in_2040_the_campus_has_46_000_m2_in_use_1533_jobs_and_230_new_ones() {
    let outcome = outcome(&CENTRAL);
    let found = CENTRAL.view(&outcome);
    let in_2040 = |indicator: &str| found.indicator(indicator)[0][found.year(2040)];
    assert_near(in_2040("in_use"), 46_000.0, 1e-12);
    assert_near(in_2040("jobs"), 46_000.0 / 30.0, 1e-12);
    assert_near(in_2040("additional_jobs"), 230.0, 1e-12);
    // Two rates of the model stand for those of the rulebook.
    let text = Project::shipped();
    let has =
        |file: &str, value: String| assert!(text.text(&format!("{MODEL}/{file}.toml")).contains(&value), "{value}");
    has(
        "model",
        format!("\"{} %\"", 100.0 * rulebook().prices.indirect_tax_uplift),
    );
    has("jobs", "\"2.25 %/year\"".to_owned());
    assert_eq!(outcome.catalogue.rates[0].per_year, Some(0.0225));
}

/// A euro of research is worth 0.20 · 0.5 · 1.0225^−3 · 1.0225 / (0.0225 + 0.15) = 0.5545 euro, of which half is kept: what is left after the
/// horizon is in it.
#[test]
fn research_that_outlives_the_horizon_has_its_closed_form() {
    let outcome = outcome(&CENTRAL);
    let found = CENTRAL.view(&outcome);
    let fade = |year: i32| (f64::from(2080 - year) / 20.0).clamp(0.0, 1.0);
    let jobs = &found.indicator("additional_jobs")[0];
    let spent: f64 = (2026..=2129)
        .map(|year| jobs[found.year(year)] * 0.4 * 110e3 * fade(year) * 1.0225_f64.powi(2026 - year))
        .sum();
    let worth = 0.2 * 0.5 * 1.0225_f64.powi(-3) * 1.0225 / (0.0225 + 0.15);
    assert_eq!(format!("{worth:.4}"), "0.5545");
    assert_near(found.flow("research_spillover"), 0.5 * worth * 1.182 * spent, 1e-9);
}

#[test]
fn use_of_space_nets_to_zero_when_everybody_moves_and_nothing_is_used_again() {
    let outcome = outcome(&Variant {
        values: &[("space", "displacement", "100 %"), ("space", "reuse", "0 %")],
        ..CENTRAL
    });
    let found = CENTRAL.view(&outcome);
    let gained = found.flow("use_of_space");
    assert!(gained > 1e8);
    assert_near_on_scale(gained + found.flow("vacated_space"), 0.0, gained, 1e-13);
}

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
        let start = format!("<!-- {mark}: made by tests/one_campus.rs -->\n");
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
            "run `MKBA_BLESS=1 cargo test --release --test one_campus` and read the difference"
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
