//! From sums and quantiles by position to an outcome by name.
use super::layout::Layout;
use super::span::{Kept, Summed, summary};
use crate::summary::Statistic;
use mkba_core::appraisal::Quantity;
use mkba_core::appraisal::catalogue::Catalogue;
use mkba_core::compiled::{Compiled, GateAmount, ObservedValue, Yearly};
use mkba_core::outcome::{
    AlternativeOutcome, Checkpoint, Cumulative, DrawDistribution, GateOutcome, InteractionOutcome, LimitOutcome,
    Outcome, ScenarioOutcome, Summary,
};

/// Everything that is known at the end of a run.
pub(super) struct Gathered {
    pub draws: u64,
    pub seed: u64,
    pub summed: Summed,
    /// `[scenario][place in quantiles]`
    pub quantiles: Vec<[f64; 3]>,
    /// `[scenario][balance]`, if not all draws are kept.
    pub spreads: Vec<DrawDistribution>,
    pub kept: Kept,
    pub kept_draws: usize,
    /// See [`super::span::cumulative`].
    pub cumulative: Vec<f64>,
    pub checkpoints: Vec<Checkpoint>,
}

impl Gathered {
    /// Mean of what was summed in a slot.
    fn mean(&self, slot: usize) -> f64 {
        self.summed.sums[slot] / self.draws as f64 + 0.0
    }
}

/// Names everything.
pub(super) fn outcome(compiled: &Compiled, layout: &Layout, mut gathered: Gathered) -> Outcome {
    let mut scenarios: Vec<ScenarioOutcome> = (0..layout.scenarios).map(|_| empty(compiled)).collect();
    for (number, scenario) in scenarios.iter_mut().enumerate() {
        outputs(compiled, layout, &gathered, number, scenario);
        yearly(compiled, layout, &gathered, number, scenario);
        observed(compiled, layout, &gathered, number, scenario);
    }
    let mut spreads = gathered.spreads.into_iter();
    let mut kept = gathered.kept.balances.into_iter();
    for scenario in &mut scenarios {
        for balance in &layout.balances {
            let alternative = &mut scenario.alternatives[balance.alternative];
            alternative.balance_distribution = spreads.next();
            alternative.balance_draws = kept.next().unwrap_or_default();
            if balance.without_separate.is_some() {
                alternative.balance_without_separate_draws = kept.next().unwrap_or_default();
            }
        }
    }
    let names = compiled.inputs.iter().map(|input| input.name.clone());
    Outcome {
        catalogue: compiled.catalogue.clone(),
        draws: usize::try_from(gathered.draws).unwrap_or(usize::MAX),
        seed: gathered.seed,
        scenarios,
        kept: gathered.kept_draws,
        inputs: names.zip(std::mem::take(&mut gathered.kept.inputs)).collect(),
        convergence: gathered.checkpoints,
    }
}

/// An outcome of zeros in the shape of the catalogue.
fn empty(compiled: &Compiled) -> ScenarioOutcome {
    let catalogue = &compiled.catalogue;
    let (flows, parties) = (catalogue.flows.len(), catalogue.parties.len());
    let years = compiled.program.years as usize;
    let alternative = AlternativeOutcome {
        flows: vec![Summary::default(); flows],
        postings: vec![vec![0.0; parties]; flows],
        regional: vec![Vec::new(); flows],
        yearly: vec![vec![0.0; years]; flows],
        indicators: vec![Vec::new(); catalogue.indicators.len()],
        gates: gates(catalogue),
        limits: limits(catalogue),
        ..AlternativeOutcome::default()
    };
    ScenarioOutcome {
        alternatives: vec![alternative; catalogue.alternatives.len()],
        interactions: vec![InteractionOutcome::default(); catalogue.interactions.len()],
    }
}

fn gates(catalogue: &Catalogue) -> Vec<GateOutcome> {
    let gates = catalogue.gates.iter().map(|gate| {
        let zeros = vec![vec![0.0; catalogue.gate_years.len()]; gate.elements.len()];
        GateOutcome {
            wanted: zeros.clone(),
            granted: zeros.clone(),
            substituted: zeros.clone(),
            waiting: zeros.clone(),
            binding: zeros,
        }
    });
    gates.collect()
}

fn limits(catalogue: &Catalogue) -> Vec<LimitOutcome> {
    let limits = catalogue.limits.iter().map(|limit| {
        let zeros = vec![vec![0.0; catalogue.gate_years.len()]; limit.elements.len()];
        LimitOutcome {
            least: vec![zeros.clone(); limit.bounds.len()],
            level: zeros,
        }
    });
    limits.collect()
}

fn outputs(compiled: &Compiled, layout: &Layout, gathered: &Gathered, number: usize, scenario: &mut ScenarioOutcome) {
    let statistics = &gathered.summed.statistics[number * layout.series..][..layout.series];
    for (output, quantity) in compiled.outputs.iter().enumerate() {
        let first = layout.outputs[output];
        let series = &statistics[first..][..compiled.program.outputs[output].1 as usize];
        let Some(&statistic) = series.first() else { continue };
        let summary = || {
            let place = layout.place[first].map(|place| number * layout.quantiles.len() + place);
            summary(
                statistic,
                gathered.summed.error(number * layout.series + first),
                place.map_or([f64::NAN; 3], |place| gathered.quantiles[place]),
            )
        };
        match *quantity {
            Quantity::Value { alternative, flow } => scenario.alternatives[alternative].flows[flow] = summary(),
            Quantity::Posting {
                alternative,
                flow,
                party,
            } => {
                scenario.alternatives[alternative].postings[flow][party] = statistic.mean();
            }
            Quantity::Regional { alternative, flow } => {
                let means = series.iter().copied().map(Statistic::mean);
                scenario.alternatives[alternative].regional[flow] = means.collect();
            }
            Quantity::Balance { alternative } => scenario.alternatives[alternative].balance = summary(),
            Quantity::BalanceWithoutSeparate { alternative } => {
                scenario.alternatives[alternative].balance_without_separate = summary();
            }
            Quantity::Interaction { interaction } => scenario.interactions[interaction].difference = summary(),
            Quantity::Reinforcing { interaction } => {
                scenario.interactions[interaction].reinforcing = statistic.mean();
            }
        }
    }
}

fn yearly(compiled: &Compiled, layout: &Layout, gathered: &Gathered, number: usize, scenario: &mut ScenarioOutcome) {
    for (item, what) in compiled.yearly.iter().enumerate() {
        let count = compiled.program.yearly[item].1 as usize;
        let path_of = |position: usize| {
            (0..layout.years)
                .map(|year| gathered.mean(layout.yearly_slot(number, year, item) + position))
                .collect::<Vec<f64>>()
        };
        match *what {
            Yearly::Flow { alternative, flow } => scenario.alternatives[alternative].yearly[flow] = path_of(0),
            Yearly::Balance { alternative } => {
                let path = layout.path[item].unwrap_or_default();
                scenario.alternatives[alternative].cumulative = cumulative(layout, gathered, number, path, path_of(0));
            }
            Yearly::Indicator { alternative, indicator } => {
                scenario.alternatives[alternative].indicators[indicator] = (0..count).map(path_of).collect();
            }
        }
    }
}

/// Means of the years added up, next to the quantiles of what is added up.
fn cumulative(layout: &Layout, gathered: &Gathered, scenario: usize, path: usize, means: Vec<f64>) -> Vec<Cumulative> {
    let first = (scenario * layout.paths + path) * layout.years;
    let (quantiles, _) = gathered.cumulative.as_chunks();
    let mut sum = 0.0;
    let years = means.into_iter().zip(&quantiles[first..]);
    years
        .map(|(mean, &quantiles)| {
            sum += mean;
            Cumulative { mean: sum, quantiles }
        })
        .collect()
}

fn observed(compiled: &Compiled, layout: &Layout, gathered: &Gathered, number: usize, scenario: &mut ScenarioOutcome) {
    for observation in &compiled.observed {
        let (item, count) = (observation.item, compiled.program.observed[observation.item].1 as usize);
        let path = |position: usize| {
            (0..layout.observed_years)
                .map(|year| gathered.mean(layout.observed_slot(number, year, item) + position))
                .collect::<Vec<f64>>()
        };
        let paths = (0..count).map(path).collect();
        let alternative = &mut scenario.alternatives[observation.alternative];
        match observation.value {
            ObservedValue::Gate { gate, amount } => {
                let gate = &mut alternative.gates[gate];
                let place = match amount {
                    GateAmount::Wanted => &mut gate.wanted,
                    GateAmount::Granted => &mut gate.granted,
                    GateAmount::Substituted => &mut gate.substituted,
                    GateAmount::Waiting => &mut gate.waiting,
                    GateAmount::Binding => &mut gate.binding,
                };
                *place = paths;
            }
            ObservedValue::Limit { limit } => alternative.limits[limit].level = paths,
            ObservedValue::Bound { limit, bound } => alternative.limits[limit].least[bound] = paths,
        }
    }
}
