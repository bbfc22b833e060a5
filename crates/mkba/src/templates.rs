//! The models that `mkba init` can begin with: the files below `templates/`, inside the program.
use crate::arguments::Template;
use mkba_lang::format::format;

/// A file of a template: its path, and its text.
type File = (&'static str, &'static str);

macro_rules! files {
    ($template:literal: $($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../../templates/", $template, "/", $path)))),+]
    };
}

const MINIMAL: &[File] = files!("minimal":
    "mkba.toml",
    "models/minimal/building.toml",
    "models/minimal/model.toml",
    "scenarios/minimal.toml",
);

const CAMPUS: &[File] = files!("campus":
    "mkba.toml",
    "models/campus/measures.toml",
    "models/campus/model.toml",
    "models/campus/research.toml",
    "models/campus/space.toml",
    "models/campus/use.toml",
    "scenarios/campus-high.toml",
    "scenarios/campus-low.toml",
    "scenarios/campus.toml",
);

const PORTFOLIO: &[File] = files!("portfolio":
    "mkba.toml",
    "models/portfolio/campus.toml",
    "models/portfolio/data/campuses.csv",
    "models/portfolio/data/provinces.csv",
    "models/portfolio/measures.toml",
    "models/portfolio/model.toml",
    "scenarios/portfolio.toml",
);

impl Template {
    /// Its name, which its own files use where a project has its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Campus => "campus",
            Self::Portfolio => "portfolio",
        }
    }

    fn raw(self) -> &'static [File] {
        match self {
            Self::Minimal => MINIMAL,
            Self::Campus => CAMPUS,
            Self::Portfolio => PORTFOLIO,
        }
    }

    /// Its files with another name: paths from the root of the project, and text.
    pub fn files(self, name: &str) -> Vec<(String, String)> {
        let own = self.name();
        // Only where the name stands for the project or its model: a template may use the word for other things.
        let renamed = |text: &str| {
            [("models/", ""), ("scenarios/", ""), ("\"", "\"")]
                .iter()
                .fold(text.to_owned(), |text, (before, after)| {
                    text.replace(&format!("{before}{own}{after}"), &format!("{before}{name}{after}"))
                })
        };
        // A name of another length moves what stands behind it, so the files are formatted again. What is no TOML stays as it is.
        let formatted = |path: &str, text: String| match path.ends_with(".toml") {
            true => format(&text).unwrap_or(text),
            false => text,
        };
        let files = self.raw().iter();
        files
            .map(|(path, text)| (renamed(path), formatted(path, renamed(text))))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Paths of all files below a folder.
    fn below(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path)
                } else {
                    found.push(path)
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn every_file_of_a_template_is_inside_the_program() {
        for template in Template::value_variants() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("templates")
                .join(template.name());
            let on_disk: Vec<PathBuf> = below(&folder);
            let inside: Vec<PathBuf> = template.raw().iter().map(|(path, _)| folder.join(path)).collect();
            assert_eq!(inside, on_disk, "{template:?}");
        }
    }

    #[test]
    fn the_name_of_a_template_is_replaced_in_paths_and_where_it_stands_for_the_model() {
        for template in Template::value_variants() {
            for (path, text) in template.files("new-name") {
                assert!(!path.split(['/', '.']).any(|part| part == template.name()), "{path}");
                assert!(
                    !text.contains(&format!("id           = \"{}\"", template.name())),
                    "{path}"
                );
                assert!(!text.contains(&format!("models/{}", template.name())), "{path}");
                assert!(!text.contains(&format!("scenarios/{}", template.name())), "{path}");
            }
        }
    }

    #[test]
    fn files_of_a_template_are_formatted_whatever_the_name() {
        for template in Template::value_variants() {
            for name in ["x", "a-name-that-is-much-longer-than-that-of-a-template"] {
                for (path, text) in template.files(name).iter().filter(|(path, _)| path.ends_with(".toml")) {
                    assert_eq!(format(text).as_ref(), Some(text), "{path}");
                }
            }
        }
    }
}
