//! `mkba table`: the tables of an earlier run, as they were printed then.
use crate::arguments::{TableArguments, TableFormat};
use crate::failure::Failure;
use crate::suggestion::nearest;
use crate::{bottlenecks, interplay, overview, terminal};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::table::{Table, Values};
use mkba_results::{FinishedRun, ResultsError};
use serde_json::Value;

/// Prints a table of a run from its folder.
///
/// # Errors
/// The folder does not hold a complete run, or not that table.
pub fn table(arguments: &TableArguments) -> Result<(), Failure> {
    let run = FinishedRun::open(&arguments.run)?;
    let language = arguments.lang.into();
    if arguments.alternative.is_some() && (arguments.table != "gates" || arguments.format != TableFormat::Text) {
        return Err(Failure::Use(
            "`--alternative` goes with `gates` as text: `mkba table RUN gates --alternative NAME`".to_owned(),
        ));
    }
    let text = match arguments.format {
        TableFormat::Text => told(arguments, &run, language)?,
        TableFormat::Json => json(&any(arguments, &run)?),
        TableFormat::Csv => mkba_results::csv_text(&any(arguments, &run)?)?,
    };
    terminal::print(&text)
}

/// A table for people.
fn told(arguments: &TableArguments, run: &FinishedRun, language: Language) -> Result<String, Failure> {
    match arguments.table.as_str() {
        "overview" => {
            let table = run.table("overview")?.ok_or_else(|| absent(arguments, "no overview"))?;
            let text = overview::overview(&table, &run.catalogue, run.manifest.draws, language);
            let text = text.map_err(|reason| unreadable(arguments, reason))?;
            Ok(match interactions(arguments, run, language)? {
                Some(below) => format!("{text}\n{below}"),
                None => text,
            })
        }
        "gates" => gates(arguments, run, language),
        "interactions" => interactions(arguments, run, language)?
            .ok_or_else(|| absent(arguments, "no interactions: its study has no `[interaction.NAME]`")),
        other => {
            any(arguments, run)?;
            Err(Failure::Use(format!(
                "`{other}` is a table for programs; add `--format json` or `--format csv`"
            )))
        }
    }
}

/// Any table of the run.
fn any(arguments: &TableArguments, run: &FinishedRun) -> Result<Table, Failure> {
    run.table(&arguments.table)?.ok_or_else(|| {
        let names: Vec<&str> = run.table_names().collect();
        let near = nearest(&arguments.table, names.iter().copied());
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Failure::Use(format!(
            "the run has no table `{}`{hint} It has: {}",
            arguments.table,
            names.join(", ")
        ))
    })
}

/// A list of rows, each with the names of the columns.
fn json(table: &Table) -> String {
    let mut text = String::from("[");
    for row in 0..table.row_count() {
        text.push_str(if row == 0 { "\n  " } else { ",\n  " });
        let cells = table.columns.iter().map(|column| {
            let value = match &column.values {
                Values::Text(values) => Value::from(values[row].as_str()),
                Values::Number(values) => Value::from(values[row]),
                Values::OptionalNumber(values) => Value::from(values[row]),
                Values::Whole(values) => Value::from(values[row]),
            };
            format!("{}: {value}", Value::from(column.name.as_str()))
        });
        let cells: Vec<String> = cells.collect();
        text.push_str(&format!("{{ {} }}", cells.join(", ")));
    }
    text.push_str("\n]\n");
    text
}

fn gates(arguments: &TableArguments, run: &FinishedRun, language: Language) -> Result<String, Failure> {
    let Some(table) = run.table("gates")? else {
        return Err(absent(arguments, "no table of gates: its model has no gate"));
    };
    let alternative = arguments.alternative.as_ref().map(|name| {
        let alternatives = &run.catalogue.alternatives;
        alternatives.iter().position(|entry| entry.id == *name).ok_or_else(|| {
            let known: Vec<&str> = alternatives.iter().map(|entry| entry.id.as_str()).collect();
            Failure::Use(format!(
                "the run has no alternative `{name}`; it has {}",
                known.join(", ")
            ))
        })
    });
    bottlenecks::bottlenecks(&table, &run.catalogue, alternative.transpose()?, language)
        .map_err(|reason| unreadable(arguments, reason))
}

fn interactions(arguments: &TableArguments, run: &FinishedRun, language: Language) -> Result<Option<String>, Failure> {
    let Some(table) = run.table("interactions")? else {
        return Ok(None);
    };
    let (flows, gates) = (run.table("interaction_flows")?, run.table("interaction_gates")?);
    let told = interplay::Tables {
        interactions: &table,
        flows: flows.as_ref(),
        gates: gates.as_ref(),
    };
    interplay::interplay(&told, &run.catalogue, language)
        .map(Some)
        .map_err(|reason| unreadable(arguments, reason))
}

fn absent(arguments: &TableArguments, what: &str) -> Failure {
    Failure::Use(format!("`{}` has {what}", arguments.run.display()))
}

fn unreadable(arguments: &TableArguments, reason: String) -> Failure {
    Failure::Results(Box::new(ResultsError::Unreadable {
        path: arguments.run.clone(),
        reason,
    }))
}
