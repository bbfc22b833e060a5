//! Schema and reader judge the same files alike: each file of the tour is changed at every place, in several ways.
use super::{faults, json, root};
use mkba_core::rulebook::{Rulebook, RulebookPart};
use mkba_lang::diagnostic::{Diagnostics, Severity};
use mkba_lang::project::MemoryFiles;
use mkba_lang::read::read_study;
use mkba_lang::schema::{FileKind, schema};
use mkba_lang::source::Sources;
use std::fs;

/// Codes of faults that a schema can see too: unknown key, value of the wrong type, unknown kind.
const SEEN: [&str; 3] = ["E0011", "E0013", "E0014"];
/// Codes of faults of which a schema sees a part: a missing key, an impossible word or number.
const SEEN_IN_PART: [&str; 2] = ["E0012", "E0015"];

/// The files of the tour, data included.
fn tour() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["models/teaching/tour", "models/teaching/tour/data"] {
        for entry in fs::read_dir(root().join(folder)).expect("the tour") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                found.push((format!("{folder}/{name}"), fs::read_to_string(path).expect("a text")));
            }
        }
    }
    for path in ["mkba.toml", "scenarios/tour.toml", "scenarios/tour-low.toml"] {
        found.push((path.to_owned(), fs::read_to_string(root().join(path)).expect("a text")));
    }
    found.sort();
    found
}

/// Codes of the errors of the tour with one file in another form.
fn codes(files: &[(String, String)], changed: &str, text: &str) -> Vec<&'static str> {
    let files = files.iter().fold(MemoryFiles::new(), |memory, (path, own)| {
        memory.with(path, if path == changed { text } else { own.as_str() })
    });
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let _ = read_study(&files, "scenarios/tour.toml", &mut sources, &mut diagnostics);
    let errors = diagnostics
        .list()
        .iter()
        .filter(|found| found.severity == Severity::Error);
    errors.map(|found| found.code).collect()
}

/// Where a table or value stands: keys from the root.
type Path = Vec<String>;

fn paths(value: &toml::Value, here: &Path, found: &mut Vec<Path>) {
    if let toml::Value::Table(table) = value {
        for (key, inner) in table {
            let path: Path = here.iter().cloned().chain([key.clone()]).collect();
            paths(inner, &path, found);
            found.push(path);
        }
    }
}

/// The text of a file with one change at a place; `None` if the change does not apply.
fn changed(whole: &toml::Value, path: &Path, change: usize) -> Option<String> {
    let mut whole = whole.clone();
    let (last, above) = path.split_last()?;
    let mut table = whole.as_table_mut()?;
    for key in above {
        table = table.get_mut(key)?.as_table_mut()?;
    }
    match change {
        0 => {
            table.remove(last);
        }
        1 => {
            let value = table.remove(last)?;
            table.insert(format!("{last}_x"), value);
        }
        2 => {
            table.insert(last.clone(), toml::Value::Array(vec![toml::Value::Boolean(true)]));
        }
        3 => {
            table.insert(last.clone(), toml::Value::Boolean(true));
        }
        4 => {
            table.insert(last.clone(), toml::Value::Integer(-1));
        }
        5 => {
            table.insert(last.clone(), toml::Value::String("?".to_owned()));
        }
        _ => {
            table
                .get_mut(last)?
                .as_table_mut()?
                .insert("strange".to_owned(), toml::Value::Integer(1));
        }
    }
    toml::to_string(&whole).ok()
}

#[test]
fn the_reader_refuses_what_a_schema_refuses_and_the_reverse_where_a_schema_can_see_it() {
    let files = tour();
    assert_eq!(codes(&files, "", ""), Vec::<&str>::new());
    let (mut refused, mut accepted, mut wrong) = (0, 0, String::new());
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let whole = toml::Value::Table(toml::from_str(text).expect("TOML"));
        let kind = super::kind_of(&json(text));
        let schema = schema(kind);
        let mut places = Vec::new();
        paths(&whole, &Vec::new(), &mut places);
        for place in &places {
            for change in 0..7 {
                let Some(text) = changed(&whole, place, change) else {
                    continue;
                };
                let by_schema = faults(&schema, &json(&text));
                let by_reader = codes(&files, path, &text);
                let seen = by_reader.iter().any(|code| SEEN.contains(code));
                let part = by_reader.iter().any(|code| SEEN_IN_PART.contains(code));
                if by_schema.is_empty() {
                    accepted += 1;
                } else {
                    refused += 1;
                }
                // A file whose mark is gone is another kind of file to the reader.
                let same_kind = super::kind_of(&json(&text)) == kind;
                let false_alarm = !by_schema.is_empty() && by_reader.is_empty() && same_kind;
                // `equals` of a unit has to carry a unit, which is for the reader to see.
                let unit = place.first().is_some_and(|kind| kind == "unit");
                let missed = by_schema.is_empty() && seen && !part && !unit;
                if false_alarm || missed {
                    wrong += &format!("{path} {place:?} change {change}: schema {by_schema:?}, reader {by_reader:?}\n");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(
        refused > 500 && accepted > 100,
        "{refused} refused, {accepted} accepted"
    );
}

#[test]
fn a_rulebook_is_refused_by_its_schema_when_it_cannot_be_read() {
    let until = vec!["valid".to_owned(), "until".to_owned()];
    let read = |text: &str| toml::from_str::<Rulebook>(text).is_ok();
    judged_alike("nl-2021", FileKind::Rulebook, &[until], 100, read);
}

#[test]
fn a_part_of_a_rulebook_is_refused_by_its_schema_when_it_cannot_be_read() {
    let read = |text: &str| toml::from_str::<RulebookPart>(text).is_ok();
    judged_alike("parts/double-counting", FileKind::RulebookPart, &[], 100, read);
    judged_alike("parts/checklist-nl", FileKind::RulebookPart, &[], 10, read);
}

fn judged_alike(file: &str, kind: FileKind, also: &[Path], least_refused: usize, read: impl Fn(&str) -> bool) {
    let text = fs::read_to_string(root().join(format!("models/rulebooks/{file}.toml"))).expect("the file");
    let whole = toml::Value::Table(toml::from_str(&text).expect("TOML"));
    let schema = schema(kind);
    let mut places = Vec::new();
    paths(&whole, &Vec::new(), &mut places);
    places.extend_from_slice(also);
    let (mut refused, mut wrong) = (0, String::new());
    for place in &places {
        for change in 0..7 {
            let Some(text) = changed(&whole, place, change) else {
                continue;
            };
            let by_schema = faults(&schema, &json(&text));
            let is_read = read(&text);
            refused += usize::from(!by_schema.is_empty());
            // The schema also asks for the form of an identifier, which the check of a rulebook asks for later.
            let identifier = place.as_slice() == ["id".to_owned()];
            if by_schema.is_empty() != is_read && !identifier {
                wrong += &format!("{file} {place:?} change {change}: schema {by_schema:?}, read: {is_read}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(refused > least_refused, "{refused} refused");
}
