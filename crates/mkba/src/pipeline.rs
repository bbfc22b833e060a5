//! From a path to an outcome: reading, compiling and running a study, with every failure in words.
use crate::failure::{Failure, Found};
use crate::lock;
use crate::progress::Progress;
use crate::rulebooks::{self, LoadedRulebook};
use mkba_core::appraisal::Detail;
use mkba_core::appraisal::catalogue::GateReading;
use mkba_core::compiled::Compiled;
use mkba_core::lane::Isa;
use mkba_lang::declarations::Declarations;
use mkba_lang::diagnostic::{Diagnostic, Diagnostics, Severity};
use mkba_lang::project::{DiskFiles, locate};
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mkba_montecarlo::design::{self, Dimensions};
use mkba_montecarlo::{Finished, NotFinite, Plan, RunError, Settings, SpanStore, Until};
use mkba_results::ResultsError;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

pub mod memory;

/// Draws evaluated together. Changes speed only.
pub const BLOCK: usize = 64;

/// What the command line says in place of the study.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overrides<'a> {
    /// Number of draws.
    pub draws: Option<u64>,
    /// Seed.
    pub seed: Option<u64>,
    /// Design of the draws.
    pub design: Option<design::Kind>,
    /// Rulebook.
    pub rulebook: Option<&'a str>,
    /// Reading of the gates, also for all interactions.
    pub gates: Option<GateReading>,
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
    /// Dimensions of the Sobol design, when that is the design.
    pub dimensions: Dimensions,
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
        if files.root().join(&path).is_dir() {
            let fault = Diagnostic::unplaced("E0001", format!("`{path}` is a folder, and a study is a file"));
            return Err(Failure::unplaced(
                fault.help("name a study, such as `scenarios/NAME.toml`"),
            ));
        }
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let Some(mut declarations) = read_study(&files, &path, &mut sources, &mut diagnostics) else {
            return Err(failure(diagnostics, sources));
        };
        let study = &mut declarations.study;
        study.draws.value = overrides.draws.unwrap_or(study.draws.value);
        study.seed = overrides.seed.unwrap_or(study.seed);
        if let Some(design) = overrides.design {
            design.name().clone_into(&mut study.design.value);
        }
        if let Some(id) = overrides.rulebook {
            study.rulebook = id.to_owned();
        }
        if let Some(reading) = overrides.gates {
            study.gates = reading;
            declarations.interactions.iter_mut().for_each(|it| it.gates.clear());
        }
        let rulebook = rulebooks::load(&files, &declarations.study.rulebook)?;
        rulebooks::check_start(&files, &declarations.study, &rulebook.rulebook, &mut diagnostics);
        let dimensions = if declarations.study.design.value == design::Kind::Sobol.name() {
            lock::read(&files, &declarations.model.folder, &mut sources)?
        } else {
            Dimensions::default()
        };
        let root = files.root().to_path_buf();
        Ok(Self {
            root,
            path,
            declarations,
            sources,
            diagnostics,
            rulebook,
            dimensions,
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
        let compiled = compiled
            .ok_or_else(|| failure(std::mem::take(&mut self.diagnostics), std::mem::take(&mut self.sources)))?;
        if self.design() == design::Kind::Sobol {
            let names = compiled.inputs.iter().map(|input| input.name.as_str());
            lock::require(&self.dimensions, names, &self.declarations.model.folder, &self.path)?;
        }
        Ok(compiled)
    }

    /// Compiles it for its balances alone, with its gates read in another way.
    ///
    /// # Errors
    /// As for [`Study::compile`].
    pub fn compile_balances(&mut self, reading: GateReading) -> Result<Compiled, Failure> {
        let own = std::mem::replace(&mut self.declarations.study.gates, reading);
        let mut diagnostics = Diagnostics::default();
        let compiled = mkba_lang::compile(
            &self.declarations,
            &self.sources,
            &self.rulebook.rulebook,
            Detail::WholeBalances,
            &mut diagnostics,
        );
        self.declarations.study.gates = own;
        compiled.ok_or_else(|| failure(diagnostics, std::mem::take(&mut self.sources)))
    }

    /// Readings of the gates that interactions ask for beside that of the study.
    pub fn other_readings(&self) -> Vec<GateReading> {
        let asked = |reading: &GateReading| {
            self.declarations
                .interactions
                .iter()
                .any(|it| it.gates.contains(reading))
        };
        let own = self.declarations.study.gates;
        let all = GateReading::ALL.into_iter();
        all.filter(|reading| *reading != own && asked(reading)).collect()
    }

    /// The design of the draws with its dimensions.
    pub fn chosen_design(&self) -> design::Chosen {
        design::Chosen {
            kind: self.design(),
            dimensions: self.dimensions.clone(),
        }
    }

    /// How the draws are laid out; the table of kinds allows no other names.
    pub fn design(&self) -> design::Kind {
        design::Kind::of(&self.declarations.study.design.value).unwrap_or_default()
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
    /// How the draws are laid out.
    pub design: design::Kind,
    /// Dimensions of the Sobol design.
    pub dimensions: &'a Dimensions,
    /// Threads; 0 for one per processor.
    pub threads: usize,
    /// No progress bar.
    pub quiet: bool,
    /// Stops the run.
    pub stop: &'a AtomicBool,
    /// The first so many draws are kept one by one.
    pub keep: usize,
    /// Ends the draws when it holds.
    pub until: Option<&'a Until>,
    /// Ends the draws in time.
    pub max_time: Option<Duration>,
    /// Bytes of memory that the run may need; what is free if none is given.
    pub max_memory: Option<u64>,
    /// Where spans are stored as they grow.
    pub spans: Option<&'a dyn SpanStore>,
}

/// Runs a compiled study.
///
/// # Errors
/// A draw gave an impossible value, the run was stopped, or the machine is too small.
pub fn evaluate(compiled: &Compiled, settings: &RunSettings<'_>) -> Result<Finished, Failure> {
    let progress = Progress::new(settings.draws, settings.quiet);
    evaluate_as_part(compiled, settings, &progress)
}

/// Runs a compiled study that is one of several, under a progress bar for all of them.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_as_part(
    compiled: &Compiled,
    settings: &RunSettings<'_>,
    progress: &Progress,
) -> Result<Finished, Failure> {
    let draws = usize::try_from(settings.draws).map_err(|_| too_many(settings.draws))?;
    let for_the_runner = Settings {
        draws,
        seed: settings.seed,
        threads: settings.threads,
        block: BLOCK,
        isa: Isa::detect(),
        keep_inputs: true,
        progress: &|done| progress.add(done),
        stop: settings.stop,
    };
    let plan = Plan {
        design: settings.design,
        dimensions: Some(settings.dimensions),
        keep: settings.keep,
        until: settings.until,
        deadline: settings.max_time.map(|time| Instant::now() + time),
        spans: settings.spans,
        portion: None,
    };
    memory::require(compiled, &for_the_runner, &plan, settings.max_memory)?;
    mkba_montecarlo::run_planned(compiled, &for_the_runner, &plan).map_err(run_failure)
}

/// Why there is no outcome, in words.
pub fn run_failure(error: RunError) -> Failure {
    match error {
        RunError::Stopped => Failure::Interrupted,
        RunError::NotFinite(value) => Failure::Draw(Box::new(not_finite(&value))),
        RunError::Store(error) => match error.downcast::<ResultsError>() {
            Ok(error) => Failure::Results(error),
            Err(error) => Failure::Machine(format!("a span cannot be stored: {error}")),
        },
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
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
