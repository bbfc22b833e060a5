//! A second, independent evaluator that reads like the specification: formula by formula, year by year, element by element, with plain
//! numbers and the functions of the standard library.
//!
//! The compiled program regroups products, hoists, shares between alternatives and runs over lanes. This evaluator does none of it. It is
//! the oracle that the compiled program is tested against, and far too slow for anything else.
mod formula;
mod ledger;
mod numbers;
pub(crate) mod place;
mod run;

use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::typing::{Member, Symbol, TypedStudy, type_study};
use mkba_core::finance::Timing;
use mkba_core::rulebook::{HorizonStart, ResidualRule, Rulebook};
use numbers::Numbers;
use run::Run;
use std::collections::BTreeMap;

/// A study whose formulas are typed, to be evaluated draw by draw.
pub struct Plain<'d> {
    study: TypedStudy<'d>,
    rulebook: &'d Rulebook,
}

/// What one alternative comes to in one draw and one scenario. Levels, not differences from the baseline. EUR of the price year.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainResult {
    /// EUR per year by flow and year, the sum over the elements of the flow, undiscounted and before shares and tax.
    pub flows: Vec<Vec<f64>>,
    /// EUR per year by flow, region and year, for flows that have a region.
    pub regional: Vec<Option<Vec<Vec<f64>>>>,
    /// Variables, stocks, limits, and members of gates (`permit.granted`) by name: by year and element, in base units.
    pub values: BTreeMap<String, Vec<Vec<f64>>>,
    /// Discount factor by flow and year.
    pub factors: Vec<Vec<f64>>,
    /// What one EUR of a flow posts to each party.
    pub weights: Vec<Vec<f64>>,
    /// Present value of the amounts of each flow, before shares and tax.
    pub present: Vec<f64>,
    /// Present value to each party by flow and party.
    pub postings: Vec<Vec<f64>>,
    /// Present value of each flow to parties with standing together.
    pub society: Vec<f64>,
    /// Present value of each flow to parties with standing by region, for flows that have a region.
    pub regional_society: Vec<Option<Vec<f64>>>,
    /// Sum of `society`.
    pub balance: f64,
    /// Sum of `society` over the flows that are not kept separate.
    pub balance_without_separate: f64,
}

impl<'d> Plain<'d> {
    /// Types the formulas of a study, or reports every fault.
    pub fn new(
        declarations: &'d Declarations,
        sources: &'d Sources,
        rulebook: &'d Rulebook,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        Some(Self {
            study: type_study(declarations, sources, diagnostics)?,
            rulebook,
        })
    }

    /// Evaluates one alternative for one draw in one scenario. `inputs` holds the value of each uncertain input by name, in base units.
    ///
    /// `None` when an input is missing. A study that the compiler refuses may give values that are not numbers.
    #[must_use]
    pub fn evaluate(&self, inputs: &[(String, f64)], scenario: usize, alternative: usize) -> Option<PlainResult> {
        let numbers = Numbers::new(&self.study, self.rulebook, inputs, scenario)?;
        let mut run = Run::new(&self.study, numbers, alternative);
        let values = self.values(&mut run);
        Some(self.appraise(&mut run, values))
    }

    /// Every named value in every year at every place, the earliest year first.
    fn values(&self, run: &mut Run<'_, '_>) -> BTreeMap<String, Vec<Vec<f64>>> {
        let declarations = self.study.scope.declarations;
        let variables = (0..declarations.variables.len()).map(Symbol::Variable);
        let stocks = (0..declarations.stocks.len()).map(Symbol::Stock);
        let limits = (0..declarations.limits.len()).map(Symbol::Limit);
        let symbols: Vec<Symbol> = variables.chain(stocks).chain(limits).collect();
        let mut values: BTreeMap<String, Vec<Vec<f64>>> = BTreeMap::new();
        for year in 0..run.years() {
            for &symbol in &symbols {
                let places = run.places.all(run.set(symbol));
                let level = places.iter().map(|place| run.value(symbol, year, place)).collect();
                values
                    .entry(self.study.scope.name(symbol).to_owned())
                    .or_default()
                    .push(level);
            }
            for (gate, declaration) in declarations.gates.iter().enumerate() {
                let places = run.places.all(run.set(Symbol::Gate(gate)));
                let has_substitute = declaration.substitute.is_some();
                for member in Member::ALL {
                    if member.needs_substitute() && !has_substitute {
                        continue;
                    }
                    let level = places
                        .iter()
                        .map(|place| run.gate_member(gate, member, year, place))
                        .collect();
                    values
                        .entry(format!("{}.{}", declaration.name.value, member.word()))
                        .or_default()
                        .push(level);
                }
            }
        }
        values
    }

    /// The last year that counts under the rulebook.
    fn last_year(&self) -> Option<i32> {
        let (model, horizon) = (&self.study.scope.declarations.model, &self.rulebook.horizon);
        let start = match (horizon.from, &model.opening_year) {
            (HorizonStart::Opening, Some(opening)) => opening.value,
            _ => model.first_year.value,
        };
        let end = start + i32::try_from(horizon.years).unwrap_or(i32::MAX) - 1;
        (horizon.residual == ResidualRule::None).then_some(end)
    }

    fn appraise(&self, run: &mut Run<'_, '_>, values: BTreeMap<String, Vec<Vec<f64>>>) -> PlainResult {
        let declarations = self.study.scope.declarations;
        let model = &declarations.model;
        let timing = match declarations.study.timing.as_ref().map(|timing| timing.value.as_str()) {
            Some("mid_year") => Timing::MidYear,
            Some(_) => Timing::EndOfYear,
            None => self.rulebook.timing,
        };
        let region = model
            .region
            .as_ref()
            .and_then(|name| self.study.scope.space.find(&name.value));
        let mut result = PlainResult {
            flows: Vec::new(),
            regional: Vec::new(),
            values,
            factors: Vec::new(),
            weights: Vec::new(),
            present: Vec::new(),
            postings: Vec::new(),
            society: Vec::new(),
            regional_society: Vec::new(),
            balance: 0.0,
            balance_without_separate: 0.0,
        };
        for (n, flow) in declarations.flows.iter().enumerate() {
            let formula = &self.study.flows[n].formula;
            let places = run.places.all(formula.set);
            let amounts: Vec<Vec<f64>> = (0..run.years())
                .map(|year| {
                    let counted = run.counted(n, year);
                    let amount = |place| run.formula(formula, year, place) * counted;
                    places.iter().map(amount).collect()
                })
                .collect();
            let total = |amounts: &[f64]| amounts.iter().fold(0.0, |sum, amount| sum + amount);
            let yearly: Vec<f64> = amounts.iter().map(|amounts| total(amounts)).collect();
            let has_region = |region| {
                run.places
                    .members(formula.set)
                    .iter()
                    .any(|&index| run.places.lies_within(index, region))
            };
            let regional = region.filter(|&region| has_region(region)).map(|region| {
                let of = |element: u32| -> Vec<f64> {
                    let inside = |amounts: &Vec<f64>| {
                        let pairs = amounts.iter().zip(&places);
                        let here = pairs.filter(|(_, place)| run.places.element(place, region) == Some(element));
                        here.fold(0.0, |sum, (amount, _)| sum + amount)
                    };
                    amounts.iter().map(inside).collect()
                };
                run.places.elements(region).map(of).collect::<Vec<_>>()
            });
            let rates = run.numbers.rates(&flow.discount.value);
            let rate = |year: i32| {
                let later = rates.iter().rev().find(|(after, _)| year > *after);
                later.map_or(f64::NAN, |(_, rate)| *rate)
            };
            let counts = |year: usize| self.last_year().is_none_or(|last| run.calendar(year) <= last);
            let elapsed = |year: usize| run.calendar(year) - model.base_year.value;
            let factors: Vec<f64> = (0..run.years())
                .map(|year| match counts(year) {
                    true => ledger::discount_factor(rate, elapsed(year), timing),
                    false => 0.0,
                })
                .collect();
            let discounted = |amounts: &[f64]| {
                amounts
                    .iter()
                    .zip(&factors)
                    .fold(0.0, |sum, (amount, factor)| sum + amount * factor)
            };
            let weights = run.postings(n, self.rulebook);
            let standing = weights
                .iter()
                .zip(&declarations.parties)
                .filter(|(_, party)| party.counts(self.rulebook));
            let counted = standing.fold(0.0, |sum, (weight, _)| sum + weight);
            let present = discounted(&yearly);
            let society = present * counted;
            result.balance += society;
            result.balance_without_separate += if flow.separate { 0.0 } else { society };
            result.regional_society.push(
                regional
                    .as_ref()
                    .map(|regional| regional.iter().map(|amounts| discounted(amounts) * counted).collect()),
            );
            result
                .postings
                .push(weights.iter().map(|weight| present * weight).collect());
            result.society.push(society);
            result.present.push(present);
            result.flows.push(yearly);
            result.regional.push(regional);
            result.factors.push(factors);
            result.weights.push(weights);
        }
        result
    }
}

/// Evaluates one alternative for one draw in one scenario: [`Plain::new`] and [`Plain::evaluate`] together.
///
/// `None` when the study has faults or an input is missing.
#[must_use]
pub fn evaluate(
    declarations: &Declarations,
    sources: &Sources,
    rulebook: &Rulebook,
    inputs: &[(String, f64)],
    scenario: usize,
    alternative: usize,
) -> Option<PlainResult> {
    Plain::new(declarations, sources, rulebook, &mut Diagnostics::default())?.evaluate(inputs, scenario, alternative)
}
