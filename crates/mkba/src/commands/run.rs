//! `mkba run`: reads, compiles, evaluates, prints, writes.
use crate::arguments::RunArguments;
use crate::failure::Failure;
use crate::pipeline::{self, Overrides, RunSettings, Study};
use crate::run_folder::{self, Contents, FIGURES_FOLDER, PDF_FILE, REPORT_FILE, SPREADSHEET_FILE};
use crate::spans::Spans;
use crate::{clock, interplay, interrupt, manifest, overview, report, terminal};
use mkba_core::outcome::Outcome;
use mkba_core::tables;
use mkba_montecarlo::{Finished, StoppedBy};
use mkba_results::{Existing, Manifest, PROJECT_FOLDER, RunFolder};
use std::path::{Path, PathBuf};

/// Runs a study. Nothing is written before everything is known to be right, and the run gets its name at the very end.
///
/// # Errors
/// As [`Failure`] says.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    perform(arguments, !arguments.quiet)
}

/// As [`run`], with nothing to see but the progress bar, and that only if the arguments want it.
///
/// # Errors
/// As [`Failure`] says.
pub fn run_silently(arguments: &RunArguments) -> Result<(), Failure> {
    perform(arguments, false)
}

/// Runs a study; `aloud` prints its table and what there is to say.
fn perform(arguments: &RunArguments, aloud: bool) -> Result<(), Failure> {
    let stop = interrupt::flag()?;
    let started = clock::now();
    let overrides = Overrides {
        draws: arguments.draws,
        seed: arguments.seed,
        design: arguments.design,
        rulebook: arguments.rulebook.as_deref(),
        gates: arguments.gates,
    };
    let mut study = Study::read(&arguments.study, overrides)?;
    let compiled = study.compile()?;
    let texts = report::of_study(&study)?;
    if aloud {
        report_warnings(&study, arguments);
    }
    interrupt::check(stop)?;
    // Before the work, so that an occupied folder or a full disk is known at once.
    let existing = if arguments.overwrite {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let destination = destination(arguments, &study);
    let mut folder = RunFolder::begin(&destination, existing)?;
    let spans = Spans::beside(&destination, arguments.resume)?;
    say(aloud, spans.greeting());
    let declared = &study.declarations.study;
    let asked = declared.draws.value;
    let dimensions = study.dimensions.clone();
    let settings = RunSettings {
        draws: asked,
        seed: declared.seed,
        design: study.design(),
        dimensions: &dimensions,
        threads: arguments.threads,
        quiet: arguments.quiet,
        stop,
        keep: arguments.keep,
        until: arguments.until.as_ref(),
        max_time: arguments.max_time,
        max_memory: arguments.max_memory,
        spans: Some(&spans),
    };
    let finished = match pipeline::evaluate(&compiled, &settings) {
        Err(failure) => {
            match failure {
                // The study has to change first, and then its spans are of no use.
                Failure::Draw(_) => spans.clear()?,
                _ => say(aloud, spans.farewell("--resume")),
            }
            return Err(failure);
        }
        Ok(finished) => finished,
    };
    let outcome = &finished.outcome;
    let others = other_readings(&mut study, &settings, outcome.draws as u64)?;
    let all: Vec<&Outcome> = std::iter::once(outcome).chain(&others).collect();
    let interactions = tables::interactions(&all);
    let convention = study.rulebook.rulebook.ratio.convention;
    let table = tables::overview(outcome, convention);
    let language = arguments.lang.into();
    if aloud {
        let text = overview::overview(&table, &outcome.catalogue, outcome.draws as u64, language)
            .map_err(|missing| Failure::Machine(format!("the overview is incomplete: {missing}")))?;
        terminal::print(&text)?;
        if let Some(interactions) = &interactions {
            let (flows, gates) = (tables::interaction_flows(outcome), tables::interaction_gates(outcome));
            let told = interplay::Tables {
                interactions,
                flows: flows.as_ref(),
                gates: gates.as_ref(),
            };
            let text = interplay::interplay(&told, &outcome.catalogue, language)
                .map_err(|missing| Failure::Machine(format!("the interactions are incomplete: {missing}")))?;
            terminal::print(&text)?;
        }
    }
    let contents = Contents {
        study: &study,
        outcome,
        dependences: &compiled.dependences,
        made: std::iter::once(table).chain(interactions).collect(),
        texts: &texts,
        report: !arguments.no_report,
        figures: !arguments.no_figures,
        spreadsheet: !arguments.no_spreadsheet,
        language,
        threads: arguments.threads,
    };
    run_folder::write(&mut folder, contents)?;
    interrupt::check(stop)?;
    let done = manifest::Done {
        run: &finished,
        until: arguments.until.as_ref(),
        threads: threads(arguments.threads),
        started,
        finished: clock::now(),
    };
    let place = folder.commit(manifest::manifest(&study, &compiled, done))?;
    for sentence in what_was_done(&finished, asked) {
        say(aloud, Some(sentence));
    }
    if finished.stopped_by == StoppedBy::Time {
        say(aloud, spans.farewell("--resume --overwrite"));
    } else {
        spans.clear()?;
    }
    let place = terminal::shown(&place);
    say(aloud, Some(format!("written to {}", place.display())));
    for (is_there, what, file) in [
        (!arguments.no_report, "report", REPORT_FILE),
        (!arguments.no_report && report::MAKES_PDF, "report as PDF", PDF_FILE),
        (!arguments.no_spreadsheet, "spreadsheet", SPREADSHEET_FILE),
        (!arguments.no_figures, "figures", FIGURES_FOLDER),
    ] {
        if is_there {
            say(aloud, Some(format!("{what}: {}", place.join(file).display())));
        }
    }
    Ok(())
}

/// The same draws with the gates read as interactions ask for beside the reading of the study, for the balances alone.
fn other_readings(study: &mut Study, settings: &RunSettings<'_>, draws: u64) -> Result<Vec<Outcome>, Failure> {
    let mut outcomes = Vec::new();
    for reading in study.other_readings() {
        let compiled = study.compile_balances(reading)?;
        let settings = RunSettings {
            draws,
            keep: 0,
            until: None,
            max_time: None,
            spans: None,
            ..*settings
        };
        outcomes.push(pipeline::evaluate(&compiled, &settings)?.outcome);
    }
    Ok(outcomes)
}

/// What is not as one would expect from the command: fewer draws, draws from an earlier run, a rule that does not hold.
fn what_was_done(finished: &Finished, asked: u64) -> Vec<String> {
    let (draws, kept) = (finished.outcome.draws, finished.outcome.kept);
    let mut sentences = Vec::new();
    if finished.loaded > 0 {
        sentences.push(format!("{} of {draws} draws were finished before", finished.loaded));
    }
    match finished.stopped_by {
        StoppedBy::Time => sentences.push(format!("the time was up after {draws} of {asked} draws")),
        StoppedBy::Until => sentences.push(format!("the rule holds after {draws} of at most {asked} draws")),
        StoppedBy::Draws if finished.verdict.is_some() => {
            sentences.push(format!(
                "the rule does not hold after all {draws} draws; more can be asked for with `--draws`"
            ));
        }
        StoppedBy::Draws => {}
    }
    sentences.extend(finished.verdict.iter().flat_map(|verdict| verdict.sentences.clone()));
    if kept < draws {
        sentences.push(format!(
            "npv.parquet and inputs.parquet hold the first {kept} of {draws} draws (`--keep`); all others hold all draws"
        ));
    }
    sentences
}

fn say(aloud: bool, sentence: Option<String>) {
    if let Some(sentence) = sentence
        && aloud
    {
        terminal::message(&sentence);
    }
}

/// The folder asked for, or `runs/` of the project with the name of the study; of a project that a run kept, beside that run.
fn destination(arguments: &RunArguments, study: &Study) -> PathBuf {
    let stem = || Path::new(&study.path).file_stem().unwrap_or_default().to_owned();
    arguments.out.clone().unwrap_or_else(|| match run_around(&study.root) {
        Some(run) => {
            let mut name = run.file_name().unwrap_or_default().to_owned();
            name.push("-again");
            run.with_file_name(name)
        }
        None => study.root.join("runs").join(stem()),
    })
}

/// The folder of the run that kept a project, if it is one that a run kept.
fn run_around(root: &Path) -> Option<&Path> {
    let run = root.parent().filter(|_| root.ends_with(PROJECT_FOLDER))?;
    Manifest::of_run(run).is_ok().then_some(run)
}

/// Threads that are used when `asked` for.
fn threads(asked: usize) -> usize {
    match asked {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        number => number,
    }
}

fn report_warnings(study: &Study, arguments: &RunArguments) {
    let number = pipeline::warnings(&study.diagnostics);
    if number > 0 {
        let warnings = if number == 1 { "warning" } else { "warnings" };
        let study = arguments.study.display();
        terminal::message(&format!(
            "{number} {warnings}: `mkba check {study}` shows what to look at"
        ));
    }
}
