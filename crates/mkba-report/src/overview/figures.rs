//! The numbers of the overview by position, collected from its table.
use crate::rows::word;
use mkba_core::appraisal::catalogue::Catalogue;
use mkba_core::table::{Cell, Table};
use std::collections::BTreeMap;

/// A mean with its band and Monte Carlo error, in EUR.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean over the draws.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub standard_error: f64,
    /// 5 % quantile.
    pub p05: f64,
    /// 95 % quantile.
    pub p95: f64,
}

/// A benefit-cost ratio with its note.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// Benefits divided by costs, where that means something.
    pub value: Option<f64>,
    /// The word of the convention.
    pub convention: String,
    /// The word of the reason why there is no ratio, or empty.
    pub reason: String,
}

/// The numbers of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFigures {
    /// Mean of each flow, in the order of the catalogue.
    pub flows: Vec<f64>,
    /// Balance of all flows.
    pub balance: Spread,
    /// Balance without the flows that are shown separately.
    pub balance_without_separate: Spread,
    /// Ratio of all flows.
    pub ratio: Ratio,
    /// Ratio without the flows that are shown separately.
    pub ratio_without_separate: Ratio,
}

/// The numbers of a run: `[scenario][alternative]`, the compared alternatives only.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// By scenario of the catalogue.
    pub scenarios: Vec<Vec<CaseFigures>>,
}

/// Scenario, alternative, flow, and whether the row is a flow or something about all of them.
type Key<'a> = (String, String, String, bool);

impl Figures {
    /// Looks every number up in the table.
    ///
    /// # Errors
    /// Something is missing; says what.
    pub fn collect(table: &Table, catalogue: &Catalogue) -> Result<Self, String> {
        let rows = Rows::of(table)?;
        let mut scenarios = Vec::new();
        for scenario in &catalogue.scenarios {
            let mut cases = Vec::new();
            for number in catalogue.compared() {
                cases.push(rows.case(catalogue, &scenario.id, &catalogue.alternatives[number].id)?);
            }
            scenarios.push(cases);
        }
        Ok(Self { scenarios })
    }

    /// All cases.
    pub fn cases(&self) -> impl Iterator<Item = &CaseFigures> {
        self.scenarios.iter().flatten()
    }
}

struct Rows<'a> {
    table: &'a Table,
    by_key: BTreeMap<Key<'a>, usize>,
}

impl<'a> Rows<'a> {
    fn of(table: &'a Table) -> Result<Self, String> {
        let mut by_key = BTreeMap::new();
        for row in 0..table.row_count() {
            let text = |column: &str| word(table, row, column);
            let is_flow = matches!(text("kind")?.as_str(), "cost" | "benefit" | "transfer");
            by_key.insert((text("scenario")?, text("alternative")?, text("flow")?, is_flow), row);
        }
        Ok(Self { table, by_key })
    }

    fn case(&self, catalogue: &Catalogue, scenario: &str, alternative: &str) -> Result<CaseFigures, String> {
        let row = |flow: &str, is_flow: bool| {
            let key = (scenario.to_owned(), alternative.to_owned(), flow.to_owned(), is_flow);
            self.by_key
                .get(&key)
                .copied()
                .ok_or_else(|| format!("there is no row `{flow}` for `{alternative}` in `{scenario}`"))
        };
        let flows = catalogue.flows.iter();
        Ok(CaseFigures {
            flows: flows
                .map(|flow| self.number(row(&flow.entry.id, true)?, "pv_mean_eur"))
                .collect::<Result<_, _>>()?,
            balance: self.spread(row("balance", false)?)?,
            balance_without_separate: self.spread(row("balance_without_separate", false)?)?,
            ratio: self.ratio(row("bcr", false)?)?,
            ratio_without_separate: self.ratio(row("bcr_without_separate", false)?)?,
        })
    }

    fn spread(&self, row: usize) -> Result<Spread, String> {
        Ok(Spread {
            mean: self.number(row, "pv_mean_eur")?,
            standard_error: self.number(row, "pv_se_eur")?,
            p05: self.number(row, "pv_p05_eur")?,
            p95: self.number(row, "pv_p95_eur")?,
        })
    }

    fn ratio(&self, row: usize) -> Result<Ratio, String> {
        let note = word(self.table, row, "note")?;
        let (convention, reason) = note.split_once("; ").unwrap_or((&note, ""));
        Ok(Ratio {
            value: self.table.cell(row, "ratio").and_then(Cell::as_number),
            convention: convention.to_owned(),
            reason: reason.to_owned(),
        })
    }

    fn number(&self, row: usize, column: &str) -> Result<f64, String> {
        let found = self.table.cell(row, column).and_then(Cell::as_number);
        found.ok_or_else(|| format!("row {} has no number in `{column}`", row + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overview::sample;

    #[test]
    fn numbers_are_found_by_scenario_alternative_and_flow() {
        let (table, catalogue) = sample::run(2);
        let figures = Figures::collect(&table, &catalogue).expect("complete");
        assert_eq!(figures.scenarios.len(), 2);
        assert_eq!(figures.scenarios[0].len(), 2);
        let case = &figures.scenarios[0][0];
        let sum: f64 = case.flows.iter().sum();
        assert!((sum - case.balance.mean).abs() < 1e-3);
        assert_eq!(case.ratio.convention, "costs_of_the_measure");
    }

    #[test]
    fn a_missing_row_is_named() {
        let (table, mut catalogue) = sample::run(2);
        catalogue.flows[0].entry.id = "gone".into();
        let fault = Figures::collect(&table, &catalogue).expect_err("no such flow");
        assert!(fault.contains("`gone`"), "{fault}");
    }

    #[test]
    fn a_missing_column_is_named() {
        let (mut table, catalogue) = sample::run(2);
        table.columns.retain(|column| column.name != "kind");
        assert_eq!(
            Figures::collect(&table, &catalogue),
            Err("there is no column `kind`".into())
        );
    }
}
