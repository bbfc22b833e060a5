//! Diagnostics as JSON for editors and other programs.
use super::{Diagnostic, Label, Severity};
use crate::source::Sources;
use serde_json::{Value, json};

/// An array with one object for each diagnostic: `code`, `severity` (`error` or `warning`), `message`, `labels`,
/// `notes` and `help` (a string or null). A label has `path`, `line`, `column`, `end_line`, `end_column` (from 1, in
/// characters, the end exclusive), `text` and `primary`; the primary label stands first.
///
/// ```
/// use mkba_lang::diagnostic::{Diagnostic, to_json};
/// use mkba_lang::source::{Sources, Span};
/// let mut sources = Sources::default();
/// let file = sources.add("model.toml", "formula = '1 +'\n");
/// let error = Diagnostic::error("E0101", "a value is required here", Span::new(file, 14..15), "");
/// let json = to_json(&[error], &sources);
/// assert!(json.contains(r#""column": 15"#) && json.contains(r#""code": "E0101""#));
/// ```
#[must_use]
pub fn to_json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let list: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| object(diagnostic, sources))
        .collect();
    format!("{:#}", Value::Array(list))
}

fn object(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .filter_map(|label| place(label, sources))
        .collect();
    json!({
        "code": diagnostic.code,
        "severity": severity,
        "message": diagnostic.message,
        "labels": labels,
        "notes": diagnostic.notes,
        "help": diagnostic.help,
    })
}

fn place(label: &Label, sources: &Sources) -> Option<Value> {
    let file = sources.files().get(label.span.file.0 as usize)?;
    let range = file.range(label.span);
    let (start, end) = (file.position(range.start), file.position(range.end));
    Some(json!({
        "path": file.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "text": label.text,
        "primary": label.primary,
    }))
}
