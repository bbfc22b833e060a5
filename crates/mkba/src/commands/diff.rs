//! `mkba diff`: why the balances of one run are not those of another.
use crate::arguments::{DiffArguments, TableFormat};
use crate::beside_run::not_within;
use crate::diff::{self, Comparison, Pair, Side};
use crate::failure::Failure;
use crate::sweep::Settings;
use crate::{figures, interrupt, terminal, text_files};
use mkba_core::appraisal::catalogue;
use mkba_plot::Language;
use mkba_results::csv_text;
use std::path::PathBuf;

const TABLE: &str = "diff.csv";
const CHANGES: &str = "changes.csv";
const NESTED: &str = "diff.json";

/// Compares two runs, prints the steps between them and writes them.
///
/// # Errors
/// As [`Failure`] says.
pub fn diff(arguments: &DiffArguments) -> Result<(), Failure> {
    let stop = interrupt::flag()?;
    let (before, after) = (Side::open(&arguments.run_a)?, Side::open(&arguments.run_b)?);
    // Before the work, so that an occupied folder is known at once.
    let folder = destination(arguments, &before, &after)?;
    let pair = Pair::of(before, after, &arguments.alternative, &arguments.scenario)?;
    let settings = Settings {
        threads: arguments.threads,
        max_memory: arguments.max_memory,
        quiet: arguments.quiet,
        stop,
    };
    let comparison = Comparison::of(pair, arguments.draws, &settings)?;
    let language: catalogue::Language = arguments.lang.into();
    let text = match arguments.format {
        TableFormat::Text if arguments.quiet => String::new(),
        TableFormat::Text => diff::text(&comparison, language),
        TableFormat::Csv => csv_text(&diff::table(&comparison))?,
        TableFormat::Json => diff::json(&comparison),
    };
    terminal::print(&text)?;
    let Some(folder) = folder.filter(|_| !comparison.is_nothing()) else {
        return Ok(());
    };
    interrupt::check(stop)?;
    text_files::write_all(&folder, &files(&comparison, arguments, language.into())?)?;
    if !arguments.quiet {
        terminal::message(&format!("written to {}", terminal::shown(&folder).display()));
    }
    Ok(())
}

fn files(
    comparison: &Comparison,
    arguments: &DiffArguments,
    language: Language,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = vec![
        (TABLE.to_owned(), csv_text(&diff::table(comparison))?.into_bytes()),
        (
            CHANGES.to_owned(),
            csv_text(&diff::changes_table(comparison))?.into_bytes(),
        ),
        (NESTED.to_owned(), diff::json(comparison).into_bytes()),
    ];
    let drawn = figures::drawn(diff::waterfalls(comparison), language)?;
    let pictures = figures::pixels(&drawn, language, arguments.threads)?;
    for (one, png) in drawn.into_iter().zip(pictures) {
        let name = &one.figure.name;
        files.push((format!("{name}.csv"), csv_text(&one.figure.data())?.into_bytes()));
        files.push((format!("{name}.png"), png));
        files.push((format!("{name}.svg"), one.svg.into_bytes()));
    }
    Ok(files)
}

/// The folder asked for; else beside the second run, unless only a program reads what is printed.
fn destination(arguments: &DiffArguments, before: &Side, after: &Side) -> Result<Option<PathBuf>, Failure> {
    let folder = match &arguments.out {
        Some(out) => {
            not_within(&arguments.run_a, out)?;
            not_within(&arguments.run_b, out)?;
            out.clone()
        }
        None if arguments.format != TableFormat::Text => return Ok(None),
        None => {
            let run = std::fs::canonicalize(&after.place).map_err(|error| mkba_results::ResultsError::CannotRead {
                path: after.place.clone(),
                error,
            })?;
            run.with_file_name(format!("{}-against-{}", after.name(), before.name()))
        }
    };
    if !arguments.overwrite
        && let Some(name) = [TABLE, CHANGES, NESTED]
            .into_iter()
            .find(|name| folder.join(name).exists())
    {
        return Err(Failure::Use(format!(
            "`{}` exists; add `--overwrite` to replace it, or name another folder with `--out`",
            folder.join(name).display()
        )));
    }
    Ok(Some(folder))
}
