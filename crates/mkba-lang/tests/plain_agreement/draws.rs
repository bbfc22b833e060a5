//! Values of uncertain inputs inside their support, from a small generator of our own: any value will do, it need not follow the distribution.
use mkba_core::input::{Distribution, Input};

/// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): enough to pick test values.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, without the ends.
    pub fn uniform(&mut self) -> f64 {
        ((self.next() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }
}

/// A value of an input, in base units.
pub fn value(input: &Input, random: &mut Random) -> f64 {
    let (base, ..) = input.distribution.uncut();
    if let Distribution::Discrete { values, .. } | Distribution::Empirical { values } = base {
        return values[random.below(values.len())] * input.factor;
    }
    let (low, high) = input.distribution.support();
    let centre = input.distribution.central().unwrap_or(1.0);
    let spread = centre.abs().max(1e-3);
    let low = if low.is_finite() { low } else { centre - spread };
    let high = if high.is_finite() { high } else { centre + spread };
    (low + (high - low) * random.uniform()) * input.factor
}
