//! Where the balance of each alternative lies, as a hill for each alternative, one panel of equal size for each scenario.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::axis::Axis;
use crate::drawing::{Anchor, Drawing, Point, Text};
use crate::error::PlotError;
use crate::font;
use crate::language::{Item, Label, Language};
use crate::page::{self, Caption, HEADING, LINE, MARGIN, SMALL};
use crate::palette::{GAIN, GRID, INK, LOSS, MUTED};
use crate::row_labels::{RowLabels, stacked};
use crate::{BalanceDistribution, Distribution, FigureKind};

/// Height of a hill, and where there are many.
const HILL: f64 = 46.0;
const LOW_HILL: f64 = 28.0;
const MANY: usize = 8;
const BELOW_PLOT: f64 = 42.0;
/// Points of a hill.
const POINTS: usize = 160;
/// The horizontal axis shows all hills between these probabilities.
const SHOWN: (f64, f64) = (0.005, 0.995);

/// How the balances are spread, with the probability that they are positive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BalanceDensity {
    /// Title, settings, notes.
    pub caption: Caption,
    /// From top to bottom.
    pub alternatives: Vec<Item>,
    /// In the order of the panels, each with a distribution for every alternative.
    pub scenarios: Vec<(Item, Vec<Distribution>)>,
}

impl BalanceDensity {
    fn as_distribution(&self) -> BalanceDistribution {
        BalanceDistribution {
            title: self.caption.title.clone(),
            subtitle: self.caption.subtitle.clone(),
            alternatives: self.alternatives.clone(),
            scenarios: self.scenarios.clone(),
            notes: self.caption.notes.clone(),
        }
    }
}

impl BalanceDensity {
    fn hill_height(&self) -> f64 {
        if self.alternatives.len() > MANY { LOW_HILL } else { HILL }
    }
}

impl FigureKind for BalanceDensity {
    fn check(&self) -> Result<(), PlotError> {
        self.as_distribution().check()
    }

    fn title(&self) -> &Label {
        &self.caption.title
    }

    fn alt_text(&self, language: Language) -> String {
        self.as_distribution().alt_text(language)
    }

    /// `scenario`, `alternative`, `balance_eur`, `density_per_eur`, and on each row of an alternative its `p05_eur`, `p50_eur`, `p95_eur`
    /// and `probability_positive`.
    fn table(&self) -> Table {
        let mut rows = Vec::new();
        for (scenario, distributions) in &self.scenarios {
            for (alternative, distribution) in self.alternatives.iter().zip(distributions) {
                for point in Hill::of(distribution).points {
                    rows.push((&*scenario.id, &*alternative.id, point, distribution));
                }
            }
        }
        Table::new("balance_density")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("alternative", rows.iter().map(|row| row.1))
            .number("balance_eur", rows.iter().map(|row| row.2.0))
            .number("density_per_eur", rows.iter().map(|row| row.2.1))
            .number("p05_eur", rows.iter().map(|row| quantile(row.3, 0.05)))
            .number("p50_eur", rows.iter().map(|row| quantile(row.3, 0.5)))
            .number("p95_eur", rows.iter().map(|row| quantile(row.3, 0.95)))
            .number(
                "probability_positive",
                rows.iter().map(|row| row.3.probability_positive),
            )
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let labels = RowLabels::of(self.alternatives.iter().map(|one| one.label.in_language(language)))?;
        let head = positive(language);
        let column = font::text_width(head, SMALL, true)? + 12.0;
        let left = MARGIN + labels.width;
        let right = (page::LEAST_WIDTH - MARGIN - column).max(left + 300.0);
        let shown = self.scenarios.iter().flat_map(|(_, distributions)| distributions);
        let shown = shown.flat_map(|one| [quantile(one, SHOWN.0), quantile(one, SHOWN.1)]);
        let axis = Axis::over(shown.map(|value| value / 1e6), Axis::wanted_steps(right - left));
        let heights: Vec<f64> = (0..self.alternatives.len())
            .map(|row| labels.height(row).max(self.hill_height()) + 6.0)
            .collect();
        let across = |value_eur: f64| left + axis.share(value_eur / 1e6) * (right - left);

        let (mut drawing, mut top) = page::begin(right + column + MARGIN, &self.caption, language)?;
        for (scenario, distributions) in &self.scenarios {
            page::panel_heading(&mut drawing, scenario.label.in_language(language), (MARGIN, top));
            let end = Text::new(head, (right + column, top + HEADING), SMALL).anchored(Anchor::End);
            drawing.text(end.bold());
            let (tops, bottom) = stacked(heights.iter().copied(), top + HEADING + 12.0);
            axis.draw_below(&mut drawing, (left, right), (tops[0], bottom), |tick| {
                language.number(tick, axis.decimals)
            })?;
            for (row, distribution) in distributions.iter().enumerate() {
                let floor = tops[row] + heights[row] - 3.0;
                drawing.rule((left, floor), (right, floor), 0.75, GRID);
                Hill::of(distribution).draw(&mut drawing, &across, (floor, self.hill_height()));
                for (probability, reach, width) in [(0.05, 5.0, 1.5), (0.5, 12.0, 2.5), (0.95, 5.0, 1.5)] {
                    let place = across(quantile(distribution, probability));
                    drawing.rule((place, floor - reach), (place, floor), width, INK);
                }
                labels.draw(&mut drawing, row, (left, floor - heights[row] / 2.0 + 3.0), false);
                let words = language.probability(distribution.probability_positive);
                let place = (right + column, floor - heights[row] / 2.0 + 3.0 + SMALL * 0.36);
                drawing.text(Text::new(words, place, SMALL).anchored(Anchor::End));
            }
            let place = (left, bottom + 33.0);
            let what = language.choose("saldo in mln €", "balance in € million");
            drawing.text(Text::new(what, place, SMALL).coloured(MUTED));
            top = bottom + BELOW_PLOT + LINE;
        }
        page::end(
            drawing,
            vec![explanation(language)],
            &self.caption,
            top - LINE - 4.0,
            language,
        )
    }
}

/// Points of a density, in EUR and per EUR.
struct Hill {
    points: Vec<Point>,
}

impl Hill {
    /// A Gaussian kernel over equally probable values, the middles between quantiles, with the bandwidth of Silverman (1986, Density
    /// Estimation for Statistics and Data Analysis, equation 3.31): 0.9 · min(standard deviation, interquartile range / 1.34) · n^(−1/5).
    /// No points if all values are the same.
    fn of(distribution: &Distribution) -> Self {
        let middles = distribution
            .quantiles_eur
            .windows(2)
            .map(|pair| (pair[0] + pair[1]) / 2.0);
        let values: Vec<f64> = middles.collect();
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let deviation = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
        let quartiles = (quantile(distribution, 0.75) - quantile(distribution, 0.25)) / 1.34;
        let spread = if quartiles > 0.0 {
            deviation.min(quartiles)
        } else {
            deviation
        };
        let bandwidth = 0.9 * spread * count.powf(-0.2);
        // Also false for what is not a number.
        let is_spread = bandwidth > mean.abs() * 1e-9;
        if !is_spread {
            return Self { points: Vec::new() };
        }
        let (low, high) = (quantile(distribution, SHOWN.0), quantile(distribution, SHOWN.1));
        let density = |at: f64| {
            let kernels = values
                .iter()
                .map(|value| (-0.5 * ((at - value) / bandwidth).powi(2)).exp());
            kernels.sum::<f64>() / (count * bandwidth * std::f64::consts::TAU.sqrt())
        };
        let points = (0..=POINTS).map(|step| {
            let at = low + (high - low) * step as f64 / POINTS as f64;
            (at, density(at))
        });
        Self {
            points: points.collect(),
        }
    }

    /// Below zero in the colour of a loss, above in that of a gain, as high as there is room.
    fn draw(&self, drawing: &mut Drawing, across: &impl Fn(f64) -> f64, (floor, height): (f64, f64)) {
        let highest = self.points.iter().map(|point| point.1).fold(0.0, f64::max);
        let down = |density: f64| floor - density / highest * (height - 6.0);
        for (colour, is_inside) in [
            (LOSS, (|at: f64| at < 0.0) as fn(f64) -> bool),
            (GAIN, |at: f64| at >= 0.0),
        ] {
            let mut surface: Vec<Point> = Vec::new();
            for pair in self.points.windows(2) {
                let crossing = crossing_of_zero(pair[0], pair[1]);
                let inside = [Some(pair[0]), crossing, Some(pair[1])].into_iter().flatten();
                // Zero itself belongs to both.
                surface.extend(inside.filter(|point| point.0 == 0.0 || is_inside(point.0)));
            }
            surface.dedup();
            let (Some(first), Some(last)) = (surface.first().copied(), surface.last().copied()) else {
                continue;
            };
            let mut outline: Vec<Point> = surface.iter().map(|point| (across(point.0), down(point.1))).collect();
            outline.extend([(across(last.0), floor), (across(first.0), floor)]);
            drawing.polygon(outline, colour, 0.6);
        }
    }
}

/// The point at zero between two points on either side of it.
fn crossing_of_zero(from: Point, to: Point) -> Option<Point> {
    let crosses = from.0 < 0.0 && to.0 > 0.0;
    crosses.then(|| (0.0, from.1 + (to.1 - from.1) * (-from.0 / (to.0 - from.0))))
}

/// Between the quantiles that are kept, on a straight line.
fn quantile(distribution: &Distribution, probability: f64) -> f64 {
    let quantiles = &distribution.quantiles_eur;
    let place = probability * quantiles.len().saturating_sub(1) as f64;
    match (
        quantiles.get(place.floor() as usize),
        quantiles.get(place.ceil() as usize),
    ) {
        (Some(below), Some(above)) => below + (above - below) * place.fract(),
        _ => f64::NAN,
    }
}

fn positive(language: Language) -> &'static str {
    language.choose("P(saldo > 0)", "P(balance > 0)")
}

fn explanation(language: Language) -> String {
    language
        .choose(
            "Hoe hoger de heuvel, hoe waarschijnlijker het saldo; elke heuvel is even hoog getekend. Oranje: onder nul; blauw: erboven. \
             Streepjes: 5 %, mediaan (dik) en 95 % van de trekkingen. Getekend van 0,5 % tot 99,5 %.",
            "The higher the hill, the more likely the balance; all hills are drawn equally high. Orange: below zero; blue: above. \
             Ticks: 5%, median (thick) and 95% of the draws. Drawn from 0.5% to 99.5%.",
        )
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_of_a_normal_distribution_has_its_height_and_contains_nearly_all() {
        // Quantiles of a logistic distribution with scale s: density 1 / (4 s) at the median.
        let quantiles = (1..400)
            .map(|step| f64::from(step) / 400.0)
            .map(|u| 1e6 * (u / (1.0 - u)).ln());
        let distribution = Distribution {
            quantiles_eur: quantiles.collect(),
            probability_positive: 0.5,
        };
        let hill = Hill::of(&distribution);
        let highest = hill.points.iter().map(|point| point.1).fold(0.0, f64::max);
        assert!((highest * 4e6 - 1.0).abs() < 0.06, "{}", highest * 4e6);
        let step = hill.points[1].0 - hill.points[0].0;
        let area: f64 = hill.points.iter().map(|point| point.1 * step).sum();
        assert!((0.96..1.01).contains(&area), "{area}");
    }

    #[test]
    fn a_balance_that_is_always_the_same_has_no_hill() {
        let same = Distribution::of_draws(&[-3e9; 9]).expect("finite");
        assert!(Hill::of(&same).points.is_empty());
    }
}
