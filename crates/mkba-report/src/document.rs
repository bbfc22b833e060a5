//! A report as plain data: finished text in one language, in the order of reading. It knows no HTML and no PDF.
use serde::Serialize;

/// A whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// `nl` or `en`, for readers by ear.
    pub language: &'static str,
    /// Name of the study.
    pub title: String,
    /// What kind of document it is.
    pub subtitle: String,
    /// What has to be known before reading any number: label and value.
    pub facts: Vec<(String, String)>,
    /// Sections in the order of reading.
    pub sections: Vec<Section>,
    /// Words around the text.
    pub words: Furniture,
}

/// Words that belong to the page and not to its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Furniture {
    /// Heading of the table of contents.
    pub contents: String,
    /// Link past the contents.
    pub skip: String,
    /// Before the number of a table.
    pub table: String,
    /// Before the number of a figure.
    pub figure: String,
    /// Told to readers by ear of a table that has to be scrolled.
    pub scroll: String,
    /// The same of a figure.
    pub scroll_figure: String,
    /// Shown on a small screen above what has to be scrolled.
    pub hint: String,
    /// At the foot of printed pages.
    pub made_with: String,
}

/// A numbered part of the report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Anchor.
    pub id: String,
    /// `1`, `2`, … or `A`, `B`, … for annexes; empty for the summary.
    pub number: String,
    /// Heading.
    pub title: String,
    /// Contents.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// A heading below that of the section; level 3 is the first.
    Heading {
        /// 3 to 6.
        level: u8,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
        /// Number of the first item.
        start: u64,
        /// Items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Something that has to be seen: what is missing, what a number rests on.
    Note {
        /// What is said.
        blocks: Vec<Block>,
    },
    /// A piece in another language than the report.
    Foreign {
        /// `nl` or `en`.
        language: &'static str,
        /// The piece.
        blocks: Vec<Block>,
    },
    /// Lines that are shown as they are.
    Code {
        /// The lines.
        text: String,
    },
    /// A table.
    Table(DataTable),
    /// A figure.
    Figure(Figure),
}

/// Words within a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Inline {
    /// Plain.
    Text {
        /// The words.
        text: String,
    },
    /// Strong.
    Strong {
        /// The words.
        text: Vec<Inline>,
    },
    /// Emphasised.
    Emphasis {
        /// The words.
        text: Vec<Inline>,
    },
    /// As typed at a terminal or in a file.
    Code {
        /// The words.
        text: String,
    },
    /// A link; only `http`, `https` and `mailto`, and places in the report.
    Link {
        /// Where to.
        to: String,
        /// The words.
        text: Vec<Inline>,
    },
    /// A new line.
    Break,
}

/// A table with a caption and header cells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DataTable {
    /// Counted through the report.
    pub number: usize,
    /// What it shows, with unit and price level.
    pub caption: String,
    /// How it is laid out.
    pub shape: Shape,
    /// Headings; the first is that of the row headers.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<TableRow>,
    /// What has to be said below it.
    pub notes: Vec<String>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Numbers under each other: columns may be divided over several tables on paper, and scroll on a small screen.
    Numbers,
    /// Sentences: every row becomes a card on a small screen.
    Records,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Heading.
    pub label: String,
    /// Numbers stand at the right.
    pub numeric: bool,
    /// Width on paper against that of other columns.
    pub width: u8,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// How it is shown.
    pub style: Style,
    /// All cells, the row header first; a heading has one.
    pub cells: Vec<String>,
}

/// How a row is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Heading of a group, over all columns.
    Heading,
    /// One of a group.
    Item,
    /// Sum.
    Sum,
    /// What it is all about.
    Balance,
    /// Something about the row above.
    Detail,
}

/// A figure with the words that replace it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Counted through the report.
    pub number: usize,
    /// Name of its file.
    pub name: String,
    /// Caption.
    pub caption: String,
    /// What it shows, for those who cannot see it.
    pub alternative_text: String,
    /// The drawing, as SVG.
    pub svg: String,
}

impl Inline {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

impl Block {
    /// A paragraph of plain words.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph {
            text: vec![Inline::plain(text)],
        }
    }

    /// A heading of level 3.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading {
            level: 3,
            text: vec![Inline::plain(text)],
        }
    }

    /// A list of plain sentences.
    pub fn list<Sentence: Into<String>>(sentences: impl IntoIterator<Item = Sentence>) -> Self {
        Self::List {
            ordered: false,
            start: 1,
            items: sentences
                .into_iter()
                .map(|sentence| vec![Self::paragraph(sentence)])
                .collect(),
        }
    }

    /// A note of one paragraph.
    pub fn note(text: impl Into<String>) -> Self {
        Self::Note {
            blocks: vec![Self::paragraph(text)],
        }
    }
}

impl Column {
    /// A column of text.
    pub fn text(label: impl Into<String>, width: u8) -> Self {
        Self {
            label: label.into(),
            numeric: false,
            width,
        }
    }

    /// A column of numbers.
    pub fn number(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            numeric: true,
            width: 1,
        }
    }
}

impl TableRow {
    /// A row from its texts.
    pub fn new<Text: Into<String>>(style: Style, cells: impl IntoIterator<Item = Text>) -> Self {
        Self {
            style,
            cells: cells.into_iter().map(Into::into).collect(),
        }
    }
}
