//! The draws of several points of a sweep in one program, and what is left of them for each point.
use super::layout::Layout;
use super::span::{self, PROBABILITIES, Summed, summary, three};
use super::total::Total;
use super::{Open, Plan, RunError, Runner, SPAN, Settings};
use crate::design::{Dimensions, Kind};
use crate::precision::Estimate;
use crate::sampler::Sampler;
use crate::summary::Statistic;
use mkba_core::appraisal::Quantity;
use mkba_core::outcome::Summary;
use mkba_core::sweep::{Batch, PointCase, PointOutcome, PointScenario};
use rayon::prelude::*;

/// Evaluates all draws of the points of a batch, on the threads of the pool it is called in. `settings.threads` and
/// `settings.keep_inputs` do not count here.
///
/// # Errors
/// As [`RunError`] says; a draw that is not finite is one of any of the points.
pub fn run_batch(
    batch: &Batch,
    settings: &Settings<'_>,
    design: Kind,
    dimensions: &Dimensions,
) -> Result<Vec<PointOutcome>, RunError> {
    let compiled = &batch.compiled;
    let chosen = design.design(settings.seed, dimensions.clone());
    let sampler =
        Sampler::dependent(&compiled.inputs, &compiled.dependences, chosen, settings.isa).map_err(RunError::Inputs)?;
    let layout = Layout::of_batch(batch, sampler.unit());
    let plan = Plan {
        design,
        dimensions: Some(dimensions),
        keep: 0,
        ..Plan::default()
    };
    let runner = Runner::new(
        compiled,
        &sampler,
        settings,
        &plan,
        &layout,
        rayon::current_num_threads(),
    );
    let found = runner.numbers()?;
    Ok(batch
        .points
        .iter()
        .map(|outputs| found.point(batch, &layout, outputs))
        .collect())
}

/// Bytes that [`run_batch`] takes at most on so many threads; what the program itself takes is not among them.
#[must_use]
pub fn batch_memory(batch: &Batch, settings: &Settings<'_>, threads: usize) -> u64 {
    let layout = Layout::of_batch(batch, crate::standard_error::Unit::Draw);
    let plan = Plan {
        keep: 0,
        ..Plan::default()
    };
    super::memory_of(&batch.compiled, &layout, settings, &plan, threads)
}

/// What is known of every output of a batch.
struct Found {
    summed: Summed,
    /// `[scenario][place in quantiles]`
    quantiles: Vec<[f64; 3]>,
    /// As `quantiles`.
    positive: Vec<f64>,
}

impl Runner<'_> {
    fn numbers(&self) -> Result<Found, RunError> {
        let (draws, layout) = (self.settings.draws, self.layout);
        let mut open = Open::default();
        let places = layout.scenarios * layout.quantiles.len();
        if draws <= SPAN {
            self.evaluate_rest(&mut open, 0, draws)?;
            let chunks = open.chunks();
            let positive = |place: usize| {
                let above = chunks
                    .iter()
                    .flat_map(|chunk| chunk.values(place))
                    .filter(|value| **value > 0.0);
                above.count() as f64 / draws as f64
            };
            return Ok(Found {
                summed: Summed::of(chunks),
                quantiles: (0..places)
                    .into_par_iter()
                    .map_init(Vec::new, |memory, place| span::exact(chunks, place, memory))
                    .collect(),
                positive: (0..places).into_par_iter().map(positive).collect(),
            });
        }
        let mut total = Total::default();
        for (number, start) in (0..draws).step_by(SPAN).enumerate() {
            let mut span = Total::default();
            self.complete(&mut open, &mut span, number as u64, start, SPAN.min(draws - start))?;
            total.add(span.into_part());
        }
        let summed = total.summed();
        let three = |place: usize| {
            let Statistic { least, greatest, .. } = summed.statistics[layout.series_of(place)];
            three(&total.counts[place].quantiles(least, greatest, &PROBABILITIES))
        };
        Ok(Found {
            quantiles: (0..places).into_par_iter().map(three).collect(),
            positive: total.counts.iter().map(|counts| counts.share_positive()).collect(),
            summed,
        })
    }
}

impl Found {
    /// The results of one point.
    fn point(&self, batch: &Batch, layout: &Layout, outputs: &[(Quantity, usize)]) -> PointOutcome {
        let scenarios = (0..layout.scenarios).map(|scenario| self.scenario(batch, layout, outputs, scenario));
        PointOutcome {
            scenarios: scenarios.collect(),
        }
    }

    fn scenario(
        &self,
        batch: &Batch,
        layout: &Layout,
        outputs: &[(Quantity, usize)],
        scenario: usize,
    ) -> PointScenario {
        let catalogue = &batch.compiled.catalogue;
        let mut cases = vec![PointCase::default(); catalogue.alternatives.len()];
        for case in &mut cases {
            case.result.flows = vec![Summary::default(); catalogue.flows.len()];
        }
        let series = |output: usize| scenario * layout.series + layout.outputs[output];
        let place = |output: usize| {
            let place = layout.place[layout.outputs[output]]?;
            Some(scenario * layout.quantiles.len() + place)
        };
        let balance = |output: usize| {
            let (at, place) = (series(output), place(output));
            let quantiles = place.map_or([f64::NAN; 3], |place| self.quantiles[place]);
            let positive = place.map_or(f64::NAN, |place| self.positive[place]);
            (
                summary(self.summed.statistics[at], self.summed.error(at), quantiles),
                positive,
            )
        };
        let mut place_of_balance = vec![None; cases.len()];
        for &(quantity, output) in outputs {
            match quantity {
                Quantity::Value { alternative, flow } => {
                    cases[alternative].result.flows[flow].mean = self.summed.statistics[series(output)].mean();
                }
                Quantity::Balance { alternative } => {
                    let case = &mut cases[alternative];
                    (case.result.balance, case.share_positive) = balance(output);
                    place_of_balance[alternative] = layout.place[layout.outputs[output]];
                }
                Quantity::BalanceWithoutSeparate { alternative } => {
                    let case = &mut cases[alternative];
                    (
                        case.result.balance_without_separate,
                        case.share_positive_without_separate,
                    ) = balance(output);
                }
                Quantity::Posting { .. }
                | Quantity::Regional { .. }
                | Quantity::Interaction { .. }
                | Quantity::Reinforcing { .. } => {}
            }
        }
        let balances: Vec<(usize, Summary)> = place_of_balance
            .iter()
            .zip(&cases)
            .filter_map(|(place, case)| Some(((*place)?, case.result.balance)))
            .collect();
        let ranking = span::ranking_of(&balances, |a, b| self.difference(layout, scenario, a, b));
        PointScenario { cases, ranking }
    }

    /// The difference of two balances, by their places in a scenario.
    fn difference(&self, layout: &Layout, scenario: usize, a: usize, b: usize) -> Estimate {
        match layout.pair(a, b) {
            // Its sign does not matter for an order.
            Some(pair) => self.summed.difference(scenario * layout.pair_count() + pair),
            None => unreachable!("the differences of all balances of a point are followed"),
        }
    }
}
