//! A waterfall for each alternative: from the balance of one run to that of the other.
use super::Comparison;
use super::page::{Shown, shown};
use crate::overview::number::MoneyUnit;
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
    let change = |id: String, nl: String, en: String| Step {
        item: Item::new(id, nl, en),
        kind: StepKind::Change,
    };
    let of_row = |step: &usize| {
        let row = &comparison.rows[*step];
        let name = match row.items.is_empty() {
            true => row.kind.to_owned(),
            false => row.name(),
        };
        change(name, row.label(Language::Dutch), row.label(Language::English))
    };
    let mut rows: Vec<Step> = steps.iter().map(of_row).collect();
    if !others.is_empty() {
        let count = others.len();
        rows.push(change(
            "others".to_owned(),
            format!("overige ({count})"),
            format!("others ({count})"),
        ));
    }
    rows.extend(rest.iter().map(of_row));
    let amounts = |s: usize| -> Vec<f64> {
        let of = |step: &usize| comparison.rows[*step].mean[s][alternative].all;
        let mut amounts: Vec<f64> = steps.iter().map(of).collect();
        if !others.is_empty() {
            amounts.push(others.iter().map(of).sum());
        }
        amounts.extend(rest.iter().map(of));
        amounts
    };
    let all: Vec<Amounts> = (0..pair.cases.scenarios.len())
        .map(|s| Amounts {
            before: numbers.before[s][alternative].all,
            changes: amounts(s),
            after: numbers.after[s][alternative].all,
        })
        .collect();
    // Small changes of a large balance are seen only without it.
    let with_balances = all.iter().any(Amounts::are_seen_beside_balances);
    let scenarios: Vec<(Item, Vec<f64>)> = pair
        .cases
        .scenarios
        .iter()
        .zip(all)
        .map(|(scenario, amounts)| {
            amounts.panel(
                scenario,
                label_of(&pair.after.catalogue.scenarios, scenario),
                with_balances,
            )
        })
        .collect();
    let level = |id: &str, nl: String, en: String| Step {
        item: Item::new(id, nl, en),
        kind: StepKind::Level,
    };
    if with_balances {
        let name = pair.before.name();
        rows.insert(
            0,
            level("balance_a", format!("Saldo A ({name})"), format!("Balance A ({name})")),
        );
        let name = pair.after.name();
        rows.push(level(
            "balance_b",
            format!("Saldo B ({name})"),
            format!("Balance B ({name})"),
        ));
    } else {
        rows.push(level(
            "change",
            "Verschil B − A".to_owned(),
            "Difference B − A".to_owned(),
        ));
    }
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
            scenarios,
        }),
    })
}

/// What a panel shows, in EUR.
struct Amounts {
    before: f64,
    changes: Vec<f64>,
    after: f64,
}

impl Amounts {
    /// Whether the way from one balance to the other is at least a fifth of the larger one.
    fn are_seen_beside_balances(&self) -> bool {
        let mut reached = 0.0_f64;
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for change in &self.changes {
            reached += change;
            (low, high) = (low.min(reached), high.max(reached));
        }
        high - low >= self.before.abs().max(self.after.abs()) / 5.0
    }

    /// The bars, with the balances or with their difference; then the balances are in the heading.
    fn panel(self, id: &str, label: Label, with_balances: bool) -> (Item, Vec<f64>) {
        let id = id.to_owned();
        let mut amounts = self.changes;
        if with_balances {
            amounts.insert(0, self.before);
            amounts.push(self.after);
            return (Item { id, label }, amounts);
        }
        amounts.push(self.after - self.before);
        let unit = MoneyUnit::for_amounts_up_to(self.before.abs().max(self.after.abs()));
        let told = |language: Language, label: &str| {
            let [before, after] = [self.before, self.after].map(|amount| unit.in_words(amount, language));
            choose(
                language,
                format!("{label}: saldo van {before} naar {after}"),
                format!("{label}: balance from {before} to {after}"),
            )
        };
        let label = Label::new(told(Language::Dutch, &label.nl), told(Language::English, &label.en));
        (Item { id, label }, amounts)
    }
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
        format!("From {before} to {after}, mean balance; each step is the mean of two orders; {draws} draws"),
    )
}

fn label_of(entries: &[Entry], id: &str) -> Label {
    let entry = entries.iter().find(|entry| entry.id == id);
    let of = |language| entry.map_or(id, |entry| entry.label.get(language)).to_owned();
    Label::new(of(Language::Dutch), of(Language::English))
}
