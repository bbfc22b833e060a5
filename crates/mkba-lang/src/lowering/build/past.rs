//! Parts that remember earlier years: stocks, `previous`, `lagged`, `cumulative` and growth.
use super::{Builder, Pending};
use crate::diagnostic::Diagnostic;
use crate::lowering::versions::Entity;
use crate::source::Span;
use crate::typing::{Symbol, Typed};
use mkba_core::graph::{NodeId, Range, Variation};

impl<'s> Builder<'s, '_> {
    pub(super) fn stock(&mut self, n: usize, version: usize) -> NodeId {
        let study = self.study;
        let rules = &study.stocks[n];
        let mut level = self.opening(n, version);
        if let Some(adds) = &rules.adds {
            let adds = self.node(adds, version);
            level = self.graph.add(level, adds);
        }
        if let Some(loses) = &rules.loses {
            let loses = self.node(loses, version);
            level = self.graph.subtract(level, loses);
        }
        level
    }

    /// Level of a stock at the start of the year.
    pub(super) fn opening(&mut self, n: usize, alternative: usize) -> NodeId {
        let symbol = Symbol::Stock(n);
        let version = self.versions.of(Entity::Symbol(symbol), alternative);
        if let Some(&node) = self.openings.get(&(n, version)) {
            return node;
        }
        let study = self.study;
        let initial = self.initial(&study.stocks[n].initial, version);
        let set = study.scope.sets[&symbol];
        let varies = Variation {
            draw: true,
            scenario: true,
            ..Variation::default()
        };
        let (state, before) = self.graph.state(set, initial, varies, Range::ALL);
        self.openings.insert((n, version), before);
        self.pending.push(Pending::Stock(state, n, version));
        before
    }

    /// A value before the first year, which must not change over the years.
    pub(super) fn initial(&mut self, typed: &'s Typed, version: usize) -> NodeId {
        let node = self.node(typed, version);
        if self.graph.node(node).variation.year {
            self.diagnostics.push(
                Diagnostic::error(
                    "E0226",
                    "a value before the first year cannot change over the years",
                    typed.span,
                    "changes over the years",
                )
                .help("use parameters, columns of index files and numbers only"),
            );
        }
        node
    }

    pub(super) fn previous(&mut self, typed: &'s Typed, of: &'s Typed, first: &'s Typed, version: usize) -> NodeId {
        if let Some(&node) = self.sites.get(&(std::ptr::from_ref(typed), version)) {
            return node;
        }
        let initial = self.initial(first, version);
        let varies = Variation {
            draw: true,
            scenario: true,
            ..Variation::default()
        };
        let (state, before) = self.graph.state(typed.set, initial, varies, Range::ALL);
        self.sites.insert((std::ptr::from_ref(typed), version), before);
        self.pending.push(Pending::State(state, of, version));
        before
    }

    pub(super) fn lagged(
        &mut self,
        typed: &'s Typed,
        of: &'s Typed,
        by: &'s Typed,
        before: &'s Typed,
        version: usize,
    ) -> NodeId {
        if let Some(&node) = self.sites.get(&(std::ptr::from_ref(typed), version)) {
            return node;
        }
        let lag = self.node(by, version);
        let before = self.initial(before, version);
        let node = *self.graph.node(lag);
        if node.variation.year || node.range.low < 0.0 || !node.range.high.is_finite() {
            self.diagnostics
                .push(self.impossible_lag(by, node.variation.year, node.range));
            return before;
        }
        // As many years back as the model has, only what was before the first is left: no more is remembered.
        let years = self.years().len();
        let lag = if node.range.high > years as f64 {
            let all = self.graph.constant(years as f64);
            self.graph.min(lag, all)
        } else {
            lag
        };
        let depth = self.graph.node(lag).range.high.floor() as u32 + 2;
        let immediate = node.range.low < 1.0;
        let history = self.graph.history(of.set, depth, immediate);
        if immediate {
            let now = self.node(of, version);
            let now = self.graph.spread(now, of.set);
            self.graph.set_history(history, now);
        } else {
            self.pending.push(Pending::History(history, of, version));
        }
        let node = self.graph.lagged(history, lag, before);
        self.sites.insert((std::ptr::from_ref(typed), version), node);
        node
    }

    /// Σ of the years so far.
    pub(super) fn cumulative(&mut self, typed: &'s Typed, of: &'s Typed, version: usize) -> NodeId {
        if let Some(&node) = self.sites.get(&(std::ptr::from_ref(typed), version)) {
            return node;
        }
        let added = self.node(of, version);
        let zero = self.graph.constant(0.0);
        let varies = self.graph.node(added).variation;
        let set = self.graph.node(added).set;
        let (state, before) = self.graph.state(set, zero, varies, Range::ALL);
        let sum = self.graph.add(before, added);
        self.graph.set_next(state, sum);
        self.sites.insert((std::ptr::from_ref(typed), version), sum);
        sum
    }

    /// (1 + rate)^(years since the base year); a rate that changes over the years is compounded.
    pub(super) fn grown(&mut self, rate: NodeId, at: Span) -> NodeId {
        if let Some(&node) = self.grown.get(&rate) {
            return node;
        }
        let model = &self.study.scope.declarations.model;
        let first = model.first_year.value - model.base_year.value;
        let one = self.graph.constant(1.0);
        let varies = self.graph.node(rate).variation;
        let next = if varies.year {
            if first > 1 {
                let base = model.base_year.value;
                let message = format!(
                    "growth at a rate that changes over the years requires a model that starts by {}",
                    base + 1
                );
                self.diagnostics.push(
                    Diagnostic::error("E0228", message, at, "the rates before the first year are not known")
                        .and(model.first_year.span, "first year")
                        .and(model.base_year.span, "growth counts from the base year")
                        .help(format!("let `first` be {}, or use one rate for all years", base + 1)),
                );
            }
            let counts = self.calendar(|year| if year > model.base_year.value { 1.0 } else { 0.0 });
            let rate = self.graph.multiply(rate, counts);
            let step = self.graph.add(one, rate);
            let set = self.graph.node(rate).set;
            let (state, before) = self.graph.state(set, one, varies, Range::ALL);
            let next = self.graph.multiply_as_is(before, step);
            self.graph.set_next(state, next);
            next
        } else {
            let growth = self.graph.add(one, rate);
            let exponent = self.graph.constant(f64::from(first - 1));
            let before = self.graph.power(growth, exponent);
            self.graph.geometric(before, growth)
        };
        self.grown.insert(rate, next);
        next
    }
}
