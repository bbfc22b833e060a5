//! What every section needs to write: names, numbers as text, the authors' texts, tables by alternative.
use crate::document::{Block, Column, DataTable, Section, Shape, Style, TableRow};
use crate::markdown;
use crate::material::{AuthorText, Material, Part};
use crate::overview::page::{Row, RowStyle};
use crate::overview::{CaseFigures, Composer, Figures, number, unit_of, words::choose};
use mkba_core::appraisal::catalogue::{Catalogue, Language};
use mkba_core::rulebook::PriceUnit;
use mkba_core::table::Table;
use std::collections::BTreeSet;

pub(super) struct Writer<'m> {
    pub material: &'m Material,
    pub figures: &'m Figures,
    pub overview: Composer<'m>,
    pub language: Language,
    /// Names of the figures that authors put in their texts.
    pub chosen: BTreeSet<String>,
}

impl<'m> Writer<'m> {
    pub fn new(material: &'m Material, figures: &'m Figures, language: Language) -> Self {
        let overview = Composer {
            figures,
            catalogue: &material.run.catalogue,
            unit: unit_of(figures),
            language,
        };
        Self {
            material,
            figures,
            overview,
            language,
            chosen: BTreeSet::new(),
        }
        .with_chosen()
    }

    fn with_chosen(mut self) -> Self {
        let texts = Part::ALL.into_iter().filter_map(|part| self.text(part));
        self.chosen = texts.flat_map(|text| markdown::figures(&text.markdown)).collect();
        self
    }

    /// One of two ways to say it.
    pub fn say(&self, dutch: impl Into<String>, english: impl Into<String>) -> String {
        match self.language {
            Language::Dutch => dutch.into(),
            Language::English => english.into(),
        }
    }

    pub fn catalogue(&self) -> &'m Catalogue {
        &self.material.run.catalogue
    }

    pub fn table(&self, name: &str) -> Option<&'m Table> {
        self.material.run.table(name)
    }

    pub fn title(&self) -> String {
        let catalogue = self.catalogue();
        match catalogue.study.get(self.language) {
            "" => catalogue.model.label.get(self.language),
            study => study,
        }
        .to_owned()
    }

    /// An empty section of this name.
    pub fn section(&self, id: &str, dutch: &str, english: &str, blocks: Vec<Block>) -> Section {
        Section {
            id: id.to_owned(),
            number: String::new(),
            title: self.say(dutch, english),
            blocks,
        }
    }

    /// A number as text.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        number::number(value, decimals, self.language)
    }

    /// A share as a percentage.
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        format!("{}\u{a0}%", self.number(share * 100.0, decimals))
    }

    /// An amount in a sentence.
    pub fn money(&self, value_eur: f64) -> String {
        self.overview.unit.in_words(value_eur, self.language)
    }

    /// An amount in a table.
    pub fn amount(&self, value_eur: f64) -> String {
        self.overview.unit.show(value_eur, self.language)
    }

    /// Unit, year of present values, price level and unit of account, for captions.
    pub fn basis(&self) -> String {
        let catalogue = self.catalogue();
        let (base, price) = (catalogue.base_year, catalogue.price_year);
        let unit = self.overview.unit.symbol(self.language);
        let prices = self.prices();
        self.say(
            format!("{unit}, contante waarde {base}, prijspeil {price}, {prices}"),
            format!("{unit}, present value {base}, price level {price}, {prices}"),
        )
    }

    /// The unit of account.
    pub fn prices(&self) -> String {
        match self.material.rulebook.prices.unit {
            PriceUnit::MarketPrices => self.say("marktprijzen incl. btw", "market prices incl. VAT"),
            _ => self.say("prijzen excl. btw", "prices excl. VAT"),
        }
    }

    /// Labels of the alternatives that are compared.
    pub fn alternatives(&self) -> Vec<String> {
        let catalogue = self.catalogue();
        let compared = catalogue.compared();
        compared
            .map(|number| catalogue.alternatives[number].label.get(self.language).to_owned())
            .collect()
    }

    /// Identifiers of the alternatives that are compared.
    pub fn alternative_ids(&self) -> Vec<&'m str> {
        let catalogue = self.catalogue();
        let compared = catalogue.compared();
        compared
            .map(|number| catalogue.alternatives[number].id.as_str())
            .collect()
    }

    pub fn baseline(&self) -> String {
        let catalogue = self.catalogue();
        let baseline = catalogue.alternatives.get(catalogue.baseline);
        baseline.map_or_else(String::new, |entry| entry.label.get(self.language).to_owned())
    }

    /// Label and cases of each scenario.
    pub fn scenarios(&self) -> impl Iterator<Item = (&'m str, &'m [CaseFigures])> {
        let language = self.language;
        let scenarios = self.catalogue().scenarios.iter().zip(&self.figures.scenarios);
        scenarios.map(move |(scenario, cases)| (scenario.label.get(language), cases.as_slice()))
    }

    /// Whether any flow is kept separate.
    pub fn has_separate(&self) -> bool {
        self.catalogue().flows.iter().any(|flow| flow.separate)
    }

    /// Whether anything varies over the draws.
    pub fn is_uncertain(&self) -> bool {
        self.figures.cases().any(|case| case.balance.standard_error > 0.0)
    }

    /// The authors' text for a part: in this language, or in the other one if that is all there is.
    pub fn own(&self, part: Part) -> Vec<Block> {
        let Some(text) = self.text(part) else {
            return Vec::new();
        };
        let mut blocks = markdown::blocks(&text.markdown);
        self.illustrate(&mut blocks);
        if text.language == self.language {
            return blocks;
        }
        vec![Block::Foreign {
            language: choose(text.language, "nl", "en"),
            blocks,
        }]
    }

    fn text(&self, part: Part) -> Option<&'m AuthorText> {
        let texts = || self.material.texts.iter().filter(|text| text.part == part);
        let own = texts().find(|text| text.language == self.language);
        own.or_else(|| texts().next())
    }

    /// A table of rows of the overview, a column for each alternative.
    pub fn by_alternative(&self, caption: String, rows: Vec<Row>) -> Block {
        let first = Column::text(self.say("Post", "Item"), 3);
        let columns = self.alternatives().into_iter().map(Column::number);
        Block::Table(DataTable {
            number: 0,
            caption,
            shape: Shape::Numbers,
            columns: [first].into_iter().chain(columns).collect(),
            rows: rows.into_iter().map(table_row).collect(),
            notes: Vec::new(),
        })
    }

    /// A table of sentences.
    pub fn records(&self, caption: String, columns: Vec<Column>, rows: Vec<Vec<String>>) -> Block {
        Block::Table(DataTable {
            number: 0,
            caption,
            shape: Shape::Records,
            columns,
            rows: rows
                .into_iter()
                .map(|cells| TableRow::new(Style::Item, cells))
                .collect(),
            notes: Vec::new(),
        })
    }

    /// A table of numbers with a row header.
    pub fn numbers(&self, caption: String, columns: Vec<Column>, rows: Vec<TableRow>, notes: Vec<String>) -> Block {
        Block::Table(DataTable {
            number: 0,
            caption,
            shape: Shape::Numbers,
            columns,
            rows,
            notes,
        })
    }
}

/// Words without the marks by which names in a model stand out at a terminal.
pub(super) fn without_marks(text: &str) -> String {
    text.replace('`', "")
}

pub(super) fn table_row(row: Row) -> TableRow {
    let style = match row.style {
        RowStyle::Heading => Style::Heading,
        RowStyle::Item => Style::Item,
        RowStyle::Sum => Style::Sum,
        RowStyle::Balance => Style::Balance,
        RowStyle::Detail => Style::Detail,
    };
    // A band may be broken behind its dots, so that it does not set the width of its column.
    let cells = row.cells.into_iter().map(|cell| cell.replace('…', "…\u{200b}"));
    TableRow::new(style, [row.label].into_iter().chain(cells))
}
