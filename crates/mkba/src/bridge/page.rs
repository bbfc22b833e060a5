//! A bridge as text: the same page as an overview, a block for each scenario and rulebook.
use super::{Balance, Balances, Bridge, Comparison};
use crate::overview::number::{MoneyUnit, number};
use crate::overview::page::{Page, Row, RowStyle, ScenarioRows};
use crate::overview::words::choose;
use crate::overview::{self, words};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::rulebook::{Part, PriceUnit, Rulebook};

/// The whole text.
pub fn text(comparison: &Comparison, language: Language) -> String {
    overview::print_page(&page(comparison, language))
}

fn page(comparison: &Comparison, language: Language) -> Page {
    let catalogue = &comparison.catalogue;
    let unit = MoneyUnit::for_amounts_up_to(greatest(comparison));
    let alternatives = catalogue.compared();
    let blocks = catalogue.scenarios.iter().enumerate().flat_map(|(scenario, entry)| {
        comparison.bridges.iter().map(move |bridge| ScenarioRows {
            title: format!(
                "{} · {} → {}",
                entry.label.get(language),
                comparison.from.id,
                bridge.to.id
            ),
            rows: rows(comparison, bridge, scenario, unit, language),
        })
    });
    Page {
        title: catalogue.study.get(language).to_owned(),
        settings: settings(comparison, unit, language),
        alternatives: alternatives
            .map(|alternative| catalogue.alternatives[alternative].label.get(language).to_owned())
            .collect(),
        scenarios: blocks.collect(),
        notes: notes(comparison, language),
    }
}

fn settings(comparison: &Comparison, unit: MoneyUnit, language: Language) -> Vec<String> {
    let catalogue = &comparison.catalogue;
    let baseline = catalogue.alternatives[catalogue.baseline].label.get(language);
    let (money, price, base) = (unit.name(language), catalogue.price_year, catalogue.base_year);
    let draws = number(comparison.draws as f64, 0, language);
    let mut settings = vec![choose(
        language,
        format!(
            "Van het saldo onder het ene rulebook naar dat onder het andere, in {money}, als verschil met “{baseline}”; \
             prijspeil {price}, basisjaar {base}, dezelfde {draws} trekkingen in elke stap"
        ),
        format!(
            "From the balance under one rulebook to that under another, in {money}, as difference from “{baseline}”; \
             price level {price}, base year {base}, the same {draws} draws in each step"
        ),
    )];
    let others = comparison.bridges.iter().map(|bridge| &bridge.to);
    settings.extend(
        std::iter::once(&comparison.from)
            .chain(others)
            .map(|it| rules(it, language)),
    );
    settings
}

/// What a rulebook is, in a line.
fn rules(rulebook: &Rulebook, language: Language) -> String {
    let standard = rulebook.discount.get(&rulebook.default_discount_class);
    let stated = standard
        .map(mkba_core::rulebook::DiscountClass::stated)
        .unwrap_or_default();
    let label = choose(language, &rulebook.label.nl, &rulebook.label.en);
    let prices = match rulebook.prices.unit {
        PriceUnit::MarketPrices => choose(language, "marktprijzen", "market prices"),
        PriceUnit::FactorPrices => choose(language, "zonder indirecte belastingen", "net of indirect taxes"),
    };
    let horizon = choose(
        language,
        format!("horizon {} jaar", rulebook.horizon.years),
        format!("horizon of {} years", rulebook.horizon.years),
    );
    format!(
        "{}: {label} · {} {stated} · {prices} · {horizon}",
        rulebook.id, rulebook.default_discount_class
    )
}

fn rows(comparison: &Comparison, bridge: &Bridge, scenario: usize, unit: MoneyUnit, language: Language) -> Vec<Row> {
    let catalogue = &comparison.catalogue;
    let cells = |value: &dyn Fn(usize) -> f64| -> Vec<String> {
        let alternatives = catalogue.compared();
        alternatives
            .map(|alternative| unit.show(value(alternative), language))
            .collect()
    };
    let of = |balances: &Balances, alternative: usize| -> Balance { balances.0[scenario][alternative] };
    let balance = |id: &str| format!("{} {id}", words::BALANCE.get(language));
    let (start, end) = (&comparison.start, bridge.end(&comparison.start));
    let mut rows = vec![Row::new(
        balance(&comparison.from.id),
        RowStyle::Sum,
        cells(&|alternative| of(start, alternative).all),
    )];
    let mut before = start;
    for step in &bridge.steps {
        if step.after != *before {
            let change = |alternative| of(&step.after, alternative).all - of(before, alternative).all;
            rows.push(Row::new(part(step.part, language), RowStyle::Item, cells(&change)));
        }
        before = &step.after;
    }
    rows.push(Row::new(
        balance(&bridge.to.id),
        RowStyle::Balance,
        cells(&|alternative| of(end, alternative).all),
    ));
    if catalogue.flows.iter().any(|flow| flow.separate) {
        for (id, balances) in [(&comparison.from.id, start), (&bridge.to.id, end)] {
            let label = format!("{} {id}", words::BALANCE_WITHOUT.get(language));
            let value = |alternative| of(balances, alternative).without_separate;
            rows.push(Row::new(label, RowStyle::Detail, cells(&value)));
        }
    }
    rows
}

/// A part of the rules, in words.
fn part(part: Part, language: Language) -> &'static str {
    match part {
        Part::Rates => choose(language, "discontovoeten", "discount rates"),
        Part::UnitOfAccount => choose(
            language,
            "rekeneenheid: markt- of factorprijzen",
            "unit of account: market or factor prices",
        ),
        Part::Horizon => choose(language, "horizon", "horizon"),
        Part::ResidualValue => choose(language, "restwaarde na de horizon", "residual value after the horizon"),
        Part::Standing => choose(language, "wiens welvaart telt", "whose welfare counts"),
        Part::PriceRules => choose(language, "gemiddelde indirecte belasting", "average indirect tax"),
    }
}

/// Which classes of the flows stand for another, and which rates the study sets itself.
fn notes(comparison: &Comparison, language: Language) -> Vec<String> {
    let classes = comparison.catalogue.rates.iter();
    let (own, of_rulebook): (Vec<_>, Vec<_>) = classes.partition(|rate| rate.replaced);
    let mut notes = Vec::new();
    if !own.is_empty() {
        let names: Vec<&str> = own.iter().map(|rate| rate.class.as_str()).collect();
        notes.push(choose(
            language,
            format!(
                "De studie zet zelf de discontovoet van {}: die geldt onder elk rulebook.",
                names.join(", ")
            ),
            format!(
                "The study sets the discount rate of {} itself: it holds under every rulebook.",
                names.join(", ")
            ),
        ));
    }
    for bridge in &comparison.bridges {
        let equal = unchanged(comparison, bridge, language);
        if !equal.is_empty() {
            let (id, equal) = (&bridge.to.id, equal.join(", "));
            notes.push(choose(
                language,
                format!("{id}: verandert niets aan dit saldo: {equal}."),
                format!("{id}: changes nothing in this balance: {equal}."),
            ));
        }
        for rate in &of_rulebook {
            let Some(instead) = bridge.to.instead.get(&rate.class) else {
                continue;
            };
            let note = choose(language, &instead.note.nl, &instead.note.en);
            notes.push(format!("{}: {} → {}. {note}", bridge.to.id, rate.class, instead.class));
        }
    }
    notes
}

/// Parts of the rules that change no balance.
fn unchanged(comparison: &Comparison, bridge: &Bridge, language: Language) -> Vec<&'static str> {
    let befores = std::iter::once(&comparison.start).chain(bridge.steps.iter().map(|step| &step.after));
    let steps = bridge.steps.iter().zip(befores);
    steps
        .filter(|(step, before)| step.after == **before)
        .map(|(step, _)| part(step.part, language))
        .collect()
}

/// The greatest amount on the page.
fn greatest(comparison: &Comparison) -> f64 {
    let bridges = comparison.bridges.iter().flat_map(|bridge| &bridge.steps);
    let balances = std::iter::once(&comparison.start).chain(bridges.map(|step| &step.after));
    let amounts = balances.flat_map(|balances| balances.0.iter().flatten());
    amounts.map(|balance| balance.all.abs()).fold(0.0, f64::max)
}
