//! Which figure stands in which section.
use super::writer::Writer;
use crate::document::{Block, Figure};
use crate::material::Illustration;

/// Where figures can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Summary,
    Costs,
    Effects,
    Results,
    Distribution,
    Uncertainty,
    Elsewhere,
}

/// By the beginning of a figure's name. What is in no row stands in an annex, so that no figure is lost.
const PLACES: [(&str, Place); 19] = [
    ("costs-and-benefits", Place::Summary),
    ("timeline", Place::Costs),
    ("gates", Place::Effects),
    ("map", Place::Results),
    ("waterfall", Place::Results),
    ("pillars", Place::Results),
    ("departments", Place::Results),
    ("cumulative", Place::Results),
    ("parties", Place::Distribution),
    ("regions", Place::Distribution),
    ("balance-distribution", Place::Uncertainty),
    ("cumulative-distribution", Place::Uncertainty),
    ("density", Place::Uncertainty),
    ("tornado", Place::Uncertainty),
    ("payoff", Place::Uncertainty),
    ("regret", Place::Uncertainty),
    ("correlation", Place::Uncertainty),
    ("input-correlations", Place::Uncertainty),
    ("convergence", Place::Uncertainty),
];

impl Place {
    /// The place of a figure: the longest beginning that fits.
    pub fn of(name: &str) -> Self {
        let fitting = PLACES.iter().filter(|(start, _)| name.starts_with(start));
        fitting
            .max_by_key(|(start, _)| start.len())
            .map_or(Self::Elsewhere, |(_, place)| *place)
    }
}

impl Writer<'_> {
    /// The figures of a place, in the order in which they were drawn.
    pub fn illustrations(&self, place: Place) -> Vec<Block> {
        let figures = self.material.illustrations.iter();
        figures
            .filter(|figure| Place::of(&figure.name) == place)
            .map(block)
            .collect()
    }
}

fn block(illustration: &Illustration) -> Block {
    Block::Figure(Figure {
        number: 0,
        name: illustration.name.clone(),
        caption: illustration.title.clone(),
        alternative_text: illustration.alternative_text.clone(),
        svg: illustration.svg.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_decides_and_unknown_figures_are_kept() {
        assert_eq!(Place::of("cumulative-distribution-low"), Place::Uncertainty);
        assert_eq!(Place::of("cumulative"), Place::Results);
        assert_eq!(Place::of("something-new"), Place::Elsewhere);
    }
}
