//! Rulebooks by identifier: those of the project, and those that come with the program.
use crate::failure::Failure;
use crate::suggestion::nearest;
use mkba_core::rulebook::{Rulebook, RulebookPart, SCHEDULE_MARK};
use mkba_lang::declarations::Study;
use mkba_lang::diagnostic::{Diagnostic, Diagnostics};
use mkba_lang::project::Files;
use mkba_results::FileHash;
use serde::de::DeserializeOwned;
use std::io::ErrorKind;

/// The folder of a project with its rulebooks.
const FOLDER: &str = "models/rulebooks";

/// Rulebooks that a project need not have itself.
const BUILT_IN: [(&str, &str); 4] = [
    ("nl-2021", include_str!("../../../models/rulebooks/nl-2021.toml")),
    ("nl-2016", include_str!("../../../models/rulebooks/nl-2016.toml")),
    ("eu-2021", include_str!("../../../models/rulebooks/eu-2021.toml")),
    ("uk-2026", include_str!("../../../models/rulebooks/uk-2026.toml")),
];

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
    /// The file, then the parts that it includes, each with its path in a project.
    pub files: Vec<(String, Vec<u8>)>,
}

impl LoadedRulebook {
    /// The text of the file, without its parts.
    pub fn text(&self) -> &[u8] {
        self.files.first().map_or(&[], |(_, bytes)| bytes)
    }
}

/// Finds a rulebook: first `models/rulebooks/ID.toml` of the project, then those of the program; and in the same way the parts that it includes.
/// Behind a slash stands the name of another schedule of its discount rates: `uk-2026/long-term`.
///
/// # Errors
/// There is none of this name, or it cannot be read, or it is not a valid rulebook.
pub fn load(files: &dyn Files, id: &str) -> Result<LoadedRulebook, Failure> {
    let Some((id, schedule)) = id.split_once(SCHEDULE_MARK) else {
        return load_own(files, id);
    };
    let LoadedRulebook {
        rulebook,
        blake3,
        files,
    } = load_own(files, id)?;
    match rulebook.under_schedule(schedule) {
        Some(rulebook) => Ok(LoadedRulebook {
            rulebook,
            blake3,
            files,
        }),
        None => Err(Failure::unplaced(unknown_schedule(&rulebook, schedule))),
    }
}

/// Names of all rulebooks: those of the project and of the program, in order, without other schedules.
pub fn known(files: &dyn Files) -> Vec<String> {
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

/// Warns of a rulebook that is not for analyses that started when the study says it did, and names the right one.
pub fn check_start(files: &dyn Files, study: &Study, rulebook: &Rulebook, diagnostics: &mut Diagnostics) {
    let Some(started) = study
        .started
        .as_ref()
        .filter(|day| !rulebook.applies_to_start(day.value))
    else {
        return;
    };
    let (from, until) = (rulebook.valid.from, rulebook.valid.until);
    let period = until.map_or_else(|| format!("from {from}"), |until| format!("from {from} to {until}"));
    let message = format!(
        "rulebook `{}` is for analyses started {period}, and this one was started on {}",
        rulebook.id, started.value
    );
    let warning = Diagnostic::error("W0110", message, started.span, "").warning();
    let of_authority = |id: &String| {
        let other = load_own(files, id).ok()?.rulebook;
        (other.authority == rulebook.authority && other.applies_to_start(started.value)).then_some(other)
    };
    diagnostics.push(match known(files).iter().find_map(of_authority) {
        Some(right) => warning.help(format!(
            "the right one is `rulebook = \"{}\"`: {}",
            right.id,
            rates(&right)
        )),
        None => warning.help(format!("no known rulebook of `{}` is for that day", rulebook.authority)),
    });
}

/// The classes of a rulebook with their rates.
fn rates(rulebook: &Rulebook) -> String {
    let classes = rulebook.discount.iter();
    let stated: Vec<String> = classes
        .map(|(name, class)| format!("{name} {}", class.stated()))
        .collect();
    stated.join("; ")
}

fn load_own(files: &dyn Files, id: &str) -> Result<LoadedRulebook, Failure> {
    let path = format!("{FOLDER}/{id}.toml");
    let found = read(files, &path, id, &BUILT_IN)?;
    let bytes = found.ok_or_else(|| Failure::unplaced(unknown(files, id)))?;
    let mut rulebook: Rulebook = parse(&path, &bytes, "a rulebook").map_err(Failure::unplaced)?;
    if rulebook.id != id {
        let message = format!("`{path}` is the rulebook `{}`", rulebook.id);
        let help = "the name of the file and its `id` have to be the same";
        return Err(Failure::unplaced(Diagnostic::unplaced("E0015", message).help(help)));
    }
    let mut read = vec![(path.clone(), bytes)];
    for name in rulebook.includes.clone() {
        let (part, file) = part(files, &path, &name)?;
        rulebook.include(part);
        read.push(file);
    }
    let all: Vec<u8> = read.iter().flat_map(|(_, bytes)| bytes).copied().collect();
    check(&path, &rulebook).map_err(Failure::unplaced)?;
    Ok(LoadedRulebook {
        rulebook,
        blake3: FileHash::of(path, &all).blake3,
        files: read,
    })
}

/// A part that a rulebook includes, and its file.
fn part(files: &dyn Files, rulebook: &str, name: &str) -> Result<(RulebookPart, (String, Vec<u8>)), Failure> {
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
    Ok((part, (path, bytes)))
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

fn unknown_schedule(rulebook: &Rulebook, schedule: &str) -> Diagnostic {
    let id = &rulebook.id;
    let message = format!("rulebook `{id}` has no schedule `{schedule}`");
    let known: Vec<String> = rulebook
        .schedule
        .keys()
        .map(|name| format!("`{id}{SCHEDULE_MARK}{name}`"))
        .collect();
    Diagnostic::unplaced("E0405", message).help(match known.as_slice() {
        [] => format!("it has no other schedule than its own: `{id}`"),
        _ => format!("it has {}, and its own: `{id}`", known.join(", ")),
    })
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
        let text = BUILT_IN[0].1.replace("version   = \"2\"", "version   = \"mine\"");
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
        let fault = load(&MemoryFiles::new(), "nl-2022").expect_err("unknown");
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
    fn another_schedule_stands_behind_a_slash() {
        let loaded = load(&MemoryFiles::new(), "uk-2026/long-term").expect("comes with the program");
        assert_eq!(loaded.rulebook.id, "uk-2026/long-term");
        let fault = load(&MemoryFiles::new(), "uk-2026/short")
            .expect_err("unknown")
            .message();
        assert!(
            fault.contains("E0405") && fault.contains("`uk-2026/long-term`"),
            "{fault}"
        );
        let fault = load(&MemoryFiles::new(), "nl-2021/long-term")
            .expect_err("unknown")
            .message();
        assert!(fault.contains("no other schedule"), "{fault}");
    }

    #[test]
    fn broken_toml_is_shown() {
        let files = MemoryFiles::new().with("models/rulebooks/own.toml", "id = ");
        assert!(load(&files, "own").expect_err("broken").message().contains("E0003"));
    }
}
