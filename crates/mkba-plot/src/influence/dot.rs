//! The diagram as text for Graphviz, with the same shapes and colours as far as it has them.
use super::style::{arrow_style, box_style};
use super::{InfluenceDiagram, words};
use crate::language::Language;
use crate::palette::Colour;
use mkba_core::influence::{FileOverview, Influence, Link, NodeKind};
use std::collections::BTreeMap;
use std::fmt::Write;

pub(super) fn write(diagram: &InfluenceDiagram, language: Language) -> String {
    let (model, body) = match diagram {
        InfluenceDiagram::Declarations { influence, .. } => (&influence.model, declarations(influence, language)),
        InfluenceDiagram::Files { model, overview } => (model, files(overview, language)),
    };
    let title = quoted(&words::title(words::label(model, language), language));
    format!(
        "digraph influence {{\n  graph [rankdir=LR, label={title}, labelloc=t, fontname=\"Arial\"];\n  \
         node [fontname=\"Arial\", fontsize=11, style=filled];\n  edge [fontname=\"Arial\", fontsize=9];\n{body}}}\n"
    )
}

fn declarations(influence: &Influence, language: Language) -> String {
    let mut by_file: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, node) in influence.nodes.iter().enumerate() {
        by_file.entry(&node.file).or_default().push(number);
    }
    let mut text = String::new();
    for (cluster, (file, nodes)) in by_file.into_iter().enumerate() {
        push(
            &mut text,
            format_args!("  subgraph cluster_{cluster} {{\n    label={};", quoted(file)),
        );
        for node in nodes.into_iter().map(|number| &influence.nodes[number]) {
            let label = words::label(&node.label, language);
            let label = if label == node.name {
                node.name.clone()
            } else {
                format!("{label}\n{}", node.name)
            };
            let style = box_style(node.kind);
            push(
                &mut text,
                format_args!(
                    "    {} [label={}, {}, fillcolor={}, color={}, tooltip={}];",
                    quoted(&node.id()),
                    quoted(&label),
                    shape(node.kind),
                    colour(style.fill),
                    colour(style.line),
                    quoted(&node.written)
                ),
            );
        }
        push(&mut text, format_args!("  }}"));
    }
    for edge in &influence.edges {
        let style = arrow_style(edge.link);
        let dash = if style.dashed { ", style=dashed" } else { "" };
        let head = match edge.link {
            Link::Bears => ", arrowhead=empty",
            _ => "",
        };
        let ends = [edge.from, edge.to].map(|number| quoted(&influence.nodes[number].id()));
        push(
            &mut text,
            format_args!(
                "  {} -> {} [color={}{dash}{head}];",
                ends[0],
                ends[1],
                colour(style.colour)
            ),
        );
    }
    text
}

fn files(overview: &FileOverview, language: Language) -> String {
    let mut text = String::new();
    for file in &overview.files {
        let counts = file
            .declares
            .iter()
            .map(|&(kind, number)| format!("{number} {}", words::kind(kind, number != 1, language)));
        let label = std::iter::once(file.path.clone())
            .chain(counts)
            .collect::<Vec<_>>()
            .join("\n");
        push(
            &mut text,
            format_args!(
                "  {} [label={}, shape=box, fillcolor=\"#f6f6f6\"];",
                quoted(&file.path),
                quoted(&label)
            ),
        );
    }
    for reference in &overview.references {
        let ends = [reference.from, reference.to].map(|number| quoted(&overview.files[number].path));
        push(
            &mut text,
            format_args!("  {} -> {} [label={}];", ends[0], ends[1], reference.references),
        );
    }
    text
}

fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Parameter => "shape=ellipse",
        NodeKind::Driver => "shape=parallelogram",
        NodeKind::Series => "shape=note",
        NodeKind::Column => "shape=cylinder",
        NodeKind::Lever => "shape=trapezium",
        NodeKind::Measure => "shape=box, penwidth=2",
        NodeKind::Variable => "shape=box, style=\"filled,rounded\"",
        NodeKind::Stock => "shape=box, peripheries=2",
        NodeKind::Gate => "shape=hexagon",
        NodeKind::Limit => "shape=octagon",
        NodeKind::Flow => "shape=cds",
        NodeKind::Party => "shape=ellipse, penwidth=2",
    }
}

fn colour(colour: Colour) -> String {
    format!("\"#{:02x}{:02x}{:02x}\"", colour.0, colour.1, colour.2)
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    text.write_fmt(line).expect("writing to a text cannot fail");
    text.push('\n');
}

/// Text between quotes, with its quotes, backslashes and line ends escaped.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}
