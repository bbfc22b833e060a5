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

/// Declarations of a file, in order of writing; while the file is no TOML, those that have a heading of their own.
#[must_use]
pub fn outline(text: &str, place: Place) -> Vec<Outlined> {
    let Some(tree) = tree::parse(FileId(0), text, &mut Diagnostics::default()) else {
        return headings(text, place);
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

/// Declarations with a heading `[kind.name]`, line by line: an editor asks most while a line is half written.
fn headings(text: &str, place: Place) -> Vec<Outlined> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let inner = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        if let Some((word, name)) = inner.and_then(|(inner, _)| inner.split_once('.'))
            && let Some(kind) = kind(word, place).filter(|kind| kind.form != Form::Single)
        {
            let name_start = start + 1 + word.len() + 1;
            let name_at = name_start..name_start + name.len();
            let at = extent(text, &name_at, &name_at);
            let name = name.to_owned();
            found.push(Outlined {
                kind,
                name,
                name_at,
                at,
            });
        }
        start += line.len();
    }
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

    #[test]
    fn a_text_broken_off_anywhere_has_an_outline_within_it() {
        let text = include_str!("../../../../models/teaching/tour/model.toml");
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            for one in outline(&text[..end], Place::Model) {
                assert!(text[..end].get(one.at.clone()).is_some() && text[..end].get(one.name_at.clone()).is_some());
            }
        }
    }

    #[test]
    fn headings_are_found_while_a_line_is_half_written() {
        let text = "[parameter.rent]\nvalue = '3 EUR'\n[flow.a]\nformula = 'ren\n[model]\n";
        let found = outline(text, Place::Model);
        let told: Vec<(&str, &str)> = found
            .iter()
            .map(|one| (one.name.as_str(), &text[one.at.clone()]))
            .collect();
        assert_eq!(
            told,
            [
                ("rent", "[parameter.rent]\nvalue = '3 EUR'"),
                ("a", "[flow.a]\nformula = 'ren")
            ]
        );
        assert!(found.iter().all(|one| text[one.name_at.clone()] == one.name));
    }
}
