//! Text to tokens: the words of formulas, values and units (specification section 3).
//!
//! A token borrows its text and knows whether it starts a new line, because a unit must stand on the line of its
//! number. Names may hold capitals here, since units do; whether a name is allowed is decided by the parser.
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Words that can be neither names nor units.
pub const KEYWORDS: [&str; 8] = ["if", "then", "else", "and", "or", "not", "over", "where"];

/// One word or sign with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: TokenKind,
    /// Its characters, without quotes.
    pub text: &'t str,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whether a line break lies between it and the token before it.
    pub new_line: bool,
}

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TokenKind {
    /// Digits with optional `_`, fraction and exponent; never negative.
    Number(f64),
    /// A name, a unit or a function.
    Name,
    /// One of [`KEYWORDS`].
    Keyword,
    /// What stands between `[` and `]`; the two brackets are signs of their own.
    Element,
    /// Text between single or double quotes (only in values).
    Quoted,
    /// An operator, a bracket, a comma and the like; `text` says which.
    Sign,
    /// After the last character.
    End,
}

/// All tokens of a text, [`TokenKind::End`] last; `None` if it holds something that is no token.
///
/// `offset` is the byte position in the file of the first byte of `text`.
pub fn tokenise<'t>(
    text: &'t str,
    file: FileId,
    offset: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Token<'t>>> {
    let mut lexer = Lexer {
        text,
        file,
        offset,
        position: 0,
        new_line: false,
        tokens: Vec::new(),
        fault: None,
    };
    while lexer.fault.is_none() && lexer.skip_blank() {
        lexer.token();
    }
    if let Some(fault) = lexer.fault {
        diagnostics.push(fault);
        return None;
    }
    let end = text.trim_end().len();
    let span = lexer.span(end, end);
    lexer.tokens.push(Token {
        kind: TokenKind::End,
        text: "",
        span,
        new_line: lexer.new_line,
    });
    Some(lexer.tokens)
}

/// Signs, longest first.
const SIGNS: [&str; 20] = [
    "<=", ">=", "!=", "<", ">", "=", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", ".", ":", "@", "%",
];

/// Signs of other languages and typesetting, and what they are here.
const FOREIGN: [(&str, &str); 16] = [
    ("==", "="),
    ("**", "^"),
    ("&&", "and"),
    ("||", "or"),
    ("<>", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("×", "*"),
    ("·", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("–", "-"),
    ("€", "EUR"),
    ("!", "not"),
    (";", ","),
];

struct Lexer<'t> {
    text: &'t str,
    file: FileId,
    offset: usize,
    position: usize,
    new_line: bool,
    tokens: Vec<Token<'t>>,
    fault: Option<Diagnostic>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.position..]
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let at = |n: usize| self.offset.saturating_add(n);
        Span::new(self.file, at(start)..at(end))
    }

    /// Moves over blanks, line breaks and comments; false at the end.
    fn skip_blank(&mut self) -> bool {
        while let Some(c) = self.rest().chars().next() {
            if c == '#' {
                self.position += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if c.is_whitespace() || c == '\u{feff}' {
                self.new_line |= c == '\n';
                self.position += c.len_utf8();
            } else {
                return true;
            }
        }
        false
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let start = self.position;
        self.position += length;
        self.tokens.push(Token {
            kind,
            text: &self.text[start..self.position],
            span: self.span(start, self.position),
            new_line: self.new_line,
        });
        self.new_line = false;
    }

    fn token(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        let decimal_without_zero = first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        if first.is_ascii_digit() || (decimal_without_zero && !self.follows_a_name()) {
            self.number();
        } else if first.is_alphabetic() || first == '_' {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len());
            let keyword = KEYWORDS.contains(&&rest[..length]);
            self.push(if keyword { TokenKind::Keyword } else { TokenKind::Name }, length);
        } else if first == '"' || first == '\'' {
            self.quoted(first);
        } else if let Some((foreign, ours)) = FOREIGN.iter().find(|(foreign, _)| rest.starts_with(foreign)) {
            if *foreign == "!" && rest.starts_with("!=") {
                self.push(TokenKind::Sign, 2);
            } else {
                self.foreign(foreign, ours);
            }
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.push(TokenKind::Sign, sign.len());
            if *sign == "[" && self.skip_blank() {
                self.element();
            }
        } else {
            let at = self.span(self.position, self.position + first.len_utf8());
            let shown = first.escape_debug();
            self.fault = Some(
                Diagnostic::error("E0103", format!("`{shown}` has no meaning here"), at, "not understood")
                    .help("a formula consists of numbers with units, names, operators, parentheses and `#` comments"),
            );
        }
    }

    /// Whether the token before ends a value, so that a point selects a member.
    fn follows_a_name(&self) -> bool {
        self.tokens
            .last()
            .is_some_and(|token| token.kind == TokenKind::Name && token.span.range().end == self.offset + self.position)
    }

    fn foreign(&mut self, foreign: &str, ours: &str) {
        let at = self.span(self.position, self.position + foreign.len());
        self.fault = Some(
            Diagnostic::error(
                "E0103",
                format!("`{foreign}` has no meaning here"),
                at,
                "not understood",
            )
            .help(format!("write `{ours}`")),
        );
    }

    /// A key of an index set: letters, digits, `-`, `_`, `.`. An empty one is left to the parser.
    fn element(&mut self) {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(rest.len());
        if length > 0 {
            self.push(TokenKind::Element, length);
        }
    }

    fn quoted(&mut self, quote: char) {
        let rest = self.rest();
        let start = self.position;
        match rest[1..].find([quote, '\n']).map(|n| n + 1) {
            Some(end) if rest[end..].starts_with(quote) => {
                self.tokens.push(Token {
                    kind: TokenKind::Quoted,
                    text: &rest[1..end],
                    span: self.span(start, start + end + 1),
                    new_line: self.new_line,
                });
                self.new_line = false;
                self.position = start + end + 1;
            }
            _ => {
                let at = self.span(start, start + 1);
                self.fault = Some(
                    Diagnostic::error("E0119", "quoted text is not closed", at, "opened here")
                        .help(format!("close it with {quote} on the same line")),
                );
            }
        }
    }

    fn number(&mut self) {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| {
            bytes[from..]
                .iter()
                .take_while(|b| b.is_ascii_digit() || **b == b'_')
                .count()
        };
        let mut length = digits(0);
        // In `m^2.kg` and `m^2.%` the point joins units.
        if bytes.get(length) == Some(&b'.') {
            let fraction = digits(length + 1);
            // In `m^2.kg` and `m^2.%` the point joins units.
            let member = bytes
                .get(length + 1)
                .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'%');
            if fraction > 0 || !member {
                length += 1 + fraction;
            }
        }
        if matches!(bytes.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
            if bytes.get(length + 1 + sign).is_some_and(u8::is_ascii_digit) {
                length += 1 + sign + digits(length + 1 + sign);
            }
        }
        let text = &self.rest()[..length];
        match value_of(text) {
            Some(value) if value.is_finite() => self.push(TokenKind::Number(value), length),
            Some(_) => self.bad_number(length, "number too large", "at most 1.79e308 can be represented"),
            None => self.bad_number(
                length,
                "malformed number",
                "write digits before and after the point, and `_` only between digits: `0.5`, `1_000`, `2.5e6`",
            ),
        }
    }

    fn bad_number(&mut self, length: usize, message: &str, help: &str) {
        let at = self.span(self.position, self.position + length);
        let text = &self.rest()[..length];
        let fault = Diagnostic::error("E0102", format!("{message} `{text}`"), at, "not a number").help(help);
        self.fault = Some(fault);
    }
}

/// The value of a number as written; `None` if it is malformed.
fn value_of(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let separated = bytes
        .iter()
        .enumerate()
        .all(|(at, byte)| !matches!(byte, b'_' | b'.') || (digit(at.checked_sub(1)) && digit(Some(at + 1))));
    if !separated {
        return None;
    }
    text.replace('_', "").parse().ok()
}
