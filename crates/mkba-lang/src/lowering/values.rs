//! Numbers of parameters, drivers, series and columns in base units: unit scale, price level and price basis at the edge.
use super::build::Builder;
use crate::declarations::{Between, DriverValue, Name, Points, Quantity, ValueInput};
use crate::syntax::UnitExpr;
use crate::typing::{Scope, Symbol};
use crate::unit::DimensionId;
use mkba_core::graph::space::{IndexId, SetId};
use mkba_core::graph::{DataTable, NodeId, Range};
use mkba_core::input::Input;

impl Builder<'_, '_> {
    /// What one of a written unit is in base units of the model's price level and in market prices.
    pub fn factor(&mut self, unit: &UnitExpr, deflator: Option<&Name>, factor_prices: bool) -> f64 {
        let Some(resolved) = self.study.scope.units.resolve(unit, self.diagnostics) else {
            return 1.0;
        };
        let mut factor = resolved.scale;
        let model = &self.study.scope.declarations.model;
        for part in &unit.parts {
            let Some(year) = part.price_year else { continue };
            if year != model.price_year.value {
                let ratio = self.price_ratio(year, model.price_year.value, deflator);
                factor *= power(ratio, part.exponent);
            }
        }
        if factor_prices {
            // That the unit holds money has been checked with the other stated numbers.
            let money = resolved.dimensions.exponent(DimensionId::MONEY);
            factor *= power(1.0 + self.rulebook.prices.indirect_tax_uplift, money);
        }
        factor
    }

    /// Price index of one year over that of another; that both exist has been checked with the other stated numbers.
    fn price_ratio(&self, from: i32, to: i32, deflator: Option<&Name>) -> f64 {
        let deflators = &self.study.scope.declarations.deflators;
        let named = deflator.and_then(|name| deflators.iter().find(|it| it.name.value == name.value));
        let ratio = named.and_then(|named| Some(named.index.get(&to)? / named.index.get(&from)?));
        ratio.unwrap_or(1.0)
    }

    /// A parameter as a node: a constant, a table over its elements, or inputs.
    pub fn parameter(&mut self, n: usize) -> NodeId {
        let parameter = &self.study.scope.declarations.parameters[n];
        let set = self.study.scope.sets[&Symbol::Parameter(n)];
        let value = &parameter.value;
        let factor = self.factor(&value.unit, value.deflator.as_ref(), value.factor_prices);
        match &value.quantity {
            Quantity::Fixed(number) => self.graph.constant(number * factor),
            Quantity::PerElement(numbers) => {
                let values = numbers.iter().map(|number| number * factor).collect();
                self.graph.data(
                    DataTable {
                        by_scenario: false,
                        by_year: false,
                        values,
                    },
                    set,
                )
            }
            Quantity::Uncertain(distribution) => {
                let (low, high) = distribution.support();
                let range = Range::new(low * factor, high * factor);
                let first = self.inputs.len() as u32;
                let set = if parameter.each { set } else { SetId::NONE };
                self.inputs
                    .extend(input_names(&self.study.scope, n).into_iter().map(|name| Input {
                        name,
                        distribution: distribution.clone(),
                        factor,
                    }));
                self.graph.input(first, set, range)
            }
        }
    }

    /// A driver as a node: its numbers by scenario, and by year when a scenario gives a path.
    pub fn driver(&mut self, n: usize) -> NodeId {
        let declarations = self.study.scope.declarations;
        let driver = &declarations.drivers[n];
        let set = self.study.scope.sets[&Symbol::Driver(n)];
        let extent = self.study.scope.space.extent(set);
        let years = self.years();
        let mut values = Vec::new();
        for scenario in &declarations.scenarios {
            let given = scenario
                .drivers
                .iter()
                .find(|(name, _)| name.value == driver.name.value);
            let path = match given {
                Some((_, DriverValue::Value(value))) => self.driver_value(value, extent, years.len()),
                Some((_, DriverValue::Path(points))) => {
                    let path = self.path(points);
                    path.into_iter()
                        .flat_map(|value| std::iter::repeat_n(value, extent))
                        .collect()
                }
                // Reported while reading.
                None => vec![0.0; extent * years.len()],
            };
            values.extend(path);
        }
        if values.is_empty() {
            values = vec![0.0; extent * years.len() * self.graph.scenarios];
        }
        self.graph
            .data(shrink(values, self.graph.scenarios, years.len(), extent), set)
    }

    fn driver_value(&mut self, value: &ValueInput, extent: usize, years: usize) -> Vec<f64> {
        let factor = self.factor(&value.unit, value.deflator.as_ref(), value.factor_prices);
        match &value.quantity {
            Quantity::Fixed(number) => vec![number * factor; extent * years],
            Quantity::PerElement(numbers) => (0..years).flat_map(|_| numbers.iter().map(|n| n * factor)).collect(),
            // Reported with the other stated numbers.
            Quantity::Uncertain(_) => vec![0.0; extent * years],
        }
    }

    /// A series as a node.
    pub fn series(&mut self, n: usize) -> NodeId {
        let points = &self.study.scope.declarations.series[n].points;
        let values = self.path(points);
        self.graph.data(
            DataTable {
                by_scenario: false,
                by_year: true,
                values,
            },
            SetId::NONE,
        )
    }

    /// Values of points in each year of the model, in base units.
    fn path(&mut self, points: &Points) -> Vec<f64> {
        let factor = self.factor(&points.unit, points.deflator.as_ref(), points.factor_prices);
        self.years()
            .into_iter()
            .map(|year| at_year(points, f64::from(year)) * factor)
            .collect()
    }

    /// A numeric column of an index file.
    pub fn column(&mut self, index: usize, column: usize) -> NodeId {
        let column = &self.study.scope.declarations.indices[index].columns[column];
        let scale = self
            .study
            .scope
            .units
            .resolve(&column.unit, self.diagnostics)
            .map_or(1.0, |unit| unit.scale);
        let values = column.values.iter().map(|value| value * scale).collect();
        let set = self.graph.space.set(&[IndexId(index as u16)]);
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

/// Full names of the inputs of an uncertain parameter: one, or one for each element.
pub fn input_names(scope: &Scope<'_>, n: usize) -> Vec<String> {
    let parameter = &scope.declarations.parameters[n];
    let name = parameter.stream.as_ref().unwrap_or(&parameter.name.value);
    if !parameter.each {
        return vec![name.clone()];
    }
    let set = scope.sets[&Symbol::Parameter(n)];
    (0..scope.space.extent(set))
        .map(|element| format!("{name}[{}]", scope.space.keys(set, element).join(",")))
        .collect()
}

/// The value of points at a moment: as `between` says, constant before the first, as `after` says after the last.
pub fn at_year(points: &Points, year: f64) -> f64 {
    let of = |n: usize| (f64::from(points.points[n].0), points.points[n].1);
    let last = points.points.len() - 1;
    if year <= of(0).0 || last == 0 {
        return of(0).1;
    }
    let (start, between) = match points.points.iter().rposition(|(at, _)| f64::from(*at) <= year) {
        Some(n) if n == last && points.after != Between::Growth => return of(last).1,
        Some(n) if n == last => (last - 1, Between::Growth),
        Some(n) => (n, points.between),
        None => return of(0).1,
    };
    let ((x0, y0), (x1, y1)) = (of(start), of(start + 1));
    let part = (year - x0) / (x1 - x0);
    match between {
        Between::Linear => y0 + (y1 - y0) * part,
        Between::Growth => y0 * mkba_core::lane::math::pow(y1 / y0, part),
        Between::Step | Between::Constant => y0,
    }
}

/// Drops the dimensions along which a table does not vary.
fn shrink(values: Vec<f64>, scenarios: usize, years: usize, extent: usize) -> DataTable {
    let at = |scenario: usize, year: usize, element: usize| values[(scenario * years + year) * extent + element];
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
    let all = || (0..scenarios).flat_map(|s| (0..years).flat_map(move |y| (0..extent).map(move |e| (s, y, e))));
    let by_scenario = all().any(|(s, y, e)| !same(at(s, y, e), at(0, y, e)));
    let by_year = all().any(|(s, y, e)| !same(at(s, y, e), at(s, 0, e)));
    let kept = all().filter(|&(s, y, _)| (by_scenario || s == 0) && (by_year || y == 0));
    DataTable {
        by_scenario,
        by_year,
        values: kept.map(|(s, y, e)| at(s, y, e)).collect(),
    }
}

fn power(base: f64, exponent: i32) -> f64 {
    let product = (0..exponent.unsigned_abs()).fold(1.0, |product, _| product * base);
    if exponent < 0 { 1.0 / product } else { product }
}
