//! A run made by hand, of any size, for tests of figures.

use mkba_core::appraisal::catalogue::{
    Catalogue, Entry, FlowEntry, FlowKind, GateEntry, InputEntry, PartyEntry, RateEntry, Text, UnpricedEntry,
};
use mkba_core::run_tables::RunTables;
use mkba_core::table::Table;

/// How large a run is, and how awkward its words and numbers are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size<'l> {
    pub(crate) scenarios: usize,
    pub(crate) alternatives: usize,
    pub(crate) label: &'l str,
    /// All amounts are a few times this.
    pub(crate) scale: f64,
    /// Whether costs outweigh everything, so that all balances are negative.
    pub(crate) all_negative: bool,
}

const FLOWS: [(&str, FlowKind, &str, &str, f64); 6] = [
    ("buildings", FlowKind::Cost, "investment", "hardware", -3.0),
    ("upkeep", FlowKind::Cost, "upkeep", "hardware", -1.0),
    ("use_value", FlowKind::Benefit, "direct", "hardware", 2.5),
    ("graduates", FlowKind::Benefit, "indirect", "software", 1.25),
    ("carbon", FlowKind::Benefit, "external", "", -0.125),
    ("spillover", FlowKind::Benefit, "external", "software", 0.75),
];
const PARTIES: [(&str, bool, &str); 3] = [
    ("treasury", true, "FIN"),
    ("households", true, ""),
    ("abroad", false, ""),
];
const REGIONS: [&str; 12] = [
    "drenthe",
    "flevoland",
    "friesland",
    "gelderland",
    "groningen",
    "limburg",
    "noord-brabant",
    "noord-holland",
    "overijssel",
    "utrecht",
    "zeeland",
    "zuid-holland",
];

const GATES: [(&str, &str); 2] = [("permits", "Vergunningen"), ("connected_power", "Netaansluiting")];

/// A run with every table that figures are made from.
pub(crate) fn run(size: Size<'_>) -> RunTables {
    let catalogue = catalogue(size);
    let tables = vec![
        overview(&catalogue, size),
        parties(&catalogue, size),
        regions(&catalogue, size),
        cumulative(&catalogue, size),
        distribution(&catalogue, size),
        regret(&catalogue, size),
        influence(&catalogue, size),
        correlations(),
        convergence(&catalogue, size),
        gates(&catalogue),
    ];
    RunTables {
        catalogue,
        draws: 4096,
        tables,
    }
}

fn entry(id: &str, label: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        label: Text {
            nl: label.to_owned(),
            en: label.to_owned(),
        },
    }
}

fn gate(id: &str, label: &str) -> GateEntry {
    GateEntry {
        entry: entry(id, label),
        ..GateEntry::default()
    }
}

fn catalogue(size: Size<'_>) -> Catalogue {
    let numbered = |count: usize, id: &str, label: &str| -> Vec<Entry> {
        (0..count)
            .map(|number| entry(&format!("{id}-{number}"), &format!("{label} {number}")))
            .collect()
    };
    let flow = |(id, kind, effect, pillar, _): &(&str, FlowKind, &str, &str, f64)| FlowEntry {
        entry: entry(id, id),
        kind: *kind,
        effect: (*effect).to_owned(),
        pillar: (*pillar).to_owned(),
        discount: "standard".to_owned(),
        separate: *id == "spillover",
    };
    let input = |number: usize| InputEntry {
        entry: entry(&format!("input_{number}"), &format!("{} ({number})", size.label)),
        unit: "1".to_owned(),
        distribution: "uniform(0, 1)".to_owned(),
        placeholder: number.is_multiple_of(2),
    };
    Catalogue {
        study: entry("study", "City Deal").label,
        model: entry("model", "Model"),
        price_year: 2025,
        base_year: 2026,
        rates: vec![RateEntry {
            class: "standard".to_owned(),
            per_year: Some(0.0225),
            steps: Vec::new(),
            stated: "2.25 %/year".to_owned(),
            replaced: false,
        }],
        scenarios: numbered(size.scenarios, "scenario", "WLO"),
        alternatives: numbered(size.alternatives + 1, "alternative", size.label),
        flows: FLOWS.iter().map(flow).collect(),
        parties: PARTIES
            .iter()
            .map(|(id, standing, department)| PartyEntry {
                entry: entry(id, &format!("{} {id}", size.label)),
                standing: *standing,
                department: (*department).to_owned(),
            })
            .collect(),
        unpriced: vec![UnpricedEntry {
            entry: entry("cohesion", "Sociale cohesie"),
            sign: "-".to_owned(),
            why: "no price".to_owned(),
        }],
        inputs: (0..15).map(input).collect(),
        regions: REGIONS.map(str::to_owned).to_vec(),
        gates: GATES.iter().map(|(id, label)| gate(id, label)).collect(),
        ..Catalogue::default()
    }
}

/// Scenario and alternative of each case, with a factor that differs between cases.
fn cases(catalogue: &Catalogue, with_baseline: bool) -> Vec<(&str, &str, f64)> {
    let mut cases = Vec::new();
    for (number, scenario) in catalogue.scenarios.iter().enumerate() {
        for (place, alternative) in catalogue
            .alternatives
            .iter()
            .enumerate()
            .skip(usize::from(!with_baseline))
        {
            let factor = place as f64 * (1.0 + 0.25 * number as f64);
            cases.push((scenario.id.as_str(), alternative.id.as_str(), factor));
        }
    }
    cases
}

fn amount_of(flow: usize, factor: f64, size: Size<'_>) -> f64 {
    let amount = FLOWS[flow].4 * factor * size.scale;
    if size.all_negative { -amount.abs() } else { amount }
}

fn balance_of(factor: f64, size: Size<'_>) -> f64 {
    (0..FLOWS.len()).map(|flow| amount_of(flow, factor, size)).sum()
}

fn table<'c, Row: Clone>(
    name: &str,
    cases: &[(&'c str, &'c str, f64)],
    rows: impl Fn(f64) -> Vec<Row>,
) -> (Table, Vec<Row>) {
    let (mut scenarios, mut alternatives, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for (scenario, alternative, factor) in cases {
        for row in rows(*factor) {
            scenarios.push(*scenario);
            alternatives.push(*alternative);
            all.push(row);
        }
    }
    let table = Table::new(name)
        .text("scenario", scenarios)
        .text("alternative", alternatives);
    (table, all)
}

/// Flow, kind, effect, pillar, headline, present value.
type OverviewRow<'a> = (String, &'a str, &'a str, &'a str, &'a str, Option<f64>);

fn overview(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let (table, rows) = table("overview", &cases(catalogue, false), |factor| {
        let flows = FLOWS.iter().enumerate();
        let mut rows: Vec<OverviewRow<'_>> = flows
            .map(|(flow, (id, kind, effect, pillar, _))| {
                let headline = if *id == "spillover" { "separate" } else { "" };
                let amount = amount_of(flow, factor, size);
                ((*id).to_owned(), kind.word(), *effect, *pillar, headline, Some(amount))
            })
            .collect();
        rows.push((
            "balance".to_owned(),
            "balance",
            "",
            "",
            "",
            Some(balance_of(factor, size)),
        ));
        rows.push(("cohesion".to_owned(), "unpriced", "", "", "", None));
        rows
    });
    table
        .text("flow", rows.iter().map(|row| row.0.as_str()))
        .text("kind", rows.iter().map(|row| row.1))
        .text("effect", rows.iter().map(|row| row.2))
        .text("pillar", rows.iter().map(|row| row.3))
        .text("headline", rows.iter().map(|row| row.4))
        .optional_number("pv_mean_eur", rows.iter().map(|row| row.5))
}

fn parties(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let (table, rows) = table("parties", &cases(catalogue, false), |factor| {
        let balance = balance_of(factor, size);
        let shares = [("treasury", 1.5), ("households", -0.5), ("abroad", 0.25)];
        shares.map(|(party, share)| (party, share * balance)).to_vec()
    });
    table
        .text("party", rows.iter().map(|row| row.0))
        .text("flow", rows.iter().map(|_| "total"))
        .number("pv_mean_eur", rows.iter().map(|row| row.1))
}

fn regions(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let (table, rows) = table("regions", &cases(catalogue, false), |factor| {
        let balance = balance_of(factor, size);
        let places = REGIONS.into_iter().chain(["rest"]).enumerate();
        places
            .map(|(number, region)| (region, balance * (number as f64 - 4.0) / 26.0))
            .collect()
    });
    table
        .text("region", rows.iter().map(|row| row.0))
        .text("flow", rows.iter().map(|_| "total"))
        .number("pv_mean_eur", rows.iter().map(|row| row.1))
}

fn cumulative(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let (table, rows) = table("cumulative", &cases(catalogue, false), |factor| {
        let balance = balance_of(factor, size);
        (0..4_i64)
            .map(|step| (2026 + 30 * step, balance * step as f64 / 3.0))
            .collect()
    });
    let table = table
        .whole("year", rows.iter().map(|row| row.0))
        .number("mean_eur", rows.iter().map(|row| row.1));
    let bands = [
        ("p05_eur", -2.0),
        ("p25_eur", -0.75),
        ("p75_eur", 0.75),
        ("p95_eur", 2.0),
    ];
    bands.into_iter().fold(table, |table, (name, reach)| {
        table.number(name, rows.iter().map(|row| row.1 + reach * size.scale))
    })
}

fn distribution(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let (table, rows) = table("distribution", &cases(catalogue, false), |factor| {
        let balance = balance_of(factor, size);
        let step = |step: i32| (f64::from(step) / 8.0, balance + f64::from(step - 4) * size.scale);
        (0..=8).map(step).collect()
    });
    table
        .number("probability", rows.iter().map(|row| row.0))
        .number("npv_eur", rows.iter().map(|row| row.1))
        .number("probability_positive", rows.iter().map(|_| 0.375))
}

fn regret(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let most = size.alternatives as f64;
    let (table, rows) = table("regret", &cases(catalogue, true), |factor| {
        let balance = balance_of(factor, size);
        vec![(balance, (balance_of(2.0 * most, size).abs() - balance).abs())]
    });
    table
        .number("npv_mean_eur", rows.iter().map(|row| row.0))
        .number("regret_eur", rows.iter().map(|row| row.1))
        .number("probability_best", rows.iter().map(|_| 0.5))
}

fn influence(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let (table, rows) = table("influence", &cases(catalogue, false), |factor| {
        let balance = balance_of(factor, size);
        (0..15)
            .map(|number| (number, balance, f64::from(15 - number)))
            .collect()
    });
    let reach = |row: &(i32, f64, f64)| row.2 * size.scale / 5.0;
    table
        .text("input", rows.iter().map(|row| format!("input_{}", row.0)))
        .whole("placeholder", rows.iter().map(|row| i64::from(row.0 % 2 == 0)))
        .number("low_mean_eur", rows.iter().map(|row| row.1 - reach(row)))
        // Every fourth input moves the balance the same way at both ends.
        .number(
            "high_mean_eur",
            rows.iter()
                .map(|row| row.1 + if row.0 % 4 == 3 { -0.5 } else { 1.0 } * reach(row)),
        )
        .number("share_of_variance", rows.iter().map(|row| row.2 / 120.0))
}

fn correlations() -> Table {
    Table::new("input_correlations")
        .text("dependence", ["together"; 3])
        .text("input_a", ["input_0", "input_0", "input_1"])
        .text("input_b", ["input_1", "input_2", "input_2"])
        .optional_number("asked", [Some(0.5), Some(-0.25), None])
        .number("rank_correlation", [0.4875, -0.2625, 0.0125])
}

fn convergence(catalogue: &Catalogue, size: Size<'_>) -> Table {
    let (table, rows) = table("convergence", &cases(catalogue, false), |factor| {
        let balance = balance_of(factor, size);
        [1024_i64, 2048, 4096]
            .map(|draws| (draws, balance, size.scale / (draws as f64).sqrt()))
            .to_vec()
    });
    table
        .whole("draws", rows.iter().map(|row| row.0))
        .number("npv_mean_eur", rows.iter().map(|row| row.1))
        .number("npv_se_eur", rows.iter().map(|row| row.2))
}

fn gates(catalogue: &Catalogue) -> Table {
    let (table, rows) = table("gates", &cases(catalogue, true), |factor| {
        let mut rows = Vec::new();
        for (gate, _) in GATES {
            for element in 0..2 {
                for year in [2026_i64, 2031, 2036] {
                    let share = f64::from((year - 2026) as i32) * factor / (factor + 1.0) / 10.0;
                    rows.push((gate, element, year, if element == 0 { share } else { 0.0 }));
                }
            }
        }
        rows
    });
    table
        .text("gate", rows.iter().map(|row| row.0))
        .whole("element", rows.iter().map(|row| i64::from(row.1)))
        .whole("year", rows.iter().map(|row| row.2))
        .number("binding_probability", rows.iter().map(|row| row.3))
}
