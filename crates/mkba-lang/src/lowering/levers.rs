//! Levers: the default combined over the measures that are active.
use super::build::Builder;
use super::versions::{Entity, measures_on};
use crate::declarations::{Combine, Declarations, Name};
use crate::diagnostic::{Diagnostic, Diagnostics};
use mkba_core::graph::space::{IndexId, SetId};
use mkba_core::graph::{DataTable, NodeId, Range, Variation};

impl Builder<'_, '_> {
    /// The value of a lever in an alternative.
    pub fn lever(&mut self, n: usize, alternative: usize) -> NodeId {
        let study = self.study;
        let combine = study.scope.declarations.levers[n].combine;
        let mut value = self.node(&study.levers[n], alternative);
        for measure in measures_on(study, n, alternative) {
            let active = self.active(measure, alternative);
            let Some((_, formula)) = study.measures[measure].set.iter().find(|(lever, _)| *lever == n) else {
                continue;
            };
            let set_to = self.node(formula, alternative);
            value = self.combine(combine, value, set_to, Some(active));
        }
        if let Some((_, formula)) = study.alternatives[alternative].iter().find(|(lever, _)| *lever == n) {
            let set_to = self.node(formula, alternative);
            value = self.combine(combine, value, set_to, None);
        }
        value
    }

    fn combine(&mut self, combine: Combine, so_far: NodeId, set_to: NodeId, active: Option<NodeId>) -> NodeId {
        let with = match combine {
            Combine::Sum => self.graph.add(so_far, set_to),
            Combine::Max => self.graph.max(so_far, set_to),
            Combine::Product => self.graph.multiply(so_far, set_to),
            Combine::Exclusive => set_to,
        };
        match active {
            Some(active) => self.graph.select(active, with, so_far),
            None => with,
        }
    }

    /// 1 where and when a measure is on.
    pub fn active(&mut self, measure: usize, alternative: usize) -> NodeId {
        let version = self.versions.of(Entity::Measure(measure), alternative);
        if let Some(node) = self.known_measure(measure, version) {
            return node;
        }
        let study = self.study;
        let declaration = &study.scope.declarations.measures[measure];
        let start = declaration.start.as_ref().map_or(i32::MIN, |year| year.value);
        let until = declaration.until.as_ref().map_or(i32::MAX, |year| year.value);
        let truth = |holds: bool| if holds { 1.0 } else { 0.0 };
        let mut active = match &study.measures[measure].only_if {
            None => self.calendar(|year| truth(year >= start && year <= until)),
            Some(condition) => {
                let set = condition.set;
                let zero = self.graph.constant(0.0);
                let varies = Variation {
                    draw: true,
                    scenario: true,
                    ..Variation::default()
                };
                let (state, was_on) = self.graph.state(set, zero, varies, Range::TRUTH);
                let holds = self.node(condition, version);
                let started = self.calendar(|year| truth(year >= start));
                let begins = self.graph.min(started, holds);
                let on = self.graph.max(was_on, begins);
                let on = self.graph.spread(on, set);
                self.graph.set_next(state, on);
                let lasts = self.calendar(|year| truth(year <= until));
                self.graph.min(on, lasts)
            }
        };
        if let Some((index, elements)) = &declaration.at {
            let mask = self.mask(index, elements);
            active = self.graph.min(active, mask);
        }
        self.keep_measure(measure, version, active);
        active
    }

    fn mask(&mut self, index: &Name, elements: &[Name]) -> NodeId {
        let Some(id) = self.graph.space.find(&index.value) else {
            return self.graph.constant(1.0);
        };
        let IndexId(number) = id;
        let keys = &self.graph.space.indices()[number as usize].elements;
        let among = |key: &String| elements.iter().any(|element| element.value == *key);
        let values = keys.iter().map(|key| if among(key) { 1.0 } else { 0.0 }).collect();
        let set: SetId = self.graph.space.set(&[id]);
        self.graph.data(
            DataTable {
                by_scenario: false,
                by_year: false,
                values,
            },
            set,
        )
    }
}

/// Reports measures of one alternative that set the same exclusive lever at the same time and place.
pub fn conflicts(declarations: &Declarations, diagnostics: &mut Diagnostics) {
    for lever in declarations
        .levers
        .iter()
        .filter(|lever| lever.combine == Combine::Exclusive)
    {
        for alternative in &declarations.alternatives {
            let mut setting: Vec<(&Name, Option<usize>)> = Vec::new();
            let who = |measure: &Option<usize>| match measure {
                Some(measure) => format!("set by measure `{}`", declarations.measures[*measure].name.value),
                None => "set by the alternative itself".to_owned(),
            };
            for name in &alternative.measures {
                let number = declarations
                    .measures
                    .iter()
                    .position(|measure| measure.name.value == name.value);
                let Some(number) = number else { continue };
                if let Some((at, _)) = declarations.measures[number]
                    .set
                    .iter()
                    .find(|(l, _)| l.value == lever.name.value)
                {
                    setting.push((at, Some(number)));
                }
            }
            let own = alternative.set.iter().filter(|(l, _)| l.value == lever.name.value);
            setting.extend(own.map(|(at, _)| (at, None)));
            for (n, (second, b)) in setting.iter().enumerate() {
                for (first, a) in &setting[..n] {
                    if together(declarations, *a, *b) {
                        diagnostics.push(
                            Diagnostic::error(
                                "E0220",
                                format!("alternative `{}` sets exclusive lever `{}` twice", alternative.name.value, lever.name.value),
                                second.span,
                                who(b),
                            )
                            .and(first.span, who(a))
                            .and(lever.name.span, "`combine = \"exclusive\"`: one at a time")
                            .and(alternative.name.span, "has both")
                            .help("drop one of the measures, give them different years or places, or let the lever combine by sum, max or product"),
                        );
                    }
                }
            }
        }
    }
}

/// Whether two settings (of measures, or of the alternative itself) can be active in the same year at the same element.
pub(crate) fn together(declarations: &Declarations, a: Option<usize>, b: Option<usize>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let (a, b) = (&declarations.measures[a], &declarations.measures[b]);
    let years = |m: &crate::declarations::Measure| {
        (
            m.start.as_ref().map_or(i32::MIN, |y| y.value),
            m.until.as_ref().map_or(i32::MAX, |y| y.value),
        )
    };
    let ((a_start, a_until), (b_start, b_until)) = (years(a), years(b));
    let apart = match (&a.at, &b.at) {
        (Some((index, some)), Some((other, others))) if index.value == other.value => some
            .iter()
            .all(|element| others.iter().all(|other| other.value != element.value)),
        _ => false,
    };
    a_start <= b_until && b_start <= a_until && !apart
}
