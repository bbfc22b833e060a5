//! Whole projects in memory: the example models are read, and every fault has its code and its place.
mod campus;
mod data_files;
mod faults_in_models;
mod faults_in_studies;
mod faults_in_values;
mod slice;
mod values;

use crate::declarations::Declarations;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::project::MemoryFiles;
use crate::read::{read_model, read_study};
use crate::source::Sources;

/// Head of a small model.
const HEAD: &str = "
[model]
language = 1
id = 'small'
label = 'Small'
price_year = 2025
base_year = 2025
years = { first = 2026, last = 2030 }
";

/// What reading gave.
struct Outcome {
    declarations: Option<Declarations>,
    diagnostics: Diagnostics,
    sources: Sources,
}

impl Outcome {
    fn study(files: &MemoryFiles, path: &str) -> Self {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let declarations = read_study(files, path, &mut sources, &mut diagnostics);
        Self {
            declarations,
            diagnostics,
            sources,
        }
    }
    fn model(files: &MemoryFiles, folder: &str) -> Self {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let declarations = read_model(files, folder, &mut sources, &mut diagnostics);
        Self {
            declarations,
            diagnostics,
            sources,
        }
    }
    /// A small model with more text below its head.
    fn small(text: &str) -> Self {
        Self::model(&small(text), "models/small")
    }
    /// The same with faults of formulas.
    fn typed(mut self) -> Self {
        if let Some(declarations) = &self.declarations {
            crate::check(declarations, &self.sources, &mut self.diagnostics);
        }
        self
    }
    /// The declarations, which must be there.
    fn right(self) -> Declarations {
        let faults = self.shown();
        self.declarations.unwrap_or_else(|| panic!("faults: {faults:#?}"))
    }
    /// Code and text of the primary place of each fault.
    fn shown(&self) -> Vec<(&'static str, String)> {
        self.diagnostics
            .list()
            .iter()
            .map(|fault| (fault.code, self.at(fault, 0)))
            .collect()
    }
    fn at(&self, fault: &Diagnostic, label: usize) -> String {
        fault.labels.get(label).map_or(String::new(), |label| {
            self.sources.file(label.span.file).text[label.span.range()].to_owned()
        })
    }
    /// The only fault: its code, the text it points at and where else it points.
    #[track_caller]
    fn only(&self, code: &str, places: &[&str]) -> &Diagnostic {
        let shown = self.shown();
        let [fault] = self.diagnostics.list() else {
            panic!("one fault expected: {shown:#?}");
        };
        let found: Vec<String> = (0..fault.labels.len()).map(|label| self.at(fault, label)).collect();
        assert_eq!(
            (fault.code, found),
            (code, places.iter().map(|place| (*place).to_owned()).collect()),
            "{fault:#?}"
        );
        assert_eq!(fault.severity, Severity::Error);
        assert!(self.declarations.is_none());
        fault
    }
}

/// A small model with more text below its head.
fn small(text: &str) -> MemoryFiles {
    MemoryFiles::new().with("models/small/model.toml", format!("{HEAD}{text}"))
}
