//! CSV files: header and rows, each cell with its place, and what can be wrong with them.
use super::reader::Reader;
use super::suggestion;
use crate::declarations::Name;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span, Spanned};
use std::ops::Range;

/// A CSV file with a header, all rows of which have as many cells.
#[derive(Debug, Clone)]
pub struct TableFile {
    /// Path from the project root.
    pub path: String,
    /// Column names.
    pub header: Vec<Name>,
    /// Rows in order of the file.
    pub rows: Vec<Vec<Spanned<String>>>,
}

impl TableFile {
    /// Number of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.value == name)
    }
}

impl Reader<'_> {
    /// Reads a CSV file; `None` when it is missing, empty or ragged.
    pub fn table_file(&mut self, path: &Name) -> Option<TableFile> {
        let id = self.data_file(path)?;
        let source = self.loader.sources().file(id);
        let (name, text) = (source.path.clone(), source.text.clone());
        let mut records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut table: Option<TableFile> = None;
        let mut faults = Vec::new();
        for record in records.records() {
            let Ok(record) = record else { continue };
            let start = record
                .position()
                .map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            let cells = cells(id, &text, start, &record);
            let Some(table) = &mut table else {
                table = Some(TableFile {
                    path: name.clone(),
                    header: cells,
                    rows: Vec::new(),
                });
                continue;
            };
            if cells.len() == table.header.len() {
                table.rows.push(cells);
            } else {
                faults.push(ragged(&cells, table));
            }
        }
        if !faults.is_empty() {
            faults.into_iter().for_each(|fault| self.report(fault));
            return None;
        }
        let Some(table) = table.filter(|table| !table.rows.is_empty()) else {
            let message = if text.trim().is_empty() {
                format!("`{name}` is empty")
            } else {
                format!("`{name}` has no rows below its header")
            };
            self.report(
                Diagnostic::error("E0031", message, path.span, "named here")
                    .help("a data file has a line with column names and at least one row below it"),
            );
            return None;
        };
        self.check_header(&table);
        Some(table)
    }
    fn check_header(&mut self, table: &TableFile) {
        for (number, column) in table.header.iter().enumerate() {
            if let Some(first) = table.header[..number].iter().find(|first| first.value == column.value) {
                let message = format!("column `{}` stands twice in `{}`", column.value, table.path);
                self.report(Diagnostic::error("E0033", message, column.span, "again").and(first.span, "first"));
            }
        }
    }
    /// The number of a column that must exist. `at` is where it is asked for.
    pub fn column_of(&mut self, table: &TableFile, name: &str, at: Span) -> Option<usize> {
        if let Some(found) = table.column(name) {
            return Some(found);
        }
        let message = format!("`{}` has no column `{name}`", table.path);
        let mut diagnostic = Diagnostic::error("E0035", message, at, "no such column");
        if let [only] = table.header.as_slice()
            && only.value.contains(';')
        {
            diagnostic.help = Some("its cells are separated by `;`: save it with commas".to_owned());
        } else {
            diagnostic.help = suggestion::help(name, table.header.iter().map(|column| column.value.as_str()));
        }
        self.report(diagnostic);
        None
    }
    /// The number in a cell.
    pub fn cell_number(&mut self, table: &TableFile, cell: &Spanned<String>, column: usize) -> Option<f64> {
        let number = cell.value.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            let column = table.header.get(column).map_or("", |name| name.value.as_str());
            let found = if cell.value.is_empty() {
                "an empty cell".to_owned()
            } else {
                format!("`{}`", cell.value)
            };
            let message = format!("column `{column}` of `{}` requires a number, found {found}", table.path);
            let mut diagnostic = Diagnostic::error("E0034", message, cell.span, "not a number");
            if cell.value.contains(',') {
                diagnostic = diagnostic.help("decimals are written with a point, thousands without separator");
            }
            self.report(diagnostic);
        }
        number
    }
    /// All numbers of a column; `None` when any is not one.
    pub fn column_numbers(&mut self, table: &TableFile, column: usize) -> Option<Vec<f64>> {
        let numbers: Vec<Option<f64>> = table
            .rows
            .iter()
            .map(|row| self.cell_number(table, &row[column], column))
            .collect();
        numbers.into_iter().collect()
    }
}

fn ragged(cells: &[Spanned<String>], table: &TableFile) -> Diagnostic {
    let (found, wanted) = (cells.len(), table.header.len());
    let whole = |cells: &[Spanned<String>]| match (cells.first(), cells.last()) {
        (Some(first), Some(last)) => Some(first.span.to(last.span)),
        _ => None,
    };
    let message = format!("a row of `{}` has {found} cells, its header has {wanted}", table.path);
    match (whole(cells), whole(&table.header)) {
        (Some(row), Some(header)) => {
            let help = if found > wanted {
                "a cell that holds a comma stands between double quotes: `\"Delft, South\"`"
            } else {
                "a cell without content is nothing between two commas: `delft,,120000`"
            };
            Diagnostic::error("E0032", message, row, format!("{found} cells"))
                .and(header, format!("{wanted} columns"))
                .help(help)
        }
        _ => Diagnostic::unplaced("E0032", message),
    }
}

/// The cells of a record, trimmed, each where it stands. `start` is at or before its first byte.
fn cells(file: FileId, text: &str, start: usize, record: &csv::StringRecord) -> Vec<Spanned<String>> {
    let places = places(text.as_bytes(), start);
    record
        .iter()
        .enumerate()
        .map(|(number, cell)| Spanned {
            value: cell.trim().trim_start_matches('\u{feff}').to_owned(),
            span: Span::new(file, places.get(number).cloned().unwrap_or(start..start)),
        })
        .collect()
}

/// Where the cells of one record are in the text (RFC 4180): without the separators, quotes included.
fn places(text: &[u8], start: usize) -> Vec<Range<usize>> {
    let blank = |byte: &&u8| matches!(byte, b'\r' | b'\n');
    let mut at = start + text.get(start..).unwrap_or_default().iter().take_while(blank).count();
    if at == 0 && text.starts_with(b"\xEF\xBB\xBF") {
        at = 3;
    }
    let (mut found, mut first, mut quoted) = (Vec::new(), at, false);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                found.push(first..at);
                first = at + 1;
            }
            b'\r' | b'\n' if !quoted => break,
            _ => {}
        }
        at += 1;
    }
    found.push(first..at);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_in_the_text_with_quotes_and_blank_lines_about() {
        let text = b"\xEF\xBB\xBFid,name\n\n\"a,b\",c\r\n";
        assert_eq!(places(text, 0), [3..5, 6..10]);
        assert_eq!(places(text, 11), [12..17, 18..19]);
    }
}
