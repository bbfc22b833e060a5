//! Where each number of a chunk is put.
use crate::standard_error::{Spread, Unit};
use crate::summary::CHUNK;
use mkba_core::appraisal::Quantity;
use mkba_core::compiled::{Compiled, Yearly};
use mkba_core::outcome::Cumulative;
use mkba_core::program::{Program, Source};
use mkba_core::sweep::Batch;

/// Positions of outputs, yearly values and balances.
///
/// A *series* is one number of one scenario over the draws. Some series are kept by draw until their quantiles are known; the
/// rest only needs a mean.
pub(super) struct Layout {
    /// For each output, the first of its series; one series for each position.
    pub outputs: Vec<usize>,
    /// Number of series of outputs in a scenario.
    pub series: usize,
    /// For each yearly value, the first of its positions.
    pub yearly: Vec<usize>,
    /// Number of positions of yearly values.
    pub positions: usize,
    /// For each yearly value its place among the balances by year, if it is one.
    pub path: Vec<Option<usize>>,
    /// Number of balances by year in a scenario.
    pub paths: usize,
    pub years: usize,
    /// For each observed value, the first of its positions.
    pub observed: Vec<usize>,
    /// Number of positions of observed values.
    pub observed_positions: usize,
    pub observed_years: usize,
    pub scenarios: usize,
    /// Inputs that may be kept.
    pub inputs: usize,
    /// The series of a scenario whose quantiles are asked for.
    pub quantiles: Vec<usize>,
    /// For each series of a scenario its place in `quantiles`, if it has one.
    pub place: Vec<Option<usize>>,
    /// The alternatives that have a balance.
    pub balances: Vec<Balance>,
    /// Pairs of places of balances in a scenario of which the differences are followed, in order.
    pub pairs: Vec<(usize, usize)>,
    /// What draws are independent of each other.
    pub unit: Unit,
}

/// Places in [`Layout::quantiles`] of the balances of an alternative.
pub(super) struct Balance {
    pub alternative: usize,
    pub all: usize,
    pub without_separate: Option<usize>,
}

impl Layout {
    /// Whether standard errors need more than the moments of all draws.
    pub fn has_spreads(&self) -> bool {
        self.unit != Unit::Draw
    }

    /// Empty spreads of so many numbers a scenario; none where draws are independent.
    pub fn spreads(&self, numbers: usize) -> Vec<Spread> {
        let count = if self.has_spreads() {
            self.scenarios * numbers
        } else {
            0
        };
        vec![Spread::of_chunk(self.unit, &[]); count]
    }

    /// Of the results of one study.
    pub fn new(compiled: &Compiled, keep_inputs: bool, unit: Unit) -> Self {
        let mut layout = Self::without_quantiles(&compiled.program, unit);
        layout.inputs = if keep_inputs { compiled.inputs.len() } else { 0 };
        for (place, item) in layout.path.iter_mut().zip(&compiled.yearly) {
            if matches!(item, Yearly::Balance { .. }) {
                *place = Some(layout.paths);
                layout.paths += 1;
            }
        }
        layout.find_quantiles(compiled);
        let places: Vec<usize> = layout.balances.iter().map(|balance| balance.all).collect();
        layout.pairs = pairs(&places).collect();
        layout
    }

    /// Of the results of several points: quantiles of all balances, and differences between those of one point.
    pub fn of_batch(batch: &Batch, unit: Unit) -> Self {
        let mut layout = Self::without_quantiles(&batch.compiled.program, unit);
        for outputs in &batch.points {
            let mut balances = Vec::new();
            for &(quantity, output) in outputs {
                let is_balance = matches!(quantity, Quantity::Balance { .. });
                if is_balance || matches!(quantity, Quantity::BalanceWithoutSeparate { .. }) {
                    let place = layout.ask_quantiles(output);
                    balances.extend(is_balance.then_some(place));
                }
            }
            layout.pairs.extend(pairs(&balances).map(|(a, b)| (a.min(b), a.max(b))));
        }
        layout.pairs.sort_unstable();
        layout.pairs.dedup();
        layout
    }

    fn without_quantiles(program: &Program, unit: Unit) -> Self {
        let starts = |sizes: &[(Source, u32)]| {
            let mut next = 0;
            let mut starts = Vec::with_capacity(sizes.len());
            for (_, size) in sizes {
                starts.push(next);
                next += *size as usize;
            }
            (starts, next)
        };
        let (outputs, series) = starts(&program.outputs);
        let (yearly, positions) = starts(&program.yearly);
        let (observed, observed_positions) = starts(&program.observed);
        Self {
            path: vec![None; program.yearly.len()],
            paths: 0,
            place: vec![None; series],
            outputs,
            series,
            yearly,
            positions,
            years: program.years as usize,
            observed,
            observed_positions,
            observed_years: program.observed_years(),
            scenarios: program.scenarios as usize,
            inputs: 0,
            quantiles: Vec::new(),
            balances: Vec::new(),
            pairs: Vec::new(),
            unit,
        }
    }

    /// The place of an output of one position among those with quantiles.
    fn ask_quantiles(&mut self, output: usize) -> usize {
        let series = self.outputs[output];
        let next = self.quantiles.len();
        let place = *self.place[series].get_or_insert(next);
        if place == next {
            self.quantiles.push(series);
        }
        place
    }

    fn find_quantiles(&mut self, compiled: &Compiled) {
        let mut without_separate = Vec::new();
        for (output, quantity) in compiled.outputs.iter().enumerate() {
            if compiled.program.outputs[output].1 == 0 {
                continue;
            }
            let place = self.quantiles.len();
            match *quantity {
                Quantity::Posting { .. } | Quantity::Regional { .. } | Quantity::Reinforcing { .. } => continue,
                Quantity::Value { .. } | Quantity::Interaction { .. } => {}
                Quantity::Balance { alternative } => self.balances.push(Balance {
                    alternative,
                    all: place,
                    without_separate: None,
                }),
                Quantity::BalanceWithoutSeparate { alternative } => without_separate.push((alternative, place)),
            }
            self.place[self.outputs[output]] = Some(place);
            self.quantiles.push(self.outputs[output]);
        }
        for balance in &mut self.balances {
            let place = without_separate
                .iter()
                .find(|(alternative, _)| *alternative == balance.alternative);
            balance.without_separate = place.map(|(_, place)| *place);
        }
    }

    /// The statistic of a series with quantiles, both numbered over all scenarios.
    pub fn series_of(&self, place: usize) -> usize {
        let (scenario, within) = (place / self.quantiles.len(), place % self.quantiles.len());
        scenario * self.series + self.quantiles[within]
    }

    /// The series with quantiles that are balances, scenario by scenario.
    pub fn balance_places(&self) -> Vec<usize> {
        let within = |scenario| {
            self.balances
                .iter()
                .map(move |balance| scenario * self.quantiles.len() + balance.all)
        };
        (0..self.scenarios).flat_map(within).collect()
    }

    /// Balances by year of the first 1024 draws, of all scenarios.
    pub fn path_values(&self) -> usize {
        self.scenarios * self.paths * self.years * CHUNK
    }

    /// Quantiles of the balances by year, of all scenarios.
    pub fn cumulative_quantiles(&self) -> usize {
        self.scenarios * self.paths * self.years * Cumulative::PROBABILITIES.len()
    }

    /// Sums of all scenarios: yearly ones first, then those of observed years.
    pub fn slots(&self) -> usize {
        self.scenarios * (self.years * self.positions + self.observed_years * self.observed_positions)
    }

    /// Place of the sum of a yearly value at the first of its positions.
    pub fn yearly_slot(&self, scenario: usize, year: usize, item: usize) -> usize {
        (scenario * self.years + year) * self.positions + self.yearly[item]
    }

    /// Place of the sum of an observed value at the first of its positions.
    pub fn observed_slot(&self, scenario: usize, observed_year: usize, item: usize) -> usize {
        let before = self.scenarios * self.years * self.positions;
        before + (scenario * self.observed_years + observed_year) * self.observed_positions + self.observed[item]
    }

    /// Number of `pairs`.
    pub fn pair_count(&self) -> usize {
        self.pairs.len()
    }

    /// Which of `pairs` these two places are, in either order.
    pub fn pair(&self, a: usize, b: usize) -> Option<usize> {
        self.pairs.binary_search(&(a.min(b), a.max(b))).ok()
    }

    /// Numbers of series with quantiles whose draws can be kept: both balances of each alternative, scenario by scenario.
    pub fn kept_places(&self) -> impl Iterator<Item = usize> {
        (0..self.scenarios).flat_map(move |scenario| {
            let places = self
                .balances
                .iter()
                .flat_map(|balance| [Some(balance.all), balance.without_separate]);
            places
                .flatten()
                .map(move |place| scenario * self.quantiles.len() + place)
        })
    }
}

/// All pairs, each once.
fn pairs(places: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let after = |(number, &a): (usize, &usize)| places[number + 1..].iter().map(move |&b| (a, b));
    places.iter().enumerate().flat_map(after)
}
