//! The uniform distribution; a truncated one is another uniform distribution.

use super::Block;

#[derive(Debug, Clone, Copy)]
pub(super) struct Uniform {
    low: f64,
    range: f64,
}

impl Uniform {
    pub(super) fn new(low: f64, high: f64) -> Uniform {
        Uniform { low, range: high - low }
    }

    /// `low + (high - low) u`.
    #[inline(always)]
    pub(super) fn apply(&self, lanes: &mut Block) {
        let Uniform { low, range } = *self;
        for lane in lanes {
            *lane = low + range * *lane;
        }
    }
}
