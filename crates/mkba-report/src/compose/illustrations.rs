//! Which figure stands in which section.
use super::writer::Writer;
use crate::document::{Block, Figure};
use crate::material::Illustration;

/// Where figures can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Summary,
    Effects,
    Results,
    Distribution,
    Uncertainty,
    Elsewhere,
}

/// By the beginning of a figure's name. What is in no row stands in an annex, so that no figure is lost.
const PLACES: [(&str, Place); 14] = [
    ("costs-and-benefits", Place::Summary),
    ("gates", Place::Effects),
    ("waterfall", Place::Results),
    ("cumulative", Place::Results),
    ("pillars", Place::Results),
    ("departments", Place::Results),
    ("parties", Place::Distribution),
    ("regions", Place::Distribution),
    ("map", Place::Distribution),
    ("balance", Place::Uncertainty),
    ("tornado", Place::Uncertainty),
    ("regret", Place::Uncertainty),
    ("input-correlations", Place::Uncertainty),
    ("convergence", Place::Uncertainty),
];

impl Place {
    /// The place of a figure.
    pub fn of(name: &str) -> Self {
        let found = PLACES.iter().find(|(start, _)| name.starts_with(start));
        found.map_or(Self::Elsewhere, |(_, place)| *place)
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
    fn the_beginning_of_a_name_decides_and_unknown_figures_are_kept() {
        assert_eq!(Place::of("tornado-integrated"), Place::Uncertainty);
        assert_eq!(Place::of("cumulative"), Place::Results);
        assert_eq!(Place::of("something-new"), Place::Elsewhere);
    }
}
