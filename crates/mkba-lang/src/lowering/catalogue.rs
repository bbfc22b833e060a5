//! Names, labels and settings of a compiled study.
use super::ClassRate;
use crate::checklist::checklist;
use crate::declarations::{Declarations, FlowKind, Interaction, Name, Text};
use crate::inputs::stated;
use crate::typing::{Shown, Symbol, TypedStudy, Units};
use mkba_core::appraisal::catalogue as core;
use mkba_core::finance::Timing;
use mkba_core::input::Input;
use mkba_core::rulebook::Rulebook;

/// The kind of a flow.
pub fn kind(kind: FlowKind) -> core::FlowKind {
    match kind {
        FlowKind::Cost => core::FlowKind::Cost,
        FlowKind::Benefit => core::FlowKind::Benefit,
        FlowKind::Transfer => core::FlowKind::Transfer,
    }
}

/// What is reported beside the balance: variables, stocks, limits, in order of name within each.
pub fn indicator_symbols(declarations: &Declarations) -> Vec<Symbol> {
    let variables = declarations
        .variables
        .iter()
        .enumerate()
        .filter(|(_, it)| it.indicator)
        .map(|(n, _)| Symbol::Variable(n));
    let stocks = declarations
        .stocks
        .iter()
        .enumerate()
        .filter(|(_, it)| it.indicator)
        .map(|(n, _)| Symbol::Stock(n));
    let limits = declarations
        .limits
        .iter()
        .enumerate()
        .filter(|(_, it)| it.indicator)
        .map(|(n, _)| Symbol::Limit(n));
    variables.chain(stocks).chain(limits).collect()
}

/// Names the results of a study.
pub fn catalogue(
    study: &TypedStudy<'_>,
    rulebook: &Rulebook,
    timing: Timing,
    rates: &[ClassRate],
    baseline: usize,
    inputs: &[Input],
    regional: bool,
) -> core::Catalogue {
    let declarations = study.scope.declarations;
    let model = &declarations.model;
    let units = Units::new(&study.scope);
    core::Catalogue {
        study: text(&declarations.study.label, ""),
        model: core::Entry {
            id: model.id.clone(),
            label: text(&model.label, &model.id),
        },
        price_year: model.price_year.value,
        base_year: model.base_year.value,
        first_year: model.first_year.value,
        last_year: model.last_year.value,
        opening_year: model.opening_year.as_ref().map(|year| year.value),
        rulebook: core::Entry {
            id: rulebook.id.clone(),
            label: core::Text {
                nl: rulebook.label.nl.clone(),
                en: rulebook.label.en.clone(),
            },
        },
        rates: rates
            .iter()
            .map(|rate| core::RateEntry {
                class: rate.class.clone(),
                per_year: rate.per_year,
                steps: rate.steps(),
                stated: rate.stated.clone(),
                replaced: rate.replaced,
            })
            .collect(),
        timing,
        price_unit: rulebook.prices.unit,
        last_counted_year: super::last_counted_year(model, rulebook),
        scenarios: declarations
            .scenarios
            .iter()
            .map(|it| entry(&it.name, &it.label))
            .collect(),
        alternatives: declarations
            .alternatives
            .iter()
            .map(|it| entry(&it.name, &it.label))
            .collect(),
        baseline,
        flows: declarations
            .flows
            .iter()
            .map(|it| core::FlowEntry {
                entry: entry(&it.name, &it.label),
                kind: kind(it.kind.value),
                effect: it.effect.clone(),
                pillar: it.pillar.clone(),
                discount: it.discount.value.clone(),
                separate: it.separate,
            })
            .collect(),
        parties: declarations
            .parties
            .iter()
            .map(|it| core::PartyEntry {
                entry: entry(&it.name, &it.label),
                standing: it.counts(rulebook),
                department: it.department.clone().unwrap_or_default(),
            })
            .collect(),
        unpriced: declarations
            .unpriced
            .iter()
            .map(|it| core::UnpricedEntry {
                entry: entry(&it.name, &it.label),
                sign: it.sign.clone(),
                why: it.why.clone(),
            })
            .collect(),
        indicators: indicator_symbols(declarations)
            .into_iter()
            .map(|symbol| indicator(study, symbol))
            .collect(),
        inputs: inputs.iter().map(|it| input(declarations, &it.name)).collect(),
        regions: if regional { regions(study) } else { Vec::new() },
        checklist: checklist(declarations, rulebook),
        gate_reading: declarations.study.gates,
        gate_years: gate_years(declarations),
        gates: (0..declarations.gates.len()).map(|n| gate(study, &units, n)).collect(),
        limits: (0..declarations.limits.len())
            .map(|n| limit(study, &units, n))
            .collect(),
        interactions: declarations
            .interactions
            .iter()
            .map(|it| interaction(declarations, it))
            .collect(),
    }
}

/// The years in which gates and limits are tabulated.
fn gate_years(declarations: &Declarations) -> Vec<i32> {
    let every = usize::try_from(declarations.study.gate_years)
        .unwrap_or(usize::MAX)
        .max(1);
    (declarations.model.first_year.value..=declarations.model.last_year.value)
        .step_by(every)
        .collect()
}

fn gate(study: &TypedStudy<'_>, units: &Units, n: usize) -> core::GateEntry {
    let it = &study.scope.declarations.gates[n];
    let unit = shown(study, units, Symbol::Gate(n));
    core::GateEntry {
        entry: entry(&it.name, &it.label),
        unit: unit.text,
        scale: unit.scale,
        elements: elements(study, Symbol::Gate(n)),
    }
}

fn limit(study: &TypedStudy<'_>, units: &Units, n: usize) -> core::LimitEntry {
    let it = &study.scope.declarations.limits[n];
    let unit = shown(study, units, Symbol::Limit(n));
    core::LimitEntry {
        entry: entry(&it.name, &it.label),
        unit: unit.text,
        scale: unit.scale,
        elements: elements(study, Symbol::Limit(n)),
        bounds: it.least.iter().map(|(name, _)| name.value.clone()).collect(),
    }
}

fn interaction(declarations: &Declarations, it: &Interaction) -> core::InteractionEntry {
    let alternative = |name: &Name| {
        let found = declarations
            .alternatives
            .iter()
            .position(|it| it.name.value == name.value);
        found.unwrap_or_default()
    };
    core::InteractionEntry {
        entry: entry(&it.name, &it.label),
        whole: alternative(&it.whole),
        parts: it.parts.iter().map(alternative).collect(),
        readings: match it.gates.as_slice() {
            [] => vec![declarations.study.gates],
            some => some.to_vec(),
        },
    }
}

/// The unit in which the model states such values.
fn shown(study: &TypedStudy<'_>, units: &Units, symbol: Symbol) -> Shown {
    let unit = units.of_symbol(&study.scope, symbol);
    let text = if unit.text.is_empty() {
        "1".to_owned()
    } else {
        unit.text
    };
    Shown { text, ..unit }
}

/// The unit of a named value in words.
fn unit(study: &TypedStudy<'_>, symbol: Symbol) -> String {
    let shape = study.scope.shape(symbol);
    let unit = shape.map_or_else(String::new, |shape| study.scope.show(shape));
    if unit == "no unit" { "1".to_owned() } else { unit }
}

/// Keys of the elements of a named value.
fn elements(study: &TypedStudy<'_>, symbol: Symbol) -> Vec<String> {
    let (space, set) = (&study.scope.space, study.scope.sets[&symbol]);
    (0..space.extent(set)).map(|at| space.keys(set, at).join(",")).collect()
}

fn indicator(study: &TypedStudy<'_>, symbol: Symbol) -> core::IndicatorEntry {
    let declarations = study.scope.declarations;
    let (name, label) = match symbol {
        Symbol::Stock(n) => (&declarations.stocks[n].name, &declarations.stocks[n].label),
        Symbol::Limit(n) => (&declarations.limits[n].name, &declarations.limits[n].label),
        Symbol::Variable(n) => (&declarations.variables[n].name, &declarations.variables[n].label),
        _ => unreachable!("only variables, stocks and limits are indicators"),
    };
    core::IndicatorEntry {
        entry: entry(name, label),
        unit: unit(study, symbol),
        elements: elements(study, symbol),
    }
}

fn input(declarations: &Declarations, name: &str) -> core::InputEntry {
    let stated = stated(declarations, name).unwrap_or_default();
    let label = text(&stated.label, name.split('[').next().unwrap_or(name));
    let of_element = |label: String| match name.split_once('[') {
        Some((_, element)) => format!("{label} ({})", element.trim_end_matches(']')),
        None => label,
    };
    core::InputEntry {
        entry: core::Entry {
            id: name.to_owned(),
            label: core::Text {
                nl: of_element(label.nl),
                en: of_element(label.en),
            },
        },
        unit: stated.unit,
        distribution: stated.distribution,
        placeholder: stated.placeholder,
    }
}

fn regions(study: &TypedStudy<'_>) -> Vec<String> {
    let declarations = study.scope.declarations;
    let region = declarations.model.region.as_ref();
    let index = region.and_then(|name| declarations.indices.iter().find(|index| index.name.value == name.value));
    index.map_or_else(Vec::new, |index| index.elements.clone())
}

fn entry(name: &Name, label: &Text) -> core::Entry {
    core::Entry {
        id: name.value.clone(),
        label: text(label, &name.value),
    }
}

fn text(label: &Text, otherwise: &str) -> core::Text {
    let or = |text: &str, other: &str| match (text.is_empty(), other.is_empty()) {
        (false, _) => text.to_owned(),
        (true, false) => other.to_owned(),
        (true, true) => otherwise.to_owned(),
    };
    core::Text {
        nl: or(&label.nl, &label.en),
        en: or(&label.en, &label.nl),
    }
}
