//! `mkba plot`: the figures of an earlier run, drawn again.
use crate::arguments::PlotArguments;
use crate::beside_run::beside_run;
use crate::failure::Failure;
use crate::figures;
use crate::suggestion::nearest;
use crate::terminal;
use mkba_core::appraisal::catalogue;
use mkba_plot::{Language, RunFigure};
use mkba_results::{FinishedRun, ResultsError, write_csv};
use std::fs;
use std::path::Path;

/// Draws the figures of a run from its tables and says where they are.
///
/// # Errors
/// The folder does not hold a complete run; there is no such figure; a file is there already or cannot be written.
pub fn plot(arguments: &PlotArguments) -> Result<(), Failure> {
    let run = FinishedRun::open(&arguments.run)?;
    let language = Language::from(catalogue::Language::from(arguments.lang));
    let figures = chosen(figures::of_folder(&run)?, &arguments.figure)?;
    if figures.is_empty() {
        terminal::message("there is nothing to draw: no alternatives are compared, or no two axes of numbers vary");
        return Ok(());
    }
    let folder = beside_run(&arguments.run, arguments.out.as_deref(), "figures", arguments.lang)?;
    let written = figures
        .iter()
        .flat_map(|figure| ["svg", "png", "csv"].map(|end| format!("{}.{end}", figure.name)));
    if !arguments.overwrite
        && let Some(name) = written.clone().find(|name| folder.join(name).exists())
    {
        return Err(Failure::Use(format!(
            "`{}` exists; add `--overwrite` to replace it, or name another folder with `--out`",
            folder.join(name).display()
        )));
    }
    fs::create_dir_all(&folder).map_err(cannot_write(&folder))?;
    let drawn = figures::drawn(figures, language)?;
    for (figures::Drawn { figure, svg }, png) in drawn.iter().zip(figures::pixels(&drawn, language, 0)?) {
        for (end, bytes) in [("svg", svg.as_bytes()), ("png", png.as_slice())] {
            let path = folder.join(format!("{}.{end}", figure.name));
            fs::write(&path, bytes).map_err(cannot_write(&path))?;
        }
        write_csv(&figure.data(), folder.join(format!("{}.csv", figure.name)))?;
        terminal::print(&format!("{}  {}\n", figure.name, figure.title(language)))?;
    }
    terminal::message(&format!("written to {}", terminal::shown(&folder).display()));
    Ok(())
}

/// The figures asked for, or all of them. One name may stand for several: `tornado` for `tornado-low` and `tornado-high`.
fn chosen(figures: Vec<RunFigure>, asked: &[String]) -> Result<Vec<RunFigure>, Failure> {
    let is_of = |figure: &RunFigure, name: &str| {
        let rest = figure.name.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    for name in asked {
        if !figures.iter().any(|figure| is_of(figure, name)) {
            let known = || figures.iter().map(|figure| figure.name.as_str());
            let help = match nearest(name, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has: {}", known().collect::<Vec<_>>().join(", ")),
            };
            return Err(Failure::Use(format!("the run has no figure `{name}`; {help}")));
        }
    }
    let is_asked = |figure: &RunFigure| asked.is_empty() || asked.iter().any(|name| is_of(figure, name));
    Ok(figures.into_iter().filter(is_asked).collect())
}

fn cannot_write(path: &Path) -> impl FnOnce(std::io::Error) -> Failure + '_ {
    |error| {
        ResultsError::CannotWrite {
            path: path.to_owned(),
            error,
        }
        .into()
    }
}
