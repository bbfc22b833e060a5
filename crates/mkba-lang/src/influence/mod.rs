//! What influences what: every reference in the formulas of a model, as plain data.
mod references;

use crate::declarations::{Declarations, Name, Posting, Text};
use crate::source::{Sources, Span};
use crate::syntax::{Expr, ExprKind, ValueExpr, ValueKind};
use mkba_core::appraisal::catalogue;
use mkba_core::influence::{Edge, Influence, Link, Node, NodeKind};
use references::references;
use std::collections::BTreeMap;

/// The influence diagram of a model. Deflators, units, index sets and items without price have no value in a formula and are not
/// part of it.
#[must_use]
pub fn influence(declarations: &Declarations, sources: &Sources) -> Influence {
    let mut builder = Builder {
        declarations,
        sources,
        nodes: Vec::new(),
        places: BTreeMap::new(),
        edges: Vec::new(),
    };
    builder.declare();
    builder.connect();
    Influence::new(text(&declarations.model.label), builder.nodes, builder.edges)
}

struct Builder<'d> {
    declarations: &'d Declarations,
    sources: &'d Sources,
    nodes: Vec<Node>,
    places: BTreeMap<(NodeKind, String), usize>,
    edges: Vec<Edge>,
}

/// Kinds that a name in a formula can mean: they share one namespace.
const IN_FORMULAS: [NodeKind; 9] = [
    NodeKind::Parameter,
    NodeKind::Driver,
    NodeKind::Series,
    NodeKind::Column,
    NodeKind::Lever,
    NodeKind::Variable,
    NodeKind::Stock,
    NodeKind::Gate,
    NodeKind::Limit,
];

impl Builder<'_> {
    fn declare(&mut self) {
        let d = self.declarations;
        for it in &d.parameters {
            let written = self.written(&[it.value.text.span]);
            self.add(NodeKind::Parameter, &it.name, &it.label, written);
        }
        for it in &d.drivers {
            self.add(NodeKind::Driver, &it.name, &it.label, String::new());
        }
        for it in &d.series {
            self.add(NodeKind::Series, &it.name, &it.label, String::new());
        }
        for index in &d.indices {
            for column in &index.columns {
                let label = Text {
                    nl: column.name.value.clone(),
                    en: column.name.value.clone(),
                };
                self.add(NodeKind::Column, &column.name, &label, String::new());
            }
        }
        for it in &d.levers {
            let written = self.written(&[it.default.span]);
            self.add(NodeKind::Lever, &it.name, &it.label, written);
        }
        for it in &d.measures {
            let written = self.settings(&it.set);
            self.add(NodeKind::Measure, &it.name, &it.label, written);
        }
        for it in &d.variables {
            let written = self.written(&[it.formula.span]);
            self.add(NodeKind::Variable, &it.name, &it.label, written);
        }
        for it in &d.stocks {
            let change = |sign: &str, formula: &Option<Expr>| {
                let formula = formula.as_ref().map(|formula| self.written(&[formula.span]));
                formula.map(|formula| format!("{sign} {formula}"))
            };
            let changes = [change("+", &it.adds), change("−", &it.loses)];
            let written = changes.into_iter().flatten().collect::<Vec<_>>().join("\n");
            self.add(NodeKind::Stock, &it.name, &it.label, written);
        }
        for it in &d.gates {
            let substitute = it.substitute.iter().flat_map(|it| [it.share.span, it.cost.span]);
            let spans: Vec<Span> = [it.wanted.span, it.capacity.span]
                .into_iter()
                .chain(substitute)
                .collect();
            let written = self.written(&spans);
            self.add(NodeKind::Gate, &it.name, &it.label, written);
        }
        for it in &d.limits {
            let written = self.settings(&it.least);
            self.add(NodeKind::Limit, &it.name, &it.label, written);
        }
        for it in &d.flows {
            let written = self.written(&[it.formula.span]);
            self.add(NodeKind::Flow, &it.name, &it.label, written);
        }
        for it in &d.parties {
            self.add(NodeKind::Party, &it.name, &it.label, String::new());
        }
    }

    fn connect(&mut self) {
        let d = self.declarations;
        for it in &d.parameters {
            self.column(&it.value.text, (NodeKind::Parameter, &it.name));
        }
        for it in &d.levers {
            self.formula(&it.default, (NodeKind::Lever, &it.name));
        }
        for it in &d.measures {
            let measure = (NodeKind::Measure, &it.name);
            for (lever, formula) in &it.set {
                self.formula(formula, measure);
                self.link(measure, (NodeKind::Lever, lever), Link::SameYear);
            }
            self.formulas(&it.only_if, measure);
        }
        for it in &d.variables {
            self.formula(&it.formula, (NodeKind::Variable, &it.name));
        }
        for it in &d.stocks {
            let formulas = [&it.initial].into_iter().chain(&it.adds).chain(&it.loses);
            self.formulas(formulas, (NodeKind::Stock, &it.name));
        }
        for it in &d.gates {
            let substitute = it.substitute.iter().flat_map(|it| [&it.share, &it.cost]);
            let formulas = [&it.wanted, &it.capacity]
                .into_iter()
                .chain(&it.priority)
                .chain(substitute);
            self.formulas(formulas, (NodeKind::Gate, &it.name));
        }
        for it in &d.limits {
            self.formulas(it.least.iter().map(|(_, bound)| bound), (NodeKind::Limit, &it.name));
        }
        for it in &d.flows {
            let flow = (NodeKind::Flow, &it.name);
            self.formula(&it.formula, flow);
            if let Some(rate) = it.tax_rate() {
                self.formula(rate, flow);
            }
            let first = match it.kind.value {
                crate::declarations::FlowKind::Benefit => Link::Gains,
                _ => Link::Bears,
            };
            self.postings(&it.postings, flow, first);
            self.postings(&it.to, flow, Link::Gains);
            // What is left for a remainder depends on the shares of the others.
            for apportionment in d.apportionments.iter().filter(|of| of.multiplies(&it.name.value)) {
                for (name, share) in &apportionment.shares {
                    let own = apportionment.shares.iter().find(|(own, _)| own.value == it.name.value);
                    let is_remainder = own.is_some_and(|(_, share)| share.is_none());
                    if is_remainder || name.value == it.name.value {
                        self.formulas(share, flow);
                    }
                }
            }
        }
    }

    fn postings(&mut self, postings: &[Posting], flow: (NodeKind, &Name), link: Link) {
        for posting in postings {
            self.formulas(&posting.share, flow);
            self.link(flow, (NodeKind::Party, &posting.party), link);
        }
    }

    fn formulas<'e>(&mut self, formulas: impl IntoIterator<Item = &'e Expr>, user: (NodeKind, &Name)) {
        formulas.into_iter().for_each(|formula| self.formula(formula, user));
    }

    fn formula(&mut self, formula: &Expr, user: (NodeKind, &Name)) {
        let Some(&to) = self.places.get(&(user.0, user.1.value.clone())) else {
            return;
        };
        for reference in references(formula) {
            let found = IN_FORMULAS
                .iter()
                .find_map(|&kind| self.places.get(&(kind, reference.name.to_owned())));
            if let Some(&from) = found {
                let link = if reference.earlier {
                    Link::EarlierYear
                } else {
                    Link::SameYear
                };
                self.edges.push(Edge { from, to, link });
            }
        }
    }

    /// A parameter that is a column of an index file.
    fn column(&mut self, value: &ValueExpr, user: (NodeKind, &Name)) {
        if let ValueKind::Call { function, arguments } = &value.kind
            && function.value == "column"
            && let Some(ExprKind::Name { name, .. }) = arguments.first().map(|argument| &argument.value.kind)
        {
            self.link((NodeKind::Column, name), user, Link::SameYear);
        }
    }

    fn link(&mut self, from: (NodeKind, &Name), to: (NodeKind, &Name), link: Link) {
        let place = |(kind, name): (NodeKind, &Name)| self.places.get(&(kind, name.value.clone())).copied();
        if let (Some(from), Some(to)) = (place(from), place(to)) {
            self.edges.push(Edge { from, to, link });
        }
    }

    fn add(&mut self, kind: NodeKind, name: &Name, label: &Text, written: String) {
        let path = &self.sources.file(name.span.file).path;
        let folder = &self.declarations.model.folder;
        let below = path
            .strip_prefix(folder.as_str())
            .map(|path| path.trim_start_matches('/'));
        self.places
            .entry((kind, name.value.clone()))
            .or_insert(self.nodes.len());
        self.nodes.push(Node {
            kind,
            name: name.value.clone(),
            label: text(label),
            file: below.unwrap_or(path).to_owned(),
            written,
        });
    }

    /// `name = formula`, a line each.
    fn settings(&self, settings: &[(Name, Expr)]) -> String {
        let lines = settings
            .iter()
            .map(|(name, formula)| format!("{} = {}", name.value, self.written(&[formula.span])));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Text as it stands in the files, on one line each.
    fn written(&self, spans: &[Span]) -> String {
        let lines = spans.iter().map(|&span| {
            let file = self.sources.file(span.file);
            file.text[file.range(span)]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn text(text: &Text) -> catalogue::Text {
    catalogue::Text {
        nl: text.nl.clone(),
        en: text.en.clone(),
    }
}

#[cfg(test)]
mod tests;
