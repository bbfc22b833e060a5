//! Rulebooks by identifier: those of the project, and those that come with the program.
use crate::failure::Failure;
use mkba_core::rulebook::Rulebook;
use mkba_lang::diagnostic::Diagnostic;
use mkba_lang::project::Files;
use mkba_lang::read::nearest;
use mkba_results::FileHash;
use std::io::ErrorKind;

/// The folder of a project with its rulebooks.
const FOLDER: &str = "models/rulebooks";

/// Rulebooks that a project need not have itself.
const BUILT_IN: [(&str, &str); 1] = [("nl-2021", include_str!("../../../models/rulebooks/nl-2021.toml"))];

/// A rulebook and the hash of its text.
#[derive(Debug, Clone)]
pub struct LoadedRulebook {
    /// The rules.
    pub rulebook: Rulebook,
    /// BLAKE3 of the file in hexadecimal.
    pub blake3: String,
}

/// Finds a rulebook: first `models/rulebooks/ID.toml` of the project, then those of the program.
///
/// # Errors
/// There is none of this name, or it cannot be read, or it is not a valid rulebook.
pub fn load(files: &dyn Files, id: &str) -> Result<LoadedRulebook, Failure> {
    let path = format!("{FOLDER}/{id}.toml");
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == id);
    let bytes = match files.read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => match built_in {
            Some((_, text)) => text.as_bytes().to_vec(),
            None => return Err(Failure::unplaced(unknown(files, id))),
        },
        Err(error) => {
            let message = format!("`{path}` cannot be read: {error}");
            return Err(Failure::unplaced(Diagnostic::unplaced("E0001", message)));
        }
    };
    let rulebook = parse(&path, &bytes).map_err(Failure::unplaced)?;
    if rulebook.id != id {
        let message = format!("`{path}` is the rulebook `{}`", rulebook.id);
        let help = "the name of the file and its `id` have to be the same";
        return Err(Failure::unplaced(Diagnostic::unplaced("E0015", message).help(help)));
    }
    Ok(LoadedRulebook {
        rulebook,
        blake3: FileHash::of(path, &bytes).blake3,
    })
}

fn parse(path: &str, bytes: &[u8]) -> Result<Rulebook, Diagnostic> {
    let text = str::from_utf8(bytes)
        .map_err(|error| Diagnostic::unplaced("E0002", format!("`{path}` is not UTF-8")).note(error.to_string()))?;
    let rulebook: Rulebook = toml::from_str(text).map_err(|error| {
        Diagnostic::unplaced("E0003", format!("`{path}` is not a rulebook: {}", error.message()))
            .note(error.to_string().trim_end().to_owned())
    })?;
    match rulebook.validate() {
        Ok(()) => Ok(rulebook),
        Err(faults) => {
            let diagnostic = Diagnostic::unplaced("E0015", format!("rulebook `{path}` has impossible values"));
            Err(faults
                .iter()
                .fold(diagnostic, |diagnostic, fault| diagnostic.note(fault.to_string())))
        }
    }
}

fn unknown(files: &dyn Files, id: &str) -> Diagnostic {
    let known = known(files);
    let diagnostic =
        Diagnostic::unplaced("E0405", format!("unknown rulebook `{id}`")).note(format!("known: {}", known.join(", ")));
    match nearest(id, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("a rulebook of the project is a file `{FOLDER}/ID.toml`")),
    }
}

fn known(files: &dyn Files) -> Vec<String> {
    let listed = files.list(FOLDER).unwrap_or_default();
    let in_project = listed
        .iter()
        .filter_map(|path| path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".toml"));
    let mut known: Vec<String> = in_project
        .chain(BUILT_IN.map(|(id, _)| id))
        .map(str::to_owned)
        .collect();
    known.sort_unstable();
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_lang::project::MemoryFiles;

    #[test]
    fn a_project_without_rulebooks_has_those_of_the_program() {
        for (id, _) in BUILT_IN {
            let loaded = load(&MemoryFiles::new(), id).expect("comes with the program");
            assert_eq!(loaded.rulebook.id, id);
            assert_eq!(loaded.blake3.len(), 64);
        }
    }

    #[test]
    fn a_rulebook_of_the_project_comes_first() {
        let text = BUILT_IN[0].1.replace("version = \"1\"", "version = \"mine\"");
        let files = MemoryFiles::new().with("models/rulebooks/nl-2021.toml", text);
        assert_eq!(load(&files, "nl-2021").expect("valid").rulebook.version, "mine");
    }

    #[test]
    fn an_unknown_rulebook_is_refused_with_a_suggestion() {
        let fault = load(&MemoryFiles::new(), "nl-2012").expect_err("unknown");
        assert_eq!(fault.exit_code(), 1);
        let message = fault.message();
        assert!(
            message.contains("E0405") && message.contains("did you mean `nl-2021`?"),
            "{message}"
        );
    }

    #[test]
    fn faults_of_a_rulebook_come_all_at_once() {
        let text = BUILT_IN[0].1.replace("0.0225", "2.25").replace("0.016", "1.6");
        let files = MemoryFiles::new().with("models/rulebooks/nl-2021.toml", text);
        let message = load(&files, "nl-2021").expect_err("impossible rates").message();
        assert!(
            message.contains("discount.standard") && message.contains("discount.sunk"),
            "{message}"
        );
    }

    #[test]
    fn broken_toml_is_shown() {
        let files = MemoryFiles::new().with("models/rulebooks/own.toml", "id = ");
        assert!(load(&files, "own").expect_err("broken").message().contains("E0003"));
    }
}
