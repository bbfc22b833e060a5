//! TOML as a tree of our own: every part knows where it stands, and tables are in order of writing.
use super::double::first_place;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span, Spanned};
use toml::de::{DeArray, DeTable, DeValue};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub span: Span,
}

/// Kinds of values.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Text.
    Text(Content),
    /// A whole number; `None` when it is beyond 64 bits.
    Integer(Option<i64>),
    /// A number with a fraction or exponent.
    Float(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date or time, which no key accepts.
    Date,
    /// A list.
    List(Vec<Node>),
    /// A table in order of writing.
    Table(Vec<(Spanned<String>, Node)>),
}

/// Text between quotes.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The text, escapes resolved.
    pub text: String,
    /// Its first byte in the file when each byte of it stands there as it is (no escapes).
    pub exact: Option<u32>,
}

impl Node {
    /// The text, if it is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(content) => Some(&content.text),
            _ => None,
        }
    }
    /// The entries, if it is a table.
    #[must_use]
    pub fn table(&self) -> Option<&[(Spanned<String>, Self)]> {
        match &self.kind {
            NodeKind::Table(entries) => Some(entries),
            _ => None,
        }
    }
    /// The value of a key, if it is a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.table()?
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, node)| node)
    }
    /// The number, if it is one and finite.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self.kind {
            #[expect(
                clippy::cast_precision_loss,
                reason = "whole numbers beyond 2^53 are rounded as in any text"
            )]
            NodeKind::Integer(Some(number)) => Some(number as f64),
            NodeKind::Float(number) if number.is_finite() => Some(number),
            _ => None,
        }
    }
    /// Where the text stands without its quotes, else where the value stands.
    #[must_use]
    pub fn inner_span(&self) -> Span {
        match &self.kind {
            NodeKind::Text(Content {
                text,
                exact: Some(start),
            }) => Span::new(self.span.file, *start as usize..*start as usize + text.len()),
            _ => self.span,
        }
    }
    /// The text as a name with its place.
    #[must_use]
    pub fn name(&self) -> Option<Spanned<String>> {
        Some(Spanned {
            value: self.text()?.to_owned(),
            span: self.inner_span(),
        })
    }
    /// What it is, in words with an article.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match self.kind {
            NodeKind::Text(_) => "text",
            NodeKind::Integer(Some(_)) => "a whole number",
            NodeKind::Integer(None) => "a number beyond 64 bits",
            NodeKind::Float(number) if number.is_finite() => "a number",
            NodeKind::Float(_) => "a number that is not finite",
            NodeKind::Flag(_) => "`true` or `false`",
            NodeKind::Date => "a date",
            NodeKind::List(_) => "a list",
            NodeKind::Table(_) => "a table",
        }
    }
}

/// The tree of a file; `None` when it is no TOML. Only the first such fault is reported: what follows it is guesswork.
/// Keys that are given twice are reported, and the first of them is taken.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    let place = |error: &toml::de::Error| Span::new(file, error.span().unwrap_or(0..0));
    errors.sort_by_key(|error| place(error).start);
    let is_double = |error: &toml::de::Error| error.message() == "duplicate key";
    if let Some(error) = errors.iter().find(|error| !is_double(error)) {
        let message = format!("invalid TOML: {}", error.message());
        let mut fault = Diagnostic::error("E0003", message, place(error), "");
        if error.message().contains("string, expected") {
            fault.message = "invalid TOML: text between quotes is not closed".to_owned();
            fault = fault.help("text ends with the quote it begins with, on the same line; over several lines it stands between three quotes");
        }
        diagnostics.push(fault);
        return None;
    }
    for error in &errors {
        let span = place(error);
        let key = text.get(span.range()).unwrap_or_default();
        let message = format!("`{key}` is given twice in this file");
        let fault = Diagnostic::error("E0010", message, span, "again");
        diagnostics.push(match first_place(text, table.get_ref(), span.range()) {
            Some(first) => fault.and(Span::new(file, first), "first"),
            None => fault,
        });
    }
    let reader = Builder { file, text };
    Some(Node {
        kind: reader.table(table.get_ref()),
        span: Span::new(file, table.span()),
    })
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
}

impl Builder<'_> {
    fn table(&self, table: &DeTable<'_>) -> NodeKind {
        let mut entries: Vec<(Spanned<String>, Node)> = table
            .iter()
            .map(|(key, value)| {
                let name = Spanned {
                    value: key.get_ref().to_string(),
                    span: Span::new(self.file, key.span()),
                };
                (name, self.node(value.get_ref(), Span::new(self.file, value.span())))
            })
            .collect();
        entries.sort_by_key(|(name, _)| name.span.start);
        NodeKind::Table(entries)
    }
    fn list(&self, list: &DeArray<'_>) -> NodeKind {
        let node = |item: &toml::Spanned<DeValue<'_>>| self.node(item.get_ref(), Span::new(self.file, item.span()));
        NodeKind::List(list.iter().map(node).collect())
    }
    fn node(&self, value: &DeValue<'_>, span: Span) -> Node {
        let kind = match value {
            DeValue::String(text) => NodeKind::Text(Content {
                exact: self.exact_start(text, span),
                text: text.to_string(),
            }),
            DeValue::Integer(number) => NodeKind::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()),
            DeValue::Float(number) => NodeKind::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => NodeKind::Flag(*flag),
            DeValue::Datetime(_) => NodeKind::Date,
            DeValue::Array(list) => self.list(list),
            DeValue::Table(table) => self.table(table),
        };
        Node { kind, span }
    }
    /// First byte of a text in the file, if it stands there byte for byte: after its quotes and, in a text of many lines, after the line break that TOML leaves out.
    fn exact_start(&self, text: &str, span: Span) -> Option<u32> {
        let raw = self.text.get(span.range())?;
        let quotes = if raw.starts_with("'''") || raw.starts_with("\"\"\"") {
            let after = &raw[3..];
            let trimmed = after
                .strip_prefix("\r\n")
                .or_else(|| after.strip_prefix('\n'))
                .unwrap_or(after);
            raw.len() - trimmed.len()
        } else {
            1
        };
        let content = raw.get(quotes..)?;
        content
            .starts_with(text)
            .then(|| span.start + u32::try_from(quotes).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> (Node, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let node = parse(FileId(0), text, &mut diagnostics);
        (node.expect("TOML"), diagnostics)
    }

    #[test]
    fn text_without_escapes_is_found_byte_for_byte_in_the_file() {
        let text = "a = 'x + é'\nb = '''\n  y\n'''\nc = \"z\"\nd = '''w'''\ne = '''\r\nv'''\n";
        let (node, diagnostics) = tree(text);
        assert!(diagnostics.list().is_empty());
        for (key, content) in [("a", "x + é"), ("b", "  y\n"), ("c", "z"), ("d", "w"), ("e", "v")] {
            let node = node.get(key).expect("key");
            assert_eq!(node.text(), Some(content));
            assert_eq!(&text[node.inner_span().range()], content);
            assert_ne!(node.inner_span(), node.span);
        }
    }

    #[test]
    fn text_with_escapes_stands_where_the_whole_value_stands() {
        let (node, _) = tree("a = \"x \\u0041\"");
        let node = node.get("a").expect("key");
        assert_eq!(node.text(), Some("x A"));
        assert_eq!(node.inner_span(), node.span);
        assert_eq!(node.span.range(), 4..14);
    }

    #[test]
    fn invalid_toml_is_reported_once_where_it_begins() {
        let mut diagnostics = Diagnostics::default();
        let text = "a = 1\nb = 'x\nc = 3\n[d\ne = \n";
        assert!(parse(FileId(0), text, &mut diagnostics).is_none());
        assert_eq!(diagnostics.list().len(), 1);
        assert_eq!(diagnostics.list()[0].code, "E0003");
        let span = diagnostics.list()[0].labels[0].span.range();
        assert_eq!(text[..span.start].matches('\n').count(), 1, "second line");
    }

    #[test]
    fn a_key_given_twice_in_a_file_is_named() {
        let (_, diagnostics) = tree("[flow.a]\nkind = 'cost'\n[flow.a]\n");
        assert_eq!(diagnostics.list()[0].code, "E0010");
        assert_eq!(diagnostics.list()[0].labels[0].span.range(), 29..30);
    }

    #[test]
    fn tables_are_in_order_of_writing_and_numbers_may_have_underscores() {
        let (node, _) = tree("z = 10_000\na = 0x10\nm = 1_0.5\n");
        let keys: Vec<_> = node
            .table()
            .expect("table")
            .iter()
            .map(|(key, _)| key.value.as_str())
            .collect();
        assert_eq!(keys, ["z", "a", "m"]);
        assert_eq!(node.get("z").and_then(Node::number), Some(10_000.0));
        assert_eq!(node.get("a").and_then(Node::number), Some(16.0));
        assert_eq!(node.get("m").and_then(Node::number), Some(10.5));
    }
}
