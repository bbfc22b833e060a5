//! How often values occur, by their leading bits: quantiles of any number of draws in bounded memory, the same for any
//! division of the work.
//!
//! The key of a value is its sign, exponent and first ten fraction bits, arranged so that keys are ordered as values are.
//! Values with one key differ by less than 2⁻¹⁰ of their size, so the middle of a key is within 2⁻¹¹ of each of them. Counts
//! are whole numbers, so merging is exact in any order. (The idea is that of HDR histograms; the bound here follows from the
//! format of floating-point numbers alone.)
use super::between;

/// Bits of a number that are dropped from its key: 52 fraction bits less the ten that are kept.
const DROPPED: u32 = 42;
/// Keys that share sign and exponent.
const PER_BINADE: usize = 1 << 10;
/// Signs and exponents.
const BINADES: usize = 1 << 12;

/// Keys with their counts, in order of key. A key that does not occur takes no space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    entries: Vec<(u32, u64)>,
}

impl Counts {
    /// Of all values.
    #[must_use]
    pub fn of(values: &[f64]) -> Counts {
        Tally::default().count([values])
    }

    /// Of both together.
    #[must_use]
    pub fn merge(&self, other: &Counts) -> Counts {
        let (mut left, mut right) = (self.entries.as_slice(), other.entries.as_slice());
        let mut entries = Vec::with_capacity(left.len() + right.len());
        while let (Some(&(a, count_a)), Some(&(b, count_b))) = (left.first(), right.first()) {
            entries.push((a.min(b), u64::from(a <= b) * count_a + u64::from(b <= a) * count_b));
            left = &left[usize::from(a <= b)..];
            right = &right[usize::from(b <= a)..];
        }
        entries.extend_from_slice(left);
        entries.extend_from_slice(right);
        // Thousands of counts stay in memory for as long as a run takes.
        entries.shrink_to_fit();
        Counts { entries }
    }

    /// Number of values.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.entries.iter().map(|(_, count)| count).sum()
    }

    /// Share of the values above zero, exactly; NaN of no values.
    #[must_use]
    pub fn share_positive(&self) -> f64 {
        let zero = key(0.0);
        let first = self.entries.partition_point(|&(key, _)| key <= zero);
        let positive: u64 = self.entries[first..].iter().map(|(_, count)| count).sum();
        positive as f64 / self.total() as f64
    }

    /// Quantiles at ascending probabilities, defined as those of [`super::quantiles`], with each order statistic replaced
    /// by the middle of its key, held within `least` and `greatest` (the extremes of the values). So an order statistic is
    /// at most 2⁻¹¹ of its size off. NaN of no values.
    #[must_use]
    pub fn quantiles(&self, least: f64, greatest: f64, probabilities: &[f64]) -> Vec<f64> {
        let Some(last) = self.total().checked_sub(1) else {
            return vec![f64::NAN; probabilities.len()];
        };
        let middle = |entry: usize| middle(self.entries[entry].0).max(least).min(greatest);
        let (mut entry, mut before) = (0, 0);
        let mut found = Vec::with_capacity(probabilities.len());
        for probability in probabilities {
            let position = last as f64 * probability.clamp(0.0, 1.0);
            let place = (position as u64).min(last);
            while before + self.entries[entry].1 <= place {
                before += self.entries[entry].1;
                entry += 1;
            }
            let lower = middle(entry);
            let next_is_here = place < last && before + self.entries[entry].1 > place + 1;
            let upper = if next_is_here || place == last {
                lower
            } else {
                middle(entry + 1)
            };
            found.push(between(lower, upper, position - place as f64));
        }
        found
    }

    /// Keys and counts in order of key.
    pub(crate) fn entries(&self) -> &[(u32, u64)] {
        &self.entries
    }

    /// From [`Counts::entries`]; none if the keys are not in order or a count is zero.
    pub(crate) fn from_entries(entries: Vec<(u32, u64)>) -> Option<Counts> {
        let ordered = entries.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let valid = entries
            .iter()
            .all(|&(key, count)| count > 0 && key < (BINADES * PER_BINADE) as u32);
        (ordered && valid).then_some(Counts { entries })
    }
}

/// Memory for counting, to be used again: a table for each sign and exponent that has occurred.
#[derive(Debug, Default)]
pub struct Tally {
    binades: Vec<Option<Box<[u32]>>>,
}

impl Tally {
    /// Counts the values of all slices, fewer than 2³² together.
    pub fn count<'v>(&mut self, slices: impl IntoIterator<Item = &'v [f64]>) -> Counts {
        self.binades.resize_with(BINADES, || None);
        let mut seen = [false; BINADES];
        for &value in slices.into_iter().flatten() {
            let key = key(value) as usize;
            let (binade, place) = (key / PER_BINADE, key % PER_BINADE);
            seen[binade] = true;
            let table = self.binades[binade].get_or_insert_with(|| vec![0; PER_BINADE].into_boxed_slice());
            table[place] += 1;
        }
        let mut entries = Vec::new();
        for (binade, table) in self.binades.iter_mut().enumerate().filter(|(binade, _)| seen[*binade]) {
            for (place, count) in table.iter_mut().flat_map(|table| table.iter_mut()).enumerate() {
                if *count > 0 {
                    entries.push(((binade * PER_BINADE + place) as u32, u64::from(*count)));
                    *count = 0;
                }
            }
        }
        Counts { entries }
    }
}

/// The key of a value. Both zeros have one.
fn key(value: f64) -> u32 {
    let bits = (value + 0.0).to_bits();
    let ordered = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    (ordered >> DROPPED) as u32
}

/// The number in the middle of those with a key; 0 for the key of zero, which it shares with numbers below 2⁻¹⁰³².
fn middle(key: u32) -> f64 {
    if key == self::key(0.0) {
        return 0.0;
    }
    let ordered = u64::from(key) << DROPPED | 1 << (DROPPED - 1);
    f64::from_bits(if ordered >> 63 == 1 {
        ordered & !(1 << 63)
    } else {
        !ordered
    })
}

#[cfg(test)]
mod tests {
    use super::super::quantiles;
    use super::*;
    use proptest::prelude::*;

    /// The promise: 2⁻¹¹ of the size, for numbers that are not subnormal.
    const BOUND: f64 = 1.0 / 2048.0;

    /// Values of all sizes and both signs, zeros and repeated values among them.
    fn values() -> impl Strategy<Value = Vec<f64>> {
        let one = prop_oneof![
            4 => -1e9..1e9_f64,
            2 => (-300.0..300.0_f64, any::<bool>()).prop_map(|(e, up)| 10_f64.powf(e) * if up { 1.0 } else { -1.0 }),
            1 => Just(0.0),
            1 => Just(-0.0),
            1 => Just(17.5),
        ];
        prop::collection::vec(one, 1..400)
    }

    fn split(values: &[f64], cuts: &[prop::sample::Index]) -> Vec<Vec<f64>> {
        let mut parts = vec![Vec::new(); cuts.len() + 1];
        for (number, value) in values.iter().enumerate() {
            let part = cuts
                .get(number % (cuts.len() + 1))
                .map_or(0, |cut| cut.index(cuts.len() + 1));
            parts[part].push(*value);
        }
        parts
    }

    proptest! {
        #[test]
        fn merging_any_split_in_any_order_gives_the_same_counts(
            values in values(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..9), order in any::<u64>(),
        ) {
            let mut parts: Vec<Counts> = split(&values, &cuts).iter().map(|part| Counts::of(part)).collect();
            let whole = Counts::of(&values);
            prop_assert_eq!(whole.total(), values.len() as u64);
            // Merge neighbours that a number picks, until one is left.
            let mut order = order;
            while parts.len() > 1 {
                let at = (order % (parts.len() as u64 - 1)) as usize;
                order = order.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let right = parts.remove(at + 1);
                parts[at] = right.merge(&parts[at]);
            }
            prop_assert_eq!(&parts[0], &whole);
        }

        #[test]
        fn order_statistics_are_within_the_bound(values in values()) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let (least, greatest) = (sorted[0], sorted[sorted.len() - 1]);
            let last = (sorted.len() - 1).max(1) as f64;
            let probabilities: Vec<f64> = (0..sorted.len()).map(|place| place as f64 / last).collect();
            let found = Counts::of(&values).quantiles(least, greatest, &probabilities);
            for (exact, found) in quantiles(&mut values.clone(), &probabilities).into_iter().zip(&found) {
                // Between two order statistics of opposite sign the bound is of the larger of both.
                let near = sorted.iter().map(|x| x.abs()).fold(0.0, f64::max);
                let size = if (found < &0.0) == (exact < 0.0) { exact.abs() } else { near };
                prop_assert!((found - exact).abs() <= size * BOUND * (1.0 + 1e-9), "{} for {}", found, exact);
            }
        }

        #[test]
        fn every_number_is_near_the_middle_of_its_key_and_keys_keep_the_order(a in any::<f64>(), b in any::<f64>()) {
            prop_assume!(a.is_finite() && b.is_finite());
            if a.is_normal() {
                prop_assert!((middle(key(a)) - a).abs() <= a.abs() * BOUND, "{} for {}", middle(key(a)), a);
            }
            prop_assert_eq!(key(middle(key(a))), key(a));
            if a < b {
                prop_assert!(key(a) <= key(b));
            }
        }
    }

    #[test]
    fn a_tally_can_be_used_again() {
        let mut tally = Tally::default();
        let first = tally.count([&[1.0, 2.0][..], &[2.0]]);
        assert_eq!(
            first.entries().iter().map(|(_, count)| *count).collect::<Vec<_>>(),
            [1, 2]
        );
        assert_eq!(tally.count([&[1.0, 2.0, 2.0][..]]), first);
        assert_eq!(tally.count([]), Counts::default());
    }

    #[test]
    fn values_that_are_all_the_same_keep_all_their_digits() {
        let counts = Counts::of(&[0.1; 7]);
        assert_eq!(counts.quantiles(0.1, 0.1, &[0.0, 0.3, 1.0]), [0.1; 3]);
        assert!(Counts::default().quantiles(0.0, 0.0, &[0.5])[0].is_nan());
    }

    #[test]
    fn the_share_above_zero_is_exact() {
        assert_eq!(Counts::of(&[-1e-300, 0.0, -0.0, 1e-300]).share_positive(), 0.25);
        assert_eq!(Counts::of(&[0.0]).share_positive(), 0.0);
    }

    #[test]
    fn stored_counts_that_are_out_of_order_are_refused() {
        let counts = Counts::of(&[3.0, 1.0, 2.0]);
        assert_eq!(Counts::from_entries(counts.entries().to_vec()), Some(counts.clone()));
        let mut entries = counts.entries().to_vec();
        entries.reverse();
        assert_eq!(Counts::from_entries(entries), None);
        assert_eq!(Counts::from_entries(vec![(5, 0)]), None);
        assert_eq!(Counts::from_entries(vec![(u32::MAX, 1)]), None);
    }
}
