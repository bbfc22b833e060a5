//! What influences what in a model, as plain data: declarations and the references between them. How it is drawn is the
//! business of others.
mod overview;
mod selection;

pub use overview::{File, FileOverview, FileReference};
pub use selection::NotFound;

use crate::appraisal::catalogue::Text;
use serde::Serialize;

/// What a declaration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// A number with its source or assumption.
    Parameter,
    /// What the background scenario decides.
    Driver,
    /// A path in time.
    Series,
    /// A column of the file of an index set.
    Column,
    /// What measures can set.
    Lever,
    /// What a party can do.
    Measure,
    /// A computed quantity.
    Variable,
    /// A level that lasts from year to year.
    Stock,
    /// Scarce capacity.
    Gate,
    /// The least of named bounds.
    Limit,
    /// Money per year.
    Flow,
    /// Who pays or gains.
    Party,
}

impl NodeKind {
    /// All kinds, from what is given to what results.
    pub const ALL: [Self; 12] = [
        Self::Parameter,
        Self::Driver,
        Self::Series,
        Self::Column,
        Self::Measure,
        Self::Lever,
        Self::Variable,
        Self::Stock,
        Self::Gate,
        Self::Limit,
        Self::Flow,
        Self::Party,
    ];

    /// The word of the model language; a column of an index file is a `column`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Driver => "driver",
            Self::Series => "series",
            Self::Column => "column",
            Self::Lever => "lever",
            Self::Measure => "measure",
            Self::Variable => "variable",
            Self::Stock => "stock",
            Self::Gate => "gate",
            Self::Limit => "limit",
            Self::Flow => "flow",
            Self::Party => "party",
        }
    }
}

/// Why one node points to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A formula uses the value of the same year, or a value without years; a measure sets a lever.
    SameYear,
    /// A formula uses only earlier years: `opening`, `previous` or `lagged`.
    EarlierYear,
    /// A flow is a loss to a party when its amount is positive.
    Bears,
    /// A flow is a gain to a party when its amount is positive.
    Gains,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Kind.
    pub kind: NodeKind,
    /// Name in the model; with its kind it is unique.
    pub name: String,
    /// Label.
    pub label: Text,
    /// File in which it is declared, from the folder of the model.
    pub file: String,
    /// Its formula or value as written.
    pub written: String,
}

impl Node {
    /// `flow.rent`: a name that says which declaration is meant when several kinds use it.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}.{}", self.kind.word(), self.name)
    }
}

/// A reference between two declarations, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Edge {
    /// What is referred to.
    pub from: usize,
    /// What refers to it.
    pub to: usize,
    /// Why.
    pub link: Link,
}

/// All declarations of a model that have a value or receive one, and the references between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Influence {
    /// Name and label of the model.
    pub model: Text,
    /// Declarations in order of kind and name.
    pub nodes: Vec<Node>,
    /// References in order, each pair once for each way it is linked; never from a node to itself.
    pub edges: Vec<Edge>,
}

impl Influence {
    /// Takes nodes and references in any order: sorts them, and drops what is said twice. Of a pair that is linked in the
    /// same year and by an earlier year, the same year is kept.
    #[must_use]
    pub fn new(model: Text, nodes: Vec<Node>, edges: impl IntoIterator<Item = Edge>) -> Self {
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        order.sort_by(|&a, &b| (nodes[a].kind, &nodes[a].name).cmp(&(nodes[b].kind, &nodes[b].name)));
        let mut place = vec![0; nodes.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let mut edges: Vec<Edge> = edges
            .into_iter()
            .filter(|edge| edge.from != edge.to)
            .map(|edge| Edge {
                from: place[edge.from],
                to: place[edge.to],
                link: edge.link,
            })
            .collect();
        edges.sort_unstable();
        edges.dedup_by(|later, first| {
            let is_same = (later.from, later.to) == (first.from, first.to);
            is_same && (later.link == first.link || later.link == Link::EarlierYear)
        });
        let mut nodes: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
        let nodes = order.iter().filter_map(|&old| nodes[old].take()).collect();
        Self { model, nodes, edges }
    }

    /// The part with these nodes, and the references between them.
    #[must_use]
    pub fn part(&self, keep: &[bool]) -> Self {
        let mut place = vec![None; self.nodes.len()];
        let mut nodes = Vec::new();
        for (number, node) in self.nodes.iter().enumerate() {
            if keep[number] {
                place[number] = Some(nodes.len());
                nodes.push(node.clone());
            }
        }
        let edges = self.edges.iter().filter_map(|edge| {
            Some(Edge {
                from: place[edge.from]?,
                to: place[edge.to]?,
                link: edge.link,
            })
        });
        Self {
            model: self.model.clone(),
            edges: edges.collect(),
            nodes,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small model: a price and a stock give a cost that a party bears; the stock grows from its own past.
    pub(crate) fn sample() -> Influence {
        let node = |kind, name: &str, file: &str| Node {
            kind,
            name: name.into(),
            label: Text::default(),
            file: file.into(),
            written: String::new(),
        };
        let nodes = vec![
            node(NodeKind::Party, "town", "model.toml"),
            node(NodeKind::Flow, "upkeep", "cost.toml"),
            node(NodeKind::Stock, "space", "space.toml"),
            node(NodeKind::Variable, "built", "space.toml"),
            node(NodeKind::Parameter, "price", "cost.toml"),
            node(NodeKind::Parameter, "upkeep", "cost.toml"),
            node(NodeKind::Lever, "programme", "model.toml"),
        ];
        let edge = |from, to, link| Edge { from, to, link };
        Influence::new(
            Text::default(),
            nodes,
            [
                edge(1, 0, Link::Bears),
                edge(2, 1, Link::EarlierYear),
                edge(2, 1, Link::SameYear),
                edge(4, 1, Link::SameYear),
                edge(5, 1, Link::SameYear),
                edge(3, 2, Link::SameYear),
                edge(2, 3, Link::EarlierYear),
                edge(2, 2, Link::EarlierYear),
                edge(6, 3, Link::SameYear),
            ],
        )
    }

    pub(crate) fn ids(influence: &Influence) -> Vec<String> {
        influence.nodes.iter().map(Node::id).collect()
    }

    #[test]
    fn declarations_are_in_order_and_references_are_said_once() {
        let sample = sample();
        assert_eq!(
            ids(&sample),
            [
                "parameter.price",
                "parameter.upkeep",
                "lever.programme",
                "variable.built",
                "stock.space",
                "flow.upkeep",
                "party.town"
            ]
        );
        let between = |from: usize, to: usize| -> Vec<Link> {
            let edges = sample.edges.iter().filter(|edge| (edge.from, edge.to) == (from, to));
            edges.map(|edge| edge.link).collect()
        };
        assert_eq!(
            between(4, 5),
            [Link::SameYear],
            "the same year says more than an earlier one"
        );
        assert_eq!(between(4, 3), [Link::EarlierYear]);
        assert!(between(4, 4).is_empty(), "no reference to itself");
        assert_eq!(sample.edges.len(), 7);
    }
}
