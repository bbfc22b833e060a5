//! Where a key that is given twice stands for the first time: the TOML library only says where it stands again.
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The first place of a key that stands again at `again`, when it can be told for sure. `root` holds the first of both.
pub fn first_place(text: &str, root: &DeTable<'_>, again: Range<usize>) -> Option<Range<usize>> {
    let mut keys = Vec::new();
    collect(text, root, None, &mut keys);
    let key = text.get(again.clone())?;
    if before_on_line(text, again.start).starts_with('[') {
        return first_heading(text, again);
    }
    let inline = keys.iter().filter_map(|(_, inline)| inline.clone());
    let around = inline
        .filter(|table| table.contains(&again.start))
        .min_by_key(Range::len);
    let before = before_on_line(text, again.start);
    let alike = |(place, table): &&(Range<usize>, Option<Range<usize>>)| {
        let same_line_head = || before_on_line(text, place.start) == before;
        place.end <= again.start
            && text.get(place.clone()) == Some(key)
            && *table == around
            && (around.is_some() || same_line_head() && same_table(text, place.end, again.start))
    };
    keys.iter().rfind(alike).map(|(place, _)| place.clone())
}

/// The same heading earlier in the text.
fn first_heading(text: &str, again: Range<usize>) -> Option<Range<usize>> {
    let start = text[..again.start].rfind('\n').map_or(0, |end| end + 1);
    let heading = text[start..again.end].trim_start();
    let line = text[..start]
        .split_inclusive('\n')
        .scan(0, |end, line| {
            *end += line.len();
            Some((*end - line.len(), line))
        })
        .find(|(_, line)| {
            let behind = line.trim_start().strip_prefix(heading);
            behind.is_some_and(|behind| behind.trim_start().starts_with(']'))
        });
    let (at, line) = line?;
    let end = at + line.len() - line.trim_start().len() + heading.len();
    Some(end - (again.end - again.start)..end)
}

type Keys = Vec<(Range<usize>, Option<Range<usize>>)>;

/// All keys in order of writing, each with the table between braces that it stands in.
fn collect(text: &str, table: &DeTable<'_>, inline: Option<&Range<usize>>, keys: &mut Keys) {
    for (key, value) in table {
        keys.push((key.span(), inline.cloned()));
        visit(text, value.get_ref(), value.span(), inline, keys);
    }
    keys.sort_by_key(|(place, _)| place.start);
}

fn visit(text: &str, value: &DeValue<'_>, span: Range<usize>, inline: Option<&Range<usize>>, keys: &mut Keys) {
    match value {
        DeValue::Table(table) => {
            let braces = text.get(span.clone()).is_some_and(|text| text.starts_with('{'));
            collect(text, table, if braces { Some(&span) } else { inline }, keys);
        }
        DeValue::Array(list) => list
            .iter()
            .for_each(|item| visit(text, item.get_ref(), item.span(), inline, keys)),
        _ => {}
    }
}

/// What stands on the line before a place.
fn before_on_line(text: &str, place: usize) -> &str {
    let line = text[..place].rfind('\n').map_or(0, |end| end + 1);
    text[line..place].trim()
}

/// Whether no table is opened between two places.
fn same_table(text: &str, from: usize, to: usize) -> bool {
    !text[from..to]
        .lines()
        .skip(1)
        .any(|line| line.trim_start().starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line and column (from 0) of the first place of the key that is given twice.
    fn place(text: &str) -> Option<(usize, usize)> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let again = errors.iter().find(|error| error.message() == "duplicate key")?.span()?;
        let first = first_place(text, table.get_ref(), again)?;
        let before = &text[..first.start];
        Some((
            before.matches('\n').count(),
            before.len() - before.rfind('\n').map_or(0, |end| end + 1),
        ))
    }

    #[test]
    fn the_first_of_two_keys_is_found_in_its_own_table() {
        assert_eq!(place("[a]\nx = 1\n[b]\nx = 2\ny = { x = 3 }\nx = 4\n"), Some((3, 0)));
        assert_eq!(
            place("[flow.a]\nk = 1\n[variable.a]\nk = 2\n[flow.a]\nk = 3\n"),
            Some((0, 6))
        );
        assert_eq!(place("[a]\nx = { p = 1, q = { p = 2 }, p = 3 }\n"), Some((1, 6)));
        assert_eq!(place("[a]\nb.c = 1\nc = 2\nb.c = 3\n"), Some((1, 2)));
    }
}
