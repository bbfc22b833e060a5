//! The keywords of JSON Schema, draft 7, that the schemas use. Any other keyword is refused, so that none is passed over in silence.
//!
//! Validators from elsewhere switch on features of libraries under polars (see `docs/design/0003-dependencies.md`).
use serde_json::{Map, Value};

/// Everything in a value that a schema refuses: where, and what.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Validator {
        root: schema,
        found: &mut found,
    }
    .check(schema, value, "");
    found
}

struct Validator<'s, 'f> {
    root: &'s Value,
    found: &'f mut Vec<String>,
}

impl Validator<'_, '_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        let keywords = match schema {
            Value::Bool(true) => return,
            Value::Bool(false) => return self.found.push(format!("`{at}` is not allowed")),
            Value::Object(keywords) => keywords,
            other => panic!("not a schema: {other}"),
        };
        // Draft 7 passes over everything beside a reference.
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
            let pointer = reference.strip_prefix('#').expect("references stay in the file");
            let target = self
                .root
                .pointer(pointer)
                .unwrap_or_else(|| panic!("{reference} leads nowhere"));
            return self.check(target, value, at);
        }
        for (keyword, demand) in keywords {
            self.keyword(keywords, keyword, demand, value, at);
        }
    }

    fn keyword(&mut self, schema: &Map<String, Value>, keyword: &str, demand: &Value, value: &Value, at: &str) {
        let list = || demand.as_array().expect("a list");
        let number = || demand.as_f64().expect("a number");
        let fits = match (keyword, value) {
            ("$schema" | "title" | "description" | "examples" | "definitions" | "then" | "else", _) => true,
            ("type", _) => match demand {
                Value::Array(types) => types.iter().any(|name| is_of(value, name)),
                name => is_of(value, name),
            },
            ("enum", _) => list().contains(value),
            ("pattern", Value::String(text)) => matches(demand.as_str().expect("a pattern"), text),
            ("minLength", Value::String(text)) => text.chars().count() as f64 >= number(),
            ("minimum", Value::Number(own)) => own.as_f64() >= Some(number()),
            ("maximum", Value::Number(own)) => own.as_f64() <= Some(number()),
            ("minProperties", Value::Object(own)) => own.len() as f64 >= number(),
            ("minItems", Value::Array(own)) => own.len() as f64 >= number(),
            ("maxItems", Value::Array(own)) => own.len() as f64 <= number(),
            ("required", Value::Object(own)) => {
                let missing = list()
                    .iter()
                    .filter(|name| !own.contains_key(name.as_str().expect("a name")));
                let missing: Vec<String> = missing.map(ToString::to_string).collect();
                if !missing.is_empty() {
                    self.found.push(format!("`{at}` lacks {}", missing.join(", ")));
                }
                true
            }
            ("properties", Value::Object(own)) => {
                for (name, schema) in demand.as_object().expect("properties") {
                    if let Some(value) = own.get(name) {
                        self.check(schema, value, &format!("{at}/{name}"));
                    }
                }
                true
            }
            ("additionalProperties", Value::Object(own)) => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (name, value) in own
                    .iter()
                    .filter(|(name, _)| !known.is_some_and(|known| known.contains_key(*name)))
                {
                    self.check(demand, value, &format!("{at}/{name}"));
                }
                true
            }
            ("propertyNames", Value::Object(own)) => {
                for name in own.keys() {
                    self.check(demand, &Value::from(name.as_str()), &format!("{at}/{name}"));
                }
                true
            }
            ("items", Value::Array(own)) => {
                own.iter()
                    .enumerate()
                    .for_each(|(n, item)| self.check(demand, item, &format!("{at}/{n}")));
                true
            }
            ("allOf", _) => {
                list().iter().for_each(|schema| self.check(schema, value, at));
                true
            }
            ("anyOf", _) => list().iter().any(|schema| self.accepts(schema, value)),
            ("if", _) => {
                let branch = if self.accepts(demand, value) { "then" } else { "else" };
                if let Some(branch) = schema.get(branch) {
                    self.check(branch, value, at);
                }
                true
            }
            (
                "pattern"
                | "minLength"
                | "minimum"
                | "maximum"
                | "minProperties"
                | "minItems"
                | "maxItems"
                | "required"
                | "properties"
                | "additionalProperties"
                | "propertyNames"
                | "items",
                _,
            ) => true,
            (unknown, _) => panic!("the keyword `{unknown}` is not known to this test"),
        };
        if !fits {
            self.found.push(format!("`{at}` does not fit `{keyword}`: {demand}"));
        }
    }

    fn accepts(&self, schema: &Value, value: &Value) -> bool {
        let mut found = Vec::new();
        Validator {
            root: self.root,
            found: &mut found,
        }
        .check(schema, value, "");
        found.is_empty()
    }
}

fn is_of(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("the name of a type") {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the type `{other}` is not known to this test"),
    }
}

/// Whether a text fits a pattern `^…$` of classes and letters, each once, `*` or `{n}`.
fn matches(pattern: &str, text: &str) -> bool {
    let inner = pattern.strip_prefix('^').and_then(|inner| inner.strip_suffix('$'));
    fit(inner.expect("patterns are anchored"), text)
}

fn fit(pattern: &str, text: &str) -> bool {
    let Some(first) = pattern.chars().next() else {
        return text.is_empty();
    };
    let end = if first == '[' {
        pattern.find(']').expect("a class ends") + 1
    } else {
        first.len_utf8()
    };
    let (class, rest) = pattern.split_at(end);
    let one = |text: &str| {
        text.chars()
            .next()
            .filter(|letter| in_class(class, *letter))
            .map(char::len_utf8)
    };
    if let Some(rest) = rest.strip_prefix('*') {
        return fit(rest, text) || one(text).is_some_and(|length| fit(pattern, &text[length..]));
    }
    let (times, rest) = match rest.strip_prefix('{') {
        Some(counted) => {
            let (count, rest) = counted.split_once('}').expect("a count ends");
            (count.parse().expect("a count"), rest)
        }
        None => (1, rest),
    };
    let mut text = text;
    for _ in 0..times {
        let Some(length) = one(text) else { return false };
        text = &text[length..];
    }
    fit(rest, text)
}

fn in_class(class: &str, letter: char) -> bool {
    let Some(inner) = class.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) else {
        return class == letter.to_string();
    };
    let letters: Vec<char> = inner.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        match letters.get(at..at + 3) {
            Some([from, '-', to]) => {
                if (*from..=*to).contains(&letter) {
                    return true;
                }
                at += 3;
            }
            _ => {
                if letters[at] == letter {
                    return true;
                }
                at += 1;
            }
        }
    }
    false
}

#[test]
fn patterns_are_matched_as_they_are_meant() {
    for (pattern, right, wrong) in [
        ("^[a-z][a-z0-9_-]*$", "low-2", "2-low"),
        ("^[a-z][a-z0-9_]*$", "a_1", "a-1"),
        ("^[1-9][0-9]{3}$", "2030", "20300"),
        ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2021-01-01", "2021-1-01"),
    ] {
        assert!(matches(pattern, right), "{pattern} {right}");
        assert!(!matches(pattern, wrong), "{pattern} {wrong}");
        assert!(!matches(pattern, ""), "{pattern}");
    }
}

#[test]
fn every_keyword_refuses_what_it_should() {
    use serde_json::json;
    let cases = [
        (json!({ "type": "string" }), json!("a"), json!(1)),
        (json!({ "type": ["string", "object"] }), json!({}), json!([])),
        (
            json!({ "type": "integer", "minimum": 1, "maximum": 3 }),
            json!(3),
            json!(4),
        ),
        (json!({ "enum": ["a"] }), json!("a"), json!("b")),
        (json!({ "minLength": 2 }), json!("ab"), json!("a")),
        (json!({ "minProperties": 1 }), json!({ "a": 1 }), json!({})),
        (json!({ "minItems": 2 }), json!([1, 2]), json!([1])),
        (json!({ "maxItems": 1 }), json!([1]), json!([1, 2])),
        (json!({ "required": ["a"] }), json!({ "a": 1 }), json!({ "b": 1 })),
        (
            json!({ "properties": { "a": { "type": "boolean" } } }),
            json!({ "a": true }),
            json!({ "a": 1 }),
        ),
        (
            json!({ "properties": { "a": {} }, "additionalProperties": false }),
            json!({ "a": 1 }),
            json!({ "b": 1 }),
        ),
        (
            json!({ "propertyNames": { "pattern": "^[a-z]$" } }),
            json!({ "a": 1 }),
            json!({ "A": 1 }),
        ),
        (json!({ "items": { "type": "string" } }), json!(["a"]), json!([1])),
        (
            json!({ "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
            json!({ "b": 1 }),
            json!({ "c": 1 }),
        ),
        (
            json!({ "allOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
            json!({ "a": 1, "b": 1 }),
            json!({ "b": 1 }),
        ),
        (
            json!({ "if": { "required": ["a"] }, "then": { "required": ["b"] } }),
            json!({ "c": 1 }),
            json!({ "a": 1 }),
        ),
        (
            json!({ "if": { "required": ["a"] }, "else": { "required": ["b"] } }),
            json!({ "a": 1 }),
            json!({ "c": 1 }),
        ),
        (
            json!({ "$ref": "#/definitions/a", "definitions": { "a": { "type": "string" } } }),
            json!("a"),
            json!(1),
        ),
    ];
    for (schema, right, wrong) in cases {
        assert!(faults(&schema, &right).is_empty(), "{schema} refuses {right}");
        assert!(!faults(&schema, &wrong).is_empty(), "{schema} accepts {wrong}");
    }
}
