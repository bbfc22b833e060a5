//! Why a command did not do what was asked, and the exit code that says so.
use mkba_lang::diagnostic::{Diagnostic, Severity, render};
use mkba_lang::source::Sources;
use mkba_results::ResultsError;
use std::io;

/// A failure of a command. Exit code 0 means none; 2, wrong use of the command line, is mostly given by the parser of the
/// arguments.
#[derive(Debug)]
pub enum Failure {
    /// The study has errors, or a file that it needs cannot be read. Codes 1 and 4.
    Study(Box<Found>),
    /// Wrong use of the command line. Code 2.
    Use(String),
    /// A draw gave a value that is not finite, or a gate got a negative amount. Code 3.
    Draw(Box<Diagnostic>),
    /// A results file could not be read or written, or the folder holds a run. Code 4.
    Results(Box<ResultsError>),
    /// The output of a command could not be written. Code 4.
    Output(io::Error),
    /// The machine did not give what the run needs, such as threads. Code 4.
    Machine(String),
    /// Ctrl-C. Code 130.
    Interrupted,
    /// Everything has been said already, on standard output; with its code.
    Told(u8),
}

/// What was found in the files of a study.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// All of it, warnings too.
    pub diagnostics: Vec<Diagnostic>,
    /// The text that the diagnostics point into.
    pub sources: Sources,
}

/// The code of a file that cannot be read, for a diagnostic.
const UNREADABLE: &str = "E0001";

impl Failure {
    /// A single diagnostic without a place in a text.
    pub fn unplaced(diagnostic: Diagnostic) -> Self {
        Self::Study(Box::new(Found {
            diagnostics: vec![diagnostic],
            sources: Sources::default(),
        }))
    }

    /// What the program returns to the shell.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Study(found) if found.only_unreadable() => 4,
            Self::Study(_) => 1,
            Self::Use(_) => 2,
            Self::Draw(_) => 3,
            Self::Results(_) | Self::Output(_) | Self::Machine(_) => 4,
            Self::Interrupted => 130,
            Self::Told(code) => *code,
        }
    }

    /// What is printed, without a line feed at the end.
    pub fn message(&self) -> String {
        match self {
            Self::Study(found) => found.message(),
            Self::Use(message) => format!("error: {message}"),
            Self::Draw(diagnostic) => {
                let text = render(std::slice::from_ref(diagnostic), &Sources::default());
                text.trim_end().to_owned()
            }
            Self::Results(error) => {
                let diagnostic = Diagnostic::unplaced(error.code(), error.to_string()).help(error.help());
                render(&[diagnostic], &Sources::default()).trim_end().to_owned()
            }
            Self::Output(error) => format!("error: the output cannot be written: {error}"),
            Self::Machine(message) => format!("error: {message}"),
            Self::Interrupted => "interrupted; no run was written".to_owned(),
            Self::Told(_) => String::new(),
        }
    }
}

impl Found {
    /// Whether every error is about a file that cannot be read.
    fn only_unreadable(&self) -> bool {
        let mut errors = self.errors().peekable();
        errors.peek().is_some() && errors.all(|diagnostic| diagnostic.code == UNREADABLE)
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
    }

    fn message(&self) -> String {
        let summary = match self.errors().count() {
            1 => "1 error; nothing was run".to_owned(),
            number => format!("{number} errors; nothing was run"),
        };
        let text = render(&self.diagnostics, &self.sources);
        format!("{}\n\n{summary}", text.trim_end())
    }
}

impl From<ResultsError> for Failure {
    fn from(error: ResultsError) -> Self {
        Self::Results(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn study(codes: &[&'static str]) -> Failure {
        let diagnostics = codes.iter().map(|code| Diagnostic::unplaced(code, "fault")).collect();
        Failure::Study(Box::new(Found {
            diagnostics,
            sources: Sources::default(),
        }))
    }

    #[test]
    fn exit_codes_are_those_of_the_guide() {
        assert_eq!(study(&["E0301"]).exit_code(), 1);
        assert_eq!(study(&["E0001"]).exit_code(), 4);
        assert_eq!(study(&["E0001", "E0301"]).exit_code(), 1);
        assert_eq!(Failure::Use("x".into()).exit_code(), 2);
        assert_eq!(
            Failure::Draw(Box::new(Diagnostic::unplaced("E0601", "x"))).exit_code(),
            3
        );
        let exists = ResultsError::AlreadyHoldsRun {
            path: PathBuf::from("runs/a"),
        };
        assert_eq!(Failure::from(exists).exit_code(), 4);
        assert_eq!(Failure::Interrupted.exit_code(), 130);
    }

    #[test]
    fn a_run_that_would_be_overwritten_says_what_to_do() {
        let exists = ResultsError::AlreadyHoldsRun {
            path: PathBuf::from("runs/a"),
        };
        let message = Failure::from(exists).message();
        assert!(
            message.contains("E0701") && message.contains("runs/a") && message.contains("--overwrite"),
            "{message}"
        );
    }

    #[test]
    fn warnings_are_not_counted_as_errors() {
        let mut found = Found {
            diagnostics: vec![Diagnostic::unplaced("E0301", "fault")],
            ..Found::default()
        };
        found.diagnostics.push(Diagnostic::unplaced("W0101", "odd").warning());
        assert!(
            Failure::Study(Box::new(found))
                .message()
                .ends_with("1 error; nothing was run")
        );
    }
}
