//! Other studies in the folder of a study: which measures of the same model they take.
use super::reader::Reader;
use super::tree::{self, Node, NodeKind};
use crate::diagnostic::Diagnostics;
use crate::project::{normalise, parent};
use crate::source::FileId;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// Measures in alternatives of the other studies in the same folder that are of the same model. Files that are no study, or have
    /// faults of their own, are passed over: they are not part of the study that is read.
    pub(super) fn measures_of_siblings(&self, study_path: &str, model: &str) -> BTreeSet<String> {
        let folder = parent(study_path);
        if folder.is_empty() {
            // The whole project lies below, runs and all.
            return BTreeSet::new();
        }
        let mut found = BTreeSet::new();
        for path in self.loader.glance_below(folder) {
            if parent(&path) != folder || !path.ends_with(".toml") || path == study_path {
                continue;
            }
            let text = self.loader.glance(&path).unwrap_or_default();
            if let Some(sibling) = tree::parse(FileId(0), &text, &mut Diagnostics::default())
                && of_model(&sibling).map(normalise) == Some(normalise(model))
            {
                found.extend(measures(&sibling));
            }
        }
        found
    }
}

fn of_model(study: &Node) -> Option<&str> {
    study.get("study")?.get("model")?.text()
}

fn measures(study: &Node) -> impl Iterator<Item = String> {
    let alternatives = study.get("alternative").and_then(Node::table).unwrap_or_default();
    let lists = alternatives
        .iter()
        .filter_map(|(_, alternative)| match &alternative.get("measures")?.kind {
            NodeKind::List(names) => Some(names),
            _ => None,
        });
    lists.flatten().filter_map(Node::text).map(str::to_owned)
}
