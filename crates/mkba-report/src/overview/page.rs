//! The overview as rows of finished text: between what is known and how it is laid out.

/// The page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Title of the study.
    pub title: String,
    /// What has to be known to read the numbers: unit, price level, rates, draws. One sentence a line.
    pub settings: Vec<String>,
    /// Headings of the columns: the alternatives.
    pub alternatives: Vec<String>,
    /// One for each scenario, with the same rows in the same order.
    pub scenarios: Vec<ScenarioRows>,
    /// What has to be said below.
    pub notes: Vec<String>,
}

/// The rows of one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioRows {
    /// Label of the scenario.
    pub title: String,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// How it is shown.
    pub style: RowStyle,
    /// One text for each alternative; none for headings.
    pub cells: Vec<String>,
}

/// How a row is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowStyle {
    /// Heading of a group.
    Heading,
    /// One of a group, indented.
    Item,
    /// Sum of a group.
    Sum,
    /// A balance, with a rule above.
    Balance,
    /// Something about the balance above it, indented.
    Detail,
}

impl Row {
    /// A row with numbers.
    pub fn new(label: impl Into<String>, style: RowStyle, cells: Vec<String>) -> Self {
        Self {
            label: label.into(),
            style,
            cells,
        }
    }

    /// A heading.
    pub fn heading(label: impl Into<String>) -> Self {
        Self::new(label, RowStyle::Heading, Vec::new())
    }
}
