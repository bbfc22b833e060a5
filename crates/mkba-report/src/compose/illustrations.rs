//! Which figure stands in which section.
use super::writer::Writer;
use crate::document::{Block, Column, Figure};
use crate::material::Illustration;

/// Where figures can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Summary,
    Effects,
    Results,
    Distribution,
    Uncertainty,
    Elsewhere,
    /// Only among the files of the run: a table of the report holds the same numbers, or another figure shows the same.
    Beside,
}

/// The figures of which there is one for each alternative. With few alternatives all of them stand in the report, with more those that the
/// authors choose in their texts.
const OF_ALTERNATIVES: [&str; 5] = ["waterfall", "cumulative", "map", "gates", "tornado"];
/// So many alternatives are few.
const FEW: usize = 3;
/// With more alternatives than this the figure of the parties is higher than a page; the table of the parties has its numbers.
const FEW_FOR_PARTIES: usize = 8;

/// By the beginning of a figure's name. What is in no row stands in an annex, so that no figure is lost.
const PLACES: [(&str, Place); 15] = [
    ("costs-and-benefits", Place::Summary),
    ("gates", Place::Effects),
    ("waterfall", Place::Results),
    ("cumulative", Place::Results),
    ("pillars", Place::Beside),
    ("departments", Place::Distribution),
    ("parties", Place::Distribution),
    ("regions", Place::Beside),
    ("map", Place::Distribution),
    ("balance-density", Place::Uncertainty),
    ("balance-distribution", Place::Beside),
    ("tornado", Place::Uncertainty),
    ("regret", Place::Uncertainty),
    ("input-correlations", Place::Uncertainty),
    ("convergence", Place::Uncertainty),
];

impl Place {
    /// The place of a figure.
    pub fn of(name: &str) -> Self {
        let found = PLACES.iter().find(|(start, _)| name.starts_with(start));
        found.map_or(Self::Elsewhere, |(_, place)| *place)
    }
}

impl Writer<'_> {
    /// The figures of a place, in the order in which they were drawn.
    pub fn illustrations(&self, place: Place) -> Vec<Block> {
        let figures = self.material.illustrations.iter();
        figures
            .filter(|figure| self.place(&figure.name) == place && !self.chosen.contains(&figure.name))
            .map(block)
            .collect()
    }

    fn place(&self, name: &str) -> Place {
        let is_one_of_many = OF_ALTERNATIVES.iter().any(|kind| name.starts_with(kind));
        let count = self.alternatives().len();
        match name {
            _ if is_one_of_many && count > FEW => Place::Beside,
            "parties" if count > FEW_FOR_PARTIES => Place::Beside,
            _ => Place::of(name),
        }
    }

    /// Fills in the figures of an author's text. One that the run does not have is told in its place.
    pub fn illustrate(&self, blocks: &mut [Block]) {
        for each in blocks {
            match each {
                Block::Figure(figure) => {
                    let found = self.material.illustrations.iter().find(|one| one.name == figure.name);
                    *each = found.map_or_else(|| self.missing(&figure.name), block);
                }
                Block::Quote { blocks } | Block::Note { blocks } | Block::Foreign { blocks, .. } => {
                    self.illustrate(blocks)
                }
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.illustrate(item)),
                _ => {}
            }
        }
    }

    fn missing(&self, name: &str) -> Block {
        Block::note(self.say(
            format!("Hier hoort de figuur “{name}”; deze run heeft die niet."),
            format!("Here belongs the figure “{name}”; this run does not have it."),
        ))
    }

    /// Where the figures are that are not in the report.
    pub fn beside(&self) -> Vec<Block> {
        let figures = self.material.illustrations.iter();
        let beside =
            figures.filter(|figure| self.place(&figure.name) == Place::Beside && !self.chosen.contains(&figure.name));
        let mut kinds: Vec<(&str, &str, usize)> = Vec::new();
        for figure in beside {
            let kind = OF_ALTERNATIVES.iter().find(|kind| figure.name.starts_with(**kind));
            let kind = kind.map_or(figure.name.as_str(), |kind| kind);
            // What a title says before the study or the alternative.
            let title = figure.title.split(": ").next().unwrap_or(&figure.title);
            match kinds.last_mut().filter(|last| last.0 == kind) {
                Some(last) => last.2 += 1,
                None => kinds.push((kind, title, 1)),
            }
        }
        if kinds.is_empty() {
            return Vec::new();
        }
        let rows = kinds.into_iter().map(|(kind, title, count)| {
            let is_of_alternatives = OF_ALTERNATIVES.contains(&kind);
            let file = match is_of_alternatives {
                true => self.say(format!("{kind}-ALTERNATIEF"), format!("{kind}-ALTERNATIVE")),
                false => kind.to_owned(),
            };
            vec![title.to_owned(), count.to_string(), file]
        });
        let columns = vec![
            Column::text(self.say("Figuur", "Figure"), 4),
            Column::text(self.say("Aantal", "Number"), 1),
            Column::text(self.say("Naam van het bestand", "Name of the file"), 3),
        ];
        vec![
            Block::heading(self.say("Figuren buiten dit rapport", "Figures outside this report")),
            Block::paragraph(self.say(
                "Deze figuren staan in de map “figures” van de run, elk als SVG, PNG en CSV; mkba plot maakt ze opnieuw. Een auteur zet er \
                 een in het rapport door ernaar te verwijzen in een eigen tekst.",
                "These figures are in the folder “figures” of the run, each as SVG, PNG and CSV; mkba plot makes them again. An author puts one \
                 in the report by referring to it in a text of the study.",
            )),
            self.records(
                self.say("Figuren die alleen als bestand bestaan", "Figures that exist as files only"),
                columns,
                rows.collect(),
            ),
        ]
    }
}

fn block(illustration: &Illustration) -> Block {
    Block::Figure(Figure {
        number: 0,
        name: illustration.name.clone(),
        caption: illustration.title.clone(),
        alternative_text: illustration.alternative_text.clone(),
        svg: illustration.svg.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_name_decides_and_unknown_figures_are_kept() {
        assert_eq!(Place::of("tornado-integrated"), Place::Uncertainty);
        assert_eq!(Place::of("cumulative"), Place::Results);
        assert_eq!(Place::of("something-new"), Place::Elsewhere);
        assert_eq!(Place::of("balance-distribution"), Place::Beside);
    }
}
