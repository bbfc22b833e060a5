//! Every number as a row of CSV (RFC 4180).
use super::Provenances;

const HEADINGS: [&str; 19] = [
    "kind",
    "name",
    "scenario",
    "label_nl",
    "label_en",
    "place",
    "value",
    "source",
    "pages",
    "addresses",
    "assumption",
    "confidence",
    "placeholder",
    "review",
    "overdue",
    "uncertain",
    "weight",
    "used_by",
    "flows",
];

/// The text of the file, with its headings.
pub fn csv(provenances: &Provenances) -> String {
    let mut text = row(HEADINGS.map(str::to_owned));
    for figure in &provenances.figures {
        text.push_str(&row([
            figure.kind.to_owned(),
            figure.name.clone(),
            figure.scenario.clone().unwrap_or_default(),
            figure.label.nl.clone(),
            figure.label.en.clone(),
            figure.place.clone(),
            figure.value.clone(),
            figure.source.clone(),
            figure.pages.join("; "),
            figure.addresses.join("; "),
            figure.assumption.clone(),
            figure.confidence.clone(),
            figure.placeholder.to_string(),
            figure.review.map(|date| date.to_string()).unwrap_or_default(),
            figure.overdue.to_string(),
            figure.uncertain.to_string(),
            figure.weight.map(|weight| weight.to_string()).unwrap_or_default(),
            figure.used_by.join("; "),
            figure.flows.join("; "),
        ]));
    }
    text
}

fn row(cells: [String; HEADINGS.len()]) -> String {
    let cells = cells.map(|cell| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    });
    format!("{}\n", cells.join(","))
}
