//! The parts of a formula: terms, factors, arguments, choices, elements.
use super::values::{Key, Part};
use super::walk::{Site, Topic, Walker};
use crate::plain::place::Place;
use crate::typing::{Aggregation, Arithmetic, Function, Kind as Formula, Symbol, Typed};
use mkba_core::appraisal::catalogue::Text;
use mkba_core::explanation::{Explanation, Group, Kind, Role, Together};

/// A name in a formula: what it means, in which year and where.
struct Reference {
    topic: Topic,
    year: usize,
    place: Place,
}

impl<'s> Walker<'_, 's, '_> {
    /// What a formula was computed from. Names in it are opened `depth` deep.
    pub fn parts(&mut self, typed: &'s Typed, site: &Site, depth: usize) -> Vec<Group> {
        if self.reference(typed, site).is_some() {
            let only = self.part(typed, Role::Itself, site, depth);
            return vec![Group::whole(Together::Arguments, vec![only])];
        }
        match &typed.kind {
            Formula::Number(_)
            | Formula::Value(_)
            | Formula::Gate(..)
            | Formula::Elapsed
            | Formula::SinceOpening
            | Formula::Now => Vec::new(),
            Formula::Opening(stock) => {
                let initial = &self.study.stocks[*stock].initial;
                self.arguments(&[("initial", initial)], site, depth)
            }
            Formula::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..)
            | Formula::Function(Function::Negate, _) => {
                let mut terms = Vec::new();
                gather_terms(typed, false, &mut terms);
                let role = |subtracted| if subtracted { Role::Subtracted } else { Role::Added };
                let parts = terms
                    .into_iter()
                    .map(|(minus, term)| self.part(term, role(minus), site, depth));
                vec![Group::whole(Together::Terms, parts.collect())]
            }
            Formula::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide, ..) => {
                let mut factors = Vec::new();
                gather_factors(typed, false, &mut factors);
                let role = |divided| if divided { Role::Divided } else { Role::Multiplied };
                let parts = factors
                    .into_iter()
                    .map(|(below, factor)| self.part(factor, role(below), site, depth));
                vec![Group::whole(Together::Factors, parts.collect())]
            }
            Formula::Arithmetic(how @ (Arithmetic::Min | Arithmetic::Max), ..) => {
                let mut choices = Vec::new();
                gather_choices(typed, *how, &mut choices);
                let parts = choices.into_iter().map(|choice| {
                    let decides = Key::Decides(Part(choice), Part(typed));
                    self.choice(choice, Role::Itself, decides, site, depth)
                });
                vec![Group::whole(Together::Choices, parts.collect())]
            }
            Formula::If(condition, then, otherwise) => {
                let holds = self
                    .values
                    .at(Key::Part(Part(condition)), site.versions[0], site.year, &site.place);
                let asked = self.part(condition, named("if"), site, depth);
                let taken = self.branch(then, "then", holds, site, depth);
                let other = self.branch(otherwise, "else", 1.0 - holds, site, depth);
                vec![Group::whole(Together::Choices, vec![asked, taken, other])]
            }
            Formula::Arithmetic(_, a, b) => self.arguments(&[("", a), ("", b)], site, depth),
            Formula::Function(_, x) => self.arguments(&[("", x)], site, depth),
            Formula::Round { value, step, .. } => self.arguments(&[("x", value), ("step", step)], site, depth),
            Formula::Ratio { above, below, if_none } => {
                self.arguments(&[("a", above), ("b", below), ("if_none", if_none)], site, depth)
            }
            Formula::Grown(rate) => self.arguments(&[("rate", rate)], site, depth),
            Formula::Ramp { from, over, .. } => self.arguments(&[("from", from), ("over", over)], site, depth),
            Formula::Ration { wanted, available } => {
                self.arguments(&[("wanted", wanted), ("available", available)], site, depth)
            }
            Formula::Lookup { series, at } => {
                let mut groups = self.arguments(&[("x", at)], site, depth);
                let series = Topic::Symbol(Symbol::Series(*series));
                let series = self.named(series, named("series"), site.year, &site.place, 0);
                groups[0].parts.insert(0, series);
                groups
            }
            Formula::Pick { of, index, element } => {
                let place = self.places().within(&site.place, *index, *element);
                let there = Site { place, ..site.clone() };
                let part = self.part(of, Role::Itself, &there, depth);
                vec![Group::whole(Together::Arguments, vec![part])]
            }
            Formula::Previous { of, first } => {
                let part = match site.year.checked_sub(1) {
                    Some(year) => {
                        let role = Role::Year {
                            year: self.calendar(year),
                        };
                        self.part(of, role, &Site { year, ..site.clone() }, depth)
                    }
                    None => self.part(first, named("first"), site, depth),
                };
                vec![Group::whole(Together::Arguments, vec![part])]
            }
            Formula::Lagged { of, by, before } => self.lagged(of, by, before, site, depth),
            Formula::Cumulative(of) => {
                let years: Vec<Explanation> = (0..=site.year)
                    .map(|year| {
                        let role = Role::Year {
                            year: self.calendar(year),
                        };
                        self.closed(of, role, &Site { year, ..site.clone() })
                    })
                    .collect();
                vec![Group::of(Together::Years, years, self.scope.most)]
            }
            Formula::Aggregate {
                how,
                body,
                condition,
                index,
            } => {
                let here = self.places().only(&site.place, typed.set);
                let members = self.places().members(typed.set).to_vec();
                let mut elements = Vec::new();
                for element in self.places().elements(*index) {
                    let places = self.places();
                    let inside = places.within(&here, *index, element);
                    let belongs = |coarse: &_| places.element(&inside, *coarse) == places.element(&here, *coarse);
                    if !members.iter().all(belongs) {
                        continue;
                    }
                    let key = self.study.scope.space.indices()[usize::from(index.0)].elements[element as usize].clone();
                    let there = Site {
                        place: inside,
                        ..site.clone()
                    };
                    let sums = matches!(how, Aggregation::Sum | Aggregation::Count);
                    let adds = if sums {
                        Key::Chosen(Part(typed))
                    } else {
                        Key::Part(Part(body))
                    };
                    let mut part = self.element(typed, adds, key, &there);
                    if let Some(condition) = condition.as_deref().filter(|_| !sums) {
                        let counts = Key::Part(Part(condition));
                        part.decides = Some(self.values.at(counts, there.versions[0], there.year, &there.place));
                    }
                    elements.push((part, there));
                }
                vec![self.elements(*how, body, elements, depth)]
            }
        }
    }

    /// A part of a formula.
    pub fn part(&mut self, typed: &'s Typed, role: Role, site: &Site, depth: usize) -> Explanation {
        if let Some(Reference { topic, year, place }) = self.reference(typed, site) {
            return self.named(topic, role, year, &place, depth);
        }
        let mut part = self.closed(typed, role, site);
        part.groups = self.parts(typed, site, depth);
        part
    }

    /// A part of a formula without what it was computed from.
    fn closed(&mut self, typed: &'s Typed, role: Role, site: &Site) -> Explanation {
        if let Some(Reference { topic, year, place }) = self.reference(typed, site) {
            return self.named(topic, role, year, &place, 0);
        }
        let unit = self.unit_of_part(typed);
        let mut part = self.bare(typed, role);
        self.measure(&mut part, Key::Part(Part(typed)), site, &unit);
        if matches!(part.kind, Kind::Number | Kind::Time) {
            part.baseline = None;
        }
        part
    }

    /// A part of a formula without value.
    fn bare(&self, typed: &Typed, role: Role) -> Explanation {
        let text = self.text(typed.span);
        let kind = match typed.kind {
            Formula::Number(_) => Kind::Number,
            Formula::Elapsed | Formula::SinceOpening | Formula::Now => Kind::Time,
            _ => Kind::Part,
        };
        Explanation {
            kind,
            label: Text {
                nl: text.clone(),
                en: text,
            },
            role,
            ..Explanation::default()
        }
    }

    fn arguments(&mut self, arguments: &[(&str, &'s Typed)], site: &Site, depth: usize) -> Vec<Group> {
        let role = |name: &str| if name.is_empty() { Role::Itself } else { named(name) };
        let parts = arguments
            .iter()
            .map(|(name, it)| self.part(it, role(name), site, depth));
        vec![Group::whole(Together::Arguments, parts.collect())]
    }

    /// One of the values of which the least or greatest counts; what never counts is not opened.
    pub fn choice(&mut self, typed: &'s Typed, role: Role, decides: Key<'s>, site: &Site, depth: usize) -> Explanation {
        let decides = self.values.at(decides, site.versions[0], site.year, &site.place);
        let mut part = if decides == 0.0 {
            self.closed(typed, role, site)
        } else {
            self.part(typed, role, site, depth)
        };
        part.decides = Some(decides);
        part
    }

    fn branch(&mut self, typed: &'s Typed, word: &str, taken: f64, site: &Site, depth: usize) -> Explanation {
        let mut part = if taken == 0.0 {
            self.closed(typed, named(word), site)
        } else {
            self.part(typed, named(word), site, depth)
        };
        part.decides = Some(taken);
        part
    }

    /// `(1 − f) x(k) + f x(k + 1)` with k whole years and a part f of a year ago; with means over draws, at the mean of the lag.
    fn lagged(&mut self, of: &'s Typed, by: &'s Typed, before: &'s Typed, site: &Site, depth: usize) -> Vec<Group> {
        let lag = self
            .values
            .at(Key::Part(Part(by)), site.versions[0], site.year, &site.place);
        let by = self.part(by, named("by"), site, depth);
        let lag_is_known = lag.is_finite() && lag >= 0.0;
        let (whole, fraction) = if lag_is_known {
            (lag.floor(), lag - lag.floor())
        } else {
            (0.0, 0.5)
        };
        let mut parts = Vec::new();
        for (back, weight) in [(whole, 1.0 - fraction), (whole + 1.0, fraction)] {
            if weight == 0.0 {
                continue;
            }
            let role = Role::Weighted { weight };
            if back > site.year as f64 {
                parts.push(self.part(before, role, site, depth));
            } else {
                let year = site.year - back as usize;
                parts.push(self.part(of, role, &Site { year, ..site.clone() }, depth));
            }
        }
        if !lag_is_known {
            // Which of them counts is not known before the lag is: both have to be known then.
            self.part(before, Role::Itself, site, depth);
        }
        vec![
            Group::whole(Together::Arguments, vec![by]),
            Group::whole(Together::Terms, parts),
        ]
    }

    /// What an element adds to an aggregation.
    fn element(&mut self, aggregate: &'s Typed, adds: Key<'s>, key: String, site: &Site) -> Explanation {
        let unit = self.unit_of_part(aggregate);
        let mut element = Explanation {
            role: Role::Element { key },
            ..Explanation::default()
        };
        self.measure(&mut element, adds, site, &unit);
        element
    }

    /// The elements of an aggregation, the greatest first and opened.
    fn elements(
        &mut self,
        how: Aggregation,
        body: &'s Typed,
        elements: Vec<(Explanation, Site)>,
        depth: usize,
    ) -> Group {
        let of = match how {
            Aggregation::Sum | Aggregation::Count => Together::Elements,
            Aggregation::Mean | Aggregation::Greatest | Aggregation::Least => Together::Listed,
        };
        let sites: Vec<(Role, Site)> = elements
            .iter()
            .map(|(it, site)| (it.role.clone(), site.clone()))
            .collect();
        let parts = elements.into_iter().map(|(element, _)| element).collect();
        let mut group = Group::of(of, parts, self.scope.most);
        for (n, part) in group.parts.iter_mut().enumerate() {
            let Some((_, site)) = sites.iter().find(|(role, _)| *role == part.role) else {
                continue;
            };
            let opened = if n == 0 {
                self.part(body, part.role.clone(), site, depth)
            } else {
                self.closed(body, part.role.clone(), site)
            };
            // The element counts with what the condition leaves of it.
            *part = Explanation {
                value: part.value,
                baseline: part.baseline,
                unit: std::mem::take(&mut part.unit),
                scale: part.scale,
                share: part.share,
                decides: part.decides,
                ..opened
            };
        }
        group
    }

    /// What a formula that is just a name stands for.
    fn reference(&self, typed: &Typed, site: &Site) -> Option<Reference> {
        let here = |topic| Reference {
            topic,
            year: site.year,
            place: site.place.clone(),
        };
        match &typed.kind {
            Formula::Value(symbol) => Some(here(Topic::Symbol(*symbol))),
            Formula::Gate(gate, member) => Some(here(Topic::Gate(*gate, *member))),
            Formula::Opening(stock) => site.year.checked_sub(1).map(|year| Reference {
                year,
                ..here(Topic::Symbol(Symbol::Stock(*stock)))
            }),
            Formula::Pick { of, index, element } => {
                let place = self.places().within(&site.place, *index, *element);
                self.reference(of, &Site { place, ..site.clone() })
            }
            _ => None,
        }
    }
}

/// A role by name.
pub fn named(name: &str) -> Role {
    Role::Named { name: name.to_owned() }
}

fn gather_terms<'t>(typed: &'t Typed, minus: bool, terms: &mut Vec<(bool, &'t Typed)>) {
    match &typed.kind {
        Formula::Arithmetic(Arithmetic::Add, a, b) => {
            gather_terms(a, minus, terms);
            gather_terms(b, minus, terms);
        }
        Formula::Arithmetic(Arithmetic::Subtract, a, b) => {
            gather_terms(a, minus, terms);
            gather_terms(b, !minus, terms);
        }
        Formula::Function(Function::Negate, a) => gather_terms(a, !minus, terms),
        _ => terms.push((minus, typed)),
    }
}

fn gather_factors<'t>(typed: &'t Typed, below: bool, factors: &mut Vec<(bool, &'t Typed)>) {
    match &typed.kind {
        Formula::Arithmetic(Arithmetic::Multiply, a, b) => {
            gather_factors(a, below, factors);
            gather_factors(b, below, factors);
        }
        Formula::Arithmetic(Arithmetic::Divide, a, b) => {
            gather_factors(a, below, factors);
            gather_factors(b, !below, factors);
        }
        _ => factors.push((below, typed)),
    }
}

fn gather_choices<'t>(typed: &'t Typed, how: Arithmetic, choices: &mut Vec<&'t Typed>) {
    match &typed.kind {
        Formula::Arithmetic(same, a, b) if *same == how => {
            gather_choices(a, how, choices);
            gather_choices(b, how, choices);
        }
        _ => choices.push(typed),
    }
}
