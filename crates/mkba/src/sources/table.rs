//! Every number as a row of a table of a run, so that a report needs no model.
use super::Figure;
use mkba_core::table::Table;

/// Columns `kind`, `name`, `scenario` (of a driver), `label_nl`, `label_en`, `place` (file and line), `value` (as written), `source`,
/// `assumption`, `confidence`, `placeholder`, `uncertain`, `review`, `used_by`, `flows`.
#[must_use]
pub fn table(figures: &[Figure]) -> Table {
    let text = |of: fn(&Figure) -> String| figures.iter().map(of).collect::<Vec<String>>();
    Table::new("sources")
        .text("kind", figures.iter().map(|it| it.kind))
        .text("name", text(|it| it.name.clone()))
        .text("scenario", text(|it| it.scenario.clone().unwrap_or_default()))
        .text("label_nl", text(|it| it.label.nl.clone()))
        .text("label_en", text(|it| it.label.en.clone()))
        .text("place", text(|it| it.place.clone()))
        .text("value", text(|it| it.value.clone()))
        .text("source", text(|it| it.source.clone()))
        .text("assumption", text(|it| it.assumption.clone()))
        .text("confidence", text(|it| it.confidence.clone()))
        .text("placeholder", text(|it| it.placeholder.to_string()))
        .text("uncertain", text(|it| it.uncertain.to_string()))
        .text(
            "review",
            text(|it| it.review.map(|date| date.to_string()).unwrap_or_default()),
        )
        .text("used_by", text(|it| it.used_by.join("; ")))
        .text("flows", text(|it| it.flows.join("; ")))
}
