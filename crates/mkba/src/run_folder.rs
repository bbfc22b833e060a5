//! The files of a run.
use crate::failure::Failure;
use crate::figures;
use mkba_core::appraisal::catalogue::{Catalogue, Language};
use mkba_core::finance::RatioConvention;
use mkba_core::input::Dependence;
use mkba_core::outcome::Outcome;
use mkba_core::sweep::{AxisEntry, Points, SweepOutcome};
use mkba_core::table::Table;
use mkba_core::tables;
use mkba_results::{Manifest, ResultsError, RunFolder, read_csv};
use serde::Serialize;
use std::fs;
use std::path::Path;

/// Names, labels, units and settings of a run, by which its tables can be shown.
const CATALOGUE_FILE: &str = "catalogue.json";
const OVERVIEW_FILE: &str = "overview.csv";

/// Writes everything but the manifest.
///
/// # Errors
/// A file cannot be written.
pub fn write(
    folder: &mut RunFolder,
    outcome: &Outcome,
    dependences: &[Dependence],
    overview: &Table,
    convention: RatioConvention,
    language: Language,
) -> Result<(), Failure> {
    folder.write_csv(overview)?;
    folder.write_csv(&tables::parties(outcome))?;
    if let Some(regions) = tables::regions(outcome) {
        folder.write_csv(&regions)?;
    }
    folder.write_csv(&tables::timeline(outcome))?;
    folder.write_csv(&tables::cumulative(outcome))?;
    folder.write_csv(&tables::indicators(outcome, convention))?;
    folder.write_csv(&tables::convergence(outcome))?;
    let analyses = [
        mkba_analysis::influence(outcome),
        mkba_analysis::information(outcome),
        mkba_analysis::input_correlations(outcome, dependences),
    ];
    for table in analyses.iter().flatten() {
        folder.write_csv(table)?;
    }
    folder.write_parquet(&tables::balances(outcome))?;
    folder.write_parquet(&tables::inputs(outcome))?;
    folder.write_file(CATALOGUE_FILE, catalogue_json(&outcome.catalogue).as_bytes())?;
    for (name, bytes) in figures::draw(outcome, language)? {
        folder.write_file(format!("figures/{name}"), &bytes)?;
    }
    Ok(())
}

/// Axes, names and settings of a sweep.
pub const SWEEP_FILE: &str = "sweep.json";

/// What a sweep is, beside its tables.
#[derive(Serialize)]
struct SweepFile<'a> {
    points: Points,
    axes: &'a [AxisEntry],
    draws: u64,
    seed: u64,
    catalogue: &'a Catalogue,
}

/// The text of [`SWEEP_FILE`].
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

/// What `mkba table` needs of a run.
#[derive(Debug)]
pub struct EarlierRun {
    /// What made it.
    pub manifest: Manifest,
    /// Names and settings.
    pub catalogue: Catalogue,
    /// Its overview.
    pub overview: Table,
}

impl EarlierRun {
    /// Reads a run from its folder.
    ///
    /// # Errors
    /// A file is missing, or is not what a run wrote.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let manifest = Manifest::of_run(folder)?;
        let path = folder.join(CATALOGUE_FILE);
        let text = fs::read_to_string(&path).map_err(|error| ResultsError::CannotRead {
            path: path.clone(),
            error,
        })?;
        let catalogue = serde_json::from_str(&text).map_err(|error| ResultsError::Unreadable {
            path,
            reason: error.to_string(),
        })?;
        let overview = read_csv(folder.join(OVERVIEW_FILE))?;
        Ok(Self {
            manifest,
            catalogue,
            overview,
        })
    }
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
