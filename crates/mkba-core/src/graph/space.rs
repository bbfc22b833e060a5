//! Index sets: campuses, provinces, and what lies within what (specification section 5).
//!
//! A *set* is a sorted list of indices without any index that another one of the list lies within: {campus, province} is {campus}.
//! Positions inside a set run in row-major order of its indices.
use std::collections::HashMap;

/// Dense number of an index (campus, province).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndexId(pub u16);

/// Dense number of an index set in a [`Space`]. The empty set is [`SetId::NONE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SetId(pub u16);

impl SetId {
    /// The empty set: one national value.
    pub const NONE: Self = Self(0);
}

/// One index: its elements in key order and the coarser indices it lies within.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// Name as declared.
    pub name: String,
    /// Element keys in order of bytes.
    pub elements: Vec<String>,
    /// Coarser index and, per element, the position of its element there.
    pub within: Vec<(IndexId, Vec<u32>)>,
}

/// All indices of a model and the sets that its formulas use.
#[derive(Debug, Clone)]
pub struct Space {
    indices: Vec<Index>,
    sets: Vec<Vec<IndexId>>,
    by_members: HashMap<Vec<IndexId>, SetId>,
}

impl Default for Space {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Space {
    /// A space over these indices. `within` must not run in circles.
    #[must_use]
    pub fn new(indices: Vec<Index>) -> Self {
        Self {
            indices,
            sets: vec![Vec::new()],
            by_members: HashMap::from([(Vec::new(), SetId::NONE)]),
        }
    }

    /// The indices.
    #[must_use]
    pub fn indices(&self) -> &[Index] {
        &self.indices
    }

    /// The index of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<IndexId> {
        self.indices
            .iter()
            .position(|index| index.name == name)
            .map(|n| IndexId(n as u16))
    }

    /// The members of a set.
    #[must_use]
    pub fn members(&self, set: SetId) -> &[IndexId] {
        &self.sets[set.0 as usize]
    }

    /// Number of sets used so far.
    #[must_use]
    pub fn sets(&self) -> usize {
        self.sets.len()
    }

    /// The set of these indices, reduced.
    pub fn set(&mut self, members: &[IndexId]) -> SetId {
        let mut reduced: Vec<IndexId> = members.to_vec();
        reduced.sort_unstable();
        reduced.dedup();
        let all = reduced.clone();
        reduced.retain(|&coarse| {
            !all.iter()
                .any(|&fine| fine != coarse && self.path(fine, coarse).is_some())
        });
        if let Some(&set) = self.by_members.get(&reduced) {
            return set;
        }
        let set = SetId(self.sets.len() as u16);
        self.sets.push(reduced.clone());
        self.by_members.insert(reduced, set);
        set
    }

    /// The reduced union of two sets.
    pub fn union(&mut self, a: SetId, b: SetId) -> SetId {
        if a == b || b == SetId::NONE {
            return a;
        }
        if a == SetId::NONE {
            return b;
        }
        let members: Vec<IndexId> = self.members(a).iter().chain(self.members(b)).copied().collect();
        self.set(&members)
    }

    /// How many elements a set has.
    #[must_use]
    pub fn extent(&self, set: SetId) -> usize {
        self.members(set)
            .iter()
            .map(|&index| self.indices[index.0 as usize].elements.len())
            .product()
    }

    /// The key of each index at a position, for messages and tables: `["delft"]`.
    #[must_use]
    pub fn keys(&self, set: SetId, position: usize) -> Vec<&str> {
        self.coordinates(set, position)
            .into_iter()
            .zip(self.members(set))
            .map(|(at, &index)| self.indices[index.0 as usize].elements[at as usize].as_str())
            .collect()
    }

    /// For each position of `from`, the position in `to`, when every index of `to` is in `from` or holds one of it.
    #[must_use]
    pub fn map(&self, from: SetId, to: SetId) -> Option<Vec<u32>> {
        let paths: Vec<(usize, Vec<u32>)> = self
            .members(to)
            .iter()
            .map(|&coarse| {
                self.members(from)
                    .iter()
                    .enumerate()
                    .find_map(|(n, &fine)| Some((n, self.path(fine, coarse)?)))
            })
            .collect::<Option<_>>()?;
        let positions = (0..self.extent(from)).map(|position| {
            let coordinates = self.coordinates(from, position);
            paths.iter().zip(self.members(to)).fold(0, |at, ((n, path), &coarse)| {
                at * self.indices[coarse.0 as usize].elements.len() as u32 + path[coordinates[*n] as usize]
            })
        });
        Some(positions.collect())
    }

    /// For each position of `result` (= `from` without `index`), the position in `from` at a given element of `index`.
    #[must_use]
    pub fn slice(&self, from: SetId, index: IndexId, element: u32, result: SetId) -> Vec<u32> {
        (0..self.extent(result))
            .map(|position| {
                let coordinates = self.coordinates(result, position);
                let mut rest = self.members(result).iter().zip(coordinates);
                self.members(from).iter().fold(0, |at, &member| {
                    let here = if member == index {
                        element
                    } else {
                        rest.next().map_or(0, |(_, c)| c)
                    };
                    at * self.indices[member.0 as usize].elements.len() as u32 + here
                })
            })
            .collect()
    }

    /// Element positions of `coarse` for each element of `fine`; identity when they are the same; `None` when not within.
    #[must_use]
    pub fn path(&self, fine: IndexId, coarse: IndexId) -> Option<Vec<u32>> {
        if fine == coarse {
            return Some((0..self.indices[fine.0 as usize].elements.len() as u32).collect());
        }
        self.indices[fine.0 as usize].within.iter().find_map(|(parent, up)| {
            let rest = self.path(*parent, coarse)?;
            Some(up.iter().map(|&at| rest[at as usize]).collect())
        })
    }

    fn coordinates(&self, set: SetId, mut position: usize) -> Vec<u32> {
        let members = self.members(set);
        let mut coordinates = vec![0; members.len()];
        for (at, &index) in members.iter().enumerate().rev() {
            let size = self.indices[index.0 as usize].elements.len();
            coordinates[at] = (position % size) as u32;
            position /= size;
        }
        coordinates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space() -> Space {
        let keys = |text: &str| text.split(' ').map(str::to_owned).collect();
        Space::new(vec![
            Index {
                name: "campus".into(),
                elements: keys("a b c"),
                within: vec![(IndexId(1), vec![0, 1, 0])],
            },
            Index {
                name: "province".into(),
                elements: keys("p q"),
                within: vec![],
            },
            Index {
                name: "type".into(),
                elements: keys("x y"),
                within: vec![],
            },
        ])
    }

    #[test]
    fn an_index_within_another_absorbs_it() {
        let mut space = space();
        let campus = space.set(&[IndexId(0)]);
        assert_eq!(space.set(&[IndexId(1), IndexId(0)]), campus);
    }

    #[test]
    fn maps_follow_the_hierarchy() {
        let mut space = space();
        let fine = space.set(&[IndexId(0), IndexId(2)]);
        let coarse = space.set(&[IndexId(1), IndexId(2)]);
        assert_eq!(space.map(fine, coarse).expect("within"), vec![0, 1, 2, 3, 0, 1]);
        assert_eq!(space.map(coarse, fine), None);
        assert_eq!(space.keys(fine, 3), vec!["b", "y"]);
    }

    #[test]
    fn a_slice_fixes_one_element() {
        let mut space = space();
        let both = space.set(&[IndexId(0), IndexId(2)]);
        let kind = space.set(&[IndexId(2)]);
        assert_eq!(space.slice(both, IndexId(0), 2, kind), vec![4, 5]);
    }
}
