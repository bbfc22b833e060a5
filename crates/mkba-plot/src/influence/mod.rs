//! The influence diagram of a model: what refers to what, drawn from left to right, or as text for Graphviz.
//!
//! The diagram is plain data ([`mkba_core::influence`]); a [`InfluenceDiagram`] adds what was asked for. Its drawing depends on
//! these and the language alone.
mod dot;
mod layered;
mod scene;
mod style;
mod svg;
mod words;

use crate::error::PlotError;
use crate::language::Language;
use mkba_core::appraisal::catalogue::Text;
use mkba_core::influence::{FileOverview, Influence};
use serde::Serialize;

/// What is drawn of the influence in a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "level", rename_all = "snake_case")]
pub enum InfluenceDiagram {
    /// Declarations, those of a file together.
    Declarations {
        /// The declarations that are shown.
        influence: Influence,
        /// What was asked for, as it was written, and the number of steps from it; none for the whole model.
        focus: Option<(String, usize)>,
        /// Number of declarations in the whole model.
        total: usize,
    },
    /// One box for each file.
    Files {
        /// Label of the model.
        model: Text,
        /// Files, and the number of references between them.
        overview: FileOverview,
    },
}

impl InfluenceDiagram {
    /// The diagram as a complete SVG file.
    ///
    /// # Errors
    /// The bundled font cannot be used.
    pub fn svg(&self, language: Language) -> Result<String, PlotError> {
        svg::draw(&scene::scene(self, language)?, language)
    }

    /// The diagram in the language of Graphviz.
    #[must_use]
    pub fn dot(&self, language: Language) -> String {
        dot::write(self, language)
    }
}

#[cfg(test)]
mod tests;
