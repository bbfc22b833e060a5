//! Rows of the tree in columns: what it is to the left, numbers to the right.
use crate::overview::{columns_of, emphasised, wrap};

/// Columns of the terminal.
pub const WIDTH: usize = 100;
/// Columns of the text before the numbers.
const LEAST_TEXT: usize = 36;

/// A row of the tree.
pub enum Row {
    /// With numbers.
    Columns(Line),
    /// Words below a line, behind the branches of the tree; may take the whole width.
    Words(String, String),
}

/// One line of the tree, in its columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Branches of the tree before the text.
    pub prefix: String,
    /// What it is.
    pub text: String,
    /// Its label, where there is room for it.
    pub label: String,
    /// Branches of the tree on the lines below.
    pub below: String,
    /// Whether it is emphasised.
    pub strong: bool,
    /// Share of a sum, or how often it decides.
    pub share: String,
    /// The value.
    pub value: String,
    /// The value in the baseline.
    pub baseline: String,
    /// The unit.
    pub unit: String,
}

/// Lines in columns that fit the numbers.
pub fn arrange(rows: &[Row], heads: Option<[&str; 2]>) -> Vec<String> {
    let columns = || {
        rows.iter().filter_map(|row| match row {
            Row::Columns(line) => Some(line),
            Row::Words(..) => None,
        })
    };
    let widest = |of: fn(&Line) -> &String| columns().map(|line| columns_of(of(line))).max().unwrap_or(0);
    let mut widths = [
        widest(|line| &line.share),
        widest(|line| &line.value),
        widest(|line| &line.baseline),
        widest(|line| &line.unit),
    ];
    // A heading is broken over lines rather than making its column wide.
    if let Some([_, baseline]) = heads {
        (widths[1], widths[2]) = (widths[1].max(12), widths[2].max(columns_of(baseline)));
    }
    let gap = |width: usize| if width == 0 { 0 } else { width + 2 };
    let numbers: usize =
        gap(widths[0]) + gap(widths[1]) + gap(widths[2]) + if widths[3] == 0 { 0 } else { widths[3] + 1 };
    let room = WIDTH.saturating_sub(numbers).max(LEAST_TEXT);
    let mut lines = Vec::new();
    if let Some([alternative, baseline]) = heads {
        let parts = [wrap(alternative, widths[1]), wrap(baseline, widths[2])];
        let height = parts.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..height {
            let cell = |lines: &Vec<String>| {
                let above = height - lines.len();
                number
                    .checked_sub(above)
                    .map_or_else(String::new, |at| lines[at].clone())
            };
            let before = room + gap(widths[0]);
            let line = format!(
                "{}  {}  {}",
                " ".repeat(before),
                right(&cell(&parts[0]), widths[1]),
                right(&cell(&parts[1]), widths[2])
            );
            lines.push(line.trim_end().to_owned());
        }
    }
    for row in rows {
        match row {
            Row::Words(prefix, text) => lines.push(format!("{prefix}{text}")),
            Row::Columns(line) => {
                let name = format!("{}{}", line.prefix, line.text);
                let labelled = format!("{name}  {}", line.label);
                let fits = |text: &str| columns_of(text) <= room;
                let text = match &line.label {
                    label if !label.is_empty() && fits(&labelled) => labelled,
                    // A cell is shown whole, so that it can be asked for: its numbers then stand on a line of their own.
                    label if !label.is_empty() && !fits(&name) => {
                        lines.push(name);
                        line.below.clone()
                    }
                    _ => cut(&name, room),
                };
                let shown = if line.strong { emphasised(&text) } else { text.clone() };
                let mut out = format!("{shown}{}", " ".repeat(room.saturating_sub(columns_of(&text))));
                for (cell, width) in [
                    (&line.share, widths[0]),
                    (&line.value, widths[1]),
                    (&line.baseline, widths[2]),
                ] {
                    if width > 0 {
                        out.push_str("  ");
                        out.push_str(&right(cell, width));
                    }
                }
                if !line.unit.is_empty() {
                    out.push(' ');
                    out.push_str(&line.unit);
                }
                lines.push(out.trim_end().to_owned());
            }
        }
    }
    lines
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns_of(text))))
}

/// A text that fits, cut at the end if need be.
fn cut(text: &str, width: usize) -> String {
    if columns_of(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
