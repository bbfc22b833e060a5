//! Figures: plain data first, a drawing of it second.
//!
//! The only crate that knows plotters. A [`Figure`] can be stored, tested and turned into a table without being drawn.
//! The bytes of a drawing depend on the figure, the format and the language alone; fonts are part of the program.

pub mod balance_distribution;
pub mod costs_and_benefits;
pub mod error;
pub mod histogram;
pub mod influence;
pub mod input_histograms;
pub mod language;
pub mod of_run;

mod axis;
mod drawing;
mod font;
mod legend;
#[cfg(test)]
mod legibility;
mod page;
mod painter;
mod palette;

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

pub use balance_distribution::{BalanceDistribution, Distribution};
pub use costs_and_benefits::{CostsAndBenefits, PresentValues};
pub use error::PlotError;
pub use histogram::Histogram;
pub use influence::InfluenceDiagram;
pub use input_histograms::{InputHistogram, InputHistograms, MOST_ON_A_PAGE};
pub use language::{Item, Label, Language};
pub use of_run::RunFigure;

/// A figure as plain data, with its words in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Figure {
    /// Stacked costs and benefits of each alternative, one panel per scenario.
    CostsAndBenefits(CostsAndBenefits),
    /// How the balance of each alternative is distributed over the draws, one panel per scenario.
    BalanceDistribution(BalanceDistribution),
    /// What was drawn for each uncertain input, one small panel each.
    InputHistograms(InputHistograms),
}

/// The form in which a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Scalable, with the description of the figure inside.
    Svg,
    /// Pixels, two for each unit of the scalable form, with the description in a text chunk.
    Png,
}

/// Draws a figure; the bytes are those of a complete file.
///
/// # Errors
/// The figure is empty, is not as wide as it says, or holds something that is not a finite number.
pub fn draw(figure: &Figure, format: Format, language: Language) -> Result<Vec<u8>, PlotError> {
    figure.check()?;
    let drawing = match figure {
        Figure::CostsAndBenefits(figure) => costs_and_benefits::lay_out(figure, language)?,
        Figure::BalanceDistribution(figure) => balance_distribution::lay_out(figure, language)?,
        Figure::InputHistograms(figure) => input_histograms::lay_out(figure, language)?,
    };
    let description = painter::Description {
        title: figure.title(language),
        text: &figure.alt_text(language),
    };
    match format {
        Format::Svg => painter::svg(&drawing, &description),
        Format::Png => painter::png(&drawing, &description),
    }
}

impl Figure {
    /// Checks that the figure can be drawn.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn check(&self) -> Result<(), PlotError> {
        match self {
            Self::CostsAndBenefits(figure) => figure.check(),
            Self::BalanceDistribution(figure) => figure.check(),
            Self::InputHistograms(figure) => figure.check(),
        }
    }

    /// The title.
    pub fn title(&self, language: Language) -> &str {
        match self {
            Self::CostsAndBenefits(figure) => figure.title.in_language(language),
            Self::BalanceDistribution(figure) => figure.title.in_language(language),
            Self::InputHistograms(figure) => figure.title.in_language(language),
        }
    }

    /// What the figure shows in words, for those who cannot see it.
    pub fn alt_text(&self, language: Language) -> String {
        match self {
            Self::CostsAndBenefits(figure) => figure.alt_text(language),
            Self::BalanceDistribution(figure) => figure.alt_text(language),
            Self::InputHistograms(figure) => figure.alt_text(language),
        }
    }

    /// The numbers behind the figure, in EUR and by identifier.
    pub fn table(&self) -> Table {
        match self {
            Self::CostsAndBenefits(figure) => figure.table(),
            Self::BalanceDistribution(figure) => figure.table(),
            Self::InputHistograms(figure) => figure.table(),
        }
    }
}
