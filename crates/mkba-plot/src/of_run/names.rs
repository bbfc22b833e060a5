//! From the catalogue of a run to the words of a figure.

use mkba_core::appraisal::catalogue::{self, Catalogue, Entry, Text};
use mkba_core::rulebook::PriceUnit;
use mkba_core::run_tables::RunTables;
use mkba_core::words::{self, Word};

use crate::country_map;
use crate::language::{Item, Label, Language};

/// A label made of what is said in each language.
pub(crate) fn both(said: impl Fn(catalogue::Language) -> String) -> Label {
    Label::new(said(catalogue::Language::Dutch), said(catalogue::Language::English))
}

pub(crate) fn label(text: &Text) -> Label {
    both(|language| text.get(language).to_owned())
}

pub(crate) fn label_of(word: Word) -> Label {
    Label::new(word.nl, word.en)
}

pub(crate) fn item(entry: &Entry) -> Item {
    Item {
        id: entry.id.clone(),
        label: label(&entry.label),
    }
}

/// The alternatives that are compared with the baseline.
pub(crate) fn alternatives(catalogue: &Catalogue) -> Vec<Item> {
    let compared = catalogue.compared();
    compared.map(|number| item(&catalogue.alternatives[number])).collect()
}

pub(crate) fn scenarios(catalogue: &Catalogue) -> Vec<Item> {
    catalogue.scenarios.iter().map(item).collect()
}

/// A title with the name of the study behind it.
pub(crate) fn with_study(catalogue: &Catalogue, nl: &str, en: &str) -> Label {
    let study = |language| match catalogue.study.get(language) {
        "" => catalogue.model.label.get(language).to_owned(),
        study => study.to_owned(),
    };
    both(|language| format!("{}: {}", words::choose(language, nl, en), study(language)))
}

/// A title with the alternative that it is about.
pub(crate) fn of_alternative(nl: &str, en: &str, alternative: &Item) -> Label {
    let label = &alternative.label;
    Label::new(format!("{nl}: {}", label.nl), format!("{en}: {}", label.en))
}

/// An uncertain input by its label, with the element behind it; by its name if the catalogue has no label.
pub(crate) fn input(catalogue: &Catalogue, name: &str) -> Item {
    let entry = catalogue.inputs.iter().find(|input| input.entry.id == name);
    entry.map_or_else(|| Item::new(name, name, name), |input| item(&input.entry))
}

/// The regions of the regional account, provinces by their name.
pub(crate) fn regions(catalogue: &Catalogue) -> Vec<Item> {
    let label = |key: &str| country_map::name_of(key).unwrap_or_else(|| Label::new(key, key));
    let regions = catalogue.regions.iter().map(|key| Item {
        id: key.clone(),
        label: label(key),
    });
    regions.collect()
}

/// How many draws were done.
pub(crate) fn draws(run: &RunTables) -> Label {
    both(|language| {
        let count = Language::from(language).number(run.draws as f64, 0);
        words::choose(language, format!("{count} trekkingen"), format!("{count} draws"))
    })
}

/// What every amount of a run is: present value, price level, unit of account, discount rates, difference from the baseline, and whether
/// the balance is with the effects that are kept separate.
pub(crate) fn settings(run: &RunTables) -> Label {
    let entries = &run.catalogue.rates;
    settings_with(run, |language| {
        let rates: Vec<String> = entries.iter().map(|entry| rate(entry, language)).collect();
        let rates = rates.join(", ");
        words::choose(
            language,
            format!(", discontovoet {rates}"),
            format!(", discount rate {rates}"),
        )
    })
}

/// The same where the discount rates are what varies.
pub(crate) fn settings_without_rates(run: &RunTables) -> Label {
    settings_with(run, |_| String::new())
}

fn settings_with(run: &RunTables, rates: impl Fn(catalogue::Language) -> String) -> Label {
    let catalogue = &run.catalogue;
    let (price, base) = (catalogue.price_year, catalogue.base_year);
    both(|language| {
        let rates = rates(language);
        let baseline = baseline(catalogue).in_language(language.into()).to_owned();
        let prices = match catalogue.price_unit {
            PriceUnit::MarketPrices => words::choose(language, "marktprijzen", "market prices"),
            PriceUnit::FactorPrices => words::choose(language, "prijzen zonder btw", "prices without VAT"),
        };
        let separate = match catalogue.flows.iter().any(|flow| flow.separate) {
            true => words::choose(
                language,
                "; saldo met aparte effecten",
                "; balance with separate effects",
            ),
            false => "",
        };
        words::choose(
            language,
            format!(
                "Contante waarde in {base}, prijspeil {price}, {prices}{rates}; verschil met “{baseline}”{separate}"
            ),
            format!(
                "Present value in {base}, price level {price}, {prices}{rates}; difference from “{baseline}”{separate}"
            ),
        )
    })
}

pub(crate) fn baseline(catalogue: &Catalogue) -> Label {
    let entry = catalogue.alternatives.get(catalogue.baseline);
    entry.map(|entry| label(&entry.label)).unwrap_or_default()
}

fn rate(entry: &catalogue::RateEntry, language: catalogue::Language) -> String {
    let per_year = |rate: f64| Language::from(language).percentage(rate);
    let flat = entry.per_year.filter(|_| entry.steps.is_empty());
    let stated = flat.map_or_else(|| entry.stated.clone(), per_year);
    let own = if entry.replaced {
        words::choose(language, ", eigen waarde van de studie", ", the study's own")
    } else {
        ""
    };
    format!("{stated} ({}{own})", words::discount_class(&entry.class, language))
}

/// What is not in a figure of the balance: unpriced items with their sign.
pub(crate) fn unpriced(catalogue: &Catalogue) -> Vec<Label> {
    if catalogue.unpriced.is_empty() {
        return Vec::new();
    }
    vec![both(|language| {
        let items = catalogue.unpriced.iter();
        let items: Vec<String> = items
            .map(|item| format!("{} ({})", item.entry.label.get(language), item.sign.replace('-', "−")))
            .collect();
        format!("{}: {}.", words::UNPRICED.get(language), items.join("; "))
    })]
}
