//! Discount rates in use: the study's own, else those of the rulebook, which may change over the years.
use super::build::Builder;
use crate::declarations::{Model, Quantity};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use mkba_core::finance::{Horizon, RateSchedule, Timing, discount_factors};
use mkba_core::graph::space::SetId;
use mkba_core::graph::{NodeId, Range};
use mkba_core::input::Input;

/// The rate of a discount class in use.
pub(crate) struct ClassRate {
    pub class: String,
    pub node: NodeId,
    pub stated: String,
    pub replaced: bool,
    pub per_year: Option<f64>,
    /// Its rate in each year, when that is the rulebook's.
    schedule: Option<RateSchedule>,
}

impl ClassRate {
    /// Rates of later years: the first year of each, and its rate per year.
    pub fn steps(&self) -> Vec<(i32, f64)> {
        let steps = self.schedule.iter().flat_map(RateSchedule::steps);
        steps.map(|(year, rate)| (*year, rate.value_per_year())).collect()
    }

    /// The discount factor in each year of the model, when the rate changes over the years.
    pub fn factors(&self, model: &Model, timing: Timing) -> Option<Vec<f64>> {
        let schedule = self.schedule.as_ref().filter(|schedule| !schedule.steps().is_empty())?;
        let (first, last, base) = (model.first_year.value, model.last_year.value, model.base_year.value);
        let horizon = Horizon::new(first, last, base).ok()?;
        Some(discount_factors(schedule, &horizon, timing))
    }
}

/// Rates of the classes that flows use, in order of name: the study's own, else the rulebook's.
pub fn rates(builder: &mut Builder<'_, '_>) -> Vec<ClassRate> {
    let declarations = builder.study.scope.declarations;
    let mut used: Vec<(&str, Span)> = declarations
        .flows
        .iter()
        .map(|f| (f.discount.value.as_str(), f.discount.span))
        .collect();
    used.sort_unstable_by(|a, b| a.0.cmp(b.0).then(a.1.cmp(&b.1)));
    used.dedup_by_key(|(class, _)| *class);
    let mut rates = Vec::new();
    for (class, at) in used {
        let own = declarations.study.discount.get(class);
        let mut schedule = None;
        let rulebook = builder.rulebook;
        let (node, stated) = match (own, rulebook.discount_class(class)) {
            (Some(own), _) => {
                let factor = builder.factor(&own.unit, None, false);
                let node = match &own.quantity {
                    Quantity::Fixed(number) => builder.graph.constant(number * factor),
                    Quantity::Uncertain(distribution) => {
                        let (low, high) = distribution.support();
                        let first = builder.inputs.len() as u32;
                        let name = rate_name(class);
                        builder.inputs.push(Input {
                            name,
                            distribution: distribution.clone(),
                            factor,
                        });
                        builder
                            .graph
                            .input(first, SetId::NONE, Range::new(low * factor, high * factor))
                    }
                    Quantity::PerElement(_) => {
                        builder.diagnostics.push(Diagnostic::error(
                            "E0310",
                            "a discount rate requires one value or a distribution",
                            own.text.span,
                            "a value for each element",
                        ));
                        builder.graph.constant(0.0)
                    }
                };
                (node, crate::syntax::print_value(&own.text))
            }
            (None, Some(found)) => {
                schedule = found.class.schedule(declarations.model.base_year.value);
                let stated = found.class.stated();
                let stated = if found.name == class {
                    stated
                } else {
                    format!("{stated} (class `{}`)", found.name)
                };
                (builder.graph.constant(found.class.rate_per_year), stated)
            }
            (None, None) => {
                let known: Vec<String> = builder
                    .rulebook
                    .discount
                    .keys()
                    .map(|class| format!("`{class}`"))
                    .collect();
                let mut fault = Diagnostic::error(
                    "E0404",
                    format!("rulebook `{}` has no discount class `{class}`", builder.rulebook.id),
                    at,
                    "unknown class",
                );
                let has = known.join(", ");
                fault = fault.help(format!(
                    "it has {has}; the study may state a rate of its own: `[discount] {class} = \"… %/year\"`"
                ));
                builder.diagnostics.push(fault);
                (builder.graph.constant(0.0), String::new())
            }
        };
        let per_year = builder.graph.value(node);
        rates.push(ClassRate {
            class: class.to_owned(),
            node,
            stated,
            replaced: own.is_some(),
            per_year,
            schedule,
        });
    }
    rates
}

/// Full name of the input of an uncertain discount rate.
pub fn rate_name(class: &str) -> String {
    format!("discount.{class}")
}
