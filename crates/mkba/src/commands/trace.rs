//! `mkba trace`: why a number is what it is.
use crate::arguments::TraceArguments;
use crate::explanation::{self, Numbers, Page};
use crate::failure::{Failure, Found};
use crate::pipeline::{self, Overrides, Study};
use crate::terminal;
use mkba_lang::diagnostic::Diagnostic;
use mkba_lang::source::Sources;
use mkba_lang::trace::{Cell, Question, TraceFault};
use mkba_montecarlo::Inputs;

/// Explains one number.
///
/// # Errors
/// Everything that is wrong in the study, or there is no such number.
pub fn trace(arguments: &TraceArguments) -> Result<(), Failure> {
    let overrides = Overrides {
        seed: arguments.seed,
        rulebook: arguments.rulebook.as_deref(),
        ..Overrides::default()
    };
    let mut study = Study::read(&arguments.study, overrides)?;
    let numbers = numbers(arguments, &study)?;
    let question = Question {
        cell: cell(arguments)?,
        depth: arguments.depth.map(usize::from),
        most: usize::from(arguments.parts),
    };
    let inputs = match numbers {
        Numbers::Draw { draw, seed } => Inputs::Draw { seed, draw },
        Numbers::Central => Inputs::Central,
        Numbers::Mean { draws, seed } => Inputs::Mean {
            seed,
            draws: usize::try_from(draws).unwrap_or(usize::MAX),
        },
    };
    let design = study.chosen_design();
    let answer = mkba_lang::trace::trace(
        &study.declarations,
        &study.sources,
        &study.rulebook.rulebook,
        &mut study.diagnostics,
        &question,
        &mut |program, all, dependences| mkba_montecarlo::observe(program, all, dependences, &design, inputs),
    );
    let answer = answer.map_err(|fault| match fault {
        TraceFault::Study => pipeline::failure(
            std::mem::take(&mut study.diagnostics),
            std::mem::take(&mut study.sources),
        ),
        TraceFault::Cell(fault) => Failure::Use(fault.to_string()),
        TraceFault::Evaluation(faults) => Failure::Study(Box::new(Found {
            diagnostics: faults
                .iter()
                .map(|fault| Diagnostic::unplaced("E0023", fault.to_string()))
                .collect(),
            sources: Sources::default(),
        })),
    })?;
    let page = Page::new(&study.declarations, &answer, numbers);
    let text = if arguments.json {
        explanation::json(&page)
    } else {
        explanation::text(&page, arguments.lang.into())
    };
    terminal::print(&text)
}

/// Which draws the numbers are of.
fn numbers(arguments: &TraceArguments, study: &Study) -> Result<Numbers, Failure> {
    let declared = &study.declarations.study;
    let seed = declared.seed;
    match arguments.draw {
        Some(draw) if draw >= declared.draws.value => {
            let draws = declared.draws.value;
            Err(Failure::Use(format!(
                "the study has no draw {draw}: its {draws} draws are 0 to {}",
                draws.saturating_sub(1)
            )))
        }
        Some(draw) => Ok(Numbers::Draw { draw, seed }),
        None if arguments.central => Ok(Numbers::Central),
        None => Ok(Numbers::Mean {
            draws: arguments.draws,
            seed,
        }),
    }
}

/// The cell, with what the options say of it.
fn cell(arguments: &TraceArguments) -> Result<Cell, Failure> {
    let mut cell = Cell::parse(&arguments.cell).map_err(|fault| Failure::Use(fault.to_string()))?;
    agree("--scenario", &mut cell.scenario, &arguments.scenario)?;
    agree("--alternative", &mut cell.alternative, &arguments.alternative)?;
    agree("--year", &mut cell.year, &arguments.year)?;
    Ok(cell)
}

/// Puts what an option says into the cell, unless the cell says something else.
fn agree<Value: PartialEq + Clone + std::fmt::Display>(
    option: &str,
    own: &mut Option<Value>,
    given: &Option<Value>,
) -> Result<(), Failure> {
    match (own.as_ref(), given) {
        (Some(own), Some(given)) if own != given => Err(Failure::Use(format!(
            "the cell says `{own}` and `{option}` says `{given}`; leave one of them out"
        ))),
        (None, Some(given)) => {
            *own = Some(given.clone());
            Ok(())
        }
        _ => Ok(()),
    }
}
