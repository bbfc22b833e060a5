//! What authors write for the report of a study: `FOLDER/report/PART.nl.md` and `PART.en.md`, where `FOLDER` stands beside the study
//! file and has its name (`scenarios/city-deal/report/problem.nl.md` for `scenarios/city-deal.toml`).
use crate::failure::Failure;
use crate::pipeline::Study;
use crate::suggestion::nearest;
use mkba_core::appraisal::catalogue::Language;
use mkba_lang::diagnostic::Diagnostic;
use mkba_report::{AuthorText, Part};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The folder of texts, beside the study and in the folder of a run.
const FOLDER: &str = "report";

/// A text as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Path in the folder of a run: `report/problem.nl.md`.
    pub path: String,
    /// Markdown.
    pub text: String,
}

impl TextFile {
    /// Its path in the project of a study.
    pub fn path_in(&self, study: &str) -> String {
        format!("{}/{}", Path::new(study).with_extension("").display(), self.path)
    }

    /// The text with its part and language.
    pub fn author_text(&self) -> Option<AuthorText> {
        part_of_kept(&self.path).map(|(part, language)| AuthorText {
            part,
            language,
            markdown: self.text.clone(),
        })
    }
}

/// The texts of a study, in the order of their names; none if it has no folder for them.
///
/// # Errors
/// A file cannot be read or is no text, or its name is that of no part of a report: it would be left out without a word.
pub fn of_study(study: &Study) -> Result<Vec<TextFile>, Failure> {
    let folder = Path::new(&study.path).with_extension("").join(FOLDER);
    let place = study.root.join(&folder);
    let unreadable = |path: &Path, error: std::io::Error| {
        Failure::unplaced(Diagnostic::unplaced(
            "E0001",
            format!("`{}` cannot be read: {error}", path.display()),
        ))
    };
    let entries = match fs::read_dir(&place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| unreadable(&folder, error))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(&folder, error))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    // Files that editors and systems leave, such as `.DS_Store`.
    names.retain(|name| !name.starts_with('.') && !name.ends_with('~'));
    names.sort_unstable();
    let mut texts = Vec::new();
    for name in names {
        let path = folder.join(&name);
        if part_of(&name).is_none() {
            return Err(Failure::Use(no_part(&path, &name)));
        }
        let bytes = fs::read(place.join(&name)).map_err(|error| unreadable(&path, error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let fault = Diagnostic::unplaced("E0002", format!("`{}` is not UTF-8", path.display()));
            Failure::unplaced(fault.note(error.to_string()))
        })?;
        texts.push(TextFile {
            path: format!("{FOLDER}/{name}"),
            text,
        });
    }
    Ok(texts)
}

/// The part and language of a text that a run keeps.
pub fn part_of_kept(path: &str) -> Option<(Part, Language)> {
    part_of(path.strip_prefix(FOLDER)?.strip_prefix('/')?)
}

fn part_of(name: &str) -> Option<(Part, Language)> {
    let (part, language) = name.strip_suffix(".md")?.split_once('.')?;
    let language = match language {
        "nl" => Language::Dutch,
        "en" => Language::English,
        _ => return None,
    };
    Some((Part::of(part)?, language))
}

fn no_part(path: &Path, name: &str) -> String {
    let parts = Part::ALL.map(Part::name);
    let (stem, rest) = name.split_once('.').unwrap_or((name, ""));
    let said = format!("`{}` is no text of a report", path.display());
    if !matches!(rest, "nl.md" | "en.md") {
        return format!("{said}; its name has to end in `.nl.md` or `.en.md`");
    }
    match nearest(stem, parts) {
        Some(near) => format!("{said}; did you mean `{near}.{rest}`?"),
        None => format!("{said}; texts can be written for: {}", parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_part_and_language() {
        assert_eq!(part_of("problem.nl.md"), Some((Part::Problem, Language::Dutch)));
        assert_eq!(
            part_of_kept("report/summary.en.md"),
            Some((Part::Summary, Language::English))
        );
        for name in [
            "problem.md",
            "problem.de.md",
            "probelm.nl.md",
            "problem.nl.txt",
            "report.html",
        ] {
            assert_eq!(part_of(name), None, "{name}");
        }
    }

    #[test]
    fn what_a_name_should_have_been_is_said() {
        let message = |name: &str| no_part(Path::new(name), name);
        assert!(message("probelm.nl.md").ends_with("did you mean `problem.nl.md`?"));
        assert!(message("problem.md").contains("`.nl.md` or `.en.md`"));
        assert!(message("appendix.en.md").contains("summary, problem, baseline"));
    }
}
