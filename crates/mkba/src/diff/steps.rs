//! Which items are replaced together, and in which order.
use super::between::{Item, Pair, Point, Stage, State};
use crate::failure::Failure;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// Items that are replaced at once, by number.
pub type Step = Vec<usize>;

/// Steps in the order of replacement, and where the order can be reversed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// New names.
    pub added: Option<Step>,
    /// What is replaced in one order and in the reverse.
    pub changed: Vec<Step>,
    /// Names that are gone.
    pub removed: Option<Step>,
}

/// One of the two orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As the steps stand.
    Forward,
    /// What is changed from the last to the first.
    Backward,
}

impl Steps {
    /// All steps in an order.
    pub fn in_order(&self, order: Order) -> Vec<&Step> {
        let changed: Vec<&Step> = match order {
            Order::Forward => self.changed.iter().collect(),
            Order::Backward => self.changed.iter().rev().collect(),
        };
        self.added.iter().chain(changed).chain(&self.removed).collect()
    }

    /// The states after each step of an order.
    pub fn states(&self, pair: &Pair, order: Order) -> Vec<State> {
        let mut state = pair.start();
        let after = |step: &&Step| {
            step.iter().for_each(|&item| state[item] = true);
            state.clone()
        };
        self.in_order(order).iter().map(after).collect()
    }

    /// Steps as small as they can be: an item by itself, or with others without which it is no study that can be computed.
    ///
    /// # Errors
    /// One of the runs cannot be computed any more, or it was stopped.
    pub fn of(pair: &Pair, stop: &AtomicBool) -> Result<Self, Failure> {
        let of = |stage: Stage| (0..pair.items.len()).filter(move |&item| pair.stage(item) == stage);
        let some = |step: Step| (!step.is_empty()).then_some(step);
        let mut steps = Self {
            added: some(of(Stage::Added).collect()),
            changed: of(Stage::Changed).map(|item| vec![item]).collect(),
            removed: some(of(Stage::Removed).collect()),
        };
        pair.formulate(&Point::Between(pair.start()))?;
        pair.formulate(&Point::After)?;
        pair.formulate(&Point::Between(vec![true; pair.items.len()]))?;
        steps.keep_added_that_stand_alone(pair);
        while let Some((order, at)) = steps.first_faulty(pair) {
            if stop.load(Ordering::Relaxed) {
                return Err(Failure::Interrupted);
            }
            steps.join(pair, order, at);
        }
        Ok(steps)
    }

    /// New names that need something else that changes are replaced with it.
    fn keep_added_that_stand_alone(&mut self, pair: &Pair) {
        let Some(mut waiting) = self.added.take() else { return };
        let mut state = pair.start();
        let mut accepted: Step = Vec::new();
        if stands(pair, &with(&state, &waiting)) {
            self.added = Some(waiting);
            return;
        }
        loop {
            let before = waiting.len();
            waiting.retain(|&item| {
                let fits = stands(pair, &with(&state, &[item]));
                if fits {
                    state[item] = true;
                    accepted.push(item);
                }
                !fits
            });
            if waiting.len() == before || waiting.is_empty() {
                break;
            }
        }
        self.added = (!accepted.is_empty()).then_some(accepted);
        let waiting = waiting.into_iter().map(|item| vec![item]);
        self.changed = waiting.chain(std::mem::take(&mut self.changed)).collect();
    }

    /// The first step after which there is no study that can be computed.
    fn first_faulty(&self, pair: &Pair) -> Option<(Order, usize)> {
        [Order::Forward, Order::Backward].into_iter().find_map(|order| {
            let states = self.states(pair, order);
            // After the last step everything is as in the second run.
            let inner = &states[..states.len().saturating_sub(1)];
            let stand: Vec<bool> = inner.par_iter().map(|state| stands(pair, state)).collect();
            stand.iter().position(|stands| !stands).map(|at| (order, at))
        })
    }

    /// Joins a step with those that it needs: another one alone if that is enough, else all that speak of the same names, else those that follow.
    fn join(&mut self, pair: &Pair, order: Order, at: usize) {
        let all: Vec<Step> = self.in_order(order).into_iter().cloned().collect();
        let state = all[..at].iter().fold(pair.start(), |state, step| with(&state, step));
        let state = with(&state, &all[at]);
        let later: Vec<usize> = (at + 1..all.len()).collect();
        let fitting: Vec<bool> = later
            .par_iter()
            .map(|&other| stands(pair, &with(&state, &all[other])))
            .collect();
        let joined: Vec<usize> = match fitting.iter().position(|fits| *fits) {
            Some(found) => vec![later[found]],
            None => {
                let mut joined: Vec<usize> = related(pair, &all, at, &later);
                let mut state = joined.iter().fold(state, |state, &other| with(&state, &all[other]));
                for other in later {
                    if stands(pair, &state) {
                        break;
                    }
                    if !joined.contains(&other) {
                        state = with(&state, &all[other]);
                        joined.push(other);
                    }
                }
                joined
            }
        };
        let mut step = all[at].clone();
        joined.iter().for_each(|&other| step.extend(&all[other]));
        step.sort_unstable();
        self.replace(&step);
    }

    /// Joins the step after which a study is impossible with the one after it; false when it is that of one of the runs.
    pub fn leave_out(&mut self, pair: &Pair, point: &Point) -> bool {
        let Point::Between(state) = point else { return false };
        for order in [Order::Forward, Order::Backward] {
            let all: Vec<Step> = self.in_order(order).into_iter().cloned().collect();
            let states = self.states(pair, order);
            let inner = &states[..states.len().saturating_sub(1)];
            if let Some(at) = inner.iter().position(|one| one == state) {
                let mut step = all[at].clone();
                step.extend(&all[at + 1]);
                step.sort_unstable();
                self.replace(&step);
                return true;
            }
        }
        false
    }

    /// One step in place of all those that share an item with it, where the first of them stands.
    fn replace(&mut self, step: &Step) {
        let shares = |other: &Step| other.iter().any(|item| step.contains(item));
        let at = self.changed.iter().position(shares);
        self.added = self.added.take().filter(|other| !shares(other));
        self.removed = self.removed.take().filter(|other| !shares(other));
        let at = at.unwrap_or(self.changed.len());
        self.changed.retain(|other| !shares(other));
        self.changed.insert(at.min(self.changed.len()), step.clone());
    }
}

/// Later steps that speak of a name of this one, or of whose names this one speaks.
fn related(pair: &Pair, all: &[Step], at: usize, later: &[usize]) -> Vec<usize> {
    let names = |step: &Step| -> BTreeSet<String> {
        let declared = step.iter().filter_map(|&item| match pair.items[item] {
            Item::Declaration(number) => Some(pair.differences[number].name.clone()),
            _ => None,
        });
        declared.collect()
    };
    let speaks_of = |step: &Step, names: &BTreeSet<String>| {
        step.iter().any(|&item| match pair.items[item] {
            Item::Declaration(number) => !pair.differences[number].mentions.is_disjoint(names),
            _ => false,
        })
    };
    let own = names(&all[at]);
    let is_related = |&other: &usize| speaks_of(&all[other], &own) || speaks_of(&all[at], &names(&all[other]));
    later.iter().copied().filter(is_related).collect()
}

fn stands(pair: &Pair, state: &State) -> bool {
    pair.formulate(&Point::Between(state.clone())).is_ok()
}

fn with(state: &State, step: &[usize]) -> State {
    let mut state = state.clone();
    step.iter().for_each(|&item| state[item] = true);
    state
}
