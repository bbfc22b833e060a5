//! Which inputs move the balance most, one panel of equal size for each scenario.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::axis::Axis;
use crate::drawing::{Anchor, Drawing, Text};
use crate::error::{PlotError, check_finite, check_not_empty};
use crate::font;
use crate::language::{Item, Label, Language, decimals_of_millions};
use crate::legend::{self, Mark};
use crate::page::{self, Caption, HEADING, LINE, MARGIN, SMALL};
use crate::palette::{self, BLUE, INK, MUTED, ORANGE, Pattern};
use crate::row_labels::{RowLabels, stacked};

const ROW_PADDING: f64 = 9.0;
const BAR: f64 = LINE + ROW_PADDING - 6.0;
const LEAST_PLOT: f64 = 220.0;
const BELOW_PLOT: f64 = 44.0;

/// The mean balance when an input is low and when it is high.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tornado {
    /// Title, settings, notes.
    pub caption: Caption,
    /// In the order of the panels.
    pub scenarios: Vec<(Item, Influences)>,
}

/// The inputs that matter in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Influences {
    /// Mean balance over all draws in EUR.
    pub mean_eur: f64,
    /// From top to bottom.
    pub inputs: Vec<Influence>,
}

/// What one input does to the balance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Influence {
    /// Name and label.
    pub input: Item,
    /// A placeholder, to be replaced before the result is used.
    pub placeholder: bool,
    /// Mean balance over the draws in the lowest tenth of the input, in EUR.
    pub low_eur: f64,
    /// Mean balance over the draws in the highest tenth.
    pub high_eur: f64,
    /// Share of the variance of the balance that goes with the input.
    pub share_of_variance: f64,
}

impl Influence {
    fn label(&self, language: Language) -> String {
        let mark = if self.placeholder { "\u{a0}*" } else { "" };
        format!("{}{mark}", self.input.label.in_language(language))
    }
}

impl Tornado {
    fn influences(&self) -> impl Iterator<Item = &Influence> {
        self.scenarios.iter().flat_map(|(_, influences)| &influences.inputs)
    }

    fn amounts(&self) -> impl Iterator<Item = f64> {
        let means = self.scenarios.iter().map(|(_, influences)| influences.mean_eur);
        means.chain(self.influences().flat_map(|one| [one.low_eur, one.high_eur]))
    }
}

impl FigureKind for Tornado {
    fn check(&self) -> Result<(), PlotError> {
        check_not_empty("scenarios", self.scenarios.is_empty())?;
        check_not_empty("inputs", self.influences().next().is_none())?;
        for (scenario, influences) in &self.scenarios {
            check_finite(&format!("the balance in `{}`", scenario.id), &[influences.mean_eur])?;
            for one in &influences.inputs {
                let place = format!("`{}` in `{}`", one.input.id, scenario.id);
                check_finite(&place, &[one.low_eur, one.high_eur, one.share_of_variance])?;
            }
        }
        Ok(())
    }

    fn title(&self) -> &Label {
        &self.caption.title
    }

    fn alt_text(&self, language: Language) -> String {
        let decimals = decimals_of_millions(self.amounts());
        let (low, high) = language.choose(("laag", "hoog"), ("low", "high"));
        let mut text = format!("{}.", self.caption.title.in_language(language));
        for (scenario, influences) in &self.scenarios {
            let inputs = influences.inputs.iter().map(|one| {
                format!(
                    "{}: {low} {}, {high} {}",
                    one.label(language),
                    language.amount(one.low_eur, decimals),
                    language.amount(one.high_eur, decimals)
                )
            });
            let inputs: Vec<String> = inputs.collect();
            text.push_str(&format!(
                " {}, {} {}: {}.",
                scenario.label.in_language(language),
                language.balance().to_lowercase(),
                language.amount(influences.mean_eur, decimals),
                inputs.join("; ")
            ));
        }
        text
    }

    /// `scenario`, `input`, `placeholder` (0 or 1), `mean_eur` (of all draws), `low_mean_eur`, `high_mean_eur`, `share_of_variance`.
    fn table(&self) -> Table {
        let rows = self.scenarios.iter().flat_map(|(scenario, influences)| {
            let inputs = influences.inputs.iter();
            inputs.map(move |one| (scenario.id.as_str(), influences.mean_eur, one))
        });
        let rows: Vec<_> = rows.collect();
        Table::new("tornado")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("input", rows.iter().map(|row| row.2.input.id.as_str()))
            .whole("placeholder", rows.iter().map(|row| i64::from(row.2.placeholder)))
            .number("mean_eur", rows.iter().map(|row| row.1))
            .number("low_mean_eur", rows.iter().map(|row| row.2.low_eur))
            .number("high_mean_eur", rows.iter().map(|row| row.2.high_eur))
            .number("share_of_variance", rows.iter().map(|row| row.2.share_of_variance))
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let decimals = decimals_of_millions(self.amounts());
        let all_labels: Vec<String> = self.influences().map(|one| one.label(language)).collect();
        let gutter = RowLabels::of(all_labels.iter().map(String::as_str))?.width;
        let heads = heads(language);
        let mut columns = [0.0; 3];
        for (column, head) in columns.iter_mut().zip(heads) {
            *column = font::text_width(head, SMALL, true)?;
        }
        for amount in self.amounts() {
            let width = font::text_width(&language.millions_of(amount, decimals), SMALL, false)?;
            columns[0] = columns[0].max(width);
            columns[1] = columns[1].max(width);
        }
        let columns = columns.map(|width| width + 14.0);
        let behind: f64 = columns.iter().sum();
        let left = MARGIN + gutter;
        let right = (page::LEAST_WIDTH - MARGIN - behind).max(left + LEAST_PLOT);
        let ends = self.amounts().map(|amount| amount / 1e6);
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        let axis = Axis::between(low, high, Axis::wanted_steps(right - left));
        let across = |value_eur: f64| left + axis.share(value_eur / 1e6) * (right - left);

        let (mut drawing, top) = page::begin(right + behind + MARGIN, &self.caption, language)?;
        let marks = [BLUE, ORANGE].map(|colour| {
            Mark::Surface(palette::Fill {
                colour,
                pattern: Pattern::Solid,
            })
        });
        let [lowest, highest] = tenths(language);
        let mut top = legend::draw(&mut drawing, &[(marks[0], lowest), (marks[1], highest)], top)? + 12.0;
        for (scenario, influences) in &self.scenarios {
            page::panel_heading(&mut drawing, scenario.label.in_language(language), (MARGIN, top));
            let mut place = right;
            for (column, head) in columns.iter().zip(heads) {
                place += column;
                let text = Text::new(head, (place, top + HEADING), SMALL).anchored(Anchor::End);
                drawing.text(text.bold());
            }
            let names: Vec<String> = influences.inputs.iter().map(|one| one.label(language)).collect();
            let labels = RowLabels::of(names.iter().map(String::as_str))?;
            let heights = (0..names.len()).map(|row| labels.height(row) + ROW_PADDING);
            let heights: Vec<f64> = heights.collect();
            let (tops, bottom) = stacked(heights.iter().copied(), top + HEADING + 12.0);
            let roof = tops.first().copied().unwrap_or(bottom);
            axis.draw_below(&mut drawing, (left, right), (roof, bottom), |tick| {
                language.number(tick, axis.decimals)
            })?;
            for (row, one) in influences.inputs.iter().enumerate() {
                let middle = tops[row] + heights[row] / 2.0;
                // Bars are equally thick, however many lines their label has.
                let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
                let mean = across(influences.mean_eur);
                // Bars on the same side of the mean would cover each other.
                let same_side = (one.low_eur < influences.mean_eur) == (one.high_eur < influences.mean_eur);
                let spans = if same_side {
                    [(upper, middle), (middle, lower)]
                } else {
                    [(upper, lower); 2]
                };
                let ends = [(one.low_eur, BLUE), (one.high_eur, ORANGE)];
                for ((value, colour), (upper, lower)) in ends.into_iter().zip(spans) {
                    if (across(value) - mean).abs() >= 0.25 {
                        let fill = palette::Fill {
                            colour,
                            pattern: Pattern::Solid,
                        };
                        drawing.rectangle((mean, upper), (across(value), lower), fill);
                    }
                }
                labels.draw(&mut drawing, row, (left, middle), false);
                let words = [
                    language.millions_of(one.low_eur, decimals),
                    language.millions_of(one.high_eur, decimals),
                    language.probability(one.share_of_variance),
                ];
                let mut place = right;
                for (column, words) in columns.iter().zip(words) {
                    place += column;
                    let text = Text::new(words, (place, middle + SMALL * 0.36), SMALL);
                    drawing.text(text.anchored(Anchor::End));
                }
            }
            let mean = across(influences.mean_eur);
            drawing.rule((mean, roof), (mean, bottom), 1.5, INK);
            let words = language.choose("gemiddeld saldo", "mean balance");
            let mean = language.millions_of(influences.mean_eur, decimals);
            let words = format!("{}; {words} {mean}", language.millions());
            drawing.text(Text::new(words, (left, bottom + 34.0), SMALL).coloured(MUTED));
            top = bottom + BELOW_PLOT + LINE;
        }
        let explanation = explanation(self.influences().any(|one| one.placeholder), language);
        page::end(drawing, explanation, &self.caption, top - LINE - 4.0, language)
    }
}

fn heads(language: Language) -> [&'static str; 3] {
    language.choose(["laag", "hoog", "variantie"], ["low", "high", "variance"])
}

fn tenths(language: Language) -> [&'static str; 2] {
    language.choose(
        ["invoer laag (onderste tiende)", "invoer hoog (bovenste tiende)"],
        ["input low (lowest tenth)", "input high (highest tenth)"],
    )
}

fn explanation(placeholders: bool, language: Language) -> Vec<String> {
    let mut all = vec![
        language
            .choose(
                "Gemiddeld saldo over de trekkingen waarin de invoer in haar onderste of bovenste tiende ligt; alle andere invoer varieert mee. \
                 Volgorde: naar het \
                 verschil tussen beide. Variantie: aandeel in de variantie van het saldo.",
                "Mean balance over the draws in which the input is in its lowest or highest tenth; all other inputs vary along. \
                 Order: \
                 by the difference between the two. Variance: share of the variance of the balance.",
            )
            .to_owned(),
    ];
    if placeholders {
        let words = language.choose(
            "* Tijdelijke aanname: eerst vervangen.",
            "* Placeholder: to be replaced first.",
        );
        all.push(words.to_owned());
    }
    all
}
