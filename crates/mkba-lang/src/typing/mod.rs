//! Stage 3: formulas typed. Every unit is proved and every index set known before anything is computed; all faults are collected.
mod calls;
mod check;
mod infer;
mod messages;
mod numbers;
mod scope;
mod sets;
mod shares;
mod tree;
mod units;
mod unused;

pub use calls::{FUNCTIONS, member_shape};
pub use scope::Scope;
pub use tree::{Aggregation, Arithmetic, Function, Kind, Member, Shape, Symbol, Typed};
pub(crate) use units::{Shown, Units};
pub(crate) use unused::warn as warn_of_unused;

use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use check::{Checker, Formulas};

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
    /// Shares of each apportionment: flow and share, `None` for the remainder.
    pub apportionments: Vec<Vec<(usize, Option<Typed>)>>,
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
    pub substitute: Option<TypedSubstitute>,
}

impl TypedGate {
    /// All of its formulas.
    pub fn formulas(&self) -> impl Iterator<Item = &Typed> {
        let substitute = self.substitute.iter().flat_map(|it| [&it.share, &it.cost]);
        [&self.wanted, &self.capacity]
            .into_iter()
            .chain(&self.priority)
            .chain(substitute)
    }
}

/// How what a gate does not serve is met in another way.
pub struct TypedSubstitute {
    pub share: Typed,
    pub cost: Typed,
}

/// Formulas of a flow. A share of `None` is the remainder.
pub struct TypedFlow {
    pub formula: Typed,
    pub shares: Vec<(usize, Option<Typed>)>,
    pub to: Vec<(usize, Option<Typed>)>,
    /// Rate of tax, where the flow states one: on a purchase without it, or contained in a market price.
    pub tax_rate: Option<Typed>,
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
    let mut formulas = checker.everything();
    if formulas.is_none() && !checker.diagnostics.has_errors() {
        // What stayed open for a fault that is none in its own place is judged after all.
        checker.scope.open.clear();
        formulas = checker.everything();
    }
    let Checker { scope, diagnostics } = checker;
    let Formulas {
        variables,
        stocks,
        gates,
        limits,
        flows,
        apportionments,
        levers,
        measures,
        alternatives,
    } = formulas.filter(|_| !diagnostics.has_errors())?;
    Some(TypedStudy {
        scope,
        variables,
        stocks,
        gates,
        limits,
        flows,
        apportionments,
        levers,
        measures,
        alternatives,
    })
}
