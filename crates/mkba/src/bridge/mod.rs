//! From the balance under one rulebook to that under another, a part of the rules at a time.
//!
//! The study is compiled for each rulebook on the way, and all of them see the same draws: an input has the same value in a draw whatever
//! the rulebook. A step is the difference between two mean balances, so that the steps add up to the whole difference.
mod files;
mod page;

pub use files::{Destination, write};
pub use page::text;

use crate::failure::Failure;
use crate::pipeline::{self, RunSettings, Study};
use crate::progress::Progress;
use mkba_core::appraisal::Detail;
use mkba_core::appraisal::catalogue::Catalogue;
use mkba_core::compiled::Compiled;
use mkba_core::rulebook::{Part, Rulebook};

/// A study under several rulebooks.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Names and settings under the first rulebook.
    pub catalogue: Catalogue,
    /// Number of draws.
    pub draws: u64,
    /// Seed.
    pub seed: u64,
    /// The rulebook that the others are compared with.
    pub from: Rulebook,
    /// Balances under it.
    pub start: Balances,
    /// A bridge to each of the others, in the order in which they were named.
    pub bridges: Vec<Bridge>,
}

/// The way from the first rulebook to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Bridge {
    /// The other rulebook.
    pub to: Rulebook,
    /// One step for each part of the rules, in order.
    pub steps: Vec<Step>,
}

/// A part of the rules taken over from the other rulebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was taken over.
    pub part: Part,
    /// Balances with this part and all before it.
    pub after: Balances,
}

/// Mean balances in EUR: by scenario, then by alternative, those of the baseline zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Balances(pub Vec<Vec<Balance>>);

/// The mean balance of an alternative in a scenario.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Balance {
    /// Of all flows, in EUR.
    pub all: f64,
    /// Without the flows that are kept separate, in EUR.
    pub without_separate: f64,
}

impl Bridge {
    /// Balances under the other rulebook.
    pub fn end<'a>(&'a self, start: &'a Balances) -> &'a Balances {
        self.steps.last().map_or(start, |step| &step.after)
    }
}

/// What has to be computed: each different set of rules once.
struct Rules {
    known: Vec<Rulebook>,
}

impl Rules {
    /// The number of a set of rules that computes as this one.
    fn number(&mut self, rulebook: &Rulebook) -> usize {
        let known = self.known.iter().position(|known| known.computes_as(rulebook));
        known.unwrap_or_else(|| {
            self.known.push(rulebook.clone());
            self.known.len() - 1
        })
    }
}

/// Compares the balances of a study under its own rulebook with those under others.
///
/// # Errors
/// A rulebook refuses the study; a draw gave an impossible value; the run was stopped.
pub fn compare(study: &mut Study, others: &[Rulebook], settings: &RunSettings<'_>) -> Result<Comparison, Failure> {
    let from = study.rulebook.rulebook.clone();
    let mut rules = Rules { known: Vec::new() };
    let start = rules.number(&from);
    // What a rulebook has against the study is said about that rulebook, not about a mixture of two.
    for other in others {
        compile(study, other)?;
    }
    let ways: Vec<Vec<(Part, usize)>> = others
        .iter()
        .map(|other| {
            let mut between = from.clone();
            Part::ALL
                .into_iter()
                .map(|part| {
                    part.take_over(&mut between, other);
                    (part, rules.number(&between))
                })
                .collect()
        })
        .collect();
    let progress = Progress::new(settings.draws * rules.known.len() as u64, settings.quiet);
    let mut balances = Vec::new();
    let mut catalogue = None;
    for rulebook in &rules.known {
        let compiled = compile(study, rulebook)?;
        let outcome = pipeline::evaluate_as_part(&compiled, settings, &progress)?.outcome;
        let scenarios = outcome.scenarios.iter().map(|scenario| {
            let alternatives = scenario.alternatives.iter().map(|result| Balance {
                all: result.balance.mean,
                without_separate: result.balance_without_separate.mean,
            });
            alternatives.collect()
        });
        balances.push(Balances(scenarios.collect()));
        catalogue.get_or_insert(compiled.catalogue);
    }
    let bridges = others.iter().zip(ways).map(|(other, way)| {
        let step = |(part, number): (Part, usize)| Step {
            part,
            after: balances[number].clone(),
        };
        Bridge {
            to: other.clone(),
            steps: way.into_iter().map(step).collect(),
        }
    });
    Ok(Comparison {
        bridges: bridges.collect(),
        catalogue: catalogue.unwrap_or_default(),
        draws: settings.draws,
        seed: settings.seed,
        start: balances[start].clone(),
        from,
    })
}

/// Compiles the study for its balances only, under some rules.
fn compile(study: &mut Study, rulebook: &Rulebook) -> Result<Compiled, Failure> {
    let (declarations, sources) = (&study.declarations, &study.sources);
    let mut diagnostics = study.diagnostics.clone();
    let compiled = mkba_lang::compile(declarations, sources, rulebook, Detail::Balances, &mut diagnostics);
    compiled.ok_or_else(|| pipeline::failure(diagnostics, sources.clone()))
}
