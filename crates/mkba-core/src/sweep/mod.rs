//! Sweeps: one study at many points, each with other values in some places, all with the same draws.
mod batch;
mod break_even;

pub use batch::{Asked, Batch, MOST_NODES};
pub use break_even::{BreakEven, Crossing, break_evens};

use crate::appraisal::catalogue::{Catalogue, Text};
use crate::finance::RatioConvention;
use crate::outcome::AlternativeOutcome;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How the values of several axes are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Points {
    /// Every value of each axis with every value of the others; the last axis changes fastest.
    #[default]
    Grid,
    /// The first values of all axes are the first point, and so on.
    List,
}

/// An axis in results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AxisEntry {
    /// Name, also of its column.
    pub name: String,
    /// Label.
    pub label: Text,
    /// What it varies, as the study says.
    pub varies: String,
    /// Unit of its numbers; empty when they have none, or when its values are no numbers.
    pub unit: String,
    /// Its values as one writes them.
    pub texts: Vec<String>,
    /// Its values as numbers in the unit, when all of them are single numbers.
    pub numbers: Option<Vec<f64>>,
}

/// A finished sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepOutcome {
    /// Names, labels and settings of the study as it stands.
    pub catalogue: Catalogue,
    /// How values are combined.
    pub points: Points,
    /// The axes.
    pub axes: Vec<AxisEntry>,
    /// For each point the number of the value of each axis.
    pub places: Vec<Vec<usize>>,
    /// How the benefit-cost ratio of each point is made up.
    pub conventions: Vec<RatioConvention>,
    /// Results of each point.
    pub results: Vec<PointOutcome>,
    /// Draws of each point.
    pub draws: u64,
    /// Seed.
    pub seed: u64,
}

/// Results of one point.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PointOutcome {
    /// By scenario.
    pub scenarios: Vec<PointScenario>,
}

/// A point in one scenario.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PointScenario {
    /// Alternatives in the order of the catalogue; that of the baseline is zero.
    pub cases: Vec<PointCase>,
    /// Probability, at least, that the alternatives are in the right order.
    pub ranking: f64,
}

/// An alternative in a point and scenario.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PointCase {
    /// Balances, and the mean of each flow; nothing else is filled in.
    pub result: AlternativeOutcome,
    /// Share of the draws in which the balance is above zero.
    pub share_positive: f64,
    /// The same without separate effects.
    pub share_positive_without_separate: f64,
}

impl SweepOutcome {
    /// The value of an axis in a point, as one writes it.
    #[must_use]
    pub fn text(&self, point: usize, axis: usize) -> &str {
        &self.axes[axis].texts[self.places[point][axis]]
    }

    /// The number of an axis in a point, if it has numbers.
    #[must_use]
    pub fn number(&self, point: usize, axis: usize) -> Option<f64> {
        let numbers = self.axes[axis].numbers.as_ref()?;
        numbers.get(self.places[point][axis]).copied()
    }

    /// Whether no balance depends on an axis: points that differ in it alone have the same balances. Of a list of points, whose axes change
    /// together, none is known to be without influence unless all are.
    #[must_use]
    pub fn is_without_influence(&self, axis: usize) -> bool {
        let held = |point: usize| -> Vec<usize> {
            let places = self.places[point].iter().enumerate();
            let others = places.filter(|&(other, _)| self.points == Points::Grid && other != axis);
            others.map(|(_, &place)| place).collect()
        };
        let mut firsts: HashMap<Vec<usize>, usize> = HashMap::new();
        (0..self.results.len()).all(|point| {
            let first = *firsts.entry(held(point)).or_insert(point);
            self.results[point] == self.results[first]
        })
    }
}
