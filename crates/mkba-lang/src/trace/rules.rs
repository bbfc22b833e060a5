//! What variables, stocks, gates, limits and levers were computed from.
use super::formula::named;
use super::values::{Key, Part};
use super::walk::{Site, Topic, Walker, text};
use crate::declarations::Combine;
use crate::lowering::versions::Entity;
use crate::lowering::versions::measures_on;
use crate::typing::{Member, Symbol};
use mkba_core::explanation::{Explanation, Group, Kind, Note, Role, Stated, Together};

impl Walker<'_, '_, '_> {
    /// Whether a value has a formula, rather than coming from outside.
    pub fn has_rules(&self, topic: Topic) -> bool {
        matches!(
            topic.symbol(),
            Symbol::Variable(_) | Symbol::Stock(_) | Symbol::Limit(_) | Symbol::Lever(_) | Symbol::Gate(_)
        )
    }

    /// What a value was computed from, and what was found out on the way.
    pub fn rules(&mut self, topic: Topic, site: &Site, depth: usize) -> (Vec<Group>, Vec<Note>) {
        let study = self.study;
        match topic {
            Topic::Symbol(Symbol::Variable(n)) => (self.parts(&study.variables[n], site, depth), Vec::new()),
            Topic::Symbol(Symbol::Stock(n)) => (vec![self.stock(n, site, depth)], Vec::new()),
            Topic::Symbol(Symbol::Limit(n)) => (vec![self.limit(n, site, depth)], Vec::new()),
            Topic::Symbol(Symbol::Lever(n)) => (vec![self.lever(n, site, depth)], Vec::new()),
            Topic::Gate(n, member) => self.gate(n, member, site, depth),
            Topic::Symbol(_) => (Vec::new(), Vec::new()),
        }
    }

    /// Level a year ago, plus what is added, less what is lost.
    fn stock(&mut self, n: usize, site: &Site, depth: usize) -> Group {
        let study = self.study;
        let rules = &study.stocks[n];
        let before = match site.year.checked_sub(1) {
            Some(year) => self.named(Topic::Symbol(Symbol::Stock(n)), Role::Added, year, &site.place, 0),
            None => self.part(&rules.initial, Role::Added, site, depth),
        };
        let mut parts = vec![before];
        parts.extend(
            rules
                .adds
                .as_ref()
                .map(|adds| self.part(adds, Role::Added, site, depth)),
        );
        let loses = rules.loses.as_ref();
        parts.extend(loses.map(|loses| self.part(loses, Role::Subtracted, site, depth)));
        Group::whole(Together::Terms, parts)
    }

    /// The bounds of a limit, and how often each binds.
    fn limit(&mut self, n: usize, site: &Site, depth: usize) -> Group {
        let study = self.study;
        let names = &study.scope.declarations.limits[n].least;
        let bounds = names.iter().zip(&study.limits[n]).map(|((name, _), bound)| {
            let binds = Key::Binds(Part(bound), n);
            self.choice(bound, named(&name.value), binds, site, depth)
        });
        Group::whole(Together::Choices, bounds.collect())
    }

    fn gate(&mut self, n: usize, member: Member, site: &Site, depth: usize) -> (Vec<Group>, Vec<Note>) {
        let study = self.study;
        let rules = &study.gates[n];
        let waits = study.scope.declarations.gates[n].waits;
        let (year, place) = (site.year, &site.place);
        let other = |member| Topic::Gate(n, member);
        match member {
            Member::Granted => {
                let asked = self.named(other(Member::Asked), Role::Itself, year, place, depth);
                let mut parts = vec![asked];
                if rules.capacity.set != study.scope.sets[&Symbol::Gate(n)] {
                    let mut together = Explanation {
                        role: named("asked_together"),
                        ..Explanation::default()
                    };
                    let unit = self.unit_of_part(&rules.wanted);
                    self.measure(&mut together, Key::AskedTogether(n), site, &unit);
                    parts.push(together);
                }
                parts.push(self.part(&rules.capacity, named("capacity"), site, depth));
                let priority = rules.priority.as_ref();
                parts.extend(priority.map(|priority| self.part(priority, named("priority"), site, depth)));
                let binding = Key::Gate(n, Member::Binding);
                let share = self.values.at(binding, site.versions[0], year, place);
                let note = if share > 0.0 {
                    Note::Binds { share }
                } else {
                    Note::Serves
                };
                (vec![Group::whole(Together::Arguments, parts)], vec![note])
            }
            Member::Asked => {
                let mut parts = vec![self.part(&rules.wanted, Role::Added, site, depth)];
                if let Some(before) = year.checked_sub(1).filter(|_| waits) {
                    parts.push(self.named(other(Member::Waiting), Role::Added, before, place, depth));
                }
                (vec![Group::whole(Together::Terms, parts)], Vec::new())
            }
            Member::Waiting if !waits => (Vec::new(), Vec::new()),
            Member::Unserved | Member::Waiting => {
                let mut parts = vec![
                    self.named(other(Member::Asked), Role::Added, year, place, depth),
                    self.named(other(Member::Granted), Role::Subtracted, year, place, depth),
                ];
                if member == Member::Waiting && rules.substitute.is_some() {
                    parts.push(self.named(other(Member::Substituted), Role::Subtracted, year, place, depth));
                }
                (vec![Group::whole(Together::Terms, parts)], Vec::new())
            }
            Member::Substituted | Member::SubstituteCost => {
                let (amount, factor) = match (&rules.substitute, member) {
                    (Some(it), Member::Substituted) => (Member::Unserved, &it.share),
                    (Some(it), _) => (Member::Substituted, &it.cost),
                    (None, _) => return (Vec::new(), Vec::new()),
                };
                let parts = vec![
                    self.named(other(amount), Role::Itself, year, place, depth),
                    self.part(factor, Role::Itself, site, depth),
                ];
                (vec![Group::whole(Together::Arguments, parts)], Vec::new())
            }
            Member::Binding => {
                let asked = self.named(other(Member::Asked), Role::Itself, year, place, depth);
                let granted = self.named(other(Member::Granted), Role::Itself, year, place, depth);
                (
                    vec![Group::whole(Together::Arguments, vec![asked, granted])],
                    Vec::new(),
                )
            }
        }
    }

    /// The default of a lever, and what the measures of the alternative make of it.
    fn lever(&mut self, n: usize, site: &Site, depth: usize) -> Group {
        let study = self.study;
        let d = study.scope.declarations;
        let sums = d.levers[n].combine == Combine::Sum;
        let role = |name: &str| if sums { Role::Added } else { named(name) };
        let mut parts = vec![self.part(&study.levers[n], role("default"), site, depth)];
        for measure in measures_on(study, n, site.versions[0]) {
            let Some((_, formula)) = study.measures[measure].set.iter().find(|(lever, _)| *lever == n) else {
                continue;
            };
            let declaration = &d.measures[measure];
            let mut part = Explanation {
                kind: Kind::Measure,
                label: text(&declaration.label),
                role: role(&declaration.name.value),
                formulas: vec![self.formula(&declaration.name.value, formula.span)],
                ..Explanation::default()
            };
            let unit = self.unit_of_part(formula);
            let key = if sums {
                Key::Added(measure, Part(formula))
            } else {
                Key::Part(Part(formula))
            };
            self.measure(&mut part, key, site, &unit);
            let version = self.versions(Entity::Measure(measure))[0];
            let on = self.values.at(Key::Active(measure), version, site.year, &site.place);
            part.notes.push(Note::On { share: on });
            if !declaration.source.is_empty() {
                let (file, line) = self.position(declaration.name.span);
                part.stated = Some(Stated {
                    text: declaration.status.clone(),
                    source: declaration.source.clone(),
                    file,
                    line,
                    ..Stated::default()
                });
            }
            if on != 0.0 {
                part.groups = self.parts(formula, site, depth);
            }
            parts.push(part);
        }
        if let Some((_, formula)) = study.alternatives[site.versions[0]]
            .iter()
            .find(|(lever, _)| *lever == n)
        {
            let name = &d.alternatives[site.versions[0]].name.value;
            let mut part = self.part(formula, role(name), site, depth);
            // What the alternative itself sets, the baseline does not.
            part.baseline = part.baseline.filter(|_| !sums).or(sums.then_some(0.0));
            part.kind = Kind::Measure;
            parts.push(part);
        }
        Group::whole(if sums { Together::Terms } else { Together::Arguments }, parts)
    }
}
