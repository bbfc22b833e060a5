//! A part of the influence: what is near a declaration or a file.
use super::{Influence, Node};
use std::collections::BTreeSet;

/// Nothing has the name that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// Everything that can be asked for: names, `kind.name` and files.
    pub known: Vec<String>,
}

impl Influence {
    /// The nodes meant by a word: a name, a name with its kind (`flow.rent`), or a file of the model (`effects/space.toml`,
    /// or `space.toml`). A name that several kinds use means all of them.
    ///
    /// # Errors
    /// Nothing is called so.
    pub fn find(&self, word: &str) -> Result<Vec<usize>, NotFound> {
        let is_named = |node: &Node| node.name == word || node.id() == word;
        let is_in = |node: &Node| node.file == word || node.file.rsplit('/').next() == Some(word);
        for meant in [&is_named as &dyn Fn(&Node) -> bool, &is_in] {
            let found: Vec<usize> = (0..self.nodes.len())
                .filter(|&number| meant(&self.nodes[number]))
                .collect();
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let known: BTreeSet<String> = self
            .nodes
            .iter()
            .flat_map(|node| [node.name.clone(), node.id(), node.file.clone()])
            .collect();
        Err(NotFound {
            known: known.into_iter().collect(),
        })
    }

    /// What these nodes depend on in at most `depth` steps, and what depends on them, with all references between those.
    #[must_use]
    pub fn around(&self, focus: &[usize], depth: usize) -> Self {
        let mut keep = vec![false; self.nodes.len()];
        for towards_causes in [true, false] {
            let reached = self.reached(focus, depth, towards_causes);
            reached.into_iter().for_each(|number| keep[number] = true);
        }
        self.part(&keep)
    }

    /// These nodes and everything that depends on them, directly or through others.
    #[must_use]
    pub fn consequences(&self, of: &[usize]) -> BTreeSet<usize> {
        self.reached(of, self.nodes.len(), false)
    }

    fn reached(&self, start: &[usize], depth: usize, towards_causes: bool) -> BTreeSet<usize> {
        let mut reached: BTreeSet<usize> = start.iter().copied().collect();
        let mut border = reached.clone();
        for _ in 0..depth {
            let next = self.edges.iter().filter_map(|edge| {
                let (near, far) = if towards_causes {
                    (edge.to, edge.from)
                } else {
                    (edge.from, edge.to)
                };
                (border.contains(&near) && !reached.contains(&far)).then_some(far)
            });
            border = next.collect();
            if border.is_empty() {
                break;
            }
            reached.extend(&border);
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, sample};

    #[test]
    fn a_word_is_a_name_a_name_with_its_kind_or_a_file() {
        let sample = sample();
        assert_eq!(sample.find("price").expect("a name"), [0]);
        assert_eq!(sample.find("upkeep").expect("two kinds"), [1, 5]);
        assert_eq!(sample.find("flow.upkeep").expect("one of them"), [5]);
        assert_eq!(sample.find("space").expect("a name before a file"), [4]);
        assert_eq!(sample.find("space.toml").expect("a file"), [3, 4]);
        let fault = sample.find("prise").expect_err("unknown");
        assert!(fault.known.contains(&"price".to_owned()) && fault.known.contains(&"flow.upkeep".to_owned()));
    }

    #[test]
    fn causes_and_consequences_are_followed_but_not_their_siblings() {
        let sample = sample();
        let around = |word: &str, depth| ids(&sample.around(&sample.find(word).expect("known"), depth));
        assert_eq!(around("price", 0), ["parameter.price"]);
        assert_eq!(around("price", 1), ["parameter.price", "flow.upkeep"]);
        assert_eq!(around("price", 9), ["parameter.price", "flow.upkeep", "party.town"]);
        assert_eq!(around("built", 1), ["lever.programme", "variable.built", "stock.space"]);
        assert_eq!(
            around("town", 2),
            [
                "parameter.price",
                "parameter.upkeep",
                "stock.space",
                "flow.upkeep",
                "party.town"
            ]
        );
    }
}
