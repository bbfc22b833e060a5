//! Where in the index sets a value is looked at: one element of some indices, and of every index they lie within.
use mkba_core::graph::space::{Index, IndexId, SetId, Space};

/// An element of some indices; `None` for an index that plays no part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place(Vec<Option<u32>>);

/// The index sets of a model.
pub struct Places<'s> {
    space: &'s Space,
}

impl<'s> Places<'s> {
    pub fn new(space: &'s Space) -> Self {
        Self { space }
    }

    fn index(&self, index: IndexId) -> &'s Index {
        &self.space.indices()[usize::from(index.0)]
    }

    /// No element of any index: the nation.
    pub fn nation(&self) -> Place {
        Place(vec![None; self.space.indices().len()])
    }

    /// The same place with an element of one index, and of all indices that element lies within.
    pub fn within(&self, place: &Place, index: IndexId, element: u32) -> Place {
        let mut found = place.clone();
        self.put(&mut found, index, element);
        found
    }

    fn put(&self, place: &mut Place, index: IndexId, element: u32) {
        place.0[usize::from(index.0)] = Some(element);
        for (coarser, up) in &self.index(index).within {
            self.put(place, *coarser, up[element as usize]);
        }
    }

    /// The element of an index at a place.
    pub fn element(&self, place: &Place, index: IndexId) -> Option<u32> {
        place.0[usize::from(index.0)]
    }

    /// The place with nothing but the elements of a set and what they lie within.
    pub fn only(&self, place: &Place, set: SetId) -> Place {
        let mut found = self.nation();
        for &index in self.space.members(set) {
            if let Some(element) = self.element(place, index) {
                self.put(&mut found, index, element);
            }
        }
        found
    }

    /// All elements of an index, in order of key.
    pub fn elements(&self, index: IndexId) -> std::ops::Range<u32> {
        0..u32::try_from(self.index(index).elements.len()).unwrap_or(u32::MAX)
    }

    /// All places of a set, the last index running fastest.
    pub fn all(&self, set: SetId) -> Vec<Place> {
        let mut places = vec![self.nation()];
        for &index in self.space.members(set) {
            let finer = places
                .iter()
                .flat_map(|place| self.elements(index).map(|element| self.within(place, index, element)));
            places = finer.collect();
        }
        places
    }

    /// The number of a place in [`Places::all`] of a set; `None` when an index of the set plays no part here.
    pub fn position(&self, place: &Place, set: SetId) -> Option<usize> {
        self.space.members(set).iter().try_fold(0, |at, &index| {
            let element = self.element(place, index)? as usize;
            Some(at * self.index(index).elements.len() + element)
        })
    }

    /// The number of places of a set.
    pub fn count(&self, set: SetId) -> usize {
        self.space.extent(set)
    }

    /// Whether an index is a set's, or holds an index of the set, so that values over it may be used over the set.
    pub fn lies_within(&self, fine: IndexId, coarse: IndexId) -> bool {
        fine == coarse
            || self
                .index(fine)
                .within
                .iter()
                .any(|(parent, _)| self.lies_within(*parent, coarse))
    }

    /// Indices of a set.
    pub fn members(&self, set: SetId) -> &'s [IndexId] {
        self.space.members(set)
    }

    /// Whether two places agree on every index of a set.
    pub fn agree(&self, a: &Place, b: &Place, set: SetId) -> bool {
        self.members(set)
            .iter()
            .all(|&index| self.element(a, index) == self.element(b, index))
    }

    /// Keys at a place of a set, joined by commas, as in the name of an input.
    pub fn keys(&self, place: &Place, set: SetId) -> String {
        let key = |index: IndexId| {
            self.element(place, index)
                .map_or("", |at| &self.index(index).elements[at as usize])
        };
        self.members(set)
            .iter()
            .map(|&index| key(index))
            .collect::<Vec<_>>()
            .join(",")
    }
}
