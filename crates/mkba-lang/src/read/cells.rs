//! Cells of two data files that differ, by the key of their row and the name of their column.
use super::difference::{KeyDifference, Stated};
use crate::source::SourceFile;
use std::collections::BTreeMap;

/// Rows by the text of their first cell, each with its line and its cells by column.
type Rows = BTreeMap<String, (usize, Vec<(String, String)>)>;

/// Every cell that one file has and the other has not, or has with another text; `key` is row and column. Rows are known by their first
/// cell. Empty when they differ in nothing but the order of rows and columns.
pub(super) fn differences(before: &SourceFile, after: &SourceFile) -> Vec<KeyDifference> {
    let (old, new) = (rows(before), rows(after));
    let mut found = Vec::new();
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    for row in keys {
        let of = |rows: &'_ Rows| rows.get(row).cloned().unwrap_or_default();
        let ((old_line, old), (new_line, new)) = (of(&old), of(&new));
        let mut columns: Vec<&String> = old.iter().chain(&new).map(|(column, _)| column).collect();
        columns.sort();
        columns.dedup();
        for column in columns {
            let cell = |cells: &[(String, String)], file: &SourceFile, line: usize| {
                let found = cells.iter().find(|(name, _)| name == column);
                found.map(|(_, text)| Stated {
                    text: text.clone(),
                    path: file.path.clone(),
                    line,
                })
            };
            let (a, b) = (cell(&old, before, old_line), cell(&new, after, new_line));
            if a.as_ref().map(|it| &it.text) != b.as_ref().map(|it| &it.text) {
                found.push(KeyDifference {
                    key: format!("{row} {column}"),
                    before: a,
                    after: b,
                    only_words: false,
                });
            }
        }
    }
    found
}

fn rows(file: &SourceFile) -> Rows {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(file.text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|cell| cell.trim().to_owned()).collect(),
        Err(_) => return Rows::new(),
    };
    let mut found = Rows::new();
    for record in reader.into_records().filter_map(Result::ok) {
        let line = record
            .position()
            .map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let cells = record.iter().map(|cell| cell.trim().to_owned());
        let cells: Vec<(String, String)> = header.iter().cloned().zip(cells).collect();
        let key = cells.first().map(|(_, cell)| cell.clone()).unwrap_or_default();
        // Rows with one key are told apart by their place among them.
        let number = (2..)
            .find(|number| !found.contains_key(&numbered(&key, number - 1)))
            .unwrap_or(2);
        found.insert(numbered(&key, number - 1), (line, cells));
    }
    found
}

fn numbered(key: &str, number: usize) -> String {
    if number == 1 {
        key.to_owned()
    } else {
        format!("{key} ({number})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn cells_are_compared_by_row_and_column() {
        let mut sources = Sources::default();
        let old = sources.add("a.csv", "campus,jobs,area\ndelft,10,3\nleiden,20,4\n");
        let new = sources.add("a.csv", "campus,area,jobs\nleiden,4,25\ndelft,3,10\nede,1,2\n");
        let found = differences(sources.file(old), sources.file(new));
        let told: Vec<String> = found
            .iter()
            .map(|it| {
                let text = |one: &Option<Stated>| {
                    one.as_ref()
                        .map_or("-".to_owned(), |s| format!("{}@{}", s.text, s.line))
                };
                format!("{}: {} {}", it.key, text(&it.before), text(&it.after))
            })
            .collect();
        assert_eq!(
            told,
            [
                "ede area: - 1@4",
                "ede campus: - ede@4",
                "ede jobs: - 2@4",
                "leiden jobs: 20@3 25@2"
            ]
        );
    }
}
