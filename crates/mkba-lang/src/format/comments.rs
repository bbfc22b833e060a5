//! Comments and blank lines around what they are about.

/// Column at which a comment behind something starts, when there is room.
const COLUMN: usize = 46;
/// Spaces before a comment that does not fit.
const LEAST: usize = 4;

/// What stands above the comments of a declaration or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Above {
    /// Nothing.
    Nothing,
    /// One blank line.
    OneLine,
    /// One blank line or none, as the author has it.
    Keep,
}

/// Comments before something, one a line at the margin, blank lines at most one.
pub fn tidy(text: &str, above: Above) -> String {
    let mut lines: Vec<&str> = Vec::new();
    // What follows the last line break is the indentation of what comes next.
    let whole = text.rsplit_once('\n').map_or("", |(before, _)| before);
    if text.contains('\n') {
        for line in whole.split('\n').map(str::trim) {
            if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
                lines.push(line);
            }
        }
    }
    let blank_first = text.split('\n').next().is_some_and(|line| line.trim().is_empty()) && text.contains('\n');
    // A comment right at the end of a file has no line break behind it.
    let end = text.rsplit('\n').next().unwrap_or_default().trim();
    if end.starts_with('#') {
        lines.push(end);
    }
    let blank = match above {
        Above::Nothing => false,
        Above::OneLine => true,
        Above::Keep => blank_first,
    };
    let mut tidied = if blank { "\n".to_owned() } else { String::new() };
    for line in lines {
        tidied.push_str(line);
        tidied.push('\n');
    }
    tidied
}

/// A comment behind something that ends at a column, with the spaces before it.
pub fn aligned(column: usize, behind: &str) -> String {
    let comment = behind.trim();
    if comment.is_empty() {
        return String::new();
    }
    format!("{}{comment}", " ".repeat(COLUMN.saturating_sub(column).max(LEAST)))
}
