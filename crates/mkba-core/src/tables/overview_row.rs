//! One row of the overview and the columns it becomes.
use crate::outcome::Summary;
use crate::table::Table;

/// A row; what does not apply is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct OverviewRow {
    pub(super) scenario: String,
    pub(super) alternative: String,
    pub(super) flow: String,
    pub(super) kind: &'static str,
    pub(super) effect: String,
    pub(super) pillar: String,
    pub(super) headline: &'static str,
    pub(super) value: Option<Summary>,
    pub(super) ratio: Option<f64>,
    pub(super) sign: String,
    pub(super) note: String,
}

/// The rows as columns.
pub(super) fn table(rows: Vec<OverviewRow>) -> Table {
    let text = |of: fn(&OverviewRow) -> &str| -> Vec<String> { rows.iter().map(|row| of(row).to_owned()).collect() };
    let number =
        |of: fn(&Summary) -> f64| -> Vec<Option<f64>> { rows.iter().map(|row| row.value.as_ref().map(of)).collect() };
    Table::new("overview")
        .text("scenario", text(|row| &row.scenario))
        .text("alternative", text(|row| &row.alternative))
        .text("flow", text(|row| &row.flow))
        .text("kind", text(|row| row.kind))
        .text("effect", text(|row| &row.effect))
        .text("pillar", text(|row| &row.pillar))
        .text("headline", text(|row| row.headline))
        .optional_number("pv_mean_eur", number(|value| value.mean))
        .optional_number("pv_se_eur", number(|value| value.standard_error))
        .optional_number("pv_p05_eur", number(|value| value.p05))
        .optional_number("pv_p50_eur", number(|value| value.p50))
        .optional_number("pv_p95_eur", number(|value| value.p95))
        .optional_number("ratio", rows.iter().map(|row| row.ratio))
        .text("sign", text(|row| &row.sign))
        .text("note", text(|row| &row.note))
}
