//! Two runs, what differs between them, and every study between the two.
use super::side::Side;
use crate::failure::Failure;
use crate::pipeline;
use mkba_core::appraisal::Detail;
use mkba_core::compiled::Formulated;
use mkba_core::rulebook::{Part, Rulebook};
use mkba_lang::declarations::Declarations;
use mkba_lang::diagnostic::Diagnostics;
use mkba_lang::read::{Difference, Home, Written, differences, read_between, read_written};
use mkba_lang::source::Sources;
use std::collections::BTreeSet;

/// Something that is not the same in the two runs and may change their balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// Seed, design or number of the draws.
    Draws,
    /// A part of the rulebook.
    Rules(Part),
    /// How gates are read.
    Gates,
    /// A declaration, by its number in [`Pair::differences`].
    Declaration(usize),
}

/// Which items are those of the second run.
pub type State = Vec<bool>;

/// A study that is evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Point {
    /// The first run with some items of the second.
    Between(State),
    /// The second run by itself.
    After,
}

/// What is compared: cases that both runs have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// Identifiers of scenarios, in the order of the first run.
    pub scenarios: Vec<String>,
    /// Identifiers of alternatives, likewise, without the baselines.
    pub alternatives: Vec<String>,
}

/// Two runs.
pub struct Pair {
    /// The first.
    pub before: Side,
    /// The second.
    pub after: Side,
    /// What is compared.
    pub cases: Cases,
    /// Declarations that differ.
    pub differences: Vec<Difference>,
    /// What may change balances, in the order of replacement: [`Stage`] by stage.
    pub items: Vec<Item>,
    /// Files of the second run: all studies in between are read after them.
    sources: Sources,
    written: Written,
}

/// When in the order of replacement an item comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// New names come first, in both orders, so that they are there for what uses them.
    Added,
    /// What changes balances by itself: in one order, and in the reverse.
    Changed,
    /// Names that are gone come last, in both orders, when nothing uses them any more.
    Removed,
}

/// Kinds that do nothing unless something else refers to them.
const ONLY_REFERRED_TO: &[&str] = &[
    "unit",
    "index",
    "party",
    "parameter",
    "driver",
    "series",
    "deflator",
    "lever",
    "variable",
    "stock",
    "limit",
    "gate",
    "group",
    "measure",
    "alternative",
];

/// Kinds in the order in which they are replaced: data before what is computed from them.
const ORDER: &[&str] = &[
    "discount",
    "model",
    "unit",
    "index",
    "party",
    "deflator",
    "series",
    "driver",
    "parameter",
    "dependence",
    "lever",
    "variable",
    "stock",
    "limit",
    "gate",
    "group",
    "flow",
    "apportionment",
    "measure",
    "alternative",
    "study",
];

impl Pair {
    /// What differs between two runs.
    ///
    /// # Errors
    /// They have nothing in common, or a study cannot be read any more.
    pub fn of(before: Side, after: Side, alternatives: &[String], scenarios: &[String]) -> Result<Self, Failure> {
        let models = [&before, &after].map(|side| side.catalogue.model.id.clone());
        if models[0] != models[1] {
            return Err(Failure::Use(format!(
                "the runs are of different models, `{}` and `{}`; two runs of one model can be compared",
                models[0], models[1]
            )));
        }
        let cases = Cases::of(&before, &after, alternatives, scenarios)?;
        let mut sources = Sources::default();
        let (_, written) = read(&after, &mut sources)?;
        let mut both = sources.clone();
        let (_, first) = read(&before, &mut both)?;
        let mut differences = differences(&first, &written, &both);
        let kept = |side: &Side| -> BTreeSet<String> {
            let baseline = side.catalogue.alternatives.get(side.catalogue.baseline);
            let baseline = baseline.map(|entry| entry.id.clone());
            cases.alternatives.iter().cloned().chain(baseline).collect()
        };
        let alternatives: BTreeSet<String> = kept(&before).union(&kept(&after)).cloned().collect();
        differences.retain(|it| match &it.home {
            Home::Scenario(id) => cases.scenarios.contains(id),
            Home::Study if it.kind == "scenario" => cases.scenarios.contains(&it.name),
            Home::Study if it.kind == "alternative" => alternatives.contains(&it.name),
            Home::Study | Home::Model => true,
        });
        let mut pair = Self {
            before,
            after,
            cases,
            differences,
            items: Vec::new(),
            sources,
            written,
        };
        pair.items = pair.all_items();
        Ok(pair)
    }

    /// The state in which everything is as in the first run.
    pub fn start(&self) -> State {
        vec![false; self.items.len()]
    }

    /// When an item comes.
    pub fn stage(&self, item: usize) -> Stage {
        let Item::Declaration(number) = self.items[item] else {
            return Stage::Changed;
        };
        let difference = &self.differences[number];
        match ONLY_REFERRED_TO.contains(&difference.kind) {
            true if difference.is_added() => Stage::Added,
            true if difference.is_removed() => Stage::Removed,
            _ => Stage::Changed,
        }
    }

    /// Whether the draws are those of the second run.
    pub fn has_other_draws(&self, point: &Point) -> bool {
        match point {
            Point::After => true,
            Point::Between(state) => self
                .items
                .iter()
                .zip(state)
                .any(|(item, on)| *on && *item == Item::Draws),
        }
    }

    /// A study as arithmetic.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn formulate(&self, point: &Point) -> Result<Formulated, Failure> {
        let mut diagnostics = Diagnostics::default();
        let (declarations, sources, rulebook) = match point {
            Point::After => {
                let mut sources = Sources::default();
                let (declarations, _) = read(&self.after, &mut sources)?;
                (declarations, sources, self.after.rulebook.rulebook.clone())
            }
            Point::Between(state) => {
                let taken = || {
                    self.items
                        .iter()
                        .zip(state)
                        .filter(|(_, on)| **on)
                        .map(|(item, _)| *item)
                };
                let changes: Vec<&Difference> = taken()
                    .filter_map(|item| match item {
                        Item::Declaration(number) => Some(&self.differences[number]),
                        _ => None,
                    })
                    .collect();
                let mut sources = self.sources.clone();
                let read = read_between(
                    (&self.before.files, &self.before.manifest.study),
                    (&self.after.files, &self.written),
                    &changes,
                    &mut sources,
                    &mut diagnostics,
                );
                let Some(mut declarations) = read else {
                    return Err(pipeline::failure(diagnostics, sources));
                };
                let gates = taken().any(|item| item == Item::Gates);
                declarations.study.gates = if gates { &self.after } else { &self.before }.gates;
                let mut rulebook = self.before.rulebook.rulebook.clone();
                for item in taken() {
                    if let Item::Rules(part) = item {
                        part.take_over(&mut rulebook, &self.after.rulebook.rulebook);
                    }
                }
                (declarations, sources, rulebook)
            }
        };
        self.only_compared(declarations, sources, rulebook, diagnostics)
    }

    /// The study with the cases that are compared, the baseline first.
    fn only_compared(
        &self,
        mut declarations: Declarations,
        sources: Sources,
        mut rulebook: Rulebook,
        mut diagnostics: Diagnostics,
    ) -> Result<Formulated, Failure> {
        // What is counted twice was judged when the runs were made.
        rulebook.forbidden_pairs.clear();
        declarations.interactions.clear();
        let place = |names: &[String], name: &str| names.iter().position(|one| one == name);
        let baseline = declarations.study.baseline.value.clone();
        let of_alternative = |name: &str| match name == baseline {
            true => Some(0),
            false => place(&self.cases.alternatives, name).map(|at| at + 1),
        };
        declarations
            .alternatives
            .retain(|one| of_alternative(&one.name.value).is_some());
        declarations
            .alternatives
            .sort_by_key(|one| of_alternative(&one.name.value));
        let of_scenario = |name: &str| place(&self.cases.scenarios, name);
        declarations
            .scenarios
            .retain(|one| of_scenario(&one.name.value).is_some());
        declarations.scenarios.sort_by_key(|one| of_scenario(&one.name.value));
        let formulated = mkba_lang::formulate(&declarations, &sources, &rulebook, Detail::Full, &mut diagnostics);
        formulated.ok_or_else(|| pipeline::failure(diagnostics, sources))
    }

    fn all_items(&self) -> Vec<Item> {
        let (a, b) = (&self.before, &self.after);
        let draws = |side: &Side| {
            (
                side.manifest.seed,
                side.manifest.draws,
                side.design,
                side.dimensions.clone(),
            )
        };
        let mut items = Vec::new();
        if draws(a) != draws(b) || a.manifest.random_scheme != b.manifest.random_scheme {
            items.push(Item::Draws);
        }
        let (from, to) = (&a.rulebook.rulebook, &b.rulebook.rulebook);
        for part in Part::ALL {
            let mut alone = from.clone();
            part.take_over(&mut alone, to);
            if part == Part::Horizon {
                // Another horizon comes without what lies after it, which is the next part.
                alone.horizon.residual = from.horizon.residual;
            }
            let again = part == Part::ResidualValue && items.contains(&Item::Rules(Part::Horizon));
            if !alone.computes_as(from) || again {
                items.push(Item::Rules(part));
            }
        }
        if a.gates != b.gates {
            items.push(Item::Gates);
        }
        let mut declarations: Vec<usize> = (0..self.differences.len())
            .filter(|&number| !self.differences[number].only_words())
            .collect();
        let rank = |kind: &str| ORDER.iter().position(|one| *one == kind).unwrap_or(ORDER.len());
        declarations.sort_by_key(|&number| (rank(self.differences[number].kind), number));
        items.extend(declarations.into_iter().map(Item::Declaration));
        items
    }
}

impl Cases {
    fn of(before: &Side, after: &Side, alternatives: &[String], scenarios: &[String]) -> Result<Self, Failure> {
        let known = |side: &Side, of: fn(&(String, String)) -> &String| -> BTreeSet<String> {
            side.cases().map(of).cloned().collect()
        };
        let common = |what: &str, all: Vec<&String>, of: fn(&(String, String)) -> &String, asked: &[String]| {
            let (a, b) = (known(before, of), known(after, of));
            let both: Vec<String> = all
                .into_iter()
                .filter(|id| a.contains(*id) && b.contains(*id))
                .cloned()
                .collect();
            if let Some(unknown) = asked.iter().find(|id| !both.contains(id)) {
                let run = match (a.contains(unknown), b.contains(unknown)) {
                    (true, _) => format!("`{}` has no {what} `{unknown}`", after.place.display()),
                    (_, true) => format!("`{}` has no {what} `{unknown}`", before.place.display()),
                    _ => format!("no {what} `{unknown}` in either run"),
                };
                return Err(Failure::Use(format!("{run}; both have {}", both.join(", "))));
            }
            if both.is_empty() {
                let list = |all: &BTreeSet<String>| all.iter().cloned().collect::<Vec<_>>().join(", ");
                return Err(Failure::Use(format!(
                    "the runs have no {what} in common: one has {}, the other {}; runs of the same study can be compared",
                    list(&a),
                    list(&b)
                )));
            }
            Ok(both
                .into_iter()
                .filter(|id| asked.is_empty() || asked.contains(id))
                .collect())
        };
        let catalogue = &before.catalogue;
        Ok(Self {
            scenarios: common(
                "scenario",
                catalogue.scenarios.iter().map(|it| &it.id).collect(),
                |it| &it.0,
                scenarios,
            )?,
            alternatives: common(
                "alternative",
                catalogue.alternatives.iter().map(|it| &it.id).collect(),
                |it| &it.1,
                alternatives,
            )?,
        })
    }
}

fn read(side: &Side, sources: &mut Sources) -> Result<(Declarations, Written), Failure> {
    let mut diagnostics = Diagnostics::default();
    let read = read_written(&side.files, &side.manifest.study, sources, &mut diagnostics);
    let Some((mut declarations, written)) = read else {
        return Err(pipeline::failure(diagnostics, sources.clone()));
    };
    declarations.study.gates = side.gates;
    Ok((declarations, written))
}
