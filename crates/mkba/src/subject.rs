//! What a path on the command line is: a model, or a study.
use crate::failure::Failure;
use crate::pipeline::{self, Overrides, Study};
use crate::rulebooks;
use mkba_lang::declarations::Declarations;
use mkba_lang::diagnostic::Diagnostics;
use mkba_lang::project::{Files, parent};
use mkba_lang::read::{DEFAULT_RULEBOOK, read_model};
use mkba_lang::source::Sources;
use std::path::Path;

/// The file that makes a folder a model.
const MODEL: &str = "model.toml";

/// A model by itself, checked.
#[derive(Debug)]
pub struct Model {
    /// Everything it declares.
    pub declarations: Declarations,
    /// All text that was read.
    pub sources: Sources,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// What a command looks at.
#[derive(Debug)]
pub enum Subject {
    /// A model by itself.
    Model(Box<Model>),
    /// A study with its model and scenarios.
    Study(Box<Study>),
}

impl Subject {
    /// Reads and checks what a path is.
    ///
    /// # Errors
    /// Everything that is wrong in its files, at once.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let (files, inside) = pipeline::open(path)?;
        match model_around(&files, &inside) {
            Some(folder) => Ok(Self::Model(Box::new(Model::read(&files, &folder, DEFAULT_RULEBOOK)?))),
            None => Ok(Self::Study(Box::new(Study::read(path, Overrides::default())?))),
        }
    }

    /// Everything it declares, and the text that was read.
    pub fn declarations(&self) -> (&Declarations, &Sources) {
        match self {
            Self::Model(model) => (&model.declarations, &model.sources),
            Self::Study(study) => (&study.declarations, &study.sources),
        }
    }
}

impl Model {
    /// Reads and checks the model in a folder, under the forbidden pairs of a rulebook.
    ///
    /// # Errors
    /// Everything that is wrong in it, at once.
    pub fn read(files: &dyn Files, folder: &str, rulebook: &str) -> Result<Self, Failure> {
        let rulebook = rulebooks::load(files, rulebook)?.rulebook;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let declarations = read_model(files, folder, &mut sources, &mut diagnostics);
        let right = declarations.filter(|model| mkba_lang::check(model, &sources, &mut diagnostics));
        if let Some(model) = &right {
            mkba_lang::check_guards(model, &rulebook, &mut diagnostics);
        }
        let right = right.filter(|_| !diagnostics.has_errors());
        match right {
            Some(declarations) => Ok(Self {
                declarations,
                sources,
                diagnostics,
            }),
            None => Err(pipeline::failure(diagnostics, sources)),
        }
    }
}

/// The model folder that a path is or lies in, if any.
pub fn model_around(files: &dyn Files, path: &str) -> Option<String> {
    let mut folder = path.to_owned();
    loop {
        let marker = if folder.is_empty() {
            MODEL.to_owned()
        } else {
            format!("{folder}/{MODEL}")
        };
        if files.read(&marker).is_ok() {
            return Some(folder);
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(&folder).to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_lang::project::MemoryFiles;

    #[test]
    fn a_model_is_found_from_its_folder_and_from_every_file_in_it() {
        let files = MemoryFiles::new()
            .with("models/a/model.toml", "")
            .with("models/a/effects/b.toml", "")
            .with("scenarios/s.toml", "");
        for path in ["models/a", "models/a/model.toml", "models/a/effects/b.toml"] {
            assert_eq!(model_around(&files, path).as_deref(), Some("models/a"), "{path}");
        }
        assert_eq!(model_around(&files, "scenarios/s.toml"), None);
    }
}
