//! The compiled program against the plain evaluator, number by number.
use crate::draws::{Random, value};
use mkba_core::appraisal::{Detail, Quantity};
use mkba_core::compiled::{Compiled, Yearly};
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::lane::Isa;
use mkba_core::rulebook::Rulebook;
use mkba_lang::declarations::Declarations;
use mkba_lang::diagnostic::{Diagnostics, render};
use mkba_lang::plain::{Plain, PlainResult};
use mkba_lang::project::Files;
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use std::collections::BTreeMap;

/// Greatest difference between two evaluations of the same formulas, relative to the amounts that were added up.
///
/// Both add the same numbers, but the program regroups products and may subtract what the plain evaluator adds. A sum of n amounts is exact
/// to about n · 2⁻⁵³ of the sum of their absolute values (Higham 2002, *Accuracy and Stability of Numerical Algorithms*, section 4.2), and a
/// value carried through a hundred years of stocks adds as many roundings. With some thousands of operations behind a number, 1e-11 leaves a
/// margin of ten; a wrong formula, year, element or share differs by far more.
///
/// A flow may itself be a small difference of great amounts (a peak load with and without something). So a thousandth of the greatest flow
/// of the year is added to the amounts of the flow itself: 1e-14 of the greatest flow, about the rounding of one addition of that size.
pub const TOLERANCE: f64 = 1e-11;

/// What a program computed: by what it is, scenario, year (none for present values) and position, a number for each draw.
#[derive(Default)]
struct Kept {
    outputs: BTreeMap<(usize, usize), Vec<Vec<f64>>>,
    yearly: BTreeMap<(usize, usize, usize), Vec<Vec<f64>>>,
}

impl Sink for Kept {
    fn output(&mut self, scenario: usize, output: usize, _position: usize, lanes: &[f64]) {
        self.outputs.entry((scenario, output)).or_default().push(lanes.to_vec());
    }

    fn yearly(&mut self, scenario: usize, year: usize, item: usize, _position: usize, lanes: &[f64]) {
        self.yearly
            .entry((scenario, year, item))
            .or_default()
            .push(lanes.to_vec());
    }
}

/// How far the two are apart.
#[derive(Default, Debug)]
pub struct Agreement {
    /// Numbers compared.
    pub compared: usize,
    /// Numbers that are not zero.
    pub nonzero: usize,
    /// Greatest relative difference.
    pub worst: f64,
    /// Differences beyond the tolerance, in words.
    pub faults: Vec<String>,
    /// Added to the scale of every number: the size of values that are added up inside formulas.
    pub size: f64,
}

impl Agreement {
    /// `scale` is the sum of the absolute amounts behind the number.
    fn check(&mut self, what: impl Fn() -> String, compiled: f64, plain: f64, scale: f64) {
        self.compared += 1;
        self.nonzero += usize::from(plain != 0.0);
        let same = compiled == plain || (compiled.is_nan() && plain.is_nan());
        // Where one region is not a number, the nation is not either, but the other regions are.
        let scale = if scale.is_nan() { plain.abs() } else { scale };
        let difference = (compiled - plain).abs() / (scale + self.size).max(f64::MIN_POSITIVE);
        if same {
            return;
        }
        if difference.is_nan() || difference > TOLERANCE {
            self.faults.push(format!(
                "{}: compiled {compiled:e}, plain {plain:e}, relative {difference:e}",
                what()
            ));
        }
        self.worst = self.worst.max(difference);
    }
}

/// Reads and compiles a study, or panics with its faults.
pub fn compiled(files: &dyn Files, study: &str, rulebook: &Rulebook) -> (Declarations, Sources, Compiled) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let declarations = read_study(files, study, &mut sources, &mut diagnostics);
    let compiled = declarations
        .as_ref()
        .and_then(|declarations| mkba_lang::compile(declarations, &sources, rulebook, Detail::Full, &mut diagnostics));
    let (Some(declarations), Some(compiled)) = (declarations, compiled) else {
        panic!("{study} has faults:\n{}", render(diagnostics.list(), &sources));
    };
    (declarations, sources, compiled)
}

/// Compares every number of a study for some draws.
pub fn agreement(files: &dyn Files, study: &str, rulebook: &Rulebook, draws: usize, seed: u64, size: f64) -> Agreement {
    let (declarations, sources, compiled) = compiled(files, study, rulebook);
    let mut random = Random(seed);
    let drawn: Vec<Vec<f64>> = (0..draws)
        .map(|_| compiled.inputs.iter().map(|input| value(input, &mut random)).collect())
        .collect();
    let mut evaluator = Evaluator::new(&compiled.program, Isa::detect(), draws.next_multiple_of(8));
    let width = evaluator.block_size();
    let mut lanes = vec![0.0; compiled.inputs.len() * width];
    for input in 0..compiled.inputs.len() {
        for lane in 0..width {
            lanes[input * width + lane] = drawn[lane.min(draws - 1)][input];
        }
    }
    let mut kept = Kept::default();
    evaluator.run(&lanes, draws, &mut kept);

    let mut faults = Diagnostics::default();
    let plain = Plain::new(&declarations, &sources, rulebook, &mut faults).expect("the compiler has accepted it");
    let mut agreement = Agreement {
        size,
        ..Agreement::default()
    };
    for (draw, values) in drawn.iter().enumerate() {
        let inputs: Vec<(String, f64)> = compiled
            .inputs
            .iter()
            .map(|input| input.name.clone())
            .zip(values.iter().copied())
            .collect();
        for scenario in 0..declarations.scenarios.len() {
            let results: Vec<PlainResult> = (0..declarations.alternatives.len())
                .map(|alternative| {
                    plain
                        .evaluate(&inputs, scenario, alternative)
                        .expect("every input has a value")
                })
                .collect();
            let case = Case {
                compiled: &compiled,
                kept: &kept,
                results: &results,
                draw,
                scenario,
            };
            case.present_values(&mut agreement);
            case.years(&mut agreement);
        }
    }
    agreement
}

struct Case<'c> {
    compiled: &'c Compiled,
    kept: &'c Kept,
    results: &'c [PlainResult],
    draw: usize,
    scenario: usize,
}

impl Case<'_> {
    fn present_values(&self, agreement: &mut Agreement) {
        let catalogue = &self.compiled.catalogue;
        let base = &self.results[catalogue.baseline];
        for (number, quantity) in self.compiled.outputs.iter().enumerate() {
            let values = &self.kept.outputs[&(self.scenario, number)];
            let what = |position: usize| {
                format!(
                    "{quantity:?} position {position} scenario {} draw {}",
                    self.scenario, self.draw
                )
            };
            let found = |position: usize| values[position][self.draw];
            match *quantity {
                Quantity::Value { alternative, flow } => {
                    let plain = self.results[alternative].society[flow] - base.society[flow];
                    let scale = self.scale(alternative, flow);
                    agreement.check(|| what(0), found(0), plain, scale);
                }
                Quantity::Posting {
                    alternative,
                    flow,
                    party,
                } => {
                    let plain = self.results[alternative].postings[flow][party] - base.postings[flow][party];
                    let scale = self.scale(alternative, flow);
                    agreement.check(|| what(0), found(0), plain, scale);
                }
                Quantity::Regional { alternative, flow } => {
                    let with = self.results[alternative].regional_society[flow]
                        .as_ref()
                        .expect("a flow with region");
                    let without = base.regional_society[flow].as_ref().expect("a flow with region");
                    if values.len() != with.len() {
                        agreement
                            .faults
                            .push(format!("{}: {} positions, plain {}", what(0), values.len(), with.len()));
                        continue;
                    }
                    let scale = self.scale(alternative, flow);
                    for (position, (with, without)) in with.iter().zip(without).enumerate() {
                        agreement.check(|| what(position), found(position), with - without, scale);
                    }
                }
                Quantity::Balance { alternative } => {
                    let plain = self.results[alternative].balance - base.balance;
                    agreement.check(|| what(0), found(0), plain, self.all_scales(alternative));
                }
                Quantity::BalanceWithoutSeparate { alternative } => {
                    let plain = self.results[alternative].balance_without_separate - base.balance_without_separate;
                    agreement.check(|| what(0), found(0), plain, self.all_scales(alternative));
                }
                // No random study has an interaction.
                Quantity::Interaction { .. } | Quantity::Reinforcing { .. } => {}
            }
        }
        // What is posted to nobody in the program must be posted to nobody here.
        for (alternative, result) in self
            .results
            .iter()
            .enumerate()
            .filter(|(a, _)| *a != catalogue.baseline)
        {
            for (flow, weights) in result.weights.iter().enumerate() {
                for (party, &weight) in weights.iter().enumerate() {
                    let quantity = Quantity::Posting {
                        alternative,
                        flow,
                        party,
                    };
                    if !self.compiled.outputs.contains(&quantity) {
                        agreement.check(|| format!("{quantity:?} is missing"), 0.0, weight, 1.0);
                    }
                }
                let regional = Quantity::Regional { alternative, flow };
                let is_missing = result.regional[flow].is_some() && !self.compiled.outputs.contains(&regional);
                agreement.check(
                    || format!("{regional:?} is missing"),
                    0.0,
                    f64::from(u8::from(is_missing)),
                    1.0,
                );
            }
        }
    }

    fn years(&self, agreement: &mut Agreement) {
        let catalogue = &self.compiled.catalogue;
        let base = &self.results[catalogue.baseline];
        for (&(scenario, year, item), values) in self.kept.yearly.iter().filter(|((at, ..), _)| *at == self.scenario) {
            let yearly = self.compiled.yearly[item];
            let what = |position: usize| {
                format!(
                    "{yearly:?} position {position} year {year} scenario {scenario} draw {}",
                    self.draw
                )
            };
            match yearly {
                Yearly::Flow { alternative, flow } => {
                    let (with, without) = (self.results[alternative].flows[flow][year], base.flows[flow][year]);
                    let is_transfer = catalogue.flows[flow].kind == mkba_core::appraisal::catalogue::FlowKind::Transfer;
                    let society = if is_transfer { 1.0 } else { self.counted(flow) };
                    let sizes =
                        |flow: usize| self.results[alternative].flows[flow][year].abs() + base.flows[flow][year].abs();
                    let greatest = self.flows().map(sizes).fold(0.0, f64::max);
                    let scale = (sizes(flow) + 1e-3 * greatest) * self.greatest_weight(flow);
                    agreement.check(|| what(0), values[0][self.draw], (with - without) * society, scale);
                }
                Yearly::Balance { alternative } => {
                    let here = &self.results[alternative];
                    let (mut balance, mut scale) = (0.0, 0.0);
                    for flow in self.flows() {
                        let (with, without) = (here.flows[flow][year], base.flows[flow][year]);
                        let factor = here.factors[flow][year];
                        balance += (with - without) * factor * self.counted(flow);
                        scale += (with.abs() + without.abs()) * factor * self.greatest_weight(flow);
                    }
                    agreement.check(|| what(0), values[0][self.draw], balance, scale);
                }
                Yearly::Indicator { alternative, indicator } => {
                    let name = &catalogue.indicators[indicator].entry.id;
                    let plain = &self.results[alternative].values[name][year];
                    if values.len() != plain.len() {
                        agreement.faults.push(format!(
                            "{}: {} positions, plain {}",
                            what(0),
                            values.len(),
                            plain.len()
                        ));
                        continue;
                    }
                    for (position, &level) in plain.iter().enumerate() {
                        agreement.check(|| what(position), values[position][self.draw], level, level.abs());
                    }
                }
            }
        }
    }

    /// Discounted absolute amounts of a flow in an alternative and in the baseline.
    fn amounts(&self, alternative: usize, flow: usize) -> f64 {
        let base = &self.results[self.compiled.catalogue.baseline];
        let of = |result: &PlainResult| -> f64 {
            result.flows[flow]
                .iter()
                .zip(&result.factors[flow])
                .map(|(amount, factor)| amount.abs() * factor)
                .sum()
        };
        of(&self.results[alternative]) + of(base)
    }

    fn greatest_weight(&self, flow: usize) -> f64 {
        self.results[0].weights[flow]
            .iter()
            .fold(0.0, |most, weight| weight.abs().max(most))
    }

    fn counted(&self, flow: usize) -> f64 {
        let weights = self.results[0].weights[flow]
            .iter()
            .zip(&self.compiled.catalogue.parties);
        weights
            .filter(|(_, party)| party.standing)
            .map(|(weight, _)| weight)
            .sum()
    }

    fn flows(&self) -> std::ops::Range<usize> {
        0..self.compiled.catalogue.flows.len()
    }

    fn scale(&self, alternative: usize, flow: usize) -> f64 {
        let greatest = self
            .flows()
            .map(|flow| self.amounts(alternative, flow))
            .fold(0.0, f64::max);
        (self.amounts(alternative, flow) + 1e-3 * greatest) * self.greatest_weight(flow)
    }

    fn all_scales(&self, alternative: usize) -> f64 {
        self.flows().map(|flow| self.scale(alternative, flow)).sum()
    }
}
