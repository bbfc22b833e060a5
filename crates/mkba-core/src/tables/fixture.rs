//! A small outcome made by hand: three years, no discounting, two scenarios, two alternatives against a baseline.
use crate::appraisal::catalogue::{
    Catalogue, Entry, FlowEntry, FlowKind, GateEntry, GateReading, IndicatorEntry, InputEntry, InteractionEntry,
    LimitEntry, PartyEntry, RateEntry, Text, UnpricedEntry,
};
use crate::finance::Timing;
use crate::outcome::{
    AlternativeOutcome, GateOutcome, InteractionOutcome, LimitOutcome, Outcome, ScenarioOutcome, Summary,
};
use crate::rulebook::PriceUnit;
use crate::table::Table;

pub(super) const HARDWARE: usize = 1;
pub(super) const SAVING: usize = 2;

const HALF_BAND: f64 = 3.0;

/// Scenario and alternative of every case that is compared.
pub(super) fn cases() -> [(&'static str, &'static str); 4] {
    [
        ("low", "hardware"),
        ("low", "saving"),
        ("high", "hardware"),
        ("high", "saving"),
    ]
}

pub(super) fn result<'a>(outcome: &'a Outcome, scenario: &str, alternative: &str) -> &'a AlternativeOutcome {
    let position = |entries: &[Entry], id: &str| entries.iter().position(|entry| entry.id == id).expect("known id");
    let scenario = position(&outcome.catalogue.scenarios, scenario);
    &outcome.scenarios[scenario].alternatives[position(&outcome.catalogue.alternatives, alternative)]
}

/// Rows in which the named columns hold these words.
pub(super) fn rows_where(table: &Table, wanted: &[(&str, &str)]) -> Vec<usize> {
    let holds = |row: usize, (column, word): &(&str, &str)| {
        table.cell(row, column).expect("column exists").as_text() == Some(word)
    };
    (0..table.row_count())
        .filter(|&row| wanted.iter().all(|pair| holds(row, pair)))
        .collect()
}

pub(super) fn amount(table: &Table, row: usize, column: &str) -> f64 {
    table
        .cell(row, column)
        .and_then(|cell| cell.as_number())
        .expect("a number")
}

pub(super) fn outcome() -> Outcome {
    let scenario = |growth: f64| ScenarioOutcome {
        alternatives: vec![
            alternative(&zero(), [10.0, 0.0]),
            alternative(&hardware(growth), [10.0, 25.0]),
            alternative(&saving(growth), [10.0, -5.0]),
        ],
        interactions: vec![InteractionOutcome {
            difference: around(4.0 * growth),
            reinforcing: 0.75,
        }],
    };
    Outcome {
        catalogue: catalogue(),
        draws: 2,
        seed: 1,
        scenarios: vec![scenario(1.0), scenario(1.5)],
        kept: 2,
        inputs: vec![("rent".into(), vec![200.0, 210.0])],
        convergence: Vec::new(),
    }
}

/// Amounts by flow and year; postings by flow and party; amounts by flow and region.
struct Flows {
    yearly: [[f64; 3]; 6],
    postings: [[f64; 4]; 6],
    regional: [Vec<f64>; 6],
}

fn zero() -> Flows {
    Flows {
        yearly: [[0.0; 3]; 6],
        postings: [[0.0; 4]; 6],
        regional: std::array::from_fn(|_| Vec::new()),
    }
}

/// Benefits are `growth` times as large. The transfer is a grant from abroad.
fn hardware(growth: f64) -> Flows {
    let g = growth;
    Flows {
        yearly: [
            [-100.0, 0.0, 0.0],
            [0.0, -10.0, -10.0],
            [0.0, 30.0 * g, 30.0 * g],
            [0.0, 15.0 * g, 15.0 * g],
            [0.0, 12.0 * g, 12.0 * g],
            [6.0, 0.0, 0.0],
        ],
        postings: [
            [-100.0, 0.0, 0.0, 0.0],
            [-15.0, -5.0, 0.0, 0.0],
            [0.0, 60.0 * g, 0.0, 0.0],
            [0.0, 0.0, 30.0 * g, 0.0],
            [0.0, 0.0, 24.0 * g, 3.0 * g],
            [6.0, 0.0, 0.0, -6.0],
        ],
        regional: [
            vec![-60.0, -40.0],
            Vec::new(),
            vec![20.0 * g, 30.0 * g],
            Vec::new(),
            Vec::new(),
            Vec::new(),
        ],
    }
}

/// A cut: costs and benefits change sign.
fn saving(growth: f64) -> Flows {
    let mut flows = zero();
    flows.yearly[0][0] = 10.0;
    flows.postings[0][0] = 10.0;
    flows.yearly[2][1] = -15.0 * growth;
    flows.postings[2][1] = -15.0 * growth;
    flows
}

fn around(mean: f64) -> Summary {
    Summary {
        mean,
        standard_error: HALF_BAND,
        p05: mean - HALF_BAND,
        p50: mean,
        p95: mean + HALF_BAND,
    }
}

fn alternative(flows: &Flows, [level, added]: [f64; 2]) -> AlternativeOutcome {
    let society: Vec<f64> = flows.postings.iter().map(|parties| parties[..3].iter().sum()).collect();
    let balance: f64 = society.iter().sum();
    let without = balance - society[4];
    let year = |years: usize| level + added * years as f64;
    AlternativeOutcome {
        cumulative: Vec::new(),
        flows: society.iter().map(|&value| around(value)).collect(),
        postings: flows.postings.iter().map(|parties| parties.to_vec()).collect(),
        regional: flows.regional.to_vec(),
        balance: around(balance),
        balance_without_separate: around(without),
        balance_distribution: None,
        balance_draws: vec![balance - HALF_BAND, balance + HALF_BAND],
        balance_without_separate_draws: vec![without - HALF_BAND, without + HALF_BAND],
        yearly: flows.yearly.iter().map(|years| years.to_vec()).collect(),
        indicators: vec![
            vec![(0..3).map(year).collect()],
            vec![vec![level; 3], (0..3).map(|t| 2.0 * year(t)).collect()],
        ],
        gates: vec![queue(added > 0.0)],
        limits: vec![LimitOutcome {
            level: vec![vec![2.0, 3.0]],
            least: vec![vec![vec![0.25, 1.0]], vec![vec![0.75, 0.0]]],
        }],
    }
}

/// A gate at which the south waits, or nobody.
fn queue(waits: bool) -> GateOutcome {
    let south = |values: [f64; 2]| vec![vec![0.0; 2], if waits { values.to_vec() } else { vec![0.0; 2] }];
    GateOutcome {
        wanted: south([10.0, 10.0]),
        granted: south([8.0, 6.0]),
        substituted: south([1.0, 1.0]),
        waiting: south([1.0, 4.0]),
        binding: south([0.5, 1.0]),
    }
}

pub(super) fn entry(id: &str) -> Entry {
    Entry {
        id: id.into(),
        label: Text {
            nl: format!("{id} (nl)"),
            en: format!("{id} (en)"),
        },
    }
}

fn flow(id: &str, kind: FlowKind, effect: &str, pillar: &str) -> FlowEntry {
    FlowEntry {
        entry: entry(id),
        kind,
        effect: effect.into(),
        pillar: pillar.into(),
        discount: "standard".into(),
        separate: id == "spillover",
    }
}

fn catalogue() -> Catalogue {
    let party = |id: &str| PartyEntry {
        entry: entry(id),
        standing: id != "abroad",
        department: String::new(),
    };
    let unpriced = |id: &str, sign: &str| UnpricedEntry {
        entry: entry(id),
        sign: sign.into(),
        why: "no price".into(),
    };
    Catalogue {
        study: entry("study").label,
        model: entry("model"),
        price_year: 2025,
        base_year: 2026,
        first_year: 2026,
        last_year: 2028,
        opening_year: Some(2027),
        rulebook: entry("nl-2021"),
        rates: vec![RateEntry {
            class: "standard".into(),
            per_year: Some(0.0),
            steps: Vec::new(),
            stated: "0 %/year".into(),
            replaced: false,
        }],
        timing: Timing::EndOfYear,
        price_unit: PriceUnit::MarketPrices,
        last_counted_year: None,
        scenarios: vec![entry("low"), entry("high")],
        alternatives: vec![entry("baseline"), entry("hardware"), entry("saving")],
        baseline: 0,
        flows: vec![
            flow("building", FlowKind::Cost, "investment", "hardware"),
            flow("upkeep", FlowKind::Cost, "upkeep", "hardware"),
            flow("use_value", FlowKind::Benefit, "direct", "hardware"),
            flow("human_capital", FlowKind::Benefit, "indirect", "software"),
            flow("spillover", FlowKind::Benefit, "external", "software"),
            flow("grant", FlowKind::Transfer, "transfer", ""),
        ],
        parties: vec![
            party("university"),
            party("companies"),
            party("households"),
            party("abroad"),
        ],
        unpriced: vec![unpriced("cohesion", "±"), unpriced("autonomy", "+")],
        indicators: vec![
            IndicatorEntry {
                entry: entry("jobs"),
                unit: "fte".into(),
                elements: vec![String::new()],
            },
            IndicatorEntry {
                entry: entry("space"),
                unit: "m2".into(),
                elements: vec!["north".into(), "south".into()],
            },
        ],
        inputs: vec![InputEntry {
            entry: entry("rent"),
            ..InputEntry::default()
        }],
        regions: vec!["north".into(), "south".into()],
        checklist: Vec::new(),
        gate_reading: GateReading::AsIs,
        gate_years: vec![2026, 2028],
        gates: vec![GateEntry {
            entry: entry("grid"),
            unit: "MW/year".into(),
            scale: 2.0,
            elements: vec!["north".into(), "south".into()],
        }],
        limits: vec![LimitEntry {
            entry: entry("occupied"),
            unit: "m2".into(),
            scale: 1.0,
            elements: vec![String::new()],
            bounds: vec!["grid".into(), "market".into()],
        }],
        interactions: vec![InteractionEntry {
            entry: entry("together"),
            whole: HARDWARE,
            parts: vec![SAVING],
            readings: vec![GateReading::AsIs, GateReading::Off],
        }],
    }
}
