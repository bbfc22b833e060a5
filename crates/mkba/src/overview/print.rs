//! From the page to lines of text: as many columns side by side as fit, and the same blocks for each scenario.
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use mkba_report::overview::page::{Page, Row, RowStyle};

/// Columns of a label before it is broken, unless the numbers leave more or less.
const LABEL: usize = 44;
/// A label is not made narrower than this to fit one more alternative.
const NARROWEST_LABEL: usize = 28;
const INDENT: &str = "  ";
/// Between two columns.
const GAP: usize = 2;
/// A heading of a column is broken into lines of at least this.
const HEADING: usize = 10;

const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// The text of a page, at most `width` columns wide unless a single column is wider. Emphasis is in escape codes, which the
/// output leaves out where they do not belong.
pub fn print(page: &Page, width: usize) -> String {
    let layout = Layout::of(page, width);
    let mut lines = vec![String::new(), emphasised(&page.title)];
    for sentence in &page.settings {
        lines.extend(wrap(sentence, width));
    }
    for scenario in &page.scenarios {
        for columns in &layout.blocks {
            lines.push(String::new());
            lines.extend(block(page, &scenario.title, &scenario.rows, columns, &layout));
        }
    }
    lines.push(String::new());
    for note in &page.notes {
        lines.extend(wrap(note, width));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The shape of all blocks.
struct Layout {
    /// Width of the column of labels.
    label: usize,
    /// Width of a column of numbers.
    column: usize,
    /// Numbers of the alternatives in each block.
    blocks: Vec<Vec<usize>>,
}

impl Layout {
    fn of(page: &Page, width: usize) -> Self {
        let rows = || page.scenarios.iter().flat_map(|scenario| &scenario.rows);
        let longest_word = |text: &String| text.split(' ').map(columns_of).max().unwrap_or(0);
        let cells = rows().flat_map(|row| &row.cells).map(|cell| columns_of(cell));
        let headings = page.alternatives.iter().map(longest_word);
        let column = cells.chain(headings).chain([HEADING]).max().unwrap_or(HEADING);
        let labels = rows().map(|row| columns_of(&indented(row)));
        let wanted = labels.max().unwrap_or(0).min(LABEL);
        let fitting = |label: usize| (width.saturating_sub(label) / (column + GAP)).max(1);
        let count = page.alternatives.len().max(1);
        let blocks = count.div_ceil(fitting(NARROWEST_LABEL.min(wanted)));
        let per_block = count.div_ceil(blocks);
        let label = width
            .saturating_sub(per_block * (column + GAP))
            .clamp(NARROWEST_LABEL.min(wanted), wanted);
        let numbers: Vec<usize> = (0..page.alternatives.len()).collect();
        Self {
            label,
            column,
            blocks: numbers.chunks(per_block).map(<[usize]>::to_vec).collect(),
        }
    }

    fn width(&self, columns: usize) -> usize {
        self.label + columns * (self.column + GAP)
    }
}

/// One scenario with some of the alternatives.
fn block(page: &Page, title: &str, rows: &[Row], columns: &[usize], layout: &Layout) -> Vec<String> {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    // What each printed line belongs to: the heading is `None`.
    let mut owners: Vec<Option<&Row>> = Vec::new();
    let headings: Vec<Vec<String>> = columns
        .iter()
        .map(|&number| wrap(&page.alternatives[number], layout.column))
        .collect();
    let height = headings.iter().map(Vec::len).max().unwrap_or(1);
    let title_beside_headings = columns_of(title) <= layout.label;
    for line in 0..height {
        // Headings end on the same line, next to the numbers.
        let text = |heading: &Vec<String>| {
            let above = height - heading.len();
            line.checked_sub(above)
                .map_or_else(String::new, |line| heading[line].clone())
        };
        let label = if line + 1 == height && title_beside_headings {
            title
        } else {
            ""
        }
        .to_owned();
        table.add_row([pad(&label, layout.label)].into_iter().chain(headings.iter().map(text)));
        owners.push(None);
    }
    for row in rows {
        let labels = wrap_indented(row, layout.label);
        for (line, label) in labels.iter().enumerate() {
            // Numbers stand on the last line of a label.
            let numbers = columns.iter().map(|&number| match row.cells.get(number) {
                Some(cell) if line + 1 == labels.len() => pad_left(cell, layout.column),
                _ => String::new(),
            });
            table.add_row([pad(label, layout.label)].into_iter().chain(numbers));
            owners.push(Some(row));
        }
    }
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if number == 0 { 0 } else { GAP as u16 }, 0));
        column.set_cell_alignment(if number == 0 {
            CellAlignment::Left
        } else {
            CellAlignment::Right
        });
    }
    let rule = "─".repeat(layout.width(columns.len()));
    let mut lines = if title_beside_headings {
        Vec::new()
    } else {
        vec![emphasised(title)]
    };
    let mut previous: Option<&Row> = None;
    for (line, owner) in table.lines().zip(owners) {
        let line = line.trim_end().to_owned();
        let Some(row) = owner else {
            lines.push(emphasised(&line));
            continue;
        };
        let first_line_of_row = previous.is_none_or(|previous| !std::ptr::eq(previous, row));
        if first_line_of_row && (previous.is_none() || row.style == RowStyle::Balance) {
            lines.push(rule.clone());
        }
        previous = Some(row);
        lines.push(match row.style {
            RowStyle::Heading | RowStyle::Balance => emphasised(&line),
            RowStyle::Item | RowStyle::Sum | RowStyle::Detail => line,
        });
    }
    lines
}

fn is_indented(row: &Row) -> bool {
    matches!(row.style, RowStyle::Item | RowStyle::Detail)
}

fn indented(row: &Row) -> String {
    if is_indented(row) {
        format!("{INDENT}{}", row.label)
    } else {
        row.label.clone()
    }
}

/// The label in lines, each indented as its row is.
fn wrap_indented(row: &Row, width: usize) -> Vec<String> {
    let indent = if is_indented(row) { INDENT } else { "" };
    let lines = wrap(&row.label, width.saturating_sub(indent.len()));
    lines.into_iter().map(|line| format!("{indent}{line}")).collect()
}

/// Lines of whole words; a word that is longer than a line is cut.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let characters: Vec<char> = word.chars().collect();
        for piece in characters.chunks(width) {
            let piece: String = piece.iter().collect();
            let last = lines.last_mut().expect("there is always a line");
            if last.is_empty() {
                *last = piece;
            } else if columns_of(last) + 1 + columns_of(&piece) <= width {
                last.push(' ');
                last.push_str(&piece);
            } else {
                lines.push(piece);
            }
        }
    }
    lines
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns_of(text))))
}

fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns_of(text))))
}

/// Columns of a terminal that a text takes; labels and numbers are in Latin script.
pub fn columns_of(text: &str) -> usize {
    text.chars().count()
}

/// Emphasis in escape codes, which the output leaves out where they do not belong.
pub fn emphasised(text: &str) -> String {
    format!("{BOLD}{text}{PLAIN}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overview::{overview, sample};
    use mkba_core::appraisal::catalogue::Language;

    fn shown(alternatives: usize, language: Language) -> String {
        let (table, catalogue) = sample::run(alternatives);
        let text = overview(&table, &catalogue, 10_000, language).expect("complete");
        text.replace(BOLD, "").replace(PLAIN, "")
    }

    #[test]
    fn five_alternatives_stand_side_by_side_within_the_width() {
        let text = shown(5, Language::Dutch);
        let widest = text.lines().map(columns_of).max().expect("lines");
        assert!((90..=120).contains(&widest), "{widest}");
        assert_eq!(
            text.matches("Baten-kostenverhouding  ").count(),
            4,
            "with and without, in two scenarios\n{text}"
        );
    }

    #[test]
    fn more_alternatives_than_fit_are_shown_in_blocks_of_the_same_rows() {
        let text = shown(6, Language::English);
        assert!(text.lines().all(|line| columns_of(line) <= 120), "{text}");
        let starts: Vec<usize> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.starts_with("Costs"))
            .map(|(number, _)| number)
            .collect();
        assert_eq!(starts.len() % 2, 0);
        assert!(text.contains("Research restored") || text.contains("Research\n") || text.contains("restored"));
    }

    #[test]
    fn scenarios_have_blocks_of_equal_size() {
        let text = shown(3, Language::Dutch);
        let lines: Vec<&str> = text.lines().collect();
        let start = |title: &str| lines.iter().position(|line| line.starts_with(title)).expect("a block");
        let (low, high) = (start("WLO Laag"), start("WLO Hoog"));
        let length = |from: usize| lines[from..].iter().position(|line| line.is_empty()).expect("an end");
        assert_eq!(length(low), length(high));
    }

    #[test]
    fn long_labels_are_broken_between_words() {
        assert_eq!(
            wrap("Sociale cohesie en kansengelijkheid", 16),
            ["Sociale cohesie", "en", "kansengelijkheid"]
        );
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 5), [""]);
    }
}
