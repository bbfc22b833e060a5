//! Words stay within their boxes, in both languages and forms, and what a user writes cannot break a file.
use super::scene::{self, words_height};
use super::{InfluenceDiagram, style};
use crate::font;
use crate::language::Language;
use mkba_core::appraisal::catalogue::Text;
use mkba_core::influence::{Edge, Influence, Link, Node, NodeKind};

fn node(kind: NodeKind, name: &str, label: &str, file: &str) -> Node {
    Node {
        kind,
        name: name.into(),
        label: Text {
            nl: label.into(),
            en: format!("{label} in English"),
        },
        file: file.into(),
        written: "a < b & c > \"d\"".into(),
    }
}

/// One of each kind, in three files, each referred to by the next; and a circle.
fn sample(label: &str) -> Influence {
    let nodes: Vec<Node> = NodeKind::ALL
        .into_iter()
        .enumerate()
        .map(|(number, kind)| node(kind, kind.word(), label, &format!("effects/{}.toml", number % 3)))
        .collect();
    let links = [Link::SameYear, Link::EarlierYear, Link::Bears, Link::Gains];
    let mut edges: Vec<Edge> = (1..nodes.len())
        .map(|to| Edge {
            from: to - 1,
            to,
            link: links[to % 4],
        })
        .collect();
    edges.push(Edge {
        from: 8,
        to: 3,
        link: Link::EarlierYear,
    });
    Influence::new(
        Text {
            nl: "Model".into(),
            en: "Model".into(),
        },
        nodes,
        edges,
    )
}

fn diagrams(label: &str) -> [InfluenceDiagram; 2] {
    let influence = sample(label);
    let overview = influence.by_file();
    [
        InfluenceDiagram::Declarations {
            total: influence.nodes.len(),
            focus: Some(("stock".into(), 2)),
            influence: influence.clone(),
        },
        InfluenceDiagram::Files {
            model: influence.model,
            overview,
        },
    ]
}

#[test]
fn words_fit_in_their_boxes_even_in_a_wider_font() {
    for label in [
        "A",
        "Internationaliseringsbeleidsuitvoeringsorganisatie",
        "Meer internationale studenten per jaar",
    ] {
        for (diagram, language) in diagrams(label)
            .iter()
            .flat_map(|it| [(it, Language::Dutch), (it, Language::English)])
        {
            let scene = scene::scene(diagram, language).expect("the font is there");
            let layout = scene.lay_out().expect("the font is there");
            for (it, frame) in scene.boxes.iter().zip(&layout.boxes) {
                assert!(words_height(&it.lines) <= frame.bottom - frame.top, "{label}");
                for line in &it.lines {
                    let width = font::text_width(&line.words, line.size, line.bold).expect("the font is there");
                    let room = frame.right - frame.left - 2.0 * style::INSET;
                    assert!(width * scene::OTHER_FONT <= room, "`{}`", line.words);
                }
            }
        }
    }
}

#[test]
fn a_drawing_has_every_declaration_and_arrow_and_is_the_same_again() {
    let [declarations, files] = diagrams("Ruimte");
    let svg = declarations.svg(Language::Dutch).expect("drawn");
    for kind in NodeKind::ALL {
        assert!(svg.contains(&format!(">{}</text>", kind.word())), "{kind:?}");
    }
    for part in [
        "→ stock.stock (",
        "omgevingsvariabele",
        "effects/2.toml",
        "stroke-dasharray",
        "xml:lang=\"nl\"",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    assert_eq!(svg.matches(" → ").count(), 12);
    assert_eq!(svg, declarations.svg(Language::Dutch).expect("drawn"));
    let overview = files.svg(Language::English).expect("drawn");
    assert!(overview.contains("effects/1.toml") && overview.contains("with the number of references"));
}

#[test]
fn marks_of_the_language_are_escaped() {
    for diagram in diagrams("<b> & \"c\" \u{7}") {
        let svg = diagram.svg(Language::Dutch).expect("drawn");
        assert!(!svg.contains("<b>") && !svg.contains('\u{7}'));
        let dot = diagram.dot(Language::Dutch);
        assert!(dot.starts_with("digraph influence {") && dot.ends_with("}\n"));
        let unescaped = dot.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(unescaped.matches('"').count() % 2, 0, "quotes come in pairs");
    }
}

#[test]
fn text_for_graphviz_has_clusters_and_dashes() {
    let [declarations, files] = diagrams("Ruimte");
    let dot = declarations.dot(Language::English);
    assert_eq!(dot.matches("subgraph cluster_").count(), 3);
    assert!(dot.contains("style=dashed") && dot.contains("arrowhead=empty"));
    assert!(
        dot.contains("\"stock.stock\" [label=\"Ruimte in English\\nstock\", shape=box, peripheries=2"),
        "{dot}"
    );
    assert!(
        files
            .dot(Language::Dutch)
            .contains("\"effects/0.toml\" -> \"effects/1.toml\" [label=")
    );
}

#[test]
fn every_kind_has_its_own_outline_and_colour() {
    let styles: Vec<_> = NodeKind::ALL.into_iter().map(style::box_style).collect();
    for (number, a) in styles.iter().enumerate() {
        for b in &styles[number + 1..] {
            assert_ne!(a.outline, b.outline);
        }
    }
}

#[test]
fn an_empty_model_can_be_drawn() {
    let diagram = InfluenceDiagram::Declarations {
        influence: Influence::default(),
        focus: None,
        total: 0,
    };
    assert!(diagram.svg(Language::Dutch).expect("drawn").contains("</svg>"));
}
