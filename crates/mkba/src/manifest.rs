//! The manifest of a run: everything that is needed to repeat it.
use crate::pipeline::{BLOCK, Study};
use mkba_core::appraisal::catalogue::RateEntry;
use mkba_core::compiled::Compiled;
use mkba_montecarlo::contract::SCHEME;
use mkba_montecarlo::{Finished, StoppedBy, Until};
use mkba_results::{FileHash, Manifest, RulebookReference};
use std::collections::BTreeMap;

/// How a run was done, beside its study.
pub struct Done<'a> {
    /// What came of the draws.
    pub run: &'a Finished,
    /// The rule that could end it.
    pub until: Option<&'a Until>,
    /// Threads that were used.
    pub threads: usize,
    /// Time at which it started.
    pub started: String,
    /// Time at which it finished.
    pub finished: String,
}

/// The manifest of a finished sweep; `compiled` is the study as it stands.
pub fn of_sweep(study: &Study, compiled: &Compiled, threads: usize, started: String, finished: String) -> Manifest {
    let draws = study.declarations.study.draws.value;
    Manifest {
        started,
        finished,
        threads: match threads {
            0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            number => number,
        },
        draws,
        ended_by: "draws".to_owned(),
        ..of_study(study, compiled)
    }
}

/// The manifest of a finished run.
pub fn manifest(study: &Study, compiled: &Compiled, done: Done<'_>) -> Manifest {
    Manifest {
        started: done.started,
        finished: done.finished,
        threads: done.threads,
        draws: done.run.outcome.draws as u64,
        ended_by: match done.run.stopped_by {
            StoppedBy::Draws => "draws",
            StoppedBy::Until => "until",
            StoppedBy::Time => "max-time",
        }
        .to_owned(),
        until: done.until.map(ToString::to_string),
        draws_kept: done.run.outcome.kept as u64,
        ..of_study(study, compiled)
    }
}

/// What is known of a study before it is run.
fn of_study(study: &Study, compiled: &Compiled) -> Manifest {
    let declared = &study.declarations.study;
    let catalogue = &compiled.catalogue;
    let files = study.sources.files().iter();
    Manifest {
        engine: mkba_results::manifest::ENGINE.to_owned(),
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        started: String::new(),
        finished: String::new(),
        command: command(),
        study: study.path.clone(),
        project_files: files
            .map(|file| FileHash {
                path: file.path.clone(),
                blake3: file.hash.clone(),
            })
            .collect(),
        seed: declared.seed,
        draws: 0,
        draws_asked: declared.draws.value,
        ended_by: String::new(),
        until: None,
        draws_kept: 0,
        random_scheme: SCHEME.to_owned(),
        design: declared.design.value.clone(),
        gates: declared.gates.word().to_owned(),
        rulebook: RulebookReference {
            id: study.rulebook.rulebook.id.clone(),
            blake3: study.rulebook.blake3.clone(),
        },
        threads: 0,
        vector_width: BLOCK,
        program: size(compiled),
        price_year: catalogue.price_year,
        base_year: catalogue.base_year,
        rates: catalogue.rates.iter().map(rate).collect(),
        results: Vec::new(),
    }
}

/// The command and its arguments as typed; the program by its name, wherever it stands.
fn command() -> Vec<String> {
    let arguments = std::env::args_os().skip(1);
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    [env!("CARGO_PKG_NAME").to_owned()]
        .into_iter()
        .chain(arguments)
        .collect()
}

/// How large the compiled program is.
pub fn size(compiled: &Compiled) -> BTreeMap<String, u64> {
    let count = |number: usize| number as u64;
    [
        ("inputs", count(compiled.inputs.len())),
        ("flows", count(compiled.catalogue.flows.len())),
        ("scenarios", u64::from(compiled.program.scenarios)),
        ("alternatives", count(compiled.catalogue.alternatives.len())),
        ("years", u64::from(compiled.program.years)),
        ("outputs", count(compiled.program.outputs.len())),
        ("instructions", count(compiled.program.instructions())),
        ("operations_per_draw", compiled.program.operations_per_draw()),
    ]
    .into_iter()
    .map(|(name, number)| (name.to_owned(), number))
    .collect()
}

fn rate(entry: &RateEntry) -> String {
    let own = if entry.replaced {
        ", in place of the rulebook's"
    } else {
        ""
    };
    format!("{}: {}{own}", entry.class, entry.stated)
}
