//! How sure the balances are: their spread, what moves them, and where the conclusion turns.
use super::illustrations::Place;
use super::writer::Writer;
use crate::document::{Block, Column, Section, Style, TableRow};
use crate::material::Part;
use crate::overview::{CaseFigures, Group, words};
use crate::rows::{Record, records};
use std::collections::BTreeMap;

/// So many inputs stand in the table; all stand in `influence.csv`.
const INPUTS: usize = 15;

/// An amount that would have to grow more than so many times is no switching value that could come true.
const FARTHEST_FACTOR: f64 = 10.0;
/// Flows below this share of the costs have no switching value: the factor would be of no use.
const WORTH_SWITCHING: f64 = 0.05;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Uncertainty);
    blocks.push(Block::paragraph(writer.say(
        "Toekomstonzekerheid staat in de scenario's, die niet worden gemiddeld. Kennisonzekerheid staat in de trekkingen binnen een scenario: \
         elke trekking neemt voor elk onzeker kengetal een waarde uit zijn verdeling. Beleidsonzekerheid staat in de alternatieven.",
        "Uncertainty about the future is in the scenarios, which are not averaged. Uncertainty of knowledge is in the draws within a scenario: \
         each draw takes a value for every uncertain figure from its distribution. Uncertainty of policy is in the alternatives.",
    )));
    blocks.extend(spread(writer));
    blocks.extend(writer.illustrations(Place::Uncertainty));
    blocks.extend(influence(writer));
    blocks.extend(switching(writer));
    writer.section(
        "uncertainty",
        "Onzekerheid, gevoeligheid en kantelpunten",
        "Uncertainty, sensitivity and switching values",
        blocks,
    )
}

/// The share of the draws with a positive balance, by scenario and alternative.
pub(super) fn probabilities(writer: &Writer<'_>) -> BTreeMap<[String; 2], f64> {
    let rows = records(writer.table("distribution"));
    rows.filter_map(|row| {
        let key = [row.text("scenario"), row.text("alternative")];
        Some((key, row.number("probability_positive")?))
    })
    .collect()
}

fn spread(writer: &Writer<'_>) -> Vec<Block> {
    if !writer.is_uncertain() {
        return vec![Block::note(writer.say(
            "In deze studie is niets onzeker gemaakt: elke trekking geeft hetzelfde saldo. Een bandbreedte ontbreekt daarom.",
            "Nothing in this study is uncertain: every draw gives the same balance. There is therefore no band.",
        ))];
    }
    let probabilities = probabilities(writer);
    let mut blocks = vec![Block::heading(
        writer.say("Spreiding van het saldo", "Spread of the balance"),
    )];
    for ((label, cases), entry) in writer.scenarios().zip(&writer.catalogue().scenarios) {
        let labels = writer.alternatives().into_iter().zip(writer.alternative_ids());
        let rows = labels.zip(cases).map(|((label, id), case)| {
            let spread = case.balance;
            let probability = probabilities.get(&[entry.id.clone(), id.to_owned()]);
            let cells = [
                label,
                writer.amount(spread.mean),
                format!("±\u{a0}{}", writer.amount(spread.standard_error)),
                writer.amount(spread.p05),
                writer.amount(spread.p95),
                probability.map_or_else(|| "–".to_owned(), |share| chance(writer, *share)),
            ];
            TableRow::new(Style::Item, cells)
        });
        let columns = vec![
            Column::text(writer.say("Alternatief", "Alternative"), 2),
            Column::number(writer.say("Gemiddeld", "Mean")),
            Column::number(writer.say("Standaardfout", "Standard error")),
            Column::number("5 %"),
            Column::number("95 %"),
            Column::number(writer.say("Saldo positief", "Balance positive")),
        ];
        let caption = writer.say("Spreiding van het saldo", "Spread of the balance");
        let rows = rows.collect();
        blocks.push(writer.numbers(
            format!("{caption}, {label} ({})", writer.basis()),
            columns,
            rows,
            Vec::new(),
        ));
    }
    blocks.push(Block::paragraph(writer.say(
        "De laatste kolom is het aandeel van de trekkingen met een positief saldo. Dat is een kans gegeven de aangenomen verdelingen en het \
         scenario, zonder de PM-posten; het is geen kans dat het beleid slaagt.",
        "The last column is the share of the draws with a positive balance. It is a probability given the assumed distributions and the \
         scenario, without unpriced items; it is not the probability that the policy succeeds.",
    )));
    blocks
}

/// A share of the draws; what only rounds to never or always is not called so.
pub(super) fn chance(writer: &Writer<'_>, share: f64) -> String {
    if share > 0.0 && share < 0.005 {
        "<\u{a0}1\u{a0}%".to_owned()
    } else if (0.995..1.0).contains(&share) {
        ">\u{a0}99\u{a0}%".to_owned()
    } else {
        writer.percent(share, 0)
    }
}

/// What is known of the influence of an input over all cases.
pub(super) struct Influence {
    pub label: String,
    pub placeholder: bool,
    /// Least and greatest share of the variance over the cases, and the mean.
    pub least: f64,
    pub greatest: f64,
    pub mean: f64,
    /// Cases whose mean balance has another sign at the low than at the high end of the input.
    pub turns: usize,
    pub cases: usize,
}

/// The influence of every input, the strongest first.
pub(super) fn influences(writer: &Writer<'_>) -> Vec<(String, Influence)> {
    let mut by_input: BTreeMap<String, Vec<Record<'_>>> = BTreeMap::new();
    for row in records(writer.table("influence")) {
        by_input.entry(row.text("input")).or_default().push(row);
    }
    let mut found: Vec<(String, Influence)> = by_input
        .into_iter()
        .map(|(input, rows)| {
            let shares: Vec<f64> = rows.iter().filter_map(|row| row.number("share_of_variance")).collect();
            let turns = rows.iter().filter(|row| {
                let ends = [row.number("low_mean_eur"), row.number("high_mean_eur")];
                matches!(ends, [Some(low), Some(high)] if low * high < 0.0)
            });
            let known = writer.catalogue().inputs.iter().find(|entry| entry.entry.id == input);
            let label = known.map_or(input.as_str(), |entry| entry.entry.label.get(writer.language));
            let element = input
                .split_once('[')
                .map_or("", |(_, element)| element.trim_end_matches(']'));
            let label = if element.is_empty() {
                label.to_owned()
            } else {
                format!("{label} ({element})")
            };
            let influence = Influence {
                label,
                placeholder: rows[0].says_yes("placeholder"),
                least: shares.iter().copied().fold(f64::INFINITY, f64::min).min(1.0),
                greatest: shares.iter().copied().fold(0.0, f64::max),
                mean: shares.iter().sum::<f64>() / shares.len().max(1) as f64,
                turns: turns.count(),
                cases: rows.len(),
            };
            (input, influence)
        })
        .collect();
    found.sort_by(|(a, left), (b, right)| right.mean.total_cmp(&left.mean).then_with(|| a.cmp(b)));
    found
}

fn influence(writer: &Writer<'_>) -> Vec<Block> {
    let found = influences(writer);
    if found.is_empty() {
        return Vec::new();
    }
    let rows = found.iter().take(INPUTS).map(|(_, it)| {
        let cells = [
            it.label.clone(),
            writer.percent(it.mean, 1),
            format!("{}–{}", writer.percent(it.least, 0), writer.percent(it.greatest, 0)),
            writer.say(
                format!("{} van {}", it.turns, it.cases),
                format!("{} of {}", it.turns, it.cases),
            ),
            if it.placeholder {
                writer.say("ja", "yes")
            } else {
                writer.say("nee", "no")
            },
        ];
        TableRow::new(Style::Item, cells)
    });
    let columns = vec![
        Column::text(writer.say("Kengetal", "Figure"), 4),
        Column::number(writer.say("Aandeel in de spreiding", "Share of the spread")),
        Column::number(writer.say("Laagste–hoogste", "Least–greatest")),
        Column::number(writer.say("Saldo wisselt van teken", "Balance changes sign")),
        Column::number(writer.say("Tijdelijke aanname", "Placeholder")),
    ];
    let caption = writer.say(
        "De kengetallen die het saldo het meest bewegen, over alle scenario's en alternatieven",
        "The figures that move the balance most, over all scenarios and alternatives",
    );
    let rows = rows.collect();
    vec![
        Block::heading(writer.say("Wat het saldo beweegt", "What moves the balance")),
        Block::paragraph(writer.say(
            "Het aandeel in de spreiding is het deel van de variantie van het saldo dat aan één kengetal is toe te schrijven, gemiddeld over \
             scenario's en alternatieven; daarnaast het laagste en hoogste aandeel. De voorlaatste kolom telt in hoeveel gevallen (scenario × \
             alternatief) het gemiddelde saldo van teken wisselt tussen het lage en het hoge eind van dat kengetal: daar ligt een kantelpunt \
             binnen zijn bandbreedte.",
            "The share of the spread is the part of the variance of the balance that belongs to one figure, as a mean over scenarios and \
             alternatives; beside it the least and the greatest share. The last column but one counts in how many cases (scenario × \
             alternative) the mean balance changes sign between the low and the high end of the figure: there, a switching value lies within \
             its range.",
        )),
        writer.numbers(caption, columns, rows, Vec::new()),
    ]
}

/// By what factor an amount must change for the mean balance to be zero.
fn switching(writer: &Writer<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(writer.say("Kantelpunten", "Switching values")),
        Block::paragraph(writer.say(
            "Met welke factor moet een post veranderen om het gemiddelde saldo (met de apart getoonde effecten) op nul te brengen, als al het \
             andere gelijk blijft? Een factor van 0,80 wil zeggen: 20 % kleiner. “Geen” wil zeggen dat geen positieve factor het saldo op nul \
             brengt.",
            "By which factor must an item change for the mean balance (with the effects shown separately) to be zero, all else equal? A factor \
             of 0.80 means: 20 % smaller. “None” means that no positive factor brings the balance to zero.",
        )),
    ];
    let catalogue = writer.catalogue();
    let costs_of = |case: &CaseFigures| -> f64 {
        let flows = writer.overview.flows(Group::Cost);
        flows.iter().map(|(flow, _)| case.flows[*flow]).sum()
    };
    let matters = |number: &usize| {
        let is_large = |case: &CaseFigures| {
            let amount = case.flows[*number];
            amount != 0.0 && amount.abs() > WORTH_SWITCHING * costs_of(case).abs()
        };
        writer.figures.cases().any(is_large)
    };
    let effects = Group::EFFECTS.map(|(group, _)| group);
    let groups = [Group::Cost].into_iter().chain(effects).chain([Group::Separate]);
    let flows = groups
        .flat_map(|group| writer.overview.flows(group))
        .map(|(number, _)| number);
    let flows: Vec<usize> = flows.filter(matters).collect();
    for (label, cases) in writer.scenarios() {
        let factor = |amounts: Vec<f64>| {
            let both = amounts.into_iter().zip(cases);
            both.map(|(amount, case)| match 1.0 - case.balance.mean / amount {
                _ if amount == 0.0 => "–".to_owned(),
                factor if factor > FARTHEST_FACTOR => format!("> {}", writer.number(FARTHEST_FACTOR, 0)),
                factor if factor > 0.0 => writer.number(factor, 2),
                _ => writer.say("geen", "none"),
            })
            .collect::<Vec<String>>()
        };
        let sum = |is: &dyn Fn(Group) -> bool| -> Vec<f64> {
            let of_case = |flows: &[f64]| {
                let both = catalogue.flows.iter().zip(flows);
                both.filter(|(flow, _)| is(Group::of(flow)))
                    .map(|(_, value)| value)
                    .sum()
            };
            cases.iter().map(|case| of_case(&case.flows)).collect()
        };
        let row = |style: Style, name: &str, amounts: Vec<f64>| {
            TableRow::new(style, [name.to_owned()].into_iter().chain(factor(amounts)))
        };
        let mut rows = vec![
            row(
                Style::Sum,
                words::TOTAL_COSTS.get(writer.language),
                sum(&|group| group == Group::Cost),
            ),
            row(
                Style::Sum,
                &writer.say("Totaal effecten, ook aparte", "Total effects, separate ones too"),
                sum(&|group| !matches!(group, Group::Cost | Group::Transfer)),
            ),
        ];
        rows.extend(flows.iter().filter_map(|&number| {
            let amounts: Vec<f64> = cases.iter().map(|case| case.flows[number]).collect();
            let within = |(amount, case): (&f64, &CaseFigures)| {
                let factor = 1.0 - case.balance.mean / amount;
                *amount != 0.0 && factor > 0.0 && factor <= FARTHEST_FACTOR
            };
            let label = catalogue.flows[number].entry.label.get(writer.language);
            amounts
                .iter()
                .zip(cases)
                .any(within)
                .then(|| row(Style::Item, label, amounts))
        }));
        let caption = writer.say(
            format!("Factor waarbij het gemiddelde saldo nul is, {label}"),
            format!("Factor at which the mean balance is zero, {label}"),
        );
        let mut block = writer.by_alternative(caption, Vec::new());
        if let Block::Table(table) = &mut block {
            table.rows = rows;
            table.notes.push(writer.say(
                "Posten die nergens meer dan 5 % van de kosten uitmaken of nergens een factor tot 10 hebben, staan er niet bij.",
                "Items that are nowhere more than 5 % of the costs, or nowhere have a factor up to 10, are left out.",
            ));
        }
        blocks.push(block);
    }
    blocks
}
