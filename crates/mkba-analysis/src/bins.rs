//! Draws in bins of one input: the lowest draws in the first bin, as many in each.
use crate::rank_correlation::order;

/// Fewer draws say too little about single inputs.
pub(crate) const LEAST_DRAWS: usize = 100;

/// Draws, ordered by the value of an input and cut into bins of equal size, give or take one draw.
pub(crate) struct Bins {
    order: Vec<usize>,
    count: usize,
}

impl Bins {
    pub fn new(values: &[f64], count: usize) -> Self {
        Self {
            order: order(values),
            count,
        }
    }

    /// Numbers of the draws of each bin, lowest bin first.
    pub fn iter(&self) -> impl Iterator<Item = &[usize]> {
        let border = |bin: usize| bin * self.order.len() / self.count;
        (0..self.count).map(move |bin| &self.order[border(bin)..border(bin + 1)])
    }

    /// Numbers of the draws in the lowest tenth.
    pub fn lowest_tenth(&self) -> &[usize] {
        &self.order[..self.order.len() / 10]
    }

    /// Numbers of the draws in the highest tenth.
    pub fn highest_tenth(&self) -> &[usize] {
        &self.order[self.order.len() - self.order.len() / 10..]
    }
}

/// Mean of some draws.
pub(crate) fn mean(values: &[f64], draws: &[usize]) -> f64 {
    draws.iter().map(|&draw| values[draw]).sum::<f64>() / draws.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draw_is_in_one_bin_and_bins_are_in_order() {
        let values: Vec<f64> = (0..107).map(|draw| f64::from(draw * 37 % 107)).collect();
        let bins = Bins::new(&values, 10);
        let mut seen = Vec::new();
        let mut before = f64::NEG_INFINITY;
        for bin in bins.iter() {
            assert!(bin.len() == 10 || bin.len() == 11);
            assert!(bin.iter().all(|&draw| values[draw] > before));
            before = bin.iter().map(|&draw| values[draw]).fold(before, f64::max);
            seen.extend_from_slice(bin);
        }
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..107));
        assert_eq!(mean(&values, bins.lowest_tenth()), 4.5);
        assert_eq!(mean(&values, bins.highest_tenth()), 101.5);
    }
}
