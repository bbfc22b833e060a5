//! Numbers of sections, tables and figures, in the order of reading.
use crate::document::{Block, Section};

/// Numbers sections (annexes by letters, the summary not at all), tables and figures.
pub(super) fn number(sections: &mut [Section]) {
    let (mut sections_so_far, mut annexes) = (0_u32, 0_u8);
    let mut counts = Counts::default();
    for section in sections {
        section.number = if section.id == "summary" {
            String::new()
        } else if section.id.starts_with("annex-") {
            annexes += 1;
            char::from(b'A' + annexes - 1).to_string()
        } else {
            sections_so_far += 1;
            sections_so_far.to_string()
        };
        counts.within(&mut section.blocks);
    }
}

#[derive(Default)]
struct Counts {
    tables: usize,
    figures: usize,
}

impl Counts {
    fn within(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Table(table) => {
                    self.tables += 1;
                    table.number = self.tables;
                }
                Block::Figure(figure) => {
                    self.figures += 1;
                    figure.number = self.figures;
                }
                Block::Note { blocks } | Block::Quote { blocks } | Block::Foreign { blocks, .. } => self.within(blocks),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.within(item)),
                Block::Heading { .. } | Block::Paragraph { .. } | Block::Code { .. } => {}
            }
        }
    }
}
