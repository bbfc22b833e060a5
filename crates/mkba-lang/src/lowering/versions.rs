//! Stage 4: which alternatives compute the same value, so that it is computed once.
//!
//! Two alternatives share the value of a declaration when the same measures set the levers it depends on, directly or through others.
use crate::typing::{Kind, Symbol, Typed, TypedStudy};
use std::collections::{BTreeSet, HashMap};

/// A thing whose value may differ between alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    /// A named value.
    Symbol(Symbol),
    /// Whether a measure is on.
    Measure(usize),
    /// The amount of a flow.
    Flow(usize),
}

/// For each entity and alternative, the first alternative that computes the same.
pub struct Versions {
    first: HashMap<Entity, Vec<usize>>,
}

impl Versions {
    /// Refines from "all the same" until entities that share a version only refer to versions that are shared too.
    pub fn new(study: &TypedStudy<'_>) -> Self {
        let declarations = study.scope.declarations;
        let alternatives = declarations.alternatives.len();
        let entities = entities(study);
        let mut first: HashMap<Entity, Vec<usize>> =
            entities.iter().map(|(e, _)| (*e, vec![0; alternatives])).collect();
        loop {
            let mut changed = false;
            for (entity, references) in &entities {
                let key = |alternative: usize| {
                    let own = contributions(study, *entity, alternative);
                    let of: Vec<usize> = references(alternative)
                        .into_iter()
                        .filter_map(|reference| first.get(&reference).map(|versions| versions[alternative]))
                        .collect();
                    (own, of)
                };
                let keys: Vec<_> = (0..alternatives).map(key).collect();
                let refined: Vec<usize> = keys
                    .iter()
                    .map(|key| keys.iter().position(|other| other == key).unwrap_or(0))
                    .collect();
                if refined != first[entity] {
                    changed = true;
                    first.insert(*entity, refined);
                }
            }
            if !changed {
                return Self { first };
            }
        }
    }

    /// The first alternative in which an entity has the same value.
    pub fn of(&self, entity: Entity, alternative: usize) -> usize {
        self.first.get(&entity).map_or(0, |versions| versions[alternative])
    }
}

/// What sets a lever in an alternative: measures by number, and the alternative itself.
fn contributions(study: &TypedStudy<'_>, entity: Entity, alternative: usize) -> Vec<(usize, bool)> {
    let Entity::Symbol(Symbol::Lever(lever)) = entity else {
        return vec![];
    };
    let measures = measures_on(study, lever, alternative)
        .into_iter()
        .map(|measure| (measure, false));
    let own = study.alternatives[alternative].iter().any(|(set, _)| *set == lever);
    measures.chain(own.then_some((alternative, true))).collect()
}

/// Measures of an alternative that set a lever, in order of name.
pub fn measures_on(study: &TypedStudy<'_>, lever: usize, alternative: usize) -> Vec<usize> {
    let declarations = study.scope.declarations;
    let names = &declarations.alternatives[alternative].measures;
    (0..declarations.measures.len())
        .filter(|&n| {
            names
                .iter()
                .any(|name| name.value == declarations.measures[n].name.value)
        })
        .filter(|&n| study.measures[n].set.iter().any(|(set, _)| *set == lever))
        .collect()
}

type References<'s> = Box<dyn Fn(usize) -> Vec<Entity> + 's>;

/// Every entity with what it refers to in an alternative, in a fixed order.
fn entities<'s>(study: &'s TypedStudy<'_>) -> Vec<(Entity, References<'s>)> {
    let mut all: Vec<(Entity, References<'s>)> = Vec::new();
    let fixed = |formulas: Vec<&Typed>| -> References<'s> {
        let mut found = BTreeSet::new();
        formulas.into_iter().for_each(|formula| refer(formula, &mut found));
        let found: Vec<Entity> = found.into_iter().collect();
        Box::new(move |_| found.clone())
    };
    for (n, formula) in study.variables.iter().enumerate() {
        all.push((Entity::Symbol(Symbol::Variable(n)), fixed(vec![formula])));
    }
    for (n, stock) in study.stocks.iter().enumerate() {
        let formulas = std::iter::once(&stock.initial)
            .chain(&stock.adds)
            .chain(&stock.loses)
            .collect();
        all.push((Entity::Symbol(Symbol::Stock(n)), fixed(formulas)));
    }
    for (n, gate) in study.gates.iter().enumerate() {
        all.push((Entity::Symbol(Symbol::Gate(n)), fixed(gate.formulas().collect())));
    }
    for (n, bounds) in study.limits.iter().enumerate() {
        all.push((Entity::Symbol(Symbol::Limit(n)), fixed(bounds.iter().collect())));
    }
    for (n, flow) in study.flows.iter().enumerate() {
        all.push((Entity::Flow(n), fixed(vec![&flow.formula])));
    }
    for (n, measure) in study.measures.iter().enumerate() {
        all.push((Entity::Measure(n), fixed(measure.only_if.iter().collect())));
    }
    for lever in 0..study.levers.len() {
        let references = move |alternative: usize| {
            let mut found = BTreeSet::new();
            refer(&study.levers[lever], &mut found);
            for measure in measures_on(study, lever, alternative) {
                found.insert(Entity::Measure(measure));
                let formulas = study.measures[measure].set.iter().filter(|(set, _)| *set == lever);
                formulas.for_each(|(_, formula)| refer(formula, &mut found));
            }
            let own = study.alternatives[alternative].iter().filter(|(set, _)| *set == lever);
            own.for_each(|(_, formula)| refer(formula, &mut found));
            found.into_iter().collect()
        };
        all.push((Entity::Symbol(Symbol::Lever(lever)), Box::new(references)));
    }
    all
}

/// All entities a formula refers to, in this year or an earlier one.
fn refer(typed: &Typed, found: &mut BTreeSet<Entity>) {
    match &typed.kind {
        Kind::Value(symbol) => {
            found.insert(Entity::Symbol(*symbol));
        }
        Kind::Gate(gate, _) => {
            found.insert(Entity::Symbol(Symbol::Gate(*gate)));
        }
        Kind::Opening(stock) => {
            found.insert(Entity::Symbol(Symbol::Stock(*stock)));
        }
        _ => typed.parts().into_iter().for_each(|part| refer(part, found)),
    }
}
