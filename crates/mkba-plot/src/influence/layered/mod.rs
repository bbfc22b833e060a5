//! A layered layout of boxes and arrows from left to right, after Sugiyama, Tagawa and Toda (1981), *Methods for visual
//! understanding of hierarchical system structures*, IEEE Transactions on Systems, Man, and Cybernetics 11(2), 109-125:
//! ranks, order within a rank by barycentres, coordinates.
//!
//! Boxes of a group stand together: every group has a strip of its own, and no box or passing arrow of another group enters
//! it. Arrows over several ranks pass through slots of their own, so that no arrow crosses a box. Arrows that leave the same
//! box in the same manner share their way.
mod order;
mod rank;
mod route;
mod strip;

/// A place on the page: right, down.
pub(crate) type Point = (f64, f64);

/// A box that has to get a place.
#[derive(Debug, Clone)]
pub(crate) struct Box {
    pub(crate) width: f64,
    /// Height that its words need; it grows with the arrows that arrive.
    pub(crate) height: f64,
    /// Number of its group.
    pub(crate) group: usize,
}

/// An arrow between two boxes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrow {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Arrows of greater weight determine the direction of a circle.
    pub(crate) weight: usize,
    /// Arrows of one manner that leave the same box share their way.
    pub(crate) manner: usize,
}

/// Distances of the layout.
#[derive(Debug, Clone)]
pub(crate) struct Spacing {
    /// Between boxes of one rank and group.
    pub(crate) between: f64,
    /// Between ranks, at least.
    pub(crate) gap: f64,
    /// Between the arrows that arrive at a box.
    pub(crate) port: f64,
    /// Around the boxes of a group.
    pub(crate) inside: f64,
    /// Between groups.
    pub(crate) outside: f64,
    /// Height and width of the title of each group; an empty list for groups without frame.
    pub(crate) titles: Vec<f64>,
    pub(crate) title_height: f64,
}

/// A frame or a placed box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// Where everything is.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) boxes: Vec<Frame>,
    /// Frame of each group; of groups without boxes nothing.
    pub(crate) groups: Vec<Option<Frame>>,
    /// For each arrow the places through which it passes, from its start to its head: pairs of straight pieces, joined by
    /// curves that begin and end level.
    pub(crate) routes: Vec<Vec<Point>>,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A box or a slot for passing arrows.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) rank: usize,
    pub(crate) group: usize,
    pub(crate) height: f64,
    /// It is a box and no slot.
    pub(crate) is_box: bool,
}

/// A part of an arrow between items of neighbouring ranks. What differs in manner or direction goes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) manner: usize,
    pub(crate) backward: bool,
}

/// Boxes and slots, and the pieces of arrows between items of neighbouring ranks.
#[derive(Debug, Clone)]
pub(crate) struct Items {
    /// The boxes come first, in their order.
    pub(crate) items: Vec<Item>,
    /// In order, without repetitions.
    pub(crate) pieces: Vec<Piece>,
    /// For each arrow its pieces from left to right.
    pub(crate) chains: Vec<Vec<Piece>>,
    pub(crate) ranks: usize,
}

/// Lays out boxes and arrows. An arrow from a box to itself gets an empty route.
pub(crate) fn lay_out(boxes: &[Box], arrows: &[Arrow], spacing: &Spacing) -> Layout {
    let items = rank::items(boxes, arrows, spacing);
    let strips = strip::strips(&items, spacing);
    let centres = order::centres(&items, &strips, spacing);
    route::layout(boxes, &items, &strips, &centres, spacing)
}

impl Layout {
    /// The same layout from top to bottom.
    pub(crate) fn transposed(self) -> Self {
        let turn = |frame: Frame| Frame {
            left: frame.top,
            top: frame.left,
            right: frame.bottom,
            bottom: frame.right,
        };
        Self {
            boxes: self.boxes.into_iter().map(turn).collect(),
            groups: self.groups.into_iter().map(|frame| frame.map(turn)).collect(),
            routes: self
                .routes
                .into_iter()
                .map(|route| route.into_iter().map(|(right, down)| (down, right)).collect())
                .collect(),
            width: self.height,
            height: self.width,
        }
    }
}

#[cfg(test)]
mod tests;
