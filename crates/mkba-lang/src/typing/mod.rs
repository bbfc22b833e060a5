//! Stage 3: formulas typed. Every unit is proved and every index set known before anything is computed; all faults are collected.
mod calls;
mod check;
mod guards;
mod infer;
mod messages;
mod numbers;
mod scope;
mod sets;
mod tree;
mod unused;

pub use calls::FUNCTIONS;
pub use scope::Scope;
pub use tree::{Aggregation, Arithmetic, Function, Kind, Member, Shape, Symbol, Typed};
pub(crate) use unused::warn as warn_of_unused;

use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use check::Checker;

/// A project whose formulas are typed. Vectors run parallel to those of the declarations.
pub struct TypedStudy<'d> {
    /// Names, units and sets.
    pub scope: Scope<'d>,
    /// Formula of each variable.
    pub variables: Vec<Typed>,
    /// Rules of each stock.
    pub stocks: Vec<TypedStock>,
    /// Rules of each gate.
    pub gates: Vec<TypedGate>,
    /// Bounds of each limit, in order of name.
    pub limits: Vec<Vec<Typed>>,
    /// Formulas of each flow.
    pub flows: Vec<TypedFlow>,
    /// Default of each lever.
    pub levers: Vec<Typed>,
    /// Formulas of each measure.
    pub measures: Vec<TypedMeasure>,
    /// Levers set by each alternative itself.
    pub alternatives: Vec<Vec<(usize, Typed)>>,
}

/// Rules of a stock.
pub struct TypedStock {
    pub initial: Typed,
    pub adds: Option<Typed>,
    pub loses: Option<Typed>,
}

/// Rules of a gate.
pub struct TypedGate {
    pub wanted: Typed,
    pub capacity: Typed,
    pub priority: Option<Typed>,
}

/// Formulas of a flow. A share of `None` is the remainder.
pub struct TypedFlow {
    pub formula: Typed,
    pub shares: Vec<(usize, Option<Typed>)>,
    pub to: Vec<(usize, Option<Typed>)>,
    /// Rate of value added tax, when the amount is a purchase without it.
    pub vat: Option<Typed>,
}

/// Formulas of a measure.
pub struct TypedMeasure {
    pub only_if: Option<Typed>,
    /// Lever and what it is set to.
    pub set: Vec<(usize, Typed)>,
}

/// Types all formulas, or reports every fault.
pub fn type_study<'d>(
    declarations: &'d Declarations,
    sources: &'d Sources,
    diagnostics: &mut Diagnostics,
) -> Option<TypedStudy<'d>> {
    let mut scope = Scope::new(declarations, sources, diagnostics);
    sets::infer(&mut scope);
    let mut checker = Checker { scope, diagnostics };
    let variables: Vec<_> = (0..declarations.variables.len()).map(|n| checker.variable(n)).collect();
    let stocks: Vec<_> = (0..declarations.stocks.len()).map(|n| checker.stock(n)).collect();
    let gates: Vec<_> = (0..declarations.gates.len()).map(|n| checker.gate(n)).collect();
    let limits: Vec<_> = (0..declarations.limits.len()).map(|n| checker.limit(n)).collect();
    let flows: Vec<_> = (0..declarations.flows.len()).map(|n| checker.flow(n)).collect();
    let levers: Vec<_> = (0..declarations.levers.len()).map(|n| checker.lever(n)).collect();
    let measures: Vec<_> = (0..declarations.measures.len()).map(|n| checker.measure(n)).collect();
    let alternatives: Vec<_> = (0..declarations.alternatives.len())
        .map(|n| checker.alternative(n))
        .collect();
    guards::check(declarations, checker.diagnostics);
    numbers::check(&checker.scope, checker.diagnostics);
    checker.units_of_gates();
    let Checker { scope, .. } = checker;
    if diagnostics.has_errors() {
        return None;
    }
    Some(TypedStudy {
        scope,
        variables: variables.into_iter().collect::<Option<_>>()?,
        stocks: stocks.into_iter().collect::<Option<_>>()?,
        gates: gates.into_iter().collect::<Option<_>>()?,
        limits: limits.into_iter().collect::<Option<_>>()?,
        flows: flows.into_iter().collect::<Option<_>>()?,
        levers: levers.into_iter().collect::<Option<_>>()?,
        measures: measures.into_iter().collect::<Option<_>>()?,
        alternatives: alternatives.into_iter().collect::<Option<_>>()?,
    })
}
