//! The change of every balance, step by step.
use super::between::{Pair, Point, State};
use super::side::{Balance, Side};
use super::steps::{Order, Step, Steps};
use crate::failure::Failure;
use crate::pipeline;
use crate::progress::Progress;
use crate::sweep::{Batches, Draws, Fault, Points, Settings, batches_along};
use mkba_core::compiled::Formulated;
use mkba_core::sweep::{Asked, PointOutcome};
use mkba_montecarlo::Dimensions;
use mkba_montecarlo::design::Kind;
use std::collections::BTreeMap;

/// Balances of all cases that are compared: by scenario, then by alternative.
pub type Balances = Vec<Vec<Balance>>;

/// From the balances of one run to those of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// What the first run published.
    pub before: Balances,
    /// What the second run published.
    pub after: Balances,
    /// Every step, in the order of replacement.
    pub changes: Vec<Change>,
    /// Draws of each of the runs here.
    pub draws: [u64; 2],
    /// What is left: published less computed here, of both runs, and what no step explains. Zero when the same version made both runs
    /// and all their draws are done here.
    pub rest: Balances,
    /// Studies that were evaluated.
    pub points: usize,
}

impl Attribution {
    /// Of two runs that differ in nothing, neither in what they were made of nor in their balances: there is nothing to compute.
    pub fn of_equal_runs(pair: &Pair) -> Option<Self> {
        let (before, after) = (published(pair, &pair.before), published(pair, &pair.after));
        let equal = pair.items.is_empty() && before == after;
        equal.then(|| Self {
            rest: combined(&before, &after, |a, b| b - a),
            before,
            after,
            changes: Vec::new(),
            draws: [&pair.before, &pair.after].map(|side| side.manifest.draws),
            points: 0,
        })
    }
}

/// What one step changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The items.
    pub step: Step,
    /// Mean of both orders.
    pub mean: Balances,
    /// Half of what it changes in one order more than in the other.
    pub interaction: Balances,
}

/// Bytes of the results of one case in one point.
const BYTES_PER_CASE: u64 = 500;

/// Evaluates every study on the way between two runs.
///
/// # Errors
/// A draw gave an impossible value, it was stopped, or it needs more memory than there is.
pub fn attribute(
    pair: &Pair,
    mut steps: Steps,
    draws: Option<u64>,
    settings: &Settings<'_>,
) -> Result<Attribution, Failure> {
    let counts = [&pair.before, &pair.after].map(|side| side.manifest.draws.min(draws.unwrap_or(u64::MAX)));
    let mut found = BTreeMap::new();
    loop {
        let mut way = Way {
            pair,
            points: points(pair, &steps),
        };
        way.points.retain(|point| !found.contains_key(point));
        match way.evaluate(counts, settings, &mut found) {
            Ok(()) => break,
            // Both runs are possible; when what lies between them is not, it is left out.
            Err(Fault {
                failure,
                point: Some(at),
            }) if !steps.leave_out(pair, &way.points[at]) => return Err(failure),
            Err(Fault { point: Some(_), .. }) => {}
            Err(Fault { failure, .. }) => return Err(failure),
        }
    }
    let of = |point: &Point| -> &Balances { &found[point] };
    let of_state = |state: &State| of(&Point::Between(state.clone()));
    let changes_in = |order: Order| -> BTreeMap<Step, Balances> {
        let mut before = pair.start();
        let states = steps.in_order(order).into_iter().zip(steps.states(pair, order));
        states
            .map(|(step, after)| {
                let change = combined(of_state(&after), of_state(&before), |a, b| a - b);
                before = after;
                (step.clone(), change)
            })
            .collect()
    };
    let (forward, backward) = (changes_in(Order::Forward), changes_in(Order::Backward));
    let changes = steps.in_order(Order::Forward).into_iter().map(|step| Change {
        step: step.clone(),
        mean: combined(&forward[step], &backward[step], |a, b| (a + b).half()),
        interaction: combined(&forward[step], &backward[step], |a, b| (a - b).half()),
    });
    let (before, after) = (published(pair, &pair.before), published(pair, &pair.after));
    let first = combined(of_state(&pair.start()), &before, |computed, published| {
        computed - published
    });
    let last = combined(&after, of_state(&vec![true; pair.items.len()]), |published, reached| {
        published - reached
    });
    Ok(Attribution {
        rest: combined(&first, &last, |a, b| a + b),
        changes: changes.collect(),
        draws: counts,
        before,
        after,
        points: found.len(),
    })
}

/// Every study on the way, once: in one order, then in the other, then the second run by itself.
fn points(pair: &Pair, steps: &Steps) -> Vec<Point> {
    let mut points = vec![Point::Between(pair.start())];
    for order in [Order::Forward, Order::Backward] {
        for state in steps.states(pair, order) {
            let point = Point::Between(state);
            if !points.contains(&point) {
                points.push(point);
            }
        }
    }
    points
}

/// All cases of two.
fn combined(a: &Balances, b: &Balances, of: impl Fn(Balance, Balance) -> Balance) -> Balances {
    let rows = a.iter().zip(b);
    rows.map(|(a, b)| a.iter().zip(b).map(|(a, b)| of(*a, *b)).collect())
        .collect()
}

fn published(pair: &Pair, side: &Side) -> Balances {
    let of = |scenario: &String| {
        let alternatives = pair.cases.alternatives.iter();
        // Both runs have all cases that are compared.
        alternatives
            .map(|alternative| side.published(scenario, alternative).unwrap_or_default())
            .collect()
    };
    pair.cases.scenarios.iter().map(of).collect()
}

/// The studies on the way.
struct Way<'a> {
    pair: &'a Pair,
    points: Vec<Point>,
}

impl Points for Way<'_> {
    fn formulate(&self, point: usize) -> Result<Formulated, Failure> {
        self.pair.formulate(&self.points[point])
    }

    fn told(&self, point: usize) -> String {
        match &self.points[point] {
            Point::After => "in the second run".to_owned(),
            Point::Between(state) => {
                let (taken, all) = (state.iter().filter(|on| **on).count(), state.len());
                format!("in the first run with {taken} of {all} differences taken over from the second")
            }
        }
    }
}

impl Way<'_> {
    /// Adds the balances of all points to those that are known.
    fn evaluate(
        &self,
        counts: [u64; 2],
        settings: &Settings<'_>,
        found: &mut BTreeMap<Point, Balances>,
    ) -> Result<(), Fault> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(settings.threads)
            .build()
            .map_err(|error| Failure::Machine(format!("threads cannot be started: {error}")))?;
        pool.install(|| {
            let most = usize::try_from(counts[0].max(counts[1])).unwrap_or(usize::MAX);
            let progress = Progress::of_points(self.points.len(), most, settings.quiet);
            for (side, count) in [false, true].into_iter().zip(counts) {
                let own: Vec<usize> = (0..self.points.len())
                    .filter(|&point| self.pair.has_other_draws(&self.points[point]) == side)
                    .collect();
                if !own.is_empty() {
                    let results = self.with_draws_of(side, &own, count, settings, &progress)?;
                    let told = results.into_iter();
                    found.extend(told.map(|(point, outcome)| (self.points[point].clone(), balances(&outcome))));
                }
            }
            Ok(())
        })
    }

    /// Some of the points, with the draws of one of the runs.
    fn with_draws_of(
        &self,
        after: bool,
        points: &[usize],
        draws: u64,
        settings: &Settings<'_>,
        progress: &Progress,
    ) -> Result<Vec<(usize, PointOutcome)>, Fault> {
        let side = if after { &self.pair.after } else { &self.pair.before };
        let dimensions = self.dimensions(side)?;
        let available = settings.max_memory.or_else(pipeline::memory::available);
        let cases = (self.pair.cases.scenarios.len() * (self.pair.cases.alternatives.len() + 1)) as u64;
        let batches = Batches {
            points: self,
            draws: Draws {
                draws: usize::try_from(draws)
                    .map_err(|_| Failure::Use("so many draws are more than this machine can count".to_owned()))?,
                seed: side.manifest.seed,
                design: side.design,
                dimensions: &dimensions,
            },
            asked: Asked::Balances,
            settings,
            available,
            results: cases * BYTES_PER_CASE * self.points.len() as u64,
        };
        batches.keep_going()?;
        let portions = batches_along(points, self, Asked::Balances, rayon::current_num_threads())?;
        batches.keep_going()?;
        batches.evaluate(&portions, progress)
    }

    /// Dimensions of the Sobol design for the inputs of both runs: those of the side, then new ones.
    fn dimensions(&self, side: &Side) -> Result<Dimensions, Failure> {
        let mut dimensions = side.dimensions.clone();
        if side.design == Kind::Sobol {
            for point in [Point::Between(self.pair.start()), Point::After] {
                let study = self.pair.formulate(&point)?;
                dimensions.append(study.inputs.iter().map(|input| input.name.as_str()));
            }
        }
        Ok(dimensions)
    }
}

/// Without the baseline, which is the first alternative.
fn balances(outcome: &PointOutcome) -> Balances {
    let scenarios = outcome.scenarios.iter().map(|scenario| {
        let cases = scenario.cases.iter().skip(1);
        cases
            .map(|case| Balance {
                all: case.result.balance.mean,
                without_separate: case.result.balance_without_separate.mean,
            })
            .collect()
    });
    scenarios.collect()
}
