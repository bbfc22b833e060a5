//! What a file declares, by name and place, whether or not the rest of it is right: for editors.
use super::tree;
use crate::diagnostic::Diagnostics;
use crate::kinds::{Form, Kind, Place, kind};
use crate::source::FileId;
use std::ops::Range;

/// A declaration as it is written.
#[derive(Debug, Clone)]
pub struct Outlined {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its name; that of the kind for a single table.
    pub name: String,
    /// Where the name stands, in bytes.
    pub name_at: Range<usize>,
    /// Where the whole of it stands, in bytes.
    pub at: Range<usize>,
}

/// Declarations of a file, in order of writing; none while the file is no TOML.
#[must_use]
pub fn outline(text: &str, place: Place) -> Vec<Outlined> {
    let Some(tree) = tree::parse(FileId(0), text, &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (heading, node) in tree.table().unwrap_or_default() {
        let Some(kind) = kind(&heading.value, place) else {
            continue;
        };
        let mut add = |name: &str, name_at: Range<usize>, value: Range<usize>| {
            let at = extent(text, &name_at, &value);
            let name = name.to_owned();
            found.push(Outlined {
                kind,
                name,
                name_at,
                at,
            });
        };
        match kind.form {
            Form::Single => add(kind.name, heading.span.range(), node.span.range()),
            Form::Named | Form::Labelled => {
                for (name, node) in node.table().unwrap_or_default() {
                    add(&name.value, name.span.range(), node.span.range());
                }
            }
        }
    }
    found.sort_by_key(|declared| declared.name_at.start);
    found
}

/// From the heading of a table to the next heading; of a table within a line, the line as far as its value goes.
fn extent(text: &str, name: &Range<usize>, value: &Range<usize>) -> Range<usize> {
    let start = text[..name.start].rfind('\n').map_or(0, |at| at + 1);
    if !text[start..].trim_start().starts_with('[') {
        return start..value.end.max(name.end);
    }
    let end = text[name.end..].find("\n[").map_or(text.len(), |at| name.end + at);
    let mut section = text[start..end].trim_end();
    // Comments above the next heading belong to what follows.
    while let Some((before, _)) = section.rsplit_once('\n').filter(|(_, last)| last.starts_with('#')) {
        section = before.trim_end();
    }
    start..start + section.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_tables_within_a_line_are_found_with_all_that_is_written_in_them() {
        let text = "[unit]\nm2 = {}\n\n[parameter.rent] # a\nvalue = '3 EUR'\nlabel = 'Rent'\n\n# next\n[parameter]\nx = { value = 1 }\n[model]\nid = 'a'\n";
        let found = outline(text, Place::Model);
        let told: Vec<(&str, &str)> = found
            .iter()
            .map(|one| (one.name.as_str(), &text[one.at.clone()]))
            .collect();
        assert_eq!(
            told,
            [
                ("m2", "m2 = {}"),
                ("rent", "[parameter.rent] # a\nvalue = '3 EUR'\nlabel = 'Rent'"),
                ("x", "x = { value = 1 }"),
                ("model", "[model]\nid = 'a'"),
            ]
        );
        assert!(
            found
                .iter()
                .all(|one| one.kind.name == "model" || text[one.name_at.clone()] == one.name)
        );
        assert!(outline("[parameter.rent\n", Place::Model).is_empty());
    }
}
