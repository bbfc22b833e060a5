//! The report of a run: what it is made from, of a run that is being written or of one that is finished.
mod texts;

pub use texts::{TextFile, of_study};

use crate::failure::Failure;
use crate::figures::{self, Drawn};
use crate::pipeline::Study;
use mkba_core::appraisal::catalogue::Language;
use mkba_core::rulebook::Rulebook;
use mkba_core::run_tables::RunTables;
use mkba_montecarlo::contract::SCHEME;
use mkba_report::document::Report;
use mkba_report::{AuthorText, Illustration, Material, Origin};
use mkba_results::{FinishedRun, ResultsError};

/// The rulebook as it was read, in the folder of a run.
pub const RULEBOOK_FILE: &str = "rulebook.toml";

/// The tables that sentences and tables of a report are made from; figures have their own.
const TABLES: [&str; 11] = [
    "overview",
    "parties",
    "regions",
    "indicators",
    "distribution",
    "influence",
    "sources",
    "measures",
    "checklist",
    "interactions",
    "interaction_flows",
];

/// Names of the tables that a report is made from, figures included.
pub fn tables_of(draws: u64) -> Vec<&'static str> {
    let mut names = figures::tables_of(draws);
    names.extend(TABLES);
    names.sort_unstable();
    names.dedup();
    names
}

/// The report of a run that is being written: from its tables, and what was read for it.
///
/// # Errors
/// A figure cannot be drawn, or a table lacks what the catalogue promises.
pub fn of_outcome(
    run: RunTables,
    drawn: Vec<Drawn>,
    study: &Study,
    texts: &[TextFile],
    language: Language,
) -> Result<Report, Failure> {
    let declared = &study.declarations.study;
    let files = study.sources.files().iter();
    let origin = Origin {
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        study: study.path.clone(),
        seed: declared.seed,
        draws: run.draws,
        random_scheme: SCHEME.to_owned(),
        design: declared.design.value.clone(),
        rulebook: (study.rulebook.rulebook.id.clone(), study.rulebook.blake3.clone()),
        inputs: files.map(|file| (file.path.clone(), file.hash.clone())).collect(),
    };
    let texts = texts.iter().filter_map(TextFile::author_text).collect();
    composed(run, drawn, study.rulebook.rulebook.clone(), origin, texts, language)
}

/// The report of a finished run, from its folder alone.
///
/// # Errors
/// A file of the run is missing, or was changed, or is not what a run writes.
pub fn of_run(run: &FinishedRun, language: Language) -> Result<Report, Failure> {
    let manifest = &run.manifest;
    let path = run.folder().join(RULEBOOK_FILE);
    let bytes = run.file(RULEBOOK_FILE)?.ok_or_else(|| ResultsError::Unreadable {
        path: path.clone(),
        reason: "the run was written by a version that kept no rulebook in it; run the study again".to_owned(),
    })?;
    let rulebook: Rulebook = str::from_utf8(&bytes)
        .map_err(|error| error.to_string())
        .and_then(|text| toml::from_str(text).map_err(|error| error.to_string()))
        .map_err(|reason| ResultsError::Unreadable { path, reason })?;
    let pairs = |files: &[mkba_results::FileHash]| {
        files
            .iter()
            .map(|file| (file.path.clone(), file.blake3.clone()))
            .collect()
    };
    let origin = Origin {
        engine_version: manifest.engine_version.clone(),
        study: manifest.study.clone(),
        seed: manifest.seed,
        draws: manifest.draws,
        random_scheme: manifest.random_scheme.clone(),
        design: manifest.design.clone(),
        rulebook: (manifest.rulebook.id.clone(), manifest.rulebook.blake3.clone()),
        inputs: pairs(&manifest.project_files),
    };
    let mut texts = Vec::new();
    for file in &manifest.results {
        if let Some((part, text_language)) = texts::part_of_kept(&file.path)
            && let Some(bytes) = run.file(&file.path)?
        {
            texts.push(AuthorText {
                part,
                language: text_language,
                markdown: String::from_utf8_lossy(&bytes).into_owned(),
            });
        }
    }
    let tables = run.tables(tables_of(manifest.draws))?;
    let drawn = figures::drawn(figures::all(&tables)?, language.into())?;
    composed(tables, drawn, rulebook, origin, texts, language)
}

/// Whether this program makes PDF.
pub const MAKES_PDF: bool = cfg!(feature = "pdf");

/// A report as PDF.
///
/// # Errors
/// This program was built without PDF, or a figure cannot be set.
#[cfg(feature = "pdf")]
pub fn pdf(report: &Report) -> Result<Vec<u8>, Failure> {
    mkba_pdf::pdf(report).map_err(|reason| Failure::Machine(format!("the PDF cannot be made: {reason}")))
}

/// A report as PDF.
///
/// # Errors
/// Always: this program was built without PDF.
#[cfg(not(feature = "pdf"))]
pub fn pdf(_: &Report) -> Result<Vec<u8>, Failure> {
    Err(Failure::Use(
        "this program was built without PDF; build it with `cargo build --release --features pdf`, or print the HTML to PDF from a browser"
            .to_owned(),
    ))
}

fn composed(
    run: RunTables,
    drawn: Vec<Drawn>,
    rulebook: Rulebook,
    origin: Origin,
    texts: Vec<AuthorText>,
    language: Language,
) -> Result<Report, Failure> {
    let illustrations = drawn.into_iter().map(|Drawn { figure, svg }| Illustration {
        title: figure.title(language.into()).to_owned(),
        alternative_text: figure.alt_text(language.into()),
        name: figure.name,
        svg,
    });
    let material = Material {
        illustrations: illustrations.collect(),
        run,
        rulebook,
        origin,
        texts,
    };
    mkba_report::compose(&material, language)
        .map_err(|reason| Failure::Machine(format!("no report can be made: {reason}")))
}
