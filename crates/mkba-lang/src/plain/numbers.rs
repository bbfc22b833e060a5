//! Numbers from outside the formulas, in base units: parameters, drivers, series, columns, discount rates.
//!
//! Source: specification sections 2 and 4. Unit scale, price level and price basis are applied here, at the edge, once.
use crate::declarations::{Between, Declarations, DriverValue, Name, Points, Quantity, ValueInput};
use crate::diagnostic::Diagnostics;
use crate::syntax::UnitExpr;
use crate::typing::{Symbol, TypedStudy};
use crate::unit::DimensionId;
use mkba_core::rulebook::Rulebook;
use std::collections::BTreeMap;

/// Points in time in base units.
pub struct Path {
    points: Vec<(f64, f64)>,
    between: Between,
    after: Between,
}

impl Path {
    /// The value at a moment: the first point before it starts, then as `between` says, and as `after` says from the last point on.
    pub fn at(&self, moment: f64) -> f64 {
        let (first_year, first) = self.points[0];
        if moment <= first_year {
            return first;
        }
        for pair in self.points.windows(2) {
            if moment < pair[1].0 {
                return run(pair[0], pair[1], self.between, moment);
            }
        }
        match self.points.as_slice() {
            [.., a, b] if self.after == Between::Growth => run(*a, *b, Between::Growth, moment),
            points => points[points.len() - 1].1,
        }
    }
}

fn run((start, from): (f64, f64), (end, to): (f64, f64), how: Between, moment: f64) -> f64 {
    let part = (moment - start) / (end - start);
    match how {
        Between::Linear => (1.0 - part) * from + part * to,
        Between::Growth => from * (to / from).powf(part),
        Between::Step | Between::Constant => from,
    }
}

/// What a parameter or driver is in base units.
pub enum Known {
    /// The same everywhere.
    One(f64),
    /// One for each element.
    Each(Vec<f64>),
    /// One for each moment.
    Over(Path),
}

impl Known {
    pub fn at(&self, year: i32, position: usize) -> f64 {
        match self {
            Self::One(value) => *value,
            Self::Each(values) => values[position],
            Self::Over(path) => path.at(f64::from(year)),
        }
    }
}

/// All numbers of a study in one scenario.
pub struct Numbers {
    values: BTreeMap<Symbol, Known>,
    series: Vec<Path>,
    rates: BTreeMap<String, Vec<(i32, f64)>>,
}

/// What turns written numbers into base units.
struct Edge<'s, 'd> {
    study: &'s TypedStudy<'d>,
    rulebook: &'s Rulebook,
}

impl Numbers {
    /// `inputs` holds uncertain numbers by name (`jobs`, `jobs[delft]`, `discount.standard`), in base units.
    pub fn new(study: &TypedStudy<'_>, rulebook: &Rulebook, inputs: &[(String, f64)], scenario: usize) -> Option<Self> {
        let declarations = study.scope.declarations;
        let edge = Edge { study, rulebook };
        let drawn = |name: &str| inputs.iter().find(|(input, _)| input == name).map(|(_, value)| *value);
        let mut values = BTreeMap::new();
        for (n, parameter) in declarations.parameters.iter().enumerate() {
            let symbol = Symbol::Parameter(n);
            let name = parameter.stream.as_ref().unwrap_or(&parameter.name.value);
            let known = match &parameter.value.quantity {
                Quantity::Uncertain(_) if parameter.each => {
                    let places = super::place::Places::new(&study.scope.space);
                    let set = study.scope.sets[&symbol];
                    let of = |place| drawn(&format!("{name}[{}]", places.keys(place, set)));
                    Known::Each(places.all(set).iter().map(of).collect::<Option<_>>()?)
                }
                Quantity::Uncertain(_) => Known::One(drawn(name)?),
                _ => edge.certain(&parameter.value)?,
            };
            values.insert(symbol, known);
        }
        for (n, driver) in declarations.drivers.iter().enumerate() {
            let given = declarations
                .scenarios
                .get(scenario)?
                .drivers
                .iter()
                .find(|(name, _)| name.value == driver.name.value);
            let known = match &given?.1 {
                DriverValue::Value(value) => edge.certain(value)?,
                DriverValue::Path(points) => Known::Over(edge.path(points)?),
            };
            values.insert(Symbol::Driver(n), known);
        }
        for (i, index) in declarations.indices.iter().enumerate() {
            for (c, column) in index.columns.iter().enumerate() {
                let scale = edge.scale(&column.unit, None, false)?;
                values.insert(
                    Symbol::Column(i, c),
                    Known::Each(column.values.iter().map(|value| value * scale).collect()),
                );
            }
        }
        let series = declarations
            .series
            .iter()
            .map(|series| edge.path(&series.points))
            .collect::<Option<_>>()?;
        let mut rates = BTreeMap::new();
        for flow in &declarations.flows {
            let class = &flow.discount.value;
            let rate = match declarations.study.discount.get(class) {
                Some(own) => match &own.quantity {
                    Quantity::Uncertain(_) => drawn(&format!("discount.{class}"))?,
                    _ => edge.certain(own)?.at(0, 0),
                },
                None => {
                    let own = rulebook.discount.get(class);
                    let own = own.or_else(|| rulebook.discount.get(&rulebook.instead.get(class)?.class))?;
                    let steps = own.steps.iter();
                    let steps =
                        steps.map(|step| (i32::try_from(step.after_years).unwrap_or(i32::MAX), step.rate_per_year));
                    let all = [(i32::MIN, own.rate_per_year)].into_iter().chain(steps).collect();
                    rates.insert(class.clone(), all);
                    continue;
                }
            };
            rates.insert(class.clone(), vec![(i32::MIN, rate)]);
        }
        Some(Self { values, series, rates })
    }

    /// A parameter, driver or column, at a position of its index set.
    pub fn value(&self, symbol: Symbol, year: i32, position: usize) -> f64 {
        self.values
            .get(&symbol)
            .map_or(f64::NAN, |known| known.at(year, position))
    }

    /// Whether a parameter, driver or column has no years.
    pub fn is_steady(&self, symbol: Symbol) -> bool {
        !matches!(self.values.get(&symbol), Some(Known::Over(_)))
    }

    /// A series at a moment.
    pub fn series(&self, series: usize, moment: f64) -> f64 {
        self.series[series].at(moment)
    }

    /// Rates per year of a discount class, each with the year after the base year that is the last before it.
    pub fn rates(&self, class: &str) -> Vec<(i32, f64)> {
        self.rates.get(class).cloned().unwrap_or_default()
    }
}

impl Edge<'_, '_> {
    fn declarations(&self) -> &Declarations {
        self.study.scope.declarations
    }

    fn certain(&self, value: &ValueInput) -> Option<Known> {
        let scale = self.scale(&value.unit, value.deflator.as_ref(), value.factor_prices)?;
        match &value.quantity {
            Quantity::Fixed(number) => Some(Known::One(number * scale)),
            Quantity::PerElement(numbers) => Some(Known::Each(numbers.iter().map(|number| number * scale).collect())),
            Quantity::Uncertain(_) => None,
        }
    }

    fn path(&self, points: &Points) -> Option<Path> {
        let scale = self.scale(&points.unit, points.deflator.as_ref(), points.factor_prices)?;
        let values = points
            .points
            .iter()
            .map(|(year, value)| (f64::from(*year), value * scale))
            .collect();
        Some(Path {
            points: values,
            between: points.between,
            after: points.after,
        })
    }

    /// One of a written unit in base units: its scale, from its price level to that of the model, from factor to market prices.
    fn scale(&self, unit: &UnitExpr, deflator: Option<&Name>, factor_prices: bool) -> Option<f64> {
        let resolved = self.study.scope.units.resolve(unit, &mut Diagnostics::default())?;
        let model = &self.declarations().model;
        let mut scale = resolved.scale;
        for part in &unit.parts {
            if let Some(year) = part.price_year.filter(|year| *year != model.price_year.value) {
                let index = self
                    .declarations()
                    .deflators
                    .iter()
                    .find(|it| Some(&it.name.value) == deflator.map(|name| &name.value))?;
                let rise = index.index.get(&model.price_year.value)? / index.index.get(&year)?;
                scale *= rise.powi(part.exponent);
            }
        }
        if factor_prices {
            let money = resolved.dimensions.exponent(DimensionId::MONEY);
            scale *= (1.0 + self.rulebook.prices.indirect_tax_uplift).powi(money);
        }
        Some(scale)
    }
}
