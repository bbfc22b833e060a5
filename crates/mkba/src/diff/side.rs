//! A finished run with all that it was made of.
use crate::failure::Failure;
use crate::rulebooks::{self, LoadedRulebook};
use crate::{lock, pipeline};
use mkba_core::appraisal::catalogue::{Catalogue, GateReading};
use mkba_core::tables::overview::kind::BALANCE;
use mkba_lang::project::MemoryFiles;
use mkba_lang::source::Sources;
use mkba_montecarlo::Dimensions;
use mkba_montecarlo::design::Kind;
use mkba_results::{FinishedRun, Manifest, ResultsError, SWEEP_FILE};
use std::collections::BTreeMap;
use std::ops::{Add, Sub};
use std::path::{Path, PathBuf};

/// Mean balances of a case, in EUR.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Balance {
    /// Of all flows.
    pub all: f64,
    /// Without the flows that are kept separate.
    pub without_separate: f64,
}

impl Balance {
    /// Half of it.
    pub fn half(self) -> Self {
        Self {
            all: self.all / 2.0,
            without_separate: self.without_separate / 2.0,
        }
    }
}

impl Sub for Balance {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            all: self.all - other.all,
            without_separate: self.without_separate - other.without_separate,
        }
    }
}

impl Add for Balance {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            without_separate: self.without_separate + other.without_separate,
        }
    }
}

/// One of the two runs.
pub struct Side {
    /// Its folder, as it was named.
    pub place: PathBuf,
    /// What made it.
    pub manifest: Manifest,
    /// Names and settings.
    pub catalogue: Catalogue,
    /// The files of the project that it was made of.
    pub files: MemoryFiles,
    /// Its rulebook.
    pub rulebook: LoadedRulebook,
    /// How its gates were read.
    pub gates: GateReading,
    /// How its draws were laid out.
    pub design: Kind,
    /// Dimensions of the Sobol design, when that is the design.
    pub dimensions: Dimensions,
    /// The balances that it published, by identifiers of scenario and alternative.
    published: BTreeMap<(String, String), Balance>,
}

impl Side {
    /// Opens a run.
    ///
    /// # Errors
    /// It is no complete run, or kept no files, or something in it cannot be understood.
    pub fn open(place: &Path) -> Result<Self, Failure> {
        let run = FinishedRun::open(place)?;
        if run.file(SWEEP_FILE)?.is_some() {
            return Err(Failure::Use(format!(
                "`{}` is a sweep; `mkba diff` compares two runs, such as two points of it that were run by themselves",
                place.display()
            )));
        }
        let kept = run.project()?;
        let manifest = run.manifest.clone();
        if kept.is_empty() {
            return Err(Failure::Use(format!(
                "`{}` kept no files of its project, as runs of earlier versions; run `{}` again, from the project as it was then",
                place.display(),
                manifest.study
            )));
        }
        let files = kept
            .into_iter()
            .fold(MemoryFiles::new(), |files, (path, bytes)| files.with(&path, bytes));
        let rulebook = rulebooks::load(&files, &manifest.rulebook.id)?;
        let unknown = |what: &str, word: &str| {
            Failure::Use(format!(
                "this version knows no {what} `{word}`; `{}` was made by mkba {}",
                place.display(),
                manifest.engine_version
            ))
        };
        let design = Kind::of(&manifest.design).ok_or_else(|| unknown("design", &manifest.design))?;
        let gates = GateReading::of(&manifest.gates).ok_or_else(|| unknown("reading of gates", &manifest.gates))?;
        let mut side = Self {
            place: place.to_owned(),
            published: published(&run)?,
            catalogue: run.catalogue.clone(),
            dimensions: Dimensions::default(),
            manifest,
            files,
            rulebook,
            gates,
            design,
        };
        if design == Kind::Sobol {
            side.dimensions = lock::read(&side.files, &side.model_folder()?, &mut Sources::default())?;
        }
        Ok(side)
    }

    /// The balance that the run published.
    pub fn published(&self, scenario: &str, alternative: &str) -> Option<Balance> {
        self.published
            .get(&(scenario.to_owned(), alternative.to_owned()))
            .copied()
    }

    /// Scenarios that it has balances of, and alternatives.
    pub fn cases(&self) -> impl Iterator<Item = &(String, String)> {
        self.published.keys()
    }

    /// Its name, as its folder has it.
    pub fn name(&self) -> String {
        let whole = std::fs::canonicalize(&self.place).unwrap_or_else(|_| self.place.clone());
        whole.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn model_folder(&self) -> Result<String, Failure> {
        let (mut sources, mut diagnostics) = (Sources::default(), mkba_lang::diagnostic::Diagnostics::default());
        let read = mkba_lang::read::read_study(&self.files, &self.manifest.study, &mut sources, &mut diagnostics);
        match read {
            Some(declared) => Ok(declared.model.folder),
            None => Err(pipeline::failure(diagnostics, sources)),
        }
    }
}

/// The mean balances in the overview of a run.
fn published(run: &FinishedRun) -> Result<BTreeMap<(String, String), Balance>, Failure> {
    let unreadable = |reason: &str| ResultsError::Unreadable {
        path: run.folder().join("overview.csv"),
        reason: reason.to_owned(),
    };
    let table = run.table("overview")?.ok_or_else(|| unreadable("the run has none"))?;
    let mut found: BTreeMap<(String, String), Balance> = BTreeMap::new();
    for row in 0..table.row_count() {
        let cell = |column: &str| table.cell(row, column).ok_or_else(|| unreadable("a column is missing"));
        let text = |column: &str| Ok::<_, ResultsError>(cell(column)?.as_text().unwrap_or_default());
        if text("kind")? != BALANCE {
            continue;
        }
        let mean = cell("pv_mean_eur")?.as_number();
        let mean = mean.ok_or_else(|| unreadable("a balance is missing"))?;
        let case = (text("scenario")?.to_owned(), text("alternative")?.to_owned());
        let case = found.entry(case).or_default();
        match text("flow")? {
            "balance" => case.all = mean,
            _ => case.without_separate = mean,
        }
    }
    Ok(found)
}
