//! A report as one HTML file: style and fonts within it, nothing to fetch.
use crate::document::{Block, Report};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};

const TEMPLATES: [(&str, &str); 2] = [
    ("report.html", include_str!("../templates/report.html")),
    ("blocks.html", include_str!("../templates/blocks.html")),
];
const STYLE: &str = include_str!("../templates/report.css");

/// Weight and bytes of the fonts; see `fonts/README.md`.
const FONTS: [(u16, &[u8]); 2] = [
    (400, include_bytes!("../fonts/roboto-regular.woff2")),
    (700, include_bytes!("../fonts/roboto-bold.woff2")),
];

/// The text of the file. The same report gives the same bytes.
#[must_use]
pub fn html(report: &Report) -> String {
    let mut report = report.clone();
    for section in &mut report.sections {
        prepare(&mut section.blocks);
    }
    let environment = environment();
    let template = environment.get_template("report.html");
    let rendered = template.and_then(|template| {
        template.render(context! {
            report => Value::from(Serde(&report)),
            style => STYLE,
            fonts => fonts(),
        })
    });
    let mut text =
        rendered.expect("templates are part of the program, and every kind of block is rendered in the tests");
    text.push('\n');
    text
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, text) in TEMPLATES {
        environment
            .add_template(name, text)
            .expect("templates are part of the program and parsed in the tests");
    }
    environment
}

fn fonts() -> String {
    let face = |(weight, bytes): (u16, &[u8])| {
        let data = STANDARD.encode(bytes);
        format!(
            "@font-face {{ font-family: \"Roboto\"; font-weight: {weight}; src: url(data:font/woff2;base64,{data}) format(\"woff2\"); }}"
        )
    };
    FONTS.map(face).join("\n")
}

/// Makes drawings parts of a page: with their words in place of them, and with names that no other drawing has.
fn prepare(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Figure(figure) => figure.svg = inline(&figure.svg, figure.number, &figure.alternative_text),
            Block::Note { blocks } | Block::Quote { blocks } | Block::Foreign { blocks, .. } => prepare(blocks),
            Block::List { items, .. } => items.iter_mut().for_each(|item| prepare(item)),
            Block::Heading { .. } | Block::Paragraph { .. } | Block::Code { .. } | Block::Table(_) => {}
        }
    }
}

fn inline(svg: &str, number: usize, words: &str) -> String {
    let drawing = svg.find("<svg").map_or("", |start| &svg[start..]);
    let prefix = format!("figure-{number}-");
    let named = drawing
        .replace(" id=\"", &format!(" id=\"{prefix}"))
        .replace("url(#", &format!("url(#{prefix}"))
        .replace("href=\"#", &format!("href=\"#{prefix}"));
    named.replacen("<svg", &format!("<svg aria-label=\"{}\"", escape(words)), 1)
}

fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
