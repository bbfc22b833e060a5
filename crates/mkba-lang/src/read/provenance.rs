//! Where numbers come from, and price levels.
use super::entry::Entry;
use super::reader::{DEFLATOR, Reader};
use crate::declarations::{Name, Provenance};
use crate::diagnostic::Diagnostic;

impl Reader<'_> {
    /// Source or assumption of a number; one of them is required.
    pub fn provenance(&mut self, entry: &Entry) -> Provenance {
        let provenance = Provenance {
            source: entry.text_or_empty("source"),
            assumption: entry.text_or_empty("assumption"),
            confidence: entry.text_or_empty("confidence"),
            placeholder: entry.flag("placeholder").unwrap_or(false),
        };
        let blank = |text: &str| text.trim().is_empty();
        if blank(&provenance.source) && blank(&provenance.assumption) {
            let message = format!("`{}` requires `source` or `assumption`", entry.heading());
            let table = format!("[defaults.{}]", entry.kind.name);
            self.report(
                Diagnostic::error("E0020", message, entry.name.span, "where does the number come from?").help(format!(
                    "add `source = \"…\"`, or `assumption = \"…\"` with the reason; `{table}` gives it to all of this file"
                )),
            );
        }
        provenance
    }
    /// The named deflator; one that does not exist is reported.
    pub fn deflator_name(&mut self, entry: &Entry) -> Option<Name> {
        let name = entry.name("deflator")?;
        self.refers(DEFLATOR, &name);
        Some(name)
    }
}

/// Whether the amount is in factor prices.
pub fn factor_prices(entry: &Entry) -> bool {
    entry.text("basis") == Some("factor")
}
