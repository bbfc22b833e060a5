//! Stage 3: formulas typed. Every unit is proved and every index set known before anything is computed; all faults are collected.
mod calls;
mod check;
mod guards;
mod infer;
mod messages;
mod numbers;
mod scope;
mod tree;

pub use calls::FUNCTIONS;
pub use scope::Scope;
pub use tree::{Aggregation, Arithmetic, Function, Kind, Member, Shape, Symbol, Typed};

use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::syntax::Expr;
use check::Checker;
use infer::Typist;
use mkba_core::graph::space::SetId;

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
    infer_sets(&mut scope);
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

/// Finds index sets (and units of gates and levers) that declarations do not state, by repetition until nothing changes.
///
/// What a gate wants and its capacity have one unit, so either gives it: `wanted` may name the gate in an earlier year.
fn infer_sets(scope: &mut Scope<'_>) {
    let declarations = scope.declarations;
    let count =
        declarations.variables.len() + declarations.stocks.len() + declarations.gates.len() + declarations.limits.len();
    for _ in 0..count + 2 {
        let before = (
            scope.sets.clone(),
            declarations
                .gates
                .iter()
                .enumerate()
                .filter(|(n, _)| scope.shape(Symbol::Gate(*n)).is_some())
                .count(),
        );
        let mut quiet = Diagnostics::default();
        let mut union = |scope: &mut Scope<'_>, symbol: Symbol, formulas: &[&Expr]| {
            for formula in formulas {
                let typed = Typist {
                    scope,
                    diagnostics: &mut quiet,
                    keep: SetId::NONE,
                }
                .expression(formula);
                if let Some(typed) = typed {
                    let set = scope.space.union(scope.sets[&symbol], typed.set);
                    scope.sets.insert(symbol, set);
                    if matches!(symbol, Symbol::Gate(_) | Symbol::Lever(_)) && scope.shape(symbol).is_none() {
                        let shape = if typed.shape == Shape::Zero {
                            Shape::plain()
                        } else {
                            typed.shape
                        };
                        scope.set_shape(symbol, shape);
                    }
                }
            }
        };
        for (n, lever) in declarations.levers.iter().enumerate() {
            if scope.shape(Symbol::Lever(n)).is_none() {
                let set = scope.sets[&Symbol::Lever(n)];
                union(scope, Symbol::Lever(n), &[&lever.default]);
                scope.sets.insert(Symbol::Lever(n), set);
            }
        }
        for (n, it) in declarations
            .variables
            .iter()
            .enumerate()
            .filter(|(_, it)| it.over.is_none())
        {
            union(scope, Symbol::Variable(n), &[&it.formula]);
        }
        for (n, it) in declarations
            .stocks
            .iter()
            .enumerate()
            .filter(|(_, it)| it.over.is_none())
        {
            let formulas: Vec<&Expr> = std::iter::once(&it.initial).chain(&it.adds).chain(&it.loses).collect();
            union(scope, Symbol::Stock(n), &formulas);
        }
        for (n, it) in declarations.gates.iter().enumerate() {
            union(scope, Symbol::Gate(n), &[&it.wanted]);
            if scope.shape(Symbol::Gate(n)).is_none() {
                let set = scope.sets[&Symbol::Gate(n)];
                union(scope, Symbol::Gate(n), &[&it.capacity]);
                scope.sets.insert(Symbol::Gate(n), set);
            }
        }
        for (n, it) in declarations
            .limits
            .iter()
            .enumerate()
            .filter(|(_, it)| it.over.is_none())
        {
            let formulas: Vec<&Expr> = it.least.iter().map(|(_, bound)| bound).collect();
            union(scope, Symbol::Limit(n), &formulas);
        }
        let after = (
            scope.sets.clone(),
            declarations
                .gates
                .iter()
                .enumerate()
                .filter(|(n, _)| scope.shape(Symbol::Gate(*n)).is_some())
                .count(),
        );
        if before == after {
            return;
        }
    }
}
