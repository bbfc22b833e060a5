//! `mkba bench`: how fast a study is read, compiled and run on this machine.
use crate::arguments::BenchArguments;
use crate::bench::measure::{Bench, Plan};
use crate::bench::report::Report;
use crate::failure::Failure;
use crate::{interrupt, pipeline, terminal};
use std::num::NonZero;
use std::path::Path;

/// The study that is measured when none is given.
const BENCHMARK: &str = "scenarios/campus-cba-30.toml";

/// Measures and prints.
///
/// # Errors
/// The study has errors, a draw gave an impossible value, or it was interrupted.
pub fn bench(arguments: &BenchArguments) -> Result<(), Failure> {
    let stop = interrupt::flag()?;
    let study = match &arguments.study {
        Some(study) => study.clone(),
        None => {
            let (files, _) = pipeline::open(Path::new("."))?;
            files.root().join(BENCHMARK)
        }
    };
    let threads = match arguments.threads {
        0 => std::thread::available_parallelism().map_or(1, NonZero::get),
        number => number,
    };
    let mut bench = Bench::new(Plan {
        study: &study,
        draws: arguments.draws,
        threads,
        stop,
    })?;
    let mut repetitions = Vec::new();
    for _ in 0..arguments.repetitions {
        interrupt::check(stop)?;
        repetitions.push(bench.repeat()?);
    }
    let shown = arguments
        .study
        .as_deref()
        .unwrap_or(Path::new(BENCHMARK))
        .display()
        .to_string();
    let report = Report::of(&bench, shown, threads, &repetitions);
    terminal::print(&if arguments.json { report.json() } else { report.text() })
}
