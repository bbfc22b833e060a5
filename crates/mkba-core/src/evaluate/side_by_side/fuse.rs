//! Values that are used once and never need a row: they are made where they are used.
use super::{Number, Place, Saturation, Step, made, operands};
use crate::graph::Binary;
use crate::program::Opcode;
use std::collections::HashMap;

/// The steps with what can be made on the way put into the step that makes or uses it. What is no longer used stays among them.
pub(super) fn fused(mut steps: Vec<Step>) -> Vec<Step> {
    let mut uses: HashMap<u32, usize> = HashMap::new();
    for place in steps.iter().flat_map(operands) {
        if let Place::Yearly(value) = place {
            *uses.entry(value).or_default() += 1;
        }
    }
    let maker: HashMap<u32, usize> = (0..steps.len())
        .filter_map(|at| made(&steps[at]).map(|value| (value, at)))
        .collect();
    let once = |place: Place| match place {
        Place::Yearly(value) if uses.get(&value) == Some(&1) => maker.get(&value).copied(),
        _ => None,
    };
    for at in 0..steps.len() {
        if let Some((running, value, saturation)) = saturated(&steps, at, once)
            && let Step::Running { value: to, then, .. } = &mut steps[running]
        {
            (*to, *then) = (value, Some(saturation));
            steps[at] = Step::Gone;
        }
        if let Step::Sums(a, others) = &steps[at]
            && let [(total, b)] = others.as_slice()
        {
            let below = [(*a, *b), (*b, *a)].into_iter().find_map(|(factor, other)| {
                let Place::Yearly(_) = factor else { return None };
                Some((factor, below(&steps[once(other)?])?))
            });
            if let Some((factor, below)) = below {
                steps[at] = Step::Sums(factor, vec![(*total, below)]);
            }
        }
    }
    steps.retain(|step| *step != Step::Gone);
    steps
}

/// `c - min(d, x)` where x is a running value: the step of that, the value made, and both numbers.
fn saturated(steps: &[Step], at: usize, once: impl Fn(Place) -> Option<usize>) -> Option<(usize, u32, Saturation)> {
    let Step::Each(Opcode::Binary(Binary::Subtract, _), value, [Place::Number(less), least, _]) = steps[at] else {
        return None;
    };
    let Step::Each(Opcode::Binary(Binary::Min, _), _, [Place::Number(most), running, _]) = steps[once(least)?] else {
        return None;
    };
    let is_same = |number: Number| number.per_year == 0;
    let running = once(running)?;
    let Step::Running { then: None, .. } = steps[running] else {
        return None;
    };
    (is_same(less) && is_same(most)).then_some((running, value, Saturation { most, less }))
}

/// What is 1 where a row that does not change is below a number, and else 0.
fn below(step: &Step) -> Option<Place> {
    match *step {
        Step::Each(Opcode::Binary(Binary::Less, _), _, [Place::Steady(row), Place::Number(number), _]) => {
            Some(Place::Below(row, number))
        }
        _ => None,
    }
}
