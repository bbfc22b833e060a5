//! What a formula can name.
use super::{Declarations, Name};
use std::collections::BTreeSet;

impl Declarations {
    /// Names that formulas can use, the members of gates apart.
    #[must_use]
    pub fn names_in_formulas(&self) -> BTreeSet<&str> {
        fn names<T>(of: &[T], name: fn(&T) -> &Name) -> impl Iterator<Item = &str> {
            of.iter().map(move |it| name(it).value.as_str())
        }
        names(&self.parameters, |it| &it.name)
            .chain(names(&self.drivers, |it| &it.name))
            .chain(names(&self.series, |it| &it.name))
            .chain(names(&self.levers, |it| &it.name))
            .chain(names(&self.variables, |it| &it.name))
            .chain(names(&self.stocks, |it| &it.name))
            .chain(names(&self.gates, |it| &it.name))
            .chain(names(&self.limits, |it| &it.name))
            .chain(
                self.indices
                    .iter()
                    .flat_map(|index| names(&index.columns, |it| &it.name)),
            )
            .collect()
    }
}
