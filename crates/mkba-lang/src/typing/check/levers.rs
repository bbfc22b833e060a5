//! Levers, and the measures and alternatives that set them.
use super::{Checker, optional};
use crate::declarations::{Measure, Name};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::Expr;
use crate::typing::infer::Typist;
use crate::typing::{Symbol, Typed, TypedMeasure};
use mkba_core::graph::space::SetId;

impl Checker<'_, '_> {
    pub(super) fn lever(&mut self, n: usize) -> Option<Typed> {
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

    pub(super) fn measure(&mut self, n: usize) -> Option<TypedMeasure> {
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
        let only_if = optional(only_if)?;
        let set: Vec<(usize, Typed)> = set.into_iter().collect::<Option<_>>()?;
        for (lever, formula) in &set {
            self.reaches_lever(*lever, formula.span, it, only_if.as_ref())?;
        }
        Some(TypedMeasure { only_if, set })
    }

    /// A measure is switched on for each element of its condition and of `at`; the lever must tell those elements apart.
    fn reaches_lever(&mut self, lever: usize, set_at: Span, measure: &Measure, only_if: Option<&Typed>) -> Option<()> {
        let own = self.scope.sets[&Symbol::Lever(lever)];
        let condition = only_if.map(|condition| {
            (
                condition.set,
                condition.span,
                ", or one condition for all, such as `sum(… over …) > …`",
            )
        });
        let place = match &measure.at {
            Some((index, _)) => Some((
                self.scope.set_of(std::slice::from_ref(index), self.diagnostics),
                index.span,
                ", or drop `over` and `at`",
            )),
            None => None,
        };
        for (set, span, instead) in condition.into_iter().chain(place) {
            if self.scope.space.map(own, set).is_none() {
                let lever = &self.scope.declarations.levers[lever].name;
                let message = format!(
                    "measure `{}` is switched on for each element, lever `{}` is not",
                    measure.name.value, lever.value
                );
                self.diagnostics.push(
                    Diagnostic::error("E0310", message, span, self.scope.over(set))
                        .and(set_at, format!("sets `{}`, {}", lever.value, self.scope.over(own)))
                        .and(lever.span, "declared here")
                        .help(format!(
                            "give the lever `over = [\"{}\"]`{instead}",
                            self.scope.set_names(set).join("\", \"")
                        )),
                );
                return None;
            }
        }
        Some(())
    }

    pub(super) fn alternative(&mut self, n: usize) -> Option<Vec<(usize, Typed)>> {
        let it = &self.scope.declarations.alternatives[n];
        let set: Vec<_> = it
            .set
            .iter()
            .map(|(lever, formula)| self.lever_setting(lever, formula))
            .collect();
        set.into_iter().collect()
    }
}
