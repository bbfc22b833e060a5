//! The influence between the files of a model: what a large model looks like from afar.
use super::{Influence, Link, NodeKind};
use serde::Serialize;
use std::collections::BTreeMap;

/// A file and what it declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// Path from the folder of the model.
    pub path: String,
    /// Number of declarations of each kind that it has.
    pub declares: Vec<(NodeKind, usize)>,
}

/// How many references there are from the declarations of one file to those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FileReference {
    /// Number of the file that is referred to.
    pub from: usize,
    /// Number of the file that refers.
    pub to: usize,
    /// Pairs of declarations.
    pub references: usize,
}

/// The files of a model with the references between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileOverview {
    /// Files in order of path.
    pub files: Vec<File>,
    /// References between different files, in order.
    pub references: Vec<FileReference>,
}

impl Influence {
    /// Takes the declarations of each file together. Who pays and who gains is left out: nearly every file with flows names
    /// most of the parties.
    #[must_use]
    pub fn by_file(&self) -> FileOverview {
        let mut declares: BTreeMap<&str, BTreeMap<NodeKind, usize>> = BTreeMap::new();
        for node in &self.nodes {
            *declares.entry(&node.file).or_default().entry(node.kind).or_default() += 1;
        }
        let numbers: BTreeMap<&str, usize> = declares.keys().copied().zip(0..).collect();
        let mut references: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for edge in &self.edges {
            let (from, to) = (
                numbers[self.nodes[edge.from].file.as_str()],
                numbers[self.nodes[edge.to].file.as_str()],
            );
            if from != to && matches!(edge.link, Link::SameYear | Link::EarlierYear) {
                *references.entry((from, to)).or_default() += 1;
            }
        }
        FileOverview {
            files: declares
                .into_iter()
                .map(|(path, kinds)| File {
                    path: path.to_owned(),
                    declares: kinds.into_iter().collect(),
                })
                .collect(),
            references: references
                .into_iter()
                .map(|((from, to), references)| FileReference { from, to, references })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::NodeKind;
    use super::super::tests::sample;

    #[test]
    fn declarations_and_references_of_files_are_counted() {
        let overview = sample().by_file();
        let paths: Vec<&str> = overview.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["cost.toml", "model.toml", "space.toml"]);
        assert_eq!(
            overview.files[0].declares,
            [(NodeKind::Parameter, 2), (NodeKind::Flow, 1)]
        );
        let references: Vec<_> = overview
            .references
            .iter()
            .map(|it| (it.from, it.to, it.references))
            .collect();
        assert_eq!(references, [(1, 2, 1), (2, 0, 1)], "none within a file");
    }
}
