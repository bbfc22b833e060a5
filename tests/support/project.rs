//! Files of a project in memory, the shipped ones among them, and what a study in it comes to.
use mkba_core::appraisal::Detail;
use mkba_core::compiled::Compiled;
use mkba_core::lane::Isa;
use mkba_core::outcome::Outcome;
use mkba_core::rulebook::Rulebook;
use mkba_lang::diagnostic::{Diagnostics, Severity};
use mkba_lang::project::{DiskFiles, Files, MemoryFiles};
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mkba_montecarlo::{RunError, Settings, run};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Texts by path from the project root.
#[derive(Clone, Default)]
pub struct Project {
    files: BTreeMap<String, String>,
}

/// How a study is run.
#[derive(Clone, Copy)]
pub struct Run {
    /// Number of draws.
    pub draws: usize,
    /// Seed.
    pub seed: u64,
    /// Threads.
    pub threads: usize,
    /// Draws evaluated together.
    pub block: usize,
    /// Instruction set.
    pub isa: Isa,
    /// Whether flows, parties and years are asked for, or the balances only.
    pub detail: Detail,
}

impl Run {
    /// So many draws, everything asked for.
    pub fn draws(draws: usize) -> Self {
        Self {
            draws,
            seed: 7,
            threads: 2,
            block: 64,
            isa: Isa::detect(),
            detail: Detail::Full,
        }
    }
}

impl Project {
    /// The models, scenarios and rulebooks of the repository.
    pub fn shipped() -> Self {
        let disk = DiskFiles::new(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is there");
        let mut paths = vec!["mkba.toml".to_owned()];
        for folder in ["models", "scenarios"] {
            paths.extend(disk.list(folder).expect("the folder is there"));
        }
        let text =
            |path: &str| String::from_utf8(disk.read(path).expect("the file is there")).expect("the file is UTF-8");
        Self {
            files: paths.into_iter().map(|path| (path.clone(), text(&path))).collect(),
        }
    }

    /// With another file, or another text in a file.
    pub fn with(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.insert(path.to_owned(), text.into());
        self
    }

    /// The text of a file.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        self.files.get(path).unwrap_or_else(|| panic!("no {path}"))
    }

    /// Writes all files below a folder.
    pub fn write_to(&self, folder: &Path) {
        for (path, text) in &self.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder is made");
            std::fs::write(path, text).expect("the file is written");
        }
    }

    /// With more text at the end of a file.
    pub fn append(mut self, path: &str, text: &str) -> Self {
        let file = self.files.get_mut(path).expect("the file is there");
        file.push('\n');
        file.push_str(text);
        self
    }

    /// With one passage replaced, which must stand in the file exactly once.
    #[track_caller]
    pub fn replace(mut self, path: &str, from: &str, to: &str) -> Self {
        let file = self.files.get_mut(path).expect("the file is there");
        assert_eq!(file.matches(from).count(), 1, "`{from}` in {path}");
        *file = file.replace(from, to);
        self
    }

    /// With the value of a parameter replaced.
    #[track_caller]
    pub fn set(self, path: &str, parameter: &str, value: &str) -> Self {
        let file = &self.files[path];
        let heading = format!("[parameter.{parameter}]");
        let start = file.find(&heading).unwrap_or_else(|| panic!("no {heading} in {path}"));
        let value_at = start + file[start..].find("value ").expect("a parameter has a value");
        let end = value_at + file[value_at..].find('\n').expect("a line ends");
        let text = format!("{}value = \"{value}\"{}", &file[..value_at], &file[end..]);
        self.with(path, text)
    }

    /// With the text of every file below a folder, and its path, changed.
    pub fn map(self, folder: &str, change: impl Fn(&str, &str) -> (String, String)) -> Self {
        let changed = self.files.into_iter().map(|(path, text)| {
            if path.starts_with(folder) {
                change(&path, &text)
            } else {
                (path, text)
            }
        });
        Self {
            files: changed.collect(),
        }
    }

    /// A study with everything the engine needs to evaluate it; codes and messages of all faults if it is refused.
    pub fn try_compile(&self, study: &str, detail: Detail) -> Result<Compiled, Vec<(&'static str, String)>> {
        self.try_compile_under(&rulebook(), study, detail)
    }

    /// The same under other appraisal rules.
    pub fn try_compile_under(
        &self,
        rulebook: &Rulebook,
        study: &str,
        detail: Detail,
    ) -> Result<Compiled, Vec<(&'static str, String)>> {
        let files = self.files.iter().fold(MemoryFiles::new(), |files, (path, text)| {
            files.with(path, text.as_str())
        });
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let compiled = read_study(&files, study, &mut sources, &mut diagnostics)
            .and_then(|read| mkba_lang::compile(&read, &sources, rulebook, detail, &mut diagnostics));
        let faults = diagnostics
            .list()
            .iter()
            .filter(|found| found.severity == Severity::Error);
        compiled.ok_or_else(|| faults.map(|fault| (fault.code, fault.message.clone())).collect())
    }

    /// Codes of the warnings of a study without errors.
    #[track_caller]
    pub fn warnings(&self, study: &str) -> Vec<&'static str> {
        let files = self.files.iter().fold(MemoryFiles::new(), |files, (path, text)| {
            files.with(path, text.as_str())
        });
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let read = read_study(&files, study, &mut sources, &mut diagnostics).expect("the study is read");
        let compiled = mkba_lang::compile(&read, &sources, &rulebook(), Detail::Full, &mut diagnostics);
        assert!(compiled.is_some(), "{:?}", diagnostics.list());
        diagnostics.list().iter().map(|found| found.code).collect()
    }

    /// The same for a study without faults.
    #[track_caller]
    pub fn compile(&self, study: &str, detail: Detail) -> Compiled {
        self.try_compile(study, detail)
            .unwrap_or_else(|faults| panic!("faults: {faults:#?}"))
    }

    /// The outcome of a study, or why there is none.
    #[track_caller]
    pub fn try_run(&self, study: &str, how: Run) -> Result<Outcome, RunError> {
        evaluate(&self.compile(study, how.detail), how)
    }

    /// The outcome of a study under other appraisal rules.
    #[track_caller]
    pub fn run_under(&self, rulebook: &Rulebook, study: &str, how: Run) -> Outcome {
        let compiled = self.try_compile_under(rulebook, study, how.detail);
        let compiled = compiled.unwrap_or_else(|faults| panic!("faults: {faults:#?}"));
        evaluate(&compiled, how).expect("the study runs")
    }

    /// The outcome of a study.
    #[track_caller]
    pub fn run(&self, study: &str, how: Run) -> Outcome {
        self.try_run(study, how).expect("the study runs")
    }
}

/// The outcome of a compiled study, or why there is none.
pub fn evaluate(compiled: &Compiled, how: Run) -> Result<Outcome, RunError> {
    let Run {
        draws,
        seed,
        threads,
        block,
        isa,
        ..
    } = how;
    let stop = AtomicBool::new(false);
    run(
        compiled,
        &Settings {
            draws,
            seed,
            threads,
            block,
            isa,
            keep_inputs: true,
            progress: &|_| (),
            stop: &stop,
        },
    )
}

/// The Dutch appraisal rules, from their file.
pub fn rulebook() -> Rulebook {
    rulebook_named("nl-2021")
}

/// Appraisal rules of the project, from their file.
pub fn rulebook_named(id: &str) -> Rulebook {
    let path = format!("{}/models/rulebooks/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the rulebook is there");
    let mut rulebook: Rulebook = toml::from_str(&text).expect("the rulebook is one");
    for part in rulebook.includes.clone() {
        let path = format!("{}/models/rulebooks/parts/{part}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the part is there");
        rulebook.include(toml::from_str(&text).expect("the part is one"));
    }
    rulebook.validate().expect("the rulebook has no faults");
    rulebook
}
