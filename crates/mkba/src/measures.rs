//! Which measures each alternative of a study has, as a table of a run.
use mkba_core::table::Table;
use mkba_lang::declarations::{Declarations, Measure};

/// Columns `alternative`, `measure`, `label_nl`, `label_en`, `pillar`, `charge` (who is in charge), `status`, `source`, `start` and
/// `until` (first and last year, absent for the first and last year of the model). In the order of the study and of its measures.
#[must_use]
pub fn table(declarations: &Declarations) -> Table {
    let rows: Vec<(&str, &Measure)> = declarations
        .alternatives
        .iter()
        .flat_map(|alternative| {
            let named = alternative.measures.iter();
            let found = named.filter_map(|name| declarations.measures.iter().find(|it| it.name.value == name.value));
            found.map(|measure| (alternative.name.value.as_str(), measure))
        })
        .collect();
    let text = |of: fn(&Measure) -> &str| rows.iter().map(|(_, measure)| of(measure)).collect::<Vec<&str>>();
    let year = |of: fn(&Measure) -> Option<i32>| {
        rows.iter()
            .map(move |(_, measure)| of(measure).map(f64::from))
            .collect::<Vec<_>>()
    };
    Table::new("measures")
        .text("alternative", rows.iter().map(|(alternative, _)| *alternative))
        .text("measure", text(|it| &it.name.value))
        .text("label_nl", text(|it| &it.label.nl))
        .text("label_en", text(|it| &it.label.en))
        .text("pillar", text(|it| &it.pillar))
        .text("charge", text(|it| &it.charge))
        .text("status", text(|it| &it.status))
        .text("source", text(|it| &it.source))
        .optional_number("start", year(|it| it.start.as_ref().map(|year| year.value)))
        .optional_number("until", year(|it| it.until.as_ref().map(|year| year.value)))
}
