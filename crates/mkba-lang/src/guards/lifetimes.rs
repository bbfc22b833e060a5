//! Costs that go on when the benefits of what they keep alive have ended.
use crate::declarations::{Declarations, Flow, FlowKind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use mkba_core::compiled::{Compiled, Yearly};
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::input::Distribution;
use mkba_core::lane::Isa;
use std::collections::BTreeMap;

/// Draws in the smallest block; one of them counts.
const LANES: usize = 8;
/// What is this much smaller than the greatest amount of a flow is rounding.
const NOTHING: f64 = 1e-9;

/// Warns of each cost that, at central values of all inputs, is there in a later year than every benefit that shares its life, in some alternative and
/// scenario. Without yearly amounts nothing is known.
pub fn warn(declarations: &Declarations, compiled: &Compiled, diagnostics: &mut Diagnostics) {
    let of = |flow: &Flow| flow.lifetime_of.as_ref().map(|name| name.value.clone());
    if declarations.flows.iter().all(|flow| flow.lifetime_of.is_none()) || compiled.yearly.is_empty() {
        return;
    }
    let years = last_years(compiled);
    for (number, cost) in declarations.flows.iter().enumerate() {
        let Some(life) = of(cost).filter(|_| cost.kind.value == FlowKind::Cost) else {
            continue;
        };
        let benefits: Vec<usize> = (0..declarations.flows.len())
            .filter(|&n| declarations.flows[n].kind.value == FlowKind::Benefit)
            .filter(|&n| of(&declarations.flows[n]).as_ref() == Some(&life))
            .collect();
        // The case in which the cost goes on for longest.
        let mut worst: Option<(i32, i32, &str)> = None;
        for (case, flows) in &years.by_case {
            let ends = benefits.iter().filter_map(|benefit| flows.get(benefit)).max();
            if let (Some(&cost), Some(&benefit)) = (flows.get(&number), ends)
                && cost > benefit
                && worst.is_none_or(|(c, b, _)| cost - benefit > c - b)
            {
                worst = Some((cost, benefit, case));
            }
        }
        let Some((until, ended, case)) = worst else { continue };
        let at = cost.lifetime_of.as_ref().map_or(cost.name.span, |name| name.span);
        let longest = benefits.iter().map(|&n| &declarations.flows[n]);
        let mut fault = Diagnostic::error(
            "W0105",
            format!("the cost `{}` outlives its benefits", cost.name.value),
            at,
            format!("goes on until {until}"),
        );
        for benefit in longest {
            let at = benefit.lifetime_of.as_ref().map_or(benefit.name.span, |name| name.span);
            fault = fault.and(at, format!("the benefits of `{life}` end in {ended}"));
        }
        diagnostics.push(
            fault
                .note(format!("at central values of all inputs, in {case}"))
                .help("end the cost with its benefits (exit, with the value of what is left), or let the benefits last while the cost is paid")
                .warning(),
        );
    }
}

/// The last calendar year in which each flow is there, in each alternative and scenario.
struct LastYears {
    /// By case in words; flows that are never there are left out.
    by_case: BTreeMap<String, BTreeMap<usize, i32>>,
}

fn last_years(compiled: &Compiled) -> LastYears {
    let mut inputs = Vec::new();
    for input in &compiled.inputs {
        inputs.extend([central(&input.distribution) * input.factor; LANES]);
    }
    let mut amounts = Amounts {
        compiled,
        of: BTreeMap::new(),
    };
    Evaluator::new(&compiled.program, Isa::detect(), LANES).run(&inputs, 1, &mut amounts);
    let catalogue = &compiled.catalogue;
    let mut by_case: BTreeMap<String, BTreeMap<usize, i32>> = BTreeMap::new();
    for ((scenario, alternative, flow), by_year) in amounts.of {
        let greatest = by_year.values().fold(0.0, |most: f64, amount| most.max(amount.abs()));
        let last = by_year
            .iter()
            .filter(|(_, amount)| amount.abs() > NOTHING * greatest)
            .map(|(year, _)| *year)
            .max();
        if let (Some(last), true) = (last.and_then(|year| i32::try_from(year).ok()), greatest > 0.0) {
            let case = format!(
                "alternative `{}`, scenario `{}`",
                catalogue.alternatives[alternative].id, catalogue.scenarios[scenario].id
            );
            by_case
                .entry(case)
                .or_default()
                .insert(flow, catalogue.first_year + last);
        }
    }
    LastYears { by_case }
}

/// A value of the middle: the central one where it has a closed form, else the mean, else the middle of what is possible.
fn central(distribution: &Distribution) -> f64 {
    let middle = || {
        let (low, high) = distribution.support();
        [0.5 * (low + high), low, high]
            .into_iter()
            .find(|value| value.is_finite())
    };
    distribution
        .central()
        .or_else(|| distribution.mean())
        .or_else(middle)
        .unwrap_or(0.0)
}

/// Amounts of one draw: scenario, alternative and flow, by year.
struct Amounts<'c> {
    compiled: &'c Compiled,
    of: BTreeMap<(usize, usize, usize), BTreeMap<usize, f64>>,
}

impl Sink for Amounts<'_> {
    fn output(&mut self, _: usize, _: usize, _: usize, _: &[f64]) {}

    fn yearly(&mut self, scenario: usize, year: usize, item: usize, _: usize, lanes: &[f64]) {
        if let (Some(Yearly::Flow { alternative, flow }), Some(amount)) =
            (self.compiled.yearly.get(item), lanes.first())
        {
            let by_year = self.of.entry((scenario, *alternative, *flow)).or_default();
            *by_year.entry(year).or_insert(0.0) += amount;
        }
    }
}
