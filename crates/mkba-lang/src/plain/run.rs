//! One draw, one scenario, one alternative: named values by year and place, each computed once.
//!
//! Source: specification section 6 (stocks, gates, limits, measures) and 7 (alternatives).
use super::formula::{greater, lesser, share};
use super::numbers::Numbers;
use super::place::{Place, Places};
use crate::declarations::{Combine, Measure};
use crate::typing::{Member, Symbol, TypedStudy};
use mkba_core::appraisal::catalogue::GateReading;
use mkba_core::graph::space::{IndexId, SetId};
use std::collections::BTreeMap;

/// A gate in a year: what each place asks for and gets.
struct Served {
    asked: Vec<f64>,
    granted: Vec<f64>,
    substituted: Vec<f64>,
}

/// Values found so far.
pub struct Run<'s, 'd> {
    pub study: &'s TypedStudy<'d>,
    pub places: Places<'s>,
    pub numbers: Numbers,
    alternative: usize,
    values: BTreeMap<(Symbol, usize), Vec<Option<f64>>>,
    gates: BTreeMap<(usize, usize), Served>,
    started: BTreeMap<(usize, usize), Vec<bool>>,
}

impl<'s, 'd> Run<'s, 'd> {
    pub fn new(study: &'s TypedStudy<'d>, numbers: Numbers, alternative: usize) -> Self {
        Self {
            study,
            places: Places::new(&study.scope.space),
            numbers,
            alternative,
            values: BTreeMap::new(),
            gates: BTreeMap::new(),
            started: BTreeMap::new(),
        }
    }

    /// The calendar year of a year counted from the first.
    pub fn calendar(&self, year: usize) -> i32 {
        self.study.scope.declarations.model.first_year.value + i32::try_from(year).unwrap_or(i32::MAX)
    }

    /// Number of years.
    pub fn years(&self) -> usize {
        let model = &self.study.scope.declarations.model;
        usize::try_from(model.last_year.value - model.first_year.value + 1).unwrap_or(0)
    }

    /// The index set of a named value.
    pub fn set(&self, symbol: Symbol) -> SetId {
        self.study.scope.sets.get(&symbol).copied().unwrap_or(SetId::NONE)
    }

    /// A named value in a year, at a place of its index set or a finer one.
    pub fn value(&mut self, symbol: Symbol, year: usize, place: &Place) -> f64 {
        let set = self.set(symbol);
        let Some(position) = self.places.position(place, set) else {
            return f64::NAN;
        };
        if let Symbol::Parameter(_) | Symbol::Driver(_) | Symbol::Column(..) = symbol {
            return self.numbers.value(symbol, self.calendar(year), position);
        }
        let count = self.places.count(set);
        let known = self.values.entry((symbol, year)).or_insert_with(|| vec![None; count]);
        if let Some(value) = known[position] {
            return value;
        }
        // What needs itself within the year is not a number.
        known[position] = Some(f64::NAN);
        let here = self.places.only(place, set);
        let value = self.compute(symbol, year, &here);
        if let Some(known) = self.values.get_mut(&(symbol, year)) {
            known[position] = Some(value);
        }
        value
    }

    fn compute(&mut self, symbol: Symbol, year: usize, place: &Place) -> f64 {
        let study = self.study;
        match symbol {
            Symbol::Variable(n) => self.formula(&study.variables[n], year, place),
            Symbol::Stock(n) => {
                let rules = &study.stocks[n];
                let adds = rules.adds.as_ref().map_or(0.0, |adds| self.formula(adds, year, place));
                let loses = rules
                    .loses
                    .as_ref()
                    .map_or(0.0, |loses| self.formula(loses, year, place));
                self.opening(n, year, place) + (adds - loses)
            }
            Symbol::Limit(n) => {
                let bounds = study.limits[n].iter().map(|bound| self.formula(bound, year, place));
                bounds.fold(f64::INFINITY, lesser)
            }
            Symbol::Lever(n) => self.lever(n, year, place),
            Symbol::Series(n) => self.numbers.series(n, f64::from(self.calendar(year))),
            Symbol::Gate(n) => self.gate_member(n, Member::Granted, year, place),
            Symbol::Parameter(_) | Symbol::Driver(_) | Symbol::Column(..) => f64::NAN,
        }
    }

    /// The level of a stock at the start of a year.
    pub fn opening(&mut self, stock: usize, year: usize, place: &Place) -> f64 {
        match year.checked_sub(1) {
            Some(before) => self.value(Symbol::Stock(stock), before, place),
            None => {
                let here = self.places.only(place, self.set(Symbol::Stock(stock)));
                let study = self.study;
                self.formula(&study.stocks[stock].initial, 0, &here)
            }
        }
    }

    /// A member of a gate.
    pub fn gate_member(&mut self, gate: usize, member: Member, year: usize, place: &Place) -> f64 {
        let Some(position) = self.places.position(place, self.set(Symbol::Gate(gate))) else {
            return f64::NAN;
        };
        self.serve(gate, year);
        let served = &self.gates[&(gate, year)];
        let (asked, granted) = (served.asked[position], served.granted[position]);
        let substituted = served.substituted[position];
        match member {
            Member::Asked => asked,
            Member::Granted => granted,
            Member::Unserved => asked - granted,
            Member::Substituted => substituted,
            Member::SubstituteCost => {
                let study = self.study;
                let here = self.places.only(place, self.set(Symbol::Gate(gate)));
                let substitute = study.gates[gate].substitute.as_ref();
                substitute.map_or(0.0, |it| substituted * self.formula(&it.cost, year, &here))
            }
            Member::Waiting if self.study.scope.declarations.gates[gate].waits => asked - granted - substituted,
            Member::Waiting => 0.0,
            Member::Binding => {
                if granted < asked * (1.0 - 1e-9) {
                    1.0
                } else {
                    0.0
                }
            }
        }
    }

    /// Serves a gate in a year: each group shares its capacity.
    fn serve(&mut self, gate: usize, year: usize) {
        if self.gates.contains_key(&(gate, year)) {
            return;
        }
        let study = self.study;
        let rules = &study.gates[gate];
        let places = self.places.all(self.set(Symbol::Gate(gate)));
        let asked: Vec<f64> = places
            .iter()
            .map(|place| {
                let waited = year
                    .checked_sub(1)
                    .map_or(0.0, |before| self.gate_member(gate, Member::Waiting, before, place));
                self.formula(&rules.wanted, year, place) + waited
            })
            .collect();
        let reading = study.scope.declarations.study.gates;
        let mut granted = vec![f64::NAN; places.len()];
        let mut substituted = vec![0.0; places.len()];
        for (at, place) in places.iter().enumerate() {
            if reading == GateReading::Off {
                granted[at] = asked[at];
                continue;
            }
            let room = self.formula(&rules.capacity, year, place);
            let group: Vec<usize> = (0..places.len())
                .filter(|&other| self.places.agree(place, &places[other], rules.capacity.set))
                .collect();
            let wishes: Vec<f64> = group.iter().map(|&member| asked[member]).collect();
            granted[at] = match &rules.priority {
                None => asked[at] * share(&wishes, room),
                Some(priority) => {
                    // The greatest priority first, in order of key on ties; who comes before takes from the room.
                    let own = self.formula(priority, year, place);
                    let mut before = 0.0;
                    for &member in &group {
                        let other = self.formula(priority, year, &places[member]);
                        if other > own || (other == own && member < at) {
                            before += asked[member];
                        }
                    }
                    lesser(asked[at], greater(room - before, 0.0))
                }
            };
            if let Some(substitute) = &rules.substitute {
                let share = match reading {
                    GateReading::Soft => 1.0,
                    _ => self.formula(&substitute.share, year, place),
                };
                substituted[at] = share * (asked[at] - granted[at]);
            }
        }
        let served = Served {
            asked,
            granted,
            substituted,
        };
        self.gates.insert((gate, year), served);
    }

    /// The default of a lever, combined over the measures of the alternative that are on, and what the alternative itself sets.
    fn lever(&mut self, lever: usize, year: usize, place: &Place) -> f64 {
        let study = self.study;
        let declarations = study.scope.declarations;
        let combine = declarations.levers[lever].combine;
        let mut value = self.formula(&study.levers[lever], year, place);
        let taken = &declarations.alternatives[self.alternative].measures;
        for (n, measure) in declarations.measures.iter().enumerate() {
            let is_taken = taken.iter().any(|name| name.value == measure.name.value);
            let Some((_, formula)) = study.measures[n].set.iter().find(|(set, _)| *set == lever) else {
                continue;
            };
            if is_taken && self.is_on(n, measure, year, place) {
                value = combined(combine, value, self.formula(formula, year, place));
            }
        }
        if let Some((_, formula)) = study.alternatives[self.alternative]
            .iter()
            .find(|(set, _)| *set == lever)
        {
            value = combined(combine, value, self.formula(formula, year, place));
        }
        value
    }

    /// From `start` until and including `until`, at the elements of `at`; with a condition from the year in which it holds.
    fn is_on(&mut self, measure: usize, declaration: &Measure, year: usize, place: &Place) -> bool {
        let now = self.calendar(year);
        let lasts = declaration.until.as_ref().is_none_or(|until| now <= until.value);
        let here = declaration.at.as_ref().is_none_or(|(index, elements)| {
            let indices = self.study.scope.space.indices();
            indices
                .iter()
                .enumerate()
                .find(|(_, it)| it.name == index.value)
                .is_some_and(|(n, it)| {
                    let index = IndexId(u16::try_from(n).unwrap_or(u16::MAX));
                    let key = self
                        .places
                        .element(place, index)
                        .map(|element| &it.elements[element as usize]);
                    elements.iter().any(|element| Some(&element.value) == key)
                })
        });
        lasts && here && self.has_started(measure, declaration, year, place)
    }

    /// Whether a measure was ever on by this year: since `start`, or since its condition first held.
    fn has_started(&mut self, measure: usize, declaration: &Measure, year: usize, place: &Place) -> bool {
        let is_time = declaration
            .start
            .as_ref()
            .is_none_or(|start| self.calendar(year) >= start.value);
        let study = self.study;
        let Some(condition) = &study.measures[measure].only_if else {
            return is_time;
        };
        let Some(position) = self.places.position(place, condition.set) else {
            return false;
        };
        if !self.started.contains_key(&(measure, year)) {
            let places = self.places.all(condition.set);
            let on = places
                .iter()
                .map(|place| {
                    let was_on = year
                        .checked_sub(1)
                        .is_some_and(|before| self.has_started(measure, declaration, before, place));
                    was_on || (is_time && self.formula(condition, year, place) != 0.0)
                })
                .collect();
            self.started.insert((measure, year), on);
        }
        self.started[&(measure, year)][position]
    }
}

fn combined(combine: Combine, so_far: f64, set_to: f64) -> f64 {
    match combine {
        Combine::Sum => so_far + set_to,
        Combine::Max => greater(so_far, set_to),
        Combine::Product => so_far * set_to,
        Combine::Exclusive => set_to,
    }
}
