//! What is wrong, where, and what to do about it. Collected, never thrown one by one.
mod codes;
mod json;
mod render;
#[cfg(test)]
mod tests;

pub use codes::{CodePage, chapter, explain, pages};
pub use json::to_json;
pub use render::{render, render_coloured, summary_line};

use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be run.
    Error,
    /// It can be run; the user should look.
    Warning,
}

/// A place that takes part in the problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is the matter there; may be empty.
    pub text: String,
    /// The main place, underlined with `^`; others with `-`.
    pub primary: bool,
}

/// One problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Stable code, `E0301` or `W0101`.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// One lowercase fragment, names in backticks.
    pub message: String,
    /// Every offender, the primary first. Empty when there is no text to point at.
    pub labels: Vec<Label>,
    /// `= note` lines: found and required units, paths, rules.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at one place.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>, at: Span, label: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label {
                span: at,
                text: label.into(),
                primary: true,
            }],
            notes: Vec::new(),
            help: None,
        }
    }
    /// An error about a file or a setting that has no place in a text.
    #[must_use]
    pub fn unplaced(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }
    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
    /// With another place.
    #[must_use]
    pub fn and(mut self, at: Span, label: impl Into<String>) -> Self {
        self.labels.push(Label {
            span: at,
            text: label.into(),
            primary: false,
        });
        self
    }
    /// With a note.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }
    /// With a help line.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// All problems found so far, in the order in which they were found.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.list.contains(&diagnostic) {
            self.list.push(diagnostic);
        }
    }
    /// Whether anything stops a run.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }
    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }
}
