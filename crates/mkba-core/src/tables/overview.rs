//! The overview of an appraisal: every flow, the balances, the ratio, and what is not put in money.
use super::case::{Case, compared};
use super::overview_row::{self, OverviewRow};
use super::ratio::{Scope, benefit_cost_ratio};
use crate::finance::RatioConvention;
use crate::outcome::{Outcome, Summary};
use crate::table::Table;

/// Kinds of row that are not flows, as in the column `kind`.
pub mod kind {
    /// Rows `balance` and `balance_without_separate`.
    pub const BALANCE: &str = "balance";
    /// Rows `bcr` and `bcr_without_separate`.
    pub const RATIO: &str = "ratio";
    /// One row for each item that is not put in money.
    pub const UNPRICED: &str = "unpriced";
}

/// The word in the column `headline` for a flow that is kept out of the balance without separate effects.
pub const SEPARATE: &str = "separate";

/// Columns `scenario`, `alternative`, `flow`, `kind`, `effect`, `pillar`, `headline`, `pv_mean_eur`, `pv_se_eur` (Monte Carlo
/// standard error of the mean), `pv_p05_eur`, `pv_p50_eur`, `pv_p95_eur`, `ratio`, `sign`, `note`.
///
/// Per case one row for each flow with its value to society (costs negative, transfers too: what parties with standing gain
/// or lose by them), then `balance` and `balance_without_separate`, then `bcr` and `bcr_without_separate` (in the column
/// `ratio`; the convention in `note`, see [`super::AlternativeRatio::note`]), then the unpriced items (their sign in
/// `sign`, the reason in `note`, no numbers).
#[must_use]
pub fn overview(outcome: &Outcome, convention: RatioConvention) -> Table {
    let mut rows = Vec::new();
    for case in compared(outcome) {
        rows.extend(flow_rows(outcome, &case));
        rows.push(balance_row(&case, Scope::All, case.result.balance));
        rows.push(balance_row(
            &case,
            Scope::WithoutSeparate,
            case.result.balance_without_separate,
        ));
        for scope in [Scope::All, Scope::WithoutSeparate] {
            let ratio = benefit_cost_ratio(&outcome.catalogue, case.result, scope, convention);
            rows.push(OverviewRow {
                flow: scope.named("bcr"),
                kind: kind::RATIO,
                ratio: ratio.ratio.value(),
                note: ratio.note(),
                ..of_case(&case)
            });
        }
        rows.extend(outcome.catalogue.unpriced.iter().map(|item| OverviewRow {
            flow: item.entry.id.clone(),
            kind: kind::UNPRICED,
            sign: item.sign.clone(),
            note: item.why.clone(),
            ..of_case(&case)
        }));
    }
    overview_row::table(rows)
}

fn of_case(case: &Case<'_>) -> OverviewRow {
    OverviewRow {
        scenario: case.scenario.to_owned(),
        alternative: case.alternative.to_owned(),
        ..OverviewRow::default()
    }
}

fn flow_rows(outcome: &Outcome, case: &Case<'_>) -> Vec<OverviewRow> {
    let flows = outcome.catalogue.flows.iter().zip(&case.result.flows);
    flows
        .map(|(flow, &value)| OverviewRow {
            flow: flow.entry.id.clone(),
            kind: flow.kind.word(),
            effect: flow.effect.clone(),
            pillar: flow.pillar.clone(),
            headline: if flow.separate { SEPARATE } else { "" },
            value: Some(value),
            ..of_case(case)
        })
        .collect()
}

fn balance_row(case: &Case<'_>, scope: Scope, value: Summary) -> OverviewRow {
    OverviewRow {
        flow: scope.named("balance"),
        kind: kind::BALANCE,
        value: Some(value),
        ..of_case(case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn flows_add_up_to_the_balance() {
        let table = overview(&fixture::outcome(), RatioConvention::default());
        assert_eq!(table.check(), Ok(()));
        for (scenario, alternative) in fixture::cases() {
            let rows = rows_where(&table, &[("scenario", scenario), ("alternative", alternative)]);
            let kind = |row: usize| table.cell(row, "kind").and_then(|cell| cell.as_text());
            let flows = rows
                .iter()
                .filter(|&&row| !matches!(kind(row), Some("balance" | "ratio" | "unpriced")));
            let sum: f64 = flows.map(|&row| amount(&table, row, "pv_mean_eur")).sum();
            let balance = rows_where(
                &table,
                &[
                    ("scenario", scenario),
                    ("alternative", alternative),
                    ("flow", "balance"),
                ],
            );
            assert!(
                (sum - amount(&table, balance[0], "pv_mean_eur")).abs() < 1e-9,
                "{scenario} {alternative}"
            );
        }
    }

    #[test]
    fn flows_that_are_not_separate_add_up_to_the_balance_without_them() {
        let table = overview(&fixture::outcome(), RatioConvention::default());
        for (scenario, alternative) in fixture::cases() {
            let mut sum = 0.0;
            for kind in ["cost", "benefit", "transfer"] {
                let wanted = [
                    ("scenario", scenario),
                    ("alternative", alternative),
                    ("kind", kind),
                    ("headline", ""),
                ];
                sum += rows_where(&table, &wanted)
                    .iter()
                    .map(|&row| amount(&table, row, "pv_mean_eur"))
                    .sum::<f64>();
            }
            let wanted = [
                ("scenario", scenario),
                ("alternative", alternative),
                ("flow", "balance_without_separate"),
            ];
            let row = rows_where(&table, &wanted)[0];
            assert!(
                (sum - amount(&table, row, "pv_mean_eur")).abs() < 1e-9,
                "{scenario} {alternative}"
            );
        }
    }

    #[test]
    fn unpriced_items_have_a_sign_and_no_number() {
        let table = overview(&fixture::outcome(), RatioConvention::default());
        let rows = rows_where(&table, &[("kind", "unpriced")]);
        assert_eq!(rows.len(), fixture::cases().len() * 2);
        for row in rows {
            assert!(
                table
                    .cell(row, "pv_mean_eur")
                    .is_some_and(|cell| cell.as_number().is_none())
            );
            assert!(
                table
                    .cell(row, "sign")
                    .and_then(|cell| cell.as_text())
                    .is_some_and(|sign| !sign.is_empty())
            );
        }
    }

    #[test]
    fn a_ratio_that_is_not_defined_is_empty_with_the_reason() {
        let table = overview(&fixture::outcome(), RatioConvention::default());
        let rows = rows_where(&table, &[("alternative", "saving"), ("flow", "bcr")]);
        assert_eq!(rows.len(), 2);
        for row in rows {
            assert_eq!(table.cell(row, "ratio").and_then(|cell| cell.as_number()), None);
            let note = table.cell(row, "note").and_then(|cell| cell.as_text());
            assert_eq!(note, Some("costs_of_the_measure; cost_is_saving"));
        }
    }

    #[test]
    fn the_baseline_has_no_rows() {
        let table = overview(&fixture::outcome(), RatioConvention::default());
        assert!(rows_where(&table, &[("alternative", "baseline")]).is_empty());
        assert!(!rows_where(&table, &[("alternative", "hardware")]).is_empty());
    }
}
