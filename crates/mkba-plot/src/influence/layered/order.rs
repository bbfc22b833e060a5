//! Order within a rank and height of every item: sweeps to the right and to the left, each item as near to its neighbours as
//! its strip and the items beside it allow.
use super::strip::Strips;
use super::{Items, Piece, Spacing};
use std::collections::BTreeMap;

const SWEEPS: usize = 30;
/// Sweeps at the end in which the order stays and only heights change.
const STRAIGHTENING: usize = 10;
/// How much straighter an arrow should be between two slots than elsewhere.
const STRAIGHT: f64 = 3.0;

/// The height of the centre of each item.
pub(super) fn centres(items: &Items, strips: &Strips, spacing: &Spacing) -> Vec<f64> {
    let mut neighbours = vec![[Vec::new(), Vec::new()]; items.items.len()];
    for &Piece { left, right, .. } in &items.pieces {
        let slots = !items.items[left].is_box && !items.items[right].is_box;
        let weight = if slots { STRAIGHT } else { 1.0 };
        neighbours[left][1].push((right, weight));
        neighbours[right][0].push((left, weight));
    }
    // Items of one rank and strip, from top to bottom.
    let mut columns: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (number, item) in items.items.iter().enumerate() {
        columns.entry((item.rank, item.group)).or_default().push(number);
    }
    let mut centres = vec![0.0; items.items.len()];
    for ((_, group), column) in &columns {
        let middle = (strips.heights[*group].0 + strips.heights[*group].1) / 2.0;
        place(
            items,
            column,
            &vec![middle; column.len()],
            strips.heights[*group],
            spacing,
            &mut centres,
        );
    }
    let mut best = centres.clone();
    let mut least = f64::INFINITY;
    for sweep in 0..SWEEPS {
        let ordering = sweep + STRAIGHTENING < SWEEPS;
        let ranks: Vec<usize> = if sweep % 2 == 0 {
            (0..items.ranks).collect()
        } else {
            (0..items.ranks).rev().collect()
        };
        for rank in ranks {
            for ((_, group), column) in columns.range_mut((rank, 0)..(rank + 1, 0)) {
                let side = sweep % 2;
                let wanted = |item: usize| {
                    let near = &neighbours[item];
                    // While ordering, only the side that was just placed counts, unless there is nothing.
                    let one_side = ordering && !near[side].is_empty();
                    let counted = near[side].iter().chain(near[1 - side].iter().filter(|_| !one_side));
                    let (mut sum, mut weights) = (0.0, 0.0);
                    for &(other, weight) in counted {
                        sum += centres[other] * weight;
                        weights += weight;
                    }
                    if weights > 0.0 { sum / weights } else { centres[item] }
                };
                let mut wishes: Vec<(f64, usize)> = column.iter().map(|&item| (wanted(item), item)).collect();
                if ordering {
                    wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
                    *column = wishes.iter().map(|(_, item)| *item).collect();
                }
                let wishes: Vec<f64> = wishes.into_iter().map(|(wish, _)| wish).collect();
                place(items, column, &wishes, strips.heights[*group], spacing, &mut centres);
            }
        }
        let length: f64 = items
            .pieces
            .iter()
            .map(|piece| (centres[piece.left] - centres[piece.right]).abs())
            .sum();
        if length < least {
            least = length;
            best.clone_from(&centres);
        }
    }
    best
}

/// Places a column in its order, as near to its wishes as its strip and the distances allow: least squares by merging
/// neighbours that want to pass each other (pool adjacent violators; Ayer et al. 1955, Annals of Mathematical Statistics 26,
/// 641-647), then kept within the strip.
fn place(items: &Items, column: &[usize], wishes: &[f64], strip: (f64, f64), spacing: &Spacing, centres: &mut [f64]) {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(column.len());
    for &item in column {
        let half = items.items[item].height / 2.0;
        offsets.push(offset + half);
        offset += 2.0 * half + spacing.between;
    }
    let room = strip.1 - strip.0 - (offset - spacing.between);
    // Blocks that move together: sum of wishes for the place of the column's top, and how many.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let mut block = (wish - offset, 1);
        while let Some(&(sum, count)) = blocks.last()
            && sum / count as f64 >= block.0 / block.1 as f64
        {
            blocks.pop();
            block = (sum + block.0, count + block.1);
        }
        blocks.push(block);
    }
    let mut number = 0;
    for (sum, count) in blocks {
        let top = (sum / count as f64).clamp(strip.0, strip.0 + room.max(0.0));
        for _ in 0..count {
            centres[column[number]] = top + offsets[number];
            number += 1;
        }
    }
}
