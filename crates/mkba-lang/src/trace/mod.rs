//! Why a number is what it is: from a cell to the tree of formulas, parts and inputs behind it.
//!
//! The values are those of the run. The study is lowered as for a run; the walk over its typed formulas asks the graph for the node of every
//! part it meets; a program of those nodes is compiled and evaluated, by whoever calls; a second walk finds all values known. A walk in
//! which a choice depends on a value that is not known yet looks at both sides, so that two walks are enough, and if they were not a third
//! would follow.
mod cell;
mod formula;
mod money;
mod rules;
mod stated;
mod target;
mod values;
mod walk;

pub use cell::{Cell, CellFault};

use crate::declarations::{Declarations, Name};
use crate::diagnostic::Diagnostics;
use crate::lowering::dependences::dependences;
use crate::lowering::{baseline, levers, lower};
use crate::source::Sources;
use crate::typing::type_study;
use mkba_core::appraisal::Detail;
use mkba_core::explanation::{Explanation, Observed, Role};
use mkba_core::input::{Dependence, Input};
use mkba_core::program::{self, Program};
use mkba_core::rulebook::Rulebook;
use target::{Target, choose};
use walk::{Scope, Walker};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Which number.
    pub cell: Cell,
    /// How many levels of named values are opened; none: as many as suit the cell.
    pub depth: Option<usize>,
    /// Most parts of a sum that are listed.
    pub most: usize,
}

/// A question answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The tree.
    pub explanation: Explanation,
    /// Number of the scenario.
    pub scenario: usize,
    /// Number of the alternative.
    pub alternative: usize,
    /// Number of the baseline.
    pub baseline: usize,
    /// How many programs had to be evaluated.
    pub evaluations: usize,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum TraceFault<Failure> {
    /// The study has errors, which are among the diagnostics.
    Study,
    /// There is no such cell.
    Cell(CellFault),
    /// The program could not be evaluated.
    Evaluation(Failure),
}

/// Evaluates a program of one scenario for the inputs of the study and how they depend on each other.
pub type Evaluate<'e, Failure> = dyn FnMut(&Program, &[Input], &[Dependence]) -> Result<Observed, Failure> + 'e;

/// A walk that finds no end is a fault of this module: it stops and shows what is known.
const MOST_EVALUATIONS: usize = 8;

/// Answers a question. `evaluate` evaluates a program of the scenario asked for.
///
/// # Errors
/// As [`TraceFault`] says.
pub fn trace<Failure>(
    declarations: &Declarations,
    sources: &Sources,
    rulebook: &Rulebook,
    diagnostics: &mut Diagnostics,
    question: &Question,
    evaluate: &mut Evaluate<'_, Failure>,
) -> Result<Answer, TraceFault<Failure>> {
    levers::conflicts(declarations, diagnostics);
    let study = type_study(declarations, sources, diagnostics).ok_or(TraceFault::Study)?;
    let mut lowered = lower(&study, rulebook, Detail::Full, diagnostics).ok_or(TraceFault::Study)?;
    let inputs = lowered.builder.inputs.clone();
    let dependences = dependences(&study.scope, &inputs);
    let scope = scope(declarations, question).map_err(TraceFault::Cell)?;
    let mut walker = Walker::new(&study, &mut lowered, scope);
    let target = walker.target(&question.cell).map_err(TraceFault::Cell)?;
    let depth = question.depth.unwrap_or(match target {
        Target::Balance(..) => 1,
        _ => 2,
    });
    let mut evaluations = 0;
    loop {
        walker.restart();
        let explanation = match &target {
            Target::Balance(counted, whose) => walker.balance(*counted, *whose, depth),
            Target::PresentValue(flow, whose) => walker.present_value(*flow, *whose, Role::Itself, depth),
            Target::Flow(flow, year) => walker.flow_of_year(*flow, Role::Itself, *year, depth),
            Target::Amount(flow, year, place) => walker.amount(*flow, Role::Itself, *year, Some(place), depth),
            Target::Named(topic, year, place) => walker.named(*topic, Role::Itself, *year, place, depth),
        };
        let values = &mut walker.values;
        if values.complete || evaluations == MOST_EVALUATIONS {
            return Ok(Answer {
                explanation,
                scenario: scope.scenario,
                alternative: scope.alternative,
                baseline: scope.baseline,
                evaluations,
            });
        }
        values.builder.finish();
        let program = program::compile(&mut values.builder.graph, &values.outputs, &values.yearly);
        values.observed =
            evaluate(&program.of_scenario(scope.scenario), &inputs, &dependences).map_err(TraceFault::Evaluation)?;
        evaluations += 1;
    }
}

/// Scenario and alternative that are meant: the first scenario, and the first alternative that is not the baseline, unless named.
fn scope(declarations: &Declarations, question: &Question) -> Result<Scope, CellFault> {
    let baseline = baseline(declarations);
    let scenarios: Vec<&Name> = declarations.scenarios.iter().map(|it| &it.name).collect();
    let alternatives: Vec<&Name> = declarations.alternatives.iter().map(|it| &it.name).collect();
    let compared = (0..alternatives.len()).find(|&n| n != baseline).unwrap_or(baseline);
    Ok(Scope {
        scenario: choose("scenario", &scenarios, question.cell.scenario.as_deref(), 0)?,
        alternative: choose(
            "alternative",
            &alternatives,
            question.cell.alternative.as_deref(),
            compared,
        )?,
        baseline,
        most: question.most,
    })
}
