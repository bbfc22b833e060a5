//! The files of a run.
use crate::failure::Failure;
use crate::pipeline::Study;
use crate::report::TextFile;
use crate::rulebooks::LoadedRulebook;
use crate::{figures, measures, report, sources};
use mkba_core::appraisal::catalogue::{Catalogue, Language};
use mkba_core::finance::RatioConvention;
use mkba_core::input::Dependence;
use mkba_core::outcome::Outcome;
use mkba_core::run_tables::RunTables;
use mkba_core::sweep::{AxisEntry, Points, SweepOutcome};
use mkba_core::table::Table;
use mkba_core::tables;
use mkba_results::{CATALOGUE_FILE, PROJECT_FOLDER, RunFolder};
use serde::Serialize;
use std::collections::BTreeMap;

/// A table of more rows than this is written as Parquet too.
const MANY_ROWS: usize = 65_536;
/// The report in the folder of a run, in the language of the run.
pub const REPORT_FILE: &str = "report.html";
/// The same as PDF, where the program makes it.
pub const PDF_FILE: &str = "report.pdf";
/// The spreadsheet in the folder of a run, in the language of the run.
pub const SPREADSHEET_FILE: &str = "results.xlsx";
/// The folder of the figures in the folder of a run.
pub const FIGURES_FOLDER: &str = "figures";

/// What a run writes, besides its manifest.
pub struct Contents<'a> {
    /// What was run.
    pub study: &'a Study,
    /// What came of it.
    pub outcome: &'a Outcome,
    /// How inputs were tied together.
    pub dependences: &'a [Dependence],
    /// Tables that were made before, to be printed.
    pub made: Vec<Table>,
    /// What authors wrote for the report.
    pub texts: &'a [TextFile],
    /// Whether there is a report.
    pub report: bool,
    /// Whether there are figures beside it.
    pub figures: bool,
    /// Whether there is a spreadsheet.
    pub spreadsheet: bool,
    /// Language of figures and report.
    pub language: Language,
    /// Threads that draw; 0 for one per processor.
    pub threads: usize,
}

/// Writes everything but the manifest.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &mut RunFolder, contents: Contents<'_>) -> Result<(), Failure> {
    let (study, outcome, language) = (contents.study, contents.outcome, contents.language);
    let needed = report::tables_of(outcome.draws as u64);
    let is_needed = |table: &Table| {
        needed.contains(&table.name.as_str()) || mkba_spreadsheet::TABLES.contains(&table.name.as_str())
    };
    // The table with a row for every draw comes first, so that it is not in memory together with all others.
    let balances = tables::balances(outcome);
    folder.write_parquet(&balances)?;
    let balances = Some(balances).filter(is_needed);
    folder.write_parquet(&tables::inputs(outcome))?;
    let convention = study.rulebook.rulebook.ratio.convention;
    let mut tables = small_tables(outcome, contents.dependences, contents.made, convention);
    tables.push(sources::table(&sources::numbers(&study.declarations, &study.sources)));
    tables.push(measures::table(&study.declarations));
    for table in &tables {
        folder.write_csv(table)?;
        if table.row_count() > MANY_ROWS {
            folder.write_parquet(table)?;
        }
    }
    folder.write_file(CATALOGUE_FILE, catalogue_json(&outcome.catalogue).as_bytes())?;
    folder.write_file(report::RULEBOOK_FILE, study.rulebook.text())?;
    for text in contents.texts {
        folder.write_file(&text.path, text.text.as_bytes())?;
    }
    let texts = contents
        .texts
        .iter()
        .map(|text| (text.path_in(&study.path), text.text.as_bytes()));
    keep_project(folder, study, [&study.rulebook], texts)?;

    tables.extend(balances);
    tables.retain(is_needed);
    let run = RunTables {
        catalogue: outcome.catalogue.clone(),
        draws: outcome.draws as u64,
        tables,
    };
    let drawn = if contents.figures || contents.report {
        figures::drawn(figures::all(&run)?, language.into())?
    } else {
        Vec::new()
    };
    if contents.figures {
        for (drawn, png) in drawn
            .iter()
            .zip(figures::pixels(&drawn, language.into(), contents.threads)?)
        {
            let path = |end: &str| format!("{FIGURES_FOLDER}/{}.{end}", drawn.figure.name);
            folder.write_file(path("svg"), drawn.svg.as_bytes())?;
            folder.write_file(path("png"), &png)?;
            folder.write_csv_in(FIGURES_FOLDER, &drawn.figure.data())?;
        }
    }
    if contents.spreadsheet {
        let bytes = mkba_spreadsheet::spreadsheet(&run, language)
            .map_err(|reason| Failure::Machine(format!("the spreadsheet cannot be made: {reason}")))?;
        folder.write_file(SPREADSHEET_FILE, &bytes)?;
    }
    if contents.report {
        let report = report::of_outcome(run, drawn, study, contents.texts, language)?;
        folder.write_file(REPORT_FILE, mkba_report::html(&report).as_bytes())?;
        if report::MAKES_PDF {
            folder.write_file(PDF_FILE, &report::pdf(&report)?)?;
        }
    }
    Ok(())
}

/// Copies of all files of the project that were read, as they were read, so that it can be run again and compared when the project has
/// changed or is elsewhere; the rulebooks among them, also those that come with the program.
///
/// # Errors
/// A file cannot be written.
pub fn keep_project<'a>(
    folder: &mut RunFolder,
    study: &'a Study,
    rulebooks: impl IntoIterator<Item = &'a LoadedRulebook>,
    others: impl IntoIterator<Item = (String, &'a [u8])>,
) -> Result<(), Failure> {
    let sources = study.sources.files().iter();
    let rulebooks = rulebooks.into_iter().flat_map(|rulebook| &rulebook.files);
    let mut files: BTreeMap<String, &[u8]> = sources.map(|file| (file.path.clone(), file.text.as_bytes())).collect();
    files.extend(rulebooks.map(|(path, bytes)| (path.clone(), bytes.as_slice())));
    files.extend(others);
    for (path, bytes) in files {
        folder.write_file(format!("{PROJECT_FOLDER}/{path}"), bytes)?;
    }
    Ok(())
}

/// The tables that are written as CSV, in the order of writing.
fn small_tables(
    outcome: &Outcome,
    dependences: &[Dependence],
    made: Vec<Table>,
    convention: RatioConvention,
) -> Vec<Table> {
    let mut all = made;
    all.push(tables::parties(outcome));
    all.extend(tables::regions(outcome));
    all.extend(tables::interaction_flows(outcome));
    all.extend(tables::interaction_gates(outcome));
    all.extend(tables::gates(outcome));
    all.extend(tables::limits(outcome));
    all.extend([
        tables::timeline(outcome),
        tables::cumulative(outcome),
        tables::indicators(outcome, convention),
        tables::convergence(outcome),
        tables::checklist(&outcome.catalogue),
        tables::distribution(outcome),
        tables::regret(outcome),
    ]);
    let analyses = [
        mkba_analysis::influence(outcome),
        mkba_analysis::information(outcome),
        mkba_analysis::input_correlations(outcome, dependences),
    ];
    all.extend(analyses.into_iter().flatten());
    all
}

/// What a sweep is, beside its tables.
#[derive(Serialize)]
struct SweepFile<'a> {
    points: Points,
    axes: &'a [AxisEntry],
    draws: u64,
    seed: u64,
    catalogue: &'a Catalogue,
}

/// The text of [`mkba_results::SWEEP_FILE`].
pub fn sweep_json(outcome: &SweepOutcome) -> String {
    let file = SweepFile {
        points: outcome.points,
        axes: &outcome.axes,
        draws: outcome.draws,
        seed: outcome.seed,
        catalogue: &outcome.catalogue,
    };
    let mut text = serde_json::to_string_pretty(&file).expect("plain fields with text keys always serialise");
    text.push('\n');
    text
}

fn catalogue_json(catalogue: &Catalogue) -> String {
    let mut text = serde_json::to_string_pretty(catalogue).expect("plain fields with text keys always serialise");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overview::sample;

    #[test]
    fn a_catalogue_is_read_back_as_it_was() {
        let (_, catalogue) = sample::run(3);
        let read: Catalogue = serde_json::from_str(&catalogue_json(&catalogue)).expect("valid");
        assert_eq!(read, catalogue);
    }
}
