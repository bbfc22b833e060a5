//! The text of the page.
use super::words;
use mkba_lang::kinds::{DEFAULTS, Form, KINDS, Key, Kind, Place, ValueType};
use mkba_lang::schema::examples;
use std::fmt::Write;

const HEAD: &str = "\
# Language reference

<!-- This page is made from the table of kinds and keys (crates/mkba-lang/src/kinds) by crates/mkba-lang/tests/reference. Do not edit it:
     change the table, and run `MKBA_BLESS=1 cargo test --release -p mkba-lang`. -->

Everything that can be written in a project, with an example of each; the examples are from `models/teaching/tour`, a small model in
which every kind of declaration occurs. How to begin is in [your first model](first-model.md).

## Files

| file | holds |
|---|---|
| `mkba.toml` | marks the root folder of a project; all paths are written from there |
| `model.toml` and every other TOML file below it | a model: any of the declarations below, in any order, in as many files as is convenient |
| a scenario file | a background future: values of the drivers |
| a study file | what one command runs: model, scenarios, alternatives, draws |
| `models/rulebooks/ID.toml` | the appraisal rules of an authority |

Files are TOML in UTF-8. The order of files and of declarations never changes a result. A key that does not exist is an error with a
suggestion. A text with a formula is best written between single quotes: nothing in it is changed.

`[defaults.KIND]` gives keys to every declaration of that kind in the same file that does not have them itself.

```toml
[defaults.parameter]
assumption = \"teaching value\"
confidence = \"low\"
```

A label is one text, or `{ nl = \"…\", en = \"…\" }`.

**Names** that formulas use are a lowercase letter, then lowercase letters, digits and `_`. Names of parties, flows, measures, alternatives
and scenarios may also hold `-`. Names of units may hold capitals. All that a formula can name (parameters, variables, stocks, gates,
limits, levers, drivers, series, deflators, columns) shares one namespace, in which units, functions and keywords are taken.
";

const VALUES: &str = "
## Values

A `value` is a number with its unit, stated once: `\"40 MEUR/year\"`, `\"15 %\"`, `\"1_000 m2\"`. A bare number has no unit. In place of the
number a distribution may stand, or `column(NAME)`: for each element the number in that column of the file of the one index set
in `over`.

### Distributions

The unit stands behind and holds for all numbers; only `%` may stand inside. Each takes `min = …` and `max = …`: values outside are never
drawn. Numbers whose order is not plain are named. How each is drawn is in [sampling](../method/sampling.md).

| distribution | example | meaning |
|---|---|---|
";

const UNITS: &str = "
### Units

A unit is a product of units with whole powers: `EUR/m2/year`, `m^2`, `kWh/m2/year`. `.` multiplies, `/` divides by the one unit that
follows. A model declares its own units with `[unit.NAME]`.

| unit | prefixes | meaning |
|---|---|---|
";

const FORMULAS: &str = "
## Formulas

A formula is a value, in each year and for each element. It has no loops, assignments or side effects.

| written | meaning |
|---|---|
| `+ - * / ^` | arithmetic. `-2^2` is −4; `^` goes from right to left; an exponent has no unit |
| `< <= > >= = !=`, `and`, `or`, `not` | conditions. A comparison cannot be chained |
| `if a then x else y` | a choice; more with `else if` |
| `3 EUR/m2 * space` | a unit belongs to the number before it, as far as units follow: to divide by a variable write `(3 EUR) / space` |
| `x[delft]` | the value of one element of an index set |
| `grid.granted` | what a gate lets pass per year; also `waiting` and `asked` (amounts), `unserved` (per year), `binding` (1 when not all is served); with a substitute also `substituted` (per year) and `substitute_cost` (money per year) |
| `planned_space` | a column that an index set declares is a value for each of its elements |
| `# …` | a comment, to the end of the line, in a formula of many lines |

Units are checked: what is added or compared must have the same unit up to its size, and a bare `0` fits any. The index set of a formula is that
of its parts together; an aggregation takes one away. A value over a coarse index set (`province`) can be used over a finer one
(`campus`) that is `within` it.

### Functions

A name in brackets may be left out. Arguments may be named: `lagged(x, by = 2 year, before = 0)`.

| function | example | meaning |
|---|---|---|
";

const BUILT_IN: &str = "
### Built-in values

| name | example | meaning |
|---|---|---|
";

/// The whole page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for (place, heading) in [
        (Place::Project, "## The project"),
        (Place::Model, "## Model files"),
        (Place::Scenario, "## Scenario files"),
        (Place::Study, "## Study files"),
    ] {
        let kinds: Vec<&Kind> = KINDS.iter().copied().filter(|kind| kind.place == place).collect();
        write!(page, "\n{heading}\n").expect("text");
        if kinds.len() > 3 {
            page += "\n| declaration | is |\n|---|---|\n";
            for kind in &kinds {
                writeln!(
                    page,
                    "| [`{}`](#{}) | {} |",
                    kind.heading(),
                    anchor(&kind.heading()),
                    fragment(kind.doc)
                )
                .expect("text");
            }
        }
        kinds.iter().for_each(|kind| page += &section(kind));
    }
    page += VALUES;
    for words::Distribution(_, example, meaning) in words::DISTRIBUTIONS {
        writeln!(
            page,
            "| `{}` | `{example}` | {} |",
            example.split('(').next().unwrap_or_default(),
            fragment(meaning)
        )
        .expect("text");
    }
    page += UNITS;
    for (name, prefixes) in mkba_lang::unit::built_in() {
        let meaning = words::UNITS
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, meaning)| *meaning);
        let prefixes: Vec<String> = prefixes.iter().map(|prefix| format!("`{prefix}`")).collect();
        writeln!(page, "| `{name}` | {} | {} |", prefixes.join(" "), fragment(meaning)).expect("text");
    }
    page += FORMULAS;
    for (name, arguments) in mkba_lang::FUNCTIONS {
        let described = words::FUNCTIONS.iter().find(|function| function.0 == name);
        let (example, meaning) = described.map_or(("", ""), |function| (function.1, function.3));
        writeln!(
            page,
            "| `{name}({})` | `{example}` | {} |",
            arguments.join(", "),
            fragment(meaning)
        )
        .expect("text");
    }
    page += BUILT_IN;
    for words::Function(name, example, _, meaning) in words::BUILT_IN {
        writeln!(page, "| `{name}` | `{example}` | {} |", fragment(meaning)).expect("text");
    }
    page
}

fn section(kind: &Kind) -> String {
    let mut text = format!("\n### `{}`\n\n{}", kind.heading(), kind.doc);
    if kind.in_formulas {
        text += " Formulas use its name.";
    }
    text += "\n\n| key | value | required | meaning |\n|---|---|---|---|\n";
    for key in kind.keys {
        text += &row("", key);
        if let ValueType::Table(inner) = key.value {
            inner
                .iter()
                .for_each(|inner| text += &row(&format!("{}.", key.name), inner));
        }
    }
    for group in kind.one_of {
        let names: Vec<String> = group.iter().map(|key| format!("`{key}`")).collect();
        write!(text, "\nAt least one of {} has to be there.\n", names.join(" and ")).expect("text");
    }
    if let Some(bare) = kind.bare {
        write!(
            text,
            "\nA value may stand for the whole table: `NAME = …` is `NAME = {{ {bare} = … }}`.\n"
        )
        .expect("text");
    }
    if kind.form == Form::Single && kind.place != Place::Project {
        text += "\nIt stands once.\n";
    }
    let examples = examples(kind);
    debug_assert!(
        !examples
            .iter()
            .any(|example| example.starts_with(&format!("[{DEFAULTS}"))),
        "no defaults"
    );
    if !examples.is_empty() {
        write!(text, "\n```toml\n{}\n```\n", examples.join("\n\n")).expect("text");
    }
    text
}

fn row(before: &str, key: &Key) -> String {
    let required = if key.required { "yes" } else { "" };
    let value = match key.value {
        ValueType::Table(_) => "a table".to_owned(),
        other => other.describe(),
    };
    format!(
        "| `{before}{}` | {value} | {required} | {} |\n",
        key.name,
        fragment(key.doc)
    )
}

/// A sentence as the cell of a table: without its full stop when it is only one.
fn fragment(sentence: &str) -> &str {
    match sentence.strip_suffix('.') {
        Some(inner) if !inner.contains(". ") => inner,
        _ => sentence,
    }
}

/// How a heading is linked to.
fn anchor(heading: &str) -> String {
    let letters = heading.to_lowercase();
    letters
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
        .collect()
}
