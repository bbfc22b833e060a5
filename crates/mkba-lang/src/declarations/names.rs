//! What a formula can name.
use super::{Declarations, Name, Varied};
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

    /// Measures that this study never switches on: none of its alternatives has them, and no axis puts them in.
    pub(crate) fn idle_measures(&self) -> impl Iterator<Item = &Name> {
        let of_alternatives = self.alternatives.iter().flat_map(|it| &it.measures);
        let mut switched: BTreeSet<&str> = of_alternatives.map(|name| name.value.as_str()).collect();
        switched.extend(
            self.study
                .sweep
                .axes
                .iter()
                .filter_map(|axis| match &axis.varies.value {
                    Varied::Presence { measure, .. } => Some(measure.as_str()),
                    Varied::Key { .. } | Varied::Lever { .. } => None,
                }),
        );
        let names = self.measures.iter().map(|it| &it.name);
        names.filter(move |name| !switched.contains(name.value.as_str()))
    }
}
