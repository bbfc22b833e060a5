//! An explanation on paper: as a tree for a terminal of 100 columns, or as JSON.
//!
//! The tree itself is plain data of the core; here it gets words, numbers of a language and lines.
mod columns;
mod numbers;
mod print;
mod tree;
mod words;

pub use numbers::plain;
pub use print::text;

use mkba_core::appraisal::catalogue::{Entry, Text};
use mkba_core::explanation::Explanation;
use mkba_lang::declarations::{self, Declarations, Name};
use mkba_lang::trace::Answer;
use serde::Serialize;

/// Which draws the numbers are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "of")]
pub enum Numbers {
    /// One draw.
    Draw {
        /// Which, from 0.
        draw: u64,
        /// Seed.
        seed: u64,
    },
    /// All uncertain inputs at their central value.
    Central,
    /// Means.
    Mean {
        /// Over how many draws.
        draws: u64,
        /// Seed.
        seed: u64,
    },
}

/// An explanation with what has to be known to read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// Label of the study.
    pub study: Text,
    /// The scenario.
    pub scenario: Entry,
    /// The alternative.
    pub alternative: Entry,
    /// What it is compared with; none when it is the baseline itself.
    pub baseline: Option<Entry>,
    /// Price level of all money.
    pub price_year: i32,
    /// Year of present values.
    pub base_year: i32,
    /// Which draws.
    pub numbers: Numbers,
    /// The tree.
    pub explanation: Explanation,
}

impl Page {
    /// Puts an answer on paper.
    pub fn new(declarations: &Declarations, answer: &Answer, numbers: Numbers) -> Self {
        let alternative = |number: usize| {
            let it = &declarations.alternatives[number];
            entry(&it.name, &it.label)
        };
        let scenario = declarations.scenarios.get(answer.scenario);
        Self {
            study: text_of(&declarations.study.label),
            scenario: scenario.map(|it| entry(&it.name, &it.label)).unwrap_or_default(),
            alternative: alternative(answer.alternative),
            baseline: (answer.alternative != answer.baseline).then(|| alternative(answer.baseline)),
            price_year: declarations.model.price_year.value,
            base_year: declarations.model.base_year.value,
            numbers,
            explanation: answer.explanation.clone(),
        }
    }
}

/// The page as JSON. Numbers are in full; what is not a finite number is null.
pub fn json(page: &Page) -> String {
    let mut text = serde_json::to_string_pretty(page).expect("plain fields with text keys always serialise");
    text.push('\n');
    text
}

fn entry(name: &Name, label: &declarations::Text) -> Entry {
    Entry {
        id: name.value.clone(),
        label: text_of(label),
    }
}

fn text_of(label: &declarations::Text) -> Text {
    Text {
        nl: label.nl.clone(),
        en: label.en.clone(),
    }
}
