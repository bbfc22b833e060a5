//! From a path to an outcome: reading, compiling and running a study, with every failure in words.
use crate::failure::{Failure, Found};
use crate::progress::Progress;
use crate::rulebooks::{self, LoadedRulebook};
use mkba_core::appraisal::Detail;
use mkba_core::compiled::Compiled;
use mkba_core::lane::Isa;
use mkba_core::outcome::Outcome;
use mkba_lang::declarations::Declarations;
use mkba_lang::diagnostic::{Diagnostic, Diagnostics, Severity};
use mkba_lang::project::{DiskFiles, locate};
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mkba_montecarlo::{NotFinite, RunError, Settings};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Draws evaluated together. Changes speed only.
pub const BLOCK: usize = 64;

/// What the command line says in place of the study.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overrides<'a> {
    /// Number of draws.
    pub draws: Option<u64>,
    /// Seed.
    pub seed: Option<u64>,
    /// Rulebook.
    pub rulebook: Option<&'a str>,
}

/// A study that was read without errors.
#[derive(Debug)]
pub struct Study {
    /// Root folder of the project.
    pub root: PathBuf,
    /// Path of the study file from there.
    pub path: String,
    /// Everything it declares, overrides applied.
    pub declarations: Declarations,
    /// All text that was read.
    pub sources: Sources,
    /// What was found so far: warnings only.
    pub diagnostics: Diagnostics,
    /// The appraisal rules.
    pub rulebook: LoadedRulebook,
}

/// The files of the project around a path, and the path from its root.
///
/// # Errors
/// The path does not exist or is in no project.
pub fn open(path: &Path) -> Result<(DiskFiles, String), Failure> {
    let located = locate(path).map_err(Failure::unplaced)?;
    let files = DiskFiles::new(&located.root).map_err(|error| {
        let message = format!("`{}` cannot be read: {error}", located.root.display());
        Failure::unplaced(Diagnostic::unplaced("E0001", message))
    })?;
    Ok((files, located.path))
}

impl Study {
    /// Reads a study and its rulebook.
    ///
    /// # Errors
    /// Everything that is wrong in its files, at once.
    pub fn read(path: &Path, overrides: Overrides<'_>) -> Result<Self, Failure> {
        let (files, path) = open(path)?;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let Some(mut declarations) = read_study(&files, &path, &mut sources, &mut diagnostics) else {
            return Err(failure(diagnostics, sources));
        };
        let study = &mut declarations.study;
        study.draws.value = overrides.draws.unwrap_or(study.draws.value);
        study.seed = overrides.seed.unwrap_or(study.seed);
        if let Some(id) = overrides.rulebook {
            study.rulebook = id.to_owned();
        }
        let rulebook = rulebooks::load(&files, &declarations.study.rulebook)?;
        let root = files.root().to_path_buf();
        Ok(Self {
            root,
            path,
            declarations,
            sources,
            diagnostics,
            rulebook,
        })
    }

    /// Compiles it.
    ///
    /// # Errors
    /// Everything that is wrong in its formulas, units and flows, at once.
    pub fn compile(&mut self) -> Result<Compiled, Failure> {
        let compiled = mkba_lang::compile(
            &self.declarations,
            &self.sources,
            &self.rulebook.rulebook,
            Detail::Full,
            &mut self.diagnostics,
        );
        compiled.ok_or_else(|| failure(std::mem::take(&mut self.diagnostics), std::mem::take(&mut self.sources)))
    }
}

/// A failure of what was found in the files.
pub fn failure(diagnostics: Diagnostics, sources: Sources) -> Failure {
    Failure::Study(Box::new(Found {
        diagnostics: diagnostics.list().to_vec(),
        sources,
    }))
}

/// Number of warnings.
pub fn warnings(diagnostics: &Diagnostics) -> usize {
    diagnostics
        .list()
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Warning)
        .count()
}

/// How a run is done.
pub struct RunSettings<'a> {
    /// Number of draws.
    pub draws: u64,
    /// Seed.
    pub seed: u64,
    /// Threads; 0 for one per processor.
    pub threads: usize,
    /// No progress bar.
    pub quiet: bool,
    /// Stops the run.
    pub stop: &'a AtomicBool,
}

/// Runs a compiled study.
///
/// # Errors
/// A draw gave an impossible value, the run was stopped, or the machine is too small.
pub fn evaluate(compiled: &Compiled, settings: &RunSettings<'_>) -> Result<Outcome, Failure> {
    let draws = usize::try_from(settings.draws).map_err(|_| too_many(settings.draws))?;
    require_memory(compiled, settings.draws)?;
    let progress = Progress::new(settings.draws, settings.quiet);
    let result = mkba_montecarlo::run(
        compiled,
        &Settings {
            draws,
            seed: settings.seed,
            threads: settings.threads,
            block: BLOCK,
            isa: Isa::detect(),
            keep_inputs: true,
            progress: &|done| progress.add(done),
            stop: settings.stop,
        },
    );
    drop(progress);
    result.map_err(|error| match error {
        RunError::Stopped => Failure::Interrupted,
        RunError::NotFinite(value) => Failure::Draw(Box::new(not_finite(&value))),
        RunError::Threads(message) => Failure::Machine(format!("threads cannot be started: {message}")),
        RunError::Inputs(faults) => {
            let diagnostics = faults
                .iter()
                .map(|fault| Diagnostic::unplaced("E0023", fault.to_string()))
                .collect();
            Failure::Study(Box::new(Found {
                diagnostics,
                sources: Sources::default(),
            }))
        }
    })
}

/// What went wrong in which draw, and the inputs behind it.
fn not_finite(found: &NotFinite) -> Diagnostic {
    let element = if found.element.is_empty() {
        String::new()
    } else {
        format!("[{}]", found.element)
    };
    let year = found.year.map_or_else(String::new, |year| format!(" in {year}"));
    let place = format!(
        "`{}{element}`{year}, draw {}, scenario `{}`",
        found.name, found.draw, found.scenario
    );
    let diagnostic = if found.negative {
        Diagnostic::unplaced("E0602", format!("a gate or ration got a negative amount at {place}"))
    } else {
        let value = if found.value.is_nan() {
            "not a number"
        } else {
            "infinite"
        };
        Diagnostic::unplaced("E0601", format!("the value is {value} at {place}"))
    };
    let inputs = found
        .inputs
        .iter()
        .map(|(name, value)| format!("{name} = {value} (base unit)"));
    inputs.fold(diagnostic, Diagnostic::note)
}

fn too_many(draws: u64) -> Failure {
    Failure::Use(format!(
        "{draws} draws are more than this machine can count; choose fewer with `--draws`"
    ))
}

/// Refuses a run whose numbers do not fit in memory, before it starts.
fn require_memory(compiled: &Compiled, draws: u64) -> Result<(), Failure> {
    let Some(available) = available_memory() else {
        return Ok(());
    };
    let needed = needed_memory(compiled, draws);
    if needed <= available {
        return Ok(());
    }
    let gigabytes = |bytes: u128| bytes as f64 / 1e9;
    Err(Failure::Use(format!(
        "{draws} draws need about {:.1} GB of memory and {:.1} GB are available; choose fewer with `--draws`",
        gigabytes(needed),
        gigabytes(available)
    )))
}

/// Copies of every number of every draw while quantiles are taken: gathered, joined, sorted.
const COPIES: u64 = 3;
/// Bytes of a row of `npv.parquet` while it is written: names, numbers, and both again as columns.
const BYTES_PER_BALANCE: u64 = 400;

/// Bytes of memory that a run takes at most, apart from what does not grow with the draws.
fn needed_memory(compiled: &Compiled, draws: u64) -> u128 {
    let outputs: u64 = compiled
        .program
        .outputs
        .iter()
        .map(|(_, positions)| u64::from(*positions))
        .sum();
    let numbers = outputs * u64::from(compiled.program.scenarios) + compiled.inputs.len() as u64;
    let cases = u64::from(compiled.program.scenarios) * compiled.catalogue.alternatives.len() as u64;
    let per_draw = numbers * COPIES * size_of::<f64>() as u64 + cases * BYTES_PER_BALANCE;
    u128::from(draws) * u128::from(per_draw)
}

/// Bytes that Linux says can be had without swapping; unknown elsewhere.
fn available_memory() -> Option<u128> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u128 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::Ordering;

    fn found(negative: bool) -> NotFinite {
        NotFinite {
            draw: 17,
            scenario: "low".into(),
            name: "use_per_space".into(),
            element: "delft".into(),
            year: Some(2031),
            value: f64::INFINITY,
            negative,
            inputs: vec![("rent".into(), 205.5)],
        }
    }

    #[test]
    fn a_value_that_is_not_finite_is_placed() {
        let failure = Failure::Draw(Box::new(not_finite(&found(false))));
        assert_eq!(failure.exit_code(), 3);
        let message = failure.message();
        for part in [
            "E0601",
            "infinite",
            "use_per_space[delft]",
            "2031",
            "draw 17",
            "`low`",
            "rent = 205.5",
        ] {
            assert!(message.contains(part), "{part} in\n{message}");
        }
    }

    #[test]
    fn a_negative_amount_in_a_gate_has_its_own_code() {
        assert_eq!(not_finite(&found(true)).code, "E0602");
    }

    #[test]
    fn a_run_that_does_not_fit_in_memory_is_refused_before_it_starts() {
        let compiled = Compiled {
            program: mkba_core::program::Program {
                outputs: vec![(mkba_core::program::Source::Rows(0), 3)],
                scenarios: 2,
                ..Default::default()
            },
            graph: mkba_core::graph::Graph::new(Default::default(), 2, 1),
            inputs: Vec::new(),
            catalogue: Default::default(),
            outputs: Vec::new(),
            yearly: Vec::new(),
        };
        assert_eq!(needed_memory(&compiled, 1000), 1000 * 6 * 24);
        let stop = AtomicBool::new(false);
        stop.store(true, Ordering::Relaxed);
        let settings = RunSettings {
            draws: 1 << 50,
            seed: 1,
            threads: 1,
            quiet: true,
            stop: &stop,
        };
        if available_memory().is_some() {
            let failure = evaluate(&compiled, &settings).expect_err("too much");
            assert_eq!(failure.exit_code(), 2);
            assert!(failure.message().contains("--draws"));
        }
    }
}
