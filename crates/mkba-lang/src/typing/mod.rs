//! Stage 3: formulas typed. Every unit is proved and every index set known before anything is computed; all faults are collected.
mod calls;
mod guards;
mod infer;
mod messages;
mod numbers;
mod scope;
mod tree;

pub use calls::{FUNCTIONS, member_shape};
pub use scope::Scope;
pub use tree::{Aggregation, Arithmetic, Function, Kind, Member, Shape, Symbol, Typed};

use crate::declarations::{Declarations, Name, Tax};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span};
use crate::syntax::Expr;
use crate::unit::Dimensions;
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
    let Checker { scope, .. } = checker;
    numbers::check(&scope, diagnostics);
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

struct Checker<'d, 'x> {
    scope: Scope<'d>,
    diagnostics: &'x mut Diagnostics,
}

impl Checker<'_, '_> {
    fn formula(&mut self, formula: &Expr, keep: SetId) -> Option<Typed> {
        Typist {
            scope: &mut self.scope,
            diagnostics: self.diagnostics,
            keep,
        }
        .expression(formula)
    }

    fn own_dimensions(&self, symbol: Symbol) -> Option<Dimensions> {
        match self.scope.shape(symbol)? {
            Shape::Amount(dimensions) => Some(dimensions.clone()),
            _ => Some(Dimensions::default()),
        }
    }

    /// Reports a formula of another unit than required.
    fn require(
        &mut self,
        code: &'static str,
        title: String,
        typed: &Typed,
        required: &Dimensions,
        stated: Option<Span>,
    ) -> Option<()> {
        if typed.shape == Shape::Zero || typed.shape == Shape::Amount(required.clone()) {
            return Some(());
        }
        self.diagnostics
            .push(messages::wrong_unit(&self.scope, code, title, typed, required, stated));
        None
    }

    /// Reports a formula whose index set is not the declared one.
    fn same_set(&mut self, name: &Name, over: Option<&[Name]>, formulas: &[&Typed], declared: SetId) -> Option<()> {
        let over = over?;
        let found = formulas
            .iter()
            .fold(SetId::NONE, |set, typed| self.scope.space.union(set, typed.set));
        if found == declared {
            return Some(());
        }
        let at = over.first().map_or(name.span, |first| first.span);
        let scope = &self.scope;
        let message = format!(
            "`{}` is declared {}, its formula is {}",
            name.value,
            scope.over(declared),
            scope.over(found)
        );
        let mut fault = Diagnostic::error("E0310", message, at, "declared here");
        let unexpected = formulas
            .iter()
            .find(|typed| scope.space.map(declared, typed.set).is_none());
        if let Some(typed) = unexpected {
            let culprit = culprit(typed, scope, declared).unwrap_or(typed);
            fault = fault.and(culprit.span, scope.over(culprit.set));
        } else if let [typed] = formulas {
            fault = fault.and(typed.span, scope.over(typed.set));
        }
        let stated = scope.set_names(declared);
        let extra = scope.set_names(found).into_iter().find(|index| !stated.contains(index));
        let fault = match (found, extra) {
            (SetId::NONE, _) => fault.help("drop `over`: the formula gives one value"),
            (_, Some(extra)) => {
                let all = scope.set_names(found).join("\", \"");
                fault.help(format!(
                    "write `over = [\"{all}\"]`, or leave one value, such as `sum(… over {extra})`"
                ))
            }
            (_, None) => {
                let all = scope.set_names(found).join("\", \"");
                fault.help(format!("write `over = [\"{all}\"]`"))
            }
        };
        self.diagnostics.push(fault);
        None
    }

    fn variable(&mut self, n: usize) -> Option<Typed> {
        let it = &self.scope.declarations.variables[n];
        let set = self.scope.sets[&Symbol::Variable(n)];
        let typed = self.formula(&it.formula, set)?;
        let own = self.own_dimensions(Symbol::Variable(n))?;
        if typed.shape != Shape::Zero && typed.shape != Shape::Amount(own.clone()) {
            let title = format!("`{}` is stated in another unit than its formula gives", it.name.value);
            let mut fault = messages::wrong_unit(&self.scope, "E0305", title, &typed, &own, Some(it.unit.span));
            if let Shape::Amount(found) = &typed.shape {
                let found = if found.is_none() {
                    "1".to_owned()
                } else {
                    self.scope.units.describe(found)
                };
                let hint = fault
                    .help
                    .map_or(String::new(), |hint| format!("; if the unit is right: {hint}"));
                fault.help = Some(format!("if the formula is right, write `unit = \"{found}\"`{hint}"));
            }
            self.diagnostics.push(fault);
            return None;
        }
        if it.over.is_some() {
            self.same_set(&it.name, it.over.as_deref(), &[&typed], set)?;
        }
        Some(typed)
    }

    fn stock(&mut self, n: usize) -> Option<TypedStock> {
        let it = &self.scope.declarations.stocks[n];
        let symbol = Symbol::Stock(n);
        let set = self.scope.sets[&symbol];
        let own = self.own_dimensions(symbol)?;
        let per_time = own.divide(&Scope::time());
        let name = &it.name.value;
        let initial = self.formula(&it.initial, set);
        let adds = it.adds.as_ref().map(|adds| self.formula(adds, set));
        let loses = it.loses.as_ref().map(|loses| self.formula(loses, set));
        let initial = initial?;
        let (adds, loses) = (optional(adds)?, optional(loses)?);
        let start = self.require(
            "E0302",
            format!("`initial` of stock `{name}` requires the unit of the stock"),
            &initial,
            &own,
            Some(it.unit.span),
        );
        for (word, rule) in [("adds", &adds), ("loses", &loses)] {
            if let Some(rule) = rule {
                let title = format!("`{word}` of stock `{name}` requires the unit of the stock per year");
                self.require("E0302", title, rule, &per_time, Some(it.unit.span))?;
            }
        }
        start?;
        if it.over.is_some() {
            let formulas: Vec<&Typed> = std::iter::once(&initial).chain(&adds).chain(&loses).collect();
            self.same_set(&it.name, it.over.as_deref(), &formulas, set)?;
        }
        Some(TypedStock { initial, adds, loses })
    }

    fn lever(&mut self, n: usize) -> Option<Typed> {
        let it = &self.scope.declarations.levers[n];
        let symbol = Symbol::Lever(n);
        let typed = self.formula(&it.default, SetId::NONE)?;
        if let Some(unit) = &it.unit {
            let own = self.own_dimensions(symbol)?;
            let title = format!(
                "the default of lever `{}` requires the unit of the lever",
                it.name.value
            );
            self.require("E0305", title, &typed, &own, Some(unit.span))?;
        }
        let set = self.scope.sets[&symbol];
        if self.scope.space.map(set, typed.set).is_none() {
            let (found, declared) = (self.scope.over(typed.set), self.scope.over(set));
            let message = format!("lever `{}` is {declared}, its default is {found}", it.name.value);
            self.diagnostics
                .push(Diagnostic::error("E0310", message, typed.span, found).and(it.name.span, "declared here"));
            return None;
        }
        Some(typed)
    }

    fn gate(&mut self, n: usize) -> Option<TypedGate> {
        let it = &self.scope.declarations.gates[n];
        let wanted = self.formula(&it.wanted, SetId::NONE);
        let capacity = self.formula(&it.capacity, SetId::NONE);
        let priority = it.priority.as_ref().map(|priority| self.formula(priority, SetId::NONE));
        let (wanted, capacity, priority) = (wanted?, capacity?, optional(priority)?);
        let mut typist = Typist {
            scope: &mut self.scope,
            diagnostics: self.diagnostics,
            keep: SetId::NONE,
        };
        typist.common(&wanted, &capacity, "gate")?;
        calls::coarser(&mut typist, &wanted, &capacity)?;
        Some(TypedGate {
            wanted,
            capacity,
            priority,
        })
    }

    fn limit(&mut self, n: usize) -> Option<Vec<Typed>> {
        let it = &self.scope.declarations.limits[n];
        let symbol = Symbol::Limit(n);
        let set = self.scope.sets[&symbol];
        let own = self.own_dimensions(symbol)?;
        let bounds: Vec<Option<Typed>> = it
            .least
            .iter()
            .map(|(bound, formula)| {
                let typed = self.formula(formula, set)?;
                let title = format!(
                    "bound `{}` of limit `{}` requires the unit of the limit",
                    bound.value, it.name.value
                );
                self.require("E0305", title, &typed, &own, Some(it.unit.span))?;
                Some(typed)
            })
            .collect();
        let bounds = bounds.into_iter().collect::<Option<Vec<_>>>()?;
        if it.over.is_some() {
            self.same_set(&it.name, it.over.as_deref(), &bounds.iter().collect::<Vec<_>>(), set)?;
        }
        Some(bounds)
    }

    fn flow(&mut self, n: usize) -> Option<TypedFlow> {
        let declarations = self.scope.declarations;
        let it = &declarations.flows[n];
        let formula = self.formula(&it.formula, SetId::NONE);
        let shares = self.shares(&it.postings, it.postings_span);
        let to = self.shares(&it.to, it.postings_span);
        let vat = match &it.tax {
            Tax::Vat(rate) => Some(self.formula(rate, SetId::NONE)),
            _ => None,
        };
        let formula = formula?;
        let title = format!(
            "a flow requires money per year, this formula gives {}",
            self.in_words(&formula.shape)
        );
        if formula.shape != Shape::Zero && formula.shape != Shape::Amount(Dimensions::money_per_time()) {
            let fault = messages::wrong_unit(
                &self.scope,
                "E0301",
                title,
                &formula,
                &Dimensions::money_per_time(),
                None,
            );
            self.diagnostics
                .push(fault.note("`mkba explain E0301` shows stocks, flows and rates with an example"));
            return None;
        }
        let vat = optional(vat)?;
        if let Some(vat) = &vat {
            self.require(
                "E0407",
                "a tax rate requires a number without unit".to_owned(),
                vat,
                &Dimensions::default(),
                None,
            )?;
        }
        Some(TypedFlow {
            formula,
            shares: shares?,
            to: to?,
            vat,
        })
    }

    fn in_words(&self, shape: &Shape) -> String {
        match shape {
            Shape::Amount(d) if *d == Dimensions::of(crate::unit::DimensionId::MONEY) => "money".to_owned(),
            Shape::Amount(d) if d.is_none() => "a number without unit".to_owned(),
            _ => self.scope.unit(shape),
        }
    }

    fn shares(&mut self, postings: &[crate::declarations::Posting], span: Span) -> Option<Vec<(usize, Option<Typed>)>> {
        let parties = &self.scope.declarations.parties;
        let mut typed = Vec::new();
        let mut complete = true;
        for posting in postings {
            let party = parties.iter().position(|party| party.name.value == posting.party.value);
            let share = posting.share.as_ref().map(|share| self.formula(share, SetId::NONE));
            let (Some(party), Some(share)) = (party, optional(share)) else {
                complete = false;
                continue;
            };
            if let Some(share) = &share {
                let title = "a share requires a number without unit".to_owned();
                complete &= self
                    .require("E0407", title, share, &Dimensions::default(), None)
                    .is_some();
                if share.set != SetId::NONE {
                    let set = self.scope.over(share.set);
                    let fault = Diagnostic::error("E0310", "a share requires one value", share.span, set);
                    self.diagnostics
                        .push(fault.help("pick an element, such as `x[delft]`, or take a mean over the index set"));
                    complete = false;
                }
            }
            typed.push((party, share));
        }
        guards::shares(self.scope.declarations, &typed, span, self.diagnostics);
        complete.then_some(typed)
    }

    fn lever_setting(&mut self, lever: &Name, formula: &Expr) -> Option<(usize, Typed)> {
        let levers = &self.scope.declarations.levers;
        let number = levers.iter().position(|it| it.name.value == lever.value)?;
        let symbol = Symbol::Lever(number);
        let set = self.scope.sets[&symbol];
        let typed = self.formula(formula, set)?;
        let own = self.own_dimensions(symbol)?;
        let title = format!("lever `{}` is set in another unit than its own", lever.value);
        let stated = levers[number]
            .unit
            .as_ref()
            .map_or(levers[number].default.span, |unit| unit.span);
        self.require("E0305", title, &typed, &own, Some(stated))?;
        if self.scope.space.map(set, typed.set).is_none() {
            let (found, declared) = (self.scope.over(typed.set), self.scope.over(set));
            let message = format!("lever `{}` is {declared}, this formula is {found}", lever.value);
            self.diagnostics.push(
                Diagnostic::error("E0310", message, typed.span, found).and(levers[number].name.span, "declared here"),
            );
            return None;
        }
        Some((number, typed))
    }

    fn measure(&mut self, n: usize) -> Option<TypedMeasure> {
        let it = &self.scope.declarations.measures[n];
        let only_if = it.only_if.as_ref().map(|condition| {
            Typist {
                scope: &mut self.scope,
                diagnostics: self.diagnostics,
                keep: SetId::NONE,
            }
            .condition(condition)
        });
        let set: Vec<_> = it
            .set
            .iter()
            .map(|(lever, formula)| self.lever_setting(lever, formula))
            .collect();
        Some(TypedMeasure {
            only_if: optional(only_if)?,
            set: set.into_iter().collect::<Option<_>>()?,
        })
    }

    fn alternative(&mut self, n: usize) -> Option<Vec<(usize, Typed)>> {
        let it = &self.scope.declarations.alternatives[n];
        let set: Vec<_> = it
            .set
            .iter()
            .map(|(lever, formula)| self.lever_setting(lever, formula))
            .collect();
        set.into_iter().collect()
    }
}

/// Nothing asked for, or what was asked for.
fn optional<T>(asked: Option<Option<T>>) -> Option<Option<T>> {
    match asked {
        None => Some(None),
        Some(found) => found.map(Some),
    }
}

/// The smallest part that brings an index the declared set does not have.
fn culprit<'t>(typed: &'t Typed, scope: &Scope<'_>, declared: SetId) -> Option<&'t Typed> {
    typed
        .parts()
        .into_iter()
        .filter(|part| scope.space.map(declared, part.set).is_none())
        .find_map(|part| culprit(part, scope, declared).or(Some(part)))
}
