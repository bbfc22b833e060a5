//! Numbers from outside the formulas: what is stated, and where it comes from.
use super::walk::Walker;
use crate::declarations::{DriverValue, Points, Provenance, Quantity, ValueInput};
use crate::source::Span;
use crate::typing::Symbol;
use mkba_core::explanation::Stated;

impl Walker<'_, '_, '_> {
    /// What is stated about a parameter, driver, series or column; none for what has a formula.
    pub fn stated(&self, symbol: Symbol) -> Option<Stated> {
        let d = self.study.scope.declarations;
        match symbol {
            Symbol::Parameter(n) => {
                let parameter = &d.parameters[n];
                Some(self.value(&parameter.value, parameter.name.span))
            }
            Symbol::Driver(n) => {
                let given = d.scenarios.get(self.scope.scenario)?.drivers.iter();
                let (name, value) = given
                    .into_iter()
                    .find(|(name, _)| name.value == d.drivers[n].name.value)?;
                Some(match value {
                    DriverValue::Value(value) => self.value(value, name.span),
                    DriverValue::Path(points) => self.points(points, name.span),
                })
            }
            Symbol::Series(n) => Some(self.points(&d.series[n].points, d.series[n].name.span)),
            Symbol::Column(i, c) => {
                let column = &d.indices[i].columns[c];
                let (file, line) = self.position(column.name.span);
                Some(Stated {
                    text: format!("column `{}` of index `{}`", column.name.value, d.indices[i].name.value),
                    file,
                    line,
                    ..Stated::default()
                })
            }
            Symbol::Lever(_) | Symbol::Variable(_) | Symbol::Stock(_) | Symbol::Gate(_) | Symbol::Limit(_) => None,
        }
    }

    fn value(&self, value: &ValueInput, at: Span) -> Stated {
        let uncertain = matches!(value.quantity, Quantity::Uncertain(_));
        self.provenance(self.text(value.text.span), uncertain, &value.provenance, at)
    }

    /// The points of a path: all of them when they are few.
    fn points(&self, points: &Points, at: Span) -> Stated {
        const FEW: usize = 6;
        let listed: Vec<String> = points
            .points
            .iter()
            .map(|(year, value)| format!("{year}: {value}"))
            .collect();
        let unit = crate::syntax::print_unit(&points.unit);
        let unit = if unit == "1" { String::new() } else { format!(" {unit}") };
        let text = match listed.as_slice() {
            [first, .., last] if listed.len() > FEW => format!("{first}, …, {last}{unit}"),
            all => format!("{}{unit}", all.join(", ")),
        };
        self.provenance(text, false, &points.provenance, at)
    }

    fn provenance(&self, text: String, uncertain: bool, provenance: &Provenance, at: Span) -> Stated {
        let (file, line) = self.position(at);
        Stated {
            text,
            uncertain,
            source: provenance.source.clone(),
            assumption: provenance.assumption.clone(),
            confidence: provenance.confidence.clone(),
            placeholder: provenance.placeholder,
            file,
            line,
        }
    }
}
