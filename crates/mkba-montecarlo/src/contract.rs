//! The random contract `mkba-random-1`: a uniform number is a pure function of seed, stream name and draw number.
//!
//! - stream: the first 8 bytes of BLAKE3 of the full name in UTF-8, read as a little-endian number of 64 bits;
//! - key of Philox4x32-10: the seed, low word first;
//! - counter: `draw div 2` in words 0 and 1, the stream in words 2 and 3, low words first;
//! - an even draw takes output words 0 and 1, an odd draw words 2 and 3, as a number `w` of 64 bits, low word first;
//! - `u = ((w >> 12) + 1/2) * 2^-52`: never 0 or 1, symmetric about one half, and `1 - u` is exact.
//!
//! It is a public promise with known answers: see `docs/design/random-contract.md`.

use crate::philox::philox4x32_10;

/// Name of the scheme, for the manifest of a run. Another scheme gets another name.
pub const SCHEME: &str = "mkba-random-1";

/// The stream of random numbers that belongs to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stream(u64);

impl Stream {
    /// The stream of a full name, such as `jobs` or `jobs[delft]`.
    #[must_use]
    pub fn of(name: &str) -> Stream {
        let hash = blake3::hash(name.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Stream(u64::from_le_bytes(first))
    }

    /// The number of the stream.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

/// The uniform number of one draw.
#[must_use]
pub fn uniform(seed: u64, stream: Stream, draw: u64) -> f64 {
    let (even, odd) = pair(seed, stream, draw / 2);
    if draw.is_multiple_of(2) { even } else { odd }
}

/// The uniform numbers of the draws from `first_draw` on, one for each place of `out`.
#[inline(always)]
pub fn fill_uniforms(seed: u64, stream: Stream, first_draw: u64, out: &mut [f64]) {
    let starts_odd = first_draw % 2 == 1 && !out.is_empty();
    let (odd, rest) = out.split_at_mut(usize::from(starts_odd));
    if let [place] = odd {
        *place = uniform(seed, stream, first_draw);
    }
    let draw = first_draw.wrapping_add(u64::from(starts_odd));
    let (pairs, last) = rest.as_chunks_mut::<2>();
    let first_pair = draw / 2;
    for (index, places) in (0_u64..).zip(pairs.iter_mut()) {
        let (even, odd) = pair(seed, stream, first_pair.wrapping_add(index));
        *places = [even, odd];
    }
    if let [place] = last {
        *place = uniform(seed, stream, draw.wrapping_add(2 * pairs.len() as u64));
    }
}

/// The uniforms of draws `2 pair` and `2 pair + 1`.
#[inline(always)]
fn pair(seed: u64, stream: Stream, pair: u64) -> (f64, f64) {
    let [pair_low, pair_high] = words(pair);
    let [stream_low, stream_high] = words(stream.0);
    let [a, b, c, d] = philox4x32_10([pair_low, pair_high, stream_low, stream_high], words(seed));
    (unit_interval(a, b), unit_interval(c, d))
}

/// Four words for the keys of a design, apart from all uniforms: the counter is `2^63 + number`, which is `draw div 2` of no
/// draw. `number` is below 2^63.
pub(crate) fn design_words(seed: u64, stream: Stream, number: u64) -> [u32; 4] {
    let [low, high] = words((1 << 63) | number);
    let [stream_low, stream_high] = words(stream.0);
    philox4x32_10([low, high, stream_low, stream_high], words(seed))
}

/// Low and high word.
#[inline(always)]
fn words(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

/// `((w >> 12) + 1/2) 2^-52`, by way of the mantissa of a number in [1, 2): no conversion from integer to float.
#[inline(always)]
fn unit_interval(low: u32, high: u32) -> f64 {
    let word = u64::from(low) | (u64::from(high) << 32);
    unit_of_mantissa(word >> 12)
}

/// 2^-53: a uniform lies this far above a multiple of 2^-52.
pub(crate) const HALF_STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

/// `(mantissa + 1/2) 2^-52` for a whole number of 52 bits.
#[inline(always)]
pub(crate) fn unit_of_mantissa(mantissa: u64) -> f64 {
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    (f64::from_bits(mantissa | ONE) - 1.0) + HALF_STEP
}

#[cfg(test)]
mod tests;
