//! The words of the diagram in both languages; the meanings are in `docs/glossary.md`.
use crate::language::Language;
use mkba_core::appraisal::catalogue::{self, Text};
use mkba_core::influence::{Link, NodeKind};

/// A label in the language of a drawing.
pub(super) fn label(text: &Text, language: Language) -> &str {
    text.get(language.choose(catalogue::Language::Dutch, catalogue::Language::English))
}

/// A kind of declaration, for one of them or for several.
pub(super) fn kind(kind: NodeKind, several: bool, language: Language) -> &'static str {
    let (dutch, english) = match kind {
        NodeKind::Parameter => (["kengetal", "kengetallen"], ["parameter", "parameters"]),
        NodeKind::Driver => (["omgevingsvariabele", "omgevingsvariabelen"], ["driver", "drivers"]),
        NodeKind::Series => (["reeks", "reeksen"], ["series", "series"]),
        NodeKind::Column => (["kolom van een tabel", "kolommen"], ["column of a table", "columns"]),
        NodeKind::Lever => (["knop", "knoppen"], ["lever", "levers"]),
        NodeKind::Measure => (["maatregel", "maatregelen"], ["measure", "measures"]),
        NodeKind::Variable => (["variabele", "variabelen"], ["variable", "variables"]),
        NodeKind::Stock => (["voorraad", "voorraden"], ["stock", "stocks"]),
        NodeKind::Gate => (["knelpunt", "knelpunten"], ["gate", "gates"]),
        NodeKind::Limit => (["begrenzing", "begrenzingen"], ["limit", "limits"]),
        NodeKind::Flow => (["geldstroom", "geldstromen"], ["flow", "flows"]),
        NodeKind::Party => (["partij", "partijen"], ["party", "parties"]),
    };
    language.choose(dutch, english)[usize::from(several)]
}

/// What an arrow says.
pub(super) fn link(link: Link, language: Language) -> &'static str {
    match link {
        Link::SameYear => language.choose("gebruikt in", "is used in"),
        Link::EarlierYear => language.choose("van eerdere jaren", "of earlier years"),
        Link::Bears => language.choose("draagt", "bears"),
        Link::Gains => language.choose("ontvangt", "gains"),
    }
}

/// What an arrow between files says.
pub(super) fn file_reference(language: Language) -> &'static str {
    language.choose(
        "wordt gebruikt in, met het aantal verwijzingen",
        "is used in, with the number of references",
    )
}

/// The title of a diagram.
pub(super) fn title(model: &str, language: Language) -> String {
    language.choose(
        format!("{model}: invloedsdiagram"),
        format!("{model}: influence diagram"),
    )
}

/// What is shown of the whole.
pub(super) fn shown(focus: Option<&(String, usize)>, shown: usize, total: usize, language: Language) -> String {
    match focus {
        Some((word, depth)) => {
            let steps = match (depth, language) {
                (1, Language::Dutch) => "stap",
                (1, Language::English) => "step",
                (_, Language::Dutch) => "stappen",
                (_, Language::English) => "steps",
            };
            language.choose(
                format!("Rond {word}, tot {depth} {steps} terug en vooruit: {shown} van {total} onderdelen"),
                format!("Around {word}, up to {depth} {steps} back and forward: {shown} of {total} declarations"),
            )
        }
        None => language.choose(format!("Alle {total} onderdelen"), format!("All {total} declarations")),
    }
}

/// What is shown of a model by file.
pub(super) fn files(files: usize, declarations: usize, language: Language) -> String {
    language.choose(
        format!("{declarations} onderdelen in {files} bestanden; kies een naam of bestand om verder te kijken"),
        format!("{declarations} declarations in {files} files; choose a name or a file to look further"),
    )
}
