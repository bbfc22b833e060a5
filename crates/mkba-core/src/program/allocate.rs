//! Rows of memory for arrays, and registers within a phase.
use std::collections::BTreeMap;

/// Gives out stretches of rows and takes them back.
#[derive(Debug, Default)]
pub(super) struct Rows {
    next: u32,
    free: BTreeMap<u32, Vec<u32>>,
}

impl Rows {
    /// A stretch that is never given back.
    pub fn keep(&mut self, extent: u32) -> u32 {
        let base = self.next;
        self.next += extent;
        base
    }
    /// A stretch that may have been used before.
    pub fn lend(&mut self, extent: u32) -> u32 {
        match self.free.get_mut(&extent).and_then(Vec::pop) {
            Some(base) => base,
            None => self.keep(extent),
        }
    }
    /// Takes a stretch back.
    pub fn give_back(&mut self, base: u32, extent: u32) {
        self.free.entry(extent).or_default().push(base);
    }
    /// Rows given out so far.
    pub fn count(&self) -> u32 {
        self.next
    }
}

/// Registers for values that live only within a phase, by linear scan: `uses` holds for each step the values read and the value made.
/// Returns the register of each value and how many there are.
pub(crate) fn registers(uses: &[(Vec<u32>, Option<u32>)], values: usize) -> (Vec<u16>, u16) {
    let mut last = vec![0; values];
    for (step, (read, _)) in uses.iter().enumerate() {
        for &value in read {
            last[value as usize] = step;
        }
    }
    let mut register = vec![u16::MAX; values];
    let mut free: Vec<u16> = Vec::new();
    let mut count = 0;
    for (step, (read, made)) in uses.iter().enumerate() {
        for (at, &value) in read.iter().enumerate() {
            if last[value as usize] == step && !read[..at].contains(&value) {
                free.push(register[value as usize]);
            }
        }
        if let Some(value) = made {
            register[*value as usize] = free.pop().unwrap_or_else(|| {
                count += 1;
                count - 1
            });
            if last[*value as usize] <= step {
                free.push(register[*value as usize]);
            }
        }
    }
    (register, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_is_free_again_after_its_last_use() {
        let uses = [
            (vec![], Some(0)),
            (vec![], Some(1)),
            (vec![0, 1], Some(2)),
            (vec![2, 2], Some(3)),
            (vec![3], None),
        ];
        let (register, count) = registers(&uses, 4);
        assert_eq!(count, 2);
        assert_eq!(register[2], register[3]);
    }

    #[test]
    fn rows_given_back_are_lent_again() {
        let mut rows = Rows::default();
        let first = rows.lend(35);
        rows.give_back(first, 35);
        assert_eq!(rows.lend(35), first);
        assert_ne!(rows.lend(35), first);
        assert_eq!(rows.count(), 70);
    }
}
