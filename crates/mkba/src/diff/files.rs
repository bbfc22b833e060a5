//! A comparison for other programs: two tables, and both of them nested as JSON.
use super::side::{Balance, Side};
use super::{Comparison, Row};
use mkba_core::table::Table;
use mkba_lang::read::{KeyDifference, Stated};
use serde_json::{Value, json};

/// One row of the table of balances.
struct Line<'c> {
    scenario: &'c str,
    alternative: &'c str,
    step: usize,
    kind: &'c str,
    name: String,
    change: Balance,
    interaction: Balance,
    after: Balance,
}

/// A row for each scenario, alternative and step: first the balance of the first run (`balance_a`), last that of the second (`balance_b`).
fn lines(comparison: &Comparison) -> Vec<Line<'_>> {
    let (cases, numbers) = (&comparison.pair.cases, &comparison.attribution);
    let mut lines = Vec::new();
    for (s, scenario) in cases.scenarios.iter().enumerate() {
        for (a, alternative) in cases.alternatives.iter().enumerate() {
            let line = |step, kind, name, change, interaction, after| Line {
                scenario,
                alternative,
                step,
                kind,
                name,
                change,
                interaction,
                after,
            };
            let (none, first, last) = (Balance::default(), numbers.before[s][a], numbers.after[s][a]);
            let mut reached = first;
            lines.push(line(0, "balance_a", String::new(), none, none, first));
            for (number, row) in comparison.rows.iter().enumerate() {
                reached = reached + row.mean[s][a];
                lines.push(line(
                    number + 1,
                    row.kind,
                    row.name(),
                    row.mean[s][a],
                    row.interaction[s][a],
                    reached,
                ));
            }
            lines.push(line(
                comparison.rows.len() + 1,
                "balance_b",
                String::new(),
                none,
                none,
                last,
            ));
        }
    }
    lines
}

/// Columns `scenario`, `alternative`, `step` (0 for the balance of the first run), `kind`, `name`, `change_mean_eur` (mean of both orders),
/// `interaction_mean_eur` (half of the difference between the orders), `balance_mean_eur` (after the step), and the same three without
/// the effects that are kept separate.
pub fn table(comparison: &Comparison) -> Table {
    let lines = lines(comparison);
    let number = |of: fn(&Line<'_>) -> f64| lines.iter().map(of).collect::<Vec<f64>>();
    Table::new("diff")
        .text("scenario", lines.iter().map(|line| line.scenario))
        .text("alternative", lines.iter().map(|line| line.alternative))
        .whole("step", lines.iter().map(|line| line.step as i64))
        .text("kind", lines.iter().map(|line| line.kind))
        .text("name", lines.iter().map(|line| line.name.as_str()))
        .number("change_mean_eur", number(|line| line.change.all))
        .number("interaction_mean_eur", number(|line| line.interaction.all))
        .number("balance_mean_eur", number(|line| line.after.all))
        .number(
            "change_without_separate_mean_eur",
            number(|line| line.change.without_separate),
        )
        .number(
            "interaction_without_separate_mean_eur",
            number(|line| line.interaction.without_separate),
        )
        .number(
            "balance_without_separate_mean_eur",
            number(|line| line.after.without_separate),
        )
}

/// Columns `step` (0 for what differs in words alone), `kind`, `name`, `key`, `before`, `after`, `place_before`, `place_after`: every value
/// that differs, as it is written, with file and line in the project of its run.
pub fn changes_table(comparison: &Comparison) -> Table {
    let steps = comparison.rows.iter().enumerate();
    let of_steps = steps.flat_map(|(number, row)| row.items.iter().map(move |it| (number as i64 + 1, it)));
    let all: Vec<_> = of_steps.chain(comparison.words.iter().map(|it| (0, it))).collect();
    let rows: Vec<_> = all
        .iter()
        .flat_map(|(step, it)| it.keys.iter().map(move |key| (*step, it, key)))
        .collect();
    let text = |stated: &Option<Stated>| stated.as_ref().map_or_else(String::new, |it| it.text.clone());
    let place = |stated: &Option<Stated>| stated.as_ref().map_or_else(String::new, place);
    Table::new("changes")
        .whole("step", rows.iter().map(|row| row.0))
        .text("kind", rows.iter().map(|row| row.1.kind))
        .text("name", rows.iter().map(|row| row.1.name.as_str()))
        .text("key", rows.iter().map(|row| row.2.key.as_str()))
        .text("before", rows.iter().map(|row| text(&row.2.before)))
        .text("after", rows.iter().map(|row| text(&row.2.after)))
        .text("place_before", rows.iter().map(|row| place(&row.2.before)))
        .text("place_after", rows.iter().map(|row| place(&row.2.after)))
}

/// `models/city/rents.toml:12`
pub fn place(stated: &Stated) -> String {
    match stated.line {
        0 => stated.path.clone(),
        line => format!("{}:{line}", stated.path),
    }
}

/// Everything, nested.
pub fn json(comparison: &Comparison) -> String {
    let pair = &comparison.pair;
    let rows = || comparison.rows.iter().enumerate();
    let value = json!({
        "before": run(&pair.before),
        "after": run(&pair.after),
        "draws": { "before": comparison.attribution.draws[0], "after": comparison.attribution.draws[1] },
        "evaluated": comparison.attribution.points,
        "steps": rows().map(|(number, row)| step(number + 1, row)).collect::<Vec<_>>(),
        "cases": cases(comparison),
        "words": comparison.words.iter().map(item).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).expect("plain values always serialise");
    text.push('\n');
    text
}

fn run(side: &Side) -> Value {
    let run = &side.manifest;
    json!({
        "folder": side.place.display().to_string(),
        "study": run.study,
        "finished": run.finished,
        "engine_version": run.engine_version,
        "draws": run.draws,
        "seed": run.seed,
        "design": run.design,
        "gates": run.gates,
        "rulebook": run.rulebook.id,
    })
}

fn step(number: usize, row: &Row) -> Value {
    json!({
        "step": number,
        "kind": row.kind,
        "name": row.name(),
        "influence": row.has_influence(),
        "items": row.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(it: &super::Told) -> Value {
    let stated = |stated: &Option<Stated>| {
        let place = |it: &Stated| json!({ "text": it.text, "path": it.path, "line": it.line });
        stated.as_ref().map_or(Value::Null, place)
    };
    let key =
        |key: &KeyDifference| json!({ "key": key.key, "before": stated(&key.before), "after": stated(&key.after) });
    json!({ "kind": it.kind, "name": it.name, "keys": it.keys.iter().map(key).collect::<Vec<_>>() })
}

fn cases(comparison: &Comparison) -> Vec<Value> {
    let mut cases: Vec<Value> = Vec::new();
    let lines = lines(comparison);
    for of_case in lines.chunk_by(|a, b| (a.scenario, a.alternative) == (b.scenario, b.alternative)) {
        let [first, steps @ .., last] = of_case else { continue };
        let steps = steps.iter().map(|line| {
            json!({
                "step": line.step,
                "change_mean_eur": line.change.all,
                "interaction_mean_eur": line.interaction.all,
                "change_without_separate_mean_eur": line.change.without_separate,
                "interaction_without_separate_mean_eur": line.interaction.without_separate,
            })
        });
        cases.push(json!({
            "scenario": first.scenario,
            "alternative": first.alternative,
            "before_mean_eur": first.after.all,
            "before_without_separate_mean_eur": first.after.without_separate,
            "steps": steps.collect::<Vec<_>>(),
            "after_mean_eur": last.after.all,
            "after_without_separate_mean_eur": last.after.without_separate,
        }));
    }
    cases
}
