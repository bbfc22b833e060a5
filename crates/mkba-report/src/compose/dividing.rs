//! Tables with more columns of numbers than stand side by side, divided over several tables.
use super::writer::Writer;
use crate::document::{Block, DataTable, Section, Shape, TableRow};

/// So many columns of numbers fit on a page, and on a screen without scrolling.
const MOST: usize = 8;

/// Divides every table of numbers that is too wide. Each part has the row headers, and says which part it is; columns of text, such as
/// the status of a measure, come first, in a part of their own.
pub(super) fn divide(writer: &Writer<'_>, sections: &mut [Section]) {
    for section in sections {
        let blocks = std::mem::take(&mut section.blocks);
        section.blocks = blocks.into_iter().flat_map(|block| divided(writer, block)).collect();
    }
}

fn divided(writer: &Writer<'_>, block: Block) -> Vec<Block> {
    let table = match block {
        Block::Table(table) if table.shape == Shape::Numbers => table,
        other => return vec![other],
    };
    let (numeric, text): (Vec<usize>, Vec<usize>) =
        (1..table.columns.len()).partition(|&place| table.columns[place].numeric);
    if numeric.len() <= MOST {
        return vec![Block::Table(table)];
    }
    let parts = numeric.len().div_ceil(MOST);
    let chunks = numeric.chunks(numeric.len().div_ceil(parts)).map(<[usize]>::to_vec);
    let about = (!text.is_empty()).then_some(text);
    let parts: Vec<Vec<usize>> = about.into_iter().chain(chunks).collect();
    let count = parts.len();
    let part = |(number, columns): (usize, Vec<usize>)| {
        let which = writer.say(
            format!("deel {} van {count}", number + 1),
            format!("part {} of {count}", number + 1),
        );
        Block::Table(part_of(&table, &columns, &which, number + 1 == count))
    };
    parts.into_iter().enumerate().map(part).collect()
}

fn part_of(table: &DataTable, columns: &[usize], which: &str, is_last: bool) -> DataTable {
    let chosen = || [0].into_iter().chain(columns.iter().copied());
    let row = |row: &TableRow| TableRow {
        style: row.style,
        // A heading has one cell only.
        cells: chosen().filter_map(|place| row.cells.get(place).cloned()).collect(),
    };
    DataTable {
        number: 0,
        caption: format!("{}, {which}", table.caption),
        shape: table.shape,
        columns: chosen().map(|place| table.columns[place].clone()).collect(),
        rows: table.rows.iter().map(row).collect(),
        notes: if is_last { table.notes.clone() } else { Vec::new() },
    }
}
