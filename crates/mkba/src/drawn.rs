//! What was drawn, on paper: a table for the terminal, files, figures.
mod files;

pub use files::{Destination, write};

use crate::explanation::plain;
use crate::overview::number::number;
use crate::overview::words::choose;
use crate::overview::{columns_of, emphasised, wrap};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::tables::SampledInput;
use mkba_lang::declarations::{Declarations, Text};

/// Columns of the terminal.
const WIDTH: usize = 100;
/// Columns of a number.
const NUMBER: usize = 9;

/// Inputs as drawn, and what has to be known to read them.
#[derive(Debug, Clone, Copy)]
pub struct Page<'p> {
    /// Labels of the study and its parameters.
    pub declarations: &'p Declarations,
    /// What was drawn.
    pub inputs: &'p [SampledInput],
    /// Number of draws.
    pub draws: u64,
    /// Seed.
    pub seed: u64,
    /// Language of labels and numbers.
    pub language: Language,
}

impl Page<'_> {
    /// Which draws, as a sentence.
    pub fn which(&self) -> Text {
        let count = |language| number(self.draws as f64, 0, language);
        Text {
            nl: format!("de eerste {} trekkingen (seed {})", count(Language::Dutch), self.seed),
            en: format!("the first {} draws (seed {})", count(Language::English), self.seed),
        }
    }

    /// The label of an input: that of its parameter with the element, or its name.
    pub fn label(&self, input: &SampledInput) -> Text {
        let stated = mkba_lang::inputs::stated(self.declarations, &input.name).unwrap_or_default();
        let element = input.name.find('[').map_or("", |at| &input.name[at..]);
        let label = |text: &str, other: &str| match (text, other) {
            ("", "") => input.name.clone(),
            ("", other) => format!("{other} {element}"),
            (text, _) => format!("{text} {element}"),
        };
        Text {
            nl: label(&stated.label.nl, &stated.label.en).trim_end().to_owned(),
            en: label(&stated.label.en, &stated.label.nl).trim_end().to_owned(),
        }
    }
}

/// The summary as text: two lines for each input.
pub fn text(page: &Page<'_>) -> String {
    let language = page.language;
    let pick = |text: Text| choose(language, text.nl, text.en);
    let study = pick(page.declarations.study.label.clone());
    let mut lines = vec![String::new()];
    lines.extend(wrap(&study, WIDTH).iter().map(|line| emphasised(line)));
    if page.inputs.is_empty() {
        lines.push(
            choose(
                language,
                "De studie heeft geen onzekere invoer.",
                "The study has no uncertain inputs.",
            )
            .to_owned(),
        );
        lines.push(String::new());
        return lines.join("\n");
    }
    lines.extend(wrap(
        &choose(
            language,
            format!(
                "Onzekere invoer in {}, in de eenheid en het prijspeil van het model",
                page.which().nl
            ),
            format!(
                "Uncertain inputs in {}, in unit and price level as stated",
                page.which().en
            ),
        ),
        WIDTH,
    ));
    lines.push(String::new());
    let heads = choose(
        language,
        ["gemiddeld", "st.afw.", "5 %", "mediaan", "95 %", "minimum", "maximum"],
        ["mean", "sd", "5 %", "median", "95 %", "minimum", "maximum"],
    );
    let room = WIDTH - heads.len() * (NUMBER + 1);
    let columns = |cells: &[String]| -> String {
        cells
            .iter()
            .map(|cell| format!(" {}{cell}", " ".repeat(NUMBER.saturating_sub(columns_of(cell)))))
            .collect()
    };
    let head = columns(&heads.map(str::to_owned));
    lines.push(emphasised(&format!("{}{head}", " ".repeat(room))));
    lines.push("─".repeat(WIDTH));
    for input in page.inputs {
        let summary = &input.summary;
        let shown = |value: f64| plain(value, language);
        let sd = summary.sd.map_or_else(|| "–".to_owned(), shown);
        let numbers = columns(&[
            shown(summary.mean),
            sd,
            shown(summary.p05),
            shown(summary.p50),
            shown(summary.p95),
            shown(summary.min),
            shown(summary.max),
        ]);
        if columns_of(&input.name) <= room {
            lines.push(format!(
                "{}{}{numbers}",
                input.name,
                " ".repeat(room - columns_of(&input.name))
            ));
        } else {
            lines.push(input.name.clone());
            lines.push(format!("{}{numbers}", " ".repeat(room)));
        }
        let mut about = vec![pick(page.label(input)), input.distribution.clone()];
        if !input.unit.is_empty() {
            let unit = std::mem::take(&mut about[1]);
            about[1] = format!("{unit} {}", input.unit);
        }
        about.dedup();
        about.retain(|part| *part != input.name);
        lines.extend(
            wrap(&about.join(" · "), WIDTH - 2)
                .iter()
                .map(|line| format!("  {line}")),
        );
    }
    lines.push(String::new());
    lines.join("\n")
}
