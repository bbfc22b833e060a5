//! From costs by effect to the balance, a figure for each alternative.

use mkba_core::run_tables::RunTables;
use mkba_core::tables::overview::SEPARATE;
use mkba_core::words::{self, word};

use super::overview::Overview;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::{Item, Label};
use crate::{Caption, Figure, Step, StepKind, Waterfall};

const COSTS: &str = "costs";
const WITHOUT_SEPARATE: &str = "balance_without_separate";
const BALANCE: &str = "balance";

pub(super) fn make(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(overview) = Overview::of(run)? else {
        return Ok(Vec::new());
    };
    let mut figures = Vec::new();
    for alternative in names::alternatives(&run.catalogue) {
        let mut groups = overview.groups(|case| case.1 == alternative.id);
        groups.sort_by_key(|group| (group.place(), group.effect.clone()));
        if groups.is_empty() {
            continue;
        }
        let mut steps = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            let step = Step {
                item: Item {
                    id: group.id(),
                    label: group.label(),
                },
                kind: StepKind::Change,
            };
            if group.effect == SEPARATE {
                steps.push((level(WITHOUT_SEPARATE), None));
            }
            steps.push((step, Some(number)));
            let next_is_cost = groups.get(number + 1).is_some_and(|next| next.is_cost);
            if group.is_cost && !next_is_cost {
                steps.push((level(COSTS), None));
            }
        }
        let is_with_separate = groups.iter().any(|group| group.effect == SEPARATE);
        let mut last = level(BALANCE);
        if is_with_separate {
            last.item.label = names::label_of(word("Saldo met aparte effecten", "Balance with separate effects"));
        }
        steps.push((last, None));

        let mut scenarios = Vec::new();
        for scenario in names::scenarios(&run.catalogue) {
            let mut reached = 0.0;
            let mut amounts = Vec::new();
            for (_, group) in &steps {
                let change = group.map(|number| overview.sum(&groups[number], (&scenario.id, &alternative.id)));
                reached += change.unwrap_or(0.0);
                amounts.push(change.unwrap_or(reached));
            }
            // The balance is the one that the run states, and not a sum of its own.
            if let Some(last) = amounts.last_mut() {
                *last = overview.balance((&scenario.id, &alternative.id))?;
            }
            scenarios.push((scenario, amounts));
        }
        figures.push(RunFigure {
            name: format!("waterfall-{}", alternative.id),
            figure: Figure::Waterfall(Waterfall {
                caption: Caption {
                    title: names::of_alternative("Van kosten naar saldo", "From costs to balance", &alternative),
                    subtitle: names::settings(run),
                    notes: names::unpriced(&run.catalogue),
                },
                steps: steps.into_iter().map(|(step, _)| step).collect(),
                scenarios,
            }),
        });
    }
    Ok(figures)
}

fn level(id: &str) -> Step {
    let label = match id {
        COSTS => word("Totaal kosten", "Total costs"),
        WITHOUT_SEPARATE => word("Saldo zonder aparte effecten", "Balance without separate effects"),
        _ => words::BALANCE,
    };
    Step {
        item: Item {
            id: id.to_owned(),
            label: Label::new(label.nl, label.en),
        },
        kind: StepKind::Level,
    }
}
