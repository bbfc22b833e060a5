//! The overview of a run as sums by effect.

use std::collections::BTreeSet;

use mkba_core::run_tables::RunTables;
use mkba_core::tables::overview::{SEPARATE, kind};
use mkba_core::words;

use super::names;
use super::rows::Rows;
use crate::error::PlotError;
use crate::language::Label;

/// Flows of the overview with their amounts.
pub(super) struct Overview<'t> {
    rows: Rows<'t>,
    flows: Vec<String>,
    groups: Vec<Option<Group>>,
    cases: Vec<(String, String)>,
    amounts: Vec<Option<f64>>,
}

/// Flows that are shown as one: those of one effect, costs apart from others, and all that are kept separate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub(super) is_cost: bool,
    pub(super) effect: String,
}

impl Group {
    /// Costs first, what is separate last, and in between as results are told.
    pub(super) fn place(&self) -> (bool, bool, usize) {
        (
            !self.is_cost,
            self.effect == SEPARATE,
            words::effect_order(&self.effect),
        )
    }

    pub(super) fn id(&self) -> String {
        match self.is_cost {
            true => format!("cost_{}", self.effect),
            false => self.effect.clone(),
        }
    }

    pub(super) fn label(&self) -> Label {
        let word = match self.effect.as_str() {
            SEPARATE => Some(words::SEPARATE),
            effect => words::effect(effect),
        };
        word.map_or_else(|| Label::new(&self.effect, &self.effect), names::label_of)
    }
}

impl<'t> Overview<'t> {
    /// `None` without overview.
    pub(super) fn of(run: &'t RunTables) -> Result<Option<Self>, PlotError> {
        let Some(rows) = Rows::of(run, "overview")? else {
            return Ok(None);
        };
        let (kinds, effects, headlines) = (rows.text("kind")?, rows.text("effect")?, rows.text("headline")?);
        let groups = kinds
            .iter()
            .zip(effects)
            .zip(headlines)
            .map(|((kind, effect), headline)| {
                let is_flow = !matches!(kind.as_str(), kind::BALANCE | kind::RATIO | kind::UNPRICED);
                is_flow.then(|| match headline.as_str() {
                    SEPARATE => Group {
                        is_cost: false,
                        effect: SEPARATE.to_owned(),
                    },
                    _ => Group {
                        is_cost: kind == "cost",
                        effect,
                    },
                })
            });
        Ok(Some(Self {
            groups: groups.collect(),
            cases: rows
                .text("scenario")?
                .into_iter()
                .zip(rows.text("alternative")?)
                .collect(),
            flows: rows.text("flow")?,
            amounts: rows.numbers("pv_mean_eur")?,
            rows,
        }))
    }

    /// Groups with an amount in one of the cases that count, each once.
    pub(super) fn groups(&self, counts: impl Fn(&(String, String)) -> bool) -> Vec<Group> {
        let rows = (0..self.amounts.len()).filter(|&row| self.amounts[row].is_some_and(|amount| amount != 0.0));
        let rows = rows.filter(|&row| counts(&self.cases[row]));
        let found: BTreeSet<&Group> = rows.filter_map(|row| self.groups[row].as_ref()).collect();
        found.into_iter().cloned().collect()
    }

    /// The amount of a group in a case, in EUR.
    pub(super) fn sum(&self, group: &Group, (scenario, alternative): (&str, &str)) -> f64 {
        let rows = self.rows.of_case(scenario, alternative).iter();
        let of_group = rows.filter(|&&row| self.groups[row].as_ref() == Some(group));
        of_group.filter_map(|&row| self.amounts[row]).sum()
    }

    /// The balance of a case, in EUR.
    ///
    /// # Errors
    /// The run states none.
    pub(super) fn balance(&self, (scenario, alternative): (&str, &str)) -> Result<f64, PlotError> {
        let mut rows = self.rows.of_every_case(scenario, alternative)?.iter();
        let row = rows.find(|&&row| self.groups[row].is_none() && self.flows[row] == "balance");
        row.and_then(|&row| self.amounts[row]).ok_or_else(|| {
            self.rows
                .wrong(format!("has no balance of `{alternative}` in `{scenario}`"))
        })
    }
}
