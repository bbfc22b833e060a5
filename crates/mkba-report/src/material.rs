//! What a report is made from: the tables of a run, what made the run, figures and the authors' own texts.
use mkba_core::rulebook::Rulebook;
use mkba_core::run_tables::RunTables;

/// All of it.
#[derive(Debug, Clone)]
pub struct Material {
    /// Names and numbers.
    pub run: RunTables,
    /// The appraisal rules.
    pub rulebook: Rulebook,
    /// What made the run.
    pub origin: Origin,
    /// Drawings, in any order.
    pub illustrations: Vec<Illustration>,
    /// Texts of the authors, in any order.
    pub texts: Vec<AuthorText>,
}

/// What made a run: nothing that differs when it is repeated, such as its times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Version of the program.
    pub engine_version: String,
    /// Path of the study file in the project.
    pub study: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Draws that were done.
    pub draws: u64,
    /// Name of the scheme of random numbers.
    pub random_scheme: String,
    /// Design of the draws.
    pub design: String,
    /// Identifier and BLAKE3 of the rulebook.
    pub rulebook: (String, String),
    /// Path and BLAKE3 of every file that was read.
    pub inputs: Vec<(String, String)>,
}

/// A figure in the language of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illustration {
    /// Name of its file without ending, by which it finds its section.
    pub name: String,
    /// Title.
    pub title: String,
    /// What it shows, in words.
    pub alternative_text: String,
    /// The drawing.
    pub svg: String,
}

/// A text of the authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorText {
    /// Which part of the report it belongs to.
    pub part: Part,
    /// Its language.
    pub language: mkba_core::appraisal::catalogue::Language,
    /// Markdown.
    pub markdown: String,
}

/// A part of the report that authors can write for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Before the main table.
    Summary,
    /// Question and problem.
    Problem,
    /// The baseline.
    Baseline,
    /// The alternatives.
    Alternatives,
    /// Assumptions.
    Assumptions,
    /// Costs.
    Costs,
    /// Effects.
    Effects,
    /// Results per scenario.
    Results,
    /// What is not priced.
    Unpriced,
    /// Who bears and who gains.
    Distribution,
    /// Uncertainty.
    Uncertainty,
    /// The checklist.
    Checklist,
    /// Conclusions.
    Conclusions,
}

impl Part {
    /// All parts, in the order of the report.
    pub const ALL: [Self; 13] = [
        Self::Summary,
        Self::Problem,
        Self::Baseline,
        Self::Alternatives,
        Self::Assumptions,
        Self::Costs,
        Self::Effects,
        Self::Results,
        Self::Unpriced,
        Self::Distribution,
        Self::Uncertainty,
        Self::Checklist,
        Self::Conclusions,
    ];

    /// The name of its files: `problem` of `problem.nl.md`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Problem => "problem",
            Self::Baseline => "baseline",
            Self::Alternatives => "alternatives",
            Self::Assumptions => "assumptions",
            Self::Costs => "costs",
            Self::Effects => "effects",
            Self::Results => "results",
            Self::Unpriced => "unpriced",
            Self::Distribution => "distribution",
            Self::Uncertainty => "uncertainty",
            Self::Checklist => "checklist",
            Self::Conclusions => "conclusions",
        }
    }

    /// The part whose files have this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}
