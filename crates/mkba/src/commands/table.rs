//! `mkba table`: the tables of an earlier run, as they were printed then.
use crate::arguments::{TableArguments, TableKind};
use crate::failure::Failure;
use crate::{bottlenecks, interplay, overview, terminal};
use mkba_core::appraisal::catalogue::Language;
use mkba_results::{FinishedRun, ResultsError};

/// Prints a table of a run from its folder.
///
/// # Errors
/// The folder does not hold a complete run, or not that table.
pub fn table(arguments: &TableArguments) -> Result<(), Failure> {
    let run = FinishedRun::open(&arguments.run)?;
    let language = arguments.lang.into();
    if arguments.alternative.is_some() && arguments.table != TableKind::Gates {
        return Err(Failure::Use(
            "`--alternative` goes with `gates`: `mkba table RUN gates --alternative NAME`".to_owned(),
        ));
    }
    let text = match arguments.table {
        TableKind::Overview => {
            let table = run.table("overview")?.ok_or_else(|| absent(arguments, "no overview"))?;
            let text = overview::overview(&table, &run.catalogue, run.manifest.draws, language);
            let text = text.map_err(|reason| unreadable(arguments, reason))?;
            match interactions(arguments, &run, language)? {
                Some(below) => format!("{text}\n{below}"),
                None => text,
            }
        }
        TableKind::Gates => gates(arguments, &run, language)?,
        TableKind::Interactions => interactions(arguments, &run, language)?
            .ok_or_else(|| absent(arguments, "no interactions: its study has no `[interaction.NAME]`"))?,
    };
    terminal::print(&text)
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
