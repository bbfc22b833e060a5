//! A bridge as a file: CSV with a row for each step, or JSON.
use super::{Balances, Bridge, Comparison};
use crate::failure::Failure;
use mkba_core::table::Table;
use mkba_results::{ResultsError, write_csv};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The word in the column `step` for the balance under the first rulebook.
const START: &str = "start";

/// Where a bridge is written, and in which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A row for each step.
    Csv(PathBuf),
    /// Nested by rulebook, scenario and alternative.
    Json(PathBuf),
}

impl Destination {
    /// By the ending of the name.
    ///
    /// # Errors
    /// The ending is of a form that cannot be written.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let own = path.to_path_buf();
        match path.extension().and_then(|end| end.to_str()) {
            Some("csv") => Ok(Self::Csv(own)),
            Some("json") => Ok(Self::Json(own)),
            _ => Err(Failure::Use(format!(
                "`{}` does not say in which form to write; name a file that ends in .csv or .json",
                path.display()
            ))),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Csv(path) | Self::Json(path) => path,
        }
    }
}

/// Writes a comparison.
///
/// # Errors
/// The file is there already, or cannot be written.
pub fn write(comparison: &Comparison, destination: &Destination, overwrite: bool) -> Result<(), Failure> {
    let path = destination.path();
    if path.exists() && !overwrite {
        let message = format!(
            "`{}` is there already; name another file, or add `--overwrite`",
            path.display()
        );
        return Err(Failure::Use(message));
    }
    match destination {
        Destination::Csv(path) => write_csv(&table(comparison), path).map(|_| ()).map_err(Failure::from),
        Destination::Json(path) => {
            let text = serde_json::to_string_pretty(&value(comparison)).expect("plain values always serialise");
            fs::write(path, format!("{text}\n")).map_err(|error| {
                Failure::from(ResultsError::CannotWrite {
                    path: path.clone(),
                    error,
                })
            })
        }
    }
}

/// One row of the file.
struct Line<'a> {
    scenario: &'a str,
    alternative: &'a str,
    to: &'a str,
    step: &'a str,
    balance: super::Balance,
    change: super::Balance,
}

/// Columns `scenario`, `alternative`, `from`, `to`, `step`, `balance_mean_eur`, `change_mean_eur`, `balance_without_separate_mean_eur`,
/// `change_without_separate_mean_eur`: per case and rulebook first the balance under the first rulebook (step `start`), then each part
/// that is taken over with the balance after it and the change that it makes.
fn table(comparison: &Comparison) -> Table {
    let mut lines = Vec::new();
    for bridge in &comparison.bridges {
        for (scenario, alternative) in cases(comparison) {
            lines.extend(lines_of(comparison, bridge, scenario, alternative));
        }
    }
    Table::new("bridge")
        .text("scenario", lines.iter().map(|line| line.scenario))
        .text("alternative", lines.iter().map(|line| line.alternative))
        .text("from", lines.iter().map(|_| comparison.from.id.as_str()))
        .text("to", lines.iter().map(|line| line.to))
        .text("step", lines.iter().map(|line| line.step))
        .number("balance_mean_eur", lines.iter().map(|line| line.balance.all))
        .number("change_mean_eur", lines.iter().map(|line| line.change.all))
        .number(
            "balance_without_separate_mean_eur",
            lines.iter().map(|line| line.balance.without_separate),
        )
        .number(
            "change_without_separate_mean_eur",
            lines.iter().map(|line| line.change.without_separate),
        )
}

/// Numbers of scenario and alternative, without the baseline.
fn cases(comparison: &Comparison) -> Vec<(usize, usize)> {
    let scenarios = 0..comparison.catalogue.scenarios.len();
    let alternatives = || comparison.catalogue.compared();
    scenarios
        .flat_map(|scenario| alternatives().map(move |alternative| (scenario, alternative)))
        .collect()
}

fn lines_of<'a>(comparison: &'a Comparison, bridge: &'a Bridge, scenario: usize, alternative: usize) -> Vec<Line<'a>> {
    let catalogue = &comparison.catalogue;
    let of = |balances: &Balances| balances.0[scenario][alternative];
    let line = |step, balance, change| Line {
        scenario: &catalogue.scenarios[scenario].id,
        alternative: &catalogue.alternatives[alternative].id,
        to: &bridge.to.id,
        step,
        balance,
        change,
    };
    let mut before = of(&comparison.start);
    let mut lines = vec![line(START, before, super::Balance::default())];
    for step in &bridge.steps {
        let after = of(&step.after);
        let change = super::Balance {
            all: after.all - before.all,
            without_separate: after.without_separate - before.without_separate,
        };
        lines.push(line(step.part.word(), after, change));
        before = after;
    }
    lines
}

fn value(comparison: &Comparison) -> Value {
    let bridges = comparison.bridges.iter().map(|bridge| {
        let cases = cases(comparison).into_iter().map(|(scenario, alternative)| {
            let lines = lines_of(comparison, bridge, scenario, alternative);
            let steps = lines.iter().skip(1).map(|line| {
                json!({
                    "part": line.step,
                    "change_mean_eur": line.change.all,
                    "change_without_separate_mean_eur": line.change.without_separate,
                })
            });
            let (first, last) = (lines[0].balance, lines[lines.len() - 1].balance);
            json!({
                "scenario": lines[0].scenario,
                "alternative": lines[0].alternative,
                "start_mean_eur": first.all,
                "start_without_separate_mean_eur": first.without_separate,
                "steps": steps.collect::<Vec<_>>(),
                "end_mean_eur": last.all,
                "end_without_separate_mean_eur": last.without_separate,
            })
        });
        json!({ "to": bridge.to.id, "version": bridge.to.version, "cases": cases.collect::<Vec<_>>() })
    });
    json!({
        "from": comparison.from.id,
        "version": comparison.from.version,
        "draws": comparison.draws,
        "seed": comparison.seed,
        "price_year": comparison.catalogue.price_year,
        "base_year": comparison.catalogue.base_year,
        "bridges": bridges.collect::<Vec<_>>(),
    })
}
