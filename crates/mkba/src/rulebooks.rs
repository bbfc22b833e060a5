//! Rulebooks by identifier: those of the project, and those that come with the program.
use crate::failure::Failure;
use crate::suggestion::nearest;
use mkba_core::rulebook::{Rulebook, RulebookPart};
use mkba_lang::diagnostic::Diagnostic;
use mkba_lang::project::Files;
use mkba_results::FileHash;
use serde::de::DeserializeOwned;
use std::io::ErrorKind;

/// The folder of a project with its rulebooks.
const FOLDER: &str = "models/rulebooks";

/// Rulebooks that a project need not have itself.
const BUILT_IN: [(&str, &str); 1] = [("nl-2021", include_str!("../../../models/rulebooks/nl-2021.toml"))];

/// The folder of a project with the parts that its rulebooks include.
const PARTS: &str = "models/rulebooks/parts";

/// Parts that a project need not have itself.
const BUILT_IN_PARTS: [(&str, &str); 2] = [
    (
        "checklist-nl",
        include_str!("../../../models/rulebooks/parts/checklist-nl.toml"),
    ),
    (
        "double-counting",
        include_str!("../../../models/rulebooks/parts/double-counting.toml"),
    ),
];

/// A rulebook and the hash of its text.
#[derive(Debug, Clone)]
pub struct LoadedRulebook {
    /// The rules.
    pub rulebook: Rulebook,
    /// BLAKE3 of the file, and of the parts that it includes after it, in hexadecimal.
    pub blake3: String,
}

/// Finds a rulebook: first `models/rulebooks/ID.toml` of the project, then those of the program; and in the same way the parts that it includes.
///
/// # Errors
/// There is none of this name, or it cannot be read, or it is not a valid rulebook.
pub fn load(files: &dyn Files, id: &str) -> Result<LoadedRulebook, Failure> {
    let path = format!("{FOLDER}/{id}.toml");
    let found = read(files, &path, id, &BUILT_IN)?;
    let mut bytes = found.ok_or_else(|| Failure::unplaced(unknown(files, id)))?;
    let mut rulebook: Rulebook = parse(&path, &bytes, "a rulebook").map_err(Failure::unplaced)?;
    if rulebook.id != id {
        let message = format!("`{path}` is the rulebook `{}`", rulebook.id);
        let help = "the name of the file and its `id` have to be the same";
        return Err(Failure::unplaced(Diagnostic::unplaced("E0015", message).help(help)));
    }
    for name in rulebook.includes.clone() {
        let (part, text) = part(files, &path, &name)?;
        rulebook.include(part);
        bytes.extend(text);
    }
    check(&path, &rulebook).map_err(Failure::unplaced)?;
    Ok(LoadedRulebook {
        rulebook,
        blake3: FileHash::of(path, &bytes).blake3,
    })
}

/// A part that a rulebook includes, and its text.
fn part(files: &dyn Files, rulebook: &str, name: &str) -> Result<(RulebookPart, Vec<u8>), Failure> {
    let path = format!("{PARTS}/{name}.toml");
    let Some(bytes) = read(files, &path, name, &BUILT_IN_PARTS)? else {
        let message = format!("`{rulebook}` includes `{name}`, which there is not");
        let known: Vec<&str> = BUILT_IN_PARTS.iter().map(|(name, _)| *name).collect();
        let help = format!(
            "a part of the project is a file `{PARTS}/NAME.toml`; the program brings {}",
            known.join(", ")
        );
        return Err(Failure::unplaced(Diagnostic::unplaced("E0405", message).help(help)));
    };
    let part: RulebookPart = parse(&path, &bytes, "a part of a rulebook").map_err(Failure::unplaced)?;
    if part.part != name {
        let message = format!("`{path}` is the part `{}`", part.part);
        let help = "the name of the file and its `part` have to be the same";
        return Err(Failure::unplaced(Diagnostic::unplaced("E0015", message).help(help)));
    }
    Ok((part, bytes))
}

/// The file of the project, else what comes with the program under this name.
fn read(files: &dyn Files, path: &str, name: &str, built_in: &[(&str, &str)]) -> Result<Option<Vec<u8>>, Failure> {
    match files.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let built_in = built_in.iter().find(|(known, _)| *known == name);
            Ok(built_in.map(|(_, text)| text.as_bytes().to_vec()))
        }
        Err(error) => {
            let message = format!("`{path}` cannot be read: {error}");
            Err(Failure::unplaced(Diagnostic::unplaced("E0001", message)))
        }
    }
}

fn parse<T: DeserializeOwned>(path: &str, bytes: &[u8], what: &str) -> Result<T, Diagnostic> {
    let text = str::from_utf8(bytes)
        .map_err(|error| Diagnostic::unplaced("E0002", format!("`{path}` is not UTF-8")).note(error.to_string()))?;
    toml::from_str(text).map_err(|error| {
        Diagnostic::unplaced("E0003", format!("`{path}` is not {what}: {}", error.message()))
            .note(error.to_string().trim_end().to_owned())
    })
}

fn check(path: &str, rulebook: &Rulebook) -> Result<(), Diagnostic> {
    rulebook.validate().map_err(|faults| {
        let diagnostic = Diagnostic::unplaced("E0015", format!("rulebook `{path}` has impossible values"));
        faults
            .iter()
            .fold(diagnostic, |diagnostic, fault| diagnostic.note(fault.to_string()))
    })
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
        .filter_map(|path| path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".toml"))
        .filter(|name| !name.contains('/'));
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
    fn parts_of_the_program_are_included_and_those_of_the_project_come_first() {
        let own = |files: &MemoryFiles| load(files, "nl-2021").expect("valid");
        let built_in = own(&MemoryFiles::new());
        assert!(built_in.rulebook.forbids("access", "land_value").is_some());
        assert!(built_in.rulebook.checklist.len() > 30);
        let files = MemoryFiles::new().with(
            "models/rulebooks/parts/double-counting.toml",
            "part = 'double-counting'\nversion = '1'\n",
        );
        let without = own(&files);
        assert!(without.rulebook.forbidden_pairs.is_empty());
        assert_ne!(without.blake3, built_in.blake3, "the hash is of the parts too");
        assert!(!known(&files).contains(&"parts/double-counting".to_owned()));
    }

    #[test]
    fn a_part_that_is_not_there_or_names_an_unknown_channel_is_told() {
        let text = BUILT_IN[0].1.replace("\"double-counting\"", "\"double-county\"");
        let files = MemoryFiles::new().with("models/rulebooks/nl-2021.toml", text);
        let message = load(&files, "nl-2021").expect_err("no such part").message();
        assert!(
            message.contains("E0405") && message.contains("double-county"),
            "{message}"
        );
        let pair = "part = 'double-counting'\nversion = '1'\n[[forbidden_pairs]]\nchannels = ['a', 'b']\nreason = { nl = 'x', en = 'x' }\nsource = 'y'\n";
        let files = MemoryFiles::new().with("models/rulebooks/parts/double-counting.toml", pair);
        let message = load(&files, "nl-2021").expect_err("unknown channels").message();
        assert!(
            message.contains("channel `a`") && message.contains("channel `b`"),
            "{message}"
        );
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
