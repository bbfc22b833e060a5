//! The figures of a run, made from its tables and the names in its catalogue.
//!
//! What a figure shows is decided here; how it is drawn, in the module of the figure. A figure whose table is absent or has no rows is
//! left out: which tables a run has depends on its model and its study.

mod balance_distribution;
mod bars;
mod cells;
mod costs_and_benefits;
mod country_map;
mod courses;
mod gates;
mod names;
mod overview;
mod rows;
mod tornado;
mod waterfall;

use mkba_core::run_tables::RunTables;
use mkba_core::table::Table;

use crate::error::PlotError;
use crate::language::Language;
use crate::{Figure, Format, draw};

/// A figure of a run under the name of its files.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFigure {
    /// The stem of its files: `costs-and-benefits`.
    pub name: String,
    /// What to draw.
    pub figure: Figure,
}

/// How the figures of one name are made: none without their table, several where a figure for each scenario or alternative is needed.
type Maker = fn(&RunTables) -> Result<Vec<RunFigure>, PlotError>;

/// A kind of figure that a run can have.
struct Kind {
    /// The first part of the names of its figures.
    name: &'static str,
    /// The tables that it is made from.
    tables: &'static [&'static str],
    make: Maker,
}

/// In the order in which a report shows them.
const KINDS: &[Kind] = &[
    Kind {
        name: "costs-and-benefits",
        tables: &["overview"],
        make: costs_and_benefits::make,
    },
    Kind {
        name: "waterfall",
        tables: &["overview"],
        make: waterfall::make,
    },
    Kind {
        name: "balance-density",
        tables: &["distribution"],
        make: balance_distribution::make_hills,
    },
    Kind {
        name: "balance-distribution",
        tables: &["distribution"],
        make: balance_distribution::make_curves,
    },
    Kind {
        name: "cumulative",
        tables: &["cumulative"],
        make: courses::make_cumulative,
    },
    Kind {
        name: "regret",
        tables: &["regret"],
        make: cells::make_regret,
    },
    Kind {
        name: "parties",
        tables: &["parties"],
        make: bars::make_parties,
    },
    Kind {
        name: "departments",
        tables: &["parties"],
        make: bars::make_departments,
    },
    Kind {
        name: "pillars",
        tables: &["overview"],
        make: bars::make_pillars,
    },
    Kind {
        name: "regions",
        tables: &["regions"],
        make: bars::make_regions,
    },
    Kind {
        name: "map",
        tables: &["regions"],
        make: country_map::make,
    },
    Kind {
        name: "gates",
        tables: &["gates"],
        make: gates::make,
    },
    Kind {
        name: "tornado",
        tables: &["influence", "overview"],
        make: tornado::make,
    },
    Kind {
        name: "input-correlations",
        tables: &["input_correlations"],
        make: cells::make_correlations,
    },
    Kind {
        name: "convergence",
        tables: &["convergence", "npv"],
        make: courses::make_convergence,
    },
];

/// Names of the kinds of figure, in the order of [`figures`].
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name)
}

/// Names of the tables that figures are made from, each once: what to read of an earlier run before [`figures`].
pub fn tables() -> Vec<&'static str> {
    let mut names: Vec<&str> = KINDS.iter().flat_map(|kind| kind.tables).copied().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// All figures of a run, in the order in which a report shows them. None if the run compares nothing.
///
/// # Errors
/// A table lacks a column or a row that every run writes.
pub fn figures(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    figures_of_kinds(run, |_| true)
}

/// As [`figures`], of the kinds whose name is wanted.
///
/// # Errors
/// As [`figures`].
pub fn figures_of_kinds(run: &RunTables, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<RunFigure>, PlotError> {
    let mut figures = Vec::new();
    if run.catalogue.compared().next().is_none() || run.catalogue.scenarios.is_empty() {
        return Ok(figures);
    }
    for kind in KINDS.iter().filter(|kind| is_wanted(kind.name)) {
        figures.extend((kind.make)(run)?);
    }
    Ok(figures)
}

impl RunFigure {
    /// The title.
    pub fn title(&self, language: Language) -> &str {
        self.figure.title(language)
    }

    /// What the figure shows in words, for those who cannot see it.
    pub fn alt_text(&self, language: Language) -> String {
        self.figure.alt_text(language)
    }

    /// The scalable form, a complete file.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn svg(&self, language: Language) -> Result<String, PlotError> {
        let bytes = draw(&self.figure, Format::Svg, language)?;
        String::from_utf8(bytes).map_err(|error| PlotError::Drawing(error.to_string()))
    }

    /// The picture of pixels, a complete file.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn png(&self, language: Language) -> Result<Vec<u8>, PlotError> {
        draw(&self.figure, Format::Png, language)
    }

    /// The numbers behind the figure, in EUR and by identifier, under the name of the figure.
    pub fn data(&self) -> Table {
        Table {
            name: self.name.clone(),
            ..self.figure.table()
        }
    }
}
