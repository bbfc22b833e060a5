//! Strips: which heights belong to which group. Groups that have no rank in common may stand at the same height.
use super::{Items, Spacing};

/// The place of the groups.
#[derive(Debug, Clone)]
pub(super) struct Strips {
    /// Top and bottom of what each group may use for its items.
    pub(super) heights: Vec<(f64, f64)>,
    /// First and last rank with a box of the group.
    pub(super) ranks: Vec<Option<(usize, usize)>>,
    pub(super) height: f64,
}

pub(super) fn strips(items: &Items, spacing: &Spacing) -> Strips {
    let groups = items.items.iter().map(|item| item.group + 1).max().unwrap_or(0);
    let mut stacked = vec![vec![0.0; items.ranks]; groups];
    let mut ranks: Vec<Option<(usize, usize)>> = vec![None; groups];
    let mut used: Vec<Option<(usize, usize)>> = vec![None; groups];
    let widen = |range: &mut Option<(usize, usize)>, rank: usize| {
        let (first, last) = range.unwrap_or((rank, rank));
        *range = Some((first.min(rank), last.max(rank)));
    };
    for item in &items.items {
        stacked[item.group][item.rank] += item.height + spacing.between;
        widen(&mut used[item.group], item.rank);
        if item.is_box {
            widen(&mut ranks[item.group], item.rank);
        }
    }
    let framed = !spacing.titles.is_empty();
    let (above, below) = if framed {
        (spacing.title_height + spacing.inside / 2.0, spacing.inside)
    } else {
        (0.0, 0.0)
    };
    let mut skyline = vec![0.0_f64; items.ranks];
    let mut heights = vec![(0.0, 0.0); groups];
    for group in order(items, groups) {
        let Some((first, last)) = used[group] else { continue };
        let top = skyline[first..=last].iter().copied().fold(0.0, f64::max) + above;
        let height = stacked[group].iter().copied().fold(0.0, f64::max) - spacing.between;
        heights[group] = (top, top + height);
        skyline[first..=last].fill(top + height + below + spacing.outside);
    }
    let height = skyline.iter().copied().fold(0.0, f64::max) - spacing.outside;
    Strips { heights, ranks, height }
}

/// Groups from top to bottom so that arrows between groups are short: each group in turn goes where the sum of the distances
/// is least, until nothing improves.
fn order(items: &Items, groups: usize) -> Vec<usize> {
    let mut arrows = vec![vec![0.0; groups]; groups];
    for chain in &items.chains {
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
            continue;
        };
        let (a, b) = (items.items[first.left].group, items.items[last.right].group);
        arrows[a][b] += 1.0;
        arrows[b][a] += 1.0;
    }
    let length = |order: &[usize]| -> f64 {
        let mut sum = 0.0;
        for (upper, &a) in order.iter().enumerate() {
            for (lower, &b) in order.iter().enumerate().skip(upper + 1) {
                sum += arrows[a][b] * (lower - upper) as f64;
            }
        }
        sum
    };
    let mut best: Vec<usize> = (0..groups).collect();
    let mut least = length(&best);
    for _ in 0..groups {
        let before = least;
        for group in 0..groups {
            let rest: Vec<usize> = best.iter().copied().filter(|&other| other != group).collect();
            for place in 0..groups {
                let mut tried = rest.clone();
                tried.insert(place, group);
                let sum = length(&tried);
                if sum < least {
                    (best, least) = (tried, sum);
                }
            }
        }
        if least >= before {
            break;
        }
    }
    best
}
