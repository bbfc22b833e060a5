//! In which unit a value is shown: the one its declaration states; for parts of formulas the one the model mostly uses for such values.
use super::{Scope, Shape, Symbol};
use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use crate::syntax::{UnitExpr, print_unit};
use crate::unit::{DimensionId, Dimensions};
use std::collections::BTreeMap;

/// A unit as shown, and how many base units it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Text; empty for a number without unit.
    pub text: String,
    /// Base units in one of it.
    pub scale: f64,
}

/// Units of a study.
pub struct Units {
    common: BTreeMap<Dimensions, Shown>,
}

impl Units {
    /// Counts which unit the model states for values of each kind.
    pub fn new(scope: &Scope<'_>) -> Self {
        let mut counts: BTreeMap<Dimensions, BTreeMap<String, (usize, f64)>> = BTreeMap::new();
        for unit in stated(scope.declarations) {
            let Some(resolved) = scope.units.resolve(unit, &mut Diagnostics::default()) else {
                continue;
            };
            let shown = shown(unit, resolved.scale);
            let entry = counts.entry(resolved.dimensions).or_default();
            entry.entry(shown.text).or_insert((0, shown.scale)).0 += 1;
        }
        let most = |units: BTreeMap<String, (usize, f64)>| {
            let best = units.into_iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then(b.0.cmp(&a.0)));
            best.map(|(text, (_, scale))| Shown { text, scale })
        };
        let mut common: BTreeMap<Dimensions, Shown> = counts
            .into_iter()
            .filter_map(|(dimensions, units)| Some((dimensions, most(units)?)))
            .collect();
        // Money is shown in euros, which whoever prints it scales; a number without unit as it is.
        for dimensions in [
            Dimensions::of(DimensionId::MONEY),
            Dimensions::money_per_time(),
            Dimensions::default(),
        ] {
            common.remove(&dimensions);
        }
        Self { common }
    }

    /// The unit of a part of a formula.
    pub fn of_shape(&self, scope: &Scope<'_>, shape: &Shape) -> Shown {
        let plain = |text: String| Shown { text, scale: 1.0 };
        match shape {
            Shape::Amount(dimensions) if !dimensions.is_none() => match self.common.get(dimensions) {
                Some(shown) => shown.clone(),
                None => plain(scope.units.describe(dimensions)),
            },
            _ => plain(String::new()),
        }
    }

    /// The unit of a named value.
    pub fn of_symbol(&self, scope: &Scope<'_>, symbol: Symbol) -> Shown {
        let d = scope.declarations;
        let stated = match symbol {
            Symbol::Parameter(n) => Some(&d.parameters[n].value.unit),
            Symbol::Driver(n) => Some(&d.drivers[n].unit),
            Symbol::Series(n) => Some(&d.series[n].points.unit),
            Symbol::Variable(n) => Some(&d.variables[n].unit),
            Symbol::Stock(n) => Some(&d.stocks[n].unit),
            Symbol::Limit(n) => Some(&d.limits[n].unit),
            Symbol::Lever(n) => d.levers[n].unit.as_ref(),
            Symbol::Column(i, c) => Some(&d.indices[i].columns[c].unit),
            Symbol::Gate(_) => None,
        };
        let resolved = stated.and_then(|unit| Some((unit, scope.units.resolve(unit, &mut Diagnostics::default())?)));
        match (resolved, scope.shape(symbol)) {
            (Some((unit, resolved)), _) => shown(unit, resolved.scale),
            (None, Some(shape)) => self.of_shape(scope, shape),
            (None, None) => Shown {
                text: String::new(),
                scale: 1.0,
            },
        }
    }
}

/// A stated unit without its price level: inside the model all money has that of the model.
fn shown(unit: &UnitExpr, scale: f64) -> Shown {
    let mut unit = unit.clone();
    for part in &mut unit.parts {
        part.price_year = None;
    }
    let text = print_unit(&unit);
    Shown {
        text: if text == "1" { String::new() } else { text },
        scale,
    }
}

fn stated(d: &Declarations) -> impl Iterator<Item = &UnitExpr> {
    let parameters = d.parameters.iter().map(|it| &it.value.unit);
    let variables = d.variables.iter().map(|it| &it.unit);
    let stocks = d.stocks.iter().map(|it| &it.unit);
    let limits = d.limits.iter().map(|it| &it.unit);
    let drivers = d.drivers.iter().map(|it| &it.unit);
    let columns = d.indices.iter().flat_map(|it| &it.columns).map(|it| &it.unit);
    parameters
        .chain(variables)
        .chain(stocks)
        .chain(limits)
        .chain(drivers)
        .chain(columns)
}
