//! A waterfall for each alternative: from the balance of one run to that of the other.
use super::Comparison;
use super::page::{Shown, shown};
use mkba_core::appraisal::catalogue::{Entry, Language};
use mkba_core::words::{choose, number};
use mkba_plot::{Caption, Figure, Item, Label, RunFigure, Step, StepKind, Waterfall};

/// Steps of a figure at most; the others are together in one.
pub const MOST_STEPS: usize = 12;

/// One figure for each alternative whose balance changes.
pub fn waterfalls(comparison: &Comparison) -> Vec<RunFigure> {
    let alternatives = 0..comparison.pair.cases.alternatives.len();
    alternatives
        .filter_map(|alternative| waterfall(comparison, alternative))
        .collect()
}

fn waterfall(comparison: &Comparison, alternative: usize) -> Option<RunFigure> {
    let (pair, numbers) = (&comparison.pair, &comparison.attribution);
    let shown = shown(comparison, alternative, MOST_STEPS);
    if shown.is_empty() {
        return None;
    }
    let Shown { steps, others, rest } = shown;
    let id = &pair.cases.alternatives[alternative];
    let label = label_of(&pair.after.catalogue.alternatives, id);
    let (before, after) = (pair.before.name(), pair.after.name());
    let level = |id: &str, run: &str| Step {
        item: Item::new(id, format!("Saldo {run}"), format!("Balance {run}")),
        kind: StepKind::Level,
    };
    let change = |id: String, nl: String, en: String| Step {
        item: Item::new(id, nl, en),
        kind: StepKind::Change,
    };
    let mut rows = vec![level("balance_a", &before)];
    let of_row = |step: &usize| {
        let row = &comparison.rows[*step];
        let name = match row.items.is_empty() {
            true => row.kind.to_owned(),
            false => row.name(),
        };
        change(name, row.label(Language::Dutch), row.label(Language::English))
    };
    rows.extend(steps.iter().map(of_row));
    if !others.is_empty() {
        let count = others.len();
        rows.push(change(
            "others".to_owned(),
            format!("overige ({count})"),
            format!("others ({count})"),
        ));
    }
    rows.extend(rest.iter().map(of_row));
    rows.push(level("balance_b", &after));
    let scenarios = pair.cases.scenarios.iter().enumerate().map(|(s, scenario)| {
        let of = |step: &usize| comparison.rows[*step].mean[s][alternative].all;
        let mut amounts = vec![numbers.before[s][alternative].all];
        amounts.extend(steps.iter().map(of));
        if !others.is_empty() {
            amounts.push(others.iter().map(of).sum());
        }
        amounts.extend(rest.iter().map(of));
        amounts.push(numbers.after[s][alternative].all);
        let label = label_of(&pair.after.catalogue.scenarios, scenario);
        let item = Item {
            id: scenario.clone(),
            label,
        };
        (item, amounts)
    });
    let title = |language: mkba_plot::Language, from: &str| format!("{from}: {}", label.in_language(language));
    Some(RunFigure {
        name: format!("waterfall-{id}"),
        figure: Figure::Waterfall(Waterfall {
            caption: Caption {
                title: Label::new(
                    title(mkba_plot::Language::Dutch, "Wat het saldo verandert"),
                    title(mkba_plot::Language::English, "What changes the balance"),
                ),
                subtitle: Label::new(
                    settings(comparison, Language::Dutch),
                    settings(comparison, Language::English),
                ),
                notes: Vec::new(),
            },
            steps: rows,
            scenarios: scenarios.collect(),
        }),
    })
}

fn settings(comparison: &Comparison, language: Language) -> String {
    let (pair, draws) = (&comparison.pair, comparison.attribution.draws);
    let (before, after) = (pair.before.name(), pair.after.name());
    let draws = match draws {
        [a, b] if a == b => number(a as f64, 0, language),
        [a, b] => format!("{} / {}", number(a as f64, 0, language), number(b as f64, 0, language)),
    };
    choose(
        language,
        format!(
            "Gemiddeld saldo van {before} naar {after}; elke stap is het gemiddelde van twee volgordes; {draws} trekkingen"
        ),
        format!("Mean balance from {before} to {after}; each step is the mean of two orders; {draws} draws"),
    )
}

fn label_of(entries: &[Entry], id: &str) -> Label {
    let entry = entries.iter().find(|entry| entry.id == id);
    let of = |language| entry.map_or(id, |entry| entry.label.get(language)).to_owned();
    Label::new(of(Language::Dutch), of(Language::English))
}
