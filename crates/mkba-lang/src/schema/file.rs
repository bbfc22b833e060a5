//! A kind of file as a schema.
use super::FileKind;
use super::declaration::{defaults, definition, requirements, table};
use super::rulebook;
use super::value::definition as name_of;
use crate::kinds::{DEFAULTS, Form, KINDS, Kind, Place};
use serde_json::{Map, Value, json};

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The kind of file that holds a table of this name; any other file belongs to a model.
const TOLD_APART_BY: [(&str, FileKind); 5] = [
    ("project", FileKind::Project),
    ("study", FileKind::Study),
    ("scenario", FileKind::Scenario),
    (rulebook::MARK, FileKind::Rulebook),
    (rulebook::PART, FileKind::RulebookPart),
];

/// The schema of a kind of file.
pub(super) fn schema(kind: FileKind) -> Value {
    let mut schema = match kind {
        FileKind::Any => any(),
        FileKind::Rulebook => rulebook::schema(),
        FileKind::RulebookPart => rulebook::part(),
        FileKind::Project | FileKind::Model | FileKind::Scenario | FileKind::Study => {
            let mut schema = kind.place().map(file).unwrap_or_default();
            schema["definitions"] = definitions(kind.place());
            schema
        }
    };
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!(format!("mkba: {}", kind.name()));
    schema["description"] = json!(kind.doc());
    schema
}

fn kinds(place: Place) -> Vec<&'static Kind> {
    KINDS.iter().copied().filter(|kind| kind.place == place).collect()
}

/// A file of the table of kinds, which refers to the definitions of its kinds.
fn file(place: Place) -> Value {
    let kinds = kinds(place);
    let mut properties: Map<String, Value> = kinds.iter().map(|kind| (kind.name.to_owned(), table(kind))).collect();
    properties.insert(DEFAULTS.to_owned(), defaults(&kinds));
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    for (keyword, part) in requirements(&kinds).as_object().into_iter().flatten() {
        schema[keyword] = part.clone();
    }
    // Of a model folder, one file has `[model]`; every other file must hold its single table.
    let single = kinds
        .iter()
        .filter(|kind| kind.form == Form::Single && TOLD_APART_BY.iter().any(|(name, _)| *name == kind.name));
    let single: Vec<&str> = single.map(|kind| kind.name).collect();
    if !single.is_empty() {
        schema["required"] = json!(single);
    }
    schema
}

/// Definitions of the kinds of a place and of those that they refer to; without a place, all of them.
fn definitions(place: Option<Place>) -> Value {
    let also = |kind: &Kind| place == Some(Place::Study) && kind.place == Place::Scenario && kind.name == "driver";
    let wanted = KINDS
        .iter()
        .filter(|kind| place.is_none_or(|place| kind.place == place) || also(kind));
    Value::Object(
        wanted
            .map(|kind| (name_of(kind.place, kind.name), definition(kind)))
            .collect(),
    )
}

/// Any file: sent to the schema of its kind by what it holds. The properties at the top are there for editors, which explain and complete
/// by them and do not follow conditions.
fn any() -> Value {
    let mut definitions = definitions(None);
    let mut chosen = json!({ "$ref": "#/definitions/model-file" });
    for (mark, kind) in TOLD_APART_BY.into_iter().rev() {
        let there = json!({ "$ref": format!("#/definitions/{}-file", kind.name()) });
        chosen = json!({ "if": { "required": [mark] }, "then": there, "else": chosen });
    }
    let mut explained: Map<String, Value> = Map::new();
    for kind in FileKind::ALL.into_iter().filter(|kind| *kind != FileKind::Any) {
        let part = match kind.place() {
            Some(place) => file(place),
            None if kind == FileKind::RulebookPart => rulebook::part(),
            None => rulebook::schema(),
        };
        for (name, table) in part["properties"].as_object().into_iter().flatten() {
            // Anything fits here: what is wrong is said once, by the schema of the kind of file.
            let ways = explained
                .entry(name.clone())
                .or_insert_with(|| json!({ "anyOf": [true] }));
            if let Some(ways) = ways["anyOf"].as_array_mut().filter(|ways| !ways.contains(table)) {
                ways.insert(ways.len() - 1, table.clone());
            }
        }
        definitions[format!("{}-file", kind.name())] = part;
    }
    let mut schema = chosen;
    schema["type"] = json!("object");
    schema["properties"] = Value::Object(explained);
    schema["definitions"] = definitions;
    schema
}
