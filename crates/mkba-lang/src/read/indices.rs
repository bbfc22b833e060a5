//! Index sets and the files they come from.
use super::entry::Entry;
use super::reader::{INDEX, Reader};
use super::suggestion;
use super::table_file::TableFile;
use super::tree::Node;
use crate::declarations::{Column, Index, Name};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;

/// An index set with the file it was read from.
#[derive(Debug, Clone)]
pub struct IndexFile {
    /// The index set.
    pub index: Index,
    /// Its file.
    pub table: TableFile,
    /// Number of the row of each element.
    pub order: Vec<usize>,
}

impl IndexFile {
    /// Number of an element.
    pub fn element(&self, key: &str) -> Option<u32> {
        let found = self
            .index
            .elements
            .binary_search_by(|element| element.as_str().cmp(key))
            .ok()?;
        u32::try_from(found).ok()
    }
}

impl Reader<'_> {
    /// All index sets of a model, in order of name.
    pub fn indices(&mut self, entries: &[&Entry]) -> Vec<IndexFile> {
        let mut files: Vec<IndexFile> = entries.iter().filter_map(|entry| self.index_file(entry)).collect();
        files.sort_by(|a, b| a.index.name.value.cmp(&b.index.name.value));
        for entry in entries {
            let within = self.within(entry, &files);
            if let Some(file) = files.iter_mut().find(|file| file.index.name == entry.name) {
                file.index.within = within;
            }
        }
        self.check_nesting(&files);
        files
    }
    fn index_file(&mut self, entry: &Entry) -> Option<IndexFile> {
        let (from, key) = (entry.name("from")?, entry.name("key")?);
        let table = self.table_file(&from)?;
        let key = self.column_of(&table, &key.value, key.span)?;
        let order = self.order(&table, key);
        let elements = order.iter().map(|row| table.rows[*row][key].value.clone()).collect();
        let declared = entry.get("columns").and_then(Node::table).unwrap_or_default();
        let columns: Vec<Column> = declared
            .iter()
            .filter_map(|(name, unit)| self.numeric_column(&table, &order, name, unit))
            .collect();
        let is_text = |number: &usize| {
            let name = &table.header[*number].value;
            *number != key && !declared.iter().any(|(column, _)| column.value == *name)
        };
        let texts = (0..table.header.len())
            .filter(is_text)
            .map(|number| {
                let cells = order.iter().map(|row| table.rows[*row][number].value.clone()).collect();
                (table.header[number].value.clone(), cells)
            })
            .collect();
        let index = Index {
            name: entry.name.clone(),
            label: entry.label(),
            elements,
            within: Vec::new(),
            columns,
            texts,
        };
        Some(IndexFile { index, table, order })
    }
    /// Rows in order of the bytes of their keys; empty and repeated keys are reported and left out.
    fn order(&mut self, table: &TableFile, key: usize) -> Vec<usize> {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, row) in table.rows.iter().enumerate() {
            let cell = &row[key];
            if cell.value.is_empty() {
                let message = format!("a row of `{}` has no key", table.path);
                self.report(Diagnostic::error("E0033", message, cell.span, "empty"));
            } else if let Some(before) = first.get(cell.value.as_str()) {
                let message = format!("`{}` stands twice in `{}`", cell.value, table.path);
                let before = table.rows[*before][key].span;
                self.report(Diagnostic::error("E0033", message, cell.span, "again").and(before, "first"));
            } else {
                first.insert(&cell.value, number);
            }
        }
        first.into_values().collect()
    }
    fn numeric_column(&mut self, table: &TableFile, order: &[usize], name: &Name, unit: &Node) -> Option<Column> {
        let unit = self.unit(unit);
        let number = self.column_of(table, &name.value, name.span)?;
        let values: Vec<Option<f64>> = order
            .iter()
            .map(|row| self.cell_number(table, &table.rows[*row][number], number))
            .collect();
        Some(Column {
            name: name.clone(),
            unit: unit?,
            values: values.into_iter().collect::<Option<Vec<f64>>>()?,
        })
    }
    /// The coarser index sets of an index set, with the element there of each element here.
    fn within(&mut self, entry: &Entry, files: &[IndexFile]) -> Vec<(Name, Vec<u32>)> {
        let Some(own) = files.iter().find(|file| file.index.name == entry.name) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (coarser, column) in entry.get("within").and_then(Node::table).unwrap_or_default() {
            if !self.refers(INDEX, coarser) {
                continue;
            }
            let (Some(column), Some(other)) = (
                column.name(),
                files.iter().find(|file| file.index.name.value == coarser.value),
            ) else {
                continue;
            };
            let Some(number) = self.column_of(&own.table, &column.value, column.span) else {
                continue;
            };
            let mut missing: BTreeMap<&str, (&Name, usize)> = BTreeMap::new();
            let elements: Vec<Option<u32>> = own
                .order
                .iter()
                .map(|row| {
                    let cell = &own.table.rows[*row][number];
                    let element = other.element(&cell.value);
                    if element.is_none() {
                        missing.entry(&cell.value).or_insert((cell, 0)).1 += 1;
                    }
                    element
                })
                .collect();
            for (cell, rows) in missing.into_values() {
                let fault = unknown_element(cell, other);
                self.report(if rows > 1 {
                    fault.note(format!("named in {rows} rows"))
                } else {
                    fault
                });
            }
            if let Some(elements) = elements.into_iter().collect() {
                found.push((coarser.clone(), elements));
            }
        }
        found.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        found
    }
    /// Index sets lie within each other without a circle.
    fn check_nesting(&mut self, files: &[IndexFile]) {
        let mut told: Vec<&str> = Vec::new();
        for file in files {
            if told.contains(&file.index.name.value.as_str()) {
                continue;
            }
            let mut above: Vec<&Name> = file.index.within.iter().map(|(name, _)| name).collect();
            let mut seen = 0;
            while let Some(name) = above.get(seen).copied() {
                seen += 1;
                if name.value == file.index.name.value {
                    let message = format!("index set `{}` lies within itself", name.value);
                    let mut fault = Diagnostic::error("E0026", message, name.span, "leads back to it");
                    for step in above.iter().filter(|step| step.value != name.value) {
                        fault = fault.and(step.span, format!("lies within `{}`", step.value));
                    }
                    self.report(fault.help("let the coarsest index set lie within nothing"));
                    told.extend(above.iter().map(|step| step.value.as_str()));
                    break;
                }
                let next = files.iter().find(|file| file.index.name.value == name.value);
                for (name, _) in next.map(|next| next.index.within.as_slice()).unwrap_or_default() {
                    if !above.iter().any(|known| known.value == name.value) {
                        above.push(name);
                    }
                }
            }
        }
    }
    /// Whether an index set has an element; reports it if not.
    pub fn has_element(&mut self, element: &Name, index: &IndexFile) -> bool {
        let known = index.element(&element.value).is_some();
        if !known {
            self.report(unknown_element(element, index));
        }
        known
    }
}

fn unknown_element(element: &Name, index: &IndexFile) -> Diagnostic {
    let set = &index.index;
    let message = format!("index set `{}` has no element `{}`", set.name.value, element.value);
    let mut diagnostic = Diagnostic::error("E0203", message, element.span, "no such element")
        .note(format!("its elements are in `{}`", index.table.path));
    diagnostic.help = suggestion::help(&element.value, set.elements.iter().map(String::as_str));
    diagnostic
}
