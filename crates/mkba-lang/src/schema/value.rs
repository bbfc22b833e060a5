//! The type of a key as a schema.
use crate::kinds::{Key, LANGUAGES, Place, RANGE, ValueType};
use serde_json::{Map, Value, json};

/// What the name of a declaration looks like where hyphens are allowed.
pub(super) const LABELLED: &str = "^[a-z][a-z0-9_-]*$";
/// What the name of a declaration looks like that formulas use.
pub(super) const NAMED: &str = "^[a-z][a-z0-9_]*$";
/// What the name of a unit looks like.
pub(super) const UNIT: &str = "^[A-Za-z][A-Za-z0-9_]*$";
/// A year as the key of a point.
const YEAR: &str = "^[1-9][0-9]{3}$";

/// The schema of a type, without description and examples.
pub(super) fn value(wanted: ValueType) -> Value {
    match wanted {
        ValueType::Text => json!({ "type": "string" }),
        ValueType::Unit | ValueType::Path => filled(),
        ValueType::Name => json!({ "type": "string", "pattern": LABELLED }),
        ValueType::Label => {
            let mut either = table(LANGUAGES);
            either["type"] = json!(["string", "object"]);
            either
        }
        ValueType::Number => json!({ "type": "number" }),
        ValueType::Whole => json!({ "type": "integer", "minimum": 0 }),
        ValueType::Year => json!({ "type": "integer", "minimum": 1000, "maximum": 9999 }),
        ValueType::Flag => json!({ "type": "boolean" }),
        ValueType::Formula | ValueType::Value => json!({ "type": ["string", "number"], "minLength": 1 }),
        ValueType::Names => json!({ "type": ["array", "string"], "items": { "type": "string" } }),
        ValueType::Paths => json!({ "type": "array", "items": filled() }),
        ValueType::Choice(words) => json!({ "type": "string", "enum": words }),
        ValueType::Shares => {
            let mut either = names_with(&value(ValueType::Formula));
            either["type"] = json!(["string", "object"]);
            either["pattern"] = json!(LABELLED);
            either
        }
        ValueType::Divided | ValueType::Formulas => names_with(&value(ValueType::Formula)),
        ValueType::Texts => names_with(&value(ValueType::Text)),
        ValueType::Units => names_with(&filled()),
        ValueType::Points => {
            let mut points = names_with(&value(ValueType::Value));
            points["propertyNames"] = json!({ "pattern": YEAR });
            points["minProperties"] = json!(1);
            points
        }
        ValueType::Table(keys) => table(keys),
        ValueType::Date => {
            json!({ "type": ["integer", "string"], "minimum": 1000, "maximum": 9999, "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
        }
        ValueType::Matrix => {
            json!({ "type": "array", "items": { "type": "array", "items": { "type": "number" } } })
        }
        ValueType::Pairs => {
            json!({ "type": "array", "items": { "type": "array", "items": { "type": ["string", "number"] } } })
        }
        ValueType::AxisValues => {
            let mut either = table(RANGE);
            either["type"] = json!(["array", "object"]);
            either["items"] = json!({ "type": ["string", "number"] });
            either["minItems"] = json!(1);
            either
        }
        ValueType::DriverValues => json!({
            "type": "object",
            "propertyNames": { "pattern": NAMED },
            "additionalProperties": { "$ref": reference(Place::Scenario, "driver") },
        }),
    }
}

/// Keys with their descriptions, and what of examples there is.
pub(super) fn properties(keys: &[Key], examples: &dyn Fn(&str) -> Vec<Value>) -> Value {
    let described = keys.iter().map(|key| {
        let mut schema = value(key.value);
        schema["description"] = json!(key.doc);
        let found = examples(key.name);
        if !found.is_empty() {
            schema["examples"] = Value::Array(found);
        }
        (key.name.to_owned(), schema)
    });
    Value::Object(described.collect::<Map<String, Value>>())
}

/// Where the definition of a kind stands.
pub(super) fn reference(place: Place, kind: &str) -> String {
    format!("#/definitions/{}", definition(place, kind))
}

/// Name of the definition of a kind.
pub(super) fn definition(place: Place, kind: &str) -> String {
    let file = match place {
        Place::Project => "project",
        Place::Model => "model",
        Place::Study => "study",
        Place::Scenario => "scenario",
    };
    format!("{file}.{kind}")
}

fn filled() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn names_with(inner: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": inner })
}

fn table(keys: &[Key]) -> Value {
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties(keys, &|_| Vec::new()),
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}
