//! The worked campus: its rows, parties and variants, and what the teaching model gives for them.
use super::project::{Project, Run};
use super::view::{View, view};
use mkba_core::finance::RatioConvention;
use mkba_core::outcome::Outcome;
use mkba_core::tables::{Scope, benefit_cost_ratio};

pub const STUDY: &str = "scenarios/one-campus.toml";
pub const MODEL: &str = "models/teaching/one-campus";

/// A row of the worked campus: its number, the flows of the model that it consists of, and where its value comes from.
pub struct Row {
    pub number: &'static str,
    pub flows: &'static [&'static str],
    pub how: &'static str,
}

pub const fn row(number: &'static str, flows: &'static [&'static str], how: &'static str) -> Row {
    Row { number, flows, how }
}

pub const ROWS: [Row; 21] = [
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
pub const PARTIES: [(&str, &str); 9] = [
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
pub struct Variant {
    pub name: &'static str,
    /// What the page calls it, and what it replaces.
    pub label: &'static str,
    pub what: &'static str,
    pub alternative: &'static str,
    pub scenario: &'static str,
    /// File, parameter, value.
    pub values: &'static [(&'static str, &'static str, &'static str)],
}

pub const CENTRAL: Variant = Variant {
    name: "base",
    label: "the worked campus",
    what: "",
    alternative: "complete",
    scenario: "co2-low",
    values: &[],
};

pub const VARIANTS: [Variant; 17] = [
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

pub fn outcome(variant: &Variant) -> Outcome {
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
    /// Its alternative in its scenario.
    pub fn view<'o>(&self, outcome: &'o Outcome) -> View<'o> {
        view(outcome, self.scenario, self.alternative)
    }
}

/// Sum of the flows of a row in million euro.
pub fn amount(found: &View<'_>, row: &Row) -> f64 {
    row.flows.iter().map(|flow| found.flow(flow)).sum::<f64>() / 1e6
}

/// What a party bears or gains without research spillovers, in million euro.
pub fn of_party(found: &View<'_>, party: &str) -> f64 {
    let flows = ROWS.iter().flat_map(|row| row.flows);
    flows.map(|flow| found.posting(flow, party)).sum::<f64>() / 1e6
}

/// Benefits over costs.
pub fn ratio(found: &View<'_>, scope: Scope) -> f64 {
    let ratio = benefit_cost_ratio(found.catalogue, found.result, scope, RatioConvention::CostsOfTheMeasure);
    ratio.ratio.value().expect("there are costs")
}
