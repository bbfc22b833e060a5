//! One formula, in one year, at one place: read aloud from section 3 and 6 of the specification.
use super::place::Place;
use super::run::Run;
use crate::typing::{Aggregation, Arithmetic, Function, Kind, Shape, Symbol, Typed};

fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// The lesser of two numbers; what is not a number stays so, or a fault would be hidden.
pub fn lesser(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

/// The greater of two numbers; what is not a number stays so.
pub fn greater(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

impl Run<'_, '_> {
    /// The value of a formula in a year (counted from the first) at a place.
    pub fn formula(&mut self, typed: &Typed, year: usize, place: &Place) -> f64 {
        let model = &self.study.scope.declarations.model;
        let now = f64::from(self.calendar(year));
        match &typed.kind {
            Kind::Number(value) => *value,
            Kind::Value(symbol) => self.value(*symbol, year, place),
            Kind::Gate(gate, member) => self.gate_member(*gate, *member, year, place),
            Kind::Opening(stock) => self.opening(*stock, year, place),
            Kind::Elapsed => now - f64::from(model.base_year.value),
            Kind::SinceOpening => {
                now - f64::from(
                    model
                        .opening_year
                        .as_ref()
                        .map_or(model.first_year.value, |opening| opening.value),
                )
            }
            Kind::Now => now,
            Kind::Function(function, of) => {
                let x = self.formula(of, year, place);
                match function {
                    Function::Negate => -x,
                    Function::Not => truth(x == 0.0),
                    Function::Abs => x.abs(),
                    Function::Sqrt => x.sqrt(),
                    Function::Exp => x.exp(),
                    Function::Ln => x.ln(),
                }
            }
            Kind::Arithmetic(how, a, b) => {
                let (a, b) = (self.formula(a, year, place), self.formula(b, year, place));
                arithmetic(*how, a, b)
            }
            Kind::If(condition, then, otherwise) => {
                let holds = self.formula(condition, year, place) != 0.0;
                self.formula(if holds { then } else { otherwise }, year, place)
            }
            Kind::Round { up, value, step } => {
                let (value, step) = (self.formula(value, year, place), self.formula(step, year, place));
                let steps = value / step;
                step * if *up { steps.ceil() } else { steps.floor() }
            }
            Kind::Ratio { above, below, if_none } => {
                let (above, below) = (self.formula(above, year, place), self.formula(below, year, place));
                if below == 0.0 {
                    self.formula(if_none, year, place)
                } else {
                    above / below
                }
            }
            Kind::Aggregate {
                how,
                body,
                condition,
                index,
            } => {
                // The elements of the index that lie at this place of the result.
                let here = self.places.only(place, typed.set);
                let mut chosen = Vec::new();
                for element in self.places.elements(*index) {
                    let inside = self.places.within(&here, *index, element);
                    let mut members = self.places.members(typed.set).iter();
                    let belongs = members
                        .all(|&coarse| self.places.element(&inside, coarse) == self.places.element(&here, coarse));
                    if belongs && condition.as_ref().is_none_or(|c| self.formula(c, year, &inside) != 0.0) {
                        chosen.push(self.formula(body, year, &inside));
                    }
                }
                let sum = chosen.iter().fold(0.0, |sum, x| sum + x);
                match how {
                    Aggregation::Sum | Aggregation::Count => sum,
                    Aggregation::Mean => sum / chosen.len() as f64,
                    Aggregation::Greatest => chosen.into_iter().fold(f64::NEG_INFINITY, greater),
                    Aggregation::Least => chosen.into_iter().fold(f64::INFINITY, lesser),
                }
            }
            Kind::Pick { of, index, element } => {
                let there = self.places.within(place, *index, *element);
                self.formula(of, year, &there)
            }
            Kind::Previous { of, first } => match year.checked_sub(1) {
                Some(before) => self.formula(of, before, place),
                None => self.formula(first, 0, place),
            },
            Kind::Lagged { of, by, before } => {
                let lag = self.formula(by, year, place);
                let (whole, part) = (lag.floor(), lag - lag.floor());
                let mut back = |years: f64| {
                    if years > year as f64 {
                        self.formula(before, 0, place)
                    } else {
                        self.formula(of, year - years as usize, place)
                    }
                };
                if part == 0.0 {
                    back(whole)
                } else {
                    (1.0 - part) * back(whole) + part * back(whole + 1.0)
                }
            }
            Kind::Cumulative(of) => (0..=year).fold(0.0, |sum, past| sum + self.formula(of, past, place)),
            Kind::Grown(rate) => self.grown(rate, year, place),
            Kind::Ramp { falling, from, over } => {
                let calendar = from.shape == Shape::Calendar;
                let (from, over) = (self.formula(from, year, place), self.formula(over, year, place));
                let moment = if calendar {
                    now
                } else {
                    now - f64::from(model.base_year.value)
                };
                let part = |passed: f64| (passed / over).clamp(0.0, 1.0);
                if *falling {
                    1.0 - part(moment - from)
                } else {
                    part(moment - from + 1.0)
                }
            }
            Kind::Lookup { series, at } => {
                let moment = self.formula(at, year, place);
                self.numbers.series(*series, moment)
            }
            Kind::Ration { wanted, available } => {
                let room = self.formula(available, year, place);
                let own = self.formula(wanted, year, place);
                let all = self.places.all(typed.set);
                let group: Vec<Place> = all
                    .into_iter()
                    .filter(|other| self.places.agree(other, place, available.set))
                    .collect();
                let asked: Vec<f64> = group.iter().map(|other| self.formula(wanted, year, other)).collect();
                own * share(&asked, room)
            }
        }
    }

    /// (1 + rate)^(years since the base year): a rate that changes over the years is compounded year by year.
    fn grown(&mut self, rate: &Typed, year: usize, place: &Place) -> f64 {
        let model = &self.study.scope.declarations.model;
        let (base, first) = (model.base_year.value, model.first_year.value);
        let now = self.calendar(year);
        if self.is_steady(rate) {
            return (1.0 + self.formula(rate, year, place)).powi(now - base);
        }
        let past = (base + 1..=now).map(|past| usize::try_from(past - first).unwrap_or(0));
        past.fold(1.0, |grown, past| grown * (1.0 + self.formula(rate, past, place)))
    }

    /// Whether a formula has no part that could change over the years. Only decides what growth before the base year means.
    fn is_steady(&self, typed: &Typed) -> bool {
        match &typed.kind {
            Kind::Value(Symbol::Parameter(_) | Symbol::Column(..)) | Kind::Number(_) => true,
            Kind::Value(Symbol::Variable(n)) => self.is_steady(&self.study.variables[*n]),
            Kind::Value(Symbol::Driver(n)) => self.numbers.is_steady(Symbol::Driver(*n)),
            Kind::Function(..)
            | Kind::Arithmetic(..)
            | Kind::If(..)
            | Kind::Round { .. }
            | Kind::Ratio { .. }
            | Kind::Aggregate { .. }
            | Kind::Pick { .. } => typed.parts().into_iter().all(|part| self.is_steady(part)),
            _ => false,
        }
    }
}

fn arithmetic(how: Arithmetic, a: f64, b: f64) -> f64 {
    match how {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Power => a.powf(b),
        Arithmetic::Min => lesser(a, b),
        Arithmetic::Max => greater(a, b),
        Arithmetic::Less => truth(a < b),
        Arithmetic::LessOrEqual => truth(a <= b),
        Arithmetic::Equal => truth(a == b),
        Arithmetic::NotEqual => truth(a != b),
        Arithmetic::And => truth(a != 0.0 && b != 0.0),
        Arithmetic::Or => truth(a != 0.0 || b != 0.0),
    }
}

/// The part of what is asked that is served: all of it when the sum is within what there is, else the same share for each.
/// A negative amount on either side is a fault of the model: not a number.
pub fn share(asked: &[f64], room: f64) -> f64 {
    if room < 0.0 || asked.iter().any(|&one| one < 0.0) {
        return f64::NAN;
    }
    let sum = asked.iter().fold(0.0, |sum, one| sum + one);
    if sum <= room { 1.0 } else { room / sum }
}
