//! Ranks: every arrow goes to the right, except those that close a circle; long arrows get slots on their way.
use super::{Arrow, Box, Item, Items, Piece, Spacing};
use std::collections::{BTreeMap, BTreeSet};

/// Height of a slot for passing arrows.
const SLOT: f64 = 5.0;

pub(super) fn items(boxes: &[Box], arrows: &[Arrow], spacing: &Spacing) -> Items {
    let backward = directions(boxes.len(), arrows);
    let oriented: Vec<(usize, usize)> = arrows
        .iter()
        .zip(&backward)
        .map(|(arrow, &back)| {
            if back {
                (arrow.to, arrow.from)
            } else {
                (arrow.from, arrow.to)
            }
        })
        .collect();
    let ranks = ranks(boxes.len(), &oriented);
    let mut items: Vec<Item> = boxes
        .iter()
        .zip(&ranks)
        .map(|(it, &rank)| Item {
            rank,
            group: it.group,
            height: it.height,
            is_box: true,
        })
        .collect();
    // A way is shared by arrows of one manner and direction that begin at the same box.
    let mut slots: BTreeMap<(usize, usize, bool, usize), usize> = BTreeMap::new();
    let mut chains: Vec<Vec<Piece>> = Vec::new();
    for ((arrow, &backward), &(start, end)) in arrows.iter().zip(&backward).zip(&oriented) {
        let mut chain = Vec::new();
        let mut left = start;
        for rank in ranks[start] + 1..=ranks[end] {
            let right = if rank == ranks[end] {
                end
            } else {
                *slots.entry((start, arrow.manner, backward, rank)).or_insert_with(|| {
                    items.push(Item {
                        rank,
                        group: boxes[start].group,
                        height: SLOT,
                        is_box: false,
                    });
                    items.len() - 1
                })
            };
            chain.push(Piece {
                left,
                right,
                manner: arrow.manner,
                backward,
            });
            left = right;
        }
        chains.push(chain);
    }
    let pieces: BTreeSet<Piece> = chains.iter().flatten().copied().collect();
    for (number, item) in items.iter_mut().enumerate().take(boxes.len()) {
        let arriving = pieces.iter().filter(|piece| piece.right == number).count();
        let leaving = pieces.iter().filter(|piece| piece.left == number).count();
        item.height = item.height.max((arriving.max(leaving) as f64 + 0.5) * spacing.port);
    }
    Items {
        ranks: ranks.iter().max().map_or(0, |last| last + 1),
        items,
        pieces: pieces.into_iter().collect(),
        chains,
    }
}

/// Which arrows have to go to the left: taken by falling weight, those that would close a circle.
fn directions(boxes: usize, arrows: &[Arrow]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..arrows.len()).collect();
    order.sort_by_key(|&number| std::cmp::Reverse(arrows[number].weight));
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); boxes];
    let mut backward = vec![false; arrows.len()];
    for number in order {
        let Arrow { from, to, .. } = arrows[number];
        backward[number] = from != to && reaches(&next, to, from);
        if !backward[number] && from != to {
            next[from].push(to);
        }
    }
    backward
}

fn reaches(next: &[Vec<usize>], start: usize, end: usize) -> bool {
    let mut seen = vec![false; next.len()];
    let mut open = vec![start];
    while let Some(here) = open.pop() {
        if here == end {
            return true;
        }
        if !std::mem::replace(&mut seen[here], true) {
            open.extend(&next[here]);
        }
    }
    false
}

/// As far to the left as the arrows allow; then what has more arrows to the right than from the left, as far to the right.
fn ranks(boxes: usize, oriented: &[(usize, usize)]) -> Vec<usize> {
    let oriented: BTreeSet<(usize, usize)> = oriented.iter().copied().filter(|(left, right)| left != right).collect();
    let order = topological(boxes, &oriented);
    let (mut before, mut after) = (vec![Vec::new(); boxes], vec![Vec::new(); boxes]);
    for &(left, right) in &oriented {
        before[right].push(left);
        after[left].push(right);
    }
    let mut ranks = vec![0; boxes];
    for &here in &order {
        ranks[here] = before[here].iter().map(|&left| ranks[left] + 1).max().unwrap_or(0);
    }
    for &here in order.iter().rev() {
        if after[here].len() > before[here].len()
            && let Some(next) = after[here].iter().map(|&right| ranks[right]).min()
        {
            ranks[here] = next - 1;
        }
    }
    ranks
}

/// The boxes in an order in which every arrow goes forward; there is no circle.
fn topological(boxes: usize, oriented: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let mut waits = vec![0; boxes];
    for &(_, right) in oriented {
        waits[right] += 1;
    }
    let mut ready: Vec<usize> = (0..boxes).filter(|&here| waits[here] == 0).collect();
    let mut order = Vec::with_capacity(boxes);
    while let Some(here) = ready.pop() {
        order.push(here);
        for &(_, right) in oriented.range((here, 0)..(here + 1, 0)) {
            waits[right] -= 1;
            if waits[right] == 0 {
                ready.push(right);
            }
        }
    }
    order
}
