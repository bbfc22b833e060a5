//! Text of a project: files, positions in them, and nothing about their meaning.
use std::ops::Range;
use std::sync::Arc;

/// Dense number of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A stretch of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from a byte range.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file,
            start: clip(range.start),
            end: clip(range.end),
        }
    }
    /// The smallest span around both (of the same file; else `self`).
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
    /// As a byte range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// One file: path as the user knows it (from the project root), its text and its hash.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path from the project root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
    /// BLAKE3 of the bytes, hexadecimal.
    pub hash: String,
}

/// A place in a text as an editor shows it, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl SourceFile {
    /// The bytes of a span as a range that surely lies inside the text and between characters, whatever the span.
    #[must_use]
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.floor_char_boundary(span.end as usize);
        start..end.max(start)
    }

    /// Line and column of a byte; places beyond the text are its end.
    ///
    /// ```
    /// use mkba_lang::source::{Position, Sources};
    /// let mut sources = Sources::default();
    /// let file = sources.add("model.toml", "a = 1\nb = 'één'\n");
    /// assert_eq!(sources.file(file).position(16), Position { line: 2, column: 9 });
    /// ```
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let before = &self.text[..self.text.floor_char_boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// All files that were read, in the order in which they were read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns its number.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let text = text.into();
        let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        self.files.push(SourceFile {
            path: path.into(),
            text,
            hash,
        });
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }
    /// The file of a number given by [`Sources::add`].
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }
    /// All files.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }
}
