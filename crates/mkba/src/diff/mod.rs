//! From the balances of one run to those of another, difference by difference.
//!
//! The studies between the two runs have some declarations of the one and all others of the other. They are points like those of a sweep,
//! with the same draws, and a step is the difference between two of them, so that all steps add up.
mod attribution;
mod between;
mod figures;
mod files;
mod page;
mod side;
mod steps;
mod told;

pub use between::Pair;
pub use figures::waterfalls;
pub use files::{changes_table, json, table};
pub use page::text;
pub use side::Side;

use crate::failure::Failure;
use crate::sweep::Settings;
use attribution::{Attribution, Balances, attribute};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::words::choose;
use steps::Steps;
use told::{Presence, Told};

/// A step as results tell it.
pub struct Row {
    /// What it replaces; empty for what is left.
    pub items: Vec<Told>,
    /// What it is, as in files.
    pub kind: &'static str,
    /// Mean of both orders.
    pub mean: Balances,
    /// Half of the difference between the orders.
    pub interaction: Balances,
}

/// Two runs compared.
pub struct Comparison {
    /// The runs.
    pub pair: Pair,
    /// The numbers.
    attribution: Attribution,
    /// The steps, in the order of replacement; the last is what is left, if anything is.
    pub rows: Vec<Row>,
    /// What differs in words alone.
    pub words: Vec<Told>,
}

impl Row {
    /// What tables call it.
    pub fn label(&self, language: Language) -> String {
        match (self.kind, self.items.as_slice()) {
            ("fewer_draws", _) => choose(
                language,
                "minder trekkingen hier dan in de runs",
                "fewer draws here than in the runs",
            )
            .to_owned(),
            ("unexplained", _) => choose(
                language,
                "andere versie van mkba, of onverklaard",
                "another version of mkba, or unexplained",
            )
            .to_owned(),
            (_, [one]) => one.label(language).to_owned(),
            (_, [first, ..]) if self.items.iter().all(|it| it.presence == Presence::Added) => choose(
                language,
                format!("nieuwe namen ({}): {} …", self.items.len(), first.label(language)),
                format!("new names ({}): {} …", self.items.len(), first.label(language)),
            ),
            (_, [first, ..]) if self.items.iter().all(|it| it.presence == Presence::Removed) => choose(
                language,
                format!("vervallen namen ({}): {} …", self.items.len(), first.label(language)),
                format!(
                    "names that are gone ({}): {} …",
                    self.items.len(),
                    first.label(language)
                ),
            ),
            (_, items) => {
                let labels: Vec<&str> = items.iter().map(|it| it.label(language)).collect();
                labels.join(" + ")
            }
        }
    }

    /// Names of what it replaces.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.items.iter().map(|it| it.name.as_str()).collect();
        names.join("; ")
    }

    /// Whether it changes any balance, in any order.
    pub fn has_influence(&self) -> bool {
        let all = self.mean.iter().chain(&self.interaction).flatten();
        all.into_iter().any(|it| it.all != 0.0 || it.without_separate != 0.0)
    }
}

impl Comparison {
    /// Compares two runs; with fewer draws than theirs if asked.
    ///
    /// # Errors
    /// A study between them cannot be evaluated, or it was stopped.
    pub fn of(pair: Pair, draws: Option<u64>, settings: &Settings<'_>) -> Result<Self, Failure> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(settings.threads)
            .build()
            .map_err(|error| Failure::Machine(format!("threads cannot be started: {error}")))?;
        let attribution = match Attribution::of_equal_runs(&pair) {
            Some(equal) => equal,
            None => {
                let steps = pool.install(|| Steps::of(&pair, settings.stop))?;
                attribute(&pair, steps, draws, settings)?
            }
        };
        let mut rows: Vec<Row> = attribution
            .changes
            .iter()
            .map(|change| {
                let items: Vec<Told> = change
                    .step
                    .iter()
                    .map(|&item| Told::item(&pair, pair.items[item]))
                    .collect();
                let same_kind = items.iter().all(|it| it.kind == items[0].kind);
                Row {
                    kind: if same_kind { items[0].kind } else { "several" },
                    items,
                    mean: change.mean.clone(),
                    interaction: change.interaction.clone(),
                }
            })
            .collect();
        let done = [&pair.before, &pair.after].map(|side| side.manifest.draws);
        let fewer = attribution.draws != done;
        let zero = |balances: &Balances| {
            balances
                .iter()
                .map(|row| vec![side::Balance::default(); row.len()])
                .collect()
        };
        let rest = Row {
            items: Vec::new(),
            kind: if fewer { "fewer_draws" } else { "unexplained" },
            mean: attribution.rest.clone(),
            interaction: zero(&attribution.rest),
        };
        if fewer || rest.has_influence() {
            rows.push(rest);
        }
        let words = pair
            .differences
            .iter()
            .filter(|it| it.only_words())
            .map(Told::declaration);
        Ok(Self {
            words: words.collect(),
            attribution,
            rows,
            pair,
        })
    }

    /// Whether nothing differs that a number could depend on, and no number differs.
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && self.attribution.before == self.attribution.after
    }
}
