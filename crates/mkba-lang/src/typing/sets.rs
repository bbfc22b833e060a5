//! Index sets that declarations do not state, and units of gates and levers: found from their formulas.
use super::infer::Typist;
use super::{Scope, Shape, Symbol, Typed};
use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use crate::syntax::Expr;
use mkba_core::graph::space::SetId;
use std::collections::{BTreeMap, BTreeSet};

/// Finds sets and units by repetition until nothing changes.
///
/// What a gate wants and its capacity have one unit, so either gives it: `wanted` may name the gate in an earlier year.
/// Values whose formula has a fault stay open, and so do those that follow from them.
pub(super) fn infer(scope: &mut Scope<'_>) {
    let declarations = scope.declarations;
    let derived = derived(declarations);
    for _ in 0..derived.len() + 2 {
        let before = (scope.sets.clone(), shapes(scope));
        for (n, lever) in declarations.levers.iter().enumerate() {
            unit_from(scope, Symbol::Lever(n), &lever.default);
        }
        for (symbol, formulas) in &derived {
            for formula in formulas {
                set_from(scope, *symbol, formula);
            }
        }
        for (n, gate) in declarations.gates.iter().enumerate() {
            unit_from(scope, Symbol::Gate(n), &gate.wanted);
            unit_from(scope, Symbol::Gate(n), &gate.capacity);
        }
        if before == (scope.sets.clone(), shapes(scope)) {
            break;
        }
    }
    leave_open(scope, &derived);
}

/// Notes the values whose formulas have a fault, and those that follow from them, and which of those need each other.
fn leave_open(scope: &mut Scope<'_>, derived: &[(Symbol, Vec<&Expr>)]) {
    loop {
        let before = scope.open.len();
        for (symbol, formulas) in derived {
            if !scope.open.contains_key(symbol) && formulas.iter().any(|it| typed(scope, it).is_none()) {
                scope.open.insert(*symbol, BTreeSet::new());
            }
        }
        if scope.open.len() == before {
            break;
        }
    }
    let needs: BTreeMap<Symbol, BTreeSet<Symbol>> = derived
        .iter()
        .filter(|(symbol, _)| scope.open.contains_key(symbol))
        .map(|(symbol, formulas)| (*symbol, open_names(scope, formulas)))
        .collect();
    let reached: BTreeMap<Symbol, BTreeSet<Symbol>> = needs.keys().map(|it| (*it, reach(&needs, *it))).collect();
    for (symbol, around) in &mut scope.open {
        let below = reached[symbol].iter();
        around.extend(below.filter(|other| reached[other].contains(symbol)));
        around.insert(*symbol);
    }
}

/// Open values that formulas name.
fn open_names(scope: &Scope<'_>, formulas: &[&Expr]) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    for formula in formulas {
        formula.each_name(&mut |name| {
            let symbol = scope.symbols.get(name).filter(|symbol| scope.open.contains_key(symbol));
            found.extend(symbol.copied());
        });
    }
    found
}

/// Everything that a value needs.
fn reach(needs: &BTreeMap<Symbol, BTreeSet<Symbol>>, from: Symbol) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(symbol) = next.pop() {
        next.extend(needs[&symbol].iter().copied().filter(|it| found.insert(*it)));
    }
    found
}

/// Values whose index set follows from formulas, with those formulas.
fn derived(declarations: &Declarations) -> Vec<(Symbol, Vec<&Expr>)> {
    let mut derived = Vec::new();
    for (n, it) in declarations
        .variables
        .iter()
        .enumerate()
        .filter(|(_, it)| it.over.is_none())
    {
        derived.push((Symbol::Variable(n), vec![&it.formula]));
    }
    for (n, it) in declarations
        .stocks
        .iter()
        .enumerate()
        .filter(|(_, it)| it.over.is_none())
    {
        let formulas = std::iter::once(&it.initial).chain(&it.adds).chain(&it.loses);
        derived.push((Symbol::Stock(n), formulas.collect()));
    }
    for (n, it) in declarations.gates.iter().enumerate() {
        derived.push((Symbol::Gate(n), vec![&it.wanted]));
    }
    for (n, it) in declarations
        .limits
        .iter()
        .enumerate()
        .filter(|(_, it)| it.over.is_none())
    {
        derived.push((Symbol::Limit(n), it.least.iter().map(|(_, bound)| bound).collect()));
    }
    derived
}

/// How many gates and levers have a known unit.
fn shapes(scope: &Scope<'_>) -> usize {
    let gates = (0..scope.declarations.gates.len()).map(Symbol::Gate);
    let levers = (0..scope.declarations.levers.len()).map(Symbol::Lever);
    gates
        .chain(levers)
        .filter(|symbol| scope.shape(*symbol).is_some())
        .count()
}

/// A formula as far as it is known now; its faults are told later.
fn typed(scope: &mut Scope<'_>, formula: &Expr) -> Option<Typed> {
    let mut typist = Typist {
        scope,
        diagnostics: &mut Diagnostics::default(),
        keep: SetId::NONE,
    };
    typist.expression(formula)
}

fn set_from(scope: &mut Scope<'_>, symbol: Symbol, formula: &Expr) {
    if let Some(typed) = typed(scope, formula) {
        let set = scope.space.union(scope.sets[&symbol], typed.set);
        scope.sets.insert(symbol, set);
    }
}

fn unit_from(scope: &mut Scope<'_>, symbol: Symbol, formula: &Expr) {
    if scope.shape(symbol).is_none()
        && let Some(typed) = typed(scope, formula)
    {
        let shape = if typed.shape == Shape::Zero {
            Shape::plain()
        } else {
            typed.shape
        };
        scope.set_shape(symbol, shape);
    }
}
