//! Sums over flows that share a tag. They add up to the balance as bookkeeping; the effect *of* a pillar is another question.
use super::case::compared;
use crate::appraisal::catalogue::FlowEntry;
use crate::outcome::Outcome;
use crate::table::Table;

/// The tag by which flows are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Projection {
    /// Hardware, software, orgware, or none.
    Pillar,
    /// Investment, upkeep, direct, indirect, ….
    Effect,
    /// Cost, benefit, transfer.
    Kind,
}

impl Projection {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pillar, Self::Effect, Self::Kind];

    /// The name of the table and of its column.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pillar => "pillar",
            Self::Effect => "effect",
            Self::Kind => "kind",
        }
    }
    fn tag(self, flow: &FlowEntry) -> &str {
        match self {
            Self::Pillar => &flow.pillar,
            Self::Effect => &flow.effect,
            Self::Kind => flow.kind.word(),
        }
    }
}

/// Columns `scenario`, `alternative`, the tag (empty for flows without), `pv_mean_eur`: value to society. Tags are in the
/// order in which they first occur among the flows.
#[must_use]
pub fn projection(outcome: &Outcome, by: Projection) -> Table {
    let catalogue = &outcome.catalogue;
    let mut tags: Vec<&str> = Vec::new();
    let tag_of_flow: Vec<usize> = catalogue
        .flows
        .iter()
        .map(|flow| {
            let tag = by.tag(flow);
            tags.iter().position(|known| *known == tag).unwrap_or_else(|| {
                tags.push(tag);
                tags.len() - 1
            })
        })
        .collect();
    let (mut scenario, mut alternative) = (Vec::new(), Vec::new());
    let (mut tag_column, mut amounts) = (Vec::new(), Vec::new());
    for case in compared(outcome) {
        let mut sums = vec![0.0; tags.len()];
        for (&tag, value) in tag_of_flow.iter().zip(&case.result.flows) {
            sums[tag] += value.mean;
        }
        for (tag, sum) in tags.iter().zip(sums) {
            scenario.push(case.scenario);
            alternative.push(case.alternative);
            tag_column.push(*tag);
            amounts.push(sum);
        }
    }
    Table::new(by.name())
        .text("scenario", scenario)
        .text("alternative", alternative)
        .text(by.name(), tag_column)
        .number("pv_mean_eur", amounts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::{self, amount, rows_where};

    #[test]
    fn sums_over_pillars_effects_and_kinds_are_the_balance() {
        let outcome = fixture::outcome();
        for by in Projection::ALL {
            let table = projection(&outcome, by);
            assert_eq!(table.check(), Ok(()));
            for (scenario, alternative) in fixture::cases() {
                let rows = rows_where(&table, &[("scenario", scenario), ("alternative", alternative)]);
                let sum: f64 = rows.iter().map(|&row| amount(&table, row, "pv_mean_eur")).sum();
                let balance = fixture::result(&outcome, scenario, alternative).balance.mean;
                assert!((sum - balance).abs() < 1e-9, "{by:?} {scenario} {alternative}");
            }
        }
    }

    #[test]
    fn flows_without_pillar_are_kept_under_an_empty_tag() {
        let table = projection(&fixture::outcome(), Projection::Pillar);
        let rows = rows_where(
            &table,
            &[("scenario", "low"), ("alternative", "hardware"), ("pillar", "")],
        );
        assert_eq!(rows.len(), 1);
        assert!((amount(&table, rows[0], "pv_mean_eur") - 6.0).abs() < 1e-12);
    }
}
