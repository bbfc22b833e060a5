//! `mkba sources`: where the numbers come from.
use crate::arguments::SourcesArguments;
use crate::failure::Failure;
use crate::pipeline::{self, RunSettings, Study};
use crate::sources::{Provenances, collect, csv, print, weigh};
use crate::subject::Subject;
use crate::{clock, interrupt, terminal};
use mkba_core::appraisal::catalogue::Text;
use mkba_core::rulebook::CalendarDate;
use std::io::IsTerminal;

/// Lists the numbers of a model; of a study also those of its scenarios, weighed by draws.
///
/// # Errors
/// The model or study has errors, or a draw gives an impossible value.
pub fn sources(arguments: &SourcesArguments) -> Result<(), Failure> {
    let subject = Subject::read(&arguments.path)?;
    let on = match arguments.on {
        Some(date) => date,
        None => today()?,
    };
    let (declarations, texts) = subject.declarations();
    let label = match &subject {
        Subject::Model(_) => &declarations.model.label,
        Subject::Study(_) => &declarations.study.label,
    };
    let label = Text {
        nl: label.nl.clone(),
        en: label.en.clone(),
    };
    let mut provenances = collect(declarations, texts, label, on);
    if let Subject::Study(study) = subject {
        weigh_by_draws(&mut provenances, *study, arguments.draws)?;
    }
    terminal::print(&if arguments.json {
        let text = serde_json::to_string_pretty(&provenances).expect("plain fields with text keys always serialise");
        format!("{text}\n")
    } else if arguments.csv {
        csv(&provenances)
    } else {
        print(&provenances, arguments.lang.into())
    })
}

fn weigh_by_draws(provenances: &mut Provenances, mut study: Study, draws: u64) -> Result<(), Failure> {
    let stop = interrupt::flag()?;
    let compiled = study.compile()?;
    let settings = RunSettings {
        draws,
        seed: study.declarations.study.seed,
        design: study.design(),
        dimensions: &study.dimensions,
        threads: 0,
        quiet: !std::io::stderr().is_terminal(),
        stop,
        keep: usize::try_from(draws).unwrap_or(usize::MAX),
        until: None,
        max_time: None,
        max_memory: None,
        spans: None,
    };
    let finished = pipeline::evaluate(&compiled, &settings)?;
    weigh(provenances, &study.declarations, &finished.outcome);
    Ok(())
}

/// The date of the clock, in UTC.
fn today() -> Result<CalendarDate, Failure> {
    let day = clock::now().chars().take("2026-01-01".len()).collect::<String>();
    CalendarDate::try_from(day)
        .map_err(|reason| Failure::Machine(format!("the clock gives no date: {reason}; choose one with `--on`")))
}
