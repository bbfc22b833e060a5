//! Values: a number, a distribution or a column of an index file, with one unit.
use super::distribution::distribution;
use super::entry::Entry;
use super::formula::{no_unit, same_unit};
use super::indices::IndexFile;
use super::provenance::factor_prices;
use super::reader::Reader;
use super::tree::Node;
use crate::declarations::{Name, Provenance, Quantity, ValueInput};
use crate::diagnostic::Diagnostic;
use crate::syntax::{Argument, ExprKind, UnitExpr, ValueExpr, ValueKind, print_unit};

impl Reader<'_> {
    /// The value of a declaration with its price level and provenance.
    pub fn value_of(&mut self, entry: &Entry, node: &Node, over: &[Name], indices: &[IndexFile]) -> Option<ValueInput> {
        let provenance = self.provenance(entry);
        let deflator = self.deflator_name(entry);
        let value = self.value(node, over, indices)?;
        Some(ValueInput {
            deflator,
            factor_prices: factor_prices(entry),
            provenance,
            ..value
        })
    }
    /// A value by itself, without provenance.
    pub fn value(&mut self, node: &Node, over: &[Name], indices: &[IndexFile]) -> Option<ValueInput> {
        let text = self.value_text(node)?;
        let (quantity, unit) = self.quantity(&text, over, indices)?;
        Some(ValueInput {
            text,
            quantity,
            unit,
            deflator: None,
            factor_prices: false,
            provenance: Provenance::default(),
        })
    }
    fn quantity(&mut self, text: &ValueExpr, over: &[Name], indices: &[IndexFile]) -> Option<(Quantity, UnitExpr)> {
        let unit = text.unit.clone().unwrap_or_else(|| no_unit(text.span));
        match &text.kind {
            ValueKind::Number(number) => Some((Quantity::Fixed(*number), unit)),
            ValueKind::Call { function, arguments } if function.value == "column" => {
                self.column(text, arguments, over, indices)
            }
            ValueKind::Call { function, arguments } => {
                let distribution = distribution(function, arguments, self)?;
                Some((Quantity::Uncertain(distribution), unit))
            }
        }
    }
    /// `column(name)`: a number for each element of the one index set of the declaration.
    fn column(
        &mut self,
        text: &ValueExpr,
        arguments: &[Argument],
        over: &[Name],
        indices: &[IndexFile],
    ) -> Option<(Quantity, UnitExpr)> {
        let [argument] = arguments else {
            self.report(Diagnostic::error(
                "E0023",
                "`column` requires the name of one column",
                text.span,
                "",
            ));
            return None;
        };
        let ExprKind::Name { name, .. } = &argument.value.kind else {
            self.report(Diagnostic::error(
                "E0023",
                "`column` requires the name of a column",
                argument.value.span,
                "",
            ));
            return None;
        };
        let [index] = over else {
            let message = "`column` requires `over` with one index set";
            let help = "add `over = [\"INDEX\"]`: the column is read from the file of that index set";
            self.report(Diagnostic::error("E0023", message, text.span, "").help(help));
            return None;
        };
        let file = indices.iter().find(|file| file.index.name.value == index.value)?;
        let number = self.column_of(&file.table, &name.value, name.span)?;
        let values: Vec<Option<f64>> = file
            .order
            .iter()
            .map(|row| self.cell_number(&file.table, &file.table.rows[*row][number], number))
            .collect();
        let values = values.into_iter().collect::<Option<Vec<f64>>>()?;
        let declared = file.index.columns.iter().find(|column| column.name.value == name.value);
        let unit = match (&text.unit, declared) {
            (Some(unit), Some(declared)) if !same_unit(unit, &declared.unit) => {
                let message = format!(
                    "column `{}` is in `{}`, not in `{}`",
                    name.value,
                    print_unit(&declared.unit),
                    print_unit(unit)
                );
                self.report(
                    Diagnostic::error("E0025", message, unit.span, format!("`{}`", print_unit(unit)))
                        .and(declared.unit.span, "unit of the column")
                        .help("leave the unit out: that of the column is taken"),
                );
                return None;
            }
            (Some(unit), _) => unit.clone(),
            (None, Some(declared)) => declared.unit.clone(),
            (None, None) => no_unit(text.span),
        };
        Some((Quantity::PerElement(values), unit))
    }
}
