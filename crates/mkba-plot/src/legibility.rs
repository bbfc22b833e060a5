//! No text leaves the page or touches another, however many and long the labels are.

use crate::drawing::{Anchor, Drawing, Shape, Text};
use crate::font;
use crate::{BalanceDistribution, CostsAndBenefits, Distribution, FigureKind, Item, Label, Language, PresentValues};

/// Left, top, right, bottom. Letters reach about 0.75 em above the baseline and 0.2 em below it.
fn extent(text: &Text) -> [f64; 4] {
    let width = font::text_width(&text.words, text.size, text.bold).expect("the font is there");
    let left = match text.anchor {
        Anchor::Start => text.at.0,
        Anchor::Middle => text.at.0 - width / 2.0,
        Anchor::End => text.at.0 - width,
    };
    [
        left,
        text.at.1 - 0.75 * text.size,
        left + width,
        text.at.1 + 0.2 * text.size,
    ]
}

/// Fails with the name of the figure.
pub(crate) fn assert_legible(drawing: &Drawing, figure: &str) {
    let texts = drawing.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(text) => Some((&text.words, extent(text))),
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    for (number, (words, [left, top, right, bottom])) in texts.iter().enumerate() {
        let inside = *left >= 0.0 && *top >= 0.0 && *right <= drawing.width && *bottom <= drawing.height;
        assert!(inside, "`{words}` leaves the page: {figure}");
        for (others, [other_left, other_top, other_right, other_bottom]) in &texts[number + 1..] {
            let apart = right < other_left || other_right < left || bottom < other_top || other_bottom < top;
            assert!(apart, "`{words}` touches `{others}`: {figure}");
        }
    }
}

fn items(count: usize, words: &str) -> Vec<Item> {
    (0..count)
        .map(|number| {
            Item::new(
                format!("{number}"),
                format!("{words} {number}"),
                format!("{words} {number}"),
            )
        })
        .collect()
}

const SHAPES: [(usize, usize); 5] = [(1, 1), (2, 6), (2, 14), (4, 9), (3, 2)];
const LABELS: [&str; 3] = [
    "A",
    "Meer internationale studenten, gefaseerd",
    "Internationaliseringsbeleid",
];

#[test]
fn bars_are_legible_with_many_and_long_labels() {
    for ((scenarios, alternatives), words) in SHAPES.into_iter().flat_map(|shape| LABELS.map(|words| (shape, words))) {
        for scale in [1e3, 1e8, 1e11] {
            let bar = |number: usize| PresentValues {
                effects_eur: (0..20).map(|effect| (effect as f64 - 9.0) * scale).collect(),
                balance_eur: -(number as f64) * scale * 10.0,
            };
            let bars: Vec<_> = (0..alternatives).map(bar).collect();
            let figure = CostsAndBenefits {
                title: Label::new(
                    "Maatschappelijke kosten en baten van de kennissteden ".repeat(3),
                    "Costs",
                ),
                subtitle: Label::new("Contante waarde, prijspeil 2026 ".repeat(8), "Present value"),
                alternatives: items(alternatives, words),
                effects: items(20, "Gebruikswaarde studentenwoningen in de regio"),
                scenarios: items(scenarios, "WLO")
                    .into_iter()
                    .map(|item| (item, bars.clone()))
                    .collect(),
                notes: vec![Label::new("Sociale cohesie (+) ".repeat(20), "Cohesion")],
            };
            for language in [Language::Dutch, Language::English] {
                assert_legible(&figure.lay_out(language).expect("laid out"), words);
            }
        }
    }
}

#[test]
fn curves_are_legible_with_many_and_long_labels() {
    for ((scenarios, alternatives), words) in SHAPES.into_iter().flat_map(|shape| LABELS.map(|words| (shape, words))) {
        for scale in [1e3, 1e8, 1e11] {
            let distribution = Distribution::of_draws(&[-scale, 3.0 * scale]).expect("finite draws");
            let distributions = vec![distribution; alternatives];
            let figure = BalanceDistribution {
                title: Label::new("Verdeling van het saldo", "Distribution of the balance"),
                subtitle: Label::new("Contante waarde, prijspeil 2026 ".repeat(8), "Present value"),
                alternatives: items(alternatives, words),
                scenarios: items(scenarios, "WLO")
                    .into_iter()
                    .map(|item| (item, distributions.clone()))
                    .collect(),
                notes: vec![Label::new("Sociale cohesie (+) ".repeat(20), "Cohesion")],
            };
            for language in [Language::Dutch, Language::English] {
                assert_legible(&figure.lay_out(language).expect("laid out"), words);
            }
        }
    }
}
