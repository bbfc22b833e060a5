//! A report as PDF, read back with `pdfinfo` and `pdftotext` (Debian: poppler-utils): pages, tags, language, and a text layer with all that
//! the report says.
use mkba_report::document::{
    Block, Column, DataTable, Figure, Furniture, Inline, Report, Section, Shape, Style, TableRow,
};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 100\" width=\"200\" height=\"100\"><rect width=\"200\" \
                       height=\"100\" fill=\"#eeeeee\"/><text x=\"10\" y=\"50\" font-family=\"Roboto\" font-size=\"12\">within</text></svg>";

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::plain(text)]
}

fn table(number: usize, shape: Shape, columns: usize) -> Block {
    let headings = (1..columns).map(|number| match shape {
        Shape::Numbers => Column::number(format!("Choice {number}")),
        Shape::Records => Column::text(format!("Field {number}"), 2),
    });
    let cells = |first: &str| {
        (0..columns)
            .map(|place| {
                if place == 0 {
                    first.to_owned()
                } else {
                    format!("−{place}.234,5")
                }
            })
            .collect::<Vec<_>>()
    };
    Block::Table(DataTable {
        number,
        caption: format!("Caption {number}"),
        shape,
        columns: [Column::text("Item", 2)].into_iter().chain(headings).collect(),
        rows: vec![
            TableRow::new(Style::Heading, ["Costs"]),
            TableRow::new(Style::Item, cells("Buildings")),
            TableRow::new(Style::Sum, cells("Total costs")),
            TableRow::new(Style::Balance, cells("Balance")),
            TableRow::new(Style::Detail, cells("Standard error")),
        ],
        notes: vec!["A note below.".to_owned()],
    })
}

fn report() -> Report {
    let section = |number: &str, blocks| Section {
        id: format!("section-{number}"),
        number: number.to_owned(),
        title: format!("Section {number}"),
        blocks,
    };
    let everything = vec![
        Block::Heading {
            level: 3,
            text: words("A heading"),
        },
        Block::Paragraph {
            text: vec![
                Inline::plain("Said # $ * _ @ <as> it \\ is, "),
                Inline::Strong { text: words("strong") },
                Inline::Emphasis {
                    text: words("and soft"),
                },
                Inline::Code { text: "code".into() },
                Inline::Link {
                    to: "https://example.org".into(),
                    text: words("a link"),
                },
                Inline::Break,
            ],
        },
        Block::list(["first of list", "second of list"]),
        Block::List {
            ordered: true,
            start: 3,
            items: vec![vec![Block::paragraph("third")]],
        },
        Block::Quote {
            blocks: vec![Block::paragraph("A quotation")],
        },
        Block::note("Seen by all"),
        Block::Foreign {
            language: "nl",
            blocks: vec![Block::paragraph("In het Nederlands")],
        },
        Block::Code {
            text: "mkba run study.toml".into(),
        },
        table(1, Shape::Numbers, 3),
        table(2, Shape::Numbers, 12),
        table(3, Shape::Records, 4),
        Block::Figure(Figure {
            number: 1,
            name: "drawing".into(),
            caption: "A drawing".into(),
            alternative_text: "What it shows".into(),
            svg: DRAWING.into(),
        }),
    ];
    Report {
        language: "en",
        title: "Sample".into(),
        subtitle: "Societal cost-benefit analysis".into(),
        facts: vec![("Price level".into(), "2025".into())],
        sections: vec![section("", everything), section("1", vec![Block::paragraph("End")])],
        words: Furniture {
            contents: "Contents".into(),
            skip: "Skip".into(),
            table: "Table".into(),
            figure: "Figure".into(),
            scroll: "scrolls".into(),
            scroll_figure: "scrolls too".into(),
            hint: "scroll".into(),
            made_with: "Made with mkba".into(),
        },
    }
}

/// Whether poppler-utils is installed; without it nothing is read back, which is told.
fn can_read_back() -> bool {
    let found = Command::new("pdfinfo").arg("-v").output().is_ok();
    if !found {
        eprintln!("poppler-utils is not installed here, so the PDF was made and not read back");
    }
    found
}

fn tool(name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("`{name}` of poppler-utils cannot be started: {error}"));
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A file that is gone when the test is.
struct Written(PathBuf);

impl Written {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mkba-{name}-{}.pdf", std::process::id()));
        fs::write(&path, mkba_pdf::pdf(&report()).expect("a PDF")).expect("a file");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        // A file that cannot be removed is left to the system's own cleaning.
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn pages_are_tagged_and_have_a_title_and_a_language() {
    let written = Written::new("pages");
    if !can_read_back() {
        return;
    }
    let about = tool("pdfinfo", &[written.path()]);
    let line = |name: &str| {
        let found = about.lines().find_map(|line| line.strip_prefix(name));
        found
            .unwrap_or_else(|| panic!("no {name} in\n{about}"))
            .trim()
            .to_owned()
    };
    assert_eq!(line("Tagged:"), "yes");
    assert!(line("Title:").starts_with("Sample"));
    let pages: usize = line("Pages:").parse().expect("a number");
    assert!((3..=8).contains(&pages), "title page and two sections: {pages}");
    assert!(line("Page size:").contains("A4"), "{}", line("Page size:"));
    // Headings, tables with header cells, lists and figures for readers by ear.
    let structure = tool("pdfinfo", &["-struct-text", written.path()]);
    for tag in [
        "H1",
        "H2",
        "Table",
        "TH",
        "TD",
        "Figure",
        "Caption",
        "L ",
        "LI",
        "BlockQuote",
        "Link",
    ] {
        assert!(structure.contains(tag), "no {tag} in\n{structure}");
    }
}

#[test]
fn the_text_layer_has_everything_that_is_said() {
    let written = Written::new("text");
    if !can_read_back() {
        return;
    }
    let text = tool("pdftotext", &["-layout", written.path(), "-"]);
    for said in [
        "Said # $ * _ @ <as> it \\ is, strong",
        "first of list",
        "3. third",
        "A quotation",
        "Seen by all",
        "In het Nederlands",
        "mkba run study.toml",
        "Table 1 Caption 1",
        "Figure 1 A drawing",
        "A note below.",
        "−1.234,5",
        "Choice 11",
        "−11.234,5",
        "within",
        "Price level",
    ] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    // Eleven columns of numbers do not fit: they are divided, and each part has the row headers.
    assert!(text.matches("Buildings").count() >= 4, "{text}");
}

/// A drawing four times as high as it is wide would leave the page if it were as wide as the text.
#[test]
fn a_drawing_that_is_higher_than_a_page_is_made_to_fit() {
    let mut report = report();
    let Some(Block::Figure(figure)) = report.sections[0].blocks.last_mut() else {
        panic!("the last block is a figure")
    };
    figure.svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 800\" width=\"200\" height=\"800\"><text x=\"10\" y=\"20\" \
                  font-family=\"Roboto\" font-size=\"12\">roof</text><text x=\"10\" y=\"790\" font-family=\"Roboto\" \
                  font-size=\"12\">floor</text></svg>"
        .into();
    let path = std::env::temp_dir().join(format!("mkba-high-{}.pdf", std::process::id()));
    let written = Written(path);
    fs::write(&written.0, mkba_pdf::pdf(&report).expect("a PDF")).expect("a file");
    if !can_read_back() {
        return;
    }
    let boxes = tool("pdftotext", &["-bbox", written.path(), "-"]);
    let height = |word: &str| -> f64 {
        let line = boxes.lines().find(|line| line.contains(&format!(">{word}<")));
        let line = line.unwrap_or_else(|| panic!("no {word} in\n{boxes}"));
        let rest = line.split("yMax=\"").nth(1).expect("a place");
        rest.split('"')
            .next()
            .and_then(|number| number.parse().ok())
            .expect("a number")
    };
    // A4 is 841.89 points high, with a margin of 24 mm below.
    assert!(
        height("roof") > 60.0 && height("floor") < 841.89 - 68.0,
        "{} {}",
        height("roof"),
        height("floor")
    );
    assert!(height("floor") - height("roof") > 600.0, "as high as there is room");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(mkba_pdf::pdf(&report()), mkba_pdf::pdf(&report()));
}

#[test]
fn a_drawing_that_is_none_is_told() {
    let mut report = report();
    let Some(Block::Figure(figure)) = report.sections[0].blocks.last_mut() else {
        panic!("the last block is a figure")
    };
    figure.svg = "no drawing".into();
    let fault = mkba_pdf::pdf(&report).expect_err("no drawing");
    assert!(!fault.is_empty());
}
