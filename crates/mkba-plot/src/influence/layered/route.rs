//! Places across: columns, frames, and the ways of the arrows with a port of its own for each that arrives.
use super::strip::Strips;
use super::{Box, Frame, Items, Layout, Piece, Point, Spacing};

/// A gap grows with the arrows that pass it, up to this many times its least width.
const WIDEST_GAP: f64 = 2.5;

pub(super) fn layout(boxes: &[Box], items: &Items, strips: &Strips, centres: &[f64], spacing: &Spacing) -> Layout {
    let columns = columns(boxes, items, strips, spacing);
    let frames: Vec<Frame> = boxes
        .iter()
        .enumerate()
        .map(|(number, it)| {
            let (left, right) = columns[items.items[number].rank];
            let middle = (left + right) / 2.0;
            let half = items.items[number].height / 2.0;
            Frame {
                left: middle - it.width / 2.0,
                top: centres[number] - half,
                right: middle + it.width / 2.0,
                bottom: centres[number] + half,
            }
        })
        .collect();
    let framed = !spacing.titles.is_empty();
    let groups: Vec<Option<Frame>> = strips
        .ranks
        .iter()
        .zip(&strips.heights)
        .map(|(ranks, heights)| {
            let (first, last) = ranks.filter(|_| framed)?;
            Some(Frame {
                left: columns[first].0 - spacing.inside,
                top: heights.0 - spacing.title_height - spacing.inside / 2.0,
                right: columns[last].1 + spacing.inside,
                bottom: heights.1 + spacing.inside,
            })
        })
        .collect();
    let ports = ports(items, centres, spacing);
    let routes = items
        .chains
        .iter()
        .map(|chain| way(chain, items, &frames, &columns, &ports))
        .collect();
    let margin = if framed { spacing.inside } else { 0.0 };
    Layout {
        width: columns.last().map_or(0.0, |column| column.1) + margin,
        height: strips.height,
        boxes: frames,
        groups,
        routes,
    }
}

/// Left and right of each rank.
fn columns(boxes: &[Box], items: &Items, strips: &Strips, spacing: &Spacing) -> Vec<(f64, f64)> {
    let mut widths = vec![0.0_f64; items.ranks];
    for (it, item) in boxes.iter().zip(&items.items) {
        widths[item.rank] = widths[item.rank].max(it.width);
    }
    let mut passing = vec![0.0_f64; items.ranks];
    for piece in &items.pieces {
        passing[items.items[piece.left].rank] += 1.0;
    }
    let gap = |rank: usize| (spacing.gap + 2.0 * passing[rank]).min(spacing.gap * WIDEST_GAP);
    // A frame is at least as wide as its title.
    for (title, ranks) in spacing.titles.iter().zip(&strips.ranks) {
        if let Some((first, last)) = *ranks {
            let within: f64 = (first..last).map(|rank| widths[rank] + gap(rank)).sum();
            widths[last] = widths[last].max(title - within);
        }
    }
    let mut right = if spacing.titles.is_empty() { 0.0 } else { spacing.inside };
    let mut columns = Vec::with_capacity(items.ranks);
    for (rank, width) in widths.iter().enumerate() {
        columns.push((right, right + width));
        right += width + gap(rank);
    }
    columns
}

/// Heights at which each piece leaves its left item and arrives at its right one, in the order of the pieces.
fn ports(items: &Items, centres: &[f64], spacing: &Spacing) -> Vec<(f64, f64)> {
    let pieces = &items.pieces;
    let mut ports: Vec<(f64, f64)> = pieces
        .iter()
        .map(|piece| (centres[piece.left], centres[piece.right]))
        .collect();
    let spread = |place: usize, count: usize| (place as f64 - (count as f64 - 1.0) / 2.0) * spacing.port;
    for number in (0..items.items.len()).filter(|&number| items.items[number].is_box) {
        let mut arriving: Vec<usize> = (0..pieces.len())
            .filter(|&piece| pieces[piece].right == number)
            .collect();
        arriving.sort_by(|&a, &b| centres[pieces[a].left].total_cmp(&centres[pieces[b].left]));
        for (place, &piece) in arriving.iter().enumerate() {
            ports[piece].1 += spread(place, arriving.len());
        }
        // At the right side there are heads only of arrows to the left; without one all may leave from one place.
        let mut leaving: Vec<usize> = (0..pieces.len())
            .filter(|&piece| pieces[piece].left == number)
            .collect();
        if leaving.iter().any(|&piece| pieces[piece].backward) {
            leaving.sort_by(|&a, &b| centres[pieces[a].right].total_cmp(&centres[pieces[b].right]));
            for (place, &piece) in leaving.iter().enumerate() {
                ports[piece].0 += spread(place, leaving.len());
            }
        }
    }
    ports
}

/// From the tail to the head of an arrow, level through every column.
fn way(chain: &[Piece], items: &Items, frames: &[Frame], columns: &[(f64, f64)], ports: &[(f64, f64)]) -> Vec<Point> {
    let mut route = Vec::new();
    for piece in chain {
        let number = items
            .pieces
            .binary_search(piece)
            .expect("every piece of an arrow is listed");
        let (start, end) = ports[number];
        let Piece { left, right, .. } = *piece;
        if items.items[left].is_box {
            route.push((frames[left].right, start));
        }
        route.push((columns[items.items[left].rank].1, start));
        route.push((columns[items.items[right].rank].0, end));
        if items.items[right].is_box {
            route.push((frames[right].left, end));
        }
    }
    if chain.iter().any(|piece| piece.backward) {
        route.reverse();
    }
    route
}
