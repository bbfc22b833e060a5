//! Warnings about what is declared and changes nothing: values that no result needs, measures in no alternative.
use super::{Kind, Member, Scope, Symbol, Typed, TypedStudy};
use crate::declarations::{DriverValue, Name};
use crate::diagnostic::{Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// Most measures that one warning points at.
const MOST_MEASURES: usize = 6;

/// Adds the warnings of a study without errors.
pub(crate) fn warn(study: &TypedStudy<'_>, diagnostics: &mut Diagnostics) {
    for symbol in unused_values(study) {
        diagnostics.push(unused(&study.scope, symbol));
    }
    substitutes(study, diagnostics);
    deflators(&study.scope, diagnostics);
    measures(&study.scope, diagnostics);
}

/// Substitutes whose cost is part of no flow: they would be free.
fn substitutes(study: &TypedStudy<'_>, diagnostics: &mut Diagnostics) {
    let used = reached(study, results(study));
    let mut priced = BTreeSet::new();
    study.flows.iter().for_each(|flow| prices(&flow.formula, &mut priced));
    for (n, formula) in study.variables.iter().enumerate() {
        if used.contains(&Symbol::Variable(n)) {
            prices(formula, &mut priced);
        }
    }
    for (n, stock) in study.stocks.iter().enumerate() {
        if used.contains(&Symbol::Stock(n)) {
            let rules = stock.adds.iter().chain(&stock.loses);
            rules.for_each(|formula| prices(formula, &mut priced));
        }
    }
    for (n, gate) in study.scope.declarations.gates.iter().enumerate() {
        let Some(substitute) = gate.substitute.as_ref().filter(|_| !priced.contains(&n)) else {
            continue;
        };
        let name = &gate.name.value;
        let message = format!("what replaces gate `{name}` costs nobody anything");
        diagnostics.push(
            Diagnostic::error(
                "W0109",
                message,
                substitute.span,
                format!("no flow names `{name}.substitute_cost`"),
            )
            .help(format!(
                "add a flow of kind `cost` with `{name}.substitute_cost` in its formula"
            ))
            .warning(),
        );
    }
}

/// Gates of whose substitute a formula takes the cost.
fn prices(formula: &Typed, found: &mut BTreeSet<usize>) {
    if let Kind::Gate(gate, Member::SubstituteCost) = formula.kind {
        found.insert(gate);
    }
    formula.parts().into_iter().for_each(|part| prices(part, found));
}

/// Values that no result needs. What only an unused value needs is not told beside it.
fn unused_values(study: &TypedStudy<'_>) -> Vec<Symbol> {
    let used = reached(study, results(study));
    let unused: Vec<Symbol> = symbols(study)
        .into_iter()
        .filter(|symbol| !used.contains(symbol))
        .collect();
    let needed_by = |symbol: Symbol, by: Symbol| by != symbol && parts_of(study, by).contains(&symbol);
    let mut told: Vec<Symbol> = unused
        .iter()
        .copied()
        .filter(|&symbol| !unused.iter().any(|&by| needed_by(symbol, by)))
        .collect();
    let mut explained = reached(study, told.iter().copied().collect());
    // What is left needs each other in a round.
    for symbol in unused {
        if !explained.contains(&symbol) {
            told.push(symbol);
            explained.extend(reached(study, BTreeSet::from([symbol])));
        }
    }
    told.sort_unstable_by_key(|symbol| study.scope.describe(*symbol).1);
    told
}

/// Everything that a formula can name, columns of index files apart: those belong to their file.
fn symbols(study: &TypedStudy<'_>) -> Vec<Symbol> {
    let d = study.scope.declarations;
    (0..d.parameters.len())
        .map(Symbol::Parameter)
        .chain((0..d.drivers.len()).map(Symbol::Driver))
        .chain((0..d.series.len()).map(Symbol::Series))
        .chain((0..d.levers.len()).map(Symbol::Lever))
        .chain((0..d.variables.len()).map(Symbol::Variable))
        .chain((0..d.stocks.len()).map(Symbol::Stock))
        .chain((0..d.gates.len()).map(Symbol::Gate))
        .chain((0..d.limits.len()).map(Symbol::Limit))
        .collect()
}

/// What flows name, and indicators.
fn results(study: &TypedStudy<'_>) -> BTreeSet<Symbol> {
    let d = study.scope.declarations;
    let mut found = BTreeSet::new();
    for flow in &study.flows {
        let shares = flow
            .shares
            .iter()
            .chain(&flow.to)
            .filter_map(|(_, share)| share.as_ref());
        for formula in std::iter::once(&flow.formula).chain(shares).chain(&flow.tax_rate) {
            collect(formula, &mut found);
        }
    }
    for (_, share) in study.apportionments.iter().flatten() {
        share.iter().for_each(|share| collect(share, &mut found));
    }
    let indicators = |of: Vec<bool>, symbol: fn(usize) -> Symbol| {
        of.into_iter()
            .enumerate()
            .filter(|(_, is)| *is)
            .map(move |(n, _)| symbol(n))
    };
    found.extend(indicators(
        d.variables.iter().map(|it| it.indicator).collect(),
        Symbol::Variable,
    ));
    found.extend(indicators(
        d.stocks.iter().map(|it| it.indicator).collect(),
        Symbol::Stock,
    ));
    found.extend(indicators(
        d.limits.iter().map(|it| it.indicator).collect(),
        Symbol::Limit,
    ));
    found
}

/// These values and everything they need.
fn reached(study: &TypedStudy<'_>, from: BTreeSet<Symbol>) -> BTreeSet<Symbol> {
    let mut next: Vec<Symbol> = from.iter().copied().collect();
    let mut found = from;
    while let Some(symbol) = next.pop() {
        next.extend(parts_of(study, symbol).into_iter().filter(|part| found.insert(*part)));
    }
    found
}

/// What the formulas of a value name; those of a lever are its default and what measures and alternatives set it to.
fn parts_of(study: &TypedStudy<'_>, symbol: Symbol) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    let mut add = |formulas: &mut dyn Iterator<Item = &Typed>| formulas.for_each(|it| collect(it, &mut found));
    match symbol {
        Symbol::Variable(n) => add(&mut std::iter::once(&study.variables[n])),
        Symbol::Stock(n) => {
            let it = &study.stocks[n];
            add(&mut std::iter::once(&it.initial).chain(&it.adds).chain(&it.loses));
        }
        Symbol::Gate(n) => {
            add(&mut study.gates[n].formulas());
        }
        Symbol::Limit(n) => add(&mut study.limits[n].iter()),
        Symbol::Lever(n) => {
            add(&mut std::iter::once(&study.levers[n]));
            for measure in study
                .measures
                .iter()
                .filter(|it| it.set.iter().any(|(lever, _)| *lever == n))
            {
                let set = measure.set.iter().filter(|(lever, _)| *lever == n);
                add(&mut set.map(|(_, formula)| formula).chain(&measure.only_if));
            }
            let set = study.alternatives.iter().flatten().filter(|(lever, _)| *lever == n);
            add(&mut set.map(|(_, formula)| formula));
        }
        Symbol::Parameter(_) | Symbol::Driver(_) | Symbol::Series(_) | Symbol::Column(..) => {}
    }
    found
}

fn collect(formula: &Typed, found: &mut BTreeSet<Symbol>) {
    match &formula.kind {
        Kind::Value(symbol) => found.extend([*symbol]),
        Kind::Gate(gate, _) => found.extend([Symbol::Gate(*gate)]),
        Kind::Opening(stock) => found.extend([Symbol::Stock(*stock)]),
        Kind::Lookup { series, .. } => found.extend([Symbol::Series(*series)]),
        _ => {}
    }
    formula.parts().into_iter().for_each(|part| collect(part, found));
}

fn unused(scope: &Scope<'_>, symbol: Symbol) -> Diagnostic {
    let (kind, at) = scope.describe(symbol);
    let help = match symbol {
        Symbol::Variable(_) | Symbol::Stock(_) | Symbol::Limit(_) => {
            "name it in a formula, report it with `indicator = true`, or remove it"
        }
        _ => "name it in a formula, or remove it",
    };
    let message = format!("{kind} `{}` is never used", scope.name(symbol));
    Diagnostic::error("W0101", message, at, "no flow or indicator needs it")
        .help(help)
        .warning()
}

/// Deflators that no number names. Without scenarios it is not known which ones those name.
fn deflators(scope: &Scope<'_>, diagnostics: &mut Diagnostics) {
    let d = scope.declarations;
    if d.scenarios.is_empty() {
        return;
    }
    let of_driver = |value: &DriverValue| match value {
        DriverValue::Value(value) => value.deflator.clone(),
        DriverValue::Path(points) => points.deflator.clone(),
    };
    let parameters = d.parameters.iter().filter_map(|it| it.value.deflator.clone());
    let series = d.series.iter().filter_map(|it| it.points.deflator.clone());
    let drivers = d
        .scenarios
        .iter()
        .flat_map(|it| &it.drivers)
        .filter_map(|(_, it)| of_driver(it));
    let named: BTreeSet<String> = parameters.chain(series).chain(drivers).map(|name| name.value).collect();
    for deflator in d.deflators.iter().filter(|it| !named.contains(&it.name.value)) {
        let message = format!("deflator `{}` is never used", deflator.name.value);
        let fault = Diagnostic::error("W0101", message, deflator.name.span, "no number names it");
        diagnostics.push(
            fault
                .help("name it beside a number: `deflator = …`, or remove it")
                .warning(),
        );
    }
}

/// Measures that no alternative has, of the study or of another study beside it, in one warning.
fn measures(scope: &Scope<'_>, diagnostics: &mut Diagnostics) {
    let d = scope.declarations;
    let idle: Vec<&Name> = d
        .idle_measures()
        .filter(|name| !d.of_other_studies.contains(&name.value))
        .collect();
    let ([first, rest @ ..], false) = (idle.as_slice(), d.alternatives.is_empty()) else {
        return;
    };
    let message = match rest.len() {
        0 => format!("measure `{}` is in no alternative", first.value),
        more => format!("measure `{}` and {more} more are in no alternative", first.value),
    };
    let mut fault = Diagnostic::error("W0103", message, first.span, "never switched on");
    for name in rest.iter().take(MOST_MEASURES - 1) {
        fault = fault.and(name.span, "nor is this one");
    }
    let help = "add it to `measures` of an alternative, of this study or of another in the same folder, or remove it";
    diagnostics.push(fault.help(help).warning());
}
