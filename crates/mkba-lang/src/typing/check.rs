//! Types each declaration and checks its units and index sets against what it states.
mod flows;
mod levers;

use super::infer::Typist;
use super::{
    Scope, Shape, Symbol, Typed, TypedFlow, TypedGate, TypedMeasure, TypedStock, TypedSubstitute, calls, messages,
    numbers,
};
use crate::declarations::{Name, Substitute};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::guards::double_counting;
use crate::source::Span;
use crate::syntax::Expr;
use crate::unit::Dimensions;
use mkba_core::graph::space::SetId;

/// Types the formulas of one declaration after another.
pub(super) struct Checker<'d, 'x> {
    pub scope: Scope<'d>,
    pub diagnostics: &'x mut Diagnostics,
}

/// All formulas of a study, typed.
pub(super) struct Formulas {
    pub variables: Vec<Typed>,
    pub stocks: Vec<TypedStock>,
    pub gates: Vec<TypedGate>,
    pub limits: Vec<Vec<Typed>>,
    pub flows: Vec<TypedFlow>,
    pub apportionments: Vec<Vec<(usize, Option<Typed>)>>,
    pub levers: Vec<Typed>,
    pub measures: Vec<TypedMeasure>,
    pub alternatives: Vec<Vec<(usize, Typed)>>,
}

impl Checker<'_, '_> {
    /// Types all formulas and checks what is stated beside them. Each fault is reported; `None` if any formula has one.
    pub fn everything(&mut self) -> Option<Formulas> {
        let d = self.scope.declarations;
        let variables = self.each(d.variables.len(), Some(Symbol::Variable), Self::variable);
        let stocks = self.each(d.stocks.len(), Some(Symbol::Stock), Self::stock);
        let gates = self.each(d.gates.len(), Some(Symbol::Gate), Self::gate);
        let limits = self.each(d.limits.len(), Some(Symbol::Limit), Self::limit);
        let flows = self.each(d.flows.len(), None, Self::flow);
        let apportionments = self.each(d.apportionments.len(), None, Self::apportionment);
        let levers = self.each(d.levers.len(), None, Self::lever);
        let measures = self.each(d.measures.len(), None, Self::measure);
        let alternatives = self.each(d.alternatives.len(), None, Self::alternative);
        double_counting::same_channel(d, self.diagnostics);
        numbers::check(&self.scope, self.diagnostics);
        self.open_units();
        Some(Formulas {
            variables: variables?,
            stocks: stocks?,
            gates: gates?,
            limits: limits?,
            flows: flows?,
            apportionments: apportionments?,
            levers: levers?,
            measures: measures?,
            alternatives: alternatives?,
        })
    }

    /// All declarations of a kind, so that each fault is found.
    fn each<T>(
        &mut self,
        count: usize,
        symbol: Option<fn(usize) -> Symbol>,
        check: fn(&mut Self, usize) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut typed = Vec::new();
        for n in 0..count {
            self.scope.checked = symbol.map(|symbol| symbol(n));
            typed.push(check(self, n));
        }
        self.scope.checked = None;
        typed.into_iter().collect()
    }

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

    pub fn variable(&mut self, n: usize) -> Option<Typed> {
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

    pub fn stock(&mut self, n: usize) -> Option<TypedStock> {
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

    pub fn gate(&mut self, n: usize) -> Option<TypedGate> {
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
        let substitute = match &it.substitute {
            Some(substitute) => Some(self.substitute(n, substitute)?),
            None => None,
        };
        Some(TypedGate {
            wanted,
            capacity,
            priority,
            substitute,
        })
    }

    /// A share without unit and a price of what is wanted, both over no finer set than the gate.
    fn substitute(&mut self, n: usize, it: &Substitute) -> Option<TypedSubstitute> {
        let symbol = Symbol::Gate(n);
        let name = &self.scope.declarations.gates[n].name;
        let set = self.scope.sets[&symbol];
        let share = self.formula(&it.share, set);
        let cost = self.formula(&it.cost, set);
        let (share, cost) = (share?, cost?);
        let per_unit = calls::price_of(self.scope.shape(symbol)?);
        let title = format!(
            "`share` of the substitute of gate `{}` requires a number without unit",
            name.value
        );
        let share_fits = self.require("E0302", title, &share, &Dimensions::default(), None);
        let title = format!(
            "`cost` of the substitute of gate `{}` requires money per unit of what waits",
            name.value
        );
        let cost_fits = self.require("E0302", title, &cost, &per_unit, None);
        for part in [&share, &cost] {
            if self.scope.space.map(set, part.set).is_none() {
                let message = "a substitute cannot be over a finer index set than its gate";
                let over = format!("is {}", self.scope.over(part.set));
                let gate = format!("the gate is {}", self.scope.over(set));
                self.diagnostics
                    .push(Diagnostic::error("E0312", message, part.span, over).and(name.span, gate));
                return None;
            }
        }
        share_fits.and(cost_fits)?;
        Some(TypedSubstitute { share, cost })
    }

    /// Gates and levers whose unit is not known because their formulas name themselves. Where there is another fault, that may be the reason.
    fn open_units(&mut self) {
        if self.diagnostics.has_errors() {
            return;
        }
        let d = self.scope.declarations;
        for (n, it) in d.gates.iter().enumerate() {
            if self.scope.shape(Symbol::Gate(n)).is_some() {
                continue;
            }
            self.diagnostics.push(
                Diagnostic::error(
                    "E0234",
                    format!("the unit of gate `{}` follows from the gate itself", it.name.value),
                    it.name.span,
                    "has the unit of its `wanted` and `capacity`",
                )
                .and(it.wanted.span, "needs the unit of a gate")
                .and(it.capacity.span, "needs the unit of a gate")
                .help("put a part of `wanted` or `capacity` in a `[variable]`, which states its unit, and name the variable"),
            );
        }
        for (n, it) in d.levers.iter().enumerate() {
            if self.scope.shape(Symbol::Lever(n)).is_some() {
                continue;
            }
            let message = format!("the unit of lever `{}` follows from the lever itself", it.name.value);
            let fault = Diagnostic::error("E0234", message, it.default.span, "needs the unit of a lever");
            let fault = fault.and(it.name.span, "has the unit of its `default`");
            self.diagnostics
                .push(fault.help("state the unit of the lever: `unit = \"…\"`"));
        }
    }

    pub fn limit(&mut self, n: usize) -> Option<Vec<Typed>> {
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
