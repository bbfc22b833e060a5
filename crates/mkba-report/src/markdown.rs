//! An author's text in Markdown (CommonMark) as blocks of the report. HTML in it is shown as text and never passed on.
//!
//! A picture whose address is `figure:tornado-integrated` is that figure of the run: a block without drawing, which is filled in later.
use crate::document::{Block, Figure, Inline};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The blocks of a text. Its highest heading becomes one of level 3, below that of the section.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let parser = Parser::new_ext(text, Options::ENABLE_SMART_PUNCTUATION);
    let mut reader = Reader {
        levels: vec![Level::default()],
        highest: highest_heading(text),
    };
    for event in parser {
        reader.take(event);
    }
    reader.finish()
}

/// Names of the figures that a text asks for.
pub fn figures(text: &str) -> impl Iterator<Item = String> {
    Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => figure(&dest_url),
        _ => None,
    })
}

fn figure(address: &str) -> Option<String> {
    address.strip_prefix("figure:").map(str::to_owned)
}

fn highest_heading(text: &str) -> u8 {
    let headings = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(number(level)),
        _ => None,
    });
    headings.min().unwrap_or(1)
}

/// Addresses that a reader can follow and that do nothing by themselves.
fn may_be_followed(address: &str) -> bool {
    ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|start| address.starts_with(start))
}

/// The letters of words.
fn plain(word: &Inline) -> String {
    match word {
        Inline::Text { text } | Inline::Code { text } => text.clone(),
        Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => {
            text.iter().map(plain).collect()
        }
        Inline::Break => " ".to_owned(),
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// What is open at some depth: blocks that are complete, and words that are not yet a block.
#[derive(Default)]
struct Level {
    blocks: Vec<Block>,
    words: Vec<Inline>,
    items: Vec<Vec<Block>>,
    code: Option<String>,
    link: Option<String>,
    figure: Option<String>,
    start: u64,
}

struct Reader {
    levels: Vec<Level>,
    highest: u8,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.word(Inline::Code {
                    text: text.into_string(),
                });
            }
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.word(Inline::Break),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        if matches!(tag, Tag::Item | Tag::BlockQuote(_)) {
            self.end_of_words();
        }
        let mut level = Level::default();
        match tag {
            Tag::CodeBlock(_) => level.code = Some(String::new()),
            Tag::Link { dest_url, .. } => level.link = may_be_followed(dest_url).then(|| dest_url.to_string()),
            Tag::Image { dest_url, .. } => level.figure = figure(dest_url),
            Tag::List(start) => level.start = start.unwrap_or(1),
            _ => {}
        }
        self.levels.push(level);
    }

    fn close(&mut self, tag: TagEnd) {
        let Some(mut level) = self.levels.pop() else { return };
        let end_of_item = |level: &mut Level| {
            if !level.words.is_empty() {
                let text = std::mem::take(&mut level.words);
                level.blocks.push(Block::Paragraph { text });
            }
            std::mem::take(&mut level.blocks)
        };
        match tag {
            TagEnd::Heading(heading) => {
                let depth = number(heading).saturating_sub(self.highest).saturating_add(3).min(6);
                self.block(Block::Heading {
                    level: depth,
                    text: level.words,
                });
            }
            TagEnd::Item => {
                let blocks = end_of_item(&mut level);
                self.top().items.push(blocks);
            }
            TagEnd::List(ordered) => {
                self.block(Block::List {
                    ordered,
                    start: level.start,
                    items: level.items,
                });
            }
            TagEnd::BlockQuote(_) => {
                let blocks = end_of_item(&mut level);
                self.block(Block::Quote { blocks });
            }
            TagEnd::CodeBlock => self.block(Block::Code {
                text: level.code.unwrap_or_default().trim_end().to_owned(),
            }),
            TagEnd::Emphasis => self.word(Inline::Emphasis { text: level.words }),
            TagEnd::Strong => self.word(Inline::Strong { text: level.words }),
            TagEnd::Image => match level.figure {
                Some(name) => self.block(Block::Figure(Figure {
                    number: 0,
                    name,
                    caption: level.words.iter().map(plain).collect(),
                    alternative_text: String::new(),
                    svg: String::new(),
                })),
                // A picture from elsewhere would have to be fetched: its words remain.
                None => level.words.into_iter().for_each(|word| self.word(word)),
            },
            TagEnd::Link => match level.link {
                Some(to) => self.word(Inline::Link { to, text: level.words }),
                None => level.words.into_iter().for_each(|word| self.word(word)),
            },
            _ => {
                let blocks = end_of_item(&mut level);
                blocks.into_iter().for_each(|block| self.block(block));
            }
        }
    }

    fn top(&mut self) -> &mut Level {
        self.levels
            .last_mut()
            .expect("the lowest level is never closed: tags are in pairs")
    }

    fn say(&mut self, text: &str) {
        let top = self.top();
        match (&mut top.code, top.words.last_mut()) {
            (Some(code), _) => code.push_str(text),
            (None, Some(Inline::Text { text: before })) => before.push_str(text),
            (None, _) => top.words.push(Inline::plain(text)),
        }
    }

    fn word(&mut self, word: Inline) {
        self.top().words.push(word);
    }

    fn block(&mut self, block: Block) {
        self.end_of_words();
        self.top().blocks.push(block);
    }

    /// Words of a tight list item come before a list within it, without a paragraph of their own.
    fn end_of_words(&mut self) {
        let top = self.top();
        if !top.words.is_empty() {
            let text = std::mem::take(&mut top.words);
            top.blocks.push(Block::Paragraph { text });
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_of_words();
        self.levels.swap_remove(0).blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Inline {
        Inline::plain(words)
    }

    #[test]
    fn headings_start_below_that_of_the_section() {
        let found = blocks("# One\n\ntext\n\n## Two\n");
        let levels: Vec<u8> = found
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, .. } => Some(*level),
                _ => None,
            })
            .collect();
        assert_eq!(levels, [3, 4]);
        assert!(matches!(blocks("### Only\n")[0], Block::Heading { level: 3, .. }));
    }

    #[test]
    fn html_of_an_author_is_text() {
        let found = blocks("before <b onclick=\"x()\">bold</b>\n\n<script>alert(1)</script>\n");
        let words = "before <b onclick=\"x()\">bold</b>";
        assert_eq!(found[0], Block::paragraph(words));
        assert_eq!(found[1], Block::paragraph("<script>alert(1)</script>\n"));
    }

    #[test]
    fn links_that_could_run_something_are_words() {
        let found = blocks("[a](https://example.org) [b](javascript:alert(1))");
        let link = Inline::Link {
            to: "https://example.org".into(),
            text: vec![text("a")],
        };
        assert_eq!(
            found,
            [Block::Paragraph {
                text: vec![link, text(" "), text("b")]
            }]
        );
    }

    #[test]
    fn lists_keep_their_items_and_what_is_within_them() {
        let found = blocks("1. one\n   - inner\n2. *two*\n");
        let Block::List { ordered, items, start } = &found[0] else {
            panic!("{found:?}")
        };
        assert!(*ordered && *start == 1 && items.len() == 2);
        assert_eq!(items[0][0], Block::paragraph("one"));
        assert!(matches!(&items[0][1], Block::List { ordered: false, items, .. } if items.len() == 1));
        assert_eq!(
            items[1],
            [Block::Paragraph {
                text: vec![Inline::Emphasis {
                    text: vec![text("two")]
                }]
            }]
        );
    }

    #[test]
    fn a_picture_leaves_its_words_and_fetches_nothing() {
        assert_eq!(
            blocks("![a map](https://example.org/map.png)"),
            [Block::paragraph("a map")]
        );
    }

    #[test]
    fn a_figure_of_the_run_stands_where_it_is_asked_for() {
        let text = "before ![in short](figure:tornado-plan) after";
        let found = blocks(text);
        assert!(
            matches!(&found[1], Block::Figure(figure) if (figure.name.as_str(), figure.caption.as_str()) == ("tornado-plan", "in short")),
            "{found:?}"
        );
        assert_eq!(
            (&found[0], &found[2]),
            (&Block::paragraph("before "), &Block::paragraph(" after"))
        );
        assert_eq!(figures(text).collect::<Vec<_>>(), ["tornado-plan"]);
    }

    #[test]
    fn quotes_code_and_an_empty_text() {
        assert_eq!(
            blocks("> said\n"),
            [Block::Quote {
                blocks: vec![Block::paragraph("said")]
            }]
        );
        assert_eq!(blocks("```\na <b>\n```\n"), [Block::Code { text: "a <b>".into() }]);
        assert_eq!(blocks(""), []);
    }
}
