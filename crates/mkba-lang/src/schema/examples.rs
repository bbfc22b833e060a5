//! Examples of kinds and keys, taken from a model that has them all: `models/teaching/tour` with its study and scenario.
use crate::kinds::{DEFAULTS, Kind, Place};
use serde_json::Value;

/// Files with examples and where their declarations stand.
const FILES: [(Place, &str); 8] = [
    (Place::Project, include_str!("../../../../mkba.toml")),
    (
        Place::Model,
        include_str!("../../../../models/teaching/tour/model.toml"),
    ),
    (
        Place::Model,
        include_str!("../../../../models/teaching/tour/values.toml"),
    ),
    (
        Place::Model,
        include_str!("../../../../models/teaching/tour/space.toml"),
    ),
    (
        Place::Model,
        include_str!("../../../../models/teaching/tour/flows.toml"),
    ),
    (
        Place::Model,
        include_str!("../../../../models/teaching/tour/measures.toml"),
    ),
    (Place::Study, include_str!("../../../../scenarios/tour.toml")),
    (Place::Scenario, include_str!("../../../../scenarios/tour-low.toml")),
];

/// More examples of one key than this do not help.
const MOST: usize = 3;

/// The declarations of a kind as they are written, each with its heading.
pub(super) fn sections(kind: &Kind) -> Vec<&'static str> {
    let files = FILES.iter().filter(|(place, _)| *place == kind.place);
    let sections = files.flat_map(|(_, text)| split(text));
    sections
        .filter(|section| heading(section).is_some_and(|heading| heading == kind.name))
        .collect()
}

/// Values of a key in those declarations, each once.
pub(super) fn values(kind: &Kind, key: &str) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for section in sections(kind) {
        let Ok(table) = toml::from_str::<toml::Table>(section) else {
            continue;
        };
        let declarations = table.get(kind.name).and_then(toml::Value::as_table);
        let single = declarations.and_then(|table| table.get(key));
        let named = declarations
            .into_iter()
            .flatten()
            .filter_map(|(_, declaration)| declaration.as_table()?.get(key));
        let is_single = kind.form == crate::kinds::Form::Single;
        for value in single
            .filter(|_| is_single)
            .into_iter()
            .chain(named.filter(|_| !is_single))
        {
            let value = json(value);
            if !found.contains(&value) && found.len() < MOST {
                found.push(value);
            }
        }
    }
    found
}

/// Parts of a file that begin with a heading, without the blank lines and comments after them.
fn split(text: &'static str) -> Vec<&'static str> {
    let starts = text.match_indices("\n[").map(|(at, _)| at + 1);
    let starts: Vec<usize> = text.starts_with('[').then_some(0).into_iter().chain(starts).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let sections = starts.iter().zip(ends).map(|(start, end)| trimmed(&text[*start..end]));
    sections.filter(|section| heading(section) != Some(DEFAULTS)).collect()
}

fn trimmed(section: &str) -> &str {
    let mut section = section.trim_end();
    while let Some((before, _)) = section.rsplit_once('\n').filter(|(_, last)| last.starts_with('#')) {
        section = before.trim_end();
    }
    section
}

/// The kind in a heading: `flow` of `[flow.rent]`.
fn heading(section: &str) -> Option<&str> {
    let inner = section.strip_prefix('[')?;
    inner.split(['.', ']']).next()
}

fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(flag) => Value::from(*flag),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
    }
}
