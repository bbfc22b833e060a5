//! A run made by hand for tests of the overview: two scenarios, as many alternatives as asked for.
use mkba_core::appraisal::catalogue::{
    Catalogue, Entry, FlowEntry, FlowKind, GateReading, PartyEntry, RateEntry, Text, UnpricedEntry,
};
use mkba_core::finance::{RatioConvention, Timing};
use mkba_core::outcome::{AlternativeOutcome, Outcome, ScenarioOutcome, Summary};
use mkba_core::rulebook::PriceUnit;
use mkba_core::table::Table;
use mkba_core::tables;

/// The overview table and the catalogue.
#[must_use]
pub fn run(alternatives: usize) -> (Table, Catalogue) {
    let outcome = outcome(alternatives);
    (
        tables::overview(&outcome, RatioConvention::CostsOfTheMeasure),
        outcome.catalogue,
    )
}

/// Present values in million EUR of the first alternative in the first scenario, in the order of the flows.
const VALUES: [f64; 8] = [-281.04, -131.0, 393.26, 26.5, -2.4, 75.0, 0.0, 4.0];

const NAMES: [(&str, &str); 6] = [
    ("Hardware", "Hardware"),
    ("Software", "Software"),
    ("Orgware", "Orgware"),
    ("Integraal", "Integrated"),
    ("Integraal, gefaseerd", "Integrated, phased"),
    ("Herstel onderzoek", "Research restored"),
];

/// The whole outcome.
#[must_use]
pub fn outcome(alternatives: usize) -> Outcome {
    let catalogue = catalogue(alternatives);
    let scenarios = [1.0, 1.31];
    let alternative = |growth: f64, number: usize| -> AlternativeOutcome {
        let size = growth * (1.0 + 0.37 * number as f64) * 1e6;
        let flows: Vec<f64> = VALUES.iter().map(|value| value * size).collect();
        let balance: f64 = flows.iter().sum();
        AlternativeOutcome {
            flows: flows.iter().map(|&mean| around(mean)).collect(),
            postings: vec![vec![0.0]; VALUES.len()],
            regional: vec![Vec::new(); VALUES.len()],
            balance: around(balance),
            balance_without_separate: around(balance - flows[5]),
            balance_distribution: None,
            balance_draws: vec![balance],
            balance_without_separate_draws: vec![balance - flows[5]],
            cumulative: Vec::new(),
            yearly: vec![vec![0.0; 3]; VALUES.len()],
            indicators: Vec::new(),
            ..AlternativeOutcome::default()
        }
    };
    Outcome {
        scenarios: scenarios
            .iter()
            .map(|&growth| ScenarioOutcome {
                alternatives: (0..=alternatives)
                    .map(|number| match number {
                        0 => AlternativeOutcome::default(),
                        _ => alternative(growth, number - 1),
                    })
                    .collect(),
                ..ScenarioOutcome::default()
            })
            .collect(),
        catalogue,
        draws: 10_000,
        seed: 1,
        kept: 1,
        inputs: Vec::new(),
        convergence: Vec::new(),
    }
}

fn around(mean: f64) -> Summary {
    let half = mean.abs() * 0.6 + 1e6;
    Summary {
        mean,
        standard_error: half / 164.0,
        p05: mean - half,
        p50: mean,
        p95: mean + half,
    }
}

fn entry(id: &str, nl: &str, en: &str) -> Entry {
    Entry {
        id: id.into(),
        label: Text {
            nl: nl.into(),
            en: en.into(),
        },
    }
}

fn catalogue(alternatives: usize) -> Catalogue {
    let flow = |entry: Entry, kind, effect: &str| FlowEntry {
        separate: entry.id == "spillover",
        entry,
        kind,
        effect: effect.into(),
        pillar: "hardware".into(),
        discount: "standard".into(),
    };
    let rate = |class: &str, per_year: Option<f64>, stated: &str, replaced| RateEntry {
        class: class.into(),
        per_year,
        steps: Vec::new(),
        stated: stated.into(),
        replaced,
    };
    let unpriced = |entry, sign: &str| UnpricedEntry {
        entry,
        sign: sign.into(),
        why: "no price".into(),
    };
    let names = (1..=alternatives).map(|number| {
        let (nl, en) = NAMES[(number - 1) % NAMES.len()];
        entry(&format!("a{number}"), nl, en)
    });
    Catalogue {
        study: Text {
            nl: "City Deal Kennissteden".into(),
            en: "City Deal knowledge cities".into(),
        },
        model: entry("kennisstad", "Kennissteden", "Knowledge cities"),
        price_year: 2025,
        base_year: 2026,
        first_year: 2026,
        last_year: 2129,
        opening_year: Some(2030),
        rulebook: entry(
            "nl-2021",
            "Nederlandse MKBA-regels vanaf 2021",
            "Dutch appraisal rules from 2021",
        ),
        rates: vec![
            rate("standard", Some(0.0225), "2.25 %/year", false),
            rate("sunk", None, "triangular(1, 1.6, 2) %/year", true),
        ],
        timing: Timing::EndOfYear,
        price_unit: PriceUnit::MarketPrices,
        last_counted_year: None,
        scenarios: vec![
            entry("low", "WLO Laag", "WLO low"),
            entry("high", "WLO Hoog", "WLO high"),
        ],
        alternatives: [entry("baseline", "Versnipperd beleid", "Fragmented policy")]
            .into_iter()
            .chain(names)
            .collect(),
        baseline: 0,
        flows: vec![
            flow(
                entry("building", "Gebouwen en laboratoria", "Buildings and laboratories"),
                FlowKind::Cost,
                "investment",
            ),
            flow(
                entry("upkeep", "Beheer en onderhoud", "Upkeep"),
                FlowKind::Cost,
                "upkeep",
            ),
            flow(
                entry(
                    "use_value",
                    "Gebruikswaarde van vloeroppervlak",
                    "Use value of floor space",
                ),
                FlowKind::Benefit,
                "direct",
            ),
            flow(
                entry("human_capital", "Menselijk kapitaal", "Human capital"),
                FlowKind::Benefit,
                "indirect",
            ),
            flow(entry("co2", "CO2", "CO2"), FlowKind::Benefit, "external"),
            flow(
                entry("spillover", "Kennisspillovers", "Research spillovers"),
                FlowKind::Benefit,
                "external",
            ),
            flow(entry("rent", "Huur", "Rent"), FlowKind::Transfer, "transfer"),
            flow(
                entry("grant", "Europese subsidie", "European grant"),
                FlowKind::Transfer,
                "transfer",
            ),
        ],
        parties: vec![PartyEntry {
            entry: entry("nation", "Nederland", "The Netherlands"),
            standing: true,
            department: String::new(),
        }],
        unpriced: vec![
            unpriced(
                entry(
                    "cohesion",
                    "Sociale cohesie en kansengelijkheid",
                    "Social cohesion and equality of opportunity",
                ),
                "±",
            ),
            unpriced(entry("congestion", "Drukte", "Congestion"), "-"),
        ],
        indicators: Vec::new(),
        inputs: Vec::new(),
        regions: Vec::new(),
        gate_reading: GateReading::default(),
        gate_years: Vec::new(),
        gates: Vec::new(),
        limits: Vec::new(),
        interactions: Vec::new(),
        checklist: Vec::new(),
    }
}
