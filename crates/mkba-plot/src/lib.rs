//! Figures: plain data first, a drawing of it second.
//!
//! The only crate that knows plotters. A [`Figure`] can be stored, tested and turned into a table without being drawn.
//! The bytes of a drawing depend on the figure, the format and the language alone; fonts are part of the program.

pub mod balance_density;
pub mod balance_distribution;
pub mod bars;
pub mod cells;
pub mod costs_and_benefits;
pub mod country_map;
pub mod courses;
pub mod error;
pub mod histogram;
pub mod influence;
pub mod input_histograms;
pub mod language;
pub mod of_run;
pub mod tornado;
pub mod waterfall;

mod axis;
mod drawing;
mod font;
mod legend;
#[cfg(test)]
mod legibility;
mod netherlands;
mod page;
mod painter;
mod palette;
mod row_labels;

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

pub use balance_density::BalanceDensity;
pub use balance_distribution::{BalanceDistribution, Distribution};
pub use bars::{BarRow, Bars, RowKind};
pub use cells::{CellColumn, CellPanel, Cells, Shown};
pub use costs_and_benefits::{CostsAndBenefits, PresentValues};
pub use country_map::{CountryMap, Landing};
pub use courses::{Across, Course, CoursePoint, Courses, Up};
pub use error::PlotError;
pub use histogram::Histogram;
pub use influence::InfluenceDiagram;
pub use input_histograms::{InputHistogram, InputHistograms, MOST_ON_A_PAGE};
pub use language::{Item, Label, Language};
pub use of_run::RunFigure;
pub use page::Caption;
pub use tornado::{Influence, Influences, Tornado};
pub use waterfall::{Step, StepKind, Waterfall};

use drawing::Drawing;

/// A figure as plain data, with its words in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Figure {
    /// Stacked costs and benefits of each alternative, one panel per scenario.
    CostsAndBenefits(CostsAndBenefits),
    /// From costs to balance, step by step, one panel per scenario.
    Waterfall(Waterfall),
    /// How the balance of each alternative is distributed over the draws, as curves, one panel per scenario.
    BalanceDistribution(BalanceDistribution),
    /// The same as hills.
    BalanceDensity(BalanceDensity),
    /// Amounts of the same rows for every alternative, one panel per scenario.
    Bars(Bars),
    /// Numbers in coloured cells.
    Cells(Cells),
    /// Lines with bands over years or draws, one panel per scenario.
    Courses(Courses),
    /// A bubble for each province, one map per scenario.
    CountryMap(CountryMap),
    /// Which inputs move the balance most, one panel per scenario.
    Tornado(Tornado),
    /// What was drawn for each uncertain input, one small panel each.
    InputHistograms(InputHistograms),
}

/// What every kind of figure can do.
trait FigureKind {
    /// Checks that the figure can be drawn.
    fn check(&self) -> Result<(), PlotError>;
    fn title(&self) -> &Label;
    /// What the figure shows in words, for those who cannot see it.
    fn alt_text(&self, language: Language) -> String;
    /// The numbers behind the figure, in EUR and by identifier.
    fn table(&self) -> Table;
    /// Places everything on a page.
    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError>;
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
    let drawing = figure.kind().lay_out(language)?;
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
    fn kind(&self) -> &dyn FigureKind {
        match self {
            Self::CostsAndBenefits(figure) => figure,
            Self::Waterfall(figure) => figure,
            Self::BalanceDistribution(figure) => figure,
            Self::BalanceDensity(figure) => figure,
            Self::Bars(figure) => figure,
            Self::Cells(figure) => figure,
            Self::Courses(figure) => figure,
            Self::CountryMap(figure) => figure,
            Self::Tornado(figure) => figure,
            Self::InputHistograms(figure) => figure,
        }
    }

    /// Checks that the figure can be drawn.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn check(&self) -> Result<(), PlotError> {
        self.kind().check()
    }

    /// The title.
    pub fn title(&self, language: Language) -> &str {
        self.kind().title().in_language(language)
    }

    /// What the figure shows in words, for those who cannot see it.
    pub fn alt_text(&self, language: Language) -> String {
        self.kind().alt_text(language)
    }

    /// The numbers behind the figure, in EUR and by identifier.
    pub fn table(&self) -> Table {
        self.kind().table()
    }
}
