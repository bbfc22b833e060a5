//! `[sweep]` and `[axis.NAME]`: what is varied, and through which values.
use super::entry::Entry;
use super::formula::same_unit;
use super::reader::{LEVER, MEASURE, Reader, Reference};
use super::suggestion;
use super::tree::{Content, Node, NodeKind};
use crate::declarations::{Alternative, Axis, AxisValue, Combination, Name, Sweep, Varied};
use crate::diagnostic::Diagnostic;
use crate::kinds::{Place, kind};
use crate::source::Spanned;
use crate::syntax::{UnitExpr, ValueKind, print_unit, print_value};

/// Code of an axis that varies nothing there is.
const UNKNOWN: &str = "E0240";
/// Code of values that cannot be gone through.
const VALUES: &str = "E0241";
/// A parameter that an axis varies.
const PARAMETER: Reference = Reference {
    kind: "parameter",
    what: "parameter",
    code: UNKNOWN,
};
/// Most values of an axis.
const MOST_VALUES: u64 = 10_000;
/// Columns of results, which an axis may not be called.
const COLUMNS: [&str; 5] = ["point", "scenario", "alternative", "bcr", "ranking_probability"];
/// Keys of the study that can be varied.
const STUDY_KEYS: [&str; 2] = ["rulebook", "gates"];
/// What `varies` may be.
const FORMS: &str = "it is `parameter.NAME`, `measure.NAME`, `measure.NAME.start`, `measure.NAME.until`, `measure.NAME.set.LEVER`, \
                     `alternative.NAME.set.LEVER`, `discount.CLASS` or `study.rulebook`";

/// What kind of value an axis takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// A value with its unit, or a distribution.
    Value,
    /// A formula.
    Formula,
    /// A year.
    Year,
    /// A word.
    Word,
    /// `in` or `out`.
    Presence,
}

impl Reader<'_> {
    /// The sweep of a study.
    pub fn sweep(&mut self, head: Option<&Entry>, entries: &[&Entry], alternatives: &[Alternative]) -> Sweep {
        let combination = match head.and_then(|entry| entry.text("points")) {
            Some("list") => Combination::List,
            _ => Combination::Grid,
        };
        if let (Some(head), []) = (head, entries) {
            let help = "add `[axis.NAME]` with `varies` and `values`";
            self.report(Diagnostic::error(VALUES, "a sweep requires at least one axis", head.name.span, "").help(help));
        }
        let mut axes: Vec<Axis> = Vec::new();
        for entry in entries {
            if let Some(axis) = self.axis(entry, alternatives) {
                if let Some(first) = axes.iter().find(|first| first.varies.value == axis.varies.value) {
                    let message = format!("axes `{}` and `{}` vary the same", first.name.value, axis.name.value);
                    self.report(
                        Diagnostic::error(VALUES, message, axis.varies.span, "again").and(first.varies.span, "first"),
                    );
                }
                axes.push(axis);
            }
        }
        if combination == Combination::List {
            self.equally_long(&axes);
        }
        Sweep { combination, axes }
    }

    fn equally_long(&mut self, axes: &[Axis]) {
        let Some(first) = axes.first() else { return };
        for axis in axes.iter().filter(|axis| axis.values.len() != first.values.len()) {
            let message = format!(
                "a list of points requires as many values of each axis: `{}` has {} and `{}` has {}",
                first.name.value,
                first.values.len(),
                axis.name.value,
                axis.values.len()
            );
            self.report(
                Diagnostic::error(VALUES, message, axis.name.span, "")
                    .and(first.name.span, "")
                    .help("`points = \"grid\"` combines every value with every other"),
            );
        }
    }

    fn axis(&mut self, entry: &Entry, alternatives: &[Alternative]) -> Option<Axis> {
        let name = &entry.name;
        if COLUMNS.contains(&name.value.as_str())
            || name.value.starts_with("npv_")
            || name.value.starts_with("probability_")
        {
            let message = format!(
                "`{}` cannot be the name of an axis: it is a column of results",
                name.value
            );
            self.report(Diagnostic::error("E0211", message, name.span, "taken"));
            return None;
        }
        let at = entry.name("varies")?;
        let (varied, takes) = self.varied(&at, entry, alternatives)?;
        let node = entry.get("values")?;
        let values = match &node.kind {
            NodeKind::Table(_) => self.range(node, takes)?,
            NodeKind::List(items) => self.listed(items, takes)?,
            _ => return None,
        };
        if values.is_empty() {
            let help = "list values, or write a range: `{ from = '0 %', to = '100 %', steps = 10 }`";
            self.report(
                Diagnostic::error(VALUES, format!("`{}` has no values", entry.heading()), node.span, "").help(help),
            );
            return None;
        }
        let unit = self.common_unit(entry, &values)?;
        Some(Axis {
            name: name.clone(),
            label: entry.label(),
            varies: Spanned {
                value: varied,
                span: at.span,
            },
            values,
            unit,
        })
    }

    /// What an axis varies, and which values that takes.
    fn varied(&mut self, at: &Name, entry: &Entry, alternatives: &[Alternative]) -> Option<(Varied, Takes)> {
        let parts: Vec<&str> = at.value.split('.').collect();
        let named = |name: &str| Name {
            value: name.to_owned(),
            span: at.span,
        };
        let key = |kind: &'static str, name: &str, key: &str| Varied::Key {
            kind,
            name: name.to_owned(),
            key: key.to_owned(),
        };
        let found = match parts.as_slice() {
            ["parameter", name] => {
                self.refers(PARAMETER, &named(name)).then_some(())?;
                Some((key("parameter", name, "value"), Takes::Value))
            }
            ["measure", name] => {
                self.refers(MEASURE, &named(name)).then_some(())?;
                let alternatives = self.holders(name, at, entry, alternatives)?;
                Some((
                    Varied::Presence {
                        measure: (*name).to_owned(),
                        alternatives,
                    },
                    Takes::Presence,
                ))
            }
            ["measure", name, year @ ("start" | "until")] => {
                self.refers(MEASURE, &named(name)).then_some(())?;
                Some((key("measure", name, year), Takes::Year))
            }
            ["measure", name, "set", lever] => {
                self.refers(MEASURE, &named(name)).then_some(())?;
                self.refers(LEVER, &named(lever)).then_some(())?;
                let lever = (*lever).to_owned();
                let varied = Varied::Lever {
                    kind: "measure",
                    name: (*name).to_owned(),
                    lever,
                };
                Some((varied, Takes::Formula))
            }
            ["alternative", name, "set", lever] => {
                self.has_alternative(&named(name), alternatives).then_some(())?;
                self.refers(LEVER, &named(lever)).then_some(())?;
                let lever = (*lever).to_owned();
                let varied = Varied::Lever {
                    kind: "alternative",
                    name: (*name).to_owned(),
                    lever,
                };
                Some((varied, Takes::Formula))
            }
            ["discount", class]
                if has_key("discount", class) && !matches!(*class, "source" | "assumption" | "timing") =>
            {
                Some((key("discount", "discount", class), Takes::Value))
            }
            ["discount", "timing"] => Some((key("discount", "discount", "timing"), Takes::Word)),
            ["study", word] if STUDY_KEYS.contains(word) && has_key("study", word) => {
                Some((key("study", "study", word), Takes::Word))
            }
            _ => None,
        };
        if found.is_none() {
            let bare = self.known("parameter").any(|name| name == at.value);
            let mut fault = Diagnostic::error(
                UNKNOWN,
                format!("`{}` is nothing that can be varied", at.value),
                at.span,
                "",
            );
            fault = if bare {
                fault.help(format!("did you mean `parameter.{}`?", at.value))
            } else {
                fault.help(FORMS)
            };
            self.report(fault);
        }
        found
    }

    /// The alternatives in and out of which a measure goes: those named, or else those that have it.
    fn holders(
        &mut self,
        measure: &str,
        at: &Name,
        entry: &Entry,
        alternatives: &[Alternative],
    ) -> Option<Vec<String>> {
        let named = entry.names("alternatives");
        if !named.is_empty() {
            let known = named
                .iter()
                .filter(|name| self.has_alternative(name, alternatives))
                .count();
            return (known == named.len()).then(|| named.into_iter().map(|name| name.value).collect());
        }
        let has = |alternative: &&Alternative| alternative.measures.iter().any(|name| name.value == measure);
        let found: Vec<String> = alternatives
            .iter()
            .filter(has)
            .map(|one| one.name.value.clone())
            .collect();
        if found.is_empty() {
            let message = format!("measure `{measure}` is part of no alternative");
            let help = "say which with `alternatives = [\"…\"]`";
            self.report(Diagnostic::error(UNKNOWN, message, at.span, "").help(help));
            return None;
        }
        Some(found)
    }

    fn has_alternative(&mut self, name: &Name, alternatives: &[Alternative]) -> bool {
        let known = || alternatives.iter().map(|one| one.name.value.as_str());
        if known().any(|one| one == name.value) {
            return true;
        }
        let mut fault = Diagnostic::error(
            UNKNOWN,
            format!("no alternative `{}`", name.value),
            name.span,
            "not declared",
        );
        fault.help = suggestion::help(&name.value, known());
        self.report(fault);
        false
    }

    fn listed(&mut self, items: &[Node], takes: Takes) -> Option<Vec<AxisValue>> {
        let found: Vec<Option<AxisValue>> = items.iter().map(|item| self.axis_value(item, takes)).collect();
        let found: Vec<AxisValue> = found.into_iter().collect::<Option<_>>()?;
        for (n, value) in found.iter().enumerate() {
            if let Some(first) = found[..n].iter().find(|first| first.text == value.text) {
                let message = format!("`{}` stands twice among the values", value.text);
                self.report(Diagnostic::error(VALUES, message, value.span, "again").and(first.span, "first"));
                return None;
            }
        }
        Some(found)
    }

    fn axis_value(&mut self, item: &Node, takes: Takes) -> Option<AxisValue> {
        let plain = |text: String, number: Option<f64>| AxisValue {
            text,
            number,
            unit: None,
            span: item.span,
            node: item.clone(),
        };
        let wrong = |wanted: &str| {
            let message = format!("this axis requires {wanted}, found {}", item.describe());
            Diagnostic::error(VALUES, message, item.span, "")
        };
        match takes {
            Takes::Value => {
                let value = self.value_text(item)?;
                let number = match value.kind {
                    ValueKind::Number(number) => Some(number),
                    ValueKind::Call { .. } => None,
                };
                Some(AxisValue {
                    unit: value.unit.clone(),
                    ..plain(print_value(&value), number)
                })
            }
            Takes::Formula => match (item.number(), item.text()) {
                (Some(number), _) => Some(plain(number.to_string(), Some(number))),
                (None, Some(text)) => Some(plain(text.to_owned(), None)),
                (None, None) => {
                    self.report(wrong("formulas between quotes, or numbers"));
                    None
                }
            },
            Takes::Year => match item.kind {
                NodeKind::Integer(Some(year)) => Some(plain(year.to_string(), item.number())),
                _ => {
                    self.report(wrong("years, as whole numbers"));
                    None
                }
            },
            Takes::Word | Takes::Presence => {
                let right = item
                    .text()
                    .filter(|text| takes == Takes::Word || matches!(*text, "in" | "out"));
                let Some(text) = right else {
                    let wanted = if takes == Takes::Word {
                        "words between quotes"
                    } else {
                        "`\"in\"` or `\"out\"`"
                    };
                    self.report(wrong(wanted));
                    return None;
                };
                Some(plain(text.to_owned(), None))
            }
        }
    }

    /// `{ from = …, to = …, steps = … }`: equal steps from the first value to the last, both included.
    fn range(&mut self, node: &Node, takes: Takes) -> Option<Vec<AxisValue>> {
        let (from, to, steps) = (node.get("from")?, node.get("to")?, node.get("steps")?);
        if matches!(takes, Takes::Word | Takes::Presence) {
            let help = "list them: `values = [\"…\", \"…\"]`";
            self.report(Diagnostic::error(VALUES, "words have no range", node.span, "").help(help));
            return None;
        }
        let (first, last) = (self.value_text(from)?, self.value_text(to)?);
        let (ValueKind::Number(low), ValueKind::Number(high)) = (&first.kind, &last.kind) else {
            self.report(Diagnostic::error(VALUES, "a range requires two numbers", node.span, ""));
            return None;
        };
        let (low, high) = (*low, *high);
        let count = super::entry::whole(steps).map_or(0, |steps| steps.value);
        if !(1..MOST_VALUES).contains(&count) || low == high {
            let problem = if low == high {
                "begins where it ends".to_owned()
            } else {
                format!("requires from 1 to {} steps, found {count}", MOST_VALUES - 1)
            };
            let at = if low == high { node.span } else { steps.span };
            let help =
                "`steps = 10` goes from the first value to the last in ten equal steps, so through eleven values";
            self.report(Diagnostic::error(VALUES, format!("this range {problem}"), at, "").help(help));
            return None;
        }
        let unit: Option<UnitExpr> = match (&first.unit, &last.unit) {
            (Some(a), Some(b)) if !same_unit(a, b) => {
                let message = format!(
                    "this range begins in `{}` and ends in `{}`",
                    print_unit(a),
                    print_unit(b)
                );
                self.report(Diagnostic::error(VALUES, message, b.span, "").and(a.span, ""));
                return None;
            }
            (None, Some(unit)) | (Some(unit), None) => {
                let message = format!(
                    "one end of this range is in `{}` and the other has no unit",
                    print_unit(unit)
                );
                self.report(Diagnostic::error(VALUES, message, node.span, "").and(unit.span, ""));
                return None;
            }
            (unit, _) => unit.clone(),
        };
        let numbers = (0..=count).map(|step| step_between(low, high, step as f64 / count as f64));
        let numbers: Vec<f64> = numbers.collect();
        if takes == Takes::Year && (unit.is_some() || numbers.iter().any(|year| year.fract() != 0.0)) {
            let message = "a range of years requires steps of whole years";
            self.report(Diagnostic::error(VALUES, message, node.span, ""));
            return None;
        }
        let value = |number: f64| {
            let text = match &unit {
                Some(unit) => format!("{number} {}", print_unit(unit)),
                None => number.to_string(),
            };
            let kind = match takes {
                Takes::Year => NodeKind::Integer(Some(number as i64)),
                _ if unit.is_none() => NodeKind::Float(number),
                _ => NodeKind::Text(Content {
                    text: text.clone(),
                    exact: None,
                }),
            };
            AxisValue {
                text,
                number: Some(number),
                unit: unit.clone(),
                span: node.span,
                node: Node { kind, span: node.span },
            }
        };
        Some(numbers.into_iter().map(value).collect())
    }

    /// The unit in which all numbers of an axis are written: its column has one.
    fn common_unit(&mut self, entry: &Entry, values: &[AxisValue]) -> Option<String> {
        let written = |value: &AxisValue| value.unit.as_ref().map(print_unit).unwrap_or_default();
        let first = written(&values[0]);
        if values.iter().any(|value| value.number.is_none()) {
            return Some(String::new());
        }
        if let Some(other) = values.iter().find(|value| written(value) != first) {
            let message = format!("the values of `{}` are in different units", entry.heading());
            let told = |unit: String| {
                if unit.is_empty() {
                    "without unit".to_owned()
                } else {
                    format!("in `{unit}`")
                }
            };
            self.report(
                Diagnostic::error(VALUES, message, other.span, told(written(other)))
                    .and(values[0].span, told(first))
                    .help("write all of them in one unit: it is the unit of a column of the results"),
            );
            return None;
        }
        Some(first)
    }
}

/// A number between two others, as one would write it: with at most twelve digits.
fn step_between(low: f64, high: f64, part: f64) -> f64 {
    let number = low + (high - low) * part;
    format!("{number:.11e}").parse().unwrap_or(number)
}

fn has_key(name: &str, key: &str) -> bool {
    kind(name, Place::Study).is_some_and(|kind| kind.key(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::step_between;

    #[test]
    fn steps_are_numbers_that_one_would_write() {
        let numbers: Vec<f64> = (0..=10).map(|n| step_between(0.6, 1.6, f64::from(n) / 10.0)).collect();
        assert_eq!(numbers, [0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]);
        assert_eq!(step_between(0.0, 1.0, 1.0 / 3.0), 0.333_333_333_333);
    }
}
