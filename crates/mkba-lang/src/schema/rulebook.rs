//! A rulebook as a schema. A rulebook is no part of the table of kinds: `mkba_core::rulebook` reads it, and a test compares the two.
use serde_json::{Value, json};

/// The key by which a rulebook is known.
pub(super) const MARK: &str = "default_discount_class";

/// The key by which a part of a rulebook is known.
pub(super) const PART: &str = "part";

/// Lower-case letters, digits and hyphens.
const IDENTIFIER: &str = "^[a-z][a-z0-9-]*$";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// The schema of a rulebook.
pub(super) fn schema() -> Value {
    let step = table(&[
        (
            "after_years",
            &whole(),
            "The last year after the base year with the rate before it.",
        ),
        (
            "rate_per_year",
            &json!({ "type": "number" }),
            "Real rate as a fraction per year.",
        ),
    ]);
    let steps = json!({ "type": "array", "items": step });
    let rate = json!({ "type": "number" });
    let first = "Real rate as a fraction per year, from the year after the base year on.";
    let mut stated = table(&[
        ("rate_per_year", &rate, first),
        ("steps", &steps, "Rates of later years."),
    ]);
    stated["required"] = json!(["rate_per_year"]);
    let mut class = table(&[
        ("rate_per_year", &rate, first),
        (
            "steps",
            &steps,
            "Rates of later years; none when the rate is the same in every year.",
        ),
        ("label", &text(), "Name in tables and reports."),
        ("note", &text(), "For which flows it is, and for which not."),
        ("source", &words(), "Where the rate comes from."),
    ]);
    class["required"] = json!(["rate_per_year", "label", "note", "source"]);
    let classes = json!({ "type": "object", "additionalProperties": class });
    let instead = table(&[
        ("class", &words(), "A class of the rulebook."),
        ("note", &text(), "Why flows of the class it lacks belong there."),
    ]);
    let instead = json!({ "type": "object", "additionalProperties": instead });
    let schedule = table(&[
        ("label", &text(), "Name in tables and reports."),
        ("note", &text(), "When it is asked for, and what for."),
        (
            "horizon_over_years",
            &whole(),
            "Asked for when the horizon is longer than this number of years.",
        ),
        ("source", &words(), "Where the rates come from."),
        (
            "rates",
            &json!({ "type": "object", "additionalProperties": stated }),
            "Rates of classes; a class that is not named keeps its own.",
        ),
    ]);
    let schedules = json!({ "type": "object", "additionalProperties": schedule });
    let mut valid = table(&[
        ("from", &date(), "First day."),
        ("until", &date(), "Last day; none while the rulebook is in force."),
    ]);
    valid["required"] = json!(["from"]);
    let horizon = table(&[
        (
            "years",
            &whole(),
            "Number of years, the one they are counted from included.",
        ),
        (
            "from",
            &choice(&["opening", "first_year"]),
            "The year they are counted from.",
        ),
        (
            "residual",
            &choice(&["none", "net_flows"]),
            "What becomes of effects after the horizon: nothing, or what the model still computes counts as residual value.",
        ),
        ("note", &text(), "The rule in words."),
        ("source", &words(), "Where the rule comes from."),
    ]);
    let fraction = json!({ "type": "number" });
    let prices = table(&[
        (
            "unit",
            &choice(&["market_prices", "factor_prices"]),
            "With or without indirect taxes.",
        ),
        (
            "indirect_tax_uplift",
            &fraction,
            "Average indirect tax by which factor prices are raised to market prices, as a fraction.",
        ),
        (
            "standard_vat",
            &fraction,
            "Standard rate of value added tax, as a fraction.",
        ),
        (
            "relative_price_rule",
            &text(),
            "Where prices that rise faster or slower than the general level are booked.",
        ),
        ("source", &words(), "Where the rules come from."),
    ]);
    let flag = json!({ "type": "boolean" });
    let mut standing = table(&[
        (
            "default",
            &flag,
            "Whether a party that does not say so itself has standing.",
        ),
        (
            "union",
            &flag,
            "Whether parties elsewhere in the European Union count as well.",
        ),
        ("note", &text(), "Who has standing and who has not."),
        ("source", &words(), "Where the rule comes from."),
    ]);
    standing["required"] = json!(["default", "note", "source"]);
    let scenarios = table(&[
        ("at_least", &whole(), "So many scenarios at least."),
        ("note", &text(), "Which ones, and how they are shown."),
        ("source", &words(), "Where the rule comes from."),
    ]);
    let ratio = table(&[
        (
            "convention",
            &choice(&["costs_of_the_measure", "all_negative_items"]),
            "How the ratio divides its items.",
        ),
        ("source", &words(), "Where the rule comes from."),
    ]);
    let mut whole = table(&[
        (
            "id",
            &json!({ "type": "string", "pattern": IDENTIFIER }),
            "Name in studies and on the command line; also the name of the file.",
        ),
        (
            "authority",
            &words(),
            "Whose rules they are; of one authority, one rulebook is right for an analysis that starts on a given day.",
        ),
        ("label", &text(), "Name in tables and reports."),
        ("version", &words(), "Version of this file, for the manifest of a run."),
        (
            "valid",
            &valid,
            "Which analyses it is for, by the date they are started.",
        ),
        ("source", &words(), "Where the rules come from."),
        (MARK, &words(), "Discount class of a flow that names none."),
        ("discount", &classes, "Discount classes by name."),
        (
            "instead",
            &instead,
            "Which class stands for one that other rulebooks have and this one lacks.",
        ),
        (
            "schedule",
            &schedules,
            "Other schedules of discount rates, named after a slash: `uk-2026/long-term`.",
        ),
        (
            "timing",
            &choice(&["end_of_year", "mid_year"]),
            "When in its year a flow is taken to fall.",
        ),
        ("horizon", &horizon, "Over which years effects are counted."),
        ("prices", &prices, "Prices in which costs and benefits are expressed."),
        ("standing", &standing, "Whose welfare counts."),
        ("ratio", &ratio, "How the benefit-cost ratio divides its items."),
        (
            "scenarios",
            &scenarios,
            "Which background scenarios an appraisal shows.",
        ),
    ]);
    if let Some(required) = whole["required"].as_array_mut() {
        required.retain(|key| key != "instead" && key != "schedule");
    }
    let includes = json!({ "type": "array", "items": words() });
    optional(
        &mut whole,
        "includes",
        &includes,
        "Parts of `models/rulebooks/parts` that it includes.",
    );
    guards(&mut whole);
    whole
}

/// The schema of a part that rulebooks include.
pub(super) fn part() -> Value {
    let mut whole = table(&[
        (
            PART,
            &words(),
            "Name by which rulebooks include it; also the name of the file.",
        ),
        ("version", &words(), "Version of this file, for the manifest of a run."),
    ]);
    guards(&mut whole);
    whole
}

/// Channels, forbidden pairs and checklist, which a rulebook and a part may have.
fn guards(whole: &mut Value) {
    let channels = json!({ "type": "object", "additionalProperties": text() });
    let channel_pair = json!({ "type": "array", "items": words(), "minItems": 2, "maxItems": 2 });
    let pair = table(&[
        ("channels", &channel_pair, "The two channels."),
        ("reason", &text(), "Why they hold the same gain."),
        ("source", &words(), "Where the rule comes from."),
    ]);
    let mut rule = table(&[
        (
            "id",
            &words(),
            "Name, by which a study states how it deals with the rule.",
        ),
        ("text", &text(), "What is asked."),
        ("kind", &choice(&["guideline", "advice"]), "How binding it is."),
        ("source", &words(), "Where the rule comes from."),
    ]);
    optional(
        &mut rule,
        "judged_by",
        &words(),
        "What the engine looks at to judge the rule by itself; without it only the author can.",
    );
    let list = |of: &Value| json!({ "type": "array", "items": of });
    for (name, schema, doc) in [
        ("channels", &channels, "What the channels of flows mean, by name."),
        (
            "forbidden_pairs",
            &list(&pair),
            "Channels that may not both count the same gain.",
        ),
        (
            "checklist",
            &list(&rule),
            "Rules of the guideline that a study complies with, or says why not.",
        ),
    ] {
        optional(whole, name, schema, doc);
    }
}

/// Adds a key that may be left out.
fn optional(table: &mut Value, name: &str, schema: &Value, doc: &str) {
    table["properties"][name] = schema.clone();
    table["properties"][name]["description"] = json!(doc);
}

/// A table of which every key is required.
fn table(keys: &[(&str, &Value, &str)]) -> Value {
    let names: Vec<&str> = keys.iter().map(|(name, ..)| *name).collect();
    let mut schema = json!({ "type": "object", "properties": {}, "required": names, "additionalProperties": false });
    for (name, value, doc) in keys {
        schema["properties"][name] = (*value).clone();
        schema["properties"][name]["description"] = json!(doc);
    }
    schema
}

fn words() -> Value {
    json!({ "type": "string" })
}

fn text() -> Value {
    table(&[("nl", &words(), "Dutch."), ("en", &words(), "English.")])
}

fn date() -> Value {
    json!({ "type": "string", "pattern": DATE })
}

fn whole() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn choice(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}
