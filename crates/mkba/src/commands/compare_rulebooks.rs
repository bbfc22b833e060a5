//! `mkba compare-rulebooks`: the bridge from the balance under one rulebook to that under others.
use crate::arguments::CompareRulebooksArguments;
use crate::bridge::{self, Destination};
use crate::failure::Failure;
use crate::pipeline::{self, Overrides, RunSettings, Study};
use crate::{interrupt, rulebooks, terminal};
use mkba_core::rulebook::{Rulebook, SCHEDULE_MARK};
use mkba_lang::project::Files;

/// Compares a study under several rulebooks, prints the bridges and writes them where asked.
///
/// # Errors
/// The study has errors, or a rulebook refuses it; a draw gave an impossible value; the file cannot be written.
pub fn compare_rulebooks(arguments: &CompareRulebooksArguments) -> Result<(), Failure> {
    let stop = interrupt::flag()?;
    // Before the work, so that a wrong name of a file is known at once.
    let destination = arguments.out.as_deref().map(Destination::of).transpose()?;
    let named = &arguments.rulebooks;
    let overrides = Overrides {
        draws: arguments.draws,
        seed: arguments.seed,
        // Of several that are named, the first is the one that the others are compared with.
        rulebook: named.first().filter(|_| named.len() > 1).map(String::as_str),
        ..Overrides::default()
    };
    let mut study = Study::read(&arguments.study, overrides)?;
    let (files, _) = pipeline::open(&arguments.study)?;
    let others: Vec<Rulebook> = match named.as_slice() {
        [] => all_others(&files, &study)?,
        [only] => load(&files, std::slice::from_ref(only))?,
        [_, others @ ..] => load(&files, others)?,
    };
    let dimensions = study.dimensions.clone();
    let settings = RunSettings {
        draws: study.declarations.study.draws.value,
        seed: study.declarations.study.seed,
        design: study.design(),
        dimensions: &dimensions,
        threads: arguments.threads,
        quiet: arguments.quiet,
        stop,
        keep: 0,
        until: None,
        max_time: None,
        max_memory: None,
        spans: None,
    };
    let comparison = bridge::compare(&mut study, &others, &settings)?;
    if !arguments.quiet {
        terminal::print(&bridge::text(&comparison, arguments.lang.into()))?;
    }
    if let Some(destination) = &destination {
        bridge::write(&comparison, destination, arguments.overwrite)?;
    }
    Ok(())
}

fn load(files: &dyn Files, ids: &[String]) -> Result<Vec<Rulebook>, Failure> {
    ids.iter().map(|id| Ok(rulebooks::load(files, id)?.rulebook)).collect()
}

/// All known rulebooks but the study's own, each followed by the other schedules that it asks for with years as many as the model has.
fn all_others(files: &dyn Files, study: &Study) -> Result<Vec<Rulebook>, Failure> {
    let model = &study.declarations.model;
    let years = i64::from(model.last_year.value) - i64::from(model.first_year.value) + 1;
    let mut others = Vec::new();
    for rulebook in load(files, &rulebooks::known(files))? {
        let counted = years.min(i64::from(rulebook.horizon.years));
        let schedules = rulebook.schedule.iter();
        let asked = schedules.filter(|(_, schedule)| counted > i64::from(schedule.horizon_over_years));
        let ids: Vec<String> = asked
            .map(|(name, _)| format!("{}{SCHEDULE_MARK}{name}", rulebook.id))
            .collect();
        others.push(rulebook);
        others.extend(load(files, &ids)?);
    }
    others.retain(|rulebook| rulebook.id != study.rulebook.rulebook.id);
    Ok(others)
}
