//! What the engine finds of a rule by looking at a study.
use crate::declarations::{Alternative, Declarations, DriverValue, Flow, FlowKind, Provenance, Quantity};
use crate::guards::baseline::{Misplaced, misplaced};
use mkba_core::appraisal::catalogue::Text;
use mkba_core::rulebook::{Judge, Rulebook};
use std::collections::BTreeSet;

/// Whether a rule is followed, and by what one can see it.
pub enum Finding {
    /// It is.
    Complies(Text),
    /// It is not.
    Departs(Text),
}

impl Finding {
    /// By what one can see it.
    pub fn text(self) -> Text {
        match self {
            Self::Complies(text) | Self::Departs(text) => text,
        }
    }

    fn of(complies: bool, nl: impl Into<String>, en: impl Into<String>) -> Self {
        let text = Text {
            nl: nl.into(),
            en: en.into(),
        };
        if complies {
            Self::Complies(text)
        } else {
            Self::Departs(text)
        }
    }
}

/// Judges a rule.
pub fn judge(judge: Judge, d: &Declarations, rulebook: &Rulebook) -> Finding {
    let money = |flow: &&Flow| flow.kind.value != FlowKind::Transfer;
    let benefit = |flow: &&Flow| flow.kind.value == FlowKind::Benefit;
    match judge {
        Judge::SeveralScenarios => several(
            d.scenarios.len(),
            "scenario's, even prominent",
            "scenarios, equally prominent",
        ),
        Judge::SeveralAlternatives => {
            let compared = d.alternatives.len().saturating_sub(1);
            several(
                compared,
                "alternatieven naast het nulalternatief",
                "alternatives beside the baseline",
            )
        }
        Judge::ExplicitBaseline => explicit_baseline(d),
        Judge::DecidedInBaseline => decided_in_baseline(d),
        Judge::Unbundled => unbundled(d),
        Judge::PhasedAlternative => {
            let waiting = d
                .measures
                .iter()
                .filter(|it| it.only_if.is_some() && is_used(d, &it.name.value));
            let names: Vec<&str> = waiting.map(|it| it.name.value.as_str()).collect();
            listed(
                !names.is_empty(),
                &names,
                [
                    "wacht op wat is waargenomen",
                    "geen maatregel wacht op wat is waargenomen",
                ],
                ["waits for what is observed", "no measure waits for what is observed"],
            )
        }
        Judge::EffectsClassified => all_flows(d, money, |flow| flow.stated.contains("effect"), "`effect`"),
        Judge::ChannelsNamed => all_flows(d, benefit, |flow| !flow.channels.is_empty(), "`channel`"),
        Judge::LifetimesNamed => all_flows(d, money, |flow| flow.lifetime_of.is_some(), "`lifetime_of`"),
        Judge::TaxContentStated => all_flows(d, money, |flow| flow.stated.contains("tax"), "`tax`"),
        Judge::UnpricedWithSign => {
            let names: Vec<&str> = d.unpriced.iter().map(|it| it.name.value.as_str()).collect();
            listed(
                !names.is_empty(),
                &names,
                ["in elke tabel, met teken", "geen post zonder prijs is genoemd"],
                ["in every table, with its sign", "no item without price is listed"],
            )
        }
        Judge::WeakEvidenceSeparate => {
            let apart = d.flows.iter().filter(|flow| flow.separate);
            let names: Vec<&str> = apart.map(|flow| flow.name.value.as_str()).collect();
            listed(
                !names.is_empty(),
                &names,
                ["apart; het saldo is er met en zonder", "geen effect staat apart"],
                ["apart; the balance is there with and without", "no effect stands apart"],
            )
        }
        Judge::NoLoneRatio => Finding::of(
            true,
            "de engine drukt geen verhouding af zonder saldo ernaast",
            "the engine prints no ratio without the balance beside it",
        ),
        Judge::PriceLevelStated => {
            let (price, base) = (d.model.price_year.value, d.model.base_year.value);
            Finding::of(
                true,
                format!("prijspeil {price}, contante waarde {base}, in elke tabel"),
                format!("price level {price}, present value {base}, in every table"),
            )
        }
        Judge::Horizon => horizon(d, rulebook),
        Judge::DiscountRates => discount_rates(d, rulebook),
        Judge::NumbersSourced => numbers_sourced(d),
        Judge::NoPlaceholders => no_placeholders(d),
        Judge::InputsUncertain => {
            let drawn = |value: &Quantity| matches!(value, Quantity::Uncertain(_));
            let count = d.parameters.iter().filter(|it| drawn(&it.value.quantity)).count();
            Finding::of(
                count > 0,
                format!("{count} onzekere getallen, getrokken binnen elk scenario"),
                format!("{count} uncertain numbers, drawn within each scenario"),
            )
        }
        Judge::ReinvestmentCounted => costs(d, "reinvestment", "herinvestering", "reinvestment"),
        Judge::UpkeepCounted => costs(d, "upkeep", "beheer en onderhoud", "upkeep"),
        Judge::PartiesShown => several(d.parties.len(), "partijen", "parties"),
        Judge::OutsideShown => {
            let outside = d.parties.iter().filter(|party| !party.standing);
            let names: Vec<&str> = outside.map(|party| party.name.value.as_str()).collect();
            listed(
                !names.is_empty(),
                &names,
                ["apart getoond, buiten het saldo", "geen partij staat buiten het saldo"],
                ["shown apart, outside the balance", "no party lies outside the balance"],
            )
        }
        Judge::RegionsShown => match &d.model.region {
            Some(region) => Finding::of(
                true,
                format!("per `{}`", region.value),
                format!("by `{}`", region.value),
            ),
            None => Finding::of(false, "het model heeft geen `region`", "the model has no `region`"),
        },
        Judge::StatusSourced => status_sourced(d),
    }
}

fn several(count: usize, nl: &str, en: &str) -> Finding {
    Finding::of(count >= 2, format!("{count} {nl}"), format!("{count} {en}"))
}

/// Names with what they are, or that there are none.
fn listed(complies: bool, names: &[&str], nl: [&str; 2], en: [&str; 2]) -> Finding {
    if names.is_empty() {
        return Finding::of(complies, nl[1], en[1]);
    }
    let names = short(names);
    Finding::of(complies, format!("{names}: {}", nl[0]), format!("{names}: {}", en[0]))
}

/// Names between backticks, the first six of many.
fn short(names: &[&str]) -> String {
    const MOST: usize = 6;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} (+{more})", shown.join(", ")),
    }
}

/// Whether all flows of a sort have something.
fn all_flows(d: &Declarations, sort: impl Fn(&&Flow) -> bool, has: impl Fn(&Flow) -> bool, key: &str) -> Finding {
    let of_sort: Vec<&Flow> = d.flows.iter().filter(sort).collect();
    let without: Vec<&str> = of_sort
        .iter()
        .filter(|flow| !has(flow))
        .map(|flow| flow.name.value.as_str())
        .collect();
    let count = of_sort.len();
    listed(
        without.is_empty(),
        &without,
        [&format!("zonder {key}"), &format!("alle {count} met {key}")],
        [&format!("without {key}"), &format!("all {count} with {key}")],
    )
}

fn costs(d: &Declarations, effect: &str, nl: &str, en: &str) -> Finding {
    let of = d.flows.iter();
    let of = of.filter(|flow| flow.kind.value == FlowKind::Cost && flow.effect == effect);
    let names: Vec<&str> = of.map(|flow| flow.name.value.as_str()).collect();
    listed(
        !names.is_empty(),
        &names,
        [nl, &format!("geen kosten van {nl}")],
        [en, &format!("no costs of {en}")],
    )
}

fn baseline(d: &Declarations) -> Option<&Alternative> {
    let name = &d.study.baseline.value;
    d.alternatives.iter().find(|it| it.name.value == *name)
}

fn is_used(d: &Declarations, measure: &str) -> bool {
    let mut used = d.alternatives.iter().flat_map(|it| &it.measures);
    used.any(|name| name.value == measure)
}

fn explicit_baseline(d: &Declarations) -> Finding {
    let Some(baseline) = baseline(d) else {
        return Finding::of(false, "geen nulalternatief", "no baseline");
    };
    let (name, measures, levers) = (&baseline.name.value, baseline.measures.len(), baseline.set.len());
    Finding::of(
        measures + levers > 0,
        format!("`{name}` met {measures} maatregelen en {levers} eigen instellingen"),
        format!("`{name}` with {measures} measures and {levers} settings of its own"),
    )
}

fn decided_in_baseline(d: &Declarations) -> Finding {
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    for it in misplaced(d) {
        match it {
            Misplaced::DecidedOutside(measure) => outside.push(measure.name.value.as_str()),
            Misplaced::OpenInside(measure, _) => inside.push(measure.name.value.as_str()),
        }
    }
    if outside.is_empty() && inside.is_empty() {
        let decided = d.measures.iter().filter(|it| it.status == "decided");
        let names: Vec<&str> = decided.map(|it| it.name.value.as_str()).collect();
        return listed(
            true,
            &names,
            ["besloten, in het nulalternatief", "geen maatregel is besloten"],
            ["decided, in the baseline", "no measure is decided"],
        );
    }
    let say = |words: [&str; 2]| {
        let parts = [(words[0], &outside), (words[1], &inside)];
        let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
        let parts: Vec<String> = parts
            .map(|(words, names)| format!("{words}: {}", short(names)))
            .collect();
        parts.join("; ")
    };
    Finding::of(
        false,
        say(["besloten en erbuiten", "niet besloten en erin"]),
        say(["decided and outside", "not decided and inside"]),
    )
}

/// Some alternative does a part of what another one does.
fn unbundled(d: &Declarations) -> Finding {
    let base: BTreeSet<&str> = baseline(d)
        .iter()
        .flat_map(|it| &it.measures)
        .map(|name| name.value.as_str())
        .collect();
    let own = |it: &Alternative| -> BTreeSet<String> {
        let measures = it.measures.iter().map(|name| &name.value);
        let levers = it.set.iter().map(|(lever, _)| &lever.value);
        measures
            .filter(|name| !base.contains(name.as_str()))
            .chain(levers)
            .cloned()
            .collect()
    };
    let parts = d.alternatives.iter().filter(|part| {
        let part = own(part);
        let larger = |whole: &Alternative| own(whole).is_superset(&part) && own(whole) != part;
        !part.is_empty() && d.alternatives.iter().any(larger)
    });
    let names: Vec<&str> = parts.map(|it| it.name.value.as_str()).collect();
    listed(
        !names.is_empty(),
        &names,
        [
            "deel van een ander alternatief",
            "geen alternatief is een deel van een ander",
        ],
        ["part of another alternative", "no alternative is a part of another"],
    )
}

fn horizon(d: &Declarations, rulebook: &Rulebook) -> Finding {
    let model = &d.model;
    let opening = model.opening_year.as_ref().map(|year| year.value);
    let first = rulebook.horizon.start(model.first_year.value, opening);
    let years = i64::from(model.last_year.value) - i64::from(first) + 1;
    let asked = i64::from(rulebook.horizon.years);
    Finding::of(
        years >= asked,
        format!("{years} jaar vanaf {first}, {asked} gevraagd"),
        format!("{years} years from {first}, {asked} asked for"),
    )
}

fn discount_rates(d: &Declarations, rulebook: &Rulebook) -> Finding {
    let own: Vec<&str> = d.study.discount.keys().map(String::as_str).collect();
    if !own.is_empty() {
        let names = short(&own);
        return Finding::of(
            false,
            format!("eigen voet voor {names}"),
            format!("own rate for {names}"),
        );
    }
    let special = d.flows.iter();
    let is_default = |class: &str| {
        let found = rulebook.discount_class(class);
        found.is_some_and(|found| found.name == rulebook.default_discount_class)
    };
    let special = special.filter(|flow| !is_default(&flow.discount.value));
    let names: Vec<&str> = special.map(|flow| flow.name.value.as_str()).collect();
    listed(
        names.is_empty(),
        &names,
        [
            "in een andere klasse dan standaard",
            "overal de standaardvoet van het regelboek",
        ],
        [
            "in another class than standard",
            "the standard rate of the rulebook everywhere",
        ],
    )
}

/// Where all numbers of the study come from.
fn provenances(d: &Declarations) -> Vec<&Provenance> {
    let drivers = d.scenarios.iter().flat_map(|it| &it.drivers);
    let drivers = drivers.map(|(_, value)| match value {
        DriverValue::Value(value) => &value.provenance,
        DriverValue::Path(points) => &points.provenance,
    });
    let parameters = d.parameters.iter().map(|it| &it.value.provenance);
    let series = d.series.iter().map(|it| &it.points.provenance);
    let deflators = d.deflators.iter().map(|it| &it.provenance);
    parameters.chain(series).chain(deflators).chain(drivers).collect()
}

fn numbers_sourced(d: &Declarations) -> Finding {
    let all = provenances(d);
    let sourced = all.iter().filter(|it| !it.source.is_empty()).count();
    let assumed = all.len() - sourced;
    Finding::of(
        true,
        format!("{sourced} getallen met een bron, {assumed} aannames met een reden"),
        format!("{sourced} numbers with a source, {assumed} assumptions with a reason"),
    )
}

fn no_placeholders(d: &Declarations) -> Finding {
    let all = provenances(d);
    let count = all.iter().filter(|it| it.placeholder).count();
    let of = all.len();
    Finding::of(
        count == 0,
        format!("{count} van {of} getallen zijn plaatsvervangers"),
        format!("{count} of {of} numbers are placeholders"),
    )
}

fn status_sourced(d: &Declarations) -> Finding {
    let without = d.measures.iter().filter(|it| {
        let open = it.status.is_empty() || (it.status != "hypothetical" && it.source.trim().is_empty());
        is_used(d, &it.name.value) && open
    });
    let names: Vec<&str> = without.map(|it| it.name.value.as_str()).collect();
    listed(
        names.is_empty(),
        &names,
        [
            "zonder status, of besloten of voorgesteld zonder bron",
            "van elke maatregel staat de status er, met bron",
        ],
        [
            "without status, or decided or proposed without source",
            "of each measure the status is stated, with its source",
        ],
    )
}
