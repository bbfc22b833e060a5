//! A kind of declaration as a schema: its keys, and apart from them which keys must be there, because the defaults of a file may give them.
use super::examples;
use super::value::{LABELLED, NAMED, UNIT, properties, reference, value};
use crate::kinds::{DEFAULTS, Form, Kind};
use serde_json::{Map, Value, json};

/// The keys of a kind, none of them required.
pub(super) fn definition(kind: &Kind) -> Value {
    let mut schema = json!({
        "description": kind.doc,
        "type": "object",
        "properties": properties(kind.keys, &|key| examples::values(kind, key)),
        "additionalProperties": false,
    });
    if let Some(bare) = kind.bare.and_then(|bare| kind.key(bare)) {
        let mut types = vec![json!("object")];
        types.extend(value(bare.value)["type"].as_array().cloned().unwrap_or_default());
        schema["type"] = Value::Array(types);
    }
    schema
}

/// The table of a kind in a file: one declaration, or declarations by name.
pub(super) fn table(kind: &Kind) -> Value {
    let declaration = json!({ "$ref": reference(kind.place, kind.name) });
    match kind.form {
        Form::Single => declaration,
        Form::Named | Form::Labelled => json!({
            "description": kind.doc,
            "type": "object",
            "propertyNames": { "pattern": name_pattern(kind) },
            "additionalProperties": declaration,
        }),
    }
}

/// `[defaults.KIND]`: keys of each kind.
pub(super) fn defaults(kinds: &[&Kind]) -> Value {
    let tables = kinds.iter().map(|kind| {
        (
            kind.name.to_owned(),
            json!({ "$ref": reference(kind.place, kind.name) }),
        )
    });
    json!({
        "description": "Keys that every declaration of a kind in this file gets unless it has its own.",
        "type": "object",
        "properties": tables.collect::<Map<String, Value>>(),
        "additionalProperties": false,
    })
}

/// What the reader asks of the names of a kind (`read::entry`).
fn name_pattern(kind: &Kind) -> &'static str {
    match kind.form {
        _ if kind.name == "unit" => UNIT,
        Form::Labelled => LABELLED,
        Form::Single | Form::Named => NAMED,
    }
}

/// Requirements on the declarations of kinds in a file: `plain` when the file has no defaults, and with defaults each unless they give it.
pub(super) fn requirements(kinds: &[&Kind]) -> Value {
    let mut plain = Map::new();
    let mut with_defaults = Vec::new();
    for kind in kinds {
        let demands = demands(kind);
        let Some(all) = together(&demands) else { continue };
        plain.insert(kind.name.to_owned(), in_each(kind, &all));
        with_defaults.extend(demands.iter().map(|demand| {
            let given = properties_of(DEFAULTS, &properties_of(kind.name, demand));
            json!({ "if": given, "else": { "properties": { kind.name: in_each(kind, demand) } } })
        }));
    }
    let with_defaults = match with_defaults.len() {
        0 => json!({}),
        _ => json!({ "allOf": with_defaults }),
    };
    json!({ "if": { "required": [DEFAULTS] }, "then": with_defaults, "else": { "properties": plain } })
}

/// One schema for each required key and each group of keys of which one must be there.
fn demands(kind: &Kind) -> Vec<Value> {
    let required = kind.keys.iter().filter(|key| key.required);
    let required = required.map(|key| json!({ "required": [key.name] }));
    let groups = kind.one_of.iter().map(|group| {
        let ways: Vec<Value> = group.iter().map(|key| json!({ "required": [key] })).collect();
        json!({ "anyOf": ways })
    });
    required.chain(groups).collect()
}

/// All demands in one schema: required keys in one list, one group beside it. `None` if there are none.
fn together(demands: &[Value]) -> Option<Value> {
    let mut all = Map::new();
    let required = demands.iter().filter_map(|demand| demand["required"].as_array());
    let required: Vec<Value> = required.flatten().cloned().collect();
    if !required.is_empty() {
        all.insert("required".to_owned(), Value::Array(required));
    }
    let groups: Vec<&Value> = demands.iter().filter(|demand| demand.get("anyOf").is_some()).collect();
    match groups.as_slice() {
        [] => {}
        [one] => {
            all.insert("anyOf".to_owned(), one["anyOf"].clone());
        }
        several => {
            all.insert("allOf".to_owned(), json!(several));
        }
    }
    (!all.is_empty()).then_some(Value::Object(all))
}

fn in_each(kind: &Kind, demand: &Value) -> Value {
    match kind.form {
        Form::Single => demand.clone(),
        Form::Named | Form::Labelled => json!({ "additionalProperties": demand }),
    }
}

/// A property that is there and fits.
fn properties_of(name: &str, schema: &Value) -> Value {
    json!({ "required": [name], "properties": { name: schema } })
}
