//! Costs, and effects per theme, in every scenario.
use super::illustrations::Place;
use super::writer::Writer;
use crate::document::{Block, Column, Section, Style, TableRow};
use crate::material::Part;
use crate::overview::page::Row;
use crate::overview::{Group, words};
use crate::rows::records;
use mkba_core::appraisal::catalogue::IndicatorEntry;
use mkba_core::written::written;

/// The year for which physical effects are shown, if it is one of the years of the model.
const VIEW_YEAR: i32 = 2050;

pub(super) fn costs(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Costs);
    blocks.push(Block::paragraph(writer.say(
        "Kosten zijn negatief en gelden ten opzichte van het nulalternatief: kosten die daar ook worden gemaakt staan er niet in.",
        "Costs are negative and relative to the baseline: costs that are also made there are not included.",
    )));
    for (label, cases) in writer.scenarios() {
        let mut rows = Vec::new();
        let mut effect = "";
        for (number, flow) in writer.overview.flows(Group::Cost) {
            if flow.effect != effect {
                effect = &flow.effect;
                let heading = words::effect(effect).map_or(effect, |word| word.get(writer.language));
                rows.push(Row::heading(heading));
            }
            rows.push(writer.overview.item(cases, number, flow));
        }
        rows.extend(writer.overview.sum(cases, &[Group::Cost], words::TOTAL_COSTS));
        if !rows.is_empty() {
            let caption = writer.say("Kosten", "Costs");
            blocks.push(writer.by_alternative(format!("{caption}, {label} ({})", writer.basis()), rows));
        }
    }
    writer.section("costs", "Kosten", "Costs", blocks)
}

pub(super) fn effects(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Effects);
    blocks.extend(physical(writer));
    let say = |dutch: &str, english: &str| writer.say(dutch, english);
    let groups = [
        (
            Group::Direct,
            words::DIRECT,
            say(
                "Effecten voor eigenaren, gebruikers en exploitanten, en op de markt waarin wordt ingegrepen.",
                "Effects on owners, users and operators, and in the market that is intervened in.",
            ),
        ),
        (
            Group::Indirect,
            words::INDIRECT,
            say(
                "Effecten die via prijzen of transacties op andere markten terechtkomen; zij tellen alleen waar zo'n markt onvolkomen is.",
                "Effects passed on to other markets through prices or transactions; they count only where such a market is imperfect.",
            ),
        ),
        (
            Group::External,
            words::EXTERNAL,
            say("Ongeprijsde effecten op derden.", "Unpriced effects on third parties."),
        ),
        (Group::OtherEffect, words::OTHER_EFFECTS, String::new()),
        (
            Group::Separate,
            words::SEPARATE,
            say(
                "Voor deze effecten is het bewijs zwakker. Het saldo staat daarom overal zowel zonder als met deze effecten.",
                "Evidence for these effects is weaker. The balance is therefore always shown both without and with them.",
            ),
        ),
    ];
    for (group, word, about) in groups {
        if writer.overview.flows(group).is_empty() {
            continue;
        }
        let title = word.get(writer.language);
        blocks.push(Block::heading(title));
        if !about.is_empty() {
            blocks.push(Block::paragraph(about));
        }
        for (label, cases) in writer.scenarios() {
            let mut rows = writer.overview.group(cases, group, word);
            // The caption says what they are.
            rows.remove(0);
            if rows.len() > 1 {
                let total = words::word("Totaal", "Total");
                rows.extend(writer.overview.sum(cases, &[group], total));
            }
            blocks.push(writer.by_alternative(format!("{title}, {label} ({})", writer.basis()), rows));
        }
    }
    blocks.extend(transfers(writer));
    blocks.extend(writer.illustrations(Place::Effects));
    writer.section("effects", "Effecten per thema", "Effects per theme", blocks)
}

fn transfers(writer: &Writer<'_>) -> Vec<Block> {
    if writer.overview.flows(Group::Transfer).is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(words::TRANSFERS.get(writer.language)),
        Block::paragraph(writer.say(
            "Huur, subsidies, belastingen en andere overdrachten tussen Nederlandse partijen vallen in het saldo tegen elkaar weg; zij tellen \
             in de verdeling. Alleen wat uit het buitenland komt of erheen gaat verandert het saldo.",
            "Rent, subsidies, taxes and other transfers between Dutch parties cancel in the balance; they count in the distribution. Only what \
             comes from abroad or goes there changes the balance.",
        )),
    ];
    for (label, cases) in writer.scenarios() {
        let rows = writer.overview.transfers(cases);
        let title = words::TRANSFERS.get(writer.language);
        blocks.push(writer.by_alternative(format!("{title}, {label} ({})", writer.basis()), rows));
    }
    blocks
}

/// Quantities in the view year: what the alternatives add to the baseline.
fn physical(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    let year = VIEW_YEAR.clamp(catalogue.first_year, catalogue.last_year);
    let (shown, others): (Vec<_>, Vec<_>) = catalogue.indicators.iter().partition(|indicator| adds_up(indicator));
    if shown.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(writer.say(format!("Fysieke effecten in {year}"), format!("Physical effects in {year}"))),
        Block::paragraph(writer.say(
            "Hoeveelheden voordat zij in geld zijn uitgedrukt: het niveau in het nulalternatief en het verschil daarmee. Banen zijn geen baat.",
            "Quantities before they are put in money: the level in the baseline and the difference from it. Jobs are not a benefit.",
        )),
    ];
    let table = writer.table("indicators");
    let baseline = catalogue
        .alternatives
        .get(catalogue.baseline)
        .map_or("", |entry| entry.id.as_str());
    for (scenario, (label, _)) in catalogue.scenarios.iter().zip(writer.scenarios()) {
        let sum = |indicator: &IndicatorEntry, alternative: &str, column: &str| -> Option<f64> {
            let rows = records(table).filter(|row| {
                row.number("year") == Some(f64::from(year))
                    && row.is("scenario", &scenario.id)
                    && row.is("alternative", alternative)
                    && row.is("indicator", &indicator.entry.id)
            });
            let values: Vec<f64> = rows.filter_map(|row| row.number(column)).collect();
            (!values.is_empty()).then(|| values.iter().sum())
        };
        let rows = shown.iter().map(|indicator| {
            let show = |value: Option<f64>| {
                value.map_or_else(|| "–".to_owned(), |value| quantity(writer, value, &indicator.unit))
            };
            let name = format!(
                "{}{}",
                indicator.entry.label.get(writer.language),
                in_unit(writer, &indicator.unit)
            );
            let ids = writer.alternative_ids();
            let differences = ids
                .iter()
                .map(|alternative| show(sum(indicator, alternative, "difference")));
            let cells = [name, show(sum(indicator, baseline, "mean"))]
                .into_iter()
                .chain(differences);
            TableRow::new(Style::Item, cells)
        });
        let rows = rows.collect();
        let about = [
            Column::text(writer.say("Hoeveelheid", "Quantity"), 3),
            Column::number(writer.say("Nul", "Baseline")),
        ];
        let columns = about
            .into_iter()
            .chain(writer.alternatives().into_iter().map(Column::number))
            .collect();
        let notes = others.iter().map(|indicator| {
            let name = indicator.entry.label.get(writer.language);
            writer.say(
                format!("{name} is per onderdeel verschillend en niet op te tellen; zie indicators.csv."),
                format!("{name} differs by element and cannot be added up; see indicators.csv."),
            )
        });
        let caption = writer.say(
            format!("Hoeveelheden in {year}, {label}: nulalternatief en verschil daarmee"),
            format!("Quantities in {year}, {label}: the baseline and the difference from it"),
        );
        blocks.push(writer.numbers(caption, columns, rows, notes.collect()));
    }
    blocks
}

/// Whether the elements of an indicator may be summed: it has one, or it is an amount and no share or price.
fn adds_up(indicator: &IndicatorEntry) -> bool {
    let unit = indicator.unit.as_str();
    let is_amount = !matches!(unit, "" | "1" | "%") && unit.split_once('/').is_none_or(|(_, per)| per == "year");
    indicator.elements.len() <= 1 || is_amount
}

fn quantity(writer: &Writer<'_>, value: f64, unit: &str) -> String {
    match unit {
        "" | "1" if value.abs() < 10.0 => writer.percent(value, 2),
        "kg/year" => writer.number(value / 1e6, 2),
        _ if value.abs() < 10.0 && value.fract() != 0.0 => writer.number(value, 1),
        _ => writer.number(value, 0),
    }
}

fn in_unit(writer: &Writer<'_>, unit: &str) -> String {
    let words = match unit {
        "" | "1" => return String::new(),
        "kg/year" => writer.say("1.000 ton per jaar", "1,000 tonnes a year"),
        "fte" => writer.say("fte", "fte"),
        "person" => writer.say("personen", "persons"),
        "home" => writer.say("woningen", "homes"),
        "firm" => writer.say("bedrijven", "firms"),
        other => {
            let words = written(other, writer.language);
            words.replace(&writer.say("/jaar", "/year"), &writer.say(" per jaar", " a year"))
        }
    };
    format!(" ({words})")
}
