//! What has to be known to read the numbers of an overview, and what has to be said below them.
use super::figures::{Figures, Ratio};
use super::number::{MoneyUnit, number, percentage};
use super::words::{self, choose};
use mkba_core::appraisal::catalogue::{Catalogue, GateReading, Language, RateEntry};
use mkba_core::finance::Timing;
use mkba_core::rulebook::PriceUnit;

/// Unit, price level, base year, years, rates, timing, rulebook, draws and Monte Carlo error.
pub fn settings(
    figures: &Figures,
    catalogue: &Catalogue,
    unit: MoneyUnit,
    draws: u64,
    language: Language,
) -> Vec<String> {
    let baseline = catalogue
        .alternatives
        .get(catalogue.baseline)
        .map_or("", |entry| entry.label.get(language));
    let money = unit.name(language);
    let rates: Vec<String> = catalogue.rates.iter().map(|entry| rate(entry, language)).collect();
    [
        choose(
            language,
            format!("Gemiddelde contante waarde in {money}, als verschil met “{baseline}”"),
            format!("Mean present value in {money}, as difference from “{baseline}”"),
        ),
        join(&[
            choose(
                language,
                format!("prijspeil {}", catalogue.price_year),
                format!("price level {}", catalogue.price_year),
            ),
            choose(
                language,
                format!("basisjaar {}", catalogue.base_year),
                format!("base year {}", catalogue.base_year),
            ),
            years(catalogue, language),
            match catalogue.price_unit {
                PriceUnit::MarketPrices => timing(catalogue.timing, language).to_owned(),
                PriceUnit::FactorPrices => format!("{} · {}", net(language), timing(catalogue.timing, language)),
            },
        ]),
        join(&[
            format!(
                "{} {}",
                choose(language, "discontovoet", "discount rate"),
                rates.join(", ")
            ),
            format!("{} ({})", catalogue.rulebook.label.get(language), catalogue.rulebook.id),
        ]),
        sampling(figures, unit, draws, language),
    ]
    .into_iter()
    .chain(gates(catalogue.gate_reading, language))
    .collect()
}

/// How gates were read, when it is not as the model declares them.
fn gates(reading: GateReading, language: Language) -> Option<String> {
    let told = match reading {
        GateReading::AsIs => return None,
        GateReading::Soft => choose(
            language,
            "POORTEN ZACHT: wat geen ruimte krijgt, wordt geheel door het duurdere alternatief opgevangen, tegen de kosten daarvan",
            "GATES SOFT: all that is not served is met by the costly substitute, at its cost",
        ),
        GateReading::Off => choose(
            language,
            "POORTEN UIT: schaarse capaciteit begrenst niets",
            "GATES OFF: scarce capacity bounds nothing",
        ),
    };
    Some(told.to_owned())
}

/// Conventions of the ratio, why some ratios are missing, what transfers are, what the bands are.
pub fn notes(figures: &Figures, language: Language) -> Vec<String> {
    let ratios = || {
        figures
            .cases()
            .flat_map(|case| [&case.ratio, &case.ratio_without_separate])
    };
    let mut notes = Vec::new();
    if let Some(first) = ratios().next() {
        notes.push(format!(
            "{}: {}",
            words::RATIO.get(language),
            words::convention(&first.convention).get(language)
        ));
    }
    let mut reasons: Vec<&str> = ratios().filter(|ratio| ratio.value.is_none()).map(reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for reason in reasons {
        notes.push(format!(
            "{}: {}",
            words::NOT_DEFINED.get(language),
            words::reason(reason).get(language)
        ));
    }
    notes
}

fn reason(ratio: &Ratio) -> &str {
    &ratio.reason
}

/// Parts of a sentence, the first with a capital.
fn join(parts: &[String]) -> String {
    let text = parts.join(" · ");
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Said where amounts are not in market prices, as they are under Dutch rules.
fn net(language: Language) -> &'static str {
    choose(language, "zonder indirecte belastingen", "net of indirect taxes")
}

fn years(catalogue: &Catalogue, language: Language) -> String {
    let (first, last) = (
        catalogue.first_year,
        catalogue.last_counted_year.unwrap_or(catalogue.last_year),
    );
    match catalogue.opening_year {
        Some(opening) => choose(
            language,
            format!("jaren {first}–{last}, opening {opening}"),
            format!("years {first}–{last}, opening {opening}"),
        ),
        None => choose(
            language,
            format!("jaren {first}–{last}"),
            format!("years {first}–{last}"),
        ),
    }
}

/// When in its year a flow is taken to fall.
#[must_use]
pub fn timing(timing: Timing, language: Language) -> &'static str {
    match timing {
        Timing::EndOfYear => choose(
            language,
            "bedragen aan het eind van het jaar",
            "amounts at the end of the year",
        ),
        Timing::MidYear => choose(
            language,
            "bedragen halverwege het jaar",
            "amounts in the middle of the year",
        ),
    }
}

/// A discount rate with its class.
#[must_use]
pub fn rate(entry: &RateEntry, language: Language) -> String {
    let stated = entry
        .per_year
        .map_or_else(|| entry.stated.clone(), |rate| rates(rate, &entry.steps, language));
    let own = if entry.replaced {
        choose(language, ", eigen waarde van de studie", ", the study's own")
    } else {
        ""
    };
    format!("{stated} ({}{own})", words::discount_class(&entry.class, language))
}

/// A rate, and where it goes in the end: `3,5 %, dalend tot 1 % vanaf 2327`.
fn rates(first: f64, steps: &[(i32, f64)], language: Language) -> String {
    let first = percentage(first, language);
    let Some(&(year, last)) = steps.last() else {
        return first;
    };
    let last = percentage(last, language);
    choose(
        language,
        format!("{first}, in {} stappen naar {last} vanaf {year}", steps.len()),
        format!("{first}, in {} steps to {last} from {year}", steps.len()),
    )
}

fn sampling(figures: &Figures, unit: MoneyUnit, draws: u64, language: Language) -> String {
    let count = number(draws as f64, 0, language);
    let draws = match draws {
        1 => choose(language, "1 trekking", "1 draw").to_owned(),
        _ => choose(language, format!("{count} trekkingen"), format!("{count} draws")),
    };
    let errors = figures
        .cases()
        .flat_map(|case| [case.balance, case.balance_without_separate]);
    let greatest = errors.map(|balance| balance.standard_error).fold(0.0, f64::max);
    if greatest == 0.0 {
        return join(&[
            draws,
            choose(language, "geen Monte Carlo-fout", "no Monte Carlo error").to_owned(),
        ]);
    }
    let amount = format!("{} {}", unit.show(greatest, language), unit.name(language));
    join(&[
        draws,
        choose(
            language,
            format!("Monte Carlo-standaardfout van een saldo hoogstens {amount}"),
            format!("Monte Carlo standard error of a balance at most {amount}"),
        ),
    ])
}
