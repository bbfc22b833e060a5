//! Units, parties, parameters and drivers.
use super::entry::Entry;
use super::indices::IndexFile;
use super::reader::{MEASURE, Reader};
use crate::declarations::{Driver, Parameter, Party, Quantity, UnitDeclaration, Vat};
use crate::diagnostic::Diagnostic;
use crate::syntax::ValueKind;

impl Reader<'_> {
    /// `[unit.NAME]`
    pub fn unit_declaration(&mut self, entry: &Entry) -> Option<UnitDeclaration> {
        let equals = match entry.get("equals") {
            None => None,
            Some(node) => {
                let text = self.value_text(node)?;
                let (ValueKind::Number(number), Some(unit)) = (text.kind, text.unit) else {
                    let message = format!("`equals` of `{}` requires a number and a unit", entry.heading());
                    self.report(
                        Diagnostic::error("E0013", message, node.span, "").help("write `equals = \"1000 kg\"`"),
                    );
                    return None;
                };
                Some((number, unit))
            }
        };
        Some(UnitDeclaration {
            name: entry.name.clone(),
            equals,
        })
    }
    /// `[party.NAME]`
    pub fn party(&mut self, entry: &Entry) -> Party {
        Party {
            name: entry.name.clone(),
            label: entry.label(),
            standing: entry
                .flag("standing")
                .unwrap_or(matches!(entry.text("society"), None | Some("nation"))),
            in_union: entry.text("society") == Some("union"),
            treasury: entry.text("role") == Some("treasury"),
            vat: match entry.text("vat") {
                Some("recovers") => Vat::Recovers,
                Some("compensated") => Vat::Compensated,
                _ => Vat::Exempt,
            },
            department: entry.text("department").map(str::to_owned),
            region: entry.name("region"),
        }
    }
    /// `[parameter.NAME]`
    pub fn parameter(&mut self, entry: &Entry, indices: &[IndexFile]) -> Option<Parameter> {
        let over = self.over(entry).unwrap_or_default();
        let value = self.value_of(entry, entry.get("value")?, &over, indices)?;
        if matches!(value.quantity, Quantity::Uncertain(_)) && !over.is_empty() && entry.text("draws").is_none() {
            let message = format!("uncertain `{}` over an index set requires `draws`", entry.name.value);
            self.report(
                Diagnostic::error("E0021", message, value.text.span, "uncertain")
                    .and(entry.key_span("over"), "over an index set")
                    .note("the choice changes the spread of a sum over n elements by the square root of n")
                    .help("add `draws = \"shared\"` (all elements move together) or `draws = \"each\"` (each has its own)"),
            );
        }
        let bounds = (entry.number("min"), entry.number("max"));
        self.check_bounds(entry, bounds, &value.quantity);
        Some(Parameter {
            name: entry.name.clone(),
            label: entry.label(),
            each: entry.text("draws") == Some("each"),
            over,
            value,
            bounds,
            stream: entry.text("stream").map(str::to_owned),
            additionality_of: self.known_names(entry, "additionality_of", MEASURE),
        })
    }
    /// Plausible values: `min` below `max`, and certain numbers between them.
    fn check_bounds(&mut self, entry: &Entry, bounds: (Option<f64>, Option<f64>), quantity: &Quantity) {
        let (min, max) = (bounds.0.unwrap_or(f64::NEG_INFINITY), bounds.1.unwrap_or(f64::INFINITY));
        if min > max {
            let message = format!("`min` of `{}` is above its `max`: {min} and {max}", entry.heading());
            self.report(Diagnostic::error("E0022", message, entry.key_span("min"), "").and(entry.key_span("max"), ""));
            return;
        }
        let numbers = match quantity {
            Quantity::Fixed(number) => std::slice::from_ref(number),
            Quantity::PerElement(numbers) => numbers,
            Quantity::Uncertain(_) => &[],
        };
        if let Some(number) = numbers.iter().find(|number| **number < min || **number > max) {
            let (bound, key, is) = if *number < min {
                (min, "min", "below")
            } else {
                (max, "max", "above")
            };
            let message = format!("`{}` is {number}, {is} its `{key}` of {bound}", entry.heading());
            let at = entry.get("value").map_or(entry.name.span, |node| node.inner_span());
            let fault =
                Diagnostic::error("E0022", message, at, "not plausible").and(entry.key_span(key), "stated here");
            self.report(fault.help("`min` and `max` are in the unit of the value: `40 %` has the number 40"));
        }
    }
    /// `[driver.NAME]` of a model.
    pub fn driver(&mut self, entry: &Entry) -> Option<Driver> {
        let over = self.over(entry).unwrap_or_default();
        Some(Driver {
            name: entry.name.clone(),
            label: entry.label(),
            unit: self.unit(entry.get("unit")?)?,
            over,
        })
    }
}
