//! Diagnostics as text for people: title, the lines of the files with every offender, notes, help.
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, Sources};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

/// All diagnostics as plain text, a blank line between them and a line break at the end.
///
/// ```
/// use mkba_lang::diagnostic::{Diagnostic, render};
/// use mkba_lang::source::{Sources, Span};
/// let mut sources = Sources::default();
/// let file = sources.add("model.toml", "formula = '1 +'\n");
/// let error = Diagnostic::error("E0101", "a value is required here", Span::new(file, 14..15), "found the end");
/// assert_eq!(
///     render(&[error.help("remove the `+`")], &sources),
///     "error[E0101]: a value is required here
///  --> model.toml:1:15
///   |
/// 1 | formula = '1 +'
///   |               ^ found the end
///   |
/// help: remove the `+`
/// "
/// );
/// ```
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render_by(&Renderer::plain(), diagnostics, sources)
}

/// The same with colours for a terminal (ANSI escape codes).
#[must_use]
pub fn render_coloured(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render_by(&Renderer::styled(), diagnostics, sources)
}

/// What it comes to: `2 errors, 1 warning; nothing was run`, `1 warning`, or `no errors`.
///
/// ```
/// use mkba_lang::diagnostic::{Diagnostic, Diagnostics, summary_line};
/// let mut diagnostics = Diagnostics::default();
/// assert_eq!(summary_line(&diagnostics), "no errors");
/// diagnostics.push(Diagnostic::unplaced("E0004", "no `mkba.toml` here or above"));
/// assert_eq!(summary_line(&diagnostics), "1 error; nothing was run");
/// ```
#[must_use]
pub fn summary_line(diagnostics: &Diagnostics) -> String {
    let count = |severity| diagnostics.list().iter().filter(|d| d.severity == severity).count();
    let counted = |number, word| match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    };
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => "no errors".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => format!("{}; nothing was run", counted(errors, "error")),
        (errors, warnings) => {
            format!(
                "{}, {}; nothing was run",
                counted(errors, "error"),
                counted(warnings, "warning")
            )
        }
    }
}

fn render_by(renderer: &Renderer, diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&renderer.render(&report(diagnostic, sources)));
        text.push('\n');
    }
    text
}

fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code));
    for file in files_in_order(diagnostic, sources) {
        group = group.element(snippet(diagnostic, file, sources));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let help = diagnostic
        .help
        .iter()
        .map(|help| Group::with_title(Level::HELP.secondary_title(help.as_str())));
    std::iter::once(group).chain(help).collect()
}

/// The files with labels: that of the first primary label first, then in order of first mention.
fn files_in_order(diagnostic: &Diagnostic, sources: &Sources) -> Vec<FileId> {
    let mut files: Vec<FileId> = Vec::new();
    let (primary, others): (Vec<_>, Vec<_>) = diagnostic.labels.iter().partition(|label| label.primary);
    for label in primary.into_iter().chain(others) {
        let known = (label.span.file.0 as usize) < sources.files().len();
        if known && !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

fn snippet<'a>(diagnostic: &'a Diagnostic, file: FileId, sources: &'a Sources) -> Snippet<'a, Annotation<'a>> {
    let source = sources.file(file);
    // A snippet needs a line to point at, also in an empty file.
    let text = if source.text.is_empty() { "\n" } else { &*source.text };
    let labels = diagnostic.labels.iter().filter(|label| label.span.file == file);
    let annotations = labels.map(|label| {
        let kind = if label.primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(source.range(label.span));
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(label.text.as_str())
        }
    });
    Snippet::source(text)
        .path(source.path.as_str())
        .annotations(annotations)
}
