//! Direction numbers of the Sobol sequence (Joe and Kuo 2008; the table is `data/joe-kuo-6.txt`).

use super::dimensions::MOST_DIMENSIONS;

/// Bits of a point, and so of its number.
pub(super) const BITS: usize = 52;

const TABLE: &str = include_str!("../../data/joe-kuo-6.txt");

/// Direction numbers of a dimension, counted from 1, as whole numbers of 52 bits: the first belongs to the last bit of the
/// number of a point. None beyond the table.
///
/// The recurrence of Bratley and Fox (1988, ACM Transactions on Mathematical Software 14(1), 88-100).
pub(super) fn directions(dimension: usize) -> Option<[u64; BITS]> {
    if !(1..=MOST_DIMENSIONS).contains(&dimension) {
        return None;
    }
    if dimension == 1 {
        return Some(std::array::from_fn(|k| 1 << (BITS - 1 - k)));
    }
    let mut numbers = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .nth(dimension - 2)?
        .split(' ')
        .map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    let (_, degree, inner) = (next()?, next()? as usize, next()?);
    let mut v = [0_u64; BITS];
    for k in 0..BITS {
        v[k] = if k < degree {
            next()? << (BITS - 1 - k)
        } else {
            let outer = v[k - degree] ^ (v[k - degree] >> degree);
            (1..degree)
                .filter(|j| (inner >> (degree - 1 - j)) & 1 == 1)
                .fold(outer, |sum, j| sum ^ v[k - j])
        };
    }
    Some(v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_dimension_once_and_its_numbers_are_odd_and_small() {
        let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), MOST_DIMENSIONS - 1);
        for (dimension, line) in (2..).zip(lines) {
            let numbers: Vec<u64> = line.split(' ').map(|word| word.parse().expect("a number")).collect();
            let [number, degree, inner, m @ ..] = numbers.as_slice() else {
                panic!("{line}")
            };
            assert_eq!((*number, *degree), (dimension, m.len() as u64), "{line}");
            assert!(*inner < 1 << (degree - 1).max(1), "{line}");
            assert!((1..).zip(m).all(|(k, m)| m % 2 == 1 && *m < 1 << k), "{line}");
        }
        assert!(directions(MOST_DIMENSIONS).is_some());
        assert!(directions(0).is_none() && directions(MOST_DIMENSIONS + 1).is_none());
    }
}
