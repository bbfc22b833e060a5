//! In which order the steps run, and where their values are held.
use super::{MOST_SUMS, Place, Step, made, operands};
use crate::program::registers;
use std::collections::BTreeMap;

/// The steps, with sums that share a factor put together, and every value made just before it is needed for the first time.
pub(super) fn ordered(steps: Vec<Step>, values: usize) -> Vec<Step> {
    let mut waiting: Vec<Option<Step>> = vec![None; values];
    let mut sums = Vec::new();
    for step in steps {
        match made(&step) {
            Some(value) => waiting[value as usize] = Some(step),
            None => sums.push(step),
        }
    }
    let mut ordered = Vec::new();
    for sum in together(sums) {
        for operand in operands(&sum) {
            demand(operand, &mut waiting, &mut ordered);
        }
        ordered.push(sum);
    }
    ordered
}

fn demand(place: Place, waiting: &mut [Option<Step>], ordered: &mut Vec<Step>) {
    let Place::Yearly(value) = place else { return };
    let Some(step) = waiting[value as usize].take() else {
        return;
    };
    for operand in operands(&step) {
        demand(operand, waiting, ordered);
    }
    ordered.push(step);
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Row,
    Number,
    Below,
}

fn kind(place: Place) -> Kind {
    match place {
        Place::Steady(_) | Place::Yearly(_) => Kind::Row,
        Place::Number(_) => Kind::Number,
        Place::Below(..) => Kind::Below,
    }
}

/// Puts sums of products together by the factor that most of them share, up to [`MOST_SUMS`] at a time.
fn together(sums: Vec<Step>) -> Vec<Step> {
    let mut products: Vec<(u32, Place, Place)> = Vec::new();
    let mut joined = Vec::new();
    for sum in sums {
        match sum {
            Step::Sums(a, others) => products.extend(others.into_iter().map(|(total, b)| (total, a, b))),
            other => joined.push(other),
        }
    }
    while !products.is_empty() {
        // By the factor and the kind of the other one.
        let mut counts: BTreeMap<(u32, Kind), usize> = BTreeMap::new();
        for &(_, a, b) in &products {
            for (factor, other) in [(a, b), (b, a)] {
                if let Place::Yearly(value) = factor {
                    *counts.entry((value, kind(other))).or_default() += 1;
                }
            }
        }
        let most = counts.into_iter().max_by(|(a, m), (b, n)| m.cmp(n).then(b.cmp(a)));
        let Some(((value, same), _)) = most else {
            // No factor changes over the years.
            joined.extend(products.drain(..).map(|(total, a, b)| Step::Sums(a, vec![(total, b)])));
            break;
        };
        let factor = Place::Yearly(value);
        let mut others = Vec::new();
        products.retain(|&(total, a, b)| {
            let other = if a == factor { b } else { a };
            let fits = (a == factor || b == factor) && kind(other) == same && others.len() < MOST_SUMS;
            if fits {
                others.push((total, other));
            }
            !fits
        });
        joined.push(Step::Sums(factor, others));
    }
    joined
}

/// Gives every value one of as few places as are needed at the same time. Says how many.
pub(super) fn placed(mut steps: Vec<Step>, values: usize) -> (Vec<Step>, usize) {
    let yearly = |place: Place| match place {
        Place::Yearly(value) => Some(value),
        _ => None,
    };
    let uses: Vec<(Vec<u32>, Option<u32>)> = steps
        .iter()
        .map(|step| (operands(step).into_iter().filter_map(yearly).collect(), made(step)))
        .collect();
    let (slot, count) = registers(&uses, values);
    let place = |place: &mut Place| {
        if let Place::Yearly(value) = place {
            *value = u32::from(slot[*value as usize]);
        }
    };
    for step in &mut steps {
        match step {
            Step::Each(_, value, operands) => {
                *value = u32::from(slot[*value as usize]);
                operands.iter_mut().for_each(place);
            }
            Step::Running { value, by, .. } => {
                *value = u32::from(slot[*value as usize]);
                place(by);
            }
            Step::Sums(factor, others) => {
                place(factor);
                others.iter_mut().for_each(|(_, other)| place(other));
            }
            Step::Sum(_, of) => place(of),
            Step::Gone => {}
        }
    }
    (steps, usize::from(count))
}
