//! The assumptions on which every number rests, in one table, and the scenarios.
use super::writer::Writer;
use crate::document::{Block, Column, Section, Style, TableRow};
use crate::material::Part;
use crate::overview::{number::percentage, timing, words};
use crate::rows::records;
use mkba_core::appraisal::catalogue::RateEntry;
use mkba_core::rulebook::{PriceUnit, Text};
use std::collections::BTreeMap;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Assumptions);
    blocks.push(general(writer));
    blocks.extend(scenarios(writer));
    writer.section("assumptions", "Uitgangspunten", "Assumptions", blocks)
}

fn general(writer: &Writer<'_>) -> Block {
    let (catalogue, rulebook) = (writer.catalogue(), &writer.material.rulebook);
    let origin = &writer.material.origin;
    let mut rows = Vec::new();
    let mut row = |dutch: &str, english: &str, value: String, why: String| {
        rows.push(vec![writer.say(dutch, english), value, why]);
    };
    row(
        "Rekenregels",
        "Rulebook",
        format!(
            "{} ({})",
            catalogue.rulebook.label.get(writer.language),
            catalogue.rulebook.id
        ),
        rulebook.source.clone(),
    );
    row(
        "Prijspeil",
        "Price level",
        catalogue.price_year.to_string(),
        writer.say(
            "Alle bedragen zijn reëel, in euro's van dit jaar.",
            "All amounts are real, in euros of this year.",
        ),
    );
    row(
        "Basisjaar",
        "Base year",
        catalogue.base_year.to_string(),
        writer.say(
            format!(
                "Contante waarden gelden voor dit jaar; {}.",
                timing(catalogue.timing, writer.language)
            ),
            format!(
                "Present values are those of this year; {}.",
                timing(catalogue.timing, writer.language)
            ),
        ),
    );
    let years = format!("{}–{}", catalogue.first_year, catalogue.last_year);
    row(
        "Zichtperiode",
        "Horizon",
        match catalogue.opening_year {
            Some(opening) => writer.say(
                format!("{years}, opening in {opening}"),
                format!("{years}, opening in {opening}"),
            ),
            None => years,
        },
        rulebook.horizon.source.clone(),
    );
    for rate in &catalogue.rates {
        let (value, why) = discount(writer, rate);
        row("Discontovoet", "Discount rate", value, why);
    }
    let uplift = percentage(rulebook.prices.indirect_tax_uplift, writer.language);
    let vat = percentage(rulebook.prices.standard_vat, writer.language);
    row(
        "Rekeneenheid en btw",
        "Unit of account and VAT",
        writer.prices(),
        match rulebook.prices.unit {
            PriceUnit::MarketPrices => writer.say(
                format!("Opslag voor indirecte belastingen {uplift}; algemeen btw-tarief {vat}."),
                format!("Uplift for indirect taxes {uplift}; standard rate of VAT {vat}."),
            ),
            PriceUnit::FactorPrices => writer.say(
                "Btw en andere indirecte belastingen tellen niet mee in de kosten.",
                "VAT and other indirect taxes are no part of the costs.",
            ),
        },
    );
    row(
        "Relatieve prijzen",
        "Relative prices",
        writer.say("in de geldstroom", "in the flow"),
        text(writer, &rulebook.prices.relative_price_rule),
    );
    row(
        "Wiens welvaart",
        "Whose welfare",
        writer.say("partijen met standing", "parties with standing"),
        text(writer, &rulebook.standing.note),
    );
    let ratio = writer
        .figures
        .cases()
        .next()
        .map(|case| words::convention(&case.ratio.convention).get(writer.language));
    row(
        "Baten-kostenverhouding",
        "Benefit-cost ratio",
        ratio.unwrap_or_default().to_owned(),
        rulebook.ratio.source.clone(),
    );
    let draws = writer.number(origin.draws as f64, 0);
    let seed = origin.seed;
    row(
        "Onzekerheid",
        "Uncertainty",
        writer.say(
            format!("{draws} trekkingen per scenario, opzet {}", design(writer, &origin.design)),
            format!("{draws} draws in each scenario, design {}", design(writer, &origin.design)),
        ),
        writer.say(
            format!("Bedragen zijn gemiddelden over de trekkingen. Startgetal {seed}; alle alternatieven hebben dezelfde trekkingen."),
            format!("Amounts are means over the draws. Seed {seed}; all alternatives have the same draws."),
        ),
    );
    let columns = vec![
        Column::text(writer.say("Uitgangspunt", "Assumption"), 2),
        Column::text(writer.say("Keuze", "Choice"), 3),
        Column::text(writer.say("Toelichting en bron", "Explanation and source"), 5),
    ];
    writer.records(
        writer.say("Uitgangspunten van de berekening", "Assumptions of the calculation"),
        columns,
        rows,
    )
}

fn discount(writer: &Writer<'_>, rate: &RateEntry) -> (String, String) {
    let value = crate::overview::rate(rate, writer.catalogue(), writer.language);
    let found = writer.material.rulebook.discount_class(&rate.class);
    let why = found.map_or_else(String::new, |found| text(writer, &found.class.note));
    (value, why)
}

fn design(writer: &Writer<'_>, design: &str) -> String {
    match design {
        "random" => writer.say("aselect", "random"),
        "latin_hypercube" => writer.say("Latijnse hyperkubus", "Latin hypercube"),
        "sobol" => "Sobol".to_owned(),
        "antithetic" => writer.say("antithetisch", "antithetic"),
        other => other.to_owned(),
    }
}

fn text(writer: &Writer<'_>, text: &Text) -> String {
    writer.say(text.nl.as_str(), text.en.as_str())
}

/// What differs between the scenarios: their drivers side by side.
fn scenarios(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    let labels: Vec<&str> = writer.scenarios().map(|(label, _)| label).collect();
    let mut blocks = vec![
        Block::heading(writer.say("Achtergrondscenario's", "Background scenarios")),
        Block::paragraph(writer.say(
            format!(
                "De scenario's ({}) zijn even plausibel. Zij zijn niet gewogen en niet gemiddeld, en worden in dit rapport gelijk behandeld.",
                labels.join(", ")
            ),
            format!(
                "The scenarios ({}) are equally plausible. They are neither weighed nor averaged, and this report treats them alike.",
                labels.join(", ")
            ),
        )),
    ];
    let label = writer.say("label_nl", "label_en");
    let mut drivers: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for record in records(writer.table("sources")).filter(|record| record.is("kind", "driver")) {
        let Some(place) = catalogue
            .scenarios
            .iter()
            .position(|scenario| record.is("scenario", &scenario.id))
        else {
            continue;
        };
        let entry = drivers
            .entry(record.text("name"))
            .or_insert_with(|| (record.text(&label), vec!["–".to_owned(); labels.len()]));
        entry.1[place] = mkba_core::written::written(&record.text("value"), writer.language);
    }
    if !drivers.is_empty() {
        let rows = drivers
            .into_values()
            .map(|(label, values)| TableRow::new(Style::Item, [label].into_iter().chain(values)));
        let first = Column::text(writer.say("Omgevingsvariabele", "Driver"), 2);
        let columns = [first]
            .into_iter()
            .chain(labels.iter().map(|label| Column::number(*label)))
            .collect();
        let caption = writer.say("Waarin de scenario's verschillen", "What differs between the scenarios");
        blocks.push(writer.numbers(caption, columns, rows.collect(), Vec::new()));
    }
    blocks
}
