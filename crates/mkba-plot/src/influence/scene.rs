//! From what is shown to boxes with words, arrows and groups, before anything has a place.
use super::style::{ArrowStyle, BoxStyle, FILE, INSET, arrow_style, box_style};
use super::{InfluenceDiagram, layered, words};
use crate::error::PlotError;
use crate::font;
use crate::language::Language;
use crate::palette::MUTED;
use mkba_core::influence::{FileOverview, Influence, Link, Node, NodeKind};
use std::collections::BTreeMap;

pub(super) const LABEL: f64 = 12.0;
pub(super) const NAME: f64 = 10.0;
/// From one line of words to the next, in units per em.
pub(super) const LEADING: f64 = 1.25;
/// Words are broken into lines of about this width.
const LINE_WIDTH: f64 = 148.0;
/// A viewer without the font of the drawing takes another one, whose letters may be this much wider.
pub(super) const OTHER_FONT: f64 = 1.14;
/// Above and below the words of a box.
pub(super) const PADDING: f64 = 7.0;

/// A line of words in a box.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) words: String,
    pub(super) size: f64,
    pub(super) bold: bool,
}

/// A box with its words.
#[derive(Debug, Clone)]
pub(super) struct SceneBox {
    pub(super) style: BoxStyle,
    pub(super) lines: Vec<Line>,
    /// What is shown when it is pointed at.
    pub(super) tip: String,
    pub(super) emphasised: bool,
    pub(super) group: usize,
}

/// An arrow.
#[derive(Debug, Clone)]
pub(super) struct SceneArrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) style: ArrowStyle,
    pub(super) tip: String,
    /// A number at its head.
    pub(super) count: Option<usize>,
    pub(super) weight: usize,
    pub(super) manner: usize,
}

/// Everything that is drawn.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) boxes: Vec<SceneBox>,
    pub(super) arrows: Vec<SceneArrow>,
    /// Arrows go down and not to the right.
    pub(super) downward: bool,
    /// Titles of the groups; empty when boxes are not grouped.
    pub(super) groups: Vec<String>,
    /// What is explained below the diagram.
    pub(super) box_legend: Vec<(BoxStyle, String)>,
    pub(super) arrow_legend: Vec<(ArrowStyle, String)>,
}

pub(super) fn scene(diagram: &InfluenceDiagram, language: Language) -> Result<Scene, PlotError> {
    match diagram {
        InfluenceDiagram::Declarations {
            influence,
            focus,
            total,
        } => declarations(influence, focus.as_ref(), *total, language),
        InfluenceDiagram::Files { model, overview } => files(words::label(model, language), overview, language),
    }
}

fn declarations(
    influence: &Influence,
    focus: Option<&(String, usize)>,
    total: usize,
    language: Language,
) -> Result<Scene, PlotError> {
    let is_meant = |node: &Node| focus.is_some_and(|(word, _)| node.name == *word || node.id() == *word);
    let mut groups: Vec<String> = influence.nodes.iter().map(|node| node.file.clone()).collect();
    groups.sort_unstable();
    groups.dedup();
    let mut boxes = Vec::new();
    for node in &influence.nodes {
        boxes.push(SceneBox {
            style: box_style(node.kind),
            lines: lines(node, language)?,
            tip: tip(node, language),
            emphasised: is_meant(node),
            group: groups.binary_search(&node.file).expect("every file is a group"),
        });
    }
    let arrows = influence.edges.iter().map(|edge| SceneArrow {
        from: edge.from,
        to: edge.to,
        style: arrow_style(edge.link),
        tip: format!(
            "{} → {} ({})",
            influence.nodes[edge.from].id(),
            influence.nodes[edge.to].id(),
            words::link(edge.link, language)
        ),
        count: None,
        weight: usize::from(edge.link != Link::EarlierYear),
        manner: edge.link as usize,
    });
    let kinds = NodeKind::ALL
        .into_iter()
        .filter(|kind| influence.nodes.iter().any(|node| node.kind == *kind));
    let links = [Link::SameYear, Link::EarlierYear, Link::Bears, Link::Gains];
    let links = links
        .into_iter()
        .filter(|link| influence.edges.iter().any(|edge| edge.link == *link));
    Ok(Scene {
        title: words::title(words::label(&influence.model, language), language),
        subtitle: words::shown(focus, influence.nodes.len(), total, language),
        boxes,
        arrows: arrows.collect(),
        downward: false,
        groups,
        box_legend: kinds
            .map(|kind| (box_style(kind), words::kind(kind, false, language).to_owned()))
            .collect(),
        arrow_legend: links
            .map(|link| (arrow_style(link), words::link(link, language).to_owned()))
            .collect(),
    })
}

/// The label for readers, and below it the name that formulas use.
fn lines(node: &Node, language: Language) -> Result<Vec<Line>, PlotError> {
    let label = words::label(&node.label, language);
    let mut lines = Vec::new();
    if label != node.name {
        for words in font::wrap(label, LINE_WIDTH, LABEL, false)? {
            lines.push(Line {
                words,
                size: LABEL,
                bold: false,
            });
        }
    }
    lines.push(Line {
        words: node.name.clone(),
        size: if lines.is_empty() { LABEL } else { NAME },
        bold: false,
    });
    Ok(lines)
}

fn tip(node: &Node, language: Language) -> String {
    let kind = words::kind(node.kind, false, language);
    let mut tip = format!("{kind} {}: {}", node.name, words::label(&node.label, language));
    if !node.written.is_empty() {
        tip.push('\n');
        tip.push_str(&node.written);
    }
    tip
}

fn files(model: &str, overview: &FileOverview, language: Language) -> Result<Scene, PlotError> {
    let mut boxes = Vec::new();
    for file in &overview.files {
        let counts = file
            .declares
            .iter()
            .map(|&(kind, number)| format!("{number} {}", words::kind(kind, number != 1, language)));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let mut lines = Vec::new();
        for words in font::wrap(&file.path, LINE_WIDTH, LABEL, true)? {
            lines.push(Line {
                words,
                size: LABEL,
                bold: true,
            });
        }
        for words in font::wrap(&counts, LINE_WIDTH, NAME, false)? {
            lines.push(Line {
                words,
                size: NAME,
                bold: false,
            });
        }
        boxes.push(SceneBox {
            style: FILE,
            lines,
            tip: format!("{}: {counts}", file.path),
            emphasised: false,
            group: 0,
        });
    }
    let arrows = overview.references.iter().map(|reference| SceneArrow {
        from: reference.from,
        to: reference.to,
        style: arrow_style(Link::SameYear),
        tip: format!(
            "{} → {}: {}",
            overview.files[reference.from].path, overview.files[reference.to].path, reference.references
        ),
        count: Some(reference.references),
        weight: reference.references,
        manner: 0,
    });
    let declarations: BTreeMap<NodeKind, usize> = overview.files.iter().flat_map(|file| file.declares.clone()).fold(
        BTreeMap::new(),
        |mut sums, (kind, number)| {
            *sums.entry(kind).or_default() += number;
            sums
        },
    );
    let references = ArrowStyle {
        colour: MUTED,
        dashed: false,
        hollow: false,
    };
    Ok(Scene {
        title: words::title(model, language),
        subtitle: words::files(overview.files.len(), declarations.values().sum(), language),
        boxes,
        arrows: arrows.collect(),
        downward: true,
        groups: Vec::new(),
        box_legend: Vec::new(),
        arrow_legend: vec![(references, words::file_reference(language).to_owned())],
    })
}

impl Scene {
    /// Places of everything.
    pub(super) fn lay_out(&self) -> Result<layered::Layout, PlotError> {
        let mut width = 0.0_f64;
        for line in self.boxes.iter().flat_map(|it| &it.lines) {
            width = width.max(font::text_width(&line.words, line.size, line.bold)?);
        }
        // One width for all: columns then are columns.
        let width = (width * OTHER_FONT + 2.0 * (INSET + 2.0)).ceil();
        let boxes: Vec<layered::Box> = self
            .boxes
            .iter()
            .map(|it| {
                let height = (words_height(&it.lines) + 2.0 * PADDING).ceil();
                let (width, height) = if self.downward {
                    (height, width)
                } else {
                    (width, height)
                };
                layered::Box {
                    width,
                    height,
                    group: it.group,
                }
            })
            .collect();
        let arrows: Vec<layered::Arrow> = self
            .arrows
            .iter()
            .map(|arrow| layered::Arrow {
                from: arrow.from,
                to: arrow.to,
                weight: arrow.weight,
                manner: arrow.manner,
            })
            .collect();
        let mut titles = Vec::new();
        for title in &self.groups {
            titles.push(font::text_width(title, LABEL, true)? * OTHER_FONT + 20.0);
        }
        let counted = self.arrows.iter().any(|arrow| arrow.count.is_some());
        let spacing = layered::Spacing {
            between: if counted { 24.0 } else { 12.0 },
            gap: if counted { 66.0 } else { 58.0 },
            port: if counted { 22.0 } else { 8.0 },
            inside: 12.0,
            outside: 14.0,
            titles,
            title_height: 22.0,
        };
        let layout = layered::lay_out(&boxes, &arrows, &spacing);
        Ok(if self.downward { layout.transposed() } else { layout })
    }
}

/// Height of lines of words.
pub(super) fn words_height(lines: &[Line]) -> f64 {
    lines.iter().map(|line| line.size * LEADING).sum()
}
