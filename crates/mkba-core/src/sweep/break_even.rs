//! Where a mean balance changes sign along an axis.
use super::{Points, SweepOutcome};
use crate::tables::Scope;

/// One line of points along an axis, the other axes held, and where the mean balance changes sign on it.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEven {
    /// Scenario.
    pub scenario: usize,
    /// Alternative.
    pub alternative: usize,
    /// Which balance.
    pub scope: Scope,
    /// Axis.
    pub axis: usize,
    /// Points of the line in ascending order of the axis; the other axes are the same in all of them, unless points are a list.
    pub line: Vec<usize>,
    /// All crossings in this order; none when the balance keeps its sign.
    pub crossings: Vec<Crossing>,
}

/// A change of sign between two neighbouring points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Value of the axis at which a straight line between the points is zero.
    pub value: f64,
    /// Whether the balance becomes positive.
    pub rises: bool,
    /// The point with the lower value of the axis.
    pub below: usize,
    /// The point with the higher value.
    pub above: usize,
}

/// Every line along every axis of numbers, for each scenario, compared alternative and balance. Of a list of points only the first axis
/// of numbers is followed.
#[must_use]
pub fn break_evens(sweep: &SweepOutcome) -> Vec<BreakEven> {
    let numeric = (0..sweep.axes.len()).filter(|&axis| sweep.axes[axis].numbers.is_some());
    let followed: Vec<usize> = match sweep.points {
        Points::Grid => numeric.collect(),
        Points::List => numeric.take(1).collect(),
    };
    let lines: Vec<(usize, Vec<usize>)> = followed
        .iter()
        .flat_map(|&axis| lines(sweep, axis).into_iter().map(move |line| (axis, line)))
        .collect();
    let mut found = Vec::new();
    for scenario in 0..sweep.catalogue.scenarios.len() {
        for alternative in sweep.catalogue.compared() {
            for &scope in Scope::of(&sweep.catalogue) {
                for (axis, line) in &lines {
                    found.push(BreakEven {
                        scenario,
                        alternative,
                        scope,
                        axis: *axis,
                        crossings: crossings(sweep, *axis, line, |point| {
                            balance(sweep, point, scenario, alternative, scope)
                        }),
                        line: line.clone(),
                    });
                }
            }
        }
    }
    found
}

/// Mean balance of a case in a point.
fn balance(sweep: &SweepOutcome, point: usize, scenario: usize, alternative: usize, scope: Scope) -> f64 {
    let result = &sweep.results[point].scenarios[scenario].cases[alternative].result;
    match scope {
        Scope::All => result.balance.mean,
        Scope::WithoutSeparate => result.balance_without_separate.mean,
    }
}

/// Lines of points along an axis: in each the other axes are the same; in order of their first point.
fn lines(sweep: &SweepOutcome, axis: usize) -> Vec<Vec<usize>> {
    let others = |point: usize| -> Vec<usize> {
        let places = sweep.places[point].iter().enumerate();
        match sweep.points {
            Points::List => Vec::new(),
            Points::Grid => places
                .filter(|(other, _)| *other != axis)
                .map(|(_, &place)| place)
                .collect(),
        }
    };
    let mut found: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for point in 0..sweep.places.len() {
        let key = others(point);
        match found.iter_mut().find(|(known, _)| *known == key) {
            Some((_, line)) => line.push(point),
            None => found.push((key, vec![point])),
        }
    }
    let number = |point: usize| sweep.number(point, axis).unwrap_or(f64::NAN);
    for (_, line) in &mut found {
        line.sort_by(|&a, &b| number(a).total_cmp(&number(b)));
    }
    found.into_iter().map(|(_, line)| line).collect()
}

/// Changes of sign; a balance of exactly zero is one where it leaves the sign that it had.
fn crossings(sweep: &SweepOutcome, axis: usize, line: &[usize], balance: impl Fn(usize) -> f64) -> Vec<Crossing> {
    let mut found = Vec::new();
    // The last point whose balance was not zero.
    let mut before: Option<usize> = None;
    for &point in line {
        let here = balance(point);
        if here == 0.0 || here.is_nan() {
            continue;
        }
        if let Some(below) = before {
            let there = balance(below);
            if (there < 0.0) != (here < 0.0)
                && let (Some(low), Some(high)) = (sweep.number(below, axis), sweep.number(point, axis))
            {
                found.push(Crossing {
                    value: low + (high - low) * (there / (there - here)),
                    rises: here > 0.0,
                    below,
                    above: point,
                });
            }
        }
        before = Some(point);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{AxisEntry, PointCase, PointOutcome, PointScenario};
    use super::*;
    use crate::appraisal::catalogue::{Catalogue, Entry};
    use crate::outcome::{AlternativeOutcome, Summary};

    /// A sweep whose balance in each point is a function of the numbers of two axes.
    fn swept(points: Points, xs: &[f64], ys: &[f64], balance: impl Fn(f64, f64) -> f64) -> SweepOutcome {
        let places: Vec<Vec<usize>> = match points {
            Points::Grid => (0..xs.len())
                .flat_map(|x| (0..ys.len()).map(move |y| vec![x, y]))
                .collect(),
            Points::List => (0..xs.len()).map(|n| vec![n, n]).collect(),
        };
        let case = |mean: f64| PointCase {
            result: AlternativeOutcome {
                balance: Summary {
                    mean,
                    ..Summary::default()
                },
                ..AlternativeOutcome::default()
            },
            ..PointCase::default()
        };
        let result = |place: &Vec<usize>| PointOutcome {
            scenarios: vec![PointScenario {
                cases: vec![PointCase::default(), case(balance(xs[place[0]], ys[place[1]]))],
                ranking: 1.0,
            }],
        };
        let axis = |name: &str, numbers: &[f64]| AxisEntry {
            name: name.into(),
            texts: numbers.iter().map(ToString::to_string).collect(),
            numbers: Some(numbers.to_vec()),
            ..AxisEntry::default()
        };
        SweepOutcome {
            catalogue: Catalogue {
                scenarios: vec![Entry::default()],
                alternatives: vec![Entry::default(), Entry::default()],
                ..Catalogue::default()
            },
            points,
            axes: vec![axis("x", xs), axis("y", ys)],
            results: places.iter().map(result).collect(),
            conventions: vec![RatioConvention::default(); places.len()],
            places,
            draws: 1,
            seed: 1,
        }
    }

    use crate::finance::RatioConvention;

    #[test]
    fn a_straight_balance_breaks_even_exactly() {
        // x - 3y is zero at x = 3 when y is 1, and at y = x / 3.
        let sweep = swept(Points::Grid, &[0.0, 2.0, 7.0], &[1.0, 2.0], |x, y| x - 3.0 * y);
        let found = break_evens(&sweep);
        let along = |axis: usize| -> Vec<Vec<f64>> {
            let of_axis = found.iter().filter(|one| one.axis == axis);
            of_axis
                .map(|one| one.crossings.iter().map(|crossing| crossing.value).collect())
                .collect()
        };
        assert_eq!(along(0), [vec![3.0], vec![6.0]]);
        // At x = 0 and 2 the balance is negative throughout; at 7 positive throughout.
        assert_eq!(along(1), [vec![], vec![], Vec::<f64>::new()]);
        assert!(found[0].crossings[0].rises);
        assert_eq!((found[0].crossings[0].below, found[0].crossings[0].above), (2, 4));
    }

    #[test]
    fn all_crossings_are_found_whatever_the_order_of_the_values() {
        let sweep = swept(Points::Grid, &[4.0, 0.0, 2.0], &[1.0], |x, _| (x - 1.0) * (x - 3.0));
        let found = &break_evens(&sweep)[0];
        let told: Vec<(f64, bool)> = found.crossings.iter().map(|it| (it.value, it.rises)).collect();
        assert_eq!(told, [(1.5, false), (2.5, true)]);
    }

    #[test]
    fn touching_zero_is_no_crossing_and_passing_through_it_is_one() {
        let touching = swept(Points::Grid, &[0.0, 1.0, 2.0], &[1.0], |x, _| (x - 1.0) * (x - 1.0));
        assert!(break_evens(&touching)[0].crossings.is_empty());
        let passing = swept(Points::Grid, &[0.0, 1.0, 2.0], &[1.0], |x, _| x - 1.0);
        assert_eq!(break_evens(&passing)[0].crossings[0].value, 1.0);
    }

    #[test]
    fn a_list_is_followed_along_its_first_axis() {
        let sweep = swept(Points::List, &[3.0, 1.0], &[5.0, 6.0], |x, _| x - 2.0);
        let found = break_evens(&sweep);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].crossings[0].value, 2.0);
        assert_eq!(found[0].line, [1, 0]);
    }
}
