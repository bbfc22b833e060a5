//! Checks of stated numbers: price levels that can be brought together, drivers and discount rates in their units.
use super::scope::Scope;
use crate::declarations::{Axis, Deflator, Driver, DriverValue, Name, Quantity, Scenario, ValueInput, Varied};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::{UnitExpr, ValueExpr, print_unit, print_value};
use crate::unit::{DimensionId, Dimensions};

/// Reports every number that cannot be brought to the unit, price level and year it is used in.
pub fn check(scope: &Scope<'_>, diagnostics: &mut Diagnostics) {
    let declarations = scope.declarations;
    for parameter in &declarations.parameters {
        let value = &parameter.value;
        price_level(scope, &value.unit, value.deflator.as_ref(), diagnostics);
        price_basis(scope, value.factor_prices, &value.unit, value.text.span, diagnostics);
    }
    for series in &declarations.series {
        let points = &series.points;
        price_level(scope, &points.unit, points.deflator.as_ref(), diagnostics);
        price_basis(scope, points.factor_prices, &points.unit, points.span, diagnostics);
    }
    for scenario in &declarations.scenarios {
        for (name, value) in &scenario.drivers {
            if let Some(driver) = declarations
                .drivers
                .iter()
                .find(|driver| driver.name.value == name.value)
            {
                driver_value(scope, scenario, driver, value, diagnostics);
            }
        }
    }
    for (class, rate) in &declarations.study.discount {
        discount_rate(scope, class, rate, diagnostics);
    }
    for axis in &declarations.study.sweep.axes {
        axis_in_unit(scope, axis, diagnostics);
    }
}

/// The values of a parameter in a sweep have its unit, in any scale.
fn axis_in_unit(scope: &Scope<'_>, axis: &Axis, diagnostics: &mut Diagnostics) {
    let Varied::Key {
        kind: "parameter",
        name,
        ..
    } = &axis.varies.value
    else {
        return;
    };
    let Some(parameter) = scope.declarations.parameters.iter().find(|it| it.name.value == *name) else {
        return;
    };
    let own = &parameter.value.unit;
    // Faulty units of the parameter have been reported where they stand.
    let Some(required) = scope.units.resolve(own, &mut Diagnostics::default()) else {
        return;
    };
    for value in &axis.values {
        let found = match &value.unit {
            Some(unit) => match scope.units.resolve(unit, diagnostics) {
                Some(resolved) => resolved.dimensions,
                None => return,
            },
            None => Dimensions::default(),
        };
        if found != required.dimensions {
            let said = value.unit.as_ref().map_or_else(|| "no unit".to_owned(), written);
            let message = format!("axis `{}` gives `{name}` in another unit than its own", axis.name.value);
            diagnostics.push(
                Diagnostic::error("E0242", message, value.span, said)
                    .and(own.span, format!("requires {}", written(own)))
                    .help(format!("state it in `{}`", print_unit(own))),
            );
            return;
        }
    }
}

/// A driver has a number or a path in each scenario, in the unit it is declared in.
fn driver_value(
    scope: &Scope<'_>,
    scenario: &Scenario,
    driver: &Driver,
    value: &DriverValue,
    diagnostics: &mut Diagnostics,
) {
    let (unit, deflator, factor_prices, at) = match value {
        DriverValue::Value(value) => {
            if let Quantity::Uncertain(_) = value.quantity {
                let message = "a scenario requires a number or a path";
                diagnostics.push(
                    Diagnostic::error("E0225", message, value.text.span, "a distribution")
                        .help("put the uncertainty in a parameter of the model, and multiply the driver by it"),
                );
                return;
            }
            (
                &value.unit,
                value.deflator.as_ref(),
                value.factor_prices,
                value.text.span,
            )
        }
        DriverValue::Path(points) => (
            &points.unit,
            points.deflator.as_ref(),
            points.factor_prices,
            points.span,
        ),
    };
    let found = scope.units.resolve(unit, diagnostics);
    // A faulty unit of the driver has been reported where it is declared.
    let required = scope.units.resolve(&driver.unit, &mut Diagnostics::default());
    let (Some(found), Some(required)) = (found, required) else {
        return;
    };
    if found.dimensions != required.dimensions {
        let (name, scenario) = (&driver.name.value, &scenario.name.value);
        let message = format!("scenario `{scenario}` gives driver `{name}` in another unit than its own");
        diagnostics.push(
            Diagnostic::error("E0305", message, unit.span, written(unit))
                .and(driver.unit.span, format!("requires {}", written(&driver.unit)))
                .note(format!("found     {}", print_unit(unit)))
                .note(format!("required  {}", print_unit(&driver.unit)))
                .help(
                    match value {
                        DriverValue::Value(value) => yearly(&value.text, &found.dimensions, &required.dimensions),
                        DriverValue::Path(_) => None,
                    }
                    .unwrap_or_else(|| format!("state it in `{}`", print_unit(&driver.unit))),
                ),
        );
        return;
    }
    price_level(scope, unit, deflator, diagnostics);
    price_basis(scope, factor_prices, unit, at, diagnostics);
}

/// A discount rate is a share per year.
fn discount_rate(scope: &Scope<'_>, class: &str, rate: &ValueInput, diagnostics: &mut Diagnostics) {
    let Some(found) = scope.units.resolve(&rate.unit, diagnostics) else {
        return;
    };
    let required = Dimensions::default().divide(&Scope::time());
    if found.dimensions != required {
        let message = format!("the discount rate `{class}` requires a rate per year");
        diagnostics.push(
            Diagnostic::error("E0407", message, rate.text.span, written(&rate.unit)).help(
                yearly(&rate.text, &found.dimensions, &required)
                    .unwrap_or_else(|| "such as `\"2.25 %/year\"`".to_owned()),
            ),
        );
    }
}

/// How a value is written per year, when only that is missing.
fn yearly(value: &ValueExpr, found: &Dimensions, required: &Dimensions) -> Option<String> {
    let per_year = found.divide(&Scope::time());
    let unit = value.unit.as_ref().filter(|unit| !unit.parts.is_empty());
    (per_year == *required && unit.is_some())
        .then(|| format!("a rate is per year: write `{}/year`", print_value(value)))
}

fn written(unit: &UnitExpr) -> String {
    if unit.parts.is_empty() {
        "no unit".to_owned()
    } else {
        format!("`{}`", print_unit(unit))
    }
}

/// Only money is raised from factor prices to market prices.
fn price_basis(scope: &Scope<'_>, factor_prices: bool, unit: &UnitExpr, at: Span, diagnostics: &mut Diagnostics) {
    // A faulty unit is reported where it is resolved for use.
    let resolved = scope.units.resolve(unit, &mut Diagnostics::default());
    if factor_prices && resolved.is_some_and(|found| found.dimensions.exponent(DimensionId::MONEY) == 0) {
        let message = "`basis = \"factor\"` requires an amount of money";
        diagnostics.push(
            Diagnostic::error("E0233", message, at, written(unit))
                .help("drop `basis`: only money is raised from factor prices to market prices"),
        );
    }
}

/// A price level other than that of the model requires a deflator with both years.
fn price_level(scope: &Scope<'_>, unit: &UnitExpr, deflator: Option<&Name>, diagnostics: &mut Diagnostics) {
    let declarations = scope.declarations;
    let to = declarations.model.price_year.value;
    let other = |year: &i32| *year != to;
    for part in &unit.parts {
        let Some(from) = part.price_year.filter(other) else {
            continue;
        };
        let named = deflator.and_then(|name| declarations.deflators.iter().find(|it| it.name.value == name.value));
        match (deflator, named) {
            (None, _) => diagnostics.push(no_deflator(&declarations.deflators, from, to, part.span)),
            (Some(_), Some(named)) => {
                let missing = [from, to].into_iter().find(|year| !named.index.contains_key(year));
                if let Some(missing) = missing {
                    diagnostics.push(no_year(&declarations.deflators, named, (from, to, missing), part.span));
                }
            }
            // An unknown deflator has been reported while reading.
            (Some(_), None) => {}
        }
    }
}

/// Deflators that lead from one year to another, with what they come to.
fn offers(deflators: &[Deflator], from: i32, to: i32) -> Vec<String> {
    let offer = |it: &Deflator| {
        let ratio = it.index.get(&to)? / it.index.get(&from)?;
        Some(format!(
            "`deflator = \"{}\"` ({:+.1} % since {from})",
            it.name.value,
            (ratio - 1.0) * 100.0
        ))
    };
    deflators.iter().filter_map(offer).collect()
}

fn no_deflator(deflators: &[Deflator], from: i32, to: i32, at: Span) -> Diagnostic {
    let message = format!("EUR of {from} in a model of price year {to} requires a deflator");
    let fault = Diagnostic::error("E0320", message, at, format!("price level {from}"));
    let offers = offers(deflators, from, to);
    fault.help(if offers.is_empty() {
        format!("declare a `[deflator.NAME]` with the years {from} and {to}, and name it: `deflator = \"NAME\"`")
    } else {
        format!("name the index that brings it to {to}: {}", offers.join(" or "))
    })
}

fn no_year(deflators: &[Deflator], named: &Deflator, (from, to, missing): (i32, i32, i32), at: Span) -> Diagnostic {
    let name = &named.name.value;
    let message = format!("deflator `{name}` has no number for {missing}");
    let years: Vec<String> = named.index.keys().map(i32::to_string).collect();
    let offers = offers(deflators, from, to);
    let other = if offers.is_empty() {
        String::new()
    } else {
        format!(", or use {}", offers.join(" or "))
    };
    Diagnostic::error(
        "E0321",
        message,
        at,
        format!("price level {from}, to be brought to {to}"),
    )
    .and(named.name.span, "declared here")
    .note(format!("its years are {}", years.join(", ")))
    .help(format!(
        "add the year {missing} to its file{other}; nothing is extrapolated"
    ))
}
