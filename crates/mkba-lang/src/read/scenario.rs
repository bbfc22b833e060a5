//! Scenarios: files with the values of the drivers, or written in the study.
use super::entry::{Entry, check_identifier, entries};
use super::indices::IndexFile;
use super::reader::Reader;
use super::suggestion;
use super::tree::{Node, NodeKind};
use super::written::Home;
use crate::declarations::{Driver, DriverValue, Name, Scenario, Text};
use crate::diagnostic::Diagnostic;
use crate::kinds::Place;
use crate::source::Spanned;
use crate::syntax::print_unit;

impl Reader<'_> {
    /// A scenario file.
    pub fn scenario_file(&mut self, path: &Name, drivers: &[Driver], indices: &[IndexFile]) -> Option<Scenario> {
        let tree = self.tree(&path.value, Some(path.span))?;
        let mut found = entries(&tree, Place::Scenario, self.diagnostics);
        let Some(head) = found.iter().find(|entry| entry.kind.name == "scenario") else {
            let message = format!("`{}` is not a scenario: it has no `[scenario]`", path.value);
            self.report(Diagnostic::error("E0012", message, path.span, "named here"));
            return None;
        };
        let name = head.name("id")?;
        let label = head.label();
        check_identifier(&name, self.diagnostics);
        self.settle(&mut found, &Home::Scenario(name.value.clone()));
        self.scenario(name, label, &found, drivers, indices)
    }
    /// `[scenario.NAME]` of a study.
    pub fn inline_scenario(&mut self, entry: &Entry, drivers: &[Driver], indices: &[IndexFile]) -> Option<Scenario> {
        let mut found = match entry.keys.iter().find(|(key, _)| key.value == "driver") {
            Some((key, node)) => {
                let table = Node {
                    kind: NodeKind::Table(vec![(key.clone(), node.clone())]),
                    span: node.span,
                };
                entries(&table, Place::Scenario, self.diagnostics)
            }
            None => Vec::new(),
        };
        self.settle(&mut found, &Home::Scenario(entry.name.value.clone()));
        self.scenario(entry.name.clone(), entry.label(), &found, drivers, indices)
    }
    fn scenario(
        &mut self,
        name: Name,
        label: Text,
        found: &[Entry],
        drivers: &[Driver],
        indices: &[IndexFile],
    ) -> Option<Scenario> {
        let mut values: Vec<(Name, DriverValue)> = Vec::new();
        let mut right = true;
        for entry in found.iter().filter(|entry| entry.kind.name == "driver") {
            let known = drivers.iter().find(|driver| driver.name.value == entry.name.value);
            let Some(driver) = known else {
                // A driver that is declared with faults is already reported.
                if !self.known("driver").any(|known| known == entry.name.value) {
                    self.report(unknown_driver(&entry.name, drivers));
                }
                right = false;
                continue;
            };
            match self.driver_value(entry, driver, indices) {
                Some(value) => values.push((entry.name.clone(), value)),
                None => right = false,
            }
        }
        let given = |driver: &Driver| {
            found
                .iter()
                .any(|entry| entry.kind.name == "driver" && entry.name.value == driver.name.value)
        };
        for driver in drivers.iter().filter(|driver| !given(driver)) {
            let unit = match driver.unit.parts.as_slice() {
                [] => String::new(),
                _ => format!(" {}", print_unit(&driver.unit)),
            };
            let message = format!(
                "scenario `{}` gives no value of driver `{}`",
                name.value, driver.name.value
            );
            self.report(
                Diagnostic::error("E0221", message, name.span, "this scenario")
                    .and(driver.name.span, "every scenario must give it")
                    .help(format!(
                        "add `{} = {{ value = \"…{unit}\", source = \"…\" }}` below `[driver]`",
                        driver.name.value
                    )),
            );
            right = false;
        }
        values.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        right.then_some(Scenario {
            name,
            label,
            drivers: values,
        })
    }
    fn driver_value(&mut self, entry: &Entry, driver: &Driver, indices: &[IndexFile]) -> Option<DriverValue> {
        match (entry.get("value"), entry.get("points")) {
            (Some(value), None) => {
                let value = self.value_of(entry, value, &driver.over, indices)?;
                Some(DriverValue::Value(Box::new(value)))
            }
            (None, Some(points)) => self.points(entry, points, None).map(DriverValue::Path),
            (Some(_), Some(points)) => {
                let message = format!("`{}` has both `value` and `points`", entry.heading());
                self.report(Diagnostic::error("E0024", message, points.span, "one of them only"));
                None
            }
            (None, None) => None,
        }
    }
    /// Scenarios of a study: files in its order, then those written in it. Names are used once.
    pub fn scenarios(
        &mut self,
        paths: &[Name],
        inline: &[&Entry],
        drivers: &[Driver],
        indices: &[IndexFile],
    ) -> Vec<Scenario> {
        let mut found: Vec<Scenario> = Vec::new();
        let files: Vec<Scenario> = paths
            .iter()
            .filter_map(|path| self.scenario_file(path, drivers, indices))
            .collect();
        let written: Vec<Scenario> = inline
            .iter()
            .filter_map(|entry| self.inline_scenario(entry, drivers, indices))
            .collect();
        for scenario in files.into_iter().chain(written) {
            let name: &Spanned<String> = &scenario.name;
            if let Some(first) = found.iter().find(|first| first.name.value == name.value) {
                let message = format!("scenario `{}` is declared twice", name.value);
                let first = first.name.span;
                self.report(Diagnostic::error("E0010", message, name.span, "again").and(first, "first"));
                continue;
            }
            found.push(scenario);
        }
        found
    }
}

fn unknown_driver(name: &Name, drivers: &[Driver]) -> Diagnostic {
    let message = format!("the model has no driver `{}`", name.value);
    let mut diagnostic = Diagnostic::error("E0222", message, name.span, "unknown driver");
    diagnostic.help = suggestion::help(&name.value, drivers.iter().map(|driver| driver.name.value.as_str()));
    diagnostic
}
